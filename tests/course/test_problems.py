"""The problem sets: what students get, what teachers get, and the marks."""

import copy
import csv
import re
import shutil
import subprocess
import sys
import warnings
from unittest.mock import patch

import nbformat
import pytest
from nbgrader.api import Gradebook

from course import problems

pytestmark = pytest.mark.filterwarnings("ignore")  # nbgrader's own, which are not ours to mend

SETS = problems.SOURCES
BOTH = dict(argvalues=SETS, ids=lambda source: source.stem)
SEED = 7


@pytest.fixture(scope="module")
def kit(tmp_path_factory):
    folder = tmp_path_factory.mktemp("course")
    with patch.dict(sys.modules):
        problems.build(folder / "student", folder / "teacher", SEED)
    return folder


def the_set(number, seed=(SEED, 0)):
    return problems.notebook(SETS[number], list(seed))


def name(cell):
    return cell.metadata.get("nbgrader", {}).get("grade_id")


def is_test(cell):
    return cell.cell_type == "code" and cell.metadata.nbgrader.grade


def max_score(notebook):
    return sum(cell.metadata.nbgrader.points for cell in notebook.cells if is_test(cell))


def run(notebook):
    """What each failing cell says, and the points of those that pass."""
    says, points, names = {}, 0, {}
    with patch.dict(sys.modules), warnings.catch_warnings():
        for cell in notebook.cells:
            if cell.cell_type == "code":
                try:
                    exec(cell.source, names)
                    points += cell.metadata.nbgrader.get("points", 0)
                except Exception as error:
                    says[name(cell)] = str(error)
    return says, points


def with_answers(notebook, answers):
    """A notebook whose answers are these, or those that stand there already."""
    filled = copy.deepcopy(notebook)
    for cell in filled.cells:
        cell.source = answers.get(name(cell), cell.source)
    return filled


def mistaken(notebook, where, right, wrong):
    """The model solution with one typical mistake."""
    (cell,) = [cell for cell in notebook.cells if name(cell) == where]
    assert right in cell.source
    return with_answers(notebook, {where: cell.source.replace(right, wrong)})


def without_answers(notebook):
    empty = {
        name(cell): "raise NotImplementedError"
        for cell in notebook.cells
        if cell.cell_type == "code" and cell.metadata.nbgrader.solution
    }
    return with_answers(notebook, empty)


# The sources


@pytest.mark.parametrize("source", **BOTH)
@pytest.mark.parametrize("seed", [(7, 0), (7, 1), (7, 2), *((s, 0) for s in range(20))])
def test_the_model_solution_gets_all_points(source, seed):
    notebook = problems.notebook(source, list(seed))
    says, points = run(notebook)
    assert (says, points) == ({}, max_score(notebook))


@pytest.mark.parametrize("source", **BOTH)
def test_no_cell_gives_points_without_an_answer(source):
    notebook = without_answers(problems.notebook(source, [SEED, 0]))
    says, points = run(notebook)
    assert points == 0
    assert {name(cell) for cell in notebook.cells if is_test(cell)} <= set(says)


@pytest.mark.parametrize("source", **BOTH)
def test_every_cell_that_tests_has_a_part_that_teaches_and_a_hidden_part(source):
    for cell in filter(is_test, problems.notebook(source, [SEED, 0]).cells):
        shown, hidden = cell.source.split("### BEGIN HIDDEN TESTS")
        assert "assert" in shown and "assert" in hidden, name(cell)
        assert "xentlib" not in cell.source, "the tests need NumPy alone"


@pytest.mark.parametrize("source", **BOTH)
def test_the_variants_ask_different_things_by_hand(source):
    texts = [[c.source for c in problems.notebook(source, [SEED, k]).cells] for k in range(3)]
    by_hand = {next(t for t in text if t.startswith("## By hand")) for text in texts}
    assert len(by_hand) == 3
    assert texts[0] == [c.source for c in problems.notebook(source, [SEED, 0]).cells]


@pytest.mark.parametrize("source", **BOTH)
def test_no_drawn_name_is_left_over(source):
    drawn = problems.draw(problems.jupytext.read(source).cells, [SEED, 0, 0])
    text = "\n".join(cell.source for cell in problems.notebook(source, [SEED, 0]).cells)
    assert not set(drawn) & set(re.findall(r"\b[A-Z_]+\b", text))
    assert "np.float64" not in text


def test_a_library_with_the_answer_cannot_be_imported():
    answer = "from xentlib import cross_entropy as h\n\ndef cross_entropy(p, q, base=2):\n"
    answer += "    return h(p, q, base=base)"
    says, _ = run(with_answers(the_set(3), {"cross-entropy": answer}))
    assert "xentlib" in says["cross-entropy"] and "unit" in says


# Typical mistakes: what they cost, and what the student reads

