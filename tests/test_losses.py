"""The losses of labels, from probabilities and logits: known values, laws, oracles, refusals."""

import numpy as np
import pytest
import reference
import scipy.special
import sklearn.metrics
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from strategies import bases, binary_logits, distributions, logits, probabilities

import xentlib
from xentlib import (
    binary_cross_entropy,
    binary_cross_entropy_with_logits,
    categorical_cross_entropy,
    categorical_cross_entropy_with_logits,
    cross_entropy,
    cross_entropy_with_logits,
)

LOSSES = [name for name in xentlib.__all__ if "cross_entropy" in name and name != "cross_entropy"]


# Known values


@pytest.mark.parametrize(
    "case",
    reference.cases(*LOSSES),
    ids=lambda case: f"{case['function']} {case['value'][:12]}",
)
def test_reference_values_are_met_to_4_units_in_the_last_place(case):
    assert max(reference.errors(getattr(xentlib, case["function"]), case)) <= 4


@pytest.mark.parametrize(
    ("value", "nats"),
    [
        (binary_cross_entropy([1, 0, 0, 1], [0.9, 0.1, 0.2, 0.65]).mean(), 0.216162),
        (binary_cross_entropy_with_logits(1, 0), 0.693147),
        (categorical_cross_entropy(0, np.array([4, 3, 1, 1]) / 9), 0.810930),
        (categorical_cross_entropy(2, [0.1, 0.2, 0.7]), 0.356675),
        (categorical_cross_entropy_with_logits(0, [2.0, 1.0, 0.1]), 0.417030),
        (cross_entropy_with_logits([0.7, 0.2, 0.1], [2.0, 1.0, 0.1]), 0.807030),
    ],
)
def test_the_numbers_of_the_book(value, nats):
    assert value == pytest.approx(nats, abs=5e-7)


def test_ruling_out_what_happens_costs_infinitely_much():
    assert_array_equal(binary_cross_entropy([1, 0, 0.5, 0.5], [0, 1, 0, 1]), np.full(4, np.inf))
    assert categorical_cross_entropy(1, [1, 0]) == np.inf
    assert categorical_cross_entropy_with_logits(1, [0, -np.inf]) == np.inf
    assert cross_entropy_with_logits([0.5, 0.5], [0, -np.inf]) == np.inf


def test_certainty_that_comes_true_costs_nothing():
    assert_array_equal(binary_cross_entropy([1, 0, 1, 0], [1, 0, 1, -0.0]), np.zeros(4))
    assert categorical_cross_entropy(1, [0, 1, 0]) == 0
    assert categorical_cross_entropy_with_logits(0, [0, -np.inf]) == 0
    assert cross_entropy_with_logits([1, 0], [0, -np.inf]) == 0


def test_a_confident_and_right_logit_keeps_its_tiny_loss():
    tiny = pytest.approx(np.exp(-40), rel=1e-15)
    assert binary_cross_entropy_with_logits(1, 40) == tiny
    assert binary_cross_entropy_with_logits(0, -40) == tiny
    assert categorical_cross_entropy_with_logits(0, [40, 0]) == tiny
    assert cross_entropy_with_logits([1, 0], [40, 0]) == tiny


def test_huge_logits_do_not_overflow_on_the_way():
    assert binary_cross_entropy_with_logits(0.5, 1e308) == 5e307
    assert categorical_cross_entropy_with_logits(0, [1e308, -1e308]) == 0
    assert categorical_cross_entropy_with_logits(0, [-1e308, -1e308]) == np.log(2)
    assert cross_entropy_with_logits([0.5, 0.5], [1e308, -1e308]) == 1e308


def test_a_row_longer_than_a_block_finds_its_top_wherever_it_is():
    z = np.zeros((2, 2**16 + 1000))
    z[0, 2**16 + 7], z[1, 5] = 30, 30
    tiny = np.log1p((z.shape[1] - 1) * np.exp(-30))
    losses = categorical_cross_entropy_with_logits([2**16 + 7, 6], z)
    assert_allclose(losses, [tiny, 30 + tiny], rtol=1e-14)
    for dtype in (np.float16, np.float32, ">f8"):
        losses = categorical_cross_entropy_with_logits([2**16 + 7, 6], z.astype(dtype))
        assert_allclose(losses, [tiny, 30 + tiny], rtol=1e-6)


