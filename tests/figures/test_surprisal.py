"""The figures of chapter 1: their readings are what they should be."""

from fractions import Fraction

import numpy as np
from numpy.testing import assert_allclose
from reading import columns

import xentlib
from xentlib.figures import surprisal as figures


def halving(flashes):
    """How many such columns make the whole chart (at the end none does), and the price."""
    return [2.0**flashes if np.isfinite(flashes) else 0, flashes]


SAID = {"halvings": halving}  # what its sentence must say, from what its controls say


def test_each_flash_costs_one_bit_and_the_ends_are_0_and_infinity():
    figure = figures.halvings()
    p = [float(Fraction(text)) for text in columns(figure)["p"]]
    bits = [float(text.split()[0].replace("∞", "inf")) for text in columns(figure)["price"]]
    assert_allclose(bits, xentlib.surprisal(p, base=2))
    assert (p[0], bits[0], p[-1], bits[-1]) == (1, 0, 0, np.inf)


def test_twenty_flashes_leave_one_square_of_the_chart():
    said = columns(figures.halvings())["squares"]
    left = [int(text.split()[0].replace(",", "")) for text in said[:-1]]
    assert left == [1024 * 1024 // 2**flashes for flashes in range(21)]
    assert (said[20], said[21]) == ("1 square", "No square")


def test_the_column_is_as_wide_and_as_high_as_it_says():
    figure = figures.halvings()
    k = np.arange(21)
    assert_allclose(figure.tables["p_drawn"], [*2.0**-k, 0], atol=5.01e-8)
    assert_allclose(figure.tables["bits_drawn"][:-1], k)
    assert figure.tables["bits_drawn"][-1] > 20  # leaves the frame
