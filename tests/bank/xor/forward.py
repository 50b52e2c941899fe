# %% [wrong] the activation at the output too
# hint: goes through the hidden activation
def forward(params, X, activation):
    z1 = X @ params["W1"] + params["b1"]
    a1 = activation(z1)
    z2 = a1 @ params["W2"] + params["b2"]
    return z1, a1, z2, activation(z2)


# %% [wrong] sigmoid in the hidden layer
# hint: activation has no effect
def forward(params, X, activation):
    z1 = X @ params["W1"] + params["b1"]
    a1 = sigmoid(z1)
    z2 = a1 @ params["W2"] + params["b2"]
    return z1, a1, z2, sigmoid(z2)


# %% [wrong] no activation in the hidden layer
# hint: The activation is left out | activation has no effect
def forward(params, X, activation):
    z1 = X @ params["W1"] + params["b1"]
    a1 = z1
    z2 = a1 @ params["W2"] + params["b2"]
    return z1, a1, z2, sigmoid(z2)


# %% [wrong] z1 passed on in a1's place
# hint: The second layer is fed z1
def forward(params, X, activation):
    z1 = X @ params["W1"] + params["b1"]
    a1 = activation(z1)
    z2 = z1 @ params["W2"] + params["b2"]
    return z1, a1, z2, sigmoid(z2)


# %% [wrong] b1 forgotten
# hint: z1 comes without b1
def forward(params, X, activation):
    z1 = X @ params["W1"]
    a1 = activation(z1)
    z2 = a1 @ params["W2"] + params["b2"]
    return z1, a1, z2, sigmoid(z2)


# %% [wrong] b2 forgotten
# hint: z2 comes without b2
def forward(params, X, activation):
    z1 = X @ params["W1"] + params["b1"]
    a1 = activation(z1)
    z2 = a1 @ params["W2"]
    return z1, a1, z2, sigmoid(z2)


# %% [wrong] b1 after the activation
# hint: z1 comes without b1
def forward(params, X, activation):
    z1 = X @ params["W1"]
    a1 = activation(z1) + params["b1"]
    z2 = a1 @ params["W2"] + params["b2"]
    return z1, a1, z2, sigmoid(z2)


# %% [wrong] biases subtracted
# hint: b1 is subtracted
def forward(params, X, activation):
    z1 = X @ params["W1"] - params["b1"]
    a1 = activation(z1)
    z2 = a1 @ params["W2"] - params["b2"]
    return z1, a1, z2, sigmoid(z2)


# %% [wrong] no sigmoid at the output: logits
# hint: output is not put through the sigmoid
def forward(params, X, activation):
    z1 = X @ params["W1"] + params["b1"]
    a1 = activation(z1)
    z2 = a1 @ params["W2"] + params["b2"]
    return z1, a1, z2, z2


# %% [wrong] sigmoid twice
# hint: sigmoid already
def forward(params, X, activation):
    z1 = X @ params["W1"] + params["b1"]
    a1 = activation(z1)
    z2 = sigmoid(a1 @ params["W2"] + params["b2"])
    return z1, a1, z2, sigmoid(z2)


# %% [wrong] the output rounded to 0 and 1
# hint: The output is rounded to 0 and 1
def forward(params, X, activation):
    z1 = X @ params["W1"] + params["b1"]
    a1 = activation(z1)
    z2 = a1 @ params["W2"] + params["b2"]
    return z1, a1, z2, np.round(sigmoid(z2))


# %% [wrong] order a1, z1, a2, z2
# hint: was it overwritten, or is the order another
def forward(params, X, activation):
    z1 = X @ params["W1"] + params["b1"]
    a1 = activation(z1)
    z2 = a1 @ params["W2"] + params["b2"]
    return a1, z1, sigmoid(z2), z2


# %% [wrong] only the output
# hint: A tuple is wanted
def forward(params, X, activation):
    a1 = activation(X @ params["W1"] + params["b1"])
    return sigmoid(a1 @ params["W2"] + params["b2"])


# %% [wrong] * for @ (row 37)
# hint: is @ meant
def forward(params, X, activation):
    z1 = X * params["W1"] + params["b1"]
    a1 = activation(z1)
    z2 = a1 * params["W2"] + params["b2"]
    return z1, a1, z2, sigmoid(z2)


# %% [wrong] W1 reshaped for W1 transposed and back (row 40)
# hint: W1 is reshaped
def forward(params, X, activation):
    W1 = params["W1"].T.reshape(params["W1"].shape)
    z1 = X @ W1 + params["b1"]
    a1 = activation(z1)
    z2 = a1 @ params["W2"] + params["b2"]
    return z1, a1, z2, sigmoid(z2)


