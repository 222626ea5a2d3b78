"""The figures of chapter 5: their readings are what they should be."""

import numpy as np
from numpy.testing import assert_allclose
from reading import PRINTED, read

import xentlib
from xentlib import binary_cross_entropy_with_logits
from xentlib.figures import binary_cross_entropy as figures


def pulls(y, z):
    q = 1 / (1 + np.exp(-z))
    bce, half = xentlib.binary_cross_entropy_with_logits(y, z), (q - y) ** 2 / 2
    return [y, z, bce, q - y, half, (q - y) * q * (1 - q), 1 / (q * (1 - q))]


SAID = {"logit-pulls": pulls}  # what its sentence must say, from what its controls say


def test_the_gradients_are_the_slopes_of_the_losses():
    figure = figures.logit_pulls()
    y, z, bce, half = read(figure, "y", "z", "bce", "half")
    slope, half_slope, times = read(figure, "bce_slope", "half_slope", "times")

    def squared(z):
        return (1 / (1 + np.exp(-z)) - y) ** 2 / 2

    h = 1e-5
    up, down = (binary_cross_entropy_with_logits(y, z + step) for step in (h, -h))
    assert_allclose(bce, binary_cross_entropy_with_logits(y, z), atol=PRINTED)
    assert_allclose(half, squared(z), atol=PRINTED)
    assert_allclose(slope, (up - down) / (2 * h), atol=6e-7)
    assert_allclose(half_slope, (squared(z + h) - squared(z - h)) / (2 * h), atol=6e-7)
    assert_allclose(times, 2 + np.exp(z) + np.exp(-z), rtol=5.01e-4)
