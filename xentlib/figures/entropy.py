"""The figures of chapter 2, and its game."""

from itertools import product

import matplotlib.pyplot as plt
import numpy as np

from ..information import cross_entropy, entropy, surprisal
from .games import Game
from .harbour import BLIND, NORTH, SOUTH, SOUTHERN, WEATHERS, columns, edges, ground, price
from .moving import rounded
from .style import INK, MODEL, TRUTH, WASTE, house_style

OFFSET = {"textcoords": "offset points"}
CLIMATES = {  # of the code book; all but the first two wait until those have their best book
    "south": SOUTH,
    "north": NORTH,
    "desert": np.array([4, 1, 1, 2]) / 8,
    "bay": np.array([3, 4, 2, 1]) / 10,
    "islands": BLIND,
    "hills": np.array([1, 4, 2, 1]) / 8,
}


@house_style
def old_book():
    """The keeper's old words, for southern days."""
    _, axes = plt.subplots(figsize=(5.8, 2.9))
    price(axes, SOUTH, BLIND, ("00", "01", "10", "11"), "old words")
    axes.set(xlabel="how often it comes", ylabel="flashes")


@house_style
def new_book():
    """The keeper's new words for the same days, and what they save and add."""
    _, axes = plt.subplots(figsize=(5.8, 3.4))
    price(axes, SOUTH, SOUTH, SOUTHERN, "new words")
    axes.hlines(surprisal(BLIND, base=2)[0], 0, 1, color=INK, linestyle="--", linewidth=2)
    axes.text(1 / 4, 1.6, "saves 1/2", ha="center", va="center")
    axes.text(0.74, 2.75, "adds 1/4 →", ha="right", va="center")
    axes.text(0.01, 2.06, "old words", va="bottom")
    axes.set(xlabel="how often it comes", ylabel="flashes")


@house_style
def tree(words):
    """The tree of all words of up to three flashes, and what each code word closes."""
    _, axes = plt.subplots(figsize=(5.8, 3.6))
    for depth in range(4):
        for k in range(2**depth):
            _place(axes, f"{k:0{depth}b}" if depth else "", words)
    axes.set(xlim=(0, 1), ylim=(3, -1), yticks=[0.5, 1.5, 2.5], xlabel="the budget")
    axes.set_xticks(np.arange(9) / 8, "0 ⅛ ¼ ⅜ ½ ⅝ ¾ ⅞ 1".split())
    axes.set_yticklabels(["1 flash", "2 flashes", "3 flashes"])
    axes.spines[["left", "bottom"]].set_visible(False)
    axes.tick_params(axis="y", length=0)


def _place(axes, word, words):
    """One place in the tree: a code word with what it closes, or open, or nothing if closed."""
    depth, width = len(word), 0.5 ** len(word)
    left = int(word or "0", 2) * width
    box = {"align": "edge", "edgecolor": "white", "linewidth": 2}
    if word in words:
        axes.bar(left, 4 - depth, width, depth - 1, color=TRUTH, alpha=0.25, **box)
        axes.bar(left, 1, width, depth - 1, color=TRUTH, **box)
        name, ink = f"{WEATHERS[words.index(word)]}\n{word}", "white"
        if depth < 3:
            middle = left + width / 2, (depth + 3) / 2
            axes.text(*middle, f"{word}…\nclosed", ha="center", va="center")
    elif any(word.startswith(other) for other in words):
        return
    else:
        above = any(other.startswith(word) for other in words)
        name, ink = word or "no flash yet", INK
        if above and word:
            name = f"{word}\nnot a word"
        axes.bar(left, 1, width, depth - 1, color="#F8F8F8" if above else "#DEDEDE", **box)
    axes.text(left + width / 2, depth - 0.5, name, ha="center", va="center", color=ink)


