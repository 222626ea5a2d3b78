"""The figures of chapter 5, still and moving."""

import altair as alt
import matplotlib.pyplot as plt
import numpy as np

from ..information import surprisal
from ..losses import binary_cross_entropy, binary_cross_entropy_with_logits
from .harbour import GAP, SMALL, columns, edges, ground
from .moving import Control, Moving, plain, points, rounded, rows, texts, x_axis, y_axis
from .style import INK, MODEL, QUIET, TRUTH, house_style

SPAM = 3 / 4  # of the mails


def spam_or_ham() -> Moving:
    """The price of a mail that is spam or ham, for each share that is given to spam."""
    q = np.arange(21) / 20
    prices = np.stack([surprisal(q, base=2), surprisal(1 - q, base=2)], axis=-1)
    average = binary_cross_entropy(np.full(q.shape, SPAM), q, base=2)
    return Moving(
        name="spam-or-ham",
        alt="Two columns. Spam is three quarters wide, ham one quarter, and each is as high as its "
        "price. A slider divides the belief between them: one column falls, the other rises. A "
        "dashed line shows the average price.",
        controls=[Control("q", "share for spam", plain(q), 18, 0, 0.05)],
        readings={
            "rest": plain(1 - q, 2),
            "spam": texts(prices[:, 0], 2),
            "ham": texts(prices[:, 1], 2),
            "bits": texts(average, 2),
        },
        tables={
            "heights": rounded(np.minimum(prices, 9)),
            "labels": [texts(pair, 2) for pair in prices],
            "average": rounded(np.minimum(average, 9)),
            "own": (q == SPAM).tolist(),
        },
        sentence="Shares: {q} for spam, {rest} for ham. "
        "A spam mail costs {spam} bits, a ham mail {ham}. On average a mail costs {bits} bits.",
        chart=alt.layer(*_two_columns(), *_average_line()),
    )


def _two_columns():
    """The columns of spam and ham: their heights are looked up."""
    column = rows(
        {"k": 0, "left": GAP, "right": SPAM - GAP, "name": "spam", "zero": 0},
        {"k": 1, "left": SPAM + GAP, "right": 1 - GAP, "name": "ham", "zero": 0},
        middle="(datum.left + datum.right) / 2",
        height="heights[at][datum.k]",
        top="min(datum.height, 4.6)",
        label="labels[at][datum.k]",
    )
    x = x_axis(
        "left", [0, 1.32], [0, 0.75, 1], title="how often it comes", format=".2~f", labelPadding=17
    )
    y = y_axis("zero", [0, 4.9], range(5), title="price in bits", format="d")
    own = alt.condition("own[at]", alt.value(TRUTH), alt.value(MODEL))
    middle = alt.X("middle:Q")
    return (
        column.mark_rect().encode(x, y, x2="right:Q", y2="top:Q", fill=own),
        column.mark_text(dy=-10, fontSize=14).encode(middle, alt.Y("top:Q"), text="label:N"),
        column.mark_text(dy=12, fontSize=13).encode(middle, y, text="name:N"),
    )


def _average_line():
    """The average price as a dashed line through both columns, where it is in the frame."""
    line = rows(
        {"left": 0, "right": 1.04, "place": 1.05},
        y="min(average[at], 4.6)",
        label="['average', bits[at]]",
    )
    y, dashed = alt.Y("y:Q"), {"strokeWidth": 2, "strokeDash": [5, 4]}
    return (
        line.transform_filter("average[at] < 4.6")
        .mark_rule(color=INK, **dashed)
        .encode(alt.X("left:Q"), y, x2="right:Q"),
        line.mark_text(align="left", dy=-7).encode(alt.X("place:Q"), y, text="label:N"),
    )


@house_style
def label_is_a_width(q):
    """The prices of spam and ham, for many mails and for one mail that is spam."""
    _, panels = plt.subplots(2, figsize=(5.8, 5))
    many, one = panels
    nats = surprisal([q, 1 - q])
    for axes, p, colour in ((many, [SPAM, 1 - SPAM], TRUTH), (one, [1, 0], MODEL)):
        ground(axes, p, ("spam", "ham"), top=1.7)
        columns(axes, p, nats, colour)
        axes.set(ylabel="nats", yticks=[0, 0.5, 1, 1.5])
        for left, width, height in zip(edges(p), p, nats, strict=False):
            if width:
                axes.text(
                    left + width / 2, height / 2, f"{height:.2f}", color="white", ha="center",
                    va="center",
                )  # fmt: skip
    many.set_title("many mails: y = ¾ of them are spam")
    one.set_title("one mail: it is spam, so y = 1")
    one.plot([1, 1], [0, nats[1]], color=MODEL, clip_on=False)
    one.text(0.98, nats[1], "ham: no width", ha="right", va="top")


