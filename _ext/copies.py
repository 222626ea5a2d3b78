"""The copies of the chapters that the site offers: complete, and readable in every viewer.

A committed chapter speaks MyST and has xentlib beside it. In its copy (behind the download button,
in JupyterLite, in Colab) boxes are quotes, answers fold, references are links, and a first cell
installs xentlib from the site's own wheel.
"""

import base64
import mimetypes
import os
import posixpath
import re
import sys
import textwrap
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell

BOOK_URL = os.environ.get("BOOK_URL", "").rstrip("/")
BOXES = "admonition attention caution danger error hint important note seealso tip warning".split()
DIRECTIVE = re.compile(
    r"^( *)(:{3,}|`{3,})\{([\w-]+)\} *([^\n]*)\n((?: *:[\w-]+:[^\n]*\n)*)(.*?)^\1\2 *$", re.M | re.S
)
ROLE = re.compile(r"\{([\w:-]+)\}`(?:([^`<]*?) *<)?([^`<>]+)>?`")
LINK = re.compile(
    r"(!?)\[((?:[^][]|\[[^][]*\])*)\]\((?!\))([\w./-]+\.(?:ipynb|md|png|jpg|svg))?(?:#([\w.-]+))?\)"
)
FETCH = """# Fetches what this chapter needs.
%pip install -q "xentlib[figures] @ {0}/{1}\""""
ASK = """# If xentlib is missing here, put the site's file
# {1}
# beside this notebook, and run
# %pip install -q "./{2}[figures]\""""
INSTALLED_AS = {
    "sklearn": "scikit-learn",
    "dask.distributed": "\"distributed; sys_platform != 'emscripten'\"",  # not in a browser
}


def first_cell(site):
    """The lines that install xentlib from the wheel that stands in the site."""
    wheel = next(site.glob("lite/pypi/xentlib-*.whl"), None)
    lines = FETCH if BOOK_URL else ASK
    return wheel and lines.format(BOOK_URL, wheel.relative_to(site).as_posix(), wheel.name)


def needs(notebook):
    """What a notebook imports besides xentlib and Jupyter itself, as the names to install."""
    code = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "code")
    found = {}
    for module, name in re.findall(r"(?m)^\s*(?:from|import) ((\w+)[.\w]*)", code):
        found[name] = INSTALLED_AS.get(module) or INSTALLED_AS.get(name, name)
    known = sys.stdlib_module_names | {"xentlib", "IPython"}
    return sorted(found[name] for name in found.keys() - known)


def folds(tags):
    """What JupyterLab and Colab fold a cell by: solutions, and what the page leaves out."""
    fold = {"cellView": "form", "jupyter": {"source_hidden": True}}
    if {"hide-cell", "remove-cell"} & set(tags):
        return fold | {
            "collapsed": True,
            "jupyter": {"source_hidden": True, "outputs_hidden": True},
        }
    return fold if "hide-input" in tags else {}


def quoted(text):
    """A quote, each formula of it in one line: viewers would take the marks of a quote into it."""
    text = re.sub(r"(?s)\$\$.+?\$\$", lambda found: " ".join(found[0].split()), text)
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))


