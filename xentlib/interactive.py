"""The figures that a reader moves: the only importer of altair.

Each function computes every reading of one figure, for all positions of its controls, and returns
a `Moving`. What draws it later, in the book or in JupyterLab, only looks these readings up.
"""

from dataclasses import dataclass, field
from fractions import Fraction
from heapq import heapify, heappop, heappush
from importlib.util import find_spec
from io import BytesIO
from math import prod
from re import split

import altair as alt
import numpy as np

from .information import entropy, kl_divergence, surprisal
from .losses import (
    binary_cross_entropy_with_logits,
    categorical_cross_entropy,
    cross_entropy_with_logits,
)
from .plotting import INK, MODEL, QUIET, TRUTH, WASTE

MIME, VEGA_LITE = "application/vnd.vegalite.v5+json", "5.20"  # what JupyterLab and VS Code draw
WIDTH, HEIGHT = 600, 300
STYLE = {
    "aria": False,  # the figure is described as a whole
    "font": "Liberation Sans, Arial, sans-serif",
    "view": {"stroke": None},
    "axis": {
        "domainColor": QUIET,
        "grid": False,
        "labelColor": INK,
        "labelFontSize": 12,
        "tickColor": QUIET,
        "titleColor": INK,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
    },
    "text": {"color": INK, "fontSize": 13},
    "title": {
        "anchor": "start",
        "color": INK,
        "fontSize": 13,
        "fontWeight": "normal",
        "lineHeight": 18,
        "offset": 14,
    },
}


@dataclass(frozen=True)
class Control:
    """A control whose places are ``step`` apart; ``texts`` says what stands at each one."""

    name: str
    label: str
    texts: list[str]
    start: int
    first: float
    step: float

    @property
    def values(self):
        return [round(self.first + self.step * place, 6) for place in range(len(self.texts))]


@dataclass(frozen=True)
class Moving:
    """A figure that a reader moves.

    ``readings`` holds under each name what is read at each place of the controls, the last control
    moving fastest. The chart looks them up as ``name[at]``, the ``sentence`` as ``{name}``.
    ``tables`` are more numbers for the chart. ``drag`` says which control follows the pointer, on
    which horizontal scale of the chart, and where its places lie.
    """

    name: str
    alt: str
    controls: list[Control]
    readings: dict[str, list]
    sentence: str
    chart: alt.LayerChart
    tables: dict[str, list] = field(default_factory=dict)
    drag: dict | None = None

    def __post_init__(self):
        places = prod(len(control.texts) for control in self.controls)
        for name, values in self.readings.items():
            if len(values) != places:
                raise ValueError(f"{name!r} has {len(values)} readings for {places} places")

    def reading(self, *places):
        """The sentence at the given place of each control; without places, where they start."""
        at, names = 0, {}
        for control, place in zip(self.controls, places or self.starts, strict=True):
            at = at * len(control.texts) + place
            names[control.name] = control.texts[place]
        return self.sentence.format(**names, **{k: v[at] for k, v in self.readings.items()})

    @property
    def starts(self):
        return [control.start for control in self.controls]

    def spec(self):
        """The figure as Vega-Lite: complete, with Vega's own controls below it."""
        controls = [
            {"name": c.name, "label": c.label, "values": c.values, "start": c.start}
            for c in self.controls
        ]
        move = {"name": self.name, "controls": controls, "sentence": self.sentence}
        return self.chart.to_dict() | {
            "width": WIDTH,
            "height": HEIGHT,
            "padding": 8,
            "background": "white",
            "config": STYLE,
            "description": self.alt,
            "title": {"text": {"expr": _spoken(self)}},
            "params": list(_params(self)),
            "usermeta": {"move": move | {"reading": self.reading(), "drag": self.drag}},
        }

    def __repr__(self):
        return self.reading()

    def _repr_mimebundle_(self, include=None, exclude=None):
        spec = self.spec()
        still = {"image/png": _still(spec)} if find_spec("vl_convert") else {}
        return {MIME: spec, **still, "text/plain": self.reading()}


