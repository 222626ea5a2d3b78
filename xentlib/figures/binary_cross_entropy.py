"""The figures of chapter 5, still and moving."""

import altair as alt
import matplotlib.pyplot as plt
import numpy as np

from ..information import surprisal
from ..losses import binary_cross_entropy, binary_cross_entropy_with_logits
from .harbour import columns, edges, ground
from .moving import Control, Moving, plain, points, rounded, rows, texts, x_axis, y_axis
from .style import INK, MODEL, QUIET, TRUTH, house_style

DRY = 3 / 4  # of the days in the south


def dry_or_wet() -> Moving:
    """The price of a day that is dry or wet, for each share that is given to dry."""
    q = np.arange(21) / 20
    prices = np.stack([surprisal(q, base=2), surprisal(1 - q, base=2)], axis=-1)
    average = binary_cross_entropy(np.full(q.shape, DRY), q, base=2)
    return Moving(
        name="dry-or-wet",
        alt="Two columns. Dry is three quarters wide, wet one quarter, and each is as high as its "
        "price. A slider divides the belief between them: one column falls, the other rises. A "
        "dashed line shows the average price.",
        controls=[Control("q", "share given to dry", plain(q), 10, 0, 0.05)],
        readings={
            "rest": plain(1 - q, 2),
            "dry": texts(prices[:, 0], 2),
            "wet": texts(prices[:, 1], 2),
            "bits": texts(average, 2),
        },
        tables={
            "heights": rounded(np.minimum(prices, 9)),
            "labels": [texts(pair, 2) for pair in prices],
            "average": rounded(np.minimum(average, 9)),
            "own": (q == DRY).tolist(),
        },
        sentence="Your shares: {q} for dry, {rest} for wet. "
        "A dry day costs {dry} bits, a wet day {wet}. On average a day costs {bits} bits.",
        chart=alt.layer(*_two_columns(), *_average_line()),
    )


def _two_columns():
    """The columns of dry and wet: their heights are looked up."""
    column = rows(
        {"k": 0, "left": 0, "right": DRY, "name": "dry", "zero": 0},
        {"k": 1, "left": DRY, "right": 1, "name": "wet", "zero": 0},
        middle="(datum.left + datum.right) / 2",
        height="heights[at][datum.k]",
        top="min(datum.height, 4.6)",
        label="labels[at][datum.k]",
    )
    x = x_axis("left", [0, 1.32], [0, 0.75, 1], title="how often it comes", format="~r")
    y = y_axis("zero", [0, 4.9], range(5), title="price in bits", format="d")
    own = alt.condition("own[at]", alt.value(TRUTH), alt.value(MODEL))
    middle = alt.X("middle:Q")
    return (
        column.mark_rect(stroke="white", strokeWidth=2).encode(
            x, y, x2="right:Q", y2="top:Q", fill=own
        ),
        column.mark_text(dy=-10, fontSize=14).encode(middle, alt.Y("top:Q"), text="label:N"),
        column.mark_text(dy=12, fontSize=13).encode(middle, y, text="name:N"),
    )


def _average_line():
    """The average price as a dashed line through both columns, where it is in the frame."""
    line = rows(
        {"left": 0, "right": 1.04, "place": 1.05},
        y="average[at]",
        label="'average ' + format(average[at], '.2f')",
    ).transform_filter("average[at] < 4.8")
    y = alt.Y("y:Q")
    return (
        line.mark_rule(color=INK, strokeWidth=2, strokeDash=[5, 4]).encode(
            alt.X("left:Q"), y, x2="right:Q"
        ),
        line.mark_text(align="left").encode(alt.X("place:Q"), y, text="label:N"),
    )


