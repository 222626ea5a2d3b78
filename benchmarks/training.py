"""Cross-entropy against squared error on scikit-learn's digits, each at its own best rate.

Softmax regression by plain gradient descent, in many splits of the same pictures. In each split
both losses learn from the same pictures, at all rates. Chapter 8 reads what is written here.
"""

from itertools import product

import numpy as np

from . import watched

SEEDS, STEPS, RATES = 20, 300, [0.5, 1, 2, 4, 8, 16]
PARTS = {"train": slice(0, 900), "validation": slice(900, 1350), "test": slice(1350, None)}
JUDGES = ("validation", "test")
MARKS = [0, 1, 2, 3, 5, 8, 12, 20, 30, 50, 80, 120, 200, 300]  # steps that a curve shows
GOAL, MISLED = 0.9, 300  # accuracy to reach; steps with wrong labels before the second start


def softmax(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def cross_entropy(q, p):
    """The gradient over the logits."""
    return q - p


def squared_error(q, p):
    """The gradient of half the squared error over the logits."""
    return q * (q - p - np.sum(q * (q - p), axis=1, keepdims=True))


GRADIENTS = {"cross-entropy": cross_entropy, "squared error": squared_error}


def split(seed):
    """The pictures and labels of each part, in the order of a seed."""
    from sklearn.datasets import load_digits

    X, y = load_digits(return_X_y=True)
    X, order = np.c_[X / 16, np.ones(len(y))], np.random.default_rng(seed).permutation(len(y))
    return {name: (X[order[part]], y[order[part]]) for name, part in PARTS.items()}


def descend(X, y, gradient, rate, W):
    """The weights before the first step, after it, and so on without end."""
    p = np.eye(10)[y]
    while True:
        yield W
        W = W - rate * X.T @ gradient(softmax(X @ W), p) / len(y)


def accuracy(W, X, y):
    return np.mean((X @ W).argmax(axis=1) == y)


def mean_loss(W, X, y):
    return -np.mean(np.log(softmax(X @ W)[range(len(y)), y]))


def train(data, gradient, rate, W):
    """How accurate the model is in the end, and how many steps it took to the goal."""
    rows = []
    for _, now in zip(range(STEPS + 1), descend(*data["train"], gradient, rate, W), strict=False):
        rows.append([accuracy(now, *data[name]) for name in JUDGES])
    found = {}
    for name, along in zip(JUDGES, np.transpose(rows), strict=True):
        there = np.flatnonzero(along >= GOAL)
        found[f"{name} accuracy"] = round(along[-1], 4)
        found[f"{name} steps"] = int(there[0]) if there.size else None
    return found


def misled(data):
    """The weights of a model that learned each digit under the name of the next one."""
    X, y = data["train"]
    path = descend(X, (y + 1) % 10, cross_entropy, 1, np.zeros((65, 10)))
    return next(W for step, W in enumerate(path) if step == MISLED)


def curve(data):
    """Training and held-out loss at the marks, for cross-entropy at rate 1."""
    path = descend(*data["train"], cross_entropy, 1, np.zeros((65, 10)))
    rows = [W for step, W in zip(range(STEPS + 1), path, strict=False) if step in MARKS]
    return {name: [round(mean_loss(W, *data[name]), 4) for W in rows] for name in ("train", "test")}


def measure():
    curves, runs = [], {}
    for seed in watched(range(SEEDS), "training", unit="seed"):
        data = split(seed)
        curves.append(curve(data))
        starts = {"knows nothing": np.zeros((65, 10)), "misled": misled(data)}
        for start, loss, rate in watched(list(product(starts, GRADIENTS, RATES)), unit="run"):
            run = runs.setdefault((start, loss, rate), {})
            for name, value in train(data, GRADIENTS[loss], rate, starts[start]).items():
                run.setdefault(name, []).append(value)
    return {
        "seeds": SEEDS,
        "steps": STEPS,
        "marks": MARKS,
        "curves": curves,
        "runs": [dict(zip(("start", "loss", "rate"), k, strict=True)) | v for k, v in runs.items()],
        "tuned": {
            s: {g: tuned(runs, s, g) for g in GRADIENTS} for s in ("knows nothing", "misled")
        },
    }


def tuned(runs, start, loss):
    """For each seed the rate that is best on the validation pictures, and the test of its run."""
    found = {}
    mine = [runs[start, loss, rate] for rate in RATES]
    for aim in ("accuracy", "steps"):
        judged = np.array([run[f"validation {aim}"] for run in mine], float)
        cost = -judged if aim == "accuracy" else np.nan_to_num(judged, nan=np.inf)
        best = np.argmin(cost, axis=0)  # of equals the smallest rate
        found[f"rate for {aim}"] = [RATES[k] for k in best]
        found[aim] = [mine[k][f"test {aim}"][seed] for seed, k in enumerate(best)]
    return found


def table(results):
    lines = ["Softmax regression on digits, each loss at its own best rate; test pictures"]
    for start, losses in results["tuned"].items():
        for loss, found in losses.items():
            right, steps = found["accuracy"], [n or np.inf for n in found["steps"]]
            lines.append(
                f"{start:14} {loss:14} {np.mean(right):.2%} right after {results['steps']} "
                f"steps, 90 % after {np.median(steps):g} (median)"
            )
    return "\n".join(lines)