@house_style
def trades():
    """The part of the tree that a word takes, by how much shorter than ideal it is."""
    _, axes = plt.subplots(figsize=(5.8, 4.2))
    shorter, names = np.arange(-3, 3), ("p/8", "p/4", "p/2", "p", "2p", "4p")
    axes.vlines(shorter, 0, 2.0**shorter, color=TRUTH, alpha=0.3, linewidth=8)
    axes.plot(shorter, 2.0**shorter, "o", color=TRUTH)
    for d, name in zip(shorter, names, strict=True):
        axes.annotate(f"${name}$", (d, 2.0**d), (-7, 5), ha="right", **OFFSET)
    d = np.linspace(-3.8, 2.3, 200)
    axes.plot(d, 2**d, color=TRUTH)
    axes.plot(d, 1 + np.log(2) * d, "--", color=INK)
    axes.text(1.3, 3.9, "the curve: $p \\cdot 2^d$", color=TRUTH, ha="right")
    axes.text(2.3, 2.3, f"the line:\n$p \\,(1 + c \\,d)$,\n$c = {np.log(2):.2f}$", va="top")
    axes.set_xticks(shorter, ["−3", "−2\nlonger", "−1", "0\nideal", "1", "2\nshorter"])
    axes.set(xlabel="$d$, flashes shorter than ideal", ylabel="part of the tree")
    axes.set(xlim=(-3.8, 3.9), ylim=(0, 4.6), yticks=[])


@house_style
def binary_entropy_curve():
    """The entropy of a day that is dry or wet, with three climates marked."""
    _, axes = plt.subplots()
    share = np.linspace(0, 1, 401)
    axes.plot(share, entropy(np.stack([share, 1 - share], axis=-1), base=2), color=TRUTH)
    beside = (8, 4), "left"
    marks = (0.5, (0, 8), "center"), (0.75, *beside), (0.9, *beside), (1.0, (-16, 4), "right")
    for p, offset, side in marks:
        height = entropy((p, 1 - p), base=2)
        axes.plot(p, height, "o", color=INK, clip_on=False)
        note = f"{p:.0%}: {height:.2f}"
        axes.annotate(note, (p, height), offset, ha=side, **OFFSET)
    axes.set(xlabel="share of dry days", ylabel="entropy of a day (bits)")
    axes.set(xlim=(0, 1.12), ylim=(0, 1.18), xticks=[0, 0.25, 0.5, 0.75, 1])
    axes.spines["bottom"].set_bounds(0, 1)
    axes.xaxis.set_major_formatter("{x:.0%}")


@house_style
def two_days_in_a_word():
    """What a dry or wet day costs with a word of its own, and with one word for two days."""
    _, (one, two) = plt.subplots(2, figsize=(5.8, 5.4))
    day = np.array([3 / 4, 1 / 4])
    _shared_words(one, day, ("0", "1"), ("dry", "wet"), 1)
    pairs = np.outer(day, day).ravel()
    names = ("dry\ndry", "dry\nwet", "wet\ndry", "wet\nwet")
    _shared_words(two, pairs, SOUTHERN, names, 2)


def _shared_words(axes, p, words, names, days):
    """The area of one code book, by the day, and the surprisals that it should come near to."""
    flashes = np.array([len(word) for word in words])
    ground(axes, p, names, top=2.2)
    columns(axes, p, flashes / days, MODEL)
    exact = {"color": TRUTH, "linestyle": "--", "linewidth": 2, "zorder": 3, "baseline": None}
    axes.stairs(surprisal(p, base=2) / days, edges(p), **exact)
    for word, left, width in zip(words, edges(p), p, strict=False):
        inside = {"color": "white", "ha": "center", "family": "monospace"}
        axes.text(left + width / 2, 0.1, word, **inside)
    axes.set_title(f"{('one day', 'two days')[days - 1]} in a word: area {p @ flashes / days:.2f}")
    axes.set(ylabel="flashes a day", xticks=[])


@house_style
def many_days(prices, p):
    """The price of a day with one word for 1, 2, ... days drawn from ``p``: floor and waste."""
    _, axes = plt.subplots(figsize=(5.8, 4.2))
    days, floor = np.arange(1, len(prices) + 1), entropy(p, base=2)
    axes.fill_between([0.5, days[-1] + 0.5], 0, floor, color=TRUTH, linewidth=0)
    axes.bar(days, prices - floor, 0.9, floor, color=WASTE, hatch="//", linewidth=0)
    for day in (1, 2, 3):
        height = prices[day - 1]
        axes.annotate(f"{height:.2f}", (day, height), (0, 3), ha="center", **OFFSET)
    axes.text(5.5, floor + 0.03, f"the floor: {floor:.2f}", color=TRUTH, ha="center")
    axes.set(xlabel="n, the days in one word", ylabel="flashes a day")
    axes.set(xticks=days, yticks=[0.8, 0.9, 1], xlim=(0.4, days[-1] + 0.6), ylim=(0.8, 1.02))