def _still(spec):
    """The figure as a PNG of few colours, which is small."""
    import vl_convert  # a compiled program, which Python in the browser does not have
    from PIL import Image

    picture = Image.open(BytesIO(vl_convert.vegalite_to_png(spec, vl_version=VEGA_LITE, scale=2)))
    picture.convert("RGB").quantize(64).save(small := BytesIO(), "PNG", optimize=True)
    return small.getvalue()


def _params(figure):
    """The controls, the place that they make together, and what is looked up there."""
    at = "0"
    for c in figure.controls:
        low, high = c.values[0], c.values[-1]
        bind = {"input": "range", "min": low, "max": high, "step": c.step, "name": f"{c.label} "}
        yield {"name": c.name, "value": c.values[c.start], "bind": bind}
        yield {"name": f"{c.name}_at", "expr": f"round(({c.name} - ({low})) / {c.step})"}
        yield {"name": f"{c.name}_is", "value": c.texts}
        at = f"({at}) * {len(c.texts)} + {c.name}_at"
    yield {"name": "at", "expr": at}
    for name, values in (figure.readings | figure.tables).items():
        yield {"name": name, "value": values}


def _spoken(figure):
    """The sentence as an expression of Vega: lines of texts and look-ups."""
    controls = {control.name for control in figure.controls}
    lines = []
    for line in split(r"(?<=[;.]) ", figure.sentence):
        parts = split(r"\{(\w+)\}", line)
        parts[::2] = map(repr, parts[::2])
        parts[1::2] = [f"{n}_is[{n}_at]" if n in controls else f"{n}[at]" for n in parts[1::2]]
        lines.append(" + ".join(parts))
    return f"[{', '.join(lines)}]"


# Pieces of charts and of tables


def _rows(*rows, **columns):
    """A chart of some rows, with calculated columns."""
    return alt.Chart(alt.InlineData(list(rows) or [{}])).transform_calculate(**columns)


def _points(count, **columns):
    """A chart of points numbered ``i``, with calculated columns."""
    return alt.Chart(alt.sequence(count, as_="i")).transform_calculate(**columns)


def _x(name, domain, ticks=(), /, **axis):
    """A place from left to right; the first layer of a scale names its ticks."""
    return _along(alt.X(f"{name}:Q"), domain, ticks, axis)


def _y(name, domain, ticks=(), /, **axis):
    """A place from bottom to top; the first layer of a scale names its ticks."""
    return _along(alt.Y(f"{name}:Q"), domain, ticks, axis)


def _along(channel, domain, ticks, axis):
    channel = channel.scale(domain=domain, nice=False)
    return channel.axis(values=list(ticks), **axis) if axis else channel


def _row(*names):
    axis = alt.Axis(title=None, domain=False, ticks=False, labelFontSize=13)
    return alt.Y("row:N").scale(domain=names).axis(axis)


def _short(values, decimals=3):
    """Numbers for drawing, rounded, so that each machine writes the same."""
    return (np.round(values, decimals) + 0.0).tolist()


def _texts(values, decimals=4):
    """Numbers for reading; what is infinite is ∞."""
    rounded = np.round(np.ravel(values), decimals) + 0.0
    return ["∞" if np.isinf(v) else f"{v:.{decimals}f}".replace("-", "−") for v in rounded]


def _plain(values, decimals=6):
    """Numbers for reading, with no more digits than they have."""
    texts = [np.format_float_positional(v, decimals, trim="-") for v in values]
    return [text.replace("-", "−") for text in texts]


