# %% [wrong] p > 0.5: 0 at one half
# hint: exactly one half counts as a 1
def predict(params, X, activation):
    return (forward(params, X, activation)[-1] > 0.5).astype(int)


# %% [wrong] round: one half goes to even, 0
# hint: exactly one half counts as a 1
def predict(params, X, activation):
    return np.round(forward(params, X, activation)[3])


# %% [wrong] probabilities
# hint: Only 0 and 1 are answers here
def predict(params, X, activation):
    return forward(params, X, activation)[-1]


# %% [wrong] sides swapped
# hint: two answers are the wrong way round
def predict(params, X, activation):
    return np.where(forward(params, X, activation)[-1] >= 0.5, 0, 1)


# %% [wrong] one half for the logit
# hint: belongs to the probability, not to z2
def predict(params, X, activation):
    _, _, z2, _ = forward(params, X, activation)
    return (z2 >= 0.5).astype(int)


# %% [wrong] 0 for the probability: always 1
# hint: It is always 1
def predict(params, X, activation):
    return (forward(params, X, activation)[-1] >= 0).astype(int)


# %% [wrong] the hidden layer's a1
# hint: another layer's
def predict(params, X, activation):
    return (forward(params, X, activation)[1] >= 0.5).astype(int)


# %% [wrong] sigmoid in the hidden layer
# hint: goes through the sigmoid, whatever
def predict(params, X, activation):
    return (forward(params, X, sigmoid)[-1] >= 0.5).astype(int)


# %% [wrong] the activation at the output
# hint: goes through the hidden activation
def predict(params, X, activation):
    a1 = activation(X @ params["W1"] + params["b1"])
    return (activation(a1 @ params["W2"] + params["b2"]) >= 0.5).astype(int)


# %% [wrong] argmax of a single column: always 0
# hint: It is always 0.
def predict(params, X, activation):
    return np.argmax(forward(params, X, activation)[-1], axis=1).reshape(-1, 1)


# %% [wrong] int(): cut off to 0
# hint: It is always 0.
def predict(params, X, activation):
    return forward(params, X, activation)[-1].astype(int)


# %% [wrong] above the mean of the batch
# hint: not the mean of the rows
def predict(params, X, activation):
    p = forward(params, X, activation)[-1]
    return (p >= p.mean()).astype(int)


# %% [wrong] XOR's answers (row 46)
# hint: a global array
def predict(params, X, activation):
    return np.array([[0], [1], [1], [0]])


# %% [wrong] XOR worked out from X, the network ignored (row 46)
# hint: params has no effect
# also: It is always 1
def predict(params, X, activation):
    return (X[:, :1] != X[:, 1:2]).astype(int)


# %% [wrong] the global X (row 46)
# hint: a global array
def predict(params, inputs, activation):
    return (forward(params, X, activation)[-1] >= 0.5).astype(int)


# %% [wrong] flattened to (n,) (row 32)
# hint: an axis was added or lost on the way
def predict(params, X, activation):
    return (forward(params, X, activation)[-1] >= 0.5).astype(int).ravel()


# %% [wrong] one answer for the batch (row 15)
# hint: was it reduced (max, sum) on the way
def predict(params, X, activation):
    return int(np.all(forward(params, X, activation)[-1] >= 0.5))


# %% [wrong] if on an array (row 13)
# hint: decide once, for the whole array
def predict(params, X, activation):
    p = forward(params, X, activation)[-1]
    if p >= 0.5:
        return 1
    return 0


# %% [wrong] biases forgotten
# hint: The biases are left out
def predict(params, X, activation):
    return (sigmoid(activation(X @ params["W1"]) @ params["W2"]) >= 0.5).astype(int)


# %% [wrong] -1 and 1
# hint: The answers are 0 and 1, not -1 and 1
# also: Only 0 and 1
def predict(params, X, activation):
    return np.where(forward(params, X, activation)[-1] >= 0.5, 1, -1)


# %% [wrong] threshold of 0.51
# hint: exactly one half counts as a 1
def predict(params, X, activation):
    return (forward(params, X, activation)[-1] >= 0.51).astype(int)


# %% [right] ints
def predict(params, X, activation):
    *_, a2 = forward(params, X, activation)
    return (a2 >= 0.5).astype(int)


# %% [right] bools (row 28)
def predict(params, X, activation):
    return forward(params, X, activation)[-1] >= 0.5


# %% [right] floats from where
def predict(params, X, activation):
    return np.where(forward(params, X, activation)[3] < 0.5, 0.0, 1.0)


# %% [right] its own forward pass, on the logit
def predict(params, X, activation):
    a1 = activation(X @ params["W1"] + params["b1"])
    return np.heaviside(a1 @ params["W2"] + params["b2"], 1)


# %% [right] floor of p + 1/2
def predict(params, X, activation):
    return np.floor(forward(params, X, activation)[-1] + 0.5).astype(int)


# %% [right] a list of lists
def predict(params, X, activation):
    p = np.asarray(forward(params, X, activation)[-1])
    return [[1] if q >= 0.5 else [0] for q in p.ravel()]


# %% [right] a row at a time
def predict(params, X, activation):
    answers = np.zeros((len(X), 1), dtype=bool)
    for i in range(len(X)):
        answers[i] = forward(params, X[i : i + 1], activation)[3][0, 0] >= 0.5
    return answers


# %% [wrong] threshold of 0.49
# hint: Below one half
def predict(params, X, activation):
    return (forward(params, X, activation)[-1] >= 0.49).astype(int)


# %% [right] forward captured as a default argument
def predict(params, X, activation, run=forward):
    return (np.asarray(run(params, X, activation)[-1]) >= 0.5).astype(int)


# %% [right] forward by another name, in a lambda
network = forward
predict = lambda params, X, activation: np.asarray(network(params, X, activation)[3]) >= 0.5


# %% [right] a probability of its own, wrapped
def probability(function):
    def last(*args):
        return np.asarray(function(*args)[-1])

    return last


p_of = probability(forward)


def predict(params, X, activation):
    return np.where(p_of(params, X, activation) >= 0.5, 1, 0)


# %% [wrong] argmax down the column: the surest row
# hint: Fewer numbers came back
def predict(params, X, activation):
    return np.argmax(forward(params, X, activation)[3], axis=0)


# %% [wrong] goes through the first row alone
# hint: Fewer numbers came back
def predict(params, X, activation):
    p = forward(params, X, activation)[3]
    return np.array([p_i >= 0.5 for p_i in p[0]])


# %% [wrong] >= 0.4
# hint: The limit is one half: is the probability compared with another number
def predict(params, X, activation):
    return (forward(params, X, activation)[3] >= 0.4).astype(int)


# %% [wrong] strings
# hint: Text came back: a number has no quotes
def predict(params, X, activation):
    return np.where(forward(params, X, activation)[3] >= 0.5, "1", "0")


# %% [wrong] forward not unpacked
# hint: A number and an array in one list, or arrays of several shapes, make no array together: take the one that is meant, or give NumPy's function the two as they are
def predict(params, X, activation):
    a2 = forward(params, X, activation)
    return (np.array(a2) >= 0.5).astype(int)
