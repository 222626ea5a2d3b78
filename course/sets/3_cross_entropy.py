# %%
import numpy as np

from course.problems import refuses, shares
from xentlib import cross_entropy as oracle

# %%
SEED = [0, 0]

# %%
rng = np.random.default_rng(SEED)
FLASHES = [[3, 1, 3, 2], [2, 3, 3, 1], [3, 1, 2, 3]][sum(SEED) % 3]
BOOK = " | ".join(map(str, FLASHES))
BILL = float(np.dot([1 / 2, 1 / 4, 1 / 8, 1 / 8], FLASHES))
BACK = float(np.dot(0.5 ** np.array(FLASHES), [1, 2, 3, 3]))
ONE_P, ONE_Q = shares(rng, 4), shares(rng, 4)
ONE_BITS = round(float(oracle(ONE_P, ONE_Q, base=2)), 9)
MANY_P, MANY_Q = [shares(rng, 3) for _ in range(5)], [shares(rng, 3) for _ in range(5)]
MANY_BITS = oracle(MANY_P, MANY_Q, base=2).round(9).tolist()
CLASS = int(rng.integers(4))
DAYS = rng.choice(4, 12, p=ONE_Q).tolist()
DAYS_BITS = round(float(-np.log2(np.array(ONE_Q)[DAYS]).sum()), 9)

# %% [markdown]
# # Set 3: paying with the wrong code book
#
# This set belongs to chapter 3. You work out a bill by hand, write `cross_entropy` and a
# likelihood, and answer one question in words. POINTS points.

# %% [markdown]
# ## By hand: a borrowed book
#
# In the south the shares of sun, cloud, rain and storm are 1/2, 1/4, 1/8 and 1/8. Their own
# words have 1, 2, 3 and 3 flashes. Now the lighthouse borrows a book from an island:
#
# | | sun | cloud | rain | storm |
# |---|---|---|---|---|
# | how often, in the south | 1/2 | 1/4 | 1/8 | 1/8 |
# | flashes, words of the island | BOOK |
#
# The island's words fit its own weather: a word of two flashes means a share of 1/4.
# (a) What does an average southern day cost with the island's words? (b) What does an
# average day *on the island* cost with southern words? Work with fractions, on paper.
#
# Put your answers, in this order, into `south_pays` and `island_pays`.

# %% grade_id="by-hand"
### BEGIN SOLUTION
south_pays = BILL
island_pays = BACK
### END SOLUTION

# %% grade_id="by-hand-south" points=2
assert south_pays >= 1.75, f"{south_pays}: no book is cheaper in the south than its own"
### BEGIN HIDDEN TESTS
assert south_pays != BACK, "this is what the island pays: the two have been exchanged"
assert np.isclose(south_pays, BILL), f"{south_pays}: add share times flashes, BILL in all"
### END HIDDEN TESTS

# %% grade_id="by-hand-island" points=1
assert island_pays >= 1.75, f"{island_pays}: no book is cheaper on the island than its own"
### BEGIN HIDDEN TESTS
assert np.isclose(island_pays, BACK), (
    f"{island_pays}: the shares are now those of the island, and the flashes those of the "
    "south: BACK in all"
)
### END HIDDEN TESTS

# %% [markdown]
# ## The function
#
# Write `cross_entropy(p, q, base=2)`: the average price of days with the shares `p`, if the
# book was made for `q`. The truth comes first.
#
# - The last axis holds the outcomes. Two arrays of shape (days, outcomes) give one price for
#   each day.
# - An outcome that never comes (`p` is zero) costs nothing, whatever `q` says about it.
# - An outcome that comes but has no word (`q` is zero) makes the price infinite: `np.inf`.
# - Shares that are negative, above 1 or NaN, or that do not sum to 1, are a mistake of the
#   caller: raise a `ValueError`. Do not repair them.


# %% grade_id="cross-entropy"
### BEGIN SOLUTION
def check(p):
    legal = (p >= 0) & (p <= 1)  # false for NaN, too
    if not (legal.all() and np.allclose(p.sum(-1), 1)):
        raise ValueError(f"{p} is not a distribution: normalise it first")


def cross_entropy(p, q, base=2):
    p, q = np.asarray(p, float), np.asarray(q, float)
    check(p)
    check(q)
    price = -np.log(q) / np.log(base)
    return np.where(p > 0, p * price, 0).sum(-1)


### END SOLUTION

