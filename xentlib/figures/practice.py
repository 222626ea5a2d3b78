"""The figures of chapter 11, still and moving."""

import altair as alt
import matplotlib.pyplot as plt
import numpy as np

from ..datasets import measurements
from ..information import entropy, surprisal
from .harbour import COUSIN, FRACTIONS, GAP, NORTH, SOUTH, WEATHERS, edges
from .moving import Control, Moving, plain, rounded, rows, texts, x_axis, y_axis
from .softmax import softmax
from .style import INK, MODEL, QUIET, TRUTH, WASTE, house_style

BOOKS = {"northern": NORTH, "cousin": COUSIN}
NAMES = ["northern", "the cousin's, without a storm"]
DID = [  # what each call of the harbour does
    "It is the price of a day in bits",
    "It is the price of a day in nats",
    "It is the waste in nats",
    "It is the waste in nats, not yet added up",
    "It takes the shares for scores, and makes other shares from them",
    "It is the price of a day in nats",
    "It is the waste in nats, divided by four",
]
CLIPPED = {1: 2**-52, 5: 1e-7}  # the least share that scikit-learn and Keras know
LOW, HIGH = -1.7, 3.9  # of the drawn columns
BIT = np.log(2)  # in nats


def five_answers() -> Moving:
    """What libraries answer to the same shares, as an area."""
    asked = measurements("practice")["harbour"]
    answers = [_said(call[book]) for call in asked for book in BOOKS]
    heights = [height(k, q) for k in range(len(asked)) for q in BOOKS.values()]
    return Moving(
        name="five-answers",
        alt="Four columns, one for each weather: as wide as it is frequent, as high as the chosen "
        "function charges for it. Two sliders choose the function and the code book.",
        controls=[
            Control("call", "call", [f"{a['library']}, {a['call']}" for a in asked], 0, 0, 1),
            Control("book", "code book", NAMES, 0, 0, 1),
        ],
        readings={
            "answer": answers,
            "did": [_did(k, q) for k in range(len(asked)) for q in BOOKS.values()],
        },
        tables={
            "heights": rounded(np.clip(heights, LOW, HIGH + 1), 2),
            "labels": [plain(np.round(h, 2)) for h in heights],
            "colours": [WASTE if "waste" in did else MODEL for did in DID for _ in BOOKS],
            "above": [_above(k, call[book]) for k, call in enumerate(asked) for book in BOOKS],
        },
        sentence="{call}, answers {answer}. Code book: {book}. {did}.",
        chart=_charged(),
    )


def _did(call, q):
    clipped = call in CLIPPED and not q.all()
    return DID[call] + ", with a tiny share in place of the zero" * clipped


def _above(call, answer):
    """What stands above the columns: the unit of their heights, and their area."""
    unit, areas = "nats" if call else "bits", "areas" if np.size(answer) > 1 else "area"
    return f"heights in {unit}, {areas} {_said(answer)}"


def _said(answer):
    return ", ".join(texts(answer, 2)).replace("0.00", "0")


def height(call, q):
    """What the call charges for each weather, with the code book ``q``."""
    if call == 0:
        return surprisal(q, base=2)
    if call == 4:
        return surprisal(softmax(q))
    price = surprisal(np.maximum(q, CLIPPED.get(call, 0)))
    waste = "waste" in DID[call]
    return (price - waste * surprisal(SOUTH)) / (4 if "four" in DID[call] else 1)


def _share_of_days():
    """The axis of the shares, with fractions at the edges of the columns."""
    ends = edges(SOUTH)
    shares = " : ".join(f"datum.value == {x} ? '{FRACTIONS[8 * x]}'" for x in ends)
    return x_axis(
        "left", [0, 1], rounded(ends), labelExpr=f"{shares} : ''", labelOverlap=False,
        title="how often it comes", labelFontSize=15,
    )  # fmt: skip


