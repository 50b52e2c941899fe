# %% [wrong] W2 updated before it is used for dW1 (row 42)
# hint: W2 was updated before it was used
def train(params, X, y, activation, activation_grad, epochs=5000, lr=0.1):
    W1, b1, W2, b2 = (params[name].copy() for name in ("W1", "b1", "W2", "b2"))
    losses = []
    for _ in range(epochs):
        z1 = X @ W1 + b1
        a1 = activation(z1)
        p = sigmoid(a1 @ W2 + b2)
        losses.append(binary_cross_entropy(y, p))
        dz2 = (p - y) / len(X)
        dW2, db2 = a1.T @ dz2, dz2.sum(axis=0, keepdims=True)
        W2 = W2 - lr * dW2
        b2 = b2 - lr * db2
        dz1 = dz2 @ W2.T * activation_grad(z1)
        dW1, db1 = X.T @ dz1, dz1.sum(axis=0, keepdims=True)
        W1, b1, W2, b2 = W1 - lr * dW1, b1 - lr * db1, W2, b2
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}, losses


# %% [wrong] layers updated one after the other, each with a fresh gradient (row 42)
# hint: is taken after W2 and b2 were updated
def train(params, X, y, activation, activation_grad, epochs=5000, lr=0.1):
    losses = []
    for _ in range(epochs):
        losses.append(binary_cross_entropy(y, forward(params, X, activation)[-1]))
        grads = backward(params, X, y, activation, activation_grad)
        params = {
            **params,
            "W2": params["W2"] - lr * grads["W2"],
            "b2": params["b2"] - lr * grads["b2"],
        }
        grads = backward(params, X, y, activation, activation_grad)
        params = {
            **params,
            "W1": params["W1"] - lr * grads["W1"],
            "b1": params["b1"] - lr * grads["b1"],
        }
    return params, losses


# %% [wrong] biases updated with the next epoch's gradient (row 42)
# hint: is taken after W1 and W2 were updated
def train(params, X, y, activation, activation_grad, epochs=5000, lr=0.1):
    losses = []
    for _ in range(epochs):
        losses.append(binary_cross_entropy(y, forward(params, X, activation)[-1]))
        grads = backward(params, X, y, activation, activation_grad)
        params = {
            name: params[name] - lr * grads[name] if name[0] == "W" else params[name]
            for name in params
        }
        grads = backward(params, X, y, activation, activation_grad)
        params = {
            name: params[name] - lr * grads[name] if name[0] == "b" else params[name]
            for name in params
        }
    return params, losses


# %% [wrong] in place (row 43)
# hint: Build a new array or dict
def train(params, X, y, activation, activation_grad, epochs=5000, lr=0.1):
    losses = []
    for _ in range(epochs):
        losses.append(binary_cross_entropy(y, forward(params, X, activation)[-1]))
        grads = backward(params, X, y, activation, activation_grad)
        for name in params:
            params[name] -= lr * grads[name]
    return params, losses


# %% [wrong] rebound in the caller's dict (row 43)
# hint: Build a new array or dict
def train(params, X, y, activation, activation_grad, epochs=5000, lr=0.1):
    losses = []
    for _ in range(epochs):
        losses.append(binary_cross_entropy(y, forward(params, X, activation)[-1]))
        grads = backward(params, X, y, activation, activation_grad)
        params.update(gradient_step(params, grads, lr))
    return params, losses


# %% [wrong] shallow copy, then in place (row 43)
# hint: Build a new array or dict
def train(params, X, y, activation, activation_grad, epochs=5000, lr=0.1):
    params = params.copy()
    losses = []
    for _ in range(epochs):
        losses.append(binary_cross_entropy(y, forward(params, X, activation)[-1]))
        grads = backward(params, X, y, activation, activation_grad)
        for name in params:
            params[name] -= lr * grads[name]
    return params, losses


# %% [wrong] loss taken after the step (row 44)
# hint: recorded after the update
def train(params, X, y, activation, activation_grad, epochs=5000, lr=0.1):
    losses = []
    for _ in range(epochs):
        grads = backward(params, X, y, activation, activation_grad)
        params = gradient_step(params, grads, lr)
        losses.append(binary_cross_entropy(y, forward(params, X, activation)[-1]))
    return params, losses


# %% [wrong] the final loss added: epochs + 1 (row 44)
# hint: One loss too many
def train(params, X, y, activation, activation_grad, epochs=5000, lr=0.1):
    losses = []
    for _ in range(epochs):
        losses.append(binary_cross_entropy(y, forward(params, X, activation)[-1]))
        grads = backward(params, X, y, activation, activation_grad)
        params = gradient_step(params, grads, lr)
    losses.append(binary_cross_entropy(y, forward(params, X, activation)[-1]))
    return params, losses


# %% [wrong] range(1, epochs): one epoch too few (row 44)
# hint: is there one epoch too few
def train(params, X, y, activation, activation_grad, epochs=5000, lr=0.1):
    losses = []
    for _ in range(1, epochs):
        losses.append(binary_cross_entropy(y, forward(params, X, activation)[-1]))
        grads = backward(params, X, y, activation, activation_grad)
        params = gradient_step(params, grads, lr)
    return params, losses


# %% [wrong] range(epochs + 1): one epoch too many (row 44)
# hint: one epoch too many done
# also: One loss too many
def train(params, X, y, activation, activation_grad, epochs=5000, lr=0.1):
    losses = []
    for _ in range(epochs + 1):
        losses.append(binary_cross_entropy(y, forward(params, X, activation)[-1]))
        grads = backward(params, X, y, activation, activation_grad)
        params = gradient_step(params, grads, lr)
    return params, losses


