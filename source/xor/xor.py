# %% [markdown]
# # Backpropagation on XOR
#
# Four points, one hidden layer, and the oldest test of whether a network can learn what a single
# straight line cannot: XOR is 1 when exactly one of its two inputs is. You will write the network,
# its loss, the gradient of that loss and the training loop, everything by hand, and the check that
# tells you whether your gradient is right. Then you will put the activation functions of the first
# notebook to the test, on twelve random starts and more than one budget.
#
# **What you will be able to do**
#
# - write a network's forward and backward pass in NumPy, and say why each transpose is there;
# - check any gradient against its loss, and catch one that is wrong in published work;
# - tell a network that is slow from one that is dead, and from one that rests in a worse place;
# - say what an experiment shows, and for which settings.
#
# **What to know before.** The first notebook; matrix products and broadcasting in NumPy; partial
# derivatives and the chain rule.
#
# **How to work.** Replace each `# YOUR CODE HERE` and the line under it with your code, run the
# cell, then check it: with the `check` cell below it in the notebook, with `pytest` in a terminal
# for the script. Work from top to bottom: later functions call earlier ones. Functions are checked
# with other data and other activations than XOR and yours, so let the shapes come from the
# arguments. Stuck? Under many items a hint folds out. Read one, try again, then read the next.
#
# **Points.** Each item is marked on its own. A check shows the public tests; hidden ones, on other
# inputs, are run after you hand in. The question at the end is read by a person and brings up to 10
# points on top. The experiment carries none, but you need it for the question.
#
# | item                   | points | by hidden tests | minutes | difficulty |
# | ---------------------- | ------ | --------------- | ------- | ---------- |
# | `forward`              | 12     | 8               | 15      | easy       |
# | `binary_cross_entropy` | 12     | 6               | 15      | easy       |
# | `backward`             | 22     | 14              | 45      | hard       |
# | `gradient_errors`      | 14     | 8               | 30      | medium     |
# | `gradient_step`        | 8      | 4               | 5       | easy       |
# | `train`                | 14     | 10              | 15      | easy       |
# | `predict`              | 6      | 3               | 5       | easy       |
# | `dead_units`           | 7      | 4               | 15      | medium     |
# | `chain_gradient`       | 5      | 3               | 10      | medium     |
# | `conclusion`           | 10     | marked by hand  | 40      | medium     |
# | all                    | 110    | 60              | 195     |            |
#
# **Hand in** `xor.ipynb` or `xor.py`: that file alone is collected.
#
# **Rules.** Python and NumPy are all you need. Keep the names and arguments of the functions, and
# leave the arguments' values as they came: return new arrays.
#
# The course follows, and argues with, an article: *Activation Functions* by Benjamin Clark, part 2
# of 3 of "Foundations of AI" (August 2025).

# %%
import matplotlib.pyplot as plt
import numpy as np

# %% [markdown]
# ## Given: the data, the output's sigmoid, the start
#
# One row per example, so `X` is $(n, 2)$ and `y` is $(n, 1)$. The sigmoid is written by way of
# tanh, which is the same function and cannot overflow.

# %%
X = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
y = np.array([[0.0], [1.0], [1.0], [0.0]])


def sigmoid(z):
    """Return 1 / (1 + exp(-z)), elementwise."""
    return 0.5 * (1.0 + np.tanh(0.5 * z))


# %% [markdown]
# Look at the four points before you write anything. A single unit with a threshold draws one
# straight line and answers 1 on one side of it. Can you place a line with both crosses on one side
# and both circles on the other? The midpoint of the crosses and the midpoint of the circles are the
# same point, $(\tfrac12, \tfrac12)$, and each side of a line holds the midpoint of any two points
# it holds. So no line can.


# %% tags=["display"]
def draw_points(axis, spots, size=150):
    """Draw the four points: a cross where XOR is 1, a circle where it is 0."""
    for value, look in ((0, {"marker": "o", "facecolor": "white"}), (1, {"marker": "X"})):
        chosen = spots[y[:, 0] == value]
        axis.scatter(*chosen.T, size, edgecolor="black", zorder=3, **{"facecolor": "black"} | look)


figure, axis = plt.subplots(figsize=(4, 3.6), layout="constrained")
draw_points(axis, X)
for line in ([0.5, 0.5], [1.5, -0.5], [0.2, 0.9]):
    axis.plot([-0.3, 1.3], np.polyval([line[1] - line[0], line[0]], [-0.3, 1.3]), "--", color="0.6")
axis.set(xlim=(-0.3, 1.3), ylim=(-0.3, 1.3), xlabel="$x_1$", ylabel="$x_2$")
axis.set_title("XOR: every line leaves a point on the wrong side", fontsize=10)
plt.show()

# %% [markdown]
# The weights start as random numbers of spread `scale`. They have to: if all were equal, every
# hidden unit would compute the same, receive the same gradient, and remain a copy of its neighbours
# for ever; four hidden units would be worth one. Were all weights 0, nothing but $b_2$ would get a
# gradient, and the loss would stay near that of pure guessing, $\ln 2 \approx 0.693$.


