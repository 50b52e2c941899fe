# %% [wrong] z > theta: 0 at the threshold
# hint: threshold itself the step is 1
def step(z, theta=0.0):
    return np.where(z > theta, 1, 0)


# %% [wrong] theta ignored (row 18)
# hint: theta has no effect
def step(z, theta=0.0):
    return np.where(z >= 0, 1, 0)


# %% [wrong] theta's sign
# hint: wrong sign
def step(z, theta=0.0):
    return np.where(z + theta >= 0, 1, 0)


# %% [wrong] the heaviside of 1/2
# hint: threshold itself the step is 1
def step(z, theta=0.0):
    return np.heaviside(np.asarray(z) - theta, 0.5)


# %% [wrong] np.sign: -1 on the left
# hint: is 0, not -1
def step(z, theta=0.0):
    return np.where(z >= theta, 1, -1)


# %% [wrong] (1 + sign)/2
# hint: threshold itself the step is 1
def step(z, theta=0.0):
    return (1 + np.sign(np.asarray(z) - theta)) / 2


# %% [wrong] z itself above the threshold
# hint: it is 1, not z
def step(z, theta=0.0):
    return np.where(z >= theta, z, 0)


# %% [wrong] theta returned, not 1
# hint: it is 1, not theta
def step(z, theta=0.0):
    return np.where(z >= theta, theta, 0)


# %% [wrong] sides swapped
# hint: sides are exchanged
def step(z, theta=0.0):
    return np.where(z >= theta, 0, 1)


# %% [wrong] if on an array (row 13)
# hint: decide once, for the whole array
def step(z, theta=0.0):
    if z >= theta:
        return 1
    return 0


# %% [wrong] loops: no scalars (row 27)
# hint: decide once, for the whole array
# also: has no entries to go through
def step(z, theta=0.0):
    return np.array([1 if v >= theta else 0 for v in z])


# %% [wrong] astype of a Python bool (row 27)
# hint: not for a single number
def step(z, theta=0.0):
    return (z >= theta).astype(int)


# %% [wrong] in place (row 14)
# hint: Build a new array
def step(z, theta=0.0):
    z = np.asarray(z)
    high = z >= theta
    z[high] = 1
    z[~high] = 0
    return z


# %% [wrong] a steep sigmoid
# hint: threshold itself the step is 1
# also: it is right where z is positive
def step(z, theta=0.0):
    return 0.5 * (1 + np.tanh(50 * (np.asarray(z) - theta)))


# %% [wrong] isclose at the threshold: 1 a little before it
# also: it is right where z is positive
def step(z, theta=0.0):
    return np.where((z >= theta) | np.isclose(z, theta, rtol=0, atol=1e-3), 1, 0)


# %% [wrong] no default for theta
# hint: Keep the parameters
def step(z, theta):
    return np.where(z >= theta, 1, 0)


# %% [wrong] default theta of 1
# hint: right when theta is given
# also: it is right where z is negative
def step(z, theta=1.0):
    return np.where(z >= theta, 1, 0)


# %% [wrong] any over the array (row 15)
# hint: reduced (max, sum)
def step(z, theta=0.0):
    return int(np.any(np.asarray(z) >= theta))


# %% [right] where
def step(z, theta=0.0):
    return np.where(z >= theta, 1, 0)


# %% [right] where, floats
def step(z, theta=0.0):
    return np.where(z < theta, 0.0, 1.0)


# %% [right] bools (row 28)
def step(z, theta=0.0):
    return np.asarray(z) >= theta


# %% [right] a bare comparison, a Python bool for a scalar (row 28)
def step(z, theta=0.0):
    return z >= theta


# %% [right] 1 * mask (row 28)
def step(z, theta=0.0):
    return 1 * (z >= theta)


# %% [right] heaviside of 1
def step(z, theta=0.0):
    return np.heaviside(np.asarray(z, dtype=float) - theta, 1.0)


# %% [right] zeros, then a mask
def step(z, theta=0.0):
    z = np.asarray(z)
    out = np.zeros_like(z)
    out[z >= theta] = 1
    return out


# %% [right] vectorize
def _fires(v, theta):
    return 1 if v >= theta else 0


def step(z, theta=0.0):
    return np.vectorize(_fires, otypes=[int])(z, theta)


# %% [right] nested lists
def step(z, theta=0.0):
    return (np.asarray(z) >= theta).astype(int).tolist()


# %% [right] eight-bit integers
def step(z, theta=0.0):
    return (np.asarray(z) >= theta).astype(np.uint8)


# %% [right] a lambda
step = lambda z, theta=0.0: (np.array(z) >= theta) + 0.0


# %% [right] in single precision, which holds 0 and 1 exactly
def step(z, theta=0.0):
    return (np.asarray(z) >= theta).astype(np.float32)


# %% [right] theta by keyword in a helper
def _above(z, *, theta):
    return np.asarray(z) >= theta


def step(z, theta=0.0):
    return _above(z, theta=theta) * 1.0


# %% [wrong] theta + 1
# hint: at theta + 1
# also: it is right where z is
def step(z, theta=0.0):
    return np.where(z >= theta + 1, 1, 0)


# %% [wrong] z >= 1
# hint: compared with 1 | theta has no effect
# also: it is right where z is
def step(z, theta=0.0):
    return np.where(z >= 1, 1.0, 0.0)


# %% [wrong] theta as heaviside's second argument (row 18)
# hint: second argument
def step(z, theta=0.0):
    return np.heaviside(z, theta)


# %% [wrong] np.int, which NumPy gave up
# hint: Python's own int
def step(z, theta=0.0):
    return np.array(z >= theta, dtype=np.int)


# %% [wrong] one answer for all: all()
# hint: reduced (max, sum)
def step(z, theta=0.0):
    return 1.0 if np.all(np.asarray(z) >= theta) else 0.0


# %% [right] the ceiling of a clipped difference, with the threshold counted in
def step(z, theta=0.0):
    return 1 - np.ceil(np.clip(theta - np.asarray(z, dtype=float), 0, 1))


# %% [wrong] compares abs
# hint: z has lost its sign before it is compared
def step(z, theta=0.0):
    return (np.abs(z) >= theta).astype(float)


# %% [wrong] z/theta >= 1
# hint: z is divided by theta: a threshold below 0 turns the comparison round
def step(z, theta=0.0):
    return np.where(np.asarray(z) / theta >= 1, 1.0, 0.0)


# %% [wrong] np.where on the difference
# hint: It is 1 on both sides: a difference counts as true unless it is 0. Is it compared
def step(z, theta=0.0):
    return np.where(np.asarray(z) - theta, 1.0, 0.0)
