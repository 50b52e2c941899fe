# %% [right] a copy nudged in a loop of its own, both losses at hand
def gradient_errors(params, grads, X, y, activation, h=1e-5):
    errors = {}
    for name in ["W1", "b1", "W2", "b2"]:
        rows, columns = params[name].shape
        numeric = np.zeros((rows, columns))
        for i in range(rows):
            for j in range(columns):
                up = {key: value.copy() for key, value in params.items()}
                down = {key: value.copy() for key, value in params.items()}
                up[name][i, j] += h
                down[name][i, j] -= h
                loss_up = binary_cross_entropy(y, forward(up, X, activation)[3])
                loss_down = binary_cross_entropy(y, forward(down, X, activation)[3])
                numeric[i, j] = (loss_up - loss_down) / (2 * h)
        scale = np.abs(numeric).max()
        if scale == 0:
            scale = 1
        errors[name] = np.abs(grads[name] - numeric).max() / scale
    return errors


# %% [right] nditer, the entry put back where it was
def gradient_errors(params, grads, X, y, activation, h=1e-5):
    params = {k: np.array(v, dtype=float) for k, v in params.items()}
    out = {}
    for key in params:
        theta = params[key]
        num = np.zeros_like(theta)
        it = np.nditer(theta, flags=["multi_index"])
        while not it.finished:
            ix = it.multi_index
            old = theta[ix]
            theta[ix] = old + h
            plus = binary_cross_entropy(y, forward(params, X, activation)[-1])
            theta[ix] = old - h
            minus = binary_cross_entropy(y, forward(params, X, activation)[-1])
            theta[ix] = old
            num[ix] = (plus - minus) / (2 * h)
            it.iternext()
        largest = np.max(np.abs(num))
        out[key] = float(
            np.max(np.abs(np.asarray(grads[key]) - num)) / (largest if largest > 0 else 1.0)
        )
    return out


# %% [right] the caller's own array, put back to the bit
def gradient_errors(params, grads, X, y, activation, h=1e-5):
    def f():
        return binary_cross_entropy(y, forward(params, X, activation)[3])

    res = {}
    for name, p in params.items():
        d = np.empty(p.size)
        for k in range(p.size):
            saved = p.flat[k]
            p.flat[k] = saved + h
            hi = f()
            p.flat[k] = saved - h
            lo = f()
            p.flat[k] = saved
            d[k] = (hi - lo) / (2.0 * h)
        m = max(abs(d)) or 1.0
        res[name] = max(abs(np.ravel(grads[name]) - d)) / m
    return res


# %% [right] one vector of all parameters, taken apart again
def gradient_errors(params, grads, X, y, activation, h=1e-5):
    names = ["W1", "b1", "W2", "b2"]
    shapes = [params[n].shape for n in names]
    sizes = [params[n].size for n in names]
    theta = np.concatenate([params[n].ravel() for n in names])

    def loss(vector):
        parts = np.split(vector, np.cumsum(sizes)[:-1])
        net = {n: part.reshape(s) for n, part, s in zip(names, parts, shapes)}
        return binary_cross_entropy(y, forward(net, X, activation)[3])

    eye = np.eye(len(theta))
    slopes = np.array([(loss(theta + h * e) - loss(theta - h * e)) / (2 * h) for e in eye])
    errors = {}
    for n, d in zip(names, np.split(slopes, np.cumsum(sizes)[:-1])):
        worst = np.abs(grads[n].ravel() - d).max()
        top = np.abs(d).max()
        errors[n] = worst / top if top != 0 else worst
    return errors


# %% [right] nudges as matrices of one entry
def gradient_errors(params, grads, X, y, activation, h=1e-5):
    def slope(name, e):
        up = forward({**params, name: params[name] + h * e}, X, activation)[3]
        down = forward({**params, name: params[name] - h * e}, X, activation)[3]
        return (binary_cross_entropy(y, up) - binary_cross_entropy(y, down)) / (2 * h)

    errors = {}
    for name, value in params.items():
        nudges = np.eye(value.size).reshape(-1, *value.shape)
        d = np.array([slope(name, e) for e in nudges]).reshape(value.shape)
        errors[name] = np.max(np.abs(grads[name] - d)) / (np.max(np.abs(d)) or 1)
    return errors


