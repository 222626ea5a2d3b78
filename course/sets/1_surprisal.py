# %%
import numpy as np

from course.problems import refuses
from xentlib import surprisal as oracle

# %%
SEED = [0, 0]

# %%
rng = np.random.default_rng(SEED)
DAYS = ["cloud", "rain", "fog", "sun", "storm"]
LENGTHS = dict(zip(rng.permutation(DAYS).tolist(), [1, 2, 3, 4, 4], strict=True))
NAMES = " | ".join(DAYS)
HOW_OFTEN = " | ".join(f"1/{2 ** LENGTHS[day]}" for day in DAYS)
ROW = rng.choice(DAYS, 4, replace=False).tolist()
ROW_IN_WORDS = ", ".join(ROW)
ROW_LENGTHS = [LENGTHS[day] for day in ROW]
ROW_FLASHES = sum(ROW_LENGTHS)
SOME = (rng.integers(2, 99, 5) / 100).tolist()
SOME_BITS = oracle(SOME, base=2).round(9).tolist()
BASE = int(rng.integers(3, 10))
ROW_OF_SHARES = (rng.integers(20, 99, 7) / 100).tolist()
ROW_BITS = round(float(oracle(ROW_OF_SHARES, base=2).sum()), 9)

# %% [markdown]
# # Set 1: how surprising is what came?
#
# This set belongs to chapter 1. You price a row of days by hand, write `surprisal` and the
# surprisal of a long row, and answer one question in words. POINTS points.

# %% [markdown]
# ## By hand: a fjord
#
# In a fjord the days are independent, and the probabilities are these:
#
# | NAMES |
# |---|---|---|---|---|
# | HOW_OFTEN |
#
# Four days come in this order: ROW_IN_WORDS. (a) How many bits is this row worth, all days
# together? (b) How probable is exactly this row? Write a fraction, such as `1 / 2**5`.
#
# Put your answers, in this order, into `row_bits` and `row_probability`.

# %% grade_id="by-hand"
### BEGIN SOLUTION
row_bits = ROW_FLASHES
row_probability = 1 / 2**ROW_FLASHES
### END SOLUTION

# %% grade_id="by-hand-bits" points=2
assert row_bits > 5, f"{row_bits}: each day costs its number of halvings. Add up all four days"
### BEGIN HIDDEN TESTS
assert row_bits == ROW_FLASHES, (
    f"{row_bits}: the four days have ROW_LENGTHS bits, in all ROW_FLASHES"
)
### END HIDDEN TESTS

# %% grade_id="by-hand-probability" points=1
assert 0 < row_probability < 1 / 32, (
    f"{row_probability}: probabilities of independent days multiply"
)
### BEGIN HIDDEN TESTS
assert np.isclose(row_probability, 0.5**ROW_FLASHES), "one factor 1/2 for each bit"
### END HIDDEN TESTS

# %% [markdown]
# ## The function
#
# Write `surprisal(p, base=2)`: how surprising it is that an outcome with the probability `p`
# comes. `base` is the base of the logarithm: 2 for bits, `np.e` for nats.
#
# - An array of probabilities gives an array of the same shape.
# - Probability 0 has the surprisal `np.inf`.
# - What is negative, above 1 or NaN is no probability: raise a `ValueError`.


# %% grade_id="surprisal"
### BEGIN SOLUTION
def surprisal(p, base=2):
    p = np.asarray(p, float)
    if not np.all((p >= 0) & (p <= 1)):  # NaN fails this test, too
        raise ValueError(f"{p} holds something that is not a probability")
    return np.log(1 / p) / np.log(base)


### END SOLUTION

# %% grade_id="halvings" points=3
for p, bits in (1 / 2, 1), (1 / 4, 2), (1 / 8, 3):
    got = surprisal(p)
    assert np.isclose(got, bits), (
        f"{got:.3f} bits for the probability {p}, and right is {bits}: one bit for each halving. "
        "(With the natural logarithm one halving is 0.693 nats. Is the sign right?)"
    )
### BEGIN HIDDEN TESTS
for p, bits in zip(SOME, SOME_BITS, strict=True):
    assert np.isclose(surprisal(p), bits), f"{surprisal(p):.4f} instead of {bits:.4f} bits for {p}"
### END HIDDEN TESTS