def _named(column, middle):
    """The names at the foot of the columns, upright where these are narrow."""
    for which, angle, far in ("datum.k < 2", 0, 0.3), ("datum.k > 1", 270, 0.6):
        place = f"datum.height < 0 ? {far} : -{far}"
        name = column.transform_filter(which).transform_calculate(foot=place)
        yield name.mark_text(fontSize=13, angle=angle).encode(
            middle, alt.Y("foot:Q"), text="name:N"
        )


def _charged():
    """The columns of a call: places, heights and labels are looked up."""
    places = zip(WEATHERS, edges(SOUTH), edges(SOUTH)[1:], strict=False)
    column = rows(
        *({"k": k, "name": n, "a": a, "b": b} for k, (n, a, b) in enumerate(places)),
        left=f"datum.a + {GAP}",
        right=f"datum.b - {GAP}",
        zero="0",
        middle="(datum.left + datum.right) / 2",
        height=f"min(heights[at][datum.k], {HIGH})",
        label="labels[at][datum.k]",
        colour="colours[at]",
    )
    above = rows({"left": 0.01, "zero": HIGH + 0.8}, label="above[at]")
    x = _share_of_days()
    y = y_axis("zero", [LOW - 0.15, HIGH + 1], range(-1, 4), title=None, format="d")
    middle = alt.X("middle:Q")
    return alt.layer(
        column.mark_rect().encode(
            x, y, x2="right:Q", y2="height:Q", fill=alt.Fill("colour:N").scale(None)
        ),
        *(
            column.transform_filter(side)
            .mark_text(dy=dy, fontSize=14)
            .encode(middle, alt.Y("height:Q"), text="label:N")
            for side, dy in (("datum.height >= 0", -10), ("datum.height < 0", 11))
        ),
        *_named(column, middle),
        above.mark_text(align="left").encode(x, y, text="label:N"),
    )


@house_style
def one_ruler():
    """The right answers on one ruler, with nats below it and bits above."""
    _, axes = plt.subplots(figsize=(5.8, 4.2))
    floor, parts = entropy(SOUTH), SOUTH * (surprisal(NORTH) - surprisal(SOUTH))
    whole = floor + parts.sum()
    _piece(axes, 0, 0, whole, MODEL, f"{whole / BIT:.2f} bits = {whole:.2f} nats")
    _piece(axes, 1, 0, floor, TRUTH, f"floor {floor:.2f} nats")
    _piece(axes, 1, floor, whole, WASTE)
    axes.text(whole + 0.03, -1, f"{whole - floor:.2f}", va="center")
    ends = floor + np.append(0, np.cumsum(parts))
    for k, (name, part) in enumerate(zip(WEATHERS[:3], parts, strict=False)):
        _piece(axes, 2 + 0.36 * k, *ends[k : k + 2], WASTE, height=0.3)
        said = f"{part:+.2f}".replace("-", "−")
        axes.text(floor - 0.03, -2 - 0.36 * k, f"{name} {said}", ha="right", va="center")
    for place, who in enumerate(
        ("NumPy, scikit-learn: the price", "SciPy: the waste", "JAX: its parts")
    ):
        axes.text(0, 0.27 - place, who, va="bottom")
    for place in floor, whole:
        axes.plot([place] * 2, [-3, 0.2], color=QUIET, linewidth=1, linestyle=":", zorder=0)
    axes.set(xlim=(0, 2), ylim=(-3, 0.7), yticks=[], xlabel="nats", xticks=[0, 0.5, 1, 1.5, 2])
    bits = axes.secondary_xaxis("top", functions=(lambda x: x / BIT, lambda x: x * BIT))
    bits.set(xlabel="bits", xticks=[0, 1, 2])
    bits.spines["top"].set_visible(True)
    axes.spines["left"].set_visible(False)


def _piece(axes, place, low, high, colour, name="", height=0.46):
    """A piece of a bar, hatched if it is waste, dashed if it goes back."""
    if high < low:
        look = {"facecolor": "none", "edgecolor": INK, "linestyle": (0, (3, 2)), "linewidth": 1.8}
    else:
        look = {"color": colour, "hatch": "//" if colour == WASTE else ""}
    axes.barh(-place, high - low, height, low, **look)
    axes.text((low + high) / 2, -place, name, color="white", ha="center", va="center")