# %% [right] the loss written out, p kept from 0 and 1 by an added constant
def gradient_errors(params, grads, X, y, activation, h=1e-5):
    eps = 1e-8

    def loss(theta):
        z1 = X @ theta["W1"] + theta["b1"]
        z2 = activation(z1) @ theta["W2"] + theta["b2"]
        p = 1 / (1 + np.exp(-z2))
        return -np.mean(y * np.log(p + eps) + (1 - y) * np.log(1 - p + eps))

    errors = {}
    for name in params:
        worst, largest = 0.0, 0.0
        for index, entry in np.ndenumerate(params[name]):
            nudged = dict(params)
            nudged[name] = params[name].copy()
            nudged[name][index] = entry + h
            above = loss(nudged)
            nudged[name][index] = entry - h
            below = loss(nudged)
            d = (above - below) / (2 * h)
            worst = max(worst, abs(grads[name][index] - d))
            largest = max(largest, abs(d))
        errors[name] = worst / largest if largest else worst
    return errors


# %% [right] deepcopy, numbers as NumPy scalars
import copy


def gradient_errors(params, grads, X, y, activation, h=1e-5):
    result = {}
    for k in params.keys():
        est = np.zeros(params[k].shape)
        for i in np.ndindex(*params[k].shape):
            a, b = copy.deepcopy(params), copy.deepcopy(params)
            a[k][i] = a[k][i] + h
            b[k][i] = b[k][i] - h
            _, _, _, pa = forward(a, X, activation)
            _, _, _, pb = forward(b, X, activation)
            est[i] = (binary_cross_entropy(y, pa) - binary_cross_entropy(y, pb)) / (2 * h)
        den = np.amax(np.absolute(est))
        result[k] = np.amax(np.absolute(np.subtract(grads[k], est))) / np.where(den == 0, 1, den)
    return result


# %% [right] rows and columns counted backwards, values below rounding taken for 0
def gradient_errors(params, grads, X, y, activation, h=1e-5):
    def L(q):
        return binary_cross_entropy(y, forward(q, X, activation)[3])

    errs = {}
    for name in ("b2", "W2", "b1", "W1"):
        D = np.zeros(params[name].shape)
        for r in reversed(range(D.shape[0])):
            for c in reversed(range(D.shape[1])):
                E = np.zeros(D.shape)
                E[r, c] = h
                D[r, c] = (
                    (L({**params, name: params[name] + E}) - L({**params, name: params[name] - E}))
                    / 2
                    / h
                )
        biggest = np.abs(D).max()
        err = np.abs(D - grads[name]).max() / (1.0 if biggest == 0.0 else biggest)
        errs[name] = 0.0 if err < 1e-9 else err
    return errs


# %% [wrong] a difference to one side
# hint: forward difference
# also: is right, | are right,
def gradient_errors(params, grads, X, y, activation, h=1e-5):
    base = binary_cross_entropy(y, forward(params, X, activation)[3])
    errors = {}
    for name in params:
        d = np.zeros(params[name].shape)
        for i in np.ndindex(d.shape):
            moved = params[name].copy()
            moved[i] += h
            d[i] = (
                binary_cross_entropy(y, forward({**params, name: moved}, X, activation)[3]) - base
            ) / h
        errors[name] = np.abs(grads[name] - d).max() / (np.abs(d).max() or 1)
    return errors


# %% [wrong] divided by h, not 2h (row 9)
# hint: 2h
# also: is right, | are right,
def gradient_errors(params, grads, X, y, activation, h=1e-5):
    errors = {}
    for name in params:
        d = np.zeros(params[name].shape)
        for i in np.ndindex(d.shape):
            up, down = params[name].copy(), params[name].copy()
            up[i] += h
            down[i] -= h
            plus = binary_cross_entropy(y, forward({**params, name: up}, X, activation)[3])
            minus = binary_cross_entropy(y, forward({**params, name: down}, X, activation)[3])
            d[i] = (plus - minus) / h
        errors[name] = np.abs(grads[name] - d).max() / (np.abs(d).max() or 1)
    return errors