@house_style
def label_is_a_width(q):
    """The same two prices for a harbour of days and for one mail that is spam."""
    _, panels = plt.subplots(2, figsize=(5.8, 5))
    days, mail = panels
    nats = surprisal([q, 1 - q])
    for axes, p, names in ((days, [DRY, 1 - DRY], ("dry", "wet")), (mail, [1, 0], ("spam", "ham"))):
        ground(axes, p, names, top=1.5)
        columns(axes, p, nats, MODEL)
        axes.set(ylabel="nats", yticks=[0, 0.5, 1, 1.5])
        for left, width, height in zip(edges(p), p, nats, strict=False):
            if width:
                axes.text(
                    left + width / 2, height / 2, f"{height:.2f}", color="white", ha="center",
                    va="center",
                )  # fmt: skip
    days.set_title("many days: y = ¾ of them are dry")
    mail.set_title("one mail: it is spam, so y = 1")
    mail.plot([1, 1], [0, nats[1]], color=MODEL, clip_on=False)
    mail.text(0.98, nats[1], "ham: no width", ha="right", va="top")


@house_style
def two_curves_and_one(y, q):
    """The losses of labels ``y`` over the share of spam, and over the share of the truth."""
    _, (two, one) = plt.subplots(2, figsize=(5.8, 6.2))
    y, q = np.asarray(y), np.asarray(q)
    grid = np.linspace(0.004, 0.996, 400)
    two.plot(grid, surprisal(grid), color=MODEL)
    two.plot(grid, surprisal(1 - grid), "--", color=MODEL)
    one.plot(grid, surprisal(grid), color=MODEL)
    right = np.where(y == 1, q, 1 - q)
    for label, marker in ((1, "o"), (0, "s")):
        here = y == label
        for axes, place in ((two, q), (one, right)):
            axes.plot(place[here], surprisal(right[here]), marker, color=INK, markersize=8)
    two.text(0.11, 3, "spam, y = 1:\n−ln q")
    two.text(0.89, 3, "ham, y = 0:\n−ln(1 − q)", ha="right")
    for share, mails in zip(*np.unique(right, return_counts=True), strict=True):
        note = (f"{mails} × " if mails > 1 else "") + f"{surprisal(share):.2f}"
        place = {"xytext": (5, 9), "textcoords": "offset points", "ha": "left", "rotation": 30}
        one.annotate(note, (share, surprisal(share)), **place)
    for axes, whose in (
        (two, "q, the share given to spam"),
        (one, "r, the share given to the true class"),
    ):
        axes.set(xlim=(0, 1), ylim=(0, 4), yticks=range(5), xlabel=whose, ylabel="loss (nats)")


@house_style
def sigmoid_curve(q):
    """The probability that belongs to each score, with the predictions ``q`` on the curve."""
    _, axes = plt.subplots()
    z = np.linspace(-7, 7, 300)
    axes.plot(z, np.exp(-binary_cross_entropy_with_logits(np.ones_like(z), z)), color=MODEL)
    for share in q:
        score = np.log(share / (1 - share))
        axes.plot(score, share, "o", color=INK, markersize=8)
        axes.annotate(
            f"z = {score:.1f}, q = {share:g}".replace("-", "−"), (score, share), (10, -6),
            textcoords="offset points",
        )  # fmt: skip
    axes.text(-6.8, 0.05, "flat")
    axes.text(6.8, 1.04, "flat", ha="right")
    axes.set(xlim=(-7, 7), ylim=(0, 1.12), yticks=[0, 0.25, 0.5, 0.75, 1])
    axes.set(xlabel="score z", ylabel="share q given to spam")


@house_style
def rounded_to_infinity():
    """The loss of a ham mail from its score, and by way of a probability that is rounded."""
    _, axes = plt.subplots()
    z = np.linspace(0, 50, 501)
    axes.plot(z, binary_cross_entropy_with_logits(np.zeros_like(z), z), color=INK)
    with np.errstate(divide="ignore"):
        for kind in ("float32", "float64"):
            few = z.astype(kind)
            naive = -np.log(1 - 1 / (1 + np.exp(-few)))
            last = np.isfinite(naive).nonzero()[0][-1]
            axes.plot(few[: last + 1], naive[: last + 1], color=MODEL, linewidth=5, alpha=0.5)
            axes.plot([z[last]] * 2, [naive[last], 60], ":", color=MODEL)
            axes.text(
                z[last] - 0.7, 49, f"by way of q,\n{kind}:\n∞ from here", ha="right", va="top"
            )
    axes.text(49, 33, "from the score", ha="right")
    axes.set(xlim=(0, 50), ylim=(0, 50), xlabel="score z of a ham mail", ylabel="loss (nats)")