MISTAKES = {
    "natural log for bits": (
        3,
        ("cross-entropy", " / np.log(base)", ""),
        {"unit": "those are nats", "base": "the same as in bits"},
    ),
    "swapped arguments": (
        3,
        ("cross-entropy", "def cross_entropy(p, q", "def cross_entropy(q, p"),
        {"order": "p says how often", "one-hot": "first argument", "infinity": "exchanged"},
    ),
    "0 log 0 is NaN": (
        3,
        ("cross-entropy", "np.where(p > 0, p * price, 0)", "(p * price)"),
        {"zero": "0 · log 0 is NaN"},
    ),
    "mean over all cells": (
        3,
        ("cross-entropy", ".sum(-1)\n\n\n###", ".mean()\n\n\n###"),
        {"unit": "mean over the four weathers", "batch": "axis=-1"},
    ),
    "unnormalised q accepted": (
        3,
        ("cross-entropy", " and np.allclose(p.sum(-1), 1)", ""),
        {"normalised": "It sums to 1.8"},
    ),
    "price in nats": (
        0,
        ("price", "np.log2(1 / share)", "np.log(1 / share)"),
        {"halvings": "the nat", "loss": "0.52 is in nats"},
    ),
    "clipped share": (
        1,
        ("surprisal", "    return", "    p = np.maximum(p, 1e-15)\n    return"),
        {"ends": "Do not clip"},
    ),
    "product of a long row": (
        1,
        ("row-surprisal", "surprisal(p, base).sum()", "surprisal(np.prod(p), base)"),
        {"long-row": "too small for the computer"},
    ),
    "entropy of zero is NaN": (
        2,
        ("entropy", "np.where(p > 0, p * np.log(1 / p), 0)", "(p * np.log(1 / p))"),
        {"zero": "0 · log 0 is NaN"},
    ),
    "the whole bill for the waste": (
        4,
        ("kl-divergence", "(np.log(p) - np.log(q))", "-np.log(q)"),
        {"unit": "the floor is still in it", "no-waste": "wastes nothing"}
        | {"order": "the weights are p", "detective": "ten", "detective-ends": "told apart"},
    ),
    "one mean for all mails": (
        5,
        ("binary-cross-entropy", "(yes + no) / np.log(base)", "np.mean((yes + no) / np.log(base))"),
        {"batch": "four mails have four losses"},
    ),
    "from the score by way of the share": (
        5,
        ("from-score", "return ", "return binary_cross_entropy(y, sigmoid(z))\n    return "),
        {"score-wrong": "rounded to 1", "score-right": "not nothing"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_typical_mistake_costs_its_own_points_and_is_told(mistake):
    number, change, lost = MISTAKES[mistake]
    notebook = the_set(number)
    says, points = run(mistaken(notebook, *change))
    assert says.keys() == lost.keys(), says
    assert all(part in says[cell] for cell, part in lost.items()), says
    cost = sum(c.metadata.nbgrader.points for c in notebook.cells if name(c) in lost)
    assert points == max_score(notebook) - cost


FIRST_NUMBERS = [
    (0, "loss", "price", "np.log2", "np.log"),
    (0, "loss", "average-loss", ".mean()", ".sum() / q.size"),
    (2, "unit", "entropy", " / np.log(base)", ""),
    (2, "unit", "entropy", "0).sum(-1)", "0).mean(-1)"),
    (2, "unit", "entropy", "p * np.log(1 / p)", "np.log(1 / p) / p.size"),
    (3, "unit", "cross-entropy", " / np.log(base)", ""),
    (3, "unit", "cross-entropy", "price, 0).sum(-1)", "price, 0).mean(-1)"),
    (4, "unit", "kl-divergence", " / np.log(base)", ""),
    (4, "unit", "kl-divergence", "longer, 0).sum(-1)", "longer, 0).mean(-1)"),
    (4, "unit", "kl-divergence", "np.log(p) - np.log(q)", "-np.log(q)"),
    (5, "unit", "binary-cross-entropy", "np.log(base)", "np.log(2)"),
    (5, "unit", "binary-cross-entropy", "    yes", "    q = 1 - q\n    yes"),
]


@pytest.mark.parametrize(("number", "cell", "where", "right", "wrong"), FIRST_NUMBERS)
def test_a_message_names_the_number_that_the_mistake_gives(number, cell, where, right, wrong):
    says, _ = run(mistaken(the_set(number), where, right, wrong))
    got, *named = re.findall(r"\d+\.?\d*", says[cell])
    assert any(x == f"{float(got):.{len(x.partition('.')[2])}f}" for x in named), says[cell]


# What is handed out


def test_students_get_six_sets_and_teachers_three_of_each(kit):
    handed = sorted(f.name for f in (kit / "student").rglob("*") if f.is_file())
    assert handed == [f"set-{n}.ipynb" for n in range(6)]
    for folder in "source", "release":
        assert len(list((kit / "teacher/problem-sets" / folder).rglob("*.ipynb"))) == 18


def test_students_get_no_solution_no_hidden_test_and_no_path(kit):
    for file in (kit / "student").rglob("*.ipynb"):
        text = file.read_text(encoding="utf-8")
        assert "raise NotImplementedError" in text and "assert" in text
        assert not re.search("SOLUTION|HIDDEN|One point", text), file.name
        assert str(kit) not in text


def test_the_model_solution_is_not_in_what_students_get(kit):
    for number in range(6):
        text = (kit / f"student/problem-sets/set-{number}/set-{number}.ipynb").read_text()
        for cell in the_set(number).cells:
            if cell.cell_type == "code" and cell.metadata.nbgrader.solution:
                body = [
                    line for line in cell.source.splitlines() if "return" in line or " = " in line
                ]
                assert not any(line.strip() in text for line in body if len(line) > 20)


def test_a_source_that_nbgrader_cannot_release_stops_the_build(kit, tmp_path):
    house = tmp_path / "house"
    shutil.copytree(problems.HOUSE, house)
    shutil.copy(kit / "teacher/problem-sets/gradebook.db", house)
    broken = the_set(3)
    broken.cells[-1].source = "### BEGIN SOLUTION and no end"
    (house / "source/set-3").mkdir(parents=True)
    nbformat.write(broken, house / "source/set-3/set-3.ipynb")
    with pytest.raises(RuntimeError, match="set-3"):
        problems._release(house)


# Graded by nbgrader

WRONG = [m for m in MISTAKES if MISTAKES[m][0] == 3]


@pytest.fixture(scope="module")
def graded(kit):
    """A pile of submissions of set 3, graded with one command: marks, feedback, what is printed."""
    released = nbformat.read(kit / "student/problem-sets/set-3/set-3.ipynb", 4)
    model = the_set(3)
    answers = [with_answers(released, solutions(mistaken(model, *MISTAKES[m][1]))) for m in WRONG]
    pile = dict(zip(WRONG, answers, strict=True))
    pile |= {"model": with_answers(released, solutions(model)), "empty": released}
    for student, notebook in pile.items():
        place = kit / "pile" / f"{student}.ipynb"
        place.parent.mkdir(exist_ok=True)
        nbformat.write(notebook, place)
    (kit / "pile" / "torn.ipynb").write_text("{")
    desk = kit / "teacher/problem-sets"
    command = [sys.executable, "grade.py", "set-3", str(kit / "pile")]
    done = subprocess.run(command, cwd=desk, capture_output=True, text=True, check=True)
    marks = table(desk)
    pages = {s: (desk / f"feedback/{s}/set-3/set-3.html").read_text("utf-8") for s in pile}
    return marks, pages, done.stdout


def table(desk):
    """The marks of set 3, a row for each student."""
    with open(desk / "marks-set-3.csv", encoding="utf-8-sig") as file:
        return {row["student"]: row for row in csv.DictReader(file)}


def points(row):
    return float(row["points"])


def solutions(notebook):
    return {
        name(c): c.source for c in notebook.cells if c.metadata.get("nbgrader", {}).get("solution")
    }


def test_nbgrader_gives_the_model_all_points_but_those_that_a_human_gives(graded):
    marks, _, _ = graded
    assert points(marks["model"]) == max_score(the_set(3)) == 22
    assert float(marks["model"]["to be read"]) == 2


def test_nbgrader_gives_an_empty_submission_nothing(graded):
    marks, _, _ = graded
    assert points(marks["empty"]) == 0


@pytest.mark.parametrize("mistake", WRONG)
def test_nbgrader_takes_the_points_of_the_mistake_and_the_feedback_says_why(graded, mistake):
    marks, pages, _ = graded
    _, _, lost = MISTAKES[mistake]
    cost = sum(c.metadata.nbgrader.points for c in the_set(3).cells if name(c) in lost)
    assert points(marks[mistake]) == 22 - cost
    assert all(marks[mistake][cell] == "0.0" for cell in lost)
    assert all(part in pages[mistake] for part in lost.values())
    assert "AssertionError" not in pages["model"]


def test_a_file_that_cannot_be_read_is_named_and_holds_up_nobody(graded):
    _, pages, printed = graded
    assert "torn NOT GRADED" in printed
    assert printed.count(" graded") == len(pages)


def test_points_given_by_hand_count_without_grading_again(graded, kit):
    desk = kit / "teacher/problem-sets"
    with Gradebook(f"sqlite:///{desk}/gradebook.db", "from-surprise-to-cross-entropy") as book:
        book.find_grade("in-words", "set-3", "set-3", "model").manual_score = 2
        book.find_grade("in-words", "set-3", "set-3", "model").needs_manual_grade = False
        book.db.commit()
    subprocess.run([sys.executable, "grade.py", "set-3"], cwd=desk, check=True)
    assert points(table(desk)["model"]) == 24
