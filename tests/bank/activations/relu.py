# %% [wrong] if on an array (row 13)
# hint: decide once, for the whole array
def relu(z):
    if z > 0:
        return z
    return 0


# %% [wrong] max(0, z) on an array (row 13)
# hint: decide once, for the whole array
def relu(z):
    return max(0, z)


# %% [wrong] a conditional expression on an array (row 13)
# hint: decide once, for the whole array
def relu(z):
    return z if z > 0 else 0.0


# %% [wrong] z[z<0] = 0 (row 14)
# hint: Build a new array
def relu(z):
    z[z < 0] = 0
    return z


# %% [wrong] asarray, then in place (row 14)
# hint: Build a new array
def relu(z):
    z = np.asarray(z)
    z[z < 0] = 0
    return z


# %% [wrong] a second name is no copy (row 14)
# hint: Build a new array
def relu(z):
    out = z
    if np.ndim(out) == 0:
        return max(float(out), 0.0)
    out[out < 0] = 0
    return out


# %% [wrong] z[:] is a view (row 14)
# hint: Build a new array
def relu(z):
    if np.ndim(z) == 0:
        return max(float(z), 0.0)
    out = z[:]
    out[out < 0] = 0
    return out


# %% [wrong] ravel is a view (row 14)
# hint: Build a new array
def relu(z):
    z = np.asarray(z)
    flat = z.ravel()
    flat[flat < 0] = 0
    return flat.reshape(z.shape)


# %% [wrong] maximum with out=z (row 14)
# hint: Build a new array
def relu(z):
    return np.maximum(z, 0, z) if isinstance(z, np.ndarray) else np.maximum(z, 0)


# %% [wrong] *= a mask (row 14)
# hint: Build a new array
def relu(z):
    z *= z > 0
    return z


# %% [wrong] np.max(z, 0): an axis (row 15)
# hint: reduced (max, sum)
def relu(z):
    return np.max(z, 0)


# %% [wrong] z.max(): one number (row 15)
# hint: reduced (max, sum)
def relu(z):
    return np.asarray(z).max(initial=0)


# %% [wrong] the positive ones alone: the shape shrinks
# hint: Fewer numbers
def relu(z):
    z = np.asarray(z)
    return z[z > 0]


# %% [wrong] minimum for maximum
# hint: match z
def relu(z):
    return np.minimum(0, z)


# %% [wrong] the absolute value
# hint: match -z
def relu(z):
    return np.abs(z)


# %% [wrong] the step
# hint: match 1
def relu(z):
    return np.where(z > 0, 1.0, 0.0)


# %% [wrong] -z on the left
# hint: match -z
def relu(z):
    return np.where(z > 0, z, -z)


# %% [wrong] leaky by 0.01
# hint: match 0
def relu(z):
    return np.where(z > 0, z, 0.01 * z)


# %% [wrong] capped at 6: wrong only beyond
# hint: Beyond some limit
def relu(z):
    return np.clip(z, 0, 6)


# %% [wrong] capped at 100: wrong only far out
# hint: beyond some limit
def relu(z):
    return np.clip(z, 0, 100)


# %% [wrong] softplus
# hint: match log(1 + exp(z))
def relu(z):
    return np.logaddexp(0, z)


# %% [wrong] z^2/|z|: NaN at 0 alone
# hint: divided by 0
def relu(z):
    z = np.asarray(z, dtype=float)
    return np.where(z < 0, 0.0, z * z / np.abs(z))


# %% [wrong] vectorize takes the first answer's type (row 26)
# hint: fractions are cut off | depends on the others
relu = np.vectorize(lambda v: v if v > 0 else 0)


# %% [wrong] an integer zero array (row 26)
# hint: fractions are cut off
def relu(z):
    z = np.asarray(z)
    out = np.zeros(z.shape, dtype=int)
    out[z > 0] = z[z > 0]
    return out


# %% [wrong] copy of a Python float (row 27)
# hint: not for a single number
def relu(z):
    out = z.copy()
    out[out < 0] = 0
    return out


