# %%
import numpy as np

from course.problems import refuses, shares
from xentlib import entropy as oracle

# %%
SEED = [0, 0]

# %%
rng = np.random.default_rng(SEED)
IDEAL = rng.permutation([1, 2, 3, 4, 4]).tolist()
SHARES_ROW = " | ".join(f"1/{2**length}" for length in IDEAL)
WORDS = rng.permutation([2, 2, 2, 3, 3]).tolist()
WORDS_ROW = " | ".join(map(str, WORDS))
PRICE = float(np.dot(0.5 ** np.array(IDEAL), WORDS))
SOME = shares(rng, 5)
SOME_BITS = round(float(oracle(SOME, base=2)), 9)
MANY = [shares(rng, 4) for _ in range(6)]
MANY_BITS = oracle(MANY, base=2).round(9).tolist()
OUTCOMES = int(rng.integers(5, 12))
LENGTHS = rng.integers(1, 6, 4).tolist()
KRAFT = float(np.sum(0.5 ** np.array(LENGTHS)))

# %% [markdown]
# # Set 2: the floor of the price
#
# This set belongs to chapter 2. You compare a code book with its floor by hand, write `entropy`
# and the sum of Kraft's inequality, and answer one question in words. POINTS points.

# %% [markdown]
# ## By hand: a coast with fog
#
# A coast has five weathers. Its keeper uses words of two and three flashes:
#
# | | sun | cloud | rain | storm | fog |
# |---|---|---|---|---|---|
# | how often | SHARES_ROW |
# | flashes | WORDS_ROW |
#
# (a) What does an average day cost with these words? (b) What would it cost with the best
# words? (c) How much of the tree do the keeper's words take? Work with fractions, on paper.
#
# Put your answers, in this order, into `price`, `best_price` and `part_of_the_tree`.

# %% grade_id="by-hand"
### BEGIN SOLUTION
price = PRICE
best_price = 1.875
part_of_the_tree = 1
### END SOLUTION

# %% grade_id="by-hand-price" points=1
assert 2 <= price <= 3, f"{price}: all words have two or three flashes, so the average is between"
### BEGIN HIDDEN TESTS
assert np.isclose(price, PRICE), f"{price}: add share times flashes, in all PRICE"
### END HIDDEN TESTS

# %% grade_id="by-hand-best" points=1
assert best_price <= price, f"{best_price} is above {price}, but the best words cannot cost more"
### BEGIN HIDDEN TESTS
assert np.isclose(best_price, 1.875), (
    f"{best_price}: the best lengths are the numbers of halvings, IDEAL. Add share times length"
)
### END HIDDEN TESTS

# %% grade_id="by-hand-tree" points=1
assert 0 < part_of_the_tree <= 1, f"{part_of_the_tree}: there is only one tree"
### BEGIN HIDDEN TESTS
assert np.isclose(part_of_the_tree, 1), "three words take a quarter each, two take an eighth each"
### END HIDDEN TESTS

# %% [markdown]
# ## Entropy
#
# Write `entropy(p, base=2)`: the average surprisal of an outcome, if the outcomes have the
# shares `p`.
#
# - The last axis holds the outcomes. An array of shape (coasts, outcomes) gives one entropy for
#   each coast.
# - An outcome that never comes adds nothing.
# - Shares that are negative, above 1 or NaN, or that do not sum to 1, are a mistake of the
#   caller: raise a `ValueError`. Do not repair them.


# %% grade_id="entropy"
### BEGIN SOLUTION
def entropy(p, base=2):
    p = np.asarray(p, float)
    legal = (p >= 0) & (p <= 1)  # false for NaN, too
    if not (legal.all() and np.allclose(p.sum(-1), 1)):
        raise ValueError(f"{p} is not a distribution: normalise it first")
    return np.where(p > 0, p * np.log(1 / p), 0).sum(-1) / np.log(base)


### END SOLUTION

# %% grade_id="unit" points=3
south = [1 / 2, 1 / 4, 1 / 8, 1 / 8]
floor = entropy(south)
assert np.isclose(floor, 1.75), (
    f"{floor:.3f} bits for the south, and right is 1.75: one, two, three and three flashes. "
    "1.213 would be nats (the natural logarithm). 0.438 would be a mean over the four "
    "weathers: add them, the shares do the averaging. 2.25 would be the mean of the "
    "surprisals without shares."
)
### BEGIN HIDDEN TESTS
got = entropy(SOME)
assert np.isclose(got, SOME_BITS), f"{got:.4f} instead of {SOME_BITS:.4f} bits for SOME"
### END HIDDEN TESTS

# %% grade_id="dome" points=2
coin, harbour = entropy([1 / 2, 1 / 2]), entropy([3 / 4, 1 / 4])
assert harbour < coin, "a coin is harder to foresee than a day that is dry three times in four"
### BEGIN HIDDEN TESTS
assert np.isclose(harbour / coin, 0.8112781245), (
    f"{harbour / coin:.3f} of a coin, and right is 0.811"
)
equal = entropy(np.full(OUTCOMES, 1 / OUTCOMES))
assert np.isclose(equal / coin, np.log2(OUTCOMES)), (
    "OUTCOMES equal shares: the logarithm of OUTCOMES"
)
### END HIDDEN TESTS

