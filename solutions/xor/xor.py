# %% [markdown]
# # Backpropagation on XOR
#
# Four points, one hidden layer, and the oldest test of whether a network can learn what a single
# straight line cannot: XOR is 1 when exactly one of its two inputs is. You will write the network,
# its loss, the gradient of that loss and the training loop, everything by hand. Then you will put
# the activation functions of the first notebook to the test, on twelve random starts instead of
# one.
#
# **How to work.** Replace each `# YOUR CODE HERE` and the line under it with your code, run the
# cell, then check it: with the `check` cell below it in the notebook, with `pytest` in a terminal
# for the script. Work from top to bottom: later functions call earlier ones. Functions are checked
# with other data and other activations than XOR and yours, so let the shapes come from the
# arguments.
#
# **Points.** The items add up to 100, each marked on its own. A check shows the public tests;
# hidden ones, on other inputs, are run after you hand in. The question at the end is read by a
# person and brings up to 10 points on top. The experiment carries none, but you need it for the
# question.
#
# **Rules.** Python and NumPy are all you need. Keep the names and arguments of the functions, and
# leave the arguments' values as they came: return new arrays.

# %%
import matplotlib.pyplot as plt
import numpy as np

from autograder import check

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
# The weights start as random numbers of spread `scale`. They have to: if all were equal, every
# hidden unit would compute the same, receive the same gradient, and remain a copy of its neighbours
# for ever; XOR would stay at the loss of pure guessing, $\ln 2 \approx 0.693$.


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
    ### BEGIN SOLUTION
    z1 = X @ params["W1"] + params["b1"]
    a1 = activation(z1)
    z2 = a1 @ params["W2"] + params["b2"]
    return z1, a1, z2, sigmoid(z2)
    ### END SOLUTION


# %%
check("forward")

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
    ### BEGIN SOLUTION
    p = np.clip(p, 1e-12, 1.0 - 1e-12)
    return float(-np.mean(y * np.log(p) + (1.0 - y) * np.log(1.0 - p)))
    ### END SOLUTION


# %%
check("binary_cross_entropy")

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
# the end depends on the loss, and a lot of published code gets this wrong, the article behind this
# course included: it reports cross-entropy but goes down the gradient of half the mean squared
# error. Such a network still learns, more slowly, so a falling loss will not tell you. **Finite
# differences will.** Nudge one entry of one parameter by $\pm h$, see how the loss responds, and
# compare; do that for every entry, and you never have to trust anybody's formula again.


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
    ### BEGIN SOLUTION
    z1, a1, _, a2 = map(np.asarray, forward(params, X, activation))
    dz2 = (a2 - y) / len(X)
    dz1 = (dz2 @ params["W2"].T) * activation_grad(z1)
    return {
        "W1": X.T @ dz1,
        "b1": dz1.sum(axis=0, keepdims=True),
        "W2": a1.T @ dz2,
        "b2": dz2.sum(axis=0, keepdims=True),
    }
    ### END SOLUTION


# %%
check("backward")

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
    ### BEGIN SOLUTION
    return {name: value - lr * np.asarray(grads[name]) for name, value in params.items()}
    ### END SOLUTION


# %%
check("gradient_step")

# %% [markdown]
# ## Train
#
# Full-batch gradient descent: every epoch looks at all rows and takes one step. Write down the loss
# *before* each step, so that the first entry belongs to the start and there are as many as epochs.


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
    ### BEGIN SOLUTION
    losses = []
    for _ in range(epochs):
        *_, a2 = forward(params, X, activation)
        losses.append(binary_cross_entropy(y, a2))
        grads = backward(params, X, y, activation, activation_grad)
        params = gradient_step(params, grads, lr)
    return params, losses
    ### END SOLUTION


# %%
check("train")

# %% [markdown]
# ## Predict
#
# A probability becomes an answer at one half, which itself counts as a 1:
#
# $$\hat{y} = \begin{cases} 1 & a_2 \ge \tfrac12 \\ 0 & a_2 < \tfrac12 \end{cases}$$


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
    ### BEGIN SOLUTION
    *_, a2 = forward(params, X, activation)
    return (np.asarray(a2) >= 0.5).astype(int)
    ### END SOLUTION


# %%
check("predict")

