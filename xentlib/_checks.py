"""What is refused, and the sentence that says why: the argument, the place, the value, the remedy.

The public functions call the six checks at the top, each of which takes one kind of input and gives
back arrays: types first, then shapes, then values, in blocks, so that large input costs no memory.
"""

import math
from collections.abc import Callable, Collection, Sequence
from numbers import Real
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from . import _blocks
from ._blocks import Array

Shape = tuple[int, ...]
Interval = Callable[[Array], Array]


def log_of_base(base: float) -> float:
    """The natural logarithm of a base above 1."""
    if not (isinstance(base, Real) and 1 < base < math.inf):
        raise ValueError(
            f"base = {base!r} is not a finite number above 1: use 2 for bits, np.e for nats"
        )
    return math.log(base)


def probabilities(**named: ArrayLike) -> Collection[Array]:
    """Arrays of one shape, with entries in [0, 1]."""
    arrays = {name: _array(name, x) for name, x in named.items()}
    _require_one_shape(**{name: a.shape for name, a in arrays.items()})
    for name, a in arrays.items():
        _require_probabilities(name, a)
    return arrays.values()


def distributions(**named: ArrayLike) -> Collection[Array]:
    """Arrays that hold distributions along their last axes; the leading axes are broadcast."""
    arrays = {name: _array_of_outcomes(name, x) for name, x in named.items()}
    _require_outcomes_to_match(**{name: a.shape for name, a in arrays.items()})
    for name, a in arrays.items():
        _require_distributions(name, a)
    return np.broadcast_arrays(*arrays.values())


def binary_labels_and_logits(y: ArrayLike, z: ArrayLike) -> tuple[Array, Array]:
    """Labels in [0, 1], and a finite logit for each."""
    y, z = _array("y", y), _array("z", z)
    _require_one_shape(y=y.shape, z=z.shape)
    _require_probabilities("y", y)
    _require("z", z, _is_finite, "is not finite: clip this logit, or mend the model")
    return y, z


def labels_and_distributions(y: ArrayLike, q: ArrayLike) -> tuple[Array, Array]:
    """Integer labels, and a distribution for each."""
    y, q = _array("y", y), _array_of_outcomes("q", q)
    _require_labels(y, q=q.shape)
    _require_distributions("q", q)
    return y, q


def labels_and_logits(y: ArrayLike, z: ArrayLike) -> tuple[Array, Array]:
    """Integer labels, and logits for each."""
    y, z = _array("y", y), _array_of_outcomes("z", z)
    _require_labels(y, z=z.shape)
    _require_logits(z)
    return y, z


def distributions_and_logits(p: ArrayLike, z: ArrayLike) -> tuple[Array, Array]:
    """Soft labels, and as many logits."""
    p, z = _array_of_outcomes("p", p), _array_of_outcomes("z", z)
    _require_one_shape(p=p.shape, z=z.shape)
    _require_distributions("p", p)
    _require_logits(z)
    return p, z


# Types and shapes


def _array(name: str, x: ArrayLike) -> Array:
    """x as an array of real numbers, not empty."""
    if isinstance(x, np.ma.MaskedArray):
        raise TypeError(
            f"{name} is a masked array: fill or drop what is masked, then pass an array"
        )
    try:
        a = np.asarray(x)
    except Exception as error:
        kind = ValueError if isinstance(error, ValueError) else TypeError
        raise kind(f"{name} is not an array of numbers: {error}") from error
    if a.dtype.kind not in "fiub" or a.dtype.itemsize > 8:
        raise TypeError(f"{name} has dtype {a.dtype}: convert it to real numbers, float64 at most")
    if a.size == 0:
        raise ValueError(f"{name} is empty, its shape {a.shape}: give at least one entry")
    return a


def _array_of_outcomes(name: str, x: ArrayLike) -> Array:
    """An array with a last axis."""
    a = _array(name, x)
    if a.ndim == 0:
        raise ValueError(f"{name} = {a} has no outcomes, its shape (): give one entry per outcome")
    return a


def _require_one_shape(**shapes: Shape) -> None:
    if len(set(shapes.values())) > 1:
        raise ValueError(f"{_spell(shapes)}: the shapes must be equal, so reshape one of them")


