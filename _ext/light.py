"""Pages that send only what they use: one style sheet, one small script, small pictures.

The templates beside this file leave the theme's scripts out. After the build, its style sheets are
cut down to the rules that some page can use, and its icons and the font of the formulas to the
signs that some page shows. Fonts travel inside the style sheet: nothing moves when they come.
"""

import base64
import io
import logging
import re
import shutil
from html import unescape
from pathlib import Path

import tinycss2
import ziamath
from fontTools import subset
from PIL import Image
from sphinx.errors import ExtensionError

POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; font-src 'self' data:; base-uri 'self'; form-action 'self'; "
    "object-src 'none'"
)
THEME = ("basic.css", "styles/pydata-sphinx-theme.css", "pygments.css")
THEME += ("styles/sphinx-book-theme.css", "mystnb.*.css", "sphinx-design.min.css")
KEPT = ("documentation_options", "doctools", "sphinx_highlight", "language_data", "searchtools")
SETS_CLASSES = ("book.js", "searchtools.js")
GUESTS = ("moves/", "games/")  # folders of _static that some pages load on their own


def pages(app):
    """The text of each built page."""
    return [
        path.read_text("utf-8")
        for path in sorted(Path(app.outdir).rglob("*.html"))
        if "lite" not in path.parts
    ]


# Styles


def wanted(selector, words):
    """Whether a page can match the selector: all the classes and ids in it are on some page."""
    selector = re.sub(r":not\([^)]*\)", "", selector)
    names = re.findall(r"[.#]((?:[\w-]|\\.)+)", re.sub(r'\[[^\]]*\]|"[^"]*"', "", selector))
    return all(name.replace("\\", "") in words for name in names)


def trimmed(rules, words):
    """The rules that some page can use, as text."""
    kept = []
    for rule in rules:
        if rule.type == "qualified-rule":
            selectors = re.split(r",(?![^(\[]*[)\]])", tinycss2.serialize(rule.prelude))
            selectors = [one.strip() for one in selectors if wanted(one, words)]
            if selectors:
                kept.append(",".join(selectors) + "{" + tinycss2.serialize(rule.content) + "}")
        elif rule.type == "at-rule" and rule.content is None:
            continue  # @charset, @import
        elif rule.type == "at-rule" and rule.lower_at_keyword in ("media", "supports"):
            inner = trimmed(tinycss2.parse_rule_list(rule.content, True, True), words)
            if inner:
                kept.append(f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}{{{inner}}}")
        elif rule.type == "at-rule" and rule.lower_at_keyword != "font-face":
            kept.append(rule.serialize())
    return "".join(kept)


def without_unread_variables(css):
    """The style sheet less the variables that nothing in it reads."""
    value = r"(?:\"[^\"]*\"|'[^']*'|\([^)]*\)|[^;}\"'(])*"
    read = set(re.findall(r"var\(\s*(--[\w-]+)", css))
    less = re.sub(
        rf"(?<=[{{;])\s*(--[\w-]+)\s*:{value}(;|(?=}}))",
        lambda found: found[0] if found[1] in read else "",
        css,
    )
    return css if less == css else without_unread_variables(less)


# Fonts


def font_face(family, source, signs, weight, features=()):
    """A @font-face with the signs that are used, inside the style sheet."""
    options = subset.Options(flavor="woff2", layout_features=list(features), hinting=False)
    options.drop_tables += ["DSIG", "GPOS"]
    options.name_IDs = [0, 13, 14]  # the copyright and the licence stay, the reserved name goes
    options.recalc_timestamp = False
    font = subset.load_font(source, options)
    if missing := {sign for sign in signs if sign > " "} - set(map(chr, font.getBestCmap())):
        raise ExtensionError(f"the font {family} has no {sorted(missing)}")
    cutter = subset.Subsetter(options)
    cutter.populate(text="".join(sorted(signs)))
    cutter.subset(font)
    subset.save_font(font, written := io.BytesIO(), options)
    data = base64.b64encode(written.getvalue()).decode()
    return (
        f'@font-face{{font-family:"{family}";font-weight:{weight};'
        f'src:url(data:font/woff2;base64,{data}) format("woff2")}}'
    )


def signs_of_formulas(texts):
    """The signs in all formulas, with the italic forms that a browser gives to single letters."""
    signs = set()
    for text in texts:
        for formula in re.findall(r"<math\b.*?</math>", text, re.DOTALL):
            signs |= set(unescape(re.sub(r"<[^>]*>|\s", "", formula)))
    for start, italic, count in ((0x41, 0x1D434, 26), (0x61, 0x1D44E, 26), (0x3B1, 0x1D6FC, 25)):
        signs |= {chr(italic + i) for i in range(count) if chr(start + i) in signs}
    return signs - {"\U0001d455"} | {"ℎ"}  # the italic h stands elsewhere


