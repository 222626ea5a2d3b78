"""Every kind of bad input, to every argument that it can be given to."""

import tracemalloc
from fractions import Fraction

import legal
import numpy as np
import pytest

import xentlib

ANYTHING = legal.slots("probabilities", "distributions", "binary logits", "logits", "labels")
ROWS = legal.slots("distributions", "logits")


def refuses(error, message, name, **changed):
    with pytest.raises(error, match=message):
        legal.call(name, **changed)


def with_entry(name, argument, place, value):
    a = legal.CALLS[name][argument].copy()
    a[place] = value
    return {argument: a}


def every(slots, rows):
    """Each slot with each row, labelled for pytest."""
    return [
        pytest.param(name, argument, *row, id=f"{name} {argument} {row[0]}")
        for name, argument in slots
        for row in rows
    ]


# Values


@pytest.mark.parametrize(
    ("name", "argument", "value"),
    every(
        legal.slots("probabilities", "distributions"),
        [(-0.25,), (-5e-324,), (1.5,), (1 + 2.0**-52,), (np.nan,), (np.inf,), (-np.inf,)],
    ),
)
def test_what_is_no_probability_is_refused(name, argument, value):
    message = rf"^{argument}\[1, 0\] = {value} is not a probability.*divide counts.*_with_logits$"
    refuses(ValueError, message, name, **with_entry(name, argument, (1, 0), value))


@pytest.mark.parametrize(
    ("name", "argument", "total"),
    every(legal.slots("distributions"), [(0.9,), (1.01,), (0.5,), (1 + 4e-9,), (1 - 4e-9,)]),
)
def test_what_does_not_sum_to_one_is_refused(name, argument, total):
    message = (
        rf"^{argument}\[1\] sums to {total:.7g}, off 1 by {total - 1:.1e}.*counts.*logits.*norm"
    )
    refuses(ValueError, message, name, **with_entry(name, argument, 1, [total / 2, 0, total / 2]))


@pytest.mark.parametrize(
    ("dtype", "slack"), [(np.float64, 1e-9), (np.float32, 1e-5), (np.float16, 2e-3)]
)
def test_sums_may_be_off_by_what_typing_and_rounding_make(dtype, slack):
    for off in (-slack, slack):
        # the last place of float16 is coarser than a fifth of its slack
        xentlib.entropy(np.array([0.5, 0.5 + off * 0.75]).astype(dtype))
        with pytest.raises(ValueError, match=r"^p sums to"):
            xentlib.entropy(np.array([0.5, 0.5 + off * 2.5]).astype(dtype))


def test_long_rows_get_slack_for_each_outcome_but_never_a_hundredth():
    rounded = np.full(1000, 0.001) * (1 + 5e-5)
    xentlib.entropy(rounded.astype(np.float32))
    with pytest.raises(ValueError, match="sums to"):
        xentlib.entropy((rounded * (1 + 2e-4)).astype(np.float32))
    with pytest.raises(ValueError, match=r"sums to 0\.98"):
        xentlib.entropy(np.full(1000, 0.00098, np.float16))
    xentlib.entropy(np.full(1000, 0.000993, np.float16))


@pytest.mark.parametrize(
    ("name", "argument", "value"),
    every(legal.slots("binary logits"), [(np.nan,), (np.inf,), (-np.inf,)]),
)
def test_a_binary_logit_must_be_finite(name, argument, value):
    message = rf"^z\[0, 2\] = {value} is not finite: clip"
    refuses(ValueError, message, name, **with_entry(name, argument, (0, 2), value))


@pytest.mark.parametrize(
    ("name", "argument", "value"), every(legal.slots("logits"), [(np.nan,), (np.inf,)])
)
def test_a_logit_must_not_be_nan_or_infinite(name, argument, value):
    message = rf"^z\[0, 2\] = {value} is not a logit: mend the model, or mask"
    refuses(ValueError, message, name, **with_entry(name, argument, (0, 2), value))


@pytest.mark.parametrize(("name", "argument"), legal.slots("logits"))
def test_a_mask_must_leave_an_outcome(name, argument):
    message = r"^z\[1\] is -inf for every outcome: leave one of them unmasked$"
    refuses(ValueError, message, name, **with_entry(name, argument, 1, -np.inf))
    legal.call(name, **with_entry(name, argument, (0, 0), -np.inf))


@pytest.mark.parametrize(
    ("name", "argument", "value"),
    every(legal.slots("labels"), [(-1,), (-100,), (3,), (2**40,)]),
)
def test_a_label_must_name_an_outcome(name, argument, value):
    message = rf"^y\[1\] = {value} is not a label from 0 to 2: drop the example"
    refuses(ValueError, message, name, **with_entry(name, argument, 1, value))