@pytest.mark.parametrize("k", [2, 5, 63, 64, 200])
@pytest.mark.parametrize("at", [0, 1, -1])
def test_the_top_logit_is_found_in_rows_of_any_length(k, at):
    z = np.zeros((3, k))
    z[:, at] = 5
    expected = np.log1p((k - 1) * np.exp(-5))
    assert_allclose(categorical_cross_entropy_with_logits(np.full(3, at % k), z), expected)


# Laws


@given(probabilities, probabilities)
def test_a_binary_loss_is_the_cross_entropy_of_two_outcomes(y, q):
    expected = cross_entropy([1 - y, y], [1 - q, q])
    assert binary_cross_entropy(y, q) == pytest.approx(expected, rel=1e-9, abs=1e-15)


@given(st.integers(0, 1024), st.integers(0, 1024))
def test_binary_losses_are_never_negative_and_change_sides_together(y, q):
    y, q = y / 1024, q / 1024
    loss = binary_cross_entropy(y, q)
    assert loss >= 0
    assert binary_cross_entropy(1 - y, 1 - q) == pytest.approx(loss, rel=1e-14)


@given(probabilities, st.floats(-30, 30))
def test_a_binary_logit_is_the_log_odds_of_its_probability(y, z):
    expected = binary_cross_entropy(y, scipy.special.expit(z))
    assert binary_cross_entropy_with_logits(y, z) == pytest.approx(expected, rel=1e-3, abs=1e-15)


@given(st.sampled_from([0, 0.25, 1]), binary_logits)
def test_a_binary_logit_changes_its_sign_with_its_label(y, z):
    loss = binary_cross_entropy_with_logits(y, z)
    assert loss >= 0
    assert loss == binary_cross_entropy_with_logits(1 - y, -z)


@given(binary_logits.filter(lambda z: abs(z) < 1e307), probabilities)
def test_a_binary_logit_is_two_logits_against_zero(z, y):
    two = cross_entropy_with_logits([1 - y, y], [0, z])
    assert binary_cross_entropy_with_logits(y, z) == pytest.approx(two, rel=1e-12)


@given(distributions(5), st.integers(0, 4))
def test_a_label_is_a_certain_truth(q, y):
    assert categorical_cross_entropy(y, q) == cross_entropy(np.eye(5)[y], q)


@given(logits(5), st.integers(0, 4))
def test_a_label_is_a_certain_truth_for_logits_too(z, y):
    soft = cross_entropy_with_logits(np.eye(5)[y], z)
    assert categorical_cross_entropy_with_logits(y, z) == soft


@given(distributions(4, zeros=False), distributions(4), st.integers(0, 3))
def test_logits_are_logarithms_of_probabilities(q, p, y):
    z = np.log(q)
    of_label = categorical_cross_entropy(y, q)
    assert categorical_cross_entropy_with_logits(y, z) == pytest.approx(
        of_label, rel=1e-9, abs=1e-12
    )
    assert cross_entropy_with_logits(p, z) == pytest.approx(
        cross_entropy(p, q), rel=1e-9, abs=1e-12
    )


@given(logits(6), st.integers(0, 5), distributions(6))
def test_losses_from_logits_are_never_negative(z, y, p):
    assert categorical_cross_entropy_with_logits(y, z) >= 0
    assert cross_entropy_with_logits(p, z) >= 0


@given(st.lists(st.integers(-100, 100), min_size=2, max_size=9), st.integers(-(2**40), 2**40))
def test_only_differences_of_logits_count(z, shift):
    z = np.array(z, float)
    moved = categorical_cross_entropy_with_logits(0, z + shift)
    assert moved == categorical_cross_entropy_with_logits(0, z)


@given(distributions(4), logits(4), probabilities, bases)
def test_another_base_is_another_unit(p, z, y, base):
    def check(function, *given):
        expected = function(*given) / np.log(base)
        assert function(*given, base=base) == pytest.approx(expected, rel=1e-14)

    check(binary_cross_entropy, y, p[0])
    check(categorical_cross_entropy, 2, p)
    if np.abs(z[np.isfinite(z)]).max() < 1e307:
        check(binary_cross_entropy_with_logits, y, z[0])
        check(categorical_cross_entropy_with_logits, 1, z)
        check(cross_entropy_with_logits, p, z)


