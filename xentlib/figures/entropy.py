"""The figures of chapter 2, still and moving."""

from fractions import Fraction
from heapq import heapify, heappop, heappush
from itertools import product

import altair as alt
import matplotlib.pyplot as plt
import numpy as np

from ..information import cross_entropy, entropy, surprisal
from . import harbour
from .games import Game
from .harbour import NORTH, SOUTH, WEATHERS
from .moving import Control, Moving, bars_beside, plain, points, rounded, texts, x_axis, y_axis
from .style import INK, QUIET, TRUTH, WASTE, house_style


@house_style
def binary_entropy_curve():
    """The entropy of a yes/no source over its probability, with three sources marked."""
    _, axes = plt.subplots()
    share = np.linspace(0, 1, 401)
    axes.plot(share, entropy(np.stack([share, 1 - share], axis=-1), base=2), color=TRUTH)
    marks = (0.5, (0, 8), "center"), (0.75, (8, 2), "left"), (1.0, (-16, 6), "right")
    for p, offset, side in marks:
        note = f"{p:.0%}: {entropy((p, 1 - p), base=2):.2f} bits"
        place = (p, entropy((p, 1 - p), base=2))
        axes.plot(*place, "o", color=INK, clip_on=False)
        axes.annotate(note, place, offset, textcoords="offset points", ha=side)
    axes.set(xlabel="probability of a win", ylabel="entropy (bits)", xlim=(0, 1), ylim=(0, 1.18))
    axes.xaxis.set_major_formatter("{x:.0%}")


@house_style
def code_tree(code, p):
    """The tree of a prefix code: ``code`` and ``p`` give each symbol its word and probability."""
    _, axes = plt.subplots()
    words = sorted(code.values())
    place = dict(zip(words, range(len(words)), strict=True))
    inner = {word[:depth] for word in words for depth in range(len(word))}
    for node in sorted(inner, key=len, reverse=True):
        place[node] = (place[node + "0"] + place[node + "1"]) / 2
    for node in inner:
        for digit in "01":
            x, y = [place[node], place[node + digit]], [-len(node), -len(node) - 1]
            axes.plot(x, y, color=QUIET, zorder=1)
            middle = (np.mean(x), np.mean(y))
            axes.text(*middle, digit, ha="center", va="center", backgroundcolor="white")
        axes.plot(place[node], -len(node), "o", color=INK, zorder=2)
    for symbol, word in code.items():
        note = f"{symbol} {p[symbol]:.2f}\nword {word}"
        spot = (place[word], -len(word))
        axes.plot(*spot, "s", color=INK, zorder=2)
        axes.annotate(note, spot, (0, -8), textcoords="offset points", ha="center", va="top")
    depth = max(map(len, words))
    axes.set(xlim=(-0.6, len(words) - 0.4), ylim=(-depth - 0.75, 0.15))
    axes.set_yticks(range(-depth, 1), range(depth, -1, -1))
    axes.set_ylabel("questions asked")
    axes.spines[["left", "bottom"]].set_visible(False)
    axes.tick_params(left=False)
    axes.set_xticks([])


@house_style
def block_rates(rates, p):
    """The price per symbol of codes for blocks of 1, 2, ... symbols drawn from ``p``."""
    _, axes = plt.subplots()
    length, floor = np.arange(1, len(rates) + 1), entropy(p, base=2)
    axes.fill_between(length, floor, rates, color=WASTE, hatch="//", alpha=0.5, linewidth=0)
    axes.plot(length, rates, "o-", color=INK)
    axes.axhline(floor, color=TRUTH, linestyle="--")
    axes.annotate("Huffman code of blocks", (2, rates[1]), (10, 18), textcoords="offset points")
    axes.annotate("waste", (1.08, floor), (0, 12), textcoords="offset points")
    note = f"entropy {floor:.4f} bits"
    axes.text(length[-1], floor - 0.006, note, color=TRUTH, ha="right", va="top")
    axes.set(xlabel="matches per code word", ylabel="bits per match", xticks=length)
    axes.set_ylim(floor - 0.04, max(rates) + 0.01)


