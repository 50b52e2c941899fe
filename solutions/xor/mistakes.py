"""Known mistakes in xor's items, and the hint that each deserves."""

import functools
from types import SimpleNamespace

from autograder.explain import mistake

# --- forward ------------------------------------------------------------------------------


def layer(place, hint, wrong):
    """Keep another layer: a function of the arguments and of the right layers."""

    @mistake(hint, part=place)
    def forward(params, X, activation):
        layers = list(forward(params, X, activation))
        layers[place] = wrong(SimpleNamespace(**params, X=X, f=activation), *layers)
        return tuple(layers)


layer(0, "z1 comes without b1.", lambda at, z1, *_: z1 - at.b1)
layer(0, "b1 is subtracted.", lambda at, z1, *_: z1 - 2 * at.b1)
layer(
    0,
    "z1 is what should be a1: was it overwritten, or is the order another?",
    lambda at, z1, a1, *_: a1,
)
layer(
    0,
    "W1 is reshaped or transposed.",
    lambda at, *_: at.X @ at.W1.T.reshape(at.W1.shape) + at.b1,
)
layer(
    0,
    "The activation is applied to X: the first layer takes it as it is.",
    lambda at, *_: at.f(at.X) @ at.W1 + at.b1,
)
layer(
    2,
    "a1 goes through the sigmoid before the second layer.",
    lambda at, z1, a1, *_: sigmoid(a1) @ at.W2 + at.b2,
)
layer(
    2, "a1 goes through the activation once more.", lambda at, z1, a1, *_: at.f(a1) @ at.W2 + at.b2
)
layer(0, "z1 takes b2: the hidden layer has b1.", lambda at, z1, *_: z1 - at.b1 + at.b2)
layer(
    1,
    "b1 is added after the activation: it belongs inside.",
    lambda at, z1, *_: at.f(z1 - at.b1) + at.b1,
)
layer(1, "The activation is left out.", lambda at, z1, *_: z1)
layer(2, "z2 comes without b2.", lambda at, z1, a1, z2, a2: z2 - at.b2)
layer(2, "b2 is subtracted.", lambda at, z1, a1, z2, a2: z2 - 2 * at.b2)
layer(2, "z2 has gone through the sigmoid already.", lambda at, z1, a1, z2, a2: a2)
layer(2, "The second layer is fed z1, not a1.", lambda at, z1, *_: z1 @ at.W2 + at.b2)
layer(3, "The output is not put through the sigmoid.", lambda at, z1, a1, z2, a2: z2)
layer(
    3,
    "The output goes through the hidden activation, not the sigmoid.",
    lambda at, z1, a1, z2, a2: at.f(z2),
)
layer(
    3,
    "A softmax over a single output is always 1.",
    lambda at, z1, a1, z2, a2: np.ones(a2.shape),
)
layer(3, "The output is rounded to 0 and 1.", lambda at, z1, a1, z2, a2: np.round(a2))
for near in (0.01, 1e-3, 1e-4):
    layer(
        3,
        "Is the output kept away from 0 and 1?",
        lambda at, z1, a1, z2, a2, near=near: np.clip(a2, near, 1 - near),
    )


# --- binary_cross_entropy -----------------------------------------------------------------


def loss(hint, wrong):
    """Keep a loss: a function of the truth and of probabilities that are clipped already."""

    @mistake(hint)
    def binary_cross_entropy(y, p):
        return wrong(y, np.clip(p, 1e-12, 1 - 1e-12))


def surprise(y, p):
    """Return every row's loss."""
    return -(y * np.log(p) + (1 - y) * np.log(1 - p))


loss("This is the sum over the rows, not the mean.", lambda y, p: surprise(y, p).sum())
loss("A loss is positive: where does the minus belong?", lambda y, p: -surprise(y, p).mean())
loss(
    "The minus belongs in front of both halves.",
    lambda y, p: np.mean(-y * np.log(p) + (1 - y) * np.log(1 - p)),
)
loss("The half with 1 - y is missing.", lambda y, p: -np.mean(y * np.log(p)))
loss(
    "Of each row only y log(p) is there, and they are summed.", lambda y, p: -np.sum(y * np.log(p))
)
loss("The half with y is missing.", lambda y, p: -np.mean((1 - y) * np.log(1 - p)))
loss(
    "The logarithm has 1 - p, its factor 1 - y: they are not the same.",
    lambda y, p: -np.mean(y * np.log(p) + (1 - p) * np.log(1 - p)),
)
loss(
    "The factors are y and 1 - y, not p and 1 - p: this is an entropy of p alone.",
    lambda y, p: -np.mean(p * np.log(p) + (1 - p) * np.log(1 - p)),
)
loss(
    "Each class has a mean of its own here: it is one mean over all rows.",
    lambda y, p: sum(surprise(y, p)[y == one].mean() for one in (0, 1) if np.any(y == one)),
)
loss(
    "Each class has a mean of its own here: it is one mean over all rows.",
    lambda y, p: np.mean([surprise(y, p)[y == one].mean() for one in (0, 1) if np.any(y == one)]),
)
loss(
    "It is divided by the root of the number of rows.",
    lambda y, p: surprise(y, p).sum() / np.sqrt(len(y)),
)
for near in (1e-15, 1e-12, 1e-10, 1e-8, 1e-7):
    loss(
        "p is rounded to 0 and 1 before the logarithm: it takes the probability itself.",
        lambda y, p, near=near: surprise(y, np.clip(np.round(p), near, 1 - near)).mean(),
    )
