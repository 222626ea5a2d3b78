"""The figures of chapter 1: their readings are what they should be."""

import numpy as np
from numpy.testing import assert_allclose
from reading import PRINTED, read

import xentlib
from xentlib.figures import surprisal as figures


def halving(k):
    p = 2.0**-k
    inverse = 1 / p if p else np.inf
    return [p, xentlib.surprisal(p, base=2), xentlib.surprisal(p), 1, inverse]


SAID = {"halvings": halving}  # what its sentence must say, from what its controls say


def test_each_halving_adds_one_bit_and_the_ends_are_0_and_infinity():
    p, inverse, bits, nats = read(figures.halvings(), "p", "inverse", "bits", "nats")
    assert_allclose(bits[:-1], np.arange(21) / 2)
    assert_allclose(p[:-1], 2.0 ** -bits[:-1], atol=5.01e-7)
    assert_allclose(inverse[:-1], 2.0 ** bits[:-1], atol=PRINTED)
    assert_allclose(nats[:-1], bits[:-1] * np.log(2), atol=PRINTED)
    assert (p[0], bits[0], p[-1]) == (1, 0, 0)
    assert (inverse[-1], bits[-1], nats[-1]) == (np.inf, np.inf, np.inf)
