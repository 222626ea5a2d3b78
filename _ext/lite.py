"""JupyterLite beside the pages: each chapter runs in the reader's browser, with nothing installed.

It is made anew only when xentlib has changed; the chapters are put into it at each build. Readers
get Pyodide, the Python for browsers, from its public address; with PYODIDE=<a Pyodide release, as
an archive or an address> the site serves it itself.
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

from copies import write_copies

PYODIDE = os.environ.get("PYODIDE", "")
KERNEL = {"name": "python", "display_name": "Python (Pyodide)", "language": "python"}
FIRST_CELL = """# Fetches what this chapter needs into the browser.
%pip install -q xentlib matplotlib "altair<6\""""
DATE = "2026-01-01T00:00:00Z"  # the same in each build
PACKAGE = ("xentlib/**/*.*", "pyproject.toml", "README.md", "LICENSE")
KERNEL_EXTENSION = "share/jupyter/labextensions/@jupyterlite/pyodide-kernel-extension"
ALONE = {  # whatever else the environment brings for JupyterLab
    "ignore_sys_prefix": ["federated_extensions"],
    "federated_extensions": [str(Path(sys.prefix) / KERNEL_EXTENSION)],
}
LISTED = {
    "jupyter-lite-schema-version": 0,
    "jupyter-config-data": {"contentsAllJsonFile": "all.json"},
}


def files(root):
    found = [path for pattern in PACKAGE for path in sorted(root.glob(pattern))]
    return [path for path in found if path.is_file() and "__pycache__" not in path.parts]


def stamp(root):
    """A name for everything that goes in."""
    names = ("jupyterlite-core", "jupyterlite-pyodide-kernel")
    made = hashlib.sha256(f"{PYODIDE} {[version(name) for name in names]}".encode())
    for path in [Path(__file__), *files(root)]:
        made.update(path.name.encode() + path.read_bytes())
    return made.hexdigest()


def run(*command, cwd):
    """Run Python there; what it says is told only if it fails."""
    environment = os.environ | {"SOURCE_DATE_EPOCH": "1767225600"}
    command = [sys.executable, *command]
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)}\n{done.stdout}{done.stderr}")


def make(root, work):
    """Build JupyterLite in the folder ``work``, without contents yet."""
    shutil.rmtree(work, ignore_errors=True)
    for path in files(root):
        copy = work / "package" / path.relative_to(root)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, copy)
    (work / "jupyter-lite.json").write_text(json.dumps(LISTED), "utf-8")
    config = json.dumps({"LiteBuildConfig": ALONE})
    (work / "jupyter_lite_config.json").write_text(config, "utf-8")
    build = "from setuptools.build_meta import build_wheel; build_wheel('../pypi')"
    run("-c", build, cwd=work / "package")
    if PYODIDE:  # the one package of the kernel that no Pyodide release holds
        run(*f"-m pip -q download --no-deps -d pypi comm=={version('comm')}".split(), cwd=work)
    lite = "-m jupyterlite_core build --output-dir out --apps lab"
    lite += " --no-unused-shared-packages --no-sourcemaps"
    run(*lite.split(), *(["--pyodide", PYODIDE] if PYODIDE else []), cwd=work)


def entry(path, files):
    """What JupyterLite asks about a chapter or a folder."""
    place = path.relative_to(files).as_posix()
    at = {"name": "", "path": ""} if place == "." else {"name": path.name, "path": place}
    kind = "directory" if path.is_dir() else "notebook"
    unknown = dict.fromkeys(["content", "format", "mimetype"])
    return at | unknown | {"type": kind, "writable": True, "created": DATE, "last_modified": DATE}


def list_contents(lite):
    """The listing of each folder of chapters, as a Jupyter server would give it."""
    files = lite / "files"
    for folder in [files, *(path for path in files.rglob("*") if path.is_dir())]:
        content = [entry(path, files) for path in sorted(folder.iterdir())]
        listing = lite / "api" / "contents" / folder.relative_to(files) / "all.json"
        listing.parent.mkdir(parents=True, exist_ok=True)
        listed = entry(folder, files) | {"format": "json", "content": content}
        listing.write_text(json.dumps(listed, indent=1), "utf-8")


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
    if exception:
        return
    if not target.exists():
        shutil.copytree(work / "out", target)
    shutil.rmtree(target / "files", ignore_errors=True)
    write_copies(app, target / "files", FIRST_CELL, kernelspec=KERNEL)
    list_contents(target)


def setup(app):
    app.connect("builder-inited", start)
    app.connect("html-page-context", buttons, priority=900)
    app.connect("build-finished", finish, priority=960)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
