"""The figures of chapter 8, still and moving."""

import altair as alt
import matplotlib.pyplot as plt
import numpy as np

from ..information import cross_entropy, entropy, surprisal
from .harbour import COUSIN, SOUTH, WEATHERS, edges
from .moving import Control, Moving, rounded, rows, texts, x_axis, y_axis
from .softmax import softmax
from .style import INK, MODEL, QUIET, TRUTH, WASTE, house_style

DIARIES = {"hers, 800 days": SOUTH, "the cousin's, 8 days": COUSIN}  # how often each weather came
STOPS = [0, 1, 2, 3, 4, 5, 8, 10, 20, 30, 50, 100, 200, 500, 1000]  # readings, on the slider
TALL = 4.4  # nats that are drawn
UPRIGHT = {"angle": 270, "align": "left", "dx": 4}  # a name in a narrow column
TEN = np.log(10)


def learned(diary, readings):
    """The beliefs of somebody who knew nothing, after each reading of a diary."""
    z, beliefs = np.zeros(4), []
    for _ in range(readings + 1):
        beliefs.append(softmax(z))
        z = z - (beliefs[-1] - diary)
    return np.array(beliefs)


def learning_forecaster() -> Moving:
    """What a new day costs somebody who learns from a diary, as an area."""
    beliefs = {name: learned(p, STOPS[-1])[STOPS] for name, p in DIARIES.items()}
    q = np.concatenate(list(beliefs.values()))
    diary = np.concatenate([cross_entropy(DIARIES[name], b) for name, b in beliefs.items()])
    return Moving(
        name="learning-forecaster",
        alt="Four columns, one for each weather of a new day: as wide as it is frequent, as high "
        "as it costs. Blue lines show the price with the right shares. From the long diary all "
        "columns go to their lines. From the short one the storm's column goes out of the frame.",
        controls=[
            Control("diary", "diary", list(DIARIES), 0, 0, 1),
            Control("readings", "readings", [str(n) for n in STOPS], 0, 0, 1),
        ],
        readings={"costs": texts(diary, 2), "tomorrow": texts(cross_entropy(SOUTH, q), 2)},
        tables={"prices": rounded(surprisal(q), 2)},
        sentence="Diary: {diary}, read {readings} times. A day of this diary costs {costs} nats; "
        "a new day costs {tomorrow} nats.",
        chart=_columns_and_floor(),
    )


def _named(column, x, y):
    """The names inside the columns, upright where these are narrow."""
    for which, look in ("datum.k < 2", {"dy": -10}), ("datum.k > 1", UPRIGHT):
        name = column.transform_filter(which).mark_text(fontSize=12, color="white", **look)
        yield name.encode(x, y, text="name:N")


def _columns_and_floor():
    """The columns of the southern weathers, and a line where each has to be."""
    places, floors = edges(SOUTH), rounded(surprisal(SOUTH), 2)
    weathers = (
        {"k": k, "name": name, "zero": 0, "left": places[k], "right": places[k + 1], "floor": floor}
        for k, (name, floor) in enumerate(zip(WEATHERS, floors, strict=True))
    )
    column = rows(
        *weathers,
        middle="(datum.left + datum.right) / 2",
        price="prices[at][datum.k]",
        top=f"min(datum.price, {TALL})",
        label=f"format(datum.price, '.1f') + (datum.price > {TALL} ? ' ↑' : '')",
    )
    x = x_axis("left", [0, 1], [0, 0.25, 0.5, 0.75, 1], title="how often it comes", format=".2~f")
    y = y_axis("zero", [0, TALL + 0.6], range(5), title="nats", format="d")
    middle = alt.X("middle:Q")
    legend = rows({"left": 0.02, "zero": TALL - 0.2, "text": "blue lines: with the right shares"})
    return alt.layer(
        column.mark_rect(stroke="white", strokeWidth=2, color=MODEL).encode(
            x, y, x2="right:Q", y2="top:Q"
        ),
        column.mark_rule(color=TRUTH, strokeWidth=4).encode(x, alt.Y("floor:Q"), x2="right:Q"),
        column.mark_text(dy=-11, fontSize=14).encode(middle, alt.Y("top:Q"), text="label:N"),
        *_named(column, middle, y),
        legend.mark_text(align="left", color=TRUTH, fontSize=14).encode(x, y, text="text:N"),
    )


