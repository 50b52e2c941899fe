"""The checks: what they accept, what they reject, and what they say."""

from pathlib import Path

import numpy as np
import pytest

from autograder.checks import (
    CheckFailure,
    Tolerance,
    check_forms,
    check_gradient,
    check_loss_drop,
    check_subgradient,
    check_training,
    check_values,
    five_point_slope,
    loss_slopes,
    say,
)
from autograder.checks.differences import away_from
from autograder.checks.sentences import is_chosen
from autograder.explain import patterns
from autograder.explain.effort import limited
from autograder.explain.failures import explain
from autograder.sandbox import probes
from autograder.sandbox.runner import Runner
from autograder.student import Student

Z = np.array([-3.0, -1.5, -0.5, 0.5, 1.5, 3.0])


def student(**functions):
    """Return a student whose notebook defines these functions."""
    return Student(Runner(functions))


def failure_of(check, *args, **kwargs):
    """Return the failure a check raises, explained."""
    with pytest.raises(CheckFailure) as caught:
        check(*args, **kwargs)
    explain(caught.value)
    return caught.value


def test_values_accepts_what_is_equal_to_seven_digits():
    """Values within rtol 1e-7 pass, and what was returned is handed back."""
    one = student(f=lambda z: z * (1 + 5e-8))

    value = check_values(one.f, {"z": Z}, Z)

    assert np.allclose(value, Z)


def test_values_rejects_the_fourth_digit():
    """An error in the fourth digit fails, at the point that is furthest off."""
    one = student(f=lambda z: np.where(z == 1.5, z * 1.0001, z))

    failure = failure_of(check_values, one.f, {"z": Z}, Z)

    assert failure.message == "f is wrong at z[4] = 1.5: got 1.50015, expected 1.5."


def test_lists_and_booleans_count_as_numbers():
    """A list for an array and booleans for 0 and 1 are accepted."""
    one = student(f=list, g=lambda z: z > 0)

    check_values(one.f, {"z": Z}, Z)
    check_values(one.g, {"z": Z}, [0, 0, 0, 1, 1, 1])


@pytest.mark.parametrize(
    ("function", "message"),
    [
        (None, "f is not a function but a value."),
        (lambda: 1, "f cannot be called with (z)"),
        (lambda z: z.reshape(4), "f(z of shape (6,)) stopped with ValueError: cannot reshape"),
        (lambda z: None, "f should be numbers of shape (6,) for z of shape (6,): got None."),
        (lambda z: "no", "f should be numbers of shape (6,) for z of shape (6,): got a text."),
        (lambda z: z + 1j, "f should be numbers of shape (6,)"),
        (lambda z: z[:2], "f should be numbers of shape (6,) for z of shape (6,): got shape (2,)"),
        (lambda z: np.max(z, 0), "got a single number."),
        (lambda z: (z for z in z), "f(z of shape (6,)) returned an object of type generator"),
        (lambda z: z / 0 * 0, "got nan, expected"),
    ],
)
def test_each_rung_has_its_message(function, message):
    """The first rung that does not hold is named."""
    one = student(f=function)

    assert message in failure_of(check_values, one.f, {"z": Z}, Z).message


def test_undefined_and_unwritten_functions_are_told_apart():
    """A name that is missing and a stub that is untouched have messages of their own."""

    def stub(z):
        raise NotImplementedError

    one = student(stub=stub)

    assert failure_of(check_values, one.f, {"z": Z}, Z).message == "f is not defined."
    assert failure_of(check_values, one.stub, {"z": Z}, Z).message == "stub is not written yet."


def test_changed_arguments_are_seen():
    """Assigning into the argument fails, even when the values are right."""

    def relu(z):
        z[z < 0] = 0
        return z

    one = student(relu=relu)

    failure = failure_of(check_values, one.relu, {"z": Z}, np.maximum(Z, 0))

    assert failure.message.startswith("relu changed its argument z")


def test_warnings_are_no_mistake():
    """A value that is right counts, whatever NumPy warned of on the way."""
    one = student(f=lambda z: 1 / (1 + np.exp(-z)))

    check_values(one.f, {"z": np.array([-1000.0, 1000.0])}, [0.0, 1.0])


def test_parts_are_named():
    """The part of a tuple that is wrong is named in the message."""
    one = student(f=lambda z: (z, z + 1))

    failure = failure_of(check_values, one.f, {"z": Z}, (Z, Z), parts=("first", "second"))

    assert failure.message.startswith("second of f is wrong at z[")


