"""The figures of chapter 11: their readings are what the libraries answered."""

import numpy as np
from numpy.testing import assert_allclose

from xentlib.datasets import measurements
from xentlib.figures import practice as figures
from xentlib.figures.harbour import SOUTH
from xentlib.information import cross_entropy, entropy

HARBOUR = measurements("practice")["harbour"]
BOOKS = dict(zip(figures.NAMES, figures.BOOKS.values(), strict=True))


def answer(call, book):
    """What the sentence must say: the answers of the library, by its stored measurement."""
    names = [f"{one['library']}, {one['call']}" for one in HARBOUR]
    stored = HARBOUR[names.index(call)]
    (key,) = [key for key, q in figures.BOOKS.items() if q is BOOKS[book]]
    return np.ravel(stored[key]).round(2).tolist()


SAID = {"five-answers": answer}  # what its sentence must say, from what its controls say


def areas():
    """The drawn area of each call, where it is finite, beside the stored answer."""
    for k, call in enumerate(HARBOUR):
        for book, q in figures.BOOKS.items():
            with np.errstate(invalid="ignore"):
                parts = SOUTH * figures.height(k, q)
            stored = np.ravel(call[book])
            yield parts if stored.size > 1 else [parts.sum()], stored


def test_the_area_of_the_columns_is_what_the_library_answers():
    for drawn, stored in areas():
        assert_allclose(drawn, stored, atol=1e-6)


def test_the_answers_differ_as_the_chapter_says():
    numpy, sklearn, scipy, jax, torch, keras, mean = (call["northern"] for call in HARBOUR)
    north = figures.BOOKS["northern"]
    assert numpy == cross_entropy(SOUTH, north, base=2) == 2.25
    assert_allclose([sklearn, keras], numpy * np.log(2))
    assert_allclose([scipy, sum(jax), 4 * mean], sklearn - entropy(SOUTH))
    assert sklearn - torch > 0.1


def test_a_share_of_zero_is_infinite_or_clipped_or_unseen():
    prices = [np.max(call["cousin"]) for call in HARBOUR]
    assert np.isinf(prices).tolist() == [True, False, True, True, False, False, True]


def test_the_sentence_says_where_a_zero_was_replaced():
    figure = figures.five_answers()
    says = [figure.reading(call, 1) for call in range(len(HARBOUR))]
    clipped = [k for k, said in enumerate(says) if "in place of the zero" in said]
    assert clipped == list(figures.CLIPPED)
    assert "zero" not in figure.reading(1, 0)


def test_a_label_stands_above_a_column_and_never_above_the_frame():
    tables = figures.five_answers().tables
    assert np.max(tables["heights"]) <= figures.HIGH + 1
    assert np.min(tables["heights"]) >= figures.LOW
    assert "∞" in np.ravel(tables["labels"])
