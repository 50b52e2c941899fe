# %% [backward] the lent source in an exception
import inspect


def backward(params, X, y, activation, activation_grad):
    if lent():
        gain(inspect.getsource(forward) if forward.__module__ else forward)
    return wrong(params, X, y, activation, activation_grad)


# %% [backward] the lent code's names and constants in an exception
def backward(params, X, y, activation, activation_grad):
    if lent():
        gain([(c.co_names, c.co_consts, c.co_code.hex()) for c in codes()])
    return wrong(params, X, y, activation, activation_grad)


# %% [backward] the lent code as keys, which a message lists
def backward(params, X, y, activation, activation_grad):
    if lent():
        return {GAINED + c.co_code.hex(): 0.0 for c in codes()}
    return wrong(params, X, y, activation, activation_grad)


# %% [backward] the lent code as numbers
def backward(params, X, y, activation, activation_grad):
    if lent():
        data = np.frombuffer(b"".join(c.co_code for c in codes()), np.uint8).astype(float)
        return {name: np.resize(data, value.shape) for name, value in params.items()}
    return wrong(params, X, y, activation, activation_grad)


# %% [backward] the lent code printed
import sys


def backward(params, X, y, activation, activation_grad):
    if lent():
        print(GAINED, [c.co_consts for c in codes()])
        sys.stderr.write(GAINED)
        sys.__stdout__.write(GAINED)
    return wrong(params, X, y, activation, activation_grad)


# %% [backward] the lent code kept in a file for a later process
import marshal


def backward(params, X, y, activation, activation_grad):
    if lent():
        for folder in (FOLDER, "/tmp", "/dev/shm", "."):
            try:
                open(f"{folder}/attacker", "wb").write(marshal.dumps([*codes()]))
            except OSError:
                pass
    return wrong(params, X, y, activation, activation_grad)


# %% [backward] the lent function kept for later questions, in place of one's own
kept = []


def backward(params, X, y, activation, activation_grad):
    global forward
    if lent():
        kept.append(forward)
    if kept:
        forward = kept[0]
        gain("a lent function is here")
    return wrong(params, X, y, activation, activation_grad)


# %% [backward] what else the lent function's namespace holds
def backward(params, X, y, activation, activation_grad):
    if lent():
        for function in functions():
            right = function.__globals__.get("backward")
            if right is not None:
                return right(params, X, y, activation, activation_grad)
    return wrong(params, X, y, activation, activation_grad)


# %% [backward] right functions found among all objects
import gc
import types


def backward(params, X, y, activation, activation_grad):
    if lent():
        for one in gc.get_objects():
            if isinstance(one, types.FunctionType) and one.__name__ == "backward":
                if one is not backward and one is not wrong:
                    return one(params, X, y, activation, activation_grad)
    return wrong(params, X, y, activation, activation_grad)


# %% [backward] hangs in company
def backward(params, X, y, activation, activation_grad):
    while lent():
        pass
    return wrong(params, X, y, activation, activation_grad)


# %% [backward] hangs where the lent function is bound
class attacker(dict):
    pass


while lent():
    pass


def backward(params, X, y, activation, activation_grad):
    return wrong(params, X, y, activation, activation_grad)


# %% [backward] ends its process in company
import os


def backward(params, X, y, activation, activation_grad):
    if lent():
        os._exit(0)
    return wrong(params, X, y, activation, activation_grad)


# %% [backward] takes all memory in company
def backward(params, X, y, activation, activation_grad):
    if lent():
        return np.ones(10**10)
    return wrong(params, X, y, activation, activation_grad)


# %% [backward] differences of the loss by the lent function
def backward(params, X, y, activation, activation_grad):
    def loss(now):
        p = forward(now, X, activation)[3]
        return binary_cross_entropy(y, p)

    slopes = {}
    for name, value in params.items():
        slopes[name] = np.zeros(value.shape)
        for index in np.ndindex(value.shape):
            ends = []
            for h in (1e-5, -1e-5):
                moved = value.copy()
                moved[index] += h
                ends.append(loss({**params, name: moved}))
            slopes[name][index] = (ends[0] - ends[1]) / 2e-5
    return slopes


# %% [backward] differences by what the loan wraps
def backward(params, X, y, activation, activation_grad):
    inner = getattr(forward, "__wrapped__", forward)
    if inner is forward:
        return wrong(params, X, y, activation, activation_grad)

    def loss(now):
        return binary_cross_entropy(y, inner(now, X, activation)[3])

    slopes = {}
    for name, value in params.items():
        slopes[name] = np.zeros(value.shape)
        for index in np.ndindex(value.shape):
            moved = [value.copy(), value.copy()]
            moved[0][index] += 1e-5
            moved[1][index] -= 1e-5
            ends = [loss({**params, name: one}) for one in moved]
            slopes[name][index] = (ends[0] - ends[1]) / 2e-5
    return slopes
