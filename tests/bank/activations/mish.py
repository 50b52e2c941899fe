# %% [wrong] tanh(z) for tanh(softplus(z)) (row 23)
# hint: tanh is taken of z itself, not of log(1 + | match z*tanh(z)
# also: except where z is negative
def mish(z):
    return z * np.tanh(z)


# %% [wrong] tanh(e^z): the logarithm forgotten (row 23)
# hint: The logarithm is missing: tanh is taken of | match z*tanh(exp(z))
def mish(z):
    return z * np.tanh(np.exp(np.minimum(z, 500)))


# %% [wrong] tanh(softplus(z)), the factor z forgotten
# hint: The factor z is missing | match tanh(log(1 + exp(z)))
# also: it is right where z is negative
def mish(z):
    return np.tanh(np.logaddexp(0, z))


# %% [wrong] z softplus(z), the tanh forgotten
# hint: The tanh is missing: this is z log(1 + | match z*log(1 + exp(z))
# also: it is right where z is negative
def mish(z):
    return z * np.logaddexp(0, z)


# %% [wrong] swish
# hint: This is z sigmoid(z), the swish | match z/(1 + exp(-z))
def mish(z):
    return z * sigmoid(z)


# %% [wrong] tanh(z softplus(z))
# hint: z belongs in front of tanh, not inside | The factor z is missing | match tanh(z*log(1 + exp(z)))
# also: it is right where z is negative
def mish(z):
    return np.tanh(z * np.logaddexp(0, z))


# %% [wrong] ln(1 + e^-z)
# hint: The exponent inside the logarithm has the | match z*tanh(log(1 + exp(-z)))
def mish(z):
    return z * np.tanh(np.logaddexp(0, -np.asarray(z)))


# %% [wrong] ln(1 + z)
# hint: The exponential is missing: the logarithm | match 0
# also: Close, but not equal
def mish(z):
    return z * np.tanh(np.log(1 + np.maximum(z, 0)))


# %% [wrong] log to base 2
# hint: The logarithm has base 2, and the power
# also: Close, but not equal
def mish(z):
    return z * np.tanh(np.logaddexp2(0, z))


# %% [wrong] log to base 10
# hint: The logarithm has base 10: ln is the | match z*tanh(log10(1 + exp(z)))
def mish(z):
    return z * np.tanh(np.log10(1 + np.exp(np.minimum(z, 500))))


# %% [wrong] log(e^z): the 1 forgotten (row 23)
# hint: tanh is taken of z itself, not of log(1 + | match z*tanh(z)
# also: except where z is negative
def mish(z):
    return z * np.tanh(np.log(np.exp(z)))


# %% [wrong] rational form in e^z is NaN beyond 355 (row 24)
# hint: that overflows
def mish(z):
    w = np.exp(z)
    n = w * w + 2 * w
    return z * n / (n + 2)


# %% [wrong] quotient of squares is NaN beyond 355 (row 24)
# hint: that overflows
def mish(z):
    square = (1 + np.exp(z)) ** 2
    return z * (square - 1) / (square + 1)


# %% [wrong] own tanh of softplus overflows (row 24)
# hint: that overflows
def mish(z):
    sp = np.log(1 + np.exp(z))
    return z * (np.exp(sp) - np.exp(-sp)) / (np.exp(sp) + np.exp(-sp))


# %% [wrong] softplus replaced by z beyond 3
# also: right near 0
def mish(z):
    sp = np.where(np.asarray(z) > 3, z, np.log1p(np.exp(np.minimum(z, 3))))
    return z * np.tanh(sp)


# %% [wrong] 0 on the left of -20
# also: right near 0
def mish(z):
    return np.where(np.asarray(z) < -20, 0.0, z * np.tanh(np.logaddexp(0, z)))


# %% [wrong] z for the whole right half
# hint: match z
def mish(z):
    return np.where(np.asarray(z) > 0, z, z * np.tanh(np.logaddexp(0, z)))


# %% [wrong] softplus with beta 1.001
# also: Close, but not equal
def mish(z):
    beta = 1.001
    return z * np.tanh(np.logaddexp(0, beta * np.asarray(z)) / beta)


# %% [wrong] math functions take no arrays (row 27)
# hint: functions of `math`
import math


def mish(z):
    return z * math.tanh(math.log1p(math.exp(z)))


# %% [wrong] if on an array (row 13)
# hint: decide once, for the whole array
def mish(z):
    sp = z if z > 30 else np.log1p(np.exp(z))
    return z * np.tanh(sp)


# %% [wrong] *= (row 14)
# hint: Build a new array
def mish(z):
    z = np.asarray(z, dtype=float)
    z *= np.tanh(np.logaddexp(0, z))
    return z


# %% [wrong] zeros_like of integers for softplus (row 26)
# hint: not for an integer z
def mish(z):
    z = np.asarray(z)
    sp = np.zeros_like(z)
    low = z < 20
    sp[low] = np.log1p(np.exp(z[low]))
    sp[~low] = z[~low]
    return z * np.tanh(sp)


