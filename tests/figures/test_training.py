"""The figures of chapter 8, and the race of two losses that it reads."""

import numpy as np
import pytest
from numpy.testing import assert_allclose
from reading import number, read

import xentlib
from benchmarks import training as race
from xentlib.datasets import measurements
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


# The race that was run in advance


PRICES = {
    "cross-entropy": lambda q, p: -np.sum(p * np.log(q)),
    "squared error": lambda q, p: np.sum((q - p) ** 2) / 2,
}


@pytest.mark.parametrize("loss", PRICES)
def test_each_slope_of_the_race_is_that_of_its_loss(loss):
    z, p, small = np.array([[1.0, -2.0, 0.5]]), np.array([[0.0, 1.0, 0.0]]), 1e-6
    slope = race.GRADIENTS[loss](race.softmax(z), p)[0]
    for k, nudge in enumerate(small * np.eye(3)):
        rise = PRICES[loss](race.softmax(z + nudge), p) - PRICES[loss](race.softmax(z - nudge), p)
        assert_allclose(slope[k], rise / (2 * small), atol=1e-8)


@pytest.mark.parametrize("loss", race.GRADIENTS)
def test_a_run_comes_out_as_it_is_stored(loss):
    data, place = race.split(0), {"start": "misled", "loss": loss, "rate": 8}
    (stored,) = (r for r in measurements("training")["runs"] if place.items() <= r.items())
    now = race.train(data, race.GRADIENTS[loss], 8, race.misled(data))
    for name, value in now.items():
        assert (value is None) == (stored[name][0] is None)
        assert value is None or abs(value - stored[name][0]) <= (2 if "steps" in name else 0.005)


def test_a_rate_is_chosen_without_the_test_pictures():
    runs = {
        ("blind", "loss", rate): {
            "validation accuracy": [float(rate == 2)] * race.SEEDS,
            "test accuracy": [float(rate == 4)] * race.SEEDS,
            "validation steps": [None if rate == 2 else rate] * race.SEEDS,
            "test steps": [9 - rate] * race.SEEDS,
        }
        for rate in race.RATES
    }
    found = race.tuned(runs, "blind", "loss")
    assert set(found["rate for accuracy"]) == {2} and set(found["accuracy"]) == {0.0}
    assert set(found["rate for steps"]) == {0.5} and set(found["steps"]) == {8.5}
