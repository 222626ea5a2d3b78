"""The figures of chapter 6: their readings are what they should be."""

from fractions import Fraction
from itertools import product

import numpy as np
from numpy.testing import assert_allclose
from reading import read
from scipy.stats import norm

import xentlib
from xentlib.figures import densities as figures


def bell(x, mean, sd):
    q = np.exp(-(((x - mean) / sd) ** 2) / 2)
    return q / q.sum()


def area(mean, sd):
    x = np.linspace(-16, 16, 6401)
    p, q, strip = bell(x, 0, 1), bell(x, mean, sd), np.log(x[1] - x[0])
    whole, floor = xentlib.cross_entropy(p, q) + strip, xentlib.entropy(p) + strip
    return [whole, floor, xentlib.kl_divergence(p, q)]


def level(moved, lines):
    width = float(Fraction(lines))
    lines = np.arange(-6, 6 + width, width)
    p, q = (np.diff(norm.cdf(lines, mean)) for mean in (0, moved))
    bits = p @ -np.log2(q)
    return [bits, bits - p @ -np.log2(p)]


SAID = {
    "finer-lines": level,
    "two-bells": area,
}  # what its sentence must say, from what its controls say


def test_each_halving_of_the_lines_costs_at_most_one_bit_more():
    bits, waste = read(figures.finer_lines(), "bits", "waste")
    fitting = bits.reshape(-1, 6)[0]
    assert_allclose(fitting, [1.27, 2.10, 3.06, 4.05, 5.05, 6.05])
    assert np.diff(fitting).max() <= 1
    assert not waste.reshape(-1, 6)[0].any()


def test_the_waste_of_a_moved_book_does_not_grow_without_end():
    _, waste = read(figures.finer_lines(), "bits", "waste")
    limit = figures.MOVED**2 / 2 / np.log(2)
    assert_allclose(waste.reshape(-1, 6)[:, -1], limit, atol=0.0151)
    assert (waste.reshape(-1, 6) <= limit[:, None] + 0.0051).all()


def test_the_columns_are_the_shares_between_two_lines():
    tables = figures.finer_lines().tables
    for k, width in enumerate(figures.LINES.values()):
        lines = np.arange(-4, 4 + width, width)
        assert_allclose(tables["edges"][k], norm.cdf(lines), atol=5.01e-5)
        for j, moved in enumerate(figures.MOVED):
            bits = -np.log2(np.diff(norm.cdf(lines, moved)))
            drawn = tables["heights"][j * len(figures.LINES) + k]
            assert_allclose(drawn, np.minimum(bits, figures.TALL), atol=5.01e-3)


def test_the_area_under_the_two_bells_is_the_closed_form():
    mean, sd, nats, waste = read(figures.two_bells(), "mean", "sd", "nats", "waste")
    area = np.log(sd * np.sqrt(2 * np.pi)) + (1 + mean**2) / (2 * sd**2)
    assert_allclose(nats, area, atol=0.0051)
    assert_allclose(waste, area - np.log(2 * np.pi * np.e) / 2, atol=0.0051)
    assert waste.min() == waste[(mean == 0) & (sd == 1)] == 0


def test_the_filled_curve_is_minus_p_ln_q_on_both_sides():
    figure = figures.two_bells()
    x = np.arange(-20, 21) / 5
    for mean, sd in product((0, 0.5, 2), range(8)):
        width = 0.75 + sd / 4
        curve = -norm.pdf(x) * norm.logpdf(x, mean, width)
        assert_allclose(figure.tables["area"][round(mean * 4) * 8 + sd], curve, atol=5.01e-4)
        mirrored = -norm.pdf(x) * norm.logpdf(x, -mean, width)
        assert_allclose(mirrored[::-1], curve, atol=1e-12)


def test_the_dark_strip_is_about_as_large_as_the_share_between_its_lines():
    assert "0.4 per metre high, 1/8 m wide, so its share is about 0.05" in repr(
        figures.strip_of_the_bell("1/8")
    )
    dark = figures.strip_of_the_bell("1/8").figure.axes[0].patches[-1]
    assert_allclose(dark.get_x(), 0, atol=1e-12)
    assert_allclose(dark.get_height() * dark.get_width(), norm.cdf(1 / 8) - 0.5, rtol=1e-3)


def test_the_columns_of_the_dock_go_down_from_the_slab_to_the_price_of_its_message():
    said = repr(figures.dock("1/8"))
    assert "what stays: −1 bit" in said and "the slab: 3 bits" in said
    slab, *parts = figures.dock("1/8").figure.axes[0].patches[:5]
    assert slab.get_height() == -np.log2(1 / 8)
    message = xentlib.entropy([1 / 4] * 4, base=2)
    assert_allclose([slab.get_height() + p.get_height() for p in parts], message)
    assert [p.get_y() for p in parts] == [slab.get_height()] * 4


def test_another_unit_moves_the_slab_and_what_stays_but_no_message_and_no_waste():
    metres, centimetres = (axes.patches for axes in figures.units().figure.axes)
    shift = [c.get_height() - m.get_height() for m, c in zip(metres, centimetres, strict=True)]
    assert_allclose(shift, np.log2(100) * np.array([-1, 1, 1, 0]), atol=1e-9)
    for slab, right, stranger, waste in (metres, centimetres):
        messages = [slab.get_height() + book.get_height() for book in (right, stranger)]
        assert_allclose(messages, np.log2([4, 16 * 8]))
        assert_allclose(waste.get_height(), np.diff(messages)[0])


def test_on_the_base_stands_half_the_squared_error():
    said = repr(figures.parabola([0, 1, -1, 2]))
    assert f"the base: {-norm.logpdf(0):.2f}; + 0; + 0.5; + 2; " in said
    _, price = figures.parabola([2]).figure.axes
    assert_allclose(price.lines[2].get_ydata()[1], -norm.logpdf(2))


def test_the_moving_bells_start_where_no_height_looks_like_an_area():
    figure = figures.two_bells()
    x = np.linspace(-6, 6, 2401)
    top = (-norm.pdf(x) * norm.logpdf(x, 1)).max()
    assert figure.reading() == (
        "The area is 1.92 nats: the floor, 1.42 nats, and 0.50 nats of waste."
    )
    assert min(abs(top - np.array([1.92, 1.42, 0.5]))) > 0.2
