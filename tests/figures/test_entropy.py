"""The figures of chapter 2: what stands in them is what it should be."""

import numpy as np

from xentlib.figures import entropy as figures

SAID = {}  # what the sentences of its moving figures must say: it has none


def texts(figure):
    """What stands in a figure that has one picture."""
    return {text.get_text().replace("\n", " ") for text in figure.figure.axes[0].texts}


def test_the_areas_are_the_prices_of_the_two_books_and_of_the_two_climates():
    assert "old words: area 2; " in repr(figures.two_books())
    assert "new words: area 1.75; " in repr(figures.two_books())
    assert "island: area 2; " in repr(figures.other_climates())
    assert "desert: area 0; " in repr(figures.other_climates())


def test_a_word_closes_all_words_that_begin_with_it_and_no_other():
    whole = texts(figures.tree(()))
    assert len(whole) == 1 + 2 + 4 + 8
    named = {"0": "sun 0", "10": "cloud 10", "110": "rain 110", "111": "storm 111"}
    assert texts(figures.tree(tuple(named))) == {"no flash yet", "1", "11", *named.values()}


def test_a_flash_less_takes_what_it_saves_or_more_and_all_flashes_more_free_less_than_one_adds():
    part = np.array([bar.get_height() for bar in figures.trades().figure.axes[0].patches])
    (at,), steps = np.flatnonzero(part == 1), -np.diff(part)
    assert (steps[:at] >= 1).all() and 0 < steps[at:].sum() < 1


def test_one_word_for_two_days_costs_27_32_of_a_flash():
    assert f"two days in a word: area {27 / 32:.2f}; " in repr(figures.two_days_in_a_word())


def test_the_dome_has_its_top_at_one_half_and_nothing_at_its_end():
    assert {"50%: 1.00", "75%: 0.81", "100%: 0.00"} == texts(figures.binary_entropy_curve())