# %% [wrong] / 2 * h: precedence
# hint: multiplied by h
# also: is right, | are right,
def gradient_errors(params, grads, X, y, activation, h=1e-5):
    errors = {}
    for name in params:
        d = np.zeros(params[name].shape)
        for i in np.ndindex(d.shape):
            up, down = params[name].copy(), params[name].copy()
            up[i] += h
            down[i] -= h
            plus = binary_cross_entropy(y, forward({**params, name: up}, X, activation)[3])
            minus = binary_cross_entropy(y, forward({**params, name: down}, X, activation)[3])
            d[i] = (plus - minus) / 2 * h
        errors[name] = np.abs(grads[name] - d).max() / (np.abs(d).max() or 1)
    return errors


# %% [wrong] minus h first: the sign turned
# hint: sign turned
# also: is right, | are right,
def gradient_errors(params, grads, X, y, activation, h=1e-5):
    errors = {}
    for name in params:
        d = np.zeros(params[name].shape)
        for i in np.ndindex(d.shape):
            up, down = params[name].copy(), params[name].copy()
            up[i] += h
            down[i] -= h
            plus = binary_cross_entropy(y, forward({**params, name: up}, X, activation)[3])
            minus = binary_cross_entropy(y, forward({**params, name: down}, X, activation)[3])
            d[i] = (minus - plus) / (2 * h)
        errors[name] = np.abs(grads[name] - d).max() / (np.abs(d).max() or 1)
    return errors


# %% [wrong] all entries of a parameter nudged together
# hint: All entries are nudged at once
# also: is right, | are right,
def gradient_errors(params, grads, X, y, activation, h=1e-5):
    errors = {}
    for name in params:
        plus = binary_cross_entropy(
            y, forward({**params, name: params[name] + h}, X, activation)[3]
        )
        minus = binary_cross_entropy(
            y, forward({**params, name: params[name] - h}, X, activation)[3]
        )
        d = (plus - minus) / (2 * h)
        errors[name] = np.max(np.abs(grads[name] - d)) / (abs(d) or 1)
    return errors


# %% [wrong] the deviation not divided
# hint: not divided by the largest
# also: is right, | are right,
def gradient_errors(params, grads, X, y, activation, h=1e-5):
    errors = {}
    for name in params:
        d = np.zeros(params[name].shape)
        for i in np.ndindex(d.shape):
            up, down = params[name].copy(), params[name].copy()
            up[i] += h
            down[i] -= h
            plus = binary_cross_entropy(y, forward({**params, name: up}, X, activation)[3])
            minus = binary_cross_entropy(y, forward({**params, name: down}, X, activation)[3])
            d[i] = (plus - minus) / (2 * h)
        errors[name] = np.abs(grads[name] - d).max()
    return errors


# %% [wrong] divided by the sum of the two largest, as CS231n has it by entry
# hint: sum of grads and differences
# also: is right, | are right,
def gradient_errors(params, grads, X, y, activation, h=1e-5):
    errors = {}
    for name in params:
        d = np.zeros(params[name].shape)
        for i in np.ndindex(d.shape):
            up, down = params[name].copy(), params[name].copy()
            up[i] += h
            down[i] -= h
            plus = binary_cross_entropy(y, forward({**params, name: up}, X, activation)[3])
            minus = binary_cross_entropy(y, forward({**params, name: down}, X, activation)[3])
            d[i] = (plus - minus) / (2 * h)
        total = np.abs(grads[name]).max() + np.abs(d).max()
        errors[name] = np.abs(grads[name] - d).max() / (total or 1)
    return errors


