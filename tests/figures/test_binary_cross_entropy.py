"""The figures of chapter 5: their readings are what they should be."""

import numpy as np
from numpy.testing import assert_allclose
from reading import PRINTED, read

import xentlib
from xentlib import binary_cross_entropy_with_logits
from xentlib.figures import binary_cross_entropy as figures

TWO_DECIMALS, THREE_DECIMALS = 0.5000001e-2, 0.5000001e-3


def prices(q):
    spam, ham = xentlib.surprisal([q, 1 - q], base=2)
    return [q, 1 - q, spam, ham, xentlib.cross_entropy([3 / 4, 1 / 4], [q, 1 - q], base=2)]


def pulls(y, z):
    q = 1 / (1 + np.exp(-z))
    bce, squared = xentlib.binary_cross_entropy_with_logits(y, z), (q - y) ** 2
    return [y, z, bce, q - y, squared, 2 * (q - y) * q * (1 - q), 1 / (2 * q * (1 - q))]


SAID = {  # what their sentences must say, from what their controls say
    "spam-or-ham": prices,
    "logit-pulls": pulls,
}


def test_a_mail_costs_least_at_the_truth_and_infinitely_much_at_both_ends():
    q, rest, spam, ham, bits = read(figures.spam_or_ham(), "q", "rest", "spam", "ham", "bits")
    assert_allclose(q + rest, 1)
    with np.errstate(divide="ignore"):
        assert_allclose(spam, -np.log2(q), atol=TWO_DECIMALS)
        assert_allclose(ham, -np.log2(rest), atol=TWO_DECIMALS)
    assert_allclose(bits[[0, -1]], np.inf)
    assert q[bits.argmin()] == 3 / 4
    assert_allclose(bits[1:-1], (3 * spam + ham)[1:-1] / 4, atol=2 * TWO_DECIMALS)


def test_the_drawn_heights_are_the_prices():
    figure = figures.spam_or_ham()
    q = np.arange(1, 20) / 20
    heights = -np.log2(np.stack([q, 1 - q], axis=-1))
    assert_allclose(figure.tables["heights"][1:-1], heights, atol=5.01e-4)
    assert_allclose(figure.tables["average"][1:-1], heights @ [3 / 4, 1 / 4], atol=5.01e-4)
    assert [k for k, own in enumerate(figure.tables["own"]) if own] == [15]


def test_the_slopes_are_those_of_the_losses():
    figure = figures.logit_pulls()
    y, z, bce, squared = read(figure, "y", "z", "bce", "squared")
    slope, squared_slope, times = read(figure, "bce_slope", "squared_slope", "times")

    def square(z):
        return (1 / (1 + np.exp(-z)) - y) ** 2

    h = 1e-5
    up, down = (binary_cross_entropy_with_logits(y, z + step) for step in (h, -h))
    assert_allclose(bce, binary_cross_entropy_with_logits(y, z), atol=THREE_DECIMALS)
    assert_allclose(squared, square(z), atol=THREE_DECIMALS)
    assert_allclose(slope, (up - down) / (2 * h), atol=PRINTED + 1e-9)
    assert_allclose(squared_slope, (square(z + h) - square(z - h)) / (2 * h), atol=PRINTED + 1e-9)
    true = 1 + np.cosh(z)
    assert_allclose(times, true, atol=0.5000001, rtol=0)
    assert_allclose(times[true < 10], true[true < 10], atol=0.05000001, rtol=0)
    assert_allclose(slope / squared_slope, true, rtol=0.006)  # as a reader divides them


def test_the_arrows_are_four_times_as_long_as_the_slopes():
    figure = figures.logit_pulls()
    y, z = read(figure, "y", "z")
    q = 1 / (1 + np.exp(-z))
    assert_allclose(figure.tables["bce_tip"], z - 4 * (q - y), atol=5.01e-4)
    assert_allclose(figure.tables["squared_tip"], z - 8 * (q - y) * q * (1 - q), atol=5.01e-4)
