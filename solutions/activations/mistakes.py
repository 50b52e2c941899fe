"""Known mistakes: wrong versions of the items, each with the hint it deserves.

The file runs in a copy of the reference's namespace. What the numbers say without it (shapes,
dtypes, NaN, signs, factors, short formulas, an argument without effect) is not repeated here.
"""

from autograder.explain import mistake

AT_Z = "tanh is taken of z itself, not of log(1 + exp(z))."
LARGER = "The larger of two pieces is the right one for some alpha only: choose by the sign of z."
POWER = "A power is missing: go back to the quotient rule."
ON_BOTH = "alpha has its place on the left only: it is in the right half as well."
OF_RELU = "These are the values of relu itself, not of its slope."
MINUS_ALPHA = "On the left alpha has the wrong sign."
INNER = (
    "The inner derivative, of log(1 + exp(z)), is missing or has the wrong sign in its exponent."
)
STEP_DEFAULT = "It is right when theta is given: is its default that of the stub?"
EXCHANGED = "The sides are exchanged."


# --- numerical_gradient -------------------------------------------------------------------


@mistake("This is a one-sided difference, of z + h and z.")
def numerical_gradient(f, z, h=1e-5):
    return (f(z + h) - f(z)) / h


@mistake("This is a one-sided difference, of z and z - h.")
def numerical_gradient(f, z, h=1e-5):
    return (f(z) - f(z - h)) / h


@mistake("The difference is divided by h: z + h and z - h are further apart.")
def numerical_gradient(f, z, h=1e-5):
    return (f(z + h) - f(z - h)) / h


@mistake("The difference is not divided at all.")
def numerical_gradient(f, z, h=1e-5):
    return f(z + h) - f(z - h)


@mistake("Is 2 * h in the denominator? Without parentheses it is not.")
def numerical_gradient(f, z, h=1e-5):
    return (f(z + h) - f(z - h)) / 2 * h


@mistake("Parentheses: only the second value is divided.")
def numerical_gradient(f, z, h=1e-5):
    return f(z + h) - f(z - h) / (2 * h)


@mistake("The two values are taken in the wrong order.")
def numerical_gradient(f, z, h=1e-5):
    return (f(z - h) - f(z + h)) / (2 * h)


@mistake("The two values are added.")
def numerical_gradient(f, z, h=1e-5):
    return (f(z + h) + f(z - h)) / (2 * h)


@mistake("The step to each side is 2h, but the denominator that of h.")
def numerical_gradient(f, z, h=1e-5):
    return (f(z + 2 * h) - f(z - 2 * h)) / (2 * h)


@mistake("The step to each side is h / 2, but the denominator that of h.")
def numerical_gradient(f, z, h=1e-5):
    return (f(z + h / 2) - f(z - h / 2)) / (2 * h)


@mistake("z + h / 2 and z - h / 2 are h apart, and h is to be the step to either side.")
def numerical_gradient(f, z, h=1e-5):
    return (f(z + h / 2) - f(z - h / 2)) / h


@mistake("This is the second derivative.")
def numerical_gradient(f, z, h=1e-5):
    return (f(z + h) - 2 * f(z) + f(z - h)) / h**2


@mistake("h is in the denominator only.")
def numerical_gradient(f, z, h=1e-5):
    return (f(z + 1e-5) - f(z - 1e-5)) / (2 * h)


@mistake("This is a one-sided difference, of z + 2h and z.")
def numerical_gradient(f, z, h=1e-5):
    return (f(z + 2 * h) - f(z)) / (2 * h)


@mistake("This is a one-sided difference, of z and z - 2h.")
def numerical_gradient(f, z, h=1e-5):
    return (f(z) - f(z - 2 * h)) / (2 * h)


@mistake(
    "This is the slope itself, which the central difference only comes near: is h used as given?"
)
def numerical_gradient(f, z, h=1e-5):
    near, far = f(z + h) - f(z - h), f(z + 2 * h) - f(z - 2 * h)
    return (8 * near - far) / (12 * h)


@mistake("The step is h**2: h itself is wanted.")
def numerical_gradient(f, z, h=1e-5):
    return (f(z + h**2) - f(z - h**2)) / (2 * h**2)


@mistake("The slope is divided by f(z): that of the logarithm.")
def numerical_gradient(f, z, h=1e-5):
    return (f(z + h) - f(z - h)) / (2 * h * f(z))


@mistake("The sign is lost: a slope may be negative.")
def numerical_gradient(f, z, h=1e-5):
    return np.abs(f(z + h) - f(z - h)) / (2 * h)


@mistake("f is not called at z + h: h is added to what f gives.")
def numerical_gradient(f, z, h=1e-5):
    return ((f(z) + h) - (f(z) - h)) / (2 * h)


@mistake("The step is h times z: it is to be h, wherever z is.")
def numerical_gradient(f, z, h=1e-5):
    return (f(z * (1 + h)) - f(z * (1 - h))) / (2 * h)


