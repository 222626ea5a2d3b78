"""The figures of chapter 4, still and moving."""

import altair as alt
import matplotlib.pyplot as plt
import numpy as np

from ..information import entropy, kl_divergence
from ..losses import cross_entropy_with_logits
from .bells import AXIS, binned, log_bell
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


@house_style
def waste_bars(p, models):
    """Stacked bars for one p and many q: the entropy stays, the waste on top grows."""
    _, axes = plt.subplots()
    floor, waste = entropy(p, base=2), kl_divergence(p, models, base=2)
    names = ["q = " + "/".join(f"{100 * share:.0f}" for share in q) for q in models]
    axes.bar(names, np.full(len(names), floor), 0.62, color=TRUTH)
    axes.bar(names, waste, 0.62, bottom=floor, color=WASTE, hatch="//")
    for place, extra in enumerate(waste):
        axes.text(place, floor / 2, f"H(p) {floor:.2f}", color="white", ha="center", va="center")
        axes.text(place, floor + extra + 0.03, f"waste {extra:.2f}", ha="center", va="bottom")
    axes.set(ylabel="bits per outcome", ylim=(0, 1.2 * (floor + max(waste))))


@house_style
def both_directions(p, q):
    """The two KL divergences between (p, 1 - p) and every (q, 1 - q)."""
    _, axes = plt.subplots()
    truth, models = np.array([p, 1 - p]), np.stack([q, 1 - q], axis=-1)
    axes.plot(q, kl_divergence(truth, models, base=2), color=WASTE)
    axes.plot(q, kl_divergence(models, truth, base=2), "--", color=INK)
    mirror = kl_divergence(truth, truth[::-1], base=2)
    axes.plot([1 - p, p], [mirror, 0], "o", color=INK, zorder=3)
    axes.text(0.09, 2.05, "KL(p ‖ q)", color=WASTE)
    axes.text(0.015, 0.9, "KL(q ‖ p)", color=INK)
    axes.text(1.02 - p, mirror + 0.08, "equal: mirror image", color=INK)
    axes.text(p, 0.15, "equal: q is p", color=INK, ha="center")
    axes.set(xlabel="q's probability of the first outcome", xlim=(0, 1))
    axes.set(ylabel="bits per outcome", ylim=(-0.05, 2.6))


@house_style
def evidence_paths(from_p, from_q, p, q):
    """Evidence for p over q, toss by toss: tosses drawn from p, and tosses drawn from q."""
    _, axes = plt.subplots()
    tosses = np.arange(from_p.shape[-1] + 1)
    for paths, slope, colour, line, name in (
        (from_p, kl_divergence(p, q, base=2), TRUTH, "-", "tosses from p"),
        (from_q, -kl_divergence(q, p, base=2), MODEL, "--", "tosses from q"),
    ):
        for path in paths:
            axes.plot(tosses, np.append(0.0, path), line, color=colour, linewidth=1, alpha=0.6)
        axes.plot(tosses, slope * tosses, line, color=colour, linewidth=3)
        axes.text(3, 15 * np.sign(slope), name, color=colour, va="center")
    axes.axhline(0, color=QUIET, linewidth=1)
    axes.set(xlabel="tosses", ylabel="evidence for p, in bits", xlim=(0, len(tosses) - 1))


