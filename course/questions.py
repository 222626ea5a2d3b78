"""The question bank: read from course/bank, computed with xentlib, drawn by a seed.

A question of the kind "choice" has its answers as text, and a `check` where they can be computed.
A question of the kind "number" has them as expressions of what is drawn. The `cases` are all that
can be drawn; the first belongs to the students' cards, the others to the teacher.
"""

import itertools
import random
import re
from collections import Counter
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

import numpy as np
import yaml

import xentlib

HERE = Path(__file__).parent
CHAPTERS = range(6)
VARIANTS = 5  # of a computed question, where a format wants whole questions
HELD_BACK = 3  # questions of this difficulty are not on the students' cards

WORLDS = {  # what the checks and answers may name
    "south": [1 / 2, 1 / 4, 1 / 8, 1 / 8],
    "north": [1 / 4, 1 / 8, 1 / 2, 1 / 8],
    "nothing": [1 / 4, 1 / 4, 1 / 4, 1 / 4],
    "cousin": [1 / 2, 1 / 4, 1 / 4, 0],
    "dry": [3 / 4, 1 / 4],
    "coin": [1 / 2, 1 / 2],
    "plane": [0.4, 0.5, 0.1],
    "jackson": [0.1, 0.2, 0.7],
    "cat": [0.4, 0.3, 0.1, 0.1],
}
PLAIN = {name: getattr(np, name) for name in ("log", "log2", "exp", "isclose", "array", "sqrt")}
PACKAGE = {name: getattr(xentlib, name) for name in xentlib.__all__}
NAMES = WORLDS | PLAIN | PACKAGE | {"np": np, "inf": np.inf}
PLACE = re.compile(r"\{(=?)([^{}]+)\}")


@dataclass(frozen=True)
class Answer:
    """An answer, text or expression, and what it is answered with."""

    says: str
    why: str
    right: bool


@dataclass(frozen=True)
class Question:
    """A question as it stands in the bank."""

    id: str
    chapter: int
    objective: str
    difficulty: int
    misconception: str
    kind: str
    text: str
    answers: list[Answer]
    check: list[str] = field(default_factory=list)
    draw: dict[str, list] = field(default_factory=dict)
    tolerance: float = 0.0
    unit: str = ""

    @property
    def right(self):
        return next(answer for answer in self.answers if answer.right)

    @property
    def wrong(self):
        return [answer for answer in self.answers if not answer.right]

    @property
    def tags(self):
        shared = [f"chapter-{self.chapter}", f"objective-{self.objective}"]
        shared += [f"difficulty-{self.difficulty}"]
        named = self.misconception != "none"
        return shared + [f"misconception-{self.misconception}"] * named


@dataclass(frozen=True)
class Variant:
    """A question as somebody gets it: nothing is left open."""

    question: Question
    id: str
    text: str
    answers: list[Answer]  # in the order in which they are shown
    value: float | None = None
    slips: list[tuple[float, str]] = field(default_factory=list)

    @property
    def right(self):
        return next(answer for answer in self.answers if answer.right)


def read(file):
    """The questions of one chapter."""
    source = yaml.safe_load(file.read_text("utf-8"))
    return [question(entry, source["chapter"]) for entry in source["questions"]]


def question(entry, chapter):
    """One question, from its entry in the file."""
    entry = entry | {"chapter": chapter, "answers": [answer(a) for a in entry["answers"]]}
    check = entry.get("check", [])
    return Question(**entry | {"check": [check] if isinstance(check, str) else check})


def answer(entry):
    """One answer, from its entry in the file."""
    right = "right" in entry
    return Answer(str(entry["right" if right else "wrong"]), entry["why"], right)


def bank(folder=HERE / "bank"):
    """All questions, chapter by chapter."""
    return [q for file in sorted(folder.glob("[0-9]_*.yaml")) for q in read(file)]


def objectives():
    """The objectives of all chapters: what each id stands for."""
    source = yaml.safe_load((HERE / "objectives.yaml").read_text("utf-8"))
    return {entry["id"]: entry["text"] for chapter in source.values() for entry in chapter}


def value(expression, case=()):
    """What an expression is worth for the drawn values."""
    drawn = {name: float(Fraction(shown)) for name, shown in dict(case).items()}
    return eval(expression, NAMES | drawn)


def products(draw):
    """All that can be drawn. A key may name several values that belong together."""
    for row in itertools.product(*draw.values()):
        names = (name for key in draw for name in key.split())
        yield dict(zip(names, " ".join(map(str, row)).split(), strict=True))


