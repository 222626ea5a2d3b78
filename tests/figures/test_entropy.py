"""The figures of chapter 2: their readings are what they should be."""

from itertools import product

import numpy as np
from numpy.testing import assert_allclose
from reading import PRINTED, read

import xentlib
from xentlib.figures import entropy as figures


def tree(a):
    p = np.array([a, (1 - a) / 2, (1 - a) / 4, (1 - a) / 4])
    lengths = [n for n in product((1, 2, 3), repeat=4) if sum(0.5**k for k in n) <= 1]
    paid, floor = min(p @ n for n in lengths), xentlib.entropy(p, base=2)
    return [paid, floor, paid - floor]


SAID = {"growing-tree": tree}  # what its sentence must say, from what its controls say


def test_the_tree_is_a_code_whose_length_keeps_the_bounds():
    figure = figures.growing_tree()
    a, paid, floor, waste = read(figure, "a", "paid", "floor", "waste")
    for place, words in enumerate(figure.readings["words"]):
        words, p = words.split(", "), [a[place], *np.outer(1 - a[place], [1 / 2, 1 / 4, 1 / 4])[0]]
        assert sum(2.0 ** -len(word) for word in words) == 1
        assert not any(one != two and two.startswith(one) for one in words for two in words)
        assert_allclose(paid[place], np.dot(p, [len(word) for word in words]), atol=PRINTED)
    assert (floor <= paid).all() and (paid[:-1] < floor[:-1] + 1).all()
    assert_allclose(paid - floor, waste, atol=2 * PRINTED)


def test_the_tree_wastes_nothing_at_powers_of_one_half_and_a_whole_bit_at_certainty():
    a, paid, floor, waste = read(figures.growing_tree(), "a", "paid", "floor", "waste")
    assert (waste[a == 0.5], paid[a == 0.5]) == (0, 1.75)
    assert (paid[-1], floor[-1], waste[-1]) == (1, 0, 1)


def test_no_other_code_of_four_words_is_shorter():
    figure = figures.growing_tree()
    shapes = {tuple(len(w) for w in words.split(", ")) for words in figure.readings["words"]}
    a, paid = read(figure, "a", "paid")
    p = np.stack([a, (1 - a) / 2, (1 - a) / 4, (1 - a) / 4], axis=-1)
    lengths = np.array([s for s in product((1, 2, 3), repeat=4) if sum(0.5**n for n in s) == 1])
    assert shapes <= set(map(tuple, lengths.tolist()))
    assert_allclose(paid, (p @ lengths.T).min(axis=-1), atol=PRINTED)
