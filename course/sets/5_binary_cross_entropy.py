# %%
import numpy as np

from course.problems import refuses
from xentlib import binary_cross_entropy as oracle
from xentlib import binary_cross_entropy_with_logits as from_logits

# %%
SEED = [0, 0]

# %%
rng = np.random.default_rng(SEED)
DRY = [5, 6, 7][sum(SEED) % 3]
WET = 8 - DRY
BELIEF = float(rng.permutation([1 / 4, 3 / 4])[0])
BELIEF_ROW = {1 / 4: "1/4", 3 / 4: "3/4"}[BELIEF]
NATS = round(float(oracle(DRY / 8, BELIEF)), 4)
COIN = round(float(np.log(2)), 4)
SOME_Y = rng.integers(0, 2, 6).tolist()
SOME_Q = (rng.integers(2, 99, 6) / 100).tolist()
SOME_NATS = oracle(SOME_Y, SOME_Q).round(9).tolist()
SOFT = int(rng.integers(2, 9)) / 10
SOFT_NATS = round(float(oracle(SOFT, 0.3)), 9)
SCORES = rng.uniform(-8, 8, 6).round(2).tolist()
SCORE_NATS = from_logits(SOME_Y, SCORES).round(9).tolist()

# %% [markdown]
# # Set 5: the price of a yes or no
#
# This set belongs to chapter 5. You work out a log loss by hand, write `sigmoid`,
# `binary_cross_entropy` and the loss straight from a score, and answer one question in words.
# From here on the unit is the nat. POINTS points.

# %% [markdown]
# ## By hand: eight days
#
# Of eight days in the harbour, DRY are dry and WET are wet. A forecaster always gives "dry" the
# share BELIEF_ROW. You need −ln (3/4) = 0.288 and −ln (1/4) = 1.386. (a) What does she pay for an
# average day, in nats? (b) What does somebody pay who always says one half? Three digits are
# enough.
#
# Put your answers, in this order, into `forecaster` and `coin`.

# %% grade_id="by-hand"
### BEGIN SOLUTION
forecaster = NATS
coin = COIN
### END SOLUTION

# %% grade_id="by-hand-forecaster" points=2
assert 0.288 <= forecaster <= 1.386, f"{forecaster}: an average of 0.288 and 1.386 is between them"
### BEGIN HIDDEN TESTS
assert np.isclose(forecaster, NATS, atol=2e-3), (
    f"{forecaster}: DRY days cost −ln of the share of dry, WET cost −ln of the rest, on "
    "average NATS"
)
### END HIDDEN TESTS

# %% grade_id="by-hand-coin" points=1
assert coin < 1, f"{coin} nats: one bit is less than one nat"
### BEGIN HIDDEN TESTS
assert np.isclose(coin, COIN, atol=2e-3), f"{coin}: one half costs ln 2 = 0.693 nats, every day"
### END HIDDEN TESTS

# %% [markdown]
# ## From a score to a share
#
# Write `sigmoid(z)`, for one score or an array of them. It must give no NaN for any finite
# score, and very small shares must not be rounded to zero too early: the share of the score
# −700 is about $10^{-304}$.


# %% grade_id="sigmoid"
### BEGIN SOLUTION
def sigmoid(z):
    z = np.asarray(z, float)
    small = np.exp(-np.abs(z))  # never overflows
    return np.where(z < 0, small, 1) / (1 + small)


### END SOLUTION

# %% grade_id="sigmoid-values" points=2
assert np.isclose(sigmoid(0), 1 / 2), f"{sigmoid(0)}: the score 0 prefers neither side"
assert np.isclose(sigmoid(np.log(9)), 0.9), "the score ln 9 means odds of nine to one"
### BEGIN HIDDEN TESTS
assert np.allclose(sigmoid(SCORES), 1 / (1 + np.exp(-np.array(SCORES)))), "SCORES: not the sigmoid"
assert np.allclose(sigmoid(SCORES) + sigmoid(-np.array(SCORES)), 1), "both sides share one belief"
### END HIDDEN TESTS

# %% grade_id="sigmoid-ends" points=2
for z in -1000, 1000:
    assert np.isfinite(sigmoid(z)), (
        f"{sigmoid(z)} for the score {z}: exp of a large number is infinite, and infinity by "
        "infinity is NaN. Take the exponential of −|z|."
    )