@house_style
def differential_entropy_curve(sigmas, bits):
    """Differential entropy over the standard deviation, with its zero marked."""
    _, axes = plt.subplots()
    axes.axhspan(min(bits) - 0.2, 0, color=QUIET, alpha=0.2, linewidth=0)
    axes.plot(sigmas, bits, color=TRUTH)
    zero, last = np.interp(0, bits, sigmas), sigmas[-1]
    axes.plot([zero, last], [0, bits[-1]], "o", color=INK, clip_on=False)
    axes.annotate(f"zero at {zero:.3f}", (zero, 0), (4, -18), textcoords="offset points")
    end = (last, bits[-1])
    axes.annotate(f"{bits[-1]:.2f} bits", end, (0, -18), textcoords="offset points", ha="right")
    axes.text(0.98, min(bits) + 0.1, "negative", ha="right")
    axes.set(xlabel="standard deviation (unit of x)", ylabel="differential entropy (bits)")
    axes.set(xlim=(0, 1), ylim=(min(bits) - 0.2, bits[-1] + 0.3))


def growing_tree() -> Moving:
    """Huffman's tree of four symbols, its mean word length, and the entropy below it."""
    odds = [Fraction(k, 40) for k in range(41)]
    sources = [(a, (1 - a) / 2, (1 - a) / 4, (1 - a) / 4) for a in odds]
    codes = [huffman(source) for source in sources]
    shapes = sorted(set(codes))
    leaves, edges = zip(*map(_tree, shapes), strict=True)
    p = np.array(sources, dtype=float)
    lengths = np.array([[len(word) for word in code] for code in codes])
    floor, paid = entropy(p, base=2), (p * lengths).sum(axis=-1)

    x = x_axis("x", [-0.6, 6.7], title=None, domain=False)
    depth = y_axis("y", [3.7, -0.3], range(4), title="questions asked", format="d")
    leaf = points(
        4,
        x="leaves[shape[at]][datum.i][0]",
        y="leaves[shape[at]][datum.i][1]",
        p="p_drawn[at][datum.i]",
        symbol="'abcd'[datum.i]",
    )
    edge = points(
        6,
        x="edges[shape[at]][datum.i][0]",
        y="edges[shape[at]][datum.i][1]",
        x2="edges[shape[at]][datum.i][2]",
        digit="datum.i % 2",
        middle="(datum.x + datum.x2) / 2 + (datum.digit ? 0.16 : -0.16)",
        below="datum.y + 1",
        half="datum.y + 0.5",
    )
    area = alt.Size("p:Q").scale(domain=[0, 1], range=[0, 1800]).legend(None)
    tree = alt.layer(
        edge.mark_rule(color=QUIET, strokeWidth=2).encode(x, depth, x2="x2:Q", y2="below:Q"),
        edge.mark_text(fontSize=12).encode(alt.X("middle:Q"), alt.Y("half:Q"), text="digit:N"),
        leaf.mark_circle(color=TRUTH, opacity=1).encode(x, depth, size=area),
        leaf.mark_text(dy=27).encode(x, depth, text="symbol:N"),
    )
    bars = bars_beside(
        (4.5, "H", "0", "floor_drawn[at]", TRUTH),
        (5.8, "L", "0", "floor_drawn[at]", TRUTH),
        (5.8, "", "floor_drawn[at]", "paid_drawn[at]", WASTE),
        half_width=0.4,
        top=2.2,
        ticks=[0, 0.5, 1, 1.5, 2],
        title="bits per symbol",
    )
    return Moving(
        name="growing-tree",
        alt="The code tree of the symbols a, b, c and d, with leaves as large as their "
        "probabilities. Beside it two bars: the entropy H, and the mean word length L, whose "
        "part above the entropy is marked as waste.",
        controls=[
            Control("a", "probability of a", plain(np.arange(41) / 40), 24, 0, 0.025),
        ],
        readings={
            "p": [", ".join(plain(source, 5)) for source in p],
            "words": [", ".join(code) for code in codes],
            "paid": texts(paid),
            "floor": texts(floor),
            "waste": texts(paid - floor),
        },
        tables={
            "shape": [shapes.index(code) for code in codes],
            "leaves": leaves,
            "edges": edges,
            "p_drawn": rounded(p),
            "floor_drawn": rounded(floor),
            "paid_drawn": rounded(paid),
        },
        sentence="p = ({p}) with the words {words}. "
        "L = {paid} bits and H = {floor} bits: {waste} bits of waste.",
        chart=alt.layer(tree, bars).resolve_scale(y="independent"),
    )


