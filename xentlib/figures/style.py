"""House style of the figures, and what each colour means.

Blue is the truth p, orange is the model q, purple with hatching is the waste between them.
"""

from functools import wraps

import matplotlib.pyplot as plt

TRUTH, MODEL, WASTE = "#0072B2", "#D55E00", "#AA4499"  # told apart by the colour-blind too
# told apart by the colour-blind too
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


def house_style(draw):
    """The figure function ``draw`` in the house style, shown at its end."""

    @wraps(draw)
    def drawn(*args, **options):
        with plt.rc_context(STYLE):
            draw(*args, **options)
            plt.show()

    return drawn
