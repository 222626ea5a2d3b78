"""JupyterLite beside the pages: each chapter runs in the reader's browser, with nothing installed.

It is made anew only when a chapter, its data or xentlib has changed. Readers get Pyodide, the
Python for browsers, from its public address; with PYODIDE=<a Pyodide release, as an archive or an
address> the site serves it itself.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from pathlib import Path

PYODIDE = os.environ.get("PYODIDE", "")
KERNEL = {"name": "python", "display_name": "Python (Pyodide)", "language": "python"}
SET_UP = (
    "# Only here, in the browser: fetch the book's package and what it draws with.\n"
    "%pip install -q xentlib matplotlib 'altair<6'"
)
CONTENTS = ("chapters/*.ipynb",)
PACKAGE = ("xentlib/**/*.*", "pyproject.toml", "README.md", "LICENSE")


def files(root, patterns):
    found = [path for pattern in patterns for path in sorted(root.glob(pattern))]
    return [path for path in found if path.is_file() and "__pycache__" not in path.parts]


def stamp(root):
    """A name for everything that goes in."""
    names = ("jupyterlite-core", "jupyterlite-pyodide-kernel")
    made = hashlib.sha256(f"{PYODIDE} {[version(name) for name in names]}".encode())
    for path in [Path(__file__), *files(root, CONTENTS + PACKAGE)]:
        made.update(path.name.encode() + path.read_bytes())
    return made.hexdigest()


def for_the_browser(notebook):
    """The notebook with the browser's kernel, and a first cell that fetches xentlib."""
    notebook["metadata"]["kernelspec"] = KERNEL
    cell = {"cell_type": "code", "execution_count": None, "id": "set-up", "metadata": {}}
    notebook["cells"].insert(0, cell | {"outputs": [], "source": SET_UP})
    return notebook


def run(*command, cwd):
    environment = os.environ | {"SOURCE_DATE_EPOCH": "1767225600"}
    subprocess.run(
        [sys.executable, *command], cwd=cwd, env=environment, check=True, stdout=subprocess.DEVNULL
    )


def make(root, work):
    """Build JupyterLite in the folder ``work``, and give the folder of the result."""
    shutil.rmtree(work, ignore_errors=True)
    for place, patterns in (("contents", CONTENTS), ("package", PACKAGE)):
        for path in files(root, patterns):
            copy = work / place / path.relative_to(root)
            copy.parent.mkdir(parents=True, exist_ok=True)
            if path.suffix == ".ipynb":
                notebook = for_the_browser(json.loads(path.read_text("utf-8")))
                copy.write_text(json.dumps(notebook, ensure_ascii=False, indent=1), "utf-8")
            else:
                shutil.copy(path, copy)
    wheel = "-m pip -q --disable-pip-version-check wheel --no-deps --no-build-isolation -w pypi"
    run(*wheel.split(), "./package", cwd=work)
    if PYODIDE:  # the one package of the kernel that no Pyodide release holds
        run(*f"-m pip -q download --no-deps -d pypi comm=={version('comm')}".split(), cwd=work)
    lite = "-m jupyterlite_core build --contents contents --output-dir out --apps lab"
    lite += " --no-unused-shared-packages --no-sourcemaps"
    run(*lite.split(), *(["--pyodide", PYODIDE] if PYODIDE else []), cwd=work)
    out = work / "out"
    for path in out.glob("api/contents/**/all.json"):  # as the disk happened to list them
        listing = json.loads(path.read_text("utf-8"))
        listing["content"].sort(key=lambda entry: entry["name"])
        path.write_text(json.dumps(listing, indent=1, sort_keys=True), "utf-8")
    return out


def buttons(app, pagename, templatename, context, doctree):
    """What a reader can do with a chapter besides reading it."""
    if not str(context.get("sourcename", "")).endswith(".ipynb"):
        context["page_buttons"] = []
        return
    pathto = context["pathto"]
    place = f"lite/lab/index.html?path={pagename}.ipynb"
    run_it = {"text": "Run in your browser", "icon": "fa-play", "href": pathto(place, 1)}
    run_it |= {"title": "Opens this chapter in JupyterLite", "more": "book-run"}
    get_it = {"text": ".ipynb", "icon": "fa-download", "title": "Download this chapter"}
    get_it |= {"href": pathto(f"_sources/{context['sourcename']}", 1), "more": "book-get"}
    context["page_buttons"] = ([run_it] if has_package(app) else []) + [get_it]


def has_package(app):
    return Path(app.srcdir, "xentlib").is_dir()


def places(app):
    """Where it is made, and where it stands in the site."""
    return Path(app.doctreedir).parent / ".lite", Path(app.outdir, "lite")


def make_anew(root, work, target):
    """Make it, unless what goes in has not changed since the last time."""
    mark, wanted = work / "stamp", stamp(root)
    if not mark.exists() or mark.read_text() != wanted:
        make(root, work)
        shutil.rmtree(target, ignore_errors=True)
        mark.write_text(wanted)


def start(app):
    """Begin at once: it is made while Sphinx reads and writes the pages."""
    if app.builder.format == "html" and has_package(app):
        pool = ThreadPoolExecutor(1)  # not `with`: that would wait here
        app.lite = pool.submit(make_anew, Path(app.srcdir), *places(app))
        pool.shutdown(wait=False)


def finish(app, exception):
    if not hasattr(app, "lite"):
        return
    app.lite.result()
    work, target = places(app)
    if not exception and not target.exists():
        shutil.copytree(work / "out", target)


def setup(app):
    app.connect("builder-inited", start)
    app.connect("html-page-context", buttons, priority=900)
    app.connect("build-finished", finish, priority=960)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
