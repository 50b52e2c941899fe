# %% [wrong] no sigma(z) factor (row 25)
# hint: inner derivative
# also: except where z is negative
def mish_grad(z):
    t = np.tanh(np.logaddexp(0, z))
    return t + z * (1 - t**2)


# %% [wrong] no product rule: the second term alone (row 25)
# hint: A product has two terms in its derivative
# also: it is right where z is negative
def mish_grad(z):
    t = np.tanh(np.logaddexp(0, z))
    return z * sigmoid(z) * (1 - t**2)


# %% [wrong] no product rule: the first term alone (row 25)
# hint: A product has two terms in its derivative | match tanh(log(1 + exp(z)))
def mish_grad(z):
    return np.tanh(np.logaddexp(0, z))


# %% [wrong] z' times the factor's derivative (row 25)
# hint: The slopes of two factors are multiplied: a | A product has two terms in its derivative
# also: it is right where z is negative
def mish_grad(z):
    t = np.tanh(np.logaddexp(0, z))
    return sigmoid(z) * (1 - t**2)


# %% [wrong] no z in the second term (row 25)
# hint: The second term of the product rule has lost
def mish_grad(z):
    t = np.tanh(np.logaddexp(0, z))
    return t + sigmoid(z) * (1 - t**2)


# %% [wrong] sigma'(z) for sigma(z) (row 25)
# hint: The slope of the softplus inside is another
def mish_grad(z):
    t = np.tanh(np.logaddexp(0, z))
    return t + sigmoid(z) * (1 - t**2) * (1 - sigmoid(z)) * z


# %% [wrong] 1 - t, not squared (row 11)
# hint: The slope of tanh in it is not that of tanh
def mish_grad(z):
    t = np.tanh(np.logaddexp(0, z))
    return t + z * sigmoid(z) * (1 - t)


# %% [wrong] 1 - tanh(z)^2 at z, not at softplus (row 23)
# hint: The slope of tanh is taken at z: of what
def mish_grad(z):
    return np.tanh(np.logaddexp(0, z)) + z * sigmoid(z) * (1 - np.tanh(z) ** 2)


# %% [wrong] both tanh at z (row 23)
# hint: tanh is taken of z itself, not of log(1 +
# also: except where z is negative
def mish_grad(z):
    t = np.tanh(z)
    return t + z * sigmoid(z) * (1 - t**2)


# %% [wrong] the derivative of z tanh(z) (row 23)
# hint: tanh is taken of z itself, not of log(1 + | match tanh(z) + z*(1 - tanh(z)**2)
# also: except where z is negative
def mish_grad(z):
    return np.tanh(z) + z * tanh_grad(z)


# %% [wrong] sigma(-z)
# hint: inner derivative
# also: except where z is negative
def mish_grad(z):
    t = np.tanh(np.logaddexp(0, z))
    return t + z * (1 - sigmoid(z)) * (1 - t**2)


# %% [wrong] a minus between the terms
# hint: A minus stands between the two terms
def mish_grad(z):
    t = np.tanh(np.logaddexp(0, z))
    return t - z * sigmoid(z) * (1 - t**2)


# %% [wrong] softplus not put through tanh
# hint: This is the slope of z log(1 + exp(z)): the
# also: it is right where z is negative
def mish_grad(z):
    sp = np.logaddexp(0, z)
    return sp + z * sigmoid(z)


# %% [wrong] the derivative of swish
# hint: This is the slope of z sigmoid(z), the swish
def mish_grad(z):
    s = sigmoid(z)
    return s + z * s * (1 - s)


# %% [wrong] the derivative at mish(z)
# hint: function is applied twice
# also: except where z is negative
def mish_grad(z):
    z = mish(z)
    t = np.tanh(np.logaddexp(0, z))
    return t + z * sigmoid(z) * (1 - t**2)


# %% [wrong] the paper's closed form is NaN far right (row 24)
# hint: that overflows
def mish_grad(z):
    e = np.exp(z)
    omega = 4 * (z + 1) + 4 * e**2 + e**3 + e * (4 * z + 6)
    delta = 2 * e + e**2 + 2
    return e * omega / delta**2


# %% [wrong] the paper's closed form, 6 lost
def mish_grad(z):
    e = np.exp(np.minimum(z, 30))
    omega = 4 * (z + 1) + 4 * e**2 + e**3 + e * (4 * z)
    delta = 2 * e + e**2 + 2
    return np.where(np.asarray(z) > 30, 1.0, e * omega / delta**2)


# %% [wrong] e^z/(1+e^z) inside is NaN far right (row 24)
# hint: that overflows
def mish_grad(z):
    t = np.tanh(np.logaddexp(0, z))
    return t + z * (np.exp(z) / (1 + np.exp(z))) * (1 - t**2)


# %% [wrong] 1 beyond 4
# also: right near 0
def mish_grad(z):
    t = np.tanh(np.logaddexp(0, z))
    return np.where(np.asarray(z) > 4, 1.0, t + z * sigmoid(z) * (1 - t**2))


# %% [wrong] forward difference
# also: Close, but not equal
def mish_grad(z):
    return (mish(z + 1e-5) - mish(z)) / 1e-5


# %% [wrong] item assignment to a scalar (row 27)
# hint: not for a single number
def mish_grad(z):
    grad = z + 0.0
    for i in range(len(grad)):
        t = np.tanh(np.logaddexp(0, z[i]))
        grad[i] = t + z[i] * sigmoid(z[i]) * (1 - t**2)
    return grad


