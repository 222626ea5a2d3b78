"""Problem sets in nbgrader's format, made of the sources in course/sets.

A source is a notebook in the percent format. Its first cell imports, its second holds a seed for
trying it out, its third draws numbers and names them in capitals. These three stay here, and in
all other cells the names are replaced by their values.
"""

import inspect
import os
import re
import shutil
import sys
from pathlib import Path
from unittest.mock import patch

import jupytext
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from nbgrader.apps.api import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
from sqlalchemy import Engine, event
from traitlets.config.loader import PyFileConfigLoader

SOURCES = sorted(Path(__file__).with_name("sets").glob("[0-9]_*.py"))
HOUSE = Path(__file__).with_name("sets") / "teacher"
VARIANTS = ["", "-A", "-B"]  # the first is published

RULES = """\
*How it works.* Write your answer where it says `raise NotImplementedError`, and run the cell
below it. It is silent if all is well, and says what is wrong if not. When your work is
graded, the same cells also try your functions on other numbers.

*Rules.* Use NumPy and your own functions. Do not change the cells that test, and run
everything from the top (*Restart and run all*) before you hand in this file."""
SETUP = """\
import sys
import warnings

import numpy as np

warnings.simplefilter("ignore")  # a warning is no mistake: the logarithm of zero is meant
for library in ("xentlib", "scipy", "sklearn", "torch", "keras"):
    sys.modules[library] = None  # you write these functions yourself


"""


def build(student: Path, teacher: Path, seed: int) -> None:
    """The students' sets, and nbgrader's course directory of the teacher."""
    house = shutil.copytree(HOUSE, teacher / "problem-sets")
    for source in SOURCES:
        for k, variant in enumerate(VARIANTS):
            name = f"set-{source.name[0]}{variant}"
            file = house / "source" / name / f"{name}.ipynb"
            file.parent.mkdir(parents=True)
            jupytext.write(notebook(source, [seed, k]), file)
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    with patch.dict(os.environ, PATH=path):  # nbgrader calls the program alembic
        names = _release(house)
    for name in names:
        if name[-1].isdigit():
            shutil.copytree(house / "release" / name, student / "problem-sets" / name)


def notebook(source: Path, seed: list[int]):
    """A set with its solutions, its hidden tests and the numbers that the seed draws."""
    cells = jupytext.read(source).cells
    drawn = draw(cells, [*seed, int(source.name[0])])
    drawn["POINTS"] = sum(cell.metadata.get("points", 0) for cell in cells)
    title, *rest = cells[3:]
    setup = [new_markdown_cell(RULES), new_code_cell(SETUP + inspect.getsource(refuses))]
    cells = [_graded(cell, k, drawn) for k, cell in enumerate([title, *setup, *rest])]
    python = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return new_notebook(cells=cells, metadata={"kernelspec": python})


def draw(cells, seed: list[int]) -> dict:
    """The capital names of the third cell, and their values."""
    imports, _, draws = (cell.source for cell in cells[:3])
    names = {"SEED": seed}
    exec(f"{imports}\n{draws}", names)
    return {name: x for name, x in names.items() if name.isupper()}


def shares(rng, outcomes: int, whole: int = 20) -> list[float]:
    """Shares that are multiples of 1/20, all different from zero."""
    cuts = sorted(rng.choice(range(1, whole), outcomes - 1, replace=False).tolist())
    return [(b - a) / whole for a, b in zip([0, *cuts], [*cuts, whole], strict=True)]


def refuses(function, *arguments):
    """Whether the function raises a ValueError."""
    try:
        function(*arguments)
    except ValueError:
        return True
    return False


def _graded(cell, k, drawn):
    """A cell with its numbers, and with what nbgrader has to know about it."""
    write = repr if cell.cell_type == "code" else str
    text = re.sub(r"\b[A-Z_]+\b", lambda m: _value(m[0], drawn, write), cell.source)
    points, solution = cell.metadata.get("points"), "BEGIN SOLUTION" in text
    name = cell.metadata.get("grade_id", f"part-{k}")
    make = new_code_cell if cell.cell_type == "code" else new_markdown_cell
    if cell.cell_type == "markdown" and points is None:
        return make(text, id=name)
    about = {"grade": points is not None, "solution": solution, "locked": not solution}
    about |= {"grade_id": name, "task": False, "schema_version": 3}
    about |= {} if points is None else {"points": points}
    return make(text, id=name, metadata={"nbgrader": about})


def _value(name, drawn, write):
    return write(drawn[name]) if name in drawn else name


def _release(house):
    """The names of all sets, each released by nbgrader."""
    config = PyFileConfigLoader("nbgrader_config.py", path=str(house)).load_config()
    desk = NbGraderAPI(CourseDirectory(root=str(house), config=config), config=config)
    names = sorted(folder.name for folder in (house / "source").iterdir())
    event.listen(Engine, "connect", _hurry)
    try:
        for name in names:
            result = desk.generate_assignment(name)
            if not result["success"]:
                raise RuntimeError(f"{name}: {result['log']}\n{result['error']}")
    finally:
        event.remove(Engine, "connect", _hurry)
    return names


def _hurry(connection, _):
    """A new gradebook is not worth a wait for the disk after each of its cells."""
    connection.execute("PRAGMA synchronous = OFF")
