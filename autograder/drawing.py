"""Draw what failed: numbers and words of our own, made into PNG."""

import contextlib
import io
import time
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from autograder.explain.effort import searching
from autograder.explain.pictures import Picture, Series, Sketch
from autograder.result import HEIGHT, WIDTH, Drawing

MOST = 8
SECONDS = 10.0
FINENESS = 1.5
DPI = 100
COLOURS = 64
TITLE_SIZE = 11.0
TITLE_CHARS = 66  # of that size fit
LEGEND: dict[str, Any] = {
    "loc": "upper left",
    "bbox_to_anchor": (0.005, 0.925),
    "handlelength": 1.6,
    "columnspacing": 1.4,
}
TICKS = 6
FEW = 30  # points of a line that are shown as such

YOURS, RIGHT, WRONG = "#0072b2", "#009e73", "#d55e00"  # Okabe and Ito: apart for every eye
INK, SOFT = "#1c2126", "#5b6670"


def draw_all(sketches: Mapping[tuple[str, str], Sketch]) -> tuple[Drawing, ...]:
    """Return drawings for the failed tests, named by item and title: one an item, eight at most.

    A picture that cannot be made is left out, and so is what is not begun after ten seconds.
    """
    drawings: dict[str, Drawing] = {}
    end = time.monotonic() + SECONDS
    for (item, test), sketch in sketches.items():
        if item in drawings or len(drawings) == MOST or time.monotonic() > end:
            continue
        with contextlib.suppress(Exception):  # no picture is worth a result
            with searching():
                picture = sketch()
            if picture:
                drawings[item] = Drawing(item, test, png(picture), picture.alt)
    return tuple(drawings.values())


def png(picture: Picture) -> bytes:
    """Draw a picture; pyplot, and the settings of whoever uses it, are left alone."""
    import PIL.Image  # noqa: PLC0415 - slow import
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415
    from matplotlib.figure import Figure  # noqa: PLC0415

    file = io.BytesIO()
    with _own_settings(), np.errstate(all="ignore"):
        figure = Figure(figsize=(WIDTH / DPI, HEIGHT / DPI), dpi=FINENESS * DPI)
        canvas: Any = FigureCanvasAgg(figure)
        axes = figure.add_axes((0.085, 0.115, 0.895, 0.69))
        _frame(axes, picture)
        handles = _lines(axes, picture) + _marks(axes, picture)
        size = TITLE_SIZE * min(1.0, TITLE_CHARS / len(picture.title))
        figure.text(0.02, 0.925, picture.title, size=size, weight="bold", color=INK)
        figure.legend(handles=handles, ncols=len(handles), **LEGEND)
        canvas.draw()
    image = PIL.Image.fromarray(np.asarray(canvas.buffer_rgba())[..., :3])
    # A third of the size, in less time, for the few colours there are.
    image.quantize(COLOURS, PIL.Image.Quantize.FASTOCTREE).save(file, "png")
    return file.getvalue()


@contextlib.contextmanager
def _own_settings() -> Iterator[None]:
    import matplotlib.style  # noqa: PLC0415 - slow import

    ours = {"legend.frameon": False, "legend.fontsize": 9, "text.parse_math": False}
    with matplotlib.style.context(["default", ours]):
        yield


def _frame(axes: Any, picture: Picture) -> None:
    """Set the range, the labels and a quiet look."""
    low, high = picture.limits()
    axes.set_ylim(low, high)
    axes.set_xlabel(picture.x_label, color=SOFT, loc="right", labelpad=0)
    axes.axhline(0, color="#c9cfd4", lw=1, zorder=0)
    axes.grid(color="#eceff1", lw=0.8)
    axes.set_axisbelow(True)
    axes.spines[["top", "right"]].set_visible(False)
    axes.spines[["left", "bottom"]].set_color("#b8c0c7")
    axes.tick_params(colors=SOFT, labelsize=9, color="#b8c0c7")
    whole = all(float(x).is_integer() for x in picture.wrong.x)
    axes.xaxis.get_major_locator().set_params(nbins=TICKS, integer=whole)
    axes.yaxis.get_major_locator().set_params(nbins=TICKS)


def _lines(axes: Any, picture: Picture) -> list[Any]:
    handles = []
    if picture.yours:
        handles += _line(axes, picture, picture.yours, color=YOURS, lw=2, zorder=2.5)
    if picture.truth:
        handles += _line(axes, picture, picture.truth, color=RIGHT, lw=6, alpha=0.35)
    return handles


def _line(axes: Any, picture: Picture, line: Series, **look: Any) -> list[Any]:
    low, high = picture.limits()
    beyond = high - low  # what leaves the picture leaves it for good, whatever its size
    y = np.clip(np.array(line.y, dtype=np.float64), low - beyond, high + beyond)
    marker = {"marker": "o", "markersize": 3 + look["lw"] / 2} if len(line.x) <= FEW else {}
    return list(axes.plot(line.x, y, label=line.label, solid_capstyle="round", **marker, **look))


def _marks(axes: Any, picture: Picture) -> list[Any]:
    """Mark the points expected, and the wrong ones, joined to where they should be."""
    low, high = picture.limits()
    wrong = picture.wrong
    x, y = np.array(wrong.x, dtype=np.float64), np.array(wrong.y, dtype=np.float64)
    shown = np.clip(np.nan_to_num(y, nan=low, posinf=high, neginf=low), low, high)
    axes.vlines(x, picture.due, shown, color=WRONG, lw=1, alpha=0.7)
    handles = []
    if picture.expected:
        dots = {"marker": "o", "mfc": "white", "mec": RIGHT, "mew": 1.8, "ms": 7, "ls": ""}
        at = picture.expected
        handles += axes.plot(at.x, at.y, label=at.label, zorder=3, **dots)
    cross = {"marker": "x", "color": WRONG, "mew": 2.2, "ms": 8, "ls": "", "clip_on": False}
    handles += axes.plot(x, shown, label=wrong.label, zorder=4, **cross)
    _say_where(axes, x, y, shown)
    return handles


def _say_where(axes: Any, x: Any, y: Any, shown: Any) -> None:
    """Write the value of a few points that are not where they belong, being too far off."""
    off = np.flatnonzero(y != shown)[: FEW // 3]
    for i in off:
        up = shown[i] == axes.get_ylim()[1]
        axes.annotate(
            f"{y[i]:.3g}",
            (x[i], shown[i]),
            xytext=(6, -4 if up else 4),
            textcoords="offset points",
            va="top" if up else "bottom",
            size=8,
            color=WRONG,
        )
