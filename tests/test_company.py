"""A mistake is charged once: what calls a wrong function is asked again beside the right one."""

from pathlib import Path

import pytest

from autograder import grading
from autograder.grading import Grader
from autograder.result import Result
from autograder.submission import from_notebook
from tests.samples import COURSE, notebook

SIGMOID = "def sigmoid(z):\n    return 1 / 1 + np.exp(-np.clip(z, -50, 50))"
TANH = "def tanh(z):\n    return np.arctan(z)"
RELU = "def relu(z):\n    return np.abs(z)"
RELU_GRAD = "def relu_grad(z):\n    return np.sign(z)"
LEAKY = "def leaky_relu(z, alpha=0.01):\n    return np.where(np.asarray(z) > 0, z, 0.01 * z)"
LEAKY_GRAD = "def leaky_relu_grad(z, alpha=0.01):\n    return np.where(np.asarray(z) > 0, 1.0, 0.0)"
ELU = "def elu(z, alpha=1.0):\n    return np.where(np.asarray(z) > 0, z, alpha * np.exp(z) - 1)"
MISH = "def mish(z):\n    return z * np.tanh(z)"
SOFTPLUS = "np.logaddexp(0, np.asarray(z, dtype=float))"


@pytest.fixture(scope="module")
def grader():
    """Give a grader of the activations."""
    with Grader(COURSE, "activations") as opened:
        yield opened


def grade(grader: Grader, answers: dict[str, str]) -> Result:
    """Grade a notebook that is right but for these answers: item -> source."""
    filled = notebook("activations", answers)
    result = grader.grade_submission("s01", from_notebook(filled, Path("activations.ipynb")))
    assert result.status == "graded", result.error
    return result


def lost(result: Result) -> set[str]:
    """Return the items that lost points."""
    return {item.item for item in result.items if item.score < item.max_score}


CALLERS = {
    "sigmoid_grad by s (1 - s)": (
        ("sigmoid", SIGMOID),
        ("sigmoid_grad", "def sigmoid_grad(z):\n    s = sigmoid(z)\n    return s * (1 - s)"),
    ),
    "sigmoid_grad by two calls": (
        ("sigmoid", SIGMOID),
        ("sigmoid_grad", "def sigmoid_grad(z):\n    return sigmoid(z) * sigmoid(-z)"),
    ),
    "tanh_grad by a lambda": (
        ("tanh", TANH),
        ("tanh_grad", "tanh_grad = lambda z, f=tanh: 1 - f(z) ** 2"),
    ),
    "leaky_relu by relu of both signs": (
        ("relu", RELU),
        (
            "leaky_relu",
            "def leaky_relu(z, alpha=0.01):\n    return relu(z) - alpha * relu(-z)",
        ),
    ),
    "elu by relu": (
        ("relu", RELU),
        (
            "elu",
            "def elu(z, alpha=1.0):\n    return relu(z) + alpha * np.expm1(np.minimum(z, 0))",
        ),
    ),
    "leaky_relu_grad by relu_grad": (
        ("relu_grad", RELU_GRAD),
        (
            "leaky_relu_grad",
            "def leaky_relu_grad(z, alpha=0.01):\n"
            "    return alpha + (1 - alpha) * np.asarray(relu_grad(z))",
        ),
    ),
    "elu_grad by elu + alpha": (
        ("elu", ELU),
        (
            "elu_grad",
            "def elu_grad(z, alpha=1.0):\n"
            "    return np.where(np.asarray(z) > 0, 1.0, elu(z, alpha) + alpha)",
        ),
    ),
    "mish by tanh": (
        ("tanh", TANH),
        ("mish", f"def mish(z):\n    return z * tanh({SOFTPLUS})"),
    ),
    "mish_grad by sigmoid": (
        ("sigmoid", SIGMOID),
        (
            "mish_grad",
            f"def mish_grad(z):\n    t = np.tanh({SOFTPLUS})\n"
            "    return t + z * sigmoid(z) * (1 - t**2)",
        ),
    ),
    "prelu by leaky_relu": (
        ("leaky_relu", LEAKY),
        ("prelu", "def prelu(z, alpha):\n    return leaky_relu(z, alpha)"),
    ),
    "prelu as another name of leaky_relu": (
        ("leaky_relu", LEAKY),
        ("prelu", "prelu = leaky_relu"),
    ),
    "prelu_grad by leaky_relu_grad": (
        ("leaky_relu_grad", LEAKY_GRAD),
        (
            "prelu_grad",
            "def prelu_grad(z, alpha):\n    return leaky_relu_grad(z, alpha), np.minimum(z, 0)",
        ),
    ),
}


@pytest.mark.parametrize("pair", CALLERS.values(), ids=CALLERS)
def test_what_calls_a_wrong_function_keeps_its_points(grader, pair):
    """The wrong function costs its own item, and the caller is told which one is off."""
    (wrong, _), (caller, _) = pair

    result = grade(grader, dict(pair))

    assert lost(result) == {wrong}
    item = next(item for item in result.items if item.item == caller)
    assert any(
        f"your {wrong} is" in said for test in item.tests for said in (test.message, test.hint)
    )


