"""The forecaster, the game of chapter 0: its tables, and what it shows while it is played."""

import re
from functools import cache
from itertools import product

import browser as chrome
import numpy as np
import pytest
from numpy.testing import assert_allclose

import xentlib
from xentlib.figures import why_a_loss as figures
from xentlib.figures.harbour import NORTH, SOUTH, WEATHERS

HARBOURS = {
    "south": [4, 2, 1, 1],
    "north": [2, 1, 4, 1],
    "cape of storms": [1, 2, 1, 4],
    "strait": [3, 1, 3, 1],
    "grey bay": [1, 4, 2, 1],
    "dry coast": [5, 1, 1, 1],
}
ALL = [bet for bet in product(range(1, 8), repeat=4) if sum(bet) == 8]
READ = """e => ({
  chips: [...e.querySelectorAll("input")].map((one) => Number(one.value)),
  spoken: [...e.querySelectorAll("input")].map((one) => one.ariaValueText),
  prices: [...e.querySelectorAll(".bet > .n")].map((one) => one.textContent),
  days: [...e.querySelectorAll(".day")].map((one) => one.innerText),
  board: [...e.querySelectorAll(".board li")].map((one) =>
    [one.firstChild.textContent, one.querySelector(".amount").innerText]),
  apart: e.querySelector(".board .you .bar small")?.textContent,
  rule: e.querySelector(".rule").textContent,
  coast: [...e.querySelectorAll(".small")].at(-1).textContent,
  status: e.querySelector("[role=status]").textContent,
  over: e.classList.contains("over"),
})"""


def price(chips):
    return xentlib.surprisal(np.array(chips) / 8, base=2)


def rivals(number, days):
    """The chips that each of the others laid on each day of a round of the tables."""
    harbour, *_ = figures.forecaster().tables["rounds"][number]
    fixed = {"keeper": list(HARBOURS.values())[harbour], "knows nothing": [2, 2, 2, 2]}
    if number:
        counter = [counted(tuple(days[:day])) for day in range(len(days))]
        fixed |= {"southern colleague": [4, 2, 1, 1]}
    else:
        fixed |= {"northern colleague": [2, 1, 4, 1], "optimist": [8, 0, 0, 0]}
    laid = {name: [chips] * len(days) for name, chips in fixed.items()}
    return laid | ({"counter": counter} if number else {})


@cache
def counted(days):
    """The bet that would have been cheapest for those days and one day of each weather."""
    came = [1 + days.count(weather) for weather in range(4)]
    return min(ALL, key=lambda bet: came @ price(bet))


def wasted(number, bets):
    """What bets waste a day in the long run, in the harbour of that round."""
    harbour, *_ = figures.forecaster().tables["rounds"][number]
    p = np.array(list(HARBOURS.values())[harbour]) / 8
    return np.mean([xentlib.kl_divergence(p, np.array(bet) / 8, base=2) for bet in bets])


def play(root, dice):
    """Three rounds with chips moved now and then: what each event shows, and what it should be."""

    def press(name):
        root.get_by_role("button", name=name, exact=True).click()

    coast = {}
    clock = root.evaluate("Date.now()")
    for number in (0, *(1 + (5 * clock + hidden) % 60 for hidden in range(2))):
        days = []  # the bet of each day, and what came
        while len(days) < 20:
            for _ in range(dice.randrange(3)):
                more, weather = dice.choice(["more", "less"]), dice.choice(list(WEATHERS))
                press(f"one chip {more} on {weather}")
                yield list(prices(root.evaluate(READ)))
            while sum(bet := root.evaluate(READ)["chips"]) < 8:
                press(f"one chip more on {dice.choice(list(WEATHERS))}")
            press(dice.choice(["Let the day come", "Five days"]))
            seen = root.evaluate(READ)
            came = [WEATHERS.index(re.search(r": (\w+),", day)[1]) for day in seen["days"]]
            days += [(bet, weather) for weather in came[len(days) :]]
            yield list(told(seen, days, number))
        yield list(revealed(seen, days, number))
        yield list(charted(seen, days, number, coast))
        press("Next harbour")


def prices(seen):
    for chips, shown, spoken in zip(seen["chips"], seen["prices"], seen["spoken"], strict=True):
        yield "the price beside the chips", shown, price(chips)
        yield "the price that is spoken", re.search(r"costs (\S+)", spoken)[1], price(chips)


