# %% [wrong] e^z on the left (row 22)
# hint: alpha has no effect
def elu_grad(z, alpha=1.0):
    return np.where(z > 0, 1, np.exp(z))


# %% [wrong] f + 1 on the left (row 22)
# hint: elu(z) + 1 is the slope for an alpha of 1 | match elu(z) + 1 | match 1 - alpha*(1 - exp(z))
def elu_grad(z, alpha=1.0):
    return np.where(z > 0, 1, elu(z, alpha) + 1)


# %% [wrong] elu at its default, + alpha (row 22)
# hint: elu is called without alpha here: it takes | match alpha - (1 - exp(z))
def elu_grad(z, alpha=1.0):
    return np.where(z > 0, 1, elu(z) + alpha)


# %% [wrong] e^min(z, 0) (row 22)
# hint: alpha has no effect
def elu_grad(z, alpha=1.0):
    return np.exp(np.minimum(z, 0))


# %% [wrong] alpha e^min(z, 0): alpha on the right too (row 22)
# hint: alpha has its place on the left only: it is | match alpha
def elu_grad(z, alpha=1.0):
    return alpha * np.exp(np.minimum(z, 0))


# %% [wrong] e^(alpha z) (row 22)
# hint: alpha stands in the exponent | match exp(alpha*z)
def elu_grad(z, alpha=1.0):
    return np.where(z > 0, 1, np.exp(alpha * z))


# %% [wrong] minimum(1, alpha e^z): right at alpha = 1 (row 19)
# hint: The smaller of the two slopes is the right | beyond some limit
# also: it is right where z is negative
def elu_grad(z, alpha=1.0):
    return np.minimum(1, alpha * np.exp(z))


# %% [wrong] elu(z) on the left
# hint: On the left these are the values of elu | match elu(z) | match -alpha*(1 - exp(z))
# also: lies outside the two slopes
def elu_grad(z, alpha=1.0):
    return np.where(z > 0, 1, elu(z, alpha))


# %% [wrong] alpha (e^z - 1) on the left
# hint: On the left these are the values of elu | match elu(z) | match -alpha*(1 - exp(z))
# also: lies outside the two slopes
def elu_grad(z, alpha=1.0):
    return np.where(z > 0, 1.0, alpha * (np.exp(z) - 1))


# %% [wrong] alpha z e^z on the left
# hint: The slope of exp(z) has no factor z | match z*alpha*exp(z)
# also: lies outside the two slopes
def elu_grad(z, alpha=1.0):
    return np.where(z > 0, 1, alpha * z * np.exp(z))


# %% [wrong] alpha on the left: leaky
# hint: On the left this is the slope of Leaky | match alpha
def elu_grad(z, alpha=1.0):
    return np.where(z > 0, 1.0, alpha)


# %% [wrong] e^-z
# hint: The exponent has the wrong sign | match alpha*exp(-z)
def elu_grad(z, alpha=1.0):
    return np.where(z > 0, 1.0, alpha * np.exp(-z))


# %% [wrong] z on the right (row 16)
# hint: match z
def elu_grad(z, alpha=1.0):
    return np.where(z > 0, z, alpha * np.exp(z))


# %% [wrong] masks multiplied: inf * 0 is NaN far right (row 24)
# hint: that overflows
def elu_grad(z, alpha=1.0):
    return 1 * (z > 0) + alpha * np.exp(z) * (z <= 0)


# %% [wrong] if on an array (row 13)
# hint: decide once, for the whole array
def elu_grad(z, alpha=1.0):
    return 1.0 if z > 0 else alpha * np.exp(z)


# %% [wrong] ones_like of integers (row 26)
# hint: not for an integer z
def elu_grad(z, alpha=1.0):
    z = np.asarray(z)
    grad = np.ones_like(z)
    grad[z < 0] = alpha * np.exp(z[z < 0])
    return grad