@mistake("The step is h times z: it is to be h, wherever z is.")
def numerical_gradient(f, z, h=1e-5):
    return (f(z * (1 + h)) - f(z * (1 - h))) / (2 * h * z)


for default in (1.0, 1e-1, 1e-2):

    @mistake("It is right when h is given: is its default that of the stub?")
    def numerical_gradient(f, z, h=default):
        return (f(z + h) - f(z - h)) / (2 * h)


# --- collapse -----------------------------------------------------------------------------


@mistake("b1 is left out.", part=1)
def collapse(W1, b1, W2, b2):
    return W2 @ W1, b2


@mistake("b2 is left out.", part=1)
def collapse(W1, b1, W2, b2):
    return W2 @ W1, W2 @ b1


@mistake("b1: what does the second layer do to all that the first one gives?", part=1)
def collapse(W1, b1, W2, b2):
    return W2 @ W1, b1.sum() + b2


@mistake("b2 goes through W2 as well.", part=1)
def collapse(W1, b1, W2, b2):
    return W2 @ W1, W2 @ b1 + b2.mean()


@mistake("The order within b is turned round.", part=1)
def collapse(W1, b1, W2, b2):
    return W2 @ W1, (W2 @ b1 + b2)[::-1]


@mistake("W is transposed.", part=0)
def collapse(W1, b1, W2, b2):
    return (W2 @ W1).T, W2 @ b1 + b2


@mistake("The factors of W: which of the two matrices does x meet first?", part=0)
def collapse(W1, b1, W2, b2):
    return W1 @ W2, W2 @ b1 + b2


@mistake("b2 is subtracted.", part=1)
def collapse(W1, b1, W2, b2):
    return W2 @ W1, W2 @ b1 - b2


@mistake("b1 is subtracted.", part=1)
def collapse(W1, b1, W2, b2):
    return W2 @ W1, b2 - W2 @ b1


@mistake("b1 and b2 are added as they are: what does the second layer do to b1?", part=1)
def collapse(W1, b1, W2, b2):
    return W2 @ W1, np.resize(b1, b2.shape) + b2


@mistake("b2 belongs into b alone: it is in W, too.", part=0)
def collapse(W1, b1, W2, b2):
    return W2 @ W1 + b2[:, None], W2 @ b1 + b2


@mistake("b is multiplied by b2, not raised by it.", part=1)
def collapse(W1, b1, W2, b2):
    return W2 @ W1, (W2 @ b1) * b2


# --- step ---------------------------------------------------------------------------------


@mistake("At the threshold itself the step is 1.")
def step(z, theta=0.0):
    return np.heaviside(np.asarray(z) - theta, 0.0)


@mistake("At the threshold itself the step is 1, not one half.")
def step(z, theta=0.0):
    return np.heaviside(np.asarray(z) - theta, 0.5)


@mistake("The threshold has the wrong sign.")
def step(z, theta=0.0):
    return np.heaviside(np.asarray(z) + theta, 1.0)


@mistake(EXCHANGED)
def step(z, theta=0.0):
    return np.where(np.asarray(z) >= theta, 0.0, 1.0)


@mistake("On the left it is 0, not -1.")
def step(z, theta=0.0):
    return np.where(np.asarray(z) >= theta, 1.0, -1.0)


@mistake("This is a sign, -1, 0 or 1.")
def step(z, theta=0.0):
    return np.sign(np.asarray(z) - theta)


@mistake("Above the threshold it is 1, not z.")
def step(z, theta=0.0):
    return np.where(np.asarray(z) >= theta, z, 0.0)


@mistake("Above the threshold it is 1, not theta.")
def step(z, theta=0.0):
    return np.where(np.asarray(z) >= theta, theta, 0.0)


@mistake("np.heaviside's second argument is its value at 0, not the threshold.")
def step(z, theta=0.0):
    return np.heaviside(z, theta)


@mistake("The step is at theta + 1: the threshold is theta itself.")
def step(z, theta=0.0):
    return np.where(np.asarray(z) >= theta + 1, 1.0, 0.0)


@mistake("z is compared with 1, the height of the step, not with theta.")
def step(z, theta=0.0):
    return np.where(np.asarray(z) >= 1, 1.0, 0.0)


@mistake(STEP_DEFAULT)
def step(z, theta=0.5):
    return np.where(np.asarray(z) >= theta, 1.0, 0.0)


@mistake(STEP_DEFAULT)
def step(z, theta=1.0):
    return np.where(np.asarray(z) >= theta, 1.0, 0.0)


@mistake("z has lost its sign before it is compared.")
def step(z, theta=0.0):
    return np.where(np.abs(z) >= theta, 1.0, 0.0)


@mistake("theta has lost its sign before z is compared with it.")
def step(z, theta=0.0):
    return np.where(np.asarray(z) >= abs(theta), 1.0, 0.0)


@mistake("z is divided by theta: a threshold below 0 turns the comparison round.")
def step(z, theta=0.0):
    return np.where(np.divide(z, theta) >= 1, 1.0, 0.0)


