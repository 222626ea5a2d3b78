"""The figures of chapter 5: their readings are what they should be."""

import numpy as np
from numpy.testing import assert_allclose
from reading import PRINTED, read

import xentlib
from xentlib import binary_cross_entropy_with_logits
from xentlib.figures import binary_cross_entropy as figures

TWO_DECIMALS, THREE_DECIMALS = 0.5000001e-2, 0.5000001e-3


def prices(q):
    dry, wet = xentlib.surprisal([q, 1 - q], base=2)
    return [q, 1 - q, dry, wet, xentlib.cross_entropy([3 / 4, 1 / 4], [q, 1 - q], base=2)]


def pulls(y, z):
    q = 1 / (1 + np.exp(-z))
    bce, half = xentlib.binary_cross_entropy_with_logits(y, z), (q - y) ** 2 / 2
    return [y, z, bce, q - y, half, (q - y) * q * (1 - q), 1 / (q * (1 - q))]


SAID = {  # what their sentences must say, from what their controls say
    "dry-or-wet": prices,
    "logit-pulls": pulls,
}


def test_dry_or_wet_costs_least_at_the_truth_and_infinitely_much_at_both_ends():
    q, rest, dry, wet, bits = read(figures.dry_or_wet(), "q", "rest", "dry", "wet", "bits")
    assert_allclose(q + rest, 1)
    with np.errstate(divide="ignore"):
        assert_allclose(dry, -np.log2(q), atol=TWO_DECIMALS)
        assert_allclose(wet, -np.log2(rest), atol=TWO_DECIMALS)
    assert_allclose(bits[[0, -1]], np.inf)
    assert q[bits.argmin()] == 3 / 4
    assert_allclose(bits[1:-1], (3 * dry + wet)[1:-1] / 4, atol=2 * TWO_DECIMALS)


def test_the_drawn_heights_are_the_prices():
    figure = figures.dry_or_wet()
    q = np.arange(1, 20) / 20
    heights = -np.log2(np.stack([q, 1 - q], axis=-1))
    assert_allclose(figure.tables["heights"][1:-1], heights, atol=5.01e-4)
    assert_allclose(figure.tables["average"][1:-1], heights @ [3 / 4, 1 / 4], atol=5.01e-4)
    assert [k for k, own in enumerate(figure.tables["own"]) if own] == [15]


def test_the_slopes_are_those_of_the_losses():
    figure = figures.logit_pulls()
    y, z, bce, half = read(figure, "y", "z", "bce", "half")
    slope, half_slope, times = read(figure, "bce_slope", "half_slope", "times")

    def squared(z):
        return (1 / (1 + np.exp(-z)) - y) ** 2 / 2

    h = 1e-5
    up, down = (binary_cross_entropy_with_logits(y, z + step) for step in (h, -h))
    assert_allclose(bce, binary_cross_entropy_with_logits(y, z), atol=THREE_DECIMALS)
    assert_allclose(half, squared(z), atol=THREE_DECIMALS)
    assert_allclose(slope, (up - down) / (2 * h), atol=PRINTED + 1e-9)
    assert_allclose(half_slope, (squared(z + h) - squared(z - h)) / (2 * h), atol=PRINTED + 1e-9)
    assert_allclose(times, 2 + np.exp(z) + np.exp(-z), rtol=5.01e-4)


def test_the_arrows_are_four_times_as_long_as_the_slopes():
    figure = figures.logit_pulls()
    y, z = read(figure, "y", "z")
    q = 1 / (1 + np.exp(-z))
    assert_allclose(figure.tables["bce_tip"], z - 4 * (q - y), atol=5.01e-4)
    assert_allclose(figure.tables["half_tip"], z - 4 * (q - y) * q * (1 - q), atol=5.01e-4)
