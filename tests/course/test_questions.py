"""The question bank, and every format of it read back by a reader of its own."""

import csv
import filecmp
import html
import itertools
import math
import re
import sqlite3
import zipfile
from dataclasses import replace
from fractions import Fraction
from xml.etree import ElementTree

import pytest
import yaml

from course import question_formats as formats
from course import questions as source

BANK = source.bank()
CHOICES = [q for q in BANK if q.kind == "choice"]
COMPUTED = [q for q in BANK if q.kind == "number"]
SEED = 3
VERBAL = {  # answers that no computation decides; each was read by hand
    "2-words-without-a-gap",
    "2-below-the-letters",
    "3-width-and-height",
    "5-snake-and-plane",
}


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The students' and the teacher's folder."""
    folder = tmp_path_factory.mktemp("course")
    source.build(folder / "student", folder / "teacher", SEED)
    return folder


@pytest.fixture(scope="module")
def teacher(built):
    return built / "teacher" / "questions"


@pytest.fixture(scope="module")
def drawn():
    return {v.id: v for q in BANK for v in source.variants(q, SEED)}


def plain(text):
    """What a reader sees of HTML or of a text of the bank."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).replace("`", "").split())


def same(first, second):
    """Whether two texts are the same, whatever their quotation marks and spaces are."""
    return squeezed(first) == squeezed(second)


def squeezed(text):
    return re.sub(r"\s+", "", plain(text)).translate(str.maketrans("“”‘’", "\"\"''"))


# --- the bank


def test_every_chapter_has_its_questions_and_a_third_is_computed():
    for chapter in source.CHAPTERS:
        assert sum(q.chapter == chapter for q in BANK) >= 14
    assert len(BANK) >= 84
    assert 3 * len(COMPUTED) >= len(BANK)


def test_every_objective_has_questions_of_its_own_chapter():
    objectives = source.objectives()
    for q in BANK:
        assert q.objective in objectives
        assert q.objective.startswith(str(q.chapter))
        assert q.id.startswith(f"{q.chapter}-")
    for objective in objectives:
        assert sum(q.objective == objective for q in BANK) >= 2


def test_no_objective_is_cut_at_its_comma():
    chapters = yaml.safe_load((source.HERE / "objectives.yaml").read_text("utf-8"))
    assert list(chapters) == list(source.CHAPTERS)
    assert all(
        set(entry) == {"id", "text", "exercises"}
        for entries in chapters.values()
        for entry in entries
    )


def test_the_questions_are_whole():
    assert len({q.id for q in BANK}) == len(BANK)
    for q in BANK:
        assert q.kind in ("choice", "number")
        assert q.difficulty in (1, 2, 3)
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", q.misconception)
        assert sum(a.right for a in q.answers) == 1
        assert 3 <= len(q.answers) <= 5
        assert len({a.says for a in q.answers}) == len({a.why for a in q.answers}) == len(q.answers)
        assert all(len(a.why) > 20 for a in q.answers)


def test_no_sign_means_something_else_in_one_of_the_formats():
    for q in BANK:
        texts = [q.text, *(a.why for a in q.answers)]
        texts += [a.says for a in q.answers if q.kind == "choice"]
        for text in texts:
            rest = re.sub(r"`[^`]*`", "", source.PLACE.sub("", text))
            assert not re.search(r"[$*_^~<>|\[\]\\#{}]", rest), (q.id, rest)


def test_the_right_answer_is_not_given_away_by_its_length():
    def lengths(q):
        return [len(a.says) for a in q.wrong]

    longest = sum(len(q.right.says) > max(lengths(q)) for q in CHOICES)
    shortest = sum(len(q.right.says) < min(lengths(q)) for q in CHOICES)
    assert longest <= len(CHOICES) / 3
    assert shortest <= len(CHOICES) / 3


@pytest.mark.parametrize("q", [q for q in BANK if q.check], ids=lambda q: q.id)
def test_what_the_answer_says_is_true(q):
    for check in q.check:
        assert source.value(check), check


def test_a_false_check_is_caught():
    q = next(q for q in BANK if q.id == "3-perfect-model")
    (check,) = q.check
    assert not source.value(check.replace("1.75", "1.76"))


def test_the_verbal_answers_are_known():
    assert set(source.counts(BANK)["verbal"]) == VERBAL


def unchecked(q):
    """The numbers with a point in answers and reasons that neither question nor check has."""
    told = " ".join([q.text, *q.check, *map(str, q.draw.values())])
    claims = [q.right.says if q.kind == "choice" else "", *(a.why for a in q.answers)]
    found = re.findall(r"\d+\.\d+", source.PLACE.sub("", " ".join(claims)))
    return set(found) - set(re.findall(r"\d+\.\d+", told))


def test_every_number_in_an_answer_is_checked():
    for q in BANK:
        assert not unchecked(q), q.id


def test_a_changed_digit_in_an_answer_is_caught():
    q = next(q for q in BANK if q.id == "3-perfect-model")
    changed = replace(q.right, says=q.right.says.replace("1.75", "1.85"))
    assert unchecked(replace(q, answers=[changed, *q.wrong])) == {"1.85"}


# --- what is drawn


@pytest.mark.parametrize("q", COMPUTED, ids=lambda q: q.id)
def test_enough_can_be_drawn_and_no_slip_passes_as_right(q):
    found = source.cases(q, SEED)
    assert len(found) > source.VARIANTS
    for case in found:
        values = sorted(source.value(a.says, case) for a in q.answers)
        gaps = [b - a for a, b in itertools.pairwise(values)]
        assert min(gaps) > 2 * q.tolerance
        assert "{" not in source.filled(q.text, q, case)


@pytest.mark.parametrize("q", COMPUTED, ids=lambda q: q.id)
def test_a_number_has_its_unit_in_the_text_and_its_digits_in_the_tolerance(q):
    assert q.unit in q.text
    for variant in source.variants(q, SEED):
        shown = variant.right.says.replace("−", "-").split()[0]
        assert abs(float(shown) - variant.value) < q.tolerance


def test_a_case_in_which_a_slip_is_right_is_left_out():
    q = next(q for q in COMPUTED if q.id == "0-average-bill")
    both = [case for case in source.products(q.draw) if case["a"] == case["b"]]
    assert both
    assert not [case for case in source.cases(q, SEED) if case in both]


def test_a_shown_number_keeps_the_zeros_that_rounding_made():
    assert source.shown(3.0, 0.01) == "3"
    assert source.shown(2.9957, 0.01) == "3.00"
    assert source.shown(-0.25, 0.005) == "−0.25"


def test_one_bit_is_not_called_bits():
    assert source.one("1 bits and 1 flashes") == "1 bit and 1 flash"
    assert source.one("0.1 bits, 11 bits, 1/1 bits") == "0.1 bits, 11 bits, 1/1 bits"


def test_another_seed_draws_other_numbers():
    first = [v.text for q in COMPUTED for v in source.variants(q, 1)]
    assert first == [v.text for q in COMPUTED for v in source.variants(q, 1)]
    second = [v.text for q in COMPUTED for v in source.variants(q, 2)]
    assert sum(a != b for a, b in zip(first, second, strict=True)) > len(first) / 2


# --- Moodle

FUNCTIONS = {
    "log": lambda x, base=math.e: math.log(x) / math.log(base),
    "exp": math.exp,
    "pow": math.pow,
    "round": round,
}


@pytest.fixture(scope="module")
def moodle(teacher):
    return list(ElementTree.parse(teacher / "moodle.xml").getroot())


def moodle_value(formula, row):
    """A formula as Moodle computes it: places are filled in, in brackets."""
    for name, shown in row.items():
        formula = formula.replace(f"{{{name}}}", f"({shown})")
    assert set(re.findall(r"[a-z]+", formula)) <= set(FUNCTIONS)
    assert "//" not in formula
    return eval(formula, {"__builtins__": {}} | FUNCTIONS)


def rows(question):
    """The rows that Moodle draws from: the values with the same number belong together."""
    columns = {
        d.findtext("name/text"): [i.findtext("value") for i in d.iter("dataset_item")]
        for d in question.iter("dataset_definition")
    }
    assert len({len(column) for column in columns.values()}) == 1
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def misjudged(q, element):
    """The cases and answers in which Moodle and xentlib differ."""
    answers = [a for a in element.findall("answer") if a.findtext("text") != "*"]
    return [
        (row, said.says)
        for row in rows(element)
        for said, answer in zip([q.right, *q.wrong], answers, strict=True)
        if not math.isclose(
            moodle_value(answer.findtext("text"), row), source.value(said.says, row), abs_tol=1e-9
        )
    ]


def by_name(moodle, name):
    return next(e for e in moodle if e.findtext("name/text") == name)


def test_moodle_has_every_question_in_the_category_of_its_chapter(moodle):
    chapter, found = None, {}
    for element in moodle:
        if element.get("type") == "category":
            chapter = int(element.findtext("category/text")[-1])
        else:
            found[element.findtext("name/text")] = chapter
    assert found == {q.id: q.chapter for q in BANK}


@pytest.mark.parametrize("q", CHOICES, ids=lambda q: q.id)
def test_moodle_gives_a_point_to_the_right_choice_alone(q, moodle):
    element = by_name(moodle, q.id)
    assert element.get("type") == "multichoice"
    assert element.findtext("single") == "true"
    assert same(element.findtext("questiontext/text"), q.text)
    found = {a.findtext("text"): a for a in element.findall("answer")}
    assert len(found) == len(q.answers)
    for answer in q.answers:
        (read,) = (a for text, a in found.items() if same(text, answer.says))
        assert read.get("fraction") == ("100" if answer.right else "0")
        assert same(read.findtext("feedback/text"), answer.why)
    assert {t.findtext("text") for t in element.iter("tag")} == set(q.tags)


@pytest.mark.parametrize("q", COMPUTED, ids=lambda q: q.id)
def test_moodle_computes_what_xentlib_computes(q, moodle):
    element = by_name(moodle, q.id)
    assert element.get("type") == "calculated"
    assert len(rows(element)) >= source.VARIANTS
    assert not misjudged(q, element)
    fractions = [a.get("fraction") for a in element.findall("answer")]
    assert fractions == ["100"] + ["0"] * len(q.answers)
    assert {a.findtext("tolerancetype") for a in element.findall("answer")} == {"2"}


@pytest.mark.parametrize("q", COMPUTED, ids=lambda q: q.id)
def test_moodle_can_fill_in_all_texts(q, moodle):
    element = by_name(moodle, q.id)
    texts = [t.text or "" for t in element.iter("text")]
    for row in rows(element)[:3]:
        for text in texts:
            computed = re.sub(
                r"\{=([^{}]*(?:\{[^{}]+\}[^{}]*)*)\}",
                lambda place, row=row: str(moodle_value(place[1], row)),
                text,
            )
            for name in row:
                computed = computed.replace(f"{{{name}}}", "1")
            assert "{" not in computed


def test_a_formula_with_swapped_arguments_is_caught(moodle):
    q = next(q for q in COMPUTED if q.id == "3-dry-or-wet")
    element = ElementTree.fromstring(ElementTree.tostring(by_name(moodle, q.id)))
    right, swapped = element.findall("answer")[:2]
    right.find("text").text = swapped.findtext("text")
    assert misjudged(q, element)


def test_what_moodle_cannot_say_is_refused():
    with pytest.raises(NameError):
        formats.formula("js_divergence([p, 1 - p], [q, 1 - q])", ["p", "q"])


# --- GIFT


def read_gift(text):
    """The questions of a GIFT file: name → (text, answers as (sign, text, feedback))."""
    found = {}
    for block in re.split(r"\n\s*\n", text):
        lines = [line for line in block.splitlines() if not line.startswith(("//", "$CATEGORY"))]
        if lines:
            head = re.fullmatch(
                r"::(.+?)::\[markdown\](.*?)(?<!\\)\{(#?)(.*)(?<!\\)\}", "\n".join(lines), re.S
            )
            name, said, numeric, body = head.groups()
            found[unescaped(name)] = unescaped(said), bool(numeric), read_answers(body)
    return found


def read_answers(body):
    parts = re.split(r"(?<!\\)([=~])", body)[1:]
    answers = []
    for sign, part in zip(parts[::2], parts[1::2], strict=True):
        says, why = re.split(r"(?<!\\)#", part, maxsplit=1)
        answers.append((sign, unescaped(says), unescaped(why)))
    return answers


def unescaped(text):
    return re.sub(r"\\(.)", r"\1", text).strip()


def test_gift_holds_every_variant_with_its_answers_and_reasons(teacher, drawn):
    found = read_gift((teacher / "questions.gift").read_text("utf-8"))
    assert set(found) == set(drawn)
    for name, (text, numeric, answers) in found.items():
        variant = drawn[name]
        assert same(text, variant.text)
        assert numeric == (variant.question.kind == "number")
        if numeric:
            check_gift_numbers(variant, answers)
        else:
            expected = [("=" if a.right else "~", a.says, a.why) for a in variant.answers]
            assert [(s, plain(t), plain(w)) for s, t, w in answers] == [
                (s, plain(t), plain(w)) for s, t, w in expected
            ]


def check_gift_numbers(variant, answers):
    read = [re.fullmatch(r"(%0%)?(-?[\d.e-]+):([\d.]+)", says).groups() for _, says, _ in answers]
    assert [bool(zero) for zero, *_ in read] == [False] + [True] * len(variant.slips)
    reasons = [variant.right.why, *(why for _, why in variant.slips)]
    assert [plain(why) for *_, why in answers] == [plain(why) for why in reasons]
    expected = [variant.value, *(number for number, _ in variant.slips)]
    for (_, number, tolerance), value in zip(read, expected, strict=True):
        assert float(number) == pytest.approx(value, rel=1e-5)
        assert float(tolerance) == variant.question.tolerance


def test_gift_signs_in_a_text_are_escaped():
    assert formats.escaped("H{p} = 1: ~ #") == r"H\{p\} \= 1\: \~ \#"


# --- Canvas

QTI = "{http://www.imsglobal.org/xsd/ims_qtiasiv1p2}"


@pytest.fixture(scope="module")
def canvas(teacher):
    """The items of the six archives by their names, and the sizes of their groups."""
    items, picks = {}, []
    for chapter in source.CHAPTERS:
        with zipfile.ZipFile(teacher / f"canvas_chapter_{chapter}.zip") as archive:
            manifest = ElementTree.fromstring(archive.read("imsmanifest.xml"))
            files = [e.get("href") for e in manifest.iter() if e.tag.endswith("}file")]
            assert files
            assert set(files) <= set(archive.namelist())
            (quiz,) = (f for f in files if "meta" not in f)
            root = ElementTree.fromstring(archive.read(quiz))
        items |= {item.get("title"): item for item in root.iter(f"{QTI}item")}
        for section in root.find(f"{QTI}assessment/{QTI}section").findall(f"{QTI}section"):
            number = section.find(f".//{QTI}selection_number").text
            picks.append((number, len(section.findall(f"{QTI}item"))))
    return items, picks


def scoring(item):
    """The condition that gives the points."""
    (found,) = (
        condition
        for condition in item.iter(f"{QTI}respcondition")
        if condition.findtext(f"{QTI}setvar") == "100"
    )
    return found.find(f"{QTI}conditionvar")


def reasons(item):
    return {
        f.get("ident"): f.find(f".//{QTI}mattext").text for f in item.iter(f"{QTI}itemfeedback")
    }


def test_canvas_gets_every_variant_and_gives_each_student_one(canvas, drawn):
    items, picks = canvas
    assert set(items) == set(drawn)
    assert picks == [("1", source.VARIANTS)] * len(COMPUTED)


def test_canvas_scores_the_right_choice_and_knows_every_reason(canvas, drawn):
    for name, item in canvas[0].items():
        variant = drawn[name]
        if variant.question.kind == "number":
            continue
        texts = {e.get("ident"): e.find(f".//{QTI}mattext").text
                 for e in item.iter(f"{QTI}response_label")}  # fmt: skip
        right = scoring(item).findtext(f"{QTI}varequal")
        assert same(texts[right], variant.right.says)
        told = reasons(item)
        for ident, text in texts.items():
            (answer,) = (a for a in variant.answers if same(a.says, text))
            assert same(told[f"{ident}_fb"], answer.why)


def test_canvas_scores_the_right_number(canvas, drawn):
    for name, item in canvas[0].items():
        variant = drawn[name]
        if variant.question.kind == "choice":
            continue
        condition, tolerance = scoring(item), variant.question.tolerance
        low = float(condition.find(f".//{QTI}vargte").text)
        high = float(condition.find(f".//{QTI}varlte").text)
        assert low == pytest.approx(variant.value - tolerance, abs=1e-4)
        assert high == pytest.approx(variant.value + tolerance, abs=1e-4)
        told = reasons(item)
        assert same(told["correct_fb"], variant.right.why)
        for _, why in variant.slips:
            assert squeezed(why) in squeezed(told["general_incorrect_fb"])


# --- voting tools


def test_the_table_for_votes_points_to_the_right_answer(teacher, drawn):
    with (teacher / "votes.csv").open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.DictReader(file))
    assert [line["id"] for line in lines] == list(drawn)
    for line in lines:
        variant = drawn[line["id"]]
        assert line["question"] == plain(variant.text)
        assert line[f"answer {line['right']}"] == plain(variant.right.says)
        assert line[f"feedback {line['right']}"] == plain(variant.right.why)
        assert sum(bool(line[f"answer {a}"]) for a in "ABCDE") == len(variant.answers)


