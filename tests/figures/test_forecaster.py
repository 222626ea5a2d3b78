"""The forecaster, the game of chapter 0: its tables, and what it shows while it is played."""

import re

import browser as chrome
import numpy as np
from numpy.testing import assert_allclose

import xentlib
from xentlib.figures import why_a_loss as figures
from xentlib.figures.harbour import SOUTH, WEATHERS

RIVALS = {
    "keeper": [4, 2, 1, 1],
    "northern colleague": [2, 1, 4, 1],
    "knows nothing": [2, 2, 2, 2],
    "optimist": [8, 0, 0, 0],
}
READ = """e => ({
  chips: [...e.querySelectorAll("input")].map((one) => Number(one.value)),
  spoken: [...e.querySelectorAll("input")].map((one) => one.ariaValueText),
  prices: [...e.querySelectorAll(".bet > .n")].map((one) => one.textContent),
  days: [...e.querySelectorAll(".day")].map((one) => one.innerText),
  board: [...e.querySelectorAll(".board li")].map((one) =>
    [one.firstChild.textContent, one.querySelector(".amount").innerText]),
  rule: e.querySelector(".rule").textContent,
  status: e.querySelector("[role=status]").textContent,
  over: e.classList.contains("over"),
})"""


def price(chips):
    return xentlib.surprisal(np.array(chips) / 8, base=2)


def play(root, dice):
    """Two rounds with chips moved now and then: what each event shows, and what it should be."""

    def press(name):
        root.get_by_role("button", name=name, exact=True).click()

    for _ in range(2):
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
            yield list(told(seen, days))
        yield list(revealed(root.evaluate(READ)["rule"], days))
        press("New round")


def prices(seen):
    for chips, shown, spoken in zip(seen["chips"], seen["prices"], seen["spoken"], strict=True):
        yield "the price beside the chips", shown, price(chips)
        yield "the price that is spoken", re.search(r"costs (\S+)", spoken)[1], price(chips)


def told(seen, days):
    """The days, the status and the averages."""
    costs = [price(bet[weather]) for bet, weather in days]
    for shown, cost in zip(seen["days"], costs, strict=True):
        yield "a day", shown.split()[-1], cost
    if found := re.search(r"you pay (\d\.\d\d|∞)", seen["status"]):
        yield "the status", found[1], costs[-1]
    if found := re.match(r"Days (\d+) to", seen["status"]):
        listed = re.findall(r"\w+ (\d\.\d\d|∞)[,.]", seen["status"])
        yield from (("days", t, c) for t, c in zip(listed, costs[int(found[1]) - 1 :], strict=True))
    paid = {"you": costs} | {
        name: [price(chips[weather]) for _, weather in days] for name, chips in RIVALS.items()
    }
    assert [name for name, _ in seen["board"]] == list(paid)
    for name, amount in seen["board"]:
        finite = np.isfinite(paid[name])
        numbers = re.findall(r"\d+\.\d\d|∞|\d+", amount)
        yield f"{name} on average", numbers[0], np.mean(paid[name])
        if len(numbers) > 1:
            yield f"{name} on the other days", numbers[1], np.array(paid[name])[finite].mean()
            yield "how many they are", numbers[2], finite.sum()


def revealed(text, days):
    """The sentences at the end of a round."""
    mine = np.mean([price(bet[weather]) for bet, weather in days])
    keeper = np.mean([price(RIVALS["keeper"][weather]) for _, weather in days])
    long = np.mean([xentlib.cross_entropy(SOUTH, np.array(bet) / 8, base=2) for bet, _ in days])
    yield "you paid", re.search(r"You paid (\d\.\d\d|∞)", text)[1], mine
    for pattern, true in (
        (r"(\d\.\d\d) the keeper paid", keeper),
        (r"(\d\.\d\d) you wasted", mine - keeper),
        (r"(\d\.\d\d) less than the keeper", keeper - mine),
        (r"climate, (\d\.\d\d) on all", keeper),
        (r"about (\d\.\d\d) each", long),
        (r"(\d\.\d\d) is the weather's own", xentlib.entropy(SOUTH, base=2)),
        (r"(\d\.\d\d) wasted\.", long - xentlib.entropy(SOUTH, base=2)),
    ):
        if found := re.search(pattern, text):
            yield pattern, found[1], true
    assert ("about" in text) == np.isfinite(long)
    assert ("luck" in text) == (mine < keeper)


def test_the_nine_prices_are_the_surprisal_of_so_many_eighths():
    table = figures.forecaster().tables["price"]
    assert table[0] is None and len(table) == 9
    assert_allclose(table[1:], -np.log2(np.arange(1, 9) / 8), atol=1e-6)


def test_the_days_are_those_of_the_southern_climate():
    rounds = figures.forecaster().tables["rounds"]
    days = np.array([list(map(int, row)) for row in rounds])
    assert days.shape == (60, 20) and len(set(rounds)) == 60
    often = np.bincount(days.ravel(), minlength=4)
    expected = SOUTH * days.size
    assert ((often - expected) ** 2 / expected).sum() < 7.8  # chi-square, one in twenty
    followed = np.mean(days[:, 1:] == days[:, :-1])
    assert abs(followed - (SOUTH**2).sum()) < 0.04  # and a day tells nothing of the next


def test_the_first_round_is_no_unusual_one():
    first = [int(day) for day in figures.forecaster().tables["rounds"][0]]
    assert abs(price(np.array([4, 2, 1, 1])[first]).mean() - 1.75) < 0.1


def test_what_a_thousand_days_would_do_is_the_cross_entropy():
    table = figures.forecaster().tables["long_run"]
    assert len(table) == 35 and min(table.values()) == table["4211"] == 1.75
    assert table["2222"] == 2 and table["2141"] == 2.25


def test_the_last_chip_of_a_row_and_an_undo_are_one_step_each():
    with chrome.started() as browser:
        page = browser.new_page()
        page.set_content(figures.forecaster()._repr_mimebundle_()["text/html"])
        root = page.locator("[data-game]")
        slots = root.locator(".bet").first.locator(".chips i")
        for slot, expected in ((3, [4, 1, 1, 2]), (3, [3, 1, 1, 2])):
            slots.nth(slot).click()
            assert root.evaluate(READ)["chips"] == expected
        root.get_by_role("button", name="Let the day come").press("Enter")
        assert "First put the 1 chip in your hand" in root.evaluate(READ)["status"]
        root.get_by_role("button", name="Undo").click()
        assert root.evaluate(READ)["chips"] == [4, 1, 1, 2]
