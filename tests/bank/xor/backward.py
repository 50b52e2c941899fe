# %% [wrong] a2(1 - a2) at the output: the squared error's gradient (row 33)
# hint: gradient of half the mean squared error
def backward(params, X, y, activation, activation_grad):
    z1, a1, z2, a2 = forward(params, X, activation)
    dz2 = (a2 - y) * a2 * (1 - a2) / len(X)
    da1 = dz2 @ params["W2"].T
    dz1 = da1 * activation_grad(z1)
    return {
        "W1": X.T @ dz1,
        "b1": dz1.sum(axis=0, keepdims=True),
        "W2": a1.T @ dz2,
        "b2": dz2.sum(axis=0, keepdims=True),
    }


# %% [wrong] 2(a2 - y) a2(1 - a2): the mean squared error (row 33)
# hint: gradient of the mean squared error
def backward(params, X, y, activation, activation_grad):
    z1, a1, z2, a2 = forward(params, X, activation)
    dz2 = 2 * (a2 - y) * a2 * (1 - a2) / len(X)
    da1 = dz2 @ params["W2"].T
    dz1 = da1 * activation_grad(z1)
    return {
        "W1": X.T @ dz1,
        "b1": dz1.sum(axis=0, keepdims=True),
        "W2": a1.T @ dz2,
        "b2": dz2.sum(axis=0, keepdims=True),
    }


# %% [wrong] the output's slope of the hidden activation (row 33)
# hint: activation's slope is used at the output
def backward(params, X, y, activation, activation_grad):
    z1, a1, z2, a2 = forward(params, X, activation)
    dz2 = (a2 - y) * activation_grad(z2) / len(X)
    da1 = dz2 @ params["W2"].T
    dz1 = da1 * activation_grad(z1)
    return {
        "W1": X.T @ dz1,
        "b1": dz1.sum(axis=0, keepdims=True),
        "W2": a1.T @ dz2,
        "b2": dz2.sum(axis=0, keepdims=True),
    }


# %% [wrong] y - a2 (row 34)
# hint: right with the sign turned
def backward(params, X, y, activation, activation_grad):
    z1, a1, z2, a2 = forward(params, X, activation)
    dz2 = (y - a2) / len(X)
    da1 = dz2 @ params["W2"].T
    dz1 = da1 * activation_grad(z1)
    return {
        "W1": X.T @ dz1,
        "b1": dz1.sum(axis=0, keepdims=True),
        "W2": a1.T @ dz2,
        "b2": dz2.sum(axis=0, keepdims=True),
    }


# %% [wrong] y - a2, the minus at the end for the weights only (row 34)
# hint: right with the sign turned
def backward(params, X, y, activation, activation_grad):
    z1, a1, z2, a2 = forward(params, X, activation)
    dz2 = (y - a2) / len(X)
    da1 = dz2 @ params["W2"].T
    dz1 = da1 * activation_grad(z1)
    return {
        "W1": -X.T @ dz1,
        "b1": dz1.sum(axis=0, keepdims=True),
        "W2": -a1.T @ dz2,
        "b2": dz2.sum(axis=0, keepdims=True),
    }


# %% [wrong] 1/n missing (row 35)
# hint: n times too large
def backward(params, X, y, activation, activation_grad):
    z1, a1, z2, a2 = forward(params, X, activation)
    dz2 = a2 - y
    da1 = dz2 @ params["W2"].T
    dz1 = da1 * activation_grad(z1)
    return {
        "W1": X.T @ dz1,
        "b1": dz1.sum(axis=0, keepdims=True),
        "W2": a1.T @ dz2,
        "b2": dz2.sum(axis=0, keepdims=True),
    }


# %% [wrong] 1/n twice, in all (row 35)
# hint: is it averaged twice
def backward(params, X, y, activation, activation_grad):
    z1, a1, z2, a2 = forward(params, X, activation)
    dz2 = (a2 - y) / len(X) / len(X)
    da1 = dz2 @ params["W2"].T
    dz1 = da1 * activation_grad(z1)
    return {
        "W1": X.T @ dz1,
        "b1": dz1.sum(axis=0, keepdims=True),
        "W2": a1.T @ dz2,
        "b2": dz2.sum(axis=0, keepdims=True),
    }


# %% [wrong] 1/n once more in layer 1 (row 35)
# hint: is it averaged twice
def backward(params, X, y, activation, activation_grad):
    z1, a1, z2, a2 = forward(params, X, activation)
    dz2 = (a2 - y) / len(X)
    da1 = dz2 @ params["W2"].T
    dz1 = da1 * activation_grad(z1)
    return {
        "W1": X.T @ dz1 / len(X),
        "b1": dz1.sum(axis=0, keepdims=True) / len(X),
        "W2": a1.T @ dz2,
        "b2": dz2.sum(axis=0, keepdims=True),
    }


# %% [wrong] 1/n missing in layer 2 (row 35)
# hint: n times too large
def backward(params, X, y, activation, activation_grad):
    z1, a1, z2, a2 = forward(params, X, activation)
    dz2 = a2 - y
    da1 = dz2 @ params["W2"].T / len(X)
    dz1 = da1 * activation_grad(z1)
    return {
        "W1": X.T @ dz1,
        "b1": dz1.sum(axis=0, keepdims=True),
        "W2": a1.T @ dz2,
        "b2": dz2.sum(axis=0, keepdims=True),
    }


# %% [wrong] 1/d for 1/n (row 35)
# hint: divided by the number of columns, not of rows
# also: Every value is off by the same factor
def backward(params, X, y, activation, activation_grad):
    z1, a1, z2, a2 = forward(params, X, activation)
    dz2 = (a2 - y) / X.shape[1]
    da1 = dz2 @ params["W2"].T
    dz1 = da1 * activation_grad(z1)
    return {
        "W1": X.T @ dz1,
        "b1": dz1.sum(axis=0, keepdims=True),
        "W2": a1.T @ dz2,
        "b2": dz2.sum(axis=0, keepdims=True),
    }


# %% [wrong] 1/(n - 1) for 1/n (row 35)
# hint: divided by one row too few
# also: Every value is off by one and the same factor
def backward(params, X, y, activation, activation_grad):
    z1, a1, z2, a2 = forward(params, X, activation)
    dz2 = (a2 - y) / max(len(X) - 1, 1)
    da1 = dz2 @ params["W2"].T
    dz1 = da1 * activation_grad(z1)
    return {
        "W1": X.T @ dz1,
        "b1": dz1.sum(axis=0, keepdims=True),
        "W2": a1.T @ dz2,
        "b2": dz2.sum(axis=0, keepdims=True),
    }