# %% [wrong] item assignment to a scalar (row 27)
# hint: make an array of it
def elu_grad(z, alpha=1.0):
    grad = np.exp(np.minimum(z, 0))
    grad[z > 0] = 1.0
    grad[z < 0] *= alpha
    return grad


# %% [wrong] in place (row 14)
# hint: Build a new array
def elu_grad(z, alpha=1.0):
    z = np.asarray(z, dtype=float)
    right = z > 0
    z[right] = 1
    z[~right] = alpha * np.exp(z[~right])
    return z


# %% [wrong] 0 at the kink
# hint: lies outside the two slopes
def elu_grad(z, alpha=1.0):
    left = alpha * np.exp(np.minimum(z, 0)) * (np.asarray(z) < 0)
    return left + (np.asarray(z) > 0)


# %% [wrong] alpha ignored beyond -2
# also: right near 0
def elu_grad(z, alpha=1.0):
    left = np.where(np.asarray(z) > -2, alpha, 1.0) * np.exp(np.minimum(z, 0))
    return np.where(z > 0, 1.0, left)


# %% [right] where (row 17)
def elu_grad(z, alpha=1.0):
    return np.where(z > 0, 1, alpha * np.exp(z))


# %% [right] 1 at the kink (row 17)
def elu_grad(z, alpha=1.0):
    return np.where(z >= 0, 1.0, alpha * np.exp(np.minimum(z, 0)))


# %% [right] elu + alpha
def elu_grad(z, alpha=1.0):
    return np.where(z > 0, 1, elu(z, alpha) + alpha)


# %% [right] the middle at the kink (row 17)
def elu_grad(z, alpha=1.0):
    right = np.heaviside(z, 0.5)
    return right + (1 - right) * alpha * np.exp(np.minimum(z, 0))


# %% [right] a float copy, then masks
def elu_grad(z, alpha=1.0):
    z = np.asarray(z, dtype=float)
    grad = np.ones(z.shape)
    grad[z < 0] = alpha * np.exp(z[z < 0])
    return grad


# %% [right] vectorize
import math

elu_grad = np.vectorize(lambda z, alpha=1.0: 1.0 if z > 0 else alpha * math.exp(z), otypes=[float])


# %% [right] nested lists
def elu_grad(z, alpha=1.0):
    z = np.array(z)
    return np.where(z > 0, 1.0, alpha * np.exp(np.clip(z, None, 0))).tolist()


# %% [wrong] z + alpha: the output's formula, given the input
# hint: With alpha above 1: right where z is | already the output
# also: lies outside the two slopes
def elu_grad(z, alpha=1.0):
    return np.where(z > 0, 1.0, z + alpha)


# %% [right] zeros of the mask replaced
def elu_grad(z, alpha=1.0):
    z = np.asarray(z, dtype=float)
    grad = np.array(z > 0, dtype=float)
    flat = grad == 0
    grad[flat] = alpha * np.exp(z[flat])
    return grad


# %% [wrong] the argument goes by another name than the body uses
# hint: A name in it is defined nowhere
def elu_grad(a, alpha=1.0):
    return np.where(zz > 0, 1.0, alpha * np.exp(zz))


# %% [right] masks times elu + alpha
def elu_grad(z, alpha=1.0):
    z = np.asarray(z)
    return (z >= 0) + (z < 0) * (alpha + elu(z, alpha))


# %% [wrong] z e^z alpha (power rule)
# hint: The power rule is for z**n: the slope of exp(z) is exp(z)
def elu_grad(z, alpha=1.0):
    z = np.asarray(z, dtype=float)
    return np.where(z > 0, 1.0, alpha * z * np.exp(np.minimum(z, 0) - 1))


# %% [wrong] alpha e^z - 1
# hint: The 1 of exp(z) - 1 is a constant: it has no slope
def elu_grad(z, alpha=1.0):
    z = np.asarray(z, dtype=float)
    return np.where(z >= 0, 1.0, alpha * np.exp(np.minimum(z, 0)) - 1)
