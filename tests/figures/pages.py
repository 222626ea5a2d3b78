"""A small book, built like the real one, with one page to try."""

import nbformat
import yaml
from test_site import build, copied_book

NEEDED = {"games", "light", "mathml", "moves"}  # of the book's own extensions


def small_site(target, name, notebook):
    """The site of a book that has a page without figures, and the notebook."""
    book = copied_book(target)
    config = yaml.safe_load((book / "_config.yml").read_text(encoding="utf-8"))
    own = config["sphinx"]["local_extensions"]
    config["sphinx"]["local_extensions"] = {name: own[name] for name in NEEDED}
    listed = config["sphinx"]["config"]["extensions"]
    config["sphinx"]["config"]["extensions"] = [e for e in listed if e in NEEDED or e not in own]
    (book / "_config.yml").write_text(yaml.safe_dump(config), encoding="utf-8")
    contents = {"format": "jb-book", "root": "intro", "chapters": [{"file": name}]}
    (book / "_toc.yml").write_text(yaml.safe_dump(contents), encoding="utf-8")
    (book / "intro.md").write_text("# No figure\n", encoding="utf-8")
    nbformat.write(notebook, book / f"{name}.ipynb")
    result = build(book, target / "out")
    assert result.returncode == 0, result.stdout + result.stderr
    return target / "out" / "_build" / "html"
