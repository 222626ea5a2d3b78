"""The text of the book: its notebooks are complete, its numbers backed, its figures true.

After each guard stands the test of the guard: it is shown to fail on a tampered copy.
"""

import base64
import copy
import functools
import io
import os
import re
import shutil
import subprocess
import sys

import nbformat
import numpy as np
import pytest
from notebooks import (
    CHAPTERS,
    NOTEBOOKS,
    ROOT,
    code_cells,
    incomplete,
    pictures,
    read,
)
from PIL import Image
from prose import checked_text, numbers, sections, unbacked, unbacked_text

import xentlib
from xentlib import cross_entropy  # noqa: F401 (the example in README.md)

PAGES = [ROOT / "README.md", ROOT / "intro.md", *sorted((ROOT / "chapters").glob("*.md"))]

pages = pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)


def problems_in_prose(notebook):
    return [problem for section in sections(notebook) for problem in unbacked(section)]


def problems_in_chapter(path, notebook):
    text = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    exercises = [int(n) for n in re.findall(r"(?m)^#+ Exercise (\d+)", text)]
    problems = problems_in_prose(notebook) + problems_in_facts(text)
    if exercises != list(range(1, len(exercises) + 1)) or not exercises:
        problems.append(f"the exercises are numbered {exercises}")
    if re.findall(r"(\d+) minutes to read", text) != [minutes_in_the_map()[path.name]]:
        problems.append("the minutes are not those of the map in intro.md")
    return problems


def minutes_in_the_map():
    return dict(
        re.findall(r"chapters/(\w+\.ipynb)\).*\| (\d+) minutes", read_text(ROOT / "intro.md"))
    )


def problems_in_facts(text):
    """What contradicts other files of the project: chapter numbers, versions, licences."""
    problems = [
        f"{m[0]} leads to another chapter"
        for m in re.finditer(r"\[[^\]]*?(\d)[^\]]*\]\((?:chapters/)?(\d\d)_\w+\.ipynb[^)]*\)", text)
        if int(m[1]) != int(m[2])
    ]
    python = re.search(r"requires-python = \">=([\d.]+)\"", read_text(ROOT / "pyproject.toml"))[1]
    licence = re.search(r"CC BY ([\d.]+)", read_text(ROOT / "LICENSE-TEXT"))[1]
    for what, is_so in (("Python", python), ("CC BY", licence)):
        said = re.findall(rf"{what} (\d+\.\d+)", text)
        problems += [f"{what} {number} is not {is_so}" for number in said if number != is_so]
    return problems


@functools.cache
def all_cells():
    """The code of all chapters, and what it prints."""
    found = [section for path in CHAPTERS for section in sections(read(path))]
    return [t for s in found for t in s.sources], [t for s in found for t in s.outputs]


def problems_in_page(path, text):
    problems = unbacked_text([text], *all_cells(), path.name) + problems_in_facts(text)
    if path.name == "README.md":
        call, said = re.search(r"(?m)^ *(cross_entropy\(.*\))  # (.*), in bits$", text).groups()
        try:
            problems += [] if said == str(eval(call)) else [f"{call} is not {said}"]
        except ValueError as error:
            problems.append(f"{call}: {error}")
    if path.name == "intro.md":
        minutes = dict(re.findall(r"chapters/(\w+\.ipynb)\).*\| (\d+) minutes", text))
        stated = {
            chapter.name: re.search(r"(\d+) minutes to read", read_text(chapter))[1]
            for chapter in CHAPTERS
        }
        problems += [
            f"the minutes of {n} are other there" for n in stated if stated[n] != minutes[n]
        ]
    return problems


def read_text(path):
    return path.read_text(encoding="utf-8")


# The guards


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_the_notebook_is_complete_and_in_order(path):
    assert not incomplete(read(path))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_number_in_the_prose_is_backed_by_a_cell_beside_it(path):
    check = (
        problems_in_chapter
        if path in CHAPTERS
        else lambda path, notebook: problems_in_prose(notebook)
    )
    problems = check(path, read(path))
    assert not problems, "\n".join(problems)


@pages
def test_every_number_of_a_page_is_backed_by_a_chapter(path):
    problems = problems_in_page(path, read_text(path))
    assert not problems, "\n".join(problems)


