"""The largest errors on the reference cases of the tests, in units of the last place of float64."""

import sys
import warnings
from pathlib import Path

import numpy as np

from .peers import peers

sys.path.append(str(Path(__file__).parents[1] / "tests"))
import reference

LONGEST = 10**5  # the peers need not hold the longest rows


def measure():
    functions = {}
    for peer in peers():
        if "2 threads" not in peer.name:
            for name in peer.functions:
                functions.setdefault(name, {})[peer.name] = errors(peer, name)
    return {"functions": functions}


def errors(peer, name):
    """How many cases there are, how many are right to 4 units in the last place, and the worst."""
    found = [error_in(peer, name, case) for case in reference.cases(name) if is_short(case)]
    answered = [error for error in found if error is not None]
    worst = max(answered)
    return {
        "cases": len(found),
        "within 4": sum(error <= 4 for error in answered),
        "refused": len(found) - len(answered),
        "worst": f"{worst:.1f}" if worst < 1000 else f"{worst:.0e}",
    }


def is_short(case):
    return all(np.size(reference.array(x, np.float64)) < LONGEST for x in case["input"].values())


def error_in(peer, name, case):
    """The error of one answer; None where a library refuses the question."""
    given = [reference.array(x, np.float64) for x in case["input"].values()]
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        peer.prepare()
        try:
            result = np.asarray(peer.call(name, *given)())
        except (TypeError, ValueError):
            return None
    return reference.ulps(np.float64(result.reshape(-1)[0]), case["value"])


def table(results):
    lines = ["Cases within 4 units in the last place of the true value, and the worst error"]
    for name, by_peer in results["functions"].items():
        lines.append(name)
        for peer, found in by_peer.items():
            score = f"{found['within 4']} of {found['cases']}"
            refused = f"  ({found['refused']} refused)" if found["refused"] else ""
            lines.append(f"  {peer:28}{score:>12}{found['worst']:>10}{refused}")
    return "\n".join(lines)