# %% [wrong] the global X: right for XOR alone (row 46)
# hint: a global array
def forward(params, inputs, activation):
    z1 = X @ params["W1"] + params["b1"]
    a1 = activation(z1)
    z2 = a1 @ params["W2"] + params["b2"]
    return z1, a1, z2, sigmoid(z2)


# %% [wrong] four rows: right for XOR alone (row 46)
# hint: a size written in
def forward(params, X, activation):
    z1 = np.zeros((4, params["W1"].shape[1]))
    for i in range(4):
        z1[i] = X[i] @ params["W1"] + params["b1"][0]
    a1 = activation(z1)
    z2 = a1 @ params["W2"] + params["b2"]
    return z1, a1, z2, sigmoid(z2)


# %% [right] the two columns of X, each by hand
def forward(params, X, activation):
    W1 = params["W1"]
    z1 = np.outer(X[:, 0], W1[0]) + np.outer(X[:, 1], W1[1]) + params["b1"]
    a1 = activation(z1)
    z2 = a1 @ params["W2"] + params["b2"]
    return z1, a1, z2, sigmoid(z2)


# %% [wrong] output flattened to (n,) (row 32)
# hint: an axis was added or lost on the way
def forward(params, X, activation):
    z1 = X @ params["W1"] + params["b1"]
    a1 = activation(z1)
    z2 = (a1 @ params["W2"] + params["b2"]).ravel()
    return z1, a1, z2, sigmoid(z2)


# %% [wrong] W1 normalised in place (row 43)
# hint: Build a new array or dict
def forward(params, X, activation):
    params["W1"] /= np.linalg.norm(params["W1"])
    z1 = X @ params["W1"] + params["b1"]
    a1 = activation(z1)
    z2 = a1 @ params["W2"] + params["b2"]
    return z1, a1, z2, sigmoid(z2)


# %% [wrong] X centred in place (row 14)
# hint: Build a new array or dict
def forward(params, X, activation):
    X -= X.mean(axis=0)
    z1 = X @ params["W1"] + params["b1"]
    a1 = activation(z1)
    z2 = a1 @ params["W2"] + params["b2"]
    return z1, a1, z2, sigmoid(z2)


# %% [wrong] z1 overwritten by the activation
# hint: was it overwritten, or is the order another
def forward(params, X, activation):
    z1 = X @ params["W1"] + params["b1"]
    z1[...] = activation(z1)
    z2 = z1 @ params["W2"] + params["b2"]
    return z1, z1, z2, sigmoid(z2)


# %% [wrong] the output clipped to [0.01, 0.99]
# hint: kept away from 0 and 1
def forward(params, X, activation):
    z1 = X @ params["W1"] + params["b1"]
    a1 = activation(z1)
    z2 = a1 @ params["W2"] + params["b2"]
    return z1, a1, z2, np.clip(sigmoid(z2), 0.01, 0.99)


# %% [wrong] dropout, even now
# hint: second call
rng = np.random.default_rng(0)


def forward(params, X, activation):
    z1 = X @ params["W1"] + params["b1"]
    a1 = activation(z1) * (rng.random(z1.shape) > 0.2) / 0.8
    z2 = a1 @ params["W2"] + params["b2"]
    return z1, a1, z2, sigmoid(z2)


# %% [right] four lines
def forward(params, X, activation):
    z1 = X @ params["W1"] + params["b1"]
    a1 = activation(z1)
    z2 = a1 @ params["W2"] + params["b2"]
    return z1, a1, z2, sigmoid(z2)


# %% [right] np.dot and unpacked parameters
def forward(params, X, activation):
    W1, b1, W2, b2 = (params[name] for name in ("W1", "b1", "W2", "b2"))
    z1 = np.dot(X, W1) + b1
    a1 = activation(z1)
    z2 = np.dot(a1, W2) + b2
    a2 = 1 / (1 + np.exp(-z2))
    return (z1, a1, z2, a2)


# %% [right] einsum
def forward(params, X, activation):
    z1 = np.einsum("nd,dh->nh", X, params["W1"]) + params["b1"]
    a1 = activation(z1)
    z2 = np.einsum("nh,ho->no", a1, params["W2"]) + params["b2"]
    return z1, a1, z2, sigmoid(z2)


# %% [right] columns for rows, transposed at the end
def forward(params, X, activation):
    z1 = params["W1"].T @ X.T + params["b1"].T
    a1 = activation(z1)
    z2 = params["W2"].T @ a1 + params["b2"]
    return z1.T, a1.T, z2.T, sigmoid(z2).T