# %% [wrong] the last step not taken (row 44)
# hint: One step too few
def train(params, X, y, activation, activation_grad, epochs=5000, lr=0.1):
    losses = []
    for i in range(epochs):
        losses.append(binary_cross_entropy(y, forward(params, X, activation)[-1]))
        grads = backward(params, X, y, activation, activation_grad)
        if i < epochs - 1:
            params = gradient_step(params, grads, lr)
    return params, losses


# %% [wrong] one more step at the end (row 44)
# hint: One step too many
def train(params, X, y, activation, activation_grad, epochs=5000, lr=0.1):
    losses = []
    for _ in range(epochs):
        losses.append(binary_cross_entropy(y, forward(params, X, activation)[-1]))
        grads = backward(params, X, y, activation, activation_grad)
        params = gradient_step(params, grads, lr)
    params = gradient_step(params, backward(params, X, y, activation, activation_grad), lr)
    return params, losses


# %% [wrong] the parameters before the last step (row 44)
# hint: One step too few
def train(params, X, y, activation, activation_grad, epochs=5000, lr=0.1):
    previous = params
    losses = []
    for _ in range(epochs):
        losses.append(binary_cross_entropy(y, forward(params, X, activation)[-1]))
        grads = backward(params, X, y, activation, activation_grad)
        previous, params = params, gradient_step(params, grads, lr)
    return previous, losses


# %% [wrong] two steps an epoch
# hint: two steps in each epoch
def train(params, X, y, activation, activation_grad, epochs=5000, lr=0.1):
    losses = []
    for _ in range(epochs):
        losses.append(binary_cross_entropy(y, forward(params, X, activation)[-1]))
        grads = backward(params, X, y, activation, activation_grad)
        params = gradient_step(params, grads, lr)
        grads = backward(params, X, y, activation, activation_grad)
        params = gradient_step(params, grads, lr)
    return params, losses


# %% [wrong] losses of every tenth epoch
# hint: does it stop early, or leave some out | There is one loss only
def train(params, X, y, activation, activation_grad, epochs=5000, lr=0.1):
    losses = []
    for i in range(epochs):
        if i % 10 == 0:
            losses.append(binary_cross_entropy(y, forward(params, X, activation)[-1]))
        grads = backward(params, X, y, activation, activation_grad)
        params = gradient_step(params, grads, lr)
    return params, losses


# %% [wrong] only the last loss
# hint: There is one loss for each epoch
def train(params, X, y, activation, activation_grad, epochs=5000, lr=0.1):
    losses = []
    for _ in range(epochs):
        losses.append(binary_cross_entropy(y, forward(params, X, activation)[-1]))
        grads = backward(params, X, y, activation, activation_grad)
        params = gradient_step(params, grads, lr)
    return params, losses[-1]


# %% [wrong] a made-up falling curve, nothing trained (row 45)
# hint: returned are those it started from
def train(params, X, y, activation, activation_grad, epochs=5000, lr=0.1):
    return params, [0.7 * 0.999**i for i in range(epochs)]


# %% [wrong] trained, the losses made up (row 45)
# hint: losses are not those of the parameters
def train(params, X, y, activation, activation_grad, epochs=5000, lr=0.1):
    losses = list(np.linspace(0.7, 0.01, epochs))
    for _ in range(epochs):
        grads = backward(params, X, y, activation, activation_grad)
        params = gradient_step(params, grads, lr)
    return params, losses


# %% [wrong] losses sorted to fall (row 45)
# hint: sorted
def train(params, X, y, activation, activation_grad, epochs=5000, lr=0.1):
    losses = []
    for _ in range(epochs):
        losses.append(binary_cross_entropy(y, forward(params, X, activation)[-1]))
        grads = backward(params, X, y, activation, activation_grad)
        params = gradient_step(params, grads, lr)
    return params, sorted(losses, reverse=True)


# %% [wrong] losses: the lowest so far (row 45)
# hint: lowest so far
def train(params, X, y, activation, activation_grad, epochs=5000, lr=0.1):
    losses = []
    for _ in range(epochs):
        losses.append(binary_cross_entropy(y, forward(params, X, activation)[-1]))
        grads = backward(params, X, y, activation, activation_grad)
        params = gradient_step(params, grads, lr)
    return params, list(np.minimum.accumulate(losses))


# %% [wrong] losses smoothed (row 45)
# hint: smoothed
def train(params, X, y, activation, activation_grad, epochs=5000, lr=0.1):
    losses = []
    for _ in range(epochs):
        loss = binary_cross_entropy(y, forward(params, X, activation)[-1])
        losses.append(0.9 * losses[-1] + 0.1 * loss if losses else loss)
        grads = backward(params, X, y, activation, activation_grad)
        params = gradient_step(params, grads, lr)
    return params, losses


# %% [wrong] every loss is the first (row 45)
# hint: Every epoch has the same loss in the list
def train(params, X, y, activation, activation_grad, epochs=5000, lr=0.1):
    loss = binary_cross_entropy(y, forward(params, X, activation)[-1])
    losses = []
    for _ in range(epochs):
        losses.append(loss)
        grads = backward(params, X, y, activation, activation_grad)
        params = gradient_step(params, grads, lr)
    return params, losses


# %% [wrong] the mean squared error recorded (row 45)
# hint: what is recorded are mean squared errors
def train(params, X, y, activation, activation_grad, epochs=5000, lr=0.1):
    losses = []
    for _ in range(epochs):
        losses.append(float(np.mean((forward(params, X, activation)[-1] - y) ** 2)))
        grads = backward(params, X, y, activation, activation_grad)
        params = gradient_step(params, grads, lr)
    return params, losses


