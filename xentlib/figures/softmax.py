"""The figures of chapter 7, still and moving."""

from itertools import product

import altair as alt
import matplotlib.pyplot as plt
import numpy as np

from ..information import surprisal
from ..losses import cross_entropy_with_logits
from .harbour import SOUTH, WEATHERS, columns, edges, ground
from .moving import (
    Control,
    Moving,
    bars_beside,
    plain,
    rounded,
    rows,
    texts,
    x_axis,
    y_axis,
)
from .style import INK, MODEL, QUIET, TRUTH, WASTE, house_style

POINTS = np.arange(-2, 3)  # where the sliders of the scores stop; one point doubles a weight
CLASSES = ("snake", "plane", "Jackson")
PLANE = np.array([0.4, 0.5, 0.1])  # what the model says about a photograph
CORNERS = np.array([[0, 0], [0.5, 1], [1, 0]])  # of the triangle of all beliefs, by class
STEPS = 15


def softmax(z):
    weights = np.exp(z)
    return weights / weights.sum(axis=-1, keepdims=True)


def fixed_cost(z):
    """The logarithm of the sum of the weights, in nats."""
    return cross_entropy_with_logits(np.full(np.shape(z), 1 / z.shape[-1]), z) + z.mean(axis=-1)


def four_scores() -> Moving:
    """The price of a southern day as an area, for four scores that the reader pushes."""
    points = np.array(list(product(POINTS, repeat=4)), float)
    z = points * np.log(2)
    q, fixed = softmax(z), fixed_cost(z) / np.log(2)
    bits = cross_entropy_with_logits(np.broadcast_to(SOUTH, z.shape), z, base=2)
    shares = {name: plain(q[:, k], 3) for k, name in enumerate(WEATHERS)}
    return Moving(
        name="four-scores",
        alt="Four columns, one for each weather: as wide as it is frequent, as high as it costs. "
        "Four sliders push the scores. A score that rises lowers its own column and raises the "
        "three others.",
        controls=[
            Control(f"score_{name}", f"{name}: score", plain(POINTS), 2, -2, 1) for name in WEATHERS
        ],
        readings=shares | {"bits": texts(bits, 2)},
        tables={"fixed": rounded(fixed)},
        sentence="Shares: {sun} sun, {cloud} cloud, {rain} rain, {storm} storm. "
        "A southern day costs {bits} flashes on average.",
        chart=alt.layer(*_columns_of_scores(), _average()),
    )


def _columns_of_scores():
    """The columns: each costs the fixed cost less its score."""
    scores = " : ".join(f"datum.k == {k} ? score_{name}" for k, name in enumerate(WEATHERS))
    column = rows(
        *(
            {"k": k, "name": name, "left": left, "right": left + width, "zero": 0}
            for k, (name, left, width) in enumerate(
                zip(WEATHERS, edges(SOUTH), SOUTH, strict=False)
            )
        ),
        middle="(datum.left + datum.right) / 2",
        height=f"fixed[at] - ({scores} : 0)",
        label="format(datum.height, '.2f')",
    )
    x = x_axis(
        "left", [0, 1], edges(SOUTH), title="how often it comes", labels=False, titlePadding=20
    )
    y = y_axis("zero", [0, 7], range(7), title="price (flashes)", format="d")
    own = alt.condition("bits[at] == '1.75'", alt.value(TRUTH), alt.value(MODEL))
    middle = alt.X("middle:Q")
    return (
        column.mark_rect(stroke="white", strokeWidth=2).encode(
            x, y, x2="right:Q", y2="height:Q", fill=own
        ),
        column.mark_text(dy=-9, fontSize=13).encode(middle, alt.Y("height:Q"), text="label:N"),
        column.mark_text(dy=14, fontSize=12).encode(middle, y, text="name:N"),
    )


def _average():
    """The average price, written above the columns."""
    note = rows({"x": 0.02, "y": 6.6}, label="'average price ' + bits[at]")
    return note.mark_text(align="left", fontSize=14).encode(
        alt.X("x:Q"), alt.Y("y:Q"), text="label:N"
    )


@house_style
def score_comes_back(points):
    """The price of each weather: a fixed cost, less its score."""
    _, axes = plt.subplots(figsize=(5.8, 3.8))
    points = np.asarray(points, float)
    (fixed,) = fixed_cost(points[None] * np.log(2)) / np.log(2)
    ground(axes, SOUTH, top=4)
    columns(axes, SOUTH, fixed - points, TRUTH)
    columns(
        axes, SOUTH, points, "white", bottom=fixed - points, edgecolor=INK, linestyle=(0, (3, 2))
    )
    axes.axhline(fixed, color=INK)
    axes.text(0.5, fixed + 0.1, f"fixed cost {fixed:g}, for every weather", ha="center")
    for left, width, score in zip(edges(SOUTH), SOUTH, points, strict=False):
        middle, cost = left + width / 2, fixed - score
        axes.text(middle, cost / 2, f"{cost:g}", color="white", ha="center", va="center")
        if score:
            axes.text(middle, fixed - score / 2, f"score {score:g}", ha="center", va="center")
    axes.set(ylabel="flashes")


