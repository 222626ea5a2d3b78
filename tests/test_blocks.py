"""What all functions have in common: types, layouts, memory, no warnings, input left alone."""

import tracemalloc

import legal
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

import xentlib
from xentlib import _blocks

ALL = list(legal.CALLS)


def converted(name, dtype):
    """The arguments of the legal call in another type, save labels of classes."""
    args = legal.CALLS[name]
    return {a: x if legal.kind(name, a) == "labels" else x.astype(dtype) for a, x in args.items()}


# Types


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize(
    ("given", "returned"),
    [("f8", "f8"), ("f4", "f4"), ("f2", "f4"), (">f8", "f8"), (">f4", "f4"), (">f2", "f4")],
)
def test_float32_and_float16_give_float32(name, given, returned):
    result = legal.call(name, **converted(name, given))
    assert result.dtype == np.dtype(returned)
    assert_allclose(result, legal.call(name), rtol=1e-6 if returned == "f4" else 1e-15)


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("dtype", [bool, np.int8, np.uint16, np.int64])
def test_integers_and_booleans_give_float64(name, dtype):
    certain = {"p": [0, 1], "q": [1, 0], "y": [1, 0], "z": [0, 1]}
    given = {a: certain[a] for a in legal.CALLS[name]}
    if name in legal.LABELLED:
        given["y"] = 1
    arrays = {
        a: x if legal.kind(name, a) == "labels" else np.array(x, dtype) for a, x in given.items()
    }
    result = legal.call(name, **arrays)
    assert result.dtype == np.float64
    assert_array_equal(result, legal.call(name, **given))


@pytest.mark.parametrize("name", [name for name in ALL if len(legal.CALLS[name]) == 2])
@pytest.mark.parametrize("other", ["f8", "i8", "?"])
def test_mixed_input_takes_the_wider_type(name, other):
    if name in legal.LABELLED:
        other = "i8"  # labels of classes leave the type to the predictions
    first, second = converted(name, "f4").items()
    certain = {first[0]: np.eye(3)[[0, 1]] if name not in legal.LABELLED else legal.Y}
    certain[first[0]] = certain[first[0]].astype(other)
    expected = "f4" if name in legal.LABELLED else "f8"
    assert legal.call(name, **dict([first, second]) | certain).dtype == np.dtype(expected)
    if name not in legal.LABELLED:
        assert legal.call(name, **{second[0]: second[1]}).dtype == np.float64


@pytest.mark.parametrize("name", ALL)
def test_a_single_result_is_a_numpy_float(name):
    given = {a: x[0] for a, x in legal.CALLS[name].items()}
    if name == "surprisal" or name.startswith("binary"):
        given = {a: x[0] for a, x in given.items()}
    result = legal.call(name, **given)
    assert type(result) is np.float64
    assert type(legal.call(name, **{a: np.asarray(x) for a, x in given.items()})) is np.float64
    assert result == np.ravel(legal.call(name))[0]


@pytest.mark.parametrize("name", ALL)
def test_lists_are_arrays(name):
    given = {a: x.tolist() for a, x in legal.CALLS[name].items()}
    assert_array_equal(legal.call(name, **given), legal.call(name))


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("dtype", ["i1", "u1", ">i4", "u8"])
def test_labels_may_be_integers_of_any_kind(name, dtype):
    if name in legal.LABELLED:
        labels = legal.Y.astype(dtype)
        assert_array_equal(legal.call(name, y=labels), legal.call(name))


# Layouts


def every_other(a):
    wide = np.full((*a.shape[:-1], 2 * a.shape[-1]), 7, a.dtype)
    wide[..., ::2] = a
    return wide[..., ::2]


def read_only(a):
    a = a.copy()
    a.flags.writeable = False
    return a


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize(
    "layout",
    [np.asfortranarray, every_other, read_only, lambda a: a[::-1].copy()[::-1], lambda a: a.view()],
)
def test_any_layout_will_do(name, layout):
    given = {a: layout(x) for a, x in legal.CALLS[name].items()}
    assert_allclose(legal.call(name, **given), legal.call(name), rtol=1e-15)


@pytest.mark.parametrize("name", ALL)
def test_more_axes_are_more_rows(name):
    given = {a: np.stack([x, x, x])[None] for a, x in legal.CALLS[name].items()}
    result = legal.call(name)
    assert_array_equal(legal.call(name, **given), np.stack([result, result, result])[None])


@pytest.mark.parametrize("name", ALL)
def test_input_is_never_changed_and_never_returned(name):
    given = {a: x.copy() for a, x in legal.CALLS[name].items()}
    result = legal.call(name, **given)
    for a, x in given.items():
        assert_array_equal(x, legal.CALLS[name][a])
        assert not np.shares_memory(x, result)