### BEGIN HIDDEN TESTS
assert sigmoid(1000) == 1 and sigmoid(-1000) == 0, "beyond all digits the share is 1, or 0"
assert np.isclose(sigmoid(-700) * 1e304, np.exp(-700) * 1e304), "the share of -700 was lost"
### END HIDDEN TESTS

# %% [markdown]
# ## The loss of a share
#
# Write `binary_cross_entropy(y, q, base=np.e)`. `y` says how often "yes" comes (for a label it
# is 0 or 1), `q` is the share that "yes" got.
#
# - Arrays give one loss for each example, in their shape. You take the mean yourself where you
#   want it.
# - A side that does not come adds nothing, even if its share is zero.
# - A side that comes and got the share zero costs `np.inf`.
# - What is not between 0 and 1, or NaN, in `y` or `q`, is a mistake of the caller: raise a
#   `ValueError`.


# %% grade_id="binary-cross-entropy"
### BEGIN SOLUTION
def binary_cross_entropy(y, q, base=np.e):
    y, q = np.asarray(y, float), np.asarray(q, float)
    for a in (y, q):
        if not np.all((a >= 0) & (a <= 1)):  # NaN fails this test, too
            raise ValueError(f"{a} holds something that is not a probability")
    yes = np.where(y > 0, -y * np.log(q), 0)
    no = np.where(y < 1, -(1 - y) * np.log1p(-q), 0)
    return (yes + no) / np.log(base)


### END SOLUTION

# %% grade_id="unit" points=2
y, q = np.array([1, 0, 0, 1]), np.array([0.9, 0.1, 0.2, 0.65])
mean = np.mean(binary_cross_entropy(y, q))
assert np.isclose(mean, 0.216162, atol=1e-6), (
    f"{mean:.4f} for the four mails, and right is 0.216 nats. (0.312 would be bits: this time "
    "it is the natural logarithm. A much larger number, 1.82, comes if both sides are "
    "exchanged.)"
)
### BEGIN HIDDEN TESTS
half = np.mean(binary_cross_entropy([1], [0.5]))
assert np.isclose(half, np.log(2)), f"one half costs ln 2 = 0.693 nats, not {half:.4f}"
### END HIDDEN TESTS

# %% grade_id="sides" points=2
right, wrong = binary_cross_entropy(1, 0.9), binary_cross_entropy(0, 0.9)
assert np.isfinite(right) and right < wrong, (
    f"{right:.3f} for a spam mail that got 0.9, {wrong:.3f} for a ham mail: the first must "
    "cost less. (If one is infinite, label and share have been exchanged.)"
)
### BEGIN HIDDEN TESTS
unit = np.mean(binary_cross_entropy([1], [0.5])) / np.log(2)
mine = [loss / unit for loss in map(binary_cross_entropy, SOME_Y, SOME_Q)]
assert np.allclose(mine, SOME_NATS), f"{mine} instead of SOME_NATS for y = SOME_Y and q = SOME_Q"
soft = binary_cross_entropy(SOFT, 0.3) / unit
assert np.isclose(soft, SOFT_NATS), (
    f"{soft} instead of SOFT_NATS for a soft label: y = SOFT, q = 0.3"
)
### END HIDDEN TESTS

# %% grade_id="zero" points=2
sure = binary_cross_entropy(1, 1), binary_cross_entropy(0, 0)
assert not np.isnan(sure).any(), (
    "NaN for a filter that is certain and right: 0 · log 0 is NaN for NumPy. The side that "
    "does not come adds nothing: leave it out, for example with np.where."
)
### BEGIN HIDDEN TESTS
assert np.allclose(sure, 0), f"{sure}: who is certain and right pays nothing"
assert binary_cross_entropy(0, 1) == np.inf, "certain and wrong costs infinitely much: do not clip"
assert binary_cross_entropy(0.5, 0) == np.inf, "yes comes on half of the days, and got nothing"
### END HIDDEN TESTS

# %% grade_id="base" points=1
nats, bits = np.mean(binary_cross_entropy(y, q)), np.mean(binary_cross_entropy(y, q, base=2))
assert not np.isclose(nats, bits), "base=2 asks for bits, but the number is the same as in nats"
### BEGIN HIDDEN TESTS
assert np.isclose(nats / bits, np.log(2)), f"a bit is ln 2 = 0.693 nats, not {nats / bits:.3f}"
### END HIDDEN TESTS