# %% [wrong] item assignment to a scalar (row 27)
# hint: make an array of it
def relu(z):
    out = z * 1.0
    out[out < 0] = 0
    return out


# %% [wrong] rows and columns: wrong but for 2-D (row 27)
# hint: for a matrix, but not
def relu(z):
    out = np.zeros(z.shape)
    for i in range(z.shape[0]):
        for j in range(z.shape[1]):
            out[i, j] = max(0, z[i, j])
    return out


# %% [right] np.maximum
def relu(z):
    return np.maximum(0, z)


# %% [right] where
def relu(z):
    return np.where(z > 0, z, 0)


# %% [right] times the mask
def relu(z):
    return z * (z > 0)


# %% [right] (z + |z|)/2
def relu(z):
    return (z + np.abs(z)) / 2


# %% [right] clip
def relu(z):
    return np.clip(z, 0, None)


# %% [right] a copy, then a mask; integers stay integers
def relu(z):
    out = np.array(z)
    out[out < 0] = 0
    return out


# %% [right] zeros_like of integers does no harm here
def relu(z):
    z = np.asarray(z)
    out = np.zeros_like(z)
    keep = z > 0
    out[keep] = z[keep]
    return out


# %% [right] partial
from functools import partial

relu = partial(np.maximum, 0.0)

# %% [right] vectorize with otypes
relu = np.vectorize(lambda v: v if v > 0 else 0, otypes=[float])


# %% [right] isinstance branches: float for scalars, arrays else
def relu(z):
    if isinstance(z, int | float):
        return max(0.0, z)
    return np.maximum(z, 0.0)


# %% [right] recursion, returning nested lists
def relu(z):
    return [relu(v) for v in z] if np.ndim(z) else max(0.0, float(z))


# %% [right] a decorated generator, drained
def drained(f):
    return lambda z: np.array(list(f(z)), dtype=float).reshape(np.shape(z))


@drained
def relu(z):
    for v in np.asarray(z).flat:
        yield max(v, 0)


# %% [wrong] np.max(0, z)
# hint: np.maximum, while np.max
def relu(z):
    return np.max(0, z)


# %% [wrong] np.max of a list of the two
# hint: give NumPy's function the two
def relu(z):
    return np.max([0, z], axis=0)


# %% [wrong] a comprehension over z (row 27)
# hint: no entries to go through | not for a single number | decide once, for the whole array
def relu(z):
    return np.array([max(0.0, v) for v in z])


# %% [wrong] Python's max of float(z)
# hint: float(), int()
def relu(z):
    return max(0.0, float(z))


# %% [right] maximum.reduce
def relu(z):
    return np.maximum.reduce([z, np.zeros_like(z)])


# %% [right] times heaviside
def relu(z):
    return z * np.heaviside(z, 0)


# %% [right] a product, then *= on it
def relu(z):
    out = z * 1.0
    out *= out > 0
    return out


# %% [right] vectorize over a float zero
relu = np.vectorize(lambda v: max(v, 0.0))


# %% [wrong] leaky by 0.01, called relu
# hint: where z is negative, your values match 0.01*z
def relu(z):
    return np.where(z > 0, z, z / 100)


# %% [wrong] zeros of z's shape: a plain number has none (row 27)
# hint: not for a single number
def relu(z):
    return np.maximum(np.zeros(z.shape), z)


# %% [wrong] the larger of z and 1: right for whole numbers above 0
# hint: here z is negative, your values match 1.
def relu(z):
    return np.maximum(z, 1)


# %% [wrong] max with 1
# hint: The corner is at 0: is z compared with another number
def relu(z):
    z = np.asarray(z, dtype=float)
    return np.where(z > 1, z, 0.0)


# %% [wrong] threshold 0.1
# hint: The corner is at 0: is z compared with another number
def relu(z):
    z = np.asarray(z, dtype=float)
    return np.where(z > 0.1, z, 0.0)


# %% [wrong] shifted, max(0, z - 1)
# hint: Something is taken off z: the corner is at 0
def relu(z):
    return np.maximum(0.0, np.asarray(z, dtype=float) - 1)