# %%
def init_params(seed, n_hidden=4, scale=1.0):
    """Return W1 (2, h), b1 (1, h), W2 (h, 1), b2 (1, 1): weights N(0, scale^2), biases zero."""
    rng = np.random.default_rng(seed)
    return {
        "W1": rng.normal(0.0, scale, size=(2, n_hidden)),
        "b1": np.zeros((1, n_hidden)),
        "W2": rng.normal(0.0, scale, size=(n_hidden, 1)),
        "b2": np.zeros((1, 1)),
    }


# %% [markdown]
# ## Forward
#
# The hidden layer takes the activation $f$ you hand it, the output is always a sigmoid, so that it
# can be read as the probability of a 1:
#
# $$z_1 = X W_1 + b_1, \qquad a_1 = f(z_1), \qquad z_2 = a_1 W_2 + b_2, \qquad a_2 = \sigma(z_2)$$
#
# All $n$ rows go through at once. The biases have one row, and broadcasting adds it to each.
#
# **Points:** `forward` 12 (8 by hidden tests).
#
# <details><summary>Hint: what shape has what?</summary>
#
# With $n$ rows, $d$ inputs and $h$ hidden units, $X$ is $(n, d)$ and $z_1$ is $(n, h)$. Which
# product of $X$ and $W_1$ has that shape?
#
# </details>
# <details><summary>Hint: what goes where?</summary>
#
# The activation is a function you are handed: call it on the whole array. The second layer is fed
# what comes out of it, and only the output goes through `sigmoid`. Return all four, in order.
#
# </details>


# %%
def forward(params, X, activation):
    """Run the network on every row of X.

    Parameters
    ----------
    params : dict with W1 (d, h), b1 (1, h), W2 (h, 1), b2 (1, 1)
    X : (n, d), one example per row
    activation : elementwise function of an array, for the hidden layer

    Returns
    -------
    z1 (n, h), a1 (n, h), z2 (n, 1), a2 (n, 1): before and after the activation of each layer.
    """
    # YOUR CODE HERE
    raise NotImplementedError()


# %% [markdown]
# ## Loss
#
# Binary cross-entropy asks how surprised the network is by the truth, on average over the $n$ rows:
#
# $$L = -\frac{1}{n} \sum_{i=1}^{n} \bigl[\, y_i \ln p_i + (1 - y_i) \ln (1 - p_i) \,\bigr]$$
#
# A network that always says $p = \tfrac12$ pays $\ln 2 \approx 0.693$, whatever the truth. Remember
# this number: a curve that lies flat on it has learned nothing. One that is certain and wrong would
# pay infinitely much, so keep $p$ a tiny distance (at most $10^{-7}$) away from 0 and 1.
#
# **Points:** `binary_cross_entropy` 12 (6 by hidden tests).
#
# <details><summary>Hint: infinite, or not a number?</summary>
#
# $0 \cdot \ln 0$ is not 0 to NumPy but `nan`. Bring $p$ inside an interval before you take any
# logarithm, at both ends. $1 - 10^{-17}$ is still 1 in float64, so do not choose it too small.
#
# </details>


# %%
def binary_cross_entropy(y, p):
    """Return the mean binary cross-entropy of predictions p for the truth y.

    Parameters
    ----------
    y : (n, 1), zeros and ones
    p : (n, 1), probabilities from 0 to 1, both ends included

    Returns
    -------
    One float, in nats (natural logarithm), finite even where p is 0 or 1.
    """
    # YOUR CODE HERE
    raise NotImplementedError()


# %% [markdown]
# ## Backward
#
# Now the heart of it: how does $L$ change when each single weight does? The chain rule walks the
# forward pass in reverse, $L \to a_2 \to z_2 \to (W_2, b_2, a_1) \to z_1 \to (W_1, b_1)$
# (Rumelhart, Hinton and Williams 1986). Three things keep you on the path:
#
# - A gradient has the shape of what it is the gradient of. That alone tells you where a transpose
#   belongs. (`reshape` gives the right shape too, with the wrong numbers in it.)
# - Where a forward step was a matrix product, so is its backward step; where it was elementwise, so
#   is its backward step, and the slope is taken at the place where the function was: at $z_1$.
# - A bias is used once for every row, so its gradient gathers from all of them.
#
# Start at the output, and be careful: work out $\partial L / \partial z_2$ from the loss above,
# with pencil and paper. A factor $\sigma'(z_2)$ turns up on the way. Whether any of it is left at
# the end depends on the loss, and a lot of published code gets this wrong, the article included: it
# reports cross-entropy but goes down the gradient of half the mean squared error. Such a network
# still learns, more slowly, so a falling loss will not tell you.
#
# **Points:** `backward` 22 (14 by hidden tests).
#
# <details><summary>Hint: the output</summary>
#
# For one row, $\partial L / \partial p = -\frac{y}{p} + \frac{1 - y}{1 - p}$. Multiply by the slope
# of the sigmoid, which the first notebook has you write by way of $p$ itself, and see what cancels.
# Do not forget that $L$ is a mean.
#
# </details>
# <details><summary>Hint: the weights</summary>
#
# $z_2 = a_1 W_2 + b_2$ is a matrix product. The gradient of $W_2$ has shape $(h, 1)$ and is made of
# $a_1$, $(n, h)$, and of what arrives at $z_2$, $(n, 1)$. There is one product of the two, with one
# transpose, that has the right shape and sums over the rows.
#
# </details>
# <details><summary>Hint: through the hidden layer</summary>
#
# What arrives at $a_1$ has its shape, $(n, h)$, and comes from $z_2$ by way of $W_2$. From $a_1$ to
# $z_1$ it is element by element. From there on the first layer is like the second.
#
# </details>


