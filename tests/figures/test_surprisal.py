"""The figures of chapter 1: their readings are what they should be."""

import numpy as np
from numpy.testing import assert_allclose
from reading import read

import xentlib
from xentlib.figures import surprisal as figures


def halving(k):
    return [2.0**-k, xentlib.surprisal(2.0**-k, base=2)]


SAID = {"halvings": halving}  # what its sentence must say, from what its controls say


def test_each_halving_adds_one_bit_and_the_ends_are_0_and_infinity():
    p, bits = read(figures.halvings(), "p", "bits")
    assert_allclose(bits[:-1], np.arange(21) / 4)
    assert_allclose(p[:-1], 2.0 ** -bits[:-1], rtol=5.01e-4)
    assert (p[0], bits[0], p[-1], bits[-1]) == (1, 0, 0, np.inf)


def test_the_column_is_as_wide_and_as_high_as_it_says():
    figure = figures.halvings()
    k = np.arange(21) / 4
    assert_allclose(figure.tables["p_drawn"], [*2.0**-k, 0], atol=5.01e-6)
    assert_allclose(figure.tables["bits_drawn"][:-1], k)
    assert figure.tables["bits_drawn"][-1] == 6  # leaves the frame
