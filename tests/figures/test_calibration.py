"""The figures of chapter 9: their readings are what they should be."""

import numpy as np
from numpy.testing import assert_allclose
from reading import columns, read

from xentlib.figures import calibration as figures

ODDS, WET = 8, 1 / 3  # of dry, as she says before a dry day; how often it was wet


def knob(temperature):
    said = 1 / (1 + ODDS ** (1 / float(temperature)))
    nats = -WET * np.log(said) - (1 - WET) * np.log(1 - said)
    return [said, 1 - said, nats, np.log(2)]


SAID = {
    "one-knob": knob,
}  # what its sentence must say, from what its controls say


def test_one_temperature_repairs_the_captain():
    figure = figures.one_knob()
    (nats,) = read(figure, "nats")
    fits = figure.tables["fits"]
    assert [t for t, fit in zip(columns(figure)["knob"], fits, strict=True) if fit] == ["3"]
    assert fits[nats.argmin()]


def test_the_captain_pays_more_than_nothing_costs_and_repaired_she_pays_less():
    figure = figures.one_knob()
    nats = dict(zip(columns(figure)["knob"], read(figure, "nats")[0], strict=True))
    assert nats["1"] > np.log(2) > nats["3"]


def test_the_points_lie_on_the_diagonal_where_nothing_is_wasted():
    tables = figures.one_knob().tables
    waste = np.array(tables["paid"]) - tables["floor"]
    assert (waste >= 0).all()
    assert_allclose((waste == 0), tables["fits"])
    off = np.abs(np.array(tables["said"]) - tables["wet"]).max(axis=1)
    assert_allclose(off == 0, tables["fits"])


def test_a_bin_shows_what_was_said_and_how_often_it_was_right():
    said, right = np.array([0.5, 0.6, 0.95, 1.0]), np.array([0, 1, 1, 1])
    x, y = figures._binned(said, right)
    assert_allclose(x, [0.55, 0.95, 1])
    assert_allclose(y, [0.5, 1, 1])


def test_the_temperatures_of_the_picture_repair_the_captain_and_the_fisher():
    assert "the captain: T = 3; the fisher: T = 1/3" in repr(figures.steps())
    for who, temperature in ("the captain", 3), ("the fisher", 1 / 3):
        assert_allclose(figures.divided(figures.SAID[who], temperature), figures.WET[who])