# %% [wrong] item assignment to a scalar (row 27)
# hint: not for a single number
def mish(z):
    sp = 1.0 * z
    sp[z < 30] = np.log1p(np.exp(z[z < 30]))
    return z * np.tanh(sp)


# %% [wrong] a product over the array: dot for * (row 37)
# hint: reduced (max, sum) | is a transpose left out
def mish(z):
    return np.dot(z, np.tanh(np.logaddexp(0, z)))


# %% [right] logaddexp
def mish(z):
    return z * np.tanh(np.logaddexp(0, z))


# %% [right] log(1 + e^z), overflowing to tanh(inf) = 1
def mish(z):
    return z * np.tanh(np.log(1 + np.exp(z)))


# %% [right] log1p
def mish(z):
    return z * tanh(np.log1p(np.exp(z)))


# %% [right] softplus as a helper, stable by |z|
def softplus(z):
    return np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z)))


def mish(z):
    return z * np.tanh(softplus(z))


# %% [right] rational in e^-|z|
def mish(z):
    e = np.exp(-np.abs(z))
    right = (1 + 2 * e) / (1 + 2 * e + 2 * e * e)
    left = (e * e + 2 * e) / (e * e + 2 * e + 2)
    return z * np.where(np.asarray(z) >= 0, right, left)


# %% [right] rational in e^z, held at 20
def mish(z):
    w = np.exp(np.minimum(z, 20))
    n = w * (w + 2)
    return z * n / (n + 2)


# %% [right] softplus replaced by z beyond 20
def mish(z):
    sp = np.where(np.asarray(z) > 20, z, np.log1p(np.exp(np.minimum(z, 20))))
    return z * np.tanh(sp)


# %% [right] a loop, returning lists
def mish(z):
    if np.ndim(z):
        return [mish(v) for v in z]
    return float(z * np.tanh(np.logaddexp(0.0, z)))


# %% [right] composed of closures
def compose(*functions):
    def composed(z):
        for f in functions:
            z = f(z)
        return z

    return composed


gate = compose(lambda z: np.logaddexp(z, 0), np.tanh)


def mish(z):
    return np.multiply(z, gate(z))


# %% [wrong] a power of np.e: a Python float far out raises (row 24)
# hint: Python's own numbers
def mish(z):
    return z * np.tanh(np.log(1 + np.e**z))


# %% [wrong] 1 + e^z, the logarithm forgotten (row 23)
# hint: logarithm is missing
def mish(z):
    return z * np.tanh(1 + np.exp(z))


# %% [wrong] value and softplus in one tuple
# hint: A tuple comes back
def mish(z):
    sp = np.logaddexp(0, z)
    return z * np.tanh(sp), sp


# %% [right] its own tanh, in a form that does not overflow
def _own_tanh(v):
    return 1 - 2 / (np.exp(2 * v) + 1)


def mish(z):
    return z * _own_tanh(np.log1p(np.exp(z)))


# %% [wrong] the exponent held to 20 on both sides
# hint: right near 0 and wrong far | a value clipped | is a value clipped
def mish(z):
    return z * np.tanh(np.log1p(np.exp(np.clip(z, -20.0, 20.0))))


# %% [wrong] tanh(z) * softplus
# hint: tanh(z) stands where z belongs, and its own tanh is missing
def mish(z):
    return np.tanh(z) * np.logaddexp(0, z)


# %% [wrong] logaddexp(1, z)
# hint: The 1 in log(1 + exp(z)) is exp(0): np.logaddexp takes 0 and z
def mish(z):
    return z * np.tanh(np.logaddexp(1, z))


# %% [wrong] softplus(z) tanh(softplus(z))
# hint: log(1 + exp(z)) stands in front, too: z belongs there
def mish(z):
    s = np.logaddexp(0, z)
    return s * np.tanh(s)


# %% [wrong] z * softplus(tanh(z))
# hint: The order of the two functions is turned round: the logarithm is inside, tanh outside
def mish(z):
    return z * np.logaddexp(0, np.tanh(z))


# %% [wrong] z sigmoid in tanh
# hint: tanh is taken of sigmoid(z), not of log(1 + exp(z))
def mish(z):
    return z * np.tanh(sigmoid(z))


# %% [wrong] log1p(1 + e^z)
# hint: There is a 1 too many: np.log1p(x) is log(1 + x) already
def mish(z):
    z = np.asarray(z, dtype=float)
    return z * np.tanh(np.log1p(1 + np.exp(np.minimum(z, 500))))


# %% [wrong] stable softplus without max(z,0)
# hint: the first term is missing
def mish(z):
    z = np.asarray(z, dtype=float)
    return z * np.tanh(np.log1p(np.exp(-np.abs(z))))


# %% [wrong] z sigmoid(softplus)
# hint: The sigmoid stands where tanh belongs
def mish(z):
    z = np.asarray(z, dtype=float)
    return z * sigmoid(np.logaddexp(0, z))


# %% [wrong] z + tanh
# hint: z and tanh are added: z multiplies it
def mish(z):
    z = np.asarray(z, dtype=float)
    return z + np.tanh(np.logaddexp(0, z))
