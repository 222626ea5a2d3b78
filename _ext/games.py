"""The games, in the built pages: Sphinx's part of `xentlib.figures.games`.

A notebook stores each game whole, for JupyterLab. Here its script, style and still picture become
files of the site; `games.js` fetches the script when the reader comes near.
"""

import base64
import json
import re
from hashlib import sha256
from html import escape
from pathlib import Path

HERE = Path(__file__).parent
MARK, STILL = '<figure class="game"', '<div class="game-still">'
WHOLE = re.compile(r"<style>(.*)</style>\n<script>(.*)</script>\n", re.DOTALL)


def put_games(app, docname, source):
    """Give each stored game of a notebook its place in the page, before the notebook is read."""
    if not str(app.env.doc2path(docname)).endswith(".ipynb"):
        return
    notebook = json.loads(source[0])
    for cell in notebook["cells"]:
        for output in cell.get("outputs", []):
            html = "".join(output.get("data", {}).get("text/html", ""))
            if html.startswith(MARK):
                still = base64.b64decode("".join(output["data"]["image/png"]))
                output["data"] = {"text/html": in_the_page(app, docname, html, still)}
                cell["metadata"].pop("mystnb", None)
    source[0] = json.dumps(notebook)


def in_the_page(app, docname, html, still):
    """The game with links to its files, which are written into the site."""
    name, alt = re.search(r'data-game="([^"]+)" data-still="([^"]*)"', html).groups()
    style, script = WHOLE.search(html).groups()
    own_style = (HERE / "games.css").read_text(encoding="utf-8")
    loader = (HERE / "games.js").read_text(encoding="utf-8")
    site = Path(app.outdir, "_static", "games")
    picture = written(site, f"{name}.png", still)
    sheet = written(site, f"{name}.css", (style + own_style).encode())
    game = written(site, f"{name}.js", script.encode())
    starter = written(site, "games.js", loader.encode())
    folder = "../" * docname.count("/") + "_static/games/"
    width, height = (int.from_bytes(still[k : k + 4]) for k in (16, 20))  # where each PNG has them
    image = f'<img src="{folder}{picture}" alt="{alt}" width="{width}" height="{height}"/>'
    load = f'<script defer="defer" src="{folder}{starter}" data-game="{escape(game)}"></script>'
    html = WHOLE.sub(lambda _: load, html).replace(STILL, STILL + image)
    return f'<link rel="stylesheet" href="{folder}{sheet}"/>{html}'


def written(site, name, data):
    """The name of a file that was written, with its version."""
    site.mkdir(parents=True, exist_ok=True)
    (site / name).write_bytes(data)
    return f"{name}?v={sha256(data).hexdigest()[:8]}"


def setup(app):
    app.connect("source-read", put_games)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