def _beside(*bars, half_width, top, ticks, title, stagger=0):
    """Bars beside the picture, on a scale of their own: (place, name, low, high, colour)."""
    scale = {"orient": "right", "title": title, "format": "~g"}
    layers = []
    for k, (place, name, low, high, colour) in enumerate(bars):
        sides = {"left": str(place - half_width), "right": str(place + half_width)}
        bar = _rows({"place": place, "name": name, "zero": 0}, low=low, high=high, **sides)
        layers += [
            bar.mark_rect(color=colour).encode(
                alt.X("left:Q"), _y("low", [0, top], ticks, **scale), x2="right:Q", y2="high:Q"
            ),
            bar.mark_text(dy=14 + k * stagger, fontSize=12).encode(
                alt.X("place:Q"), alt.Y("zero:Q"), text="name:N"
            ),
        ]
    return alt.layer(*layers)


# Chapter 0


def probability_bars():
    """Three probabilities, the loss that reads one of them, and the answer that accuracy sees."""
    share, part = np.arange(21) / 20, np.arange(11) / 10
    plane, of_rest = (a.ravel() for a in np.meshgrid(share, part, indexing="ij"))
    q = np.stack([(1 - plane) * of_rest, plane, (1 - plane) * (1 - of_rest)], axis=-1).round(12)
    bits = categorical_cross_entropy(np.full(len(q), 1), q, base=2)
    winner = q == q.max(axis=-1, keepdims=True)
    answer = np.where(winner.sum(-1) > 1, "a tie", np.where(winner[:, 1], "right", "wrong"))
    answer = np.where(winner[:, 1], answer, "wrong")

    row = _row("snake", "plane", "Jackson", "answer", "loss")
    top = {"orient": "top", "title": "probability q", "format": ".1f"}
    one, five = [0, 1.3], [0, 6.5]
    bars = _rows(
        *({"row": name, "k": k} for k, name in enumerate(["snake", "plane", "Jackson"])),
        shown="[snake, plane, jackson][datum.k][at]",
        q="toNumber(datum.shown)",
        label="datum.shown + (datum.k == 1 ? ' (the truth)' : '')",
    )
    filled = alt.condition("datum.k == 1", alt.value(MODEL), alt.value("transparent"))
    lamp = _rows({"row": "answer", "left": 0}, answer="answer[at]")
    lit = alt.condition("datum.answer == 'right'", alt.value(INK), alt.value("transparent"))
    meter = _rows(
        {"row": "loss", "full": 5},
        bits="bits[at] == '∞' ? datum.full : toNumber(bits[at])",
        label="bits[at] + ' bits'",
    )
    probabilities = alt.layer(
        bars.mark_bar(height=26, stroke=MODEL, strokeWidth=1.5).encode(
            _x("q", one, [0, 0.5, 1], **top), row, fill=filled
        ),
        bars.mark_text(align="left", dx=8).encode(_x("q", one), row, text="label:N"),
        lamp.mark_point(size=300, xOffset=14, stroke=INK, strokeWidth=2, opacity=1).encode(
            _x("left", one), row, fill=lit
        ),
        lamp.mark_text(align="left", dx=32).encode(_x("left", one), row, text="answer:N"),
    )
    loss = alt.layer(
        meter.mark_bar(height=26, color=WASTE).encode(
            _x("bits", five, range(6), title="loss in bits", format="d"), row
        ),
        meter.mark_bar(height=26, fill=None, stroke=QUIET).encode(_x("full", five), row),
        meter.mark_text(align="left", dx=8).encode(_x("bits", five), row, text="label:N"),
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
            "snake": _texts(q[:, 0], 3),
            "plane": _texts(q[:, 1], 3),
            "jackson": _texts(q[:, 2], 3),
            "answer": answer.tolist(),
            "bits": _texts(bits),
        },
        sentence="Snake {snake}, plane {plane}, Jackson {jackson}: "
        "the answer is {answer}, the loss is {bits} bits.",
        chart=alt.layer(probabilities, loss).resolve_scale(x="independent"),
        drag={"control": "share", "scale": "layer_0_x", "places": _short(share)},
    )


# Chapter 1


