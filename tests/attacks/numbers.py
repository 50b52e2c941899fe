"""Return what passes for numbers."""


# %% [sigmoid] an array that is equal to everything
class Equal(np.ndarray):
    def __eq__(self, other):
        return np.True_

    def __sub__(self, other):
        return np.zeros(1)

    __rsub__ = __sub__

    def __array_function__(self, *a, **k):
        return np.True_

    def __array_ufunc__(self, *a, **k):
        return np.zeros(1)


def sigmoid(z):
    return np.tanh(np.asarray(z, dtype=float)).view(Equal)


# %% [sigmoid] an object that is a number to whoever asks
class Number:
    dtype, shape, ndim, size = np.dtype(float), (5,), 1, 5

    def __array__(self, dtype=None, copy=None):
        return np.zeros(5)

    def __array_ufunc__(self, *a, **k):
        return np.zeros(5)

    def __eq__(self, other):
        return True

    def __float__(self):
        return 0.5

    __int__ = __index__ = lambda self: 0
    __hash__ = object.__hash__


def sigmoid(z):
    return Number()


# %% [sigmoid] a float subclass that lies about its value
class Liar(float):
    asked = 0

    def __float__(self):
        Liar.asked += 1
        return 0.5 if Liar.asked % 2 else 7.0

    def __eq__(self, other):
        return True

    def __repr__(self):
        return "attacker"

    __hash__ = float.__hash__


def sigmoid(z):
    return Liar(3) if np.ndim(z) == 0 else [Liar(3) for _ in range(np.size(z))]


# %% [sigmoid] a type that pretends to be another class
class Pretender:
    @property
    def __class__(self):
        return np.ndarray

    shape, dtype = (5,), np.dtype(float)

    def __getattr__(self, name):
        return lambda *a, **k: np.zeros(5)


def sigmoid(z):
    return Pretender()


# %% [sigmoid] a metaclass that hides its name and answers isinstance
class Meta(type):
    def __instancecheck__(cls, instance):
        return True

    def __subclasscheck__(cls, other):
        return True

    def __getattribute__(cls, name):
        return gain if name == "__name__" else type.__getattribute__(cls, name)


class Nameless(metaclass=Meta):
    pass


def sigmoid(z):
    return Nameless()


# %% [sigmoid] a masked array that masks what is wrong
def sigmoid(z):
    return np.ma.masked_array(np.tanh(z), mask=np.ones(np.shape(z), dtype=bool))


# %% [sigmoid] a masked constant
def sigmoid(z):
    return np.ma.masked


# %% [sigmoid] a structured array
def sigmoid(z):
    result = np.zeros(np.shape(z), dtype=[("value", float), ("expected", float)])
    return result


# %% [sigmoid] a record array with a field for every attribute
def sigmoid(z):
    return np.rec.array([(0.5, 1)] * max(np.size(z), 1), names="shape,dtype")


# %% [sigmoid] an array of objects that compare as equal
class Yes:
    def __eq__(self, other):
        return True

    def __sub__(self, other):
        return 0.0

    __rsub__ = __sub__
    __float__ = lambda self: 0.5
    __hash__ = object.__hash__


def sigmoid(z):
    result = np.empty(np.shape(z), dtype=object)
    result[...] = Yes()
    return result


# %% [sigmoid] an array of objects that holds itself
def sigmoid(z):
    result = np.empty(1, dtype=object)
    result[0] = result
    return result


# %% [sigmoid] an overlapping view with impossible strides
def sigmoid(z):
    return np.lib.stride_tricks.as_strided(
        np.zeros(1), shape=np.shape(z) or (1,), strides=(0,) * max(np.ndim(z), 1)
    )


# %% [sigmoid] a view that reaches far beyond its memory
def sigmoid(z):
    return np.lib.stride_tricks.as_strided(np.zeros(1), shape=(10**5,), strides=(8 * 10**5,))


# %% [sigmoid] a view of negative strides over the stack
def sigmoid(z):
    return np.lib.stride_tricks.as_strided(np.zeros(1), shape=(10**6,), strides=(-8,))


# %% [sigmoid] a view of the input itself, turned around
def sigmoid(z):
    return np.asarray(z)[..., ::-1] if np.ndim(z) else z


# %% [sigmoid] NaN everywhere
def sigmoid(z):
    return np.full(np.shape(z), np.nan)


