"""Draw what the handout shows, from the reference, into pictures/ (or a folder that is named)."""

import math
import sys
from pathlib import Path

import matplotlib

matplotlib.use("agg")

import matplotlib.pyplot as plt
import numpy as np
from PIL import Image

from autograder.reference import load_reference

HERE = Path(__file__).parent
F = load_reference(HERE / "activations.py")
BLUE, RED, GREEN = "#0072b2", "#d55e00", "#009e73"  # Okabe and Ito: apart for every eye
STYLES = ((BLUE, "-"), (RED, "--"), (GREEN, ":"))  # and apart in black and white
GREY, INK = "#b8c0c7", "#1c2126"
COLOURS = 48  # a third of the size, for the few colours there are


def panels(*titles):
    """Return a figure with a panel for each title."""
    figure, axes = plt.subplots(1, len(titles), figsize=(8, 2.8), dpi=100, layout="constrained")
    for axis, title in zip(axes, titles, strict=True):
        axis.set_title(title, fontsize=10.5, loc="left", color=INK)
        axis.spines[["top", "right"]].set_visible(False)
        axis.tick_params(labelsize=8.5)
    return figure, axes


def lines(axis, z, curves, **legend):
    """Draw (label, values) over z, each in a colour and style of its own."""
    axis.axhline(0, color=GREY, linewidth=0.8, zorder=0)
    axis.axvline(0, color=GREY, linewidth=0.8, zorder=0)
    for (label, values), (color, style) in zip(curves, STYLES, strict=False):
        axis.plot(z, values, style, color=color, linewidth=2.2, label=label)
    axis.set_xlabel("z", loc="right", fontsize=9)
    if any(label for label, _ in curves):
        axis.legend(frameon=False, fontsize=8.5, **legend)