def write_styles(app, texts):
    static = Path(app.outdir, "_static")
    theme = [path for name in THEME for path in sorted(static.glob(name))]
    if len(theme) < len(THEME):
        return  # nothing was rebuilt
    own = sorted(Path(app.confdir, "_static").glob("*.css"))
    words = {word for text in texts for found in re.findall(r'(?:class|id)="([^"]*)"', text)
             for word in found.split()}  # fmt: skip
    for name in SETS_CLASSES:
        words |= set(re.findall(r"[\w-]+", (static / name).read_text("utf-8")))
    words -= {"github", "gitlab", "bitbucket"}  # or the theme marks links with these signs
    css = "".join(
        trimmed(tinycss2.parse_stylesheet(path.read_text("utf-8"), True, True), words)
        for path in theme
    )
    css = without_unread_variables(css + "".join(path.read_text("utf-8") for path in own))
    css = re.sub(r"background(-image)?:\s*url\(file\.png\)[^;}]*;?", "", css)
    css = css.replace("Font Awesome 6 Free", "Icons").replace("Font Awesome\\ 6 Free", "Icons")
    icons = set(re.findall("[\ue000-\uf8ff]", css))
    icons |= {chr(int(code, 16)) for code in re.findall(r'"\\([ef][0-9a-f]{3})"', css)}
    solid = static / "vendor" / "fontawesome" / "webfonts" / "fa-solid-900.woff2"
    stix = Path(ziamath.__file__).parent / "fonts" / "STIXTwoMath-Regular.ttf"
    fonts = font_face("Icons", solid, icons, 900)
    fonts += font_face("STIX Two Math", stix, signs_of_formulas(texts), 400, ("ssty", "dtls"))
    (static / "site.css").write_text('@charset "utf-8";' + fonts + css, "utf-8")


def remove_the_unused(app):
    """Take away the files of the theme that no page asks for."""
    static = Path(app.outdir, "_static")
    own = {path.name for path in Path(app.confdir, "_static").iterdir() if path.suffix != ".css"}
    keep = own | {"site.css", *(f"{name}.js" for name in KEPT)}
    for path in static.iterdir():
        if path.is_dir() and f"{path.name}/" not in GUESTS:
            shutil.rmtree(path)
        elif path.is_file() and path.name not in keep:
            path.unlink()


# Pictures


def write_small_pictures(app):
    """Write the pictures with the few colours that they have; done once for each picture."""
    store = Path(app.doctreedir).parent / ".pictures"
    store.mkdir(exist_ok=True)
    for path in sorted(Path(app.outdir, "_images").glob("*.png")):
        small = store / path.name
        if not small.exists():
            with Image.open(path) as picture:
                picture.convert("RGB").quantize(128, dither=Image.Dither.NONE).save(
                    small, optimize=True
                )
        shutil.copy(small, path)


def with_sizes(body, app):
    """The page with the size of each picture written down, so that nothing moves when it comes."""
    sources = {name: source for source, name in app.builder.images.items()}

    def sized(found):
        name = found[1]
        if name not in sources or not name.endswith(".png"):
            return found[0]
        with Image.open(Path(app.srcdir, sources[name])) as picture:
            width, height = picture.size
        return f'{found[0]} width="{width}" height="{height}" loading="lazy" decoding="async"'

    return re.sub(r'src="[^"]*_images/([^"/]+)"', sized, body)


def out_of_date(app, env, added, changed, removed):
    """All pages, when what they are made with is younger than the last style sheet."""
    last = Path(app.outdir, "_static", "site.css")
    made_with = [*Path(app.confdir, "_static").iterdir(), *Path(__file__).parent.rglob("*.*")]
    age = max(path.stat().st_mtime for path in made_with if "__pycache__" not in path.parts)
    return env.found_docs if last.exists() and last.stat().st_mtime < age else []


def prepare(app, pagename, templatename, context, doctree):
    context["content_policy"] = POLICY
    for kind in ("css_files", "script_files"):
        context[kind] = [file for file in context[kind] if str(file.filename).startswith(GUESTS)]
    if "body" in context:
        body = with_sizes(context["body"], app)
        body = body.replace('role="doc-biblioentry"', 'role="listitem"')  # deprecated
        for drawing in ("move-still", "move-live"):  # the box around them is described as a whole
            body = body.replace(
                f'<div class="{drawing}">', f'<div class="{drawing}" aria-hidden="true">'
            )
        context["body"] = body


def finish(app, exception):
    if exception or app.builder.format != "html":
        return
    options = Path(app.outdir, "_static", "documentation_options.js")
    text = options.read_text("utf-8").replace(  # one file may not read another
        "SHOW_SEARCH_SUMMARY: true", 'SHOW_SEARCH_SUMMARY: location.protocol !== "file:"'
    )
    options.write_text(text, "utf-8")
    write_styles(app, pages(app))
    write_small_pictures(app)
    remove_the_unused(app)


def setup(app):
    logging.getLogger("fontTools").setLevel(logging.WARNING)  # it reports on each sign
    app.config.templates_path.insert(0, str(Path(__file__).parent / "templates"))
    app.connect("env-get-outdated", out_of_date)
    app.connect("html-page-context", prepare, priority=900)
    app.connect("build-finished", finish, priority=900)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
