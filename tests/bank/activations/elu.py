# %% [wrong] alpha e^z - 1 (row 21)
# hint: Parentheses: alpha belongs to the whole of | match alpha*exp(z) - 1
def elu(z, alpha=1.0):
    return np.where(z > 0, z, alpha * np.exp(z) - 1)


# %% [wrong] alpha e^z - 1 on a mask (row 21)
# hint: Parentheses: alpha belongs to the whole of | match alpha*exp(z) - 1
def elu(z, alpha=1.0):
    out = np.array(z, dtype=float)
    left = out < 0
    out[left] = alpha * np.exp(out[left]) - 1
    return out


# %% [wrong] alpha ignored (row 18)
# hint: alpha has no effect
def elu(z, alpha=1.0):
    return np.where(z > 0, z, np.exp(z) - 1)


# %% [wrong] alpha in the exponent
# hint: alpha stands in the exponent | match exp(alpha*z) - 1
def elu(z, alpha=1.0):
    return np.where(z > 0, z, np.exp(alpha * z) - 1)


# %% [wrong] alpha both in front and in the exponent
# hint: alpha stands in the exponent as well: it | match -alpha*(1 - exp(z/alpha))
def elu(z, alpha=1.0):
    return np.where(z > 0, z, alpha * (np.exp(z / alpha) - 1))


# %% [wrong] alpha z on the right too
# hint: alpha has its place on the left only: it is | match alpha*z
def elu(z, alpha=1.0):
    return alpha * np.where(z > 0, z, np.expm1(z))


# %% [wrong] alpha (1 - e^z)
# hint: On the left the sign is turned: the order | match alpha*(1 - exp(z))
def elu(z, alpha=1.0):
    return np.where(z > 0, z, alpha * (1 - np.exp(z)))


# %% [wrong] e^-z
# hint: The exponent has the wrong sign | match -alpha*(1 - exp(-z))
def elu(z, alpha=1.0):
    return np.where(z > 0, z, alpha * (np.exp(-z) - 1))


# %% [wrong] alpha e^z, the 1 forgotten
# hint: The 1 is not taken off the exponential | match alpha*exp(z)
def elu(z, alpha=1.0):
    return np.where(z > 0, z, alpha * np.exp(z))


# %% [wrong] alpha z on the left: leaky
# hint: On the left this is a straight line | match alpha*z
def elu(z, alpha=1.0):
    return np.where(z > 0, z, alpha * z)


# %% [wrong] maximum of both halves (row 19)
# hint: The larger of two pieces is the right one | match -alpha*(1 - exp(z))
# also: right near 0
def elu(z, alpha=1.0):
    return np.maximum(z, alpha * (np.exp(z) - 1))


# %% [wrong] minimum of both halves (row 19)
# hint: The smaller of the two pieces is the right | On the left this is a straight line | match z
# also: right near 0
def elu(z, alpha=1.0):
    return np.minimum(z, alpha * np.expm1(z))


# %% [wrong] masks multiplied: inf * 0 is NaN far right (row 24)
# hint: that overflows
def elu(z, alpha=1.0):
    return z * (z > 0) + alpha * (np.exp(z) - 1) * (z <= 0)


# %% [wrong] default alpha of 0.01
# hint: match 0.01*exp(z) - 0.01
def elu(z, alpha=0.01):
    return np.where(z > 0, z, alpha * (np.exp(z) - 1))


# %% [wrong] SELU's constants
# hint: match 1
def elu(z, alpha=1.0):
    return 1.0507 * np.where(z > 0, z, 1.6733 * alpha * (np.exp(z) - 1))


# %% [wrong] e rounded to 2.718
# also: Close, but not equal
def elu(z, alpha=1.0):
    return np.where(z > 0, z, alpha * (2.718**z - 1))


# %% [wrong] alpha held to at most 1
# hint: alpha has no effect
def elu(z, alpha=1.0):
    alpha = np.clip(alpha, 0, 1)
    return np.where(z > 0, z, alpha * (np.exp(z) - 1))


# %% [wrong] -alpha beyond -5
# also: right near 0
def elu(z, alpha=1.0):
    return np.where(z > 0, z, np.where(z < -5, -alpha, alpha * np.expm1(z)))


# %% [wrong] if on an array (row 13)
# hint: decide once, for the whole array
def elu(z, alpha=1.0):
    if z > 0:
        return z
    return alpha * (np.exp(z) - 1)


# %% [wrong] in place (row 14)
# hint: Build a new array
def elu(z, alpha=1.0):
    z = np.asarray(z, dtype=float)
    z[z < 0] = alpha * (np.exp(z[z < 0]) - 1)
    return z


# %% [wrong] zeros_like of integers (row 26)
# hint: not for an integer z
def elu(z, alpha=1.0):
    z = np.asarray(z)
    out = np.zeros_like(z)
    out[z >= 0] = z[z >= 0]
    out[z < 0] = alpha * (np.exp(z[z < 0]) - 1)
    return out


