"""The still figures. That they draw what the chapters store is tested in test_book.py."""

import re
from itertools import pairwise

import matplotlib
import pytest
from notebooks import CHAPTERS, ROOT, code_cells, read

matplotlib.use("Agg")
from xentlib import plotting

FIGURES = [name for name, value in vars(plotting).items() if hasattr(value, "__wrapped__")]


def sources():
    return "\n".join(cell.source for path in CHAPTERS for cell in code_cells(read(path)))


@pytest.mark.parametrize("name", FIGURES)
def test_every_figure_stands_in_a_chapter(name):
    assert f"plotting.{name}(" in sources()


def test_every_figure_that_a_chapter_calls_is_there():
    assert set(re.findall(r"plotting\.(\w+)\(", sources())) <= set(FIGURES)


def test_only_the_figure_modules_import_what_draws():
    for path in sorted((ROOT / "xentlib").glob("*.py")):
        drawing = re.findall(r"(?m)^ *(?:from|import) (matplotlib|altair)", path.read_text("utf-8"))
        allowed = {"plotting.py": {"matplotlib"}, "interactive.py": {"altair"}}
        assert set(drawing) <= allowed.get(path.name, set()), path.name


def test_a_figure_leaves_the_settings_of_matplotlib_as_they_were():
    before = dict(matplotlib.rcParams)
    plotting.binary_entropy_curve()
    assert dict(matplotlib.rcParams) == before


def test_roles_are_told_apart_by_lightness_alone():
    def lightness(colour):
        red, green, blue = matplotlib.colors.to_rgb(colour)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    shades = sorted(map(lightness, (plotting.INK, plotting.TRUTH, plotting.MODEL, plotting.QUIET)))
    assert all(b - a > 0.05 for a, b in pairwise(shades)), shades
