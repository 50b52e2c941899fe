# %% [wrong] forward difference
# hint: one-sided difference, of z + h and z
# also: Close, but not equal
def numerical_gradient(f, z, h=1e-5):
    return (f(z + h) - f(z)) / h


# %% [wrong] backward difference
# hint: one-sided difference, of z and z - h
# also: Close, but not equal
def numerical_gradient(f, z, h=1e-5):
    return (f(z) - f(z - h)) / h


# %% [wrong] divided by h, not 2h
# hint: divided by h | off by the same factor, 2
def numerical_gradient(f, z, h=1e-5):
    return (f(z + h) - f(z - h)) / h


# %% [wrong] not divided at all
# hint: not divided at all
def numerical_gradient(f, z, h=1e-5):
    return f(z + h) - f(z - h)


# %% [wrong] /2*h: precedence
# hint: Without parentheses
def numerical_gradient(f, z, h=1e-5):
    return (f(z + h) - f(z - h)) / 2 * h


# %% [wrong] quotient's parentheses forgotten
# hint: only the second value
def numerical_gradient(f, z, h=1e-5):
    return f(z + h) - f(z - h) / (2 * h)


# %% [wrong] sign: minus before plus
# hint: in the wrong order | sign turned
def numerical_gradient(f, z, h=1e-5):
    return (f(z - h) - f(z + h)) / (2 * h)


# %% [wrong] a sum in the numerator
# hint: values are added
def numerical_gradient(f, z, h=1e-5):
    return (f(z + h) + f(z - h)) / (2 * h)


# %% [wrong] h ignored
# hint: h has no effect | is h used as given
def numerical_gradient(f, z, h=1e-5):
    h = 1e-5
    return (f(z + h) - f(z - h)) / (2 * h)


# %% [wrong] h in the denominator only
# hint: in the denominator only | off by the same factor, 0.1
def numerical_gradient(f, z, h=1e-5):
    step = 1e-5
    return (f(z + step) - f(z - step)) / (2 * h)


# %% [wrong] step relative to z
# also: right near 0 | Close, but not equal
def numerical_gradient(f, z, h=1e-5):
    step = h * np.maximum(1, np.abs(z))
    return (f(z + step) - f(z - step)) / (2 * step)


# %% [wrong] step 2h over 2h
# hint: step to each side | divided by h | off by the same factor, 2
def numerical_gradient(f, z, h=1e-5):
    return (f(z + 2 * h) - f(z - 2 * h)) / (2 * h)


# %% [wrong] the second derivative
# hint: second derivative
def numerical_gradient(f, z, h=1e-5):
    return (f(z + h) - 2 * f(z) + f(z - h)) / h**2


# %% [wrong] np.gradient over the array
# hint: What one number gives depends on the others
# also: A tuple comes back: is a second value, a | one axis too many
def numerical_gradient(f, z, h=1e-5):
    return np.gradient(f(z), h)


# %% [wrong] one number for the whole array (row 15)
# hint: reduced (max, sum)
def numerical_gradient(f, z, h=1e-5):
    return np.sum(f(z + h) - f(z - h)) / (2 * h)


# %% [wrong] no default for h
# hint: Keep the parameters
def numerical_gradient(f, z, h):
    return (f(z + h) - f(z - h)) / (2 * h)


# %% [wrong] default h of 1e-2
# hint: is its default that of the stub
def numerical_gradient(f, z, h=1e-2):
    return (f(z + h) - f(z - h)) / (2 * h)


# %% [wrong] default h of 1e-12: rounding takes over
# also: Close, but not equal
def numerical_gradient(f, z, h=1e-12):
    return (f(z + h) - f(z - h)) / (2 * h)


# %% [wrong] h added to an integer copy (row 26)
# hint: not for a single number | an integer z
def numerical_gradient(f, z, h=1e-5):
    z = np.asarray(z)
    grad = np.zeros(z.shape)
    for i in np.ndindex(z.shape):
        up, down = z.copy(), z.copy()
        up[i] = up[i] + h
        down[i] = down[i] - h
        grad[i] = (f(up)[i] - f(down)[i]) / (2 * h)
    return grad


# %% [wrong] zeros_like of integers (row 26)
# hint: not for a single number | an integer z
def numerical_gradient(f, z, h=1e-5):
    z = np.asarray(z)
    grad = np.zeros_like(z)
    grad[...] = (f(z + h) - f(z - h)) / (2 * h)
    return grad


# %% [wrong] loops over len(z): no scalars (row 27)
# hint: An array stands where one number belongs | right for one axis, but not
def numerical_gradient(f, z, h=1e-5):
    grad = np.zeros(len(z))
    for i in range(len(z)):
        grad[i] = (f(z[i] + h) - f(z[i] - h)) / (2 * h)
    return grad


# %% [wrong] steps z in place and back (row 14)
# hint: Build a new array | cannot hold fractions
def numerical_gradient(f, z, h=1e-5):
    z += h
    up = f(z)
    z -= 2 * h
    down = f(z)
    z += h
    return (up - down) / (2 * h)


# %% [wrong] steps z in place, not back (row 14)
# hint: Build a new array
def numerical_gradient(f, z, h=1e-5):
    if not isinstance(z, np.ndarray) or z.dtype.kind != "f":
        return (f(z + h) - f(z - h)) / (2 * h)
    z += h
    up = np.array(f(z))
    z -= 2 * h
    return (up - f(z)) / (2 * h)


