"""The figures of chapter 5, still and moving."""

import altair as alt
import matplotlib.pyplot as plt
import numpy as np

from ..information import surprisal
from ..losses import binary_cross_entropy, binary_cross_entropy_with_logits
from .moving import Control, Moving, plain, points, rounded, rows, texts, x_axis, y_axis
from .style import INK, MODEL, QUIET, TRUTH, house_style


@house_style
def loss_of_the_true_class(q):
    """The loss against the probability of what happened, with the predictions ``q`` on it."""
    _, axes = plt.subplots()
    grid = np.linspace(0.005, 1, 400)
    axes.plot(grid, surprisal(grid), color=TRUTH)
    axes.plot(q, surprisal(q), "o", color=MODEL, markersize=9, clip_on=False, zorder=3)
    for place, times in zip(*np.unique(q, return_counts=True), strict=True):
        cost = surprisal(place)
        text = f"{cost:.2f}" if times == 1 else f"{times} × {cost:.2f}"
        axes.annotate(text, (place, cost), (0, 9), textcoords="offset points", ha="center")
    axes.text(0.04, 4.4, "no upper end")
    axes.set(xlim=(0, 1.02), ylim=(0, 5))
    axes.set(xlabel="probability given to the true class", ylabel="loss (nats)")


@house_style
def the_label_picks_the_curve(y, q):
    """Both curves of the binary cross-entropy, with the predictions ``q`` of labels ``y``."""
    _, axes = plt.subplots()
    y, q = np.asarray(y), np.asarray(q)
    grid = np.linspace(0.005, 0.995, 400)
    for label, line, marker in ((1, "-", "o"), (0, "--", "s")):
        labels = np.full(grid.shape, label)
        axes.plot(grid, binary_cross_entropy(labels, grid), line, color=TRUTH)
        here = y == label
        cost = binary_cross_entropy(y[here], q[here])
        axes.plot(q[here], cost, marker, color=MODEL, markersize=9, zorder=3)
    axes.text(0.07, 3.6, "y = 1\n(spam)", color=TRUTH)
    axes.text(0.93, 3.6, "y = 0\n(ham)", color=TRUTH, ha="right")
    cross = binary_cross_entropy(1, 0.5)
    arrow = {"arrowstyle": "-", "color": QUIET}
    axes.annotate(f"{cross:.2f} nats", (0.5, cross), (0.5, 1.7), ha="center", arrowprops=arrow)
    axes.set(xlim=(0, 1), ylim=(0, 5))
    axes.set(xlabel="q, the model's probability of spam", ylabel="loss (nats)")


@house_style
def pull_on_the_logit(start):
    """How strongly two losses pull the logit up when y = 1; ``start`` marks one logit."""
    _, axes = plt.subplots()
    z = np.linspace(-8, 4, 400)
    q = np.exp(-binary_cross_entropy_with_logits(np.ones_like(z), z))
    axes.plot(z, 1 - q, color=INK)
    axes.plot(z, (1 - q) * q * (1 - q), "--", color=QUIET)
    axes.axvline(start, color=QUIET, linewidth=1, linestyle=":")
    axes.text(start + 0.15, 0.6, f"z = −{-start}", va="center")
    axes.text(-0.6, 0.8, "cross-entropy: 1 − q")
    axes.text(-4.3, 0.2, "squared error:\n(1 − q) q (1 − q)")
    axes.set(xlim=(-8, 4), ylim=(0, 1.05))
    axes.set(xlabel="logit z of a spam mail (y = 1)", ylabel="upward pull on z")


def logit_pulls() -> Moving:
    """Cross-entropy and half the squared error over the logit, and how each pulls at it."""
    z = np.arange(-16, 17) / 2
    y = np.repeat([[0.0], [1.0]], len(z), axis=1)
    z2 = np.stack([z, z])
    q = np.exp(-binary_cross_entropy_with_logits(np.ones_like(z2), z2))
    losses = {"bce": binary_cross_entropy_with_logits(y, z2), "half": (q - y) ** 2 / 2}
    slopes = {"bce": q - y, "half": (q - y) * q * (1 - q)}

    x = x_axis("x", [-8, 8], range(-8, 9, 2), title="logit z", format="d")
    height = y_axis("y", [-0.3, 8.3], range(0, 9, 2), title="loss")
    layers = []
    for name, colour, dash in (("bce", INK, [1, 0]), ("half", QUIET, [7, 4])):
        curve = points(len(z), x="datum.i / 2 - 8", y=f"{name}_drawn[y][datum.i]")
        here = rows(x="z", y=f"{name}_drawn[y][z_at]", tip=f"{name}_tip[at]")
        head = {
            "shape": {"expr": "y == 1 ? 'triangle-right' : 'triangle-left'"},
            "size": {"expr": f"abs({name}_tip[at] - z) < 0.1 ? 0 : 180"},
        }
        layers += [
            curve.mark_line(color=colour, strokeDash=dash).encode(x, height),
            here.mark_rule(color=colour, strokeWidth=5).encode(x, height, x2="tip:Q"),
            here.mark_point(**head, fill=colour, stroke=colour, opacity=1).encode(
                alt.X("tip:Q"), height
            ),
            here.mark_point(size=110, fill=colour, stroke=colour, opacity=1).encode(x, height),
        ]
    names = rows(
        {"away": -6.3, "y": 7.6, "name": "cross-entropy"},
        {"away": -7.6, "y": 1.1, "name": "half the squared error"},
        x="(2 * y - 1) * datum.away",
    ).mark_text(align={"expr": "y == 1 ? 'left' : 'right'"})
    return Moving(
        name="logit-pulls",
        alt="Two losses over the logit z. Cross-entropy falls steadily towards the label; half the "
        "squared error is a low step, flat at both ends. An arrow on each shows its pull.",
        controls=[
            Control("y", "label y", ["0", "1"], 1, 0, 1),
            Control("z", "logit z", plain(z), 6, -8, 0.5),
        ],
        readings={
            **{name: texts(values) for name, values in losses.items()},
            **{f"{name}_slope": texts(values, 6) for name, values in slopes.items()},
            "times": [f"{v:.4g}" for v in (slopes["bce"] / slopes["half"]).ravel()],
        },
        tables={
            **{f"{name}_drawn": rounded(values) for name, values in losses.items()},
            **{f"{n}_tip": rounded((z2 - 4 * slope).ravel()) for n, slope in slopes.items()},
        },
        sentence="y = {y}, z = {z}. Cross-entropy: {bce} nats, gradient {bce_slope} nats. "
        "Half the squared error: {half}, gradient {half_slope}: {times} times weaker.",
        chart=alt.layer(*layers, names.encode(x, height, text="name:N")),
        drag={"control": "z", "scale": "x", "places": rounded(z)},
    )
