"""What a figure that the reader moves is made of.

A figure computes every reading, for all positions of its controls, and is a `Moving`. What draws it
later, in the book or in JupyterLab, only looks these readings up.
"""

from dataclasses import dataclass, field
from importlib.util import find_spec
from io import BytesIO
from math import prod
from re import split

import altair as alt
import numpy as np

from .style import INK, QUIET

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


def rows(*rows, **columns):
    """A chart of some rows, with calculated columns."""
    return alt.Chart(alt.InlineData(list(rows) or [{}])).transform_calculate(**columns)


def points(count, **columns):
    """A chart of points numbered ``i``, with calculated columns."""
    return alt.Chart(alt.sequence(count, as_="i")).transform_calculate(**columns)


def x_axis(name, domain, ticks=(), /, **axis):
    """A place from left to right; the first layer of a scale names its ticks."""
    return _along(alt.X(f"{name}:Q"), domain, ticks, axis)


def y_axis(name, domain, ticks=(), /, **axis):
    """A place from bottom to top; the first layer of a scale names its ticks."""
    return _along(alt.Y(f"{name}:Q"), domain, ticks, axis)


def _along(channel, domain, ticks, axis):
    channel = channel.scale(domain=domain, nice=False)
    return channel.axis(values=list(ticks), **axis) if axis else channel


def row_axis(*names):
    axis = alt.Axis(title=None, domain=False, ticks=False, labelFontSize=13)
    return alt.Y("row:N").scale(domain=names).axis(axis)


def rounded(values, decimals=3):
    """Numbers for drawing, rounded, so that each machine writes the same."""
    return (np.round(values, decimals) + 0.0).tolist()


def texts(values, decimals=4):
    """Numbers for reading; what is infinite is ∞."""
    rounded = np.round(np.ravel(values), decimals) + 0.0
    return ["∞" if np.isinf(v) else f"{v:.{decimals}f}".replace("-", "−") for v in rounded]


def plain(values, decimals=6):
    """Numbers for reading, with no more digits than they have."""
    texts = [np.format_float_positional(v, decimals, trim="-") for v in values]
    return [text.replace("-", "−").replace("inf", "∞") for text in texts]


def bars_beside(*bars, half_width, top, ticks, title, stagger=0):
    """Bars beside the picture, on a scale of their own: (place, name, low, high, colour)."""
    scale = {"orient": "right", "title": title, "format": "~g"}
    layers = []
    for k, (place, name, low, high, colour) in enumerate(bars):
        sides = {"left": str(place - half_width), "right": str(place + half_width)}
        bar = rows({"place": place, "name": name, "zero": 0}, low=low, high=high, **sides)
        layers += [
            bar.mark_rect(color=colour).encode(
                alt.X("left:Q"), y_axis("low", [0, top], ticks, **scale), x2="right:Q", y2="high:Q"
            ),
            bar.mark_text(dy=14 + k * stagger, fontSize=12).encode(
                alt.X("place:Q"), alt.Y("zero:Q"), text="name:N"
            ),
        ]
    return alt.layer(*layers)
