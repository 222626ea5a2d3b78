"""The figures of chapter 9, still and moving."""

import altair as alt
import matplotlib.pyplot as plt
import numpy as np

from ..information import cross_entropy, entropy
from .moving import (
    Control,
    Moving,
    bars_beside,
    points,
    rounded,
    rows,
    texts,
    x_axis,
    y_axis,
)
from .style import INK, MODEL, QUIET, TRUTH, WASTE, house_style

SAID = {"the captain": 1 / 9, "the fisher": 1 / 3, "the sister": 1 / 2}  # on a dry evening
WET = {"the captain": 1 / 3, "the fisher": 1 / 9, "the sister": 1 / 2}  # how often it was wet
LINES = {"the captain": "o-", "the fisher": "s:", "the sister": "D-"}  # the same in each picture
TEMPERATURES = "1 2 3 4 6 8".split()
NOTHING = np.log(2)  # nats, the price of knowing nothing


def divided(said, temperature):
    """The probability that is left of ``said`` when its score is divided."""
    return 1 / (1 + ((1 - said) / said) ** (1 / temperature))


def price(wet, said):
    """The price of a day in nats."""
    said = np.asarray(said, float)
    wet = np.broadcast_to(wet, said.shape)
    return cross_entropy(np.stack([wet, 1 - wet], -1), np.stack([said, 1 - said], -1))


def one_knob() -> Moving:
    """The captain's reliability diagram and her price, for each temperature."""
    wet = WET["the captain"]
    said = divided(SAID["the captain"], np.array(TEMPERATURES, float))
    nats = price(wet, said)
    return Moving(
        name="one-knob",
        alt="A square with a dashed diagonal. Two points show what the captain said, from left to "
        "right, and how often it was wet, upwards. A slider moves them left and right. Beside it "
        "a bar shows the price of a day, and a dashed line what the sister pays.",
        controls=[Control("knob", "temperature", TEMPERATURES, 0, 0, 1)],
        readings={
            "low": texts(said, 2),
            "high": texts(1 - said, 2),
            "nats": texts(nats, 2),
        },
        tables=_drawn(wet, said, nats),
        sentence="Temperature {knob}: the captain says {low} or {high}. "
        f"A day costs {{nats}} nats (the sister pays {NOTHING:.2f}).",
        chart=alt.layer(_square(), _price_bar()).resolve_scale(y="independent"),
    )


def _drawn(wet, said, nats):
    """Where the points and the bar are drawn."""
    return {
        "said": rounded(np.stack([said, 1 - said], -1)),
        "wet": rounded([wet, 1 - wet]),
        "fits": np.isclose(said, wet).tolist(),
        "floor": rounded(entropy([wet, 1 - wet])),
        "paid": rounded(nats),
    }


def _square():
    """The diagonal, and the two points with their way to it."""
    x = x_axis("x", [0, 1.8], [0, 0.5, 1], title="the probability that she said", format="~r")
    y = y_axis("y", [0, 1], [0, 0.5, 1], title="how often it was wet", format="~r")
    line = points(2, x="datum.i", y="datum.i")
    point = points(2, x="said[at][datum.i]", y="wet[datum.i]", on="wet[datum.i]")
    colour = alt.condition("fits[at]", alt.value(TRUTH), alt.value(MODEL))
    name = rows({"x": 0.53, "y": 0.42, "name": "said = came"})
    return alt.layer(
        line.mark_line(color=QUIET, strokeDash=[5, 4]).encode(x, y),
        name.mark_text(align="left", color=QUIET).encode(x, y, text="name:N"),
        point.mark_rule(color=WASTE, strokeWidth=4).encode(x, y, x2="on:Q"),
        point.mark_circle(size=260, opacity=1).encode(x, y, color=colour),
    )


def _price_bar():
    """The price of a day as a bar, in purple what the gaps cost, and the price of the sister."""
    title = "price of a day (nats)"
    bars = bars_beside(
        (1.33, "price", "0", "floor", TRUTH),
        (1.33, "", "floor", "paid[at]", WASTE),
        half_width=0.11, top=1, ticks=[0, 0.5, 1], title=title,
    )  # fmt: skip
    nothing = rows({"left": 1.13, "right": 1.44, "y": round(NOTHING, 3), "name": "sister"})
    y, text, left = alt.Y("y:Q"), alt.Text("name:N"), alt.X("left:Q")
    return alt.layer(
        bars,
        nothing.mark_rule(color=INK, strokeWidth=2, strokeDash=[5, 4]).encode(
            left, y, x2="right:Q"
        ),
        nothing.mark_text(align="right", dx=-4).encode(left, y, text=text),
    )


