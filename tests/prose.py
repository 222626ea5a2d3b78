"""The numbers in the book's text, and the cells that back them.

A section is what stands between one heading and the next. Each number in its prose, formulas,
captions and alt texts must be printed by one of its own code cells, or be a literal in one.
"""

import re
from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal

NUMBER = r"(?:\d{1,3}(?:(?:,|\{,\})\d{3})+(?:\.\d+)?|\d+\.\d+|\.\d+|\d+)(?:e[-+]?\d+)?"
BARE = re.compile(rf"(?<![\w.])({NUMBER})(?![\w]|\.\d)")
UNIT = re.compile(r"(?:\s|~|\$|\\[ ,;]|\{|\\text|\\mathrm)*(?:(bit|nat)s?\b|\\?%|percent\b)")
ITEM = rf"{NUMBER}(?: ?\\?%)?"
LISTED = re.compile(
    rf"(?<![\w.\\]){ITEM}(?:(?:, {ITEM})+(?:,? (?:and|or) {ITEM}|(?:, {ITEM}))"
    rf"|(?<=%) (?:and|or|to|against) {ITEM}(?<=%))"
)
GROUP = re.compile(rf"[\[(]\s*-?{NUMBER}(?:\s*(?:,|\s)\s*-?{NUMBER})+\s*,?\s*[\])]")
RATIO = re.compile(rf"(?<![\w./])({NUMBER})(?: %)?\s*/\s*({NUMBER})(?![\w/])")

UNCHECKED = [  # text that is not a claim
    r"(?m)^\s*`{3,}.*?$|^:::+\{[\w:-]+\}|^:{3,}\s*$",  # directives
    r"(?m)^\s*:[\w-]+:.*$|^\([\w-]+\)=\s*$",  # their options, and labels
    r"\{(?:cite|cite:p|cite:t|ref|numref|doc|term|func|download)\}`[^`]*`",
    r"\]\([^)\s]*\)|<?https?://\S+",  # link targets
    r"(?i)\b(?:chapters?|exercises?|figures?|articles?|plots?|questions?|python|version)\s+S?\d+(?:\.\d+)*"
    r"(?:(?:,| to| and|–|-)\s+S?\d+(?:\.\d+)*)*",
    r"\b\d+\s+minutes\b",  # tied to the map in intro.md by a test of its own
    r"(?m)^\s*\**\d+\.(?=\s)",  # numbered lists
]
IDIOMS = [  # digits that are part of a formula's form
    r"(?<![\w.])1\s*-\s*(?=[a-zA-Z\\(])|(?<=[a-z})])\s*-\s*1\b(?!\.)",  # complements
    r"\\log_\{?(?:2|10)\}?|log2|\bb\s*=\s*2\b",
    r"[a-zA-Z]\s*=\s*1\s*(?=\}\s*\^)",  # a sum from 1
    r"(?<!\\log)(?<!\\ln)(?<=[\w})'])_(?:\{[\w,+-]*\}|\w)",  # indices
    r"\^\{?2\}?(?!\d)",  # squares
    r"\\frac\{?1\}?(?=\s*\{?[a-zA-Z\\])|(?<![\w.])1\s*/\s*(?=[a-zA-Z(])",  # reciprocals
]
ODD = re.compile(  # what a formula or a sentence of this book never says
    "|".join(
        [
            r"\\sum_\{\w+\s*=\s*(?!1\b)\d+",  # sums start at 1
            r"\\?log_?\{?(?!2\b|10\b|1p\b)\d+|\bbase ?=? ?(?!2\b|10\b)\d+",
            r"\bfloat(?!16\b|32\b|64\b)\d+|\bpython(?!3\b)\d+",
            r"(?<![\w.,^{/])[02-9] ?- ?[pqy]\b",  # a complement is 1 - p
            r"\\frac\{?[02-9]\}?\s*\{?[A-Zapq]|(?<![\w.])[02-9]/[pqNK]\b",
            r"(?<![\w.^{-])[02-9] \+ \\?[a-z]|\([02-9] - \\?[a-zA-Z]",  # 1 + x, 1 - x
            r"[a-z]\)(?:\^2)? ?/ ?[013-9]\b",  # halves
            r"(?!0 ?\\log 0 ?= ?0)\d ?\\log \d ?= ?\d",
            r"(?<![\d.,])0(?:\d*[2-9]|\d\d+)",  # 05
            r"(?<![\w.])0 ?/|[02-9] ?- ?\\sigma|\\frac\{0\}|[02-9]/\\text",
            r"(?<![\d.,])(?:[02-9] (?:bit|nat)|1 (?:bits|nats))\b",  # 1 bit, 2 bits
            r"(?<![\w.])1 ?\\?,?(?:[tsdV]\b|\\pi)",  # a coefficient of one
            r"(?<![\w.])[013-9]\^\{?-?[kmns]|\^(?:[013-9](?!\d)|\{[013-9]\})",  # powers
            r"\}\{[01]\}",  # a denominator
            r"\b[PQ](?!1\b)\d+",  # letters of an article
        ]
    )
)
SUM = re.compile(
    rf"(?<![\w.{{(^/+*-])(?<![+*/-] )(?<!cdot )"
    rf"(?P<terms>{NUMBER}(?: ?(?:[-+−×]|\\cdot|\\times) ?{NUMBER})+) ?= ?(?P<result>[-−]?{NUMBER})"
)
NOT_LITERALS = [
    r"\bbase=2\b|\baxis=-?\d\b|\bdefault_rng\(\d*\)",
    r":[<>^+,]*\d*,?(?:\.\d+)?[fdeg%s]?(?=\})",  # how a number is printed
]