loss("This is the largest row's loss, not the mean.", lambda y, p: surprise(y, p).max())
loss(
    "The mean is taken before the logarithm: each row has its own.",
    lambda y, p: -np.log(np.mean(y * p + (1 - y) * (1 - p))),
)
loss("This is a mean absolute error.", lambda y, p: np.mean(np.abs(y - p)))
loss(
    "This is the square root of the mean squared error.",
    lambda y, p: np.sqrt(np.mean((y - p) ** 2)),
)
loss(
    "p and 1 - p stand in each other's place.",
    lambda y, p: -np.mean((1 - y) * np.log(p) + y * np.log(1 - p)),
)
loss(
    "Parentheses: 1 - y needs them where it is a factor.",
    lambda y, p: -np.mean(y * np.log(p) + 1 - y * np.log(1 - p)),
)
loss("The mean is taken twice.", lambda y, p: surprise(y, p).mean() / len(y))
loss("The mean is halved.", lambda y, p: surprise(y, p).mean() / 2)
loss("It is divided by 4, whatever the number of rows.", lambda y, p: surprise(y, p).sum() / 4)
loss(
    "The logarithm is to base 2, not the natural one.",
    lambda y, p: surprise(y, p).mean() / np.log(2),
)
loss(
    "The logarithm is to base 10, not the natural one.",
    lambda y, p: surprise(y, p).mean() / np.log(10),
)
loss(
    "Parentheses: it is the logarithm of the difference.",
    lambda y, p: -np.mean(y * np.log(p) + (1 - y) * (1 - np.log(p))),
)
loss(
    "There is a plus where 1 - p belongs.",
    lambda y, p: -np.mean(y * np.log(p) + (1 - y) * np.log(1 + p)),
)
loss("The same logarithm stands in both halves.", lambda y, p: -np.mean(np.log(p)))
loss(
    "y and p stand in each other's place.",
    lambda y, p: surprise(p, np.clip(y, 1e-12, 1 - 1e-12)).mean(),
)
loss(
    "p is a probability already: it goes through a sigmoid once more.",
    lambda y, p: surprise(y, sigmoid(p)).mean(),
)
loss("This is a mean squared error.", lambda y, p: np.mean((y - p) ** 2))
loss("This is half a mean squared error.", lambda y, p: np.mean((y - p) ** 2) / 2)
loss("This is the sum of the squared errors.", lambda y, p: np.sum((y - p) ** 2))
loss("This is half the sum of the squared errors.", lambda y, p: np.sum((y - p) ** 2) / 2)
loss("This is the median over the rows, not the mean.", lambda y, p: np.median(surprise(y, p)))
loss(
    "A (n,) array met an (n, 1) array and broadcast to (n, n).",
    lambda y, p: surprise(y.T, p).mean(),
)

for constant in (1e-6, 1e-5, 1e-4, 1e-3, 1e-2):

    @mistake("Is p kept further away from 0 and 1 than need be?")
    def binary_cross_entropy(y, p, near=constant):
        return surprise(y, np.clip(p, near, 1 - near)).mean()

    @mistake("Is something added to p, or to 1 - p, that is larger than need be?")
    def binary_cross_entropy(y, p, more=constant):
        return -np.mean(y * np.log(p + more) + (1 - y) * np.log(1 - p + more))


# --- backward -----------------------------------------------------------------------------

WRONG_GRADIENTS = []  # hint without its first word, function of the arguments of backward


def way_back(params, X, y, activation, activation_grad):
    """Return what the chain rule is made of, each by its name."""
    z1, a1, z2, a2 = forward(params, X, activation)
    return SimpleNamespace(
        **{"n": len(X), "d": X.shape[1], "y": y, "z1": z1, "a1": a1, "z2": z2, "a2": a2},
        **{"b1": params["b1"], "f": activation, "grad": activation_grad},
        inputs=X,
        slope=activation_grad(z1),
        carried=params["W2"],
        hidden=a1,
        error=(a2 - y) / len(X),
    )


def gradient(way):
    """Return the gradient along this way back."""
    delta = way.error @ way.carried.T * way.slope
    return {
        "W1": way.inputs.T @ delta,
        "b1": delta.sum(axis=0, keepdims=True),
        "W2": way.hidden.T @ way.error,
        "b2": way.error.sum(axis=0, keepdims=True),
    }


def other_way(hint, **wrong):
    """Keep the gradient along another way back, of which some parts are functions of the right."""

    def off(*args):
        way = way_back(*args)
        return gradient(SimpleNamespace(**vars(way) | {k: of(way) for k, of in wrong.items()}))

    keep_gradient(hint, off)


def scaled(hint, factor):
    """Keep the gradient times a factor, which is a function of the rows' and columns' number."""

    def off(params, X, *rest):
        right = backward(params, X, *rest)
        return {name: factor(*X.shape) * slopes for name, slopes in right.items()}

    keep_gradient(hint, off)


def keep_gradient(hint, off):
    """Keep a wrong gradient, for `train` as well."""
    WRONG_GRADIENTS.append((hint, off))

    @mistake("{names}: " + hint)
    def backward(params, X, y, activation, activation_grad):
        return off(params, X, y, activation, activation_grad)


def reshaped(values):
    return values.reshape(values.shape[::-1]).T


def one_row(row, way):
    """Return the error with that row's alone left."""
    return np.where(np.arange(way.n)[:, None] == row % way.n, way.error, 0.0)


scaled("right with the sign turned.", lambda n, d: -1)
scaled("0 everywhere.", lambda n, d: 0)
scaled("n times too large, n the number of rows: the loss is a mean.", lambda n, d: n)
scaled("n times too small, n the number of rows: is it averaged twice?", lambda n, d: 1 / n)
scaled("twice too large.", lambda n, d: 2)
scaled("half of what it should be: by 2, or by all of the numbers in X?", lambda n, d: 1 / 2)
scaled("divided by the number of columns, not of rows.", lambda n, d: n / d)
scaled("divided by 4, whatever the number of rows.", lambda n, d: n / 4)
scaled("divided by one row too few.", lambda n, d: n / max(n - 1, 1))
other_way("the slope of the activation is left out.", slope=lambda way: 1.0)
other_way(
    "activation_grad is taken at a1, but it is a function of z1.",
    slope=lambda way: way.grad(way.a1),
)
other_way(
    "activation_grad is taken at z2: it belongs to the hidden layer, at z1.",
    slope=lambda way: way.grad(way.z2),
)
other_way(
    "activation_grad is taken without b1, not at z1.", slope=lambda way: way.grad(way.z1 - way.b1)
)
other_way("the activation stands where activation_grad belongs.", slope=lambda way: way.f(way.z1))
for name, slope in (
    ("the sigmoid's, by way of a1", lambda way: way.a1 * (1 - way.a1)),
    ("that of tanh, by way of a1", lambda way: 1 - way.a1**2),
    ("1 or 0, that of ReLU", lambda way: way.a1 > 0),
    ("that of the sigmoid", lambda way: sigmoid(way.z1) * (1 - sigmoid(way.z1))),
    ("that of tanh", lambda way: 1 - np.tanh(way.z1) ** 2),
):
    other_way(
        f"the slope is always {name}, whatever the activation; use activation_grad.", slope=slope
    )