# %% [wrong] entry by entry, by the larger of the two
# hint: Each entry is divided by its own
# also: is right, | are right,
def gradient_errors(params, grads, X, y, activation, h=1e-5):
    errors = {}
    for name in params:
        d = np.zeros(params[name].shape)
        for i in np.ndindex(d.shape):
            up, down = params[name].copy(), params[name].copy()
            up[i] += h
            down[i] -= h
            plus = binary_cross_entropy(y, forward({**params, name: up}, X, activation)[3])
            minus = binary_cross_entropy(y, forward({**params, name: down}, X, activation)[3])
            d[i] = (plus - minus) / (2 * h)
        g = grads[name]
        errors[name] = np.max(np.abs(g - d) / np.maximum(1e-8, np.maximum(np.abs(g), np.abs(d))))
    return errors


# %% [wrong] entry by entry, by its own difference
# hint: Each entry is divided by its own slope
# also: is right, | are right,
def gradient_errors(params, grads, X, y, activation, h=1e-5):
    def loss(q):
        return binary_cross_entropy(y, forward(q, X, activation)[3])

    errors = {}
    for name, value in params.items():
        worst = 0.0
        for i in np.ndindex(value.shape):
            e = np.zeros(value.shape)
            e[i] = h
            d = (loss({**params, name: value + e}) - loss({**params, name: value - e})) / (2 * h)
            worst = max(worst, abs(grads[name][i] - d) / abs(d) if d else abs(grads[name][i]))
        errors[name] = worst
    return errors


# %% [wrong] the ratio of norms
# hint: two lengths
# also: is right, | are right,
def gradient_errors(params, grads, X, y, activation, h=1e-5):
    def loss(q):
        return binary_cross_entropy(y, forward(q, X, activation)[3])

    errors = {}
    for name, value in params.items():
        d = np.zeros(value.shape)
        for i in np.ndindex(value.shape):
            e = np.zeros(value.shape)
            e[i] = h
            d[i] = (loss({**params, name: value + e}) - loss({**params, name: value - e})) / (2 * h)
        errors[name] = np.linalg.norm(grads[name] - d) / (np.linalg.norm(d) or 1)
    return errors


# %% [wrong] norms, divided by the sum of both
# hint: ratio of two lengths
# also: is right, | are right,
def gradient_errors(params, grads, X, y, activation, h=1e-5):
    def loss(q):
        return binary_cross_entropy(y, forward(q, X, activation)[3])

    errors = {}
    for name, value in params.items():
        d = np.zeros(value.shape)
        for i in np.ndindex(value.shape):
            e = np.zeros(value.shape)
            e[i] = h
            d[i] = (loss({**params, name: value + e}) - loss({**params, name: value - e})) / (2 * h)
        n = np.linalg.norm
        errors[name] = n(grads[name] - d) / (n(d) + n(grads[name]) or 1)
    return errors


# %% [wrong] no absolute value of the deviation
# hint: absolute value
# also: is right, | are right,
def gradient_errors(params, grads, X, y, activation, h=1e-5):
    def loss(q):
        return binary_cross_entropy(y, forward(q, X, activation)[3])

    errors = {}
    for name, value in params.items():
        d = np.zeros(value.shape)
        for i in np.ndindex(value.shape):
            e = np.zeros(value.shape)
            e[i] = h
            d[i] = (loss({**params, name: value + e}) - loss({**params, name: value - e})) / (2 * h)
        errors[name] = (grads[name] - d).max() / (np.abs(d).max() or 1)
    return errors


# %% [wrong] no absolute value of the slopes below the line
# hint: largest slope needs its absolute value
# also: is right, | are right,
def gradient_errors(params, grads, X, y, activation, h=1e-5):
    def loss(q):
        return binary_cross_entropy(y, forward(q, X, activation)[3])

    errors = {}
    for name, value in params.items():
        d = np.zeros(value.shape)
        for i in np.ndindex(value.shape):
            e = np.zeros(value.shape)
            e[i] = h
            d[i] = (loss({**params, name: value + e}) - loss({**params, name: value - e})) / (2 * h)
        errors[name] = np.abs(grads[name] - d).max() / (d.max() or 1)
    return errors


