"""The copies of the chapters that the site offers: nothing raw, nothing lost, and they run.

The book is built once, for an address on this machine where it is served.
"""

import json
import os
import pickle
import re
import subprocess
import sys
from collections import defaultdict
from importlib.metadata import distribution
from types import SimpleNamespace
from urllib.parse import unquote
from urllib.request import urlopen

import browser
import copies
import nbformat
import pytest
from bs4 import BeautifulSoup
from nbclient import NotebookClient
from notebooks import CHAPTERS, NOTEBOOKS, code_cells, read
from packaging.requirements import Requirement
from test_site import ROOT, build

RAW = re.compile(r":::|\{[\w:-]+\}`|(?m:^\([\w-]+\)=)|\]\([\w./-]*\.md|\]\(#")
RUN = "03_cross_entropy"  # it needs SciPy besides


@pytest.fixture(scope="session")
def book(tmp_path_factory):
    """A book that knows its address, and what Sphinx knows of it."""
    target = tmp_path_factory.mktemp("offered")
    site = target / "_build" / "html"
    site.mkdir(parents=True)
    with browser.serving(site) as address:
        result = build(ROOT, target, BOOK_URL=address)
        assert result.returncode == 0, result.stdout + result.stderr
        env = pickle.loads((target / "_build" / ".doctrees" / "environment.pickle").read_bytes())
        yield SimpleNamespace(site=site, address=address.rstrip("/"), env=env)


@pytest.fixture(params=["with", "without"])
def offered(request, book, monkeypatch):
    """What makes the copy of a chapter, where the book's address is known and where it is not."""
    monkeypatch.setattr(copies, "BOOK_URL", book.address if request.param == "with" else "")

    def offered(path):
        return copies.Page(book.env, f"chapters/{path.stem}").copy("%pip install xentlib")

    return offered


def prose(notebook):
    return "\n\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")


def words(text):
    """The words that a reader sees, without the marks and targets of any language."""
    text = re.sub(r"\{cite:\w\}`[^`]*`|\{(?:num)?ref\}`[\w-]+`|(?m:^\([\w-]+\)=$)", "", text)
    text = re.sub(r":::+(?:\{[\w-]+\})?|(?m:^:\w+:.*$)|\]\([^)]*\)|</?\w+>", " ", text)
    return re.findall(r"\w+", text)


def lost(before, after):
    """The words of a text that another one does not have, or has elsewhere."""
    rest = iter(words(after))
    return [word for word in words(before) if word not in rest]


chapters = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


@chapters
def test_a_copy_shows_nothing_raw(offered, path):
    assert not RAW.findall(prose(offered(path)))


def test_a_raw_directive_is_caught():
    assert all(RAW.search(prose(read(path))) for path in CHAPTERS)


@chapters
def test_a_copy_has_every_word_and_every_caption(offered, path):
    committed, made = read(path), offered(path)
    assert not lost(prose(committed), prose(made))
    captions = [cell.metadata.get("mystnb", {}).get("figure") for cell in committed.cells]
    for caption in filter(None, captions):
        assert not lost(caption["caption"], prose(made))


def test_a_lost_word_is_caught():
    assert lost("one two three", "one three") == ["two", "three"]


@chapters
def test_a_copy_has_every_cell_and_output(offered, path):
    _, *made = code_cells(offered(path))
    for cell, stored in zip(made, code_cells(read(path)), strict=True):
        assert cell.source == stored.source and cell.outputs == stored.outputs


@chapters
def test_a_copy_asks_for_packages_that_there_are(path):
    asked = [Requirement(name.strip('"')) for name in copies.needs(read(path))]
    assert all(distribution(one.name) for one in asked)


def test_a_copy_asks_for_what_a_module_needs_besides():
    asked = " ".join(copies.needs(read(ROOT / "chapters" / "11_practice.ipynb")))
    assert "distributed; sys_platform != 'emscripten'" in asked and "dask" not in asked


@chapters
def test_a_copy_is_a_valid_notebook(offered, path):
    nbformat.validate(offered(path))


@chapters
def test_answers_and_solutions_are_folded(offered, path):
    made = offered(path)
    answers = prose(read(path)).count(":::{dropdown}")
    assert prose(made).count("<details>") == prose(made).count("</details>") == answers
    for cell in made.cells:
        if {"hide-cell", "remove-cell"} & set(cell.metadata.get("tags", [])):
            assert cell.metadata.jupyter == {"source_hidden": True, "outputs_hidden": True}
            assert cell.metadata.cellView == "form" and cell.metadata.collapsed


def test_every_link_of_a_copy_leads_somewhere(book):
    ids = {}
    for path in (book.site / "_sources" / "chapters").glob("*.ipynb"):
        for page, place in re.findall(
            rf"\]\({book.address}/([^)#]+)#?([^)]*)\)", prose(read(path))
        ):
            html = book.site / page
            if html not in ids:
                soup = BeautifulSoup(html.read_text("utf-8"), "html.parser")
                ids[html] = {tag["id"] for tag in soup.find_all(id=True)}
            assert not place or unquote(place) in ids[html], f"{path.name}: {page}#{place}"
    assert len(ids) > len(CHAPTERS)


def test_without_an_address_a_copy_says_where_the_wheel_lies(book, monkeypatch):
    monkeypatch.setattr(copies, "BOOK_URL", "")
    asks = copies.first_cell(book.site).splitlines()
    assert all(line.startswith("#") for line in asks)
    assert (book.site / asks[1].removeprefix("# ")).exists()