def code_book() -> Game:
    """Four words cut out of the tree of all words, and what such a book costs on average."""
    books = _books(*CLIMATES.values())
    (fixed, *_), (best, *_) = books["2222"], books["1233"]
    return Game(
        name="code-book",
        alt="The tree of all words of up to three flashes. Sun, word 0, takes half of it, cloud, "
        "word 10, a quarter, rain and storm, words 110 and 111, an eighth each. Nothing is left.",
        sentence="Words of flashes for four weathers, cut out of the tree of all words: with two "
        f"flashes each, a day costs {fixed:g} flashes on average; with one for sun, two for cloud "
        f"and three each for rain and storm, {best:g}.",
        rule="Every evening the day's weather is sent in flashes, short (0) and long (1), and each "
        "flash costs one. Cut a word for each weather out of the tree. Nothing may grow below a "
        "word, or the ships could not tell where it ends; so a short word uses up much of the "
        f"tree. Can you get below {fixed:g} flashes a day? Below {best:g}? (A second click gives a "
        "word back. With the keyboard, the arrow keys walk in the tree.)",
        tables=_tables_of_books(books),
        still=lambda: tree(SOUTHERN).figure,
        heights=(47, 62),
    )


def _tables_of_books(books):
    """What the game looks up: the climates, and each book's price in each of them."""
    best = {
        name: min(books, key=lambda book, k=k: books[book][k]) for k, name in enumerate(CLIMATES)
    }
    return {
        "weathers": WEATHERS,
        "climates": {name: rounded(p * 8) for name, p in CLIMATES.items()},
        "days": {name: _in_days(p) for name, p in CLIMATES.items()},
        "lowest": {name: books[best[name]][k] for k, name in enumerate(CLIMATES)},
        "best": {name: list(map(int, book)) for name, book in best.items()},
        "books": books,
        "says": _said_of_books(),
    }


def _in_days(p):
    """Shares as numbers of days, of eight or of ten."""
    whole = next(days for days in (8, 10) if np.allclose(p * days, np.round(p * days)))
    return [f"{share * whole:.0f} of {whole}" for share in p]


def _said_of_books():
    """The sentences of the game."""
    bay = CLIMATES["bay"]
    seldom = surprisal(bay.max(), base=2)
    half = "In the {} {} comes on half of all days."
    return {
        "area": "Wide is often, high is a long word: the area is the price.",
        "key": "Hatched: longer than in the best book here. Dashed: shorter.",
        "trade": "what you take from one word you must add to others.",
        "why": {
            "bay": f"the floor, {entropy(bay, base=2):.2f}, is out of reach, because no word has "
            f"{seldom:.2f} flashes."
        },
        "north": "Now send your book north.",
        "south": "Now find the best one for the south.",
        "open": "Other harbours wait.",
        "cut": "Cut a word for each weather.",
        "come": {
            **{n: half.format(n, WEATHERS[p.argmax()]) for n, p in CLIMATES.items()},
            "bay": "In the bay days are counted in tens. How cheap can a book be here?",
            "islands": "In the islands each weather comes equally often.",
        },
    }


def _books(*climates):
    """For each book of words of up to three flashes, by their lengths, its price by climate."""
    lengths = [book for book in product((1, 2, 3), repeat=4) if sum(0.5 ** np.array(book)) <= 1]
    share = 0.5 ** np.array(lengths)
    q = np.column_stack([share, 1 - share.sum(axis=-1)])  # the last column: what is left uncut
    prices = (rounded(cross_entropy([*p, 0], q, base=2), 6) for p in climates)
    paid = zip(*prices, strict=True)
    return {"".join(map(str, book)): costs for book, costs in zip(lengths, paid, strict=True)}