# %% grade_id="zero" points=2
desert = entropy([1, 0, 0, 0])
assert not np.isnan(desert), (
    "NaN: 0 · log 0 is NaN for NumPy. A weather that never comes adds nothing: leave it out, for "
    "example with np.where."
)
### BEGIN HIDDEN TESTS
assert desert == 0, f"{desert}: where the sun always shines, nothing has to be sent"
half = entropy([1 / 2, 0, 1 / 2, 0])
assert np.isclose(half, entropy([1 / 2, 1 / 2])), "two weathers that never come change nothing"
### END HIDDEN TESTS

# %% grade_id="base" points=1
bits, nats = entropy(south), entropy(south, base=np.e)
assert not np.isclose(bits, nats), "base=np.e asks for nats, but the number is the same as in bits"
### BEGIN HIDDEN TESTS
assert np.isclose(nats / bits, np.log(2)), f"a bit is ln 2 = 0.693 nats, not {nats / bits:.3f}"
assert np.isclose(bits / entropy(south, base=4), 2), "base=4 has units of two bits"
### END HIDDEN TESTS

# %% grade_id="batch" points=2
two = np.shape(entropy([south, [1, 0, 0, 0]]))
assert two == (2,), (
    f"the shape is {two}: two coasts have two entropies, (2,). Add up along the last axis only "
    "(axis=-1). A mean or a sum over all cells mixes coasts and weathers."
)
### BEGIN HIDDEN TESTS
coasts = entropy(MANY)
assert np.allclose(coasts, [entropy(p) for p in MANY]), (
    "a coast in a batch costs what it costs alone"
)
assert np.shape(entropy([MANY] * 2)) == (2, 6), "three axes: (2, 6, 4) in, (2, 6) out"
### END HIDDEN TESTS

# %% grade_id="normalised" points=1
assert refuses(entropy, [0.9, 0.9]), (
    "(0.9, 0.9) was accepted. It sums to 1.8, so these are not the shares of anything: raise a "
    "ValueError, and let the caller find out why."
)
### BEGIN HIDDEN TESTS
assert refuses(entropy, [0.4, 0.4]), "shares that sum to less than 1 were accepted"
assert refuses(entropy, [10, 5, 2, 3]), "counts were accepted"
assert refuses(entropy, [[0.5, 0.5], [0.5, 0.6]]), "the second row sums to 1.1"
### END HIDDEN TESTS

# %% grade_id="illegal" points=1
assert refuses(entropy, [1.5, -0.5]), "(1.5, -0.5) sums to 1, but no share is negative or above 1"
### BEGIN HIDDEN TESTS
assert refuses(entropy, [np.nan, 1]), "NaN was accepted: every comparison with NaN is false"
### END HIDDEN TESTS

# %% [markdown]
# ## The budget
#
# Write `kraft_sum(lengths)`, the part of the tree that words of these lengths take, and
# `has_prefix_code(lengths)`: whether words of these lengths can form a prefix code.


# %% grade_id="kraft"
### BEGIN SOLUTION
def kraft_sum(lengths):
    return np.sum(2.0 ** -np.asarray(lengths))


def has_prefix_code(lengths):
    return bool(kraft_sum(lengths) <= 1)


### END SOLUTION

# %% grade_id="kraft-sum" points=2
got = kraft_sum([1, 2, 3, 3])
assert np.isclose(got, 1), f"{got}: 1/2 + 1/4 + 1/8 + 1/8 is one whole tree"
### BEGIN HIDDEN TESTS
got = kraft_sum(LENGTHS)
assert np.isclose(got, KRAFT), f"{got} instead of KRAFT for words of LENGTHS flashes"
### END HIDDEN TESTS

# %% grade_id="prefix-code" points=1
assert not has_prefix_code([1, 1, 2, 2]), "0, 1, 00, 01 would need one and a half trees"
### BEGIN HIDDEN TESTS
assert has_prefix_code([1, 2, 3, 3]), "0, 10, 110, 111 take the whole tree, and that is allowed"
assert has_prefix_code([2, 2, 3]), "a book need not use the whole tree"
assert not has_prefix_code([1, 2, 2, 3]), "1/2 + 1/4 + 1/4 is already everything"
### END HIDDEN TESTS

# %% [markdown]
# ## In words
#
# The ships only ask: dry (3/4) or wet (1/4)? "The entropy is 0.81 bits," says a colleague, "but
# no word is shorter than one flash. So the entropy is not a floor that anybody could reach."
# What do you answer? Three or four sentences. (2 points, read by a human.)

# %% [markdown] grade_id="in-words" points=2
# ### BEGIN SOLUTION
# *One point:* with one word for each day he is right that a day costs at least one flash; but one
# word can stand for two or more days, if the ships can wait, and then frequent rows such as
# dry, dry get short words: a day costs less than a flash.
#
# *One point:* no such book gets below the entropy (the floor of n days is n times the floor of
# one), but with enough days in a word the price comes as near to it as one likes.
# ### END SOLUTION