def test_a_dict_may_have_more_keys_but_not_fewer():
    """Extra keys do no harm; a missing one fails."""
    one = student(f=lambda z: {"a": z, "b": z})

    check_values(one.f, {"z": Z}, {"a": Z})
    failure = failure_of(check_values, one.f, {"z": Z}, {"a": Z, "c": Z})

    assert "should return a dict with the keys 'a', 'c'" in failure.message


@pytest.mark.parametrize(
    ("function", "hint"),
    [
        (lambda z: -np.tanh(z), "sign turned"),
        (lambda z: 3 * np.tanh(z), "same factor, 3"),
        (lambda z: np.where(z < 0, 0.0, np.tanh(z)), "where z is negative, your values match 0."),
        (lambda z: np.full_like(z, np.nan), "NaN comes from"),
    ],
)
def test_hints_come_from_the_numbers(function, hint):
    """Patterns in the numbers are named without giving the answer."""
    one = student(f=function)

    assert hint in failure_of(check_values, one.f, {"z": Z}, np.tanh(Z)).hint


@pytest.mark.parametrize(
    ("function", "given"),
    [
        (lambda z: np.where(z < 0, 0.01 * z, np.tanh(z)), True),
        (lambda z: np.where(z < 0, 1.8879e06, np.tanh(z)), False),
        (lambda z: np.where(z < 0, 3.1416 * z, np.tanh(z)), False),
        (lambda z: 2 * z - 1, False),
        (lambda z: 0.25 * np.tanh(z), True),
        (lambda z: -np.tanh(z), True),
    ],
)
def test_a_hidden_test_gives_chosen_hints_only(function, given):
    """A sentence of the checks is given; one with a number or formula of its own is not."""
    hint = failure_of(check_values, student(f=function).f, {"z": Z}, np.tanh(Z)).hint

    assert hint
    assert is_chosen(hint, Path(__file__)) == given


@pytest.mark.parametrize(
    ("hint", "given"),
    [
        ("This stands here, so it may be said.", True),
        (say("{} and {} stand here.", "W1", ["alpha", "b1"]), True),
        (say("{} is said.", "1887" + "900"), False),
        (say("{} is said.", "one hundred" + " and two"), False),
        ("made of " + "two parts", False),
        (f"{1.8879e6:.4e}", False),
        (say("{}: {}", "W1", say("{} in another.", "one " + "hint")), False),
        ("", True),
    ],
)
def test_what_is_made_is_not_given(hint, given):
    """What does not stand in the tests or the checks word for word is dropped, however made."""
    assert is_chosen(hint, Path(__file__)) == given


ALPHA = 0.371937


@pytest.mark.parametrize(
    ("function", "text"),
    [
        (lambda z: ALPHA * np.exp(z) - 1, "alpha*exp(z) - 1"),
        (lambda z: 1 - z**2, "1 - z**2"),
        (lambda z: 3 / (1 + np.exp(-z)), "3/(1 + exp(-z))"),
        (lambda z: (1 - ALPHA) * z, "(1 - alpha)*z"),
        (lambda z: -np.cos(z), "-own(z)"),
        (lambda z: np.full_like(z, -0.01), "-0.01"),
        (lambda z: 1.23456789 * z, ""),
        (lambda z: np.sin(9 * z), ""),
        (lambda z: 1e-12 * z * (1 + 1e-8 * z), ""),
    ],
)
def test_a_formula_is_written_as_one_would(function, text):
    """Well-known functions, scaled and shifted by short numbers or alpha, are named; no others."""
    z = np.r_[patterns.LEFT, patterns.RIGHT]
    leaves = {"z": z, "alpha": np.full(z.size, ALPHA), "own(z)": np.cos(z)}

    assert patterns.formula(function(z), leaves) == text


@pytest.mark.parametrize("theta", [2.4, -2.43])
def test_a_threshold_has_an_effect_wherever_it_is(theta):
    """Of a step that is wrong close to its threshold only, nothing is said of 0 or of no effect."""
    one = student(step=lambda z, theta: 1 / (1 + np.exp(-1e9 * (np.asarray(z) - theta))))
    z = theta + np.array([-3.0, -1.0, -1e-9, 1e-9, 1.0, 3.0])

    failure = failure_of(
        check_values, one.step, {"z": z, "theta": theta}, np.heaviside(z - theta, 1)
    )

    assert "effect" not in failure.hint
    assert "near 0" not in failure.hint


