"""The figures of chapter 6, still and moving."""

from math import erfc

import altair as alt
import matplotlib.pyplot as plt
import numpy as np

from ..information import cross_entropy, entropy, surprisal
from ..losses import cross_entropy_with_logits
from .bells import AXIS, BIN, binned, log_bell
from .harbour import columns
from .moving import (
    Control,
    Moving,
    bars_beside,
    plain,
    points,
    rounded,
    rows,
    texts,
    x_axis,
    y_axis,
)
from .style import INK, MODEL, TRUTH, WASTE, house_style

LINES = {"2": 2, "1": 1, "1/2": 1 / 2, "1/4": 1 / 4, "1/8": 1 / 8, "1/16": 1 / 16}  # metres
MOVED = np.arange(9) / 4  # metres, where the slider stops
DOCK, BELIEVED = 0.5, 16  # metres wide: the dock, and what a stranger believes of it
REACH, SEEN, TALL = 6, 4, 12.5  # metres that are counted, metres and bits that are drawn
LEVELS = np.arange(-2, 3)  # metres, named below the columns
SLAB = "#CFCFCF"
PARTS = SLAB, TRUTH, MODEL, WASTE  # of a price, and what a wrong book adds
SIDES = [-0.006, 1.006]  # of the picture: its last columns stand clear of the axis
STRETCHED = "level (metres): frequent ones are wide"


def below(x):
    """The share of a standard bell that lies below ``x``."""
    return np.vectorize(erfc)(-np.asarray(x, float) / np.sqrt(2)) / 2


def shares(width, mean=0.0):
    """How often the level lies between two lines of the gauge."""
    lines = np.arange(-REACH, REACH + width, width, dtype=float)
    lines[[0, -1]] = -np.inf, np.inf
    return np.diff(below(lines - mean))


def _in_sight(shares):
    """The part of some columns that is drawn."""
    cut = len(shares) * (REACH - SEEN) // (2 * REACH)
    return shares[cut:-cut]


def finer_lines() -> Moving:
    """The price of a level as an area, for finer and finer lines and for moved code books."""
    p, q = zip(*((shares(w), shares(w, d)) for d in MOVED for w in LINES.values()), strict=True)
    bits = np.array([cross_entropy(*pair, base=2) for pair in zip(p, q, strict=True)])
    waste = bits - [entropy(one, base=2) for one in p]
    return Moving(
        name="finer-lines",
        alt="Columns, one for each message: as wide as it is frequent, as high as it costs. They "
        "are low and wide in the middle, and high and narrow at both ends. With finer lines they "
        "become thin strips, and all of them rise. A line over the columns of a moved book "
        "shows what they cost with the right one.",
        controls=[
            Control("moved", "metres by which the book is moved", plain(MOVED), 0, 0, 0.25),
            Control("lines", "metres from line to line", list(LINES), 1, 0, 1),
        ],
        readings={"bits": texts(bits, 2), "waste": texts(waste, 2)},
        tables=_columns_in_sight(p, q),
        sentence="A level costs {bits} bits on average, {waste} of them are waste.",
        chart=_strips(),
    )


def _columns_in_sight(p, q):
    """Where the columns stand, how high they are, and how high they have to be."""
    own = p[: len(LINES)]
    first = [below(-SEEN)]
    return {
        "edges": [rounded(np.cumsum([*first, *_in_sight(one)]), 4) for one in own],
        "floors": [rounded(np.minimum(surprisal(_in_sight(one), base=2), TALL), 2) for one in own],
        "heights": [rounded(np.minimum(surprisal(_in_sight(one), base=2), TALL), 2) for one in q],
    }


def _strips():
    """The columns of a gauge."""
    places = zip(rounded(below(LEVELS), 4), plain(LEVELS), strict=True)
    names = " : ".join(f"datum.value == {place} ? '{name}'" for place, name in places)
    strip = points(
        round(2 * SEEN / LINES["1/16"]),
        edge="edges[lines_at][datum.i]",
        next="edges[lines_at][datum.i + 1]",
        gap="min(0.002, (datum.next - datum.edge) / 24)",
        left="datum.edge + datum.gap",
        right="datum.next - datum.gap",
        height="heights[at][datum.i]",
        zero="0",
    ).transform_filter("datum.i < length(floors[lines_at])")
    x = x_axis(
        "left", SIDES, rounded(below(LEVELS), 4), labelExpr=f"{names} : ''", labelOverlap=False,
        title=STRETCHED,
    )  # fmt: skip
    y = y_axis("zero", [0, TALL], range(0, 13, 2), title="bits", format="d", zindex=1)
    colour = alt.condition("moved == 0", alt.value(TRUTH), alt.value(MODEL))
    return alt.layer(
        strip.mark_rect().encode(x, y, x2="right:Q", y2="height:Q", fill=colour), *_what_they_cost()
    )


