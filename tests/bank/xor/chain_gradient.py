# %% [wrong] the sum
# hint: The slopes are added
def chain_gradient(activation_grad, zs):
    return np.sum(activation_grad(np.asarray(zs)), axis=0)


# %% [wrong] the mean
# hint: The slopes are averaged
def chain_gradient(activation_grad, zs):
    return np.mean(activation_grad(np.asarray(zs)), axis=0)


# %% [wrong] the slope at the product
# hint: taken of the product
def chain_gradient(activation_grad, zs):
    return activation_grad(np.prod(zs, axis=0))


# %% [wrong] the product of the inputs
# hint: The inputs are multiplied, not their slopes
def chain_gradient(activation_grad, zs):
    return np.prod(zs, axis=0)


# %% [wrong] no axis: right for one number a layer (row 15)
# hint: was it reduced (max, sum) on the way
def chain_gradient(activation_grad, zs):
    return np.prod(activation_grad(np.asarray(zs)))


# %% [wrong] the last axis: right for one number a layer
# hint: is it another axis
def chain_gradient(activation_grad, zs):
    return np.prod(activation_grad(np.asarray(zs)), axis=-1)


# %% [wrong] keepdims
# hint: an axis was added or lost on the way
def chain_gradient(activation_grad, zs):
    return np.prod(activation_grad(np.asarray(zs)), axis=0, keepdims=True)


# %% [wrong] every partial product
# hint: The products on the way
def chain_gradient(activation_grad, zs):
    return np.cumprod(activation_grad(np.asarray(zs)), axis=0)


# %% [wrong] the first layer left out
# hint: The first layer is left out
def chain_gradient(activation_grad, zs):
    slopes = np.asarray(activation_grad(np.asarray(zs)))
    return np.prod(slopes[1:], axis=0)


# %% [wrong] the last layer left out
# hint: The last layer is left out
def chain_gradient(activation_grad, zs):
    product = np.ones(np.shape(zs)[1:])
    for i in range(len(zs) - 1):
        product = product * activation_grad(zs[i])
    return product


# %% [wrong] the first layer's slope to the power of m
# hint: Only the first layer's slope is used
def chain_gradient(activation_grad, zs):
    return activation_grad(zs[0]) ** len(zs)


# %% [wrong] the slope of the slope
# hint: applied to its own result
def chain_gradient(activation_grad, zs):
    product = zs[0]
    for _ in zs:
        product = activation_grad(product)
    return product


# %% [wrong] through logarithms: NaN for negative slopes
# hint: log or a root of a negative
def chain_gradient(activation_grad, zs):
    return np.exp(np.sum(np.log(activation_grad(np.asarray(zs))), axis=0))


# %% [wrong] through logarithms of |slope|: the sign lost
# hint: The sign is lost
def chain_gradient(activation_grad, zs):
    return np.exp(np.sum(np.log(np.abs(activation_grad(np.asarray(zs)))), axis=0))


# %% [wrong] held at 1e-6: small products cut off
def chain_gradient(activation_grad, zs):
    product = np.prod(activation_grad(np.asarray(zs)), axis=0)
    return np.where(np.abs(product) < 1e-6, 0.0, product)


# %% [wrong] always the sigmoid
# hint: activation_grad has no effect
def chain_gradient(activation_grad, zs):
    s = 1 / (1 + np.exp(-np.asarray(zs)))
    return np.prod(s * (1 - s), axis=0)


# %% [wrong] ten layers, whatever comes
# hint: Only the first ten layers
def chain_gradient(activation_grad, zs):
    product = 1.0
    for z in zs[:10]:
        product = product * activation_grad(z)
    return product


# %% [wrong] slopes written into zs (row 14)
# hint: Build a new array or dict
def chain_gradient(activation_grad, zs):
    for i in range(len(zs)):
        zs[i] = activation_grad(zs[i])
    return np.prod(zs, axis=0)


# %% [wrong] the product gathered in zs[0] (row 14)
# hint: Build a new array or dict
def chain_gradient(activation_grad, zs):
    slopes = np.array(activation_grad(zs))
    zs[0] = slopes[0]
    for slope in slopes[1:]:
        zs[0] *= slope
    return zs[0].copy()


# %% [wrong] matrix products (row 37)
# also: was it reduced (max, sum) on the way
def chain_gradient(activation_grad, zs):
    slopes = np.asarray(activation_grad(np.asarray(zs)))
    product = slopes[0]
    for slope in slopes[1:]:
        product = np.dot(product, slope)
    return product


# %% [right] prod over axis 0
def chain_gradient(activation_grad, zs):
    return np.prod(activation_grad(np.asarray(zs)), axis=0)


# %% [right] a loop
def chain_gradient(activation_grad, zs):
    product = 1.0
    for z in zs:
        product = product * activation_grad(z)
    return product


# %% [right] a loop in place on its own array
def chain_gradient(activation_grad, zs):
    product = np.ones(np.shape(zs)[1:])
    for i in range(len(zs)):
        product *= activation_grad(zs[i])
    return product


# %% [right] reduce
from functools import reduce


def chain_gradient(activation_grad, zs):
    return reduce(np.multiply, [activation_grad(z) for z in zs])


# %% [right] multiply.reduce
def chain_gradient(activation_grad, zs):
    return np.multiply.reduce(activation_grad(np.array(zs)))


# %% [right] the last of cumprod, in a list
def chain_gradient(activation_grad, zs):
    return np.cumprod(activation_grad(np.asarray(zs)), axis=0)[-1].tolist()


# %% [right] recursion
def chain_gradient(activation_grad, zs):
    if len(zs) == 1:
        return activation_grad(zs[0])
    return activation_grad(zs[0]) * chain_gradient(activation_grad, zs[1:])


# %% [wrong] geometric mean
# hint: A root is taken of the product: the mean is not asked for
def chain_gradient(activation_grad, zs):
    return np.prod(activation_grad(zs), axis=0) ** (1 / len(zs))


# %% [wrong] times z
# hint: The layers' inputs are multiplied in: only their slopes belong there
def chain_gradient(activation_grad, zs):
    return np.prod(zs * activation_grad(zs), axis=0)


# %% [wrong] capped at 1
# hint: The product is cut to a range: it may have any size
def chain_gradient(activation_grad, zs):
    return np.clip(np.prod(activation_grad(zs), axis=0), -1, 1)


# %% [wrong] needs 2-D
# hint: There are more or fewer axes, or values, than names to take them
def chain_gradient(activation_grad, zs):
    m, n = zs.shape
    out = np.ones(n)
    for k in range(m):
        out *= activation_grad(zs[k])
    return out


# %% [wrong] product started at 0
# hint: It is always 0: a product begins with 1
def chain_gradient(activation_grad, zs):
    out = np.zeros(np.shape(zs)[1:])
    for z in zs:
        out = out * activation_grad(np.asarray(z))
    return out


# %% [wrong] first layer twice
# hint: The first layer counts twice
def chain_gradient(activation_grad, zs):
    out = activation_grad(np.asarray(zs[0], dtype=float))
    for z in zs:
        out = out * activation_grad(np.asarray(z, dtype=float))
    return out


# %% [wrong] return in the loop
# hint: Only the first layer's slope comes back: does `return` stand inside the loop
def chain_gradient(activation_grad, zs):
    out = 1.0
    for z in zs:
        out = out * activation_grad(np.asarray(z, dtype=float))
        return out
