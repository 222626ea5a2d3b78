# %%
import numpy as np

from course.problems import refuses, shares
from xentlib import kl_divergence as oracle

# %%
SEED = [0, 0]

# %%
SOUTH = np.array([1, 2, 3, 3])  # flashes of the southern words
rng = np.random.default_rng(SEED)
FLASHES = [[2, 1, 3, 3], [3, 2, 1, 3], [2, 3, 3, 1], [3, 2, 3, 1]][sum(SEED) % 4]
ISLAND = " | ".join(f"1/{2**flashes}" for flashes in FLASHES)
WASTE = float(np.dot(0.5**SOUTH, FLASHES - SOUTH))
TERMS = (0.5**SOUTH * (FLASHES - SOUTH)).tolist()
LOWEST = float(min(TERMS))
ONE_P, ONE_Q = shares(rng, 4), shares(rng, 4)
ONE_BITS = round(float(oracle(ONE_P, ONE_Q, base=2)), 9)
MANY_P, MANY_Q = [shares(rng, 3) for _ in range(5)], [shares(rng, 3) for _ in range(5)]
GOAL = int(rng.integers(6, 12))
DAYS = round(GOAL / float(oracle(ONE_P, ONE_Q, base=2)), 9)

# %% [markdown]
# # Set 4: only the waste
#
# This set belongs to chapter 4. You work out a waste by hand, write `kl_divergence` and use it
# for a detective, and answer one question in words. POINTS points.

# %% [markdown]
# ## By hand: another island
#
# The southern keeper borrows a code book that was made for an island:
#
# | | sun | cloud | rain | storm |
# |---|---|---|---|---|
# | how often, in the south | 1/2 | 1/4 | 1/8 | 1/8 |
# | how often, on the island | ISLAND |
#
# (a) How many flashes does he waste on an average southern day, compared with his own words?
# (b) One weather has a smaller part of the bill than with his own words. What does it add to the
# waste? (The answer is negative.)
#
# Put your answers, in this order, into `waste` and `smallest_term`.

# %% grade_id="by-hand"
### BEGIN SOLUTION
waste = WASTE
smallest_term = LOWEST
### END SOLUTION

# %% grade_id="by-hand-waste" points=2
assert waste > 0, f"{waste}: a book for another weather never saves anything on average"
### BEGIN HIDDEN TESTS
assert np.isclose(waste, WASTE), (
    f"{waste}: the words are longer by the differences of the halvings; times the shares of the "
    "south the terms are TERMS, in all WASTE"
)
### END HIDDEN TESTS

# %% grade_id="by-hand-term" points=1
assert smallest_term < 0, f"{smallest_term}: which weather has a shorter word on the island?"
### BEGIN HIDDEN TESTS
assert np.isclose(smallest_term, LOWEST), f"{smallest_term}: of the terms TERMS it is the smallest"
### END HIDDEN TESTS

# %% [markdown]
# ## The function
#
# Write `kl_divergence(p, q, base=2)`: what a book for `q` wastes on days with the shares `p`. The
# truth comes first.
#
# - The last axis holds the outcomes. Two arrays of shape (days, outcomes) give one waste a day.
# - An outcome that never comes (`p` is zero) adds nothing, whatever `q` says about it.
# - An outcome that comes but has no word (`q` is zero) makes the waste infinite: `np.inf`.
# - Shares that are negative, above 1 or NaN, or that do not sum to 1, are a mistake of the
#   caller: raise a `ValueError`. Do not repair them.


# %% grade_id="kl-divergence"
### BEGIN SOLUTION
def check(p):
    legal = (p >= 0) & (p <= 1)  # false for NaN, too
    if not (legal.all() and np.allclose(p.sum(-1), 1)):
        raise ValueError(f"{p} is not a distribution: normalise it first")


def kl_divergence(p, q, base=2):
    p, q = np.asarray(p, float), np.asarray(q, float)
    check(p)
    check(q)
    longer = (np.log(p) - np.log(q)) / np.log(base)
    return np.where(p > 0, p * longer, 0).sum(-1)


### END SOLUTION