@pytest.mark.parametrize(
    ("name", "argument", "label"),
    every(legal.slots("labels"), [([0.0, 1.0],), ([True, False],), ([0.5, np.nan],)]),
)
def test_a_label_must_be_an_integer(name, argument, label):
    dtype = np.array(label).dtype
    message = rf"^y has dtype {dtype}, and labels are integers: convert .* or give soft labels"
    refuses(TypeError, message, name, **{argument: label})


@pytest.mark.parametrize("place", [0, 5, 2**16 - 1, 2**16, 2**16 + 1, 10**5 - 1])
def test_the_first_bad_entry_is_named_in_any_block(place):
    p = np.full(10**5, 0.5)
    p[[place, -1]] = -1, -2
    value = -2 if place == 10**5 - 1 else -1
    with pytest.raises(ValueError, match=rf"^p\[{place}\] = {value}\.0 is not"):
        xentlib.surprisal(p)


@pytest.mark.parametrize("place", [(0, 0), (3, 17), (6, 9999)])
def test_the_first_bad_row_is_named_in_any_block(place):
    shape = (7, 10**4)
    index = f"{place[0]}, {place[1]}"
    q = np.full((*shape, 2), 0.5)
    q[place] = q[6, 9999] = 0.25
    with pytest.raises(ValueError, match=rf"^q\[{index}\] sums to 0\.5,"):
        xentlib.cross_entropy([0.5, 0.5], q)
    z = np.zeros((*shape, 2))
    z[0, 0, 0] = z[3, 0, 1] = -np.inf  # masks that leave an outcome
    z[place] = z[6, 9999] = -np.inf
    with pytest.raises(ValueError, match=rf"^z\[{index}\] is -inf"):
        xentlib.categorical_cross_entropy_with_logits(np.zeros(shape, int), z)


def test_a_number_is_named_without_an_index():
    with pytest.raises(ValueError, match=r"^p = 2 is not a probability"):
        xentlib.surprisal(2)


# Types


@pytest.mark.parametrize(
    ("name", "argument", "bad"),
    every(
        ANYTHING,
        [
            ([1j, 1],),
            (["0.5", "0.5"],),
            ([b"0.5", b"0.5"],),
            ([None, 0.5],),
            ([Fraction(1, 2), Fraction(1, 2)],),
            ({"cat": 1.0},),
            (np.array(["2024-01-01"], "M8[D]"),),
            (np.array([1, 2], "m8[s]"),),
            (np.array([(1.0,)], [("p", float)]),),
            ([10**400, 1],),
        ],
    ),
)
def test_what_holds_no_real_numbers_is_refused(name, argument, bad):
    dtype = np.asarray(bad).dtype
    message = f"^{argument} has dtype .*: convert it to real numbers, float64 at most$"
    assert dtype.kind not in "fiub"
    refuses(TypeError, message, name, **{argument: bad})


@pytest.mark.parametrize(("name", "argument"), ANYTHING)
def test_a_masked_array_is_refused(name, argument):
    masked = np.ma.masked_array(legal.CALLS[name][argument])
    message = f"^{argument} is a masked array: fill or drop what is masked"
    refuses(TypeError, message, name, **{argument: masked})


@pytest.mark.parametrize(("name", "argument"), ANYTHING)
def test_a_ragged_list_is_refused(name, argument):
    message = f"^{argument} is not an array of numbers: .*inhomogeneous"
    refuses(ValueError, message, name, **{argument: [[0.5, 0.5], [1.0]]})


@pytest.mark.parametrize(("name", "argument"), ANYTHING)
def test_what_will_not_become_an_array_is_refused(name, argument):
    class Gradient:
        def __array__(self, dtype=None, copy=None):
            raise RuntimeError("detach it first")

    message = f"^{argument} is not an array of numbers: detach it first"
    refuses(TypeError, message, name, **{argument: Gradient()})


@pytest.mark.skipif(np.dtype("g").itemsize == 8, reason="long doubles are doubles here")
def test_a_long_double_is_not_rounded_in_silence():
    refuses(TypeError, r"^p has dtype .*float64 at most", "entropy", p=np.ones(1, "g"))


@pytest.mark.parametrize("name", legal.CALLS)
@pytest.mark.parametrize(
    "base", [1, 0, -2, 0.5, np.nan, np.inf, -np.inf, True, "2", None, 2j, [2.0], np.array([2, 3])]
)
def test_a_base_must_be_a_finite_number_above_one(name, base):
    message = r"^base = .* is not a finite number above 1: use 2 for bits, np.e for nats$"
    refuses(ValueError, message, name, base=base)


