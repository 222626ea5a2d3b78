"""The figures of chapter 3: their readings are what they should be."""

import xentlib
from xentlib.figures import cross_entropy as figures
from xentlib.figures.harbour import NORTH, SOUTH


def price(weather, book):
    p = {"in the south": SOUTH, "in the north": NORTH}[weather]
    books = {"southern": SOUTH, "knows nothing": [1 / 4] * 4, "northern": NORTH}
    q = books.get(book, [1 / 2, 1 / 4, 1 / 4, 0])
    return [*xentlib.surprisal(q, base=2), xentlib.cross_entropy(p, q, base=2)]


SAID = {
    "price-area": price,
}  # what its sentence must say, from what its controls say


def test_the_prices_of_the_harbour_are_those_that_fit_in_the_head():
    figure = figures.price_area()
    prices = ["1.75", "2", "2.25", "∞", "2.375", "2", "1.75", "∞"]
    assert figure.readings["bits"] == prices