# %%
def backward(params, X, y, activation, activation_grad):
    """Return the gradient of the mean binary cross-entropy with respect to every parameter.

    Parameters
    ----------
    params : dict with W1 (d, h), b1 (1, h), W2 (h, 1), b2 (1, 1)
    X : (n, d) and y : (n, 1), for any number n of rows
    activation, activation_grad : the hidden layer's function and its slope, both functions of z1

    Returns
    -------
    dict with "W1", "b1", "W2", "b2", each of its parameter's shape. Nothing passed in is changed.
    """
    # YOUR CODE HERE
    raise NotImplementedError()


# %% [markdown]
# ## Check a gradient
#
# How do you know that a gradient is right? Ask the loss itself. Nudge one entry of one parameter by
# $+h$ and by $-h$, and see how the loss responds:
#
# $$\frac{\partial L}{\partial \theta_j} \approx \frac{L(\theta_j + h) - L(\theta_j - h)}{2h}$$
#
# That is the central difference of the first notebook, now for a function of many numbers: each
# entry is nudged **alone**, all others stay as they are. Then compare. For each parameter take the
# largest deviation over its entries, and set it against the largest slope there is:
#
# $$\text{error} = \frac{\max_j \left|\, g_j - d_j \,\right|}{\max_j \left|\, d_j \,\right|}$$
#
# where $g$ is the gradient to be checked and $d$ the central differences. Where all $d_j$ are 0,
# divide by 1. Nudge a copy: `params` must come out as it went in. Where the activation is smooth, a
# right gradient has an error far below $10^{-6}$, which is what rounding leaves; 0.01 is a mistake.
# Do not check across a corner: with ReLU and zero biases, row (0, 0) of XOR has
# $z_1 = 0$ exactly, and $b_1$ looks wrong although it is not. Take a smooth activation, or biases
# that are not 0.
#
# **Points:** `gradient_errors` 14 (8 by hidden tests).
#
# <details><summary>Hint: one nudge</summary>
#
# Write a small function that takes a name, an index and a nudge, copies that one array, nudges the
# copy, and returns the loss. `{**params, name: copy}` is a dict with one array exchanged.
#
# </details>
# <details><summary>Hint: every entry</summary>
#
# `np.ndindex(array.shape)` yields the index of each entry, and `array[index]` takes it. Collect the
# slopes in an array of the parameter's shape, then compare whole arrays.
#
# </details>


# %%
def gradient_errors(params, grads, X, y, activation, h=1e-5):
    """Compare a gradient with the central differences of the loss.

    Parameters
    ----------
    params : dict with W1 (d, h), b1 (1, h), W2 (h, 1), b2 (1, 1)
    grads : dict with the same keys and shapes, the gradient to be checked
    X : (n, d) and y : (n, 1)
    activation : the hidden layer's function
    h : how far each entry is nudged, to both sides

    Returns
    -------
    dict with "W1", "b1", "W2", "b2": for each the largest |grads - central difference|, divided
    by the largest |central difference| (by 1 where that is 0); one float each. Nothing passed in
    is changed.
    """

    # YOUR CODE HERE
    raise NotImplementedError()


# %% [markdown]
# ### Put it to use
#
# Below are two gradients of the loss on XOR at the same point, for a network with the sine as its
# activation. One is yours. The other was computed with the article's backward pass, and comes as
# bare numbers. Which of them is the gradient of *this* loss?

# %% tags=["display"]
POINT = init_params(seed=6, n_hidden=2)
ARTICLE = {
    "W1": np.array([[0.00142149, -0.00263104], [0.03373783, -0.05279787]]),
    "b1": np.array([[0.06430177, -0.00992973]]),
    "W2": np.array([[-0.01676766], [0.03828956]]),
    "b2": np.array([[0.02748612]]),
}
try:
    yours = backward(POINT, X, y, np.sin, np.cos)
    for who, grads in (("yours", yours), ("the article's", ARTICLE)):
        errors = gradient_errors(POINT, grads, X, y, np.sin)
        print(f"{who:>14}: ", "  ".join(f"{name} {error:.1e}" for name, error in errors.items()))
except NotImplementedError:
    print("This needs forward, binary_cross_entropy, backward and gradient_errors.")


# %% [markdown]
# To think about, without points: is the article's gradient only too short? Divide it by yours,
# entry by entry. If the ratio were the same everywhere, a larger learning rate would make up for
# it. Is there an entry where it even points the other way?

# %% [markdown]
# ## One step downhill
#
# For every parameter $\theta$ and learning rate $\eta$:
#
# $$\theta \leftarrow \theta - \eta \, \frac{\partial L}{\partial \theta}$$
#
# All gradients belong to the *same* point. Compute them all first and move afterwards; a layer
# updated too early spoils the gradient of the one before it, by an amount so small that it is hard
# to notice. And `-=` writes into the caller's arrays.
#
# **Points:** `gradient_step` 8 (4 by hidden tests).