@mistake("It is 1 on both sides: a difference counts as true unless it is 0. Is it compared?")
def step(z, theta=0.0):
    return np.where(np.subtract(z, theta), 1.0, 0.0)


# --- sigmoid ------------------------------------------------------------------------------


@mistake("Parentheses: 1 / 1 + exp(-z) is 1 + exp(-z).")
def sigmoid(z):
    return 1 / 1 + np.exp(-np.asarray(z))


@mistake("It falls as z grows: is the sign of the exponent lost?")
def sigmoid(z):
    return 1 / (1 + np.exp(np.asarray(z)))


@mistake("The denominator is 1 + exp(-z), not 1 - exp(-z).")
def sigmoid(z):
    return 1 / (1 - np.exp(-np.asarray(z)))


@mistake("This is the sigmoid of 2 z: tanh(z / 2) belongs where tanh(z) is.")
def sigmoid(z):
    return (1 + np.tanh(z)) / 2


@mistake("This is the hard sigmoid, made of three straight lines.")
def sigmoid(z):
    return np.clip(np.asarray(z) / 4 + 0.5, 0, 1)


@mistake("This is the hard sigmoid, made of three straight lines.")
def sigmoid(z):
    return np.clip(np.asarray(z) / 5 + 0.5, 0, 1)


@mistake("The power has base 2: exp is that of e.")
def sigmoid(z):
    return 1 / (1 + 2.0 ** -np.asarray(z))


@mistake("The power has base 10: exp is that of e.")
def sigmoid(z):
    return 1 / (1 + 10.0 ** -np.asarray(z))


@mistake("This is z / (1 + |z|), the softsign, brought between 0 and 1.")
def sigmoid(z):
    return (1 + z / (1 + np.abs(z))) / 2


@mistake("exp(z) in the numerator goes with 1 + exp(z), 1 with 1 + exp(-z).")
def sigmoid(z):
    return np.exp(z) / (1 + np.exp(-np.asarray(z)))


# --- sigmoid_grad -------------------------------------------------------------------------


@mistake("It would be right if z were already the output, sigmoid(z).")
def sigmoid_grad(z):
    return z * (1 - z)


@mistake("This is the slope at sigmoid(z), not at z: the function is applied twice.")
def sigmoid_grad(z):
    s = sigmoid(sigmoid(z))
    return s * (1 - s)


@mistake("The slope is negative: the sign of an inner derivative is lost.")
def sigmoid_grad(z):
    s = sigmoid(z)
    return s * (s - 1)


@mistake("A factor is lost: go back to the chain rule.")
def sigmoid_grad(z):
    return 1 - sigmoid(z)


@mistake("This is another function's rule, with the sigmoid in it: go back to the chain rule.")
def sigmoid_grad(z):
    return 1 - sigmoid(z) ** 2


@mistake("One of the two factors is made of z, not of sigmoid(z).")
def sigmoid_grad(z):
    return sigmoid(z) * (1 - z)


@mistake("One of the two factors is made of z, not of sigmoid(z).")
def sigmoid_grad(z):
    return z * (1 - sigmoid(z))


@mistake("Is a * missing? sigmoid(1 - sigmoid(z)) calls the function once more.")
def sigmoid_grad(z):
    return sigmoid(1 - sigmoid(z))


@mistake("s * 1 - s is 0: 1 - s needs parentheses.")
def sigmoid_grad(z):
    return 0 * sigmoid(z)


@mistake("The square belongs to the whole denominator, not to exp(-z) alone.")
def sigmoid_grad(z):
    return np.exp(-z) / (1 + np.exp(-z) ** 2)


@mistake("The square in the denominator is missing.")
def sigmoid_grad(z):
    decay = np.exp(-np.abs(z))
    return decay / (1 + decay)


@mistake("There is a wrong sign between two terms.")
def sigmoid_grad(z):
    return sigmoid(z) * (1 + sigmoid(z))


@mistake("The sigmoid is taken of the product z (1 - z): multiply what it gives.")
def sigmoid_grad(z):
    return sigmoid(np.multiply(z, np.subtract(1, z)))


@mistake("One sigmoid(z) too many is multiplied in.")
def sigmoid_grad(z):
    return sigmoid(z) ** 2 * (1 - sigmoid(z))


@mistake("1 - sigmoid(z) is squared: does the chain rule put a square there?")
def sigmoid_grad(z):
    return sigmoid(z) * (1 - sigmoid(z)) ** 2


@mistake("The second sigmoid is that of 1 - z: 1 - sigmoid(z) is sigmoid(-z).")
def sigmoid_grad(z):
    return sigmoid(z) * sigmoid(np.subtract(1, z))


@mistake("Parentheses: the whole of the denominator is squared, and divides.")
def sigmoid_grad(z):
    z = np.asarray(z)
    return np.exp(-z) / 1 + np.exp(-z) ** 2


