"""The question bank in the languages of Moodle, Canvas, GIFT, voting tools and Anki."""

import csv
import html
import io
import re
import zipfile
from xml.etree import ElementTree as XML

import genanki
import jinja2
from text2qti.config import Config
from text2qti.qti import QTI
from text2qti.quiz import Quiz

from . import questions as source

ELSE = "Not this number, and none of the usual slips. Do the sum once more, and look at the unit."
LICENCE = "From Surprise to Cross-Entropy. CC BY 4.0."
EDITION = 1_795_478_400  # seconds: raise it when a card changes, so that Anki takes the new text
DECK, MODEL = 1_713_205_001, 1_713_205_002  # never change them: by these Anki knows the deck
CASES = 20  # that Moodle draws from


# --- texts


def as_html(text):
    """A text of the bank as HTML: paragraphs, and code where it has backticks."""
    code = re.sub(r"`([^`]+)`", r"<code>\1</code>", html.escape(text, quote=False))
    return "".join(f"<p>{part}</p>" for part in code.strip().split("\n\n"))


def as_line(text):
    """A text of the bank on one line, without backticks."""
    return " ".join(text.replace("`", "").split())


# --- Moodle's language of formulas


class Formula:
    """A number in the language of Moodle's calculated questions."""

    def __init__(self, text):
        self.text = text

    def __add__(self, other):
        return Formula(f"({self.text}+{said(other)})")

    def __sub__(self, other):
        return Formula(f"({self.text}-{said(other)})")

    def __rsub__(self, other):
        return Formula(f"({said(other)}-{self.text})")

    def __mul__(self, other):
        return Formula(f"({self.text}*{said(other)})")

    def __truediv__(self, other):
        return Formula(f"({self.text}/{said(other)})")

    def __rtruediv__(self, other):
        return Formula(f"({said(other)}/{self.text})")

    def __pow__(self, other):
        return Formula(f"pow({self.text},{said(other)})")

    def __rpow__(self, other):
        return Formula(f"pow({said(other)},{self.text})")

    def __neg__(self):
        return Formula(f"(0-{self.text})")

    __radd__, __rmul__ = __add__, __mul__


def said(number):
    """A number or a formula, as Moodle reads it."""
    return number.text if isinstance(number, Formula) else repr(float(number))


def call(name):
    """A function of one argument."""
    return lambda x: Formula(f"{name}({said(x)})")


def log(x, base=None):
    """A logarithm, natural without a base."""
    return Formula(f"log({said(x)},{base})" if base else f"log({said(x)})")


def surprisal(p, *, base=None):
    return -log(p, base)


def cross_entropy(p, q, *, base=None):
    return sum(a * surprisal(b, base=base) for a, b in zip(p, q, strict=True))


def entropy(p, *, base=None):
    return cross_entropy(p, p, base=base)


def kl_divergence(p, q, *, base=None):
    return cross_entropy(p, q, base=base) - entropy(p, base=base)


def categorical_cross_entropy(y, q, *, base=None):
    return surprisal(q[y], base=base)


def binary_cross_entropy(y, q, *, base=None):
    return y * surprisal(q, base=base) + (1 - y) * surprisal(1 - q, base=base)


def binary_cross_entropy_with_logits(y, z, *, base=None):
    return log(1 + call("exp")(z), base) - z * y


FORMULAS = source.WORLDS | {
    "surprisal": surprisal,
    "entropy": entropy,
    "cross_entropy": cross_entropy,
    "kl_divergence": kl_divergence,
    "categorical_cross_entropy": categorical_cross_entropy,
    "binary_cross_entropy": binary_cross_entropy,
    "binary_cross_entropy_with_logits": binary_cross_entropy_with_logits,
    "log": log,
    "log2": lambda x: log(x, 2),
    "exp": call("exp"),
    "sum": sum,
}


def formula(expression, names):
    """An expression of the bank in Moodle's language."""
    drawn = {name: Formula(f"{{{name}}}") for name in names}
    return said(eval(expression, FORMULAS | drawn))


