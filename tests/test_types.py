"""The type hints: they hold inside the package, and refuse a wrong call outside of it."""

import re
from typing import get_type_hints

import legal
import numpy as np
import pytest
from mypy import api
from notebooks import ROOT
from numpy.typing import ArrayLike, NDArray

import xentlib


def complaints(*files):
    """What mypy finds in files, or in the package, with the project's settings."""
    found, fault, _ = api.run(["--config-file", str(ROOT / "pyproject.toml"), *files])
    assert not fault
    return found


@pytest.fixture
def reader(tmp_path):
    """What mypy finds in a reader's program."""

    def complaints_in(program):
        file = tmp_path / "program.py"
        file.write_text(f"from xentlib import *\n{program}\n")
        return complaints(str(file))

    return complaints_in


@pytest.fixture(autouse=True)
def in_the_project(monkeypatch):
    monkeypatch.chdir(ROOT)


def test_the_package_keeps_its_own_types():
    assert complaints().startswith("Success: no issues found")


def test_a_right_call_is_none(reader):
    assert reader("print(f'{entropy([0.5, 0.5], base=2).mean():.2f} bits')").startswith("Success")


@pytest.mark.parametrize(
    "call",
    [
        "entropy([0.5, 0.5], 2)",  # the base has a name
        "cross_entropy([0, 1])",
        "surprisal(None)",
        "kl_divergence([1], [1], base='bits')",
        "categorical_cross_entropy(0, [1.0]).splitlines()",
    ],
)
def test_a_wrong_call_is_caught(call, reader):
    found = reader(call)
    assert re.search(r"program.py:2: error", found), found


@pytest.mark.parametrize("name", xentlib.__all__)
def test_each_function_takes_arrays_and_gives_a_float_or_an_array(name):
    hints = get_type_hints(getattr(xentlib, name))
    assert hints.pop("base") is float
    assert hints.pop("return") == np.floating | NDArray[np.floating]
    assert set(hints) == set(legal.CALLS[name]) and set(hints.values()) == {ArrayLike}
    assert isinstance(legal.call(name), np.floating | np.ndarray)