def _diagram(axes):
    """The empty diagram: its axes and its diagonal."""
    axes.plot([0, 1], [0, 1], "--", color=QUIET, linewidth=1.5, zorder=0)
    axes.set(xlim=(0, 1), ylim=(0, 1))


@house_style
def three_forecasters():
    """The reliability diagram of the three forecasters of the harbour."""
    _, axes = plt.subplots(figsize=(5.8, 4.6))
    _diagram(axes)
    for name, said in SAID.items():
        wet = WET[name]
        colour = TRUTH if said == wet else MODEL
        axes.plot([said, 1 - said], [wet, 1 - wet], LINES[name], color=colour, markersize=9)
    axes.text(0.03, 0.45, "the captain:\ntoo sure", color=MODEL, va="center")
    axes.text(0.36, 0.05, "the fisher:\nnot sure enough", color=MODEL, va="center")
    axes.text(0.54, 0.47, "the sister", color=TRUTH, va="top")
    axes.text(0.93, 0.955, "said = came", color=QUIET, ha="right", va="center")
    ticks, labels = [0, 1 / 9, 1 / 3, 1 / 2, 2 / 3, 8 / 9, 1], "0 1/9 1/3 1/2 2/3 8/9 1".split()
    axes.set_xticks(ticks, labels)
    axes.set_yticks(ticks, labels)
    axes.set(xlabel="the probability for wet that was said", ylabel="how often it was wet")


@house_style
def floors_and_wastes():
    """The price of a day for the three forecasters, split into its floor and its waste."""
    _, axes = plt.subplots(figsize=(5.8, 3.6))
    for place, (name, said) in enumerate(SAID.items()):
        floor, paid = price(WET[name], WET[name]), price(WET[name], said)
        axes.bar(place, floor, 0.5, color=TRUTH)
        axes.bar(place, paid - floor, 0.5, floor, color=WASTE, hatch="//")
        axes.text(place, floor / 2, f"floor\n{floor:.2f}", color="white", ha="center", va="center")
        if paid - floor > 0.01:
            beside = place + 0.29, (paid + floor) / 2
            axes.text(*beside, f"waste\n{paid - floor:.2f}", color=WASTE, va="center")
        axes.text(place, paid + 0.01, f"pays {paid:.2f}", ha="center", va="bottom")
    axes.set_xticks(range(len(SAID)), SAID)
    axes.tick_params(axis="x", length=0)
    axes.set(xlim=(-0.5, 2.5), ylim=(0, 0.95), yticks=[0, 0.25, 0.5, 0.75], ylabel="nats a day")


@house_style
def steps():
    """The odds of wet that were said and that came, and the temperature between them."""
    _, axes = plt.subplots(figsize=(5.8, 2.8))
    for place, (name, knob) in enumerate({"the captain": "3", "the fisher": "1/3"}.items()):
        said, came = (abs(np.log2(r / (1 - r))) for r in (SAID[name], WET[name]))
        axes.axhline(-place, color=QUIET, linewidth=1, zorder=0)
        axes.text(0, 0.12 - place, f"{name}: T = {knob}", ha="center", va="bottom")
        for side in (-1, 1):
            shape = {"arrowstyle": "-|>", "color": WASTE, "linewidth": 2.5}
            shape |= {"shrinkA": 4, "shrinkB": 4, "mutation_scale": 18}
            axes.annotate("", (side * came, -place), (side * said, -place), arrowprops=shape)
        axes.plot([-said, said], [-place] * 2, LINES[name][0], color=MODEL, markersize=10)
        axes.plot([-came, came], [-place] * 2, LINES[name][0], color=TRUTH, markersize=10)
    axes.text(3, 0.12, "said", color=MODEL, ha="center", va="bottom")
    axes.text(1, -0.14, "came", color=TRUTH, ha="center", va="top")
    odds = "1 to 8,1 to 4,1 to 2,1 to 1,2 to 1,4 to 1,8 to 1".split(",")
    axes.set_xticks(range(-3, 4), odds)
    axes.set(xlim=(-3.5, 3.5), ylim=(-1.4, 0.5), yticks=[], xlabel="odds of wet")
    axes.spines["left"].set_visible(False)


