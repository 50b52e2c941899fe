# %% [markdown]
# # Activation functions, and their slopes
#
# A neuron adds up its inputs and then decides how strongly to answer. The decision is its
# **activation function**, and the story of these functions is one of repairs: each was proposed
# because the one before it failed at something. You will write eight of them in NumPy, in that
# order, and after each one its derivative, because the derivative is what a network learns from.
#
# **How to work.** Replace each `# YOUR CODE HERE` and the line under it with your code, run the
# cell, then check it: with the `check` cell below it in the notebook, with `pytest` in a terminal
# for the script. A check says what is wrong, where, and how it knows. Functions are given by their
# formulas; the derivatives you find with pencil and paper.
#
# **Points.** The items add up to 100, plain functions and gradients separately, and each is marked
# on its own. A check shows the public tests; hidden ones, on other inputs, are run after you hand
# in, so code that is right everywhere beats code that satisfies a check.
#
# **Rules.** Python and NumPy are all you need. Keep the names and arguments of the functions.
#
# **One promise for all of them.** `z` may be a single number or an array of any shape, of integers
# or floats. The result has the same shape and holds float64 numbers. The caller's `z` is left as it
# was. And nothing turns into NaN for any $|z|$ up to $10^4$.

# %%
import matplotlib.pyplot as plt
import numpy as np

# %% [markdown]
# ## Your measuring instrument
#
# Before deriving any slope, build the tool that tells you whether you got it right. The *central
# difference* looks the same small step $h$ to either side of $z$:
#
# $$f'(z) \approx \frac{f(z + h) - f(z - h)}{2h}$$
#
# Looking to one side only has an error that shrinks like $h$; here the errors of both sides cancel
# and what is left shrinks like $h^2$. A smaller $h$ is not always better, though: the two values
# become so alike that their difference is mostly rounding noise. Around $h = 10^{-5}$ the two
# effects balance, and about ten digits are right. Across a corner, such as ReLU's at 0, the result
# is the mean of the two slopes, so test a gradient a little away from it.


# %%
def numerical_gradient(f, z, h=1e-5):
    """Estimate the slope of f at each z by a central difference.

    Parameters
    ----------
    f : elementwise function of one array
    z : scalar or array of any shape; may hold integers
    h : step to either side

    Returns
    -------
    float64 of z's shape: (f(z + h) - f(z - h)) / (2 h). z itself is not changed.
    """
    # YOUR CODE HERE
    raise NotImplementedError()


# %% [markdown]
# ## Why bend the line at all
#
# Leave the activation out, and two layers compute
#
# $$W_2\,(W_1 x + b_1) + b_2 .$$
#
# Multiply that out: it has the form $W x + b$ again. A hundred such layers are still one layer, and
# one layer draws one straight boundary. All that depth can buy comes from the non-linearity in
# between. Show it by finding the single layer that replaces the two.


# %%
def collapse(W1, b1, W2, b2):
    """Merge two affine layers into one.

    Parameters
    ----------
    W1 : (h, d), b1 : (h,), the layer applied first
    W2 : (m, h), b2 : (m,), the layer applied to its result

    Returns
    -------
    W : (m, d), b : (m,), float64, so that W x + b = W2 (W1 x + b1) + b2 for every x of shape (d,).
    """
    # YOUR CODE HERE
    raise NotImplementedError()


# %% [markdown]
# ## Step
#
# The perceptron's yes or no (McCulloch and Pitts 1943, Rosenblatt 1958):
#
# $$f(z) = \begin{cases} 1 & z \ge \theta \\ 0 & z < \theta \end{cases}$$
#
# It turns a sum into a decision. But it is flat on both sides and jumps in between, so no slope
# anywhere says in which direction to move a weight: there is nothing for gradient descent to learn
# from. And a single such unit can only cut the plane along a straight line, which XOR's four points
# do not allow. It has no gradient worth writing, so you write none.


# %%
def step(z, theta=0.0):
    """Return 1 where z >= theta, and 0 elsewhere.

    Parameters
    ----------
    z : scalar or array of any shape; may hold integers
    theta : the threshold; z = theta counts as reached

    Returns
    -------
    float64 of z's shape. z itself is not changed.
    """
    # YOUR CODE HERE
    raise NotImplementedError()


