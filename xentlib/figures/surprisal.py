"""The figures of chapter 1, still and moving."""

import altair as alt
import matplotlib.pyplot as plt
import numpy as np

from ..information import surprisal
from .harbour import FRACTIONS
from .moving import Control, Moving, rounded, rows, x_axis, y_axis
from .style import INK, QUIET, TRUTH, house_style

HALVINGS = np.append(np.arange(21) / 4, np.inf)  # where the slider stops


def halvings() -> Moving:
    """The column of one day, while its probability is halved again and again."""
    p = 2.0**-HALVINGS
    bits = surprisal(p, base=2)
    return Moving(
        name="halvings",
        alt="One column, as wide as the outcome is probable and as high as its message is long. "
        "With every four steps of the slider the width halves and the height grows by one flash. "
        "A pale column shows how it was one halving before.",
        controls=[
            Control("halvings", "halvings", [f"{k:g}" for k in HALVINGS[:-1]] + ["without end"],
                    4, 0, 0.25)
        ],
        readings={
            "p": [f"{share:.4g}" for share in p],
            "bits": [f"{b:g} bit{'' if b == 1 else 's'}" for b in bits[:-1]] + ["∞ bits"],
        },
        tables={"p_drawn": rounded(p, 5), "bits_drawn": rounded(np.minimum(bits, 6))},
        sentence="p = {p}: the surprisal is {bits}.",
        chart=_one_column(),
        drag={"control": "halvings", "scale": "x", "places": rounded(p, 5)},
    )  # fmt: skip


def _one_column():
    """A column of flashes with its two numbers beside it, and the column one halving before."""
    x = x_axis(
        "zero", [0, 1.25], [0, 0.25, 0.5, 0.75, 1], title="how probable it is, p", format="~r"
    )
    y = y_axis("low", [0, 6], range(6), title="flashes", format="d")
    column = rows(
        {"zero": 0, "low": 0},
        right="p_drawn[at]",
        top="bits_drawn[at]",
        before="min(1, 2 * datum.right)",
        lower="max(0, datum.top - 1)",
        width="'p = ' + p[at]",
        height="bits[at]",
        above="min(datum.top, 5.5)",
    )
    flash = rows(*({"zero": 0, "low": n} for n in range(1, 6)), right="p_drawn[at]")
    right, beside = alt.X("right:Q"), {"align": "left", "dx": 8, "fontSize": 14}
    return alt.layer(
        column.mark_rect(color=QUIET, opacity=0.25).encode(x, y, x2="before:Q", y2="lower:Q"),
        column.mark_rect(fill=TRUTH, stroke=TRUTH, strokeWidth=2).encode(
            x, y, x2="right:Q", y2="top:Q"
        ),
        flash.transform_filter("datum.low < bits_drawn[at]")
        .mark_rule(color="white", strokeWidth=1.5)
        .encode(x, y, x2="right:Q"),
        column.mark_text(**beside, dy=-11).encode(x, alt.Y("above:Q"), text="height:N"),
        column.mark_text(**beside, dy=-9).encode(right, y, text="width:N"),
    )


@house_style
def compass():
    """Eight winds, and what three flashes leave of them."""
    _, panels = plt.subplots(2, 2, figsize=(5.8, 5.8))
    winds = ("N", "NE", "E", "SE", "S", "SW", "W", "NW")
    titles = ("no flash: eight", "after 1: four", "after 11: two", "after 110: west")
    for axes, title, left in zip(
        panels.flat, titles, (range(8), range(4, 8), (6, 7), (6,)), strict=True
    ):
        axes.pie(
            np.ones(8), labels=winds, startangle=112.5, counterclock=False, labeldistance=1.17,
            colors=[TRUTH if wind in left else "#E4E4E4" for wind in range(8)],
            wedgeprops={"edgecolor": "white", "linewidth": 2},
            textprops={"ha": "center", "va": "center"},
        )  # fmt: skip
        axes.set_title(title, loc="center", pad=9)


@house_style
def words_by_halving():
    """All days, halved again and again until each weather has its word."""
    _, axes = plt.subplots(figsize=(5.8, 3.8))
    rest = {"color": "#E4E4E4", "edgecolor": "white", "linewidth": 2}
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
        axes.bar(0, bits, share, align="edge", color=TRUTH, alpha=0.3)
        axes.plot(share, bits, "o", color=INK, markersize=7)
        axes.annotate(
            f"p = {FRACTIONS[8 * share]}: {bits:.2g}", (share, bits), (8, 6),
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
def squeeze(p, top=24):
    """What ``n`` equal days together say about the price of one."""
    _, axes = plt.subplots()
    n = np.arange(1, top + 1)
    between = np.floor(surprisal(p**n, base=2))
    colours = [INK if days in (5, 12) else "#B9B9B9" for days in n]
    axes.bar(n, 1 / n, 0.55, between / n, color=colours)
    axes.axhline(surprisal(p, base=2), color=TRUTH)
    axes.text(
        top + 0.6, surprisal(p, base=2), f"{surprisal(p, base=2):.2f}", color=TRUTH, va="center"
    )
    axes.set(xlim=(0.3, top + 0.5), ylim=(0, 1), xticks=[1, 5, 12, 18, 24])
    axes.set(xlabel="dry days in a row, n", ylabel="flashes for each day")


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