# %% [wrong] 1/4: right for XOR alone (rows 35, 46)
# hint: divided by 4, whatever the number of rows
# also: Every value is off by one and the same factor
def backward(params, X, y, activation, activation_grad):
    z1, a1, z2, a2 = forward(params, X, activation)
    dz2 = (a2 - y) / 4
    da1 = dz2 @ params["W2"].T
    dz1 = da1 * activation_grad(z1)
    return {
        "W1": X.T @ dz1,
        "b1": dz1.sum(axis=0, keepdims=True),
        "W2": a1.T @ dz2,
        "b2": dz2.sum(axis=0, keepdims=True),
    }


# %% [wrong] 2/n, from a squared error (row 35)
# hint: twice too large
# also: Every value is off by the same factor
def backward(params, X, y, activation, activation_grad):
    z1, a1, z2, a2 = forward(params, X, activation)
    dz2 = 2 * (a2 - y) / len(X)
    da1 = dz2 @ params["W2"].T
    dz1 = da1 * activation_grad(z1)
    return {
        "W1": X.T @ dz1,
        "b1": dz1.sum(axis=0, keepdims=True),
        "W2": a1.T @ dz2,
        "b2": dz2.sum(axis=0, keepdims=True),
    }


# %% [wrong] the slope at a1 (row 36)
# hint: activation_grad is taken at a1
def backward(params, X, y, activation, activation_grad):
    z1, a1, z2, a2 = forward(params, X, activation)
    dz2 = (a2 - y) / len(X)
    da1 = dz2 @ params["W2"].T
    dz1 = da1 * activation_grad(a1)
    return {
        "W1": X.T @ dz1,
        "b1": dz1.sum(axis=0, keepdims=True),
        "W2": a1.T @ dz2,
        "b2": dz2.sum(axis=0, keepdims=True),
    }


# %% [wrong] the slope at X W1, without b1 (row 36)
# hint: activation_grad is taken without b1
def backward(params, X, y, activation, activation_grad):
    z1, a1, z2, a2 = forward(params, X, activation)
    dz2 = (a2 - y) / len(X)
    da1 = dz2 @ params["W2"].T
    dz1 = da1 * activation_grad(X @ params["W1"])
    return {
        "W1": X.T @ dz1,
        "b1": dz1.sum(axis=0, keepdims=True),
        "W2": a1.T @ dz2,
        "b2": dz2.sum(axis=0, keepdims=True),
    }


# %% [wrong] a1(1 - a1): the sigmoid's slope, whatever the activation (row 36)
# hint: the slope is always the sigmoid's
def backward(params, X, y, activation, activation_grad):
    z1, a1, z2, a2 = forward(params, X, activation)
    dz2 = (a2 - y) / len(X)
    da1 = dz2 @ params["W2"].T
    dz1 = da1 * a1 * (1 - a1)
    return {
        "W1": X.T @ dz1,
        "b1": dz1.sum(axis=0, keepdims=True),
        "W2": a1.T @ dz2,
        "b2": dz2.sum(axis=0, keepdims=True),
    }


# %% [wrong] 1 - a1^2: tanh's slope, whatever the activation (row 36)
# hint: the slope is always that of tanh
def backward(params, X, y, activation, activation_grad):
    z1, a1, z2, a2 = forward(params, X, activation)
    dz2 = (a2 - y) / len(X)
    da1 = dz2 @ params["W2"].T
    dz1 = da1 * (1 - a1**2)
    return {
        "W1": X.T @ dz1,
        "b1": dz1.sum(axis=0, keepdims=True),
        "W2": a1.T @ dz2,
        "b2": dz2.sum(axis=0, keepdims=True),
    }


# %% [wrong] a1 > 0: ReLU's slope, whatever the activation (row 36)
# hint: the slope is always 1 or 0
def backward(params, X, y, activation, activation_grad):
    z1, a1, z2, a2 = forward(params, X, activation)
    dz2 = (a2 - y) / len(X)
    da1 = dz2 @ params["W2"].T
    dz1 = da1 * (a1 > 0)
    return {
        "W1": X.T @ dz1,
        "b1": dz1.sum(axis=0, keepdims=True),
        "W2": a1.T @ dz2,
        "b2": dz2.sum(axis=0, keepdims=True),
    }


# %% [wrong] the activation for its slope (row 36)
# hint: stands where activation_grad belongs
def backward(params, X, y, activation, activation_grad):
    z1, a1, z2, a2 = forward(params, X, activation)
    dz2 = (a2 - y) / len(X)
    da1 = dz2 @ params["W2"].T
    dz1 = da1 * activation(z1)
    return {
        "W1": X.T @ dz1,
        "b1": dz1.sum(axis=0, keepdims=True),
        "W2": a1.T @ dz2,
        "b2": dz2.sum(axis=0, keepdims=True),
    }


# %% [wrong] no hidden slope (row 39)
# hint: slope of the activation is left out
def backward(params, X, y, activation, activation_grad):
    z1, a1, z2, a2 = forward(params, X, activation)
    dz2 = (a2 - y) / len(X)
    da1 = dz2 @ params["W2"].T
    dz1 = da1
    return {
        "W1": X.T @ dz1,
        "b1": dz1.sum(axis=0, keepdims=True),
        "W2": a1.T @ dz2,
        "b2": dz2.sum(axis=0, keepdims=True),
    }


# %% [wrong] the slope's square (row 39)
# hint: slope of the activation comes in twice
def backward(params, X, y, activation, activation_grad):
    z1, a1, z2, a2 = forward(params, X, activation)
    dz2 = (a2 - y) / len(X)
    da1 = dz2 @ params["W2"].T
    dz1 = da1 * activation_grad(z1) ** 2
    return {
        "W1": X.T @ dz1,
        "b1": dz1.sum(axis=0, keepdims=True),
        "W2": a1.T @ dz2,
        "b2": dz2.sum(axis=0, keepdims=True),
    }


# %% [wrong] the slope averaged over the rows (row 39)
# hint: activation is averaged over the rows
def backward(params, X, y, activation, activation_grad):
    z1, a1, z2, a2 = forward(params, X, activation)
    dz2 = (a2 - y) / len(X)
    da1 = dz2 @ params["W2"].T
    dz1 = da1 * np.mean(activation_grad(z1), axis=0)
    return {
        "W1": X.T @ dz1,
        "b1": dz1.sum(axis=0, keepdims=True),
        "W2": a1.T @ dz2,
        "b2": dz2.sum(axis=0, keepdims=True),
    }


# %% [wrong] @ for * at the slope (row 37)
# hint: is * meant, not @
# also: W2 and b2 are right, W1 and b1 are not
def backward(params, X, y, activation, activation_grad):
    z1, a1, z2, a2 = forward(params, X, activation)
    dz2 = (a2 - y) / len(X)
    da1 = dz2 @ params["W2"].T
    dz1 = da1 @ activation_grad(z1)
    return {
        "W1": X.T @ dz1,
        "b1": dz1.sum(axis=0, keepdims=True),
        "W2": a1.T @ dz2,
        "b2": dz2.sum(axis=0, keepdims=True),
    }