def test_there_is_no_hint_after_enough_work():
    """Searches share what they may cost; a check fails and passes all the same without them."""
    one = student(f=np.exp, right=np.tanh)

    def hint():
        return failure_of(check_values, one.f, {"z": Z}, np.tanh(Z)).hint

    with limited(9 * patterns.SEARCH // 2):
        assert [hint(), hint()] == ["Your values match exp(z).", ""]
        check_values(one.right, {"z": Z}, np.tanh(Z))
    assert hint() == "Your values match exp(z)."


def test_fractions_that_are_cut_off_are_seen():
    """Values that are the right ones without their fractions point to an integer array."""
    one = student(f=lambda z: np.trunc(1.5 * z))

    assert "fractions are cut off" in failure_of(check_values, one.f, {"z": Z}, 1.5 * Z).hint


def test_forms_tries_single_numbers_matrices_and_integers():
    """A function that works for arrays of one axis only, or cuts integers, fails."""

    def cut(z):
        out = np.zeros_like(z)
        out[...] = np.tanh(z)
        return out

    def flat(z):
        return [np.tanh(x) for x in z]

    def matrix(z):
        return np.tanh(z) * (np.ndim(z) < 2)

    whole = np.array([-3.0, -1.0, 1.0, 2.0])
    one = student(cut=cut, flat=flat, matrix=matrix, right=np.tanh)

    check_forms(one.right, {"z": whole}, np.tanh(whole))
    for name in ("cut", "flat", "matrix"):
        failure_of(check_forms, getattr(one, name), {"z": whole}, np.tanh(whole))


def test_forms_asks_single_numbers_far_out():
    """A power of Python's own floats passes on arrays, raises for a number far out, and fails."""
    whole = np.array([-3.0, -1.0, 1.0, 2.0])
    expected, far = 1 / (1 + np.exp(-whole)), {-800.0: 0.0, 1000: 1.0}
    one = student(power=lambda z: 1 / (1 + np.e**-z), right=lambda z: 1 / (1 + np.exp(-z)))

    check_forms(one.right, {"z": whole}, expected, far=far)
    check_forms(one.power, {"z": whole}, expected)
    failure = failure_of(check_forms, one.power, {"z": whole}, expected, far=far)

    assert failure.message.startswith("power(z = -800) stopped with OverflowError")
    assert "Python's own numbers" in failure.hint


def test_numbers_are_written_until_they_differ():
    """Two numbers that are alike in seven digits are written with more of them."""
    one = student(f=lambda z: np.full(z.shape, 0.23500371220159))

    failure = failure_of(check_gradient, one.f, {"z": Z}, np.full(6, 0.2350036), of=one.f)
    assert "got 0.2350037, but" in failure.message

    failure = failure_of(check_gradient, one.f, {"z": Z}, np.full(6, 0.2350036622), of=one.f)
    assert "got 0.23500371, but the slope of f there is 0.23500366" in failure.message


@pytest.mark.parametrize(
    ("function", "hint"),
    [
        (lambda z: np.max(0, z), "the larger of two numbers is np.maximum"),
        (lambda z: np.tanh(float(z)), "float(), int() and the functions of `math`"),
        (np.frompyfunc(np.tanh, 1, 1), "np.frompyfunc does that"),
        (lambda z: (np.tanh(z), z), "A tuple comes back"),
        (lambda z: np.tanh(z) - np.mean(z - Z), "sign turned"),
        (lambda z: np.tanh(z) - np.sum(z[..., :1]), "depends on the others"),
    ],
)
def test_common_idioms_have_hints(function, hint):
    """What people write is answered in their terms."""
    one = student(f=function)
    expected = -np.tanh(Z) if "sign" in hint else np.tanh(Z)

    assert hint in failure_of(check_values, one.f, {"z": Z}, expected).hint


def test_a_slope_shared_by_two_points_is_not_a_memory():
    """Where two numbers rightly give the same answer none is said to be remembered."""
    one = student(f=lambda z: np.where(z > 0, 1.0, 0.0) + (np.ndim(z) == 0))

    failure = failure_of(check_values, one.f, {"z": 1.0}, 1.0)

    assert failure.hint == "It is right for an array, but not for a single number: z may be either."


def test_no_place_is_named_that_was_hardly_seen():
    """Far out, where curves are level, a function is not called right on the one side."""
    far = np.array([-800.0, -40.0, 40.0, 800.0])
    one = student(f=lambda z: np.tanh(z) ** 3)

    assert failure_of(check_values, one.f, {"z": far}, [0.0, 0.0, 1.0, 1.0]).hint == ""


def test_gradient_is_explained_by_the_own_function():
    """The slope is said to be that of the student's own function when that one is right."""
    one = student(tanh=np.tanh, tanh_grad=lambda z: 1 - z**2)

    failure = failure_of(check_gradient, one.tanh_grad, {"z": Z}, 1 - np.tanh(Z) ** 2, of=one.tanh)

    assert failure.message == (
        "tanh_grad is wrong at z[0] = -3: got -8, "
        "but the slope of your own tanh there is 0.009866037."
    )


def test_a_wrong_function_costs_nothing_in_its_gradient():
    """A right gradient passes whatever the function itself returns."""
    one = student(tanh=lambda z: z * 0 + 7, tanh_grad=lambda z: 1 - np.tanh(z) ** 2)

    check_gradient(one.tanh_grad, {"z": Z}, 1 - np.tanh(Z) ** 2, of=one.tanh)


@pytest.mark.parametrize(
    ("gradient", "hint"),
    [
        (np.tanh, "values of tanh itself"),
        (lambda z: 1 - z**2, "right if z were already the output"),
        (lambda z: 1 - np.tanh(np.tanh(z)) ** 2, "slope at tanh(z), not at z"),
        (lambda z: np.tanh(z) ** 2 - 1, "sign turned"),
    ],
)
def test_gradient_hints(gradient, hint):
    """What a wrong derivative is instead is seen in its numbers."""
    one = student(tanh=np.tanh, tanh_grad=gradient)

    failure = failure_of(check_gradient, one.tanh_grad, {"z": Z}, 1 - np.tanh(Z) ** 2, of=one.tanh)

    assert hint in failure.hint


def test_an_ignored_parameter_is_seen():
    """A gradient in which alpha does nothing is told so."""
    one = student(f=lambda z, a: np.where(z < 0, a * z, z), g=lambda z, a: np.where(z < 0, 0.01, 1))

    failure = failure_of(
        check_gradient, one.g, {"z": Z, "alpha": 0.2}, np.where(Z < 0, 0.2, 1.0), of=one.f
    )

    assert failure.hint == "alpha has no effect."


@pytest.mark.parametrize("slope", [0.0, 0.5, 1.0])
def test_any_subgradient_is_right_at_a_kink(slope):
    """Every value from the left to the right slope passes at a kink."""
    one = student(g=lambda z: np.full(z.shape, slope))

    check_subgradient(one.g, {"z": np.zeros(1)}, left=0.0, right=1.0)


@pytest.mark.parametrize("slope", [-0.1, 1.1, np.nan])
def test_what_is_no_subgradient_is_wrong_at_a_kink(slope):
    """A value outside the two slopes fails at a kink."""
    one = student(g=lambda z: np.full(z.shape, slope))

    failure_of(check_subgradient, one.g, {"z": np.zeros(1)}, left=0.0, right=1.0)


def test_five_point_slope_is_good_to_eleven_digits():
    """The stencil's error on sin, arctan and exp is below 1e-11."""
    z = np.linspace(-3, 3, 25)
    for f, slope in ((np.sin, np.cos), (np.arctan, probes.arctan_grad)):
        assert np.max(np.abs(five_point_slope(f, z) - slope(z))) < 1e-11


def test_points_keep_away_from_kinks():
    """No stencil around a remaining point reaches the kink."""
    points = away_from(np.array([-2.0, -0.009, 0.0, 0.009, 0.02]), (0.0,))

    assert points.tolist() == [-2.0, 0.02]


def test_loss_slopes_shift_each_parameter_alone():
    """The slopes of a loss are those of its partial derivatives, in the parameters' shapes."""
    params = {"a": np.array([[1.0, 2.0]]), "b": np.array([[3.0]])}

    slopes = loss_slopes(lambda p: float((p["a"] ** 2).sum() * p["b"][0, 0]), params)

    assert np.allclose(slopes["a"], [[6.0, 12.0]])
    assert np.allclose(slopes["b"], [[5.0]])


X = np.array([[0.5, -1.0], [1.5, 2.0], [-0.3, 0.7]])
Y = np.array([[1.0], [0.0], [1.0]])
PARAMS = {
    "W1": np.array([[0.5, -1.0], [0.8, 0.2]]),
    "b1": np.array([[0.1, -0.2]]),
    "W2": np.array([[0.7], [-0.4]]),
    "b2": np.array([[0.25]]),
}
TASK = {
    "params": PARAMS,
    "X": X,
    "y": Y,
    "activation": probes.sin,
    "activation_grad": probes.cos,
}


def test_arguments_left_ragged_are_changed_arguments():
    """An argument turned into something that is no array counts as changed."""

    def spoil(params):
        params["W1"] = [[1], [2, 3]]
        return 1.0

    failure = failure_of(check_values, student(f=spoil).f, {"params": PARAMS}, 1.0)

    assert failure.message.startswith("f changed its argument params")


def trainer(losses=lambda before: before, end=lambda w: w, epochs=4):
    """Return a training of one parameter that goes down by lr an epoch, and is its own loss."""

    def train(params, lr, epochs=epochs):
        w = float(params["w"][0])
        before = [w - lr * epoch for epoch in range(epochs)]
        return {"w": np.array([end(w - lr * epochs)])}, losses(before)

    return student(train=train).train


RUN = {"params": {"w": np.array([5.0])}, "lr": 1.0, "epochs": 3}
RIGHT = {"w": [2.0]}, [5.0, 4.0, 3.0]


def test_training_accepts_the_known_run():
    """The parameters and losses of the known run pass and are handed back."""
    params, losses = check_training(trainer(), RUN, *RIGHT)

    assert params["w"].tolist() == [2.0]
    assert losses.tolist() == [5.0, 4.0, 3.0]


def test_losses_may_have_a_tolerance_of_their_own():
    """Losses a little off pass where that is tolerated, each by its own measure."""
    train = trainer(lambda before: [before[0] + 1e-3, *before[1:]])
    first = Tolerance(atol=np.array([1e-2, 0.0, 0.0]))

    check_training(train, RUN, *RIGHT, loss_tolerance=first)

    failure = failure_of(check_training, train, RUN, *RIGHT)
    assert failure.message.startswith("losses of train[0] is wrong for lr = 1, epochs = 3")


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [
        (trainer(lambda before: [5.0, 4.2, 3.1]), "The parameters are right; the losses are not"),
        (trainer(end=lambda w: w - 0.5), "The losses are right, the parameters are not"),
        (trainer(lambda before: [9.0, 4.0, 3.0], lambda w: 2 * w), "The first loss is off already"),
        (trainer(lambda before: [5.0, 9.0, 3.0], lambda w: 2 * w), "what one step does"),
        (trainer(lambda before: [5.0, 4.0, 9.0], lambda w: 2 * w), "does something change on"),
        (trainer(lambda before: before[1:]), "Some epochs have no loss"),
        (trainer(lambda before: [*before, 2.0]), "There are more losses than epochs"),
        (trainer(lambda before: before[:1]), "does it stop early"),
    ],
)
def test_training_says_where_a_run_goes_wrong(wrong, hint):
    """Where no known mistake fits, the hint tells what of a run is right."""
    assert hint in failure_of(check_training, wrong, RUN, *RIGHT).hint


