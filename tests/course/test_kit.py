"""The course kit as a whole, and what the teacher's pages say about it."""

import re
import sys
import zipfile
from collections import Counter

import pytest
import yaml
from notebooks import CHAPTERS, ROOT, read

import course.__main__ as kit
from course import questions

PAGE = (ROOT / "chapters" / "teaching.md").read_text("utf-8")
OBJECTIVES = yaml.safe_load((ROOT / "course" / "objectives.yaml").read_text("utf-8"))


def rows():
    """The table of objectives, as the bank and the objectives have it."""
    asked = Counter(question.objective for question in questions.bank())
    for chapter, objectives in OBJECTIVES.items():
        for entry in objectives:
            exercises = ", ".join(map(str, entry["exercises"]))
            yield f"| {chapter} | {entry['text']} | {exercises} | {asked[entry['id']]} |"


def test_the_teachers_page_has_each_objective_with_its_exercises_and_questions():
    table = [line for line in PAGE.splitlines() if re.match(r"\| \d \| ", line)]
    assert table[-len([*rows()]) :] == [*rows()], "\n".join(rows())


def test_each_exercise_that_an_objective_names_is_in_its_chapter():
    for chapter, objectives in OBJECTIVES.items():
        text = "\n".join(cell.source for cell in read(CHAPTERS[chapter]).cells)
        there = {int(n) for n in re.findall(r"(?m)^### Exercise (\d+)", text)}
        assert {n for entry in objectives for n in entry["exercises"]} <= there


class Part:
    """A part of the kit that writes one file for students and one for teachers."""

    @staticmethod
    def build(student, teacher, seed):
        for folder in (student, teacher):
            folder.mkdir(parents=True, exist_ok=True)
            (folder / f"{folder.name}.txt").write_text(str(seed))


class Broken:
    @staticmethod
    def build(student, teacher, seed):
        raise ValueError("a part that fails")


@pytest.fixture
def made(monkeypatch, tmp_path):
    """Runs `python -m course` in an empty folder, with the parts that it is given."""

    def make(*parts):
        monkeypatch.setattr(kit, "BUILD", tmp_path / "_build")
        monkeypatch.setattr(kit, "ROOT", tmp_path)
        monkeypatch.setattr(kit, "PARTS", {part.__name__: part for part in parts})
        monkeypatch.setattr(sys, "argv", ["course", "--seed", "7"])
        for licence in ("LICENSE", "LICENSE-TEXT"):
            (tmp_path / licence).write_text("licence")
        kit.main()

    return make


def names(archive):
    with zipfile.ZipFile(archive) as opened:
        return {name for name in opened.namelist() if not name.endswith("/")}


def test_one_file_holds_a_readme_and_two_archives_apart(made, tmp_path):
    made(Part)
    assert names(tmp_path / "_build" / "course.zip") == {"README.md", "student.zip", "teacher.zip"}
    assert "student.txt" in names(tmp_path / "_build" / "course" / "student.zip")
    assert "teacher.txt" not in names(tmp_path / "_build" / "course" / "student.zip")
    assert (tmp_path / "_build" / "course" / "student" / "student.txt").read_text() == "7"


def test_a_build_that_fails_leaves_what_was_there(made, tmp_path):
    made(Part)
    with pytest.raises(ValueError, match="a part that fails"):
        made(Part, Broken)
    assert (tmp_path / "_build" / "course" / "student" / "student.txt").exists()
    assert {path.name for path in (tmp_path / "_build").iterdir()} == {"course", "course.zip"}