@mistake("The exponent in the numerator has the wrong sign, or that in the denominator.")
def sigmoid_grad(z):
    z = np.asarray(z)
    return np.exp(z) / (1 + np.exp(-z)) ** 2


# --- tanh ---------------------------------------------------------------------------------


@mistake("This is tan(z), of a triangle: the hyperbolic one is meant.")
def tanh(z):
    return np.tan(z)


@mistake("This is arctan(z): tanh is another function.")
def tanh(z):
    return np.arctan(z)


@mistake("This is 1 / tanh(z): numerator and denominator are exchanged.")
def tanh(z):
    return 1 / np.tanh(z)


@mistake("This is tanh(z / 2): the sigmoid is to be taken of 2 z.")
def tanh(z):
    return 2 * sigmoid(z) - 1


@mistake("2 sigmoid(2 z) is not yet lowered by 1.")
def tanh(z):
    return 2 * sigmoid(2 * np.asarray(z))


@mistake("Parentheses: only the second exponential is divided.")
def tanh(z):
    return np.exp(z) - np.exp(-z) / (np.exp(z) + np.exp(-z))


@mistake("This is sinh(z), the numerator alone with a 2 under it.")
def tanh(z):
    return np.sinh(z)


@mistake("Parentheses: the numerator and the denominator need their own.")
def tanh(z):
    z = np.asarray(z)
    return np.exp(z) - np.exp(-z) / np.exp(z) + np.exp(-z)


@mistake("Parentheses: the whole denominator needs its own.")
def tanh(z):
    z = np.asarray(z)
    return (np.exp(z) - np.exp(-z)) / np.exp(z) + np.exp(-z)


@mistake("This is the hard tanh, made of three straight lines.")
def tanh(z):
    return np.clip(z, -1, 1)


@mistake("The sigmoid is taken of 2 z - 1: the 1 is taken off what it gives.")
def tanh(z):
    return 2 * sigmoid(2 * np.asarray(z) - 1)


@mistake("2 sigmoid(2 z) has lost its 2: tanh goes from -1 to 1.")
def tanh(z):
    return sigmoid(2 * np.asarray(z)) - 1


@mistake("This is a stretched tanh, from an older network: tanh(z) itself is asked for.")
def tanh(z):
    return 1.7159 * np.tanh(2 / 3 * np.asarray(z))


for terms in (2, 3, 4):

    @mistake("A Taylor polynomial is good near 0 only: use the formula.")
    def tanh(z, terms=terms):
        series = (z, -(z**3) / 3, 2 * z**5 / 15, -17 * z**7 / 315)
        return sum(series[:terms])


# --- tanh_grad ----------------------------------------------------------------------------


@mistake("It would be right if z were already the output, tanh(z).")
def tanh_grad(z):
    return 1 - np.square(z)


@mistake("This is the slope at tanh(z), not at z: the function is applied twice.")
def tanh_grad(z):
    return 1 - tanh(tanh(z)) ** 2


@mistake(POWER)
def tanh_grad(z):
    return 1 - tanh(z)


@mistake(POWER)
def tanh_grad(z):
    return 1 - np.abs(tanh(z))


@mistake("Where does the 2 come from? Go back to the quotient rule.")
def tanh_grad(z):
    return 1 - 2 * tanh(z)


@mistake("This is the sigmoid's rule, with tanh in it.")
def tanh_grad(z):
    return tanh(z) * (1 - tanh(z))


@mistake("The square stands inside tanh: does the quotient rule put it there?")
def tanh_grad(z):
    return 1 - tanh(np.square(z))


@mistake("The square is of the whole of 1 - tanh(z): does the quotient rule put it there?")
def tanh_grad(z):
    return (1 - tanh(z)) ** 2


@mistake("A sign is wrong: which one does the quotient rule have between its terms?")
def tanh_grad(z):
    return 1 + tanh(z) ** 2


@mistake("The slope is negative, but tanh only climbs: a sign is lost.")
def tanh_grad(z):
    return tanh(z) ** 2 - 1


@mistake(POWER)
def tanh_grad(z):
    return 1 / np.cosh(z)


@mistake(POWER)
def tanh_grad(z):
    return 2 / np.cosh(z)


@mistake("tanh(z) is 2 sigmoid(2 z) - 1: where is the slope of the sigmoid to be taken?")
def tanh_grad(z):
    return 4 * sigmoid_grad(z)


@mistake("A factor is lost: the chain rule goes inside sigmoid(2 z), too.")
def tanh_grad(z):
    return 2 * sigmoid_grad(2 * np.asarray(z))


@mistake("The sigmoid stands where tanh belongs.")
def tanh_grad(z):
    return 1 - sigmoid(z) ** 2


@mistake("The slopes of the sigmoid's two halves are those of sigmoid(z), not of tanh.")
def tanh_grad(z):
    return sigmoid_grad(z)


@mistake("The tanh is taken twice, one inside the other.")
def tanh_grad(z):
    return 1 - tanh(tanh(z))


