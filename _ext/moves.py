"""The figures that a reader moves, in the built pages: Sphinx's part of `xentlib.figures.moving`.

The notebooks store each figure as Vega-Lite. Here it becomes a picture, a sentence and controls,
which stand in the page without any script; `moves.js`, sent only to pages that have such a figure,
brings them to life with the scripts of Vega, which are written into the site.
"""

import copy
import json
from hashlib import sha256
from html import escape
from importlib.metadata import version
from pathlib import Path

import vl_convert

MIME, VEGA_LITE = "application/vnd.vegalite.v5+json", "5.20"
HERE = Path(__file__).parent


def in_the_book(spec):
    """The figure without what the page itself gives: sentence, controls, background, width."""
    spec = copy.deepcopy(spec)
    spec |= {"background": None, "padding": {"top": 4, "right": 8, "bottom": 4, "left": 4}}
    spec["autosize"] = {"type": "fit", "contains": "padding"}
    spec["height"] = 320
    spec.pop("title")
    for param in spec["params"]:
        param.pop("bind", None)
    return spec


def figure(spec):
    """The figure in HTML."""
    spec = in_the_book(spec)
    move = spec["usermeta"]["move"]
    texts = {param["name"]: param.get("value") for param in spec["params"]}
    still = vl_convert.vegalite_to_svg(spec, vl_version=VEGA_LITE)
    vega = vl_convert.vegalite_to_vega(spec | {"width": "container"}, vl_version=VEGA_LITE)
    del vega["$schema"]  # it names an older version, which Vega would mention in the console
    data = json.dumps(vega, sort_keys=True, separators=(",", ":"))
    data = data.replace("</", r"<\/")
    controls = "".join(
        control(f"{move['name']}-{c['name']}", c, texts[f"{c['name']}_is"])
        for c in move["controls"]
    )
    return f"""<figure class="move">
<div class="move-plot" role="img" aria-label="{escape(spec["description"])}">
<div class="move-still" aria-hidden="true">{still}</div>
<div class="move-live" aria-hidden="true"></div>
</div>
<div class="move-controls">{controls}</div>
<figcaption><span class="move-reading">{escape(move["reading"])}</span><span
 class="move-first">{escape(move["reading"])}</span></figcaption>
<p class="move-status" role="status"></p>
<script type="application/json">{data}</script>
</figure>"""


def control(name, control, texts):
    """One range input with its label and what it says."""
    start, last = control["start"], len(texts) - 1
    text = escape(texts[start])
    return (
        f'<label for="{name}">{escape(control["label"])}</label>'
        f'<input type="range" id="{name}" min="0" max="{last}" value="{start}"'
        f' aria-valuetext="{text}"><output for="{name}" aria-live="off"'
        f' style="--longest: {max(map(len, texts))}ch">{text}</output>'
    )


def put_figures(app, docname, source):
    """Give each stored figure of a notebook its HTML, before the notebook is read."""
    if MIME not in source[0] or not str(app.env.doc2path(docname)).endswith(".ipynb"):
        return
    notebook = json.loads(source[0])
    for cell in notebook["cells"]:
        for output in cell.get("outputs", []):
            spec = output.get("data", {}).get(MIME)
            if spec and "move" in spec.get("usermeta", {}):
                output["data"] = {"text/html": figure(spec)}
                cell["metadata"].pop("mystnb", None)
    source[0] = json.dumps(notebook)


def vega(app):
    """The scripts of Vega. Making them takes a second, so they are kept."""
    kept = Path(app.doctreedir).parent / f".vega-{version('vl-convert-python')}-{VEGA_LITE}.js"
    if not kept.exists():
        kept.write_text(vl_convert.javascript_bundle(vl_version=VEGA_LITE), encoding="utf-8")
    return kept.read_text(encoding="utf-8")


def write_scripts(app):
    """Write the scripts into the site."""
    if app.builder.format != "html":
        return
    texts = {"moves.js": (HERE / "moves.js").read_text(encoding="utf-8")}
    # its short names meet no others in the page
    texts["vega.js"] = f"(() => {{{vega(app)}\n}})();\n"
    target = Path(app.outdir, "_static", "moves")
    target.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (target / name).write_text(text, encoding="utf-8")
    app.moves = {n: f"{n}?v={sha256(t.encode()).hexdigest()[:8]}" for n, t in texts.items()}


def send_scripts(app, pagename, templatename, context, doctree):
    """Send the scripts to the pages that have such a figure, and to no other."""
    if '<figure class="move">' in context.get("body", ""):
        files = {n: context["pathto"](f"_static/moves/{f}", 1) for n, f in app.moves.items()}
        context["body"] = (
            f"{context['body']}"
            f'<script defer="defer" src="{files["moves.js"]}" data-vega="{app.moves["vega.js"]}">'
            "</script>"
        )


def setup(app):
    app.connect("builder-inited", write_scripts)
    app.connect("source-read", put_figures)
    app.connect("html-page-context", send_scripts)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