# %% [wrong] losses divided by n (row 31)
# hint: n times too small
def train(params, X, y, activation, activation_grad, epochs=5000, lr=0.1):
    losses = []
    for _ in range(epochs):
        losses.append(binary_cross_entropy(y, forward(params, X, activation)[-1]) / len(X))
        grads = backward(params, X, y, activation, activation_grad)
        params = gradient_step(params, grads, lr)
    return params, losses


# %% [wrong] losses rounded to three digits
# hint: rounded to 3 decimal places
def train(params, X, y, activation, activation_grad, epochs=5000, lr=0.1):
    losses = []
    for _ in range(epochs):
        losses.append(round(float(binary_cross_entropy(y, forward(params, X, activation)[-1])), 3))
        grads = backward(params, X, y, activation, activation_grad)
        params = gradient_step(params, grads, lr)
    return params, losses


# %% [wrong] returns the start, not the end (row 45)
# hint: returned are those it started from
def train(params, X, y, activation, activation_grad, epochs=5000, lr=0.1):
    start = params
    losses = []
    for _ in range(epochs):
        losses.append(binary_cross_entropy(y, forward(params, X, activation)[-1]))
        grads = backward(params, X, y, activation, activation_grad)
        params = gradient_step(params, grads, lr)
    return start, losses


# %% [wrong] the best parameters seen, not the last (row 44)
# also: One step too few
def train(params, X, y, activation, activation_grad, epochs=5000, lr=0.1):
    losses = []
    best = params
    for _ in range(epochs):
        losses.append(binary_cross_entropy(y, forward(params, X, activation)[-1]))
        if losses[-1] <= min(losses):
            best = params
        grads = backward(params, X, y, activation, activation_grad)
        params = gradient_step(params, grads, lr)
    return best, losses


# %% [wrong] the global X and y (row 46)
# hint: X and y have no effect
# also: parameters and the data
def train(params, inputs, targets, activation, activation_grad, epochs=5000, lr=0.1):
    losses = []
    for _ in range(epochs):
        losses.append(binary_cross_entropy(y, forward(params, X, activation)[-1]))
        grads = backward(params, X, y, activation, activation_grad)
        params = gradient_step(params, grads, lr)
    return params, losses


# %% [wrong] XOR written into the loop (row 46)
# hint: X and y have no effect
# also: parameters and the data
def train(params, X, y, activation, activation_grad, epochs=5000, lr=0.1):
    X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=float)
    y = np.array([[0], [1], [1], [0]], dtype=float)
    losses = []
    for _ in range(epochs):
        losses.append(binary_cross_entropy(y, forward(params, X, activation)[-1]))
        grads = backward(params, X, y, activation, activation_grad)
        params = gradient_step(params, grads, lr)
    return params, losses


# %% [wrong] over 4 in its own gradient: right for XOR alone (row 46)
# hint: divided by 4, whatever the number of rows
def train(params, X, y, activation, activation_grad, epochs=5000, lr=0.1):
    W1, b1, W2, b2 = (params[name].copy() for name in ("W1", "b1", "W2", "b2"))
    losses = []
    for _ in range(epochs):
        z1 = X @ W1 + b1
        a1 = activation(z1)
        p = sigmoid(a1 @ W2 + b2)
        losses.append(binary_cross_entropy(y, p))
        dz2 = (p - y) / 4
        dW2, db2 = a1.T @ dz2, dz2.sum(axis=0, keepdims=True)
        dz1 = dz2 @ W2.T * activation_grad(z1)
        dW1, db1 = X.T @ dz1, dz1.sum(axis=0, keepdims=True)
        W1, b1, W2, b2 = W1 - lr * dW1, b1 - lr * db1, W2 - lr * dW2, b2 - lr * db2
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}, losses


# %% [wrong] four hidden units written in (rows 46, 47)
# hint: params has no effect
def train(params, X, y, activation, activation_grad, epochs=5000, lr=0.1):
    params = init_params(0, n_hidden=4)
    losses = []
    for _ in range(epochs):
        losses.append(binary_cross_entropy(y, forward(params, X, activation)[-1]))
        grads = backward(params, X, y, activation, activation_grad)
        params = gradient_step(params, grads, lr)
    return params, losses


# %% [wrong] starts from zeros (row 47)
# hint: params has no effect
# also: parameters and the data
def train(params, X, y, activation, activation_grad, epochs=5000, lr=0.1):
    params = {name: np.zeros_like(value) for name, value in params.items()}
    losses = []
    for _ in range(epochs):
        losses.append(binary_cross_entropy(y, forward(params, X, activation)[-1]))
        grads = backward(params, X, y, activation, activation_grad)
        params = gradient_step(params, grads, lr)
    return params, losses


# %% [wrong] starts from constants (row 47)
# hint: params has no effect
# also: parameters and the data
def train(params, X, y, activation, activation_grad, epochs=5000, lr=0.1):
    params = {name: np.full_like(value, 0.5) for name, value in params.items()}
    losses = []
    for _ in range(epochs):
        losses.append(binary_cross_entropy(y, forward(params, X, activation)[-1]))
        grads = backward(params, X, y, activation, activation_grad)
        params = gradient_step(params, grads, lr)
    return params, losses


# %% [wrong] starts from its own random weights (row 47)
# hint: params has no effect
# also: parameters and the data
def train(params, X, y, activation, activation_grad, epochs=5000, lr=0.1):
    params = init_params(42, n_hidden=params["W1"].shape[1])
    losses = []
    for _ in range(epochs):
        losses.append(binary_cross_entropy(y, forward(params, X, activation)[-1]))
        grads = backward(params, X, y, activation, activation_grad)
        params = gradient_step(params, grads, lr)
    return params, losses