other_way("the slope of the activation comes in twice.", slope=lambda way: way.slope**2)
other_way(
    "the slope of the activation is averaged over the rows.",
    slope=lambda way: way.slope.mean(axis=0),
)
other_way(
    "the gradient of W2 stands where W2 belongs.", carried=lambda way: way.hidden.T @ way.error
)
other_way("W2 is left out on the way back.", carried=lambda way: np.ones(way.carried.shape))
other_way("W2 has lost its signs on the way back.", carried=lambda way: np.abs(way.carried))
for rate in (1.0, 0.5, 0.1, 0.01, 0.001):
    other_way(
        "W2 was changed before it was used on the way back.",
        carried=lambda way, rate=rate: way.carried - rate * way.hidden.T @ way.error,
    )
RESHAPED = "the shape is right, the order is not: is a transpose left out, or done by reshape?"
other_way(RESHAPED, inputs=lambda way: reshaped(way.inputs))
other_way(RESHAPED, hidden=lambda way: reshaped(way.hidden))
other_way("z1 stands where a1 belongs.", hidden=lambda way: way.z1)
SQUARED_ERRORS = {
    f"this is the gradient of {squares} squared error: the loss here is the binary "
    "cross-entropy.": (lambda way, factor=factor: factor(way.n) * way.error * way.a2 * (1 - way.a2))
    for squares, factor in (
        ("half the mean", lambda n: 1),
        ("the mean", lambda n: 2),
        ("half the summed", lambda n: n),
        ("the summed", lambda n: 2 * n),
    )
}
for hint, error in SQUARED_ERRORS.items():
    other_way(hint, error=error)
other_way(
    "the hidden activation's slope is used at the output, which is a sigmoid.",
    error=lambda way: way.error * way.grad(way.z2),
)
other_way(
    "the error is taken of z2, not of the probability a2.",
    error=lambda way: (way.z2 - way.y) / way.n,
)
other_way(
    "the error has lost its signs: a2 - y may be negative.", error=lambda way: np.abs(way.error)
)
other_way("the error is squared.", error=lambda way: way.error**2 * way.n)
other_way(
    "the error is only where y is 1: the half with 1 - y counts as well.",
    error=lambda way: way.error * way.y,
)
other_way(
    "the slope of the output's sigmoid is left out: the loss's derivative in p does not hold it.",
    error=lambda way: way.error / (way.a2 * (1 - way.a2)),
)
other_way(
    "the error is that of the rounded output, but the loss is one of probabilities.",
    error=lambda way: (np.round(way.a2) - way.y) / way.n,
)
other_way(
    "a (n,) array met an (n, 1) array: every row sees all of y.",
    error=lambda way: (way.a2 - way.y.mean()) / way.n,
)
for row, which in ((0, "first"), (-1, "last")):
    for factor in (lambda n: 1, lambda n: n):
        other_way(
            f"only the {which} row counts.",
            error=lambda way, row=row, factor=factor: factor(way.n) * one_row(row, way),
        )


def one_part(part, hint, wrong):
    """Keep one parameter's gradient: a function of the way back and of the slope in z1."""

    @mistake(hint, part=part)
    def backward(*args):
        way = way_back(*args)
        return {part: wrong(way, way.error @ way.carried.T * way.slope)}


one_part(
    "b1",
    "b1: all units have the same number: over which axis is the sum?",
    lambda way, delta: np.full(way.b1.shape, delta.sum()),
)
one_part(
    "b1",
    "b1: over which axis is it summed? Each row adds to it.",
    lambda way, delta: delta.sum(axis=1, keepdims=True).T,
)
one_part(
    "b1",
    "b1 has one row for each row of the data, one axis too many: they add up.",
    lambda way, delta: delta,
)
one_part(
    "b1",
    "b1 is summed over the error at the output: W2 and the slope bring it to the hidden layer.",
    lambda way, delta: np.full(way.b1.shape, way.error.sum()),
)
one_part(
    "b2",
    "b2 takes the error of the hidden layer: its own is that at the output.",
    lambda way, delta: np.full((1, 1), delta.sum()),
)
one_part(
    "W1",
    "W1 takes a1 in place of X.",
    lambda way, delta: way.hidden.T @ delta,
)
one_part(
    "W2",
    "W2 takes the slope of the activation as well: it is the hidden layer's.",
    lambda way, delta: (way.hidden * way.slope).T @ way.error,
)
one_part(
    "b2", "b2 has one number for each row of the data: they add up.", lambda way, delta: way.error
)
one_part(
    "W2",
    "W2 has one number for each row of the data: is it * where @ belongs?",
    lambda way, delta: np.sum(way.hidden * way.error, axis=1, keepdims=True),
)
one_part(
    "W1",
    "W1: the right numbers stand in the wrong places.",
    lambda way, delta: reshaped((way.inputs.T @ delta).T).T,
)
one_part("W2", f"W2: {RESHAPED}", lambda way, delta: way.hidden @ way.error)
one_part(
    "W1",
    "W1: the slope and what comes back belong together element by element, not by @.",
    lambda way, delta: way.inputs.T @ (way.error @ way.carried.T @ way.slope.T),
)


OUTPUT_ERRORS = SQUARED_ERRORS | {  # of which W2 tells, when more is wrong behind them
    "n times too large, n the number of rows: the loss is a mean.": lambda way: way.n * way.error,
    "the hidden activation's slope is used at the output, which is a sigmoid.": lambda way: (
        way.error * way.grad(way.a2)
    ),
}
for hint, error in OUTPUT_ERRORS.items():
    one_part("W2", f"W2: {hint}", lambda way, delta, error=error: way.hidden.T @ error(way))
    one_part(
        "W2",
        f"W2, and the sign is turned: {hint}",
        lambda way, delta, error=error: -way.hidden.T @ error(way),
    )


