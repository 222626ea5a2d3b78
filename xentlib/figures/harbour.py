"""The harbour of the book: its weathers, its code books, and the price of a day as an area.

One column for each weather: as wide as it is often, as high as its word is long.
"""

import altair as alt
import matplotlib.pyplot as plt
import numpy as np

from ..information import cross_entropy, surprisal
from .moving import Control, Moving, plain, rounded, rows, x_axis, y_axis
from .style import INK, MODEL, TRUTH, WASTE, house_style

WEATHERS = ("sun", "cloud", "rain", "storm")
SOUTH = np.array([1 / 2, 1 / 4, 1 / 8, 1 / 8])
NORTH = np.array([1 / 4, 1 / 8, 1 / 2, 1 / 8])
BLIND = np.full(4, 1 / 4)  # knows nothing of the weather
COUSIN = np.array([1 / 2, 1 / 4, 1 / 4, 0])  # never saw a storm
SOUTHERN, NORTHERN = ("0", "10", "110", "111"), ("10", "110", "0", "111")
GAP = 0.003  # beside a column that moves: a white line would show in the dark
SMALL = {"expr": "width < 400 ? 11 : 13"}  # letters that fit below an eighth, on a phone too
FRACTIONS = dict(enumerate("0 ⅛ ¼ ⅜ ½ ⅝ ¾ ⅞ 1".split()))  # by eighths


def edges(p):
    """Where the columns of ``p`` begin and end, from left to right."""
    return np.concatenate([[0.0], np.cumsum(p)])


def ground(axes, p, names=WEATHERS, top=3.6):
    """The axes of an area picture: the outcomes along the bottom, their prices upwards."""
    places = edges(p)
    axes.set(xlim=(0, 1), ylim=(0, top), yticks=range(int(top) + 1))
    axes.set_xticks(places, [FRACTIONS.get(8 * x, "") for x in places])
    axes.tick_params(axis="x", length=3, pad=16 if names else 3, labelsize="small")
    for name, left, width in zip(names, places, p, strict=False):
        if width:
            axes.annotate(
                name, (left + width / 2, 0), (0, -5), textcoords="offset points",
                ha="center", va="top",
            )  # fmt: skip


def columns(axes, p, heights, colour, words=(), bottom=0.0, **options):
    """The columns: as wide as ``p``, as high as ``heights``, with their code words on top."""
    options = {"edgecolor": "white", "linewidth": 1.5} | options
    axes.bar(edges(p)[:-1], heights, p, bottom, align="edge", color=colour, **options)
    for word, left, width, height in zip(words, edges(p), p, heights, strict=False):
        axes.annotate(
            word, (left + width / 2, height), (0, 3), textcoords="offset points",
            ha="center", va="bottom", family="monospace",
        )  # fmt: skip


def price(axes, p, q, words=(), title="", names=WEATHERS):
    """The price of a day as an area: weather comes with ``p``, words are cut for ``q``."""
    ground(axes, p, names)
    colour = TRUTH if np.array_equal(p, q) else MODEL
    columns(axes, p, surprisal(q, base=2), colour, words)
    (area,) = plain([cross_entropy(p, q, base=2)], 3)
    axes.set_title(f"{title}: area {area}")


def name_inside(axes, p):
    """The names of the weathers inside their columns, where columns are narrow."""
    for name, left, width in zip(WEATHERS, edges(p), p, strict=False):
        place, turn = (left + width / 2, 0.12), 90 if width < 1 / 4 else 0
        axes.text(*place, name, rotation=turn, color="white", ha="center", va="bottom")


def left_over(axes, p, q):
    """What the area for ``q`` has more than the floor, hatched, and what it has less, dashed."""
    ground(axes, p)
    floor, paid = surprisal(p, base=2), surprisal(q, base=2)
    columns(axes, p, np.minimum(floor, paid), TRUTH, alpha=0.25)
    more, less = np.maximum(paid - floor, 0), np.maximum(floor - paid, 0)
    columns(axes, p, more, WASTE, bottom=floor, hatch="//")
    here = less > 0
    axes.bar(
        edges(p)[:-1][here], less[here], p[here], paid[here], align="edge",
        facecolor="none", edgecolor=INK, linewidth=1.8, linestyle=(0, (3, 2)),
    )  # fmt: skip


def moving_area(name, alt_text, climates, books, start) -> Moving:
    """An area that the reader changes: whose weather it is, and whose code book.

    ``climates`` and ``books`` give distributions by name.
    """
    p = np.repeat(list(climates.values()), len(books), axis=0)
    q = np.tile(list(books.values()), (len(climates), 1))
    words, bits = surprisal(q, base=2), cross_entropy(p, q, base=2)
    return Moving(
        name=name,
        alt=alt_text,
        controls=[
            Control("weather", "weather", list(climates), start[0], 0, 1),
            Control("book", "code book", list(books), start[1], 0, 1),
        ],
        readings={"bits": plain(bits, 3), "words": [", ".join(plain(w)) for w in words]},
        tables={
            "edges": rounded([edges(one) for one in p], 4),
            "heights": rounded(np.minimum(words, 9)),
            "own": np.all(p == q, axis=-1).tolist(),
        },
        sentence="Weather: {weather}. Code book: {book}, with words of {words} flashes. "
        "A day costs {bits} flashes on average.",
        chart=_area_chart(),
    )


def _area_chart():
    """The columns of a moving area: places, heights and names are looked up."""
    column = rows(
        *({"k": k, "name": name, "zero": 0} for k, name in enumerate(WEATHERS)),
        left=f"edges[at][datum.k] + {GAP}",
        right=f"edges[at][datum.k + 1] - {GAP}",
        middle="(datum.left + datum.right) / 2",
        height="heights[at][datum.k]",
        top="min(datum.height, 3.8)",
        label="datum.height > 8 ? '∞' : format(datum.height, 'd')",
    )
    area = rows({"left": 0.02, "zero": 4.5}, label="'average price = area: ' + bits[at]")
    x = x_axis(
        "left", [0, 1], [0, 0.25, 0.5, 0.75, 1], title="how often it comes", format=".2~f",
        labelPadding=17,
    )  # fmt: skip
    y = y_axis("zero", [0, 4.7], range(4), title="flashes", format="d")
    own = alt.condition("own[at]", alt.value(TRUTH), alt.value(MODEL))
    middle, top = alt.X("middle:Q"), alt.Y("top:Q")
    return alt.layer(
        column.mark_rect().encode(x, y, x2="right:Q", y2="top:Q", fill=own),
        column.mark_text(dy=-10, fontSize=14).encode(middle, top, text="label:N"),
        column.mark_text(dy=12, fontSize=SMALL).encode(middle, y, text="name:N"),
        area.mark_text(align="left").encode(x, y, text="label:N"),
    )


@house_style
def two_beliefs():
    """The picture of the book: a day's price with the right code book, and with a wrong one."""
    _, panels = plt.subplots(1, 2, sharey=True, figsize=(6.6, 3.3))
    books = (SOUTH, SOUTHERN, "the right book"), (NORTH, NORTHERN, "a wrong book")
    for axes, (q, words, title) in zip(panels, books, strict=True):
        price(axes, SOUTH, q, words, title, names=())
        name_inside(axes, SOUTH)
    panels[0].set_ylabel("flashes")
