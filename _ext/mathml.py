"""Formulas as MathML, typeset while the book is built: no script, and readable aloud."""

from html import escape

from docutils.nodes import SkipNode
from math_core import LatexError, LatexToMathML
from sphinx.util import logging

LATEX = LatexToMathML()
LOG = logging.getLogger(__name__)


def typeset(node, *, display):
    """The MathML of a formula; what cannot be set is a warning."""
    try:
        return LATEX.convert_with_local_state(node.astext(), displaystyle=display)
    except LatexError as error:
        LOG.warning("the formula %r: %s", node.astext(), error, location=node)
        return f"<code>{escape(node.astext())}</code>"


def visit_inline(self, node):
    self.body.append(typeset(node, display=False))
    raise SkipNode


def visit_block(self, node):
    self.body.append(f'<div class="math notranslate">{typeset(node, display=True)}</div>\n')
    raise SkipNode


def setup(app):
    app.add_html_math_renderer("mathml", (visit_inline, None), (visit_block, None))
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
