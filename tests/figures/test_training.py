"""The figures of chapter 8: their readings are what they should be."""

import numpy as np
from numpy.testing import assert_allclose
from reading import number, read

import xentlib
from xentlib.figures import training as figures

SOUTH, COUSIN = [1 / 2, 1 / 4, 1 / 8, 1 / 8], [1 / 2, 1 / 4, 1 / 4, 0]


def price(diary, readings):
    p, z = np.array({"h": SOUTH, "t": COUSIN}[diary[0]]), np.zeros(4)
    for _ in range(int(readings)):
        z += p - np.exp(z - np.logaddexp.reduce(z))
    return [xentlib.cross_entropy_with_logits(truth, z) for truth in (p, SOUTH)]


SAID = {
    "learning-forecaster": price,
}  # what its sentence must say, from what its controls say


def prices():
    return np.reshape(read(figures.learning_forecaster(), "costs", "tomorrow"), (2, 2, -1))


def test_both_start_at_the_price_of_knowing_nothing():
    assert_allclose(prices()[:, :, 0], np.log(4), atol=0.0051)


def test_her_price_falls_to_the_entropy_and_no_further():
    for costs in prices()[:, 0]:
        assert (np.diff(costs) <= 0).all()
        assert_allclose(costs[-1], xentlib.entropy(SOUTH), atol=0.0051)


def test_the_cousins_diary_becomes_cheaper_and_new_days_do_not():
    diary, new = prices()[:, 1]
    assert (np.diff(diary) <= 0).all()
    assert 0 < new.argmin() < 6
    assert new[-1] > np.log(4) + 0.3


def test_the_columns_are_the_prices_whose_area_is_said():
    figure = figures.learning_forecaster()
    said = [number(text) for text in figure.readings["tomorrow"]]
    assert_allclose(np.array(figure.tables["prices"]) @ SOUTH, said, atol=0.0101)