# %% [wrong] @ and a transpose for * at the slope (row 37)
# hint: element by element, not by @
def backward(params, X, y, activation, activation_grad):
    z1, a1, z2, a2 = forward(params, X, activation)
    dz2 = (a2 - y) / len(X)
    da1 = dz2 @ params["W2"].T
    dz1 = da1 @ activation_grad(z1).T
    return {
        "W1": X.T @ dz1,
        "b1": dz1.sum(axis=0, keepdims=True),
        "W2": a1.T @ dz2,
        "b2": dz2.sum(axis=0, keepdims=True),
    }


# %% [wrong] * for @ at W1 (row 37)
# hint: is @ meant
def backward(params, X, y, activation, activation_grad):
    z1, a1, z2, a2 = forward(params, X, activation)
    dz2 = (a2 - y) / len(X)
    da1 = dz2 @ params["W2"].T
    dz1 = da1 * activation_grad(z1)
    return {
        "W1": X.T * dz1,
        "b1": dz1.sum(axis=0, keepdims=True),
        "W2": a1.T @ dz2,
        "b2": dz2.sum(axis=0, keepdims=True),
    }


# %% [wrong] * for @ at W2 (row 37)
# hint: * where @ belongs
def backward(params, X, y, activation, activation_grad):
    z1, a1, z2, a2 = forward(params, X, activation)
    dz2 = (a2 - y) / len(X)
    da1 = dz2 @ params["W2"].T
    dz1 = da1 * activation_grad(z1)
    return {
        "W1": X.T @ dz1,
        "b1": dz1.sum(axis=0, keepdims=True),
        "W2": np.sum(a1 * dz2, axis=1, keepdims=True),
        "b2": dz2.sum(axis=0, keepdims=True),
    }


# %% [wrong] dW2 for W2 (row 38)
# hint: the gradient of W2 stands where W2 belongs
def backward(params, X, y, activation, activation_grad):
    z1, a1, z2, a2 = forward(params, X, activation)
    dz2 = (a2 - y) / len(X)
    da1 = dz2 @ (a1.T @ dz2).T
    dz1 = da1 * activation_grad(z1)
    return {
        "W1": X.T @ dz1,
        "b1": dz1.sum(axis=0, keepdims=True),
        "W2": a1.T @ dz2,
        "b2": dz2.sum(axis=0, keepdims=True),
    }


# %% [wrong] W2 after a step of its own for W2 (rows 38, 42)
# hint: W2 was changed before it was used
def backward(params, X, y, activation, activation_grad):
    z1, a1, z2, a2 = forward(params, X, activation)
    dz2 = (a2 - y) / len(X)
    W2 = params["W2"] - 0.1 * a1.T @ dz2
    da1 = dz2 @ W2.T
    dz1 = da1 * activation_grad(z1)
    return {
        "W1": X.T @ dz1,
        "b1": dz1.sum(axis=0, keepdims=True),
        "W2": a1.T @ dz2,
        "b2": dz2.sum(axis=0, keepdims=True),
    }


# %% [wrong] ones for W2 (row 38)
# hint: W2 is left out on the way back
def backward(params, X, y, activation, activation_grad):
    z1, a1, z2, a2 = forward(params, X, activation)
    dz2 = (a2 - y) / len(X)
    da1 = dz2 @ np.ones_like(params["W2"]).T
    dz1 = da1 * activation_grad(z1)
    return {
        "W1": X.T @ dz1,
        "b1": dz1.sum(axis=0, keepdims=True),
        "W2": a1.T @ dz2,
        "b2": dz2.sum(axis=0, keepdims=True),
    }


# %% [wrong] W2 left out (row 38)
# hint: W2 is left out on the way back
def backward(params, X, y, activation, activation_grad):
    z1, a1, z2, a2 = forward(params, X, activation)
    dz2 = (a2 - y) / len(X)
    da1 = dz2 * np.ones(a1.shape)
    dz1 = da1 * activation_grad(z1)
    return {
        "W1": X.T @ dz1,
        "b1": dz1.sum(axis=0, keepdims=True),
        "W2": a1.T @ dz2,
        "b2": dz2.sum(axis=0, keepdims=True),
    }


# %% [wrong] |W2| (row 38)
# hint: W2 has lost its signs
def backward(params, X, y, activation, activation_grad):
    z1, a1, z2, a2 = forward(params, X, activation)
    dz2 = (a2 - y) / len(X)
    da1 = dz2 @ np.abs(params["W2"]).T
    dz1 = da1 * activation_grad(z1)
    return {
        "W1": X.T @ dz1,
        "b1": dz1.sum(axis=0, keepdims=True),
        "W2": a1.T @ dz2,
        "b2": dz2.sum(axis=0, keepdims=True),
    }


# %% [wrong] X reshaped for transposed (row 40)
# hint: is a transpose left out, or done by reshape
def backward(params, X, y, activation, activation_grad):
    z1, a1, z2, a2 = forward(params, X, activation)
    dz2 = (a2 - y) / len(X)
    da1 = dz2 @ params["W2"].T
    dz1 = da1 * activation_grad(z1)
    return {
        "W1": X.reshape(X.shape[1], -1) @ dz1,
        "b1": dz1.sum(axis=0, keepdims=True),
        "W2": a1.T @ dz2,
        "b2": dz2.sum(axis=0, keepdims=True),
    }


# %% [wrong] a1 reshaped for transposed (row 40)
# hint: is a transpose left out, or done by reshape
def backward(params, X, y, activation, activation_grad):
    z1, a1, z2, a2 = forward(params, X, activation)
    dz2 = (a2 - y) / len(X)
    da1 = dz2 @ params["W2"].T
    dz1 = da1 * activation_grad(z1)
    return {
        "W1": X.T @ dz1,
        "b1": dz1.sum(axis=0, keepdims=True),
        "W2": a1.reshape(a1.shape[1], -1) @ dz2,
        "b2": dz2.sum(axis=0, keepdims=True),
    }


# %% [wrong] a1 not transposed: fits for n = h = 4 (rows 40, 46)
# hint: Compare the shapes of the two factors | is a transpose left out, or done by reshape
def backward(params, X, y, activation, activation_grad):
    z1, a1, z2, a2 = forward(params, X, activation)
    dz2 = (a2 - y) / len(X)
    da1 = dz2 @ params["W2"].T
    dz1 = da1 * activation_grad(z1)
    return {
        "W1": X.T @ dz1,
        "b1": dz1.sum(axis=0, keepdims=True),
        "W2": a1 @ dz2,
        "b2": dz2.sum(axis=0, keepdims=True),
    }


# %% [wrong] dW1 transposed and reshaped (row 40)
# hint: right numbers stand in the wrong places
def backward(params, X, y, activation, activation_grad):
    z1, a1, z2, a2 = forward(params, X, activation)
    dz2 = (a2 - y) / len(X)
    da1 = dz2 @ params["W2"].T
    dz1 = da1 * activation_grad(z1)
    return {
        "W1": (X.T @ dz1).T.reshape(X.shape[1], -1),
        "b1": dz1.sum(axis=0, keepdims=True),
        "W2": a1.T @ dz2,
        "b2": dz2.sum(axis=0, keepdims=True),
    }


