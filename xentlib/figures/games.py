"""What a game is made of.

A game computes every price, average and floor here, with xentlib, into tables. Its script, one ES
module in the form of anywidget, only looks up and adds.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from importlib.resources import files
from io import BytesIO

import matplotlib.pyplot as plt
import numpy as np

from .style import STYLE

EXPORT = "export default { render };\n"  # the last line of each module


@dataclass(frozen=True)
class Game:
    """A game that a reader plays.

    The ``rule`` says how it is played, and ``tables`` is what the script looks up. For places
    without scripts, ``still`` draws a picture that ``alt`` describes, and the ``sentence`` is read.
    ``heights`` is the space that the game takes, in rem: on a wide screen and on a phone.
    """

    name: str
    alt: str
    sentence: str
    rule: str
    tables: dict
    still: Callable
    heights: tuple[int, int]

    @property
    def module(self):
        """The game as one ES module: what all games share, then its own part."""
        source = self._source("js")
        return (_text("games_keys.js") if "roam(" in source else "") + source

    @property
    def style(self):
        """Its style sheet, the shared look first."""
        return self._source("css")

    def _source(self, kind):
        return _text(f"games.{kind}") + _text(f"{self.name.replace('-', '_')}.{kind}")

    @property
    def script(self):
        """The same as a classic script that wakes the game: it needs no server, and no comments."""
        start = _text("games_start.js").replace("NAME", self.name)
        code = re.sub(r"(?m)^ *//.*\n", "", self.module.replace(EXPORT, start))
        return f"(() => {{\n{code}}})();\n"

    @property
    def data(self):
        """The tables as JSON that may stand in a page."""
        text = json.dumps({"rule": self.rule} | self.tables, allow_nan=False, separators=(",", ":"))
        return text.replace("</", r"<\/")

    def html(self, still="", style="", script=""):
        """The game in a page: a still picture and a sentence, until its script comes."""
        wide, narrow = self.heights
        title = f"The {self.name.replace('-', ' ')}, a game"
        return f"""<figure class="game" style="--wide: {wide}rem; --narrow: {narrow}rem">
<div class="game-still">{still}<p>{escape(self.sentence)}</p></div>
<div data-game="{self.name}" data-still="{escape(self.alt)}"
 role="group" aria-label="{title}"></div>
<script type="application/json">{self.data}</script>
{style}{script}</figure>"""

    def __repr__(self):
        return self.sentence

    def _repr_mimebundle_(self, include=None, exclude=None):
        return {
            "text/html": self.html(
                style=f"<style>{self.style}</style>\n", script=f"<script>{self.script}</script>\n"
            ),
            "image/png": picture(self.still),
            "text/plain": self.sentence,
        }


def _text(name):
    return files(__package__).joinpath(name).read_text(encoding="utf-8")


def picture(draw):
    """What ``draw`` draws, as a PNG of few colours, which is small."""
    from PIL import Image

    with plt.rc_context(STYLE):
        figure = draw()
        figure.savefig(large := BytesIO())
        plt.close(figure)
    Image.open(large).convert("RGB").quantize(32).save(small := BytesIO(), "PNG", optimize=True)
    return small.getvalue()


def numbers(values, decimals=6):
    """Numbers for a script; what is infinite is None, JSON's null."""
    values = np.round(values, decimals) + 0.0
    return [None if np.isinf(value) else float(value) for value in values]
