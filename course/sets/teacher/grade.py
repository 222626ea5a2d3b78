"""`python grade.py set-3 PILE` grades all notebooks in the folder PILE.

The name of a file, or of the folder that it lies in, is the name of the student. The marks go to
marks-set-3.csv, and what each student gets back to the folder feedback. Without PILE, both are
made again, with the points that you gave by hand.
"""

import csv
import shutil
import sys
import warnings
from pathlib import Path

from nbgrader.apps import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
from traitlets.config.loader import PyFileConfigLoader

warnings.simplefilter("ignore")  # nbgrader's own, about its database
HERE = Path(__file__).resolve().parent


def main(name, pile=None):
    config = PyFileConfigLoader("nbgrader_config.py", path=str(HERE)).load_config()
    desk = NbGraderAPI(CourseDirectory(root=str(HERE), config=config), config=config)
    for student in collect(name, Path(pile)) if pile else []:
        done = desk.autograde(name, student)
        print(
            student, "graded" if done["success"] else f"NOT GRADED, see {student}.log", flush=True
        )
        if not done["success"]:
            (HERE / f"{student}.log").write_text(done["log"], encoding="utf-8")
    desk.generate_feedback(name)
    with desk.gradebook as book:
        rows = [marks(paper) for paper in book.assignment_submissions(name)]
    file = HERE / f"marks-{name}.csv"
    with file.open("w", newline="", encoding="utf-8-sig") as out:  # what spreadsheets expect
        table = csv.DictWriter(out, dict.fromkeys(key for row in rows for key in row))
        table.writeheader()
        table.writerows(rows)
    print(f"The marks are in {file.name}, the feedback is in the folder feedback.")


def collect(name, pile):
    """The students, each notebook copied to where nbgrader looks for it."""
    students = {}
    for file in sorted(pile.rglob("*.ipynb")):
        students[file.relative_to(pile).with_suffix("").parts[0]] = file
    for student, file in students.items():
        place = HERE / "submitted" / student / name / f"{name}.ipynb"
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(file, place)
    return students


def marks(paper):
    """A row of the table: the sum, and the points of each question."""
    grades = [grade for notebook in paper.notebooks for grade in notebook.grades]
    unread = sum(grade.max_score for grade in grades if grade.needs_manual_grade)
    row = {"student": paper.student_id, "points": paper.score, "of": paper.max_score}
    return row | {"to be read": unread} | {grade.name: grade.score for grade in grades}


if __name__ == "__main__":
    main(*sys.argv[1:])
