# %% [wrong] 1 - z^2 (row 10)
# hint: already the output | match 1 - z**2
def tanh_grad(z):
    return 1 - z**2


# %% [wrong] (1 - z)(1 + z) (row 10)
# hint: already the output | match 1 - z**2
def tanh_grad(z):
    return (1 - z) * (1 + z)


# %% [wrong] 1 - tanh, not squared (row 11)
# hint: A power is missing | match 1 - tanh(z)
# also: except where z is negative
def tanh_grad(z):
    return 1 - np.tanh(z)


# %% [wrong] 1 - |tanh| (row 11)
# hint: A power is missing | match 1 - abs(tanh(z)) | match tanh(-abs(z)) + 1
def tanh_grad(z):
    return 1 - np.abs(tanh(z))


# %% [wrong] t(1 - t): sigmoid's rule
# hint: This is the sigmoid's rule, with tanh in it | match tanh(z) - tanh(z)**2
# also: except where z is negative
def tanh_grad(z):
    t = tanh(z)
    return t * (1 - t)


# %% [wrong] tanh of the output (row 12)
# hint: function is applied twice
def tanh_grad(z):
    return 1 - np.tanh(np.tanh(z)) ** 2


# %% [wrong] tanh applied twice, in steps (row 12)
# hint: function is applied twice
def tanh_grad(z):
    a = tanh(z)
    t = tanh(a)
    return 1 - t**2


# %% [wrong] 1 - tanh(z^2): the square inside
# hint: The square stands inside tanh | match 1 - tanh(z**2)
def tanh_grad(z):
    return 1 - np.tanh(np.square(z))


# %% [wrong] (1 - tanh)^2: the square outside
# hint: The square is of the whole of 1 - tanh(z) | match (1 - tanh(z))**2
# also: except where z is negative
def tanh_grad(z):
    return (1 - np.tanh(z)) ** 2


# %% [wrong] 1 + tanh^2
# hint: A sign is wrong: which one does the quotient | match tanh(z)**2 + 1 | match 1 + tanh(z)**2
def tanh_grad(z):
    return 1 + np.tanh(z) ** 2


# %% [wrong] tanh^2 - 1 (row 6)
# hint: The slope is negative, but tanh only climbs | sign turned
def tanh_grad(z):
    return np.tanh(z) ** 2 - 1


# %% [wrong] 1/cosh, not squared
# hint: A power is missing | match 1/cosh(z)
def tanh_grad(z):
    return 1 / np.cosh(z)


# %% [wrong] 2 t instead of t^2
# hint: Where does the 2 come from | match 1 - 2*tanh(z)
def tanh_grad(z):
    return 1 - 2 * np.tanh(z)


# %% [wrong] 4/(e^z + e^-z): not squared
# hint: A power is missing | match 2/cosh(z)
def tanh_grad(z):
    return 4 / (np.exp(z) + np.exp(-z))


# %% [wrong] 4 e^2z/(e^2z+1)^2 is NaN far right (row 8)
# hint: that overflows
def tanh_grad(z):
    e = np.exp(2 * z)
    return 4 * e / (e + 1) ** 2


# %% [wrong] 4 sigmoid'(z): the inner 2 forgotten
# hint: where is the slope of the sigmoid to be | match 2/(1 + cosh(z))
def tanh_grad(z):
    return 4 * sigmoid_grad(z)


# %% [wrong] 2 sigmoid'(2z)
# hint: the chain rule goes inside sigmoid(2 z) | off by the same factor, 0.5
def tanh_grad(z):
    return 2 * sigmoid_grad(2 * z)


# %% [wrong] XOR for power
# hint: exclusive or
def tanh_grad(z):
    return 1 - np.tanh(z) ^ 2


# %% [wrong] rounded to five digits
# hint: rounded to 5
def tanh_grad(z):
    return np.round(1 - np.tanh(z) ** 2, 5)


# %% [wrong] ones_like of integers (row 26)
# hint: not for an integer z
def tanh_grad(z):
    grad = np.ones_like(z)
    grad -= (np.tanh(z) ** 2).astype(grad.dtype)
    return grad


# %% [wrong] item assignment to a scalar (row 27)
# hint: make an array of it
def tanh_grad(z):
    out = z * 1.0
    out[...] = 1 - np.tanh(out) ** 2
    return out


# %% [wrong] t @ t: wrong for arrays (row 37)
# hint: reduced (max, sum)
def tanh_grad(z):
    t = np.asarray(np.tanh(z))
    return 1 - t * t if t.ndim == 0 else 1 - t @ t.T


# %% [right] 1 - tanh squared
def tanh_grad(z):
    return 1 - np.tanh(z) ** 2


# %% [right] (1 - t)(1 + t)
def tanh_grad(z):
    t = tanh(z)
    return (1 - t) * (1 + t)


# %% [right] 1/cosh squared, overflowing to 0
def tanh_grad(z):
    return 1 / np.cosh(z) ** 2


# %% [right] 4 sigmoid'(2z)
def tanh_grad(z):
    return 4 * sigmoid_grad(2 * z)


# %% [right] exponentials of -|z|
def tanh_grad(z):
    e = np.exp(-2 * np.abs(z))
    return 4 * e / (1 + e) ** 2


# %% [right] complex step
def tanh_grad(z):
    h = 1e-20
    return np.tanh(np.asarray(z) + 1j * h).imag / h


# %% [right] loop over flat elements
def tanh_grad(z):
    z = np.array(z, dtype=float)
    flat = z.reshape(-1)
    for i in range(flat.size):
        flat[i] = 1 - np.tanh(flat[i]) ** 2
    return flat.reshape(z.shape)


# %% [right] assigned to a name and checked against differences in the cell
def tanh_grad(z):
    t = np.tanh(z)
    return np.subtract(1.0, np.multiply(t, t))


if not np.allclose(tanh_grad(0.3), numerical_gradient(np.tanh, 0.3)):
    raise RuntimeError("tanh_grad disagrees with central differences")


# %% [wrong] z turned into tanh(z) in place (row 14)
# hint: Build a new array
def tanh_grad(z):
    z = np.asarray(z, dtype=float)
    z[...] = np.tanh(z)
    return 1 - z**2


# %% [right] np.power
def tanh_grad(z):
    return 1.0 - np.power(tanh(z), 2)


# %% [right] cosh to the power -2
def tanh_grad(z):
    return np.cosh(z) ** -2.0


# %% [wrong] a loop over math.tanh (row 27)
# hint: float(), int() and the functions of `math` | not for a single number | no entries to go through
import math


def tanh_grad(z):
    grad = []
    for v in z:
        grad.append(1 - math.tanh(v) ** 2)
    return np.array(grad)


# %% [wrong] 1 - relu(z)^2: another activation in the formula
# hint: where z is positive, your values match 1 - z**2
def tanh_grad(z):
    return 1 - relu(z) ** 2


# %% [wrong] 1 - sigmoid^2
# hint: The sigmoid stands where tanh belongs
def tanh_grad(z):
    return 1 - sigmoid(z) ** 2