@house_style
def softmax_again(shares):
    """A belief, and what a softmax makes of it that takes its shares for scores."""
    _, axes = plt.subplots(figsize=(5.8, 2.8))
    for left, name, belief in (0, "before", shares), (4, "after", softmax(shares)):
        places, price = left + np.arange(len(belief)), abs(np.log(belief[1]))
        axes.bar(places, belief, 0.9, color=MODEL)
        for place, share in zip(places, belief, strict=True):
            axes.text(place, share + 0.03, f"{share:.2g}", ha="center", va="bottom")
        axes.text(places[1], -0.06, f"{name}: price {price:.2g}", ha="center", va="top")
    axes.annotate(
        "softmax", (3.4, 0.5), (1.6, 0.5), va="center",
        arrowprops={"arrowstyle": "-|>", "color": INK},
    )  # fmt: skip
    axes.set(ylim=(0, 1.2), xticks=[], yticks=[0, 0.5, 1], ylabel="share")
    axes.spines["bottom"].set_visible(False)


@house_style
def rows_or_cells(losses, names, classes):
    """The losses of some photographs as cells: what is added, and what it is divided by."""
    _, axes = plt.subplots(figsize=(5.8, 3.6))
    middle = {"ha": "center", "va": "center"}
    for (row, column), loss in np.ndenumerate(losses):
        place, colour = (column, -row), MODEL if loss else "#EFEFEF"
        axes.add_patch(plt.Rectangle(place, 0.94, 0.9, color=colour))
        ink = "white" if loss else INK
        axes.text(column + 0.47, -row + 0.45, f"{loss:.2g}", color=ink, **middle)
    for row, name in enumerate(names):
        axes.text(-0.1, -row + 0.45, name, ha="right", va="center")
    for column, name in enumerate(classes):
        axes.text(column + 0.47, 1, name, ha="center", va="bottom")
    axes.text(-0.1, 1, "photo of", ha="right", style="italic", va="bottom")
    total = losses.sum()
    for k, (count, things) in enumerate(((len(losses), "rows"), (losses.size, "cells"))):
        divided = f"sum {total:.2f}, divided by {count} {things}: {total / count:.3f}"
        axes.text(1.5, -len(losses) + 0.62 - 0.42 * k, divided, **middle)
    axes.set(xlim=(-1.2, 3.2), ylim=(-len(losses), 1.4))
    axes.axis("off")


@house_style
def blocks(prices, sizes):
    """The prices of some days in blocks, with two means of them: the right one, and of means."""
    _, axes = plt.subplots(figsize=(5.8, 3.6))
    ends = np.cumsum(sizes)
    means = [part.mean() for part in np.split(prices, ends[:-1])]
    for k, (end, size, mean) in enumerate(zip(ends, sizes, means, strict=True)):
        left = end - size + 0.4 * k
        axes.bar(left + np.arange(size), prices[end - size : end], 0.94, align="edge", color=MODEL)
        axes.plot([left, left + size - 0.06], [mean] * 2, color=INK, linewidth=3)
        middle = {"x": left + size / 2, "ha": "center"}
        axes.text(y=-0.15, s=f"sum {mean * size:.0f}\n{size} days", va="top", **middle)
        axes.text(y=3.15, s=f"mean {mean:g}", va="bottom", **middle)
    right = left + size
    for value, name, side, style in (
        (np.mean(means), "mean of\nmeans", "bottom", (0, (4, 2))),
        (prices.mean(), "all days", "top", "-"),
    ):
        axes.plot([-0.2, right + 0.1], [value] * 2, color=INK, linewidth=1.3, linestyle=style)
        axes.text(right + 0.15, value, f"{value:.2f} {name}", va=side)
    axes.set(ylim=(0, 3.8), xlim=(-0.3, right + 1.8), yticks=range(4), ylabel="flashes", xticks=[])
    axes.spines["bottom"].set_visible(False)