# %% [wrong] a mean in place of the largest
# hint: mean over the entries
# also: is right, | are right,
def gradient_errors(params, grads, X, y, activation, h=1e-5):
    def loss(q):
        return binary_cross_entropy(y, forward(q, X, activation)[3])

    errors = {}
    for name, value in params.items():
        d = np.zeros(value.shape)
        for i in np.ndindex(value.shape):
            e = np.zeros(value.shape)
            e[i] = h
            d[i] = (loss({**params, name: value + e}) - loss({**params, name: value - e})) / (2 * h)
        errors[name] = np.abs(grads[name] - d).mean() / (np.abs(d).max() or 1)
    return errors


# %% [wrong] the loss of squares
# hint: mean squared error
# also: is right, | are right,
def gradient_errors(params, grads, X, y, activation, h=1e-5):
    def loss(q):
        return np.mean((forward(q, X, activation)[3] - y) ** 2)

    errors = {}
    for name, value in params.items():
        d = np.zeros(value.shape)
        for i in np.ndindex(value.shape):
            e = np.zeros(value.shape)
            e[i] = h
            d[i] = (loss({**params, name: value + e}) - loss({**params, name: value - e})) / (2 * h)
        errors[name] = np.abs(grads[name] - d).max() / (np.abs(d).max() or 1)
    return errors


# %% [wrong] h fixed
# hint: h has no effect
# also: is right, | are right,
def gradient_errors(params, grads, X, y, activation, h=1e-5):
    eps = 1e-5

    def loss(q):
        return binary_cross_entropy(y, forward(q, X, activation)[3])

    errors = {}
    for name, value in params.items():
        d = np.zeros(value.shape)
        for i in np.ndindex(value.shape):
            e = np.zeros(value.shape)
            e[i] = eps
            d[i] = (loss({**params, name: value + e}) - loss({**params, name: value - e})) / (
                2 * eps
            )
        errors[name] = np.abs(grads[name] - d).max() / (np.abs(d).max() or 1)
    return errors


# %% [wrong] a tiny number against division by 0
# hint: divide by 1, not by a tiny number
# also: is right, | are right,
def gradient_errors(params, grads, X, y, activation, h=1e-5):
    def loss(q):
        return binary_cross_entropy(y, forward(q, X, activation)[3])

    errors = {}
    for name, value in params.items():
        d = np.zeros(value.shape)
        for i in np.ndindex(value.shape):
            e = np.zeros(value.shape)
            e[i] = h
            d[i] = (loss({**params, name: value + e}) - loss({**params, name: value - e})) / (2 * h)
        errors[name] = np.abs(grads[name] - d).max() / (np.abs(d).max() + 1e-8)
    return errors


# %% [wrong] nothing against division by 0
# hint: this divides by 0
# also: divides by zero | is right, | are right,
def gradient_errors(params, grads, X, y, activation, h=1e-5):
    def loss(q):
        return binary_cross_entropy(y, forward(q, X, activation)[3])

    errors = {}
    for name, value in params.items():
        d = np.zeros(value.shape)
        for i in np.ndindex(value.shape):
            e = np.zeros(value.shape)
            e[i] = h
            d[i] = (loss({**params, name: value + e}) - loss({**params, name: value - e})) / (2 * h)
        errors[name] = np.abs(grads[name] - d).max() / np.abs(d).max()
    return errors


# %% [wrong] 0 where the loss is flat
# hint: counts as it is
# also: is right, | are right,
def gradient_errors(params, grads, X, y, activation, h=1e-5):
    def loss(q):
        return binary_cross_entropy(y, forward(q, X, activation)[3])

    errors = {}
    for name, value in params.items():
        d = np.zeros(value.shape)
        for i in np.ndindex(value.shape):
            e = np.zeros(value.shape)
            e[i] = h
            d[i] = (loss({**params, name: value + e}) - loss({**params, name: value - e})) / (2 * h)
        top = np.abs(d).max()
        errors[name] = 0.0 if top == 0 else np.abs(grads[name] - d).max() / top
    return errors