# %% [wrong] biases set to zero at the start (row 47)
# hint: biases are set to zero at the start
def train(params, X, y, activation, activation_grad, epochs=5000, lr=0.1):
    params = {**params, "b1": 0 * params["b1"], "b2": 0 * params["b2"]}
    losses = []
    for _ in range(epochs):
        losses.append(binary_cross_entropy(y, forward(params, X, activation)[-1]))
        grads = backward(params, X, y, activation, activation_grad)
        params = gradient_step(params, grads, lr)
    return params, losses


# %% [wrong] epochs ignored
# hint: epochs has no effect
# also: does it stop early, or leave some out
def train(params, X, y, activation, activation_grad, epochs=5000, lr=0.1):
    losses = []
    for _ in range(1000):
        losses.append(binary_cross_entropy(y, forward(params, X, activation)[-1]))
        grads = backward(params, X, y, activation, activation_grad)
        params = gradient_step(params, grads, lr)
    return params, losses


# %% [wrong] lr ignored
# hint: lr has no effect
def train(params, X, y, activation, activation_grad, epochs=5000, lr=0.1):
    losses = []
    for _ in range(epochs):
        losses.append(binary_cross_entropy(y, forward(params, X, activation)[-1]))
        grads = backward(params, X, y, activation, activation_grad)
        params = gradient_step(params, grads, 0.1)
    return params, losses


# %% [wrong] default lr of 0.5
# hint: the defaults are not those of the stub
def train(params, X, y, activation, activation_grad, epochs=5000, lr=0.5):
    losses = []
    for _ in range(epochs):
        losses.append(binary_cross_entropy(y, forward(params, X, activation)[-1]))
        grads = backward(params, X, y, activation, activation_grad)
        params = gradient_step(params, grads, lr)
    return params, losses


# %% [wrong] default of 1000 epochs
# hint: The default number of epochs is not that
def train(params, X, y, activation, activation_grad, epochs=1000, lr=0.1):
    losses = []
    for _ in range(epochs):
        losses.append(binary_cross_entropy(y, forward(params, X, activation)[-1]))
        grads = backward(params, X, y, activation, activation_grad)
        params = gradient_step(params, grads, lr)
    return params, losses


# %% [wrong] no defaults
# hint: Keep the parameters as they stand in the stub
def train(params, X, y, activation, activation_grad, epochs, lr):
    losses = []
    for _ in range(epochs):
        losses.append(binary_cross_entropy(y, forward(params, X, activation)[-1]))
        grads = backward(params, X, y, activation, activation_grad)
        params = gradient_step(params, grads, lr)
    return params, losses


# %% [wrong] sigmoid, whatever the activation
# hint: activation_grad has no effect
def train(params, X, y, activation, activation_grad, epochs=5000, lr=0.1):
    losses = []
    for _ in range(epochs):
        losses.append(binary_cross_entropy(y, forward(params, X, activation)[-1]))
        grads = backward(params, X, y, sigmoid, lambda z: sigmoid(z) * (1 - sigmoid(z)))
        params = gradient_step(params, grads, lr)
    return params, losses


# %% [wrong] the squared error's gradient (row 33)
# hint: gradient of half the mean squared error
def train(params, X, y, activation, activation_grad, epochs=5000, lr=0.1):
    W1, b1, W2, b2 = (params[name].copy() for name in ("W1", "b1", "W2", "b2"))
    losses = []
    for _ in range(epochs):
        z1 = X @ W1 + b1
        a1 = activation(z1)
        p = sigmoid(a1 @ W2 + b2)
        losses.append(binary_cross_entropy(y, p))
        dz2 = (p - y) * p * (1 - p) / len(X)
        dW2, db2 = a1.T @ dz2, dz2.sum(axis=0, keepdims=True)
        dz1 = dz2 @ W2.T * activation_grad(z1)
        dW1, db1 = X.T @ dz1, dz1.sum(axis=0, keepdims=True)
        W1, b1, W2, b2 = W1 - lr * dW1, b1 - lr * db1, W2 - lr * dW2, b2 - lr * db2
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}, losses


# %% [wrong] no hidden slope (row 39)
# hint: slope of the activation is left out
def train(params, X, y, activation, activation_grad, epochs=5000, lr=0.1):
    W1, b1, W2, b2 = (params[name].copy() for name in ("W1", "b1", "W2", "b2"))
    losses = []
    for _ in range(epochs):
        z1 = X @ W1 + b1
        a1 = activation(z1)
        p = sigmoid(a1 @ W2 + b2)
        losses.append(binary_cross_entropy(y, p))
        dz2 = (p - y) / len(X)
        dW2, db2 = a1.T @ dz2, dz2.sum(axis=0, keepdims=True)
        dz1 = dz2 @ W2.T
        dW1, db1 = X.T @ dz1, dz1.sum(axis=0, keepdims=True)
        W1, b1, W2, b2 = W1 - lr * dW1, b1 - lr * db1, W2 - lr * dW2, b2 - lr * db2
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}, losses


# %% [wrong] the slope at a1 (row 36)
# hint: activation_grad is taken at a1
def train(params, X, y, activation, activation_grad, epochs=5000, lr=0.1):
    W1, b1, W2, b2 = (params[name].copy() for name in ("W1", "b1", "W2", "b2"))
    losses = []
    for _ in range(epochs):
        z1 = X @ W1 + b1
        a1 = activation(z1)
        p = sigmoid(a1 @ W2 + b2)
        losses.append(binary_cross_entropy(y, p))
        dz2 = (p - y) / len(X)
        dW2, db2 = a1.T @ dz2, dz2.sum(axis=0, keepdims=True)
        dz1 = dz2 @ W2.T * activation_grad(a1)
        dW1, db1 = X.T @ dz1, dz1.sum(axis=0, keepdims=True)
        W1, b1, W2, b2 = W1 - lr * dW1, b1 - lr * db1, W2 - lr * dW2, b2 - lr * db2
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}, losses