# %%
def gradient_step(params, grads, lr):
    """Return the parameters after one step of gradient descent.

    Parameters
    ----------
    params, grads : dicts with the same keys; grads[key] has the shape of params[key]
    lr : learning rate

    Returns
    -------
    A new dict of new arrays. Neither params nor grads is changed.
    """
    # YOUR CODE HERE
    raise NotImplementedError()


# %% [markdown]
# ## Train
#
# Full-batch gradient descent: every epoch looks at all rows and takes one step. Write down the loss
# *before* each step, so that the first entry belongs to the start and there are as many as epochs.
#
# **Points:** `train` 14 (10 by hidden tests).
#
# <details><summary>Hint: the order in one epoch</summary>
#
# Ask where you stand, write it down, work out which way is down, go. Four of your functions, one
# line each. The name `params` may stand for new parameters in each epoch, as long as the caller's
# own stay as they are.
#
# </details>


# %%
def train(params, X, y, activation, activation_grad, epochs=5000, lr=0.1):
    """Train the network by full-batch gradient descent.

    Parameters
    ----------
    params : where to start; not changed
    X : (n, d) and y : (n, 1)
    activation, activation_grad : the hidden layer's function and its slope
    epochs : number of steps
    lr : learning rate

    Returns
    -------
    params : dict, after the last step
    losses : list of `epochs` floats; losses[i] is the loss just before step i
    """
    # YOUR CODE HERE
    raise NotImplementedError()


# %% [markdown]
# ### Without an activation
#
# With the identity in place of the activation, the hidden layer collapses: as in the first
# notebook's `collapse`, the two layers are one affine map, and that draws one straight line. See
# what training makes of it. Blue is 0, red is 1, and the line is where the output is one half. The
# best that one line can say about XOR is one half everywhere, at the price of $\ln 2$.


# %% tags=["display"]
def draw_output(axis, params, activation):
    """Draw the network's output over the plane, and the line where it is one half."""
    ticks = np.linspace(-0.5, 1.5, 80)
    plane = np.stack(np.meshgrid(ticks, ticks), axis=-1)
    output = np.reshape(forward(params, plane.reshape(-1, 2), activation)[3], (80, 80))
    axis.contourf(ticks, ticks, output, np.linspace(0, 1, 21), cmap="RdBu_r", alpha=0.7)
    if np.ptp(output) > 0.01:  # else it is one half all over
        axis.contour(ticks, ticks, output, [0.5], colors="black")
    draw_points(axis, X)
    axis.set(xlabel="$x_1$", ylabel="$x_2$", aspect="equal")


def same(z):
    return 1.0 * z


try:
    figure, axes = plt.subplots(1, 3, figsize=(10, 3.6), layout="constrained")
    for axis, epochs in zip(axes, (0, 30, 2000), strict=True):
        linear, _ = train(init_params(0), X, y, same, np.ones_like, epochs=epochs, lr=0.5)
        loss = binary_cross_entropy(y, forward(linear, X, same)[3])
        draw_output(axis, linear, same)
        axis.set_title(f"epoch {epochs}: loss {loss:.3f}")
    figure.suptitle("Without an activation: one straight line, and then one half everywhere")
    plt.show()
except NotImplementedError:
    print("This picture needs train, and all that it calls.")


# %% [markdown]
# ## Predict
#
# A probability becomes an answer at one half, which itself counts as a 1:
#
# $$\hat{y} = \begin{cases} 1 & a_2 \ge \tfrac12 \\ 0 & a_2 < \tfrac12 \end{cases}$$
#
# **Points:** `predict` 6 (3 by hidden tests).


# %%
def predict(params, X, activation):
    """Return 1 for every row the network finds at least as likely as not, and 0 for the others.

    Parameters
    ----------
    params : dict with W1 (d, h), b1 (1, h), W2 (h, 1), b2 (1, 1)
    X : (n, d)
    activation : the hidden layer's function

    Returns
    -------
    (n, 1) array of 0 and 1.
    """
    # YOUR CODE HERE
    raise NotImplementedError()


# %% [markdown]
# ## Your activations
#
# From here on the notebook looks at *your* functions. Paste them and their gradients from the first
# notebook into the next cell, and list them. (`sigmoid` is here already, and the output layer
# relies on it: of the sigmoid paste the gradient only.)

# %% tags=["yours"]
# Your functions from the first notebook go here. Then list those you want to compare, such as
#     "sigmoid": (sigmoid, sigmoid_grad),
#     "Leaky ReLU": (leaky_relu, leaky_relu_grad),
ACTIVATIONS = {}

# %% [markdown]
# ### How the plane is folded
#
# Two hidden units are enough to see what a hidden layer does. Above, the output over the plane as
# training goes on. Below, the same four points as the output unit sees them, $a_1$: one axis for
# each hidden unit. There the output draws one straight line, as always. The hidden layer moves the
# points until one line is enough. (Early on it may lie outside the picture.)

# %% tags=["display"]
MOMENTS = (0, 300, 1000, 5000)  # epochs


