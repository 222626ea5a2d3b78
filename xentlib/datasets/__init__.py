"""What the chapters read: two plays, and what was measured by the benchmarks.

README.md beside this file names the origin and the licence of each.
"""

import json
import re
from importlib.resources import files
from typing import Any

from .codes import huffman as huffman


def hamlet() -> str:
    """*Hamlet* by William Shakespeare, plain text.

    >>> print(hamlet().splitlines()[0])
    HAMLET, PRINCE OF DENMARK
    """
    return _read("hamlet.txt")


def macbeth() -> str:
    """*Macbeth* by William Shakespeare, plain text."""
    return _read("macbeth.txt")


def letters(text: str) -> str:
    """A text reduced to 27 symbols, the letters a to z and the space.

    >>> letters("To be, or not to be?")
    'to be or not to be'
    >>> len(letters(hamlet())), len(letters(macbeth()))
    (162576, 97117)
    """
    return re.sub("[^a-z]+", " ", text.lower()).strip()


def measurements(name: str) -> dict[str, Any]:
    """What ``make bench`` has measured: accuracy, figures, practice, silence, site,
    speed or training.

    >>> sorted(measurements("silence"))
    ['questions', 'versions']
    """
    return json.loads(_read(f"measured/{name}.json"))


def _read(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")