# %% [wrong] an integer copy (row 26)
# hint: not for an integer z
def elu(z, alpha=1.0):
    out = np.array(z)
    out[out < 0] = alpha * np.expm1(out[out < 0])
    return out


# %% [wrong] vectorize takes the first answer's type (row 26)
# hint: not for an integer z
elu = np.vectorize(lambda z, alpha=1.0: z if z >= 0 else alpha * (np.exp(z) - 1))


# %% [wrong] copy of a Python float (row 27)
# hint: not for a single number
def elu(z, alpha=1.0):
    out = z.copy().astype(float)
    out[z < 0] = alpha * (np.exp(z[z < 0]) - 1)
    return out


# %% [right] where, exp overflowing in the branch not taken
def elu(z, alpha=1.0):
    return np.where(z > 0, z, alpha * (np.exp(z) - 1))


# %% [right] where and expm1
def elu(z, alpha=1.0):
    return np.where(z < 0, alpha * np.expm1(z), z)


# %% [right] maximum and minimum
def elu(z, alpha=1.0):
    return np.maximum(z, 0) + alpha * (np.exp(np.minimum(z, 0)) - 1)


# %% [right] a float copy, then a mask
def elu(z, alpha=1.0):
    out = np.array(z, dtype=float)
    left = out < 0
    out[left] = alpha * np.expm1(out[left])
    return out


# %% [right] np.exp(z, where=...)
def elu(z, alpha=1.0):
    z = np.asarray(z, dtype=float)
    e = np.exp(z, out=np.ones_like(z), where=z < 0)
    return relu(z) + alpha * (e - 1)


# %% [right] a loop with math
import math


def elu(z, alpha=1.0):
    z = np.asarray(z)
    values = [float(v) if v > 0 else alpha * math.expm1(v) for v in z.flat]
    return np.array(values).reshape(z.shape)


# %% [right] lambda in a lambda
elu = lambda z, alpha=1.0: (lambda v: np.where(v > 0, v, alpha * np.exp(v) - alpha))(np.array(z))


# %% [right] keyword-only helper and errstate
def _left(z, *, alpha):
    with np.errstate(over="ignore"):
        return alpha * (np.exp(z) - 1.0)


def elu(z, alpha=1.0):
    return np.where(np.greater(z, 0), z, _left(z, alpha=alpha))


# %% [wrong] ^ for a power
# hint: exclusive or
def elu(z, alpha=1.0):
    return np.where(z > 0, z, alpha * (np.e ^ z - 1))


# %% [wrong] a list of the array: no scalars (row 27)
# hint: no entries to go through | not for a single number
def elu(z, alpha=1.0):
    return list(np.where(z > 0, z, alpha * (np.exp(z) - 1)))


# %% [wrong] masks by greater, alpha forgotten (rows 18, 24)
# hint: alpha has no effect
# also: that overflows
def elu(z, alpha=1.0):
    right = np.greater(z, 0)
    return right * z + (1 - right) * (np.exp(z) - 1)


# %% [wrong] a power of np.e: a Python float far out raises
# hint: Python's own numbers
def elu(z, alpha=1.0):
    return np.where(np.asarray(z) > 0, z, alpha * (np.e**z - 1))


# %% [right] maximum plus a minimum with 0
def elu(z, alpha=1.0):
    return np.maximum(z, 0) + np.minimum(alpha * (np.exp(z) - 1), 0)


# %% [wrong] alpha called like a function: the * is left out
# hint: Parentheses follow what is no function
def elu(z, alpha=1.0):
    return np.where(z > 0, z, alpha(np.exp(z) - 1))


# %% [wrong] alpha*exp(z-1)
# hint: With alpha above 1: right where z is positive; where z is negative, your values match alpha*exp(z - 1) | The 1 is taken off the exponent: it belongs behind the exponential
def elu(z, alpha=1.0):
    z = np.asarray(z, dtype=float)
    return np.where(z >= 0, z, alpha * np.exp(z - 1))


# %% [wrong] log1p in place of expm1
# hint: The logarithm stands where the exponential belongs
def elu(z, alpha=1.0):
    z = np.asarray(z, dtype=float)
    return np.where(z >= 0, z, -alpha * np.log1p(np.abs(z)))


# %% [wrong] the corner at 0.6
# hint: The two pieces meet at 0
def elu(z, alpha=1.0):
    z = np.asarray(z, dtype=float)
    return np.where(z > 0.6, z, alpha * np.expm1(np.minimum(z, 0.6)))


# %% [wrong] maximum of both branches
# hint: The larger of two pieces is the right one for some alpha only: choose by the sign of z
def elu(z, alpha=1.0):
    z = np.asarray(z, dtype=float)
    return np.maximum(z, alpha * np.expm1(np.minimum(z, 0)))


# %% [wrong] z + alpha
# hint: alpha divides: it multiplies
def elu(z, alpha=1.0):
    z = np.asarray(z, dtype=float)
    return np.where(z >= 0, z, np.expm1(np.minimum(z, 0)) / alpha)
