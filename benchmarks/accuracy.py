"""The largest errors on the reference cases of the tests, in units of the last place of float64.

The true values are those of tests/reference.py. The KL divergence gets a second line, by its
definition: the two truths differ where the floats of p and of q have not the same sum, and no
answer can meet both.
"""

import math
import sys
import warnings
from pathlib import Path

import mpmath
import numpy as np

import xentlib

from . import watched
from .peers import libraries

sys.path.append(str(Path(__file__).parents[1] / "tests"))
import reference

LONGEST = 10**5  # the peers need not hold the longest rows
NEAR = 2.0**-20


def measure():
    functions = {name: {} for name in truths()}
    for library, peer in watched(list(libraries()), "accuracy", unit="library"):
        for name, truth in truths().items():
            function = name.partition(",")[0]
            if function in peer.functions:
                functions[name][library] = score(errors(peer, function, truth))
    return {"functions": functions, "near distributions": errors_of_formulas()}


def truths():
    """What the true value of a case is, for each line of the table."""
    lines = {}
    for function in reference.TRUTH:
        lines[function] = lambda case: case["value"]
        if function == "kl_divergence":
            lines["kl_divergence, by Σ p log(p/q)"] = lambda case: divergence(*arrays(case))
    return lines


def divergence(p, q):
    """Σ p log(p/q), which carries the rounding of the sums of p and q."""
    with mpmath.workdps(60):
        return reference.total(
            lambda p, q: reference.times(p, reference.log(p) - reference.log(q)),
            *(reference.numbers(a.tolist()) for a in (p, q)),
        )


def errors_of_formulas():
    """The relative errors of three formulas for near distributions whose floats sum to 1."""
    p, q = np.array([0.5 + NEAR, 0.5 - NEAR]), np.array([0.5, 0.5])
    terms, truth = p * np.log(p / q), divergence(p, q)
    answers = {
        "Σ p log(p/q)": terms.sum(),
        "Σ (p log(p/q) − (p − q))": (terms - (p - q)).sum(),
        "xentlib": xentlib.kl_divergence(p, q),
    }
    return {name: f"{float(abs(a / truth - 1)):.0e}" for name, a in answers.items()}


def score(errors):
    """How many cases there are, how many are right to 4 units in the last place, and the worst."""
    answered = [error for error in errors if error is not None]
    worst = max(answered)
    return {
        "cases": len(errors),
        "within 4": sum(error <= 4 for error in answered),
        "refused": len(errors) - len(answered),
        "worst": f"{worst:.1f}" if worst < 1000 else f"{worst:.0e}",
    }


def errors(peer, function, truth):
    """The error of each answer; None where a library refuses the question."""
    cases = [case for case in reference.cases(function) if is_short(case)]
    answers = [answer(peer, function, arrays(case)) for case in cases]
    return [
        None if a is None else math.inf if np.isnan(a) else reference.ulps(a, truth(case))
        for a, case in zip(answers, cases, strict=True)
    ]


def arrays(case):
    return [reference.array(x, np.float64) for x in case["input"].values()]


def is_short(case):
    return all(np.size(a) < LONGEST for a in arrays(case))


def answer(peer, function, given):
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        peer.prepare()
        try:
            return np.float64(np.asarray(peer.call(function, *given)()).reshape(-1)[0])
        except (TypeError, ValueError):
            return None


def table(results):
    lines = ["Answers within 4 units in the last place of the true value, and the worst error"]
    for name, by_library in results["functions"].items():
        lines.append(name)
        for library, found in by_library.items():
            count = f"{found['within 4']} of {found['cases'] - found['refused']}"
            refused = f"  ({found['refused']} refused)" if found["refused"] else ""
            lines.append(f"  {library:28}{count:>12}{found['worst']:>10}{refused}")
    lines.append("Near distributions, relative error")
    lines += [f"  {name:28}{error:>12}" for name, error in results["near distributions"].items()]
    return "\n".join(lines)