def halvings():
    """A probability that is halved again and again, its reciprocal, and its bits."""
    k = np.append(np.arange(21) / 2, np.inf)
    p = 2.0**-k
    bits, nats = surprisal(p, base=2), surprisal(p)
    inverse = np.append(2.0 ** k[:-1], np.inf)

    row = _row("p", "1/p", "bits")
    one, many, ten = [0, 1.3], [0, 1331.2], [0, 13]
    half = _rows({"row": "p"}, p="p_drawn[at]", before="min(1, 2 * p_drawn[at])", label="p[at]")
    wide = _rows({"row": "1/p"}, inverse="inverse_drawn[at]", label="inverse[at]")
    tick = _rows({"row": "bits", "end": 10}, bits="bits_drawn[at]", label="bits[at]")
    boxes = _rows(*({"row": "bits", "left": n, "right": n + 1} for n in range(10)))
    label = {"align": "left", "dx": 8}
    thick = {"height": 44}
    chart = alt.layer(
        alt.layer(
            half.mark_bar(**thick, fill=None, stroke=QUIET, strokeDash=[4, 3]).encode(
                _x(
                    "before",
                    one,
                    [0, 0.25, 0.5, 1],
                    orient="top",
                    title="probability p",
                    format=".2~f",
                ),
                row,
            ),
            half.mark_bar(**thick, color=TRUTH).encode(_x("p", one), row),
            half.mark_text(**label).encode(_x("before", one), row, text="label:N"),
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
                _x("bits", ten, range(11), title="surprisal in bits"), row
            ),
            boxes.mark_bar(**thick, fill=None, stroke=QUIET).encode(
                _x("left", ten), row, x2="right:Q"
            ),
            tick.mark_text(**label).encode(_x("end", ten), row, text="label:N"),
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
            "p": _plain(p),
            "inverse": [*shown, "∞"],
            "bits": [f"{v:g} bit{'' if v == 1 else 's'}" for v in bits[:-1]] + ["∞ bits"],
            "nats": _texts(nats),
        },
        tables={
            "p_drawn": _short(p, 5),
            "inverse_drawn": _short(np.minimum(inverse, 1024), 2),
            "bits_drawn": _short(np.minimum(bits, 10)),
        },
        sentence="p = {p}: the surprisal is {bits}, or {nats} nats, while 1/p = {inverse}.",
        chart=chart.resolve_scale(x="independent"),
        drag={"control": "halvings", "scale": "layer_0_x", "places": _short(p, 5)},
    )


# Chapter 2