# --- Moodle


def put(parent, tag, text=None, *, inner=True, **attributes):
    """A new element; Moodle keeps most texts in an element of their own."""
    element = XML.SubElement(parent, tag, attributes)
    if text is not None:
        place = XML.SubElement(element, "text") if inner else element
        place.text = str(text)
    return element


def moodle(file, questions, seed):
    """One file of Moodle's XML, a category for each chapter."""
    quiz, chapter = XML.Element("quiz"), None
    for q in questions:
        if q.chapter != chapter:
            chapter = q.chapter
            category = put(XML.SubElement(quiz, "question", type="category"), "category")
            put(category, "text", category_name(chapter), inner=False)
        quiz.append(moodle_of(q, seed))
    XML.indent(quiz)
    XML.ElementTree(quiz).write(file, encoding="utf-8", xml_declaration=True)


def category_name(chapter):
    return f"$course$/top/From Surprise to Cross-Entropy/Chapter {chapter}"


def moodle_of(q, seed):
    """What Moodle gets of one question. Which numbers a student sees, Moodle itself decides."""
    if q.kind == "choice":
        return moodle_choice(source.choice(q, seed))
    return moodle_calculated(q, source.cases(q, seed)[1 : CASES + 1])


def moodle_question(kind, q, name, text):
    """What all of Moodle's questions have."""
    element = XML.Element("question", type=kind)
    put(element, "name", name)
    put(element, "questiontext", as_html(text), format="html")
    put(element, "generalfeedback", "", format="html")
    put(element, "defaultgrade", "1.0", inner=False)
    put(element, "penalty", "0.3333333", inner=False)
    put(element, "hidden", "0", inner=False)
    put(element, "idnumber", name, inner=False)
    tags = put(element, "tags")
    for tag in q.tags:
        put(tags, "tag", tag)
    return element


def moodle_answer(element, right, text, why):
    """One answer and its feedback."""
    found = put(element, "answer", text, fraction="100" if right else "0", format="html")
    put(found, "feedback", as_html(why), format="html")
    return found


def moodle_choice(variant):
    """A question with one right answer, shuffled by Moodle."""
    element = moodle_question("multichoice", variant.question, variant.id, variant.text)
    put(element, "single", "true", inner=False)
    put(element, "shuffleanswers", "true", inner=False)
    put(element, "answernumbering", "abc", inner=False)
    for answer in variant.answers:
        moodle_answer(element, answer.right, as_html(answer.says), answer.why)
    return element


def moodle_text(text, q):
    """A text with Moodle's places: {name}, and {=formula} for what is computed."""

    def replace(place):
        expression = q.right.says if place[2] == "answer" else place[2]
        if place[1] or place[2] == "answer":
            digits = source.decimals(q.tolerance)
            return f"{{=round({formula(expression, names(q))},{digits})}}"
        return place[0]

    return source.PLACE.sub(replace, text)


def names(q):
    """The names of all that is drawn."""
    return [name for key in q.draw for name in key.split()]


def moodle_calculated(q, cases):
    """A question whose numbers Moodle itself draws, from cases that belong together."""
    element = moodle_question("calculated", q, q.id, moodle_text(q.text, q))
    put(element, "synchronize", "0", inner=False)
    put(element, "single", "0", inner=False)
    for answer in [q.right, *q.wrong]:
        text = formula(answer.says, names(q))
        calculated_answer(element, answer.right, text, moodle_text(answer.why, q), q.tolerance)
    calculated_answer(element, False, "*", ELSE, 0)
    put(element, "unitgradingtype", "0", inner=False)
    put(element, "unitpenalty", "0.1", inner=False)
    put(element, "showunits", "3", inner=False)  # none: the unit stands in the text
    put(element, "unitsleft", "0", inner=False)
    definitions = put(element, "dataset_definitions")
    for name in names(q):
        dataset(definitions, name, [decimal(case[name]) for case in cases])
    return element