# %% [markdown]
# ## Dead units
#
# Look at what reaches $W_1$ on the way back: every path leads through the activation's slope at
# $z_1$. If that slope is 0 for a hidden unit on **every** row of the data, nothing reaches its
# weights, now or ever again. With ReLU this happens to a unit that is negative on all rows. One row
# with a slope is enough to keep it alive.


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
    ### BEGIN SOLUTION
    z1 = X @ params["W1"] + params["b1"]
    return np.all(activation_grad(z1) == 0, axis=0)
    ### END SOLUTION


# %%
check("dead_units")

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
    ### BEGIN SOLUTION
    return np.prod(activation_grad(np.asarray(zs, dtype=np.float64)), axis=0)
    ### END SOLUTION


# %%
check("chain_gradient")

# %% [markdown]
# ## The experiment
#
# Which hidden activation learns XOR most dependably? The article that this course follows and
# argues with (*Activation Functions* by Benjamin Clark, part 2 of "Foundations of AI", 2025)
# answers from the loss curves of one random start, `seed=42`, with 4 hidden units, weights of
# spread 0.1, 5000 epochs and a learning rate of 0.1. You will keep all of that and repeat it for
# the seeds 0 to 11.
#
# Before you run it, write down what you expect: which will solve XOR from every start, and which
# from none?
#
# Paste your functions and their gradients into the next cell and list them. (`sigmoid` is here
# already, and the output layer relies on it: of the sigmoid paste the gradient only.)

# %% tags=["yours"]
# Your functions from the first notebook go here. Then list those you want to compare, such as
#     "sigmoid": (sigmoid, sigmoid_grad),
#     "Leaky ReLU": (leaky_relu, leaky_relu_grad),
ACTIVATIONS = {}

# %% [markdown]
# Training takes about 3 s for each activation, about 20 s for all six. With `scale`, `epochs` and
# `lr` you can repeat it otherwise, in a cell of your own.

# %% tags=["experiment"]
SEEDS = range(12)
SOLVED = 0.1  # a final loss below this counts as solved


def losses_by_seed(activation, activation_grad, scale=0.1, epochs=5000, lr=0.1):
    """Train once from every seed; return the losses, (seeds, epochs)."""
    runs = []
    for seed in SEEDS:
        start = init_params(seed, n_hidden=4, scale=scale)
        _, losses = train(start, X, y, activation, activation_grad, epochs, lr)
        runs.append(losses)
    return np.array(runs)


results = {name: losses_by_seed(*functions) for name, functions in ACTIVATIONS.items()}

for name, losses in results.items():
    final = losses[:, -1]
    print(f"{name:<12} solved {np.sum(final < SOLVED):2} of {len(SEEDS)}   ", end="")
    print(f"final loss: median {np.median(final):.3f}, worst {final.max():.3f}")
if not results:
    print("ACTIVATIONS is still empty. Paste your functions into the cell above, list them there,")
    print("run that cell, and then this one again.")


# %% tags=["experiment"]
def draw(results):
    """Draw the loss against the epoch, and beside it where every seed ended."""
    figure, (curves, ends) = plt.subplots(
        1, 2, figsize=(12, 5), sharey=True, width_ratios=(6, 5), layout="constrained"
    )
    for place, (name, losses) in enumerate(results.items()):
        low, median, high = np.quantile(losses, (0.25, 0.5, 0.75), axis=0)
        (line,) = curves.plot(median, linewidth=2.5, label=name)
        curves.fill_between(np.arange(len(median)), low, high, color=line.get_color(), alpha=0.12)
        across = place + np.linspace(-0.3, 0.3, len(losses))
        ends.scatter(across, losses[:, -1], color=line.get_color())
    for axis in (curves, ends):
        axis.axhline(np.log(2), color="0.4", linestyle=":", zorder=0)
        axis.set_ylim(-0.03, 0.78)
    curves.text(0, np.log(2) + 0.015, "ln 2: guessing", color="0.3")
    curves.set(title="Median of 12 seeds, and their middle half", xlabel="epoch", ylabel="loss")
    ends.axhline(SOLVED, color="0.4", linestyle="--", zorder=0)
    ends.text(-0.4, SOLVED + 0.015, "solved below this line", color="0.3")
    ends.set(title="Final loss, one dot per seed", xlim=(-0.6, len(results) - 0.4))
    ends.set_xticks(range(len(results)), results)
    figure.legend(*curves.get_legend_handles_labels(), loc="outside lower center", ncols=6)


if results:
    draw(results)

