"""The numbers in the book's text, and the cells that back them.

A section is what stands between one heading and the next. A number in its prose, formulas, captions
and alt texts that has a decimal point or a unit must be a rounding, to its own digits, of a number
that one of the section's cells prints or names, or of a fraction, sum or product that the text
writes out. Other whole numbers are free. Numbers in one pair of brackets, and three that are
listed, must stand in a cell in this order, and an equation between numbers must be true.
"""

import re
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

NUMBER = r"(?:\d{1,3}(?:(?:,|\{,\})\d{3})+(?:\.\d+)?|\d*\.\d+|\d+)(?:e[-+]?\d+)?"
BARE = re.compile(rf"(?<![\w.])({NUMBER})(?![\w]|\.\d)")
SPACE = r"(?:\s|~|\\[ ,;]|\\text\{|\\mathrm\{|\$|\*|\{)*"
UNIT = re.compile(rf"{SPACE}(?:(bit|nat|flash)(?:e?s)?\b|(\\?%|per ?cent\b))")
QUOTIENT = re.compile(r"\\d?frac\{?(\d+)\}?\{?(\d+)\}?")
SUM = re.compile(rf"(?<![\w.^]){NUMBER}(?:\s*(?:[-+−×*/·]|\\cdot|\\times)\s*{NUMBER}(?![\w.]*\d))+")
LIST = rf",? (?:and )?(?:(?!to|at|by|after)[A-Za-z]+ )?{NUMBER}(?![\w.]*\d| ?[·=+−/])"
GROUP = re.compile(  # in brackets, or listed one after another
    rf"\(\s*-?{NUMBER}(?:\s*,(?:\\ )?\s*-?{NUMBER})+\s*\)|(?<![\w.(-]){NUMBER}(?:{LIST}){{2,}}"
)
EQUATION = re.compile(
    rf"(?<![-−])(?<![-−] )(?P<sum>{SUM.pattern})\s*=\s*(?P<result>[-−]?{NUMBER})"
    r"(?!\.?\d)(?!\s*(?:[-+−×*/·^(]|\\cdot|\\times|\\log|\\ln))"
)
SIGNS = str.maketrans({"−": "-", "×": "*", "·": "*"})

UNCHECKED = [  # text that is not a claim about a number
    r"(?m)^\s*`{3,}.*?$|^:::+\{[\w:-]+\}|^\s*:[\w-]+:.*$|^\([\w-]+\)=\s*$",  # directives, labels
    r"\{[\w:]+\}`[^`]*`",  # roles
    r"\]\([^)\s]*\)|<?https?://\S+",  # link targets
    r"(?i)\b(?:chapters?|exercises?|python|version|CC BY)\s+\d+(?:\.\d+)*",  # names
]
NOT_LITERALS = r":[<>^+,]*\d*,?(?:\.\d+)?[fdeg%s]?(?=\})"  # how a number is printed


@dataclass
class Section:
    """The text between two headings, and the cells that stand there."""

    title: str
    text: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    outputs: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Number:
    """A number as it is written: its value, its decimals, its unit, and where it stands."""

    shown: str
    value: Decimal
    decimals: int
    unit: str
    start: int

    def __str__(self):
        return f"{self.shown} {self.unit}".strip()

    @property
    def is_claim(self):
        return "." in self.shown or bool(self.unit)

    def rounds(self, value):
        return abs(self.value - value) <= Decimal(f"0.5000001e{-self.decimals}")

    def is_backed_by(self, other):
        """Whether ``other`` is this number, with more digits perhaps, and in no other unit."""
        scales = (1, 100) if self.unit == "%" and not other.unit else (1,)
        same = self.unit == other.unit or not (self.unit and other.unit)
        return same and any(self.rounds(other.value * scale) for scale in scales)


def numbers(text):
    """All numbers in ``text``, in order. A flash is a bit."""
    found = []
    for match in BARE.finditer(text):
        value = Decimal(match[1].replace("{,}", "").replace(",", ""))
        unit = UNIT.match(text, match.end())
        name = (unit and ({"flash": "bit"}.get(unit[1], unit[1]) or "%")) or ""
        decimals = max(0, -value.as_tuple().exponent)
        found.append(Number(match[1], value, decimals, name, match.start(1)))
    return found