def draw_folding(name, activation, activation_grad, seed=4):
    """Draw what two hidden units make of the plane, at four moments of training."""
    params, done = init_params(seed, n_hidden=2), 0
    figure, axes = plt.subplots(2, len(MOMENTS), figsize=(12, 6.4), layout="constrained")
    for (above, below), epochs in zip(axes.T, MOMENTS, strict=True):
        more = epochs - done
        params, _ = train(params, X, y, activation, activation_grad, epochs=more, lr=0.3)
        done = epochs
        draw_output(above, params, activation)
        hidden = np.asarray(forward(params, X, activation)[1])
        draw_points(below, hidden)
        low, high = hidden.min() - 0.3, hidden.max() + 0.3
        weights, bias = np.ravel(params["W2"]), float(np.ravel(params["b2"])[0])
        nearest = -bias * weights / (weights @ weights)
        below.axline(nearest, slope=-weights[0] / weights[1], color="black")
        below.set(xlim=(low, high), ylim=(low, high), xlabel="unit 1", ylabel="unit 2")
        above.set_title(f"epoch {epochs}")
    figure.suptitle(f"{name}: the plane, and the four points as the output unit sees them")
    plt.show()


try:
    for name in list(ACTIVATIONS)[:2]:  # two of them; any others you like
        draw_folding(name, *ACTIVATIONS[name])
    if not ACTIVATIONS:
        print("ACTIVATIONS is still empty: fill the cell above, run it, and then this one again.")
except NotImplementedError:
    print("This picture needs train, and all that it calls.")


# %% [markdown]
# ## Dead units
#
# Look at what reaches $W_1$ on the way back: every path leads through the activation's slope at
# $z_1$. If that slope is 0 for a hidden unit on **every** row of the data, nothing reaches its
# weights, now or ever again. With ReLU this happens to a unit that is negative on all rows. One row
# with a slope is enough to keep it alive.
#
# **Points:** `dead_units` 7 (4 by hidden tests).
#
# <details><summary>Hint: rows and columns</summary>
#
# The slopes at $z_1$ have one row for each example and one column for each unit. A unit is dead
# when *all* entries of its column are 0. Slopes of $+1$ and $-1$ add up to 0 and are not dead.
#
# </details>


# %%
def dead_units(params, X, activation_grad):
    """Tell which hidden units cannot learn from X any more.

    Parameters
    ----------
    params : dict with W1 (d, h), b1 (1, h), ...
    X : (n, d)
    activation_grad : the slope of the hidden layer's function

    Returns
    -------
    (h,) array of bool: True for a unit whose slope is exactly 0 on every row.
    """
    # YOUR CODE HERE
    raise NotImplementedError()


# %% [markdown]
# ## The vanishing gradient
#
# In a deep network the slopes multiply. For a chain of layers with $z^{(1)}, \dots, z^{(m)}$ before
# their activations, and leaving the weights aside, the signal that arrives at the first layer is
# scaled by
#
# $$\prod_{k=1}^{m} f'\bigl(z^{(k)}\bigr).$$
#
# The sigmoid's slope is never above $\frac14$, so the slopes of ten layers leave at most
# $4^{-10} \approx 10^{-6}$ of it, and that is the best case, all units at 0. Each layer's weights
# multiply, too, and large ones can make up for it. A ReLU that is switched on passes everything.
#
# **Points:** `chain_gradient` 5 (3 by hidden tests).


# %%
def chain_gradient(activation_grad, zs):
    """Multiply the slopes along a chain of layers.

    Parameters
    ----------
    activation_grad : elementwise slope of the activation
    zs : (m, ...), what enters the activation in each of m layers, a layer per entry of axis 0;
        any number of further axes, none included

    Returns
    -------
    The product over axis 0, of shape zs.shape[1:].
    """
    # YOUR CODE HERE
    raise NotImplementedError()


# %% [markdown]
# ### Depth, for real
#
# Twenty layers of 30 units with your activations. Each layer is nudged a little, and the picture
# shows how much of the nudge arrives at the last layer: 1 is all of it. (A gradient on its way back
# shrinks or grows by the same factors.) Solid lines are the network itself, weights included, for
# three spreads of the weights, in units of $1/\sqrt{\text{width}}$. Dotted is `chain_gradient`, the
# slopes alone, along single paths: from a unit to that of the same number in the next layer, and so
# on. One unit that is switched off cuts such a path; the network has many others.

# %% tags=["display"]
DEPTH, WIDTH = 20, 30


def arriving(activation, activation_grad, spread):
    """Return what arrives at the end of a nudge to each layer, and the slopes' share of it."""
    rng = np.random.default_rng(0)
    layers = rng.normal(0.0, spread / np.sqrt(WIDTH), size=(DEPTH, WIDTH, WIDTH))
    a, before = rng.normal(size=(1, WIDTH)), []
    nudges = np.empty((0, WIDTH))  # one row for each layer so far, as it looks here
    for weights in layers:
        z = a @ weights
        fresh = rng.normal(size=(1, WIDTH))
        nudges = np.concatenate([nudges @ weights, fresh]) * activation_grad(z)
        a = activation(z)
        before.append(z[0])
    sizes = np.sqrt(np.mean(nudges**2, axis=1))
    slopes = [np.abs(chain_gradient(activation_grad, np.array(before[k:]))) for k in range(DEPTH)]
    return sizes, np.mean(slopes, axis=1)


TINY = 1e-18  # less counts as this, so that a logarithm can show it