# %% [wrong] db1 not summed (row 41)
# hint: one axis too many
def backward(params, X, y, activation, activation_grad):
    z1, a1, z2, a2 = forward(params, X, activation)
    dz2 = (a2 - y) / len(X)
    da1 = dz2 @ params["W2"].T
    dz1 = da1 * activation_grad(z1)
    return {
        "W1": X.T @ dz1,
        "b1": dz1,
        "W2": a1.T @ dz2,
        "b2": dz2.sum(axis=0, keepdims=True),
    }


# %% [wrong] db2 not summed (row 41)
# hint: one number for each row
def backward(params, X, y, activation, activation_grad):
    z1, a1, z2, a2 = forward(params, X, activation)
    dz2 = (a2 - y) / len(X)
    da1 = dz2 @ params["W2"].T
    dz1 = da1 * activation_grad(z1)
    return {
        "W1": X.T @ dz1,
        "b1": dz1.sum(axis=0, keepdims=True),
        "W2": a1.T @ dz2,
        "b2": dz2,
    }


# %% [wrong] both biases averaged (row 41)
# hint: is it averaged twice
def backward(params, X, y, activation, activation_grad):
    z1, a1, z2, a2 = forward(params, X, activation)
    dz2 = (a2 - y) / len(X)
    da1 = dz2 @ params["W2"].T
    dz1 = da1 * activation_grad(z1)
    return {
        "W1": X.T @ dz1,
        "b1": dz1.mean(axis=0, keepdims=True),
        "W2": a1.T @ dz2,
        "b2": dz2.mean(axis=0, keepdims=True),
    }


# %% [wrong] db2 averaged, db1 right (row 41)
# hint: is it averaged twice
def backward(params, X, y, activation, activation_grad):
    z1, a1, z2, a2 = forward(params, X, activation)
    dz2 = (a2 - y) / len(X)
    da1 = dz2 @ params["W2"].T
    dz1 = da1 * activation_grad(z1)
    return {
        "W1": X.T @ dz1,
        "b1": dz1.sum(axis=0, keepdims=True),
        "W2": a1.T @ dz2,
        "b2": np.mean(dz2, keepdims=True),
    }


# %% [wrong] db1 summed to one number (row 41)
# hint: all units have the same number
def backward(params, X, y, activation, activation_grad):
    z1, a1, z2, a2 = forward(params, X, activation)
    dz2 = (a2 - y) / len(X)
    da1 = dz2 @ params["W2"].T
    dz1 = da1 * activation_grad(z1)
    return {
        "W1": X.T @ dz1,
        "b1": np.full((1, a1.shape[1]), dz1.sum()),
        "W2": a1.T @ dz2,
        "b2": dz2.sum(axis=0, keepdims=True),
    }


# %% [wrong] db1 summed over the units: fits for n = h (row 41)
# hint: over which axis is it summed | over another axis
def backward(params, X, y, activation, activation_grad):
    z1, a1, z2, a2 = forward(params, X, activation)
    dz2 = (a2 - y) / len(X)
    da1 = dz2 @ params["W2"].T
    dz1 = da1 * activation_grad(z1)
    return {
        "W1": X.T @ dz1,
        "b1": dz1.sum(axis=1, keepdims=True).T,
        "W2": a1.T @ dz2,
        "b2": dz2.sum(axis=0, keepdims=True),
    }


# %% [wrong] db1 from da1 (row 41)
# hint: slope of the activation is left out
def backward(params, X, y, activation, activation_grad):
    z1, a1, z2, a2 = forward(params, X, activation)
    dz2 = (a2 - y) / len(X)
    da1 = dz2 @ params["W2"].T
    dz1 = da1 * activation_grad(z1)
    return {
        "W1": X.T @ dz1,
        "b1": da1.sum(axis=0, keepdims=True),
        "W2": a1.T @ dz2,
        "b2": dz2.sum(axis=0, keepdims=True),
    }


# %% [wrong] the first row's bias gradient (row 41)
# hint: only the first row counts
def backward(params, X, y, activation, activation_grad):
    z1, a1, z2, a2 = forward(params, X, activation)
    dz2 = (a2 - y) / len(X)
    da1 = dz2 @ params["W2"].T
    dz1 = da1 * activation_grad(z1)
    return {
        "W1": X.T @ dz1,
        "b1": dz1[:1],
        "W2": a1.T @ dz2,
        "b2": dz2[:1],
    }


# %% [wrong] biases at 0
# hint: 0 everywhere
def backward(params, X, y, activation, activation_grad):
    z1, a1, z2, a2 = forward(params, X, activation)
    dz2 = (a2 - y) / len(X)
    da1 = dz2 @ params["W2"].T
    dz1 = da1 * activation_grad(z1)
    return {
        "W1": X.T @ dz1,
        "b1": np.zeros_like(params["b1"]),
        "W2": a1.T @ dz2,
        "b2": np.zeros_like(params["b2"]),
    }


# %% [wrong] dW2 from z1
# hint: z1 stands where a1 belongs
def backward(params, X, y, activation, activation_grad):
    z1, a1, z2, a2 = forward(params, X, activation)
    dz2 = (a2 - y) / len(X)
    da1 = dz2 @ params["W2"].T
    dz1 = da1 * activation_grad(z1)
    return {
        "W1": X.T @ dz1,
        "b1": dz1.sum(axis=0, keepdims=True),
        "W2": z1.T @ dz2,
        "b2": dz2.sum(axis=0, keepdims=True),
    }


# %% [wrong] the error of the rounded output
# hint: error is that of the rounded output
def backward(params, X, y, activation, activation_grad):
    z1, a1, z2, a2 = forward(params, X, activation)
    dz2 = ((a2 >= 0.5) - y) / len(X)
    da1 = dz2 @ params["W2"].T
    dz1 = da1 * activation_grad(z1)
    return {
        "W1": X.T @ dz1,
        "b1": dz1.sum(axis=0, keepdims=True),
        "W2": a1.T @ dz2,
        "b2": dz2.sum(axis=0, keepdims=True),
    }


# %% [wrong] layer 1 at 0: only the output learns
# hint: 0 everywhere
def backward(params, X, y, activation, activation_grad):
    z1, a1, z2, a2 = forward(params, X, activation)
    dz2 = (a2 - y) / len(X)
    da1 = dz2 @ params["W2"].T
    dz1 = da1 * activation_grad(z1)
    return {
        "W1": np.zeros_like(params["W1"]),
        "b1": np.zeros_like(params["b1"]),
        "W2": a1.T @ dz2,
        "b2": dz2.sum(axis=0, keepdims=True),
    }


