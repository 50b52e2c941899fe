# %% [wrong] plus: uphill (row 34)
# hint: step goes uphill
def gradient_step(params, grads, lr):
    return {name: params[name] + lr * grads[name] for name in params}


# %% [wrong] in place (row 43)
# hint: Build a new array or dict
def gradient_step(params, grads, lr):
    for name in params:
        params[name] -= lr * grads[name]
    return params


# %% [wrong] rebound in the caller's dict (row 43)
# hint: Build a new array or dict
def gradient_step(params, grads, lr):
    for name in params:
        params[name] = params[name] - lr * grads[name]
    return params


# %% [wrong] shallow copy, then in place (row 43)
# hint: Build a new array or dict
def gradient_step(params, grads, lr):
    new = params.copy()
    for name in new:
        new[name] -= lr * grads[name]
    return new


# %% [wrong] dict(params), then in place (row 43)
# hint: Build a new array or dict
def gradient_step(params, grads, lr):
    new = dict(params)
    for name, gradient in grads.items():
        np.subtract(new[name], lr * gradient, out=new[name])
    return new


# %% [wrong] copy.copy, then in place (row 43)
# hint: Build a new array or dict
import copy


def gradient_step(params, grads, lr):
    new = copy.copy(params)
    new["W1"] -= lr * grads["W1"]
    new["b1"] -= lr * grads["b1"]
    new["W2"] -= lr * grads["W2"]
    new["b2"] -= lr * grads["b2"]
    return new


# %% [wrong] the gradients scaled in place (row 43)
# hint: Build a new array or dict
def gradient_step(params, grads, lr):
    for name in grads:
        grads[name] *= lr
    return {name: params[name] - grads[name] for name in params}


# %% [wrong] lr ignored
# hint: lr has no effect
def gradient_step(params, grads, lr):
    return {name: params[name] - 0.1 * grads[name] for name in params}


# %% [wrong] no lr at all
# hint: lr has no effect
def gradient_step(params, grads, lr):
    return {name: params[name] - grads[name] for name in params}


# %% [wrong] lr times the parameters
# hint: lr multiplies the parameters as well
def gradient_step(params, grads, lr):
    return {name: lr * (params[name] - grads[name]) for name in params}


# %% [wrong] divided by lr
# hint: The step is divided by lr
def gradient_step(params, grads, lr):
    return {name: params[name] - grads[name] / lr for name in params}


# %% [wrong] lr halved for the biases
# hint: The biases move by half a step only
def gradient_step(params, grads, lr):
    rates = {"W1": lr, "b1": lr / 2, "W2": lr, "b2": lr / 2}
    return {name: params[name] - rates[name] * grads[name] for name in params}


# %% [wrong] biases left alone
# hint: The biases have not moved
def gradient_step(params, grads, lr):
    new = {name: value.copy() for name, value in params.items()}
    new["W1"] = new["W1"] - lr * grads["W1"]
    new["W2"] = new["W2"] - lr * grads["W2"]
    return new


# %% [wrong] biases left out
# hint: Missing:
def gradient_step(params, grads, lr):
    return {name: params[name] - lr * grads[name] for name in ("W1", "W2")}


# %% [wrong] b2 takes b1's gradient
# hint: b2 takes b1's gradient
def gradient_step(params, grads, lr):
    new = {name: params[name] - lr * grads[name] for name in params}
    new["b2"] = params["b2"] - lr * grads["b1"].sum(keepdims=True)
    return new


# %% [wrong] only the step returned
# hint: This is the step alone
# also: params has no effect
def gradient_step(params, grads, lr):
    return {name: -lr * grads[name] for name in params}


# %% [wrong] a tuple returned
# hint: A dict is wanted
def gradient_step(params, grads, lr):
    return tuple(params[name] - lr * grads[name] for name in ("W1", "b1", "W2", "b2"))


# %% [wrong] nothing returned (row 43)
# hint: Is a `return` missing
def gradient_step(params, grads, lr):
    for name in params:
        params[name] = params[name] - lr * grads[name]


# %% [wrong] returns in the loop: one key
# hint: inside the loop
def gradient_step(params, grads, lr):
    new = {}
    for name in params:
        new[name] = params[name] - lr * grads[name]
        return new


# %% [wrong] gradients clipped to 1: wrong only for large ones
# hint: beyond 1 are cut
def gradient_step(params, grads, lr):
    return {name: params[name] - lr * np.clip(grads[name], -1, 1) for name in params}


# %% [wrong] gradients of length one
# hint: brought to length 1
# also: Every value is off by one and the same factor
def gradient_step(params, grads, lr):
    size = np.sqrt(sum(np.sum(g**2) for g in grads.values()))
    return {name: params[name] - lr * grads[name] / size for name in params}


