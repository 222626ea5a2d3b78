"""Pages that are found and shared: a front door, a page for lost readers, links to where they are.

Nothing is invented: what names an address comes from the environment. BOOK_URL says where the book
will stand, and gives canonical links, the site map and the previews. REPOSITORY_URL says where its
source is, and gives the links to edit and to launch a page.
"""

import os
import re
import shutil
from html import escape
from pathlib import Path
from urllib.parse import urlsplit

from docutils import nodes

BOOK_URL = os.environ.get("BOOK_URL", "").rstrip("/")
REPOSITORY_URL = os.environ.get("REPOSITORY_URL", "").rstrip("/")
CARD = "card.png"  # what a feed shows beside a link: the picture of the book
COPIES = "copies"  # the branch with the copies that fetch xentlib: Colab opens files of GitHub only
LOST = """<h1>This page is not here</h1>
<p>The address may have a slip in it, or the page may have moved.
<a href="index.html">The first page</a> has a map of the book, and
<a href="search.html">the search</a> finds every word in it.</p>"""
OFFERS = {"book.pdf": "The whole book as a PDF", "course.zip": "The course kit for teachers"}
NO_TEXT = {"search": "Search the book.", "genindex": "All functions of xentlib, by name."}


def description(doctree):
    """The first paragraph that says something, cut at a word."""
    for paragraph in doctree.findall(nodes.paragraph):
        text = " ".join(paragraph.astext().split())
        if isinstance(paragraph.parent, nodes.section) and len(text) > 60:
            return text if len(text) <= 160 else text[:158].rsplit(" ", 1)[0] + " …"
    return ""


def meta(context, pagename, text):
    """The tags that say to machines what the page is."""
    title = re.sub(r"<[^>]*>", "", context.get("title") or context["docstitle"])
    tags = {"og:type": "article", "og:site_name": context["docstitle"], "og:title": title}
    lines = []
    if text:
        lines.append(f'<meta name="description" content="{escape(text)}"/>')
        tags["og:description"] = text
    if BOOK_URL:
        place = "" if pagename == context["root_doc"] else f"{pagename}.html"
        lines.append(f'<link rel="canonical" href="{escape(f"{BOOK_URL}/{place}")}"/>')
        tags["og:url"] = f"{BOOK_URL}/{place}"
        tags["og:image"] = f"{BOOK_URL}/{CARD}"
        tags["og:image:alt"] = "The price of a day as an area, with the right book and a wrong one"
        lines.append('<meta name="twitter:card" content="summary_large_image"/>')
    lines += [f'<meta property="{k}" content="{escape(v)}"/>' for k, v in tags.items()]
    return "".join(f"\n    {line}" for line in lines)


def prepare(app, pagename, templatename, context, doctree):
    context["page_buttons"] = context.get("page_buttons", [])
    context["page_buttons"] += links_to_the_source(context, pagename)
    text = description(doctree) if doctree else NO_TEXT.get(pagename, "")
    context["offers"] = {name: OFFERS[name] for name in app.config.offers}
    if pagename != "404":
        context["metatags"] += meta(context, pagename, text)


def links_to_the_source(context, pagename):
    """Buttons that need to know where the source of the book is."""
    source = context.get("sourcename") or ""
    if not REPOSITORY_URL or not source:
        return []
    edit = {"text": "Edit", "icon": "fa-pen", "title": "Edit this page", "more": "book-edit"}
    edit["href"] = f"{REPOSITORY_URL}/edit/main/{source}"
    host, _, repository = REPOSITORY_URL.partition("github.com/")
    if not (host and repository and source.endswith(".ipynb")):
        return [edit]
    binder = {"text": "Binder", "icon": "fa-cloud", "title": "Run on Binder", "more": "book-binder"}
    binder["href"] = f"https://mybinder.org/v2/gh/{repository}/main?labpath={source}"
    if not BOOK_URL:
        return [edit, binder]
    colab = {"text": "Colab", "icon": "fa-cloud", "title": "Run on Colab", "more": "book-colab"}
    colab["href"] = f"https://colab.research.google.com/github/{repository}/blob/{COPIES}/{source}"
    return [edit, binder, colab]


def lost_page(app):
    yield "404", {"title": "This page is not here", "body": LOST}, "page.html"


def look_for_offers(app, config):
    """What other commands have made before: each page links it, if it is there."""
    config.offers = [name for name in OFFERS if (Path(app.doctreedir).parent / name).exists()]


def finish(app, exception):
    if exception or app.builder.format != "html":
        return
    site = Path(app.outdir)
    for name in app.config.offers:
        shutil.copy(Path(app.doctreedir).parent / name, site)
    root = (site / f"{app.config.root_doc}.html").read_text("utf-8")
    (site / "index.html").write_text(root, "utf-8")
    lost = site / "404.html"  # stands in for a page at any depth, so its links start at the top
    base = urlsplit(BOOK_URL).path
    lost.write_text(
        re.sub(r'(href|src)="(?![a-z]+:|#|/)', rf'\1="{base}/', lost.read_text("utf-8"))
        if BOOK_URL
        else lost.read_text("utf-8"),
        "utf-8",
    )
    if BOOK_URL:
        from xentlib.figures.harbour import two_beliefs  # slow to load, for publishing only

        (site / CARD).write_bytes(two_beliefs()._repr_png_())
        places = ["", *sorted(f"{name}.html" for name in app.env.found_docs)]
        places.remove(f"{app.config.root_doc}.html")
        rows = "".join(f"<url><loc>{escape(f'{BOOK_URL}/{p}')}</loc></url>\n" for p in places)
        (site / "sitemap.xml").write_text(
            '<?xml version="1.0" encoding="utf-8"?>\n'
            f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{rows}</urlset>\n',
            "utf-8",
        )
        (site / "robots.txt").write_text(f"Sitemap: {BOOK_URL}/sitemap.xml\n", "utf-8")


def setup(app):
    app.add_config_value("offers", [], "html")
    app.connect("config-inited", look_for_offers)
    app.connect("html-page-context", prepare, priority=910)
    app.connect("html-collect-pages", lost_page)
    app.connect("build-finished", finish, priority=950)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