class Page:
    """A chapter, and where in the book its references lead."""

    def __init__(self, env, name):
        self.env, self.name, self.source = env, name, Path(env.doc2path(name))
        self.labels = env.domaindata["std"]["labels"]

    def copy(self, first):
        """The chapter as the site offers it, with ``first`` as its first cell."""
        notebook = nbformat.read(self.source, as_version=4)
        set_up = " ".join([first or "", *needs(notebook)])
        cells = [new_code_cell(set_up, id="set-up")] if first else []
        notebook.cells = [*cells, *self.cells(notebook.cells)]
        return notebook

    def cells(self, cells):
        for cell in cells:
            if cell.cell_type == "markdown":
                cell.source = self.plain(cell.source, cell)
            else:
                cell.metadata |= folds(cell.metadata.get("tags", []))
            yield cell
            if figure := cell.metadata.get("mystnb", {}).get("figure"):
                below = new_markdown_cell(id=f"below-{cell.id}"[:64])
                text = f"**{self.number(figure.get('name'))}.** {figure.caption.strip()}"
                below.source = self.plain(text, below)
                yield below

    def plain(self, text, cell):
        """Markdown that every viewer renders."""
        text = re.sub(r"(?m)^\([\w-]+\)=\n", "", text)
        text = DIRECTIVE.sub(self.directive, text)
        text = ROLE.sub(self.role, text)
        return LINK.sub(lambda found: self.follow(cell, *found.groups()), text)

    def directive(self, found):
        indent, _, name, title, options, body = found.groups()
        options = dict(re.findall(r":([\w-]+): *(.*)", options))
        body = DIRECTIVE.sub(self.directive, textwrap.dedent(body).strip())
        if name == "figure":
            number = self.number(options.get("name"))
            made = f"![{options.get('alt', '')}]({title})\n\n**{number}.** {body}"
        elif name == "dropdown" or "dropdown" in options.get("class", ""):
            made = f"<details>\n<summary>{title}</summary>\n\n{body}\n\n</details>"
        elif name in BOXES:
            made = quoted(f"**{title or name.capitalize()}**\n\n{body}")
        else:
            raise ValueError(f"{self.name}: a copy cannot show the directive {name}")
        return textwrap.indent(made, indent)

    def role(self, found):
        name, text, target = found.groups()
        target = " ".join(target.split())
        if name == "cite:p":
            return f"({'; '.join(self.works('{}, {}', target))})"
        if name == "cite:t":
            return ", ".join(self.works("{} ({})", target))
        if name == "term":
            place = self.env.domaindata["std"]["terms"].get(target.lower(), (self.name, ""))
            return self.link(text or target, *place)
        if name not in ("ref", "numref"):
            raise ValueError(f"{self.name}: a copy cannot show the role {name}")
        page, place, title = self.labels.get(target.lower(), (self.name, "", target))
        return self.link(text or (title if name == "ref" else self.number(target)), page, place)

    def works(self, form, keys):
        """The works with these keys; of a key that is not known, Sphinx complains."""
        for work in self.env.domaindata["cite"]["citations"]:
            if work.key in re.split(r"\s*,\s*", keys):
                people = work.entry.persons["author"]
                names = ["".join(map(str, person.rich_last_names)) for person in people]
                who = f"{names[0]} et al." if len(names) > 2 else " and ".join(names)
                said = form.format(who, work.entry.fields.get("year", "n.d."))
                yield self.link(said, work.bibliography_key.docname, work.citation_id)

    def number(self, figure):
        """What the book calls a figure."""
        page = self.labels.get(figure, [""])[0]
        numbers = self.env.toc_fignumbers.get(page, {}).get("figure", {}).get(figure, ())
        return " ".join(["Fig.", *map(str, numbers)])

    def follow(self, cell, image, text, path, place):
        """A link or an image of the text, led to where its target is."""
        if image:
            return self.picture(cell, text, path)
        page = posixpath.join(posixpath.dirname(self.name), path or posixpath.basename(self.name))
        page = posixpath.splitext(posixpath.normpath(page))[0]
        slugs = self.env.metadata[page].get("myst_slugs", {})
        if place in slugs:
            _, place, title = slugs[place]
        elif place:
            page, place, title = self.labels.get(place, (page, place, ""))
        else:
            title = self.env.titles[page].astext()
        return self.link(text or title, page, place)

    def picture(self, cell, alt, path):
        """An image that travels in the cell."""
        file = self.source.parent / path
        data = base64.b64encode(file.read_bytes()).decode()
        cell.setdefault("attachments", {})[file.name] = {mimetypes.guess_type(path)[0]: data}
        return f"![{alt}](attachment:{file.name})"

    def link(self, text, page, place=""):
        """A link into the book where its address is known; else to a notebook beside this one."""
        if BOOK_URL:
            return f"[{text}]({BOOK_URL}/{page}.html{f'#{place}' if place else ''})"
        if page == self.name or not self.env.doc2path(page).endswith(".ipynb"):
            return text
        return f"[{text}]({posixpath.relpath(page, posixpath.dirname(self.name))}.ipynb)"


def write_copies(app, folder, first, **metadata):
    """Write the copies of all chapters into ``folder``."""
    for name in app.env.found_docs:
        if app.env.doc2path(name).endswith(".ipynb"):
            copy, path = Page(app.env, name).copy(first), folder / f"{name}.ipynb"
            copy.metadata |= metadata
            path.parent.mkdir(parents=True, exist_ok=True)
            nbformat.write(copy, path, split_lines=False)  # JupyterLite joins lines with commas


def finish(app, exception):
    if not exception and app.builder.format == "html":
        site = Path(app.outdir)
        write_copies(app, site / "_sources", first_cell(site))


def setup(app):
    app.connect("build-finished", finish, priority=970)  # the wheel stands in the site by then
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