@dataclass
class Section:
    """The text between two headings, and the cells that stand there."""

    title: str
    text: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    outputs: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Number:
    """A number as it is written: its value, its decimals, and its unit (bit, nat, %), if any."""

    shown: str
    value: Decimal
    decimals: int
    unit: str = ""

    def __str__(self):
        return self.shown + {"": "", "%": " %"}.get(self.unit, f" {self.unit}s")

    def is_shown_by(self, other, scale=1):
        """Whether ``other``, rounded to this number's digits, is this number."""
        value = other.value * scale
        if self.value == value:
            return True
        rounds = self.decimals >= 3 or self.unit  # 0.25 is no rounding of 0.2477, 0.81 bits may be
        if not rounds or self.decimals > other.decimals or (self.decimals == 0 and scale == 1):
            return False
        return abs(self.value - value) <= Decimal(f"0.5000001e{-self.decimals}")

    def is_backed_by(self, printed, literal):
        """Whether a printed number or a literal is this one; bits and nats must be printed."""
        if self.unit in ("bit", "nat"):
            return any(self.is_shown_by(n) for n in printed if n.unit == self.unit)
        if self.unit == "%" and any(
            self.is_shown_by(n, 100) for n in printed + literal if not n.unit
        ):
            return True
        return any(self.is_shown_by(n) for n in printed + literal)


def numbers(text):
    """All numbers in ``text``, in order."""
    found = []
    for match in BARE.finditer(text):
        plain = match[1].replace("{,}", "").replace(",", "")
        value = Decimal(plain)
        unit = UNIT.match(text, match.end())
        decimals = max(0, -value.as_tuple().exponent)
        found.append(Number(match[1], value, decimals, (unit[1] or "%") if unit else ""))
    return found


def claims(text):
    """The text without what makes no claim: markup, link targets, references."""
    for pattern in UNCHECKED:
        text = re.sub(pattern, " ", text)
    return text


def checked_text(text):
    """The claims without the digits that are part of a formula's form."""
    text = claims(text)
    for pattern in IDIOMS:
        text = re.sub(pattern, " ", text)
    text = re.sub(r"\\frac\{1\}\{2\}", " ", text)
    text = re.sub(r"\\frac\{(\d+)\}\{(\d+)\}", r" \1/\2 ", text)
    return re.sub(r"\b(\d+)/(\d+)\b", percents, text)


def percents(ratio):
    """75/25 as 75 %/25 %: two numbers that make a hundred are shares of it."""
    one, other = ratio.groups()
    return f"{one} %/{other} %" if int(one) + int(other) == 100 else ratio[0]


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
    text = output.get("text", "") + data.get("text/plain", "") + data.get("text/html", "")
    return re.sub(r"<[^>]+>", " ", text)


def figure_text(cell):
    """The caption and the alt text of a cell's figure."""
    mystnb = cell.metadata.get("mystnb", {})
    return [
        text
        for text in (mystnb.get("image", {}).get("alt"), mystnb.get("figure", {}).get("caption"))
        if text
    ]


def literals(source):
    """The numbers that code names."""
    for pattern in NOT_LITERALS:
        source = re.sub(pattern, " ", source)
    return numbers(source.replace("_", ""))


def unbacked(section):
    """The numbers of a section's text that no cell of the section backs, as sentences."""
    return unbacked_text(section.text, section.sources, section.outputs, f"«{section.title}»")


def unbacked_text(texts, sources, outputs, where):
    """The numbers of ``texts`` that neither code nor its output backs."""
    problems = []
    cells = "\n".join(sources + outputs)
    printed = [number for output in outputs for number in numbers(output)]
    literal = [number for source in sources for number in literals(source)]
    runs = [run for source in sources for run in runs_of(source, literals)]
    runs += [run for output in outputs for run in runs_of(output, numbers)]
    for whole in texts:
        problems += odd(claims(whole), cells)
        text = checked_text(whole)
        problems += [
            f"{number} is not backed by a cell beside it"
            for number in numbers(text)
            if not number.is_backed_by(printed, literal)
        ]
        for ratio in RATIO.finditer(text):
            one, other = numbers(ratio[0].replace("/", " / "))
            if not re.search(rf"\b{one.shown} ?/ ?{other.shown}\b", cells) and not any(
                follows(run, [one, other]) for run in (runs if one.unit else [])
            ):
                problems.append(f"{ratio[0]} stands in no cell beside it")
        for group in GROUP.finditer(text):
            wanted = numbers(group[0])
            if not any(len(run) == len(wanted) and follows(run, wanted) for run in runs):
                problems.append(f"{group[0]} stands in no cell beside it")
        for items in LISTED.finditer(text):
            wanted = numbers(items[0])
            if not in_order(printed, wanted) and not any(follows(run, wanted) for run in runs):
                problems.append(f"{items[0]} stands in no cell beside it in this order")
    return [f"{where}: {problem}" for problem in problems]