def told(seen, days, number):
    """The days, the status and the averages."""
    costs = [price(bet[weather]) for bet, weather in days]
    for shown, cost in zip(seen["days"], costs, strict=True):
        yield "a day", shown.split()[-1], cost
    if found := re.search(r"you pay (\d\.\d\d|∞)", seen["status"]):
        yield "the status", found[1], costs[-1]
    if found := re.match(r"Days (\d+) to", seen["status"]):
        listed = re.findall(r"\w+ (\d\.\d\d|∞)[,.]", seen["status"])
        yield from (("days", t, c) for t, c in zip(listed, costs[int(found[1]) - 1 :], strict=True))
    came = [weather for _, weather in days]
    paid = {"you": costs} | {
        name: [price(bet[weather]) for bet, weather in zip(laid, came, strict=True)]
        for name, laid in rivals(number, came).items()
    }
    names = [name for name, _ in seen["board"]]
    assert names[:2] == ["you", "keeper"] and sorted(names) == sorted(paid)
    for name, amount in seen["board"]:
        finite = np.isfinite(paid[name])
        numbers = re.findall(r"\d+\.\d\d|∞|\d+", amount)
        yield f"{name} on average", numbers[0], np.mean(paid[name])
        if len(numbers) > 1:
            yield f"{name} on the other days", numbers[1], np.array(paid[name])[finite].mean()
            yield "how many they are", numbers[2], finite.sum()


def revealed(seen, days, number):
    """The sentences at the end of a round."""
    text, came = seen["rule"], [weather for _, weather in days]
    name = re.match(r"It was the ([\w ]+)\.", text)[1]
    others, p = rivals(number, came), np.array(HARBOURS[name]) / 8
    mine = np.mean([price(bet[weather]) for bet, weather in days])
    keeper = np.mean([price(others["keeper"][0][weather]) for weather in came])
    long = np.mean([xentlib.cross_entropy(p, np.array(bet) / 8, base=2) for bet, _ in days])
    floor = xentlib.entropy(p, base=2)
    yield "you paid", re.search(r"you paid (\d\.\d\d|∞)", text)[1], mine
    for pattern, true in (
        (r"climate, (\d\.\d\d)\.", keeper),
        (r"(\d\.\d\d) less than the keeper", keeper - mine),
        (r"climate, (\d\.\d\d) on all", keeper),
        (r"about (\d\.\d\d) a day", long),
        (r"(\d\.\d\d) is the weather's own", floor),
        (r"(\d\.\d\d) is wasted\.", long - floor),
    ):
        if found := re.search(pattern, text):
            yield pattern, found[1], true
    if np.isfinite(mine):
        yield (
            "the bar's other part",
            re.search(r"luck: (\d\.\d\d)", seen["apart"])[1],
            abs(mine - keeper),
        )
        assert ("waste" in seen["apart"]) == (mine >= keeper)
    assert ("about" in text) == np.isfinite(long)
    assert ("luck" in text) == (mine < keeper)


def charted(seen, days, number, coast):
    """What is said of the counter, and of the harbours that are known by now."""
    name = re.match(r"It was the ([\w ]+)\.", seen["rule"])[1]
    mine = coast[name] = wasted(number, [bet for bet, _ in days])
    counter = wasted(number, rivals(number, [day for _, day in days]).get("counter", ALL))
    assert ("you win" in seen["status"]) == (number > 0 and mine < counter)
    assert ("another try" in seen["status"]) == (number > 0 and mine >= counter)
    if found := re.search(r"waste (\S+) a day, the counter's (?:only )?(\d\.\d\d)", seen["status"]):
        yield "your waste", found[1], mine
        yield "the counter's waste", found[2], counter
    assert bool(found) == (number > 0)
    *listed, unknown = re.findall(r"\d\.\d\d|∞|\d", seen["coast"])
    yield from (("the coast", t, w) for t, w in zip(listed, coast.values(), strict=True))
    yield "harbours that wait", unknown, 6 - len(coast)


def test_the_nine_prices_are_the_surprisal_of_so_many_eighths():
    table = figures.forecaster().tables["price"]
    assert table[0] is None and len(table) == 9
    assert_allclose(table[1:], -np.log2(np.arange(1, 9) / 8), atol=1e-6)


def test_the_days_are_those_of_each_harbour_s_climate():
    rounds = figures.forecaster().tables["rounds"]
    assert len({days for _, days, *_ in rounds}) == len(rounds) == 61
    for harbour, chips in enumerate(HARBOURS.values()):
        days = np.array([list(map(int, days)) for place, days, *_ in rounds if place == harbour])
        expected = np.array(chips) / 8 * days.size
        often = np.bincount(days.ravel(), minlength=4)
        assert ((often - expected) ** 2 / expected).sum() < 11.4  # chi-square, one in a hundred
        if harbour:
            followed = np.mean(days[:, 1:] == days[:, :-1])  # a day tells nothing of the next
            assert abs(followed - ((expected / days.size) ** 2).sum()) < 0.1


def test_the_first_harbour_is_the_south_and_five_hidden_ones_follow_in_turn():
    places = [place for place, *_ in figures.forecaster().tables["rounds"]]
    assert places[0] == 0
    for first in range(1, 61, 5):
        assert sorted(places[first : first + 5]) == [1, 2, 3, 4, 5]
        assert {places[first], places[first + 2]} == {3, 5}  # other chips than the south's, mixed
    harbours = figures.forecaster().tables["harbours"]
    assert {h["name"]: h["chips"] for h in harbours} == HARBOURS
    assert_allclose(HARBOURS["south"], 8 * SOUTH)
    assert_allclose(HARBOURS["north"], 8 * NORTH)


