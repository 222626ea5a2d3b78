"""The text of the book: every number in it is backed by the cells beside it."""

import nbformat
import pytest

from notebooks import CHAPTERS
from prose import sections, unbacked

chapters = pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)


@chapters
def test_every_number_in_the_prose_is_backed_by_a_cell_beside_it(path):
    notebook = nbformat.read(path, as_version=4)
    problems = [problem for section in sections(notebook) for problem in unbacked(section)]
    assert not problems, "\n".join(problems)
