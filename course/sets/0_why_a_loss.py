# %%
import numpy as np

from course.problems import refuses, shares
from xentlib import categorical_cross_entropy, surprisal

# %%
SEED = [0, 0]

# %%
rng = np.random.default_rng(SEED)
CAME = [10, 5, *rng.permutation([2, 3]).tolist()]
CHIPS = [[2, 4, 1, 1], [1, 4, 1, 2], [4, 1, 1, 2], [2, 1, 1, 4]][sum(SEED) % 4]
PRICES = [{1: 3, 2: 2, 4: 1}[chips] for chips in CHIPS]
CAME_ROW = " | ".join(map(str, CAME))
CHIPS_ROW = " | ".join(map(str, CHIPS))
PAID = int(np.dot(CAME, PRICES))
A_SHARE = int(rng.integers(3, 98)) / 100
A_PRICE = round(float(surprisal(A_SHARE, base=2)), 9)
BELIEFS = [shares(rng, 3) for _ in range(6)]
LABELS = rng.integers(0, 3, 6).tolist()
LOSS = round(float(categorical_cross_entropy(LABELS, BELIEFS, base=2).mean()), 9)
SURE = (np.eye(3)[rng.permutation(3)] * 0.4 + 0.2).tolist()
TRUTH = [int(np.argmax(SURE[0])), int(np.argmin(SURE[1])), int(np.argmax(SURE[2]))]

# %% [markdown]
# # Set 0: the price of being wrong
#
# This set belongs to chapter 0. You work out a bill by hand, write the price of a share, the
# average loss of a classifier and its accuracy, and answer one question in words. POINTS points.

# %% [markdown]
# ## By hand: twenty days
#
# A forecaster divides eight chips among the four weathers, and plays like this on twenty days.
# All eight chips on the weather that comes cost nothing, and each halving costs one bit more:
# four chips cost 1, two cost 2, one costs 3.
#
# | | sun | cloud | rain | storm |
# |---|---|---|---|---|
# | how many days | CAME_ROW |
# | chips | CHIPS_ROW |
#
# (a) What does she pay on all twenty days? (b) What does she pay for an average day?
#
# Put your answers, in this order, into `bill` and `bill_per_day`.

# %% grade_id="by-hand"
### BEGIN SOLUTION
bill = PAID
bill_per_day = PAID / 20
### END SOLUTION

# %% grade_id="by-hand-bill" points=2
assert bill > 20, f"{bill}: sun and cloud alone cost more. Did you multiply by the days?"
### BEGIN HIDDEN TESTS
assert np.isclose(bill, PAID), f"{bill}: days CAME times prices PRICES, added up, are PAID"
### END HIDDEN TESTS

# %% grade_id="by-hand-day" points=1
assert bill_per_day < 3, f"{bill_per_day}: no day costs more than 3, so the average does not"
### BEGIN HIDDEN TESTS
assert np.isclose(bill_per_day, PAID / 20), f"{bill_per_day}: divide by the twenty days"
### END HIDDEN TESTS

# %% [markdown]
# ## The price of a share
#
# Write `price(share)`: what you pay, in bits, if what came had this share of your belief.
#
# - An array of shares gives an array of prices.
# - The share 0 costs `np.inf`.
# - A share that is negative, above 1 or NaN is a mistake of the caller: raise a `ValueError`.


# %% grade_id="price"
### BEGIN SOLUTION
def price(share):
    share = np.asarray(share, float)
    if not np.all((share >= 0) & (share <= 1)):  # NaN fails this test, too
        raise ValueError(f"{share} holds something that is not a share")
    return np.log2(1 / share)


### END SOLUTION

# %% grade_id="halvings" points=2
for share, bits in (1 / 2, 1), (1 / 4, 2), (1 / 8, 3):
    assert np.isclose(price(share), bits), (
        f"the share {share} costs {bits}, one bit for each halving, and not {price(share):.3f}. "
        "(With the natural logarithm a halving costs 0.693: that unit is the nat.)"
    )
### BEGIN HIDDEN TESTS
assert np.isclose(price(A_SHARE), A_PRICE), f"A_SHARE costs A_PRICE bits, not {price(A_SHARE)}"
### END HIDDEN TESTS

# %% grade_id="ends" points=2
assert price(1) == 0, f"all on it costs nothing, and not {price(1)}"
assert price(0) == np.inf, f"{price(0)}: nothing on what came costs more than any number, np.inf"
### BEGIN HIDDEN TESTS
assert 990 < price(2.0**-1000) / price(1 / 2) < 1010, "a thousand halvings: do not clip the share"
### END HIDDEN TESTS