def _require_outcomes_to_match(**shapes: Shape) -> None:
    """Last axes of one length, and leading axes that broadcast."""
    try:
        np.broadcast_shapes(*(shape[:-1] for shape in shapes.values()))
        fits = len({shape[-1] for shape in shapes.values()}) == 1
    except ValueError:
        fits = False
    if not fits:
        raise ValueError(
            f"{_spell(shapes)}: make the last axes equal, and the others such that they broadcast"
        )


def _spell(shapes: dict[str, Shape]) -> str:
    """Shapes in a sentence."""
    return " and ".join(f"{name} has shape {shape}" for name, shape in shapes.items())


# Values. The tests are intervals, and an interval holds a block if it holds both its extremes.


def _is_probability(a: Array) -> Array:
    return (0 <= a) & (a <= 1)


def _is_finite(a: Array) -> Array:
    return (-math.inf < a) & (a < math.inf)


def _is_logit(a: Array) -> Array:
    return a < math.inf


def _all(legal: Interval, a: Array) -> bool:
    return bool(legal(a.min()) and legal(a.max()))  # both are NaN where any entry is


def _require(name: str, a: Array, legal: Interval, remedy: str) -> None:
    """Refuse the first entry that is not legal."""
    seen = 0
    for tile in _blocks.tiles(a.shape):
        if not _all(legal, a[tile]):
            first = seen + np.argmin(legal(a[tile]))
            raise ValueError(f"{_place(name, a.shape, first)} = {a.flat[first]} {remedy}")
        seen += a[tile].size


def _require_probabilities(name: str, a: Array) -> None:
    _require(
        name,
        a,
        _is_probability,
        "is not a probability, from 0 to 1: divide counts by their sum, "
        "give logits to the function whose name ends in _with_logits",
    )


def _require_distributions(name: str, a: Array) -> None:
    *lead, width = a.shape
    slack = _slack(a.dtype, width)
    seen = 0
    for part in _blocks.row_blocks(a):
        if not _all(_is_probability, part):
            _require_probabilities(name, a)
        off = _blocks.rough_total(part) - 1
        too_far = np.abs(off) > slack
        if too_far.any():
            first = np.argmax(too_far)
            raise ValueError(
                f"{_place(name, lead, seen + first)} sums to {1 + off[first]:.7g}, "
                f"off 1 by {off[first]:.1e}: are these counts? logits? normalise first, "
                "dividing counts by their sum or taking the softmax of logits"
            )
        seen += len(part)


def _slack(dtype: np.dtype[Any], width: int) -> float:
    """How far from 1 a sum may be: as far as typing and rounding take it, and never a hundredth."""
    finfo = np.finfo(dtype if dtype.kind == "f" else float)
    return min({16: 2e-3, 32: 1e-5, 64: 1e-9}[finfo.bits] + width * float(finfo.eps), 0.01)


def _require_logits(z: Array) -> None:
    """Logits below infinity; -inf masks an outcome, but must not mask a whole row."""
    _require("z", z, _is_logit, "is not a logit: mend the model, or mask the outcome with -inf")
    seen = 0
    for part in _blocks.row_blocks(z):
        if part.min() == -math.inf:
            masked = part.max(-1) == -math.inf
            if masked.any():
                place = _place("z", z.shape[:-1], seen + np.argmax(masked))
                raise ValueError(f"{place} is -inf for every outcome: leave one of them unmasked")
        seen += len(part)


def _require_labels(y: Array, **predictions: Shape) -> None:
    """Integers from 0 to K - 1, one for each row."""
    (shape,) = predictions.values()
    if y.dtype.kind not in "iu":
        raise TypeError(
            f"y has dtype {y.dtype}, and labels are integers: convert them with y.astype(int), "
            "or give soft labels to cross_entropy or cross_entropy_with_logits"
        )
    if y.shape != shape[:-1]:
        raise ValueError(
            f"{_spell({'y': y.shape} | predictions)}: give one label per row, shape {shape[:-1]}"
        )
    _require(
        "y",
        y,
        lambda y: (0 <= y) & (y < shape[-1]),
        f"is not a label from 0 to {shape[-1] - 1}: drop the example, or mend its label",
    )


def _place(name: str, shape: Sequence[int], flat: Any) -> str:
    """An entry as the reader writes it: q, q[3], q[0, 3]."""
    index = ", ".join(str(i) for i in np.unravel_index(flat, shape))
    return f"{name}[{index}]" if index else name
