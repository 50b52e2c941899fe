# %% [wrong] log(0): NaN at the ends (row 29)
# hint: p = 1 is not covered
def binary_cross_entropy(y, p):
    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))


# %% [wrong] log(0) in where: inf at the wrong end (row 29)
# hint: is log(0), or divides by zero
def binary_cross_entropy(y, p):
    return np.mean(np.where(y == 1, -np.log(p), -np.log(1 - p)))


# %% [wrong] clipped below only (row 29)
# hint: p = 1 is not covered
def binary_cross_entropy(y, p):
    p = np.maximum(p, 1e-12)
    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))


# %% [wrong] clipped at 1e-17: 1 - 1e-17 is 1 (row 29)
# hint: p = 1 is not covered
def binary_cross_entropy(y, p):
    p = np.clip(p, 1e-17, 1 - 1e-17)
    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))


# %% [wrong] epsilon in the first logarithm only (row 29)
# hint: p = 1 is not covered
def binary_cross_entropy(y, p):
    return -np.mean(y * np.log(p + 1e-12) + (1 - y) * np.log(1 - p))


# %% [wrong] clipped at 1e-3: flat near the ends
# hint: kept further away from 0 and 1 than need be
def binary_cross_entropy(y, p):
    p = np.clip(p, 1e-3, 1 - 1e-3)
    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))


# %% [wrong] clipped at 1e-4: flat near the ends
# hint: kept further away from 0 and 1 than need be
def binary_cross_entropy(y, p):
    p = np.clip(p, 1e-4, 1 - 1e-4)
    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))


# %% [wrong] epsilon of 1e-3 added inside
# hint: something added to p
# also: Close, but not equal
def binary_cross_entropy(y, p):
    return -np.mean(y * np.log(p + 1e-3) + (1 - y) * np.log(1 - p + 1e-3))


# %% [wrong] the minus missing (row 30)
# hint: where does the minus belong
def binary_cross_entropy(y, p):
    p = np.clip(p, 1e-12, 1 - 1e-12)
    return np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))


# %% [wrong] a minus for the first half only (row 30)
# hint: minus belongs in front of both halves
def binary_cross_entropy(y, p):
    p = np.clip(p, 1e-12, 1 - 1e-12)
    return np.mean(-y * np.log(p) + (1 - y) * np.log(1 - p))


# %% [wrong] the (1 - y) half missing (row 30)
# hint: The half with 1 - y is missing
def binary_cross_entropy(y, p):
    p = np.clip(p, 1e-12, 1 - 1e-12)
    return -np.mean(y * np.log(p))


# %% [wrong] the y half missing (row 30)
# hint: The half with y is missing
def binary_cross_entropy(y, p):
    p = np.clip(p, 1e-12, 1 - 1e-12)
    return -np.mean((1 - y) * np.log(1 - p))


# %% [wrong] log(p) in both halves (row 30)
# hint: The same logarithm stands in both halves
# also: y has no effect
def binary_cross_entropy(y, p):
    p = np.clip(p, 1e-12, 1 - 1e-12)
    return -np.mean(y * np.log(p) + (1 - y) * np.log(p))


# %% [wrong] 1 - log(p) for log(1 - p)
# hint: it is the logarithm of the difference
def binary_cross_entropy(y, p):
    p = np.clip(p, 1e-12, 1 - 1e-12)
    return -np.mean(y * np.log(p) + (1 - y) * (1 - np.log(p)))


# %% [wrong] y and p exchanged
# hint: y and p stand in each other's place
def binary_cross_entropy(p, y):
    p = np.clip(p, 1e-12, 1 - 1e-12)
    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))


# %% [wrong] the sum (row 31)
# hint: This is the sum over the rows, not the mean
def binary_cross_entropy(y, p):
    p = np.clip(p, 1e-12, 1 - 1e-12)
    return -np.sum(y * np.log(p) + (1 - y) * np.log(1 - p))


