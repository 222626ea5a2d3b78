"""Pages that send only what they use: Furo's style and ours, one script.

Style and script travel in one file each, and the font of the formulas inside the style: nothing
moves when it comes. The sheets of the other extensions stay at home: `book.css` dresses what the
chapters use of them.
"""

import base64
import io
import logging
import re
from html import unescape
from pathlib import Path

import furo
import ziamath
from fontTools import subset
from sphinx.errors import ExtensionError

POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; font-src 'self' data:; base-uri 'self'; form-action 'self'; "
    "object-src 'none'"
)
THEME = Path(furo.__file__).parent / "theme" / "furo" / "static"
STIX = Path(ziamath.__file__).parent / "fonts" / "STIXTwoMath-Regular.ttf"
SEARCH = ("documentation_options", "doctools", "sphinx_highlight")


def data_uri(kind, data):
    return f"data:{kind};base64,{base64.b64encode(data).decode()}"


def logo(app):
    return Path(app.confdir, "_static", "logo.svg")


# The font of the formulas


def signs_of_formulas(texts):
    """The signs in all formulas, with the italic forms that a browser gives to single letters."""
    signs = set()
    for text in texts:
        for formula in re.findall(r"<math\b.*?</math>", text, re.DOTALL):
            signs |= set(unescape(re.sub(r"<[^>]*>|\s", "", formula)))
            signs |= {"√"} if "<msqrt" in formula else set()  # drawn by the browser
    for start, italic, count in ((0x41, 0x1D434, 26), (0x61, 0x1D44E, 26), (0x3B1, 0x1D6FC, 25)):
        signs |= {chr(italic + i) for i in range(count) if chr(start + i) in signs}
    return signs - {"\U0001d455"} | {"ℎ"}  # the italic h stands elsewhere


def font_face(signs):
    """A @font-face with these signs, inside the style sheet."""
    options = subset.Options(flavor="woff2", layout_features=[], hinting=False)
    options.drop_tables += ["DSIG", "GPOS"]
    options.name_IDs = [0, 13, 14]  # the copyright and the licence stay, the reserved name goes
    options.recalc_timestamp = False
    font = subset.load_font(STIX, options)
    if missing := {sign for sign in signs if sign > " "} - set(map(chr, font.getBestCmap())):
        raise ExtensionError(f"the font of the formulas has no {sorted(missing)}")
    cutter = subset.Subsetter(options)
    cutter.populate(text="".join(sorted(signs)))
    cutter.subset(font)
    subset.save_font(font, written := io.BytesIO(), options)
    source = data_uri("font/woff2", written.getvalue())
    return f'@font-face{{font-family:"STIX Two Math";src:url({source}) format("woff2")}}'


# Style and script


def write_style(app):
    site, own = Path(app.outdir), Path(app.confdir, "_static")
    pages = [path for path in sorted(site.rglob("*.html")) if "lite" not in path.parts]
    mark = data_uri("image/svg+xml", logo(app).read_bytes())
    sheets = [
        font_face(signs_of_formulas(path.read_text("utf-8") for path in pages)),
        (THEME / "styles" / "furo.css").read_text("utf-8"),
        furo.get_pygments_stylesheet(),
        (own / "book.css").read_text("utf-8").replace("url(logo.svg)", f"url({mark})"),
        Path(__file__).with_name("moves.css").read_text("utf-8"),
    ]
    (site / "_static" / "site.css").write_text("\n".join(sheets), "utf-8")


def write_script(app):
    own = Path(app.confdir, "_static", "book.js").read_text("utf-8")
    theme = (THEME / "scripts" / "furo.js").read_text("utf-8")
    Path(app.outdir, "_static", "site.js").write_text(own + theme, "utf-8")


# The drawings


def with_sizes(body, app):
    """The page with the sizes of its drawings, so that nothing moves when they come."""
    sources = {name: Path(app.srcdir, source) for source, name in app.builder.images.items()}

    def sized(found):
        drawing = sources[found[1]].read_text("utf-8")
        width, height = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', drawing).groups()
        held = f'width="{float(width):.0f}" height="{float(height):.0f}"'
        return f'{found[0]} {held} loading="lazy" decoding="async"'

    return re.sub(r'src="[^"]*_images/([^"/]+\.svg)"', sized, body)


# The pages


def prepare(app, pagename, templatename, context, doctree):
    context["metatags"] = f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
    context["favicon_url"] = data_uri("image/svg+xml", logo(app).read_bytes())
    context["css_files"] = ["_static/site.css"]
    context["script_files"] = [f"_static/{name}.js" for name in SEARCH if pagename == "search"]
    tree = context["furo_navigation_tree"]
    context["furo_navigation_tree"] = tree.replace(' role="heading"', "")  # of no level
    if "body" in context:
        body = with_sizes(context["body"], app)
        body = body.replace('role="doc-biblioentry"', 'role="listitem"')  # deprecated
        body = body.replace(' aria-label="Toggle hidden content"', "")  # it has a name
        context["body"] = body.replace('<th class="head"><p></p></th>', "<td></td>")


def finish(app, exception):
    if exception or app.builder.format != "html":
        return
    write_style(app)
    write_script(app)


def setup(app):
    logging.getLogger("fontTools").setLevel(logging.WARNING)  # it reports on each sign
    app.setup_extension("furo")  # before its settings are read
    app.config.templates_path.insert(0, str(Path(__file__).parent / "templates"))
    app.connect("html-page-context", prepare, priority=900)
    app.connect("build-finished", finish, priority=900)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
