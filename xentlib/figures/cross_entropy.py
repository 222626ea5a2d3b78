"""The figures of chapter 3, still and moving."""

import altair as alt
import matplotlib.pyplot as plt
import numpy as np

from ..information import cross_entropy, entropy, surprisal
from ..losses import cross_entropy_with_logits
from .bells import AXIS, BIN, binned, log_bell
from .harbour import (
    BLIND,
    COUSIN,
    NORTH,
    NORTHERN,
    SOUTH,
    SOUTHERN,
    columns,
    ground,
    moving_area,
    name_inside,
    price,
)
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
from .style import INK, MODEL, QUIET, TRUTH, WASTE, house_style


def price_area() -> Moving:
    """The price of a day as an area, for two climates and four code books."""
    return moving_area(
        name="price-area",
        alt_text="Four columns, one for each weather: as wide as it is frequent, as high as its "
        "code word is long. Two sliders choose whose weather it is and whose code book.",
        climates={"in the south": SOUTH, "in the north": NORTH},
        books={
            "southern": SOUTH,
            "knows nothing": BLIND,
            "northern": NORTH,
            "the cousin's": COUSIN,
        },
        start=(0, 0),
    )


@house_style
def two_books():
    """A southern day with the southern code book and with the northern one."""
    _, (own, other) = plt.subplots(2, sharex=True, figsize=(5.8, 5.2))
    price(own, SOUTH, SOUTH, SOUTHERN, "southern words")
    price(other, SOUTH, NORTH, NORTHERN, "northern words")
    for axes in (own, other):
        axes.set_ylabel("flashes")
    other.set_xlabel("how often it comes, here in the south")


@house_style
def four_prices():
    """Both climates with both code books, as four areas."""
    _, panels = plt.subplots(2, 2, sharey=True, figsize=(5.8, 5.6))
    climates = ("southern days", SOUTH), ("northern days", NORTH)
    books = ("southern words", SOUTH), ("northern words", NORTH)
    for row, (days, p) in zip(panels, climates, strict=True):
        row[0].set_ylabel(f"{days}\n(bits)")
        for axes, (words, q) in zip(row, books, strict=True):
            price(axes, p, q, title=words, names=())
            name_inside(axes, p)


@house_style
def bowl():
    """The price of every belief about dry days, when three days in four are dry."""
    _, axes = plt.subplots()
    q = np.append(np.linspace(0.002, 0.998, 500), [0.999, 0.9999])
    truth = [3 / 4, 1 / 4]
    axes.plot(q, cross_entropy(truth, np.stack([q, 1 - q], axis=-1), base=2), color=MODEL)
    floor = entropy(truth, base=2)
    axes.axhline(floor, color=TRUTH, linestyle="--", zorder=0)
    for place, name, colour in ((3 / 4, "the truth", TRUTH), (1 / 2, "a coin", MODEL)):
        height = cross_entropy(truth, [place, 1 - place], base=2)
        axes.plot(place, height, "o", color=colour, markersize=8)
        axes.annotate(
            f"{name}: {height:.2f}", (place, height), (0, 18), textcoords="offset points",
            ha="center",
        )  # fmt: skip
    axes.set(xlabel="share of belief given to dry", ylabel="price of a day (bits)")
    axes.set(xlim=(0, 1), ylim=(0, 3), xticks=[0, 1 / 4, 1 / 2, 3 / 4, 1])
    axes.set_xticklabels(["0", "¼", "½", "¾", "1"])


@house_style
def log_and_line():
    """The natural logarithm below its tangent at one."""
    _, axes = plt.subplots(figsize=(5.8, 2.9))
    x = np.linspace(0.04, 3, 300)
    axes.plot(x, x - 1, "--", color=QUIET)
    axes.plot(x, np.log(x), color=INK)
    axes.plot(1, 0, "o", color=INK)
    axes.text(1.95, 1.3, r"the line $x - 1$", ha="right")
    axes.text(2.2, 0.45, r"the curve $\ln x$")
    axes.set(xlim=(0, 3), ylim=(-2.5, 2), xticks=[0, 1, 2, 3], xlabel="x")


@house_style
def one_column():
    """A photograph of a plane as a day: all columns but one have lost their width."""
    _, axes = plt.subplots(figsize=(5.8, 2.9))
    ground(axes, [1], ["plane"], top=3.6)
    columns(axes, [1], surprisal([0.5], base=2), MODEL)
    axes.text(0.5, 0.5, "width 1, height 1 bit", color="white", ha="center", va="center")
    for place, name, q in ((0, "snake", 0.4), (1, "Jackson", 0.1)):
        axes.plot([place, place], [0, surprisal(q, base=2)], color=MODEL, clip_on=False)
        side = "right" if place else "left"
        note = f"{name}: no width"
        axes.text(abs(place - 0.02), surprisal(q, base=2), note, ha=side, va="top")
    axes.set(ylabel="bits")