@house_style
def two_fits(x, p, forward, reverse):
    """One p with two bumps under its two best Gaussians, one for each direction of KL."""
    _, axes = plt.subplots()
    width = x[1] - x[0]
    x, p, forward, reverse = (values[:: len(x) // 300 + 1] for values in (x, p, forward, reverse))
    axes.fill_between(x, p / width, color=TRUTH, alpha=0.25, linewidth=0)
    axes.plot(x, p / width, color=TRUTH)
    axes.plot(x, forward / width, "--", color=MODEL)
    axes.plot(x, reverse / width, "-.", color=INK)
    axes.text(-4.4, 0.19, "p", color=TRUTH, ha="right")
    axes.text(-8.6, 0.10, "forward:\ncovers both", color=MODEL)
    axes.text(4.2, 0.33, "reverse:\nkeeps to one", color=INK)
    axes.set(xlabel="x", ylabel="probability per unit of x", xlim=(-9, 9), ylim=(0, None))


def one_bell_over_two() -> Moving:
    """One Gaussian over a truth with two bumps, and the KL divergence in both directions."""
    means, sds = np.arange(-8, 9) / 2, np.arange(3, 21) / 5
    mean, sd = (a.reshape(-1, 1) for a in np.meshgrid(means, sds, indexing="ij"))

    def bumps(x):
        return (np.exp(log_bell(x, -3, 1)) + np.exp(log_bell(x, 3, 1))) / 2

    p, z = binned(bumps(AXIS)), log_bell(AXIS, mean, sd)
    forward = cross_entropy_with_logits(np.broadcast_to(p, z.shape), z, base=2) - entropy(p, base=2)
    q = np.exp(z)
    reverse = kl_divergence(q / q.sum(axis=-1, keepdims=True), p, base=2)
    u = np.arange(-20, 21) / 5

    x = x_axis("x", [-9, 19.5], range(-8, 9, 4), title="x", format="d")
    y = y_axis("y", [0, 0.72], [0, 0.2, 0.4, 0.6], title="per unit of x", format=".1f")
    truth = points(73, x="datum.i / 4 - 9", y="p_drawn[datum.i]")
    model = points(len(u), x="mean + sd * (datum.i / 5 - 4)", y="q_drawn[sd_at][datum.i]")
    model = model.transform_filter("abs(datum.x) <= 9")
    names = [("p", -8.6, TRUTH), ("q", -6.6, MODEL)]
    curves = alt.layer(
        truth.mark_area(color=TRUTH, opacity=0.25).encode(x, y),
        truth.mark_line(color=TRUTH).encode(x, y),
        model.mark_line(color=MODEL, strokeDash=[7, 4]).encode(x, y),
        *(
            rows({"x": place, "y": 0.69, "name": name})
            .mark_text(align="left", color=colour)
            .encode(x, y, text="name:N")
            for name, place, colour in names
        ),
    )
    bars = bars_beside(
        (12.2, "forward", "0", "forward_drawn[at]", WASTE),
        (17, "reverse", "0", "reverse_drawn[at]", WASTE),
        half_width=1.5,
        top=6,
        ticks=range(0, 7, 2),
        title="bits",
        stagger=14,  # side by side, the names would touch on a phone
    )
    return Moving(
        name="one-bell-over-two",
        alt="A truth p with two bumps, at minus three and at three, and a model q with one. Beside "
        "them two bars: the forward and the reverse KL divergence.",
        controls=[
            Control("mean", "mean of q", plain(means), 8, -4, 0.5),
            Control("sd", "standard deviation of q", plain(sds), 4, 0.6, 0.2),
        ],
        readings={
            "forward": texts(forward),
            "forward_nats": texts(forward * np.log(2)),
            "reverse": texts(reverse),
            "reverse_nats": texts(reverse * np.log(2)),
        },
        tables={
            "p_drawn": rounded(bumps(np.arange(73) / 4 - 9)),
            "q_drawn": rounded(np.exp(log_bell(u * sds[:, None], 0, sds[:, None]))),
            "forward_drawn": rounded(np.minimum(forward, 6)),
            "reverse_drawn": rounded(np.minimum(reverse, 6)),
        },
        sentence="Forward, KL(p, q): {forward} bits ({forward_nats} nats); "
        "reverse, KL(q, p): {reverse} bits ({reverse_nats} nats).",
        chart=alt.layer(curves, bars).resolve_scale(y="independent"),
        drag={"control": "mean", "scale": "x", "places": rounded(means)},
    )
