# %% [wrong] 1/1+exp(-z): precedence (row 1)
# hint: Parentheses: 1 / 1 + exp(-z) is 1 + exp(-z) | match exp(-z) + 1
# also: overflows or divides
def sigmoid(z):
    return 1 / 1 + np.exp(-z)


# %% [wrong] precedence, in steps (row 1)
# hint: Parentheses: 1 / 1 + exp(-z) is 1 + exp(-z) | match exp(-z) + 1
# also: overflows or divides
def sigmoid(z):
    e = np.exp(-z)
    s = 1 / 1
    return s + e


# %% [wrong] 1/e^-z, the 1 lost
# hint: match exp(z)
# also: overflows or divides
def sigmoid(z):
    return 1 / np.exp(-z)


# %% [wrong] exp(+z) (row 2)
# hint: It falls as z grows: is the sign of the | match 1/(1 + exp(z))
def sigmoid(z):
    return 1 / (1 + np.exp(z))


# %% [wrong] falls: 1 - sigmoid (row 2)
# hint: It falls as z grows: is the sign of the | match 1/(1 + exp(z))
def sigmoid(z):
    s = 1.0 / (1.0 + np.exp(-z))
    return 1 - s


# %% [wrong] e^z/(1+e^z) is NaN far right (row 3)
# hint: that overflows
def sigmoid(z):
    return np.exp(z) / (1 + np.exp(z))


# %% [wrong] e^z/(e^z+1), power of np.e (row 3)
# hint: that overflows
def sigmoid(z):
    e_z = np.power(np.e, z)
    return e_z / (e_z + 1)


# %% [wrong] softmax over the array (row 15)
# hint: depends on the others
# also: it is right where z is
def sigmoid(z):
    e = np.exp(z - np.max(z))
    return e / np.sum(e)


# %% [wrong] tanh in its place
# hint: match tanh(z)
# also: except where z is negative
def sigmoid(z):
    return np.tanh(z)


# %% [wrong] (1 + tanh z)/2, the halved argument forgotten
# hint: This is the sigmoid of 2 z: tanh(z / 2) | match 0
def sigmoid(z):
    return (1 + np.tanh(z)) / 2


# %% [wrong] 0-1 scaling of tanh with 0.501
# also: one and the same factor | Close, but not equal
def sigmoid(z):
    return 0.501 * (1 + np.tanh(z / 2))


# %% [wrong] e rounded to 2.718
# also: A power of Python's own numbers raises | Close, but not equal
def sigmoid(z):
    e = 2.718
    return 1 / (1 + e**-z)


# %% [wrong] hard sigmoid, straight in the middle
# hint: This is the hard sigmoid, made of three
def sigmoid(z):
    return np.clip(0.25 * z + 0.5, 0, 1)


# %% [wrong] clipped at 10: wrong only beyond
# hint: beyond some limit
# also: Close, but not equal
def sigmoid(z):
    z = np.clip(z, -10, 10)
    return 1 / (1 + np.exp(-z))


# %% [wrong] clipped at 20: wrong only beyond
# also: right near 0 | is a value clipped
def sigmoid(z):
    z = np.clip(z, -20.0, 20.0)
    return 1 / (1 + np.exp(-z))


# %% [wrong] rounded to four digits
# hint: rounded to 4
def sigmoid(z):
    return np.round(1 / (1 + np.exp(-z)), 4)


# %% [wrong] zeros_like of integers, no scalars (rows 26, 27)
# hint: not for a single number | not for an integer z
def sigmoid(z):
    out = np.zeros_like(z)
    pos = z >= 0
    out[pos] = 1 / (1 + np.exp(-z[pos]))
    out[~pos] = np.exp(z[~pos]) / (1 + np.exp(z[~pos]))
    return out


# %% [wrong] empty_like of integers, scalars cared for (row 26)
# hint: not for an integer z
def sigmoid(z):
    z = np.asarray(z)
    out = np.empty_like(z)
    out[...] = 1 / (1 + np.exp(-z))
    return out