# %% grade_id="array" points=1
assert np.shape(price([1 / 2, 1 / 4])) == (2,), "two shares have two prices: do not add them up"
### BEGIN HIDDEN TESTS
table = price(BELIEFS)
assert np.shape(table) == (6, 3), f"six rows of three shares, and {np.shape(table)} prices"
assert np.isclose(table[2, 1], price(BELIEFS[2][1])), (
    "in an array a share costs what it costs alone"
)
### END HIDDEN TESTS

# %% grade_id="refused" points=2
assert refuses(price, 1.5), "the share 1.5 was accepted: nobody has more than one whole belief"
### BEGIN HIDDEN TESTS
assert refuses(price, -0.1), "a negative share was accepted"
assert refuses(price, np.nan), "NaN was accepted: every comparison with NaN is false"
assert refuses(price, [0.5, 1.5]), "an array with one bad share was accepted"
### END HIDDEN TESTS

# %% [markdown]
# ## The loss of a classifier
#
# Write `average_loss(y, q)`. `q` has one row for each photograph, with the shares of the
# classes; `y` holds the numbers of the true classes, counted from zero. The result is one
# number: the mean price of the photographs, in bits. A row that does not sum to 1 is a
# `ValueError`.


# %% grade_id="average-loss"
### BEGIN SOLUTION
def average_loss(y, q):
    q = np.asarray(q, float)
    if not np.allclose(q.sum(-1), 1):
        raise ValueError("a row of q does not sum to 1: normalise it first")
    return price(q[np.arange(len(q)), y]).mean()


### END SOLUTION

# %% grade_id="loss" points=3
plane, jackson = [0.4, 0.5, 0.1], [0.1, 0.2, 0.7]
got = average_loss([1, 2], [plane, jackson])
assert np.isclose(got, 0.7572865864), (
    f"{got:.4f}: the plane costs 1 bit, Jackson 0.51, so on average it is 0.76 bits. "
    "(0.52 is in nats. 0.25 is a mean over all six cells: divide by the number of photographs.)"
)
### BEGIN HIDDEN TESTS
got = average_loss(LABELS, BELIEFS)
assert np.isclose(got, LOSS), f"{got:.4f} instead of {LOSS:.4f} bits for six photographs"
### END HIDDEN TESTS

# %% grade_id="true-class" points=2
one, two = average_loss([1], [plane]), average_loss([1], [[0.1, 0.5, 0.4]])
assert np.isclose(one, two), (
    f"{one:.3f} and {two:.3f}: the plane got one half both times. Only the share of the true "
    "class counts, however the rest is divided."
)
### BEGIN HIDDEN TESTS
assert average_loss([0, 1], [[0, 1, 0], plane]) == np.inf, "one 'never' that comes: infinite"
assert average_loss([1, 1], [[0, 1, 0], [0, 1, 0]]) == 0, "certain and right costs nothing"
### END HIDDEN TESTS

# %% grade_id="normalised" points=1
assert refuses(average_loss, [1], [[0.9, 0.9, 0.9]]), (
    "shares of 0.9 for each of three classes were accepted. Such a model would look very good, "
    "but it has more than one whole belief: raise a ValueError."
)
### BEGIN HIDDEN TESTS
assert refuses(average_loss, [1, 2], [plane, [0.1, 0.2, 0.3]]), "the second row sums to 0.6"
### END HIDDEN TESTS

# %% [markdown]
# ## Accuracy
#
# Write `accuracy(y, q)`: the share of photographs whose true class got the largest share.


# %% grade_id="accuracy"
### BEGIN SOLUTION
def accuracy(y, q):
    return np.mean(np.argmax(q, axis=-1) == np.asarray(y))


### END SOLUTION

# %% grade_id="accuracy-right" points=2
got = accuracy([1, 2, 0], [plane, jackson, plane])
assert np.isclose(got, 2 / 3), f"{got}: two answers of three are right"
### BEGIN HIDDEN TESTS
got = accuracy(TRUTH, SURE)
assert np.isclose(got, 2 / 3), f"{got}: the true classes are TRUTH, the answers are those of SURE"
### END HIDDEN TESTS

# %% [markdown]
# ## In words
#
# A friend trains a classifier in small steps, and after each step she looks only at the
# accuracy. For an hour it has not changed at all. "So it has learned nothing," she says.
# What do you answer, and what should she look at? Three or four sentences. (2 points, read by
# a human.)

# %% [markdown] grade_id="in-words" points=2
# ### BEGIN SOLUTION
# *One point:* accuracy sees only which share is the largest, not how large it is; a small step
# seldom changes the order, so the accuracy can stay the same while the beliefs get better or
# worse.
#
# *One point:* the loss, −log₂ of the share of the true class, changes with each small step
# and tells better from worse; she should compare it with the chance level log₂ K (or with
# somebody who knows only how frequent the classes are), best on photographs not trained on.
# ### END SOLUTION