def growing_tree():
    """Huffman's tree of four symbols, its mean word length, and the entropy below it."""
    odds = [Fraction(k, 40) for k in range(41)]
    sources = [(a, (1 - a) / 2, (1 - a) / 4, (1 - a) / 4) for a in odds]
    codes = [_huffman(source) for source in sources]
    shapes = sorted(set(codes))
    leaves, edges = zip(*map(_tree, shapes), strict=True)
    p = np.array(sources, dtype=float)
    lengths = np.array([[len(word) for word in code] for code in codes])
    floor, paid = entropy(p, base=2), (p * lengths).sum(axis=-1)

    x = _x("x", [-0.6, 6.7], title=None, domain=False)
    depth = _y("y", [3.7, -0.3], range(4), title="questions asked", format="d")
    leaf = _points(
        4,
        x="leaves[shape[at]][datum.i][0]",
        y="leaves[shape[at]][datum.i][1]",
        p="p_drawn[at][datum.i]",
        symbol="'abcd'[datum.i]",
    )
    edge = _points(
        6,
        x="edges[shape[at]][datum.i][0]",
        y="edges[shape[at]][datum.i][1]",
        x2="edges[shape[at]][datum.i][2]",
        digit="datum.i % 2",
        middle="(datum.x + datum.x2) / 2 + (datum.digit ? 0.16 : -0.16)",
        below="datum.y + 1",
        half="datum.y + 0.5",
    )
    area = alt.Size("p:Q").scale(domain=[0, 1], range=[0, 1800]).legend(None)
    tree = alt.layer(
        edge.mark_rule(color=QUIET, strokeWidth=2).encode(x, depth, x2="x2:Q", y2="below:Q"),
        edge.mark_text(fontSize=12).encode(alt.X("middle:Q"), alt.Y("half:Q"), text="digit:N"),
        leaf.mark_circle(color=TRUTH, opacity=1).encode(x, depth, size=area),
        leaf.mark_text(dy=27).encode(x, depth, text="symbol:N"),
    )
    bars = _beside(
        (4.5, "H", "0", "floor_drawn[at]", TRUTH),
        (5.8, "L", "0", "floor_drawn[at]", TRUTH),
        (5.8, "", "floor_drawn[at]", "paid_drawn[at]", WASTE),
        half_width=0.4,
        top=2.2,
        ticks=[0, 0.5, 1, 1.5, 2],
        title="bits per symbol",
    )
    return Moving(
        name="growing-tree",
        alt="The code tree of the symbols a, b, c and d, with leaves as large as their "
        "probabilities. Beside it two bars: the entropy H, and the mean word length L, whose "
        "part above the entropy is marked as waste.",
        controls=[
            Control("a", "probability of a", _plain(np.arange(41) / 40), 24, 0, 0.025),
        ],
        readings={
            "p": [", ".join(_plain(source, 5)) for source in p],
            "words": [", ".join(code) for code in codes],
            "paid": _texts(paid),
            "floor": _texts(floor),
            "waste": _texts(paid - floor),
        },
        tables={
            "shape": [shapes.index(code) for code in codes],
            "leaves": leaves,
            "edges": edges,
            "p_drawn": _short(p),
            "floor_drawn": _short(floor),
            "paid_drawn": _short(paid),
        },
        sentence="p = ({p}) with the words {words}. "
        "L = {paid} bits and H = {floor} bits: {waste} bits of waste.",
        chart=alt.layer(tree, bars).resolve_scale(y="independent"),
    )


def _huffman(weights):
    """The word of each symbol. Fractions as weights make ties the same everywhere."""
    heap = [(weight, k, {k: ""}) for k, weight in enumerate(weights)]
    heapify(heap)
    while len(heap) > 1:
        (light, k, zeros), (heavy, _, ones) = heappop(heap), heappop(heap)
        words = {symbol: "0" + word for symbol, word in zeros.items()}
        words |= {symbol: "1" + word for symbol, word in ones.items()}
        heappush(heap, (light + heavy, k, words))
    return tuple(word for _, word in sorted(heap[0][2].items()))


def _tree(code):
    """The places of the leaves, one for each word, and the edges above them, 0 before 1."""
    place = {word: k for k, word in enumerate(sorted(code))}
    inner = {word[:depth] for word in code for depth in range(len(word))}
    inner = sorted(inner, key=lambda node: (-len(node), node))
    for node in inner:
        place[node] = (place[node + "0"] + place[node + "1"]) / 2
    edges = [[place[node], len(node), place[node + digit]] for node in inner for digit in "01"]
    return [[place[word], len(word)] for word in code], edges


# Chapter 3

AXIS = np.linspace(-30, 30, 6001)  # cut into bins this narrow, a density is a distribution
BIN = AXIS[1] - AXIS[0]


def _log_bell(x, mean, sd):
    """The logarithm of a Gaussian density."""
    return -(((x - mean) / sd) ** 2) / 2 - np.log(sd * np.sqrt(2 * np.pi))


def _binned(density):
    return density / density.sum()


