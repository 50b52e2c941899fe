"""The first rungs of every check: defined, callable, runs, type, shape, arguments unchanged."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from autograder.checks import text
from autograder.checks.compare import Floats
from autograder.checks.failure import CheckFailure, StudentFunction
from autograder.language import _
from autograder.sandbox.answers import Answer
from autograder.stubs import NOT_WRITTEN


def obtain(function: StudentFunction, args: Mapping[str, Any], *, training: bool = False) -> Answer:
    """Call a student's function with positional arguments; the answer carries a value.

    The names in `args` are for messages only. Raises CheckFailure when the function is not
    defined, cannot be called like this, or fails.
    """
    __tracebackhide__ = True
    answer = function.answer(*args.values(), training=training)
    if answer.kind != "value":
        raise CheckFailure(*_explain(function.name, args, answer))
    return answer


def defined(name: str, answer: Answer) -> Any:
    """Return the value of a name the submission defines; CheckFailure when it does not."""
    __tracebackhide__ = True
    if answer.kind != "value":
        raise CheckFailure(*_explain(name, {}, answer))
    return answer.value


EXPLANATIONS = {
    "undefined": (
        "{name} is not defined.",
        "Was its cell changed or removed, or does it fail before the definition?",
    ),
    "not-callable": (
        "{name} is not a function but a value.",
        "Is the name used for something else further down?",
    ),
    "signature": (
        "{name} cannot be called with ({names}): {error}.",
        "Keep the parameters as they stand in the stub.",
    ),
    "raised": ("{call} stopped with {error}{where}", ""),
    "unsupported": ("{call} returned {error}, not numbers.", ""),
    "timeout": ("{call} did not finish in time{where}", "Is there a loop that never ends?"),
    "memory": ("{call} used more memory than it may.", ""),
    "crashed": ("{call} ended the process it ran in.", ""),
    "malformed": ("{call} returned something that is not plain numbers.", ""),
    "budget": ("{name} could not be run: the time for the whole submission was used up.", ""),
}


def _explain(name: str, args: Mapping[str, Any], answer: Answer) -> tuple[str, str]:
    """Return message and hint for an answer that carries no value."""
    if answer.kind == "raised" and answer.error.startswith("NotImplementedError"):
        return _(NOT_WRITTEN).format(name), "Its stub still raises NotImplementedError."
    if answer.kind == "undefined" and answer.where:
        unread = answer.error.startswith(("SyntaxError", "IndentationError", "TabError"))
        return (
            _("{name} is not defined: its cell stopped with {error}\n  in {where}").format(
                name=name, error=answer.error, where=answer.where
            ),
            "Python cannot read this line, or the one above it." if unread else "",
        )
    message, hint = EXPLANATIONS[answer.kind]
    a_type = answer.kind == "unsupported" and " " not in answer.error
    sign = f"type {answer.error}" if a_type else answer.error
    message = _(message).format(
        name=name,
        names=", ".join(args),
        call=f"{name}({text.arguments(args)})" if args else name,
        error=_("an object of type {}").format(answer.error) if a_type else answer.error,
        where="\n  " + _("in {}").format(answer.where) if answer.where else ".",
    )
    return message, _hint_for_error(sign) or hint


_FACTORS = (
    "Compare the shapes of the two factors: is a transpose left out or one too many, are they "
    "exchanged, or is * meant, not @?"
)
_ONE_NUMBER = (
    "float(), int() and the functions of `math` take one number; NumPy's functions take arrays."
)
_AN_AXIS = (
    "An axis, an index or a count is expected there: the larger of two numbers is np.maximum, "
    "while np.max takes an array and an axis."
)
_ONE_ENTRY = (
    "An array stands where one number belongs: is it a row of a matrix, or what a function gives "
    "for all of z?"
)
_NO_ENTRIES = "A single number has no entries to go through: z may be one, too."
_ERROR_HINTS = {
    "truth value of an array": (
        "`if`, max() and min() decide once, for the whole array: the choice must be made for each "
        "element."
    ),
    "does not support item assignment": (
        "A single number, even one that arithmetic gives, cannot be indexed: make an array of it."
    ),
    "too many indices": "z may have any number of axes, none at all included.",
    "matmul": _FACTORS,
    "not aligned": _FACTORS,
    "could not broadcast input array": (
        "An array is written into one of another shape: is a size written in, or a whole array put "
        "into one entry?"
    ),
    "could not be broadcast": (
        "* and + work element by element, and these shapes do not fit: is @ meant, or is one of "
        "them a global array instead of the argument?"
    ),
    "only length-1 arrays": _ONE_NUMBER,
    "only 0-dimensional arrays": _ONE_NUMBER,
    "math range error": "Functions of `math` raise where NumPy's return inf.",
    "result out of range": (
        "A power of Python's own numbers raises where NumPy's is inf: take np.exp, or make z an "
        "array first."
    ),
    "only integer scalar arrays": _AN_AXIS,
    "cannot be interpreted as an integer": _AN_AXIS,
    "AxisError": _AN_AXIS,
    "inhomogeneous shape": (
        "A number and an array in one list, or arrays of several shapes, make no array together: "
        "take the one that is meant, or give NumPy's function the two as they are."
    ),
    "module 'numpy' has no attribute": (
        "NumPy has no such name: what older texts call np.int and np.float is Python's own int "
        "and float."
    ),
    "setting an array element with a sequence": _ONE_ENTRY,
    "setting single item of array": _ONE_ENTRY,
    "iteration over a 0-d array": _NO_ENTRIES,
    "object is not iterable": _NO_ENTRIES,
    "dtype object": (
        "NumPy keeps objects there, not numbers: np.frompyfunc does that, and a list of uneven "
        "rows. np.vectorize with otypes=[float] gives numbers."
    ),
    "cannot reshape array": (
        "A size is written in: the sizes are those of the arguments, which may have others."
    ),
    "values to unpack": "There are more or fewer axes, or values, than names to take them.",
    "dtype <U": "Text came back: a number has no quotes.",
    "read-only": "The argument must not be changed: work on a new array.",
    "type generator": "`yield` makes a generator: `return` the array.",
    "type function": "Is it a function where its result belongs?",
    "bitwise_xor": "In Python ^ is exclusive or; a power is written **.",
    "object is not callable": (
        "Parentheses follow what is no function: is a * left out, or the name used twice?"
    ),
    "KeyError": "No such key is there: are the keys those of the docstring?",
    "NameError": "A name in it is defined nowhere: is it spelt as in the line with `def`?",
    "unhashable": "A cache needs arguments that can be hashed, and arrays cannot.",
    "Cannot cast ufunc": "An integer array cannot hold fractions: make a float array first.",
}


def _hint_for_error(error: str) -> str:
    return next((hint for sign, hint in _ERROR_HINTS.items() if sign in error), "")


def unchanged(name: str, args: Mapping[str, Any], answer: Answer) -> None:
    """Check that a call left its arguments as they were."""
    __tracebackhide__ = True
    for (arg, before), after in zip(args.items(), answer.arguments, strict=False):
        if not _is_unchanged(before, after):
            raise CheckFailure(
                _("{} changed its argument {}: whoever calls it finds other values there.").format(
                    name, arg
                ),
                "Build a new array or dict instead of changing the one you were given.",
            )


def _is_unchanged(before: Any, after: Any) -> bool:
    if callable(before):
        return True
    if isinstance(before, Mapping):
        return (
            isinstance(after, Mapping)
            and before.keys() == after.keys()
            and all(_is_unchanged(before[key], after[key]) for key in before)
        )
    before, left = np.asarray(before), numeric(after)
    if left is None or before.shape != left.shape:
        return False
    return np.array_equal(before, left, equal_nan=True)


def as_floats(
    name: str, value: Any, expected_shape: tuple[int, ...], args: Mapping[str, Any]
) -> Floats:
    """Return a returned value as a float64 array of the expected shape.

    Lists and booleans are accepted. `name` says what the value is (``sigmoid``, ``grads["W1"]``),
    `args` for which arguments. Raises CheckFailure on the rungs type and shape.
    """
    __tracebackhide__ = True
    array = numeric(value)
    wanted, given = _in_words(expected_shape), text.given(args)

    def otherwise(got: str) -> str:
        sentence = _("{name} should be {wanted}{given}: got {got}.")
        return sentence.format(name=name, wanted=wanted, given=given, got=got)

    if isinstance(value, tuple) and (array is None or array.shape != expected_shape):
        raise CheckFailure(
            otherwise(text.kind_of(value)),
            "A tuple comes back: is a second value, a cache or a slope, returned with the first?",
        )
    if array is None:
        hint = "Is a `return` missing?" if value is None else ""
        raise CheckFailure(otherwise(text.kind_of(value)), hint)
    if array.shape != expected_shape:
        hint = _shape_hint(array.shape, expected_shape)
        raise CheckFailure(otherwise(text.shape(array)), hint)
    return np.asarray(array, dtype=np.float64)


def numeric(value: Any) -> Any:
    """Return a returned value as an array of numbers or booleans; None when it is no such."""
    if value is None or isinstance(value, str | dict):
        return None
    try:
        array = np.asarray(value)
    except ValueError:
        return None
    return array if array.dtype.kind in "biuf" else None


def _in_words(expected_shape: tuple[int, ...]) -> str:
    if not expected_shape:
        return _("a single number")
    return _("numbers of shape {}").format(expected_shape)


def _shape_hint(got: tuple[int, ...], expected: tuple[int, ...]) -> str:
    if not expected:
        return "A single number is wanted, not an array."
    if not got:
        return (
            "One number came back for a whole array: was it reduced (max, sum) on the way, or is "
            "it another argument?"
            if np.prod(expected) > 1
            else "An array is wanted, even of one number."
        )
    if len(got) != len(expected) and np.prod(got) == np.prod(expected):
        return "As many numbers came as are wanted, but an axis was added or lost on the way."
    if len(got) > 1 and got[1:] in (expected, expected[1:]) and expected[0] in (1, *got[1:2]):
        return "There is one axis too many: did it come in here, or is there more to do over it?"
    if len(got) == len(expected) == 2:
        return _matrix_hint(got, expected)
    if len(got) == 1:
        return (
            "Fewer numbers came back than are wanted: are some left out, are they positions, "
            "or is it another axis?"
            if got[0] < np.prod(expected)
            else "There are too many numbers: is it another axis?"
        )
    return ""


def _matrix_hint(got: tuple[int, ...], expected: tuple[int, ...]) -> str:
    if got[1] == expected[0] == 1 and got[0] > 1:
        return "A row is wanted and a column came: is it summed over the other axis?"
    if got == expected[::-1]:
        return "It looks transposed."
    if 1 < got[0] == expected[0] and got[1] > expected[1] == 1:
        return (
            "There are several columns where one is wanted: are they another layer's, "
            "or of a fixed size?"
        )
    if got[1] == expected[1] == 1 or (got[1] == expected[1] and got[0] != got[1]):
        return "The number of rows is another: is a size written in, or a global array used?"
    if got[0] == got[1]:
        if expected[0] == expected[1]:
            return "It looks as if the two factors were in the other order."
        if got[0] == max(expected):
            return "A (n,) array met an (n, 1) array and broadcast to (n, n)."
    return ""
