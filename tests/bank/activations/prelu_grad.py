# %% [wrong] alpha's gradient is z everywhere
# hint: The slope in alpha: does alpha occur on the | match z
def prelu_grad(z, alpha):
    return np.where(z > 0, 1.0, alpha), 1.0 * np.asarray(z)


# %% [wrong] alpha's gradient is z on the right
# hint: The slope in alpha: the sides are exchanged | match 0
def prelu_grad(z, alpha):
    return np.where(z > 0, 1.0, alpha), np.where(z > 0, z, 0.0)


# %% [wrong] alpha's gradient is 1 on the left
# hint: The slope in alpha: the derivative of alpha | match 1
def prelu_grad(z, alpha):
    return np.where(z > 0, 1.0, alpha), np.where(z > 0, 0.0, 1.0)


# %% [wrong] alpha's gradient is alpha z
# hint: The slope in alpha: on the left these are | off by the same factor, 0.25
# also: one and the same factor
def prelu_grad(z, alpha):
    return np.where(z > 0, 1.0, alpha), np.where(z > 0, 0.0, alpha * z)


# %% [wrong] alpha's gradient is -z
# hint: sign turned
def prelu_grad(z, alpha):
    return np.where(z > 0, 1.0, alpha), np.maximum(0.0, -np.asarray(z))


# %% [wrong] alpha's gradient is 0
# hint: The slope in alpha: 0 everywhere would mean | match 0
def prelu_grad(z, alpha):
    return np.where(z > 0, 1.0, alpha), np.zeros(np.shape(z))


# %% [wrong] alpha's gradient summed over z
# hint: reduced (max, sum)
def prelu_grad(z, alpha):
    return np.where(z > 0, 1.0, alpha), np.sum(np.minimum(z, 0.0))


# %% [wrong] alpha's gradient averaged over z
# hint: depends on the others
def prelu_grad(z, alpha):
    da = np.mean(np.where(z > 0, 0.0, z))
    return np.where(z > 0, 1.0, alpha), np.broadcast_to(da, np.shape(z))


# %% [wrong] the pair in the other order
# hint: The two slopes come in the other order | match z
def prelu_grad(z, alpha):
    return np.minimum(z, 0.0), np.where(z > 0, 1.0, alpha)


# %% [wrong] only z's gradient
# hint: A tuple is wanted
def prelu_grad(z, alpha):
    return np.where(z > 0, 1.0, alpha)


# %% [wrong] a dict of the two
# hint: A tuple is wanted
def prelu_grad(z, alpha):
    return {"z": np.where(z > 0, 1.0, alpha), "alpha": np.minimum(z, 0.0)}


# %% [wrong] alpha z on the left of z's gradient (row 20)
# hint: The slope in z: on the left these are the | match alpha*z
def prelu_grad(z, alpha):
    return np.where(z > 0, 1.0, alpha * z), np.minimum(z, 0.0)


# %% [wrong] 0 on the left of z's gradient (row 20)
# hint: alpha has no effect
def prelu_grad(z, alpha):
    return np.where(z > 0, 1.0, 0.0), np.minimum(z, 0.0)


# %% [wrong] alpha ignored (row 18)
# hint: alpha has no effect
def prelu_grad(z, alpha):
    return np.where(z > 0, 1.0, 0.25), np.minimum(z, 0.0)


# %% [wrong] leaky_relu_grad at its default (row 18)
# hint: alpha has no effect
def prelu_grad(z, alpha):
    return leaky_relu_grad(z), np.minimum(z, 0.0)


# %% [wrong] maximum(alpha, mask): wrong for alpha > 1 (row 19)
# hint: The larger of two pieces is the right one | match alpha
def prelu_grad(z, alpha):
    return np.maximum(np.asarray(z) > 0, alpha), np.minimum(z, 0.0)


# %% [wrong] ones_like of integers (row 26)
# hint: not for an integer z
def prelu_grad(z, alpha):
    z = np.asarray(z)
    dz = np.ones_like(z)
    dz[z < 0] = alpha
    return dz, np.where(z < 0, z, 0)


# %% [wrong] z's own memory for alpha's gradient (row 14)
# hint: Build a new array
def prelu_grad(z, alpha):
    dz = np.where(z > 0, 1.0, alpha)
    da = np.asarray(z)
    da[da > 0] = 0
    return dz, da


# %% [wrong] if on an array (row 13)
# hint: decide once, for the whole array
def prelu_grad(z, alpha):
    return (1.0, 0.0) if z > 0 else (alpha, z)


# %% [wrong] item assignment to a scalar (row 27)
# hint: make an array of it
def prelu_grad(z, alpha):
    dz, da = 0 * z + 1.0, 1.0 * z
    dz[z < 0] = alpha
    da[z > 0] = 0
    return dz, da


# %% [wrong] pairs in a last axis: the tuple runs over z
# hint: A tuple is wanted
def prelu_grad(z, alpha):
    return np.stack([np.where(z > 0, 1.0, alpha), np.minimum(z, 0.0)], axis=-1)


# %% [right] where, twice (row 17)
def prelu_grad(z, alpha):
    return np.where(z > 0, 1.0, alpha), np.where(z > 0, 0.0, z)


# %% [right] leaky_relu_grad and minimum
def prelu_grad(z, alpha):
    return leaky_relu_grad(z, alpha), np.minimum(z, 0)


# %% [right] 1 at the kink (row 17)
def prelu_grad(z, alpha):
    left = np.asarray(z) < 0
    return np.where(left, alpha, 1.0), left * z


# %% [right] masks on float arrays
def prelu_grad(z, alpha):
    z = np.asarray(z, dtype=float)
    dz, da = np.ones_like(z), np.zeros_like(z)
    dz[z < 0] = alpha
    da[z < 0] = z[z < 0]
    return dz, da


# %% [right] a list of lists
def prelu_grad(z, alpha):
    z = np.asarray(z)
    return [np.where(z > 0, 1.0, alpha).tolist(), np.where(z > 0, 0.0, z).tolist()]


# %% [right] vectorize with two outputs
prelu_grad = np.vectorize(
    lambda z, alpha: (1.0, 0.0) if z > 0 else (alpha, z), otypes=[float, float]
)


# %% [right] minus relu(-z)
def prelu_grad(z, alpha):
    right = np.heaviside(z, 0.5)
    return right + alpha * (1 - right), -relu(-z)


# %% [right] slope * mask + ~mask
def prelu_grad(z, alpha):
    left = np.asarray(z) < 0
    return left * alpha + ~left, z * left


# %% [wrong] the slopes of the larger piece (row 19)
# hint: With alpha above 1: where z is negative | larger of two pieces
def prelu_grad(z, alpha):
    z = np.asarray(z)
    return np.where(z > alpha * z, 1.0, alpha), np.where(z > 0, 0.0, z)


# %% [wrong] dalpha divided by n
# hint: The slope in alpha is averaged: each z has one of its own
def prelu_grad(z, alpha):
    z = np.asarray(z, dtype=float)
    return np.where(z > 0, 1.0, alpha), np.minimum(z, 0) / z.size


# %% [right] both in one array, by np.stack
def prelu_grad(z, alpha):
    z = np.asarray(z, dtype=float)
    return np.stack([np.where(z > 0, 1.0, alpha), np.minimum(z, 0.0)])
