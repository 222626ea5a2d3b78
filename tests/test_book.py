"""The text of the book: its notebooks are complete, its numbers backed, its figures true.

After each guard stands the test of the guard: it is shown to fail on a tampered copy.
"""

import base64
import copy
import functools
import io
import math
import os
import re
import shutil
import subprocess
import sys

import nbformat
import numpy as np
import pytest
import vl_convert
from notebooks import (
    CHAPTERS,
    FRONT,
    NOTEBOOKS,
    ROOT,
    code_cells,
    drawn_otherwise,
    front_picture,
    incomplete,
    pictures,
    read,
)
from PIL import Image
from prose import claims, sections, unbacked, unbacked_text

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
    minutes = minutes_to_read(notebook)
    if re.findall(r"(\d+) minutes to read", text) != [str(minutes)]:
        problems.append(f"it takes {minutes} minutes to read, and says something else")
    if minutes_in_the_map()[path.name] != str(minutes):
        problems.append(f"it takes {minutes} minutes to read, and the map says something else")
    return problems


def minutes_to_read(notebook):
    """What the core takes: 180 words a minute, 20 seconds for a cell, 40 for a picture."""
    seconds = 0
    for cell in notebook.cells:
        text = re.sub(r"\$[^$]*\$|\]\([^)]*\)|\{[\w:]+\}", " ", cell.source)
        if cell.cell_type == "markdown":
            core, *rest = text.split("## Self-check")
            seconds += len(re.findall(r"[^\W\d_][\w’'-]*", core)) / 3
            if rest:
                break
        elif "remove-cell" not in cell.metadata.get("tags", ()):
            seconds += 40 if any("image/png" in o.get("data", {}) for o in cell.outputs) else 20
    return math.ceil(seconds / 60)


def minutes_in_the_map():
    return dict(
        re.findall(r"chapters/(\w+\.ipynb)\).*\| (\d+) minutes", read_text(ROOT / "intro.md"))
    )


def problems_in_facts(text):
    """What contradicts other files of the project: chapter numbers, versions, licences."""
    problems = [
        f"{m[0]} leads to another chapter"
        for m in re.finditer(
            r"\[[^\]\d]*(\d+)[^\]]*\]\((?:chapters/)?(\d\d)_\w+\.ipynb[^)]*\)", text
        )
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


@functools.cache
def all_texts():
    """The prose, captions and alt texts of all chapters."""
    return [text for path in CHAPTERS for section in sections(read(path)) for text in section.text]


def problems_in_page(path, text):
    problems = unbacked_text([text], *all_cells(), path.name) + problems_in_facts(text)
    told = {str(number) for chapter in all_texts() for number in claims(chapter)}
    prose = re.sub(r"(?s)```.*?```", "", text)
    problems += [
        f"{number} stands in no chapter" for number in claims(prose) if str(number) not in told
    ]
    if path.name == "README.md":
        call, said = re.search(r"(?m)^ *(cross_entropy\(.*\))  # (.*), in bits$", text).groups()
        try:
            problems += [] if said == str(eval(call)) else [f"{call} is not {said}"]
        except ValueError as error:
            problems.append(f"{call}: {error}")
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


def test_the_picture_of_the_landing_page_is_what_its_code_draws():
    drawings = [FRONT.read_text("utf-8"), front_picture()]
    shown, drawn = (base64.b64encode(vl_convert.svg_to_png(drawing)) for drawing in drawings)
    shown, drawn = ({"outputs": [{"data": {"image/png": png}}]} for png in (shown, drawn))
    assert drawn_otherwise(shown, drawn) is None


# The tests of the guards


@pytest.fixture(params=CHAPTERS[3:4], ids=lambda path: path.stem)
def tampered(request):
    """A copy of a chapter, to tamper with."""
    return copy.deepcopy(read(request.param))


def test_the_guard_bites_on_every_kind_of_number():
    cell = ["share = 0.45"], ["0.811 bits, 14 flashes, 19.6 %"]
    right = "0.81 bits, 14 flashes, 20 %, $3/4 + 2 \\cdot 0.45 = 1.65$, one of 7 days"
    assert not unbacked_text([right], *cell, "here")
    for number in claims(right):
        at = number.start + len(number.shown) - 1
        for digit in set("0123456789") - {right[at]}:
            wrong = right[:at] + digit + right[at + 1 :]
            assert unbacked_text([wrong], *cell, "here"), wrong


def test_a_changed_digit_in_the_prose_is_caught(tampered):
    for cell in tampered.cells:
        if cell.cell_type == "markdown" and (found := claims(cell.source)):
            at = found[0].start + len(found[0].shown) - 1
            digit = str((int(cell.source[at]) + 5) % 10)
            cell.source = cell.source[:at] + digit + cell.source[at + 1 :]
            break
    assert problems_in_prose(tampered)


def test_a_changed_unit_in_the_prose_is_caught(tampered):
    for cell in tampered.cells:
        if cell.cell_type == "markdown":
            cell.source = re.sub(r"(\d\.\d+) bits", r"\1 nats", cell.source)
    assert problems_in_prose(tampered)


def test_a_changed_digit_on_a_page_is_caught():
    page = ROOT / "chapters" / "notation.md"
    assert not problems_in_page(page, "a coin costs 0.216 nats")
    assert problems_in_page(page, "a coin costs 0.217 nats")


def test_a_changed_minute_is_caught(tampered):
    for cell in tampered.cells:
        cell.source = cell.source.replace(" minutes to read", "0 minutes to read")
    assert problems_in_chapter(CHAPTERS[3], tampered)


def test_a_stripped_output_is_caught(tampered):
    next(cell for cell in code_cells(tampered) if cell.outputs).outputs = []
    assert incomplete(tampered)


def test_a_cell_run_out_of_order_is_caught(tampered):
    code_cells(tampered)[1].execution_count = 99
    assert incomplete(tampered)


def run_by_nbval(notebook, folder):
    """How the guards of the chapters judge a copy of one."""
    folder.mkdir()
    shutil.copy(ROOT / "conftest.py", folder)
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
    picture[row : row + 24, column - 4 : column + 20] = 255
    Image.fromarray(picture).save(buffer := io.BytesIO(), "PNG")
    output["data"]["image/png"] = base64.b64encode(buffer.getvalue()).decode()


def test_a_changed_digit_is_caught_in_an_output_and_in_a_figure(tampered, tmp_path):
    cells = code_cells(tampered)
    figure = next(place for place, cell in enumerate(cells) if pictures(cell))
    printed = next(k for k, cell in enumerate(cells) if any("text" in o for o in cell.outputs))
    tampered.cells = cells[: max(figure, printed) + 1]
    run = run_by_nbval(tampered, tmp_path / "true")
    assert run.returncode == 0, run.stdout
    change_a_digit_in_the_text(cells)
    change_a_digit_in_the_figure(cells[figure])
    run = run_by_nbval(tampered, tmp_path / "tampered")
    assert "2 failed" in run.stdout, run.stdout
    assert "mismatch" in run.stdout
    assert "The figure is not what its code draws" in run.stdout
