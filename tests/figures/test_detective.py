"""The detective, the game of chapter 4: its tables, and what it shows while it is played."""

import re
from collections import Counter
from functools import cache
from itertools import product

import numpy as np
from numpy.testing import assert_allclose

import xentlib
from xentlib.figures import kl_divergence as figures
from xentlib.figures.harbour import NORTH, SOUTH, WEATHERS

ALARMS = [30, 120, 8]  # what a false one costs, round by round
SIDES = {"southern": SOUTH, "northern": NORTH}
READ = """e => ({
  title: e.querySelector(".title").textContent,
  nights: [...e.querySelectorAll(".signs .say")].map((one) => one.textContent),
  line: e.querySelector("polyline").getAttribute("points"),
  frame: e.querySelector(".plot svg").getAttribute("viewBox"),
  key: e.querySelector(".key")?.textContent,
  rule: e.querySelector(".rule").textContent,
  slope: e.querySelector(".slope")?.getAttribute("d"),
  ledger: [...e.querySelectorAll(".ledger li")].map((one) => one.textContent),
  report: [...e.querySelectorAll(".patience li")].map((one) =>
    [...one.children].map((part) => part.textContent)),
  summary: e.querySelector(".patience p")?.textContent,
  main: e.querySelector(".lead").textContent,
  status: e.querySelector("[role=status]").textContent,
})"""


def evidence(nights):
    """Bits for the southern lamp, from the probabilities of what was seen."""
    likely = [np.prod([p[WEATHERS.index(night)] for night in nights]) for p in (SOUTH, NORTH)]
    return xentlib.surprisal(likely[1], base=2) - xentlib.surprisal(likely[0], base=2)


def play(root, dice):
    """Two rounds of cases, decided at once, early or late: what each event shows."""

    def press(name):
        root.get_by_role("button", name=name, exact=True).press("Enter")

    for alarm in ALARMS[:2]:
        bills, missed = [], 0
        for _ in range(6):
            for _ in range(dice.choice([0, 1, 3, 6, 12, 25])):
                press("Another night")
                seen = root.evaluate(READ)
                yield list(told_of_evidence(seen))
                running = sum(bills) + len(seen["nights"])
                yield [("the bill so far", seen["ledger"][-1].split()[-1], running)]
            accused = dice.choice(list(SIDES))
            press(f"{accused.capitalize()} lamp")
            seen = root.evaluate(READ)
            right = seen["status"].startswith("Right")
            missed += not right
            bills.append(len(seen["nights"]) + (0 if right else alarm))
            yield [("an alarm", re.search(r"alarm (\d+)\.", seen["rule"])[1], alarm)]
            yield [*told_of_evidence(seen), *told_of_the_case(seen, accused, right, bills)]
            if len(bills) == 6:
                yield list(told_of_patience(seen, bills, missed, alarm))
            press(seen["main"])


def told_of_evidence(seen):
    bits = evidence(seen["nights"])
    counted, together = re.match(r"Case \d of 6, (\d+) nights?: (.*)", seen["title"]).groups()
    yield "nights", counted, len(seen["nights"])
    yield "bits so far", together.split()[0].replace("nothing", "0"), abs(bits)
    assert ("south" in together) == (bits > 0) and ("north" in together) == (bits < 0)
    x, y = seen["line"].split()[-1].split(",")
    yield from (("the line", x, len(seen["nights"])), ("the line", y, -bits))
    _, top, _, height = map(int, seen["frame"].split())
    heights = [int(place.split(",")[1]) for place in seen["line"].split()]
    assert top < min(heights) and max(heights) < top + height, "the line leaves the frame"
    if found := re.match(r"Night (\d+): (\w+), (\d )?.* Together: (\d+|nothing)", seen["status"]):
        yield "the night", found[1], len(seen["nights"])
        yield "what it says", found[3] or "0", abs(evidence([found[2]]))
        yield "together", found[4].replace("nothing", "0"), abs(bits)


def told_of_the_case(seen, accused, right, bills):
    bits = evidence(seen["nights"]) * (1 if accused == "southern" else -1)
    lamp = re.search(r"it is the (\w+)\.", seen["status"])[1]
    assert right == (lamp == accused)
    if found := re.search(r"had (\d+) bits? (for|against) it", seen["status"]):
        yield "bits at the end", found[1], abs(bits)
        assert (found[2] == "for") == (bits > 0)
    if found := re.search(r"more than ([\d.]+)% sure", seen["status"]):
        assert float(found[1]) < 100 / (1 + 0.5**bits)
    elif found := re.search(r"([\d.]+)% sure", seen["status"]):
        assert float(found[1]) < 100
        yield "how sure", found[1], 100 / (1 + 0.5**bits)
    if found := re.search(
        r"At ([\d.]+) bits .* after ([\d.]+) nights; it took (\d+)", seen["status"]
    ):
        p, q = SIDES[lamp], SIDES["northern" if lamp == "southern" else "southern"]
        waste = xentlib.kl_divergence(p, q, base=2)
        yield "the waste", found[1], waste
        yield "the nights it predicts", found[2], bits / waste
        yield "the nights it took", found[3], len(seen["nights"])
    if found := re.search(r"less than one in (\d+) is wrong", seen["status"]):
        assert int(found[1]) < 1 + 2**bits
    elif found := re.search(r"one in (\d+) is wrong", seen["status"]):
        yield "how often that is wrong", found[1], 1 + 2**bits
    yield "the bill of the case", re.search(r"Bill: (\d+)", seen["status"])[1], bills[-1]
    yield "the bill", seen["ledger"][-1].split()[-1], sum(bills)
    drift = [float(n) for n in re.findall(r"-?[\d.]+", seen["slope"])][-2:]
    p, q = SIDES[lamp], SIDES["northern" if lamp == "southern" else "southern"]
    yield "its key", re.search(r"[\d.]+", seen["key"])[0], xentlib.kl_divergence(p, q, base=2)
    yield "the slope", str(abs(drift[1])), 24 * xentlib.kl_divergence(p, q, base=2)
    assert (drift[1] < 0) == (lamp == "southern")


