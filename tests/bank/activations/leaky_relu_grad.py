# %% [wrong] 0 on the left (row 20)
# hint: alpha has no effect
# also: lies outside the two slopes
def leaky_relu_grad(z, alpha=0.01):
    return np.where(z > 0, 1.0, 0.0)


# %% [wrong] alpha z on the left (row 20)
# hint: On the left these are the values of | match alpha*z
# also: lies outside the two slopes
def leaky_relu_grad(z, alpha=0.01):
    return np.where(z > 0, 1, alpha * z)


# %% [wrong] -alpha on the left (row 20)
# hint: On the left alpha has the wrong sign | match -alpha
# also: lies outside the two slopes
def leaky_relu_grad(z, alpha=0.01):
    return np.where(z > 0, 1, -alpha)


# %% [wrong] leaky_relu itself
# hint: itself, not of its slope | match alpha*z
# also: lies outside the two slopes
def leaky_relu_grad(z, alpha=0.01):
    return leaky_relu(z, alpha)


# %% [wrong] alpha ignored (row 18)
# hint: alpha has no effect
# also: lies outside the two slopes
def leaky_relu_grad(z, alpha=0.01):
    return np.where(z > 0, 1.0, 0.01)


# %% [wrong] default alpha of 0.1 (row 18)
# hint: match 0
def leaky_relu_grad(z, alpha=0.1):
    return np.where(z > 0, 1.0, alpha)


# %% [wrong] maximum(alpha, mask): wrong for alpha > 1 (row 19)
# hint: The larger of two pieces is the right one | match alpha
def leaky_relu_grad(z, alpha=0.01):
    return np.maximum(alpha, np.asarray(z) > 0)


# %% [wrong] 1 + alpha on the right
# hint: alpha has its place on the left only: it is | match 1 + alpha
def leaky_relu_grad(z, alpha=0.01):
    return (np.asarray(z) > 0) + alpha


# %% [wrong] sides swapped
# hint: The sides are exchanged | match 1
def leaky_relu_grad(z, alpha=0.01):
    return np.where(z > 0, alpha, 1.0)


# %% [wrong] alpha squared
# hint: alpha is squared | match alpha**2
# also: lies outside the two slopes
def leaky_relu_grad(z, alpha=0.01):
    return np.where(z > 0, 1.0, alpha**2)


# %% [wrong] leaky_relu(z)/z: NaN at 0
# hint: divided by 0
def leaky_relu_grad(z, alpha=0.01):
    return leaky_relu(z, alpha) / z


# %% [wrong] z on the right (row 16)
# hint: match z
def leaky_relu_grad(z, alpha=0.01):
    return np.where(z > 0, z, alpha)


# %% [wrong] if on an array (row 13)
# hint: decide once, for the whole array
# also: array is wanted
def leaky_relu_grad(z, alpha=0.01):
    if z > 0:
        return 1
    return alpha


# %% [wrong] ones_like of integers (row 26)
# hint: not for an integer z
def leaky_relu_grad(z, alpha=0.01):
    z = np.asarray(z)
    grad = np.ones_like(z)
    grad[z < 0] = alpha
    return grad


# %% [wrong] full_like of integers (row 26)
# hint: not for an integer z
def leaky_relu_grad(z, alpha=0.01):
    z = np.asarray(z)
    grad = np.full_like(z, alpha)
    grad[z > 0] = 1
    return grad


# %% [wrong] vectorize takes the first answer's type (row 26)
# hint: The fractions are cut off: what dtype has
# also: into each other's way | fractions are cut off | depends on the others
leaky_relu_grad = np.vectorize(lambda z, alpha=0.01: 1 if z > 0 else alpha)


# %% [wrong] item assignment to a scalar (row 27)
# hint: make an array of it
def leaky_relu_grad(z, alpha=0.01):
    grad = z * 0.0 + 1.0
    grad[z < 0] = alpha
    return grad


# %% [wrong] in place (row 14)
# hint: Build a new array
def leaky_relu_grad(z, alpha=0.01):
    grad = np.asarray(z, dtype=float)
    negative = grad < 0
    grad[negative] = alpha
    grad[~negative] = 1
    return grad


# %% [wrong] alpha beyond -10 forgotten
# also: right near 0
def leaky_relu_grad(z, alpha=0.01):
    return np.where(z > 0, 1.0, np.where(np.asarray(z) > -10, alpha, 0.0))


# %% [right] alpha at the kink (row 17)
def leaky_relu_grad(z, alpha=0.01):
    return np.where(z > 0, 1.0, alpha)


# %% [right] 1 at the kink (row 17)
def leaky_relu_grad(z, alpha=0.01):
    return np.where(z >= 0, 1, alpha)


# %% [right] the middle at the kink (row 17)
def leaky_relu_grad(z, alpha=0.01):
    right = np.heaviside(z, 0.5)
    return right + (1 - right) * alpha


# %% [right] masks on a float array
def leaky_relu_grad(z, alpha=0.01):
    z = np.asarray(z)
    grad = np.ones(z.shape)
    grad[z < 0] = alpha
    return grad


# %% [right] alpha + (1 - alpha) mask
def leaky_relu_grad(z, alpha=0.01):
    return alpha + (1 - alpha) * (z > 0)


# %% [right] nested lists
def leaky_relu_grad(z, alpha=0.01):
    return np.where(np.asarray(z) < 0, alpha, 1.0).tolist()


# %% [right] vectorize with otypes
leaky_relu_grad = np.vectorize(lambda z, alpha=0.01: 1 if z > 0 else alpha, otypes=[float])


# %% [right] indexing a pair by the mask
def leaky_relu_grad(z, alpha=0.01):
    return np.array([alpha, 1.0])[(np.asarray(z) > 0).astype(int)]


# %% [wrong] by the sign of the output: wrong for a negative alpha
# hint: This is the slope at leaky_relu(z), not at | match 1
def leaky_relu_grad(z, alpha=0.01):
    return np.where(leaky_relu(z, alpha) > 0, 1.0, alpha)


# %% [right] zeros of the mask replaced
def leaky_relu_grad(z, alpha=0.01):
    grad = np.array(np.asarray(z) > 0, dtype=float)
    grad[grad == 0] = alpha
    return grad


# %% [right] slope * mask + ~mask
def leaky_relu_grad(z, alpha=0.01):
    left = np.asarray(z) < 0
    return alpha * left + ~left


# %% [wrong] alpha written into a mask of integers (row 26)
# hint: kept as a whole number
def leaky_relu_grad(z, alpha=0.01):
    slope = 1 * (np.asarray(z) >= 0)
    return np.where(slope == 1, slope, np.full_like(slope, alpha))


# %% [right] vectorize, told that it gives floats
def leaky_relu_grad(z, alpha=0.01):
    return np.vectorize(lambda x: 1 if x > 0 else alpha, otypes=[float])(z)