@pytest.mark.parametrize("base", [2, np.float32(2), np.int8(2), Fraction(2)])
def test_a_base_may_be_any_real_number(base):
    assert xentlib.surprisal(0.25, base=base) == 2


def test_a_base_may_be_huge_or_nearly_one():
    assert xentlib.surprisal(0.1, base=10**400) == pytest.approx(1 / 400)
    assert xentlib.surprisal(0.5, base=1 + 2.0**-52) == pytest.approx(np.log(2) * 2.0**52)


# Shapes


@pytest.mark.parametrize(("name", "argument"), ANYTHING)
@pytest.mark.parametrize("shape", [(0,), (0, 3), (3, 0), (2, 0, 3)])
def test_empty_input_is_refused(name, argument, shape):
    kind = int if legal.kind(name, argument) == "labels" else float
    message = rf"^{argument} is empty, its shape \({str(shape)[1:-1]}\): give at least one entry$"
    refuses(ValueError, message, name, **{argument: np.zeros(shape, kind)})


@pytest.mark.parametrize(("name", "argument"), ROWS)
def test_a_number_has_no_outcomes(name, argument):
    message = rf"^{argument} = 1\.0 has no outcomes, its shape \(\): give one entry per outcome$"
    refuses(ValueError, message, name, **{argument: 1.0})


TWO = ["cross_entropy", "kl_divergence", "js_divergence"]
SAME = ["binary_cross_entropy", "binary_cross_entropy_with_logits", "cross_entropy_with_logits"]


@pytest.mark.parametrize("name", TWO)
@pytest.mark.parametrize(
    ("p", "q"),
    [((2,), (3,)), ((1,), (2,)), ((2, 2), (2, 1)), ((3, 2), (4, 2)), ((2, 3, 2), (3, 3, 2))],
)
def test_outcomes_must_match_and_other_axes_broadcast(name, p, q):
    given = {"p": np.full(p, 1 / p[-1]), "q": np.full(q, 1 / q[-1])}
    shapes = rf"p has shape \({str(p)[1:-1]}\) and q has shape \({str(q)[1:-1]}\)"
    refuses(ValueError, f"^{shapes}: make the last axes equal", name, **given)


@pytest.mark.parametrize("name", SAME)
@pytest.mark.parametrize(
    ("truth", "model"), [((2,), (3,)), ((2,), (2, 1)), ((1, 2), (2,)), ((2, 2), (1, 2))]
)
def test_shapes_of_losses_must_be_equal(name, truth, model):
    first, second = legal.CALLS[name]
    given = {first: np.full(truth, 0.5), second: np.full(model, 0.5)}
    shapes = (
        rf"{first} has shape \({str(truth)[1:-1]}\) and {second} has shape \({str(model)[1:-1]}\)"
    )
    refuses(ValueError, f"^{shapes}: the shapes must be equal, so reshape", name, **given)


@pytest.mark.parametrize("name", legal.LABELLED)
@pytest.mark.parametrize("shape", [(), (1,), (3,), (2, 1), (2, 3)])
def test_there_must_be_one_label_for_each_row(name, shape):
    second = list(legal.CALLS[name])[1]
    message = rf"^y has shape {str(shape)[:-1]}.* and {second} has shape \(2, 3\): .*shape \(2,\)$"
    refuses(ValueError, message.replace("shape (", r"shape \("), name, y=np.zeros(shape, int))


# Large input


@pytest.mark.parametrize("bad", ["last entry", "last row", "type", "shape", "mask", "label"])
def test_large_bad_input_is_refused_with_little_memory(bad):
    q, y = np.full((2 * 10**5, 5), 0.2), np.zeros(2 * 10**5, int)
    calls = {
        "last entry": lambda: xentlib.entropy(q),
        "last row": lambda: xentlib.kl_divergence(q[0], q),
        "type": lambda: xentlib.entropy(z),
        "shape": lambda: xentlib.cross_entropy_with_logits(q, q[:-1]),
        "mask": lambda: xentlib.categorical_cross_entropy_with_logits(y, q),
        "label": lambda: xentlib.categorical_cross_entropy(y, q),
    }
    z = q.astype(complex) if bad == "type" else None
    q[-1] = {"last entry": np.nan, "last row": 0.1, "mask": -np.inf}.get(bad, 0.2)
    y[-1] = 5
    y[-1] = 0 if bad == "mask" else 5
    tracemalloc.start()
    with pytest.raises((ValueError, TypeError)):
        calls[bad]()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 2e6
