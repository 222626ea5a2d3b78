"""The figures of chapter 0: their readings are what they should be."""

import numpy as np
from matplotlib.colors import to_rgba
from numpy.testing import assert_allclose
from reading import read

import xentlib
from xentlib.figures import why_a_loss as figures
from xentlib.figures.style import MODEL


def bars(share, part):
    rest = 1 - share / 100
    q = np.array([rest * part / 100, share / 100, rest * (1 - part / 100)])
    return [*q, xentlib.cross_entropy([0, 1, 0], q / q.sum(), base=2)]


SAID = {"probability-bars": bars}  # what its sentence must say, from what its controls say


def test_the_bars_of_chapter_0_start_where_the_chapter_does():
    figure = figures.probability_bars()
    assert "0.400, plane 0.500, Jackson 0.100" in figure.reading()
    assert figure.reading().endswith("the answer is right, the loss is 1.00 bits.")


def test_only_the_share_of_the_truth_changes_the_loss():
    share, snake, plane, jackson, bits = read(
        figures.probability_bars(), "share", "snake", "plane", "jackson", "bits"
    )
    with np.errstate(divide="ignore"):
        assert_allclose(bits, -np.log2(share / 100), atol=0.005001)
    assert_allclose(plane, share / 100)
    assert_allclose(snake + plane + jackson, 1)
    assert np.ptp(bits.reshape(21, 11)[1:], axis=1).max() == 0


def test_the_answer_is_right_while_the_truth_has_the_longest_bar():
    figure = figures.probability_bars()
    snake, plane, jackson = read(figure, "snake", "plane", "jackson")
    answer = np.array(figure.readings["answer"])
    others = np.maximum(snake, jackson)
    assert (answer[plane > others] == "right").all()
    assert (answer[plane == others] == "a tie").all()
    assert (answer[plane < others] == "wrong").all()


def test_a_right_answer_can_cost_more_than_a_wrong_one_as_the_chapter_says():
    figure = figures.probability_bars()
    assert "the answer is right, the loss is 1.32 bits" in figure.reading(8, 5)
    assert "the answer is wrong, the loss is 1.15 bits" in figure.reading(9, 9)


def test_the_lower_slider_switches_the_answer_at_the_same_price():
    figure = figures.probability_bars()
    assert "the answer is right, the loss is 1.15 bits" in figure.reading(9, 5)
    assert "the answer is wrong, the loss is 1.15 bits" in figure.reading(9, 9)


def test_the_board_shows_nine_piles_and_what_each_costs():
    (axes,) = figures._forecaster_board().figure.axes
    orange = [bar for bar in axes.patches if bar.get_facecolor() == to_rgba(MODEL)]
    assert len(orange) == sum(range(9))
    costs = [text.get_text().split()[1] for text in axes.texts]
    assert costs == ["0", "0.19", "0.42", "0.68", "1", "1.42", "2", "3", "∞"]


def test_the_bills_are_those_of_the_table():
    drawn = repr(figures.bills([10, 5, 2, 3])).split("; ")
    assert drawn[1:6] == ["sun 10", "cloud 10", "rain 6", "storm 9", "35"]
    assert {"40", "46", "∞"} <= set(drawn)
    assert {"14", "16", "18"} <= set(repr(figures.bills([4, 2, 1, 1])).split("; "))


def test_each_frame_ends_at_the_price_of_knowing_nothing():
    drawn = repr(figures.chance_levels([1.0, 0.5146]))
    for text in ("1.00", "0.51", "1.75", "knows nothing: 1.58", "knows nothing: 2.00"):
        assert f"; {text}" in drawn