# %% [markdown]
# ## Sigmoid
#
# Round off the step's jump and there is a slope everywhere:
#
# $$\sigma(z) = \frac{1}{1 + e^{-z}}$$
#
# It was the unit of the paper that made backpropagation known (Rumelhart, Hinton and Williams
# 1986). It climbs from 0 to 1, so its value reads as a probability, and for an *output* layer that
# keeps it in use. In *hidden* layers it has two faults. It **saturates**: far from 0 the curve is
# nearly level and its slope all but gone. And it is never negative, so it is not **zero-centred**:
# every input to the next layer has the same sign, each example pushes all the weights into a unit
# there the same way, and the path downhill becomes a zigzag.
#
# On a computer $e^{-z}$ has an end: above about $e^{709}$ a float is `inf`. With the formula as it
# stands this does no harm beyond a warning; rewritten a little, it becomes `inf / inf`, which is
# NaN.


# %%
def sigmoid(z):
    """Return 1 / (1 + exp(-z)).

    Parameters
    ----------
    z : scalar or array of any shape; may hold integers, and values as far out as +-1e4

    Returns
    -------
    float64 of z's shape, between 0 and 1, never NaN. z itself is not changed.
    """
    # YOUR CODE HERE
    raise NotImplementedError()


# %% [markdown]
# ### Its slope
#
# Differentiate the quotient, minding the inner derivative's sign, then see how much of the result
# can be said with $\sigma(z)$ itself. Before you run the check, compare with
# `numerical_gradient(sigmoid, z)`: it is what you built it for.
#
# Look at the largest value the slope takes: it is only $\frac14$. Backpropagation multiplies one
# such number per layer, so the slopes of ten sigmoid layers scale a gradient by at most
# $4^{-10} \approx 10^{-6}$ (the weights multiply it, too). That is the **vanishing gradient**; you
# will meet it again on XOR.


# %%
def sigmoid_grad(z):
    """Return the slope of the sigmoid at z.

    Parameters
    ----------
    z : scalar or array of any shape: the sigmoid's input, not its output

    Returns
    -------
    float64 of z's shape, finite for every |z| <= 1e4. z itself is not changed.
    """
    # YOUR CODE HERE
    raise NotImplementedError()


# %% [markdown]
# ## Tanh
#
# Stretch the sigmoid and lower it until its centre is the origin:
#
# $$\tanh z = \frac{e^{z} - e^{-z}}{e^{z} + e^{-z}} = 2\,\sigma(2z) - 1$$
#
# Outputs are now balanced around 0, so weight gradients can take both signs, which is why LeCun and
# colleagues recommended it in *Efficient BackProp* (1998). At its steepest it passes gradients on
# undiminished, where the sigmoid quarters them. At both ends it still saturates.


# %%
def tanh(z):
    """Return the hyperbolic tangent of z.

    Parameters
    ----------
    z : scalar or array of any shape; exp(z) overflows beyond z = 709, the result must not

    Returns
    -------
    float64 of z's shape, between -1 and 1. z itself is not changed.
    """
    # YOUR CODE HERE
    raise NotImplementedError()


# %% [markdown]
# ### Its slope
#
# As with the sigmoid, the answer is shortest in terms of the function's own value. Take care which
# of the two you hold, $z$ or $\tanh z$.


# %%
def tanh_grad(z):
    """Return the slope of tanh at z.

    Parameters
    ----------
    z : scalar or array of any shape: the input of tanh, not its output

    Returns
    -------
    float64 of z's shape. z itself is not changed.
    """
    # YOUR CODE HERE
    raise NotImplementedError()


# %% [markdown]
# ## ReLU
#
# The *rectified linear unit* gives up on rounding anything off:
#
# $$f(z) = \max(0, z)$$
#
# To the right it never saturates, however deep the network, and it costs one comparison. Nair and
# Hinton (2010) brought it in for Boltzmann machines; AlexNet (Krizhevsky, Sutskever and Hinton
# 2012) made it the standard. What it breaks is on the left: a unit whose input is negative for
# every row of the data gets no gradient, so its weights never move again. The unit is **dead**.


# %%
def relu(z):
    """Return z where it is positive, and 0 elsewhere.

    Parameters
    ----------
    z : scalar or array of any shape; every element decides for itself

    Returns
    -------
    float64 of z's shape. z itself is not changed: build a new array, do not write into z.
    """
    # YOUR CODE HERE
    raise NotImplementedError()


# %% [markdown]
# ### Its slope
#
# Two straight pieces, two slopes. In the corner at 0 there is no derivative; any number between the
# slope on the left and the slope on the right is a *subgradient*, does the job, and is accepted.


# %%
def relu_grad(z):
    """Return the slope of ReLU at z.

    Parameters
    ----------
    z : scalar or array of any shape; may hold integers

    Returns
    -------
    float64 of z's shape; at z = 0 any subgradient. z itself is not changed.
    """
    # YOUR CODE HERE
    raise NotImplementedError()


