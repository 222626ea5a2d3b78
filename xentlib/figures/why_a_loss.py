"""The figures of chapter 0, still and moving."""

from itertools import product

import altair as alt
import matplotlib.pyplot as plt
import numpy as np

from ..information import cross_entropy, entropy, surprisal
from ..losses import categorical_cross_entropy
from .games import Game, numbers
from .harbour import NORTH, SOUTH, WEATHERS
from .moving import Control, Moving, rounded, row_axis, rows, texts, x_axis
from .style import INK, MODEL, QUIET, TRUTH, WASTE, house_style


@house_style
def one_bar_is_read(names, p, q):
    """The prediction above the truth: the truth points at the one bar that the loss reads."""
    _, (above, below) = plt.subplots(2, sharex=True, height_ratios=[2, 1])
    true = int(np.argmax(p))
    bars = above.bar(names, q, 0.62, color="white", edgecolor=MODEL, linewidth=1.5)
    bars[true].set_facecolor(MODEL)
    above.bar_label(bars, fmt="%.1f", padding=2, color=INK)
    above.annotate(
        rf"loss: $-\log_2$ {q[true]:.1f} = {surprisal(q[true], base=2):.0f} bit",
        (true + 0.33, 0.75 * q[true]),
        (len(names) - 1.42, 0.85),
        arrowprops={"arrowstyle": "<-", "color": INK},
    )
    below.bar(names, p, 0.62, color=TRUTH)
    arrow = {"arrowstyle": "-|>", "lw": 2, "color": INK}
    below.annotate("", (true, 1.5), (true, 1.02), arrowprops=arrow, annotation_clip=False)
    above.set(ylabel="model q", ylim=(0, 1), yticks=[0, 1])
    below.set(ylabel="truth p", ylim=(0, 1), yticks=[0, 1])


@house_style
def three_losses():
    """Three losses over the probability of the true class, for two classes."""
    figure, panels = plt.subplots(1, 3)
    q = np.linspace(0, 1, 1001)
    log_loss = np.append(np.nan, surprisal(q[1:], base=2))
    for axes, curve, name, top in (
        (panels[0], q <= 0.5, "counted errors", 1.2),
        (panels[1], 2 * (1 - q) ** 2, "squared error", 2.4),
        (panels[2], log_loss, "log loss (bits)", 9.6),
    ):
        axes.plot(q, curve, color=MODEL)
        axes.set(title=name, xticks=[0, 0.5, 1], xticklabels=["0", "½", "1"])
        axes.set_ylim(-0.02 * top, top)
    panels[2].annotate("no limit", (0.02, 9.5), (0.3, 7.2), arrowprops={"arrowstyle": "->"})
    panels[0].set_yticks([0, 1])
    panels[1].set_yticks([0, 1, 2])
    figure.supxlabel("probability of the true class", size=11)


@house_style
def chance_levels(models):
    """The chance level over the number of classes, and where some models stand."""
    _, axes = plt.subplots()
    classes = np.arange(2, 11)
    chance = surprisal(1 / classes, base=2)
    hollow = {"markersize": 9, "markerfacecolor": "none", "markeredgewidth": 2}
    axes.plot(classes, chance, "o", color=INK)
    axes.annotate("chance level", (6, chance[4]), (3.6, 3.1), arrowprops={"arrowstyle": "->"})
    for name, (number, loss) in models.items():
        axes.plot(number, loss, "D", color=MODEL, **hollow)
        axes.text(number, loss - 0.25, name, color=MODEL, ha="center", va="top")
    axes.set(xlabel="number of classes", xlim=(1.5, 10.9), xticks=classes)
    axes.set(ylabel="loss in bits", ylim=(0, 3.9))


@house_style
def steps_downhill(path, true):
    """The probability of the true class after each step, with its loss above."""
    _, axes = plt.subplots()
    q = np.array(path)[:, true]
    names = ["start", *(f"step {step}" for step in range(1, len(q)))]
    bars = axes.bar(names, q, 0.62, color=MODEL)
    losses = [f"{bits:.2f} bits" for bits in surprisal(q, base=2)]
    axes.bar_label(bars, losses, padding=2, color=INK)
    axes.axhline(1, color=TRUTH, linestyle="--")
    axes.text(-0.4, 0.97, "truth", color=TRUTH, va="top")
    axes.set(ylabel="probability of the true class", ylim=(0, 1.1))


