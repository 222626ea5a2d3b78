"""The figures that a reader moves: their readings are right, and the same on every machine."""

import inspect
import json
import os
import subprocess
import sys
from hashlib import sha256
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from numpy.testing import assert_allclose
from scipy.integrate import quad
from scipy.stats import norm

from xentlib import binary_cross_entropy_with_logits, interactive

FIGURES = [
    make
    for name, make in inspect.getmembers(interactive, inspect.isfunction)
    if make.__module__ == interactive.__name__ and not name.startswith("_")
]
PRINTED = 0.5000001e-4  # half a unit of the last of four decimals

figures = pytest.mark.parametrize("make", FIGURES, ids=lambda make: make.__name__)


def number(text):
    return float(text.replace("−", "-").replace("∞", "inf").replace("%", "").split(" bit")[0])


def columns(figure):
    """What the controls say at all places, and what is read there."""
    places = product(*(control.texts for control in figure.controls))
    shown = zip(*places, strict=True)
    read = {c.name: column for c, column in zip(figure.controls, shown, strict=True)}
    return read | figure.readings


def read(figure, *names):
    return [np.array([number(text) for text in columns(figure)[name]]) for name in names]


# Known values


def test_the_bars_of_chapter_0_start_where_the_chapter_does():
    figure = interactive.probability_bars()
    assert "0.400, plane 0.500, Jackson 0.100" in figure.reading()
    assert figure.reading().endswith("the answer is right, the loss is 1.0000 bits.")


def test_only_the_share_of_the_truth_changes_the_loss():
    share, snake, plane, jackson, bits = read(
        interactive.probability_bars(), "share", "snake", "plane", "jackson", "bits"
    )
    with np.errstate(divide="ignore"):
        assert_allclose(bits, -np.log2(share / 100), atol=PRINTED)
    assert_allclose(plane, share / 100)
    assert_allclose(snake + plane + jackson, 1)
    assert np.ptp(bits.reshape(21, 11)[1:], axis=1).max() == 0


def test_the_lamp_is_on_while_the_truth_has_the_tallest_bar():
    figure = interactive.probability_bars()
    snake, plane, jackson = read(figure, "snake", "plane", "jackson")
    answer = np.array(figure.readings["answer"])
    others = np.maximum(snake, jackson)
    assert (answer[plane > others] == "right").all()
    assert (answer[plane == others] == "a tie").all()
    assert (answer[plane < others] == "wrong").all()


def test_a_right_answer_can_cost_more_than_a_wrong_one():
    figure = interactive.probability_bars()
    (bits,), answer = read(figure, "bits"), np.array(figure.readings["answer"])
    assert bits[answer == "right"].max() > bits[answer == "wrong"].min()


def test_each_halving_adds_one_bit_and_the_ends_are_0_and_infinity():
    p, inverse, bits, nats = read(interactive.halvings(), "p", "inverse", "bits", "nats")
    assert_allclose(bits[:-1], np.arange(21) / 2)
    assert_allclose(p[:-1], 2.0 ** -bits[:-1], atol=5.01e-7)
    assert_allclose(inverse[:-1], 2.0 ** bits[:-1], atol=PRINTED)
    assert_allclose(nats[:-1], bits[:-1] * np.log(2), atol=PRINTED)
    assert (p[0], bits[0], p[-1]) == (1, 0, 0)
    assert (inverse[-1], bits[-1], nats[-1]) == (np.inf, np.inf, np.inf)


def test_the_tree_is_a_code_whose_length_keeps_the_bounds():
    figure = interactive.growing_tree()
    a, paid, floor, waste = read(figure, "a", "paid", "floor", "waste")
    for place, words in enumerate(figure.readings["words"]):
        words, p = words.split(", "), [a[place], *np.outer(1 - a[place], [1 / 2, 1 / 4, 1 / 4])[0]]
        assert sum(2.0 ** -len(word) for word in words) == 1
        assert not any(one != two and two.startswith(one) for one in words for two in words)
        assert_allclose(paid[place], np.dot(p, [len(word) for word in words]), atol=PRINTED)
    assert (floor <= paid).all() and (paid[:-1] < floor[:-1] + 1).all()
    assert_allclose(paid - floor, waste, atol=2 * PRINTED)


def test_the_tree_wastes_nothing_at_powers_of_one_half_and_a_whole_bit_at_certainty():
    a, paid, floor, waste = read(interactive.growing_tree(), "a", "paid", "floor", "waste")
    assert (waste[a == 0.5], paid[a == 0.5]) == (0, 1.75)
    assert (paid[-1], floor[-1], waste[-1]) == (1, 0, 1)