# %% grade_id="unit" points=3
south = np.array([1 / 2, 1 / 4, 1 / 8, 1 / 8])
floor = cross_entropy(south, south)
assert np.isclose(floor, 1.75), (
    f"{floor:.3f} bits for a southern day with southern words. It has 1.75 flashes, and a "
    "flash is a bit. With the natural logarithm it would be 1.213, but those are nats. "
    "With a mean over the four weathers it would be 0.438: add them, the shares do the averaging."
)
### BEGIN HIDDEN TESTS
coin = cross_entropy([1 / 2, 1 / 2], [1 / 2, 1 / 2])
assert np.isclose(coin, 1), f"the toss of a coin costs 1 bit, not {coin:.3f}"
### END HIDDEN TESTS

# %% grade_id="order" points=2
north = np.array([1 / 4, 1 / 8, 1 / 2, 1 / 8])
bill, back = cross_entropy(south, north), cross_entropy(north, south)
assert bill < back, (
    f"{bill:.3f} for the south, {back:.3f} for the north: the other way round. "
    "p says how often, q says how much it costs: the logarithm belongs to the second argument."
)
### BEGIN HIDDEN TESTS
size = cross_entropy(south, south) / 1.75  # counts in the unit of your own function
mine = cross_entropy(ONE_P, ONE_Q) / size
assert np.isclose(mine, ONE_BITS), (
    f"{mine:.4f} for p = ONE_P and q = ONE_Q, and right is {ONE_BITS:.4f}: "
    "does p say how often, and q how much it costs?"
)
### END HIDDEN TESTS

# %% grade_id="one-hot" points=2
plane, model = [0, 1, 0], [0.4, 0.5, 0.1]
photograph = cross_entropy(plane, model)
coin = cross_entropy([1 / 2, 1 / 2], [1 / 2, 1 / 2])
assert np.isfinite(photograph), (
    f"{photograph} for a photograph of a plane that got one half: classes that do not come "
    "cost nothing. Is the label the first argument, and the logarithm at the second?"
)
### BEGIN HIDDEN TESTS
label = np.eye(4)[CLASS]
ratio = cross_entropy(label, [0.25] * 4) / cross_entropy(
    label, [0.5 if c else 0.5 / 3 for c in label]
)
assert np.isclose(ratio, 2), "with a one-hot label only the share of the true class counts"
other = cross_entropy(plane, [0.1, 0.5, 0.4])
assert np.isclose(photograph, other), "how the rest of the belief is divided makes no difference"
### END HIDDEN TESTS

# %% grade_id="zero" points=2
never = cross_entropy([1 / 2, 1 / 2, 0], [1 / 2, 1 / 2, 0])
assert not np.isnan(never), (
    "NaN: 0 · log 0 is NaN for NumPy. A weather that never comes adds nothing to the bill: "
    "leave it out, for example with np.where."
)
### BEGIN HIDDEN TESTS
coin = cross_entropy([1 / 2, 1 / 2], [1 / 2, 1 / 2])
assert np.all(np.isfinite(never)), f"{never}: p is zero wherever q is zero, so nothing is infinite"
assert cross_entropy([0, 1], [0, 1]) == 0, "who is certain and right pays nothing"
assert not np.isnan(cross_entropy([[1, 0, 0]], [[1, 0, 0]])).any(), "NaN in a batch of one day"
### END HIDDEN TESTS

# %% grade_id="infinity" points=2
proud = cross_entropy([1 / 2, 1 / 4, 1 / 8, 1 / 8], [1 / 2, 1 / 4, 1 / 4, 0])
assert proud == np.inf, (
    f"{proud}: storms come, and have no word in this book. The price is infinite, and that is no "
    "bug: do not clip q. (If it is finite, p and q may have been exchanged.)"
)
### BEGIN HIDDEN TESTS
assert cross_entropy([0, 1], [1, 0]) == np.inf, "certain and wrong costs infinitely much"
### END HIDDEN TESTS

# %% grade_id="base" points=1
bits, nats = cross_entropy(south, north), cross_entropy(south, north, base=np.e)
assert not np.isclose(bits, nats), "base=np.e asks for nats, but the price is the same as in bits"
### BEGIN HIDDEN TESTS
assert np.isclose(nats / bits, np.log(2)), f"a bit is ln 2 = 0.693 nats, not {nats / bits:.3f}"
assert np.isclose(bits / cross_entropy(south, north, base=4), 2), "base=4 has units of two bits"
### END HIDDEN TESTS