# %% [wrong] loops over len(z): no scalars (row 27)
# hint: not for a single number
def sigmoid(z):
    out = np.zeros(z.shape)
    for i in range(len(z)):
        out[i] = 1 / (1 + np.exp(-z[i]))
    return out


# %% [wrong] a comprehension over z: no scalars (row 27)
# hint: A single number has no entries to go | not for a single number
def sigmoid(z):
    return np.array([1 / (1 + np.exp(-v)) for v in z])


# %% [wrong] astype of a Python float (row 27)
# hint: not for a single number
def sigmoid(z):
    z = z.astype(float)
    return 1 / (1 + np.exp(-z))


# %% [wrong] atleast_1d: a scalar comes back as (1,) (row 27)
# hint: single number is wanted
def sigmoid(z):
    z = np.atleast_1d(z).astype(float)
    return 1 / (1 + np.exp(-z))


# %% [wrong] flattened: wrong only for 2-D
# hint: an axis was added or lost
def sigmoid(z):
    shape = () if np.ndim(z) == 0 else (-1,)
    return (1 / (1 + np.exp(-np.ravel(z)))).reshape(shape)


# %% [wrong] transposed: wrong only for 2-D
# hint: right for one axis, but not | looks transposed
def sigmoid(z):
    return 1 / (1 + np.exp(-np.transpose(z)))


# %% [wrong] squeezed: wrong only for an axis of length one
# hint: an axis was added or lost
def sigmoid(z):
    return np.squeeze(1 / (1 + np.exp(-np.asarray(z))))


# %% [wrong] math.exp takes no arrays (row 27)
# hint: functions of `math`
import math


def sigmoid(z):
    return 1 / (1 + math.exp(-z))


# %% [wrong] math.exp overflows far left
# hint: Functions of `math`
import math

sigmoid = np.vectorize(lambda z: 1 / (1 + math.exp(-z)), otypes=[float])


# %% [wrong] minus in place: the argument changes (row 14)
# hint: Build a new array
def sigmoid(z):
    z = np.asarray(z)
    if z.dtype.kind == "f":
        z *= -1
        return 1 / (1 + np.exp(z))
    return 1 / (1 + np.exp(-z))


# %% [wrong] clip with out=z: the argument changes only beyond 500 (row 14)
# hint: Build a new array
def sigmoid(z):
    if isinstance(z, np.ndarray) and z.dtype == float:
        np.clip(z, -500, 500, out=z)
    return 1 / (1 + np.exp(-np.clip(z, -500, 500)))


# %% [wrong] remembers the first answer for each shape
# hint: an earlier one remembered | for a matrix, but not
answers = {}


def sigmoid(z):
    key = np.shape(z)
    if key not in answers:
        answers[key] = 1 / (1 + np.exp(-np.asarray(z, dtype=float)))
    return answers[key]


# %% [wrong] lru_cache: arrays cannot be hashed (row 27)
# hint: can be hashed
from functools import lru_cache


@lru_cache
def sigmoid(z):
    return 1 / (1 + np.exp(-z))


# %% [wrong] printed, not returned
# hint: Is a `return` missing
def sigmoid(z):
    s = 1 / (1 + np.exp(-z))
    print(s)


# %% [wrong] yielded, not returned
# hint: `yield` makes
def sigmoid(z):
    yield 1 / (1 + np.exp(-z))


# %% [wrong] the stub, untouched
# hint: still raises
def sigmoid(z):
    raise NotImplementedError("sigmoid")


# %% [wrong] name misspelt
# hint: Was its cell
def sigmiod(z):
    return 1 / (1 + np.exp(-z))


# %% [wrong] a value, not a function
# hint: name used for something else
sigmoid = 1 / (1 + np.exp(-np.linspace(-5, 5, 11)))


