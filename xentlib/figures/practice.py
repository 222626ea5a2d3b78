"""The figures of chapter 11, still and moving."""

import altair as alt
import matplotlib.pyplot as plt
import numpy as np

from ..datasets import measurements
from ..information import cross_entropy, entropy, surprisal
from .harbour import COUSIN, FRACTIONS, NORTH, SOUTH, WEATHERS, edges
from .moving import Control, Moving, plain, rounded, rows, texts, x_axis, y_axis
from .softmax import softmax
from .style import INK, MODEL, WASTE, house_style

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
        },
        sentence="{call}, answers {answer}. Code book: {book}. {did}.",
        chart=_charged(),
    )


def _did(call, q):
    clipped = call in CLIPPED and not q.all()
    return DID[call] + ", with a tiny share in place of the zero" * clipped


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
    """The names below the columns, upright where these are narrow."""
    for which, angle in ("datum.k < 2", 0), ("datum.k > 1", 270):
        name = column.transform_filter(which).mark_text(fontSize=13, angle=angle)
        yield name.encode(middle, alt.Y("names:Q"), text="name:N")


def _charged():
    """The columns of a call: places, heights and labels are looked up."""
    places = zip(WEATHERS, edges(SOUTH), edges(SOUTH)[1:], strict=False)
    column = rows(
        *({"k": k, "name": n, "left": a, "right": b} for k, (n, a, b) in enumerate(places)),
        zero="0",
        middle="(datum.left + datum.right) / 2",
        height=f"min(heights[at][datum.k], {HIGH})",
        label="labels[at][datum.k]",
        colour="colours[at]",
        names=f"{LOW - 0.7}",
    )
    x = _share_of_days()
    y = y_axis("zero", [LOW - 1.3, HIGH + 0.5], range(-1, 4), title="bits or nats", format="d")
    middle = alt.X("middle:Q")
    return alt.layer(
        column.mark_rect(stroke="white", strokeWidth=2).encode(
            x, y, x2="right:Q", y2="height:Q", fill=alt.Fill("colour:N").scale(None)
        ),
        *(
            column.transform_filter(side)
            .mark_text(dy=dy, fontSize=14)
            .encode(middle, alt.Y("height:Q"), text="label:N")
            for side, dy in (("datum.height >= 0", -10), ("datum.height < 0", 11))
        ),
        *_named(column, middle),
    )


@house_style
def ladder():
    """From one answer to the next: another unit, the floor taken away, a division."""
    _, axes = plt.subplots(figsize=(5.8, 4.2))
    bits, nats = cross_entropy(SOUTH, NORTH, base=2), cross_entropy(SOUTH, NORTH)
    waste = nats - entropy(SOUTH)
    steps = [
        (bits, MODEL, "NumPy: bits", ""),
        (nats, MODEL, "scikit-learn: nats", "times 0.69"),
        (waste, WASTE, "SciPy: only the waste", "minus the floor, 1.21"),
        (waste / 4, WASTE, "PyTorch kl_div: a mean of four", "divided by 4"),
    ]
    for place, (value, colour, name, step) in enumerate(steps):
        axes.barh(-place, value, 0.42, color=colour, hatch="//" if colour == WASTE else "")
        axes.text(value + 0.04, -place, f"{value:.2f}", va="center", weight="bold")
        axes.text(0.02, -place + 0.27, name, va="bottom")
        if step:
            axes.text(2.75, -place + 0.5, f"↓ {step}", va="center", ha="right", color=INK)
    axes.set(xlim=(0, 2.75), ylim=(-3.4, 0.7), yticks=[], xticks=[0, 1, 2])
    axes.spines["left"].set_visible(False)


@house_style
def softmax_again(shares):
    """A belief, and what a softmax makes of it that takes its shares for scores."""
    _, axes = plt.subplots(figsize=(5.8, 2.8))
    for left, name, belief in (0, "before", shares), (4, "after", softmax(shares)):
        places = left + np.arange(len(belief))
        axes.bar(places, belief, 0.9, color=MODEL)
        for place, share in zip(places, belief, strict=True):
            axes.text(place, share + 0.03, f"{share:.2g}", ha="center", va="bottom")
        axes.text(places[1], -0.06, name, ha="center", va="top")
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
    total = losses.sum()
    for k, (count, things) in enumerate(((len(losses), "rows"), (losses.size, "cells"))):
        divided = f"sum {total:.2f}, divided by {count} {things}: {total / count:.3f}"
        axes.text(1.5, -len(losses) + 0.62 - 0.42 * k, divided, **middle)
    axes.set(xlim=(-1.2, 4.2), ylim=(-len(losses), 1.4))
    axes.axis("off")


@house_style
def blocks(prices, sizes):
    """The prices of some days in blocks, with the sum and the count of each."""
    _, axes = plt.subplots(figsize=(5.8, 3.4))
    ends = np.cumsum(sizes)
    for k, (end, size) in enumerate(zip(ends, sizes, strict=True)):
        days = np.arange(end - size, end)
        axes.bar(days + k * 0.4, prices[days], 0.94, align="edge", color=MODEL)
        middle, total = days[0] + k * 0.4 + size / 2, prices[days].sum()
        axes.text(middle, -0.25, f"sum {total:.0f}\n{size} days", ha="center", va="top")
        axes.plot(
            [days[0] + k * 0.4, end + k * 0.4 - 0.06], [total / size] * 2, color=INK, linewidth=2.5
        )
        axes.text(middle, 3.2, f"mean {total / size:g}", ha="center", va="bottom")
    axes.set(ylim=(0, 3.8), yticks=range(4), ylabel="flashes", xticks=[])
    axes.spines["bottom"].set_visible(False)