def probability_bars() -> Moving:
    """Three probabilities, the loss that reads one of them, and the answer that accuracy sees."""
    share, part = np.arange(21) / 20, np.arange(11) / 10
    plane, of_rest = (a.ravel() for a in np.meshgrid(share, part, indexing="ij"))
    q = np.stack([(1 - plane) * of_rest, plane, (1 - plane) * (1 - of_rest)], axis=-1).round(12)
    bits = categorical_cross_entropy(np.full(len(q), 1), q, base=2)
    winner = q == q.max(axis=-1, keepdims=True)
    answer = np.where(winner.sum(-1) > 1, "a tie", np.where(winner[:, 1], "right", "wrong"))
    answer = np.where(winner[:, 1], answer, "wrong")

    row = row_axis("snake", "plane", "Jackson", "answer", "loss")
    top = {"orient": "top", "title": "probability q", "format": ".1f"}
    one, five = [0, 1.3], [0, 6.5]
    bars = rows(
        *({"row": name, "k": k} for k, name in enumerate(["snake", "plane", "Jackson"])),
        shown="[snake, plane, jackson][datum.k][at]",
        q="toNumber(datum.shown)",
        label="datum.shown + (datum.k == 1 ? ' (the truth)' : '')",
    )
    filled = alt.condition("datum.k == 1", alt.value(MODEL), alt.value("transparent"))
    lamp = rows({"row": "answer", "left": 0}, answer="answer[at]")
    lit = alt.condition("datum.answer == 'right'", alt.value(INK), alt.value("transparent"))
    meter = rows(
        {"row": "loss", "full": 5},
        bits="bits[at] == '∞' ? datum.full : toNumber(bits[at])",
        label="bits[at] + ' bits'",
    )
    probabilities = alt.layer(
        bars.mark_bar(height=26, stroke=MODEL, strokeWidth=1.5).encode(
            x_axis("q", one, [0, 0.5, 1], **top), row, fill=filled
        ),
        bars.mark_text(align="left", dx=8).encode(x_axis("q", one), row, text="label:N"),
        lamp.mark_point(size=300, xOffset=14, stroke=INK, strokeWidth=2, opacity=1).encode(
            x_axis("left", one), row, fill=lit
        ),
        lamp.mark_text(align="left", dx=32).encode(x_axis("left", one), row, text="answer:N"),
    )
    loss = alt.layer(
        meter.mark_bar(height=26, color=WASTE).encode(
            x_axis("bits", five, range(6), title="loss in bits", format="d"), row
        ),
        meter.mark_bar(height=26, fill=None, stroke=QUIET).encode(x_axis("full", five), row),
        meter.mark_text(align="left", dx=8).encode(x_axis("bits", five), row, text="label:N"),
    )
    return Moving(
        name="probability-bars",
        alt="Three bars, the probabilities of snake, plane and Jackson; plane is the truth. Below "
        "them a lamp that is on while plane has the tallest bar, and the loss as a bar in bits.",
        controls=[
            Control("share", "plane's share", [f"{v:.0%}" for v in share], 10, 0, 0.05),
            Control("part", "snake's part of the rest", [f"{v:.0%}" for v in part], 8, 0, 0.1),
        ],
        readings={
            "snake": texts(q[:, 0], 3),
            "plane": texts(q[:, 1], 3),
            "jackson": texts(q[:, 2], 3),
            "answer": answer.tolist(),
            "bits": texts(bits),
        },
        sentence="Snake {snake}, plane {plane}, Jackson {jackson}: "
        "the answer is {answer}, the loss is {bits} bits.",
        chart=alt.layer(probabilities, loss).resolve_scale(x="independent"),
        drag={"control": "share", "scale": "layer_0_x", "places": rounded(share)},
    )


CHIPS, DAYS, ROUNDS = 8, 20, 60
RIVALS = {
    "knows the climate": SOUTH * CHIPS,
    "northern colleague": NORTH * CHIPS,
    "knows nothing": [2, 2, 2, 2],
    "always says sun": [8, 0, 0, 0],
}


def forecaster() -> Game:
    """Eight chips on four weathers every evening, and in the morning the price of what came."""
    price = surprisal(np.arange(CHIPS + 1) / CHIPS, base=2)
    # a seed whose first round is no unusual one: it costs the keeper 1.75 a day
    days = np.random.default_rng(54).choice(len(SOUTH), (ROUNDS, DAYS), p=SOUTH)
    return Game(
        name="forecaster",
        alt="Nine bars, the price of a day in bits over the number of chips on its weather: ∞ for "
        "none, 3 for one, 2 for two, 1 for four, 0 for eight. The bar of ∞ leaves the frame.",
        sentence="You are the forecaster: eight chips lie on sun, cloud, rain and storm, two on "
        f"each, and whatever comes costs {price[2]:.0f} bits. More chips on what comes cost less; "
        "none at all, ∞.",
        rule="Each evening eight chips lie on tomorrow's weather; move them as you like. In the "
        f"morning you pay for what came: {price[8]:.0f} if all eight lay on it, "
        f"{price[4] - price[8]:.0f} more for each halving, and ∞ if none did. "
        "Twenty days: who pays least a day?",
        tables={
            "weathers": WEATHERS,
            "price": numbers(price),
            "rounds": ["".join(map(str, row)) for row in days],
            "rivals": [{"name": n, "chips": [int(c) for c in bet]} for n, bet in RIVALS.items()],
            "climate": {"chips": numbers(SOUTH * CHIPS), "floor": float(entropy(SOUTH, base=2))},
            "long_run": _long_run(),
        },
        still=_nine_prices,
        heights=(51, 62),
    )


def _long_run():
    """What each bet that leaves nothing out pays a day, on average over the climate."""
    bets = [bet for bet in product(range(1, CHIPS), repeat=len(SOUTH)) if sum(bet) == CHIPS]
    paid = cross_entropy(SOUTH, np.array(bets) / CHIPS, base=2)
    return {"".join(map(str, bet)): bits for bet, bits in zip(bets, numbers(paid), strict=True)}


def _nine_prices():
    """What a day costs, for each number of chips that may lie on it."""
    figure, axes = plt.subplots()
    chips = np.arange(CHIPS + 1)
    price = surprisal(chips / CHIPS, base=2)
    bars = axes.bar(chips[1:], price[1:], 0.7, color=MODEL)
    axes.bar_label(bars, [f"{cost:.2f}" for cost in price[1:]], padding=2, color=INK)
    axes.bar(0, 4.4, 0.7, color=WASTE, hatch="//", clip_on=False)
    axes.text(0, 4.5, "∞", ha="center", size=16, color=WASTE)
    axes.set(xlabel="chips on the weather that came", xticks=chips)
    axes.set(ylabel="price of the day (bits)", ylim=(0, 3.9), yticks=range(4))
    return figure
