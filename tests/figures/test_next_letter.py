"""The next letter, the game of chapter 10: its tables, and what it shows while it is played."""

import re
from collections import Counter

import numpy as np
from numpy.testing import assert_allclose

import xentlib
from xentlib.datasets import hamlet, letters
from xentlib.figures import language as figures
from xentlib.figures import ngrams

SYMBOLS = "abcdefghijklmnopqrstuvwxyz "
TEXT = letters(hamlet())
GAME = figures.next_letter()
PASSAGES = ["".join(passage) for passage in GAME.tables["passages"]]
READ = """e => ({
  title: e.querySelector(".title").textContent,
  text: e.querySelector(".text").textContent,
  slots: [...e.querySelectorAll(".slots li:not([aria-hidden])")].map((one) =>
    [...one.querySelectorAll(".say")].map((part) => part.textContent)),
  board: [...e.querySelectorAll(".board li")].map((one) =>
    [one.firstChild.textContent, one.lastChild.textContent,
     [...one.querySelectorAll("i")].map((bar) => Number(bar.style.getPropertyValue("--n")))]),
  note: e.querySelector(".remark").textContent,
  status: e.querySelector("[role=status]").textContent,
})"""


def rest_of_the_play():
    """The play without the passages of the game, in pieces."""
    return re.split("|".join(map(re.escape, PASSAGES)), TEXT)


def followers(longest=4):
    """How often each letter follows each context, counted in the rest of the play."""
    counts = Counter()
    for piece in rest_of_the_play():
        for length in range(longest + 1):
            windows = (piece[k : k + length + 1] for k in range(len(piece) - length))
            counts.update((window[:-1], window[-1]) for window in windows)
    return counts


COUNTS = followers()


def shares(context):
    """Witten and Bell's mixture, from the shortest context to the longest."""
    mixed = dict.fromkeys(SYMBOLS, 1 / 27)
    for length in range(len(context) + 1):
        seen = {s: COUNTS[context[len(context) - length :], s] for s in SYMBOLS}
        total, kinds = sum(seen.values()), sum(n > 0 for n in seen.values())
        if total:
            mixed = {s: (seen[s] + kinds * mixed[s]) / (total + kinds) for s in SYMBOLS}
    return mixed


def bounds(guesses):
    """Shannon's bounds of 1951, from how often each number of guesses was needed."""
    q = np.bincount(guesses, minlength=29)[1:] / len(guesses)
    rank = np.arange(1, len(q))
    lower = np.sum(rank * (q[:-1] - q[1:]) * np.log2(rank))
    return lower, xentlib.entropy(q, base=2)


def play(root, dice):
    """Two passages, guessed in a usual order with slips: what each event shows."""
    found, guesses = [], []
    clock = root.evaluate("Date.now()")
    for number in ((clock + turn) % 30 for turn in range(2)):
        for k in range(12):
            passage = PASSAGES[number]
            tries = list(" etaoinshrdlumwycfgpbvkxjqz")
            dice.shuffle(tries) if dice.random() < 0.2 else None
            if dice.random() < 0.5:
                tries.insert(0, passage[60 + k])
            guesses.append(0)
            for letter in dict.fromkeys(tries):
                guesses[-1] += 1
                type_or_press(root, letter, dice)
                if letter == passage[60 + k]:
                    break
            else:
                raise AssertionError("no letter was right")
            found.append((number, k))
            assert guesses[-1] == 1 or f"Yes, {called(letter)}" in root.evaluate(READ)["status"]
            yield list(told(root.evaluate(READ), found, guesses, passage))
        done = root.evaluate(READ)["status"]
        type_or_press(root, "e", dice)
        assert re.search(r"you needed .*\.", done)[0] in root.evaluate(READ)["status"]
        root.get_by_role("button", name="Next passage").press("Enter")
        assert root.get_by_label("type a letter").evaluate("e => e === document.activeElement")


def type_or_press(root, letter, dice):
    if dice.random() < 0.7:
        root.get_by_label("type a letter").press_sequentially(letter)
    else:
        root.get_by_role("button", name=called(letter), exact=True).press("Enter")


def called(letter):
    return "the space" if letter == " " else letter


