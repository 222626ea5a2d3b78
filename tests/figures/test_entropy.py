"""The figures of chapter 2: what stands in them is what it should be."""

import numpy as np

from xentlib.figures import entropy as figures

SAID = {}  # what the sentences of its moving figures must say: it has none
DRY = [3 / 4, 1 / 4]
PRICES = np.array([1, 27 / 32, 79 / 96])  # with one, two and three days in a word


def texts(figure):
    """What stands in a figure that has one picture."""
    return {text.get_text().replace("\n", " ") for text in figure.figure.axes[0].texts}


def shades(figure):
    """How many blocks of a tree have each colour."""
    colours = [bar.get_facecolor() for bar in figure.figure.axes[0].patches]
    return {colour: colours.count(colour) for colour in colours}


def test_the_areas_are_the_prices_of_the_two_books():
    assert "old words: area 2; " in repr(figures.old_book())
    assert "new words: area 1.75; " in repr(figures.new_book())


def test_the_opening_picture_does_not_answer_its_question():
    assert "1.75" in repr(figures.new_book())
    assert "1.75" not in repr(figures.old_book())


def test_the_new_words_save_a_half_and_add_a_quarter():
    columns = figures.new_book().figure.axes[0].patches
    change = np.array([(bar.get_height() - 2) * bar.get_width() for bar in columns])
    assert change[change < 0].sum() == -1 / 2
    assert change[change > 0].sum() == 1 / 4
    assert {"saves 1/2", "adds 1/4 →"} < texts(figures.new_book())


def test_a_word_closes_all_words_that_begin_with_it_and_no_other():
    whole = texts(figures.tree(()))
    assert len(whole) == 1 + 2 + 4 + 8
    named = {"0": "sun 0", "10": "cloud 10", "110": "rain 110", "111": "storm 111"}
    closed = {f"{word}… closed" for word in ("0", "10")}
    above = {"no flash yet", "1 not a word", "11 not a word"}
    assert texts(figures.tree(tuple(named))) == {*named.values()} | closed | above


def test_blocks_above_a_chosen_word_look_closed_and_an_eighth_that_is_left_looks_open():
    (open_block,) = shades(figures.tree(()))
    assert open_block not in shades(figures.tree(("0", "10", "110", "111")))
    assert shades(figures.tree(("0", "100", "101", "110")))[open_block] == 1


def test_the_part_of_a_word_doubles_with_each_flash_less_and_its_line_touches_it_once():
    points, curve, line = figures.trades().figure.axes[0].lines
    np.testing.assert_allclose(points.get_ydata(), 2.0 ** points.get_xdata())
    gap = curve.get_ydata() - line.get_ydata()
    here = abs(curve.get_xdata()) < 0.05
    assert (gap >= 0).all() and (gap[~here] > 5e-4).all() and gap[here].min() < 5e-4


def test_floor_and_waste_are_the_price():
    picture = figures.many_days(PRICES, DRY)
    waste = np.array([bar.get_height() for bar in picture.figure.axes[0].patches])
    np.testing.assert_allclose(waste, PRICES - 0.811278, atol=1e-6)
    assert {"1.00", "0.84", "0.82", "the floor: 0.81"} == texts(picture)


def test_one_word_for_two_days_costs_27_32_of_a_flash():
    assert f"two days in a word: area {27 / 32:.2f}; " in repr(figures.two_days_in_a_word())


def test_the_dome_has_its_top_at_one_half_and_nothing_at_its_end():
    marked = {"50%: 1.00", "75%: 0.81", "90%: 0.47", "100%: 0.00"}
    assert texts(figures.binary_entropy_curve()) == marked