# %% [markdown]
# ## Leaky ReLU
#
# Let a little through on the left, and no unit is ever cut off from learning (Maas, Hannun and Ng
# 2013):
#
# $$f(z) = \begin{cases} z & z \ge 0 \\ \alpha z & z < 0 \end{cases}$$
#
# The price is a constant to choose. $\alpha = 0.01$ is customary, but your function must follow the
# formula for **every** $\alpha$, larger than 1 or negative ones included: some shortcuts do not.


# %%
def leaky_relu(z, alpha=0.01):
    """Return z where z >= 0, and alpha z elsewhere.

    Parameters
    ----------
    z : scalar or array of any shape; may hold integers
    alpha : slope on the left, any real number

    Returns
    -------
    float64 of z's shape. z itself is not changed.
    """
    # YOUR CODE HERE
    raise NotImplementedError()


# %% [markdown]
# ### Its slope
#
# Try it with an $\alpha$ far from 0.01, and on negative `z`: on positive ones it cannot go wrong.


# %%
def leaky_relu_grad(z, alpha=0.01):
    """Return the slope of Leaky ReLU at z.

    Parameters
    ----------
    z : scalar or array of any shape; may hold integers
    alpha : the same alpha as in leaky_relu

    Returns
    -------
    float64 of z's shape; at z = 0 any subgradient. z itself is not changed.
    """
    # YOUR CODE HERE
    raise NotImplementedError()


# %% [markdown]
# ## ELU
#
# The *exponential linear unit* (Clevert, Unterthiner and Hochreiter 2015) bends the left side down
# smoothly to a floor, which also brings the mean output nearer to zero:
#
# $$f(z) = \begin{cases} z & z \ge 0 \\ \alpha\,(e^{z} - 1) & z < 0 \end{cases}$$
#
# At $\alpha = 1$ the two sides meet without a corner. It costs an exponential, and towards the left
# it saturates again. Many wrong formulas agree with the right one at $\alpha = 1$, so try others.
# And mind that `np.where` computes both of its branches everywhere, including where you don't want
# them.


# %%
def elu(z, alpha=1.0):
    """Return z where z >= 0, and alpha (exp(z) - 1) elsewhere.

    Parameters
    ----------
    z : scalar or array of any shape; large positive values must come through unharmed
    alpha : depth of the floor on the left, alpha > 0

    Returns
    -------
    float64 of z's shape. z itself is not changed.
    """
    # YOUR CODE HERE
    raise NotImplementedError()


# %% [markdown]
# ### Its slope
#
# Each side on its own; keep track of where $\alpha$ goes.


# %%
def elu_grad(z, alpha=1.0):
    """Return the slope of ELU at z.

    Parameters
    ----------
    z : scalar or array of any shape
    alpha : the same alpha as in elu, alpha > 0

    Returns
    -------
    float64 of z's shape; at z = 0 any subgradient. z itself is not changed.
    """
    # YOUR CODE HERE
    raise NotImplementedError()


# %% [markdown]
# ## Mish
#
# One formula, no cases, no corner (Misra 2019):
#
# $$f(z) = z \cdot \tanh\bigl(\ln(1 + e^{z})\bigr)$$
#
# The inner part, $\ln(1 + e^{z})$, is called *softplus*: a ReLU with its corner rounded off. The
# product is smooth everywhere and not even monotonic: coming from the left it dips below zero,
# turns near $z \approx -1.19$ and rises from there. It is also the dearest of all to compute. For
# large $z$ the exponential overflows although the result is harmless: look for a NumPy function
# that adds exponentials inside a logarithm.


# %%
def mish(z):
    """Return z tanh(log(1 + exp(z))).

    Parameters
    ----------
    z : scalar or array of any shape; as far out as +-1e4 the result is finite

    Returns
    -------
    float64 of z's shape. z itself is not changed.
    """
    # YOUR CODE HERE
    raise NotImplementedError()


# %% [markdown]
# ### Its slope
#
# A product of $z$ and a function inside a function: the product rule once, the chain rule twice.
# Give softplus a name, differentiate it first, and you may recognise an old friend.


# %%
def mish_grad(z):
    """Return the slope of Mish at z.

    Parameters
    ----------
    z : scalar or array of any shape; as far out as +-1e4 the result is finite

    Returns
    -------
    float64 of z's shape. z itself is not changed.
    """
    # YOUR CODE HERE
    raise NotImplementedError()


# %% [markdown]
# ## PReLU
#
# Leaky ReLU left us with a constant to choose. He and colleagues (2015) let the network choose it:
# in the *parametric* ReLU, $\alpha$ is learned with the weights, at the cost of one more parameter.
#
# $$f(z, \alpha) = \begin{cases} z & z \ge 0 \\ \alpha z & z < 0 \end{cases}$$