def told(seen, found, guesses, passage):
    number, k = found[-1]
    theirs = [ranks(*place) for place in found]
    assert passage[: 61 + k] in seen["text"].replace("?", "")
    here = [n for n, (where, _) in enumerate(found) if where == number]
    for n, (letter, mine, model) in zip(here, seen["slots"], strict=True):
        assert letter == called(passage[60 + found[n][1]])
        yield "your guesses", mine.split()[-1], guesses[n]
        yield "the model's guesses", model.split()[-1], theirs[n]
    mine, model, bits = re.search(
        r": (\d+) guess.* needs (\d+) and pays ([\d.]+) bits", seen["status"]
    ).groups()
    yield "your guesses", mine, guesses[-1]
    yield "the model's guesses", model, theirs[-1]
    yield "the model's bits", bits, paid("five letters", *found[-1])
    if total := re.search(r"needed (\d+) guesses, the model (\d+)", seen["status"]):
        yield "all your guesses", total[1], sum(guesses[-12:])
        yield "all its guesses", total[2], sum(theirs[-12:])
    low, high = bounds(guesses)
    (_, between, bars), *models, (_, nothing, _) = seen["board"]
    if low > high + 1e-9:
        assert between == "too early"
        between = " – ".join(re.search(r"bound, (\S+), .* one, (\S+):", seen["note"]).groups())
    for shown, true in zip(between.split(" – "), (low, high), strict=True):
        yield "a bound", shown, true
    yield "the bar of a bound", str(round(sum(bars), 4)), max(low, high)
    assert ("crossed" in seen["note"]) == (low > high + 1e-9)
    for name, shown, _ in models:
        yield name, shown, np.mean([paid(name, *place) for place in found])
    yield "knows nothing", nothing, np.log2(27)


def context(name, number, k):
    at = 60 + k
    return PASSAGES[number][at - figures.MODELS[name] : at]


def paid(name, number, k):
    return xentlib.surprisal(shares(context(name, number, k))[PASSAGES[number][60 + k]], base=2)


def ranks(number, k):
    """The guesses that the model of five letters needs."""
    belief = shares(context("five letters", number, k))
    return 1 + sum(share > belief[PASSAGES[number][60 + k]] for share in belief.values())


def test_each_passage_stands_in_the_play_and_was_held_out():
    assert all(TEXT.count(passage) == 1 for passage in PASSAGES)
    assert len(set(PASSAGES)) == len(PASSAGES) == 30
    pieces = rest_of_the_play()
    assert len(pieces) == 31
    assert sum(map(len, pieces)) == len(TEXT) - 30 * 72
    for length, (_, times, *_) in enumerate(ngrams.read(pieces, 5)):
        counted = sorted(n for (context, _), n in COUNTS.items() if len(context) == length)
        assert sorted(times) == counted


def test_each_price_is_that_of_a_model_that_never_read_the_passage():
    for name, table in GAME.tables["bits"].items():
        expected = [[paid(name, n, k) for k in range(12)] for n in range(30)]
        assert_allclose(table, expected, atol=1e-6)
    guesses = [[ranks(n, k) for k in range(12)] for n in range(30)]
    assert GAME.tables["guesses"] == guesses


def test_what_a_model_believes_sums_to_one_and_rules_nothing_out():
    for context in ("", "q", "the ", "zzzz", "xent"):
        tried = [ngrams.windows(context + letter, len(context) + 1)[0] for letter in SYMBOLS]
        kept = ngrams.read(rest_of_the_play(), len(context) + 1)
        belief = ngrams.shares(kept, np.array(tried))[-1]
        assert_allclose(belief.sum(), 1)
        assert belief.min() > 0


def test_longer_contexts_pay_less():
    means = [np.mean(table) for table in GAME.tables["bits"].values()]
    assert np.log2(27) > means[0] > means[1] > means[2] > 1


def test_the_bounds_are_sums_of_the_tables():
    guesses = [1] * 30 + [2] * 8 + [3] * 5 + [5] * 2 + [11]
    tables, n = GAME.tables, len(guesses)
    low = sum(tables["least"][guess] for guess in guesses) / n
    counts = np.bincount(guesses)
    high = (tables["spread"][n] - sum(tables["spread"][count] for count in counts)) / n
    assert_allclose((low, high), bounds(guesses), atol=1e-6)
    assert low < high