@mistake("W1 and W2: are the two exchanged?")
def backward(*args):
    right = backward(*args)
    return {**right, "W1": right["W2"], "W2": right["W1"]}


@mistake("{names}: brought to length 1; the gradient is wanted as long as it is.")
def backward(*args):
    return {name: slopes / np.linalg.norm(slopes) for name, slopes in backward(*args).items()}


@mistake("{names}: brought to length 1; the gradient is wanted as long as it is.")
def backward(*args):
    right = backward(*args)
    size = np.sqrt(sum(np.sum(slopes**2) for slopes in right.values()))
    return {name: slopes / size for name, slopes in right.items()}


@mistake("{names}: of the gradient only the signs are there.")
def backward(*args):
    return {name: np.sign(slopes) for name, slopes in backward(*args).items()}


@mistake("{names}: cut to a size of 1.")
def backward(*args):
    return {name: np.clip(slopes, -1, 1) for name, slopes in backward(*args).items()}


for strength in (0.1, 0.01, 0.001, 0.0001):

    @mistake("A multiple of the parameters is added: weight decay is not asked for.")
    def backward(params, *rest, strength=strength):
        right = backward(params, *rest)
        return {name: right[name] + strength * params[name] for name in params}


# --- gradient_errors ----------------------------------------------------------------------


def nudged_loss(at, name, by, wrong=binary_cross_entropy):
    """Return the loss with one parameter moved by an array."""
    params = {**at.params, name: at.params[name] + by}
    return wrong(at.y, forward(params, at.X, at.f)[3])


def one_by_one(value, h):
    """Return nudges of single entries of an array, each with its index."""
    for index in np.ndindex(value.shape):
        by = np.zeros(value.shape)
        by[index] = h
        yield index, by


def central(at, name, wrong=binary_cross_entropy):
    """Return the central differences of a parameter."""
    slopes = np.zeros(at.params[name].shape)
    for index, by in one_by_one(slopes, at.h):
        rise = nudged_loss(at, name, by, wrong) - nudged_loss(at, name, -by, wrong)
        slopes[index] = rise / (2 * at.h)
    return slopes


def largest(values):
    return np.max(np.abs(values)) or 1.0


def relative(grads, slopes):
    return np.max(np.abs(grads - slopes)) / largest(slopes)


def errors(hint, wrong):
    """Keep other errors: a function of gradients, of central differences, and of the rest."""

    @mistake(hint)
    def gradient_errors(params, grads, X, y, activation, h=1e-5):
        at = SimpleNamespace(params=params, X=X, y=y, f=activation, h=h)
        with np.errstate(all="ignore"):
            return {n: float(wrong(grads[n], central(at, n), at, n)) for n in params}


def added_losses(at, name):
    """Return sums of the two losses where their difference belongs."""
    slopes = np.zeros(at.params[name].shape)
    for index, by in one_by_one(slopes, at.h):
        slopes[index] = (nudged_loss(at, name, by) + nudged_loss(at, name, -by)) / (2 * at.h)
    return slopes


def by_rows(at, name):
    """Return the differences for whole rows, at each of their entries."""
    slopes = central(at, name)
    return np.broadcast_to(slopes.sum(axis=1, keepdims=True), slopes.shape)


def sided(at, name, sign):
    """Return differences to one side alone."""
    slopes = np.zeros(at.params[name].shape)
    for index, by in one_by_one(slopes, sign * at.h):
        slopes[index] = (nudged_loss(at, name, by) - nudged_loss(at, name, 0)) / (sign * at.h)
    return slopes


errors(
    "Where all differences are 0, divide by 1: this divides by 0.",
    lambda g, d, *_: np.max(np.abs(g - d)) / np.max(np.abs(d)),
)
errors(
    "It is not divided by the largest central difference.",
    lambda g, d, *_: np.max(np.abs(g - d)),
)
errors(
    "It is divided by the largest of grads: divide by that of the central differences.",
    lambda g, d, *_: np.max(np.abs(g - d)) / largest(g),
)
for share in (1.0, 0.5):
    errors(
        "It is divided by the sum of grads and differences: only the differences belong there.",
        lambda g, d, *_, share=share: (
            np.max(np.abs(g - d)) / (share * (np.max(np.abs(g)) + np.max(np.abs(d))))
        ),
    )
errors(
    "Each entry is divided by its own slope: divide the largest deviation by the largest slope.",
    lambda g, d, *_: np.max(np.abs(g - d) / np.abs(d)),
)
for total in (lambda g, d: np.abs(g) + np.abs(d), lambda g, d: np.maximum(np.abs(g), np.abs(d))):
    errors(
        "Each entry is divided by its own slopes: divide the largest deviation by the largest "
        "central difference.",
        lambda g, d, *_, total=total: np.max(np.abs(g - d) / total(g, d)),
    )
errors(
    "This is a mean over the entries, not the largest.",
    lambda g, d, *_: np.mean(np.abs(g - d)) / largest(d),
)
errors(
    "These are sums or means over the entries, not the largest.",
    lambda g, d, *_: np.mean(np.abs(g - d)) / np.mean(np.abs(d)),
)
errors(
    "This is the ratio of two lengths: the largest entries are asked for.",
    lambda g, d, *_: np.sqrt(np.sum((g - d) ** 2)) / np.sqrt(np.sum(d**2)),
)
errors(
    "This is the ratio of two lengths, over a sum of two: the largest entries are asked for.",
    lambda g, d, *_: np.linalg.norm(g - d) / (np.linalg.norm(g) + np.linalg.norm(d)),
)
errors(
    "This is a root of a mean of squares: the largest deviation is asked for.",
    lambda g, d, *_: np.sqrt(np.mean((g - d) ** 2)) / largest(d),
)
errors(
    "The deviations are squared: their absolute value is asked for.",
    lambda g, d, *_: np.max((g - d) ** 2) / largest(d),
)
errors(
    "The deviations are summed, not the largest taken.",
    lambda g, d, *_: np.sum(np.abs(g - d)) / largest(d),
)
errors(
    "The deviation needs its absolute value: it may be negative.",
    lambda g, d, *_: np.max(g - d) / largest(d),
)
errors(
    "The deviation needs its absolute value: it may be negative.",
    lambda g, d, *_: np.max(d - g) / largest(d),
)
errors(
    "The largest slope needs its absolute value: slopes may be negative.",
    lambda g, d, *_: np.max(np.abs(g - d)) / np.max(d),
)
errors(
    "The signs are lost: take the absolute value of the difference, not of each.",
    lambda g, d, *_: np.max(np.abs(np.abs(g) - np.abs(d))) / largest(d),
)
for little in (1e-12, 1e-10, 1e-8, 1e-15, 1e-6, 1e-4, 1e-3):
    errors(
        "Where all differences are 0, divide by 1, not by a tiny number.",
        lambda g, d, *_, little=little: np.max(np.abs(g - d)) / (np.max(np.abs(d)) + little),
    )