WRITTEN = """\
::::{admonition} A box
Its formula:

$$
a = b
$$

:::{dropdown} Answer
Yes, see {ref}`there <def-a>`.
:::
::::

1. One

   :::{tip}
   Read {cite:t}`a2000` {cite:p}`a2000,b`.
   :::

:::{figure} logo.svg
:alt: a logo
:name: fig-a

Its {term}`caption`, in {numref}`fig-a`.
:::
"""
SHOWN = """\
> **A box**
>
> Its formula:
>
> $$ a = b $$
>
> <details>
> <summary>Answer</summary>
>
> Yes, see [there](http://book/chapters/a.html#def-a).
>
> </details>

1. One

   > **Tip**
   >
   > Read [Ay (2000)](http://book/b.html#id1) ([Ay, 2000](http://book/b.html#id1); [Bee et al., n.d.](http://book/b.html#id2)).

![a logo](attachment:logo.svg)

**Fig. 7.** Its [caption](http://book/g.html#term-caption), in [Fig. 7](http://book/chapters/a.html#fig-a).
"""


@pytest.fixture
def page(tmp_path, monkeypatch):
    """A page of a small book."""
    monkeypatch.setattr(copies, "BOOK_URL", "http://book")
    (tmp_path / "chapters").mkdir()
    (tmp_path / "chapters" / "logo.svg").write_text("<svg/>")
    labels = {"def-a": ("chapters/a", "def-a", "A"), "fig-a": ("chapters/a", "fig-a", "")}

    def work(key, number, names, **fields):
        people = [SimpleNamespace(rich_last_names=[name]) for name in names]
        entry = SimpleNamespace(persons={"author": people}, fields=fields)
        where = SimpleNamespace(docname="b")
        return SimpleNamespace(key=key, citation_id=number, bibliography_key=where, entry=entry)

    works = [work("a2000", "id1", ["Ay"], year="2000"), work("b", "id2", ["Bee", "Cee", "Dee"])]
    std = {"labels": labels, "terms": {"caption": ("g", "term-caption")}}
    return copies.Page(
        SimpleNamespace(
            doc2path=lambda name: str(tmp_path / f"{name}.{'md' if name == 'g' else 'ipynb'}"),
            metadata=defaultdict(dict, g={"myst_slugs": {"f_g": (1, "f-g", "f_g")}}),
            titles={"chapters/b": SimpleNamespace(astext=lambda: "Chapter B")},
            domaindata={"std": std, "cite": {"citations": works}},
            toc_fignumbers={"chapters/a": {"figure": {"fig-a": (7,)}}},
        ),
        "chapters/a",
    )


def test_the_whole_vocabulary_becomes_plain_markdown(page):
    cell = {}
    assert page.plain(WRITTEN, cell) == SHOWN
    assert cell["attachments"]["logo.svg"] == {"image/svg+xml": "PHN2Zy8+"}


LINKS = "[one](b.ipynb), [](b.ipynb), [`f`](../g.md#f_g), {ref}`def-a`, [x](#def-a)"


def test_a_link_leads_into_the_book(page):
    assert page.plain(LINKS, {}) == (
        "[one](http://book/chapters/b.html), [Chapter B](http://book/chapters/b.html),"
        " [`f`](http://book/g.html#f-g), [A](http://book/chapters/a.html#def-a),"
        " [x](http://book/chapters/a.html#def-a)"
    )


def test_without_an_address_a_link_leads_to_a_chapter_beside_it_or_nowhere(page, monkeypatch):
    monkeypatch.setattr(copies, "BOOK_URL", "")
    assert page.plain(LINKS, {}) == "[one](b.ipynb), [Chapter B](b.ipynb), `f`, A, x"


@pytest.mark.parametrize("text", [":::{tabs}\nA\n:::", "{eq}`a`"])
def test_a_word_outside_the_vocabulary_stops_the_build(page, text):
    with pytest.raises(ValueError, match="chapters/a: a copy cannot show"):
        page.plain(text, {})


def test_a_downloaded_chapter_runs_where_there_is_nothing_but_jupyter(book, tmp_path, monkeypatch):
    page = BeautifulSoup(urlopen(f"{book.address}/chapters/{RUN}.html").read(), "html.parser")
    link = next(a["href"] for a in page.find_all("a", href=re.compile(r"_sources/.*\.ipynb$")))
    downloaded = urlopen(f"{book.address}/chapters/{link}").read().decode()
    fresh_kernel(tmp_path / "fresh", monkeypatch)
    notebook = nbformat.reads(downloaded, as_version=4)
    (tmp_path / "empty").mkdir()
    where = {"metadata": {"path": tmp_path / "empty"}}
    NotebookClient(notebook, kernel_name="fresh", resources=where, timeout=300).execute()
    assert printed(notebook)[1:] == printed(read(ROOT / "chapters" / f"{RUN}.ipynb"))


def fresh_kernel(folder, monkeypatch):
    """An environment of its own, as the kernel named fresh."""
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    subprocess.run([python, "-m", "pip", "install", "-q", "ipykernel"], check=True)
    argv = [str(python), "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    spec = {"argv": argv, "display_name": "fresh", "env": {"PYTHONPATH": ""}}
    (folder / "kernels" / "fresh").mkdir(parents=True)
    (folder / "kernels" / "fresh" / "kernel.json").write_text(json.dumps(spec))
    monkeypatch.setenv("JUPYTER_PATH", str(folder))


def printed(notebook):
    """What each cell of code prints."""
    return ["".join(out.get("text", "") for out in c.outputs) for c in code_cells(notebook)]
