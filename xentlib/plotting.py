"""House style and the static figures of the chapters: the only importer of matplotlib.

Each function draws one figure of the book and shows it. Colours have one meaning in the whole
book: blue is the truth p, orange is the model q, purple with hatching is the waste between them.
"""

from functools import wraps

import matplotlib.pyplot as plt
import numpy as np

TRUTH, MODEL, WASTE = "#0072B2", "#D55E00", "#AA4499"  # told apart by the colour-blind too
INK, QUIET = "#333333", "#8A8A8A"

STYLE = {
    "figure.figsize": (6.4, 3.4),
    "figure.dpi": 200,
    "figure.constrained_layout.use": True,
    "font.size": 11,
    "axes.edgecolor": QUIET,
    "axes.labelcolor": INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.titlesize": 11,
    "axes.titlelocation": "left",
    "hatch.color": "white",
    "legend.frameon": False,
    "lines.linewidth": 2.2,
    "text.color": INK,
    "xtick.color": INK,
    "ytick.color": INK,
}


def _house_style(draw):
    """The figure function ``draw`` in the house style, shown at its end."""

    @wraps(draw)
    def drawn(*args, **options):
        with plt.rc_context(STYLE):
            draw(*args, **options)
            plt.show()

    return drawn


def _bars(axes, names, values, colour, **options):
    """Labelled bars with their values written above them."""
    bars = axes.bar(names, values, color=colour, **options)
    axes.bar_label(bars, fmt="%.2f", padding=2, color=INK)
    return bars


# Chapter 0


# Chapter 1


# Chapter 2


# Chapter 3


# Chapter 4


# Chapter 5
