"""How numbers and arguments are written in messages."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from autograder.checks.compare import Index
from autograder.language import _


def number(value: Any) -> str:
    """Return a number as text, to seven significant digits."""
    value = np.asarray(value)[()]
    if isinstance(value, np.bool_ | np.integer):
        return str(value)
    if np.iscomplexobj(value):
        return f"{value:.7g}"
    return f"{float(value):.7g}"


def told_apart(value: Any, other: Any) -> tuple[str, str]:
    """Return two numbers as text, with as many digits as it takes to see a difference."""
    for digits in range(7, 18):
        texts = f"{float(value):.{digits}g}", f"{float(other):.{digits}g}"
        if texts[0] != texts[1]:
            break
    return texts


def element(name: str, index: Index) -> str:
    """Return how the element is addressed: ``z``, ``z[3]``, ``z[0, 1]``."""
    return f"{name}[{', '.join(map(str, index))}]" if index else name


def point(args: Mapping[str, Any], index: Index) -> str:
    """Return an element of z and what else was given: ``z[3] = 1.5 with alpha = 2``."""
    z = np.asarray(args["z"])
    kind = f" ({of_dtype(z)})" if z.dtype != np.float64 else ""
    rest = {name: value for name, value in args.items() if name != "z"}
    given = " " + _("with {}").format(arguments(rest)) if rest else ""
    return f"{element('z', index)} = {number(z[index])}{kind}{given}"


def of_dtype(z: Any) -> str:
    """Return what kind of numbers z holds."""
    return _("z of dtype {}").format(z.dtype)


def shape(array: Any) -> str:
    """Return an array's shape in words."""
    dimensions = np.shape(array)
    return _("shape {}").format(dimensions) if dimensions else _("a single number")


def given(args: Mapping[str, Any]) -> str:
    """Return for which arguments something holds: `` for z of shape (5,)``; empty for none."""
    return " " + _("for {}").format(arguments(args)) if args else ""


def arguments(args: Mapping[str, Any]) -> str:
    """Return the arguments of a call in a few words: ``z of shape (5,), alpha = 2``."""
    return ", ".join(_argument(name, value) for name, value in args.items())


def _argument(name: str, value: Any) -> str:
    if isinstance(value, Mapping):
        return name
    if callable(value):
        return f"{name} = {value.__name__}"
    array = np.asarray(value)
    if array.ndim:
        kind = "" if array.dtype == np.float64 else f"{array.dtype} "
        return _("{name} of {kind}shape {shape}").format(name=name, kind=kind, shape=array.shape)
    return f"{name} = {number(array)}"


def kind_of(value: Any) -> str:
    """Return what a value is, for a student: ``None``, ``a tuple of 3``, ``an array``."""
    match value:
        case None:
            return "None"
        case str():
            return _("a text")
        case tuple() | list():
            return _("a {} of {}").format(type(value).__name__, len(value))
        case dict():
            keys = ", ".join(map(repr, value)) or _("(none)")
            return _("a dict with the keys {}").format(keys)
        case np.ndarray():
            return _("an array of {}").format(shape(value)) if value.ndim else _("a single number")
    return _("a {}").format(type(value).__name__)
