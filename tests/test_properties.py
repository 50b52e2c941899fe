"""What holds for the checks whatever they are given: the right passes, the wrong does not."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from autograder.checks import (
    CheckFailure,
    Tolerance,
    check_forms,
    check_gradient,
    check_number,
    check_subgradient,
    check_training,
    check_values,
    five_point_slope,
    loss_slopes,
)
from autograder.checks.compare import LOSS_SLOPES, SLOPES, VALUES
from autograder.checks.training import TRAINED
from autograder.reference import load_reference
from autograder.sandbox import probes
from autograder.sandbox.runner import Runner
from autograder.student import Student
from tests.samples import COURSE

fixed = settings(deadline=None, derandomize=True, max_examples=80, database=None)
"""The same examples on every run, however slow the machine is."""

REFERENCE = load_reference(COURSE.solution("activations"))

DTYPES = [
    np.dtype(kind)
    for kind in ("f8", "f4", "f2", "i8", "i4", "i2", "i1", "u8", "u4", "u2", "u1", "?")
]
SHAPES = npst.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=4)
FILLED = npst.array_shapes(min_dims=0, max_dims=3, min_side=1, max_side=4)
SHARES = st.floats(-0.99, 0.99)
"""Errors in units of the tolerance, that are none."""
ERRORS = st.one_of(st.floats(1.01, 1e6), st.floats(-1e6, -1.01))
"""Errors in units of the tolerance, that are some."""
ALPHAS = st.floats(0.01, 4)


def elements(dtype):
    """Return numbers of a dtype, from -30 to 30."""
    if dtype.kind == "f":
        return st.floats(-30, 30, width=8 * dtype.itemsize)
    return None if dtype.kind == "b" else st.integers(0 if dtype.kind == "u" else -30, 30)


INPUTS = st.sampled_from(DTYPES).flatmap(
    lambda dtype: npst.arrays(dtype, SHAPES, elements=elements(dtype))
)
NUMBERS = st.floats(-1e6, 1e6)
EXPECTED = npst.arrays(np.float64, FILLED, elements=NUMBERS)


def student(**functions):
    """Return a student whose notebook defines these functions."""
    return Student(Runner(functions))


def passes(check, *args, **kwargs):
    """Return whether a check is content."""
    try:
        check(*args, **kwargs)
    except CheckFailure:
        return False
    return True


def returning(value):
    """Return a student whose f returns one value, whatever it is given."""
    return student(f=lambda *args: value).f


def somewhere(data, array):
    """Draw the index of an element."""
    return tuple(data.draw(st.integers(0, side - 1)) for side in array.shape)


def off(expected, index, error, tolerance):
    """Return a copy with one element off, by so many times the tolerance."""
    allowed = tolerance.atol + tolerance.rtol * abs(expected[index])
    changed = np.array(expected)
    changed[index] += error * (allowed + tolerance.largest * np.max(np.abs(expected)))
    return changed


OTHER_WAYS = {
    "sigmoid": lambda z: 0.5 + 0.5 * np.tanh(0.5 * np.asarray(z, dtype=float)),
    "tanh": lambda z: 1 - 2 / (np.exp(2 * np.asarray(z, dtype=float)) + 1),
    "relu": lambda z: np.asarray(z, dtype=float) * (np.asarray(z) > 0),
    "mish": lambda z: z * np.tanh(np.log1p(np.exp(np.asarray(z, dtype=float)))),
    "leaky_relu": lambda z, a: np.maximum(z, 0.0) + a * np.minimum(np.asarray(z, dtype=float), 0),
    "elu": lambda z, a: (
        np.maximum(z, 0.0) + a * (np.exp(np.minimum(np.asarray(z, dtype=float), 0)) - 1)
    ),
}


@pytest.mark.parametrize("name", sorted(OTHER_WAYS))
@fixed
@given(z=INPUTS, alpha=ALPHAS)
def test_a_right_function_passes_at_any_shape_and_dtype(name, z, alpha):
    """A function written in another way than the reference passes, empty arrays included."""
    args = {"z": z} | ({"alpha": alpha} if name in ("leaky_relu", "elu") else {})
    expected = getattr(REFERENCE, name)(*args.values())

    check_values(student(f=OTHER_WAYS[name]).f, args, expected, tolerance=Tolerance(rtol=1e-8))


@fixed
@given(z=st.one_of(st.floats(-30, 30), st.integers(-30, 30), st.booleans()))
def test_a_right_function_passes_for_plain_numbers(z):
    """A Python number is an input like any other."""
    check_values(student(f=OTHER_WAYS["tanh"]).f, {"z": z}, np.tanh(float(z)))


@fixed
@given(z=INPUTS, alpha=ALPHAS)
def test_a_right_gradient_passes_at_any_shape_and_dtype(z, alpha):
    """Slopes written in another way pass, whatever the form of z."""
    z = np.where(np.asarray(z) == 0, np.asarray(1, z.dtype), z)  # the kink has a check of its own
    one = student(
        f=REFERENCE.elu,
        g=lambda z, a: np.where(
            np.asarray(z) > 0, 1.0, REFERENCE.elu(np.minimum(np.asarray(z, dtype=float), 0), a) + a
        ),
    )

    check_gradient(one.g, {"z": z, "alpha": alpha}, REFERENCE.elu_grad(z, alpha), of=one.f)


TOLERANCES = st.sampled_from(
    [VALUES, SLOPES, LOSS_SLOPES, TRAINED, Tolerance(1e-5, 1e-8), Tolerance(0, 1e-3)]
)


@fixed
@given(data=st.data(), expected=EXPECTED, tolerance=TOLERANCES, error=ERRORS)
def test_one_entry_off_by_more_than_the_tolerance_is_caught(data, expected, tolerance, error):
    """However large the array, one wrong element fails it."""
    got = off(expected, somewhere(data, expected), error, tolerance)

    assert not passes(check_values, returning(got), {"z": 1.0}, expected, tolerance=tolerance)


@fixed
@given(data=st.data(), expected=EXPECTED, tolerance=TOLERANCES, share=SHARES)
def test_one_entry_off_by_less_than_the_tolerance_passes(data, expected, tolerance, share):
    """An error within the tolerance costs nothing."""
    got = off(expected, somewhere(data, expected), share, tolerance)

    check_values(returning(got), {"z": 1.0}, expected, tolerance=tolerance)


@fixed
@given(expected=EXPECTED, factor=st.floats(-3, 3).filter(lambda f: abs(f - 1) > 2e-7))
def test_a_scaled_result_is_caught(expected, factor):
    """A factor, -1 included, fails unless there is nothing for it to change."""
    nothing_to_see = np.max(np.abs(expected)) <= 1e-4

    passed = passes(check_values, returning(factor * expected), {"z": 1.0}, expected)

    assert nothing_to_see or not passed


@fixed
@given(expected=EXPECTED, shift=st.one_of(st.floats(0.11, 1e3), st.floats(-1e3, -0.11)))
def test_a_shifted_result_is_caught(expected, shift):
    """A constant added to everything fails."""
    assert not passes(check_values, returning(expected + shift), {"z": 1.0}, expected)


@fixed
@given(
    expected=npst.arrays(
        np.float64,
        st.tuples(st.integers(1, 4), st.integers(1, 4)),
        elements=st.integers(-99, 99).map(float),
    )
)
def test_a_transposed_result_is_caught(expected):
    """A transpose fails unless it is the same matrix."""
    same = np.array_equal(expected, expected.T)

    assert passes(check_values, returning(expected.T), {"z": 1.0}, expected) == same


@fixed
@given(data=st.data(), expected=EXPECTED, bad=st.sampled_from([np.nan, np.inf, -np.inf]))
def test_what_is_not_finite_is_caught(data, expected, bad):
    """One NaN or infinity in a result fails it, at any tolerance."""
    got = expected.copy()
    got[somewhere(data, expected)] = bad

    for tolerance in (VALUES, LOSS_SLOPES, Tolerance(0.5, 1e3)):
        assert not passes(check_values, returning(got), {"z": 1.0}, expected, tolerance=tolerance)


@fixed
@given(expected=EXPECTED, axis=st.integers(0, 3))
def test_an_axis_too_many_is_caught(expected, axis):
    """Right numbers in another shape fail, though they would broadcast."""
    got = np.expand_dims(expected, min(axis, expected.ndim))

    assert not passes(check_values, returning(got), {"z": 1.0}, expected)


@fixed
@given(parts=st.tuples(EXPECTED, EXPECTED), error=ERRORS, data=st.data())
def test_every_part_of_a_tuple_and_of_a_dict_counts(parts, error, data):
    """A wrong element fails in whichever part it is."""
    place = data.draw(st.integers(0, 1))
    changed = list(parts)
    changed[place] = off(parts[place], somewhere(data, parts[place]), error, VALUES)
    names = ("first", "second")

    for got, good in ((parts, True), (tuple(changed), False)):
        as_dict = dict(zip(names, got, strict=True))
        expected = dict(zip(names, parts, strict=True))
        assert passes(check_values, returning(got), {"z": 1.0}, parts, parts=names) == good
        assert passes(check_values, returning(as_dict), {"z": 1.0}, expected) == good


def stops(z):
    """Stop with an error."""
    raise ValueError


OWN_FUNCTIONS = [np.tanh, lambda z: np.nan * z, lambda z: None, lambda z: np.zeros(7), stops]
POINTS = npst.arrays(np.float64, FILLED, elements=st.floats(-30, 30))


@fixed
@given(z=POINTS, own=st.sampled_from(OWN_FUNCTIONS), share=SHARES, error=ERRORS, data=st.data())
def test_a_gradient_is_judged_by_its_numbers_alone(z, own, share, error, data):
    """Tolerance decides, wherever the error is, and whatever the student's own function does."""
    slopes, index = 1 - np.tanh(z) ** 2, somewhere(data, z)
    close, wrong = (off(slopes, index, times, VALUES) for times in (share, error))

    for got, good in ((slopes, True), (close, True), (wrong, False)):
        one = student(f=own, g=lambda z, got=got: got)
        assert passes(check_gradient, one.g, {"z": z}, slopes, of=one.f) == good