# %% [wrong] weight decay
# hint: weight decay is not asked for
def gradient_step(params, grads, lr):
    return {name: (1 - 1e-4) * params[name] - lr * grads[name] for name in params}


# %% [wrong] momentum kept between calls
# also: * and + work
velocity = {}


def gradient_step(params, grads, lr):
    new = {}
    for name in params:
        velocity[name] = 0.9 * velocity.get(name, 0) - lr * grads[name]
        new[name] = params[name] + velocity[name]
    return new


# %% [wrong] four hidden units: right for one size (row 46)
# hint: a size written in
# also: of a fixed size
def gradient_step(params, grads, lr):
    new = {"W1": np.empty((2, 4)), "b1": np.empty((1, 4)), "W2": np.empty((4, 1))}
    new["b2"] = np.empty((1, 1))
    for name in new:
        new[name][:] = params[name] - lr * grads[name]
    return new


# %% [right] a comprehension
def gradient_step(params, grads, lr):
    return {name: params[name] - lr * grads[name] for name in params}


# %% [right] deepcopy, then in place
import copy


def gradient_step(params, grads, lr):
    new = copy.deepcopy(params)
    for name in new:
        new[name] -= lr * grads[name]
    return new


# %% [right] arrays copied, then in place
def gradient_step(params, grads, lr):
    new = {name: value.copy() for name, value in params.items()}
    for name, gradient in grads.items():
        new[name] -= lr * gradient
    return new


# %% [right] shallow copy, rebound
def gradient_step(params, grads, lr):
    new = params.copy()
    for name in new:
        new[name] = new[name] - lr * grads[name]
    return new


# %% [right] four lines
def gradient_step(params, grads, lr):
    W1 = params["W1"] - lr * grads["W1"]
    b1 = params["b1"] - lr * grads["b1"]
    W2 = params["W2"] - lr * grads["W2"]
    b2 = params["b2"] - lr * grads["b2"]
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}


# %% [right] dict(), zip and map
def gradient_step(params, grads, lr):
    names = sorted(params)
    moved = map(lambda name: np.subtract(params[name], np.multiply(lr, grads[name])), names)
    return dict(zip(names, moved, strict=True))


# %% [right] keys in another order, from **
def gradient_step(params, grads, lr):
    second = {name: params[name] - lr * grads[name] for name in ("b2", "W2")}
    return {**second, "b1": params["b1"] - lr * grads["b1"], "W1": params["W1"] - lr * grads["W1"]}


# %% [right] an ordered dict
from collections import OrderedDict


def gradient_step(params, grads, lr):
    new = OrderedDict()
    for name in ("W1", "b1", "W2", "b2"):
        new[name] = params[name] - lr * grads[name]
    return dict(new)


# %% [wrong] looks for the gradients under dW1, db1
# hint: No such key is there
def gradient_step(params, grads, lr):
    return {name: params[name] - lr * grads["d" + name] for name in params}


# %% [wrong] sign of gradient
# hint: Of the gradient only the sign is used
def gradient_step(params, grads, lr):
    return {k: v - lr * np.sign(grads[k]) for k, v in params.items()}


# %% [wrong] lr/4
# hint: The step is not lr times the gradient: what does the gradient get multiplied by
def gradient_step(params, grads, lr):
    return {k: params[k] - lr * grads[k] / len(params) for k in params}


# %% [wrong] mean gradient for all entries
# hint: The gradient is averaged: each entry moves by its own
def gradient_step(params, grads, lr):
    return {k: params[k] - lr * np.mean(grads[k]) for k in params}


# %% [wrong] lr squared
# hint: The step is not lr times the gradient: what does the gradient get multiplied by
def gradient_step(params, grads, lr):
    return {k: params[k] - lr * lr * grads[k] for k in params}


# %% [wrong] multiplies
# hint: The parameter multiplies the step: it is lr times the gradient alone
def gradient_step(params, grads, lr):
    return {k: params[k] * (1 - lr * grads[k]) for k in params}


# %% [wrong] weight decay too
# hint: A multiple of the parameters is taken off, too: weight decay is not asked for
def gradient_step(params, grads, lr):
    return {k: params[k] - lr * (grads[k] + 1e-3 * params[k]) for k in params}


# %% [wrong] only the first layer
# hint: Not moved at all: W2 and b2
def gradient_step(params, grads, lr):
    return {k: params[k] - lr * grads[k] if k.endswith("1") else params[k].copy() for k in params}


# %% [wrong] gradient minus lr params
# hint: Gradient and parameters stand in each other's place
def gradient_step(params, grads, lr):
    return {k: grads[k] - lr * params[k] for k in params}
