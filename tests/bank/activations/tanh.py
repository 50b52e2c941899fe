# %% [wrong] quotient of exponentials is NaN far out (row 9)
# hint: that overflows
def tanh(z):
    return (np.exp(z) - np.exp(-z)) / (np.exp(z) + np.exp(-z))


# %% [wrong] (e^2z - 1)/(e^2z + 1) is NaN beyond 355 (row 9)
# hint: that overflows
def tanh(z):
    e = np.exp(2 * z)
    return (e - 1) / (e + 1)


# %% [wrong] sinh/cosh (row 9)
# hint: that overflows
def tanh(z):
    return np.sinh(z) / np.cosh(z)


# %% [wrong] (1 - e^-2z)/(1 + e^-2z) is NaN far left (row 9)
# hint: that overflows
def tanh(z):
    return (1 - np.exp(-2 * z)) / (1 + np.exp(-2 * z))


# %% [wrong] signs of the exponents swapped
# hint: sign turned
def tanh(z):
    return -np.tanh(z)


# %% [wrong] numerator and denominator swapped
# hint: This is 1 / tanh(z): numerator and | divided by 0 | match 1/tanh(z)
def tanh(z):
    return 1 / np.tanh(z)


# %% [wrong] the trigonometric tangent
# hint: This is tan(z), of a triangle: the | match tan(z)
def tanh(z):
    return np.tan(z)


# %% [wrong] the inverse
# hint: This is arctan(z): tanh is another function | match arctan(z)
def tanh(z):
    return np.arctan(z)


# %% [wrong] 2 sigmoid(z) - 1: the factor 2 forgotten inside
# hint: This is tanh(z / 2): the sigmoid is to be | match tanh(z/2)
def tanh(z):
    return 2 * sigmoid(z) - 1


# %% [wrong] parentheses of the quotient forgotten
# hint: Parentheses: only the second exponential is | match exp(z) - 1/(1 + exp(2*z))
# also: it is right where z is negative
def tanh(z):
    z = np.clip(z, -300, 300)
    return np.exp(z) - np.exp(-z) / (np.exp(z) + np.exp(-z))


# %% [wrong] LeCun's scaled tanh
# hint: This is a stretched tanh
def tanh(z):
    return 1.7159 * np.tanh(2 * z / 3)


# %% [wrong] a rational approximation
# also: Close, but not equal
def tanh(z):
    z = np.clip(z, -3.0, 3.0)
    return z * (27 + z**2) / (27 + 9 * z**2)


# %% [wrong] clipped to 4: wrong only beyond
# hint: beyond some limit
# also: Close, but not equal
def tanh(z):
    return np.tanh(np.clip(z, -4, 4))


# %% [wrong] zeros_like of integers (row 26)
# hint: not for an integer z
def tanh(z):
    z = np.asarray(z)
    out = np.zeros_like(z)
    np.copyto(out, np.tanh(z), casting="unsafe")
    return out


# %% [wrong] z.shape of a Python float (row 27)
# hint: not for a single number
def tanh(z):
    flat = [np.tanh(v) for v in z.ravel()]
    return np.array(flat).reshape(z.shape)


# %% [wrong] math.tanh takes no arrays (row 27)
# hint: functions of `math`
import math


def tanh(z):
    return math.tanh(z)


# %% [wrong] out=z (row 14)
# hint: Build a new array
def tanh(z):
    if isinstance(z, np.ndarray) and z.dtype == np.float64 and z.ndim:
        return np.tanh(z, out=z)
    return np.tanh(z)


# %% [wrong] first row only, for 2-D
# hint: right for one axis, but not
def tanh(z):
    z = np.asarray(z)
    if z.ndim > 1:
        z = np.broadcast_to(z[:1], z.shape)
    return np.tanh(z)


# %% [right] NumPy's own, under the item's name
tanh = np.tanh


# %% [right] np.tanh called
def tanh(z):
    return np.tanh(z)


# %% [right] 2 sigmoid(2z) - 1
def tanh(z):
    return 2 * sigmoid(2 * z) - 1