def calculated_answer(element, right, text, why, tolerance):
    """An answer that is a formula."""
    answer = moodle_answer(element, right, text, why)
    put(answer, "tolerance", tolerance, inner=False)
    put(answer, "tolerancetype", "2", inner=False)  # the tolerance is a difference
    put(answer, "correctanswerformat", "1", inner=False)  # shown with decimals
    put(answer, "correctanswerlength", source.decimals(tolerance or 1), inner=False)


def decimal(shown):
    """A drawn value, such as 1/8, with a decimal point."""
    return f"{float(source.Fraction(shown)):.10g}"


def dataset(definitions, name, values):
    """The values that Moodle draws from, for one name."""
    element = put(definitions, "dataset_definition")
    put(element, "status", "private")
    put(element, "name", name)
    put(element, "type", "calculated", inner=False)
    put(element, "distribution", "uniform")
    put(element, "minimum", min(values, key=float))
    put(element, "maximum", max(values, key=float))
    put(element, "decimals", max(len(v.partition(".")[2]) for v in values))
    put(element, "itemcount", len(values), inner=False)
    items = put(element, "dataset_items")
    for number, value in enumerate(values, 1):
        item = put(items, "dataset_item")
        put(item, "number", number, inner=False)
        put(item, "value", value, inner=False)
    put(element, "number_of_items", len(values), inner=False)


# --- GIFT


def gift(file, variants):
    """One file of GIFT, a category for each chapter."""
    parts, chapter = [f"// {LICENCE}"], None
    for variant in variants:
        if variant.question.chapter != chapter:
            chapter = variant.question.chapter
            parts.append(f"$CATEGORY: {category_name(chapter)}")
        parts.append(gift_question(variant))
    file.write_text("\n\n".join(parts) + "\n", "utf-8")


def escaped(text):
    """A text in which GIFT sees no signs of its own."""
    return re.sub(r"([~=#{}:\\])", r"\\\1", " ".join(text.split()))


def gift_question(variant):
    """One question in GIFT, with its tags in a comment."""
    q = variant.question
    lines = [f"// [id:{variant.id}] " + " ".join(f"[tag:{tag}]" for tag in q.tags)]
    lines += [f"::{escaped(variant.id)}::[markdown]{escaped(variant.text)} {{"]
    lines[-1] += "#" * (q.kind == "number")
    lines += gift_numbers(variant) if q.kind == "number" else gift_choices(variant)
    return "\n".join([*lines, "}"])


def gift_choices(variant):
    return [
        f"{'=' if answer.right else '~'}{escaped(answer.says)}#{escaped(answer.why)}"
        for answer in variant.answers
    ]


def gift_numbers(variant):
    tolerance = variant.question.tolerance
    lines = [f"={variant.value:.6g}:{tolerance}#{escaped(variant.right.why)}"]
    slips = [f"=%0%{number:.6g}:{tolerance}#{escaped(why)}" for number, why in variant.slips]
    return lines + slips


# --- Canvas, by QTI 1.2


def canvas(file, chapter, questions, seed):
    """A quiz for Canvas. Of a computed question each student gets one variant."""
    quiz = Quiz(canvas_text(chapter, questions, seed), config=Config())
    file.write_bytes(without_time(QTI(quiz).zip_bytes()))


def canvas_text(chapter, questions, seed):
    """The questions of a chapter in text2qti's language."""
    lines = [f"Quiz title: Chapter {chapter}", f"Quiz description: {LICENCE}", ""]
    for q in questions:
        found = [canvas_question(variant) for variant in source.variants(q, seed)]
        if q.kind == "number":
            found = ["GROUP\npick: 1\npoints per question: 1", *found, "END_GROUP"]
        lines += ["\n\n".join(found), ""]
    return "\n".join(lines)