def test_losses_of_many_examples_are_the_losses_of_each():
    random = np.random.default_rng(0)
    y, z = random.integers(0, 4, (3, 5)), random.normal(size=(3, 5, 4))
    p = scipy.special.softmax(random.normal(size=(3, 5, 4)), axis=-1)
    for function, truth, model in [
        (categorical_cross_entropy, y, p),
        (categorical_cross_entropy_with_logits, y, z),
        (cross_entropy_with_logits, p, z),
    ]:
        each = [[function(truth[i, j], model[i, j]) for j in range(5)] for i in range(3)]
        assert_allclose(function(truth, model), each, rtol=1e-14)


# Oracles


@pytest.fixture
def random():
    return np.random.default_rng(3)


def test_scikit_learn_agrees_on_binary_losses(random):
    y, q = random.integers(0, 2, 50), random.random(50)
    assert binary_cross_entropy(y, q).mean() == pytest.approx(sklearn.metrics.log_loss(y, q))


def test_scikit_learn_agrees_on_categorical_losses(random):
    y, q = random.integers(0, 5, 50), random.dirichlet(np.ones(5), 50)
    expected = sklearn.metrics.log_loss(y, q, labels=range(5))
    assert categorical_cross_entropy(y, q).mean() == pytest.approx(expected)


def test_scipy_agrees_on_logits(random):
    y, z = random.integers(0, 5, 50), random.normal(size=(50, 5))
    expected = -scipy.special.log_softmax(z, axis=-1)
    labels = np.eye(5)[y]
    assert_allclose(categorical_cross_entropy_with_logits(y, z), (labels * expected).sum(-1))
    p = random.dirichlet(np.ones(5), 50)
    assert_allclose(cross_entropy_with_logits(p, z), (p * expected).sum(-1))


def test_scipy_agrees_on_binary_logits(random):
    y, z = random.random(50), random.normal(size=50)
    expected = -y * scipy.special.log_expit(z) - (1 - y) * scipy.special.log_expit(-z)
    assert_allclose(binary_cross_entropy_with_logits(y, z), expected, rtol=1e-13)


def test_torch_agrees_on_every_loss(random):
    torch = pytest.importorskip("torch")
    y, z, p = (
        random.integers(0, 5, 50),
        random.normal(size=(50, 5)),
        random.dirichlet(np.ones(5), 50),
    )
    soft, q, logit = random.random(50), random.random(50), random.normal(size=50)
    for ours, name, model, truth in [
        (binary_cross_entropy(soft, q), "binary_cross_entropy", q, soft),
        (
            binary_cross_entropy_with_logits(soft, logit),
            "binary_cross_entropy_with_logits",
            logit,
            soft,
        ),
        (categorical_cross_entropy_with_logits(y, z), "cross_entropy", z, y),
        (cross_entropy_with_logits(p, z), "cross_entropy", z, p),
    ]:
        loss = getattr(torch.nn.functional, name)
        theirs = loss(torch.tensor(model), torch.tensor(truth), reduction="none")
        assert_allclose(ours, theirs.numpy(), rtol=1e-12)


# Refusals (test_checks has them all)


@pytest.mark.parametrize(
    "function", [binary_cross_entropy, binary_cross_entropy_with_logits, cross_entropy_with_logits]
)
def test_a_column_of_predictions_is_not_broadcast_into_a_table(function):
    with pytest.raises(ValueError, match=r"has shape \(2,\) and .* has shape \(2, 1\)"):
        function([0.5, 0.5], [[0.5], [0.5]])


@pytest.mark.parametrize(
    "function", [categorical_cross_entropy, categorical_cross_entropy_with_logits]
)
@pytest.mark.parametrize("label", [-1, -100, 2, 300])
def test_a_label_that_names_no_class_is_not_skipped_or_wrapped(function, label):
    with pytest.raises(ValueError, match=rf"y\[1\] = {label} is not a label from 0 to 1: drop"):
        function([0, label], [[0.5, 0.5], [0.5, 0.5]])


def test_a_row_with_every_class_masked_is_refused():
    with pytest.raises(ValueError, match=r"z\[1\] is -inf for every outcome: leave one"):
        categorical_cross_entropy_with_logits([0, 0], [[0, -np.inf], [-np.inf, -np.inf]])