def claims(text):
    """The numbers of a text that must be backed; what makes no claim is blanked."""
    for pattern in UNCHECKED:
        text = re.sub(pattern, lambda found: " " * len(found[0]), text)
    return [number for number in numbers(text) if number.is_claim]


def worked_out(text):
    """The results of the fractions, sums and products that a text writes out."""
    text = QUOTIENT.sub(r"\1/\2", text.replace("{,}", ""))
    text = re.sub(r"\\cdot|\\times", "*", text).translate(SIGNS)
    results = []
    for found in SUM.finditer(text):
        exact = re.sub(NUMBER, lambda n: f"Fraction('{n[0].replace(',', '')}')", found[0])
        try:
            value = eval(exact, {"Fraction": Fraction})
        except ZeroDivisionError:
            continue
        results.append(Number(found[0], Decimal(value.numerator) / value.denominator, 0, "", 0))
    return results


def untrue(text):
    """The equations between numbers that are false, as they are written."""
    return [
        found[0]
        for found in EQUATION.finditer(QUOTIENT.sub(r"\1/\2", text))
        for total in worked_out(found["sum"])[:1]
        for result in numbers(found["result"].translate(SIGNS).lstrip("-"))
        if not result.rounds(abs(total.value))
    ]


def torn(texts, cells):
    """The groups of numbers, in brackets or listed, that no cell has in this order."""
    lines = [[n.value for n in numbers(line)] for cell in cells for line in cell.splitlines()]
    whole = [[n.value for n in numbers(cell)] for cell in cells]
    problems = []
    for group in (group for text in texts for group in GROUP.finditer(text)):
        wanted = numbers(group[0])
        if group[0][0] == "(":
            values = [n.value for n in wanted]
            found = any(
                values == line[k : k + len(values)] for line in lines for k in range(len(line))
            )
        else:
            found = any(follows(wanted, iter(cell)) for cell in whole)
        if not found and any(n.decimals for n in wanted):
            problems.append(group[0])
    return problems


def follows(wanted, values):
    """Whether the numbers come in this order, with others between them."""
    return all(any(number.rounds(value) for value in values) for number in wanted)


def sections(notebook):
    """The sections of a notebook, in order."""
    found = [Section("(before the first heading)")]
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            for part in re.split(r"(?m)^(?=#{1,6} )", cell.source):
                if part.startswith("#"):
                    found.append(Section(part.splitlines()[0].lstrip("# ")))
                found[-1].text.append(part)
        elif cell.cell_type == "code":
            found[-1].sources.append(cell.source)
            found[-1].outputs += [output_text(output) for output in cell.outputs]
            found[-1].text += figure_text(cell)
    return found


def output_text(output):
    """What a reader reads of an output."""
    data = output.get("data", {})
    shown = data.get("text/plain", "") + data.get("text/markdown", "") + data.get("text/html", "")
    return re.sub(r"<[^>]+>", " ", output.get("text", "") + shown)


def figure_text(cell):
    """The caption and the alt text of a cell's figure."""
    mystnb = cell.metadata.get("mystnb", {})
    texts = mystnb.get("figure", {}).get("caption"), mystnb.get("image", {}).get("alt")
    return [text for text in texts if text]


def literals(source):
    """The numbers that code names."""
    return numbers(re.sub(NOT_LITERALS, " ", source).replace("_", ""))


def unbacked(section):
    """The numbers of a section's text that nothing in the section backs, as sentences."""
    return unbacked_text(section.text, section.sources, section.outputs, f"«{section.title}»")


def unbacked_text(texts, sources, outputs, where):
    """The numbers of ``texts`` that neither code nor its output nor a sum in them backs."""
    backing = [number for output in outputs for number in numbers(output)]
    backing += [number for source in sources for number in literals(source)]
    backing += [number for text in [*texts, *sources] for number in worked_out(text)]
    problems = [
        f"{number} is backed by no cell beside it"
        for text in texts
        for number in claims(text)
        if not any(number.is_backed_by(other) for other in backing)
    ]
    problems += [f"{equation} is false" for text in texts for equation in untrue(text)]
    problems += [f"{g} stands in no cell" for g in torn(texts, sources + outputs)]
    return [f"{where}: {problem}" for problem in problems]