# %% [wrong] zeros_like of integers (row 26)
# hint: not for an integer z
def mish_grad(z):
    grad = np.zeros_like(z)
    t = np.tanh(np.logaddexp(0, z))
    grad[...] = t + z * sigmoid(z) * (1 - t**2)
    return grad


# %% [wrong] *= (row 14)
# hint: Build a new array
def mish_grad(z):
    z = np.asarray(z, dtype=float)
    t = np.tanh(np.logaddexp(0, z))
    z *= sigmoid(z) * (1 - t**2)
    return t + z


# %% [right] product rule
def mish_grad(z):
    t = np.tanh(np.logaddexp(0, z))
    return t + z * sigmoid(z) * (1 - t**2)


# %% [right] through tanh_grad of softplus
def mish_grad(z):
    sp = np.log1p(np.exp(z))
    return tanh(sp) + z * tanh_grad(sp) * sigmoid(z)


# %% [right] mish(z)/z away from 0
def mish_grad(z):
    z = np.array(z, dtype=float)
    t = np.tanh(np.logaddexp(0, z))
    first = np.divide(mish(z), z, out=np.array(t), where=np.abs(z) > 1e-3)
    return first + z * sigmoid(z) * (1 - t) * (1 + t)


# %% [right] the paper's closed form, held at 30
def mish_grad(z):
    v = np.minimum(z, 30.0)
    e = np.exp(v)
    omega = 4 * (v + 1) + 4 * e**2 + e**3 + e * (4 * v + 6)
    delta = 2 * e + e**2 + 2
    return np.where(np.asarray(z) > 30, 1.0, e * omega / delta**2)


# %% [right] all its parts in the cell
def _softplus(z):
    return np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z)))


def _logistic(z):
    return np.exp(-_softplus(-np.asarray(z, dtype=float)))


def mish_grad(z):
    t = np.tanh(_softplus(z))
    return t + z * _logistic(z) * (1 - t * t)


# %% [right] vectorize
def _slope(v):
    t = np.tanh(np.logaddexp(0, v))
    return t + v * sigmoid(v) * (1 - t**2)


mish_grad = np.vectorize(_slope, otypes=[float])


# %% [wrong] tanh_grad of softplus, no inner derivative (row 25)
# hint: inner derivative
def mish_grad(z):
    sp = np.log(1 + np.exp(z))
    return tanh(sp) + z * tanh_grad(sp)


# %% [right] sech squared of softplus
def mish_grad(z):
    sp = np.logaddexp(0, z)
    return np.tanh(sp) + z / np.cosh(sp) ** 2 / (1 + np.exp(-np.asarray(z, dtype=float)))


# %% [wrong] the sigmoid of softplus
# hint: The slope of the softplus is taken at log(1
def mish_grad(z):
    soft = np.logaddexp(0, z)
    t = np.tanh(soft)
    return t + z * (1 - t**2) * sigmoid(soft)


# %% [wrong] 1 + t^2
# hint: A sign in the slope of tanh is wrong: compare it with your tanh_grad
def mish_grad(z):
    z = np.asarray(z, dtype=float)
    t = np.tanh(np.logaddexp(0, z))
    return t + z * (1 + t**2) * sigmoid(z)


# %% [wrong] tanh_grad(tanh(s))
# hint: The slope of tanh is taken of a value that has been through tanh already
def mish_grad(z):
    z = np.asarray(z, dtype=float)
    s = np.logaddexp(0, z)
    t = tanh(s)
    return t + z * tanh_grad(t) * sigmoid(z)


# %% [wrong] (t + z) * ...
# hint: Parentheses: the sum of the product rule is multiplied as a whole
def mish_grad(z):
    z = np.asarray(z, dtype=float)
    s = np.logaddexp(0, z)
    t = tanh(s)
    return (t + z) * (1 - t**2) * sigmoid(z)


# %% [wrong] tanh' forgotten
# hint: A factor of the chain rule is missing: the slope of tanh
def mish_grad(z):
    z = np.asarray(z, dtype=float)
    t = np.tanh(np.logaddexp(0, z))
    return t + z * sigmoid(z)


# %% [wrong] softplus in place of its slope
# hint: The inner derivative is that of log(1 + exp(z)): it is another function
def mish_grad(z):
    z = np.asarray(z, dtype=float)
    s = np.logaddexp(0, z)
    t = np.tanh(s)
    return t + z * (1 - t**2) * s


# %% [wrong] s in place of t in the first term
# hint: One term of the product rule holds another function: what is left where z is differentiated
def mish_grad(z):
    z = np.asarray(z, dtype=float)
    s = np.logaddexp(0, z)
    t = np.tanh(s)
    return s + z * (1 - t**2) * sigmoid(z)


# %% [wrong] tanh(z) in the first term
# hint: One term of the product rule holds another function: what is left where z is differentiated
def mish_grad(z):
    z = np.asarray(z, dtype=float)
    s = np.logaddexp(0, z)
    return tanh(z) + z * tanh_grad(s) * sigmoid(z)


# %% [wrong] 1 - t**2 without brackets
# hint: Parentheses: a difference needs them where it is a factor
def mish_grad(z):
    z = np.asarray(z, dtype=float)
    s = np.logaddexp(0, z)
    t = np.tanh(s)
    return t + z * 1 - t**2 * sigmoid(z)