# %% [wrong] the sum over the number of columns (row 31)
# hint: This is the sum over the rows, not the mean
def binary_cross_entropy(y, p):
    p = np.clip(p, 1e-12, 1 - 1e-12)
    return -np.sum(y * np.log(p) + (1 - y) * np.log(1 - p)) / y.shape[1]


# %% [wrong] the mean over n once more (row 31)
# hint: The mean is taken twice
def binary_cross_entropy(y, p):
    p = np.clip(p, 1e-12, 1 - 1e-12)
    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p)) / len(y)


# %% [wrong] over 2n
# hint: The mean is halved
def binary_cross_entropy(y, p):
    p = np.clip(p, 1e-12, 1 - 1e-12)
    return -np.sum(y * np.log(p) + (1 - y) * np.log(1 - p)) / (2 * len(y))


# %% [wrong] over 4: right for XOR alone (row 46)
# hint: divided by 4, whatever the number of rows
def binary_cross_entropy(y, p):
    p = np.clip(p, 1e-12, 1 - 1e-12)
    return -np.sum(y * np.log(p) + (1 - y) * np.log(1 - p)) / 4


# %% [wrong] XOR's y for the argument (row 46)
# hint: y has no effect | a global array
def binary_cross_entropy(target, p):
    p = np.clip(p, 1e-12, 1 - 1e-12)
    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))


# %% [wrong] y flattened, p not: an (n, n) result inside (row 32)
# hint: array and broadcast to (n, n)
def binary_cross_entropy(y, p):
    y = y.ravel()
    p = np.clip(p, 1e-12, 1 - 1e-12)
    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))


# %% [wrong] p[:, 0] against y of (n, 1) (row 32)
# hint: array and broadcast to (n, n)
def binary_cross_entropy(y, p):
    p = np.clip(p[:, 0], 1e-12, 1 - 1e-12)
    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))


# %% [wrong] not averaged at all (row 31)
# hint: A single number is wanted, not an array
def binary_cross_entropy(y, p):
    p = np.clip(p, 1e-12, 1 - 1e-12)
    return -(y * np.log(p) + (1 - y) * np.log(1 - p))


# %% [wrong] log to base 2
# hint: The logarithm is to base 2
def binary_cross_entropy(y, p):
    p = np.clip(p, 1e-12, 1 - 1e-12)
    return -np.mean(y * np.log2(p) + (1 - y) * np.log2(1 - p))


# %% [wrong] log to base 10
# hint: The logarithm is to base 10
def binary_cross_entropy(y, p):
    p = np.clip(p, 1e-12, 1 - 1e-12)
    return -np.mean(y * np.log10(p) + (1 - y) * np.log10(1 - p))


# %% [wrong] log(1 + p) for log(1 - p)
# hint: There is a plus where 1 - p belongs
def binary_cross_entropy(y, p):
    p = np.clip(p, 1e-12, 1 - 1e-12)
    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 + p))


# %% [wrong] mean squared error
# hint: This is a mean squared error
def binary_cross_entropy(y, p):
    return np.mean((y - p) ** 2)


# %% [wrong] a median
# hint: median
def binary_cross_entropy(y, p):
    p = np.clip(p, 1e-12, 1 - 1e-12)
    return -np.median(y * np.log(p) + (1 - y) * np.log(1 - p))


# %% [wrong] the sigmoid of p: takes logits
# hint: it goes through a sigmoid once more
def binary_cross_entropy(y, p):
    p = np.clip(sigmoid(p), 1e-12, 1 - 1e-12)
    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))


# %% [wrong] p rounded first
# also: Close, but not equal
def binary_cross_entropy(y, p):
    p = np.clip(np.round(p, 3), 1e-12, 1 - 1e-12)
    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))


# %% [wrong] the loss rounded to four digits
# hint: rounded to 4
def binary_cross_entropy(y, p):
    p = np.clip(p, 1e-12, 1 - 1e-12)
    return round(float(-np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))), 4)


# %% [wrong] clipped in place (row 14)
# hint: Build a new array or dict
def binary_cross_entropy(y, p):
    np.clip(p, 1e-12, 1 - 1e-12, out=p)
    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))


