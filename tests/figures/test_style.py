"""The still figures, and the house. That chapters store what is drawn is tested in test_book.py."""

import inspect
import re
from itertools import pairwise

import matplotlib
from notebooks import CHAPTERS, ROOT, code_cells, read

matplotlib.use("Agg")
from reading import FUNCTIONS, GAMES, MOVING, STILL

from xentlib.figures import style
from xentlib.figures.entropy import binary_entropy_curve

CALLED = re.compile(r"figures\.(\w+)\(")


def rooms():
    """For each chapter the module that it draws with, and the functions of it that it calls."""
    for path in CHAPTERS:
        source = "\n".join(cell.source for cell in code_cells(read(path)))
        (room,) = re.findall(r"from xentlib\.figures import (\w+) as figures", source)
        yield room, set(CALLED.findall(source))


def test_every_figure_stands_in_the_chapter_of_its_room_and_no_other_is_called():
    called = {(room, name) for room, names in rooms() for name in names}
    elsewhere = {("harbour", "two_beliefs")}  # landing page
    assert called == (STILL.keys() | MOVING.keys() | GAMES.keys()) - elsewhere


def test_each_chapter_has_a_room_of_its_own():
    names = [room for room, _ in rooms()]
    assert len(set(names)) == len(names) == len(CHAPTERS)


def test_nothing_but_the_figures_imports_what_draws():
    for path in sorted((ROOT / "xentlib").rglob("*.py")):
        drawing = re.findall(r"(?m)^ *(?:from|import) (matplotlib|altair)", path.read_text("utf-8"))
        assert not drawing or path.parent.name == "figures", path.name


def test_no_function_that_draws_is_longer_than_a_screen():
    for (room, name), function in FUNCTIONS.items():
        code = inspect.getsource(function)
        assert len(code.splitlines()) <= 30, f"{room}.{name}"


def test_a_figure_leaves_the_settings_of_matplotlib_as_they_were():
    before = dict(matplotlib.rcParams)
    binary_entropy_curve()
    assert dict(matplotlib.rcParams) == before


def test_roles_are_told_apart_by_lightness_alone():
    def lightness(colour):
        red, green, blue = matplotlib.colors.to_rgb(colour)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    shades = sorted(map(lightness, (style.INK, style.TRUTH, style.MODEL, style.QUIET)))
    assert all(b - a > 0.05 for a, b in pairwise(shades)), shades