# --- Anki


def notes(file, folder):
    """The cards of a deck: guid → (fields, tags)."""
    with zipfile.ZipFile(file) as archive:
        archive.extract("collection.anki2", folder)
    database = sqlite3.connect(folder / "collection.anki2")
    try:
        found = database.execute("select guid, flds, tags from notes").fetchall()
        assert database.execute("select count(*) from cards").fetchone() == (len(found),)
    finally:
        database.close()
    return {guid: (fields.split("\x1f"), tags.split()) for guid, fields, tags in found}


@pytest.fixture(scope="module")
def deck(built, tmp_path_factory):
    return notes(built / "student/questions/cards.apkg", tmp_path_factory.mktemp("anki"))


def test_the_students_deck_holds_all_but_the_hard_questions(deck):
    theirs = {fields[-1] for fields, _ in deck.values()}
    assert theirs == {q.id for q in BANK if q.difficulty < source.HELD_BACK}
    assert not any("difficulty-3" in tags for _, tags in deck.values())


def test_a_card_shows_the_right_answer_and_every_reason(deck):
    cards = {card.question.id: card for card in source.cards(BANK, SEED)}
    for (text, choices, right, against, name), _ in deck.values():
        card = cards[name]
        assert same(text, card.text)
        assert same(right, card.right.says + card.right.why)
        assert all(squeezed(a.why) in squeezed(right + against) for a in card.answers)
        assert bool(choices) == (card.question.kind == "choice")