def runs_of(text, numbers):
    """The numbers of a text that belong together: those in one pair of brackets, or on one line."""
    groups = [group[0] for group in GROUP.finditer(text)]
    return [numbers(part) for part in groups + text.splitlines()]


def odd(text, cells):
    """What cannot be right in a text, whatever is computed: false sums, strange formulas."""
    problems = [f"{found[0]!r} is odd" for found in ODD.finditer(text)]
    indices = Counter(re.findall(r"\b[a-zA-Z]_\{?(\d)\b", text))
    if indices and (
        min(indices.values()) == 1 < max(indices.values()) or int(max(indices)) > len(indices)
    ):
        problems.append(f"the indices {sorted(indices)} do not go together")
    for factor, name in re.findall(r"(?<![\w.^])(\d+)(?:\\,| )?(\\pi|[a-zA-Z])(?![a-zA-Z])", text):
        if factor != "2" and f"{factor} * {name}" not in cells:
            problems.append(f"{factor}{name} stands in no cell beside it")
    for divisor in re.findall(r"[\])] ?/ ?(\d+)\b", text):
        if not re.search(rf"[\])] ?/ ?{divisor}\b|\b{divisor}\)", cells):
            problems.append(f"(...)/{divisor} stands in no cell beside it")
    for name, value in re.findall(rf"\b([pq])(?:_\w)? ?= ?({NUMBER})(?! ?\^)", text):
        if float(value) > 1:
            problems.append(f"{name} = {value} is no probability")
    for name, value in re.findall(r"(?<!\w)([a-zA-Z]) = (\d)(?![\d.]| ?\^)", text):
        if (name not in "hipqxyz" or value not in "01") and not re.search(
            rf"\b{name} ?= ?{value}(?![\d.])", cells
        ):
            problems.append(f"{name} = {value} stands in no cell beside it")
    for value in re.findall(r"\\ln ?(\d+)\b", text):
        if value not in "02" and f"log({value})" not in cells:
            problems.append(f"the logarithm of {value} is taken in no cell beside it")
    for p, bits in re.findall(r"(?:\\log_2 |\bs\()(\d)\)? = (\d|\\infty)(?![\d.])", text):
        if (p, bits) not in {("1", "0"), ("0", r"\infty")}:
            problems.append(f"the surprisal of {p} is not {bits}")
    for form in re.findall(r"\d \+ e\^|\\frac\{\d\}\{(?:\d \+ e|\w? ?\\sqrt)", text):
        if set(re.findall(r"\d", form)) != {"1"}:
            problems.append(f"{form} is neither of a sigmoid nor of a normal density")
    for rest in re.findall(r"\[(?:[a-z], (\d) - [a-z]|(\d) - [a-z], [a-z])\]", text):
        if "1" not in rest:
            problems.append("two probabilities must sum to one")
    for one, other in re.findall(r"([a-z]_\d) \+? ?([a-z]_\d)", text):
        if one == other:
            problems.append(f"{one} stands twice")
    for name in re.findall(r"\b[a-z]{2,}\d\b", text):
        if name not in cells and name not in ("log2", "python3"):
            problems.append(f"{name} stands in no cell beside it")
    for code in re.findall(r"`([^`\n]+)`", text):
        if re.search(r"\w\(.*\d", code) and code not in cells:
            problems.append(f"the code {code} stands in no cell beside it")
    for found in SUM.finditer(text):
        terms = re.sub(r"\\cdot|\\times|×", "*", found["terms"]).replace("−", "-")
        result = numbers(found["result"])[0]
        value = -result.value if found["result"][0] in "-−" else result.value
        if abs(eval(terms) - float(value)) > 1.5 * 10.0**-result.decimals:
            problems.append(f"{found[0]} is false")
    return problems


def follows(run, wanted):
    """Whether the numbers ``wanted`` follow one another in ``run``, as they are or as percents."""
    width = len(wanted)
    return any(
        all(w.is_shown_by(n, scale) for w, n in zip(wanted, run[i : i + width], strict=True))
        for i in range(len(run) - width + 1)
        for scale in (1, 100)
    )


def in_order(run, wanted):
    """Whether the numbers ``wanted`` stand in ``run`` in this order, with others between them."""
    return any(
        all(any(w.is_shown_by(n, scale) for n in rest) for w in wanted)
        for scale in (1, 100)
        for rest in [iter(run)]
    )
