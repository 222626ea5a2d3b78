"""What holds for each figure that the reader moves."""

import json
import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest
from numpy.testing import assert_allclose
from reading import MOVING

from xentlib.figures import moving
from xentlib.figures.moving import Control, Moving

FIGURES = list(MOVING.values())

figures = pytest.mark.parametrize("make", FIGURES, ids=lambda make: make.__name__)


def test_what_is_stored_is_the_same_from_run_to_run():
    run = subprocess.run(
        [sys.executable, "-c", "import test_moving as t; print(t.everything_stored())"],
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONHASHSEED": "7"},
        cwd=Path(__file__).parent,
    )
    assert run.stdout.strip() == everything_stored(), run.stderr


def everything_stored():
    """The fingerprint of what the cells of the six figures store, with the picture of one."""
    specs = [make().spec() for make in FIGURES]
    picture = FIGURES[0]()._repr_mimebundle_()["image/png"]
    return sha256(json.dumps(specs).encode() + picture).hexdigest()


def test_without_a_drawing_program_a_figure_is_live_and_spoken(monkeypatch):
    monkeypatch.setattr(moving, "find_spec", lambda name: None)
    figure = FIGURES[0]()
    assert list(figure._repr_mimebundle_()) == [moving.MIME, "text/plain"]


@figures
def test_what_is_stored_is_live_still_and_spoken(make):
    figure = make()
    bundle = figure._repr_mimebundle_()
    assert list(bundle) == [moving.MIME, "image/png", "text/plain"]
    assert bundle[moving.MIME]["$schema"].endswith("/v5.20.1.json")
    assert bundle["image/png"].startswith(b"\x89PNG")
    assert bundle["text/plain"] == repr(figure) == figure.reading()


@figures
def test_what_is_stored_is_plain_json_and_small(make):
    bundle = make()._repr_mimebundle_()
    text = json.dumps(bundle[moving.MIME], allow_nan=False, separators=(",", ":"))
    assert len(text) < 40_000
    assert len(bundle["image/png"]) < 30_000


@figures
def test_the_controls_are_labelled_and_their_places_lie_evenly(make):
    for control in make().controls:
        assert control.label and len(control.texts) == len(set(control.texts))
        assert_allclose(np.diff(control.values), control.step)


@figures
def test_the_figure_is_described_in_words(make):
    assert len(make().alt.split()) > 15


def test_the_names_of_the_figures_differ():
    assert len({make().name for make in FIGURES}) == len(FIGURES) >= 6


def test_a_reading_for_each_place_is_demanded():
    control = Control("k", "k", ["0", "1"], 0, 0, 1)
    with pytest.raises(ValueError, match="'bits' has 3 readings for 2 places"):
        Moving("n", "alt", [control], {"bits": ["0", "1", "2"]}, "{bits}", None)