# --- relu, relu_grad ----------------------------------------------------------------------

CORNER = "The corner is at 0: is z compared with another number?"

for corner in (1.0, 0.5, 0.1, 0.01, 1e-3, -1.0, -0.5, -0.1):

    @mistake(CORNER)
    def relu(z, corner=corner):
        return np.where(np.asarray(z) > corner, z, 0.0)

    @mistake(CORNER)
    def relu_grad(z, corner=corner):
        return np.where(np.asarray(z) > corner, 1.0, 0.0)


@mistake("Something is taken off z: the corner is at 0.")
def relu(z):
    return np.maximum(0, np.subtract(z, 1))


@mistake("Beyond some limit it is level: ReLU goes on rising.")
def relu(z):
    return np.clip(z, 0, 6)


@mistake(OF_RELU)
def relu_grad(z):
    return relu(z)


@mistake("Between 0 and 1 these are z itself: a slope is 0 or 1.")
def relu_grad(z):
    return np.clip(z, 0, 1)


@mistake(EXCHANGED)
def relu_grad(z):
    return np.where(np.asarray(z) < 0, 1.0, 0.0)


# --- leaky_relu, prelu --------------------------------------------------------------------


@mistake(LARGER)
def leaky_relu(z, alpha=0.01):
    return np.maximum(z, alpha * np.asarray(z))


@mistake(MINUS_ALPHA)
def leaky_relu(z, alpha=0.01):
    return np.where(np.asarray(z) > 0, z, -alpha * np.asarray(z))


@mistake("abs(alpha) stands where alpha belongs.")
def leaky_relu(z, alpha=0.01):
    return np.where(np.asarray(z) > 0, z, abs(alpha) * np.asarray(z))


@mistake("`alpha or 0.01` is 0.01 for an alpha of 0 as well.")
def leaky_relu(z, alpha=0.01):
    return np.where(np.asarray(z) > 0, z, (alpha or 0.01) * np.asarray(z))


@mistake("On the left stands alpha alone, without z.")
def leaky_relu(z, alpha=0.01):
    return np.where(np.asarray(z) > 0, z, alpha)


@mistake(ON_BOTH)
def leaky_relu(z, alpha=0.01):
    return alpha * np.asarray(z)


@mistake(ON_BOTH)
def leaky_relu(z, alpha=0.01):
    return relu(z) + alpha * np.asarray(z)


@mistake("The sides are exchanged: alpha is on the right.")
def leaky_relu(z, alpha=0.01):
    return np.where(np.asarray(z) > 0, alpha * np.asarray(z), z)


@mistake("z is compared with alpha: the two pieces meet at 0.")
def leaky_relu(z, alpha=0.01):
    return np.where(np.asarray(z) > alpha, z, alpha * np.asarray(z))


@mistake(LARGER)
def prelu(z, alpha):
    return np.maximum(z, alpha * np.asarray(z))


@mistake(MINUS_ALPHA)
def prelu(z, alpha):
    return np.where(np.asarray(z) > 0, z, -alpha * np.asarray(z))


@mistake("On the left stands alpha alone, without z.")
def prelu(z, alpha):
    return np.where(np.asarray(z) > 0, z, alpha)


@mistake(ON_BOTH)
def prelu(z, alpha):
    return relu(z) + alpha * np.asarray(z)


@mistake("The sides are exchanged: alpha is on the right.")
def prelu(z, alpha):
    return np.where(np.asarray(z) > 0, alpha * np.asarray(z), z)


# --- leaky_relu_grad ----------------------------------------------------------------------


@mistake("On the left these are the values of leaky_relu itself, not its slope.")
def leaky_relu_grad(z, alpha=0.01):
    return np.where(np.asarray(z) > 0, 1.0, alpha * np.asarray(z))


@mistake("These are the values of leaky_relu itself, not of its slope.")
def leaky_relu_grad(z, alpha=0.01):
    return leaky_relu(z, alpha)


@mistake(MINUS_ALPHA)
def leaky_relu_grad(z, alpha=0.01):
    return np.where(np.asarray(z) > 0, 1.0, -alpha)


@mistake(LARGER)
def leaky_relu_grad(z, alpha=0.01):
    return np.maximum(alpha, np.asarray(z) > 0)


@mistake(ON_BOTH)
def leaky_relu_grad(z, alpha=0.01):
    return (np.asarray(z) > 0) + alpha


@mistake(EXCHANGED)
def leaky_relu_grad(z, alpha=0.01):
    return np.where(np.asarray(z) > 0, alpha, 1.0)


@mistake("alpha is squared.")
def leaky_relu_grad(z, alpha=0.01):
    return np.where(np.asarray(z) > 0, 1.0, alpha**2)


for corner in (1.0, 1e-3, -1.0, -0.5, -0.1):

    @mistake(CORNER)
    def leaky_relu(z, alpha=0.01, corner=corner):
        return np.where(np.asarray(z) > corner, z, alpha * np.asarray(z))

    @mistake(CORNER)
    def leaky_relu_grad(z, alpha=0.01, corner=corner):
        return np.where(np.asarray(z) > corner, 1.0, alpha)