# %% [right] exponentials of -|z|
def tanh(z):
    e = np.exp(-2 * np.abs(z))
    return np.sign(z) * (1 - e) / (1 + e)


# %% [right] expm1 and where
def tanh(z):
    z = np.asarray(z, dtype=float)
    left = np.expm1(2 * np.minimum(z, 0))
    right = np.expm1(-2 * np.maximum(z, 0))
    return np.where(z < 0, left / (left + 2), -right / (right + 2))


# %% [right] quotient of exponentials after a clip
def tanh(z):
    z = np.clip(z, -50, 50)
    return (np.exp(z) - np.exp(-z)) / (np.exp(z) + np.exp(-z))


# %% [right] 1 - 2/(e^2z + 1), overflowing to 1
def tanh(z):
    return 1 - 2 / (np.exp(2 * z) + 1)


# %% [right] vectorize over math.tanh
import math

tanh = np.vectorize(math.tanh, otypes=[float])


# %% [right] a static method
class Functions:
    @staticmethod
    def tanh(z):
        return np.tanh(z)


tanh = Functions.tanh


# %% [wrong] in single precision
# hint: single precision
def tanh(z):
    return np.tanh(np.asarray(z, dtype=np.float32))


# %% [wrong] z rounded first
# also: Close, but not equal | one-sided
def tanh(z):
    z = np.round(z, 3)
    return np.tanh(z)


# %% [wrong] a comprehension over math.tanh (row 27)
# hint: float(), int() and the functions of `math` | no entries to go through | not for a single number
import math


def tanh(z):
    return np.array([math.tanh(v) for v in z])


# %% [wrong] powers of math.e: arrays give NaN far out, floats raise (row 9)
# hint: that overflows | Python's own numbers
import math


def tanh(z):
    up, down = math.e**z, math.e**-z
    return (up - down) / (up + down)


# %% [wrong] sinh alone
# hint: This is sinh
def tanh(z):
    return (np.exp(z) - np.exp(-z)) / 2


# %% [wrong] not lowered by 1
# hint: not yet lowered
def tanh(z):
    return 2 / (1 + np.exp(-2 * z))


# %% [right] the bipolar sigmoid of 2z
def tanh(z):
    return 2 / (1 + np.exp(-2 * z)) - 1


# %% [wrong] the quotient upside down where z > 0
# hint: where z is positive, your values match 1/tanh(z)
# also: A NaN comes
def tanh(z):
    e = np.exp(2 * z)
    return np.where(z > 0, (e + 1) / (e - 1), (e - 1) / (e + 1))


# %% [wrong] brackets missing, e^z - e^-z/e^z + e^-z
# hint: Parentheses: the numerator and the denominator need their own
def tanh(z):
    z = np.asarray(z, dtype=float)
    return np.exp(z) - np.exp(-z) / np.exp(z) + np.exp(-z)


# %% [wrong] hard tanh
# hint: This is the hard tanh, made of three straight lines
def tanh(z):
    return np.clip(np.asarray(z, dtype=float), -1, 1)


# %% [wrong] Taylor polynomial
# hint: A Taylor polynomial is good near 0 only: use the formula
def tanh(z):
    z = np.asarray(z, dtype=float)
    return z - z**3 / 3 + 2 * z**5 / 15


# %% [wrong] LeCun's scaled one
# hint: This is a stretched tanh, from an older network: tanh(z) itself is asked for
def tanh(z):
    return 1.7159 * np.tanh(2 / 3 * np.asarray(z, dtype=float))


# %% [wrong] 2 sigma(2z - 1)
# hint: The sigmoid is taken of 2 z - 1: the 1 is taken off what it gives
def tanh(z):
    return 2 * sigmoid(2 * np.asarray(z, dtype=float) - 1)


# %% [wrong] s(2z) - 1
# hint: 2 sigmoid(2 z) has lost its 2: tanh goes from -1 to 1
def tanh(z):
    return sigmoid(2 * np.asarray(z, dtype=float)) - 1