errors(
    "Where all differences are 0, the deviation counts as it is: divide by 1.",
    lambda g, d, *_: relative(g, d) if np.any(d) else 0.0,
)
errors("The step over both sides is 2h: it is divided by h.", lambda g, d, *_: relative(g, 2 * d))
errors("It is multiplied by h: /2*h is (/2)*h.", lambda g, d, at, n: relative(g, d * at.h**2))
errors("The differences are not divided by 2h.", lambda g, d, at, n: relative(g, d * 2 * at.h))
errors(
    "The two losses are added: their difference is divided by 2h.",
    lambda g, d, at, n: relative(g, added_losses(at, n)),
)
errors(
    "The largest gradient is compared with the largest difference: compare entry by entry.",
    lambda g, d, *_: np.abs(largest(g) - largest(d)) / largest(d),
)
errors(
    "A whole row is nudged at once: nudge one entry.",
    lambda g, d, at, n: relative(g, by_rows(at, n)),
)
errors(
    "The nudge is h times the entry: it is to be h for each.",
    lambda g, d, at, n: relative(g, d * at.params[n]),
)
errors("The differences have their sign turned: +h comes first.", lambda g, d, *_: relative(g, -d))
for sign, which in ((1, "forward"), (-1, "backward")):
    errors(
        f"This is the {which} difference: nudge to both sides, and divide by 2h.",
        lambda g, d, at, n, sign=sign: relative(g, sided(at, n, sign)),
    )
for step in (1e-5, 1e-4, 1e-6, 1e-3):
    errors(
        "h has no effect.",
        lambda g, d, at, n, step=step: relative(
            g, central(SimpleNamespace(**{**vars(at), "h": step}), n)
        ),
    )
for what, other in (
    ("the mean squared error", lambda y, p: np.mean((y - p) ** 2)),
    ("half the mean squared error", lambda y, p: np.mean((y - p) ** 2) / 2),
    ("the sum over the rows", lambda y, p: len(y) * binary_cross_entropy(y, p)),
    ("the summed squared error", lambda y, p: np.sum((y - p) ** 2)),
    ("the mean output", lambda y, p: np.mean(p)),
):
    errors(
        f"The slopes are those of {what}: the loss is the mean binary cross-entropy.",
        lambda g, d, at, n, other=other: relative(g, central(at, n, other)),
    )
errors(
    "All entries are nudged at once: nudge one, and leave the others as they are.",
    lambda g, d, at, n: relative(
        g, (nudged_loss(at, n, at.h) - nudged_loss(at, n, -at.h)) / (2 * at.h)
    ),
)
errors(
    "Only the first entry of each parameter is looked at.",
    lambda g, d, *_: relative(g.flat[0], d.flat[0]),
)
errors(
    "Only the last entry of each parameter is looked at.",
    lambda g, d, *_: relative(g.flat[-1], d.flat[-1]),
)
errors("Only the first row of each parameter is looked at.", lambda g, d, *_: relative(g[0], d[0]))
errors("This is the largest central difference itself.", lambda g, d, *_: np.max(np.abs(d)))
errors("The errors are squared.", lambda g, d, *_: relative(g, d) ** 2)
errors("It is always 0.", lambda g, d, *_: 0.0)


@mistake("One number for all parameters: each has an error of its own.")
def gradient_errors(*args):
    right = gradient_errors(*args)
    return dict.fromkeys(right, max(right.values()))


@mistake("One number for all parameters: each has an error of its own.")
def gradient_errors(params, grads, X, y, activation, h=1e-5):
    at = SimpleNamespace(params=params, X=X, y=y, f=activation, h=h)
    slopes = {name: central(at, name) for name in params}
    worst = max(np.max(np.abs(grads[name] - slopes[name])) for name in params)
    return dict.fromkeys(params, worst / max(map(largest, slopes.values())))


@mistake("Nudges are not put back: each entry is moved from where the parameters were.")
def gradient_errors(params, grads, X, y, activation, h=1e-5):
    moved = {name: value.copy() for name, value in params.items()}
    at = SimpleNamespace(params=moved, X=X, y=y, f=activation)
    off = {}
    for name, value in moved.items():
        slopes = np.zeros(value.shape)
        for index, by in one_by_one(value, h):
            slopes[index] = (nudged_loss(at, name, by) - nudged_loss(at, name, -by)) / (2 * h)
            np.subtract(value, by, out=value)
        off[name] = relative(grads[name], slopes)
    return off


@mistake("All are divided by the largest slope of all parameters: each has its own.")
def gradient_errors(params, grads, X, y, activation, h=1e-5):
    at = SimpleNamespace(params=params, X=X, y=y, f=activation, h=h)
    slopes = {name: central(at, name) for name in params}
    most = max(map(largest, slopes.values()))
    return {n: float(np.max(np.abs(grads[n] - slopes[n])) / most) for n in params}


# --- gradient_step ------------------------------------------------------------------------


def step(hint, wrong):
    """Keep a step of one parameter: a function of its name, value, gradient and learning rate."""

    @mistake(hint)
    def gradient_step(params, grads, lr):
        return {name: wrong(name, params[name], grads[name], lr) for name in params}