SIDES = st.tuples(st.floats(-5, 5), st.floats(-5, 5))


@fixed
@given(sides=SIDES, share=st.floats(0, 1), z=npst.arrays(np.float64, FILLED, elements=st.just(0.0)))
def test_anything_between_the_slopes_is_right_at_a_kink(sides, share, z):
    """Every mixture of the slopes on both sides passes, in either order."""
    left, right = sides
    mixture = min(max(share * left + (1 - share) * right, min(sides)), max(sides))

    check_subgradient(returning(np.full(z.shape, mixture)), {"z": z}, left, right)


@fixed
@given(sides=SIDES, beyond=st.floats(2e-8, 1e6), above=st.booleans(), data=st.data())
def test_anything_outside_the_slopes_is_wrong_at_a_kink(sides, beyond, above, data):
    """One value beyond either slope fails, and so does one that is not finite."""
    left, right = sides
    got = np.full(3, left)
    outside = max(sides) + beyond if above else min(sides) - beyond
    got[data.draw(st.integers(0, 2))] = data.draw(
        st.sampled_from([outside, np.nan, np.inf, -np.inf])
    )

    assert not passes(check_subgradient, returning(got), {"z": np.zeros(3)}, left, right)


def random_task(seed, hidden=3, rows=4):
    """Return a network and data for it."""
    rng = np.random.default_rng(seed)
    shapes = {"W1": (2, hidden), "b1": (1, hidden), "W2": (hidden, 1), "b2": (1, 1)}
    return {
        "params": {name: rng.normal(size=shape) for name, shape in shapes.items()},
        "X": rng.normal(size=(rows, 2)),
        "y": rng.integers(0, 2, (rows, 1)).astype(float),
        "activation": probes.arctan,
        "activation_grad": probes.arctan_grad,
    }