# %% [wrong] rows at the ends left out
# hint: sure and wrong prediction has to cost a lot
def binary_cross_entropy(y, p):
    inside = (p > 0) & (p < 1)
    if not inside.any():
        return 0.0
    y, p = y[inside], p[inside]
    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))


# %% [right] clipped at 1e-12
def binary_cross_entropy(y, p):
    p = np.clip(p, 1e-12, 1 - 1e-12)
    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))


# %% [right] clipped at 1e-7
def binary_cross_entropy(y, p):
    eps = 1e-7
    p = np.clip(p, eps, 1 - eps)
    return float(-np.mean(y * np.log(p) + (1 - y) * np.log(1 - p)))


# %% [right] clipped at 1e-15
def binary_cross_entropy(y, p):
    p = np.minimum(np.maximum(p, 1e-15), 1 - 1e-15)
    return -(y * np.log(p) + (1 - y) * np.log(1 - p)).mean()


# %% [right] clipped at machine epsilon
def binary_cross_entropy(y, p):
    eps = np.finfo(float).eps
    p = np.clip(p, eps, 1 - eps)
    return np.average(-y * np.log(p) - (1 - y) * np.log(1 - p))


# %% [right] 1e-12 added inside
def binary_cross_entropy(y, p):
    return -np.mean(y * np.log(p + 1e-12) + (1 - y) * np.log(1 - p + 1e-12))


# %% [right] each probability clipped, not p
def binary_cross_entropy(y, p):
    tiny = 1e-300
    losses = -y * np.log(np.maximum(p, tiny)) - (1 - y) * np.log(np.maximum(1 - p, tiny))
    return np.sum(losses) / losses.size


# %% [right] the probability of what happened
def binary_cross_entropy(y, p):
    likelihood = y * p + (1 - y) * (1 - p)
    return -np.mean(np.log(np.clip(likelihood, 1e-10, None)))


# %% [right] where
def binary_cross_entropy(y, p):
    p = np.clip(p, 1e-9, 1 - 1e-9)
    return np.where(y == 1, -np.log(p), -np.log(1 - p)).mean()


# %% [right] both flattened
def binary_cross_entropy(y, p):
    y, p = np.ravel(y), np.clip(np.ravel(p), 1e-12, 1 - 1e-12)
    return -(y @ np.log(p) + (1 - y) @ np.log(1 - p)) / len(y)


# %% [right] a loop with math
import math


def binary_cross_entropy(y, p):
    total = 0.0
    for truth, q in zip(np.ravel(y), np.ravel(p), strict=True):
        q = min(max(float(q), 1e-8), 1 - 1e-8)
        total -= math.log(q) if truth == 1 else math.log(1 - q)
    return total / len(y)


# %% [right] a 0-d array
def binary_cross_entropy(y, p):
    p = np.clip(p, 1e-12, 1 - 1e-12)
    return np.array(-np.mean(y * np.log(p) + (1 - y) * np.log(1 - p)))


# %% [wrong] clipped at 1e-6: further than asked for
# hint: further away from 0 and 1
def binary_cross_entropy(y, p):
    p = np.clip(p, 1e-6, 1 - 1e-6)
    return float(-np.mean(y * np.log(p) + (1 - y) * np.log(1 - p)))


# %% [right] 1e-8 added inside
def binary_cross_entropy(y, p):
    return -np.mean(y * np.log(p + 1e-8) + (1 - y) * np.log(1 - p + 1e-8))


# %% [right] 1e-7 added inside
def binary_cross_entropy(y, p):
    eps = 1e-7
    return float(-np.mean(y * np.log(p + eps) + (1 - y) * np.log(1 - p + eps)))


# %% [right] 1e-7 added inside, and clipped first
def binary_cross_entropy(y, p):
    p = np.clip(p, 1e-12, 1)
    losses = y * np.log(p + 1e-7) + (1 - y) * np.log(1 - p + 1e-7)
    return -losses.sum() / y.shape[0]


