"""What Hypothesis draws: distributions and logits, tame and wild."""

import numpy as np
from hypothesis import settings
from hypothesis import strategies as st

settings.register_profile("repeatable", derandomize=True, deadline=None, max_examples=40)
settings.load_profile("repeatable")

bases = st.sampled_from([2, np.e, 10, 1.5, 1e6])
probabilities = st.floats(0, 1)
binary_logits = st.floats(-1e308, 1e308) | st.floats(-800, 800)
shuffles = st.randoms(use_true_random=False)


def distributions(k, zeros=True):
    """One distribution over k outcomes: weights over 300 orders of magnitude, then normalised."""
    weight = st.floats(1e-300, 1) | st.floats(0.1, 1)
    if zeros:
        weight = weight | st.just(0.0)
    rows = st.lists(weight, min_size=k, max_size=k).filter(lambda row: max(row) > 1e-3)
    return rows.map(lambda row: np.array(row) / np.sum(row))


def pairs(zeros=True):
    """Two distributions over the same outcomes: unrelated, or a hair apart."""

    def pair(k):
        far = st.tuples(distributions(k, zeros), distributions(k, zeros))
        return far | st.tuples(far, st.sampled_from([1e-3, 1e-9, 1e-15, 0.0])).map(bring_together)

    return st.integers(1, 9).flatmap(pair)


def bring_together(drawn):
    (p, q), step = drawn
    near = (1 - step) * p + step * q
    return p, near / near.sum()


def logits(k):
    """k logits, of which some are huge and all but the first may be masked."""
    finite = st.floats(-1e308, 1e308) | st.floats(-50, 50)
    rest = st.lists(finite | st.just(-np.inf), min_size=k - 1, max_size=k - 1)
    return st.tuples(finite, rest).map(lambda drawn: np.array([drawn[0], *drawn[1]]))
