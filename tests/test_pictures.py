"""Pictures of what failed: their numbers, what is never drawn, and what breaks nothing."""

import io
import sys
import time
from functools import partial

import matplotlib as mpl
import matplotlib.image
import numpy as np
import pytest

from autograder.checks import (
    CheckFailure,
    check_forms,
    check_gradient,
    check_training,
    check_values,
    five_point_slope,
)
from autograder.drawing import MOST, draw_all, png
from autograder.explain.failures import picture as sketched
from autograder.explain.pictures import Picture, Series
from autograder.sandbox import probes
from autograder.sandbox.answers import Limits
from autograder.sandbox.runner import Runner
from autograder.student import Student

Z = np.array([-3.0, -1.5, -0.5, 0.5, 1.5, 3.0])
SLOPES = 1 - np.tanh(Z) ** 2


def student(**functions):
    """Return a student whose notebook defines these functions."""
    return Student(Runner(functions))


def picture_of(check, *args, **kwargs):
    """Return the picture of the failure a check raises; None when there is none."""
    with pytest.raises(CheckFailure) as caught:
        check(*args, **kwargs)
    return sketched(caught.value.seen, caught.value.wrong)


def gradient_picture(**functions):
    """Return the picture of a wrong tanh_grad."""
    one = student(**functions)
    return picture_of(check_gradient, one.tanh_grad, {"z": Z}, SLOPES, of=one.tanh)


def drawn(picture):
    """Return the pixels of a picture."""
    return matplotlib.image.imread(io.BytesIO(png(picture)))


def test_a_gradient_is_drawn_over_the_slope_of_the_own_function():
    """Both are curves over the range checked, and each wrong point has what was due there."""
    picture = gradient_picture(tanh=np.tanh, tanh_grad=lambda z: 1 - z**2)

    x = np.array(picture.yours.x)
    assert (x[0], x[-1], x.size) == (-3.5, 3.5, 241)
    assert np.allclose(picture.yours.y, 1 - x**2)
    assert picture.truth.label == "slope of your own tanh"
    assert picture.truth.y == tuple(five_point_slope(np.tanh, x).tolist())
    assert (picture.wrong.x, picture.wrong.y) == (tuple(Z), tuple(1 - Z**2))
    assert picture.due == tuple(SLOPES)
    assert picture.expected is None


def test_only_wrong_points_are_marked():
    """A point at which the work is right bears no mark."""
    picture = gradient_picture(
        tanh=np.tanh, tanh_grad=lambda z: np.where(z > 2, 0.0, 1 - np.tanh(z) ** 2)
    )

    assert picture.wrong == Series("wrong here", (3.0,), (0.0,))


@pytest.mark.parametrize("own", [lambda z: z, lambda z: None, lambda z: 1 / 0, lambda: 0])
def test_beside_a_wrong_function_a_gradient_is_drawn_over_what_is_expected(own):
    """When the student's own function is not the true one, or fails, its slope is not shown."""
    picture = gradient_picture(tanh=own, tanh_grad=lambda z: 1 - z**2)

    assert picture.truth is None
    assert picture.title == "tanh_grad and the slopes expected"
    assert (picture.expected.x, picture.expected.y) == (tuple(Z), tuple(SLOPES))


def test_values_are_drawn_over_those_expected():
    """The curve comes from the function itself, with the other arguments as the check gave them."""
    one = student(f=lambda z, alpha: np.where(z < 0, z, alpha * z))

    picture = picture_of(check_values, one.f, {"z": Z, "alpha": 2.0}, 2 * Z)

    x = np.array(picture.yours.x)
    assert picture.title == "f and the values expected, for alpha = 2"
    assert np.allclose(picture.yours.y, np.where(x < 0, x, 2 * x))
    assert picture.wrong.x == (-3.0, -1.5, -0.5)
    assert picture.due == (-6.0, -3.0, -1.0)
    assert picture.expected.y == tuple(2 * Z)


def test_a_part_of_a_tuple_is_drawn_from_that_part():
    """Of a function that returns two arrays the wrong one is drawn."""
    one = student(f=lambda z: (z, z + 1))

    picture = picture_of(check_values, one.f, {"z": Z}, (Z, Z), parts=("first", "second"))

    assert np.allclose(picture.yours.y, np.array(picture.yours.x) + 1)


def test_words_tell_the_gist():
    """The text for who cannot see the picture says what it shows, and where it is worst."""
    picture = gradient_picture(tanh=np.tanh, tanh_grad=lambda z: 1 - z**2)

    assert picture.alt == (
        "tanh_grad and the slope of your own tanh. Wrong at 6 of 6 points, "
        "most at z = -3: -8, where 0.009866037 was due."
    )