# %% grade_id="adds" points=2
both, dry, wet = surprisal(3 / 4 * 1 / 4), surprisal(3 / 4), surprisal(1 / 4)
assert np.isclose(both, dry + wet), (
    f"{both:.3f} for a dry day and then a wet one, but {dry:.3f} + {wet:.3f} one after the "
    "other: probabilities multiply, surprisals add"
)
### BEGIN HIDDEN TESTS
assert np.isclose(surprisal(1 / 2**3), 3 * surprisal(1 / 2)), (
    "three tosses cost three times one toss"
)
assert np.isclose(surprisal(0.1**2), 2 * surprisal(0.1)), "twice 0.1 costs twice as much"
### END HIDDEN TESTS

# %% grade_id="ends" points=2
assert surprisal(1) == 0, f"{surprisal(1)}: what is certain does not surprise"
assert surprisal(0) == np.inf, f"{surprisal(0)}: 'never' came, and that is np.inf. Do not clip p"
### BEGIN HIDDEN TESTS
assert np.isclose(surprisal(1e-300) / surprisal(0.1), 300), "1e-300 is three hundred factors of ten"
assert np.isclose(surprisal(0.1) / surprisal(0.001), 1 / 3), "0.001 is three factors of ten"
### END HIDDEN TESTS

# %% grade_id="array" points=1
assert np.shape(surprisal([1 / 2, 1 / 4])) == (2,), (
    "two outcomes have two surprisals: no sum, no mean"
)
### BEGIN HIDDEN TESTS
assert np.shape(surprisal(np.full((2, 3), 0.5))) == (2, 3), (
    "two rows of three stay two rows of three"
)
alone = [surprisal(p) for p in SOME]
assert np.allclose(surprisal(SOME), alone), "in an array an outcome costs what it costs alone"
### END HIDDEN TESTS

# %% grade_id="base" points=2
bits, nats = surprisal(0.2), surprisal(0.2, base=np.e)
assert not np.isclose(bits, nats), "base=np.e asks for nats, but the number is the same as in bits"
### BEGIN HIDDEN TESTS
assert np.isclose(nats / bits, np.log(2)), f"a bit is ln 2 = 0.693 nats, not {nats / bits:.3f}"
assert np.isclose(surprisal(1 / BASE, base=BASE), 1), "with base BASE the probability 1/BASE has 1"
### END HIDDEN TESTS

# %% grade_id="refused" points=2
assert refuses(surprisal, 1.2), (
    "1.2 was accepted: its surprisal would be negative. Raise a ValueError"
)
### BEGIN HIDDEN TESTS
assert refuses(surprisal, -0.2), "a negative probability was accepted"
assert refuses(surprisal, np.nan), "NaN was accepted: every comparison with NaN is false"
assert refuses(surprisal, [0.2, np.nan]), "an array with one NaN was accepted"
### END HIDDEN TESTS

# %% [markdown]
# ## A long row
#
# Write `row_surprisal(p, base=2)`: the surprisal of a whole row of independent outcomes, given
# their probabilities. It must work for very long rows, too.


# %% grade_id="row-surprisal"
### BEGIN SOLUTION
def row_surprisal(p, base=2):
    return surprisal(p, base).sum()


### END SOLUTION

# %% grade_id="row" points=2
got = row_surprisal([1 / 2, 1 / 8, 1 / 2])
assert np.isclose(got, 5), f"{got:.3f} bits: one, three and one are five"
### BEGIN HIDDEN TESTS
got = row_surprisal(ROW_OF_SHARES)
assert np.isclose(got, ROW_BITS), f"{got:.4f} instead of ROW_BITS bits for ROW_OF_SHARES"
### END HIDDEN TESTS

# %% grade_id="long-row" points=2
year = row_surprisal([1 / 2] * 1100)
assert np.isfinite(year), (
    "1,100 tosses of a coin: the product of so many halves is too small for the computer, which "
    "makes it zero. Take the surprisals first, and add them."
)
### BEGIN HIDDEN TESTS
assert np.isclose(row_surprisal([1 / 4] * 5000), 10000), "5,000 days of two bits each"
### END HIDDEN TESTS

# %% [markdown]
# ## In words
#
# "Event A has the probability 0.1, event B has 0.001. B is a hundred times less probable, so it
# is a hundred times as surprising." What is wrong with this, and what would be right? Use your
# function. Three or four sentences. (2 points, read by a human.)

# %% [markdown] grade_id="in-words" points=2
# ### BEGIN SOLUTION
# *One point:* surprisal is the logarithm: it counts factors. Dividing the probability by a
# hundred *adds* the same amount to the surprisal, it does not multiply it.
#
# *One point:* A is one factor of ten, B is three, so B has exactly three times the surprisal of
# A, in bits and in nats: the unit cancels.
# ### END SOLUTION