def canvas_question(variant):
    """One question in text2qti's language."""
    lines = [f"Title: {variant.id}", f"1. {' '.join(variant.text.split())}"]
    if variant.question.kind == "choice":
        for letter, answer in zip("abcdefgh", variant.answers, strict=False):
            lines.append(f"{'*' * answer.right}{letter}) {' '.join(answer.says.split())}")
            lines.append(f"... {' '.join(answer.why.split())}")
        return "\n".join(lines)
    tolerance = variant.question.tolerance
    slips = [f"{source.shown(n, tolerance)}: {' '.join(why.split())}" for n, why in variant.slips]
    lines += [f"+ {' '.join(variant.right.why.split())}"]
    lines += [f"- Not this number. The usual slips: {' '.join(slips)}"]
    return "\n".join([*lines, f"= {variant.value:.6g} +- {tolerance}"])


def without_time(archive):
    """The same archive with the same time on every file, so that equal seeds give equal bytes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(packed, "w") as new:
        for entry in old.infolist():
            info = zipfile.ZipInfo(entry.filename)
            new.writestr(info, old.read(entry), zipfile.ZIP_DEFLATED)
    return packed.getvalue()


# --- voting tools


def votes(file, variants):
    """A table: one question a line, its answers, the letter of the right one."""
    letters = "ABCDE"
    head = ["id", "chapter", "objective", "difficulty", "misconception", "question"]
    head += [f"answer {a}" for a in letters] + ["right"] + [f"feedback {a}" for a in letters]
    with file.open("w", encoding="utf-8-sig", newline="") as out:  # spreadsheets ask for the mark
        table = csv.writer(out)
        table.writerow(head)
        table.writerows(vote(variant, letters) for variant in variants)


def vote(variant, letters):
    """One line of the table."""
    q, answers = variant.question, variant.answers
    gap = [""] * (len(letters) - len(answers))
    right = letters[[answer.right for answer in answers].index(True)]
    line = [variant.id, q.chapter, q.objective, q.difficulty, q.misconception]
    line += [as_line(variant.text), *(as_line(a.says) for a in answers), *gap, right]
    return [*line, *(as_line(a.why) for a in answers), *gap]


# --- Anki

CARD = genanki.Model(
    MODEL,
    "Question with reasons",
    fields=[{"name": name} for name in ("Question", "Choices", "Answer", "Reasons", "Id")],
    templates=[
        {
            "name": "Card",
            "qfmt": "{{Question}}{{Choices}}",
            "afmt": "{{FrontSide}}<hr id=answer>{{Answer}}{{Reasons}}",
        }
    ],
    css=".card {font: 18px sans-serif; text-align: left; max-width: 38em; margin: auto}\n"
    "li {margin: .4em 0}\n.right {font-weight: bold}",
)


def anki(file, variants):
    """A deck of cards, with ids that stay."""
    deck = genanki.Deck(DECK, "From Surprise to Cross-Entropy", LICENCE)
    for variant in variants:
        deck.add_note(note(variant))
    packed = io.BytesIO()
    genanki.Package(deck).write_to_file(packed, timestamp=EDITION)
    file.write_bytes(without_time(packed.getvalue()))


def note(variant):
    """One card: the answer first, then what speaks for and against each."""
    q = variant.question
    choices = "" if q.kind == "number" else bullets(as_html(a.says) for a in variant.answers)
    against = [f"{as_html(a.says)}{as_html(a.why)}" for a in variant.answers if not a.right]
    right = f"<div class=right>{as_html(variant.right.says)}</div>{as_html(variant.right.why)}"
    fields = [as_html(variant.text), choices, right, f"<p>Not:</p>{bullets(against)}", q.id]
    return genanki.Note(CARD, fields, tags=q.tags, guid=genanki.guid_for("xentlib", q.id))


def bullets(items):
    return "<ul>" + "".join(f"<li>{item}</li>" for item in items) + "</ul>"


# --- pages for the teacher


def page(file, template, about):
    """A page for the teacher."""
    folder = jinja2.FileSystemLoader(source.HERE / "bank")
    kept = jinja2.Environment(loader=folder, trim_blocks=True, lstrip_blocks=True)
    kept.filters["html"] = as_html
    file.write_text(kept.get_template(template).render(about), "utf-8")