def test_of_whole_numbers_only_the_points_are_drawn():
    """A function wrong for integers alone has no curve: on fractions it is right."""
    one = student(f=lambda z: np.asarray(np.tanh(z), np.asarray(z).dtype))

    picture = picture_of(check_forms, one.f, {"z": np.arange(4.0)}, np.tanh(np.arange(4.0)))

    assert picture.title == "f and the values expected, for z of dtype int64"
    assert picture.yours is None
    assert picture.wrong.y == (0.0, 0.0, 0.0)


@pytest.mark.parametrize("z", [2.0, np.array([1.0, 2.0]), np.array([1.0, 1.0, 1.0])])
def test_too_few_points_are_not_drawn(z):
    """A single number, or as good as one, makes no curve."""
    one = student(f=lambda z: z)

    assert picture_of(check_values, one.f, {"z": z}, np.asarray(z) + 1) is None


def test_what_is_no_function_of_z_is_not_drawn():
    """A wrong matrix, or a wrong number for a whole array, makes no curve."""
    one = student(f=lambda m: m, g=np.sum)

    assert picture_of(check_values, one.f, {"m": np.eye(3)}, np.ones((3, 3))) is None
    assert picture_of(check_values, one.g, {"z": Z}, 1.0) is None


START = {"w": np.array([5.0])}
RUN = {"params": START, "X": np.zeros((1, 2)), "y": np.ones((1, 1))}
RUN |= {"activation": probes.sin, "activation_grad": probes.cos, "epochs": 4, "lr": 1.0}
LOSSES = [5.0, 4.0, 3.0, 2.0]


def training_picture(record, end=lambda w: w, **functions):
    """Return the picture of a run in which the loss is w, and w goes down by lr each epoch."""

    def train(params, X, y, activation, activation_grad, epochs=5000, lr=0.1):
        ws = [float(params["w"][0]) - lr * i for i in range(epochs + 1)]
        return {"w": np.array([end(ws[-1])])}, [record(i, ws) for i in range(epochs)]

    given = {
        "forward": lambda params, X, activation: (0, 0, 0, params["w"]),
        "loss": lambda y, p: float(p[0]),
    }
    one = student(train=train, **given | functions)

    def own(params):
        *_, output = one.forward(params, RUN["X"], RUN["activation"])
        return one.loss(RUN["y"], output)

    return picture_of(check_training, one.train, RUN, {"w": [1.0]}, LOSSES, own=own)


def test_losses_are_drawn_beside_those_of_the_parameters():
    """Made-up losses stand beside what the student's own functions say of the parameters."""
    picture = training_picture(lambda i, ws: 5.0 - 2 * i)

    assert picture.yours == Series("recorded", (0, 1, 2, 3), (5.0, 3.0, 1.0, -1.0))
    assert picture.truth == Series("recomputed from your parameters", (0, 1, 2, 3), tuple(LOSSES))
    assert picture.wrong == Series("wrong here", (1, 2, 3), (3.0, 1.0, -1.0))
    assert picture.due == (4.0, 3.0, 2.0)


def test_parameters_that_do_not_belong_to_the_losses_are_marked():
    """When the losses are right and the parameters are not, the latter's losses bear the marks."""
    picture = training_picture(lambda i, ws: ws[i], end=lambda w: w + 0.5)

    assert picture.wrong == Series("wrong here", (1, 2, 3), (4.5, 3.5, 2.5))
    assert picture.due == (4.0, 3.0, 2.0)


@pytest.mark.parametrize(
    "broken",
    [
        {"forward": lambda *_: None},
        {"forward": lambda *_: 1 / 0},
        {"loss": lambda *_: np.zeros(3)},
        {"loss": lambda *_: "none"},
    ],
)
def test_without_functions_that_work_losses_stand_beside_those_expected(broken):
    """A forward pass or a loss that fails takes the recomputed losses away, and nothing else."""
    picture = training_picture(lambda i, ws: ws[i + 1], **broken)

    assert picture.truth is None
    assert picture.expected.y == tuple(LOSSES)
    assert picture.wrong.y == (4.0, 3.0, 2.0, 1.0)


def test_what_is_far_off_does_not_flatten_the_rest():
    """A value of 1e308 lies outside of the picture, one ten times too large inside."""
    inside = picture(wrong=Series("", (0.0,), (10.0,)))
    outside = picture(wrong=Series("", (0.0,), (1e308,)))

    assert inside.limits()[1] > 10.0
    assert outside.limits()[1] < 2.0