def with_gap(values):
    """Return the values without the one in the middle, so that a jump there is no line."""
    values = values.copy()
    values[len(values) // 2] = np.nan
    return values


def curve_and_slope(name, title, slope_title):
    """Draw a function, and beside it its slope."""
    z = np.linspace(-5, 5, 1001)
    figure, (left, right) = panels(title, slope_title)
    lines(left, z, [("", getattr(F, name)(z))])
    lines(right, z, [("", getattr(F, f"{name}_grad")(z))])
    return figure


def relu():
    """ReLU and its slope, which jumps."""
    z = np.linspace(-3, 3, 1001)
    figure, (left, right) = panels(
        "ReLU: nothing on the left, all on the right", "Its slope: two values, and a jump"
    )
    lines(left, z, [("", F.relu(z))])
    lines(right, z, [("", with_gap(F.relu_grad(z)))])
    return figure


def curves_for_alphas(name, alphas, title, slope_title):
    """Draw a function with several alphas, and beside it their slopes, which may jump at 0."""
    z = np.linspace(-3, 3, 1001)
    figure, (left, right) = panels(title, slope_title)
    f, slope = (getattr(F, f"{name}{end}") for end in ("", "_grad"))
    lines(left, z, [(rf"$\alpha$ = {alpha:g}", f(z, alpha)) for alpha in alphas])
    lines(right, z, [("", with_gap(slope(z, alpha))) for alpha in alphas])
    return figure


def central_difference():
    """Secants to one side and to both, and what a step costs."""
    figure, (left, right) = panels(
        "The chord to both sides is nearly parallel",
        "Error by step: too large, or too small",
    )
    f, at, h = np.sin, 1.0, 0.8
    z = np.linspace(-0.3, 2.6, 200)
    left.plot(z, f(z), color=INK, linewidth=1.5, label="f")
    left.plot(z, f(at) + np.cos(at) * (z - at), "-", color=GREY, linewidth=1.5, label="tangent")
    for start, style, label in ((at - h, STYLES[0], "both sides"), (at, STYLES[1], "one side")):
        points = np.array([start, at + h])
        left.plot(points, f(points), style[1], color=style[0], linewidth=2, marker="o", label=label)
    left.set_xticks([at - h, at, at + h], ["z - h", "z", "z + h"])
    left.set_yticks([])
    left.legend(frameon=False, fontsize=8.5, loc="lower right")
    steps = np.logspace(-12, 0, 97)
    both = np.array([F.numerical_gradient(f, at, h) for h in steps])
    one = (f(at + steps) - f(at)) / steps
    right.loglog(steps, abs(both - np.cos(at)), "-", color=BLUE, linewidth=1.8, label="both sides")
    right.loglog(steps, abs(one - np.cos(at)), "--", color=RED, linewidth=1.8, label="one side")
    right.axvline(1e-5, color=GREY, linewidth=0.8, zorder=0)
    right.set_xlabel("h", loc="right", fontsize=9)
    right.legend(frameon=False, fontsize=8.5, loc="lower left")
    return figure


def xor():
    """The four points of XOR, and three lines that each fail on one of them."""
    titles = ("(1, 1) is on the wrong side", "now (0, 0) is", "now (0, 1) is")
    figure, axes = panels(*titles)
    figure.set_figheight(2.5)
    corners = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    ones = corners.sum(axis=1) == 1
    for axis, (a, b, c) in zip(axes, ((1, 1, -0.5), (-1, -1, 1.5), (1, -1, -0.5)), strict=True):
        grid = np.linspace(-0.45, 1.45, 200)
        u, v = np.meshgrid(grid, grid)
        axis.contourf(u, v, a * u + b * v + c, levels=[0, 9], colors=["#dbe9f3"])
        axis.contour(u, v, a * u + b * v + c, levels=[0], colors=INK, linewidths=1.5)
        wrong = (corners @ (a, b) + c >= 0) != ones
        axis.plot(*corners[ones].T, "X", color="black", ms=11, label="XOR is 1")
        axis.plot(*corners[~ones].T, "o", color="black", mfc="white", ms=11, label="XOR is 0")
        axis.plot(*corners[wrong].T, "o", color=RED, mfc="none", mew=2, ms=21, label="wrong")
        axis.set(aspect="equal", xticks=[0, 1], yticks=[0, 1], xlabel="$x_1$", ylabel="$x_2$")
    handles, labels = axis.get_legend_handles_labels()
    handles.append(plt.Rectangle((0, 0), 1, 1, color="#dbe9f3"))
    look = {"frameon": False, "fontsize": 9, "labelspacing": 1.4}
    figure.legend(handles, [*labels, "line says 1"], loc="outside right center", **look)
    return figure


def step():
    """The step and its slope, which is nothing to go by."""
    titles = (r"Step: a decision, and a jump at $\theta$ = 0", "Its slope: 0 wherever there is one")
    figure, (left, right) = panels(*titles)
    z = np.linspace(-5, 5, 1001)
    lines(left, z, [("", with_gap(F.step(z)))])
    left.plot(0, 1, "o", color=BLUE, markersize=6)
    left.plot(0, 0, "o", color=BLUE, mfc="white", markersize=6)
    lines(right, z, [("", with_gap(0 * z))])
    right.plot(0, 0, "o", color=BLUE, mfc="white", markersize=6)
    right.set_ylim(-0.05, 1.05)
    return figure


def prelu():
    """PReLU with several alphas, and its outputs while alpha moves."""
    alphas, inputs = (0.05, 0.25, 0.6), (-2.0, -1.0, 1.0)
    z, alpha = np.linspace(-3, 3, 601), np.linspace(0, 1, 11)
    titles = (r"PReLU: $\alpha$ is learned, it may be any", r"Three inputs, while $\alpha$ moves")
    figure, (left, right) = panels(*titles)
    lines(left, z, [(rf"$\alpha$ = {a}", F.prelu(z, a)) for a in alphas])
    lines(right, alpha, [(f"z = {at:g}", [F.prelu(at, a) for a in alpha]) for at in inputs])
    right.set_xlabel(r"$\alpha$", loc="right", fontsize=9)
    right.set_ylabel(r"$f(z, \alpha)$", fontsize=9)
    return figure


def more():
    """Mish, GELU and SiLU, over all and near 0."""
    z = np.linspace(-4, 4, 401)
    phi = 0.5 * (1 + np.array([math.erf(one / math.sqrt(2)) for one in z]))
    curves = [("Mish", F.mish(z)), ("GELU", z * phi), ("SiLU", z * F.sigmoid(z))]
    figure, (left, right) = panels("Three smooth relatives", "They differ in how deep they dip")
    lines(left, z, curves)
    near = (z >= -4) & (z <= 0.2)
    lines(right, z[near], [(name, values[near]) for name, values in curves], loc="lower left")
    return figure


PICTURES = {
    "central_difference": central_difference,
    "xor": xor,
    "step": step,
    "sigmoid": lambda: curve_and_slope(
        "sigmoid", "Sigmoid: flat at both ends, never below 0", "Its slope: small, and soon gone"
    ),
    "tanh": lambda: curve_and_slope(
        "tanh", "Tanh: balanced about 0, flat at both ends", "Its slope: larger, and gone sooner"
    ),
    "relu": relu,
    "leaky_relu": lambda: curves_for_alphas(
        "leaky_relu", (0.01, 0.2, 1.5), r"Leaky ReLU: $\alpha$ tilts the left side", "The slopes"
    ),
    "elu": lambda: curves_for_alphas(
        "elu",
        (1.0, 0.5, 2.0),
        r"ELU: $\alpha$ sets the floor",
        r"The slopes: no jump for $\alpha$ = 1",
    ),
    "mish": lambda: curve_and_slope(
        "mish", "Mish: smooth, with a dip on the left", "Its slope: below 0 in places, above 1, too"
    ),
    "prelu": prelu,
    "more": more,
}


def main(folder):
    """Write every picture into a folder."""
    folder.mkdir(exist_ok=True)
    for name, draw in PICTURES.items():
        figure = draw()
        figure.canvas.draw()
        image = Image.fromarray(np.asarray(figure.canvas.buffer_rgba())[..., :3])
        image.quantize(COLOURS).save(folder / f"{name}.png", optimize=True)
        plt.close(figure)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "pictures")
