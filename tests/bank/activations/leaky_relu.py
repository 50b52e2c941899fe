# %% [wrong] alpha ignored (row 18)
# hint: alpha has no effect
def leaky_relu(z, alpha=0.01):
    return np.where(z > 0, z, 0.01 * z)


# %% [wrong] alpha taken and overwritten (row 18)
# hint: alpha has no effect
def leaky_relu(z, alpha=0.01):
    alpha = 0.01
    return np.where(z > 0, z, alpha * z)


# %% [wrong] a global slope (row 18)
# hint: alpha has no effect
SLOPE = 1e-2


def leaky_relu(z, alpha=0.01):
    return np.maximum(z, 0) + SLOPE * np.minimum(z, 0)


# %% [wrong] no alpha in the signature (row 18)
# hint: Keep the parameters
def leaky_relu(z):
    return np.where(z > 0, z, 0.01 * z)


# %% [wrong] default alpha of 0.1
# hint: match 0
def leaky_relu(z, alpha=0.1):
    return np.where(z > 0, z, alpha * z)


# %% [wrong] default alpha of 0.0101
# hint: match 0
def leaky_relu(z, alpha=0.0101):
    return np.where(z > 0, z, alpha * z)


# %% [wrong] maximum(alpha z, z) (row 19)
# hint: The larger of two pieces is the right one | match z
def leaky_relu(z, alpha=0.01):
    return np.maximum(alpha * z, z)


# %% [wrong] the larger of two, with where (row 19)
# hint: The larger of two pieces is the right one | match z
def leaky_relu(z, alpha=0.01):
    return np.where(z > alpha * z, z, alpha * z)


# %% [wrong] max over a stacked axis (row 19)
# hint: The larger of two pieces is the right one | match z
def leaky_relu(z, alpha=0.01):
    z = np.asarray(z)
    return np.max([z, alpha * z], axis=0)


# %% [wrong] alpha held to at most 1 (row 19)
# hint: alpha has no effect
def leaky_relu(z, alpha=0.01):
    return np.where(z > 0, z, min(alpha, 1.0) * z)


# %% [wrong] |alpha| (row 18)
# hint: abs(alpha) stands where alpha belongs | match -alpha*z
def leaky_relu(z, alpha=0.01):
    return np.where(z > 0, z, abs(alpha) * z)


# %% [wrong] alpha or 0.01: wrong for alpha = 0
# hint: `alpha or 0.01` is 0.01 for an alpha of 0 | match 0
def leaky_relu(z, alpha=0.01):
    alpha = alpha or 0.01
    return np.where(z > 0, z, alpha * z)


# %% [wrong] alpha alone on the left
# hint: On the left stands alpha alone, without z | match alpha
def leaky_relu(z, alpha=0.01):
    return np.where(z > 0, z, alpha)


# %% [wrong] -alpha z on the left
# hint: On the left alpha has the wrong sign | match -alpha*z
def leaky_relu(z, alpha=0.01):
    return np.where(z > 0, z, -alpha * z)


# %% [wrong] alpha everywhere
# hint: alpha has its place on the left only: it is | match alpha*z
def leaky_relu(z, alpha=0.01):
    return alpha * np.asarray(z)


# %% [wrong] alpha on the right
# hint: The sides are exchanged: alpha is on the | match z
def leaky_relu(z, alpha=0.01):
    return np.where(z > 0, alpha * z, z)


# %% [wrong] plain ReLU
# hint: alpha has no effect
def leaky_relu(z, alpha=0.01):
    return np.maximum(0, z)


# %% [wrong] the two halves added twice
# hint: alpha has its place on the left only: it is | match z + z*alpha
def leaky_relu(z, alpha=0.01):
    return np.maximum(0, z) + alpha * np.asarray(z)


# %% [wrong] threshold at alpha, not 0
# hint: z is compared with alpha: the two pieces
# also: it is right where z is negative
def leaky_relu(z, alpha=0.01):
    return np.where(z > alpha, z, alpha * z)


# %% [wrong] if on an array (row 13)
# hint: decide once, for the whole array
def leaky_relu(z, alpha=0.01):
    if z > 0:
        return z
    return alpha * z


# %% [wrong] z[z<0] *= alpha (row 14)
# hint: Build a new array
# also: An integer array cannot hold fractions
def leaky_relu(z, alpha=0.01):
    z[z < 0] *= alpha
    return z