@house_style
def photographs(q):
    """What a photograph costs, over the share that its true class was given."""
    _, axes = plt.subplots()
    grid = np.linspace(0.004, 1, 400)
    axes.plot(grid, surprisal(grid, base=2), color=MODEL)
    axes.plot(q, surprisal(q, base=2), "o", color=INK, clip_on=False)
    for share in q:
        bits = surprisal(share, base=2)
        axes.annotate(
            f"{share:g} costs {bits:.2g}", (share, bits), (7, 12), textcoords="offset points",
            ha="left" if share < 0.8 else "center",
        )  # fmt: skip
    axes.set(xlabel="share of belief on the true class", ylabel="loss (bits)")
    axes.set(xlim=(0, 1), ylim=(0, 8))


@house_style
def storm_without_a_word(doubt):
    """The code book without a storm, and the same with a little doubt."""
    _, panels = plt.subplots(2, sharex=True, figsize=(5.8, 5.2))
    titles = "no word for a storm", "with one per cent of doubt"
    for axes, q, title in zip(panels, (COUSIN, doubt), titles, strict=True):
        ground(axes, SOUTH, top=10)
        columns(axes, SOUTH, np.minimum(surprisal(q, base=2), 12), MODEL)
        axes.set_title(f"{title}: {texts([cross_entropy(SOUTH, q, base=2)], 2)[0]} bits a day")
        axes.set(ylabel="bits", yticks=range(0, 11, 2))
    storm = surprisal(doubt, base=2)[3]
    panels[1].text(15 / 16, storm + 0.2, f"{storm:.1f}", ha="center")
    upwards = {"arrowstyle": "-|>", "color": "white", "lw": 2}
    panels[0].annotate("", (15 / 16, 9.9), (15 / 16, 6.4), arrowprops=upwards)
    panels[0].text(15 / 16, 4.6, "∞", color="white", ha="center", size=20)


@house_style
def label_floors(p):
    """Cross-entropy under a one-hot and a soft label: the soft one keeps it above zero."""
    _, axes = plt.subplots()
    q = 1 - np.geomspace(0.7, 1e-7, 800)
    models = np.stack([q, 1 - q], axis=-1)
    for truth, line in ((1.0, "-"), (p, "--")):
        label = [truth, 1 - truth]
        axes.plot(q, cross_entropy(label, models, base=2), color=MODEL, linestyle=line)
        axes.plot(truth, entropy(label, base=2), "o", color=TRUTH, markersize=8, clip_on=False)
    axes.text(0.6, 0.9, f"soft label ({p:.1f}, {1 - p:.1f})", color=MODEL)
    axes.text(0.64, 0.45, "one-hot label", color=MODEL, ha="right")
    floor = entropy([p, 1 - p], base=2)
    axes.text(p, floor + 0.08, f"floor {floor:.2f}", color=TRUTH, ha="center")
    axes.text(0.9, 0.03, "floor 0", color=TRUTH, ha="right")
    axes.set(xlabel="model's probability q of the first class", ylabel="cross-entropy (bits)")
    axes.set(xlim=(0.3, 1), ylim=(0, 2), yticks=[0, 0.5, 1, 1.5, 2])


MEANS, SDS = np.arange(-8, 9) / 4, np.arange(3, 11) / 4  # of the model, where the sliders stop
ALONG = np.arange(-20, 21) / 5  # places along a bell, in standard deviations


def two_bells() -> Moving:
    """Two bells, the area under -p ln q, and the area's floor and gap."""
    floor, nats, tables = _areas_of_bells()
    return Moving(
        name="two-bells",
        alt="Two bells, the truth p and the model q, and filled the area under minus p times the "
        "logarithm of q. Beside them the area as a bar: its floor, which is the entropy of p, and "
        "the gap above it, which is waste.",
        controls=[
            Control("mean", "mean of q", plain(MEANS), 16, -2, 0.25),
            Control("sd", "standard deviation of q", plain(SDS), 1, 0.75, 0.25),
        ],
        readings={"nats": texts(nats, 2), "gap": texts(nats - floor, 2)},
        tables=tables,
        sentence="The area is {nats} nats: "
        f"the floor, {floor:.2f} nats, and a gap of {{gap}} nats.",
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
    x = x_axis("x", [-5, 8.6], range(-4, 5, 2), title="x", format="d")
    y = y_axis("y", [0, 2.3], [0, 0.5, 1, 1.5, 2], title="per unit of x", format=".1f")
    along, count = "datum.i / 5 - 4", len(ALONG)
    truth = points(count, x=along, y="p_drawn[datum.i]")
    model = points(count, x=f"mean + sd * ({along})", y="q_drawn[sd_at][datum.i]")
    model = model.transform_filter("abs(datum.x) <= 5")
    at = f"abs(mean) * 4 * {len(SDS)} + sd_at"
    price = points(count, x=along, y=f"area[{at}][mean < 0 ? 40 - datum.i : datum.i]")
    names = [
        rows({"x": place, "y": 2.2, "name": name}).mark_text(align="left", color=colour)
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
    """The area as a bar, split into its floor and the gap above it."""
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
        {"k": 1, "name": "gap"},
        left="6",
        y="(floor_drawn + datum.k * nats_drawn[at]) / 2",
    ).transform_filter("datum.k == 0 || nats_drawn[at] - floor_drawn > 0.3")
    return bars + part.mark_text(align="right").encode(alt.X("left:Q"), alt.Y("y:Q"), text="name:N")
