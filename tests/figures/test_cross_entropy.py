"""The figures of chapter 3: their readings are what they should be."""

from itertools import product

import numpy as np
from numpy.testing import assert_allclose
from reading import read
from scipy.stats import norm

import xentlib
from xentlib.figures import cross_entropy as figures
from xentlib.figures.harbour import NORTH, SOUTH


def bell(x, mean, sd):
    q = np.exp(-(((x - mean) / sd) ** 2) / 2)
    return q / q.sum()


def area(mean, sd):
    x = np.linspace(-16, 16, 6401)
    p, q, strip = bell(x, 0, 1), bell(x, mean, sd), np.log(x[1] - x[0])
    whole, floor = xentlib.cross_entropy(p, q) + strip, xentlib.entropy(p) + strip
    return [whole, floor, xentlib.kl_divergence(p, q)]


def price(weather, book):
    p = {"in the south": SOUTH, "in the north": NORTH}[weather]
    books = {"southern": SOUTH, "knows nothing": [1 / 4] * 4, "northern": NORTH}
    q = books.get(book, [1 / 2, 1 / 4, 1 / 4, 0])
    return [*xentlib.surprisal(q, base=2), xentlib.cross_entropy(p, q, base=2)]


SAID = {
    "two-bells": area,
    "price-area": price,
}  # what its sentence must say, from what its controls say


def test_the_area_under_the_two_bells_is_the_closed_form():
    mean, sd, nats, gap = read(figures.two_bells(), "mean", "sd", "nats", "gap")
    area = np.log(sd * np.sqrt(2 * np.pi)) + (1 + mean**2) / (2 * sd**2)
    assert_allclose(nats, area, atol=0.0051)
    assert_allclose(gap, area - np.log(2 * np.pi * np.e) / 2, atol=0.0051)
    assert gap.min() == gap[(mean == 0) & (sd == 1)] == 0


def test_the_filled_curve_is_minus_p_ln_q_on_both_sides():
    figure = figures.two_bells()
    x = np.arange(-20, 21) / 5
    for mean, sd in product((0, 0.5, 2), range(8)):
        width = 0.75 + sd / 4
        curve = -norm.pdf(x) * norm.logpdf(x, mean, width)
        assert_allclose(figure.tables["area"][round(mean * 4) * 8 + sd], curve, atol=5.01e-4)
        mirrored = -norm.pdf(x) * norm.logpdf(x, -mean, width)
        assert_allclose(mirrored[::-1], curve, atol=1e-12)


def test_the_prices_of_the_harbour_are_those_that_fit_in_the_head():
    figure = figures.price_area()
    prices = ["1.75", "2", "2.25", "∞", "2.375", "2", "1.75", "∞"]
    assert figure.readings["bits"] == prices