# %% [wrong] 1e-6 added inside: more than is asked for
# hint: added to p
# also: Close, but not equal
def binary_cross_entropy(y, p):
    return -np.mean(y * np.log(p + 1e-6) + (1 - y) * np.log(1 - p + 1e-6))


# %% [wrong] half the sum of the squared errors
# hint: half the sum of the squared errors
def binary_cross_entropy(y, p):
    return 0.5 * np.sum((p - y) ** 2)


# %% [wrong] the loss and its gradient
# hint: A tuple comes back
def binary_cross_entropy(y, p):
    p = np.clip(p, 1e-12, 1 - 1e-12)
    loss = -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))
    return loss, (p - y) / len(y)


# %% [wrong] Python's sum of the rows: an array of one
# hint: A single number is wanted
def binary_cross_entropy(y, p):
    p = np.clip(p, 1e-12, 1 - 1e-12)
    rows = [y[i] * np.log(p[i]) + (1 - y[i]) * np.log(1 - p[i]) for i in range(len(y))]
    return -sum(rows) / len(y)


# %% [wrong] divided by the number of columns
# hint: the sum over the rows
def binary_cross_entropy(y, p):
    m = y.shape[1]
    p = np.clip(p, 1e-12, 1 - 1e-12)
    return -np.sum(y * np.log(p) + (1 - y) * np.log(1 - p)) / m


# %% [wrong] nansum hides 0 * inf alone
# hint: is log(0)
def binary_cross_entropy(y, p):
    return np.nansum(-y * np.log(p) - (1 - y) * np.log(1 - p)) / len(y)


# %% [wrong] logarithms of negative numbers: NaN everywhere
# hint: A NaN comes from
# also: is log(0)
def binary_cross_entropy(y, p):
    return -np.mean(y * np.log(p - 1) + (1 - y) * np.log(-p))


# %% [wrong] the categorical one: y log p, summed
# hint: only y log(p) is there
def binary_cross_entropy(y, p):
    return -np.sum(y * np.log(np.clip(p, 1e-12, 1.0)))


# %% [wrong] log(1-y) slip: (1-y)*log(1-y)
# hint: The logarithm has 1 - p, its factor 1 - y: they are not the same
def binary_cross_entropy(y, p):
    p = np.clip(p, 1e-12, 1 - 1e-12)
    return float(-np.mean(y * np.log(p) + (1 - p) * np.log(1 - p)))


# %% [wrong] sum of means of classes
# hint: Each class has a mean of its own here: it is one mean over all rows
def binary_cross_entropy(y, p):
    p = np.clip(p, 1e-12, 1 - 1e-12)
    a = -np.log(p[y == 1]).mean() if (y == 1).any() else 0.0
    b = -np.log(1 - p[y == 0]).mean() if (y == 0).any() else 0.0
    return float(a + b)


# %% [wrong] sqrt of n
# hint: It is divided by the root of the number of rows
def binary_cross_entropy(y, p):
    p = np.clip(p, 1e-12, 1 - 1e-12)
    return float(-np.sum(y * np.log(p) + (1 - y) * np.log(1 - p)) / np.sqrt(len(y)))


# %% [wrong] p thresholded first
# hint: p is rounded to 0 and 1 before the logarithm: it takes the probability itself
def binary_cross_entropy(y, p):
    q = np.clip(np.round(p), 1e-7, 1 - 1e-7)
    return float(-np.mean(y * np.log(q) + (1 - y) * np.log(1 - q)))


# %% [wrong] y with 1-p
# hint: p and 1 - p stand in each other's place
def binary_cross_entropy(y, p):
    p = np.clip(p, 1e-12, 1 - 1e-12)
    return float(-np.mean((1 - y) * np.log(p) + y * np.log(1 - p)))


# %% [wrong] brackets of 1 - y
# hint: Parentheses: 1 - y needs them where it is a factor
def binary_cross_entropy(y, p):
    p = np.clip(p, 1e-12, 1 - 1e-12)
    return float(-np.mean(y * np.log(p) + 1 - y * np.log(1 - p)))
