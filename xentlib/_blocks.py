"""Large arrays, a cache-sized block at a time: the one module that thinks of memory and speed.

The formulas stay whole in the modules that use these helpers. Everything inside a block is
float64, whatever came in; NumPy's warnings are off, since a legal 0 · log 0 would raise them.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
FloatOrArray = np.floating | NDArray[np.floating]  # what comes out: for one input, a number

SIZE = 2**16  # entries to a block: half a megabyte of float64, so a formula's arrays stay in cache
SHORT = 64  # rows with fewer outcomes than this need more care to be fast
FEW = 12  # rows with more than this need more care to be exact


def tiles(shape: Sequence[int], size: int = SIZE) -> Iterator[tuple[int | slice, ...]]:
    """Yield indices that cut an array, in order, into parts of at most `size` entries (or one)."""
    axis, inner = len(shape), 1
    while axis and inner * shape[axis - 1] <= size:
        axis, inner = axis - 1, inner * shape[axis - 1]
    if axis == 0:
        yield ()
    else:
        step = max(1, size // inner)
        for lead in np.ndindex(*shape[: axis - 1]):
            for start in range(0, shape[axis - 1], step):
                yield (*lead, slice(start, start + step))


def row_blocks(a: Array) -> Iterator[Array]:
    """Yield (n, K) parts of an array, in order: as many whole rows as a block holds (or one)."""
    *lead, width = a.shape
    for tile in tiles(lead, SIZE // width):
        yield a[tile].reshape(-1, width)


def each(f: Callable[..., Array], *arrays: Array, unit: float) -> FloatOrArray:
    """f of the entries, divided by the unit."""
    out = np.empty(arrays[0].shape, _dtype(arrays))
    with _ready():
        for tile in tiles(out.shape):
            out[tile] = f(*(a[tile].astype(float, copy=False) for a in arrays)) / unit + 0.0
    return out[()]


def rows(f: Callable[..., Array], *arrays: Array, unit: float) -> FloatOrArray:
    """f of the rows, divided by the unit: f gets (n, K) arrays as they are, (n,) ones of labels."""
    *lead, width = arrays[-1].shape
    out = np.empty(lead, _dtype([a for a in arrays if a.ndim > len(lead)]))
    with _ready():
        for tile in tiles(lead, SIZE // width):
            parts = (a[tile].reshape(-1, *a.shape[len(lead) :]) for a in arrays)
            out[tile] = (f(*parts) / unit + 0.0).reshape(out[tile].shape)  # -0.0 + 0.0 is 0.0
    return out[()]


def sums(f: Callable[..., Array], *arrays: Array, unit: float) -> FloatOrArray:
    """The sum over the outcomes of the terms f, divided by the unit."""
    return rows(lambda *parts: sum_pieces(f, *parts), *arrays, unit=unit)


def sum_pieces(f: Callable[..., Array], *arrays: Array) -> Array:
    """The sum over the outcomes of the terms f, where a row may be longer than a block."""
    add = total_for(*arrays)
    return total_of([add(f(*piece)) for _, *piece in pieces(*arrays)])


def pieces(*arrays: Array) -> Iterator[tuple[Any, ...]]:
    """Yield where a piece starts, then float64 pieces of (n, K) arrays: whole but for a long K."""
    for start in range(0, arrays[0].shape[-1], SIZE):
        yield start, *(a[:, start : start + SIZE].astype(float, copy=False) for a in arrays)


def total_of(parts: Sequence[Array]) -> Array:
    """The sum of some arrays, or of one."""
    return parts[0] if len(parts) == 1 else total(np.stack(parts, axis=-1))


def total(a: Array) -> Array:
    """The sum of each row, to the last place or two.

    In a long sum of like terms the rounding errors are alike too, and pile up. Sum the distances
    from the mean, which hardly round.
    """
    width = a.shape[-1]
    if width <= FEW:
        return rough_total(a)
    mean = rough_total(a) / width
    centred = width * mean + rough_total(a - mean[:, None])
    return np.where(np.isinf(mean), mean, centred)


def total_for(*arrays: Array) -> Callable[[Array], Array]:
    """How to sum what float64 makes of these: for a result in float32, a rough total will do."""
    return total if _dtype(arrays) == np.float64 else rough_total


def rough_total(a: Array) -> Array:
    """The sum of each row of numbers of any type, without a copy of a long one.

    BLAS adds short rows eight times as fast as sum(-1) does.
    """
    width = a.shape[-1]
    if width < SHORT:
        a = a.astype(np.result_type(a, np.float32), copy=False)
        return a @ np.ones(width, a.dtype)
    return a.sum(-1, dtype=float)


def _dtype(arrays: Sequence[Array]) -> np.dtype[Any]:
    """float32 where all are float32 or float16, else float64."""
    return np.result_type(np.float32, *(a.dtype if a.dtype.kind == "f" else float for a in arrays))


def _ready() -> np.errstate:
    """No warnings, and memory that stays at hand.

    glibc asks the system for each large array and gives it back, page by page; once an array of
    this size has come and gone, it keeps the smaller ones, which makes a block's up to four times
    as fast.
    """
    np.empty(7 * SIZE)
    return np.errstate(all="ignore")
