# %% [wrong] z(1-z): the output's formula, given the input (row 4)
# hint: already the output | match z - z**2
def sigmoid_grad(z):
    return z * (1 - z)


# %% [wrong] z - z**2, the same multiplied out (row 4)
# hint: already the output | match z - z**2
def sigmoid_grad(z):
    return z - z**2


# %% [wrong] sigmoid applied twice (row 5)
# hint: function is applied twice
def sigmoid_grad(z):
    a = sigmoid(z)
    return sigmoid(a) * (1 - sigmoid(a))


# %% [wrong] own sigmoid applied twice (row 5)
# hint: function is applied twice
def sigmoid_grad(z):
    z = 1 / (1 + np.exp(-z))
    s = 1 / (1 + np.exp(-z))
    return s * (1 - s)


# %% [wrong] quotient rule, sign lost (row 6)
# hint: The slope is negative: the sign of an inner | sign turned
def sigmoid_grad(z):
    return -sigmoid(z) * (1 - sigmoid(z))


# %% [wrong] -e^-z/(1+e^-z)^2 (row 6)
# hint: The slope is negative: the sign of an inner | sign turned
def sigmoid_grad(z):
    e = np.exp(-np.abs(z))
    return -e / (1 + e) ** 2


# %% [wrong] s(s - 1) (row 6)
# hint: The slope is negative: the sign of an inner | sign turned
def sigmoid_grad(z):
    s = sigmoid(z)
    return s * (s - 1)


# %% [wrong] 1 - s (row 7)
# hint: A factor is lost | match 1 - sigmoid(z) | match 1/(1 + exp(z))
# also: except where z is negative
def sigmoid_grad(z):
    return 1 - sigmoid(z)


# %% [wrong] 1 - s squared: tanh's rule (row 7)
# hint: This is another function's rule | match 1 - sigmoid(z)**2 | match 1 - 1/(1 + exp(-z))/(1 + exp(-z))
# also: except where z is negative
def sigmoid_grad(z):
    return 1 - sigmoid(z) ** 2


# %% [wrong] s alone
# hint: itself, not of its slope | match 1/(1 + exp(-z))
# also: it is right where z is negative
def sigmoid_grad(z):
    return sigmoid(z)


# %% [wrong] s(1 - z): half substituted (row 4)
# hint: One of the two factors is made of z, not of | match sigmoid(z)*(1 - z) | match (1 - z)/(1 + exp(-z))
# also: it is right where z is negative
def sigmoid_grad(z):
    return sigmoid(z) * (1 - z)


# %% [wrong] e^-z/(1+e^-z)^2 is NaN far left (row 8)
# hint: that overflows
def sigmoid_grad(z):
    return np.exp(-z) / (1 + np.exp(-z)) ** 2


# %% [wrong] e^z/(1+e^z)^2 is NaN far right (row 8)
# hint: that overflows
def sigmoid_grad(z):
    e = np.exp(z)
    return e / np.square(1 + e)


# %% [wrong] the square forgotten
# hint: The square in the denominator is missing | match 1 - 1/(1 + exp(-abs(z)))
def sigmoid_grad(z):
    e = np.exp(-np.abs(z))
    return e / (1 + e)


# %% [wrong] s * 1 - s: precedence
# hint: s * 1 - s is 0: 1 - s needs parentheses | match 0
def sigmoid_grad(z):
    s = sigmoid(z)
    return s * 1 - s


# %% [wrong] a bell with the right peak
def sigmoid_grad(z):
    return 0.25 * np.exp(-np.square(z) / 4)


# %% [wrong] forward difference, h = 1e-4
# also: Close, but not equal
def sigmoid_grad(z):
    h = 1e-4
    return (sigmoid(z + h) - sigmoid(z)) / h


# %% [wrong] cut to zero beyond 15
# also: right near 0
def sigmoid_grad(z):
    s = sigmoid(z)
    return np.where(np.abs(z) > 15, 0.0, s * (1 - s))


# %% [wrong] zeros_like of integers (row 26)
# hint: not for an integer z
def sigmoid_grad(z):
    grad = np.zeros_like(z)
    grad += (sigmoid(z) * (1 - sigmoid(z))).astype(grad.dtype)
    return grad


# %% [wrong] item assignment to a scalar (row 27)
# hint: A single number has no entries to go | not for a single number
def sigmoid_grad(z):
    out = np.zeros(np.shape(z))
    for i, v in enumerate(z):
        out[i] = sigmoid(v) * (1 - sigmoid(v))
    return out