XOR = load_reference(COURSE.solution("xor"))
SEEDS = st.integers(0, 10**6)
PARAMETERS = st.sampled_from(["W1", "b1", "W2", "b2"])


def slopes_of(task):
    """Return the derivative of the loss by finite differences."""

    def loss(params):
        output = XOR.forward(params, task["X"], task["activation"])[3]
        return XOR.binary_cross_entropy(task["y"], output)

    return loss_slopes(loss, task["params"])


@fixed
@given(seed=SEEDS, hidden=st.integers(1, 6), rows=st.integers(1, 9))
def test_a_right_loss_gradient_passes_for_any_network(seed, hidden, rows):
    """Backpropagation agrees with finite differences at any width and number of rows."""
    task = random_task(seed, hidden, rows)
    one = student(backward=XOR.backward)

    check_values(one.backward, task, slopes_of(task), tolerance=LOSS_SLOPES)


@fixed
@given(seed=SEEDS, name=PARAMETERS, share=SHARES, error=ERRORS, data=st.data())
def test_a_loss_gradient_is_judged_parameter_by_parameter(seed, name, share, error, data):
    """One entry off by more than 1e-6 of its parameter's largest slope fails; by less, passes."""
    task = random_task(seed)
    slopes = XOR.backward(*task.values())
    index = somewhere(data, slopes[name])

    for times, good in ((share, True), (error, False)):
        got = {**slopes, name: off(slopes[name], index, times, LOSS_SLOPES)}
        one = student(backward=lambda *args, got=got: got)
        assert passes(check_values, one.backward, task, slopes, tolerance=LOSS_SLOPES) == good