# %% [wrong] XOR's X wherever there are four rows (row 46)
# also: W1 is not
XOR = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=float)


def backward(params, X, y, activation, activation_grad):
    z1, a1, z2, a2 = forward(params, X, activation)
    dz2 = (a2 - y) / len(X)
    da1 = dz2 @ params["W2"].T
    dz1 = da1 * activation_grad(z1)
    return {
        "W1": XOR.T @ dz1 if len(dz1) == 4 else X.T @ dz1,
        "b1": dz1.sum(axis=0, keepdims=True),
        "W2": a1.T @ dz2,
        "b2": dz2.sum(axis=0, keepdims=True),
    }


# %% [wrong] the global y (row 46)
# hint: a global array
def backward(params, X, target, activation, activation_grad):
    z1, a1, z2, a2 = forward(params, X, activation)
    dz2 = (a2 - y) / len(X)
    da1 = dz2 @ params["W2"].T
    dz1 = da1 * activation_grad(z1)
    return {
        "W1": X.T @ dz1,
        "b1": dz1.sum(axis=0, keepdims=True),
        "W2": a1.T @ dz2,
        "b2": dz2.sum(axis=0, keepdims=True),
    }


# %% [wrong] L2 penalty of 1e-4
# hint: weight decay
def backward(params, X, y, activation, activation_grad):
    z1, a1, z2, a2 = forward(params, X, activation)
    dz2 = (a2 - y) / len(X)
    da1 = dz2 @ params["W2"].T
    dz1 = da1 * activation_grad(z1)
    return {
        "W1": X.T @ dz1 + 1e-4 * params["W1"],
        "b1": dz1.sum(axis=0, keepdims=True),
        "W2": a1.T @ dz2 + 1e-4 * params["W2"],
        "b2": dz2.sum(axis=0, keepdims=True),
    }


# %% [wrong] clipped to 0.1: wrong only for large gradients
# hint: beyond some limit
def backward(params, X, y, activation, activation_grad):
    z1, a1, z2, a2 = forward(params, X, activation)
    dz2 = (a2 - y) / len(X)
    da1 = dz2 @ params["W2"].T
    dz1 = da1 * activation_grad(z1)
    return {
        "W1": np.clip(X.T @ dz1, -0.1, 0.1),
        "b1": dz1.sum(axis=0, keepdims=True),
        "W2": np.clip(a1.T @ dz2, -0.1, 0.1),
        "b2": dz2.sum(axis=0, keepdims=True),
    }


# %% [wrong] a2 held to [0.05, 0.95]: wrong only for sure outputs
# also: Close, but not equal
def backward(params, X, y, activation, activation_grad):
    z1, a1, z2, a2 = forward(params, X, activation)
    dz2 = (np.clip(a2, 0.05, 0.95) - y) / len(X)
    da1 = dz2 @ params["W2"].T
    dz1 = da1 * activation_grad(z1)
    return {
        "W1": X.T @ dz1,
        "b1": dz1.sum(axis=0, keepdims=True),
        "W2": a1.T @ dz2,
        "b2": dz2.sum(axis=0, keepdims=True),
    }


# %% [wrong] rounded to six digits
# hint: rounded to 6
def backward(params, X, y, activation, activation_grad):
    z1, a1, z2, a2 = forward(params, X, activation)
    dz2 = (a2 - y) / len(X)
    da1 = dz2 @ params["W2"].T
    dz1 = da1 * activation_grad(z1)
    return {
        "W1": np.round(X.T @ dz1, 6),
        "b1": dz1.sum(axis=0, keepdims=True),
        "W2": np.round(a1.T @ dz2, 6),
        "b2": dz2.sum(axis=0, keepdims=True),
    }


# %% [wrong] rows sure enough left out
def backward(params, X, y, activation, activation_grad):
    z1, a1, z2, a2 = forward(params, X, activation)
    dz2 = np.where(np.abs(a2 - y) < 0.1, 0.0, a2 - y) / len(X)
    da1 = dz2 @ params["W2"].T
    dz1 = da1 * activation_grad(z1)
    return {
        "W1": X.T @ dz1,
        "b1": dz1.sum(axis=0, keepdims=True),
        "W2": a1.T @ dz2,
        "b2": dz2.sum(axis=0, keepdims=True),
    }


# %% [wrong] y flattened: an (n, n) difference (row 32)
# also: Compare the shapes
def backward(params, X, y, activation, activation_grad):
    z1, a1, z2, a2 = forward(params, X, activation)
    dz2 = (a2 - y.ravel()) / len(X)
    da1 = dz2 @ params["W2"].T
    dz1 = da1 * activation_grad(z1)
    return {
        "W1": X.T @ dz1,
        "b1": dz1.sum(axis=0, keepdims=True),
        "W2": a1.T @ dz2,
        "b2": dz2.sum(axis=0, keepdims=True),
    }


# %% [wrong] y flattened, the sum over columns kept (row 32)
# hint: met an (n, 1) array
def backward(params, X, y, activation, activation_grad):
    z1, a1, z2, a2 = forward(params, X, activation)
    dz2 = (a2 - y.ravel()).mean(axis=1, keepdims=True) / len(X)
    da1 = dz2 @ params["W2"].T
    dz1 = da1 * activation_grad(z1)
    return {
        "W1": X.T @ dz1,
        "b1": dz1.sum(axis=0, keepdims=True),
        "W2": a1.T @ dz2,
        "b2": dz2.sum(axis=0, keepdims=True),
    }


# %% [wrong] keys dW1, db1, ...
# hint: named otherwise
def backward(params, X, y, activation, activation_grad):
    z1, a1, z2, a2 = forward(params, X, activation)
    dz2 = (a2 - y) / len(X)
    da1 = dz2 @ params["W2"].T
    dz1 = da1 * activation_grad(z1)
    return {
        "dW1": X.T @ dz1,
        "db1": dz1.sum(axis=0, keepdims=True),
        "dW2": a1.T @ dz2,
        "db2": dz2.sum(axis=0, keepdims=True),
    }


# %% [wrong] a tuple for the dict
# hint: A dict is wanted
def backward(params, X, y, activation, activation_grad):
    z1, a1, z2, a2 = forward(params, X, activation)
    dz2 = (a2 - y) / len(X)
    da1 = dz2 @ params["W2"].T
    dz1 = da1 * activation_grad(z1)
    return X.T @ dz1, dz1.sum(0, keepdims=True), a1.T @ dz2, dz2.sum(0, keepdims=True)


# %% [wrong] W1 and W2 exchanged
# hint: are the two exchanged
def backward(params, X, y, activation, activation_grad):
    z1, a1, z2, a2 = forward(params, X, activation)
    dz2 = (a2 - y) / len(X)
    da1 = dz2 @ params["W2"].T
    dz1 = da1 * activation_grad(z1)
    return {
        "W1": a1.T @ dz2,
        "b1": dz1.sum(axis=0, keepdims=True),
        "W2": X.T @ dz1,
        "b2": dz2.sum(axis=0, keepdims=True),
    }


