"""The code book, the game of chapter 2: its tables, and what it shows while it is played."""

import re
from itertools import product

import browser as chrome
import numpy as np
import pytest
from numpy.testing import assert_allclose

import xentlib
from xentlib.figures import entropy as figures
from xentlib.figures.harbour import NORTH, SOUTH, WEATHERS

NUMBER = re.compile(r"[\d.]*\d|∞")
CLIMATES = {
    "south": SOUTH,
    "north": NORTH,
    "desert": np.array([1 / 2, 1 / 8, 1 / 8, 1 / 4]),
    "bay": np.array([0.3, 0.4, 0.2, 0.1]),
    "islands": np.full(4, 1 / 4),
    "hills": np.array([1 / 8, 1 / 2, 1 / 4, 1 / 8]),
}
BOOKS = [b for b in product((1, 2, 3), repeat=4) if sum(0.5 ** np.array(b)) <= 1]
BEST = {place: min(BOOKS, key=lambda b: p @ np.array(b)) for place, p in CLIMATES.items()}
LOWEST = {place: CLIMATES[place] @ np.array(book) for place, book in BEST.items()}
READ = """e => ({
  words: [...e.querySelectorAll(".weathers b")].map((one) => one.textContent),
  days: [...e.querySelectorAll(".weathers small")].map((one) => one.textContent),
  cells: [...e.querySelectorAll(".tree button")].map((one) => [one.ariaLabel, one.className]),
  place: e.querySelector(".bill").textContent.match(/in the (\\w+):/)[1],
  again: e.querySelector(".go > button").textContent,
  heights: [...e.querySelectorAll(".column")].map((one) =>
    [...one.querySelectorAll("i")].map((part) =>
      [part.className, part.style.getPropertyValue("--n")])),
  budget: e.querySelector(".budget + .small").textContent,
  bill: e.querySelector(".bill").textContent,
  record: e.querySelector(".record").textContent,
  status: e.querySelector("[role=status]").textContent,
})"""
PART = {"nothing": 0, "half": 0.5, "all": 1} | {f"{k}/{n}": k / n for n in (4, 8) for k in range(n)}


def paid(words, place):
    """What a day costs with these words, None while some are missing."""
    if "–" in words:
        return None
    share = [0.5 ** len(word) for word in words]
    q = [*share, 1 - sum(share)]
    return xentlib.cross_entropy([*CLIMATES[place], 0], q, base=2)


def play(root, dice):
    """Words cut and given back at random, here and there: what each event shows."""
    lowest = {}
    script = ["00", "01", "10", "11"], ["11", "10", "0", "10", "110", "111"]
    for word in [word for words in script for word in words]:
        yield list(after(root, lowest, lambda word=word: cell(root, word).press("Enter")))
    for _ in range(60):
        word = dice.choice(root.evaluate(READ)["cells"])[0].partition(":")[0]
        event = dice.choice(["cut"] * 6 + ["travel", "choose"])
        if event == "cut":
            yield list(after(root, lowest, lambda word=word: cell(root, word).press("Enter")))
        elif event == "travel":
            radio = root.get_by_role("radio", name=dice.choice(["south", "north"]))
            yield list(after(root, lowest, radio.check))
        else:
            root.get_by_role("radio", name=dice.choice(list(WEATHERS))).check()
    for place in ("south", "north", "south"):
        radio = root.get_by_role("radio", name=place)
        yield list(after(root, lowest, radio.check))
        yield from best_book(root, lowest, place)
    for place in [*list(CLIMATES)[2:], "desert"]:
        button = root.get_by_role("button", name="Next harbour")
        yield list(after(root, lowest, lambda button=button: button.press("Enter")))
        seen = root.evaluate(READ)
        assert seen["place"] == place and seen["words"] == ["–"] * 4
        yield from best_book(root, lowest, place)


def best_book(root, lowest, place):
    """The words of the best book, cut one after the other out of the whole tree."""
    again = root.locator(".go > button")
    if again.inner_text() == "Start again":
        yield list(after(root, lowest, lambda: again.press("Enter")))
    for weather, word in zip(WEATHERS, cheapest(place), strict=True):
        if root.evaluate(READ)["words"][list(WEATHERS).index(weather)] != word:
            root.get_by_role("radio", name=weather).check()
            yield list(after(root, lowest, lambda word=word: cell(root, word).press("Enter")))
    assert "The best book!" in root.evaluate(READ)["status"]


def cheapest(place):
    """Words of the best book's lengths: the shortest first, from the left."""
    words, left = {}, 0
    for k in np.argsort(BEST[place], kind="stable"):
        length = BEST[place][k]
        words[k] = f"{int(left * 2**length):0{length}b}"
        left += 0.5**length
    return [words[k] for k in range(4)]


def cell(root, word):
    return root.locator(f".tree button[aria-label^='{word}:']")