# --- elu ----------------------------------------------------------------------------------


@mistake("Parentheses: alpha belongs to the whole of exp(z) - 1.")
def elu(z, alpha=1.0):
    return np.where(np.asarray(z) > 0, z, alpha * np.exp(z) - 1)


@mistake("alpha stands in the exponent.")
def elu(z, alpha=1.0):
    return np.where(np.asarray(z) > 0, z, np.exp(alpha * np.asarray(z)) - 1)


@mistake("alpha stands in the exponent as well: it belongs in front only.")
def elu(z, alpha=1.0):
    return np.where(np.asarray(z) > 0, z, alpha * (np.exp(z / alpha) - 1))


@mistake(ON_BOTH)
def elu(z, alpha=1.0):
    return alpha * np.where(np.asarray(z) > 0, z, np.expm1(z))


@mistake("On the left the sign is turned: the order of the difference.")
def elu(z, alpha=1.0):
    return np.where(np.asarray(z) > 0, z, alpha * (1 - np.exp(z)))


@mistake("The exponent has the wrong sign.")
def elu(z, alpha=1.0):
    return np.where(np.asarray(z) > 0, z, alpha * (np.exp(-np.asarray(z)) - 1))


@mistake("The 1 is not taken off the exponential.")
def elu(z, alpha=1.0):
    return np.where(np.asarray(z) > 0, z, alpha * np.exp(z))


@mistake("On the left this is a straight line, without an exponential.")
def elu(z, alpha=1.0):
    return np.where(np.asarray(z) > 0, z, alpha * np.asarray(z))


@mistake(LARGER)
def elu(z, alpha=1.0):
    return np.maximum(z, alpha * np.expm1(z))


@mistake("The smaller of the two pieces is the right one for some z only: choose by its sign.")
def elu(z, alpha=1.0):
    return np.minimum(z, alpha * np.expm1(z))


@mistake("The 1 is taken off the exponent: it belongs behind the exponential.")
def elu(z, alpha=1.0):
    return np.where(np.asarray(z) > 0, z, alpha * np.exp(np.subtract(z, 1)))


@mistake("The logarithm stands where the exponential belongs.")
def elu(z, alpha=1.0):
    return np.where(np.asarray(z) > 0, z, -alpha * np.log1p(np.abs(z)))


@mistake("alpha is taken off: it multiplies.")
def elu(z, alpha=1.0):
    return np.where(np.asarray(z) > 0, z, np.exp(z) - alpha)


@mistake(LARGER)
def elu(z, alpha=1.0):
    return np.maximum(z, alpha * np.expm1(np.minimum(z, 0)))


@mistake("alpha divides: it multiplies.")
def elu(z, alpha=1.0):
    return np.where(np.asarray(z) > 0, z, np.expm1(z) / alpha)


# --- elu_grad -----------------------------------------------------------------------------


@mistake("elu(z) + 1 is the slope for an alpha of 1 only.")
def elu_grad(z, alpha=1.0):
    return np.where(np.asarray(z) > 0, 1.0, elu(z, alpha) + 1)


@mistake("elu is called without alpha here: it takes its default.")
def elu_grad(z, alpha=1.0):
    return np.where(np.asarray(z) > 0, 1.0, elu(z) + alpha)


@mistake(ON_BOTH)
def elu_grad(z, alpha=1.0):
    return alpha * np.exp(np.minimum(z, 0))


@mistake("alpha stands in the exponent.")
def elu_grad(z, alpha=1.0):
    return np.where(np.asarray(z) > 0, 1.0, np.exp(alpha * np.asarray(z)))


@mistake("The smaller of the two slopes is the right one for some alpha only: choose by the sign.")
def elu_grad(z, alpha=1.0):
    return np.minimum(1, alpha * np.exp(z))


@mistake("On the left these are the values of elu itself, not its slope.")
def elu_grad(z, alpha=1.0):
    return np.where(np.asarray(z) > 0, 1.0, elu(z, alpha))


@mistake("The slope of exp(z) has no factor z.")
def elu_grad(z, alpha=1.0):
    return np.where(np.asarray(z) > 0, 1.0, alpha * z * np.exp(z))


@mistake("On the left this is the slope of Leaky ReLU, without an exponential.")
def elu_grad(z, alpha=1.0):
    return np.where(np.asarray(z) > 0, 1.0, alpha)


@mistake("The exponent has the wrong sign.")
def elu_grad(z, alpha=1.0):
    return np.where(np.asarray(z) > 0, 1.0, alpha * np.exp(-np.asarray(z)))


@mistake("The power rule is for z**n: the slope of exp(z) is exp(z).")
def elu_grad(z, alpha=1.0):
    return np.where(np.asarray(z) > 0, 1.0, alpha * z * np.exp(np.subtract(z, 1)))