def told_of_patience(seen, bills, missed, alarm):
    yield "a case", re.search(r"you paid ([\d.]+) a case", seen["summary"])[1], np.mean(bills)
    yield "false alarms", re.search(r"(\d+) false", seen["summary"])[1], missed
    yield "what one costs", re.search(r"at (\d+):", seen["summary"])[1], alarm
    for row, (bits, (nights, wrong)) in zip(seen["report"][1:], waited().items(), strict=True):
        yield "bits", row[0].split()[0], bits
        yield "nights", row[1], nights
        yield "wrong in a hundred", row[2].rstrip("%"), 100 * wrong
        yield "the bill in the long run", row[3], nights + alarm * wrong


@cache
def waited():
    """For each number of bits waited for, the nights and the share of errors: a Markov chain."""
    return {
        bits: np.mean([walked(bits, *ends) for ends in (("south", 1), ("north", -1))], axis=0)
        for bits in range(1, 7)
    }


def walked(bits, lamp, side):
    """The same for one lamp, night by night, over all ways that the evidence can go."""
    p = SOUTH if lamp == "south" else NORTH
    alive, nights, wrong = {0: 1.0}, 0.0, 0.0
    for night in range(1, 25):
        after = Counter()
        for (bits_so_far, share), (k, often) in product(alive.items(), enumerate(p)):
            after[bits_so_far + [1, 1, -2, 0][k] * side] += share * often
        ends = {b: s for b, s in after.items() if abs(b) >= bits or night == 24}
        nights += night * sum(ends.values())
        wrong += sum(s if b < 0 else s / 2 for b, s in ends.items() if b <= 0)
        alive = {b: s for b, s in after.items() if b not in ends}
    return nights, wrong


def test_a_night_speaks_as_many_bits_as_the_two_words_differ():
    assert figures.detective().tables["evidence"] == [1, 1, -2, 0]
    assert_allclose(np.log2(SOUTH / NORTH), [1, 1, -2, 0])


def test_half_of_the_lamps_are_northern_and_their_nights_are_their_climate_s():
    cases = figures.detective().tables["cases"]
    assert 20 <= sum(northern for northern, _ in cases) <= 40
    for side, p in enumerate((SOUTH, NORTH)):
        nights = np.concatenate([list(map(int, n)) for northern, n in cases if northern == side])
        expected = p * nights.size
        often = np.bincount(nights, minlength=4)
        assert ((often - expected) ** 2 / expected).sum() < 7.8  # chi-square, one in twenty


def test_the_waste_is_what_the_evidence_gains_a_night():
    tables = figures.detective().tables
    assert tables["waste"] == [0.5, 0.625]
    assert tables["waste"] == [SOUTH @ [1, 1, -2, 0], -NORTH @ [1, 1, -2, 0]]
    assert tables["predicted"][0][5] == 10  # 32 to 1 after ten nights
    assert tables["one_in"][5] == "one in 33" and tables["sure"][5] == "97%"


def test_who_is_hasty_is_often_wrong_and_who_waits_for_certainty_pays_too():
    wrong, nights, *bills = zip(*figures.detective().tables["patience"], strict=True)
    assert (np.diff(wrong) < 0).all() and (np.diff(nights) > 0).all()
    assert [1 + int(np.argmin(bill)) for bill in bills] == [3, 5, 1]
    assert figures.detective().tables["false_alarms"] == tuple(ALARMS)
    for alarm, bill in zip(ALARMS, bills, strict=True):
        assert_allclose(bill, np.array(nights) + alarm * np.array(wrong) / 100, atol=1e-3)
    assert abs(wrong[0] / 100 - 2 / 7) < 1e-5  # the first night that is no storm decides


def test_nobody_is_told_that_he_is_quite_sure_and_no_evidence_is_too_much_for_the_tables():
    tables = figures.detective().tables
    assert len(tables["sure"]) == len(tables["one_in"]) == 15
    for bits, (sure, one_in) in enumerate(zip(tables["sure"], tables["one_in"], strict=True)):
        assert float(re.search(r"[\d.]+", sure)[0]) < 100
        assert sure.startswith("more than") == one_in.startswith("less than") == (bits == 14)
    assert max(reach for reach, *_ in tables["scales"]) > 24 * 2  # rain on all nights