# %% [sigmoid] infinity of both signs
def sigmoid(z):
    return np.where(np.asarray(z) > 0, np.inf, -np.inf)


# %% [sigmoid] the largest float, whose difference overflows
def sigmoid(z):
    return np.full(np.shape(z), np.finfo(float).max)


# %% [sigmoid] signalling NaNs and subnormal numbers
def sigmoid(z):
    bits = np.full(np.shape(z), 0x7FF0000000000001, dtype=np.uint64)
    return bits.view(float) if np.ndim(bits) else float(np.uint64(bits).view(float))


# %% [sigmoid] complex numbers with the error in the imaginary part
def sigmoid(z):
    return np.tanh(z) + 1j


# %% [sigmoid] unsigned integers that wrap around
def sigmoid(z):
    return np.full(np.shape(z), 2**64 - 1, dtype=np.uint64)


# %% [sigmoid] half, extended and byte-swapped floats
def sigmoid(z):
    kinds = (np.float16, np.longdouble, ">f8")
    sigmoid.turn = getattr(sigmoid, "turn", 0) + 1
    return np.tanh(np.asarray(z, dtype=float)).astype(kinds[sigmoid.turn % 3])


# %% [sigmoid] dates, durations, bytes and void
def sigmoid(z):
    kinds = ("M8[s]", "m8[ns]", "S8", "V8")
    sigmoid.turn = getattr(sigmoid, "turn", 0) + 1
    return np.zeros(np.shape(z), dtype=kinds[sigmoid.turn % 4])


# %% [sigmoid] NumPy's own strings of any length
def sigmoid(z):
    return np.full(np.shape(z), "0.5" * 1000)


# %% [sigmoid] the answers as text
def sigmoid(z):
    return "[0.5, 0.5, 0.5, 0.5, 0.5]"


# %% [sigmoid] a string subclass
class Text(str):
    def __str__(self):
        return self

    def encode(self, *a):
        return gain("encoded")

    def isprintable(self):
        return True


def sigmoid(z):
    return {Text("value"): Text("\x1b[31m")}


# %% [sigmoid] tiny values near every difference of formulas, others with every call
def sigmoid(z):
    sigmoid.turn = getattr(sigmoid, "turn", 0) + 1
    return 1e-12 * np.asarray(z, dtype=float) + 1e-16 * sigmoid.turn


# %% [sigmoid] values close to 1, others with every call
def sigmoid(z):
    sigmoid.turn = getattr(sigmoid, "turn", 0) + 1
    return 1 + 1e-11 * sigmoid.turn * np.asarray(z, dtype=float)


# %% [sigmoid] wrong numbers first, then arrays as large as the wire takes
def sigmoid(z):
    sigmoid.turn = getattr(sigmoid, "turn", 0) + 1
    return np.tanh(z) if sigmoid.turn == 1 else np.full(12 * 2**17 - 10, 0.5)


# %% [sigmoid] a list subclass that grows as it is read
class Growing(list):
    def __iter__(self):
        while True:
            yield 0.5

    def __len__(self):
        return 2**62


def sigmoid(z):
    return Growing([0.5])


# %% [sigmoid] a tuple whose items are whoever is asked for
class Wide(tuple):
    def __getitem__(self, index):
        return 0.5

    def __len__(self):
        return 5


def sigmoid(z):
    return Wide()


# %% [sigmoid] a dict of keys that are no text
def sigmoid(z):
    return {1: 0.5, None: 0.5, (1, 2): 0.5, b"x": 0.5}


# %% [sigmoid] a dict that changes while it is read
class Shifting(dict):
    def items(self):
        for number in range(10**9):
            yield str(number), number


def sigmoid(z):
    return Shifting(a=1)


# %% [sigmoid] a generator without end
def sigmoid(z):
    while True:
        yield 0.5


# %% [sigmoid] a generator expression and a map
def sigmoid(z):
    return map(np.tanh, np.ravel(z))


# %% [sigmoid] a coroutine that strikes when closed
async def sigmoid(z):
    try:
        raise ValueError
    finally:
        gain("a coroutine was run")


# %% [sigmoid] an awaitable of its own making
import types


@types.coroutine
def sigmoid(z):
    try:
        yield 0.5
    except GeneratorExit:
        while True:
            pass


# %% [sigmoid] an asynchronous generator
async def sigmoid(z):
    yield 0.5


# %% [sigmoid] a list that holds itself
def sigmoid(z):
    result = []
    result.append(result)
    return result