@house_style
def mails_on_curves(y, q):
    """The losses of mails with labels ``y``, each on the curve of its label."""
    _, axes = plt.subplots(figsize=(5.8, 4))
    grid = np.linspace(0.004, 0.996, 400)
    axes.plot(grid, surprisal(grid), color=INK)
    axes.plot(grid, surprisal(1 - grid), "--", color=INK)
    axes.text(0.1, 2.5, "if it is spam:\n−ln q")
    axes.text(0.9, 2.5, "if it is ham:\n−ln(1 − q)", ha="right")
    axes.set(xlim=(0, 1), ylim=(0, 3.4), yticks=range(4), ylabel="loss (nats)")
    axes.set_xlabel("q, the share for spam")
    losses = binary_cross_entropy(y, q)
    axes.plot(q, losses, "o", color=INK, markersize=16, zorder=3, clip_on=False)
    for k, (share, loss) in enumerate(zip(q, losses, strict=True), start=1):
        axes.text(share, loss, f"{k}", color="white", ha="center", va="center_baseline")
        axes.text(share, loss + 0.19, f"{loss:.3f}", ha="center")


@house_style
def sigmoid_curve(q, outside):
    """The share that belongs to each score, with the shares ``q`` and a score far outside."""
    _, axes = plt.subplots(figsize=(5.8, 3.8))
    z = np.linspace(-7, 7, 300)
    axes.plot(z, np.exp(-binary_cross_entropy_with_logits(np.ones_like(z), z)), color=INK)
    for k, share in enumerate(q, start=1):
        score = np.log(share / (1 - share))
        side, place = ("right", (-11, 0)) if share > 1 / 2 else ("left", (11, -7))
        axes.plot(score, share, "o", color=INK, markersize=8)
        axes.annotate(
            f"mail {k}: score {score:.1f}".replace("-", "−"), (score, share), place,
            textcoords="offset points", ha=side,
        )  # fmt: skip
    far = f"mail {len(q) + 1}: score {outside}, far outside"
    arrow = {"arrowstyle": "->", "color": INK}
    axes.annotate(far, (7, 1.06), (-4.6, 1.06), va="center", arrowprops=arrow)
    axes.text(-6.8, 0.05, "flat")
    axes.text(6.8, 0.95, "flat", ha="right", va="top")
    axes.set(xlim=(-7, 7), ylim=(0, 1.14), yticks=[0, 0.25, 0.5, 0.75, 1])
    axes.set(xlabel="score z", ylabel="q, the share for spam")


@house_style
def rounded_to_infinity(score):
    """The loss of ham from its score, and by way of a share that is rounded."""
    _, axes = plt.subplots()
    z = np.linspace(0, 50, 501)
    with np.errstate(divide="ignore"):
        naive = -np.log(1 - 1 / (1 + np.exp(-z)))
    last = np.isfinite(naive).nonzero()[0][-1]
    axes.plot(z[: last + 1], naive[: last + 1], color=QUIET, linewidth=7, alpha=0.6)
    up = {"arrowstyle": "-|>,head_width=0.4,head_length=0.7", "color": QUIET, "linewidth": 3}
    axes.annotate("", (z[last], 50), (z[last], naive[last]), arrowprops=up | {"shrinkA": 0})
    axes.text(z[last] - 1, 47, "by way of the\nrounded share: ∞", ha="right", va="top")
    axes.plot(z, binary_cross_entropy_with_logits(np.zeros_like(z), z), color=INK)
    axes.plot(score, score, "o", color=INK, markersize=8)
    axes.text(score + 1.2, score - 1, f"mail 5:\n{score} nats", va="top")
    axes.text(12, 8, "straight from the score")
    axes.set(xlim=(0, 50), ylim=(0, 50), xlabel="score z of a ham mail", ylabel="loss (nats)")


SCORES = np.arange(-16, 17) / 2  # where the slider of the two pulls stops
STEP = 4  # an arrow is a step of this rate
HEAD = 0.16  # from the middle of an arrow's head to its point


