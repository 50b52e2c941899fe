# %% [wrong] returns relu(z) (row 16)
# hint: itself, not of its slope | match z
def relu_grad(z):
    return np.maximum(0, z)


# %% [wrong] returns relu(z), by its name (row 16)
# hint: itself, not of its slope | match z
def relu_grad(z):
    return relu(z)


# %% [wrong] z on the right (row 16)
# hint: itself, not of its slope | match z
def relu_grad(z):
    return np.where(z <= 0, 0, z)


# %% [wrong] the sign: -1 on the left
# hint: match -1
def relu_grad(z):
    return np.sign(z)


# %% [wrong] 1 everywhere
# hint: match 1
def relu_grad(z):
    return np.ones(np.shape(z))


# %% [wrong] 1 wherever z is not 0
# hint: match 1
def relu_grad(z):
    return np.where(z, 1, 0)


# %% [wrong] sides swapped
# hint: The sides are exchanged | match 1
def relu_grad(z):
    return np.where(z < 0, 1, 0)


# %% [wrong] z > 1
# hint: The corner is at 0: is z compared with
# also: it is right where z is negative
def relu_grad(z):
    return np.where(z > 1, 1.0, 0.0)


# %% [wrong] z > 0.5: wrong only on (0, 0.5]
# hint: The corner is at 0: is z compared with
# also: it is right where z is negative
def relu_grad(z):
    return np.where(z > 0.5, 1.0, 0.0)


# %% [wrong] -1 at 0: no slope of ReLU (row 17)
# hint: lies outside the two slopes
def relu_grad(z):
    return np.where(z > 0, 1.0, np.where(z < 0, 0.0, -1.0))


# %% [wrong] relu(z)/z: NaN at 0 (row 17)
# hint: divided by 0
def relu_grad(z):
    return relu(z) / z


# %% [wrong] NaN at 0, on purpose (row 17)
# hint: divided by 0
def relu_grad(z):
    return np.where(z > 0, 1.0, np.where(z < 0, 0.0, np.nan))


# %% [wrong] leaky by 0.01
# hint: match 0
def relu_grad(z):
    return np.where(z > 0, 1.0, 0.01)


# %% [wrong] sigmoid, the slope of softplus
# hint: match 1/(1 + exp(-z))
def relu_grad(z):
    return sigmoid(z)


# %% [wrong] if on an array (row 13)
# hint: decide once, for the whole array
# also: array is wanted
def relu_grad(z):
    return 1 if z > 0 else 0


# %% [wrong] in place (row 14)
# hint: Build a new array
def relu_grad(z):
    if np.ndim(z) == 0:
        return float(z > 0)
    z[z <= 0] = 0
    z[z > 0] = 1
    return z


# %% [wrong] order of the two assignments loses the left
# hint: match 1
def relu_grad(z):
    out = np.array(z, dtype=float)
    out[out <= 0] = 1
    out[out > 0] = 1
    return out


# %% [wrong] astype of a Python bool (row 27)
# hint: not for a single number
def relu_grad(z):
    return (z > 0).astype(float)


# %% [wrong] len of a scalar (row 27)
# hint: not for a single number
def relu_grad(z):
    return np.array([z[i] > 0 for i in range(len(z))], dtype=float)


# %% [wrong] isclose to 0: wrong only on (0, 0.01]
# hint: The corner is at 0
def relu_grad(z):
    return np.where(np.isclose(relu(z), 0, atol=1e-2), 0, 1)


# %% [right] 0 at the kink (row 17)
def relu_grad(z):
    return np.where(z > 0, 1.0, 0.0)


# %% [right] 1 at the kink (row 17)
def relu_grad(z):
    return np.where(z >= 0, 1.0, 0.0)


# %% [right] one half at the kink (row 17)
def relu_grad(z):
    return np.heaviside(z, 0.5)


# %% [right] 0.3 at the kink (row 17)
def relu_grad(z):
    return np.select([np.asarray(z) > 0, np.asarray(z) < 0], [1.0, 0.0], default=0.3)


# %% [right] a mask of bools (rows 17, 28)
def relu_grad(z):
    return np.asarray(z) > 0


# %% [right] a Python bool for a scalar (row 28)
def relu_grad(z):
    return z >= 0


# %% [right] the sign of relu
def relu_grad(z):
    return np.sign(relu(z))


# %% [right] ceil of a clip
def relu_grad(z):
    return np.ceil(np.clip(z, 0, 1))


# %% [right] zeros_like of integers does no harm here
def relu_grad(z):
    grad = np.zeros_like(z)
    np.putmask(grad, np.asarray(z) > 0, 1)
    return grad


# %% [right] through the step
def relu_grad(z):
    return step(z)


# %% [right] (1 + sign)/2
def relu_grad(z):
    return (1 + np.sign(z)) / 2


# %% [right] nested lists of ints
def relu_grad(z):
    return np.where(np.asarray(z) > 0, 1, 0).tolist()


# %% [right] in single precision, which holds 0 and 1 exactly
def relu_grad(z):
    return np.greater(z, 0).astype(np.float32)


# %% [right] a class with __call__ (row 17)
class Slope:
    def __call__(self, z):
        return np.heaviside(np.asarray(z, dtype=float), 0.25)


relu_grad = Slope()


# %% [wrong] a second name, changed, and z returned (row 14)
# hint: Build a new array
def relu_grad(z):
    if np.ndim(z) == 0:
        return 1.0 if z > 0 else 0.0
    steps = z
    steps[steps < 0] = 0
    steps[steps > 0] = 1
    return z


# %% [wrong] int() of an array of bools
# hint: float(), int()
def relu_grad(z):
    return int(z > 0)


# %% [wrong] a list of one condition for all
# hint: reduced (max, sum)
# also: An array is wanted, even of one number
def relu_grad(z):
    return 1.0 if np.all(np.asarray(z) > 0) else 0.0


# %% [right] vectorize: one half at the kink is cut to 0 (row 17)
@np.vectorize
def relu_grad(z):
    if z > 0:
        return 1
    if z == 0:
        return 0.5
    return 0


# %% [right] np.int64 of bools
def relu_grad(z):
    return np.int64(z > 0) if np.ndim(z) else int(z > 0)


# %% [right] a copy, then two masks
def relu_grad(z):
    slope = np.array(z, dtype=float)
    left = slope <= 0
    slope[left] = 0
    slope[~left] = 1
    return slope


# %% [wrong] corner at 0.001
# hint: The corner is at 0: is z compared with another number
def relu_grad(z):
    return (np.asarray(z) > 1e-3).astype(float)


# %% [wrong] min(z,1) ramp
# hint: Between 0 and 1 these are z itself: a slope is 0 or 1
def relu_grad(z):
    return np.clip(np.asarray(z, dtype=float), 0, 1)