@house_style
def one_push(push):
    """What a push of the sun's score does to equal prices: one column falls, all of them rise."""
    _, axes = plt.subplots(figsize=(5.8, 4))
    before, after = fixed_cost(np.array([[0.0, 0, 0, 0], [push, 0, 0, 0]]))
    scores = np.array([push, 0, 0, 0])
    ground(axes, SOUTH, top=1.8)
    columns(axes, SOUTH, np.minimum(before, after - scores), MODEL)
    rise = np.where(scores > 0, 0, after - before)
    columns(axes, SOUTH, rise, WASTE, bottom=before, hatch="//")
    axes.bar(
        0, push, SOUTH[0], after - push, align="edge", facecolor="none", edgecolor=INK,
        linewidth=1.8, linestyle=(0, (3, 2)),
    )  # fmt: skip
    axes.plot([0, 1], [before, before], color=INK, linewidth=1.2)
    axes.text(SOUTH[0] / 2, after - push / 2 - 0.1, f"back {push:.2f}\non ½ of the days",
              ha="center", va="center", bbox={"color": "white", "pad": 1})  # fmt: skip
    axes.text(1, after + 0.05, f"fixed cost: {after - before:.2f} more, on all days", ha="right")
    axes.text(0.52, before - 0.06, f"before: {before:.2f}", va="top", color="white")
    axes.set(ylabel="price (nats)", yticks=[0, 0.5, 1, 1.5])


@house_style
def said_and_came(q, p, shown):
    """Beside each share that was said how often the weather came, and where the score goes."""
    _, axes = plt.subplots(figsize=(5.8, 4))
    places = np.arange(len(q))
    axes.bar(places, q, 0.6, color=MODEL)
    axes.bar(places + 0.42, p, 0.2, color=TRUTH)
    for place, said, came, text in zip(places, q, p, shown, strict=True):
        if said != came:
            arrow = {"arrowstyle": "-|>", "color": INK, "lw": 2.5, "shrinkA": 0, "shrinkB": 0}
            axes.annotate("", (place, came), (place, said), arrowprops=arrow)
        axes.text(place + 0.1, max(said, came) + 0.015, text, ha="center", va="bottom")
    axes.text(-0.28, 0.02, "said", color="white")
    axes.text(0.42, 0.02, "came", color="white", rotation=90, ha="center")
    axes.set_xticks(places + 0.1, WEATHERS)
    axes.tick_params(axis="x", length=0)
    axes.set(ylim=(0, 0.6), yticks=[0, 0.25, 0.5], ylabel="share")


def steps_on_the_triangle() -> Moving:
    """Steps against the gradient, from one photograph: the shares, the loss, and the path."""
    q, nats, slope = (
        np.concatenate(walks) for walks in zip(*map(_walk, range(len(CLASSES))), strict=True)
    )
    shares = {name: texts(q[:, k], 2) for k, name in enumerate(CLASSES)}
    slopes = {f"to_{name}": texts(slope[:, k], 2) for k, name in enumerate(CLASSES)}
    return Moving(
        name="steps-on-the-triangle",
        alt="A triangle whose corners are snake, plane and Jackson. A path of dots runs from the "
        "model's first belief to the corner of the class that came, with shorter and shorter steps "
        "near the corner. Beside it a bar, the loss, falls.",
        controls=[
            Control("came", "the photograph shows", list(CLASSES), 1, 0, 1),
            Control("steps", "steps", plain(np.arange(STEPS + 1)), 3, 0, 1),
        ],
        readings=shares | slopes | {"nats": texts(nats, 2)},
        tables={"x": rounded(q @ CORNERS[:, 0]), "y": rounded(q @ CORNERS[:, 1])},
        sentence="After {steps} steps: {snake} snake, {plane} plane, {Jackson} Jackson. "
        "The loss is {nats} nats. "
        "The gradient is ({to_snake}, {to_plane}, {to_Jackson}).",
        chart=alt.layer(_triangle(), _loss_bar()).resolve_scale(y="independent"),
    )