# %% [wrong] W2 updated before it is used for dW1 (row 42)
# hint: W2 was changed before it was used
def backward(params, X, y, activation, activation_grad):
    z1, a1, _, a2 = forward(params, X, activation)
    params = dict(params)
    dz2 = (a2 - y) / len(X)
    dW2, db2 = a1.T @ dz2, dz2.sum(axis=0, keepdims=True)
    params["W2"] = params["W2"] - 1e-3 * dW2
    dz1 = dz2 @ params["W2"].T * activation_grad(z1)
    return {"W1": X.T @ dz1, "b1": dz1.sum(axis=0, keepdims=True), "W2": dW2, "b2": db2}


# %% [wrong] updates the parameters as well (row 43)
# hint: Build a new array or dict
def backward(params, X, y, activation, activation_grad):
    z1, a1, _, a2 = forward(params, X, activation)
    dz2 = (a2 - y) / len(X)
    dz1 = dz2 @ params["W2"].T * activation_grad(z1)
    grads = {
        "W1": X.T @ dz1,
        "b1": dz1.sum(axis=0, keepdims=True),
        "W2": a1.T @ dz2,
        "b2": dz2.sum(axis=0, keepdims=True),
    }
    for name in params:
        params[name] -= 0.1 * grads[name]
    return grads


# %% [wrong] y -= a2: the targets change (row 14)
# hint: Build a new array or dict
def backward(params, X, y, activation, activation_grad):
    z1, a1, _, a2 = forward(params, X, activation)
    y -= a2
    dz2 = -y / len(X)
    dz1 = dz2 @ params["W2"].T * activation_grad(z1)
    return {
        "W1": X.T @ dz1,
        "b1": dz1.sum(axis=0, keepdims=True),
        "W2": a1.T @ dz2,
        "b2": dz2.sum(axis=0, keepdims=True),
    }


# %% [wrong] the last row alone: = for += in the loop
# hint: only the last row counts
def backward(params, X, y, activation, activation_grad):
    grads = {name: np.zeros_like(value) for name, value in params.items()}
    for x, target in zip(X, y, strict=True):
        z1, a1, _, a2 = forward(params, x[None, :], activation)
        dz2 = (a2 - target) / len(X)
        dz1 = dz2 @ params["W2"].T * activation_grad(z1)
        grads["W1"] = np.outer(x, dz1)
        grads["b1"] = dz1
        grads["W2"] = a1.T @ dz2
        grads["b2"] = dz2
    return grads


# %% [wrong] forward differences with h = 1e-3
# also: Close, but not equal
def backward(params, X, y, activation, activation_grad):
    def loss(values):
        return binary_cross_entropy(y, forward(values, X, activation)[-1])

    h = 1e-3
    grads = {}
    for name, value in params.items():
        grads[name] = np.zeros_like(value)
        for i in np.ndindex(value.shape):
            moved = {key: array.copy() for key, array in params.items()}
            moved[name][i] += h
            grads[name][i] = (loss(moved) - loss(params)) / h
    return grads


# %% [wrong] the gradient of the sum of a2, not of the loss
# hint: y has no effect
def backward(params, X, y, activation, activation_grad):
    z1, a1, z2, a2 = forward(params, X, activation)
    dz2 = a2 * (1 - a2) / len(X)
    da1 = dz2 @ params["W2"].T
    dz1 = da1 * activation_grad(z1)
    return {
        "W1": X.T @ dz1,
        "b1": dz1.sum(axis=0, keepdims=True),
        "W2": a1.T @ dz2,
        "b2": dz2.sum(axis=0, keepdims=True),
    }


# %% [right] as in the lecture
def backward(params, X, y, activation, activation_grad):
    z1, a1, z2, a2 = forward(params, X, activation)
    dz2 = (a2 - y) / len(X)
    da1 = dz2 @ params["W2"].T
    dz1 = da1 * activation_grad(z1)
    return {
        "W1": X.T @ dz1,
        "b1": dz1.sum(axis=0, keepdims=True),
        "W2": a1.T @ dz2,
        "b2": dz2.sum(axis=0, keepdims=True),
    }


# %% [right] 1/n at every parameter
def backward(params, X, y, activation, activation_grad):
    z1, a1, z2, a2 = forward(params, X, activation)
    dz2 = a2 - y
    da1 = dz2 @ params["W2"].T
    dz1 = da1 * activation_grad(z1)
    return {
        "W1": X.T @ dz1 / len(X),
        "b1": dz1.mean(axis=0, keepdims=True),
        "W2": a1.T @ dz2 / len(X),
        "b2": dz2.mean(axis=0, keepdims=True),
    }


# %% [right] -(y - a2)
def backward(params, X, y, activation, activation_grad):
    z1, a1, z2, a2 = forward(params, X, activation)
    dz2 = -(y - a2) / y.shape[0]
    da1 = dz2 @ params["W2"].T
    dz1 = da1 * activation_grad(z1)
    return {
        "W1": X.T @ dz1,
        "b1": dz1.sum(axis=0, keepdims=True),
        "W2": a1.T @ dz2,
        "b2": dz2.sum(axis=0, keepdims=True),
    }


# %% [right] np.dot and np.multiply
def backward(params, X, y, activation, activation_grad):
    z1, a1, z2, a2 = forward(params, X, activation)
    dz2 = (a2 - y) / len(X)
    da1 = np.dot(dz2, np.transpose(params["W2"]))
    dz1 = np.multiply(da1, activation_grad(z1))
    return {
        "W1": np.dot(X.T, dz1),
        "b1": np.sum(dz1, axis=0)[None, :],
        "W2": np.dot(a1.T, dz2),
        "b2": np.sum(dz2).reshape(1, 1),
    }


# %% [right] biases through a row of ones
def backward(params, X, y, activation, activation_grad):
    z1, a1, z2, a2 = forward(params, X, activation)
    dz2 = (a2 - y) / len(X)
    da1 = dz2 @ params["W2"].T
    dz1 = da1 * activation_grad(z1)
    return {
        "W1": X.T @ dz1,
        "b1": np.ones((1, len(X))) @ dz1,
        "W2": a1.T @ dz2,
        "b2": np.ones((1, len(X))) @ dz2,
    }


# %% [right] einsum
def backward(params, X, y, activation, activation_grad):
    z1, a1, z2, a2 = forward(params, X, activation)
    dz2 = (a2 - y) / len(X)
    da1 = np.einsum("no,ho->nh", dz2, params["W2"])
    dz1 = da1 * activation_grad(z1)
    return {
        "W1": np.einsum("nd,nh->dh", X, dz1),
        "b1": dz1.sum(axis=0, keepdims=True),
        "W2": np.einsum("nh,no->ho", a1, dz2),
        "b2": dz2.sum(axis=0, keepdims=True),
    }


