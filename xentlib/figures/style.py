"""House style of the figures, and what each colour means.

Blue is the truth p, orange is the model q, purple with hatching is the waste between them.
"""

from functools import wraps
from io import BytesIO

import matplotlib.pyplot as plt

TRUTH, MODEL, WASTE = "#0072B2", "#D55E00", "#AA4499"  # told apart by the colour-blind too
INK, QUIET = "#333333", "#8A8A8A"


STYLE = {
    "figure.figsize": (5.8, 3.4),  # read on a phone, too: few inches, large letters
    "figure.dpi": 220,
    "figure.constrained_layout.use": True,
    "font.size": 12,
    "axes.edgecolor": QUIET,
    "axes.labelcolor": INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.titlesize": 12,
    "axes.titlelocation": "left",
    "hatch.color": "white",
    "legend.frameon": False,
    "lines.linewidth": 2.2,
    "svg.fonttype": "none",  # letters as letters: a third of the bytes
    "svg.hashsalt": "xentlib",  # the same names at each run
    "text.color": INK,
    "xtick.color": INK,
    "ytick.color": INK,
}


class Drawn:
    """A still figure as a notebook shows it: a picture, and the texts that stand in it."""

    def __init__(self, figure):
        self.figure = figure

    def __repr__(self):
        texts = [
            text.replace("\n", " ") for axes in self.figure.axes for text in _texts(axes) if text
        ]
        return f"Figure: {'; '.join(dict.fromkeys(texts))}"

    def _repr_png_(self):
        return self._saved(format="png")

    def _repr_svg_(self):
        return self._saved(format="svg", metadata={"Creator": None, "Date": None}).decode()

    def _saved(self, **options):
        with plt.rc_context(STYLE):
            self.figure.savefig(written := BytesIO(), **options)
        return written.getvalue()


def _texts(axes):
    """What stands in the axes in words, less the numbers along them."""
    yield from (axes.get_title(loc="left"), axes.get_ylabel(), axes.get_xlabel())
    yield from (text.get_text() for text in axes.texts)


def house_style(draw):
    """The figure function ``draw`` in the house style."""

    @wraps(draw)
    def drawn(*args, **options):
        with plt.rc_context(STYLE):
            draw(*args, **options)
            figure = plt.gcf()
            plt.close(figure)
            return Drawn(figure)

    return drawn