def test_no_other_code_of_four_words_is_shorter():
    figure = interactive.growing_tree()
    shapes = {tuple(len(w) for w in words.split(", ")) for words in figure.readings["words"]}
    a, paid = read(figure, "a", "paid")
    p = np.stack([a, (1 - a) / 2, (1 - a) / 4, (1 - a) / 4], axis=-1)
    lengths = np.array([s for s in product((1, 2, 3), repeat=4) if sum(0.5**n for n in s) == 1])
    assert shapes <= set(map(tuple, lengths.tolist()))
    assert_allclose(paid, (p @ lengths.T).min(axis=-1), atol=PRINTED)


def test_the_area_under_the_two_bells_is_the_closed_form():
    mean, sd, nats, bits, gap = read(interactive.two_bells(), "mean", "sd", "nats", "bits", "gap")
    area = np.log(sd * np.sqrt(2 * np.pi)) + (1 + mean**2) / (2 * sd**2)
    assert_allclose(nats, area, atol=PRINTED)
    assert_allclose(bits, area / np.log(2), atol=PRINTED)
    assert_allclose(gap, area - np.log(2 * np.pi * np.e) / 2, atol=PRINTED)
    assert gap.min() == gap[(mean == 0) & (sd == 1)] == 0


def test_the_filled_curve_is_minus_p_ln_q_on_both_sides():
    figure = interactive.two_bells()
    x = np.arange(-20, 21) / 5
    for mean, sd in product((0, 0.5, 2), range(8)):
        width = 0.75 + sd / 4
        curve = -norm.pdf(x) * norm.logpdf(x, mean, width)
        assert_allclose(figure.tables["area"][round(mean * 4) * 8 + sd], curve, atol=5.01e-4)
        mirrored = -norm.pdf(x) * norm.logpdf(x, -mean, width)
        assert_allclose(mirrored[::-1], curve, atol=1e-12)


def test_both_divergences_of_the_two_bumps_agree_with_numerical_integrals():
    figure = interactive.one_bell_over_two()
    mean, sd, forward, reverse = read(figure, "mean", "sd", "forward", "reverse")

    def p(x):
        return (norm.pdf(x, -3) + norm.pdf(x, 3)) / 2

    entropy = quad(lambda x: -p(x) * np.log2(p(x)), -20, 20, limit=200)[0]
    crossed = np.log(sd * np.sqrt(2 * np.pi)) + (10 + mean**2) / (2 * sd**2)
    assert_allclose(forward, crossed / np.log(2) - entropy, atol=PRINTED + 1e-8)
    for place in range(0, len(mean), 23):
        q = norm(mean[place], sd[place])
        waste, _ = quad(
            lambda x, q=q: q.pdf(x) * (q.logpdf(x) / np.log(2) - np.log2(p(x))), -35, 35, limit=400
        )
        assert_allclose(reverse[place], waste, atol=PRINTED + 1e-6)


def test_the_best_place_depends_on_the_direction():
    mean, sd, forward, reverse = read(
        interactive.one_bell_over_two(), "mean", "sd", "forward", "reverse"
    )
    assert (mean[forward.argmin()], sd[forward.argmin()]) == (0, 3.2)
    assert (abs(mean[reverse.argmin()]), sd[reverse.argmin()]) == (3, 1)


def test_the_gradients_are_the_slopes_of_the_losses():
    figure = interactive.logit_pulls()
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


# Laws


def test_what_is_stored_is_the_same_from_run_to_run():
    run = subprocess.run(
        [sys.executable, "-c", "import test_interactive as t; print(t.everything_stored())"],
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
    monkeypatch.setattr(interactive, "find_spec", lambda name: None)
    figure = interactive.halvings()
    assert list(figure._repr_mimebundle_()) == [interactive.MIME, "text/plain"]


@figures
def test_what_is_stored_is_live_still_and_spoken(make):
    figure = make()
    bundle = figure._repr_mimebundle_()
    assert list(bundle) == [interactive.MIME, "image/png", "text/plain"]
    assert bundle[interactive.MIME]["$schema"].endswith("/v5.20.1.json")
    assert bundle["image/png"].startswith(b"\x89PNG")
    assert bundle["text/plain"] == repr(figure) == figure.reading()


@figures
def test_what_is_stored_is_plain_json_and_small(make):
    bundle = make()._repr_mimebundle_()
    text = json.dumps(bundle[interactive.MIME], allow_nan=False, separators=(",", ":"))
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
    assert len({make().name for make in FIGURES}) == len(FIGURES) == 6


# Refusals


def test_a_reading_for_each_place_is_demanded():
    control = interactive.Control("k", "k", ["0", "1"], 0, 0, 1)
    with pytest.raises(ValueError, match="'bits' has 3 readings for 2 places"):
        interactive.Moving("n", "alt", [control], {"bits": ["0", "1", "2"]}, "{bits}", None)