@house_style
def first_readings():
    """Her price after each reading: it falls to the floor, and no further."""
    _, axes = plt.subplots()
    price = cross_entropy(SOUTH, learned(SOUTH, 20))
    floor, n = entropy(SOUTH), np.arange(21)
    axes.fill_between(n, floor, price, facecolor=WASTE, hatch="//", edgecolor="white")
    axes.plot(n, price, "o-", color=MODEL, markersize=5)
    axes.axhline(floor, color=TRUTH)
    axes.annotate(f"knows nothing: {price[0]:.2f}", (0, price[0]), (0.7, price[0]), va="center")
    axes.annotate("waste", (1.2, 1.26), (4.2, 1.295), arrowprops={"arrowstyle": "-"})
    axes.text(20, floor - 0.008, f"the floor: {floor:.2f}", color=TRUTH, ha="right", va="top")
    axes.set(xlabel="readings of the diary", ylabel="price of a day (nats)")
    axes.set(xlim=(-0.4, 20.4), ylim=(1.14, 1.42), xticks=range(0, 21, 5), yticks=[1.2, 1.3, 1.4])


@house_style
def the_cousins_curves():
    """What the cousin's diary costs him and what new days cost, over the readings."""
    _, axes = plt.subplots(figsize=(5.8, 3.8))
    beliefs, n = learned(COUSIN, 1000), np.arange(1001)
    new, diary = cross_entropy(SOUTH, beliefs), cross_entropy(COUSIN, beliefs)
    blind = np.log(4)
    axes.axhline(blind, color=QUIET, linestyle=":")
    axes.text(0.55, blind + 0.02, f"knows nothing: {blind:.2f}", color=INK, va="bottom")
    axes.plot(n[1:], new[1:], color=MODEL)
    axes.plot(n[1:], diary[1:], color=TRUTH, linestyle="--")
    best = new.argmin()
    axes.plot(best, new[best], "o", color=INK)
    note = f"best: {best} readings"
    axes.annotate(note, (best, new[best]), (0, 15), textcoords="offset points", ha="center")
    axes.text(170, 1.66, "new days", color=MODEL, ha="right")
    axes.text(170, 1.09, "his diary", color=TRUTH, ha="center")
    axes.set_xscale("log")
    axes.set_xticks([1, 10, 100, 1000], ["1", "10", "100", "1000"])
    axes.set(xlabel="readings of the diary", ylabel="price of a day (nats)")
    axes.set(xlim=(0.5, 1200), ylim=(0.95, 1.85), yticks=[1, 1.2, 1.4, 1.6, 1.8])
    axes.minorticks_off()


@house_style
def learning_curves(stored):
    """Training and held-out loss on digits: the middle of all seeds, and a band around it."""
    _, axes = plt.subplots(figsize=(5.8, 3.8))
    n = np.array(stored["marks"]) + 1  # a logarithm has no zero
    for part, name, colour, line in (
        ("test", "new pictures", MODEL, "-"),
        ("train", "training pictures", TRUTH, "--"),
    ):
        curves = np.array([curve[part] for curve in stored["curves"]])
        axes.fill_between(n, *np.quantile(curves, [0, 1], axis=0), color=colour, alpha=0.25)
        axes.plot(n, np.median(curves, axis=0), color=colour, linestyle=line)
        place = (70, 0.62) if part == "test" else (6.5, 0.22)
        axes.text(*place, name, color=colour, ha="left")
    axes.axhline(TEN, color=QUIET, linestyle=":")
    axes.text(300, TEN + 0.04, f"knows nothing: {TEN:.2f}", ha="right", va="bottom")
    axes.set_xscale("log")
    axes.set_xticks([1, 11, 101, 301], ["0", "10", "100", "300"])
    axes.minorticks_off()
    axes.set(xlim=(1, 320), ylim=(0, 2.6), xlabel="steps", ylabel="loss (nats)")