SCORES = np.arange(-16, 17) / 2  # where the slider of the two pulls stops


def logit_pulls() -> Moving:
    """Cross-entropy and half the squared error over the score, and how each pulls at it."""
    losses, slopes = _losses_and_slopes()
    return Moving(
        name="logit-pulls",
        alt="Two losses over the score z. Cross-entropy falls steadily towards the label; half the "
        "squared error is a low step, flat at both ends. An arrow on each shows its pull.",
        controls=[
            Control("y", "label y", ["0", "1"], 1, 0, 1),
            Control("z", "score z", plain(SCORES), 16, -8, 0.5),
        ],
        readings={
            **{name: texts(values, 3) for name, values in losses.items()},
            **{f"{name}_slope": texts(values) for name, values in slopes.items()},
            "times": [f"{v:.4g}" for v in (slopes["bce"] / slopes["half"]).ravel()],
        },
        tables={
            **{f"{name}_drawn": rounded(values) for name, values in losses.items()},
            **{f"{n}_tip": rounded((SCORES - 4 * s).ravel()) for n, s in slopes.items()},
        },
        sentence="y = {y}, z = {z}. Cross-entropy: {bce} nats, slope {bce_slope}. "
        "Half the squared error: {half}, slope {half_slope}: {times} times weaker.",
        chart=alt.layer(*_pull("bce", INK, [1, 0]), *_pull("half", QUIET, [7, 4]), _loss_names()),
        drag={"control": "z", "scale": "x", "places": rounded(SCORES)},
    )


def _losses_and_slopes():
    """Both losses and their slopes: a row for each label, a column for each score."""
    y = np.repeat([[0.0], [1.0]], len(SCORES), axis=1)
    z = np.stack([SCORES, SCORES])
    q = np.exp(-binary_cross_entropy_with_logits(np.ones_like(z), z))
    losses = {"bce": binary_cross_entropy_with_logits(y, z), "half": (q - y) ** 2 / 2}
    return losses, {"bce": q - y, "half": (q - y) * q * (1 - q)}


X = x_axis("x", [-8, 8], range(-8, 9, 2), title="score z", format="d")
LOSS = y_axis("y", [-0.3, 8.3], range(0, 9, 2), title="loss")


def _pull(name, colour, dash):
    """The curve of a loss, and on it the arrow that points downhill."""
    curve = points(len(SCORES), x="datum.i / 2 - 8", y=f"{name}_drawn[y][datum.i]")
    here = rows(x="z", y=f"{name}_drawn[y][z_at]", tip=f"{name}_tip[at]")
    head = {
        "shape": {"expr": "y == 1 ? 'triangle-right' : 'triangle-left'"},
        "size": {"expr": f"abs({name}_tip[at] - z) < 0.1 ? 0 : 180"},
    }
    solid = {"fill": colour, "stroke": colour, "opacity": 1}
    return (
        curve.mark_line(color=colour, strokeDash=dash).encode(X, LOSS),
        here.mark_rule(color=colour, strokeWidth=5).encode(X, LOSS, x2="tip:Q"),
        here.mark_point(**head, **solid).encode(alt.X("tip:Q"), LOSS),
        here.mark_point(size=110, **solid).encode(X, LOSS),
    )


def _loss_names():
    """The names of the two losses, on the side where the answer is wrong."""
    names = rows(
        {"away": -6.3, "y": 7.6, "name": "cross-entropy"},
        {"away": -7.6, "y": 1.1, "name": "half the squared error"},
        x="(2 * y - 1) * datum.away",
    )
    text = names.mark_text(align={"expr": "y == 1 ? 'left' : 'right'"})
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