# %% [wrong] the caller's arrays nudged and left so (row 43)
# hint: Nudges are not put back | Build a new | copy
def gradient_errors(params, grads, X, y, activation, h=1e-5):
    def loss():
        return binary_cross_entropy(y, forward(params, X, activation)[3])

    errors = {}
    for name, value in params.items():
        d = np.zeros(value.shape)
        for i in np.ndindex(value.shape):
            value[i] += h
            up = loss()
            value[i] -= 2 * h
            d[i] = (up - loss()) / (2 * h)
        errors[name] = np.abs(grads[name] - d).max() / (np.abs(d).max() or 1)
    return errors


# %% [wrong] all errors as one number
# hint: dict
# also: is right, | are right,
def gradient_errors(params, grads, X, y, activation, h=1e-5):
    def loss(q):
        return binary_cross_entropy(y, forward(q, X, activation)[3])

    worst = 0.0
    for name, value in params.items():
        d = np.zeros(value.shape)
        for i in np.ndindex(value.shape):
            e = np.zeros(value.shape)
            e[i] = h
            d[i] = (loss({**params, name: value + e}) - loss({**params, name: value - e})) / (2 * h)
        worst = max(worst, np.abs(grads[name] - d).max() / (np.abs(d).max() or 1))
    return worst


# %% [wrong] an array of errors, one an entry
# hint: A single number is wanted
# also: is right, | are right,
def gradient_errors(params, grads, X, y, activation, h=1e-5):
    def loss(q):
        return binary_cross_entropy(y, forward(q, X, activation)[3])

    errors = {}
    for name, value in params.items():
        d = np.zeros(value.shape)
        for i in np.ndindex(value.shape):
            e = np.zeros(value.shape)
            e[i] = h
            d[i] = (loss({**params, name: value + e}) - loss({**params, name: value - e})) / (2 * h)
        errors[name] = np.abs(grads[name] - d) / (np.abs(d).max() or 1)
    return errors


# %% [wrong] only the weights
# hint: b1 | key
# also: is right, | are right,
def gradient_errors(params, grads, X, y, activation, h=1e-5):
    def loss(q):
        return binary_cross_entropy(y, forward(q, X, activation)[3])

    errors = {}
    for name in ("W1", "W2"):
        value = params[name]
        d = np.zeros(value.shape)
        for i in np.ndindex(value.shape):
            e = np.zeros(value.shape)
            e[i] = h
            d[i] = (loss({**params, name: value + e}) - loss({**params, name: value - e})) / (2 * h)
        errors[name] = np.abs(grads[name] - d).max() / (np.abs(d).max() or 1)
    return errors


# %% [wrong] the differences themselves come back
# hint: A single number is wanted
# also: is right, | are right,
def gradient_errors(params, grads, X, y, activation, h=1e-5):
    def loss(q):
        return binary_cross_entropy(y, forward(q, X, activation)[3])

    slopes = {}
    for name, value in params.items():
        slopes[name] = np.zeros(value.shape)
        for i in np.ndindex(value.shape):
            e = np.zeros(value.shape)
            e[i] = h
            slopes[name][i] = (
                loss({**params, name: value + e}) - loss({**params, name: value - e})
            ) / (2 * h)
    return slopes


# %% [wrong] always fine
# hint: always 0 | has no effect
# also: is right, | are right,
def gradient_errors(params, grads, X, y, activation, h=1e-5):
    return {name: 0.0 for name in params}


# %% [wrong] the nudged copies pile up
# also: b2 is right, W1, b1 and W2 are not | is right, | are right,
def gradient_errors(params, grads, X, y, activation, h=1e-5):
    def loss(q):
        return binary_cross_entropy(y, forward(q, X, activation)[3])

    errors = {}
    for name in params:
        moved = {k: v.copy() for k, v in params.items()}
        d = np.zeros(params[name].shape)
        for i in np.ndindex(d.shape):
            moved[name][i] += h
            up = loss(moved)
            moved[name][i] -= 2 * h
            d[i] = (up - loss(moved)) / (2 * h)
        errors[name] = np.abs(grads[name] - d).max() / (np.abs(d).max() or 1)
    return errors


