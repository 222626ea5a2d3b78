"""The measurements: whose answer is whose, what counts as good, and what was aimed at."""

import math

import numpy as np
import pytest
import reference

from benchmarks import accuracy, peers, speed
from xentlib import kl_divergence
from xentlib.datasets import measurements

HALVES = {"kl_divergence": lambda p, q: 0.5 * np.ones_like(p[:1])}


def peer(name="SciPy", functions=HALVES):
    return peers.Peer(name, np.asarray, functions)


def test_each_library_keeps_its_own_answers(monkeypatch):
    measured = ["PyTorch, 1 thread", "PyTorch, 2 threads", "PyTorch, p log q as it is"]
    measured += ["JAX, compiled"]
    monkeypatch.setattr(peers, "peers", lambda: map(peer, measured))
    names = [name for name, _ in peers.libraries()]
    assert names == ["PyTorch", "PyTorch, p log q as it is", "JAX"]


def test_an_answer_is_good_or_wrong_or_refused():
    found = accuracy.score([0.5, 4.0, 4.5, math.inf, None])
    assert found == {"cases": 5, "within 4": 2, "refused": 1, "worst": "inf"}


def test_nan_is_a_wrong_answer_and_an_error_is_a_refusal():
    def refuse(p, q):
        raise ValueError

    def errors(f):
        return accuracy.errors(peer(functions={"kl_divergence": f}), "kl_divergence", lambda c: 1)

    assert set(errors(lambda p, q: np.nan)) == {math.inf}
    assert set(errors(refuse)) == {None}
    assert set(errors(lambda p, q: 1.0)) == {0.0}


def test_the_two_truths_of_the_divergence_differ_by_what_the_floats_sum_to():
    p, q = np.array([0.5 + 5e-10, 0.5 - 5e-10]), np.array([0.5, 0.5])
    assert float(accuracy.divergence(p, q)) == pytest.approx(2**-54 + 5e-19, rel=1e-9)
    assert kl_divergence(p, q) == pytest.approx(5e-19, rel=1e-6)
    p = np.array([0.75, 0.25])  # sums to 1
    assert float(accuracy.divergence(p, q)) == pytest.approx(kl_divergence(p, q), rel=1e-15)


def test_the_stored_counts_are_of_the_cases_of_today():
    stored = measurements("accuracy")["functions"]
    assert list(stored) == list(accuracy.truths())
    for line, found in stored.items():
        function, _, definition = line.partition(",")
        cases = [case for case in reference.cases(function) if accuracy.is_short(case)]
        assert {by["cases"] for by in found.values()} == {len(cases)}, line
        if not definition:
            assert found["xentlib"]["within 4"] == len(cases), line


def test_the_aims_are_those_that_were_measured_against():
    for row in measurements("speed")["rows"]:
        shape = tuple(map(int, row["shape"].split("×")))
        aims = {name: speed.aim_at(name, row["function"], shape) for name in row["ratios"]}
        assert row["aims"] == {name: aim for name, aim in aims.items() if aim}
    assert speed.aim_at("scikit-learn", "binary_cross_entropy", (4,)) == 1.0
    assert speed.aim_at("SciPy", "entropy", (10_000, 10)) == 0.9
    assert speed.aim_at("SciPy", "entropy", (4,)) is None
    assert speed.aim_at("JAX, compiled", "entropy", (10_000, 10)) is None
