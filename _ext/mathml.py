"""Formulas as MathML, typeset while the book is built: no script, and readable aloud.

The font is STIX Two Math, cut down to the signs that a book on probabilities needs.
"""

import re
from html import escape, unescape
from pathlib import Path

import ziamath
from docutils.nodes import SkipNode
from fontTools import subset
from math_core import LatexError, LatexToMathML
from sphinx.util import logging

SIGNS = (
    "".join(map(chr, range(0x20, 0x7F)))  # Latin letters, digits
    + "".join(map(chr, range(0x391, 0x3CA)))  # Greek
    + "".join(map(chr, range(0x1D434, 0x1D468)))  # italic letters, as MathML asks for them
    + "".join(map(chr, range(0x1D6FC, 0x1D71C)))  # italic Greek
    + "ℎℓ𝔼ℝ∑∏∫√∞∂∇±×÷·⋅…⋯−∗∘≤≥≠≈≡≪≫∼∝→←↦⇒⇔∈∉∀∃∪∩⊂|‖∥⟨⟩⌈⌉⌊⌋′″¯ˆ˜⏞⏟\u00a0\u2061\u2062\u2063"
)
LATEX = LatexToMathML()
LOG = logging.getLogger(__name__)


def typeset(node, *, display):
    """The MathML of a formula; what cannot be set is a warning."""
    try:
        found = LATEX.convert_with_local_state(node.astext(), displaystyle=display)
    except LatexError as error:
        LOG.warning("the formula %r: %s", node.astext(), error, location=node)
        return f"<code>{escape(node.astext())}</code>"
    shown = set(unescape(re.sub(r"<[^>]*>|&ApplyFunction;|\s", "", found)))
    if missing := shown - set(SIGNS):
        LOG.warning("a formula uses %s: add it to SIGNS", sorted(missing), location=node)
    return found


def visit_inline(self, node):
    self.body.append(typeset(node, display=False))
    raise SkipNode


def visit_block(self, node):
    self.body.append(f'<div class="math notranslate">{typeset(node, display=True)}</div>\n')
    raise SkipNode


def write_font(app, exception=None):
    """Write the subset of the font into the built site."""
    if exception or app.builder.format != "html":
        return
    options = subset.Options(flavor="woff2", layout_features=["ssty", "dtls", "flac"], hinting=False)
    options.drop_tables += ["DSIG", "GPOS"]
    options.recalc_timestamp = False
    source = Path(ziamath.__file__).parent / "fonts" / "STIXTwoMath-Regular.ttf"
    font = subset.load_font(source, options)
    cutter = subset.Subsetter(options)
    cutter.populate(text=SIGNS)
    cutter.subset(font)
    subset.save_font(font, Path(app.outdir) / "_static" / "stix-two-math.woff2", options)


def setup(app):
    app.add_html_math_renderer("mathml", (visit_inline, None), (visit_block, None))
    app.connect("build-finished", write_font)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