def panels(count):
    """Return a figure and `count` of its axes, three in a row, which share their scales."""
    rows = max(1, -(-count // 3))
    figure, axes = plt.subplots(
        rows, 3, figsize=(12, 3.2 * rows), sharex=True, sharey=True, layout="constrained"
    )
    for axis in axes.flat[count:]:
        axis.set_axis_off()
    return figure, axes.flat[:count]


def draw_depth(spreads=(0.5, 1.0, 2.0)):
    """Draw, an activation a panel, what arrives at the last layer from each."""
    figure, axes = panels(len(ACTIVATIONS))
    for axis, (name, functions) in zip(axes, ACTIVATIONS.items(), strict=False):
        for spread, look in zip(spreads, ("#009E73", "#0072B2", "#D55E00"), strict=True):
            sizes, slopes = arriving(*functions, spread)
            axis.semilogy(range(1, DEPTH + 1), sizes + TINY, color=look)
            axis.semilogy(range(1, DEPTH + 1), slopes + TINY, ":", color=look)
            axis.annotate(f"{spread:g}", (1, sizes[0] + TINY), color=look, ha="right", va="center")
            if spread == 1.0:
                axis.set_title(f"{name}: {sizes[0]:.0e}")
        axis.set(xlabel="layer that is nudged", ylim=(TINY, 1e6), xlim=(-1, DEPTH))
    axes[0].set_ylabel("share that arrives")
    figure.suptitle(
        "What arrives at layer 20 (in the titles: from layer 1 at spread 1).\n"
        "Solid: for three spreads of the weights. Dotted: slopes alone, along single paths."
    )
    plt.show()


try:
    if ACTIVATIONS:
        draw_depth()
except NotImplementedError:
    print("This picture needs chain_gradient, and the functions you have listed.")


# %% [markdown]
# To think about: which functions keep a gradient alive over twenty layers, at which spread? Where
# do the dotted and the solid line part, and which of the two does the sentence "ten sigmoid layers
# leave a millionth" speak of?

# %% [markdown]
# ## The experiment
#
# Which hidden activation learns XOR most dependably? The article answers from the loss curves of
# one random start, `seed=42`, with 4 hidden units, weights of spread 0.1, 5000 epochs and a
# learning rate of 0.1. You will keep all of that, repeat it for the seeds 0 to 11, and then ask
# what would change the answer: more time, another start.
#
# A run that has not solved XOR has failed in one of three ways, and a curve of 5000 epochs does not
# tell them apart:
#
# - **Slow.** The loss still falls, or is about to. More epochs solve it.
# - **Dead.** Units whose slope is 0 on every row get no gradient, no number of epochs brings them
#   back, and too few are left to solve it.
# - **Elsewhere.** Enough units live, but the loss has come to rest in a worse place. (Dead units
#   may have driven it there: a run can be both.)
#
# A plateau looks like a resting place. More time tells, or the size of the gradient.

# %% [markdown]
# ### Your prediction (no points)
#
# Before you run anything, write down here, in a sentence each:
#
# - Which of your functions will solve XOR from every start in 5000 epochs, which from none?
# - Which of those that fail will make it with four times as long? Which never?
# - Are ReLU's dead units dead from the start, or do they die on the way?
# - Weights a tenth as large, or ten times as large: who will mind?

# %% [markdown]
# ### 1. Twelve starts, and more time
#
# Every start is trained for 5000 epochs, or until it has solved XOR. Those that have not go on with
# four times the learning rate for another 3750, which takes them about as far as epoch 20000 would
# have. Less than half a minute.

# %% tags=["experiment"]
from tqdm import tqdm

SEEDS = range(12)
SOLVED = 0.1  # a loss below this counts as solved
EPOCHS, LR, SCALE = 5000, 0.1, 0.1  # the article's
MORE = 3750  # epochs at four times the learning rate
PART = 50  # epochs from one count of dead units to the next


def until_solved(params, functions, epochs, lr):
    """Train for so many epochs, or until XOR is solved; return losses and dead units, too."""
    losses, dead = [], []
    for _ in range(epochs // PART):
        params, part = train(params, X, y, *functions, epochs=PART, lr=lr)
        losses.extend(part)
        dead.append(int(np.sum(dead_units(params, X, functions[1]))))
        if losses[-1] < SOLVED:
            break
    return params, losses, dead


def one_run(seed, *functions):
    """Train from one start; return the losses, those of the time on top, and dead units."""
    start = init_params(seed, n_hidden=4, scale=SCALE)
    born = int(np.sum(dead_units(start, X, functions[1])))
    params, losses, dead = until_solved(start, functions, EPOCHS, LR)
    more = []
    if losses[-1] >= SOLVED:
        _, more, _ = until_solved(params, functions, MORE, 4 * LR)
    return {"losses": losses, "more": more, "dead": [born, *dead]}


def is_solved(run, later=False):
    """Tell whether a run has solved XOR, in time or, with `later`, at last."""
    return (run["more"] if later and run["more"] else run["losses"])[-1] < SOLVED


runs = {}
try:
    with tqdm(total=len(ACTIVATIONS) * len(SEEDS), mininterval=1, leave=False) as bar:
        for name, functions in ACTIVATIONS.items():
            runs[name] = []
            for seed in SEEDS:
                runs[name].append(one_run(seed, *functions))
                bar.update()
except NotImplementedError:
    print("The experiment needs train and dead_units, and the functions you have listed.")
print(f"{'solved, of 12':>14}   by epoch 5000   by 20000    dead units at first, at last (of 48)")
for name, some in runs.items():
    counts = [sum(map(is_solved, some)), sum(is_solved(run, later=True) for run in some)]
    dead = [sum(run["dead"][when] for run in some) for when in (0, -1)]
    print(f"{name:>14}   {counts[0]:13}   {counts[1]:8}   {dead[0]:19}, {dead[1]:7}")


# %% tags=["experiment"]
def draw_curves(runs):
    """Draw every run: an activation a panel."""
    looks = {
        "solved by epoch 5000": {"color": "#0072B2", "lw": 1.0},
        "slow: solved later": {"color": "#E69F00", "lw": 1.6, "ls": "--"},
        "not by epoch 20000": {"color": "black", "lw": 1.6, "ls": "-."},
    }
    figure, axes = panels(len(runs))
    for axis, (name, some) in zip(axes, runs.items(), strict=True):
        kinds = [0 if is_solved(run) else 1 if is_solved(run, later=True) else 2 for run in some]
        for run, kind in zip(some, kinds, strict=True):
            time = [*range(len(run["losses"])), *(EPOCHS + 4 * np.arange(len(run["more"])))]
            losses = [*run["losses"], *run["more"]]
            axis.plot(time[::20], losses[::20], **list(looks.values())[kind])
        axis.axvline(EPOCHS, color="0.6", lw=0.8)
        axis.axhline(np.log(2), color="0.6", lw=0.8, ls=":")
        solved, slow, not_solved = map(kinds.count, range(3))
        axis.set_title(f"{name}: {solved} solved, {slow} later, {not_solved} not")
        axis.set(ylim=(-0.02, 0.78), xlim=(0, 20000), xticks=(0, 5000, 20000))
    for axis in axes[::3]:
        axis.set_ylabel("loss (dotted: guessing)")
    figure.supxlabel("epochs at a learning rate of 0.1 (after 5000: as many as that is worth)")
    lines = [plt.Line2D([], [], **look) for look in looks.values()]
    figure.legend(lines, looks, loc="outside upper center", ncols=3)
    plt.show()


if runs:
    draw_curves(runs)
else:
    print("ACTIVATIONS is still empty: fill that cell, run it, and then these again.")


# %% [markdown]
# ### 2. Born dead, or died?
#
# Each row is a start, each column a moment, and the shade says how many of the four hidden units
# are dead. A solved run has stopped, and its row goes on as it was. A cross marks the starts
# that were not solved, not even later. Only functions that have dead units at all are drawn.
#
# Mind the corner: all biases start at 0, so row (0, 0) starts at $z_1 = 0$ exactly, for every unit.
# Whether a unit counts as dead at birth hangs on the slope that your ReLU has at 0. Try the other.


# %% tags=["experiment"]
def draw_dead(runs):
    """Draw the number of dead units by start and epoch."""
    some_dead = {name: some for name, some in runs.items() if any(max(r["dead"]) for r in some)}
    if not some_dead:
        print("No unit of any function is ever dead.")
        return
    figure, axes = plt.subplots(
        1, len(some_dead), figsize=(6.4 * len(some_dead), 4), squeeze=False, layout="constrained"
    )
    for axis, (name, some) in zip(axes[0], some_dead.items(), strict=True):
        moments = EPOCHS // PART + 1
        dead = [run["dead"] for run in some]
        counts = np.array([row + row[-1:] * (moments - len(row)) for row in dead])
        edges = np.append(np.arange(len(counts[0])), len(counts[0])) * PART
        image = axis.pcolormesh(edges, np.arange(13) - 0.5, counts, cmap="Greys", vmin=0, vmax=4)
        for seed, run in enumerate(some):
            axis.text(-250, seed, counts[seed, 0], ha="center", va="center")
            axis.text(5350, seed, counts[seed, -1], ha="center", va="center")
            if not is_solved(run, later=True):
                axis.plot(5700, seed, "kx", clip_on=False)
        axis.set(xlim=(-500, 5900), yticks=list(SEEDS), xlabel="epoch", ylabel="seed")
        for x, text in ((-250, "at first"), (5350, "at last")):
            axis.text(x, 11.6, text, ha="center", va="bottom", fontsize=8)
        first, last = counts[:, 0].sum(), counts[:, -1].sum()
        axis.set_title(
            f"{name}: of 48 units {first} are born dead, {last} are dead at the end", pad=16
        )
        figure.colorbar(image, label="dead units, of 4", ticks=range(5))
    plt.show()


if runs:
    draw_dead(runs)


# %% [markdown]
# ### 3. Another start
#
# With weights of spread 0.1 every $z_1$ is close to 0 at first. What if they are a tenth of that,
# or ten times as much? To save time these runs take 500 large steps (learning rate 1) in place of
# 5000 small ones, which goes about as far. Add your own spreads to `SCALES`: 0.03, 0.3, 3?

# %% tags=["experiment"]
SCALES = (0.01, 1.0)


def solved_from(scale, *functions):
    """Return how many of the starts are solved when the weights have this spread."""
    starts = [init_params(seed, n_hidden=4, scale=scale) for seed in SEEDS]
    ends = [until_solved(params, functions, 500, 1.0)[1][-1] for params in starts]
    return sum(loss < SOLVED for loss in ends)


def draw_scales(table):
    """Draw the counts: activations by spreads."""
    columns = sorted({scale for row in table.values() for scale in row})
    counts = np.array([[row[scale] for scale in columns] for row in table.values()])
    size = (2 + 1.3 * len(columns), 0.55 * len(table) + 1.6)
    _, axis = plt.subplots(figsize=size, layout="constrained")
    axis.imshow(counts, cmap="cividis", vmin=0, vmax=len(SEEDS), aspect="auto")
    for (row, column), count in np.ndenumerate(counts):
        ink = "black" if count > len(SEEDS) / 2 else "white"
        axis.text(column, row, count, ha="center", va="center", color=ink)
    axis.set_xticks(range(len(columns)), [f"{scale:g}" for scale in columns])
    axis.set_yticks(range(len(table)), table)
    axis.set_xlabel("spread of the first weights")
    axis.set_title(f"Starts that solve XOR, of {len(SEEDS)}, by spread of the weights")
    plt.show()


table = {name: {SCALE: sum(map(is_solved, some))} for name, some in runs.items()}
for name in tqdm(table, mininterval=1, leave=False):
    table[name] |= {scale: solved_from(scale, *ACTIVATIONS[name]) for scale in SCALES}
if table:
    draw_scales(table)


# %% [markdown]
# ## What one seed and one budget hide
#
# Seed 42 alone, the article's choice, shows tanh, ReLU and Leaky ReLU all solved after 5000 epochs:
# three winners, no difference worth mentioning. Hold that against your pictures, and against your
# prediction.
#
# **Where the article is right.** A leak keeps units alive: look at what Leaky ReLU does with the
# time on top, and what ReLU does. **Where it is not.** Its gradient has a factor too many, the
# slope of the output's sigmoid. It is at most $\frac14$, so each row's contribution is at least
# four times smaller, and so, as a rule, is the step.
# After 5000 epochs some activations look hopeless with it that are the most dependable ones here.
# With four times the learning rate, or four times the epochs, they solve nearly as many starts as
# they do with the right gradient. The loss falls with both, so no curve tells you which of the two
# you have. `gradient_errors` does. Check the gradient before you interpret a curve.
#
# So "this one solves XOR, that one fails" needs its epochs, its spread of weights and its seeds
# beside it, or it says nothing. And all of it is still only this: one small problem, four points,
# one size of network.

# %% [markdown]
# ## Your conclusion (up to 10 points, marked by hand)
#
# Answer in about 200 words, with numbers from your own table and pictures:
#
# 1. How many of the 12 seeds did ReLU, Leaky ReLU and ELU solve, by epoch 5000 and later? Is Leaky
#    ReLU better than ReLU on this evidence? Is ELU? Say how you judge, and what you would run to be
#    surer. (One way: both had the same starts. Count those that only one of the two solves. Were
#    both equally good, each would be the toss of a coin.) (4 points)
# 2. Why is the sigmoid still at $\ln 2$ after 5000 epochs: is it slow, dead, or elsewhere? Name a
#    cause, and a measurement that supports it: yours, or one more that you run. (3 points)
# 3. Which hidden activation would you take for this problem, and what does the experiment *not*
#    tell you about other problems? (3 points)


# %% [markdown] grade_id="conclusion" points=10
# YOUR ANSWER HERE

# %% [markdown]
# ## Words, and where to read on
#
# - **pre-activation**: what enters the activation, $z$. **hidden unit**: one column of the layer in
#   between. **epoch**: one pass over all rows; here, one step. **full batch**: every step uses all
#   rows. **seed**: fixes the random numbers of a start. **spread**: their standard deviation.
# - **central difference**: slope from one step to each side. **gradient check**: a gradient held
#   against such slopes. **dead unit**: one whose slope is 0 on every row. **vanishing gradient**:
#   a product of many slopes below 1.
#
# To read on:
#
# - Clark, *Activation Functions*, part 2 of 3 of "Foundations of AI", August 2025: the article.
# - Rumelhart, Hinton and Williams, *Learning representations by back-propagating errors*, 1986,
#   [doi:10.1038/323533a0](https://doi.org/10.1038/323533a0).
# - LeCun and others, *Efficient BackProp*, 1998,
#   [doi:10.1007/3-540-49430-8_2](https://doi.org/10.1007/3-540-49430-8_2).
# - Glorot and Bengio, *Understanding the difficulty of training deep feedforward neural networks*,
#   2010, [PMLR 9](https://proceedings.mlr.press/v9/glorot10a.html): which spread keeps a signal.
# - He and others, *Delving deep into rectifiers*, 2015,
#   [doi:10.1109/ICCV.2015.123](https://doi.org/10.1109/ICCV.2015.123): the same for ReLU.
# - Lu and others, *Dying ReLU and initialization*, 2020,
#   [doi:10.4208/cicp.OA-2020-0165](https://doi.org/10.4208/cicp.OA-2020-0165): born dead.


# %% [markdown]
# ## Where you stand
#
# The points that the public tests decide, and what is not right yet: in the notebook *Restart and
# run all* comes down to here, with the script `autograder check` says it.
