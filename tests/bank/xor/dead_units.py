# %% [wrong] any row for every row
# hint: One row with a slope keeps a unit alive
def dead_units(params, X, activation_grad):
    z1 = X @ params["W1"] + params["b1"]
    return np.any(activation_grad(z1) == 0, axis=0)


# %% [wrong] axis 1: rows, not units
# hint: is it another axis
def dead_units(params, X, activation_grad):
    z1 = X @ params["W1"] + params["b1"]
    return np.all(activation_grad(z1) == 0, axis=1)


# %% [wrong] the living ones
# hint: These are the living ones
def dead_units(params, X, activation_grad):
    z1 = X @ params["W1"] + params["b1"]
    return np.any(activation_grad(z1) != 0, axis=0)


# %% [wrong] how many
# hint: was it reduced (max, sum) on the way
# also: An array is wanted
def dead_units(params, X, activation_grad):
    z1 = X @ params["W1"] + params["b1"]
    return int(np.sum(np.all(activation_grad(z1) == 0, axis=0)))


# %% [wrong] their indices
# also: Fewer numbers
def dead_units(params, X, activation_grad):
    z1 = X @ params["W1"] + params["b1"]
    return np.flatnonzero(np.all(activation_grad(z1) == 0, axis=0))


# %% [wrong] one answer for all (row 15)
# hint: was it reduced (max, sum) on the way
# also: An array is wanted
def dead_units(params, X, activation_grad):
    z1 = X @ params["W1"] + params["b1"]
    return bool(np.all(activation_grad(z1) == 0))


# %% [wrong] keepdims
# hint: an axis was added or lost on the way
def dead_units(params, X, activation_grad):
    z1 = X @ params["W1"] + params["b1"]
    return np.all(activation_grad(z1) == 0, axis=0, keepdims=True)


# %% [wrong] row by row, not summed up
# hint: one axis too many
def dead_units(params, X, activation_grad):
    z1 = X @ params["W1"] + params["b1"]
    return np.asarray(activation_grad(z1)) == 0


# %% [wrong] z1 <= 0: ReLU taken for granted
# hint: z1 decides here | activation_grad has no effect
def dead_units(params, X, activation_grad):
    z1 = X @ params["W1"] + params["b1"]
    return np.all(z1 <= 0, axis=0)


# %% [wrong] z1 < 0
# hint: z1 decides here | activation_grad has no effect
def dead_units(params, X, activation_grad):
    z1 = X @ params["W1"] + params["b1"]
    return np.max(z1, axis=0) < 0


# %% [wrong] bias forgotten
# hint: b1 is left out
def dead_units(params, X, activation_grad):
    return np.all(activation_grad(X @ params["W1"]) == 0, axis=0)


# %% [wrong] the slope at the activation's slope
# hint: applied twice
def dead_units(params, X, activation_grad):
    z1 = X @ params["W1"] + params["b1"]
    return np.all(activation_grad(activation_grad(z1)) == 0, axis=0)


# %% [wrong] the slopes' sum is 0: opposite ones cancel
# hint: Opposite rows or slopes
def dead_units(params, X, activation_grad):
    z1 = X @ params["W1"] + params["b1"]
    return np.sum(activation_grad(z1), axis=0) == 0


# %% [wrong] the mean is 0 to three digits
# hint: Opposite rows or slopes
def dead_units(params, X, activation_grad):
    z1 = X @ params["W1"] + params["b1"]
    return np.round(np.mean(activation_grad(z1), axis=0), 3) == 0


# %% [wrong] slope <= 0: falling counts as dead
# hint: Negative is not 0
def dead_units(params, X, activation_grad):
    z1 = X @ params["W1"] + params["b1"]
    return np.all(activation_grad(z1) <= 0, axis=0)


# %% [wrong] slope below 0.1 counts as dead
# hint: A small slope is not 0
def dead_units(params, X, activation_grad):
    z1 = X @ params["W1"] + params["b1"]
    return np.all(np.abs(activation_grad(z1)) < 0.1, axis=0)


# %% [wrong] the first row alone
# hint: Only the first row is looked at
def dead_units(params, X, activation_grad):
    z1 = X @ params["W1"] + params["b1"]
    return np.asarray(activation_grad(z1))[0] == 0


# %% [wrong] the first four rows: right for XOR alone (row 46)
# hint: Only the first four rows are looked at
def dead_units(params, X, activation_grad):
    z1 = X[:4] @ params["W1"] + params["b1"]
    return np.all(activation_grad(z1) == 0, axis=0)