# %% [markdown]
# ## What one seed and one budget hide
#
# Seed 42 alone, the article's choice, shows tanh, ReLU and Leaky ReLU all solved after 5000 epochs:
# three winners, no difference worth mentioning. Hold that against your table. Then ask what the
# runs that failed have in common. There are three ways to fail, and a picture of 5000 epochs does
# not tell them apart:
#
# - **Slow.** The loss still falls, or is about to. More epochs solve it. Try
#   `losses_by_seed(tanh, tanh_grad, epochs=20000)`: which of your counts at 5000 change, and which
#   do not? The same question goes for Leaky ReLU: a leak lets a hundredth of the gradient through.
# - **Dead.** Units with a slope of 0 on every row have no gradient, and no number of epochs brings
#   them back. Ask `dead_units` of a ReLU run that failed: after training, and of its start, before
#   the first step. Were they made dead, or born so?
# - **Elsewhere.** Every unit lives, and the loss has come to rest in a worse place. A slope that is
#   never zero does not rule that out.
#
# **The article's gradient** has a factor too many, the slope of the output's sigmoid, which is at
# most $\frac14$: every step is at least four times shorter. After 5000 epochs some activations look
# hopeless with it that are the most dependable ones here. With four times the learning rate, or
# four times the epochs, they solve nearly as many starts as they do with the right gradient. Both
# gradients go downhill, so no loss curve tells you which of the two you have. Check the gradient
# before you interpret a curve.
#
# **The start** matters as much as the function. With weights of spread 0.1 every $z_1$ is close to
# 0 at first. Run `losses_by_seed(sigmoid, sigmoid_grad, scale=1.0)` and compare.
#
# **A median hides things too.** It can end at a loss where not one of the runs ended: that is why
# the dots are there.
#
# So "this one solves XOR, that one fails" needs its epochs, its spread of weights and its seeds
# beside it, or it says nothing. And all of it is still only this: one small problem, four points,
# one size of network.

# %% [markdown]
# ## Your conclusion (up to 10 points, marked by hand)
#
# Answer in about 200 words, with numbers from your own table and picture:
#
# 1. How many of the 12 seeds did ReLU, Leaky ReLU and ELU solve after 5000 epochs? Is Leaky ReLU
#    better than ReLU on this evidence? Is ELU? Say how you judge, and what you would run to be
#    surer. (4 points)
# 2. Why is the sigmoid still at $\ln 2$ after 5000 epochs: is it slow, dead, or elsewhere? Name a
#    cause, and a measurement that supports it. (3 points)
# 3. Which hidden activation would you take for this problem, and what does the experiment *not*
#    tell you about other problems? (3 points)

# %% [markdown] grade_id="conclusion" points=10
# ### BEGIN SOLUTION
# 1. 7, 9 and 12. The seeds are a sample, and another twelve would give other counts. If ReLU and
#    Leaky ReLU both solved XOR two times in three, counts of 7 and 9 would be nothing unusual (one
#    standard deviation of such a count is about 1.6), so that is undecided at 5000 epochs. ELU's
#    12 against ReLU's 7 is a difference of 5, hard to put down to chance (Fisher's exact test
#    gives 0.04). To be surer I would run 100 or more fresh seeds for each, at more than one budget
#    (after 20000 epochs Leaky ReLU has 11 of 12 and ReLU still 7), and compare the shares with
#    their uncertainty, not the prettiest curve. (4 points: 7 and 9 undecided, with a reason, 2;
#    ELU clearer, 1; more seeds or epochs and a spread, 1. No test needs to be named.)
# 2. Slow: the starting weights are too small. With spread 0.1 every $z_1$ is near 0, where the
#    sigmoid is all but a straight line of slope 1/4: the hidden units all give about 0.5, the
#    network is almost linear, and the best a linear one can say about XOR is one half everywhere,
#    which costs ln 2. The gradient that reaches $W_1$ has passed that 1/4 and the small $W_2$, so
#    5000 steps are not enough to get away; it has solved about half of the seeds by epoch 60000.
#    Measurement: with `scale=1.0` and all else equal, 10 of 12 seeds end below 0.1. It is not
#    saturation: at 0 the slope is at its largest. (3 points: cause 2, measurement 1.)
# 3. ELU or Mish, 12 of 12 each, and the worst final loss below 0.01. Both curve at 0, so even small
#    weights make the network non-linear (at spread 0.01 they need more than 5000 epochs, too). Not
#    told: deep networks, more inputs, noise, unseen data, other learning rates, time per step; nor
#    which of the two is better. (3 points: a choice with numbers 1, limits 2.)
# ### END SOLUTION