def test_training_sees_defaults_that_are_another():
    """A run that is right with all arguments given has other defaults; their names are told."""
    args = {name: RUN[name] for name in ("params", "lr")}
    defaults = {"epochs": 3}

    failure = failure_of(check_training, trainer(), args, *RIGHT, defaults=defaults)

    assert failure.hint == "The default number of epochs is not that of the stub."
    check_training(trainer(epochs=3), args, *RIGHT, defaults=defaults)


def test_training_sees_an_argument_without_effect():
    """An argument that a run does not look at is named, whatever it is called."""
    train = student(train=lambda params, rate, epochs: ({"w": params["w"] - epochs / 2}, [0.5] * 3))
    args = {"params": RUN["params"], "rate": 1.0, "epochs": 3}

    assert failure_of(check_training, train.train, args, *RIGHT).hint == "rate has no effect."


def test_what_is_not_finite_says_nothing_of_arguments():
    """A result that is NaN, whatever comes, is no sign of arguments without effect."""
    one = student(f=lambda a: {"x": np.full(2, np.nan)}, g=lambda a: np.full(2, np.nan))

    for function, due in ((one.f, {"x": [1.0, 2.0]}), (one.g, [1.0, 2.0])):
        hint = failure_of(check_values, function, {"a": np.array([3.0, 4.0])}, due).hint
        assert "no effect" not in hint


def test_a_tuple_is_no_axis_too_many():
    """A second value behind `return` is called what it is."""
    one = student(f=lambda a: (a, a), g=lambda a: (a, {"cache": a}))

    for function in (one.f, one.g):
        failure = failure_of(check_values, function, {"a": np.ones(3)}, np.ones(3))
        assert "got a tuple of 2" in failure.message
        assert failure.hint.startswith("A tuple comes back")


def test_loss_drop_needs_the_stated_margin():
    """A final loss above the stated share of the first fails, and so does NaN."""
    check_loss_drop("train", [1.0], 0.2, at_most=0.2)

    for final in (0.21, np.nan):
        failure_of(check_loss_drop, "train", [1.0], final, at_most=0.2)
