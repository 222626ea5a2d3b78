"""The figures of chapter 1, still and moving."""

import altair as alt
import matplotlib.pyplot as plt
import numpy as np

from ..information import surprisal
from .moving import Control, Moving, plain, rounded, row_axis, rows, texts, x_axis
from .style import QUIET, TRUTH, house_style


@house_style
def halving_bars(p):
    """What a fact of each probability leaves of the possibilities, and its bits."""
    _, axes = plt.subplots()
    places = np.arange(len(p))
    axes.barh(places, 1.0, 0.6, color="none", edgecolor=QUIET, linestyle=":")
    axes.barh(places, p, 0.6, color=TRUTH)
    for place, bits in zip(places, surprisal(p, base=2), strict=True):
        axes.text(1.03, place, f"{bits:.2f} bits", va="center")
    axes.set(xlim=(0, 1.2), xlabel="share of the possibilities that is left, p")
    axes.set(yticks=places, yticklabels=[f"p = {share:g}" for share in p])
    axes.set_xticks([0, 0.25, 0.5, 0.75, 1])
    axes.invert_yaxis()


@house_style
def surprisal_curve():
    """Surprisal against p, on a linear axis and on a logarithmic one."""
    _, (linear, logarithmic) = plt.subplots(1, 2, sharey=True)
    grid, decades = np.geomspace(1e-4, 1, 400), 10.0 ** -np.arange(4)
    bits = surprisal(decades, base=2)
    for axes, name in ((linear, "linear axis"), (logarithmic, "log axis")):
        axes.plot(grid, surprisal(grid, base=2), color=TRUTH)
        axes.plot(decades, bits, "o", color=TRUTH, clip_on=False)
        axes.set(xlabel="probability p", title=name, ylim=(0, 14))
    linear.set(ylabel="surprisal (bits)", xlim=(-0.02, 1.02), xticks=[0, 0.5, 1])
    logarithmic.set(xscale="log", xlim=(1e-4, 1))
    logarithmic.step(decades, bits, "--", where="post", color=QUIET, linewidth=1.2, zorder=0)
    for place, low, high in zip(decades[1:], bits[:-1], bits[1:], strict=True):
        step, middle = f"+{high - low:.2f}", (low + high) / 2
        logarithmic.text(0.9 * place, middle, step, ha="right", va="center")


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


def halvings() -> Moving:
    """A probability that is halved again and again, its reciprocal, and its bits."""
    k = np.append(np.arange(21) / 2, np.inf)
    p = 2.0**-k
    bits, nats = surprisal(p, base=2), surprisal(p)
    inverse = np.append(2.0 ** k[:-1], np.inf)

    row = row_axis("p", "1/p", "bits")
    one, many, ten = [0, 1.3], [0, 1331.2], [0, 13]
    half = rows({"row": "p"}, p="p_drawn[at]", before="min(1, 2 * p_drawn[at])", label="p[at]")
    wide = rows({"row": "1/p"}, inverse="inverse_drawn[at]", label="inverse[at]")
    tick = rows({"row": "bits", "end": 10}, bits="bits_drawn[at]", label="bits[at]")
    boxes = rows(*({"row": "bits", "left": n, "right": n + 1} for n in range(10)))
    label = {"align": "left", "dx": 8}
    thick = {"height": 44}
    chart = alt.layer(
        alt.layer(
            half.mark_bar(**thick, fill=None, stroke=QUIET, strokeDash=[4, 3]).encode(
                x_axis(
                    "before",
                    one,
                    [0, 0.25, 0.5, 1],
                    orient="top",
                    title="probability p",
                    format=".2~f",
                ),
                row,
            ),
            half.mark_bar(**thick, color=TRUTH).encode(x_axis("p", one), row),
            half.mark_text(**label).encode(x_axis("before", one), row, text="label:N"),
        ),
        alt.layer(
            wide.mark_bar(**thick, color=QUIET).encode(
                alt.X("inverse:Q").scale(domain=many, nice=False).axis(None), row
            ),
            wide.mark_text(**label).encode(
                alt.X("inverse:Q").scale(domain=many, nice=False).axis(None), row, text="label:N"
            ),
        ),
        alt.layer(
            tick.mark_bar(**thick, color=TRUTH).encode(
                x_axis("bits", ten, range(11), title="surprisal in bits"), row
            ),
            boxes.mark_bar(**thick, fill=None, stroke=QUIET).encode(
                x_axis("left", ten), row, x2="right:Q"
            ),
            tick.mark_text(**label).encode(x_axis("end", ten), row, text="label:N"),
        ),
    )
    shown = [f"{v:g}" if float(v).is_integer() else f"{v:.4f}" for v in inverse[:-1]]
    return Moving(
        name="halvings",
        alt="Three bars: the probability p, which halves with each step; its reciprocal, which "
        "doubles; and a row of boxes, one for each bit, of which each halving fills one more.",
        controls=[
            Control("halvings", "halvings", [f"{n:g}" for n in k[:-1]] + ["without end"], 2, 0, 0.5)
        ],
        readings={
            "p": plain(p),
            "inverse": [*shown, "∞"],
            "bits": [f"{v:g} bit{'' if v == 1 else 's'}" for v in bits[:-1]] + ["∞ bits"],
            "nats": texts(nats),
        },
        tables={
            "p_drawn": rounded(p, 5),
            "inverse_drawn": rounded(np.minimum(inverse, 1024), 2),
            "bits_drawn": rounded(np.minimum(bits, 10)),
        },
        sentence="p = {p}: the surprisal is {bits}, or {nats} nats, while 1/p = {inverse}.",
        chart=chart.resolve_scale(x="independent"),
        drag={"control": "halvings", "scale": "layer_0_x", "places": rounded(p, 5)},
    )