def test_each_function_and_its_chapter_lead_to_each_other():
    api = read_text(ROOT / "chapters" / "api.md")
    for name in xentlib.__all__:
        chapter = re.search(rf"(?m)^## {name}\n\nIn \[chapter \d\]\((.*)\)", api)[1]
        assert f"[`{name}`](api.md#{name})" in read_text(ROOT / "chapters" / chapter), name


# The tests of the guards


@pytest.fixture(params=CHAPTERS[:1], ids=lambda path: path.stem)
def tampered(request):
    """A copy of a chapter, to tamper with."""
    return copy.deepcopy(read(request.param))


def change_a_decimal(text):
    """``text`` with one digit of a checked decimal number changed, if it has any."""
    for number in numbers(checked_text(text)):
        if number.decimals >= 3 and number.shown in text:
            digit = number.shown[-1]
            return text.replace(number.shown, number.shown[:-1] + str((int(digit) + 5) % 10), 1)
    return text


def test_a_changed_digit_in_the_prose_is_caught(tampered):
    for cell in tampered.cells:
        if cell.cell_type == "markdown" and change_a_decimal(cell.source) != cell.source:
            cell.source = change_a_decimal(cell.source)
            break
    assert problems_in_prose(tampered)


def test_a_changed_unit_in_the_prose_is_caught(tampered):
    for cell in tampered.cells:
        if cell.cell_type == "markdown":
            cell.source = re.sub(r"(\d\.\d{3,}) bits", r"\1 nats", cell.source)
    assert problems_in_prose(tampered)


def test_a_changed_digit_on_a_page_is_caught():
    page = ROOT / "chapters" / "notation.md"
    assert not problems_in_page(page, "a 75/25 source costs 0.811278 bits")
    assert problems_in_page(page, "a 75/25 source costs 0.811378 bits")


def test_a_changed_minute_is_caught(tampered):
    for cell in tampered.cells:
        cell.source = cell.source.replace(" minutes to read", "0 minutes to read")
    assert problems_in_chapter(CHAPTERS[0], tampered)


def test_a_stripped_output_is_caught(tampered):
    next(cell for cell in code_cells(tampered) if cell.outputs).outputs = []
    assert incomplete(tampered)


def test_a_cell_run_out_of_order_is_caught(tampered):
    code_cells(tampered)[1].execution_count = 99
    assert incomplete(tampered)


def run_by_nbval(notebook, folder):
    """How the guards of the chapters judge a copy of one."""
    folder.mkdir()
    shutil.copy(ROOT / "chapters" / "conftest.py", folder)
    nbformat.write(notebook, folder / "copy.ipynb")
    command = "-m pytest -q -o addopts= --nbval --nbval-current-env copy.ipynb".split()
    environment = os.environ | {"PYTHONPATH": str(ROOT / "tests"), "PYTEST_ADDOPTS": ""}
    return subprocess.run(
        [sys.executable, *command], cwd=folder, env=environment, capture_output=True, text=True
    )


def change_a_digit_in_the_text(cells):
    for output in (output for cell in cells for output in cell.outputs):
        if found := re.search(r"\d", output.get("text", "")):
            other = str((int(found[0]) + 5) % 10)
            output.text = output.text[: found.start()] + other + output.text[found.end() :]
            return


def change_a_digit_in_the_figure(cell):
    output = next(o for o in cell.outputs if "image/png" in o.get("data", {}))
    picture = pictures(cell)[0].astype(np.uint8)
    row, column = np.argwhere(picture.sum(axis=-1) < 200)[0]  # somewhere in a label
    picture[row : row + 16, column : column + 10] = 255
    Image.fromarray(picture).save(buffer := io.BytesIO(), "PNG")
    output["data"]["image/png"] = base64.b64encode(buffer.getvalue()).decode()


def test_a_changed_digit_is_caught_in_an_output_and_in_a_figure(tampered, tmp_path):
    cells = code_cells(tampered)
    figure = next(place for place, cell in enumerate(cells) if pictures(cell))
    tampered.cells = cells[: figure + 1]
    run = run_by_nbval(tampered, tmp_path / "true")
    assert run.returncode == 0, run.stdout
    change_a_digit_in_the_text(cells)
    change_a_digit_in_the_figure(cells[figure])
    run = run_by_nbval(tampered, tmp_path / "tampered")
    assert "2 failed" in run.stdout, run.stdout
    assert "mismatch" in run.stdout
    assert "The figure is not what its code draws" in run.stdout