step(
    "Gradient and parameters stand in each other's place.",
    lambda name, value, slope, lr: slope - lr * value,
)
step("The step goes uphill.", lambda name, value, slope, lr: value + lr * slope)
step(
    "The biases have not moved.",
    lambda name, value, slope, lr: value - lr * slope * (name[0] == "W"),
)
step("Not moved at all: {names}.", lambda name, value, slope, lr: value)
step(
    "The biases move by half a step only.",
    lambda name, value, slope, lr: value - lr * slope * (1 if name[0] == "W" else 0.5),
)
for factor in (
    lambda lr: lr**2,
    np.sqrt,
    lambda lr: 2 * lr,
    lambda lr: lr / 2,
    lambda lr: lr / 4,
):
    step(
        "The step is not lr times the gradient: what does the gradient get multiplied by?",
        lambda name, value, slope, lr, factor=factor: value - factor(lr) * slope,
    )
step(
    "Of the gradient only the sign is used.",
    lambda name, value, slope, lr: value - lr * np.sign(slope),
)
step(
    "The gradient is averaged: each entry moves by its own.",
    lambda name, value, slope, lr: value - lr * np.mean(slope),
)
step(
    "The gradient is summed up: each entry moves by its own.",
    lambda name, value, slope, lr: value - lr * np.sum(slope),
)
step(
    "The parameter multiplies the step: it is lr times the gradient alone.",
    lambda name, value, slope, lr: value * (1 - lr * slope),
)
step(
    "The gradient has lost its sign: it may be negative.",
    lambda name, value, slope, lr: value - lr * np.abs(slope),
)
step("The gradient is squared.", lambda name, value, slope, lr: value - lr * slope**2)
step(
    "Only the gradient is subtracted once, lr from it: lr multiplies it.",
    lambda name, value, slope, lr: value - (slope - lr),
)
for strength in (1e-1, 1e-2, 1e-3, 1e-4, 1e-5):
    for decay in (
        lambda lr, strength=strength: lr * strength,
        lambda lr, strength=strength: strength,
    ):
        step(
            "A multiple of the parameters is taken off, too: weight decay is not asked for.",
            lambda name, value, slope, lr, decay=decay: value * (1 - decay(lr)) - lr * slope,
        )
step("lr multiplies the parameters as well.", lambda name, value, slope, lr: lr * (value - slope))
step(
    "The step is divided by lr, not multiplied.", lambda name, value, slope, lr: value - slope / lr
)
step("This is the step alone, not the new parameters.", lambda name, value, slope, lr: -lr * slope)
step(
    "This is lr times the gradient, not the new parameters.",
    lambda name, value, slope, lr: lr * slope,
)
step(
    "Gradients beyond 1 are cut to it.",
    lambda name, value, slope, lr: value - lr * np.clip(slope, -1, 1),
)


@mistake("The gradients are brought to length 1: the step is lr times the gradient.")
def gradient_step(params, grads, lr):
    return {n: params[n] - lr * grads[n] / (np.linalg.norm(grads[n]) or 1.0) for n in params}


@mistake("The gradients are brought to length 1: the step is lr times the gradient.")
def gradient_step(params, grads, lr):
    size = np.sqrt(sum(np.sum(slopes**2) for slopes in grads.values()))
    return {name: params[name] - lr * grads[name] / size for name in params}


@mistake("b2 takes b1's gradient.", part="b2")
def gradient_step(params, grads, lr):
    return {"b2": params["b2"] - lr * grads["b1"].sum(keepdims=True)}


# --- train --------------------------------------------------------------------------------


class Descent:
    """Where a training stands; `memory` is for what a mistake carries from step to step."""

    def __init__(self, params, data, lr):
        self.params, self.data, self.lr = params, data, lr
        self.epoch, self.memory = 0, None

    def slopes(self, params=None, rows=slice(None)):
        X, y, *functions = self.data
        return backward(self.params if params is None else params, X[rows], y[rows], *functions)

    def moved(self, slopes, names=("W1", "b1", "W2", "b2"), params=None):
        params = self.params if params is None else params
        return {**params, **{name: params[name] - self.lr * slopes[name] for name in names}}


def training(
    hint,
    step=lambda at: at.moved(at.slopes()),
    *,
    start=lambda params: params,
    record=binary_cross_entropy,
):
    """Keep a training with other steps, another start, or another loss on record."""

    @mistake(hint)
    def train(params, X, y, activation, activation_grad, epochs=5000, lr=0.1):
        at = Descent(start(params), (X, y, activation, activation_grad), lr)
        losses = []
        for at.epoch in range(epochs):
            losses.append(float(record(y, forward(at.params, X, activation)[3])))
            at.params = step(at)
        return at.params, losses


def other_epochs(hint, number):
    """Keep a training of another number of epochs."""

    @mistake(hint)
    def train(params, X, y, activation, activation_grad, epochs=5000, lr=0.1):
        return train(params, X, y, activation, activation_grad, number(epochs), lr)


def other_steps(hint, number):
    """Keep the parameters after another number of steps, beside the right losses."""

    @mistake(hint)
    def train(params, X, y, activation, activation_grad, epochs=5000, lr=0.1):
        data = (X, y, activation, activation_grad)
        return train(params, *data, number(epochs), lr)[0], train(params, *data, epochs, lr)[1]


def other_losses(hint, wrong):
    """Keep other losses: a function of the right ones, that after the last step included."""

    @mistake(hint)
    def train(params, X, y, activation, activation_grad, epochs=5000, lr=0.1):
        data = (X, y, activation, activation_grad)
        trained, losses = train(params, *data, epochs, lr)
        losses.append(train(trained, *data, 1, lr)[1][0])
        return trained, list(wrong(np.array(losses), len(X)))


@mistake("The parameters returned are those it started from.", part=0)
def train(params, *rest):
    return params, train(params, *rest)[1]


other_losses(
    "The loss is recorded after the update; it belongs before.", lambda losses, n: losses[1:]
)
other_losses("One loss too many: the one after the last step is kept.", lambda losses, n: losses)
other_steps(
    "One step too few: the last one does not reach the parameters returned.", lambda n: n - 1
)
other_steps("One step too many.", lambda n: n + 1)
other_epochs(
    "There is one loss only: does `return` stand inside the loop, or are losses left out?",
    lambda n: min(n, 1),
)
other_epochs("One loss and one step too few: is there one epoch too few?", lambda n: n - 1)
other_epochs("One loss and one step too many: there is one epoch too many done.", lambda n: n + 1)
other_losses(
    "The losses are sorted: a loss may rise on the way.",
    lambda losses, n: np.sort(losses[:-1])[::-1],
)
other_losses(
    "Each loss is the lowest so far: a loss may rise on the way.",
    lambda losses, n: np.minimum.accumulate(losses[:-1]),
)
other_losses(
    "Every epoch has the same loss in the list: is it worked out anew?",
    lambda losses, n: np.full(len(losses) - 1, losses[0]),
)
other_losses(
    "The losses are n times too small, n the number of rows.", lambda losses, n: losses[:-1] / n
)
other_losses(
    "The losses are n times too large, n the number of rows.", lambda losses, n: losses[:-1] * n
)