# %% [wrong] Stanford-style |g-d|/(|g|+|d|)
# hint: This is the ratio of two lengths, over a sum of two: the largest entries are asked for
def gradient_errors(params, grads, X, y, activation, h=1e-5):
    def loss(name, i, s):
        p = {k: v.copy() for k, v in params.items()}
        p[name][i] += s
        return binary_cross_entropy(y, forward(p, X, activation)[3])

    out = {}
    for name, v in params.items():
        d = np.zeros(v.shape)
        for i in np.ndindex(v.shape):
            d[i] = (loss(name, i, h) - loss(name, i, -h)) / (2 * h)
        top = np.linalg.norm(grads[name] - d)
        out[name] = float(top / ((np.linalg.norm(grads[name]) + np.linalg.norm(d)) or 1.0))
    return out


# %% [wrong] nudges add up (never put back)
# hint: Nudges are not put back: each entry is moved from where the parameters were
def gradient_errors(params, grads, X, y, activation, h=1e-5):
    p = {k: v.copy() for k, v in params.items()}
    out = {}
    for name, v in p.items():
        d = np.zeros(v.shape)
        for i in np.ndindex(v.shape):
            p[name][i] += h
            a = binary_cross_entropy(y, forward(p, X, activation)[3])
            p[name][i] -= 2 * h
            b = binary_cross_entropy(y, forward(p, X, activation)[3])
            d[i] = (a - b) / (2 * h)
        out[name] = float(np.abs(grads[name] - d).max() / (np.abs(d).max() or 1.0))
    return out


# %% [wrong] plus 1e-3 in the denominator
# hint: Where all differences are 0, divide by 1, not by a tiny number
def gradient_errors(params, grads, X, y, activation, h=1e-5):
    out = {}
    for name, v in params.items():
        d = np.zeros(v.shape)
        for i in np.ndindex(v.shape):
            e = np.zeros(v.shape)
            e[i] = h
            a = binary_cross_entropy(y, forward({**params, name: v + e}, X, activation)[3])
            b = binary_cross_entropy(y, forward({**params, name: v - e}, X, activation)[3])
            d[i] = (a - b) / (2 * h)
        out[name] = float(np.max(np.abs(grads[name] - d)) / (np.max(np.abs(d)) + 1e-3))
    return out


# %% [wrong] squared deviations
# hint: This is a root of a mean of squares: the largest deviation is asked for
def gradient_errors(params, grads, X, y, activation, h=1e-5):
    out = {}
    for name, v in params.items():
        d = np.zeros(v.shape)
        for i in np.ndindex(v.shape):
            e = np.zeros(v.shape)
            e[i] = h
            a = binary_cross_entropy(y, forward({**params, name: v + e}, X, activation)[3])
            b = binary_cross_entropy(y, forward({**params, name: v - e}, X, activation)[3])
            d[i] = (a - b) / (2 * h)
        out[name] = float(np.sqrt(np.mean((grads[name] - d) ** 2)) / (np.max(np.abs(d)) or 1.0))
    return out


# %% [wrong] one number for all parameters
# hint: One number for all parameters: each has an error of its own
def gradient_errors(params, grads, X, y, activation, h=1e-5):
    worst = big = 0.0
    for name, v in params.items():
        for i in np.ndindex(v.shape):
            e = np.zeros(v.shape)
            e[i] = h
            a = binary_cross_entropy(y, forward({**params, name: v + e}, X, activation)[3])
            b = binary_cross_entropy(y, forward({**params, name: v - e}, X, activation)[3])
            d = (a - b) / (2 * h)
            worst = max(worst, abs(grads[name][i] - d))
            big = max(big, abs(d))
    return {name: float(worst / (big or 1.0)) for name in params}


# %% [wrong] True/False by threshold
# hint: True and False came
def gradient_errors(params, grads, X, y, activation, h=1e-5):
    out = {}
    for name, v in params.items():
        d = np.zeros(v.shape)
        for i in np.ndindex(v.shape):
            e = np.zeros(v.shape)
            e[i] = h
            a = binary_cross_entropy(y, forward({**params, name: v + e}, X, activation)[3])
            b = binary_cross_entropy(y, forward({**params, name: v - e}, X, activation)[3])
            d[i] = (a - b) / (2 * h)
        out[name] = np.max(np.abs(grads[name] - d)) / (np.max(np.abs(d)) or 1.0) > 1e-6
    return out


