"""The figures of chapter 7: their readings are what they should be."""

import numpy as np
from numpy.testing import assert_allclose
from reading import read
from scipy.special import log_softmax, logsumexp, softmax

import xentlib
from xentlib.figures import softmax as figures
from xentlib.figures.harbour import SOUTH


def four(*points):
    weights = 2.0 ** np.array(points)
    shares = weights / weights.sum()
    return [*shares, xentlib.cross_entropy(SOUTH, shares, base=2)]


def walked(came, steps):
    label = np.eye(3)[["snake", "plane", "Jackson"].index(came)]
    z = np.log([0.4, 0.5, 0.1])
    for _ in range(int(steps)):
        z = z + label - softmax(z)
    q = softmax(z)
    return [*q, xentlib.cross_entropy(label, q), *(q - label)]


SAID = {
    "four-scores": four,
    "steps-on-the-triangle": walked,
}  # what its sentence must say, from what its controls say


def test_three_steps_from_the_plane_cost_less_and_less():
    came, nats = figures.steps_on_the_triangle(), []
    for steps in range(4):
        nats += [float(came.reading(1, steps).split("loss is ")[1][:4])]
    assert nats == [0.69, 0.36, 0.24, 0.17]


def test_the_gradients_sum_to_zero_and_the_path_stays_in_the_triangle():
    figure = figures.steps_on_the_triangle()
    slopes = np.sum(read(figure, "to_snake", "to_plane", "to_Jackson"), axis=0)
    assert_allclose(slopes, 0, atol=0.0151)
    x, y = (np.array(figure.tables[name]) for name in "xy")
    assert ((y / 2 <= x) & (x <= 1 - y / 2)).all()


def test_only_the_four_scores_of_the_south_cost_as_little_as_the_south():
    *scores, bits = read(figures.four_scores(), *(f"score_{w}" for w in figures.WEATHERS), "bits")
    assert bits.min() == 1.75
    best = np.array(scores)[:, bits == 1.75]
    assert_allclose(best - best[3], [[2] * 3, [1] * 3, [0] * 3, [0] * 3])


def test_the_columns_stand_below_the_fixed_cost_by_their_scores():
    figure = figures.four_scores()
    scores = np.array(read(figure, *(f"score_{w}" for w in figures.WEATHERS)))
    shares = np.array(read(figure, *figures.WEATHERS))
    heights = np.array(figure.tables["fixed"]) - scores
    assert_allclose(2.0**-heights, shares, atol=1e-3)


def test_the_fixed_cost_is_the_logarithm_of_the_sum_of_the_weights():
    z = np.random.default_rng(7).normal(0, 4, (50, 4))
    assert_allclose(figures.fixed_cost(z), logsumexp(z, axis=-1))
    assert_allclose(np.log(figures.softmax(z)), log_softmax(z, axis=-1))