# %% [wrong] y - p, still subtracted (row 34)
# hint: step goes uphill
def train(params, X, y, activation, activation_grad, epochs=5000, lr=0.1):
    W1, b1, W2, b2 = (params[name].copy() for name in ("W1", "b1", "W2", "b2"))
    losses = []
    for _ in range(epochs):
        z1 = X @ W1 + b1
        a1 = activation(z1)
        p = sigmoid(a1 @ W2 + b2)
        losses.append(binary_cross_entropy(y, p))
        dz2 = (y - p) / len(X)
        dW2, db2 = a1.T @ dz2, dz2.sum(axis=0, keepdims=True)
        dz1 = dz2 @ W2.T * activation_grad(z1)
        dW1, db1 = X.T @ dz1, dz1.sum(axis=0, keepdims=True)
        W1, b1, W2, b2 = W1 - lr * dW1, b1 - lr * db1, W2 - lr * dW2, b2 - lr * db2
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}, losses


# %% [wrong] plus: uphill (row 34)
# hint: step goes uphill
def train(params, X, y, activation, activation_grad, epochs=5000, lr=0.1):
    losses = []
    for _ in range(epochs):
        losses.append(binary_cross_entropy(y, forward(params, X, activation)[-1]))
        grads = backward(params, X, y, activation, activation_grad)
        params = gradient_step(params, grads, -lr)
    return params, losses


# %% [wrong] stops when the loss is below 0.1
# hint: does it stop early, or leave some out
def train(params, X, y, activation, activation_grad, epochs=5000, lr=0.1):
    losses = []
    for _ in range(epochs):
        loss = binary_cross_entropy(y, forward(params, X, activation)[-1])
        losses.append(loss)
        if loss < 0.1:
            break
        grads = backward(params, X, y, activation, activation_grad)
        params = gradient_step(params, grads, lr)
    return params, losses


# %% [wrong] stops when the loss has settled
# hint: does it stop early, or leave some out
def train(params, X, y, activation, activation_grad, epochs=5000, lr=0.1):
    losses = []
    for _ in range(epochs):
        losses.append(binary_cross_entropy(y, forward(params, X, activation)[-1]))
        if len(losses) > 1 and abs(losses[-1] - losses[-2]) < 1e-4:
            break
        grads = backward(params, X, y, activation, activation_grad)
        params = gradient_step(params, grads, lr)
    return params, losses


# %% [wrong] holds still below 0.05, the losses filled up
# also: does something change on the way
def train(params, X, y, activation, activation_grad, epochs=5000, lr=0.1):
    losses = []
    for _ in range(epochs):
        losses.append(binary_cross_entropy(y, forward(params, X, activation)[-1]))
        grads = backward(params, X, y, activation, activation_grad)
        if losses[-1] >= 0.05:
            params = gradient_step(params, grads, lr)
    return params, losses


# %% [wrong] lr falls from epoch to epoch
# hint: does something change on the way
def train(params, X, y, activation, activation_grad, epochs=5000, lr=0.1):
    losses = []
    for i in range(epochs):
        losses.append(binary_cross_entropy(y, forward(params, X, activation)[-1]))
        grads = backward(params, X, y, activation, activation_grad)
        params = gradient_step(params, grads, lr / (1 + 0.001 * i))
    return params, losses


# %% [wrong] lr halved after 1000 epochs: wrong only then
# hint: does something change on the way
def train(params, X, y, activation, activation_grad, epochs=5000, lr=0.1):
    losses = []
    for i in range(epochs):
        losses.append(binary_cross_entropy(y, forward(params, X, activation)[-1]))
        grads = backward(params, X, y, activation, activation_grad)
        params = gradient_step(params, grads, lr if i < 1000 else lr / 2)
    return params, losses


# %% [wrong] lr held to at most 1: wrong only beyond
# also: look at what one step does
def train(params, X, y, activation, activation_grad, epochs=5000, lr=0.1):
    lr = min(lr, 1.0)
    losses = []
    for _ in range(epochs):
        losses.append(binary_cross_entropy(y, forward(params, X, activation)[-1]))
        grads = backward(params, X, y, activation, activation_grad)
        params = gradient_step(params, grads, lr)
    return params, losses


# %% [wrong] momentum
# hint: momentum is not asked for
def train(params, X, y, activation, activation_grad, epochs=5000, lr=0.1):
    losses = []
    velocity = dict.fromkeys(params, 0.0)
    for _ in range(epochs):
        losses.append(binary_cross_entropy(y, forward(params, X, activation)[-1]))
        grads = backward(params, X, y, activation, activation_grad)
        velocity = {name: 0.9 * velocity[name] + grads[name] for name in params}
        params = gradient_step(params, velocity, lr)
    return params, losses


# %% [wrong] one row at a time
# hint: one step for each row
def train(params, X, y, activation, activation_grad, epochs=5000, lr=0.1):
    losses = []
    for _ in range(epochs):
        losses.append(binary_cross_entropy(y, forward(params, X, activation)[-1]))
        for x, target in zip(X, y, strict=True):
            grads = backward(params, x[None], target[None], activation, activation_grad)
            params = gradient_step(params, grads, lr)
    return params, losses


# %% [wrong] rows in turn, one an epoch
# hint: looks at one row alone
def train(params, X, y, activation, activation_grad, epochs=5000, lr=0.1):
    losses = []
    for i in range(epochs):
        losses.append(binary_cross_entropy(y, forward(params, X, activation)[-1]))
        k = i % len(X)
        grads = backward(params, X[k : k + 1], y[k : k + 1], activation, activation_grad)
        params = gradient_step(params, grads, lr)
    return params, losses