def _what_they_cost():
    """The stairs that the columns of the right book would make, and their name."""
    stair = points(
        round(2 * SEEN / LINES["1/16"]) + 1,
        edge="edges[lines_at][datum.i]",
        floor="floors[lines_at][min(datum.i, length(floors[lines_at]) - 1)]",
    ).transform_filter("moved > 0 && datum.i <= length(floors[lines_at])")
    name = rows({"edge": 0.96, "floor": 11, "name": "the line: with the right book"})
    x, y = alt.X("edge:Q"), alt.Y("floor:Q")
    return (
        stair.mark_line(color=TRUTH, interpolate="step-after").encode(x, y),
        name.transform_filter("moved > 0")
        .mark_text(align="right", color=TRUTH)
        .encode(x, y, text="name:N"),
    )


@house_style
def strip_of_the_bell(line):
    """The bell cut into strips from line to line: a share is about height times width."""
    _, axes = plt.subplots(figsize=(5.8, 3.2))
    x, width = np.linspace(-3.6, 3.6, 400), LINES[line]
    middles = np.arange(-3.5, 3.5, width) + width / 2
    here = np.isclose(middles, width / 2)
    axes.bar(middles, _bell(middles), width, color=TRUTH, alpha=0.25, edgecolor="white")
    axes.bar(middles[here], _bell(middles[here]), width, color=TRUTH)
    axes.plot(x, _bell(x), color=TRUTH)
    height = float(_bell(width / 2))
    axes.annotate(
        f"one strip: {height:.1f} per metre\nhigh, {line} m wide, so its\n"
        f"share is about {height * width:.2f}",
        (width, height * 0.8), (1.2, 0.28), va="bottom",
        arrowprops={"arrowstyle": "-", "color": INK},
    )  # fmt: skip
    axes.set(xlabel="level x (metres)", ylabel="density (per metre)")
    axes.set(xlim=(-3.6, 3.6), ylim=(0, 0.44), xticks=range(-3, 4), yticks=[0, 0.2, 0.4])


def _bell(x, mean=0.0, sd=1.0):
    return np.exp(log_bell(np.asarray(x), mean, sd))


@house_style
def slabs(lines):
    """The area for finer and finer lines: a slab that grows, and on it what stays."""
    _, panels = plt.subplots(len(lines), sharex=True, figsize=(5.8, 5.4))
    for axes, distance in zip(panels, lines, strict=True):
        p, slab = shares(LINES[distance]), -np.log2(LINES[distance])
        rest = entropy(p, base=2) - slab
        axes.bar(0.5, slab, 1, color=SLAB)
        columns(axes, p, surprisal(p, base=2) - slab, TRUTH, bottom=slab, linewidth=0.6)
        axes.text(0.5, slab / 2, f"the slab: {slab:g}", ha="center", va="center")
        note = f"what stays: {rest:.2f}"
        axes.text(0.5, slab + 1.7, note, ha="center", va="bottom", color=TRUTH)
        axes.set_title(f"a line every {distance} m")
        axes.set(xlim=(0, 1), ylim=(0, 9.5), yticks=range(0, 9, 2), ylabel="bits")
        axes.set_xticks(below(LEVELS), plain(LEVELS))
    panels[-1].set_xlabel(STRETCHED)