# %% grade_id="unit" points=3
south, none = np.array([1 / 2, 1 / 4, 1 / 8, 1 / 8]), np.full(4, 1 / 4)
waste_of_nothing = kl_divergence(south, none)
assert np.isclose(waste_of_nothing, 1 / 4), (
    f"{waste_of_nothing:.4f} bits for somebody who knows nothing in the south: he pays 2 "
    "instead of 1.75, so the waste is 0.25. (2 is the whole bill: the floor is still in it. "
    "0.173 would be nats, from the natural logarithm. 0.0625 would be a mean over the four "
    "weathers: add them.)"
)
### BEGIN HIDDEN TESTS
sure = kl_divergence([1, 0], [1 / 2, 1 / 2])
assert np.isclose(sure, 1), f"{sure}: who is certain, and uses the words of a coin, wastes one bit"
### END HIDDEN TESTS

# %% grade_id="order" points=2
north = np.array([1 / 4, 1 / 8, 1 / 2, 1 / 8])
here, there = kl_divergence(south, north), kl_divergence(north, south)
assert here < there, (
    f"{here:.3f} in the south and {there:.3f} in the north: the other way round. The days come"
    " with the shares of the first argument, and these are the weights."
)
### BEGIN HIDDEN TESTS
unit = kl_divergence(south, none) * 4  # one bit, in the unit of your own function
mine = kl_divergence(ONE_P, ONE_Q) / unit
assert np.isclose(mine, ONE_BITS), (
    f"{mine:.4f} for p = ONE_P and q = ONE_Q, and right is {ONE_BITS:.4f}: the weights are p, "
    "and the ratio is p over q"
)
### END HIDDEN TESTS

# %% grade_id="no-waste" points=1
assert np.isclose(kl_divergence(north, north), 0), "the right book wastes nothing"
### BEGIN HIDDEN TESTS
steps = np.linspace(0.01, 0.99, 50)
few = kl_divergence(np.stack([steps, 1 - steps], -1), [[3 / 4, 1 / 4]] * 50)
assert np.min(few) >= 0, "a term may be negative, the sum never"
assert abs(steps[np.argmin(few)] - 3 / 4) < 0.02, "the waste is smallest where both agree"
### END HIDDEN TESTS

# %% grade_id="zero" points=2
never = kl_divergence([1 / 2, 1 / 2, 0], [1 / 4, 3 / 4, 0])
assert not np.isnan(never), (
    "NaN: 0 · log 0 is NaN for NumPy. A weather that never comes adds nothing: leave it out, for "
    "example with np.where."
)
### BEGIN HIDDEN TESTS
assert np.isfinite(never), f"{never}: q is zero only where p is zero, so nothing is infinite"
label = kl_divergence([0, 1, 0], [0.4, 0.5, 0.1])
assert np.isfinite(label) and label > 0, f"{label} for a one-hot label: only the true class counts"
assert kl_divergence([0, 1], [0, 1]) == 0, "who is certain and right wastes nothing"
### END HIDDEN TESTS

# %% grade_id="infinity" points=2
proud = kl_divergence(south, [1 / 2, 1 / 4, 1 / 4, 0])
assert proud == np.inf, (
    f"{proud}: storms come, and have no word in this book. The waste is infinite, and that is "
    "no bug: do not clip q. (If it is finite, p and q may have been exchanged.)"
)
### BEGIN HIDDEN TESTS
other = kl_divergence([1 / 2, 1 / 4, 1 / 4, 0], south)
assert np.isfinite(other), (
    f"{other} the other way round, but a word that is never used harms little"
)
assert kl_divergence([0, 1], [1, 0]) == np.inf, "certain and wrong"
### END HIDDEN TESTS

# %% grade_id="base" points=1
bits, nats = kl_divergence(south, north), kl_divergence(south, north, base=np.e)
assert not np.isclose(bits, nats), "base=np.e asks for nats, but the number is the same as in bits"
### BEGIN HIDDEN TESTS
assert np.isclose(nats / bits, np.log(2)), f"a bit is ln 2 = 0.693 nats, not {nats / bits:.3f}"
### END HIDDEN TESTS

