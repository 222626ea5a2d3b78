"""One legal call of each function, for tests of what all have in common."""

import numpy as np

import xentlib

P = np.array([[0.5, 0.25, 0.25], [0.0, 1.0, 0.0]])
Q = np.array([[0.25, 0.5, 0.25], [0.25, 0.75, 0.0]])
Z = np.array([[2.0, -1.0, 0.0], [0.0, 30.0, -50.0]])
Y = np.array([2, 1])

CALLS = {
    "surprisal": {"p": P},
    "entropy": {"p": P},
    "cross_entropy": {"p": P, "q": Q},
    "kl_divergence": {"p": P, "q": Q},
    "js_divergence": {"p": P, "q": Q},
    "binary_cross_entropy": {"y": P, "q": Q},
    "binary_cross_entropy_with_logits": {"y": P, "z": Z},
    "categorical_cross_entropy": {"y": Y, "q": Q},
    "categorical_cross_entropy_with_logits": {"y": Y, "z": Z},
    "cross_entropy_with_logits": {"p": P, "z": Z},
}
LABELLED = ["categorical_cross_entropy", "categorical_cross_entropy_with_logits"]


def call(name, **changed):
    """The legal call with some of its arguments changed."""
    return getattr(xentlib, name)(**(CALLS[name] | changed))


def slots(*kinds):
    """(function, argument) pairs that take probabilities, distributions, logits or labels."""
    return [(name, arg) for name, args in CALLS.items() for arg in args if kind(name, arg) in kinds]


def kind(name, argument):
    if argument == "z":
        return "binary logits" if name.startswith("binary") else "logits"
    if name in LABELLED and argument == "y":
        return "labels"
    return "probabilities" if name == "surprisal" or name.startswith("binary") else "distributions"