@house_style
def dock(line):
    """The area of the dock's price: its columns go from the top of the slab down into it."""
    _, axes = plt.subplots(figsize=(5.8, 3.6))
    width, slab, rest = LINES[line], -np.log2(LINES[line]), np.log2(DOCK)
    lefts = np.arange(0, DOCK, width)
    axes.bar(0, slab, DOCK, align="edge", color=SLAB)
    axes.bar(lefts, rest, width, slab, align="edge", color=TRUTH, edgecolor="white")
    for middle in lefts + width / 2:
        down = {"arrowstyle": "-|>", "color": "white", "linewidth": 2.5}
        axes.annotate("", (middle, slab + rest), (middle, slab), arrowprops=down)
    place = {"ha": "center", "va": "center"}
    note = f"what stays: {rest:g} bit, so downwards".replace("-", "−")
    axes.text(DOCK / 2, slab + 0.25, note, color=TRUTH, **place)
    axes.text(DOCK / 2, (slab + rest) / 2, f"a message: {slab + rest:g} bits", **place)
    axes.plot([DOCK * 1.03] * 2, [0, slab], color=INK, linewidth=1.5)
    axes.text(DOCK * 1.06, slab / 2, f"the slab:\n{slab:g} bits", va="center")
    axes.set(xlim=(0, DOCK * 1.28), ylim=(0, 3.6), yticks=range(4), ylabel="bits")
    axes.set_xticks([0, 1 / 8, 1 / 4, 3 / 8, 1 / 2], ["0", "1/8", "1/4", "3/8", "1/2"])
    axes.set_xlabel("level in the dock (metres): all equally frequent")


@house_style
def units():
    """The price of the dock's message in two units, with its book and with one too wide."""
    _, panels = plt.subplots(2, sharex=True, figsize=(5.8, 6.4))
    for axes, (name, unit) in zip(panels, (("metres", 1), ("centimetres", 100)), strict=True):
        slab, low, high = -np.log2(unit / 8), *np.log2([DOCK * unit, BELIEVED * unit])
        bars = (slab, 0), (low, slab), (high, slab), (high - low, slab + low)
        for place, ((bits, bottom), colour) in enumerate(zip(bars, PARTS, strict=True)):
            _part(axes, place, bits, bottom, colour)
        for bits, colour in (slab + low, TRUTH), (slab + high, MODEL):
            axes.axhline(bits, color=colour, linewidth=1.2, linestyle=(0, (6, 3)), zorder=0)
        axes.axhline(0, color=INK, linewidth=1)
        axes.set_title(f"counted in {name}")
        axes.set(ylim=(-4.3, 8.3), yticks=range(-4, 9, 2), ylabel="bits")
    panels[-1].set_xticks(range(4), ["slab", "right\nbook", "stranger's\nbook", "waste"])
    panels[-1].tick_params(axis="x", length=0)


def _part(axes, place, bits, bottom, colour):
    """A bar of so many bits, with its number in the middle."""
    hatch, box = ("//", {"color": WASTE}) if colour == WASTE else (None, None)
    axes.bar(place, bits, 0.7, bottom, color=colour, hatch=hatch)
    number, ink = f"{round(bits, 2):g}".replace("-", "−"), INK if colour == SLAB else "white"
    middle = {"ha": "center", "va": "center"}
    axes.text(place, bottom + bits / 2, number, color=ink, bbox=box, **middle)


@house_style
def parabola(errors):
    """A bell around a forecast, and below it the price of each level: a parabola on a base."""
    _, (bell, price) = plt.subplots(2, sharex=True, figsize=(5.8, 5.2))
    x = np.linspace(-3.2, 3.2, 400)
    bell.plot(x, _bell(x), color=MODEL)
    bell.set(ylim=(0, 0.44), yticks=[0, 0.2, 0.4], ylabel="density (per metre)")
    cost, base = -log_bell(x, 0, 1), -log_bell(0, 0, 1)
    price.axhline(base, color=MODEL, linewidth=1.2, linestyle=(0, (6, 3)))
    price.plot(x, cost, color=MODEL)
    price.text(-3.1, base / 2, f"the base: {base:.2f}", color=MODEL, va="center")
    for error in errors:
        more = error**2 / 2
        price.plot([error, error], [base, base + more], color=MODEL, linewidth=1.5)
        price.plot(error, base + more, "o", color=INK)
        side = {"ha": "right" if error < 0 else "left", "va": "top"}
        beside = (8 * np.sign(error) or 8, -2)
        price.annotate(
            f"+ {more:g}", (error, base + more), beside, textcoords="offset points", **side
        )
    price.text(0, 2.7, "above the base:\nhalf the squared error", ha="center")
    price.set(xlim=(-3.2, 3.2), ylim=(0, 5.5), yticks=range(6), ylabel="price (nats)")
    price.set(xlabel="level minus forecast (metres)")


MEANS, SDS = np.arange(-8, 9) / 4, np.arange(3, 11) / 4  # of the model, where the sliders stop
ALONG = np.arange(-20, 21) / 5  # places along a bell, in standard deviations


