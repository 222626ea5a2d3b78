"""What comes after the self-check is folded on the page: the lab, the depths and the exercises.

A reader sees where she may stop. The folds need no script; a link into one of them opens it.
"""

from docutils import nodes

FOLDED = ("Lab", "Going deeper", "Exercises")


def raw(html):
    return nodes.raw("", html, format="html")


def fold(app, doctree, docname):
    """Put the sections with these titles into <details>, with the heading as what is seen."""
    for section in list(doctree.findall(nodes.section)):
        title = section.next_node(nodes.title)
        if title in section.children and title.astext().startswith(FOLDED):
            place = section.index(title)
            section.insert(place, raw('<details class="fold"><summary>'))
            section.insert(place + 2, raw("</summary>"))
            section.append(raw("</details>"))


def setup(app):
    app.connect("doctree-resolved", fold)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
