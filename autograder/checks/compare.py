"""Where two arrays differ most."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Index = tuple[int, ...]


@dataclass(frozen=True)
class Tolerance:
    """``|got - expected| <= atol + rtol * |expected| + largest * max|expected|``.

    The first two terms are those of `numpy.isclose`; `atol` may be an array, too.
    """

    rtol: float = 1e-7
    atol: float | Floats = 1e-12
    largest: float = 0.0

    def excess(self, got: Floats, expected: Floats) -> Floats:
        """Return each element's difference in units of the tolerance; inf where not finite."""
        with np.errstate(all="ignore"):
            size = np.abs(expected)
            allowed = self.atol + self.rtol * size
            if self.largest:
                allowed = allowed + self.largest * np.max(size, initial=0.0)
            times = np.abs(got - expected) / allowed
        times = np.where(np.isnan(times), np.inf, times)
        return np.where(got == expected, 0.0, times)


VALUES = Tolerance()
SLOPES = Tolerance(rtol=1e-8, atol=1e-8)
LOSS_SLOPES = Tolerance(rtol=0.0, atol=1e-9, largest=1e-6)
COARSE = Tolerance(rtol=1e-5, atol=1e-7)


def worst(got: Floats, expected: Floats, tolerance: Tolerance = VALUES) -> Index | None:
    """Return the index of the element that is furthest off; None when all are close."""
    if got.size == 0 or np.array_equal(got, expected):
        return None
    excess = tolerance.excess(got, expected)
    if not np.any(excess > 1):
        return None
    return tuple(int(i) for i in np.unravel_index(int(np.argmax(excess)), excess.shape))


def close(got: Any, expected: Any, tolerance: Tolerance = VALUES) -> bool:
    """Return whether both have the same shape and all elements are close."""
    got, expected = np.asarray(got, dtype=np.float64), np.asarray(expected, dtype=np.float64)
    return got.shape == expected.shape and worst(got, expected, tolerance) is None