# Warnings and signs


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("dtype", ["f8", "f4"])
def test_legal_input_never_warns(name, dtype):
    top = 0.9 * float(np.finfo(dtype).max)
    tiny = float(np.finfo(dtype).smallest_subnormal)
    extreme = {
        "p": [[1, tiny, 0], [0, 0.5, 0.5], [tiny, 1, 0]],
        "q": [[1, 0, tiny], [1, 0, 0], [tiny, tiny, 1]],
        "y": [[1, 0, 0.5], [0, 1, tiny], [tiny, 1, 0]],
        "z": [[top, -top, 0], [-top, tiny, top], [-800, -100, 50]],
    }
    given = {a: np.array(extreme[a], dtype) for a in legal.CALLS[name]}
    if name in legal.LABELLED:
        given["y"] = [1, 0, 2]
    with np.errstate(all="raise"):
        result = legal.call(name, **given)
    assert (result >= 0).all()


@pytest.mark.parametrize(
    "zero",
    [
        xentlib.surprisal(1),
        xentlib.entropy([1, 0]),
        xentlib.entropy([1.0]),
        xentlib.cross_entropy([1, 0], [1, 0]),
        xentlib.kl_divergence([0.5, 0.5], [0.5, 0.5]),
        xentlib.js_divergence([0.5, 0.5], [0.5, 0.5]),
        xentlib.binary_cross_entropy(1, 1),
        xentlib.binary_cross_entropy(0, 0),
        xentlib.binary_cross_entropy(-0.0, -0.0),
        xentlib.binary_cross_entropy_with_logits(1, 1e4),
        xentlib.binary_cross_entropy_with_logits(-0.0, -1e4),
        xentlib.categorical_cross_entropy(0, [1, 0]),
        xentlib.categorical_cross_entropy_with_logits(0, [-3.0]),
        xentlib.categorical_cross_entropy_with_logits(0, [1e4, 0]),
        xentlib.cross_entropy_with_logits([1.0], [-3.0]),
    ],
)
def test_nothing_is_plus_zero(zero):
    assert zero == 0
    assert not np.signbit(zero)


# Blocks


@given(
    st.lists(st.integers(1, 5), max_size=4).map(tuple),
    st.integers(0, 12),
)
def test_tiles_cover_an_array_once_in_order(shape, size):
    flat = np.arange(np.prod(shape, dtype=int)).reshape(shape)
    tiles = [np.ravel(flat[tile]) for tile in _blocks.tiles(shape, size)]
    assert_array_equal(np.concatenate(tiles), flat.ravel())
    assert max(len(tile) for tile in tiles) <= max(size, 1)


@pytest.mark.parametrize("shape", [(3, 4), (300, 1000), (2, 300, 999), (3, _blocks.SIZE + 1)])
def test_row_blocks_hold_all_rows_in_order_and_no_more_than_fit(shape):
    a = np.arange(np.prod(shape)).reshape(shape)
    blocks = list(_blocks.row_blocks(a))
    assert_array_equal(np.concatenate(blocks), a.reshape(-1, shape[-1]))
    assert all(len(block) == 1 or block.size <= _blocks.SIZE for block in blocks)


def test_tiles_are_as_large_as_they_may_be():
    assert list(_blocks.tiles((4, 3), 12)) == [()]
    assert list(_blocks.tiles((4, 3), 7)) == [(slice(0, 2),), (slice(2, 4),)]
    assert list(_blocks.tiles((2, 3), 2))[1] == (0, slice(2, 4))


def large(name, shape):
    """The legal call on as many rows of as many outcomes."""
    random = np.random.default_rng(0)
    q = random.random(shape)
    q /= q.sum(-1, keepdims=True)
    p = q[..., ::-1]
    given = {"p": p, "q": q, "y": p, "z": random.normal(size=shape)}
    if name in legal.LABELLED:
        given["y"] = random.integers(0, shape[-1], shape[:-1])
    return {a: given[a] for a in legal.CALLS[name]}


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("shape", [(150_000, 2), (1, 300_000), (3, 50, 2000)])
def test_temporary_memory_stays_small_and_blocks_do_not_show(name, shape):
    given = large(name, shape)
    tracemalloc.start()
    result = legal.call(name, **given)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak - np.asarray(result).nbytes < 8e6
    some = {a: x[-1:, ..., :] if x.ndim == len(shape) else x[-1:] for a, x in given.items()}
    assert_allclose(result[-1:], legal.call(name, **some), rtol=1e-14)


@pytest.mark.parametrize("dtype", [np.float16, np.float32, ">f8", np.int8])
def test_types_are_converted_block_by_block(dtype):
    p = np.zeros((1, 3 * 10**6), dtype)
    p[0, -1] = 1
    tracemalloc.start()
    assert xentlib.entropy(p) == 0
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 8e6


@pytest.mark.parametrize("k", range(1, 20))
def test_totals_are_sums(k):
    a = np.random.default_rng(k).random((5, k))
    assert_allclose(_blocks.total(a), a.sum(-1), rtol=1e-15)
    assert_allclose(
        _blocks.rough_total(a.astype(np.float16)),
        a.astype(np.float16).astype(float).sum(-1),
        rtol=1e-6,
    )