def huffman(weights):
    """The word of each symbol. Fractions as weights make ties the same everywhere."""
    heap = [(weight, k, {k: ""}) for k, weight in enumerate(weights)]
    heapify(heap)
    while len(heap) > 1:
        (light, k, zeros), (heavy, _, ones) = heappop(heap), heappop(heap)
        words = {symbol: "0" + word for symbol, word in zeros.items()}
        words |= {symbol: "1" + word for symbol, word in ones.items()}
        heappush(heap, (light + heavy, k, words))
    return tuple(word for _, word in sorted(heap[0][2].items()))


def _tree(code):
    """The places of the leaves, one for each word, and the edges above them, 0 before 1."""
    place = {word: k for k, word in enumerate(sorted(code))}
    inner = {word[:depth] for word in code for depth in range(len(word))}
    inner = sorted(inner, key=lambda node: (-len(node), node))
    for node in inner:
        place[node] = (place[node + "0"] + place[node + "1"]) / 2
    edges = [[place[node], len(node), place[node + digit]] for node in inner for digit in "01"]
    return [[place[word], len(word)] for word in code], edges


def code_book() -> Game:
    """Four words cut out of the tree of all words, and what such a book costs on average."""
    climates = {"south": SOUTH, "north": NORTH}
    books = _books(*climates.values())
    (fixed, _), (best, _) = books["2222"], books["1233"]
    return Game(
        name="code-book",
        alt="Two areas of four columns, sun, cloud, rain and storm, each as wide as the weather is "
        "frequent and as high as its word is long. With words of two flashes the area is 2, with "
        "words of 1, 2, 3 and 3 flashes 1.75.",
        sentence="Words of flashes for four weathers, cut out of the tree of all words: with two "
        f"flashes each, a day costs {fixed:g} flashes on average; with one for sun, two for cloud "
        f"and three each for rain and storm, {best:g}.",
        rule="Every evening the day's weather is sent in flashes, short (0) and long (1), and each "
        "flash costs one. Cut a word for each weather out of the tree. Nothing may grow below a "
        "word, or the ships could not tell where it ends; so a short word uses up much of the "
        f"tree. Can you get below {fixed:g} flashes a day? Below {best:g}?",
        tables={
            "weathers": WEATHERS,
            "climates": {name: (p * 8).tolist() for name, p in climates.items()},
            "floor": {name: float(entropy(p, base=2)) for name, p in climates.items()},
            "best": {n: surprisal(p, base=2).astype(int).tolist() for n, p in climates.items()},
            "books": books,
        },
        still=_two_books,
        heights=(43, 58),
    )


def _books(*climates):
    """For each book of words of up to three flashes, by their lengths, its price by climate."""
    lengths = [book for book in product((1, 2, 3), repeat=4) if sum(0.5 ** np.array(book)) <= 1]
    share = 0.5 ** np.array(lengths)
    q = np.column_stack([share, 1 - share.sum(axis=-1)])  # the last column: what is left uncut
    paid = zip(*(cross_entropy([*p, 0], q, base=2).tolist() for p in climates), strict=True)
    return {"".join(map(str, book)): costs for book, costs in zip(lengths, paid, strict=True)}


def _two_books():
    """The price of two code books as areas."""
    plt.rc("font", size=9)  # rain and storm are narrow
    figure, panels = plt.subplots(1, 2, sharey=True)
    books = {"two each": ("00", "01", "10", "11"), "the best": ("0", "10", "110", "111")}
    for axes, (name, words) in zip(panels, books.items(), strict=True):
        share = 0.5 ** np.array([len(word) for word in words])
        harbour.price(axes, SOUTH, share, words, name)
    panels[0].set_ylabel("flashes")
    return figure