# %% grade_id="batch" points=2
four = np.shape(binary_cross_entropy(y, q))
assert four == (4,), (
    f"the shape is {four}: four mails have four losses, (4,). A mean inside the function hides"
    " which mail was expensive."
)
### BEGIN HIDDEN TESTS
losses = binary_cross_entropy(y.reshape(2, 2), q.reshape(2, 2))
assert np.shape(losses) == (2, 2), "two rows of two labels keep their shape"
alone = list(map(binary_cross_entropy, y, q))
assert np.allclose(np.ravel(losses), alone), (
    "a mail in a batch costs as much as the same mail alone"
)
### END HIDDEN TESTS

# %% grade_id="refused" points=2
assert refuses(binary_cross_entropy, 1, 1.8), (
    "q = 1.8 was accepted, and costs less than nothing: nobody has more than one whole belief. "
    "Is it a score? Then it must go through the sigmoid first. Raise a ValueError."
)
### BEGIN HIDDEN TESTS
assert refuses(binary_cross_entropy, 1, -0.5), "a negative share was accepted"
assert refuses(binary_cross_entropy, 0, np.nan), "NaN in q was accepted"
assert refuses(binary_cross_entropy, np.nan, 0.5), "NaN in y was accepted"
assert refuses(binary_cross_entropy, -1, 0.5), (
    "the label -1 was accepted: here the labels are 0 and 1"
)
### END HIDDEN TESTS

# %% [markdown]
# ## Straight from the score
#
# Write `loss_from_score(y, z)`: the same loss in nats, but from the score `z`, and right for
# every finite score. Do not go by way of the share.


# %% grade_id="from-score"
### BEGIN SOLUTION
def loss_from_score(y, z):
    y, z = np.asarray(y), np.asarray(z, float)
    return np.maximum(z, 0) - y * z + np.log1p(np.exp(-np.abs(z)))


### END SOLUTION

# %% grade_id="score-values" points=2
assert np.isclose(loss_from_score(1, 0), np.log(2)), "the score 0 costs ln 2, whatever comes"
assert np.isclose(loss_from_score(1, np.log(9)), -np.log(0.9)), "the score of mail 1: 0.105 nats"
### BEGIN HIDDEN TESTS
got = loss_from_score(np.array(SOME_Y), np.array(SCORES))
assert np.allclose(got, SCORE_NATS), f"{got} instead of SCORE_NATS for y = SOME_Y and z = SCORES"
### END HIDDEN TESTS

# %% grade_id="score-wrong" points=2
fifth = loss_from_score(0, 40)
assert np.isclose(fifth, 40), (
    f"{fifth} for the fifth mail: ham, with the score 40, costs 40 nats. By way of the share "
    "it is infinite, because the share is rounded to 1."
)
### BEGIN HIDDEN TESTS
for y_far, z_far in (0, 1000), (1, -1000):
    far = loss_from_score(y_far, z_far)
    assert np.isclose(far, 1000), f"{far} for a wrong score of 1000: exp(1000) is too large"
### END HIDDEN TESTS

# %% grade_id="score-right" points=1
tiny = loss_from_score(1, 40)
assert tiny > 0, (
    "0 for a spam mail with the score 40: it is very little, but not nothing. 1 + 4e-18 is "
    "rounded to 1, so take np.log1p(x) for the logarithm of 1 + x."
)
### BEGIN HIDDEN TESTS
assert np.isclose(tiny / np.exp(-40), 1), f"{tiny} instead of {np.exp(-40)}"
assert loss_from_score(1, 1000) == 0, "beyond all digits it is 0, without NaN"
### END HIDDEN TESTS

# %% [markdown]
# ## In words
#
# A filter's log loss on a thousand mails is `inf`. One colleague wants to clip all shares at
# one in a million; another wants to drop the mail. What do you find out first, and what do you
# do then? Three or four sentences. (2 points, read by a human.)

# %% [markdown] grade_id="in-words" points=2
# ### BEGIN SOLUTION
# *One point:* find the mail and its score. Infinity means that the true side got the share 0.
# If the score is finite, rounding made the 0: then it is a bug, and the cure is to compute the
# loss from the score.
#
# *One point:* if the model really said "never", the price is right: the model has to be mended
# (for example smoothed), not the number. Clipping only invents a price that depends on the
# clip, and dropping the mail hides the worst mistake.
# ### END SOLUTION