def picture(**changes):
    """Return a picture of a line from 0 to 1."""
    line = Series("", (0.0, 1.0), (0.0, 1.0))
    values = {"title": "t", "x_label": "z", "wrong": line, "due": (0.0, 1.0), "alt": "words"}
    return Picture(**values | {"yours": line, "expected": line} | changes)


@pytest.mark.parametrize(
    "values",
    [
        (np.nan, np.nan),
        (np.inf, -np.inf),
        (1e308, -1e308),
        (1e-320, 0.0),
        (0.0, 0.0),
    ],
)
def test_any_number_can_be_drawn(values):
    """No float that a function may return keeps a picture from being drawn."""
    odd = Series("odd", (0.0, 1.0), values)

    pixels = drawn(picture(yours=odd, truth=odd, wrong=odd))

    assert pixels.shape[:2] == (540, 960)


def test_equal_values_can_be_drawn():
    """A picture in which everything is one and the same number has a height."""
    flat = Series("", (0.0, 1.0), (2.0, 2.0))

    low, high = picture(yours=flat, wrong=flat, due=(2.0, 2.0), expected=flat).limits()

    assert low < 2.0 < high


def test_wrong_points_are_marked_in_a_colour_of_their_own():
    """The marks are to be seen, and gone when nothing is marked."""
    nothing = Series("", (), ())
    marked, plain = drawn(picture()), drawn(picture(wrong=nothing, due=()))

    red = [
        np.sum((p[..., 0] > 0.7) & (p[..., 1] < 0.5) & (p[..., 2] < 0.2)) for p in (marked, plain)
    ]
    assert red[0] > 2 * red[1]


def test_nobodys_settings_are_touched_or_used():
    """Drawing takes none of the settings of who uses Matplotlib here, and leaves them alone."""
    before = png(picture())
    with mpl.rc_context({"text.usetex": True, "lines.linewidth": 40, "figure.facecolor": "red"}):
        settings = dict(mpl.rcParams)
        assert png(picture()) == before
        assert dict(mpl.rcParams) == settings


def test_names_are_text():
    """Dollars in a name are no formula, and a long title stays whole."""
    assert drawn(picture(title="$\\frac{" * 30)).shape[:2] == (540, 960)


ODD_AGAIN = {
    "NaN": lambda z: np.full(z.shape, np.nan),
    "huge": lambda z: np.full(z.shape, 1e308),
    "infinite": lambda z: np.where(z < 0, -np.inf, np.inf),
    "another shape": lambda z: np.zeros((3, 3)),
    "many numbers": lambda z: np.zeros(10**6),
    "a text": lambda z: "no",
    "nothing": lambda z: None,
    "an exit": lambda z: sys.exit(),
    "an error": lambda z: 1 / 0,
    "complex": lambda z: z * 1j,
    "an object": lambda z: object(),
}


@pytest.mark.parametrize("odd", ODD_AGAIN)
def test_a_function_may_do_anything_when_called_again(odd):
    """What came in the check is drawn, whatever comes or fails to come the second time."""

    def turned(first):
        return lambda z: first(z) if z.size == Z.size else ODD_AGAIN[odd](z)

    one = student(tanh=turned(np.tanh), tanh_grad=turned(lambda z: 1 - z**2))
    with pytest.raises(CheckFailure) as caught:
        check_gradient(one.tanh_grad, {"z": Z}, SLOPES, of=one.tanh)

    sketch = partial(sketched, caught.value.seen, caught.value.wrong)
    (drawing,) = draw_all({("tanh_grad", "t"): sketch})
    assert drawing.png.startswith(b"\x89PNG")


def test_a_function_that_hangs_when_called_again_is_stopped():
    """A second call that never ends costs its seconds and the curve, no more."""

    def hang(z):
        while z.size != Z.size:
            pass
        return z * 0

    one = Student(Runner({"f": hang}), Limits(call_seconds=0.2))
    start = time.monotonic()

    shown = picture_of(check_values, one.f, {"z": Z}, Z)

    assert time.monotonic() - start < 5
    assert shown.yours is None


def test_one_picture_an_item_and_eight_in_all():
    """The first failure of an item is drawn, and of many items the first eight."""
    sketches = {(f"item {i}", test): picture for i in range(12) for test in ("a", "b")}

    drawings = draw_all(sketches)

    assert [(d.item, d.test) for d in drawings] == [(f"item {i}", "a") for i in range(MOST)]


def test_a_sketch_that_breaks_costs_its_picture_only():
    """An error on the way to one picture leaves the others."""

    def broken():
        raise MemoryError

    drawings = draw_all({("a", "t"): broken, ("b", "t"): lambda: None, ("c", "t"): picture})

    assert [d.item for d in drawings] == ["c"]