@mistake("The 1 of exp(z) - 1 is a constant: it has no slope.")
def elu_grad(z, alpha=1.0):
    return np.where(np.asarray(z) > 0, 1.0, alpha * np.exp(z) - 1)


# --- mish ---------------------------------------------------------------------------------


@mistake(AT_Z)
def mish(z):
    return z * np.tanh(z)


@mistake("The logarithm is missing: tanh is taken of exp(z).")
def mish(z):
    return z * np.tanh(np.exp(z))


@mistake("The logarithm is missing: tanh is taken of 1 + exp(z).")
def mish(z):
    return z * np.tanh(1 + np.exp(z))


@mistake("The factor z is missing.")
def mish(z):
    return np.tanh(np.logaddexp(0, z))


@mistake("The tanh is missing: this is z log(1 + exp(z)).")
def mish(z):
    return z * np.logaddexp(0, z)


@mistake("This is z sigmoid(z), the swish.")
def mish(z):
    return z * sigmoid(z)


@mistake("z belongs in front of tanh, not inside.")
def mish(z):
    return np.tanh(z * np.logaddexp(0, z))


@mistake("The exponent inside the logarithm has the wrong sign.")
def mish(z):
    return z * np.tanh(np.logaddexp(0, -np.asarray(z)))


@mistake("The exponential is missing: the logarithm is taken of 1 + z.")
def mish(z):
    return z * np.tanh(np.log1p(np.maximum(z, 0)))


@mistake("The logarithm has base 2: ln is the natural one.")
def mish(z):
    return z * np.tanh(np.logaddexp(0, z) / np.log(2))


@mistake("The logarithm has base 2, and the power too: ln and exp are the natural ones.")
def mish(z):
    return z * np.tanh(np.logaddexp2(0, z))


@mistake("The logarithm has base 10: ln is the natural one.")
def mish(z):
    return z * np.tanh(np.logaddexp(0, z) / np.log(10))


@mistake("tanh(z) stands where z belongs, and its own tanh is missing.")
def mish(z):
    return np.tanh(z) * np.logaddexp(0, z)


@mistake("The 1 in log(1 + exp(z)) is exp(0): np.logaddexp takes 0 and z.")
def mish(z):
    return z * np.tanh(np.logaddexp(1, z))


@mistake("log(1 + exp(z)) stands in front, too: z belongs there.")
def mish(z):
    s = np.logaddexp(0, z)
    return s * np.tanh(s)


@mistake("The order of the two functions is turned round: the logarithm is inside, tanh outside.")
def mish(z):
    return z * np.logaddexp(0, np.tanh(z))


@mistake("tanh is taken of sigmoid(z), not of log(1 + exp(z)).")
def mish(z):
    return z * np.tanh(sigmoid(z))


@mistake("There is a 1 too many: np.log1p(x) is log(1 + x) already.")
def mish(z):
    return z * np.tanh(np.log1p(1 + np.exp(z)))


@mistake("log(1 + exp(z)) is max(z, 0) + log(1 + exp(-|z|)): the first term is missing.")
def mish(z):
    return z * np.tanh(np.log1p(np.exp(-np.abs(z))))


@mistake("The sigmoid stands where tanh belongs.")
def mish(z):
    return z * sigmoid(np.logaddexp(0, z))


@mistake("z and tanh are added: z multiplies it.")
def mish(z):
    return z + np.tanh(np.logaddexp(0, z))


# --- mish_grad ----------------------------------------------------------------------------


def parts_of_mish(z):
    """Return tanh(softplus), its square taken from 1, and the softplus' slope."""
    t = np.tanh(np.logaddexp(0, z))
    return t, 1 - t**2, sigmoid(z)


@mistake(INNER)
def mish_grad(z):
    t, u, _ = parts_of_mish(z)
    return t + z * u


@mistake("A product has two terms in its derivative: one is missing.")
def mish_grad(z):
    _, u, s = parts_of_mish(z)
    return z * s * u


@mistake("A product has two terms in its derivative: one is missing.")
def mish_grad(z):
    return parts_of_mish(z)[0]


@mistake("The slopes of two factors are multiplied: a product has the product rule.")
def mish_grad(z):
    _, u, s = parts_of_mish(z)
    return s * u


@mistake("The second term of the product rule has lost a factor.")
def mish_grad(z):
    t, u, s = parts_of_mish(z)
    return t + s * u


@mistake("The slope of the softplus inside is another function.")
def mish_grad(z):
    t, u, s = parts_of_mish(z)
    return t + z * s * (1 - s) * u


@mistake("The slope of the softplus is taken at log(1 + exp(z)): does it belong there?")
def mish_grad(z):
    t, u, _ = parts_of_mish(z)
    return t + z * sigmoid(np.logaddexp(0, z)) * u


@mistake("The slope of tanh in it is not that of tanh: compare it with your tanh_grad.")
def mish_grad(z):
    t, _, s = parts_of_mish(z)
    return t + z * s * (1 - t)


