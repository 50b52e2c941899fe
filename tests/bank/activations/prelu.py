# %% [wrong] alpha ignored (row 18)
# hint: alpha has no effect
def prelu(z, alpha):
    return np.where(z > 0, z, 0.25 * z)


# %% [wrong] alpha dropped on the way (row 18)
# hint: alpha has no effect
def prelu(z, alpha):
    return leaky_relu(z)


# %% [wrong] maximum(alpha z, z) (row 19)
# hint: The larger of two pieces is the right one | match z
def prelu(z, alpha):
    return np.maximum(z, alpha * z)


# %% [wrong] no alpha in the signature
# hint: Keep the parameters
def prelu(z):
    return np.where(z > 0, z, 0.25 * z)


# %% [wrong] alpha alone on the left
# hint: On the left stands alpha alone, without z | match alpha
def prelu(z, alpha):
    return np.where(z > 0, z, alpha)


# %% [wrong] alpha on the right
# hint: The sides are exchanged: alpha is on the | match z
def prelu(z, alpha):
    return np.where(z > 0, alpha * z, z)


# %% [wrong] -alpha z on the left
# hint: On the left alpha has the wrong sign | match -alpha*z
def prelu(z, alpha):
    return np.maximum(0, z) + alpha * np.maximum(0, -np.asarray(z))


# %% [wrong] alpha squashed by a sigmoid
# also: except where z is negative
def prelu(z, alpha):
    return np.where(z > 0, z, sigmoid(alpha) * z)


# %% [wrong] max(0, z) + alpha min(0, z), in Python's max (row 13)
# hint: decide once, for the whole array
def prelu(z, alpha):
    return max(0, z) + alpha * min(0, z)


# %% [wrong] in place (row 14)
# hint: Build a new array
def prelu(z, alpha):
    z = np.asarray(z, dtype=float)
    np.multiply(z, alpha, out=z, where=z < 0)
    return z


# %% [wrong] an integer copy (row 26)
# hint: not for an integer z
def prelu(z, alpha):
    out = np.array(z)
    left = out < 0
    out[left] = alpha * out[left]
    return out


# %% [wrong] learns as it goes: alpha changes with every call
# hint: A second call
_steps = [0]


def prelu(z, alpha):
    _steps[0] += 1
    return np.where(z > 0, z, (alpha - 0.001 * (_steps[0] - 1)) * z)


# %% [wrong] len of a scalar (row 27)
# hint: not for a single number | decide once, for the whole array
def prelu(z, alpha):
    return np.array([z[i] if z[i] > 0 else alpha * z[i] for i in range(len(z))])


# %% [wrong] a row for each alpha
# hint: an axis was added or lost
def prelu(z, alpha):
    return np.where(np.asarray(z) > 0, z, np.atleast_1d(alpha)[:, None] * z)


# %% [right] where
def prelu(z, alpha):
    return np.where(z > 0, z, alpha * z)


# %% [right] leaky_relu with alpha
def prelu(z, alpha):
    return leaky_relu(z, alpha)


# %% [right] the same function under another name
prelu = leaky_relu


# %% [right] relu parts
def prelu(z, alpha):
    return relu(z) - alpha * relu(-z)


# %% [right] a float copy, then a mask
def prelu(z, alpha=0.25):
    out = np.array(z, dtype=float)
    out[out < 0] *= alpha
    return out


# %% [right] select
def prelu(z, alpha):
    z = np.asarray(z)
    return np.select([z > 0], [z], default=alpha * z)


# %% [wrong] the arguments in the other order: alpha comes back
# hint: is it another argument
def prelu(alpha, z):
    return z if z > 0 else alpha * z


# %% [wrong] the corner at -0.7
# hint: The two pieces meet at 0
def prelu(z, alpha):
    z = np.asarray(z, dtype=float)
    return np.where(z > -0.7, z, alpha * z)
