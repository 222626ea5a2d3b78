"""The figures of chapter 1, still and moving."""

import altair as alt
import matplotlib.pyplot as plt
import numpy as np

from ..information import surprisal
from .harbour import FRACTIONS
from .moving import Control, Moving, rounded, rows, x_axis, y_axis
from .style import INK, QUIET, TRUTH, house_style

FLASHES = 20  # they name one square of the sea chart
TOP = 24  # of the frame
PALE, CLOSED = "#B5D3E7", "#E4E4E4"  # still possible, no longer possible


def halvings() -> Moving:
    """The column of what is left of the sea chart, while flash after flash halves it."""
    sent = range(FLASHES + 1)
    p = np.array([*(2.0**-n for n in sent), 0])
    bits = surprisal(p, base=2)
    return Moving(
        name="halvings",
        alt="One column, as wide as the share of the sea chart that is left and as high as the "
        "number of flashes. With each step of the slider it gets half as wide and one flash "
        "higher. Grey steps show the columns before.",
        controls=[Control("flashes", "flashes", [*map(str, sent), "without end"], 3, 0, 1)],
        readings={
            "squares": [*(_counted(2 ** (FLASHES - n), "square") for n in sent), "No square"],
            "p": ["1", *(f"1/{2**n}" for n in sent[1:]), "0"],
            "price": [*(_counted(int(b), "flash", "es") for b in bits[:-1]), "∞ flashes"],
        },
        tables={
            "p_drawn": rounded(p, 7),
            "bits_drawn": rounded(np.minimum(bits, TOP)),
        },
        sentence="{squares} left: p = {p}. The price is {price}.",
        chart=_one_column(),
        drag={"control": "flashes", "scale": "x", "places": rounded(p, 7)},
    )


def _counted(number, noun, ending="s"):
    """A number and its noun."""
    return f"{number:,} {noun}{'' if number == 1 else ending}"


def _one_column():
    """The column of flashes with its two numbers beside it, and the columns before as steps."""
    ticks = [0, 0.25, 0.5, 0.75, 1]
    x = x_axis("zero", [0, 1], ticks, title="share of the chart that is left, p", format=".2~f")
    y = y_axis("low", [0, TOP], range(0, FLASHES + 1, 5), title="flashes", format="d")
    column = rows(
        {"zero": 0, "low": 0},
        right="p_drawn[at]",
        top="bits_drawn[at]",
        beside="min(datum.right, 0.25)",
        above=f"min(datum.top, {FLASHES})",
        height="price[at]",
        left="squares[at] + ' left'",
    )
    steps = [{"low": n, "zero": 2.0**-n, "next": 2.0 ** -(n + 1)} for n in range(1, FLASHES)]
    before = rows(*steps, base="0").transform_filter("datum.low < bits_drawn[at]")
    flash = rows(*({"zero": 0, "low": n} for n in range(1, FLASHES)), right="p_drawn[at]")
    right, top = alt.X("beside:Q"), alt.Y("above:Q")
    text = {"align": "left", "dx": 8, "fontSize": 14}
    return alt.layer(
        before.mark_rect(color=QUIET, opacity=0.25).encode(x, y, x2="next:Q", y2="base:Q"),
        column.mark_rect(fill=TRUTH, stroke=TRUTH, strokeWidth=2).encode(
            x, y, x2="right:Q", y2="top:Q"
        ),
        flash.transform_filter("datum.low < bits_drawn[at]")
        .mark_rule(color="white", strokeWidth=1.5)
        .encode(x, y, x2="right:Q"),
        column.mark_text(**text, dy=-27).encode(right, top, text="height:N"),
        column.mark_text(**text, dy=-9).encode(right, top, text="left:N"),
    )


