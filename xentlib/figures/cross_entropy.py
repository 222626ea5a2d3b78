"""The figures of chapter 3, still and moving."""

import altair as alt
import matplotlib.pyplot as plt
import numpy as np

from ..information import cross_entropy, entropy
from ..losses import cross_entropy_with_logits
from .bells import AXIS, BIN, binned, log_bell
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


@house_style
def cross_entropy_curve(p):
    """Cross-entropy over the model's probability: it touches the entropy at q = p alone."""
    _, axes = plt.subplots()
    q = np.linspace(0.002, 0.998, 500)
    price = cross_entropy([p, 1 - p], np.stack([q, 1 - q], axis=-1), base=2)
    floor = entropy([p, 1 - p], base=2)
    axes.fill_between(q, floor, price, facecolor=WASTE, hatch="//", linewidth=0)
    axes.plot(q, price, color=MODEL)
    axes.axhline(floor, color=TRUTH, linestyle="--")
    axes.plot(p, floor, "o", color=TRUTH, markersize=8)
    axes.text(0.26, 1.75, "cross-entropy $H(p, q)$", color=MODEL)
    box = {"facecolor": "white", "edgecolor": "none", "pad": 2}
    axes.text(0.19, floor + 0.24, "waste", bbox=box)
    axes.text(p, floor - 0.25, "entropy $H(p)$: the floor, at q = p", color=TRUTH, ha="right")
    axes.set(xlabel="model's probability q", ylabel="bits", xlim=(0, 1), ylim=(0, 3))


@house_style
def label_floors(p):
    """Cross-entropy under a one-hot and a soft label: the soft one keeps it above zero."""
    _, axes = plt.subplots()
    q = np.linspace(0.3, 0.9985, 800)
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


@house_style
def two_still_bells(shift):
    """The integrand -p ln q filled, for a model that fits and one moved by ``shift``."""
    _, panels = plt.subplots(1, 2, sharey=True)
    x = np.linspace(-10, 10, 4001)
    p = np.exp(-(x**2) / 2) / np.sqrt(2 * np.pi)
    for axes, mean in zip(panels, (0, shift), strict=True):
        q = np.exp(-((x - mean) ** 2) / 2) / np.sqrt(2 * np.pi)
        price = -p * np.log(q)
        axes.fill_between(x, price, color=MODEL, alpha=0.25, linewidth=0)
        axes.plot(x, price, color=MODEL, linewidth=1.2)
        axes.plot(x, p, color=TRUTH)
        axes.plot(x, q, color=MODEL, linestyle="--")
        axes.set_title(f"d = {mean}: area {np.trapezoid(price, x):.2f} nats")
        axes.set(xlabel="x", xlim=(-3.6, 5.2))
    panels[0].set_ylabel("per unit of x (filled: nats)")
    panels[0].text(0, 0.45, "p = q", color=INK, ha="center")
    panels[1].text(0, 0.45, "p", color=TRUTH, ha="center")
    panels[1].text(shift, 0.45, "q", color=MODEL, ha="center")
    panels[1].text(0.4, 1.2, r"$-p\,\ln q$", color=MODEL)


def two_bells() -> Moving:
    """Two bells, the area under -p ln q, and the area's floor and gap."""
    means, sds = np.arange(-8, 9) / 4, np.arange(3, 11) / 4
    mean, sd = (a.reshape(-1, 1) for a in np.meshgrid(means, sds, indexing="ij"))
    p, z = binned(np.exp(log_bell(AXIS, 0, 1))), log_bell(AXIS, mean, sd)
    floor = entropy(p) + np.log(BIN)
    nats = cross_entropy_with_logits(np.broadcast_to(p, z.shape), z) + np.log(BIN)
    u = np.arange(-20, 21) / 5  # places along a bell, in standard deviations
    right = mean[:, 0] >= 0  # moved to the left, the picture is its mirror image
    area = -np.exp(log_bell(u, 0, 1)) * log_bell(u, mean[right], sd[right])

    x = x_axis("x", [-5, 8.6], range(-4, 5, 2), title="x", format="d")
    y = y_axis("y", [0, 2.3], [0, 0.5, 1, 1.5, 2], title="per unit of x", format=".1f")
    truth = points(len(u), x="datum.i / 5 - 4", y="p_drawn[datum.i]")
    model = points(len(u), x="mean + sd * (datum.i / 5 - 4)", y="q_drawn[sd_at][datum.i]")
    model = model.transform_filter("abs(datum.x) <= 5")
    price = points(
        len(u),
        x="datum.i / 5 - 4",
        y=f"area[abs(mean) * 4 * {len(sds)} + sd_at][mean < 0 ? 40 - datum.i : datum.i]",
    )
    names = [("p", -4.8, TRUTH), ("q", -3.9, MODEL), ("filled: −p ln q", -3, MODEL)]
    curves = alt.layer(
        price.mark_area(color=MODEL, opacity=0.25).encode(x, y),
        price.mark_line(color=MODEL, strokeWidth=1.2).encode(x, y),
        truth.mark_line(color=TRUTH).encode(x, y),
        model.mark_line(color=MODEL, strokeDash=[7, 4]).encode(x, y),
        *(
            rows({"x": place, "y": 2.2, "name": name})
            .mark_text(align="left", color=colour)
            .encode(x, y, text="name:N")
            for name, place, colour in names
        ),
    )
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
    bars += part.mark_text(align="right").encode(alt.X("left:Q"), alt.Y("y:Q"), text="name:N")
    return Moving(
        name="two-bells",
        alt="Two bells, the truth p and the model q, and filled the area under minus p times the "
        "logarithm of q. Beside them the area as a bar: its floor, which is the entropy of p, and "
        "the gap above it, which is waste.",
        controls=[
            Control("mean", "mean of q", plain(means), 16, -2, 0.25),
            Control("sd", "standard deviation of q", plain(sds), 1, 0.75, 0.25),
        ],
        readings={
            "nats": texts(nats),
            "bits": texts(nats / np.log(2)),
            "gap": texts(nats - floor),
            "gap_bits": texts((nats - floor) / np.log(2)),
        },
        tables={
            "area": rounded(area),
            "p_drawn": rounded(np.exp(log_bell(u, 0, 1))),
            "q_drawn": rounded(np.exp(log_bell(u * sds[:, None], 0, sds[:, None]))),
            "floor_drawn": round(floor, 3),
            "nats_drawn": rounded(nats),
        },
        sentence="The area is {nats} nats ({bits} bits). "
        f"The floor is {floor:.4f} nats ({floor / np.log(2):.4f} bits), "
        "the gap {gap} nats ({gap_bits} bits).",
        chart=alt.layer(curves, bars).resolve_scale(y="independent"),
        drag={"control": "mean", "scale": "x", "places": rounded(means)},
    )
