"""Take from JSON what is wanted; whatever else is in it is passed over and never built.

Readers of JSON build all of a file first, and those that stream refuse NaN, which Jupyter writes.
"""

import json
import re
from typing import Any

STRING = rb'"(?:[^"\\]++|\\.)*+"'
INSIDE = rb'(?:[^"\[\]{}]++|%b)*+' % STRING
for _ in range(3):  # values so little nested are passed over without a step in Python each
    INSIDE = rb'(?:[^"\[\]{}]++|%b|[\[{]%b[\]}])*+' % (STRING, INSIDE)
_STRING = re.compile(STRING, re.DOTALL)
_SCALAR = re.compile(rb'[^\s,:"\[\]{}]++')
_GAP = re.compile(rb"[\s,:]*+")
_TO_BRACKET = re.compile(INSIDE, re.DOTALL)
KEY_BYTES = 1000
LEAF, CONTAINER = 50, 500  # bytes that Python needs for a short string, and for a small dict


class TooMuchError(Exception):
    """What is wanted is more than may be taken."""


def pick(raw: bytes, wanted: Any, most: int) -> Any:
    """Return what is wanted of a JSON text in UTF-8.

    Parameters
    ----------
    raw : the text
    wanted : a dict of what is wanted under each key (under None: under any other), a list of
        what is wanted of every element, ``str`` for a text or number, or ``bytes`` for one that
        is left out when it is too much
    most : bytes that may be taken, and as many again of what is wanted as ``bytes``

    Strings and numbers are given wherever they stand; objects and arrays where they are wanted,
    and None in their place elsewhere. Raises TooMuchError, and ValueError for what is not JSON.
    """
    picker = _Picker(raw, most)
    try:
        value, end = picker.value(picker.gap(0), wanted)
    except IndexError:
        raise ValueError("an end too early") from None
    if picker.gap(end) != len(raw):
        raise ValueError("text after the end")
    return value


class _Picker:
    def __init__(self, raw: bytes, most: int) -> None:
        self._raw = raw
        self._left = most
        self._optional_left = most

    def value(self, at: int, wanted: Any) -> tuple[Any, int]:
        """Return what is wanted of the value that begins here, and where that value ends."""
        opening = self._raw[at : at + 1]
        if opening == b"{" and isinstance(wanted, dict):
            return self._object(at + 1, wanted)
        if opening == b"[" and isinstance(wanted, list):
            return self._array(at + 1, wanted[0])
        end = self._end(at)
        unwanted = opening in {b"{", b"["}
        if not self._affords(LEAF if unwanted else end - at + LEAF, wanted) or unwanted:
            return None, end
        return json.loads(self._raw[at:end].decode()), end

    def gap(self, at: int) -> int:
        """Return where the next value, key or bracket begins."""
        return self._past(_GAP, at)

    def _object(self, at: int, wanted: dict[str | None, Any]) -> tuple[dict[str, Any], int]:
        self._affords(CONTAINER, str)
        picked = {}
        while self._raw[at := self.gap(at)] != ord("}"):
            end = self._past(_STRING, at)
            key = json.loads(self._raw[at:end].decode()) if end - at < KEY_BYTES else ""
            at = self.gap(end)
            within = wanted.get(key, wanted.get(None))
            if within is None:
                at = self._end(at)
            else:
                picked[key], at = self.value(at, within)
        return picked, at + 1

    def _array(self, at: int, wanted: Any) -> tuple[list[Any], int]:
        self._affords(CONTAINER, str)
        picked = []
        while self._raw[at := self.gap(at)] != ord("]"):
            value, at = self.value(at, wanted)
            picked.append(value)
        return picked, at + 1

    def _end(self, at: int) -> int:
        """Return where the value that begins here ends."""
        opening = self._raw[at]
        if opening not in b"[{":
            return self._past(_STRING if opening == ord('"') else _SCALAR, at)
        depth = 1
        while depth:
            at = self._past(_TO_BRACKET, at + 1)
            bracket = self._raw[at]
            if bracket == ord('"'):
                raise ValueError("a string without an end")
            depth += 1 if bracket in b"[{" else -1
        return at + 1

    def _past(self, pattern: re.Pattern[bytes], at: int) -> int:
        match = pattern.match(self._raw, at)
        if match is None:
            raise ValueError(f"no JSON at byte {at}")
        return match.end()

    def _affords(self, size: int, wanted: Any) -> bool:
        """Pay for a value, and return whether it may be taken."""
        if wanted is bytes:
            affordable = size <= self._optional_left
            self._optional_left -= size * affordable
            return affordable
        self._left -= size
        if self._left < 0:
            raise TooMuchError
        return True
