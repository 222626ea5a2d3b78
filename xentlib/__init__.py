"""Surprisal, entropy, cross-entropy, KL divergence, and the losses made of them.

`p` is the truth, `q` the model, `y` a label, `z` a logit. The last axis holds the outcomes.
Results are in nats; `base=2` gives bits. Input that is not what it should be is refused.
"""

from .information import cross_entropy, entropy, js_divergence, kl_divergence, surprisal
from .losses import (
    binary_cross_entropy,
    binary_cross_entropy_with_logits,
    categorical_cross_entropy,
    categorical_cross_entropy_with_logits,
    cross_entropy_with_logits,
)

__all__ = [  # noqa: RUF022 (in the order of the chapters)
    "surprisal",
    "entropy",
    "cross_entropy",
    "kl_divergence",
    "js_divergence",
    "binary_cross_entropy",
    "binary_cross_entropy_with_logits",
    "categorical_cross_entropy",
    "categorical_cross_entropy_with_logits",
    "cross_entropy_with_logits",
]