def smoothed(losses, share):
    kept = [losses[0]]
    for loss in losses[1:]:
        kept.append(share * kept[-1] + (1 - share) * loss)
    return kept


for share in (0.9, 0.5, 0.99):
    other_losses(
        "The losses are smoothed: each carries on the one before.",
        lambda losses, n, share=share: smoothed(losses[:-1], share),
    )
for what, record in (
    ("mean squared errors", lambda y, p: np.mean((y - p) ** 2)),
    ("halved mean squared errors", lambda y, p: np.mean((y - p) ** 2) / 2),
    ("summed squared errors", lambda y, p: np.sum((y - p) ** 2)),
    ("halved summed squared errors", lambda y, p: np.sum((y - p) ** 2) / 2),
    (
        "losses with y and p exchanged",
        lambda y, p: surprise(p, np.clip(y, 1e-12, 1 - 1e-12)).mean(),
    ),
    ("shares of right answers", lambda y, p: np.mean((p >= 0.5) == y)),
    ("shares of wrong answers", lambda y, p: np.mean((p >= 0.5) != y)),
    ("losses of the first row alone", lambda y, p: binary_cross_entropy(y[:1], p[:1])),
    ("losses of the last row alone", lambda y, p: binary_cross_entropy(y[-1:], p[-1:])),
):
    training(f"The parameters are right; what is recorded are {what}.", record=record)


def with_new_output_weights(at):
    """Take the step in which W2 has moved before it carries the error back."""
    way = way_back(at.params, *at.data)
    way.carried = at.moved(at.slopes())["W2"]
    return at.moved(gradient(way))


def in_two(at, first, then):
    half = at.moved(at.slopes(), first)
    return at.moved(at.slopes(half), then, half)


training("W2 was updated before it was used for W1 and b1.", with_new_output_weights)
for first, then in (
    (("W2", "b2"), ("W1", "b1")),
    (("W1", "W2"), ("b1", "b2")),
    (("W1", "b1"), ("W2", "b2")),
):
    training(
        f"The gradient of {' and '.join(then)} is taken after {' and '.join(first)} were updated: "
        "take all of it first.",
        lambda at, first=first, then=then: in_two(at, first, then),
    )
for names in (("W2", "b2"), ("W1", "b1"), ("W1", "W2")):
    training(
        f"Only {' and '.join(names)} are trained.",
        lambda at, names=names: at.moved(at.slopes(), names),
    )
training(
    "backward is given activation and activation_grad in the wrong order.",
    lambda at: at.moved(backward(at.params, *at.data[:2], *at.data[:1:-1])),
)
training(
    "The gradient is taken anew between two parameters: take all of it first.",
    lambda at: functools.reduce(
        lambda params, name: at.moved(at.slopes(params), (name,), params), at.params, at.params
    ),
)
training(
    "The step goes uphill.",
    lambda at: at.moved({name: -slopes for name, slopes in at.slopes().items()}),
)
for hint, off in WRONG_GRADIENTS[2:]:  # the first go uphill, and nowhere
    training(
        f"The gradient that is followed is another: {hint}",
        lambda at, off=off: at.moved(off(at.params, *at.data)),
    )


def remembered(at, slopes):
    at.memory = slopes
    return slopes


def added(at, share):
    """Return the gradient, and a share of what was followed before."""
    before = at.memory or dict.fromkeys(at.params, 0.0)
    return remembered(at, {n: share * before[n] + s for n, s in at.slopes().items()})


def row_by_row(at):
    params = at.params
    for row in range(len(at.data[0])):
        params = at.moved(at.slopes(params, slice(row, row + 1)), params=params)
    return params


def row_in_turn(at):
    row = at.epoch % len(at.data[0])
    return at.moved(at.slopes(rows=slice(row, row + 1)))


training(
    "The gradient of the first epoch is used in all: is it taken anew in every epoch?",
    lambda at: at.moved(remembered(at, at.memory or at.slopes())),
)
training(
    "Gradients pile up from epoch to epoch: each step follows its own.",
    lambda at: at.moved(added(at, 1.0)),
)
for share in (0.9, 0.5, 0.99):
    training(
        "A step contains part of the one before: momentum is not asked for.",
        lambda at, share=share: at.moved(added(at, share)),
    )
training("There are two steps in each epoch.", lambda at: in_two(at, at.params, at.params))
training("There is one step for each row: an epoch is one step for all rows.", row_by_row)
training("Each epoch looks at one row alone: a step is for all rows.", row_in_turn)
training(
    "The biases are set to zero at the start: it begins with the parameters given.",
    start=lambda params: {name: value * (name[0] == "W") for name, value in params.items()},
)


# --- predict ------------------------------------------------------------------------------


def answer(hint, wrong):
    """Keep an answer: a function of what `forward` gives, of X and of the activation."""

    @mistake(hint)
    def predict(params, X, activation):
        at = SimpleNamespace(**dict(zip(LAYERS, forward(params, X, activation), strict=True)))
        return wrong(at, params, X, activation)


LAYERS = ("z1", "a1", "z2", "a2")