# %% [wrong] the gradient of the first epoch for all
# hint: The gradient of the first epoch is used in all
def train(params, X, y, activation, activation_grad, epochs=5000, lr=0.1):
    losses = []
    grads = backward(params, X, y, activation, activation_grad)
    for _ in range(epochs):
        losses.append(binary_cross_entropy(y, forward(params, X, activation)[-1]))
        params = gradient_step(params, grads, lr)
    return params, losses


# %% [wrong] gradients summed up: never reset
# hint: Gradients pile up from epoch to epoch
def train(params, X, y, activation, activation_grad, epochs=5000, lr=0.1):
    losses = []
    total = dict.fromkeys(params, 0.0)
    for _ in range(epochs):
        losses.append(binary_cross_entropy(y, forward(params, X, activation)[-1]))
        grads = backward(params, X, y, activation, activation_grad)
        total = {name: total[name] + grads[name] for name in params}
        params = gradient_step(params, total, lr)
    return params, losses


# %% [wrong] the step not assigned: nothing learnt
# hint: returned are those it started from
def train(params, X, y, activation, activation_grad, epochs=5000, lr=0.1):
    losses = []
    for _ in range(epochs):
        losses.append(binary_cross_entropy(y, forward(params, X, activation)[-1]))
        grads = backward(params, X, y, activation, activation_grad)
        gradient_step(params, grads, lr)
    return params, losses


# %% [wrong] only layer 2 trained
# hint: Only W2 and b2 are trained
def train(params, X, y, activation, activation_grad, epochs=5000, lr=0.1):
    losses = []
    for _ in range(epochs):
        losses.append(binary_cross_entropy(y, forward(params, X, activation)[-1]))
        grads = backward(params, X, y, activation, activation_grad)
        params = {**params, **{name: params[name] - lr * grads[name] for name in ("W2", "b2")}}
    return params, losses


# %% [wrong] the pair in the other order
# hint: The order of the two matters
def train(params, X, y, activation, activation_grad, epochs=5000, lr=0.1):
    losses = []
    for _ in range(epochs):
        losses.append(binary_cross_entropy(y, forward(params, X, activation)[-1]))
        grads = backward(params, X, y, activation, activation_grad)
        params = gradient_step(params, grads, lr)
    return losses, params


# %% [wrong] only the parameters
# hint: Two things are to be returned
def train(params, X, y, activation, activation_grad, epochs=5000, lr=0.1):
    losses = []
    for _ in range(epochs):
        losses.append(binary_cross_entropy(y, forward(params, X, activation)[-1]))
        grads = backward(params, X, y, activation, activation_grad)
        params = gradient_step(params, grads, lr)
    return params


# %% [wrong] returns in the loop
# hint: There is one loss only
def train(params, X, y, activation, activation_grad, epochs=5000, lr=0.1):
    losses = []
    for _ in range(epochs):
        losses.append(binary_cross_entropy(y, forward(params, X, activation)[-1]))
        grads = backward(params, X, y, activation, activation_grad)
        params = gradient_step(params, grads, lr)
        return params, losses


# %% [wrong] X standardised in place (row 14)
# hint: Build a new array or dict
def train(params, X, y, activation, activation_grad, epochs=5000, lr=0.1):
    X -= X.mean(axis=0)
    X /= X.std(axis=0) + 1e-12
    losses = []
    for _ in range(epochs):
        losses.append(binary_cross_entropy(y, forward(params, X, activation)[-1]))
        grads = backward(params, X, y, activation, activation_grad)
        params = gradient_step(params, grads, lr)
    return params, losses


# %% [wrong] losses gathered over calls: a mutable default
# hint: keeps losses of earlier calls
# also: There are more losses than epochs
def train(params, X, y, activation, activation_grad, epochs=5000, lr=0.1, losses=[]):
    for _ in range(epochs):
        losses.append(binary_cross_entropy(y, forward(params, X, activation)[-1]))
        grads = backward(params, X, y, activation, activation_grad)
        params = gradient_step(params, grads, lr)
    return params, losses


# %% [wrong] the loss of the first row alone
# hint: losses of the first row alone
def train(params, X, y, activation, activation_grad, epochs=5000, lr=0.1):
    losses = []
    for _ in range(epochs):
        losses.append(binary_cross_entropy(y[:1], forward(params, X, activation)[-1][:1]))
        grads = backward(params, X, y, activation, activation_grad)
        params = gradient_step(params, grads, lr)
    return params, losses


# %% [right] the parts called in turn
def train(params, X, y, activation, activation_grad, epochs=5000, lr=0.1):
    losses = []
    for _ in range(epochs):
        losses.append(binary_cross_entropy(y, forward(params, X, activation)[-1]))
        grads = backward(params, X, y, activation, activation_grad)
        params = gradient_step(params, grads, lr)
    return params, losses


# %% [right] losses in an array
def train(params, X, y, activation, activation_grad, epochs=5000, lr=0.1):
    losses = np.zeros(epochs)
    for i in range(epochs):
        losses[i] = binary_cross_entropy(y, forward(params, X, activation)[-1])
        grads = backward(params, X, y, activation, activation_grad)
        params = gradient_step(params, grads, lr)
    return params, losses


# %% [right] deepcopy, then in place
import copy


def train(params, X, y, activation, activation_grad, epochs=5000, lr=0.1):
    params = copy.deepcopy(params)
    losses = []
    for _ in range(epochs):
        losses.append(binary_cross_entropy(y, forward(params, X, activation)[-1]))
        grads = backward(params, X, y, activation, activation_grad)
        for name in params:
            params[name] -= lr * grads[name]
    return params, losses