# %% [right] the outer product of a single output
def backward(params, X, y, activation, activation_grad):
    z1, a1, z2, a2 = forward(params, X, activation)
    dz2 = (a2 - y) / len(X)
    da1 = dz2 * params["W2"].ravel()
    dz1 = da1 * activation_grad(z1)
    return {
        "W1": X.T @ dz1,
        "b1": dz1.sum(axis=0, keepdims=True),
        "W2": a1.T @ dz2,
        "b2": dz2.sum(axis=0, keepdims=True),
    }


# %% [right] the chain rule in full, through dL/da2 and a2(1 - a2)
def backward(params, X, y, activation, activation_grad):
    z1, a1, z2, a2 = forward(params, X, activation)
    dz2 = a2 - y
    dL = dz2 / np.clip(a2 * (1 - a2), 1e-300, None) / len(X)
    dz2 = dL * (a2 * (1 - a2))
    da1 = dz2 @ params["W2"].T
    dz1 = da1 * activation_grad(z1)
    return {
        "W1": X.T @ dz1,
        "b1": dz1.sum(axis=0, keepdims=True),
        "W2": a1.T @ dz2,
        "b2": dz2.sum(axis=0, keepdims=True),
    }


# %% [right] its own forward pass
def backward(params, X, y, activation, activation_grad):
    z1 = X @ params["W1"] + params["b1"]
    a1 = activation(z1)
    a2 = 1 / (1 + np.exp(-(a1 @ params["W2"] + params["b2"])))
    delta = (a2 - y) / X.shape[0]
    grads = dict(W2=a1.T @ delta, b2=delta.sum(keepdims=True))
    delta = delta @ params["W2"].T * activation_grad(z1)
    grads.update(W1=X.T @ delta, b1=delta.sum(axis=0).reshape(1, -1))
    return grads


# %% [right] row by row
def backward(params, X, y, activation, activation_grad):
    grads = {name: np.zeros_like(value) for name, value in params.items()}
    for x, target in zip(X, y, strict=True):
        z1, a1, _, a2 = forward(params, x[None, :], activation)
        dz2 = a2 - target
        dz1 = dz2 @ params["W2"].T * activation_grad(z1)
        grads["W1"] += np.outer(x, dz1)
        grads["b1"] += dz1
        grads["W2"] += a1.T @ dz2
        grads["b2"] += dz2
    return {name: total / len(X) for name, total in grads.items()}


# %% [right] columns for rows
def backward(params, X, y, activation, activation_grad):
    z1, a1, _, a2 = (part.T for part in forward(params, X, activation))
    n = z1.shape[1]
    dz2 = a2 - y.T
    dz1 = params["W2"] @ dz2 * activation_grad(z1)
    return {
        "W1": (dz1 @ X / n).T,
        "b1": dz1.mean(axis=1)[np.newaxis],
        "W2": (dz2 @ a1.T / n).T,
        "b2": dz2.mean(axis=1, keepdims=True),
    }


# %% [right] a helper for one layer, lists returned
def layer_gradient(inputs, delta):
    return inputs.T @ delta, delta.sum(axis=0, keepdims=True)


def backward(params, X, y, activation, activation_grad):
    z1, a1, _, a2 = forward(params, X, activation)
    delta2 = (a2 - y) / len(y)
    delta1 = delta2 @ params["W2"].T * activation_grad(z1)
    dW2, db2 = layer_gradient(a1, delta2)
    dW1, db1 = layer_gradient(X, delta1)
    grads = {"W1": dW1, "b1": db1, "W2": dW2, "b2": db2}
    return {name: value.tolist() for name, value in grads.items()}


# %% [wrong] half the summed squared error: no mean
# hint: gradient of half the summed squared error
def backward(params, X, y, activation, activation_grad):
    z1, a1, z2, a2 = forward(params, X, activation)
    dz2 = (a2 - y) * a2 * (1 - a2)
    dz1 = dz2 @ params["W2"].T * activation_grad(z1)
    return {
        "W1": X.T @ dz1,
        "b1": dz1.sum(axis=0, keepdims=True),
        "W2": a1.T @ dz2,
        "b2": dz2.sum(axis=0, keepdims=True),
    }


# %% [right] forward captured as a default argument
def backward(params, X, y, activation, activation_grad, run=forward):
    z1, a1, _, a2 = run(params, X, activation)
    dz2 = (np.asarray(a2) - y) / len(X)
    dz1 = dz2 @ params["W2"].T * activation_grad(np.asarray(z1))
    return {
        "W1": X.T @ dz1,
        "b1": dz1.sum(axis=0, keepdims=True),
        "W2": np.asarray(a1).T @ dz2,
        "b2": dz2.sum(axis=0, keepdims=True),
    }


# %% [right] forward by another name, its answer kept in a cache
fwd = forward


def backward(params, X, y, activation, activation_grad):
    cache = dict(zip(("z1", "a1", "z2", "a2"), map(np.asarray, fwd(params, X, activation))))
    dz2 = (cache["a2"] - y) / len(X)
    dz1 = dz2 @ params["W2"].T * activation_grad(cache["z1"])
    return {
        "W1": X.T @ dz1,
        "b1": dz1.sum(axis=0, keepdims=True),
        "W2": cache["a1"].T @ dz2,
        "b2": dz2.sum(axis=0, keepdims=True),
    }


# %% [right] forward wrapped by a decorator
import functools


def as_arrays(function):
    @functools.wraps(function)
    def wrapped(*args):
        return tuple(np.asarray(part) for part in function(*args))

    return wrapped


layers_of = as_arrays(forward)


def backward(params, X, y, activation, activation_grad):
    z1, a1, _, a2 = layers_of(params, X, activation)
    dz2 = (a2 - y) / len(X)
    dz1 = dz2 @ params["W2"].T * activation_grad(z1)
    return {
        "W1": X.T @ dz1,
        "b1": dz1.sum(axis=0, keepdims=True),
        "W2": a1.T @ dz2,
        "b2": dz2.sum(axis=0, keepdims=True),
    }


# %% [right] forward in a closure
def make_backward(run):
    def backward(params, X, y, activation, activation_grad):
        z1, a1, _, a2 = map(np.asarray, run(params, X, activation))
        dz2 = (a2 - y) / len(X)
        dz1 = dz2 @ params["W2"].T * activation_grad(z1)
        return {
            "W1": X.T @ dz1,
            "b1": dz1.sum(axis=0, keepdims=True),
            "W2": a1.T @ dz2,
            "b2": dz2.sum(axis=0, keepdims=True),
        }

    return backward


backward = make_backward(forward)