def test_the_first_round_has_the_days_of_the_text():
    first = [int(day) for day in figures.forecaster().tables["rounds"][0][1]]
    assert np.bincount(first).tolist() == [10, 5, 2, 3]
    assert abs(price(np.array([4, 2, 1, 1])[first]).mean() - 1.75) < 1e-9


def test_what_a_thousand_days_would_do_is_the_cross_entropy():
    for harbour in figures.forecaster().tables["harbours"]:
        table, p = harbour["long_run"], np.array(harbour["chips"]) / 8
        assert list(table) == ["".join(map(str, bet)) for bet in ALL]
        assert_allclose(list(table.values()), -np.log2(np.array(ALL) / 8) @ p, atol=1e-6)
        best = min(table, key=table.get)
        assert list(best) == list(map(str, map(int, harbour["chips"])))
        assert abs(table[best] - harbour["floor"]) < 1e-6
    south = figures.forecaster().tables["harbours"][0]["long_run"]
    assert south["2222"] == 2 and south["2141"] == 2.25


def test_the_counter_knows_no_more_than_the_days_before():
    for number, (_, days, laid, waste) in enumerate(figures.forecaster().tables["rounds"]):
        came = tuple(map(int, days))
        bets = [counted(came[:day]) for day in range(20)]
        assert laid == "".join(str(bet[day]) for bet, day in zip(bets, came, strict=True))
        assert abs(waste - wasted(number, bets)) < 1e-6
        assert bets[0] == (2, 2, 2, 2)


@pytest.fixture
def root(chromium):
    with chrome.alone(chromium, figures.forecaster()) as root:
        yield root


def test_plus_takes_no_weather_s_last_chip(root):
    more = root.get_by_role("button", name="one chip more on sun", exact=True)
    for expected in ([3, 1, 2, 2], [4, 1, 1, 2], [5, 1, 1, 1], [5, 1, 1, 1]):
        more.click()
        assert root.evaluate(READ)["chips"] == expected
    assert "last chips stay" in root.evaluate(READ)["status"]
    root.get_by_role("button", name="one chip less on storm", exact=True).click()
    more.click()
    assert root.evaluate(READ)["chips"] == [6, 1, 1, 0]


def test_the_verdict_is_in_view_when_the_round_ends(root):
    for name in ["Five days"] * 4:
        root.get_by_role("button", name=name).click()
    box = root.locator(".rule").bounding_box()
    assert box["y"] >= 0 and box["y"] + box["height"] <= 600


def test_the_last_chip_of_a_row_and_an_undo_are_one_step_each(root):
    slots = root.locator(".bet").first.locator(".chips i")
    for slot, expected in ((3, [4, 1, 1, 2]), (3, [3, 1, 1, 2])):
        slots.nth(slot).click()
        assert root.evaluate(READ)["chips"] == expected
    root.get_by_role("button", name="Let the day come").press("Enter")
    assert "First put the 1 chip in your hand" in root.evaluate(READ)["status"]
    root.get_by_role("button", name="Undo").click()
    assert root.evaluate(READ)["chips"] == [4, 1, 1, 2]


def dragged(page, chips, *places):
    """Presses on a row of chips, moves to places of rows, by slots, and lets go."""
    boxes = [row.bounding_box() for row in chips]
    for step, (row, slot) in enumerate(places):
        box = boxes[row]
        x, y = box["x"] + box["width"] * (slot - 0.5) / 8, box["y"] + box["height"] / 2
        page.mouse.move(x, y, steps=4)
        if not step:
            page.mouse.down()
    page.mouse.up()


def test_chips_are_drawn_along_a_row_and_onto_another(root):
    chips = root.locator(".chips").all()
    for places, expected in (
        ([(0, 2), (0, 4)], [4, 1, 1, 2]),
        ([(0, 4), (0, 6), (0, 3)], [3, 1, 1, 2]),
        ([(3, 2), (2, 4)], [3, 1, 2, 1]),
        ([(0, 3), (1, 1), (2, 1)], [2, 1, 3, 1]),
        ([(1, 1), (1, -3)], [2, 0, 3, 1]),
    ):
        dragged(root.page, chips, *places)
        assert root.evaluate(READ)["chips"] == expected
    root.get_by_role("button", name="Undo").click()
    assert root.evaluate(READ)["chips"] == [2, 1, 3, 1]


def test_a_finger_that_scrolls_moves_no_chip(root):
    page = root.page
    box = root.locator(".chips").first.bounding_box()
    touch = page.context.new_cdp_session(page)

    def swipe(across, down):
        x, y = box["x"] + box["width"] * 1.5 / 8, box["y"] + box["height"] / 2
        for step in range(11):
            kind = "touchMove" if step else "touchStart"
            point = {"x": x + across * step / 10, "y": y + down * step / 10}
            touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [point]})
        touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

    swipe(box["width"] * 3 / 8, 0)
    after = root.evaluate(READ)["chips"]
    assert after[0] == 5 and page.evaluate("scrollY") == 0
    swipe(0, -200)
    page.wait_for_function("scrollY > 50")
    assert root.evaluate(READ)["chips"] == after
