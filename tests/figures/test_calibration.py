"""The figures of chapter 9: their readings are what they should be."""

from fractions import Fraction

import numpy as np
from numpy.testing import assert_allclose
from reading import columns, read

from xentlib.figures import calibration as figures

QUIET = {"the captain": (8, 1 / 3), "the fisher": (2, 1 / 9)}  # odds of dry that are said, came


def knob(who, temperature):
    odds, wet = QUIET[who]
    said = 1 / (1 + odds ** (1 / float(Fraction(temperature))))
    nats = -wet * np.log(said) - (1 - wet) * np.log(1 - said)
    return [said, 1 - said, nats, np.log(2), abs(said - wet)]


SAID = {
    "one-knob": knob,
}  # what its sentence must say, from what its controls say


def best(who):
    """The temperature with the lowest price, and with the smallest gap."""
    shown = columns(figures.one_knob())
    nats, gap = read(figures.one_knob(), "nats", "gap")
    mine = [name == who for name in shown["who"]]
    knobs = np.array(shown["knob"])[mine]
    return {knobs[nats[mine].argmin()], knobs[gap[mine].argmin()]}


def test_one_temperature_repairs_each_forecaster():
    assert best("the captain") == {"3"}
    assert best("the fisher") == {"1/3"}


def test_the_captain_pays_more_than_nothing_costs_and_repaired_she_pays_less():
    figure = figures.one_knob()
    nats = np.array(figure.readings["nats"], float)
    assert nats[3] > np.log(2) > nats[5]


def test_the_points_lie_on_the_diagonal_where_nothing_is_wasted():
    tables = figures.one_knob().tables
    waste = np.array(tables["paid"]) - tables["floor"]
    assert (waste >= 0).all()
    assert_allclose((waste == 0), tables["fits"])
    off = np.abs(np.array(tables["said"]) - tables["wet"]).max(axis=1)
    assert_allclose(off == 0, tables["fits"])


def test_a_bin_shows_what_was_said_and_how_often_it_was_right():
    said, right = np.array([0.5, 0.6, 0.8, 1.0]), np.array([0, 1, 1, 1])
    x, y = figures._binned(said, right)
    assert_allclose(x, [0.55, 0.8, 1])
    assert_allclose(y, [0.5, 1, 1])