# %% [right] a column of ones for the bias
def layer(A, W, b):
    return np.hstack([A, np.ones((len(A), 1))]) @ np.vstack([W, b])


def forward(params, X, activation):
    z1 = layer(X, params["W1"], params["b1"])
    a1 = activation(z1)
    z2 = layer(a1, params["W2"], params["b2"])
    return z1, a1, z2, sigmoid(z2)


# %% [right] row by row
def forward(params, X, activation):
    rows = []
    for x in X:
        z1 = x @ params["W1"] + params["b1"][0]
        a1 = np.asarray(activation(z1))
        z2 = a1 @ params["W2"] + params["b2"][0]
        rows.append((z1, a1, z2, sigmoid(z2)))
    return tuple(np.array(column) for column in zip(*rows, strict=True))


# %% [right] lists
def forward(params, X, activation):
    z1 = X @ params["W1"] + params["b1"]
    a1 = np.asarray(activation(z1))
    z2 = a1 @ params["W2"] + params["b2"]
    return z1.tolist(), a1.tolist(), z2.tolist(), sigmoid(z2).tolist()


# %% [right] a class with __call__
class Network:
    def __call__(self, params, X, activation):
        z1 = X @ params["W1"] + params["b1"]
        a1 = activation(z1)
        z2 = a1 @ params["W2"] + params["b2"]
        return z1, a1, z2, sigmoid(z2)


forward = Network()


# %% [wrong] the output and a cache
# hint: more or fewer parts than the docstring
def forward(params, X, activation):
    z1 = X @ params["W1"] + params["b1"]
    a1 = activation(z1)
    z2 = a1 @ params["W2"] + params["b2"]
    return sigmoid(z2), {"z1": z1, "a1": a1, "z2": z2}


# %% [wrong] each layer a pair of values and cache
# hint: A tuple comes back
def layer(A, W, b, activation):
    z = A @ W + b
    return activation(z), z


def forward(params, X, activation):
    a1 = layer(X, params["W1"], params["b1"], activation)
    a2 = layer(a1[0], params["W2"], params["b2"], sigmoid)
    return a1[1], a1, a2[1], a2


# %% [right] layers in a loop, in a list
def forward(params, X, activation):
    layers, a = [], X
    for k, f in ((1, activation), (2, sigmoid)):
        z = a @ params[f"W{k}"] + params[f"b{k}"]
        a = f(z)
        layers += [z, a]
    return layers


# %% [wrong] softmax over the only output
# hint: A softmax over a single output
def forward(params, X, activation):
    z1 = X @ params["W1"] + params["b1"]
    a1 = activation(z1)
    z2 = a1 @ params["W2"] + params["b2"]
    weights = np.exp(z2 - z2.max(axis=1, keepdims=True))
    return z1, a1, z2, weights / weights.sum(axis=1, keepdims=True)


# %% [wrong] hidden sized 4 hard-coded
# hint: A size is written in: the sizes are those of the arguments, which may have others
def forward(params, X, activation):
    z1 = X.reshape(-1, 2) @ params["W1"].reshape(2, 4) + params["b1"]
    a1 = activation(z1)
    z2 = a1 @ params["W2"] + params["b2"]
    return z1, a1, z2, sigmoid(z2)


# %% [wrong] activation applied to X
# hint: The activation is applied to X: the first layer takes it as it is
def forward(params, X, activation):
    z1 = activation(X) @ params["W1"] + params["b1"]
    a1 = activation(z1)
    z2 = a1 @ params["W2"] + params["b2"]
    return z1, a1, z2, sigmoid(z2)


# %% [wrong] a2 = sigmoid(a1) @ ... sigmoid on hidden again
# hint: a1 goes through the sigmoid before the second layer
def forward(params, X, activation):
    z1 = X @ params["W1"] + params["b1"]
    a1 = activation(z1)
    z2 = sigmoid(a1) @ params["W2"] + params["b2"]
    return z1, a1, z2, sigmoid(z2)


# %% [wrong] bias after the activation
# hint: b1 is added after the activation: it belongs inside
def forward(params, X, activation):
    a1 = activation(X @ params["W1"]) + params["b1"]
    z1 = X @ params["W1"] + params["b1"]
    z2 = a1 @ params["W2"] + params["b2"]
    return z1, a1, z2, sigmoid(z2)


# %% [wrong] b1 summed for the second
# hint: z1 takes b2: the hidden layer has b1
def forward(params, X, activation):
    z1 = X @ params["W1"] + params["b2"]
    a1 = activation(z1)
    z2 = a1 @ params["W2"] + params["b2"]
    return z1, a1, z2, sigmoid(z2)
