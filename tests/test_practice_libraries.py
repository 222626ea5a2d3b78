"""What chapter 11 says of other libraries: their stored answers, where they are installed."""

import numpy as np
import pytest

from benchmarks import peers, practice
from xentlib.datasets import measurements

STORED = measurements("practice")


def changed(stored, library):
    """The calls whose answer is no longer what was stored."""
    given = [
        (one["call"], one[book], {"p": practice.SOUTH, "q": q})
        for one in stored["harbour"]
        for book, q in practice.BOOKS.items()
        if one["library"] == library
    ] + [
        (one["call"], one["answer"], {"p": practice.SOUTH, "q": practice.NORTH})
        for one in stored["clinic"].values()
        if one["library"] == library
    ]
    return [
        call
        for call, answer, given in given
        if not np.allclose(practice.answer(library, call, **given), answer, rtol=1e-5, atol=1e-7)
    ]


@pytest.mark.parametrize("library", practice.NAMES)
def test_a_library_answers_what_is_stored(library):
    if library in peers.missing():
        pytest.skip(f"{library} is not installed: it comes with the extra `bench`")
    assert not changed(STORED, library)


def test_another_answer_is_caught():
    (first, *_) = STORED["harbour"]
    assert changed({"harbour": [first | {"northern": 2.26}], "clinic": {}}, "NumPy")


def test_every_call_is_stored_and_no_other():
    assert [(one["library"], one["call"]) for one in STORED["harbour"]] == practice.HARBOUR
    stored = {name: (one["library"], one["call"]) for name, one in STORED["clinic"].items()}
    assert stored == practice.CLINIC
    assert STORED["versions"].keys() >= practice.NAMES.keys()
