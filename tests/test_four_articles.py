"""The appendix on the four articles: each claim is there once, with the verdict that was agreed.

After the guard stands its test: it is shown to fail on a tampered copy.
"""

import copy
import re
from collections import Counter

import pytest
from notebooks import ROOT, read

APPENDIX = ROOT / "chapters" / "four_articles.ipynb"
CLAIMS = {"S1": 22, "S2": 44, "S3": 31, "S4": 30}
NUMBERS = [f"{article}-{n:02}" for article, last in CLAIMS.items() for n in range(1, last + 1)]
WORDS = {
    "T": "right",
    "C": "right if",
    "I": "imprecise",
    "F": "wrong",
    "O": "a matter of taste",
    "X": "cannot be checked here",
}
LETTERS = {  # one verdict for each claim, in order
    "S1": "OOITCIITIT CTFTCFICCC TT",
    "S2": "XITCTCTTIT TCCTIICICT TFTFTFIITC TCCCTFTFTI TTIO",
    "S3": "OCITCICITI TTOCTCFITT TIFFICFCTI T",
    "S4": "ITTTFITFIC TCTCTCTTCT FTCTTICTTI",
}
VERDICTS = dict(zip(NUMBERS, "".join(LETTERS.values()).replace(" ", ""), strict=True))
PLACES = ["text", "reading", "example", "formula", "figure"]
LOST = ["", ", image lost", ", not found"]
ROW = re.compile(
    r"(?m)^\| (S\d-\d+) · ([\w, ]+) \| ([^|]+) \| \*\*([\w ]+)\*\* ?([^|]*)\| ([^|]+) \|$"
)


def texts(notebook):
    return [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]


def rows(notebook):
    """(number, place, claim, verdict, condition, repair) of each claim, in order."""
    return [row for text in texts(notebook) for row in ROW.findall(text)]


def problems(notebook):
    """What is wrong with the appendix, as sentences."""
    found = [problem for row in rows(notebook) for problem in problems_in_row(*row)]
    numbers = [row[0] for row in rows(notebook)]
    started = re.findall(r"(?m)^\| (S\d-\d+)", "\n".join(texts(notebook)))
    found += [f"{number} is no full row" for number in started if number not in numbers]
    if numbers != NUMBERS:
        odd = Counter(numbers) - Counter(NUMBERS) + (Counter(NUMBERS) - Counter(numbers))
        found.append(f"missing, twice, unknown or out of order: {list(odd)}")
    found += problems_in_tally(notebook)
    return found + [f"a long quotation: {quote}" for quote in long_quotations(notebook)]


def problems_in_row(number, place, claim, verdict, condition, repair):
    if place not in [where + how for where in PLACES for how in LOST]:
        yield f"{number} has the unknown place {place}"
    if verdict not in WORDS.values():
        yield f"{number} has the unknown verdict {verdict}"
    elif verdict != WORDS.get(VERDICTS.get(number)):
        yield f"{number} is called {verdict}"
    if (verdict == "right if") != bool(condition.strip()):
        yield f"{number} needs a condition, or has one too many"


def problems_in_tally(notebook):
    """What the table of all verdicts does not count rightly."""
    counted = {
        name: [int(n) for n in numbers.split("|")]
        for name, numbers in re.findall(
            r"(?m)^\| ([\w ]+) \| ([\d |]+) \|$", "\n".join(texts(notebook))
        )
    }
    letters = [row.replace(" ", "") for row in LETTERS.values()]
    letters.append("".join(letters))
    names = ["Singh", "Zivkovic", "Pardeshi", "the fourth", "all"]
    for name, verdicts in zip(names, letters, strict=True):
        if counted.get(name) != [*map(verdicts.count, WORDS), len(verdicts)]:
            yield f"the verdicts of {name} are counted wrongly"


def long_quotations(notebook):
    """What stands between quotation marks and has more than ten words."""
    return [
        quote
        for text in texts(notebook)
        for quote in re.findall(r"[\"“„]([^\"“”„]+)[\"”“]", text)
        if len(quote.split()) > 10
    ]


# The guard


def test_each_claim_stands_once_with_its_place_and_its_verdict():
    assert not problems(read(APPENDIX))


def test_each_table_of_claims_stands_beside_a_cell_that_computes():
    cells = "\n".join(f"%%{c.cell_type}\n{c.source}" for c in read(APPENDIX).cells)
    for section in re.split(r"(?m)^#{1,6} ", cells):
        assert not ROW.search(section) or "\n%%code\n" in section, section.splitlines()[0]


def test_each_link_to_a_chapter_leads_to_a_page():
    links = re.findall(r"\]\((\w+\.(?:ipynb|md))\)", "\n".join(texts(read(APPENDIX))))
    assert links
    assert all((ROOT / "chapters" / link).is_file() for link in links)


# The test of the guard


TAMPERED = {
    "a flipped verdict": (r"(S1-13.*?)\*\*wrong\*\*", r"\1**right**"),
    "an unknown verdict": (r"(S1-13.*?)\*\*wrong\*\*", r"\1**false**"),
    "a lost condition": (r"(S1-05.*?\*\*right if\*\*)[^|]*", r"\1 "),
    "an unknown place": (r"S4-05 · text", "S4-05 · title"),
    "a lost claim": (r"(?m)^\| S3-31 .*\n?", ""),
    "a claim twice": (r"(?m)^(\| S2-10 .*\n)", r"\1\1"),
    "an unknown claim": (r"(?m)^\| S4-30 ", "| S4-31 "),
    "two claims in another order": (r"(?m)^(\| S2-10 .*\n)(\| S2-11 .*\n)", r"\2\1"),
    "a row without a verdict": (r"\*\*wrong\*\*", "wrong"),
    "a false count": (r"\| Singh \| 7 ", "| Singh | 8 "),
    "a long quotation": (
        r"(?m)^(\| S1-01 · text \| )[^|]*",
        r'\1It says "one two three four five six seven eight nine ten eleven". ',
    ),
}


@pytest.mark.parametrize("fault", TAMPERED)
def test_a_fault_in_the_appendix_is_caught(fault):
    notebook = copy.deepcopy(read(APPENDIX))
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and re.search(TAMPERED[fault][0], cell.source):
            cell.source = re.sub(*TAMPERED[fault], cell.source, count=1)
            break
    else:
        raise AssertionError("nothing was changed")
    assert problems(notebook)


def test_each_flipped_verdict_is_caught():
    for place, row in enumerate(rows(read(APPENDIX))):
        other = "wrong" if row[3] != "wrong" else "right"
        assert list(problems_in_row(*row[:3], other, "", row[5])), place
