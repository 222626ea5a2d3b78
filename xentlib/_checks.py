"""What is refused, and the sentence that says why: the argument, the place, the value, the remedy.

The public functions call the six checks at the top, each of which takes one kind of input and gives
back arrays: types first, then shapes, then values, in blocks, so that large input costs no memory.
"""

import math
from numbers import Real

import numpy as np

from . import _blocks


def log_of_base(base):
    """The natural logarithm of a base above 1."""
    if not (isinstance(base, Real) and 1 < base < math.inf):
        raise ValueError(
            f"base = {base!r} is not a finite number above 1: use 2 for bits, np.e for nats"
        )
    return math.log(base)


def probabilities(**named):
    """Arrays of one shape, with entries in [0, 1]."""
    arrays = {name: _array(name, x) for name, x in named.items()}
    _require_one_shape(**{name: a.shape for name, a in arrays.items()})
    for name, a in arrays.items():
        _require_probabilities(name, a)
    return arrays.values()


def distributions(**named):
    """Arrays that hold distributions along their last axes; the leading axes are broadcast."""
    arrays = {name: _array_of_outcomes(name, x) for name, x in named.items()}
    shape = _common_shape(**{name: a.shape for name, a in arrays.items()})
    for name, a in arrays.items():
        _require_distributions(name, a)
    return [np.broadcast_to(a, shape) for a in arrays.values()]


def binary_labels_and_logits(y, z):
    """Labels in [0, 1], and a finite logit for each."""
    y, z = _array("y", y), _array("z", z)
    _require_one_shape(y=y.shape, z=z.shape)
    _require_probabilities("y", y)
    _require("z", z, lambda z: (-math.inf < z) & (z < math.inf), "is not finite: clip this logit")
    return y, z


def labels_and_distributions(y, q):
    """Integer labels, and a distribution for each."""
    y, q = _array("y", y), _array_of_outcomes("q", q)
    _require_labels(y, q=q.shape)
    _require_distributions("q", q)
    return y, q


def labels_and_logits(y, z):
    """Integer labels, and logits for each."""
    y, z = _array("y", y), _array_of_outcomes("z", z)
    _require_labels(y, z=z.shape)
    _require_logits(z)
    return y, z


def distributions_and_logits(p, z):
    """Soft labels, and as many logits."""
    p, z = _array_of_outcomes("p", p), _array_of_outcomes("z", z)
    _require_one_shape(p=p.shape, z=z.shape)
    _require_distributions("p", p)
    _require_logits(z)
    return p, z


# Types and shapes


def _array(name, x):
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


def _array_of_outcomes(name, x):
    """An array with a last axis."""
    a = _array(name, x)
    if a.ndim == 0:
        raise ValueError(f"{name} = {a} has no outcomes, its shape (): give one entry per outcome")
    return a


def _require_one_shape(**shapes):
    if len(set(shapes.values())) > 1:
        raise ValueError(f"{_spell(shapes)}: the shapes must be equal, so reshape one of them")


def _common_shape(**shapes):
    """The shape to which leading axes broadcast; outcomes must match one to one."""
    try:
        if len({shape[-1] for shape in shapes.values()}) > 1:
            raise ValueError
        return np.broadcast_shapes(*shapes.values())
    except ValueError:
        raise ValueError(
            f"{_spell(shapes)}: the last axes must be equal, and the leading axes broadcast"
        ) from None


def _spell(shapes):
    return " and ".join(f"{name} has shape {shape}" for name, shape in shapes.items())


# Values


def _require_probabilities(name, a):
    remedy = (
        "is not a probability in [0, 1]: divide counts by their sum, pass logits to *_with_logits"
    )
    _require(name, a, lambda v: (0 <= v) & (v <= 1), remedy)


def _require_distributions(name, a):
    _require_probabilities(name, a)
    *lead, width = a.shape
    least, most = 1 - _slack(a.dtype, width), 1 + _slack(a.dtype, width)
    seen = 0
    for tile in _blocks.tiles(lead, _blocks.SIZE // width):
        sums = _blocks.rough_total(a[tile].reshape(-1, width))
        if not (least <= sums.min() and sums.max() <= most):
            first = np.argmin((least <= sums) & (sums <= most))
            raise ValueError(
                f"{_place(name, lead, seen + first)} sums to {sums[first]:.7g}, "
                f"{sums[first] - 1:+.1e} away from 1: are these counts? logits? "
                "normalise first, by the sum or by softmax"
            )
        seen += sums.size


def _slack(dtype, width):
    """How far from 1 a sum may lie: what typing and rounding make, and never a hundredth."""
    finfo = np.finfo(dtype if dtype.kind == "f" else float)
    return min({16: 2e-3, 32: 1e-5, 64: 1e-9}[finfo.bits] + width * float(finfo.eps), 0.01)


def _require_logits(z):
    """NaN and +inf are refused, and -inf, a masked class, where it leaves no class at all."""
    _require("z", z, lambda v: v < math.inf, "is not a logit: mend the model (only -inf masks)")
    *lead, width = z.shape
    seen = 0
    for tile in _blocks.tiles(lead, _blocks.SIZE // width):
        part = z[tile].reshape(-1, width)
        if part.min() == -math.inf and (dead := np.isneginf(part).all(-1)).any():
            place = _place("z", lead, seen + np.argmax(dead))
            raise ValueError(f"{place} = -inf for every outcome: leave one outcome unmasked")
        seen += len(part)


def _require_labels(y, **logits_or_q):
    """Integers from 0 to K - 1, one for each row."""
    (shape,) = logits_or_q.values()
    if y.dtype.kind not in "iu":
        raise TypeError(
            f"y has dtype {y.dtype}, and labels are integers: convert them with y.astype(int), "
            "or give soft labels to cross_entropy or cross_entropy_with_logits"
        )
    if y.shape != shape[:-1]:
        raise ValueError(
            f"{_spell({'y': y.shape} | logits_or_q)}: give one label per row, shape {shape[:-1]}"
        )
    remedy = f"is not a label from 0 to {shape[-1] - 1}: drop this example, or mend its label"
    _require("y", y, lambda v: (0 <= v) & (v < shape[-1]), remedy)


def _require(name, a, legal, remedy):
    """Refuse the first entry outside an interval: it holds a block if it holds both extremes."""
    seen = 0
    for tile in _blocks.tiles(a.shape):
        part = a[tile]
        if not (legal(part.min()) and legal(part.max())):  # both are NaN where any entry is
            place = seen + np.argmin(legal(part))
            raise ValueError(f"{_place(name, a.shape, place)} = {a.flat[place]} {remedy}")
        seen += part.size


def _place(name, shape, flat):
    """The entry as the reader writes it: q, q[3], q[0, 3]."""
    index = ", ".join(str(i) for i in np.unravel_index(flat, shape))
    return f"{name}[{index}]" if index else name