# %% [right] arrays copied, then in place
def train(params, X, y, activation, activation_grad, epochs=5000, lr=0.1):
    params = {name: np.array(value) for name, value in params.items()}
    losses = []
    for _ in range(epochs):
        losses.append(binary_cross_entropy(y, forward(params, X, activation)[-1]))
        grads = backward(params, X, y, activation, activation_grad)
        for name, gradient in grads.items():
            params[name] -= lr * gradient
    return params, losses


# %% [right] gradient first, loss second, step last
def train(params, X, y, activation, activation_grad, epochs=5000, lr=0.1):
    losses = []
    for _ in range(epochs):
        grads = backward(params, X, y, activation, activation_grad)
        losses.append(binary_cross_entropy(y, forward(params, X, activation)[-1]))
        params = gradient_step(params, grads, lr)
    return params, losses


# %% [right] a while loop
def train(params, X, y, activation, activation_grad, epochs=5000, lr=0.1):
    losses = []
    while len(losses) < epochs:
        losses.append(binary_cross_entropy(y, forward(params, X, activation)[-1]))
        grads = backward(params, X, y, activation, activation_grad)
        params = gradient_step(params, grads, lr)
    return params, losses


# %% [right] prints as it goes
def train(params, X, y, activation, activation_grad, epochs=5000, lr=0.1):
    losses = []
    for epoch in range(epochs):
        losses.append(binary_cross_entropy(y, forward(params, X, activation)[-1]))
        grads = backward(params, X, y, activation, activation_grad)
        if epoch % 1000 == 0:
            print(f"epoch {epoch}: loss {losses[-1]:.4f}")
        params = gradient_step(params, grads, lr)
    return params, losses


# %% [right] everything in one loop
def train(params, X, y, activation, activation_grad, epochs=5000, lr=0.1):
    W1, b1, W2, b2 = (params[name].copy() for name in ("W1", "b1", "W2", "b2"))
    losses = []
    for _ in range(epochs):
        z1 = X @ W1 + b1
        a1 = activation(z1)
        p = sigmoid(a1 @ W2 + b2)
        losses.append(binary_cross_entropy(y, p))
        dz2 = (p - y) / len(X)
        dW2, db2 = a1.T @ dz2, dz2.sum(axis=0, keepdims=True)
        dz1 = dz2 @ W2.T * activation_grad(z1)
        dW1, db1 = X.T @ dz1, dz1.sum(axis=0, keepdims=True)
        W1, b1, W2, b2 = W1 - lr * dW1, b1 - lr * db1, W2 - lr * dW2, b2 - lr * db2
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}, losses


# %% [right] everything in one loop, layer 2 first but from the old W2
def train(params, X, y, activation, activation_grad, epochs=5000, lr=0.1):
    W1, b1, W2, b2 = (params[name].copy() for name in ("W1", "b1", "W2", "b2"))
    losses = []
    for _ in range(epochs):
        z1 = X @ W1 + b1
        a1 = activation(z1)
        p = sigmoid(a1 @ W2 + b2)
        losses.append(binary_cross_entropy(y, p))
        dz2 = (p - y) / len(X)
        dW2, db2 = a1.T @ dz2, dz2.sum(axis=0, keepdims=True)
        dz1 = dz2 @ W2.T * activation_grad(z1)
        dW1, db1 = X.T @ dz1, dz1.sum(axis=0, keepdims=True)
        W2 -= lr * dW2
        b2 -= lr * db2
        W1 -= lr * dW1
        b1 -= lr * db1
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}, losses


# %% [right] a generator of steps
def descent(params, X, y, activation, activation_grad, lr):
    while True:
        loss = binary_cross_entropy(y, forward(params, X, activation)[3])
        params = gradient_step(params, backward(params, X, y, activation, activation_grad), lr)
        yield params, float(loss)


def train(params, X, y, activation, activation_grad, epochs=5000, lr=0.1):
    losses = []
    steps = descent(params, X, y, activation, activation_grad, lr)
    for _, (params, loss) in zip(range(epochs), steps):
        losses.append(loss)
    return params, losses


# %% [right] a trainer class, bound to the name
class Trainer:
    def __call__(self, params, X, y, activation, activation_grad, epochs=5000, lr=0.1):
        self.params, self.losses = params, []
        for _ in range(epochs):
            self.losses.append(binary_cross_entropy(y, forward(self.params, X, activation)[-1]))
            grads = backward(self.params, X, y, activation, activation_grad)
            self.params = gradient_step(self.params, grads, lr)
        return self.params, self.losses


train = Trainer()


# %% [right] the name of its own loss, lists in the list
def train(params, X, y, activation, activation_grad, epochs=5000, lr=0.1):
    history = []
    for _ in range(epochs):
        a2 = np.clip(forward(params, X, activation)[-1], 1e-10, 1 - 1e-10)
        history.append(-(y * np.log(a2) + (1 - y) * np.log(1 - a2)).mean().item())
        grads = backward(params, X, y, activation, activation_grad)
        params = gradient_step(params, grads, lr)
    return params, history


# %% [wrong] the sign of the step turns after 500 epochs: wrong only then
# hint: later ones are not
def train(params, X, y, activation, activation_grad, epochs=5000, lr=0.1):
    losses = []
    for epoch in range(epochs):
        losses.append(binary_cross_entropy(y, forward(params, X, activation)[-1]))
        grads = backward(params, X, y, activation, activation_grad)
        params = gradient_step(params, grads, lr if epoch < 500 else -lr)
    return params, losses


# %% [right] the loss with 1e-8 added inside
def train(params, X, y, activation, activation_grad, epochs=5000, lr=0.1):
    losses = []
    for _ in range(epochs):
        p = np.asarray(forward(params, X, activation)[-1])
        losses.append(-np.mean(y * np.log(p + 1e-8) + (1 - y) * np.log(1 - p + 1e-8)))
        grads = backward(params, X, y, activation, activation_grad)
        params = gradient_step(params, grads, lr)
    return params, losses


