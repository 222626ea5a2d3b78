"""Large arrays, a cache-sized block at a time: the one module that thinks of memory and speed.

The formulas stay whole in the modules that use these helpers. Everything inside a block is
float64, whatever came in; NumPy's warnings are off, since a legal 0 · log 0 would raise them.
"""

import numpy as np

SIZE = 2**15  # entries to a block: 256 KB of float64, so that a formula's few arrays stay in cache


def tiles(shape, size=SIZE):
    """Yield indices that cut an array, in order, into parts of at most `size` entries, or of one."""
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


def each(f, *arrays, unit):
    """f of the entries, divided by the unit."""
    out = np.empty(arrays[0].shape, _dtype(arrays))
    with np.errstate(all="ignore"):
        for tile in tiles(out.shape):
            out[tile] = f(*(a[tile].astype(float, copy=False) for a in arrays)) / unit + 0.0
    return out[()]


def rows(f, *arrays, unit):
    """f of the rows, divided by the unit: f gets (n, K) arrays, and (n,) ones for labels."""
    *lead, width = arrays[-1].shape
    out = np.empty(lead, _dtype(a for a in arrays if a.ndim > len(lead)))
    with np.errstate(all="ignore"):
        for tile in tiles(out.shape, SIZE // width):
            flat = (a[tile].reshape(-1, *a.shape[len(lead) :]) for a in arrays)
            out[tile] = (f(*flat) / unit + 0.0).reshape(out[tile].shape)  # + 0.0: no -0.0
    return out[()]


def sums(f, *arrays, unit):
    """The sum over the outcomes of the terms f, divided by the unit."""
    return rows(lambda *parts: sum_pieces(f, *parts), *arrays, unit=unit)


def sum_pieces(f, *arrays):
    """The sum over the outcomes of the terms f, where a row may be longer than a block."""
    return total(np.stack([total(f(*piece)) for _, *piece in pieces(*arrays)], axis=-1))


def pieces(*arrays):
    """Yield (n, K) arrays as float64, cut where K is longer than a block: the start, the pieces."""
    for start in range(0, arrays[0].shape[-1], SIZE):
        yield start, *(a[:, start : start + SIZE].astype(float, copy=False) for a in arrays)


def total(a):
    """The sum of each row, to the last place or two.

    BLAS adds short rows eight times as fast as sum(-1) does. A long row of equal terms makes
    equal rounding errors, which pile up: add the distances from the mean, which hardly round.
    """
    width = a.shape[-1]
    if width < 64:
        return a @ np.ones(width)
    mean = a.mean(-1)
    centred = width * mean + (a - mean[:, None]).sum(-1)
    return np.where(np.isinf(mean), mean, centred)


def rough_total(a):
    """The sum of each row, in a hurry, of any type that holds numbers."""
    width = a.shape[-1]
    if width >= 64:
        return a.sum(-1, dtype=float)
    a = a.astype(np.result_type(a, np.float32), copy=False)
    return a @ np.ones(width, a.dtype)


def _dtype(arrays):
    """float32 where all are float32 or float16, else float64."""
    return np.result_type(np.float32, *(a.dtype if a.dtype.kind == "f" else float for a in arrays))