# %% grade_id="batch" points=2
two = np.shape(kl_divergence([south, north], [north, south]))
assert two == (2,), (
    f"the shape is {two}: two days have two wastes, (2,). Add up along the last axis only "
    "(axis=-1). A mean over all cells mixes days and weathers."
)
### BEGIN HIDDEN TESTS
days = kl_divergence(MANY_P, MANY_Q)
alone = list(map(kl_divergence, MANY_P, MANY_Q))
assert np.allclose(days, alone), "a day in a batch wastes as much as the same day alone"
mixed = kl_divergence([[1, 0], [1, 0]], [[0, 1], [1, 0]])
assert mixed[0] == np.inf and mixed[1] == 0, f"{mixed}: one infinite day does not spoil the other"
### END HIDDEN TESTS

# %% grade_id="normalised" points=1
assert refuses(kl_divergence, [1 / 2, 1 / 2], [0.9, 0.9]), (
    "q = (0.9, 0.9) was accepted. It sums to 1.8, and with such a q the waste would be negative: "
    "nobody has more than one whole belief. Raise a ValueError."
)
### BEGIN HIDDEN TESTS
assert refuses(kl_divergence, [3, 5], [1 / 2, 1 / 2]), "p holds counts, and was accepted"
assert refuses(kl_divergence, [[0.5, 0.5]] * 2, [[0.5, 0.5], [0.5, 0.6]]), (
    "the second row of q sums to 1.1"
)
### END HIDDEN TESTS

# %% grade_id="illegal" points=1
assert refuses(kl_divergence, [1 / 2, 1 / 2], [1.5, -0.5]), (
    "(1.5, -0.5) sums to 1, but is no belief"
)
### BEGIN HIDDEN TESTS
assert refuses(kl_divergence, [1 / 2, 1 / 2], [np.nan, 1]), "NaN in q was accepted"
assert refuses(kl_divergence, [np.nan, 1], [1 / 2, 1 / 2]), "NaN in p was accepted"
### END HIDDEN TESTS

# %% [markdown]
# ## The detective
#
# A lamp flashes the weather every evening, and a detective wants to know whether it stands at
# `p` or at `q`. It stands at `p`. Each evening brings `kl_divergence(p, q)` bits of evidence on
# average. Write `evenings(p, q, bits)`: after how many evenings has she this many bits, on
# average? (It need not be a whole number. If no evening can bring any evidence, it is
# `np.inf`.)


# %% grade_id="evenings"
### BEGIN SOLUTION
def evenings(p, q, bits):
    evidence = kl_divergence(p, q)
    return bits / evidence if evidence > 0 else np.inf


### END SOLUTION

# %% grade_id="detective" points=1
got = evenings(south, north, 5)
assert np.isclose(got, 10), f"{got}: at half a bit an evening, five bits take ten evenings"
### BEGIN HIDDEN TESTS
got = evenings(ONE_P, ONE_Q, GOAL)
assert np.isclose(got, DAYS), f"{got:.3f} instead of {DAYS:.3f} evenings for GOAL bits"
### END HIDDEN TESTS

# %% grade_id="detective-ends" points=1
never = evenings(south, south, 5)
assert never == np.inf, f"{never}: two lamps with the same weather cannot be told apart"
### BEGIN HIDDEN TESTS
assert evenings([0.5, 0.5], [1, 0], 5) == 0, (
    "an evening that q excludes is infinitely much evidence"
)
### END HIDDEN TESTS

# %% [markdown]
# ## In words
#
# "The rain has a shorter word in the new book, so its term in the sum is negative. If I choose
# the words cleverly, the whole waste becomes negative, and I pay less than the entropy." What
# do you answer? Three or four sentences. (2 points, read by a human.)

# %% [markdown] grade_id="in-words" points=2
# ### BEGIN SOLUTION
# *One point:* single terms may be negative, the sum never (Gibbs' inequality); it is zero only
# if q = p.
#
# *One point:* a reason, for example: beliefs are a budget of 1, so a shorter word for the rain
# makes other words longer; where the share is right, a word that loses a flash takes twice its
# part of the tree and one that gains a flash gives back only half. Or: ln x ≤ x − 1 summed with
# weights p.
# ### END SOLUTION