# %% [wrong] the global X (row 46)
# hint: X has no effect
def dead_units(params, inputs, activation_grad):
    z1 = X @ params["W1"] + params["b1"]
    return np.all(activation_grad(z1) == 0, axis=0)


# %% [wrong] the output unit's weight is 0
# also: said to live
def dead_units(params, X, activation_grad):
    return params["W2"].ravel() == 0


# %% [wrong] the average row
# hint: Opposite rows
def dead_units(params, X, activation_grad):
    z1 = X.mean(axis=0, keepdims=True) @ params["W1"] + params["b1"]
    return (np.asarray(activation_grad(z1)) == 0).ravel()


# %% [wrong] dead ones set to zero in the parameters (row 43)
# hint: Build a new array or dict
def dead_units(params, X, activation_grad):
    z1 = X @ params["W1"] + params["b1"]
    dead = np.all(activation_grad(z1) == 0, axis=0)
    params["W1"][:, dead] = 0
    params["b1"][:, dead] = 0
    return dead


# %% [right] all
def dead_units(params, X, activation_grad):
    z1 = X @ params["W1"] + params["b1"]
    return np.all(activation_grad(z1) == 0, axis=0)


# %% [right] not any
def dead_units(params, X, activation_grad):
    z1 = X @ params["W1"] + params["b1"]
    return ~np.any(activation_grad(z1), axis=0)


# %% [right] the largest |slope|
def dead_units(params, X, activation_grad):
    z1 = X @ params["W1"] + params["b1"]
    return np.abs(activation_grad(z1)).max(axis=0) == 0


# %% [right] 0 and 1 (row 28)
def dead_units(params, X, activation_grad):
    z1 = X @ params["W1"] + params["b1"]
    return np.where(np.count_nonzero(activation_grad(z1), axis=0) == 0, 1, 0)


# %% [right] z1 from the forward pass
def dead_units(params, X, activation_grad):
    z1, *_ = forward(params, X, sigmoid)
    slopes = np.asarray(activation_grad(z1))
    return (slopes == 0).all(axis=0)


# %% [right] a list of bools
def dead_units(params, X, activation_grad):
    dead = []
    for unit in range(params["W1"].shape[1]):
        z = X @ params["W1"][:, unit] + params["b1"][0, unit]
        dead.append(all(slope == 0 for slope in np.ravel(activation_grad(z))))
    return dead


# %% [right] floats (row 28)
def dead_units(params, X, activation_grad):
    z1 = np.dot(X, params["W1"]) + params["b1"].ravel()
    return np.prod(np.asarray(activation_grad(z1)) == 0, axis=0).astype(float)


# %% [wrong] slopes next to 0 count as 0
# hint: A small slope is not 0
def dead_units(params, X, activation_grad):
    z1 = X @ params["W1"] + params["b1"]
    return np.all(np.isclose(activation_grad(z1), 0), axis=0)


# %% [wrong] slopes below a threshold count as 0
# hint: A small slope is not 0
def dead_units(params, X, activation_grad):
    z1 = X @ params["W1"] + params["b1"]
    return np.all(np.abs(activation_grad(z1)) < 1e-6, axis=0)


# %% [wrong] slopes below rounding count as 0
# hint: A small slope is not 0
def dead_units(params, X, activation_grad):
    slopes = activation_grad(X @ params["W1"] + params["b1"])
    return np.array([np.allclose(column, 0, atol=1e-12) for column in slopes.T])


# %% [right] no row with a slope, by logical_or.reduce
def dead_units(params, X, activation_grad):
    slopes = activation_grad(X @ params["W1"] + params["b1"])
    return ~np.logical_or.reduce(slopes != 0, axis=0)


# %% [right] sums of squares
def dead_units(params, X, activation_grad):
    return (activation_grad(X @ params["W1"] + params["b1"]) ** 2).sum(axis=0) == 0


# %% [wrong] below 1e-3
# hint: A small slope is not 0: such a unit learns
def dead_units(params, X, activation_grad):
    S = activation_grad(X @ params["W1"] + params["b1"])
    return np.all(np.abs(S) < 1e-3, axis=0)


# %% [wrong] indices
# hint: Fewer numbers came back than are wanted: are some left out, are they positions, or is it another axis
def dead_units(params, X, activation_grad):
    z1 = X @ params["W1"] + params["b1"]
    return np.where(np.all(activation_grad(z1) == 0, axis=0))[0]


# %% [wrong] max == 0
# hint: A slope below 0 is not 0: the largest does not tell
def dead_units(params, X, activation_grad):
    s = activation_grad(X @ params["W1"] + params["b1"])
    return s.max(axis=0) == 0