def apart(values, tolerance):
    """Whether no answer can be taken for another one."""
    pairs = itertools.combinations(values, 2)
    return np.isfinite(values).all() and all(abs(a - b) > 2 * tolerance for a, b in pairs)


def cases(question, seed):
    """What can be drawn so that all answers differ, in the order of the seed."""
    found = [
        case
        for case in products(question.draw)
        if apart([value(a.says, case) for a in question.answers], question.tolerance)
    ]
    random.Random(f"{seed} {question.id}").shuffle(found)
    return found


def decimals(tolerance):
    """The digits after the point that a tolerance leaves."""
    return max(0, -int(np.floor(np.log10(tolerance))))


def shown(number, tolerance):
    """A number as a reader sees it; digits that rounding made stay, though they are zeros."""
    text = f"{number:.{decimals(tolerance)}f}"
    if "." in text and np.isclose(float(text), number, rtol=0, atol=1e-9):
        text = text.rstrip("0").rstrip(".")
    return text.replace("-", "−")


def filled(text, question, case):
    """A text with the drawn values, and with what is computed from them."""

    def replace(place):
        name = question.right.says if place[2] == "answer" else place[2]
        if place[1] or place[2] == "answer":
            return shown(value(name, case), question.tolerance)
        return case[name].replace("-", "−")

    return one(PLACE.sub(replace, text)) if question.kind == "number" else text


def one(text):
    """A text in which one bit is not called 1 bits."""
    return re.sub(r"(?<![\d.,/])1 (bit|nat|doubling|evening|flash)e?s\b", r"1 \1", text)


def choice(question, seed):
    """A question whose answers are texts; the seed orders them."""
    answers = list(question.answers)
    random.Random(f"{seed} {question.id}").shuffle(answers)
    return Variant(question, question.id, question.text, answers)


def computed(question, case, name):
    """A question with its numbers, and its answers as numbers, the smallest first."""
    worth = {value(a.says, case): a for a in question.answers}
    answers = [
        Answer(
            one(f"{shown(number, question.tolerance)} {question.unit}".strip()),
            filled(worth[number].why, question, case),
            worth[number].right,
        )
        for number in sorted(worth)
    ]
    slips = [(n, filled(a.why, question, case)) for n, a in worth.items() if not a.right]
    right = value(question.right.says, case)
    return Variant(question, name, filled(question.text, question, case), answers, right, slips)


def variants(question, seed):
    """The questions that a teacher gets out of one in the bank."""
    if question.kind == "choice":
        return [choice(question, seed)]
    drawn = cases(question, seed)[1 : VARIANTS + 1]
    return [computed(question, case, f"{question.id}-{k}") for k, case in enumerate(drawn, 1)]


def cards(questions, seed):
    """What the students get: nothing that is hard, no case that the teacher has."""
    open_to_all = [q for q in questions if q.difficulty < HELD_BACK]
    return [
        choice(q, seed) if q.kind == "choice" else computed(q, cases(q, seed)[0], f"{q.id}-card")
        for q in open_to_all
    ]


def counts(questions):
    """How many questions there are, of every kind."""
    said = Counter(q.kind for q in questions)
    return {
        "all": len(questions),
        "computed": said["number"],
        "checked": sum(q.kind == "choice" and bool(q.check) for q in questions),
        "verbal": [q.id for q in questions if q.kind == "choice" and not q.check],
        "held_back": sum(q.difficulty >= HELD_BACK for q in questions),
    }


def build(student: Path, teacher: Path, seed: int) -> None:
    """The bank for the teacher, in all formats, and the cards for the students."""
    from . import question_formats as formats

    questions = bank()
    mine, theirs = teacher / "questions", student / "questions"
    mine.mkdir(parents=True, exist_ok=True)
    theirs.mkdir(parents=True, exist_ok=True)
    drawn = [variant for q in questions for variant in variants(q, seed)]
    formats.moodle(mine / "moodle.xml", questions, seed)
    formats.gift(mine / "questions.gift", drawn)
    formats.votes(mine / "votes.csv", drawn)
    for chapter in CHAPTERS:
        some = [q for q in questions if q.chapter == chapter]
        formats.canvas(mine / f"canvas_chapter_{chapter}.zip", chapter, some, seed)
    formats.anki(theirs / "cards.apkg", cards(questions, seed))
    about = counts(questions) | {"questions": questions, "seed": seed}
    about |= {"objectives": objectives(), "variants_each": VARIANTS}
    formats.page(mine / "README.md", "_readme.md", about)
    formats.page(mine / "bank.html", "_bank.html", about | {"variants": variants})
