"""`python -m course` makes the course kit in _build/course: slides, problem sets, questions.

What students get and what teachers keep are two archives; with a README they are one download,
_build/course.zip, which the pages of the book link. Another seed draws other numbers.
"""

import argparse
import shutil
import tempfile
from pathlib import Path

from tqdm import tqdm

from . import problems, questions, slides

ROOT = Path(__file__).parents[1]
BUILD = ROOT / "_build"
PARTS = {"slides": slides, "problem sets": problems, "questions": questions}


def build(folder, seed):
    """The whole kit in a new folder."""
    halves = [folder / "student", folder / "teacher"]
    progress = tqdm(PARTS.items())
    for name, part in progress:
        progress.set_description(name)
        part.build(*halves, seed)
    for half in halves:
        for licence in ("LICENSE", "LICENSE-TEXT"):
            shutil.copy(ROOT / licence, half)
        shutil.make_archive(str(half), "zip", half)
    shutil.copy(Path(__file__).with_name("README.md"), folder)


def zipped(folder, archive):
    """The one download: the README and the two archives."""
    with tempfile.TemporaryDirectory() as apart:
        for name in ("README.md", "student.zip", "teacher.zip"):
            shutil.copy(folder / name, apart)
        shutil.make_archive(str(archive.with_suffix("")), "zip", apart)


def main():
    parser = argparse.ArgumentParser(prog="python -m course", description=__doc__)
    parser.add_argument("--seed", type=int, default=2026)
    seed = parser.parse_args().seed
    BUILD.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=BUILD) as apart:  # what was there stays if this fails
        build(Path(apart), seed)
        shutil.rmtree(BUILD / "course", ignore_errors=True)
        shutil.copytree(apart, BUILD / "course")
    zipped(BUILD / "course", BUILD / "course.zip")
    print(f"The kit lies in {(BUILD / 'course').relative_to(ROOT)}; one file of it all: course.zip")


if __name__ == "__main__":
    main()
