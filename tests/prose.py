"""The numbers in the book's text, and the cells that back them.

A section is what stands between one heading and the next. Each number in its prose, formulas,
captions and alt texts must be printed by one of its own code cells, or be a literal in one.
"""

import re
from dataclasses import dataclass, field

NUMBER = r"(?:\d{1,3}(?:(?:,|\{,\})\d{3})+(?:\.\d+)?|\d+\.\d+|\.\d+|\d+)(?:e[-+]?\d+)?"
BARE = re.compile(rf"(?<![\w.])({NUMBER})(?![\w]|\.\d)")
UNIT = re.compile(r"(?:\s|~|\$|\\[ ,;]|\{|\\text|\\mathrm)*(bit|nat)s?\b")
GROUP = re.compile(rf"[\[(]\s*-?{NUMBER}(?:\s*(?:,|\s)\s*-?{NUMBER})+\s*,?\s*[\])]")
RATIO = re.compile(rf"(?<![\w./])({NUMBER})\s*/\s*({NUMBER})(?![\w/])")

UNCHECKED = [  # text that is not a claim
    r"(?m)^\s*`{3,}.*?$|^:::+\{[\w:-]+\}|^:{3,}\s*$|^\s*:[\w-]+:.*$|^\([\w-]+\)=\s*$",  # directives, labels
    r"\{(?:cite|cite:p|cite:t|ref|numref|doc|term|func|download)\}`[^`]*`",
    r"\]\([^)\s]*\)|<?https?://\S+",  # link targets
    r"(?i)\b(?:chapters?|exercises?|figures?|articles?|plots?|python|version)\s+S?\d+(?:\.\d+)*"
    r"(?:(?:,| to| and|–|-)\s+S?\d+(?:\.\d+)*)*",
    r"\b\d+\s+minutes\b",  # tied to the map in intro.md by a test of its own
    r"(?m)^\s*\d+\.\s",  # numbered lists
]
IDIOMS = [  # digits that are part of a formula's form
    r"(?<![\w.])1\s*-\s*(?=[a-zA-Z\\(])|(?<=[a-z})])\s*-\s*1\b",  # complements
    r"\\log_\{?(?:2|10)\}?|log2|\bb\s*=\s*2\b",
    r"[a-zA-Z]\s*=\s*1\s*(?=\}\s*\^)",  # a sum from 1
    r"(?<=[\w})'])_(?:\{[\w,+-]*\}|\w)",  # indices
    r"\^\{?2\}?(?!\d)",  # squares
    r"\\frac\{?1\}?(?=[\s{])|(?<![\w.])1\s*/\s*(?=[a-zA-Z(])",  # reciprocals
]
NOT_LITERALS = [r"\bbase=2\b", r"\baxis=-?\d\b", r"\{([^{}]*?)!?:[^{}]*\}", r"\bdefault_rng\(\d*\)"]


@dataclass
class Section:
    """The text between two headings, and the cells that stand there."""

    title: str
    text: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    outputs: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Number:
    """A number as it is written: its value, its decimals, and its unit, if any."""

    shown: str
    value: float
    decimals: int
    unit: str = ""

    def is_shown_by(self, other, scale=1.0):
        """Whether ``other``, rounded to this number's digits, is this number."""
        if self.decimals > other.decimals and self.value != other.value * scale:
            return False
        if self.decimals == 0 and scale == 1.0:
            return self.value == other.value
        return abs(self.value - other.value * scale) <= 0.5000001 * 10.0**-self.decimals


def numbers(text):
    """All numbers in ``text``, in order."""
    found = []
    for match in BARE.finditer(text):
        shown = match[1]
        plain = shown.replace("{,}", "").replace(",", "")
        decimals = len(plain.partition("e")[0].partition(".")[2])
        unit = UNIT.match(text, match.end())
        found.append(Number(shown, float(plain), decimals, unit[1] if unit else ""))
    return found


def checked_text(text):
    """The text without what makes no claim: markup, link targets, forms of formulas."""
    for pattern in UNCHECKED + IDIOMS:
        text = re.sub(pattern, " ", text)
    return text


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
        source = re.sub(pattern, r" \1 " if "(" in pattern and "{" in pattern else " ", source)
    return numbers(source.replace("_", ""))


def unbacked(section):
    """The numbers of a section's text that no cell of the section backs, as sentences."""
    printed = [numbers(output) for output in section.outputs]
    runs = printed + [literals(source) for source in section.sources]
    everything = [number for run in runs for number in run]
    problems = []
    for text in map(checked_text, section.text):
        for number, percent in _with_percent(text):
            if not _is_backed(number, percent, printed, everything):
                unit = f" {number.unit}s" if number.unit else "%" if percent else ""
                problems.append(f"«{section.title}»: {number.shown}{unit} is not backed by a cell beside it")
        for group in [*GROUP.finditer(text), *RATIO.finditer(text)]:
            wanted = numbers(re.sub("[/]", " / ", group[0]))
            if not any(_holds(run, wanted) for run in runs):
                problems.append(f"«{section.title}»: {group[0]} stands in no cell beside it in this order")
    return problems


def _with_percent(text):
    spans = [m.end() for m in BARE.finditer(text)]
    for number, end in zip(numbers(text), spans, strict=True):
        yield number, bool(re.match(r"\s*\\?%|\s+percent\b", text[end:]))


def _is_backed(number, percent, printed, everything):
    if number.unit:
        pool = [n for run in printed for n in run if n.unit == number.unit]
        return any(number.is_shown_by(n) for n in pool)
    return any(
        number.is_shown_by(n) or (percent and number.is_shown_by(n, scale=100.0)) for n in everything
    )


def _holds(run, wanted):
    """Whether the numbers ``wanted`` follow one another in ``run``, as they are or as percents."""
    width = len(wanted)
    return any(
        all(w.is_shown_by(n, scale) for w, n in zip(wanted, run[i : i + width], strict=True))
        for i in range(len(run) - width + 1)
        for scale in (1.0, 100.0)
    )