def test_a_note_names_only_what_is_off(grader):
    """What passes in company is right: where it is built on in turn, nobody is told to mend it."""
    answers = {
        "tanh": TANH,
        "tanh_grad": "def tanh_grad(z):\n    return 1 - tanh(z) ** 2",
        "mish_grad": f"def mish_grad(z):\n    s = {SOFTPLUS}\n"
        "    return np.tanh(s) + z * tanh_grad(s) / (1 + np.exp(-1.0 * z))",
    }

    result = grade(grader, answers)

    assert lost(result) == {"tanh"}
    notes = {
        one.item: {said for test in one.tests for said in (test.message, test.hint) if said}
        for one in result.items
    }
    assert notes["tanh_grad"] == notes["mish_grad"] == {"Right once your tanh is: that is off."}


DIFFERENCES = {
    "central": "(f(z + 1e-5) - f(z - 1e-5)) / 2e-5",
    "forward, of a small step": "(f(z + 1e-8) - f(z)) / 1e-8",
    "five points": "(f(z - 2e-3) - 8 * f(z - 1e-3) + 8 * f(z + 1e-3) - f(z + 2e-3)) / 12e-3",
    "complex step": "np.imag(f(z + 1e-20j)) / 1e-20",
    "both sides in one array": "np.diff(f(np.stack([z - 1e-5, z + 1e-5])), axis=0)[0] / 2e-5",
    "own numerical_gradient": "numerical_gradient(f, z)",
    "element by element": (
        "np.array([(f(v + 1e-5) - f(v - 1e-5)) / 2e-5 for v in z.ravel()]).reshape(z.shape)"
    ),
    "by vectorize": "np.vectorize(lambda v: (f(v + 1e-5) - f(v - 1e-5)) / 2e-5, otypes=[float])(z)",
    "far points between": (
        "sum(w * f(p) for p, w in ((z + 1e-5, 5e4), (z + 9, 0), (z + 99, 0), (z - 99, 0), "
        "(z - 1e-5, -5e4)))"
    ),
    "of a grid, by np.gradient": (
        "np.interp(z, np.linspace(-31, 31, 200001), np.gradient(f(np.linspace(-31, 31, 200001)), "
        "62 / 200000))"
    ),
}
WRONG = {"sigmoid": SIGMOID, "tanh": TANH, "mish": MISH}


@pytest.mark.parametrize("item", WRONG)
@pytest.mark.parametrize("expression", DIFFERENCES.values(), ids=DIFFERENCES)
def test_differences_of_a_lent_function_earn_nothing(grader, item, expression):
    """No derivative is found by differences of the function that was to be differentiated."""
    gradient = f"{item}_grad"
    body = f"    f, z = {item}, np.asarray(z, dtype=float)\n    return {expression}"

    result = grade(grader, {item: WRONG[item], gradient: f"def {gradient}(z):\n{body}"})

    assert {item, gradient} <= lost(result)
    scores = {one.item: one.score for one in result.items}
    assert scores[gradient] == 0


CHAINS = {
    "prelu by leaky_relu by relu": {
        "relu": RELU,
        "leaky_relu": "def leaky_relu(z, alpha=0.01):\n    return relu(z) - alpha * relu(-z)",
        "prelu": "def prelu(z, alpha):\n    return leaky_relu(z, alpha)",
    },
    "prelu_grad by leaky_relu_grad by relu_grad": {
        "relu_grad": RELU_GRAD,
        "leaky_relu_grad": CALLERS["leaky_relu_grad by relu_grad"][1][1],
        "prelu_grad": CALLERS["prelu_grad by leaky_relu_grad"][1][1],
    },
    "prelu by relu itself": {
        "relu": RELU,
        "prelu": "def prelu(z, alpha):\n    return relu(z) - alpha * relu(-z)",
    },
}


@pytest.mark.parametrize("answers", CHAINS.values(), ids=CHAINS)
def test_a_mistake_is_charged_once_however_far_off(grader, answers):
    """What is right, over what is right over a wrong function, keeps its points."""
    wrong, *callers = answers

    result = grade(grader, answers)

    assert lost(result) == {wrong}
    for item in result.items:
        if item.item in callers:
            said = {said for test in item.tests for said in (test.message, test.hint) if said}
            assert said == {f"Right once your {wrong} is: that is off."}, item.item


def test_tanh_by_way_of_a_wrong_sigmoid_earns_nothing(grader):
    """What an item's marker does not name is not lent to it; what calls that item is kept."""
    tanh = "def tanh(z):\n    return 2 * sigmoid(2 * np.asarray(z)) - 1"
    mish = f"def mish(z):\n    return z * tanh({SOFTPLUS})"

    result = grade(grader, {"sigmoid": SIGMOID, "tanh": tanh, "mish": mish})

    assert lost(result) == {"sigmoid", "tanh"}
    assert {one.item: one.score for one in result.items}["tanh"] == 0


def test_who_has_slept_too_long_is_not_asked_again(grader, monkeypatch):
    """Whoever uses up the patience with a submission has marks all the same, but no company."""
    (wrong, (caller, source)) = CALLERS["sigmoid_grad by two calls"]
    monkeypatch.setattr(grading, "PATIENCE", 0)

    assert lost(grade(grader, {wrong[0]: wrong[1], caller: source})) == {"sigmoid", "sigmoid_grad"}