# %% [wrong] dot for *: wrong but for scalars (row 37)
# hint: reduced (max, sum)
def sigmoid_grad(z):
    s = sigmoid(z)
    return np.dot(s, 1 - s)


# %% [wrong] the mean over the array
# hint: reduced (max, sum)
def sigmoid_grad(z):
    s = sigmoid(z)
    return np.mean(s * (1 - s))


# %% [wrong] z turned into sigmoid(z) in place (row 14)
# hint: Build a new array
def sigmoid_grad(z):
    z = np.asarray(z)
    if z.dtype != np.float64:
        z = z.astype(np.float64)
    z[...] = 1 / (1 + np.exp(-z))
    return z * (1 - z)


# %% [right] s(1 - s)
def sigmoid_grad(z):
    s = sigmoid(z)
    return s * (1 - s)


# %% [right] s - s**2
def sigmoid_grad(z):
    return sigmoid(z) - sigmoid(z) ** 2


# %% [right] sigmoid(z) sigmoid(-z)
def sigmoid_grad(z):
    return sigmoid(z) * sigmoid(-z)


# %% [right] the quotient on |z|
def sigmoid_grad(z):
    e = np.exp(-np.abs(z))
    return e / (1 + e) ** 2


# %% [right] 1/(2 + e^z + e^-z), overflowing to 0
def sigmoid_grad(z):
    return 1 / (2 + np.exp(z) + np.exp(-z))


# %% [right] through cosh
def sigmoid_grad(z):
    return 0.25 / np.cosh(z / 2) ** 2


# %% [right] through tanh, independent of sigmoid
def sigmoid_grad(z):
    return (1 - np.tanh(z / 2) ** 2) / 4


# %% [right] its own sigmoid inside
def sigmoid_grad(z):
    def s(v):
        return 1 / (1 + np.exp(-v))

    return s(z) * (1 - s(z))


# %% [right] nested lists
def sigmoid_grad(z):
    s = np.asarray(sigmoid(z))
    return (s * (1 - s)).tolist()


# %% [right] vectorize
import math


def _slope(v):
    e = math.exp(-abs(v))
    return e / (1 + e) ** 2


sigmoid_grad = np.vectorize(_slope, otypes=[np.float64])


# %% [wrong] the star lost between the factors
# hint: Is a * missing
def sigmoid_grad(z):
    return sigmoid(1 - sigmoid(z))


# %% [wrong] the square at exp(-z) alone
# hint: belongs to the whole denominator
# also: A NaN comes from an intermediate that
def sigmoid_grad(z):
    e = np.exp(-1 * z)
    return e / (1 + e**2)


# %% [wrong] z (1 - s): half substituted, the other way round (row 4)
# hint: is made of z, not
def sigmoid_grad(z):
    return z * (1 - sigmoid(z))


# %% [wrong] s (1 + s) (row 6)
# hint: wrong sign between
def sigmoid_grad(z):
    s = sigmoid(z)
    return s * (1 + s)


# %% [wrong] vectorize over math.exp overflows far left (row 8)
# hint: Functions of `math`
import math

sigmoid_grad = np.vectorize(lambda v: math.exp(-v) / (1 + math.exp(-v)) ** 2, otypes=[float])


# %% [right] np.multiply and np.subtract
def sigmoid_grad(z):
    out = sigmoid(z)
    return np.multiply(out, np.subtract(1.0, out))


# %% [wrong] a minus where the product belongs
# hint: 2*z - 1
def sigmoid_grad(s):
    return s - (1.0 - s)


# %% [wrong] the flag for the derivative, of the output (row 10)
# hint: z were already the output
def sigmoid_grad(z, derivative=True):
    if derivative:
        return z * (1 - z)
    return 1 / (1 + np.exp(-z))


# %% [wrong] sigmoid of product, s(z(1-z))
# hint: The sigmoid is taken of the product z (1 - z): multiply what it gives
def sigmoid_grad(z):
    return sigmoid(z * (1 - z))


# %% [wrong] s**2 (1-s)
# hint: One sigmoid(z) too many is multiplied in
def sigmoid_grad(z):
    a = sigmoid(z)
    return a**2 * (1 - a)


# %% [wrong] e^z above
# hint: The exponent in the numerator has the wrong sign, or that in the denominator
def sigmoid_grad(z):
    z = np.clip(np.asarray(z, dtype=float), -300, 300)
    return np.exp(z) / (1 + np.exp(-z)) ** 2
