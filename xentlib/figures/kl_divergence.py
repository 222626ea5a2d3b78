"""The figures of chapter 4, still and moving, and its game."""

import altair as alt
import matplotlib.pyplot as plt
import numpy as np

from ..information import entropy, kl_divergence, surprisal
from ..losses import cross_entropy_with_logits
from .bells import AXIS, binned, log_bell
from .games import Game, numbers
from .harbour import NORTH, SOUTH, WEATHERS
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


NIGHTS, CASES, FALSE_ALARM = 24, 60, 30  # a false alarm costs as much as so many nights
EVIDENCE = (surprisal(NORTH, base=2) - surprisal(SOUTH, base=2)).astype(int)  # for the south


def detective() -> Game:
    """Whose lamp is it? Evidence in bits, night by night, until the reader accuses."""
    bits = np.arange(2 * NIGHTS + 1)
    waste = kl_divergence([SOUTH, NORTH], [NORTH, SOUTH], base=2)
    return Game(
        name="detective",
        alt="Two lines of evidence in bits over ten nights. For the southern lamp it rises by half "
        "a bit a night on average, for the northern it falls by 0.625.",
        sentence="Is tonight's lamp southern or northern? Sun and cloud speak one bit each for the "
        "southern, rain two bits for the northern, a storm says nothing. On average the southern "
        f"lamp gives itself away by {waste[0]:g} bits a night, the northern by {waste[1]:g}.",
        rule="Someone signals the weather of his own harbour, night by night: by the southern lamp "
        "or the northern, as a fair coin fell. What speaks for one side is counted in bits; each "
        f"doubles the odds. A night costs 1, a false alarm {FALSE_ALARM}; a round has six cases.",
        tables={
            "weathers": WEATHERS,
            "climates": [(SOUTH * 8).tolist(), (NORTH * 8).tolist()],
            "evidence": EVIDENCE.tolist(),
            "cases": list(_cases()),
            "waste": numbers(waste),
            "drift": numbers(waste * NIGHTS),
            "predicted": [numbers(bits / each, 2) for each in waste],
            "sure": [f"{1 / (1 + 0.5**b):.{0 if b < 6 else 2}%}" for b in bits[:16]],
            "one_in": (1 + 2 ** bits[:16]).tolist(),
            "false_alarm": FALSE_ALARM,
            "patience": [numbers(_patient(wait), 4) for wait in range(1, 7)],
        },
        still=_two_lamps,
        heights=(40, 55),
    )


def _cases():
    """For each case whether the lamp is northern, by a fair coin, and its nights' weathers."""
    dice = np.random.default_rng(4)
    for northern in dice.integers(2, size=CASES):
        nights = dice.choice(len(SOUTH), NIGHTS, p=NORTH if northern else SOUTH)
        yield int(northern), "".join(map(str, nights))


def _patient(bits):
    """False alarms in a hundred cases, nights and bill, of one who waits for so many bits."""
    results = []
    for p, side in ((SOUTH, 1), (NORTH, -1)):
        at = np.arange(-2 * NIGHTS, 2 * NIGHTS + 1) * side  # evidence for the truth
        undecided, wrong, nights = np.where(at == 0, 1.0, 0.0), 0, 0
        for night in range(1, NIGHTS + 1):
            undecided = sum(p[w] * np.roll(undecided, EVIDENCE[w]) for w in range(len(p)))
            decided = (abs(at) >= bits) | (night == NIGHTS)
            nights += night * undecided[decided].sum()
            wrong += (undecided * ((at < 0) + (at == 0) / 2))[decided].sum()
            undecided[decided] = 0
        results.append((100 * wrong, nights, nights + FALSE_ALARM * wrong))
    return np.mean(results, axis=0)


def _two_lamps():
    """What both lamps give away on average, night by night."""
    figure, axes = plt.subplots()
    nights, (south, north) = np.arange(11), kl_divergence([SOUTH, NORTH], [NORTH, SOUTH], base=2)
    axes.plot(nights, south * nights, color=TRUTH)
    axes.plot(nights, -north * nights, "--", color=MODEL)
    axes.axhline(0, color=QUIET, linewidth=1)
    axes.text(6, 4.2, f"southern lamp: {south:g} bits a night", color=TRUTH, ha="right")
    axes.text(6, -5.6, f"northern lamp: {north:g} bits a night", color=MODEL, ha="right")
    axes.set(xlabel="nights", ylabel="evidence for the south (bits)", xlim=(0, 10))
    return figure