# %% [wrong] defined twice, the last one wrong (row 2)
# hint: It falls as z grows: is the sign of the | match 1/(1 + exp(z))
def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def sigmoid(z):
    return 1 / (1 + np.exp(z))


# %% [right] naive: warns of overflow, right all the same
def sigmoid(z):
    return 1 / (1 + np.exp(-z))


# %% [right] where: both branches evaluated, one NaN thrown away
def sigmoid(z):
    return np.where(z >= 0, 1 / (1 + np.exp(-z)), np.exp(z) / (1 + np.exp(z)))


# %% [right] where on -|z|
def sigmoid(z):
    e = np.exp(-np.abs(z))
    return np.where(np.asarray(z) >= 0, 1.0, e) / (1.0 + e)


# %% [right] masks on a float array
def sigmoid(z):
    z = np.asarray(z, dtype=np.float64)
    out = np.empty_like(z)
    pos = z >= 0
    out[pos] = 1 / (1 + np.exp(-z[pos]))
    e = np.exp(z[~pos])
    out[~pos] = e / (1 + e)
    return out


# %% [right] clipped at 500
def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-np.clip(z, -500, 500)))


# %% [right] through tanh
def sigmoid(z):
    return 0.5 * (1 + np.tanh(0.5 * z))


# %% [right] logaddexp
def sigmoid(z):
    return np.exp(-np.logaddexp(0, -z))


# %% [right] vectorize over math.exp, branching on the sign
import math


@np.vectorize
def sigmoid(z):
    if z >= 0:
        return 1 / (1 + math.exp(-z))
    return math.exp(z) / (1 + math.exp(z))


sigmoid.otypes = "d"


# %% [right] nested loops through helpers in the same cell
def _one(v):
    if v < -700:
        return 0.0
    return 1.0 / (1.0 + np.exp(-v))


def sigmoid(z):
    z = np.asarray(z)
    out = np.zeros(z.shape)
    for index in np.ndindex(z.shape):
        out[index] = _one(z[index])
    return out


# %% [right] recursion, returning nested lists
def sigmoid(z):
    if np.ndim(z) > 0:
        return [sigmoid(row) for row in z]
    return float(1 / (1 + np.exp(-z)))


# %% [right] a class with __call__
class Sigmoid:
    def __call__(self, z):
        with np.errstate(over="ignore"):
            return 1 / (1 + np.exp(-z))


sigmoid = Sigmoid()


# %% [right] a closure
def make_logistic(steepness):
    def logistic(z):
        return np.reciprocal(1 + np.exp(-steepness * np.asarray(z, dtype=float)))

    return logistic


sigmoid = make_logistic(1.0)


# %% [right] type hints and a default
def sigmoid(z: float | np.ndarray, k: float = 1.0) -> float | np.ndarray:
    """Return the logistic function of k z."""
    return 1.0 / (1.0 + np.exp(-k * z))


# %% [right] a decorator without wraps
def elementwise(f):
    def wrapper(*args, **kwargs):
        args = [np.array(a, dtype=float) for a in args]
        return f(*args, **kwargs)

    return wrapper


@elementwise
def sigmoid(z):
    z *= -1
    np.exp(z, out=z)
    z += 1
    return 1 / z


# %% [right] defined twice, the last one right
def sigmoid(z):
    return 1 / 1 + np.exp(-z)


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


# %% [right] a lambda
sigmoid = lambda z: 1 / (1 + np.exp(-z))


# %% [right] prints on every call
def sigmoid(z):
    print("sigmoid called with", np.shape(z))
    return 1 / (1 + np.exp(-z))


# %% [right] tries itself out in the cell
def sigmoid(z):
    return 1 / (1 + np.exp(-z))


assert sigmoid(0) == 0.5
print(sigmoid(np.linspace(-5, 5, 3)))


# %% [wrong] in single precision
# hint: single precision
# also: right near 0
def sigmoid(z):
    return (1 / (1 + np.exp(-np.asarray(z, dtype=np.float32)))).astype(np.float32)