@house_style
def chart():
    """Eight squares of a sea chart with their words, and what three flashes leave of them."""
    _, panels = plt.subplots(2, 2, figsize=(5.8, 3.7))
    titles = (
        "no flash: 8 squares",
        "after 1: 4 squares",
        "after 11: 2 squares",
        "after 110: 1 square",
    )
    for axes, title, sent in zip(panels.flat, titles, ("", "1", "11", "110"), strict=True):
        for column, row in np.ndindex(4, 2):
            word = f"{column // 2}{row}{column % 2}"
            possible = PALE if word != sent else TRUTH
            colour = possible if word.startswith(sent) else CLOSED
            axes.bar(column, 1, 1, -row, color=colour, edgecolor="white", linewidth=2)
            if word.startswith(sent):
                axes.text(
                    column, 0.5 - row, word, family="monospace", ha="center", va="center",
                    color="white" if word == sent else INK,
                )  # fmt: skip
        axes.set_title(title, loc="center", pad=6)
        axes.axis("off")


@house_style
def words_by_halving():
    """All days, halved again and again until each weather has its word."""
    _, axes = plt.subplots(figsize=(5.8, 3.8))
    rest = {"color": PALE, "edgecolor": "white", "linewidth": 2}
    done = rest | {"color": TRUTH}
    days = [("all days", 0, 1, rest)]
    days += [("sun\n0", 0, 1 / 2, done), ("all others\n1…", 1 / 2, 1, rest)]
    days += [("cloud\n10", 1 / 2, 3 / 4, done), ("others\n11…", 3 / 4, 1, rest)]
    days += [("rain\n110", 3 / 4, 7 / 8, done), ("storm\n111", 7 / 8, 1, done)]
    for (text, left, right, look), row in zip(days, (0, 1, 1, 2, 2, 3, 3), strict=True):
        axes.barh(row, right - left, 0.94, left, **look)
        colour = "white" if look is done else INK
        axes.text((left + right) / 2, row, text, color=colour, ha="center", va="center")
    places = [0, 1 / 2, 3 / 4, 7 / 8, 1]
    axes.set_xticks(places, [FRACTIONS[8 * place] for place in places])
    axes.set_yticks(range(4), ["no flash", "1 flash", "2 flashes", "3 flashes"])
    axes.tick_params(axis="y", length=0)
    axes.set(xlim=(0, 1), xlabel="share of all days")
    axes.invert_yaxis()
    axes.spines["left"].set_visible(False)


@house_style
def corner_curve(p):
    """The columns of some probabilities, and the curve on which their corners lie."""
    _, axes = plt.subplots(figsize=(5.8, 3.8))
    for share in sorted(p, reverse=True):
        bits = surprisal(share, base=2)
        axes.bar(0, bits, share, align="edge", color=PALE)
        axes.plot([0, share, share], [bits, bits, 0], color=TRUTH, linewidth=1.5)
        axes.plot(share, bits, "o", color=INK, markersize=7)
        axes.annotate(
            f"p = {FRACTIONS[8 * share]}: {bits:.3g}", (share, bits), (8, 6),
            textcoords="offset points",
        )  # fmt: skip
    grid = np.linspace(0.02, 1, 400)
    axes.plot(grid, surprisal(grid, base=2), color=TRUTH)
    axes.set(xlabel="how probable it is, p", ylabel="surprisal (bits)")
    axes.set(xlim=(0, 1), ylim=(0, 4.5), yticks=range(5), xticks=[0, 1 / 4, 1 / 2, 3 / 4, 1])
    axes.set_xticklabels(["0", "¼", "½", "¾", "1"])


@house_style
def two_days():
    """The column of a sunny day, of a rainy day, and of both in a row."""
    _, axes = plt.subplots(figsize=(5.8, 3.8))
    for left, width, bottom, height, look in (
        (0, 1 / 2, 0, 1, 0.5), (0.68, 1 / 8, 0, 3, 1),
        (0.96, 1 / 16, 0, 1, 0.5), (0.96, 1 / 16, 1, 3, 1),
    ):  # fmt: skip
        axes.bar(left, height, width, bottom, align="edge", color=TRUTH, alpha=look)
    for middle, top, text, word in (
        (0.25, 1, "sun\n½ wide", "0"),
        (0.7425, 3, "rain\n⅛ wide", "110"),
        (0.99125, 4, "both\n1/16 wide", "0 110"),
    ):
        axes.text(middle, top + 0.08, word, ha="center", family="monospace")
        axes.text(middle, -0.12, text, ha="center", va="top")
    for height in (1, 2, 3):
        axes.axhline(height, color="white", linewidth=1)
    axes.set(xlim=(-0.03, 1.08), ylim=(0, 4.6), ylabel="flashes", xticks=[])