def test_no_number_of_the_teachers_variants_is_on_a_students_card(deck, drawn, moodle):
    theirs = {squeezed(fields[0]) for fields, _ in deck.values()}
    mine = {squeezed(v.text) for v in drawn.values() if v.question.kind == "number"}
    assert not theirs & mine
    for q in COMPUTED:
        kept = {k: Fraction(v) for k, v in source.cases(q, SEED)[0].items()}
        for row in rows(by_name(moodle, q.id)):
            assert {k: Fraction(v) for k, v in row.items()} != kept


def test_a_card_keeps_its_id_whatever_the_seed_is(deck, tmp_path):
    formats.anki(tmp_path / "other.apkg", source.cards(BANK, SEED + 1))
    assert set(notes(tmp_path / "other.apkg", tmp_path)) == set(deck)


# --- the folders


def test_the_students_get_nothing_but_the_cards(built):
    found = [file.name for file in (built / "student").rglob("*") if file.is_file()]
    assert found == ["cards.apkg"]


def test_equal_seeds_give_equal_files(built, tmp_path):
    source.build(tmp_path / "student", tmp_path / "teacher", SEED)
    for part in ("student", "teacher"):
        first, second = built / part / "questions", tmp_path / part / "questions"
        names = sorted(file.name for file in first.iterdir())
        assert names == sorted(file.name for file in second.iterdir())
        assert filecmp.cmpfiles(first, second, names, shallow=False) == (names, [], [])


def test_no_archive_tells_when_it_was_made(teacher, built):
    for file in [*teacher.glob("*.zip"), built / "student/questions/cards.apkg"]:
        with zipfile.ZipFile(file) as archive:
            assert {entry.date_time[0] for entry in archive.infolist()} == {1980}


def test_the_page_for_the_teacher_shows_every_question_and_its_reasons(teacher):
    page = squeezed((teacher / "bank.html").read_text("utf-8"))
    for q in BANK:
        for variant in source.variants(q, SEED):
            assert squeezed(variant.text) in page
            assert all(squeezed(a.why) in page for a in variant.answers)


def test_the_readme_says_what_was_not_tried_and_lists_the_verbal_answers(teacher):
    page = (teacher / "README.md").read_text("utf-8")
    assert f"{len(BANK)} questions" in page
    assert "none of these files has been imported" in page
    assert all(name in page for name in VERBAL)
    assert "{{" not in page
    for file in re.findall(r"^\| `([^`]+)`", page, re.M):
        assert (teacher / file).exists()