# %% [wrong] a branch at 0.01, not at 0
# also: Close, but not equal
def sigmoid(z):
    z = np.asarray(z, dtype=float)
    e = np.exp(-np.abs(z))
    return np.where(z >= 0.01, 1.0, e) / (1 + e)


# %% [wrong] a power of np.e: a Python float far out raises
# hint: Python's own numbers
def sigmoid(z):
    return 1 / (1 + np.e**-z)


# %% [wrong] frompyfunc gives objects
# hint: np.frompyfunc does that
def _one_value(v):
    return 1 / (1 + np.exp(-v)) if v >= 0 else np.exp(v) / (1 + np.exp(v))


sigmoid = np.frompyfunc(_one_value, 1, 1)


# %% [wrong] value and slope in one tuple
# hint: A tuple comes back
def sigmoid(z):
    s = 1.0 / (1.0 + np.exp(-z))
    return s, s * (1.0 - s)


# %% [wrong] float() of an array (row 27)
# hint: float(), int()
def sigmoid(z):
    return 1 / (1 + np.exp(-float(z)))


# %% [wrong] minus in the denominator
# hint: not 1 - exp(-z)
def sigmoid(z):
    return 1 / (1 - np.exp(-z))


# %% [wrong] Keras' hard sigmoid
# hint: hard sigmoid
def sigmoid(z):
    return np.maximum(0, np.minimum(1, 0.2 * np.asarray(z) + 0.5))


# %% [wrong] the bipolar sigmoid
# hint: match tanh(z/2)
def sigmoid(z):
    return 2 / (1 + np.exp(-z)) - 1


# %% [wrong] whole answers beyond 20, through vectorize (row 26)
# hint: fractions are cut off
# also: Close, but not equal | depends on the others | not for an integer z | right near 0
def _saturated(v):
    if v > 20:
        return 1
    if v < -20:
        return 0
    return 1 / (1 + np.exp(-v))


sigmoid = np.vectorize(_saturated)


# %% [right] np.power of np.e warns only
def sigmoid(z):
    return np.power(1.0 + np.power(np.e, -np.asarray(z, dtype=float)), -1)


# %% [right] math.exp, its overflow caught
import math


def _caught(v):
    try:
        return 1 / (1 + math.exp(-v))
    except OverflowError:
        return 0.0


sigmoid = np.vectorize(_caught, otypes=[float])


# %% [right] a clip just inside float64's range
def sigmoid(z):
    held = np.clip(z, -709, 709)
    return np.divide(1.0, np.add(1.0, np.exp(-held)))


# %% [wrong] a float e raised to -z: raises for a plain float far left
# hint: A power of Python's own numbers
def sigmoid(z):
    e = 2.718281828459045
    return 1 / (1 + e ** (-z))


# %% [wrong] entry by entry, cut to 0 and 1 beyond 20 (row 27)
# hint: not for a single number | right near 0 and wrong far
def sigmoid(z):
    out = np.zeros(len(z))
    for i in range(len(z)):
        if z[i] > 20:
            out[i] = 1.0
        elif z[i] >= -20:
            out[i] = 1.0 / (1.0 + np.exp(-z[i]))
    return out


# %% [wrong] base 2
# hint: The power has base 2: exp is that of e
def sigmoid(z):
    return 1 / (1 + 2.0 ** (-np.asarray(z, dtype=float)))


# %% [wrong] float32
# hint: Your values are good to single precision only: where does float32 come in
def sigmoid(z):
    z = np.asarray(z, dtype=np.float32)
    return 1 / (1 + np.exp(-z))


# %% [wrong] a verdict in place of a number
# hint: True and False came
def sigmoid(z):
    return np.asarray(z) > 0


# %% [wrong] e^z / (1 + e^-z)
# hint: exp(z) in the numerator goes with 1 + exp(z), 1 with 1 + exp(-z)
def sigmoid(z):
    z = np.asarray(z, dtype=float)
    return np.exp(z) / (1 + np.exp(-z))