# %%
def prelu(z, alpha):
    """Return z where z >= 0, and alpha z elsewhere.

    Parameters
    ----------
    z : scalar or array of any shape; may hold integers
    alpha : slope on the left, a learned number: any value may come

    Returns
    -------
    float64 of z's shape. z itself is not changed.
    """
    # YOUR CODE HERE
    raise NotImplementedError()


# %% [markdown]
# ### Its slopes
#
# To learn $\alpha$ by gradient descent one needs to know how the output moves when $\alpha$ does.
# So there are two partial derivatives now, one with respect to $z$ and one with respect to
# $\alpha$. Hold the other variable still and differentiate.


# %%
def prelu_grad(z, alpha):
    """Return both partial derivatives of PReLU.

    Parameters
    ----------
    z : scalar or array of any shape; may hold integers
    alpha : slope on the left, any real number

    Returns
    -------
    A tuple (df/dz, df/dalpha), each float64 of z's shape (nothing is summed); at z = 0 any
    subgradient. z itself is not changed.
    """
    # YOUR CODE HERE
    raise NotImplementedError()


# %% [markdown]
# ## All of them side by side
#
# Here are your functions, with their slopes below them, and the mean output of each when $z$ is
# drawn from a standard normal distribution: a measure of how zero-centred it is. What is not
# written yet stays blank, or `nan`. No points here; change the cell as you like, but keep what your
# functions need in their own cells: this one is not run when they are marked.


# %% tags=["display"]
def attempt(f, z):
    """Return f(z), or NaN everywhere while f is unwritten or stumbles."""
    try:
        return f(z) + np.zeros_like(z)
    except Exception:
        return np.full_like(z, np.nan)


def draw(columns):
    """Draw pairs (function, slope), a column of pictures for each group of them."""
    z = np.linspace(-4, 4, 802)
    _, axes = plt.subplots(2, len(columns), figsize=(11, 5.5), sharex=True)
    for (upper, lower), pairs in zip(axes.T, columns, strict=True):
        for (f, slope), style in zip(pairs, ("-", "--"), strict=True):
            upper.plot(z, attempt(f, z), style, linewidth=2, label=f.__name__)
            lower.plot(z, attempt(slope, z), style, linewidth=2)
        for axis in (upper, lower):
            axis.axhline(0, color="0.8", linewidth=1, zorder=0)
            axis.axvline(0, color="0.8", linewidth=1, zorder=0)
        upper.legend()
        lower.set_xlabel("z")
    axes[0, 0].set_ylabel("function")
    axes[1, 0].set_ylabel("slope")


draw(
    [
        [(sigmoid, sigmoid_grad), (tanh, tanh_grad)],
        [(relu, relu_grad), (leaky_relu, leaky_relu_grad)],
        [(elu, elu_grad), (mish, mish_grad)],
    ]
)

normal = np.random.default_rng(0).normal(size=100_000)
for f in (sigmoid, tanh, relu, leaky_relu, elu, mish):
    print(f"mean output of {f.__name__:<10} {np.mean(attempt(f, normal)):6.3f}")


# %% [markdown]
# Leaky ReLU is often called "mostly zero-centred". Your table says how true that is: its mean
# hardly differs from ReLU's. The little that leaks through on the left keeps units alive; it does
# not balance them.
#
# **Which to reach for?** The article this course follows takes Leaky ReLU for hidden layers and the
# sigmoid for an output to be read as a probability, names ELU for stability in deep networks, and
# thinks Mish worth a try. Take that as a sensible starting point, not as a result: in the second
# notebook you will measure it.

# %% [markdown]
# ## What you now know about each
#
# Sum up the seven in a table, at their default $\theta$ and $\alpha$. For each:
#
# - `"infimum"` and `"supremum"`: the ends of its range, whether or not the function ever gets
#   there; `-np.inf` and `np.inf` where it has no end. Numbers count to within $10^{-3}$.
# - `"saturates"`: the side on which its *slope tends to 0* as $z$ runs off that way: `"left"`,
#   `"right"`, `"both"` or `"neither"`.
# - `"monotonic"`: `True` if it never turns round, `False` if it does somewhere.
#
# Don't copy this from a printed table. The article's own gives one function no floor although it
# has one, and for another prints a number where an $\alpha$ belongs. Evaluate yours on a fine grid
# instead.

# %%
# One entry for each of step, sigmoid, tanh, relu, leaky_relu, elu and mish.
# If the sine were an activation function, its entry would read
#     "sine": {"infimum": -1.0, "supremum": 1.0, "saturates": "neither", "monotonic": False}
PROPERTIES = {}
# YOUR CODE HERE
raise NotImplementedError()
