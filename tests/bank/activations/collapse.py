# %% [wrong] W1 W2: the order of the product
# hint: which of the two matrices | is a transpose left out
def collapse(W1, b1, W2, b2):
    return W1 @ W2, W2 @ b1 + b2


# %% [wrong] row-vector order throughout
# hint: is a transpose left out
def collapse(W1, b1, W2, b2):
    return W1 @ W2, b1 @ W2 + b2


# %% [wrong] transposed to make the shapes fit (row 40)
# hint: W is transposed | looks transposed
def collapse(W1, b1, W2, b2):
    return (W2 @ W1).T, W2 @ b1 + b2


# %% [wrong] b1 + b2: b1 not carried through W2
# hint: what does the second layer do
def collapse(W1, b1, W2, b2):
    return W2 @ W1, b1.sum() + b2


# %% [wrong] b1 forgotten
# hint: is left out
def collapse(W1, b1, W2, b2):
    return W2 @ W1, b2


# %% [wrong] b2 forgotten
# hint: is left out
def collapse(W1, b1, W2, b2):
    return np.dot(W2, W1), np.dot(W2, b1)


# %% [wrong] b2 carried through W2 too
# hint: goes through W2 as well
def collapse(W1, b1, W2, b2):
    return W2 @ W1, W2 @ (b1 + b2) if b1.shape == b2.shape else W2 @ b1 + b2.mean()


# %% [wrong] * for @ (row 37)
# hint: is @ meant
def collapse(W1, b1, W2, b2):
    return W2 * W1, W2 * b1 + b2


# %% [wrong] pair in the other order
# hint: order within b
def collapse(W1, b1, W2, b2):
    return W2 @ W1 + 0.0, (W2 @ b1 + b2)[::-1]


# %% [wrong] (b, W) returned
# hint: in another order
def collapse(W1, b1, W2, b2):
    return W2 @ b1 + b2, W2 @ W1


# %% [wrong] only W returned
# hint: A tuple is wanted
def collapse(W1, b1, W2, b2):
    return W2 @ W1


# %% [wrong] bias as a column
# hint: an axis was added or lost
def collapse(W1, b1, W2, b2):
    return W2 @ W1, (W2 @ b1 + b2).reshape(-1, 1)


# %% [wrong] b2 += : the argument changes (row 14)
# hint: Build a new array
def collapse(W1, b1, W2, b2):
    b2 += W2 @ b1
    return W2 @ W1, b2


# %% [wrong] zeros_like(W1): right only for square layers (row 40)
# hint: size written in
def collapse(W1, b1, W2, b2):
    W = np.zeros_like(W1, dtype=float)
    W[:] = W2 @ W1
    return W, W2 @ b1 + b2


# %% [wrong] a tanh between
def collapse(W1, b1, W2, b2):
    return W2 @ np.tanh(W1), W2 @ np.tanh(b1) + b2


# %% [wrong] for two by two only
def collapse(W1, b1, W2, b2):
    W = np.empty((2, 2))
    for i in range(2):
        for j in range(2):
            W[i, j] = W2[i, 0] * W1[0, j] + W2[i, 1] * W1[1, j]
    return W, W2 @ b1 + b2


# %% [right] @
def collapse(W1, b1, W2, b2):
    return W2 @ W1, W2 @ b1 + b2


# %% [right] np.dot
def collapse(W1, b1, W2, b2):
    W = np.dot(W2, W1)
    b = np.dot(W2, b1) + b2
    return W, b


# %% [right] einsum
def collapse(W1, b1, W2, b2):
    return np.einsum("ij,jk->ik", W2, W1), np.einsum("ij,j->i", W2, b1) + b2


# %% [right] three loops
def collapse(W1, b1, W2, b2):
    rows, inner, columns = W2.shape[0], W1.shape[0], W1.shape[1]
    W = np.zeros((rows, columns))
    b = np.array(b2, dtype=float)
    for i in range(rows):
        for k in range(inner):
            b[i] += W2[i, k] * b1[k]
            for j in range(columns):
                W[i, j] += W2[i, k] * W1[k, j]
    return W, b


# %% [right] probing the two layers with unit vectors
def collapse(W1, b1, W2, b2):
    def layers(x):
        return W2 @ (W1 @ x + b1) + b2

    b = layers(np.zeros(W1.shape[1]))
    columns = [layers(unit) - b for unit in np.eye(W1.shape[1])]
    return np.column_stack(columns), b


# %% [right] one augmented matrix
def collapse(W1, b1, W2, b2):
    first = np.vstack([np.column_stack([W1, b1]), np.eye(1, W1.shape[1] + 1, W1.shape[1])])
    both = np.column_stack([W2, b2]) @ first
    return both[:, :-1], both[:, -1]


# %% [right] through transposes
def collapse(W1, b1, W2, b2):
    return (W1.T @ W2.T).T, b1 @ W2.T + b2


# %% [right] lists
def collapse(W1, b1, W2, b2):
    return (W2 @ W1).tolist(), (W2 @ b1 + b2).tolist()


# %% [right] a list of two
def collapse(W1, b1, W2, b2):
    return [np.matmul(W2, W1), np.matmul(W2, b1) + b2]


# %% [wrong] minus sign of bias
# hint: b2 is subtracted
def collapse(W1, b1, W2, b2):
    return W2 @ W1, W2 @ b1 - b2


# %% [wrong] b2 added to W too
# hint: b2 belongs into b alone: it is in W, too
def collapse(W1, b1, W2, b2):
    W = W2 @ W1 + b2[:, None]
    b = W2 @ b1 + b2
    return W, b