@mistake("The slope of tanh is taken at z: of what is the tanh taken?")
def mish_grad(z):
    t, _, s = parts_of_mish(z)
    return t + z * s * tanh_grad(z)


@mistake(AT_Z)
def mish_grad(z):
    return tanh(z) + z * sigmoid(z) * tanh_grad(z)


@mistake(AT_Z)
def mish_grad(z):
    return tanh(z) + z * tanh_grad(z)


@mistake(INNER)
def mish_grad(z):
    t, u, s = parts_of_mish(z)
    return t + z * (1 - s) * u


@mistake("A minus stands between the two terms.")
def mish_grad(z):
    t, u, s = parts_of_mish(z)
    return t - z * s * u


@mistake("This is the slope of z log(1 + exp(z)): the tanh is missing.")
def mish_grad(z):
    return np.logaddexp(0, z) + z * sigmoid(z)


@mistake("This is the slope of z sigmoid(z), the swish.")
def mish_grad(z):
    return sigmoid(z) + z * sigmoid_grad(z)


@mistake("A sign in the slope of tanh is wrong: compare it with your tanh_grad.")
def mish_grad(z):
    t, _, s = parts_of_mish(z)
    return t + z * s * (1 + t**2)


@mistake("The square in the slope of tanh is of too much: compare it with your tanh_grad.")
def mish_grad(z):
    t, _, s = parts_of_mish(z)
    return t + z * s * (1 - t) ** 2


@mistake("A factor of the chain rule is missing: the slope of tanh.")
def mish_grad(z):
    t, _, s = parts_of_mish(z)
    return t + z * s


@mistake("The inner derivative is that of log(1 + exp(z)): it is another function.")
def mish_grad(z):
    t, u, _ = parts_of_mish(z)
    return t + z * u * np.logaddexp(0, z)


@mistake(
    "One term of the product rule holds another function: what is left where z is differentiated?"
)
def mish_grad(z):
    _, u, s = parts_of_mish(z)
    return np.logaddexp(0, z) + z * u * s


@mistake(
    "One term of the product rule holds another function: what is left where z is differentiated?"
)
def mish_grad(z):
    _, u, s = parts_of_mish(z)
    return tanh(z) + z * u * s


@mistake(
    "One term of the product rule holds another function: what is left where z is differentiated?"
)
def mish_grad(z):
    _, u, s = parts_of_mish(z)
    return s + z * u * s


@mistake("The slope of tanh is taken of a value that has been through tanh already.")
def mish_grad(z):
    t, _, s = parts_of_mish(z)
    return t + z * s * tanh_grad(t)


@mistake("The slope of tanh has a square of the sigmoid in it: of what is the tanh?")
def mish_grad(z):
    t, _, s = parts_of_mish(z)
    return t + z * (1 - s**2) * s


@mistake("Parentheses: the sum of the product rule is multiplied as a whole.")
def mish_grad(z):
    t, u, s = parts_of_mish(z)
    return (t + z) * u * s


@mistake("Parentheses: a difference needs them where it is a factor.")
def mish_grad(z):
    t, _, s = parts_of_mish(z)
    return t + z * 1 - t**2 * s


# --- prelu_grad ---------------------------------------------------------------------------


@mistake("The slope in alpha is averaged: each z has one of its own.", part=1)
def prelu_grad(z, alpha):
    return leaky_relu_grad(z, alpha), np.minimum(z, 0.0) / np.size(z)


@mistake("The two slopes come in the other order.")
def prelu_grad(z, alpha):
    return np.minimum(z, 0.0), leaky_relu_grad(z, alpha)


@mistake("The slope in alpha: does alpha occur on the right at all?", part=1)
def prelu_grad(z, alpha):
    return leaky_relu_grad(z, alpha), z


@mistake("The slope in alpha: the sides are exchanged.", part=1)
def prelu_grad(z, alpha):
    return leaky_relu_grad(z, alpha), relu(z)


@mistake("The slope in alpha: the derivative of alpha z is not 1 where alpha varies.", part=1)
def prelu_grad(z, alpha):
    return leaky_relu_grad(z, alpha), np.where(np.asarray(z) > 0, 0.0, 1.0)


@mistake("The slope in alpha: on the left these are the values of prelu itself.", part=1)
def prelu_grad(z, alpha):
    return leaky_relu_grad(z, alpha), alpha * np.minimum(z, 0.0)


@mistake("The slope in alpha: 0 everywhere would mean that alpha has no say at all.", part=1)
def prelu_grad(z, alpha):
    return leaky_relu_grad(z, alpha), 0.0 * np.asarray(z)


@mistake("The slope in z: on the left these are the values of prelu itself.", part=0)
def prelu_grad(z, alpha):
    return np.where(np.asarray(z) > 0, 1.0, alpha * np.asarray(z)), np.minimum(z, 0.0)


@mistake(LARGER, part=0)
def prelu_grad(z, alpha):
    return np.maximum(alpha, np.asarray(z) > 0), np.minimum(z, 0.0)