# %% [right] the loss with 1e-7 added inside
def train(params, X, y, activation, activation_grad, epochs=5000, lr=0.1):
    losses = []
    for _ in range(epochs):
        p = np.asarray(forward(params, X, activation)[-1])
        losses.append(-np.mean(y * np.log(p + 1e-7) + (1 - y) * np.log(1 - p + 1e-7)))
        grads = backward(params, X, y, activation, activation_grad)
        params = gradient_step(params, grads, lr)
    return params, losses


# %% [right] the loss clipped at 1e-7
def train(params, X, y, activation, activation_grad, epochs=5000, lr=0.1):
    losses = []
    for _ in range(epochs):
        p = np.clip(forward(params, X, activation)[-1], 1e-7, 1 - 1e-7)
        losses.append(-np.mean(y * np.log(p) + (1 - y) * np.log(1 - p)))
        grads = backward(params, X, y, activation, activation_grad)
        params = gradient_step(params, grads, lr)
    return params, losses


# %% [wrong] the loss with 1e-3 added inside
# also: losses are not those of the parameters | Close, but not equal
def train(params, X, y, activation, activation_grad, epochs=5000, lr=0.1):
    losses = []
    for _ in range(epochs):
        p = np.asarray(forward(params, X, activation)[-1])
        losses.append(-np.mean(y * np.log(p + 1e-3) + (1 - y) * np.log(1 - p + 1e-3)))
        grads = backward(params, X, y, activation, activation_grad)
        params = gradient_step(params, grads, lr)
    return params, losses


# %% [right] the parts captured as default arguments
def train(
    params,
    X,
    y,
    activation,
    activation_grad,
    epochs=5000,
    lr=0.1,
    run=forward,
    loss=binary_cross_entropy,
    slopes=backward,
    step=gradient_step,
):
    losses = []
    for _ in range(epochs):
        losses.append(loss(y, run(params, X, activation)[-1]))
        params = step(params, slopes(params, X, y, activation, activation_grad), lr)
    return params, losses


# %% [right] the parts by other names
fwd, bce, bwd, update = forward, binary_cross_entropy, backward, gradient_step


def train(params, X, y, activation, activation_grad, epochs=5000, lr=0.1):
    losses = []
    for _ in range(epochs):
        losses.append(bce(y, fwd(params, X, activation)[-1]))
        params = update(params, bwd(params, X, y, activation, activation_grad), lr)
    return params, losses


# %% [right] the gradient in a partial
from functools import partial


def train(params, X, y, activation, activation_grad, epochs=5000, lr=0.1):
    slopes = partial(backward, X=X, y=y, activation=activation, activation_grad=activation_grad)
    losses = []
    for _ in range(epochs):
        losses.append(binary_cross_entropy(y, forward(params, X, activation)[-1]))
        params = gradient_step(params, slopes(params), lr)
    return params, losses


# %% [wrong] half the summed squared errors recorded
# hint: what is recorded are halved summed squared errors
def train(params, X, y, activation, activation_grad, epochs=5000, lr=0.1):
    losses = []
    for _ in range(epochs):
        losses.append(0.5 * np.sum((y - forward(params, X, activation)[3]) ** 2))
        slopes = backward(params, X, y, activation, activation_grad)
        params = gradient_step(params, slopes, lr)
    return params, losses


# %% [wrong] recomputes gradient between parameters
# hint: The gradient is taken anew between two parameters: take all of it first
def train(params, X, y, activation, activation_grad, epochs=5000, lr=0.1):
    p = dict(params)
    losses = []
    for _ in range(epochs):
        losses.append(binary_cross_entropy(y, forward(p, X, activation)[3]))
        for k in ("W1", "b1", "W2", "b2"):
            p[k] = p[k] - lr * backward(p, X, y, activation, activation_grad)[k]
    return p, losses


# %% [wrong] hidden slope given as activation by mistake
# hint: backward is given activation and activation_grad in the wrong order
def train(params, X, y, activation, activation_grad, epochs=5000, lr=0.1):
    losses = []
    for _ in range(epochs):
        losses.append(binary_cross_entropy(y, forward(params, X, activation)[3]))
        params = gradient_step(params, backward(params, X, y, activation_grad, activation), lr)
    return params, losses


# %% [wrong] X swapped with y in loss
# hint: The parameters are right; what is recorded are losses with y and p exchanged
def train(params, X, y, activation, activation_grad, epochs=5000, lr=0.1):
    losses = []
    for _ in range(epochs):
        *_, a2 = forward(params, X, activation)
        losses.append(binary_cross_entropy(a2, y))
        grads = backward(params, X, y, activation, activation_grad)
        params = gradient_step(params, grads, lr)
    return params, losses


# %% [wrong] return in the loop
# hint: There is one loss only
def train(params, X, y, activation, activation_grad, epochs=5000, lr=0.1):
    losses = []
    for _ in range(epochs):
        *_, a2 = forward(params, X, activation)
        losses.append(binary_cross_entropy(y, a2))
        grads = backward(params, X, y, activation, activation_grad)
        params = gradient_step(params, grads, lr)
        return params, losses


# %% [wrong] accuracy and not loss
# hint: The parameters are right; what is recorded are shares of right answers
def train(params, X, y, activation, activation_grad, epochs=5000, lr=0.1):
    losses = []
    for _ in range(epochs):
        *_, a2 = forward(params, X, activation)
        losses.append(float(np.mean((a2 >= 0.5) == y)))
        grads = backward(params, X, y, activation, activation_grad)
        params = gradient_step(params, grads, lr)
    return params, losses