@house_style
def right_and_wrong(steps, right, wrong, whole):
    """The loss of new pictures, and of the right and the wrong ones alone."""
    _, axes = plt.subplots(figsize=(5.8, 4))
    for values, name, colour, line in (
        (wrong, "named wrong", MODEL, "--"),
        (whole, "all new pictures", INK, "-"),
        (right, "named right", TRUTH, "--"),
    ):
        axes.plot(steps, values, line, color=colour)
        height = values[-1] if name != "all new pictures" else values[-1] + 0.16
        axes.text(steps[-1] * 0.95, height + 0.12, name, color=colour, ha="right", va="bottom")
    axes.set_xscale("log")
    axes.set_xticks([10, 100, 1000, 5000], ["10", "100", "1000", "5000"])
    axes.minorticks_off()
    axes.set(xlabel="steps", ylabel="loss (nats)", ylim=(0, 4.4), xlim=(steps[0], 6000))


@house_style
def saturation():
    """How strongly each loss pulls a neuron whose answer should be yes."""
    _, axes = plt.subplots(figsize=(5.8, 3.8))
    z = np.linspace(-10, 4, 300)
    q = 1 / (1 + np.exp(-z))
    axes.plot(z, 1 - q, color=TRUTH)
    axes.plot(z, q * (1 - q) ** 2, color=MODEL, linestyle="--")
    for place in (-2, -5, -8):
        q = 1 / (1 + np.exp(-place))
        axes.plot([place] * 2, [q * (1 - q) ** 2, 1 - q], "o", color=INK, markersize=5)
    axes.text(-5, 1.4, "cross-entropy", color=TRUTH, ha="center")
    axes.text(-5.4, 0.0006, "squared error", color=MODEL)
    axes.set(yscale="log", ylim=(1e-5, 5), xlim=(-10, 4), xticks=[-8, -5, -2, 0, 2])
    axes.set_yticks([1e-4, 1e-2, 1], ["0.0001", "0.01", "1"])
    axes.minorticks_off()
    axes.set(xlabel="score z", ylabel="strength of the pull")


@house_style
def rates_and_steps(stored):
    """Steps to nine in ten right, for each loss at each learning rate: the middle split."""
    _, axes = plt.subplots(figsize=(5.8, 3.8))
    for loss, colour, line in (("cross-entropy", TRUTH, "o-"), ("squared error", MODEL, "s--")):
        runs = [r for r in stored["runs"] if (r["start"], r["loss"]) == ("knows nothing", loss)]
        rates = [run["rate"] for run in runs]
        steps = [np.median([n or np.inf for n in run["test steps"]]) for run in runs]
        axes.plot(rates, steps, line, color=colour)
        axes.annotate(
            loss, (rates[0], steps[0]), (6, 6), textcoords="offset points", color=colour
        )  # fmt: skip
        for k in {rates.index(1), int(np.argmin(steps))}:
            place = {"textcoords": "offset points", "ha": "center", "va": "top"}
            axes.annotate(f"{steps[k]:g}", (rates[k], steps[k]), (-9, -8), color=colour, **place)
    axes.set(xscale="log", yscale="log", xlabel="learning rate", ylabel="steps to 90 % right")
    axes.set_ylim(8, 320)
    axes.set_xticks(rates, [f"{rate:g}" for rate in rates])
    axes.set_yticks([10, 30, 100, 300], ["10", "30", "100", "300"])
    axes.minorticks_off()