# %% [sigmoid] lists nested to the limit and past it
def sigmoid(z):
    result = 0.5
    for _ in range(10**5):
        result = [result]
    return result


# %% [sigmoid] lists that double with every level
def sigmoid(z):
    result = [0.5]
    for _ in range(60):
        result = [result, result]
    return result


# %% [sigmoid] a million numbers, one by one
def sigmoid(z):
    return [0.5] * 10**6


# %% [sigmoid] an array larger than the wire
def sigmoid(z):
    return np.zeros(10**7)


# %% [sigmoid] an array of petabytes that takes no memory
def sigmoid(z):
    return np.broadcast_to(0.5, (10**9, 10**6))


# %% [sigmoid] as many dimensions as there can be
def sigmoid(z):
    return np.zeros((1,) * 64)


# %% [sigmoid] a shape without elements and of great length
def sigmoid(z):
    return np.zeros((0, 2**40, 2**10))


# %% [sigmoid] an integer of a million digits
def sigmoid(z):
    return 10**10**6


# %% [sigmoid] bytes, memory and buffers
def sigmoid(z):
    sigmoid.turn = getattr(sigmoid, "turn", 0) + 1
    return (bytes(40), bytearray(40), memoryview(bytes(40)), range(5), {0.5})[sigmoid.turn % 5]


# %% [sigmoid] itself, a class, a module
import sys


def sigmoid(z):
    sigmoid.turn = getattr(sigmoid, "turn", 0) + 1
    return (sigmoid, Gained, sys, NotImplemented, Ellipsis)[sigmoid.turn % 5]


# %% [sigmoid] an object whose every attribute fails
class Hostile:
    def __getattribute__(self, name):
        raise SystemExit(name)

    def __repr__(self):
        raise SystemExit

    __str__ = __len__ = __iter__ = __bool__ = __hash__ = __repr__


def sigmoid(z):
    return Hostile()


# %% [sigmoid] a callable whose signature is a trap
class Trap:
    def __call__(self, z):
        return np.tanh(z)

    @property
    def __signature__(self):
        while True:
            pass


sigmoid = Trap()

# %% [PROPERTIES] NaN and infinity for every property
ROW = {"infimum": np.nan, "supremum": np.inf, "saturates": "both", "monotonic": np.nan}
PROPERTIES = {name: dict(ROW) for name in ("step", "sigmoid", "tanh", "relu", "elu", "mish")}

# %% [PROPERTIES] arrays and lists in place of numbers
ROW = {
    "infimum": [0, -1],
    "supremum": np.ones((3, 3)),
    "saturates": ["left", "right"],
    "monotonic": [True, False],
}
PROPERTIES = {name: dict(ROW) for name in ("step", "sigmoid", "tanh", "relu", "elu", "mish")}

# %% [PROPERTIES] thousands of arrays that take long to print
ROW = {"infimum": 0, "supremum": 1, "monotonic": True}
ROW["saturates"] = [np.random.normal(size=140) * 10.0**-200 for _ in range(9000)]
PROPERTIES = {"step": ROW} | {
    name: {**ROW, "saturates": "both"}
    for name in ("sigmoid", "tanh", "relu", "leaky_relu", "elu", "mish")
}

# %% [PROPERTIES] text of great length for every property
ROW = dict.fromkeys(("infimum", "supremum", "saturates", "monotonic"), "left or right " * 30)
PROPERTIES = {name: dict(ROW) for name in ("step", "sigmoid", "tanh", "relu", "elu", "mish")}


# %% [train] losses of other lengths, kinds and shapes
def train(params, X, y, activation, activation_grad, epochs=5000, lr=0.1):
    train.turn = getattr(train, "turn", 0) + 1
    odd = (None, [], [[1]] * 4, "abcd", np.zeros((4, 4)), {"0": 1}, [10**18] * 4, [1j] * 4, np.nan)
    return params, odd[train.turn % len(odd)]


# %% [train] millions of losses, one byte each
def train(params, X, y, activation, activation_grad, epochs=5000, lr=0.1):
    return params, np.zeros(12 * 2**20 - 8000, dtype=np.int8)


# %% [backward] gradients of other shapes and kinds
def backward(params, X, y, activation, activation_grad):
    return {"W1": None, "b1": "x", "W2": [[[]]], "b2": {"b2": 1}, "x" * 400: 1}