def logit_pulls() -> Moving:
    """Cross-entropy and squared error over the score, and how each pulls at it."""
    losses, slopes = _losses_and_slopes()
    times = slopes["bce"] / slopes["squared"]
    return Moving(
        name="logit-pulls",
        alt="Two losses over the score z. Cross-entropy falls steadily towards the label; squared "
        "error is a low step, flat at both ends. An arrow on each shows how far a step goes.",
        controls=[
            Control("y", "label y", ["0", "1"], 0, 0, 1),
            Control("z", "score z", plain(SCORES), 20, -8, 0.5),
        ],
        readings={
            **{name: _exact(values, 3) for name, values in losses.items()},
            **{f"{name}_slope": _exact(values, 4) for name, values in slopes.items()},
            "times": [f"{v:.2g}" if v < 10 else f"{v:.0f}" for v in times.ravel()],
        },
        tables={
            **{f"{name}_drawn": rounded(values) for name, values in losses.items()},
            **{f"{n}_tip": rounded((SCORES - STEP * s).ravel()) for n, s in slopes.items()},
        },
        sentence="y = {y}, z = {z}. Cross-entropy: {bce} nats, slope {bce_slope}. "
        "Squared error: {squared}, slope {squared_slope}, {times} times weaker.",
        chart=alt.layer(
            *_pull("bce", INK, [1, 0]), *_pull("squared", QUIET, [7, 4]), _loss_names()
        ),
        drag={"control": "z", "scale": "x", "places": rounded(SCORES)},
    )


def _exact(values, decimals):
    """Numbers with so many decimals, or more where three digits need them."""
    digits = np.maximum(decimals, 2 - np.floor(np.log10(abs(values)))).astype(int).ravel()
    return [texts(v, d)[0] for v, d in zip(values.ravel(), digits, strict=True)]


def _losses_and_slopes():
    """Both losses and their slopes: a row for each label, a column for each score."""
    y = np.repeat([[0.0], [1.0]], len(SCORES), axis=1)
    z = np.stack([SCORES, SCORES])
    q = np.exp(-binary_cross_entropy_with_logits(np.ones_like(z), z))
    losses = {"bce": binary_cross_entropy_with_logits(y, z), "squared": (q - y) ** 2}
    return losses, {"bce": q - y, "squared": 2 * (q - y) * q * (1 - q)}


X = x_axis("x", [-8, 8], range(-8, 9, 2), title="score z", format="d")
LOSS = y_axis("y", [-0.3, 8.5], range(0, 9, 2), title="loss")


def _pull(name, colour, dash):
    """The curve of a loss, and on it the arrow that points downhill."""
    curve = points(len(SCORES), x="datum.i / 2 - 8", y=f"{name}_drawn[y][datum.i]")
    tip = f"{name}_tip[at]"
    there = f"{tip} - (2 * y - 1) * {HEAD}"
    here = rows(x="z", y=f"{name}_drawn[y][z_at]", tip=tip, head=there)
    head = {
        "shape": {"expr": "y == 1 ? 'triangle-right' : 'triangle-left'"},
        "size": {"expr": f"abs({tip} - z) < 0.5 ? 0 : 180"},
    }
    solid = {"fill": colour, "stroke": colour, "opacity": 1}
    return (
        curve.mark_line(color=colour, strokeDash=dash).encode(X, LOSS),
        here.mark_rule(color=colour, strokeWidth=5).encode(X, LOSS, x2="head:Q"),
        here.mark_point(**head, **solid).encode(alt.X("head:Q"), LOSS),
        here.mark_point(size=110, **solid).encode(X, LOSS),
    )


def _loss_names():
    """The names of the two losses, beside their curves where no arrow comes."""
    names = rows(
        {"away": -2.9, "y": 2.4, "name": "cross-entropy"},
        {"away": -2.9, "y": 1.5, "name": "squared error"},
        x="(2 * y - 1) * datum.away",
    )
    text = names.mark_text(align={"expr": "y == 1 ? 'right' : 'left'"}, fontSize=SMALL)
    return text.encode(X, LOSS, text="name:N")


@house_style
def one_or_many(answers, classes, label):
    """The probabilities from one softmax and from several sigmoids, beside the label."""
    _, panels = plt.subplots(len(answers), sharex=True, figsize=(5.8, 4.8))
    for axes, (name, q) in zip(panels, answers.items(), strict=True):
        places = np.arange(len(classes))
        axes.bar(places, q, 0.5, color=MODEL)
        axes.hlines(label, places - 0.35, places + 0.35, color=TRUTH, linewidth=4)
        for place, share in zip(places, q, strict=True):
            inside = {"y": share / 2, "color": "white"} if share > 0.2 else {"y": share + 0.15}
            axes.text(place, s=f"{share:.2f}", ha="center", va="center", **inside)
        axes.set_title(f"{name}: sum {np.sum(q):.2f}")
        axes.set(ylim=(-0.06, 1.12), yticks=[0, 0.5, 1], ylabel="probability")
        axes.set_xticks(places, classes)