def two_bells() -> Moving:
    """Two bells, the area under -p ln q, and the area's floor and waste."""
    floor, nats, tables = _areas_of_bells()
    return Moving(
        name="two-bells",
        alt="Two bells, the truth p and the model q, and filled the area under minus p times the "
        "logarithm of q. Beside them the area as a bar: its floor, which is the entropy of p, and "
        "the waste above it.",
        controls=[
            Control("mean", "mean of q", plain(MEANS), 12, -2, 0.25),
            Control("sd", "standard deviation of q", plain(SDS), 1, 0.75, 0.25),
        ],
        readings={"nats": texts(nats, 2), "waste": texts(nats - floor, 2)},
        tables=tables,
        sentence="The area is {nats} nats: "
        f"the floor, {floor:.2f} nats, and {{waste}} nats of waste.",
        chart=alt.layer(_bell_curves(), _area_bar()).resolve_scale(y="independent"),
        drag={"control": "mean", "scale": "x", "places": rounded(MEANS)},
    )


def _areas_of_bells():
    """The floor, the area at each place of the sliders, and what is drawn there."""
    mean, sd = (a.reshape(-1, 1) for a in np.meshgrid(MEANS, SDS, indexing="ij"))
    p, z = binned(np.exp(log_bell(AXIS, 0, 1))), log_bell(AXIS, mean, sd)
    floor = entropy(p) + np.log(BIN)
    nats = cross_entropy_with_logits(np.broadcast_to(p, z.shape), z) + np.log(BIN)
    right = mean[:, 0] >= 0  # moved to the left, the picture is its mirror image
    tables = {
        "area": rounded(-np.exp(log_bell(ALONG, 0, 1)) * log_bell(ALONG, mean[right], sd[right])),
        "p_drawn": rounded(np.exp(log_bell(ALONG, 0, 1))),
        "q_drawn": rounded(np.exp(log_bell(ALONG * SDS[:, None], 0, SDS[:, None]))),
        "floor_drawn": round(floor, 3),
        "nats_drawn": rounded(nats),
    }
    return floor, nats, tables


def _bell_curves():
    """The two bells, and the curve whose area is the price."""
    x = x_axis("x", [-5, 8.6], range(-4, 5, 2), title="level x (metres)", format="d")
    y = y_axis(
        "y", [0, 2.7], [0, 0.5, 1, 1.5, 2], title="per metre (filled: nats per metre)", format=".1f"
    )
    along, count = "datum.i / 5 - 4", len(ALONG)
    truth = points(count, x=along, y="p_drawn[datum.i]")
    model = points(count, x=f"mean + sd * ({along})", y="q_drawn[sd_at][datum.i]")
    model = model.transform_filter("abs(datum.x) <= 5")
    at = f"abs(mean) * 4 * {len(SDS)} + sd_at"
    price = points(count, x=along, y=f"area[{at}][mean < 0 ? 40 - datum.i : datum.i]")
    names = [
        rows({"x": place, "y": 2.55, "name": name}).mark_text(align="left", color=colour)
        for name, place, colour in (
            ("p", -4.8, TRUTH), ("q", -3.9, MODEL), ("filled: −p ln q", -3, MODEL)
        )
    ]  # fmt: skip
    return alt.layer(
        price.mark_area(color=MODEL, opacity=0.25).encode(x, y),
        price.mark_line(color=MODEL, strokeWidth=1.2).encode(x, y),
        truth.mark_line(color=TRUTH).encode(x, y),
        model.mark_line(color=MODEL, strokeDash=[7, 4]).encode(x, y),
        *(name.encode(x, y, text="name:N") for name in names),
    )


def _area_bar():
    """The area as a bar, split into its floor and the waste above it."""
    bars = bars_beside(
        (7, "area", "0", "floor_drawn", TRUTH),
        (7, "", "floor_drawn", "nats_drawn[at]", WASTE),
        half_width=0.8,
        top=5.5,
        ticks=range(6),
        title="nats",
    )
    part = rows(
        {"k": 0, "name": "floor"},
        {"k": 1, "name": "waste"},
        left="6",
        y="(floor_drawn + datum.k * nats_drawn[at]) / 2",
    ).transform_filter("datum.k == 0 || nats_drawn[at] - floor_drawn > 0.3")
    return bars + part.mark_text(align="right").encode(alt.X("left:Q"), alt.Y("y:Q"), text="name:N")