def two_bells():
    """Two bells, the area under -p ln q, and the area's floor and gap."""
    means, sds = np.arange(-8, 9) / 4, np.arange(3, 11) / 4
    mean, sd = (a.reshape(-1, 1) for a in np.meshgrid(means, sds, indexing="ij"))
    p, z = _binned(np.exp(_log_bell(AXIS, 0, 1))), _log_bell(AXIS, mean, sd)
    floor = entropy(p) + np.log(BIN)
    nats = cross_entropy_with_logits(np.broadcast_to(p, z.shape), z) + np.log(BIN)
    u = np.arange(-20, 21) / 5  # places along a bell, in standard deviations
    right = mean[:, 0] >= 0  # moved to the left, the picture is its mirror image
    area = -np.exp(_log_bell(u, 0, 1)) * _log_bell(u, mean[right], sd[right])

    x = _x("x", [-5, 8.6], range(-4, 5, 2), title="x", format="d")
    y = _y("y", [0, 2.3], [0, 0.5, 1, 1.5, 2], title="per unit of x", format=".1f")
    truth = _points(len(u), x="datum.i / 5 - 4", y="p_drawn[datum.i]")
    model = _points(len(u), x="mean + sd * (datum.i / 5 - 4)", y="q_drawn[sd_at][datum.i]")
    model = model.transform_filter("abs(datum.x) <= 5")
    price = _points(
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
            _rows({"x": place, "y": 2.2, "name": name})
            .mark_text(align="left", color=colour)
            .encode(x, y, text="name:N")
            for name, place, colour in names
        ),
    )
    bars = _beside(
        (7, "area", "0", "floor_drawn", TRUTH),
        (7, "", "floor_drawn", "nats_drawn[at]", WASTE),
        half_width=0.8,
        top=5.5,
        ticks=range(6),
        title="nats",
    )
    part = _rows(
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
            Control("mean", "mean of q", _plain(means), 16, -2, 0.25),
            Control("sd", "standard deviation of q", _plain(sds), 1, 0.75, 0.25),
        ],
        readings={
            "nats": _texts(nats),
            "bits": _texts(nats / np.log(2)),
            "gap": _texts(nats - floor),
            "gap_bits": _texts((nats - floor) / np.log(2)),
        },
        tables={
            "area": _short(area),
            "p_drawn": _short(np.exp(_log_bell(u, 0, 1))),
            "q_drawn": _short(np.exp(_log_bell(u * sds[:, None], 0, sds[:, None]))),
            "floor_drawn": round(floor, 3),
            "nats_drawn": _short(nats),
        },
        sentence="The area is {nats} nats ({bits} bits). "
        f"The floor is {floor:.4f} nats ({floor / np.log(2):.4f} bits), "
        "the gap {gap} nats ({gap_bits} bits).",
        chart=alt.layer(curves, bars).resolve_scale(y="independent"),
        drag={"control": "mean", "scale": "x", "places": _short(means)},
    )


# Chapter 4