@house_style
def squeeze(p, rows_of=(1, 2, 4, 8, 16, 32)):
    """What rows of equal days say about the price of one."""
    _, axes = plt.subplots(figsize=(5.8, 3.6))
    price = surprisal(p, base=2)
    for place, n in enumerate(rows_of):
        low = int(np.floor(n * price))
        axes.barh(place, 1 / n, 0.62, low / n, color=TRUTH)
        ends = [f"{k}/{n}" if 0 < k < n else f"{k // n}" for k in (low, low + 1)]
        axes.text(1.03, place, " to ".join(ends), va="center")
    axes.plot([price, price], [-0.7, len(rows_of) - 0.4], color=INK, linewidth=1)
    axes.text(price, -0.75, f"{price:.3f}", ha="center", va="bottom")
    axes.set_yticks(range(len(rows_of)), [_counted(n, "day") for n in rows_of])
    axes.tick_params(axis="y", length=0)
    axes.set(xlim=(0, 1), ylim=(len(rows_of) - 0.4, -0.7), xticks=[0, 1 / 4, 1 / 2, 3 / 4, 1])
    axes.set_xticklabels(["0", "¼", "½", "¾", "1"])
    axes.set_xlabel("flashes for one dry day")


@house_style
def ten_times_rarer():
    """Surprisal on an axis where each tenfold step has the same width: a straight line."""
    _, axes = plt.subplots()
    shares = 10.0 ** -np.arange(4)
    bits = surprisal(shares, base=2)
    axes.plot(shares, bits, "o-", color=TRUTH, clip_on=False)
    axes.step(shares, bits, "--", where="post", color=QUIET, linewidth=1.2, zorder=0)
    for share, low, high in zip(shares[1:], bits[:-1], bits[1:], strict=True):
        step, middle = f"+{high - low:.2f}", (low + high) / 2
        axes.text(0.9 * share, middle, step, ha="right", va="center")
    axes.set(xscale="log", xlim=(3e-4, 1), ylim=(0, 11.5))
    axes.set_xticks(shares, [f"{share:g}" for share in shares])
    axes.minorticks_off()
    axes.set(xlabel="how probable it is, p (each step ten times rarer)", ylabel="surprisal (bits)")


@house_style
def two_rulers():
    """The same prices on a ruler of bits and on a ruler of nats."""
    _, axes = plt.subplots(figsize=(5.8, 2.3))
    for height, unit, name, side in ((0.3, 1, "bits", -1), (0.7, 1 / np.log(2), "nats", 1)):
        axes.plot([0, 5], [height, height], color=INK)
        axes.text(-0.25, height, name, ha="right", va="center")
        for count in range(int(5 / unit) + 1):
            axes.plot([unit * count] * 2, [height, height + 0.07 * side], color=INK)
            axes.text(unit * count, height + 0.16 * side, count, ha="center", va="center")
    for name, p in (("sun", 1 / 2), ("storm", 1 / 8)):
        bits, nats = surprisal(p, base=2), surprisal(p)
        axes.plot([bits, bits], [0.3, 0.7], color=TRUTH)
        axes.text(bits + 0.1, 0.5, f"{name}: {bits:.0f} or {nats:.2f}", color=TRUTH, va="center")
    axes.set(xlim=(-0.9, 5.1), ylim=(0, 1))
    axes.axis("off")


@house_style
def letter_surprisals(counts):
    """The surprisal of each character of a text, by its share of the text."""
    _, axes = plt.subplots()
    letters, times = zip(*counts.most_common(), strict=True)
    bits = surprisal(np.array(times) / sum(times), base=2)
    axes.bar(range(len(letters)), bits, color=TRUTH)
    for place, letter in enumerate(letters):
        if letter in " ez":
            axes.text(place + 0.4, bits[place] + 0.2, f"{bits[place]:.1f}", ha="right")
    axes.set_xticks(range(len(letters)), [letter.replace(" ", "␣") for letter in letters])
    axes.tick_params(axis="x", length=0)
    axes.set(ylabel="surprisal (bits)", xlabel="character, from frequent to rare", ylim=(0, 12.5))
