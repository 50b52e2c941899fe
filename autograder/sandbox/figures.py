"""Take the figures that student code has drawn."""

import sys
from typing import Any

import numpy as np

from autograder.sandbox.answers import Array

FIGURES = 8
WIDTH = 1600
HEIGHT = 1200
FIGURE_BYTES = FIGURES * WIDTH * HEIGHT * 4


def take_figures(*, keep: bool) -> tuple[Array, ...]:
    """Close all open figures; return images of the first few if they are to be kept.

    Each is RGBA, uint8 of shape (height, width, 4), drawn coarser if it would be too large.
    """
    pyplot = sys.modules.get("matplotlib.pyplot")
    if pyplot is None:
        return ()
    try:
        numbers = pyplot.get_fignums()[:FIGURES] if keep else []
        return tuple(image_of(pyplot.figure(number)) for number in numbers)
    finally:
        pyplot.close("all")


def image_of(figure: Any) -> Array:
    """Draw a figure. Returns RGBA, uint8 of shape (height, width, 4)."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415 - slow import

    width, height = figure.get_size_inches()
    figure.dpi = min(figure.dpi, WIDTH / width, HEIGHT / height)
    canvas: Any = FigureCanvasAgg(figure)
    canvas.draw()
    return np.array(canvas.buffer_rgba(), dtype=np.uint8)[:HEIGHT, :WIDTH]


def draw_nowhere() -> None:
    """Let pyplot draw in memory only: ``plt.show()`` opens no window and waits for nobody."""
    import matplotlib as mpl  # noqa: PLC0415 - slow import

    if mpl.rcParams["backend"] != "agg":
        mpl.use("agg")