def _walk(y):
    """The shares, the losses and the gradients before each step, if the class ``y`` came."""
    z, came, seen = np.log(PLANE), np.eye(len(CLASSES))[y], []
    for _ in range(STEPS + 1):
        seen.append(z)
        z = z - (softmax(z) - came)
    q = softmax(np.array(seen))
    return q, surprisal(q[:, y]), q - came


def _triangle():
    """The corners, the path up to the present step, and its dots."""
    x = x_axis("x", [-0.2, 1.6], labels=False, ticks=False, title=None, domain=False)
    top = alt.ExprRef("max(1.12, 1.5 * height / width)")  # a narrow frame makes it no taller
    y = y_axis("y", [0, top], [0, 0.5, 1], title="share of plane", format=".1~f")
    sides = [{"i": i, "x": CORNERS[k][0], "y": CORNERS[k][1]} for i, k in enumerate((0, 1, 2, 0))]
    names = [
        {"name": name, "x": a, "y": b}
        for name, (a, b) in zip(CLASSES, CORNERS.tolist(), strict=True)
    ]
    first = f"came_at * {STEPS + 1}"
    dot = alt.Chart(alt.sequence(STEPS + 1, as_="i")).transform_calculate(
        x=f"x[{first} + datum.i]", y=f"y[{first} + datum.i]"
    )
    seen = dot.transform_filter("datum.i <= steps")
    return alt.layer(
        rows(*sides).mark_line(color=QUIET, strokeWidth=1.5).encode(x, y, order="i:Q"),
        *_names(names, x, y),
        seen.mark_line(color=MODEL, strokeWidth=2).encode(x, y, order="i:Q"),
        seen.mark_point(color=MODEL, filled=True, size=60, opacity=1).encode(x, y),
        dot.transform_filter("datum.i == steps")
        .mark_point(color=INK, filled=True, size=130, opacity=1)
        .encode(x, y),
    )


def _names(names, x, y):
    """The names of the corners, outside of the triangle; the class that came is blue."""
    colour = alt.condition("datum.k == came", alt.value(TRUTH), alt.value(INK))
    for k, (row, dy) in enumerate(zip(names, (14, -12, 14), strict=True)):
        mark = rows(row | {"k": k}).mark_text(dy=dy, fontSize=13)
        yield mark.encode(x, y, text="name:N", color=colour)


def _loss_bar():
    """The loss as a bar beside the triangle."""
    return bars_beside(
        (1.4, "loss", "0", "toNumber(nats[at])", MODEL),
        half_width=0.1, top=2.5, ticks=range(3), title="nats",
    )  # fmt: skip


@house_style
def ramp_and_bowl():
    """Over the sun's score: the fixed cost bends, the average score is straight."""
    _, (parts, whole) = plt.subplots(2, sharex=True, figsize=(5.8, 5.6))
    score = np.linspace(-4, 6, 400)
    z = np.stack([score, *np.zeros((3, score.size))], axis=-1)
    fixed, back = fixed_cost(z), z @ SOUTH
    parts.fill_between(score, back, fixed, color=MODEL, alpha=0.2, linewidth=0)
    parts.plot(score, fixed, color=INK)
    parts.plot(score, back, "--", color=INK)
    parts.text(3.2, 4.3, "fixed cost", ha="right")
    parts.text(3.6, 0.5, "average score")
    parts.text(-1.9, 0.2, "price", color=MODEL, ha="center")
    parts.set(ylim=(-2.2, 6.4), yticks=[-2, 0, 2, 4, 6], ylabel="nats")
    whole.plot(score, fixed - back, color=MODEL)
    best = np.log(3)
    lowest = fixed_cost(np.array([[best, 0, 0, 0]]))[0] - best * SOUTH[0]
    whole.plot(best, lowest, "o", color=INK, markersize=8)
    whole.annotate("lowest: the sun's share is ½", (best, lowest), (0, -16),
                   textcoords="offset points", ha="center", va="top")  # fmt: skip
    whole.set(ylim=(0.7, 3.3), yticks=[1, 2, 3], ylabel="price (nats)")
    whole.set(xlim=(-4, 6), xlabel="the sun's score (the others are 0)")


@house_style
def first_step(weights):
    """The weights of ten classes after one step from zero, as pictures."""
    _, panels = plt.subplots(2, 5, figsize=(5.8, 2.7))
    reach = 0.7 * np.abs(weights).max()
    for k, axes in enumerate(panels.flat):
        picture = weights[:, k].reshape(8, 8)
        axes.imshow(picture, "PuOr_r", vmin=-reach, vmax=reach, interpolation="bicubic")
        axes.set_title(f"class {k}", fontsize=11)
        axes.set_axis_off()