# %% [wrong] f ignored: always tanh
# hint: f has no effect
def numerical_gradient(f, z, h=1e-5):
    return (np.tanh(z + h) - np.tanh(z - h)) / (2 * h)


# %% [wrong] rounded to six digits
# hint: in the denominator only | rounded to 6
def numerical_gradient(f, z, h=1e-5):
    return np.round((f(z + h) - f(z - h)) / (2 * h), 6)


# %% [right] on the whole array
def numerical_gradient(f, z, h=1e-5):
    return (f(z + h) - f(z - h)) / (2 * h)


# %% [right] two divisions
def numerical_gradient(f, z, h=1e-5):
    return (f(z + h) - f(z - h)) / 2 / h


# %% [right] element by element
def numerical_gradient(f, z, h=1e-5):
    z = np.asarray(z, dtype=float)
    grad = np.zeros_like(z)
    for i in np.ndindex(z.shape):
        grad[i] = (f(z[i] + h) - f(z[i] - h)) / (2 * h)
    return grad


# %% [right] one element moved at a time
def numerical_gradient(f, z, h=1e-5):
    z = np.array(z, dtype=float)
    grad = np.empty(z.shape)
    for i in np.ndindex(z.shape):
        kept = z[i]
        z[i] = kept + h
        up = np.array(f(z))[i]
        z[i] = kept - h
        down = np.array(f(z))[i]
        z[i] = kept
        grad[i] = (up - down) / (2 * h)
    return grad


# %% [right] vectorize inside
def numerical_gradient(f, z, h=1e-5):
    slope = np.vectorize(lambda v: (f(v + h) - f(v - h)) / (2 * h), otypes=[float])
    return slope(z)


# %% [right] through np.diff on a new axis
def numerical_gradient(f, z, h=1e-5):
    pair = np.stack([np.asarray(z) - h, np.asarray(z) + h])
    return np.diff(f(pair), axis=0)[0] / (2 * h)


# %% [right] type hints
from collections.abc import Callable


def numerical_gradient(f: Callable, z: np.ndarray, h: float = 1e-5) -> np.ndarray:
    """Return the central difference of f at z with step h."""
    rise = np.subtract(f(np.add(z, h)), f(np.subtract(z, h)))
    return rise / (2 * h)


# %% [wrong] entry by entry, all of f's answer into one entry
# hint: array stands where one number
# also: An array is written into one of another
def numerical_gradient(f, z, h=1e-5):
    z = np.array(z, dtype=float)
    grad = np.zeros_like(z)
    for i in range(z.size):
        kept = z[i]
        z[i] = kept + h
        up = f(z)
        z[i] = kept - h
        down = f(z)
        grad[i] = (up - down) / (2 * h)
        z[i] = kept
    return grad


# %% [wrong] half a step to each side
# hint: h is to be the step to either side
# also: Close, but not equal
def numerical_gradient(f, z, h=1e-5):
    return (f(z + h / 2) - f(z - h / 2)) / h


# %% [wrong] a list as long as z: no scalars (row 27)
# hint: not for a single number | right for one axis, but not
def numerical_gradient(f, z, h=1e-5):
    grad = [0.0] * len(z)
    for i, v in enumerate(z):
        grad[i] = (f(v + h) - f(v - h)) / (2 * h)
    return grad


# %% [right] entry by entry, the sum of f taken
def numerical_gradient(f, z, h=1e-5):
    z = np.asarray(z, dtype=float)
    grad = np.zeros(z.shape)
    for i in np.ndindex(z.shape):
        up, down = z.copy(), z.copy()
        up[i] += h
        down[i] -= h
        grad[i] = np.sum(f(up) - f(down)) / (2 * h)
    return grad


# %% [wrong] through .flat, all of f's answer into one entry
# hint: An array stands where one number belongs | no entries | not for a single number
def numerical_gradient(f, z, h=1e-5):
    slopes = np.zeros_like(z)
    for i in range(z.size):
        up, down = z.copy(), z.copy()
        up.flat[i] += h
        down.flat[i] -= h
        slopes.flat[i] = (f(up) - f(down)) / (2 * h)
    return slopes


# %% [wrong] forward difference with 2h step over 2h
# hint: This is a one-sided difference, of z + 2h and z
def numerical_gradient(f, z, h=1e-5):
    z = np.asarray(z, dtype=float)
    return (f(z + 2 * h) - f(z)) / (2 * h)


# %% [wrong] five-point stencil, not the central difference with step h
# hint: is h used as given
def numerical_gradient(f, z, h=1e-5):
    return (8 * (f(z + h) - f(z - h)) - (f(z + 2 * h) - f(z - 2 * h))) / (12 * h)


# %% [wrong] wrong default step 1e-2
# hint: It is right when h is given: is its default that of the stub
def numerical_gradient(f, z, h=1e-2):
    return (f(z + h) - f(z - h)) / (2 * h)


# %% [wrong] z times (1+h)
# hint: The step is h times z: it is to be h, wherever z is
def numerical_gradient(f, z, h=1e-5):
    z = np.asarray(z, dtype=float)
    return (f(z * (1 + h)) - f(z * (1 - h))) / (2 * h)
