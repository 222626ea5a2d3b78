"""Bad or hard input, and what each library makes of it: an answer, right or wrong, or an error."""

import warnings
from functools import partial

import numpy as np

from . import watched
from .peers import libraries, missing

ARTICLE, NINE_TENTHS = [0.4, 0.3, 0.2, 0.1], [0.4, 0.3, 0.1, 0.1]
NEGATIVE = [1.1, 0.2, -0.2, -0.1]
ROWS, LOGITS = [[0.5, 0.3, 0.2]], [[2.0, -1.0, 0.5]]

# What is asked, the true answer, the function, its input. A truth of None: no answer is right.
QUESTIONS = [
    ("q = 0 for what happens", np.inf, "binary_cross_entropy", ([1.0], [0.0])),
    ("q = 1e-20 for what does not", 1e-20, "binary_cross_entropy", ([0.0], [1e-20])),
    ("q = 1e-300 for half of p", 345.387763949107, "cross_entropy", ([0.5, 0.5], [1.0, 1e-300])),
    ("logits (40, 0), label 0", 4.24835425529159e-18, "categorical_cross_entropy_with_logits",
     ([0], [[40.0, 0.0]])),
    ("q sums to 0.9", None, "cross_entropy", (ARTICLE, NINE_TENTHS)),
    ("q sums to 0.9", None, "kl_divergence", (ARTICLE, NINE_TENTHS)),
    ("negative q", None, "kl_divergence", (ARTICLE, NEGATIVE)),
    ("label -100", None, "categorical_cross_entropy", ([-100], ROWS)),
    ("label -1", None, "categorical_cross_entropy", ([-1], ROWS)),
    ("label 3 of 3 classes", None, "categorical_cross_entropy", ([3], ROWS)),
    ("logits for probabilities", None, "categorical_cross_entropy", ([0], LOGITS)),
    ("label 2 of 0 and 1", None, "binary_cross_entropy", ([2.0], [0.5])),
    ("q = 1.2", None, "binary_cross_entropy", ([1.0], [1.2])),
    ("4 labels, 4 by 1 predictions", None, "binary_cross_entropy",
     ([1.0, 0.0, 0.0, 1.0], [[0.9], [0.1], [0.2], [0.65]])),
]  # fmt: skip


def measure():
    asked = []
    everyone = {name: peer for name, peer in libraries() if "as it is" not in name}
    for question, truth, function, given in watched(QUESTIONS, "silence", unit="question"):
        arrays = [np.array(a) for a in given]
        answers = {
            name: answer(peer.call, function, *arrays)
            for name, peer in everyone.items()
            if function in peer.functions
        }
        if function == "kl_divergence" and "SciPy" not in missing():
            from scipy import stats

            answers["SciPy, stats.entropy"] = answer(partial, stats.entropy, *given)
        asked.append(
            {
                "input": question,
                "function": function,
                "truth": "none" if truth is None else f"{truth:.3g}",
                "answers": answers,
            }
        )
    return {"questions": asked}


def answer(make, *arguments):
    """What comes back: the mean if it is many numbers, and the name of an error if it is one."""
    with warnings.catch_warnings(record=True) as caught, np.errstate(all="ignore"):
        warnings.simplefilter("always")
        try:
            result = np.asarray(make(*arguments)(), float)
        except Exception as error:
            return f"{type(error).__name__}"
    shape = f" (mean of {'×'.join(map(str, result.shape))})" if result.size > 1 else ""
    warned = " (warns)" if any("sum" in str(w.message) for w in caught) else ""
    return f"{result.mean():.3g}{shape}{warned}"


def table(results):
    lines = ["What is asked, and what is answered"]
    for asked in results["questions"]:
        lines.append(f"{asked['function']}: {asked['input']} (truth: {asked['truth']})")
        lines += [f"  {peer:28}{answer}" for peer, answer in asked["answers"].items()]
    return "\n".join(lines)