# %% [wrong] sum in place of difference
# hint: The two losses are added: their difference is divided by 2h
def gradient_errors(params, grads, X, y, activation, h=1e-5):

    def loss(name, index, nudge):
        nudged = params[name].copy()
        nudged[index] += nudge
        *_, a2 = forward({**params, name: nudged}, X, activation)
        return binary_cross_entropy(y, a2)

    errors = {}
    for name, value in params.items():
        slopes = np.zeros(value.shape)
        for index in np.ndindex(value.shape):
            slopes[index] = (loss(name, index, h) + loss(name, index, -h)) / (2 * h)
        largest = np.max(np.abs(slopes))
        errors[name] = float(np.max(np.abs(grads[name] - slopes)) / (largest or 1.0))
    return errors


# %% [wrong] all parameters nudged together
# hint: A whole row is nudged at once: nudge one entry
def gradient_errors(params, grads, X, y, activation, h=1e-5):

    def loss(name, index, nudge):
        nudged = params[name].copy()
        nudged[index[0]] += nudge
        *_, a2 = forward({**params, name: nudged}, X, activation)
        return binary_cross_entropy(y, a2)

    errors = {}
    for name, value in params.items():
        slopes = np.zeros(value.shape)
        for index in np.ndindex(value.shape):
            slopes[index] = (loss(name, index, h) - loss(name, index, -h)) / (2 * h)
        largest = np.max(np.abs(slopes))
        errors[name] = float(np.max(np.abs(grads[name] - slopes)) / (largest or 1.0))
    return errors


# %% [wrong] compares a2, not the loss
# hint: The slopes are those of the mean output: the loss is the mean binary cross-entropy
def gradient_errors(params, grads, X, y, activation, h=1e-5):

    def loss(name, index, nudge):
        nudged = params[name].copy()
        nudged[index] += nudge
        *_, a2 = forward({**params, name: nudged}, X, activation)
        return float(np.mean(a2))

    errors = {}
    for name, value in params.items():
        slopes = np.zeros(value.shape)
        for index in np.ndindex(value.shape):
            slopes[index] = (loss(name, index, h) - loss(name, index, -h)) / (2 * h)
        largest = np.max(np.abs(slopes))
        errors[name] = float(np.max(np.abs(grads[name] - slopes)) / (largest or 1.0))
    return errors


# %% [wrong] nudge multiplies
# hint: The nudge is h times the entry: it is to be h for each
def gradient_errors(params, grads, X, y, activation, h=1e-5):

    def loss(name, index, nudge):
        nudged = params[name].copy()
        nudged[index] *= 1 + nudge
        *_, a2 = forward({**params, name: nudged}, X, activation)
        return binary_cross_entropy(y, a2)

    errors = {}
    for name, value in params.items():
        slopes = np.zeros(value.shape)
        for index in np.ndindex(value.shape):
            slopes[index] = (loss(name, index, h) - loss(name, index, -h)) / (2 * h)
        largest = np.max(np.abs(slopes))
        errors[name] = float(np.max(np.abs(grads[name] - slopes)) / (largest or 1.0))
    return errors


# %% [wrong] difference of the maxima
# hint: The largest gradient is compared with the largest difference: compare entry by entry
def gradient_errors(params, grads, X, y, activation, h=1e-5):

    def loss(name, index, nudge):
        nudged = params[name].copy()
        nudged[index] += nudge
        *_, a2 = forward({**params, name: nudged}, X, activation)
        return binary_cross_entropy(y, a2)

    errors = {}
    for name, value in params.items():
        slopes = np.zeros(value.shape)
        for index in np.ndindex(value.shape):
            slopes[index] = (loss(name, index, h) - loss(name, index, -h)) / (2 * h)
        largest = np.max(np.abs(slopes))
        errors[name] = float(
            abs(np.max(np.abs(grads[name])) - np.max(np.abs(slopes))) / (largest or 1.0)
        )
    return errors