answer("A probability of exactly one half counts as a 1.", lambda at, *_: at.a2 > 0.5)
answer("Below one half, however little, it is 0.", lambda at, *_: at.a2 >= 0.499999)
answer("The limit of one half belongs to the probability, not to z2.", lambda at, *_: at.z2 >= 0.5)
answer("The two answers are the wrong way round.", lambda at, *_: at.a2 < 0.5)
answer(
    "The output goes through the hidden activation, not the sigmoid.",
    lambda at, params, X, activation: activation(at.z2) >= 0.5,
)
answer(
    "The biases are left out.",
    lambda at, params, X, activation: activation(X @ params["W1"]) @ params["W2"] >= 0,
)
answer("The limit is one half, not the mean of the rows.", lambda at, *_: at.a2 >= at.a2.mean())
answer(
    "The hidden layer goes through the sigmoid, whatever the activation is.",
    lambda at, params, X, activation: forward(params, X, sigmoid)[3] >= 0.5,
)
answer("It is always 0.", lambda at, *_: 0 * at.a2)
answer("It is always 1.", lambda at, *_: 0 * at.a2 + 1)
for limit in (0.2, 0.25, 0.3, 0.4, 0.6, 0.7, 0.75, 0.8):
    answer(
        "The limit is one half: is the probability compared with another number?",
        lambda at, *_, limit=limit: at.a2 >= limit,
    )
answer("The answers are 0 and 1, not -1 and 1.", lambda at, *_: np.where(at.a2 >= 0.5, 1, -1))


# --- dead_units ---------------------------------------------------------------------------


def dead(hint, wrong):
    """Keep a choice of units: a function of the slopes, and of the arguments."""

    @mistake(hint)
    def dead_units(params, X, activation_grad):
        slopes = activation_grad(X @ params["W1"] + params["b1"])
        return wrong(slopes, params, X, activation_grad)


dead(
    "One row with a slope keeps a unit alive: it is dead when all its slopes are 0.",
    lambda slopes, *_: np.any(slopes == 0, axis=0),
)
dead("Only the first row is looked at.", lambda slopes, *_: slopes[0] == 0)
dead("Only the last row is looked at.", lambda slopes, *_: slopes[-1] == 0)
dead("Only the first four rows are looked at.", lambda slopes, *_: ~np.any(slopes[:4], axis=0))
dead(
    "Opposite rows or slopes cancel in a sum or a mean: look at every row.",
    lambda slopes, *_: np.round(slopes.mean(axis=0), 9) == 0,
)
dead(
    "Opposite rows or slopes cancel in a sum or a mean: look at every row.",
    lambda slopes, params, X, grad: (
        grad(X.mean(axis=0, keepdims=True) @ params["W1"] + params["b1"])[0] == 0
    ),
)
dead(
    "Negative is not 0: where the slope is below 0, a unit learns.",
    lambda slopes, *_: np.all(slopes <= 0, axis=0),
)
for near in (0.1, 1e-3, 1e-8, 1e-12):
    dead(
        "A small slope is not 0: such a unit learns.",
        lambda slopes, *_, near=near: np.all(np.abs(slopes) < near, axis=0),
    )
dead(
    "b1 is left out.",
    lambda slopes, params, X, grad: ~np.any(grad(X @ params["W1"]), axis=0),
)
dead("These are the living ones.", lambda slopes, *_: np.any(slopes, axis=0))
dead(
    "z1 decides here, not activation_grad: the activation may be any.",
    lambda slopes, params, X, grad: np.all(X @ params["W1"] + params["b1"] <= 0, axis=0),
)
dead(
    "activation_grad is applied twice.",
    lambda slopes, params, X, grad: ~np.any(grad(slopes), axis=0),
)
dead(
    "A slope below 0 is not 0: the largest does not tell.",
    lambda slopes, *_: np.max(slopes, axis=0) == 0,
)
dead("All units are said to live.", lambda slopes, *_: np.zeros(slopes.shape[1]))


# --- chain_gradient -----------------------------------------------------------------------


def chain(hint, wrong):
    """Keep a product: a function of the slopes of all layers, and of the arguments."""

    @mistake(hint)
    def chain_gradient(activation_grad, zs):
        return wrong(activation_grad(zs), activation_grad, zs)


chain(
    "activation_grad is taken of the product, not of each factor.",
    lambda slopes, grad, zs: grad(zs.prod(axis=0)),
)
chain(
    "activation_grad is applied to its own result.",
    lambda slopes, grad, zs: functools.reduce(lambda slope, _: grad(slope), zs, zs[0]),
)
chain(
    "The layers' inputs are multiplied in: only their slopes belong there.",
    lambda slopes, grad, zs: (zs * slopes).prod(axis=0),
)
for low, high in ((-1, 1), (0, 1), (-10, 10)):
    chain(
        "The product is cut to a range: it may have any size.",
        lambda slopes, *_, low=low, high=high: np.clip(slopes.prod(axis=0), low, high),
    )
chain(
    "A root is taken of the product: the mean is not asked for.",
    lambda slopes, *_: slopes.prod(axis=0) ** (1 / len(slopes)),
)
chain("The largest slope is taken.", lambda slopes, *_: slopes.max(axis=0))
chain("The smallest slope is taken.", lambda slopes, *_: slopes.min(axis=0))
chain(
    "The products on the way are there as well: only that of all layers is wanted.",
    lambda slopes, *_: np.cumprod(slopes, axis=0),
)
chain("The first layer counts twice.", lambda slopes, *_: slopes[0] * slopes.prod(axis=0))
chain(
    "Only the first layer's slope comes back: does `return` stand inside the loop?",
    lambda slopes, *_: slopes[0],
)
chain(
    "Only the last layer's slope comes back: is the product kept from layer to layer?",
    lambda slopes, *_: slopes[-1],
)
chain("It is always 0: a product begins with 1.", lambda slopes, *_: 0 * slopes[0])
chain("The slopes are added.", lambda slopes, *_: slopes.sum(axis=0))
chain("The slopes are averaged.", lambda slopes, *_: slopes.mean(axis=0))
chain("The inputs are multiplied, not their slopes.", lambda slopes, grad, zs: zs.prod(axis=0))
chain("The first layer is left out.", lambda slopes, *_: slopes[1:].prod(axis=0))
chain("The last layer is left out.", lambda slopes, *_: slopes[:-1].prod(axis=0))
chain("Only the first layer's slope is used.", lambda slopes, *_: slopes[0] ** len(slopes))
chain("The sign is lost: slopes may be negative.", lambda slopes, *_: np.abs(slopes.prod(axis=0)))
chain("Only the first ten layers count.", lambda slopes, *_: slopes[:10].prod(axis=0))