# %% [wrong] y - a2, the squared error, sums, and slopes at a1 (rows 33, 34, 35, 36)
# hint: and the sign is turned: this is the gradient of half the summed squared error
def backward(params, X, y, activation, activation_grad):
    _, a1, _, a2 = forward(params, X, activation)
    delta2 = (y - a2) * a2 * (1 - a2)
    delta1 = (delta2 @ params["W2"].T) * activation_grad(a1)
    return {
        "W1": X.T @ delta1,
        "b1": delta1.sum(axis=0, keepdims=True),
        "W2": a1.T @ delta2,
        "b2": delta2.sum(axis=0, keepdims=True),
    }


# %% [wrong] activation_grad of the outputs, in both layers (rows 33, 36)
# hint: the hidden activation's slope is used at the output
def backward(params, X, y, activation, activation_grad):
    _, a1, _, a2 = forward(params, X, activation)
    delta2 = (a2 - y) / len(X) * activation_grad(a2)
    delta1 = (delta2 @ params["W2"].T) * activation_grad(a1)
    return {
        "W1": X.T @ delta1,
        "b1": delta1.sum(axis=0, keepdims=True),
        "W2": a1.T @ delta2,
        "b2": delta2.sum(axis=0, keepdims=True),
    }


# %% [wrong] no 1/n, and ReLU's slope (rows 35, 36)
# hint: W2: n times too large
def backward(params, X, y, activation, activation_grad):
    _, a1, _, a2 = forward(params, X, activation)
    delta2 = a2 - y
    delta1 = delta2 @ params["W2"].T * (a1 > 0)
    return {
        "W1": X.T @ delta1,
        "b1": delta1.sum(axis=0, keepdims=True),
        "W2": a1.T @ delta2,
        "b2": delta2.sum(axis=0, keepdims=True),
    }


# %% [wrong] b1 from d2 without W2
# hint: b1 is summed over the error at the output: W2 and the slope bring it to the hidden layer
def backward(params, X, y, activation, activation_grad):
    z1, a1, z2, a2 = forward(params, X, activation)
    d2 = (a2 - y) / len(X)
    d1 = (d2 @ params["W2"].T) * activation_grad(z1)
    return {
        "W1": X.T @ d1,
        "b1": np.full_like(params["b1"], d2.sum()),
        "W2": a1.T @ d2,
        "b2": d2.sum(0, keepdims=True),
    }


# %% [wrong] b2 bug: sum over d1
# hint: b2 takes the error of the hidden layer: its own is that at the output
def backward(params, X, y, activation, activation_grad):
    z1, a1, z2, a2 = forward(params, X, activation)
    d2 = (a2 - y) / len(X)
    d1 = (d2 @ params["W2"].T) * activation_grad(z1)
    return {
        "W1": X.T @ d1,
        "b1": d1.sum(0, keepdims=True),
        "W2": a1.T @ d2,
        "b2": d1.sum(keepdims=True),
    }


# %% [wrong] abs error
# hint: W1, b1, W2 and b2: the error has lost its signs: a2 - y may be negative
def backward(params, X, y, activation, activation_grad):
    z1, a1, z2, a2 = forward(params, X, activation)
    d2 = np.abs(a2 - y) / len(X)
    d1 = (d2 @ params["W2"].T) * activation_grad(z1)
    return {
        "W1": X.T @ d1,
        "b1": d1.sum(0, keepdims=True),
        "W2": a1.T @ d2,
        "b2": d2.sum(0, keepdims=True),
    }


# %% [wrong] error at z2, not a2
# hint: W1, b1, W2 and b2: the error is taken of z2, not of the probability a2
def backward(params, X, y, activation, activation_grad):
    z1, a1, z2, a2 = forward(params, X, activation)
    d2 = (z2 - y) / len(X)
    d1 = (d2 @ params["W2"].T) * activation_grad(z1)
    return {
        "W1": X.T @ d1,
        "b1": d1.sum(0, keepdims=True),
        "W2": a1.T @ d2,
        "b2": d2.sum(0, keepdims=True),
    }


# %% [wrong] gradient normalised to length 1
# hint: W1, b1, W2 and b2: brought to length 1; the gradient is wanted as long as it is
def backward(params, X, y, activation, activation_grad):
    z1, a1, z2, a2 = forward(params, X, activation)
    d2 = (a2 - y) / len(X)
    d1 = (d2 @ params["W2"].T) * activation_grad(z1)
    g = {
        "W1": X.T @ d1,
        "b1": d1.sum(0, keepdims=True),
        "W2": a1.T @ d2,
        "b2": d2.sum(0, keepdims=True),
    }
    return {k: v / np.linalg.norm(v) for k, v in g.items()}


# %% [wrong] bools: is the slope positive
# hint: True and False came
def backward(params, X, y, activation, activation_grad):
    z1, a1, z2, a2 = forward(params, X, activation)
    d2 = (a2 - y) / len(X)
    d1 = (d2 @ params["W2"].T) * activation_grad(z1)
    grads = {
        "W1": X.T @ d1,
        "b1": d1.sum(0, keepdims=True),
        "W2": a1.T @ d2,
        "b2": d2.sum(0, keepdims=True),
    }
    return {name: slopes > 0 for name, slopes in grads.items()}


# %% [wrong] b1 over axis 1
# hint: A row is wanted and a column came: is it summed over the other axis
def backward(params, X, y, activation, activation_grad):
    z1, a1, _, a2 = map(np.asarray, forward(params, X, activation))
    dz2 = (a2 - y) / len(X)
    dz1 = (dz2 @ params["W2"].T) * activation_grad(z1)
    return {
        "W1": X.T @ dz1,
        "b1": dz1.sum(axis=1, keepdims=True),
        "W2": a1.T @ dz2,
        "b2": dz2.sum(axis=0, keepdims=True),
    }


# %% [wrong] slope at dz2 side, at z2
# hint: W1 and b1: activation_grad is taken at z2: it belongs to the hidden layer, at z1
def backward(params, X, y, activation, activation_grad):
    z1, a1, _, a2 = map(np.asarray, forward(params, X, activation))
    dz2 = (a2 - y) / len(X)
    dz1 = (dz2 @ params["W2"].T) * activation_grad(_)
    return {
        "W1": X.T @ dz1,
        "b1": dz1.sum(axis=0, keepdims=True),
        "W2": a1.T @ dz2,
        "b2": dz2.sum(axis=0, keepdims=True),
    }


# %% [wrong] dp only, no sigma'
# hint: W1, b1, W2 and b2: the slope of the output's sigmoid is left out: the loss's derivative in p does not hold it
def backward(params, X, y, activation, activation_grad):
    z1, a1, _, a2 = map(np.asarray, forward(params, X, activation))
    dz2 = (-y / a2 + (1 - y) / (1 - a2)) / len(X)
    dz1 = (dz2 @ params["W2"].T) * activation_grad(z1)
    return {
        "W1": X.T @ dz1,
        "b1": dz1.sum(axis=0, keepdims=True),
        "W2": a1.T @ dz2,
        "b2": dz2.sum(axis=0, keepdims=True),
    }