# %% grade_id="batch" points=2
two = np.shape(cross_entropy([south, north], [north, south]))
assert two == (2,), (
    f"the shape is {two}: two days have two prices, (2,). Add up along the last axis only "
    "(axis=-1). A mean over all cells mixes days and weathers."
)
### BEGIN HIDDEN TESTS
days = cross_entropy(MANY_P, MANY_Q)
alone = list(map(cross_entropy, MANY_P, MANY_Q))
assert np.allclose(days, alone), "a day in a batch costs as much as the same day alone"
assert np.shape(cross_entropy([MANY_P] * 2, [MANY_Q] * 2)) == (2, 5), "three axes: (2, 5, 3)"
### END HIDDEN TESTS

# %% grade_id="normalised" points=1
assert refuses(cross_entropy, [1 / 2, 1 / 2], [0.9, 0.9]), (
    "q = (0.9, 0.9) was accepted. It sums to 1.8: nobody has more than one whole belief, and "
    "such a q looks cheaper than the truth. Raise a ValueError."
)
### BEGIN HIDDEN TESTS
assert refuses(cross_entropy, [1 / 2, 1 / 2], [0.4, 0.4]), "q sums to less than 1, and was accepted"
assert refuses(cross_entropy, [3, 5], [1 / 2, 1 / 2]), "p holds counts, and was accepted"
batch = [[0.5, 0.5], [0.5, 0.6]]
assert refuses(cross_entropy, [[0.5, 0.5]] * 2, batch), "the second row of q sums to 1.1"
### END HIDDEN TESTS

# %% grade_id="illegal" points=1
assert refuses(cross_entropy, [1 / 2, 1 / 2], [1.5, -0.5]), (
    "q = (1.5, -0.5) was accepted: it sums to 1, but no share is negative or above 1"
)
### BEGIN HIDDEN TESTS
assert refuses(cross_entropy, [1 / 2, 1 / 2], [np.nan, 1]), "NaN in q was accepted"
assert refuses(cross_entropy, [np.nan, 1], [1 / 2, 1 / 2]), "NaN in p was accepted"
### END HIDDEN TESTS

# %% [markdown]
# ## A diary
#
# Write `log2_likelihood(days, q)`: the logarithm, with base two, of the probability that a
# climate `q` gives to exactly these independent days, in this order. `days` is a list of
# numbers: 0 is sun, 3 is storm.


# %% grade_id="log2-likelihood"
### BEGIN SOLUTION
def log2_likelihood(days, q):
    return np.log2(np.asarray(q)[np.asarray(days)]).sum()


### END SOLUTION

# %% grade_id="likelihood" points=2
diary = [0, 0, 1, 0, 2, 0, 1, 3]
got = log2_likelihood(diary, south)
assert np.isclose(got, -14), (
    f"{got:.3f}: this diary has 14 flashes, and each flash is one factor 1/2 in its probability"
)
### BEGIN HIDDEN TESTS
got = log2_likelihood(DAYS, ONE_Q)
assert np.isclose(got, -DAYS_BITS), f"{got:.3f} instead of -DAYS_BITS for the days DAYS"
### END HIDDEN TESTS

# %% grade_id="long-diary" points=1
year = log2_likelihood([3] * 365, south)
assert np.isfinite(year), (
    "365 storms: the product of so many shares is too small for the computer, which makes it "
    "zero. Take the logarithms first, and add them."
)
### BEGIN HIDDEN TESTS
assert log2_likelihood([3] * 4000, south) == -12000, "4000 storms, three halvings each"
### END HIDDEN TESTS

# %% [markdown]
# ## In words
#
# A colleague trains two models on the same photographs. "Model A has a loss of 1.3, that is
# more than 1, so it is worse than guessing. And one photograph gave model B an infinite loss,
# which must be a bug." What do you answer? Three or four sentences. (2 points, read by a human.)

# %% [markdown] grade_id="in-words" points=2
# ### BEGIN SOLUTION
# *One point:* a loss is a price and not a percentage; it can be larger than 1. To judge it one
# needs its unit and the number of classes: guessing among K classes costs log₂ K bits, so 1.3
# bits is better than guessing among four classes and worse among two.
#
# *One point:* the loss is infinite if the model gave the true class the share zero. It said
# "never" and it happened: then the price is right. It is a bug only if the zero comes from
# rounding (a share computed from a very large score).
# ### END SOLUTION
