"""The figures of chapter 10: their readings are what they should be."""

import re
from collections import Counter
from functools import cache
from itertools import pairwise
from math import log2

import numpy as np
from numpy.testing import assert_allclose
from reading import read

import xentlib
from xentlib.datasets import hamlet, letters
from xentlib.figures import language as figures
from xentlib.figures import ngrams
from xentlib.figures.harbour import SOUTH

TEXT = letters(hamlet())
CUT = len(TEXT) * 8 // 10
TRAIN, NEW = TEXT[:CUT], TEXT[CUT:]


@cache
def rows(length):
    """After each context of the text that is read: which letters followed, and how often."""
    found = {}
    for k in range(length - 1, len(TRAIN)):
        found.setdefault(TRAIN[k - length + 1 : k], Counter())[TRAIN[k]] += 1
    return {context: (row, row.total()) for context, row in found.items()}


def bits(text, longest):
    """The price of each letter for models of 1, 2, … letters, one letter after the other."""
    for k in range(6, len(text)):
        share = 1 / 27
        for length in range(1, longest + 1):
            row, total = rows(length).get(text[k - length + 1 : k], ({}, 0))
            if total:
                share = (row.get(text[k], 0) + len(row) * share) / (total + len(row))
            yield -log2(share)


@cache
def means():
    """For models of one to seven letters: what the text that was read costs, and new text."""
    old, new = (np.reshape(list(bits(text, 7)), (-1, 7)).mean(axis=0) for text in (TRAIN, NEW))
    return np.transpose([old, new])


SAID = {"more-letters": lambda letters: means()[int(letters) - 1]}  # what its sentence must say


def numbers_in(figure):
    """The numbers with decimals that a still figure shows."""
    return [float(text) for text in re.findall(r"\d+\.\d+", repr(figure))]


def test_a_letter_costs_what_the_rule_of_the_mixture_says():
    passage = NEW[:200]
    expected = np.reshape(list(bits(passage, 7)), (-1, 7)).T
    assert_allclose(ngrams.prices(TRAIN, passage, 7), expected, rtol=1e-12)


def test_text_that_was_read_falls_and_new_text_rises_again():
    old, new = read(figures.more_letters(), "old_bits", "new_bits")
    assert_allclose(np.transpose([old, new]), means(), atol=0.0051)
    assert (np.diff(old) < 0).all()
    assert new.argmin() == 4
    assert (np.diff(new)[:4] < 0).all() and (np.diff(new)[4:] > 0).all()


def test_what_a_model_writes_comes_closer_to_english_with_each_letter():
    lines = figures.more_letters().readings["written"]
    prices = [ngrams.prices(TRAIN, line, 5)[-1].mean() for line in lines]
    assert all(set(line) <= set(ngrams.SYMBOLS) for line in lines)
    assert prices[0] > prices[1] > prices[2] > max(prices[4:])


def test_the_harbour_with_memory_keeps_its_climate():
    assert_allclose(SOUTH @ figures.AFTER, SOUTH, rtol=0)
    assert_allclose(figures.AFTER.sum(axis=1), 1, rtol=0)
    forgets = SOUTH @ xentlib.cross_entropy(figures.AFTER, np.tile(SOUTH, (4, 1)), base=2)
    remembers = SOUTH @ xentlib.entropy(figures.AFTER, base=2)
    assert numbers_in(figures.memory()) == [forgets, remembers] == [1.75, 1.375]


def test_each_dashed_frame_is_one_eighth():
    axes = figures.memory().figure.axes[1]
    frames = [bar for bar in axes.patches if bar.get_facecolor()[3] == 0]
    assert [bar.get_width() * bar.get_height() for bar in frames] == [1 / 8] * 3


def test_pairs_cost_what_their_entropy_is_above_that_of_the_first_letter():
    pairs, first = Counter(pairwise(TEXT)), Counter(TEXT[:-1])
    total = len(TEXT) - 1
    joint, alone = (
        xentlib.entropy(np.array(list(counted.values())) / total, base=2)
        for counted in (pairs, first)
    )
    assert_allclose(numbers_in(figures.after_each_letter())[0], joint - alone, atol=0.0051)


def test_the_choices_are_powers_of_the_bits():
    nothing, *shown = re.findall(r"([\d.]+) bits, like ([\d.]+)", repr(figures.choices()))
    assert nothing == ("4.75", "27")
    expected = means()[[0, 1, 4], 1]
    assert_allclose([float(b) for b, _ in shown], expected, atol=0.0051)
    assert [n for _, n in shown] == [f"{n:.2g}" for n in 2**expected]


def vocabulary(size):
    """The bits a word, and the bits a letter with unknown words spelled."""
    counted, words = Counter(TRAIN.split()), NEW.split()
    known = dict(counted.most_common(size))
    left = 1 - sum(known.values()) / counted.total()
    paid = [-np.log2(known[w] / counted.total() if w in known else left) for w in words]
    price, place, whole = ngrams.prices(TRAIN, TRAIN[-4:] + NEW, 5)[-1], 0, sum(paid)
    for word in words:
        end = place + len(word) + 1
        whole += 0 if word in known else price[place:end].sum()
        place = end
    return np.mean(paid), whole / len(NEW)


def test_words_cost_little_only_where_unknown_ones_are_free():
    a_word, a_letter = figures._prices_of_words()
    expected = [vocabulary(size) for size in figures.VOCABULARIES]
    assert_allclose(np.transpose([a_word, a_letter]), expected, atol=1e-9)
    assert a_word[0] == 0 and (np.diff(a_word) > 0).all()
    assert np.argmin(a_letter) == 0