def after(root, lowest, event):
    """What is shown after an event, and what it should be."""
    event()
    seen = root.evaluate(READ)
    words, place = seen["words"], seen["place"]
    assert_no_word_begins_another([word for word in words if word != "–"])
    cost, used = paid(words, place), sum(0.5 ** len(word) for word in words if word != "–")
    for shown, share in zip(seen["days"], CLIMATES[place], strict=True):
        some, of_all = map(int, shown.split(" of "))
        yield "days", str(some / of_all), share
    yield "the budget", str(PART[seen["budget"].split()[2]]), used
    if cost is not None:
        lowest[place] = min(cost, lowest.get(place, np.inf))
        yield "the bill", NUMBER.findall(seen["bill"])[0], cost
    elif used == 1:
        assert "∞" in seen["bill"]
    if place in lowest:
        yield "the lowest so far", NUMBER.findall(seen["record"])[-1], lowest[place]
    for pattern, true in (
        (r"A day costs ([\d.]+) flash", cost),
        (r"Your book costs ([\d.]+) flash", cost),
        (r"([\d.]+) more than the best", cost and cost - LOWEST[place]),
        (r"floor, ([\d.]+), is", xentlib.entropy(CLIMATES[place], base=2)),
        (r"no word has ([\d.]+) flashes", xentlib.surprisal(CLIMATES[place].max(), base=2)),
    ):
        if found := re.search(pattern, seen["status"]):
            yield pattern, found[1], true
    if found := re.search(r"(?:Left of the tree|Unused): (\w+(?:/\d)?)", seen["status"]):
        yield "what is left of the tree", str(PART[found[1]]), 1 - used
    for word, parts in zip(words, seen["heights"], strict=True):
        if word != "–":
            height = sum(float(n) for look, n in parts if look != "saved")
            yield "the height of a column", str(height), len(word)
    best = cost is not None and abs(cost - LOWEST[place]) < 1e-9
    assert ("no book is cheaper" in seen["status"]) <= best
    assert best or seen["again"] == "Start again"
    drawn = {look for parts in seen["heights"] for look, n in parts if look and float(n)}
    if cost is not None:
        assert ("Hatched" in seen["record"]) == bool(drawn)


def assert_no_word_begins_another(words):
    assert not [(a, b) for a in words for b in words if a != b and b.startswith(a)]
    assert len(set(words)) == len(words)


def test_each_book_costs_the_mean_length_of_its_words():
    game = figures.code_book()
    books = game.tables["books"]
    for book, costs in books.items():
        lengths = np.array([int(length) for length in book])
        assert sum(0.5**lengths) <= 1
        assert_allclose(costs, [p @ lengths for p in CLIMATES.values()])
    assert len(books) == sum(
        sum(0.5 ** np.array(book)) <= 1 for book in product((1, 2, 3), repeat=4)
    )


def test_no_book_is_below_the_floor_and_one_reaches_it():
    tables = figures.code_book().tables
    for k, place in enumerate(tables["climates"]):
        costs = {book: cost[k] for book, cost in tables["books"].items()}
        best = min(costs, key=costs.get)
        assert costs[best] == tables["lowest"][place]
        assert list(map(int, best)) == tables["best"][place]
        floor = xentlib.entropy(CLIMATES[place], base=2)
        assert (
            (costs[best], round(floor, 2)) == (1.9, 1.85)
            if place == "bay"
            else costs[best] == floor
        )
    assert tables["lowest"]["south"] == tables["lowest"]["north"] == 1.75


def test_the_books_of_the_lesson_have_the_prices_of_the_lesson():
    books = figures.code_book().tables["books"]
    assert books["2222"][:2] == (2, 2) and books["1233"][:2] == (1.75, 2.375)
    assert books["2313"][:2] == (2.25, 1.75)


@pytest.fixture
def root(chromium):
    with chrome.alone(chromium, figures.code_book()) as root:
        yield root


def test_a_word_shuts_what_grows_below_it_and_what_it_grows_from(root):
    cell(root, "10").click()
    looks = {label.partition(":")[0]: look for label, look in root.evaluate(READ)["cells"]}
    assert looks["10"] == "cut"
    assert {word for word, look in looks.items() if look == "closed"} == {"100", "101"}
    assert {word for word, look in looks.items() if look == "trunk"} == {"1"}
    cell(root, "101").press("Enter")
    assert "begins with 10, the word for sun" in root.evaluate(READ)["status"]
    cell(root, "1").press("Enter")
    assert "Below 1 grows 10, the word for sun" in root.evaluate(READ)["status"]


def test_another_weather_s_word_is_taken_and_the_choice_stays(root):
    for word in ("0", "10", "110", "111"):
        cell(root, word).press("Enter")
    root.get_by_role("radio", name="rain").check()
    cell(root, "0").press("Enter")
    seen = root.evaluate(READ)
    assert seen["words"] == ["110", "10", "0", "111"]
    assert seen["status"].startswith("rain takes 0 from sun, and gives 110.")
    assert root.get_by_role("radio", name="rain").is_checked()
    cell(root, "0").press("Enter")
    assert root.evaluate(READ)["words"] == ["110", "10", "–", "111"]
    cell(root, "110").press("Enter")
    assert root.evaluate(READ)["words"] == ["–", "10", "110", "111"]
    assert root.get_by_role("radio", name="sun").is_checked()


def test_a_second_click_gives_a_word_back(root):
    for words in (["0", "–", "–", "–"], ["–"] * 4):
        cell(root, "0").click()
        assert root.evaluate(READ)["words"] == words
    assert root.get_by_role("radio", name="sun").is_checked()
    assert "gives 0 back" in root.evaluate(READ)["status"]


def test_no_other_harbour_opens_before_both_best_books_are_found(root):
    for word in ("0", "10", "110", "111"):
        cell(root, word).press("Enter")
    assert "The best book!" in root.evaluate(READ)["status"]
    assert root.evaluate(READ)["again"] == "Start again"


def test_the_hatching_has_a_key_as_soon_as_there_is_one(root):
    for word in ("0", "10", "110", "111"):
        assert "Hatched" not in root.evaluate(READ)["record"]
        cell(root, word).press("Enter")
    root.get_by_role("radio", name="north").check()
    assert root.locator(".column .hatched").count() == 1
    assert "Hatched: longer than in the best book here." in root.evaluate(READ)["record"]