def one_bell_over_two():
    """One Gaussian over a truth with two bumps, and the KL divergence in both directions."""
    means, sds = np.arange(-8, 9) / 2, np.arange(3, 21) / 5
    mean, sd = (a.reshape(-1, 1) for a in np.meshgrid(means, sds, indexing="ij"))

    def bumps(x):
        return (np.exp(_log_bell(x, -3, 1)) + np.exp(_log_bell(x, 3, 1))) / 2

    p, z = _binned(bumps(AXIS)), _log_bell(AXIS, mean, sd)
    forward = cross_entropy_with_logits(np.broadcast_to(p, z.shape), z, base=2) - entropy(p, base=2)
    q = np.exp(z)
    reverse = kl_divergence(q / q.sum(axis=-1, keepdims=True), p, base=2)
    u = np.arange(-20, 21) / 5

    x = _x("x", [-9, 19.5], range(-8, 9, 4), title="x", format="d")
    y = _y("y", [0, 0.72], [0, 0.2, 0.4, 0.6], title="per unit of x", format=".1f")
    truth = _points(73, x="datum.i / 4 - 9", y="p_drawn[datum.i]")
    model = _points(len(u), x="mean + sd * (datum.i / 5 - 4)", y="q_drawn[sd_at][datum.i]")
    model = model.transform_filter("abs(datum.x) <= 9")
    names = [("p", -8.6, TRUTH), ("q", -6.6, MODEL)]
    curves = alt.layer(
        truth.mark_area(color=TRUTH, opacity=0.25).encode(x, y),
        truth.mark_line(color=TRUTH).encode(x, y),
        model.mark_line(color=MODEL, strokeDash=[7, 4]).encode(x, y),
        *(
            _rows({"x": place, "y": 0.69, "name": name})
            .mark_text(align="left", color=colour)
            .encode(x, y, text="name:N")
            for name, place, colour in names
        ),
    )
    bars = _beside(
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
            Control("mean", "mean of q", _plain(means), 8, -4, 0.5),
            Control("sd", "standard deviation of q", _plain(sds), 4, 0.6, 0.2),
        ],
        readings={
            "forward": _texts(forward),
            "forward_nats": _texts(forward * np.log(2)),
            "reverse": _texts(reverse),
            "reverse_nats": _texts(reverse * np.log(2)),
        },
        tables={
            "p_drawn": _short(bumps(np.arange(73) / 4 - 9)),
            "q_drawn": _short(np.exp(_log_bell(u * sds[:, None], 0, sds[:, None]))),
            "forward_drawn": _short(np.minimum(forward, 6)),
            "reverse_drawn": _short(np.minimum(reverse, 6)),
        },
        sentence="Forward, KL(p, q): {forward} bits ({forward_nats} nats); "
        "reverse, KL(q, p): {reverse} bits ({reverse_nats} nats).",
        chart=alt.layer(curves, bars).resolve_scale(y="independent"),
        drag={"control": "mean", "scale": "x", "places": _short(means)},
    )


# Chapter 5


def logit_pulls():
    """Cross-entropy and half the squared error over the logit, and how each pulls at it."""
    z = np.arange(-16, 17) / 2
    y = np.repeat([[0.0], [1.0]], len(z), axis=1)
    z2 = np.stack([z, z])
    q = np.exp(-binary_cross_entropy_with_logits(np.ones_like(z2), z2))
    losses = {"bce": binary_cross_entropy_with_logits(y, z2), "half": (q - y) ** 2 / 2}
    slopes = {"bce": q - y, "half": (q - y) * q * (1 - q)}

    x = _x("x", [-8, 8], range(-8, 9, 2), title="logit z", format="d")
    height = _y("y", [-0.3, 8.3], range(0, 9, 2), title="loss")
    layers = []
    for name, colour, dash in (("bce", INK, [1, 0]), ("half", QUIET, [7, 4])):
        curve = _points(len(z), x="datum.i / 2 - 8", y=f"{name}_drawn[y][datum.i]")
        here = _rows(x="z", y=f"{name}_drawn[y][z_at]", tip=f"{name}_tip[at]")
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
    names = _rows(
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
            Control("z", "logit z", _plain(z), 6, -8, 0.5),
        ],
        readings={
            **{name: _texts(values) for name, values in losses.items()},
            **{f"{name}_slope": _texts(values, 6) for name, values in slopes.items()},
            "times": [f"{v:.4g}" for v in (slopes["bce"] / slopes["half"]).ravel()],
        },
        tables={
            **{f"{name}_drawn": _short(values) for name, values in losses.items()},
            **{f"{n}_tip": _short((z2 - 4 * slope).ravel()) for n, slope in slopes.items()},
        },
        sentence="y = {y}, z = {z}. Cross-entropy: {bce} nats, gradient {bce_slope} nats. "
        "Half the squared error: {half}, gradient {half_slope}: {times} times weaker.",
        chart=alt.layer(*layers, names.encode(x, height, text="name:N")),
        drag={"control": "z", "scale": "x", "places": _short(z)},
    )
