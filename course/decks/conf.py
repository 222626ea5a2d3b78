"""How Sphinx builds the decks, and the directives that they are written with.

The pictures, moving figures and games of a deck come from the stored outputs of its chapter.
"""

import base64
import sys
from html import escape
from pathlib import Path

import nbformat
from docutils import nodes
from sphinx.util.docutils import SphinxDirective
from sphinx_revealjs.nodes import revealjs_section

sys.path.append(str(Path(__file__).parents[2] / "_ext"))  # the house's own extensions
import games
import light
import moves

ROOT = Path(__file__).parents[2]
project = "From Surprise to Cross-Entropy"
language = "en"
root_doc = "index"
extensions = ["myst_parser", "sphinx_revealjs", "mathml", "moves"]
myst_enable_extensions = ["attrs_block", "colon_fence", "dollarmath"]
html_math_renderer = "mathml"
html_copy_source = False
highlight_language = "python"
revealjs_html_theme = "revealjs-simple"
revealjs_static_path = ["_static", "../../_ext/moves.css"]
revealjs_style_theme = "decks.css"
revealjs_css_files = ["moves.css", "formulas.css"]
revealjs_script_files = ["decks.js"]
revealjs_script_plugins = [{"name": "RevealNotes", "src": "revealjs/plugin/notes/notes.js"}]
revealjs_script_conf = """{
  width: 1280, height: 720, margin: 0, center: false, display: "flex", controls: false, hash: true,
  slideNumber: "c/t", transition: "none", keyboardCondition: outsideOfGames,
  pdfSeparateFragments: false, pdfMaxPagesPerSlide: 1, totalTime: 3000
}"""


def stored(docname, name):
    """The outputs of the cell of a deck's chapter that draws a figure or calls a function."""
    for cell in nbformat.read(ROOT / "chapters" / f"0{docname}.ipynb", as_version=4).cells:
        figure = cell.metadata.get("mystnb", {}).get("figure", {})
        if figure.get("name") == name or cell.source.endswith(f"figures.{name}()"):
            data = next(o.data for o in cell.outputs if "image/png" in o.get("data", {}))
            return data, cell.metadata.get("mystnb", {}).get("image", {}).get("alt", "")


def in_the_deck(app, docname, name, data, alt):
    """A stored output as HTML: it moves if it can."""
    png = base64.b64decode(data["image/png"])
    if spec := data.get(moves.MIME):
        return moves.figure(spec)
    if "text/html" in data:
        return games.in_the_page(app, docname, data["text/html"], png)
    file = games.written(Path(app.outdir, "_static", "figures"), f"{name}.png", png)
    return f'<img class="figure" src="_static/figures/{file}" alt="{escape(alt)}"/>'


class Shown(SphinxDirective):
    """A figure by its name, or a moving figure or a game by the function that makes it."""

    required_arguments = 1

    def run(self):
        name, deck = self.arguments[0], self.env.docname
        if not (found := stored(deck, name)):
            raise self.error(f"the chapter of this deck shows no {name}")
        html = in_the_deck(self.env.app, deck, name, *found)
        return [nodes.raw("", html, format="html")]


class Notes(SphinxDirective):
    """What the speaker says and hears on a slide, and the minutes for it."""

    required_arguments, has_content = 1, True

    def run(self):
        timing = revealjs_section(**{"data-timing": 60 * int(self.arguments[0])})
        start, end = '<aside class="notes">', "</aside>"
        return [
            timing,
            nodes.raw("", start, format="html"),
            *self.parse_content_to_nodes(),
            nodes.raw("", end, format="html"),
        ]


class Steps(SphinxDirective):
    """Rows of a table, items of a list or paragraphs that come one after another."""

    has_content = True

    def run(self):
        parsed = self.parse_content_to_nodes()
        for node in parsed:
            rows = [row for body in node.findall(nodes.tbody) for row in body]
            for step in rows or list(node.findall(nodes.list_item)) or [node]:
                step["classes"].append("fragment")
        return parsed


def write_font(app, error):
    """Write the signs of the formulas as a font."""
    if not error:
        texts = [deck.read_text("utf-8") for deck in Path(app.outdir).glob("*.html")]
        font = light.font_face(light.signs_of_formulas(texts))
        Path(app.outdir, "_static", "formulas.css").write_text(font, "utf-8")


def setup(app):
    app.connect("build-finished", write_font)
    for name, directive in (("shown", Shown), ("notes", Notes), ("steps", Steps)):
        app.add_directive(name, directive)