@fixed
@given(seed=SEEDS, name=PARAMETERS, epochs=st.integers(1, 6), error=ERRORS, data=st.data())
def test_a_training_run_is_judged_by_each_parameter_and_loss(seed, name, epochs, error, data):
    """The right run passes; one parameter or one loss off by more than the tolerance fails."""
    args = {**random_task(seed), "epochs": epochs, "lr": 0.3}
    params, losses = XOR.train(*args.values())
    losses = np.array(losses)
    index = somewhere(data, params[name])
    moved = {**params, name: off(params[name], index, error, TRAINED)}
    false = off(losses, (data.draw(st.integers(0, epochs - 1)),), error, TRAINED)

    for got, good in (
        ((params, losses), True),
        ([params, losses.tolist()], True),
        ((moved, losses), False),
        ((params, false), False),
        ((params, losses[:-1]), False),
        ((params, np.append(losses, losses[-1])), False),
    ):
        assert passes(check_training, returning(got), args, params, losses) == good


WHOLE = npst.arrays(
    np.float64, st.integers(1, 6).map(lambda n: 2 * n), elements=st.integers(-30, 30).map(float)
)


@fixed
@given(z=WHOLE)
def test_a_function_right_in_every_form_passes(z):
    """Single numbers, matrices and integers in, the same shape out: all is well."""
    check_forms(student(f=OTHER_WAYS["tanh"]).f, {"z": z}, np.tanh(z))


BROKEN = {
    "single numbers": lambda z: not np.ndim(z),
    "matrices": lambda z: np.ndim(z) == 2,
    "integers": lambda z: np.asarray(z).dtype.kind == "i",
}


@pytest.mark.parametrize("form", BROKEN)
@fixed
@given(z=WHOLE, error=ERRORS)
def test_a_function_wrong_in_one_form_is_caught(form, z, error):
    """A function that is right in all forms but one fails."""

    def f(given):
        factor = 1 + (1e-6 if BROKEN[form](given) else 0) * np.sign(error)
        return factor * (np.asarray(given, dtype=float) + 100)

    assert not passes(check_forms, student(f=f).f, {"z": z}, z + 100)


@fixed
@given(number=st.floats(allow_nan=True, allow_infinity=True))
def test_a_number_is_handed_back_when_it_is_finite(number):
    """Finite numbers come back as they are; NaN and infinities fail."""
    f = returning(number)

    if np.isfinite(number):
        assert check_number(f, {"z": 1.0}) == number
    else:
        assert not passes(check_number, f, {"z": 1.0})


@fixed
@given(
    c=st.lists(st.floats(-9, 9), min_size=5, max_size=5),
    z=npst.arrays(np.float64, st.integers(0, 5), elements=st.floats(-30, 30)),
)
def test_the_stencil_is_exact_for_polynomials_of_degree_four(c, z):
    """Five points find the slope of a quartic but for rounding."""
    quartic = np.polynomial.Polynomial(c)
    size = np.polynomial.Polynomial(np.abs(c))(np.abs(z) + 1)

    assert np.all(np.abs(five_point_slope(quartic, z) - quartic.deriv()(z)) <= 1e-11 * (1 + size))