# %% [wrong] a float array changed in place (row 14)
# hint: Build a new array
def leaky_relu(z, alpha=0.01):
    z = np.asarray(z, dtype=float)
    z[z < 0] *= alpha
    return z


# %% [wrong] copy(), not of floats: integers refuse (row 26)
# hint: cannot hold fractions
def leaky_relu(z, alpha=0.01):
    out = np.array(z)
    out[out < 0] *= alpha
    return out


# %% [wrong] zeros_like of integers (row 26)
# hint: not for an integer z
def leaky_relu(z, alpha=0.01):
    z = np.asarray(z)
    out = np.zeros_like(z)
    out[z > 0] = z[z > 0]
    out[z <= 0] = alpha * z[z <= 0]
    return out


# %% [wrong] piecewise keeps the integer type (row 26)
# hint: not for an integer z
def leaky_relu(z, alpha=0.01):
    z = np.asarray(z)
    return np.piecewise(z, [z < 0, z >= 0], [lambda v: alpha * v, lambda v: v])


# %% [wrong] vectorize takes the first answer's type (row 26)
# hint: not for an integer z
leaky_relu = np.vectorize(lambda z, alpha=0.01: z if z > 0 else alpha * z)


# %% [wrong] item assignment to a scalar (row 27)
# hint: not for a single number
def leaky_relu(z, alpha=0.01):
    out = 1.0 * z
    out[out < 0] *= alpha
    return out


# %% [right] where
def leaky_relu(z, alpha=0.01):
    return np.where(z > 0, z, alpha * z)


# %% [right] maximum and minimum
def leaky_relu(z, alpha=0.01):
    return np.maximum(0, z) + alpha * np.minimum(0, z)


# %% [right] two masks
def leaky_relu(z, alpha=0.01):
    return z * (z >= 0) + alpha * z * (z < 0)


# %% [right] relu(z) - alpha relu(-z)
def leaky_relu(z, alpha=0.01):
    return relu(z) - alpha * relu(-z)


# %% [right] maximum or minimum, as alpha asks
def leaky_relu(z, alpha=0.01):
    larger = np.maximum if alpha <= 1 else np.minimum
    return larger(z, alpha * z)


# %% [right] half sum and half difference
def leaky_relu(z, alpha=0.01):
    return (1 + alpha) / 2 * z + (1 - alpha) / 2 * np.abs(z)


# %% [right] a float copy, then a mask
def leaky_relu(z, alpha=0.01):
    out = np.array(z, dtype=np.float64)
    out[out < 0] *= alpha
    return out


# %% [right] a slope array
def leaky_relu(z, alpha=0.01):
    slope = np.where(np.asarray(z) < 0, alpha, 1)
    return slope * z


# %% [right] vectorize with otypes
@np.vectorize
def _leak(v, alpha):
    return v if v > 0 else alpha * v


_leak.otypes = "d"


def leaky_relu(z, alpha=0.01):
    return _leak(z, alpha)


# %% [right] a class with __call__ and a stored default
class LeakyReLU:
    def __init__(self, alpha):
        self.alpha = alpha

    def __call__(self, z, alpha=None):
        alpha = self.alpha if alpha is None else alpha
        return np.where(z < 0, alpha * z, z)


leaky_relu = LeakyReLU(alpha=0.01)


# %% [right] piecewise on floats
def leaky_relu(z, alpha=0.01):
    z = np.asarray(z, dtype=float)
    return np.piecewise(z, [z < 0], [lambda v: alpha * v, lambda v: v])


# %% [wrong] any() to please `if` (row 13)
# hint: alpha has no effect | match z
def leaky_relu(z, alpha=0.01):
    if np.any(np.asarray(z) > 0):
        return 1.0 * np.asarray(z)
    return alpha * np.asarray(z)


# %% [wrong] Python's max (row 13)
# hint: decide once, for the whole array
def leaky_relu(z, alpha=0.01):
    return max(alpha * z, z)


# %% [wrong] a comprehension over z (row 27)
# hint: no entries to go through | not for a single number | decide once, for the whole array
def leaky_relu(z, alpha=0.01):
    return np.array([v if v > 0 else alpha * v for v in z])


# %% [right] the mask as a float
def leaky_relu(z, alpha=0.01):
    right = np.greater(z, 0).astype(float)
    return right * z + (1 - right) * alpha * z