BINS = [0, 0.9, 0.99, 1.01]  # of what a classifier says for the digit that it names


NAMED = ("the fisher", 0.7, 0.95, "right"), ("the captain", 0.76, 0.6, "left")
"""Whom a classifier is like, and where its name stands."""


@house_style
def two_classifiers(panels):
    """Reliability diagrams: under each title, for each classifier, what it said and was right."""
    _, stacked = plt.subplots(len(panels), sharex=True, figsize=(5.8, 3 * len(panels)))
    for axes, (title, models) in zip(np.ravel(stacked), panels.items(), strict=True):
        _diagram(axes)
        first = axes is stacked[0]
        for (name, (said, right)), (who, x, y, side) in zip(models.items(), NAMED, strict=True):
            said, right = _binned(np.asarray(said), np.asarray(right))
            axes.hlines(right, said, right, color=WASTE, linewidth=3)
            colour = MODEL if first else TRUTH
            axes.plot(said, right, LINES[who][0], color=colour, markersize=8)
            if first:
                axes.text(x, y, name.replace(", ", ",\n"), color=MODEL, ha=side, va="center")
        axes.text(0.51, 0.74, "not sure enough", color=QUIET, va="center")
        axes.text(0.98, 0.53, "too sure", color=QUIET, ha="right", va="center")
        axes.set(xlim=(0.5, 1.01), ylim=(0.5, 1.03), yticks=[0.5, 0.75, 1], ylabel="was right")
        axes.set_title(title)
    axes.set_xlabel("the probability for the digit that it names")


def _binned(said, right):
    """For each bin what was said on average, and how often it was right."""
    place = np.digitize(said, BINS)
    found = np.unique(place)
    return [[v[place == k].mean() for k in found] for v in (said, right)]


@house_style
def what_to_say(truth):
    """What is paid on average for each number that is said, under two rules of payment."""
    _, panels = plt.subplots(2, sharex=True, figsize=(5.8, 5))
    said = np.linspace(0.004, 0.996, 500)
    scores = price(truth, said), truth * (1 - said) + (1 - truth) * said
    lows = (truth, price(truth, truth)), (0, truth)
    names = "the price in nats: say what you believe", "the distance: say 0"
    colours = TRUTH, MODEL
    for axes, paid, low, name, colour in zip(panels, scores, lows, names, colours, strict=True):
        axes.plot(said, paid, color=INK)
        axes.plot(*low, "o", color=colour, markersize=9, clip_on=False, zorder=3)
        axes.annotate(
            f"lowest: {low[1]:.2f}", low, (10, -6), textcoords="offset points", va="top",
        )  # fmt: skip
        axes.set_title(name)
        axes.set(xlim=(0, 1), ylim=(0, 1.5), yticks=[0, 0.5, 1, 1.5], ylabel="on average")
    panels[1].set_xticks([0, 1 / 3, 2 / 3, 1], ["0", "1/3", "2/3", "1"])
    panels[1].set_xlabel("the probability for wet that she says")


@house_style
def bent(weight):
    """What becomes of true probabilities under a class weight."""
    _, axes = plt.subplots(figsize=(5.8, 4.4))
    truth = np.linspace(0, 1, 300)
    _diagram(axes)
    axes.plot(truth, weight * truth / (weight * truth + 1 - truth), color=MODEL)
    wet = WET["the fisher"]
    axes.plot(wet, weight * wet / (weight * wet + 1 - wet), "o", color=INK, markersize=8)
    axes.text(0.145, 0.48, "1/9 becomes 1/2")
    axes.text(0.36, 0.68, f"wet days\ncounted {weight} times", color=MODEL)
    axes.text(0.64, 0.56, "honest", color=QUIET)
    axes.set_xticks([0, 1 / 9, 1 / 2, 1], ["0", "1/9", "1/2", "1"])
    axes.set_yticks([0, 1 / 2, 1], ["0", "1/2", "1"])
    axes.set(xlabel="how often it is wet", ylabel="what training makes it say")
