"""Surprisal, entropy, cross-entropy and the divergences: known values, laws, oracles, refusals."""

import numpy as np
import pytest
import reference
import scipy.spatial.distance
import scipy.special
import scipy.stats
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from strategies import bases, distributions, pairs, probabilities, shuffles

import xentlib
from xentlib import cross_entropy, entropy, js_divergence, kl_divergence, surprisal

OF_TWO = [cross_entropy, kl_divergence, js_divergence]
COIN, FAIR = [0.75, 0.25], [0.5, 0.5]


# Known values


@pytest.mark.parametrize(
    "case",
    reference.cases("surprisal", "entropy", "cross_entropy", "kl_divergence", "js_divergence"),
    ids=lambda case: f"{case['function']} {case['value'][:12]}",
)
def test_reference_values_are_met_to_4_units_in_the_last_place(case):
    assert max(reference.errors(getattr(xentlib, case["function"]), case)) <= 4


def test_the_reference_file_is_what_its_script_writes():
    assert reference.FILE.read_text() == reference.text()


@pytest.mark.parametrize(
    ("value", "bits"),
    [
        (surprisal(0.001, base=2), 9.965784),
        (entropy(COIN, base=2), 0.811278),
        (entropy([0.5, 0.25, 0.125, 0.125], base=2), 1.75),
        (entropy([0.4, 0.3, 0.2, 0.1], base=2), 1.846439),
        (cross_entropy([0, 1, 0], [0.4, 0.5, 0.1], base=2), 1),
        (cross_entropy([0, 0, 1], [0.1, 0.2, 0.7], base=2), 0.514573),
        (cross_entropy([1, 0, 0, 0], np.array([4, 3, 1, 1]) / 9, base=2), 1.169925),
        (kl_divergence(COIN, FAIR, base=2), 0.188722),
        (kl_divergence(FAIR, COIN, base=2), 0.207519),
        (js_divergence(COIN, FAIR, base=2), 0.048795),
    ],
)
def test_the_numbers_of_the_book(value, bits):
    assert value == pytest.approx(bits, abs=5e-7)


def test_powers_of_one_half_have_whole_numbers_of_bits():
    halvings = np.arange(1075)
    assert_array_equal(surprisal(2.0**-halvings, base=2), halvings)


def test_an_impossible_outcome_is_infinitely_surprising():
    assert_array_equal(surprisal([0.0, -0.0]), [np.inf, np.inf])


def test_impossible_outcomes_add_nothing_to_entropy():
    assert entropy([0.5, 0, 0.5, -0.0], base=2) == 1


@pytest.mark.parametrize("zero", [0.0, -0.0])
def test_cross_entropy_and_kl_are_infinite_when_q_misses_an_outcome(zero):
    assert cross_entropy(FAIR, [1, zero]) == np.inf
    assert kl_divergence(FAIR, [1, zero]) == np.inf
    assert kl_divergence([1, 5e-324], [1, zero]) == np.inf


@pytest.mark.parametrize("zero", [0.0, -0.0])
def test_an_outcome_that_neither_allows_adds_nothing(zero):
    assert cross_entropy([*FAIR, zero], [*COIN, zero]) == cross_entropy(FAIR, COIN)
    assert kl_divergence([*FAIR, zero], [*COIN, zero]) == kl_divergence(FAIR, COIN)
    assert js_divergence([*FAIR, zero], [*COIN, zero]) == js_divergence(FAIR, COIN)


def test_js_is_one_bit_when_nothing_is_shared():
    assert js_divergence([1, 0, 0], [0, 0.5, 0.5], base=2) == pytest.approx(1, rel=1e-15)


def test_kl_sees_differences_far_below_the_rounding_of_one():
    near = np.array([0.5 + 2.0**-50, 0.5 - 2.0**-50])
    assert kl_divergence(near, FAIR) == pytest.approx(2.0**-99, rel=1e-14)


@pytest.mark.parametrize("k", [12, 13, 63, 64, 65, 2**16, 2**16 + 1, 2**17 + 3])
def test_long_rows_of_like_terms_do_not_pile_up_their_rounding(k):
    assert entropy(np.full((2, k), 1 / k)) == pytest.approx(np.full(2, np.log(k)), rel=4e-16)


def test_infinite_and_finite_rows_stand_side_by_side_also_when_they_are_long():
    p, q = np.full((2, 100), 0.01), np.full((2, 100), 0.01)
    q[1] = np.r_[np.full(99, 1 / 99), 0]
    assert_allclose(cross_entropy(p, q), [np.log(100), np.inf], rtol=1e-15)
    assert_allclose(kl_divergence(p, q), [0, np.inf])


# Laws


@given(probabilities)
def test_surprisal_is_never_negative_and_falls_as_p_grows(p):
    assert 0 <= surprisal(p) <= surprisal(p / 2)


@given(probabilities.filter(lambda p: p > 1e-150), probabilities.filter(lambda p: p > 1e-150))
def test_surprisals_of_independent_outcomes_add(p, q):
    assert surprisal(p * q) == pytest.approx(surprisal(p) + surprisal(q), rel=1e-14, abs=1e-15)


@given(pairs())
def test_entropy_lies_between_zero_and_log_k(pair):
    p, _ = pair
    assert 0 <= entropy(p) <= np.log(len(p)) * (1 + 1e-15)


@given(pairs())
def test_no_model_beats_the_truth(pair):
    p, q = pair
    assert cross_entropy(p, q) >= entropy(p) * (1 - 1e-9)
    assert kl_divergence(p, q) >= 0


@given(pairs())
def test_cross_entropy_is_entropy_and_divergence(pair):
    p, q = pair
    assert cross_entropy(p, q) == pytest.approx(entropy(p) + kl_divergence(p, q), abs=1e-14)


@given(pairs())
def test_only_the_truth_itself_wastes_nothing(pair):
    p, q = pair
    assert kl_divergence(p, p) == js_divergence(p, p) == 0
    assert cross_entropy(p, p) == entropy(p)
    assert kl_divergence(p, q) > 0 or np.allclose(p, q, rtol=0, atol=1e-160)


@given(pairs())
def test_js_is_symmetric_and_at_most_one_bit(pair):
    p, q = pair
    assert js_divergence(p, q) == js_divergence(q, p)
    assert 0 <= js_divergence(p, q, base=2) <= 1 + 1e-15


@given(pairs())
def test_js_is_the_mean_divergence_from_the_middle(pair):
    p, q = pair
    middle = (p + q) / 2
    mean = (kl_divergence(p, middle) + kl_divergence(q, middle)) / 2
    assert js_divergence(p, q) == pytest.approx(mean, rel=1e-6, abs=1e-15)


@given(pairs(), shuffles)
def test_the_order_of_the_outcomes_does_not_matter(pair, random):
    p, q = pair
    order = random.sample(range(len(p)), len(p))
    for function in OF_TWO:
        assert function(p[order], q[order]) == pytest.approx(function(p, q), rel=1e-14)


@given(distributions(3), distributions(4))
def test_entropy_adds_up_over_a_choice_in_two_steps(p, then):
    in_one = np.r_[p[0] * then, p[1:]]
    in_two = entropy(p) + p[0] * entropy(then)
    assert entropy(in_one) == pytest.approx(in_two, rel=1e-13, abs=1e-15)


@given(distributions(3), distributions(4))
def test_entropies_of_independent_distributions_add(p, q):
    both = np.outer(p, q).ravel()
    assert entropy(both) == pytest.approx(entropy(p) + entropy(q), rel=1e-13, abs=1e-14)


@given(pairs(), bases)
def test_another_base_is_another_unit(pair, base):
    p, q = pair
    assert entropy(p, base=base) == pytest.approx(entropy(p) / np.log(base), rel=1e-15)
    assert_allclose(surprisal(p, base=base), surprisal(p) / np.log(base), rtol=1e-15)
    for function in OF_TWO:
        in_base = function(p, q, base=base)
        assert in_base == pytest.approx(function(p, q) / np.log(base), rel=1e-14)


@given(st.lists(st.tuples(distributions(5), distributions(5)), min_size=1, max_size=4))
def test_each_row_is_computed_as_if_alone(rows):
    p, q = np.array(rows).swapaxes(0, 1)
    for function in OF_TWO:
        alone = [function(*row) for row in rows]
        assert_allclose(function(p, q), alone, rtol=1e-14)


@pytest.mark.parametrize("function", OF_TWO)
def test_one_p_meets_many_q(function):
    many = np.random.default_rng(0).dirichlet(np.ones(3), (4, 5))
    p = many[0, 0]
    expected = [[function(p, q) for q in row] for row in many]
    assert_allclose(function(p, many), expected, rtol=1e-14)
    assert function(many[:, None, :1], many).shape == (4, 4, 5)


# Oracles


@pytest.fixture
def p():
    return np.random.default_rng(1).dirichlet(np.ones(6), 40)


@pytest.fixture
def q():
    return np.random.default_rng(2).dirichlet(np.ones(6), 40)


def test_scipy_agrees_on_entropy(p):
    assert_allclose(entropy(p, base=2), scipy.stats.entropy(p, base=2, axis=-1), rtol=1e-13)


def test_scipy_agrees_on_cross_entropy(p, q):
    assert_allclose(cross_entropy(p, q), -scipy.special.xlogy(p, q).sum(-1), rtol=1e-13)


def test_scipy_agrees_on_kl(p, q):
    assert_allclose(kl_divergence(p, q), scipy.special.rel_entr(p, q).sum(-1), rtol=1e-12)


def test_scipy_agrees_on_js(p, q):
    distance = scipy.spatial.distance.jensenshannon(p, q, axis=-1)
    assert_allclose(js_divergence(p, q), distance**2, rtol=1e-12)


def test_torch_agrees_on_kl(p, q):
    torch = pytest.importorskip("torch")
    log_q = torch.log(torch.tensor(q))
    theirs = torch.nn.functional.kl_div(log_q, torch.tensor(p), reduction="none").sum(-1)
    assert_allclose(kl_divergence(p, q), theirs.numpy(), rtol=1e-12)


# Refusals (test_checks has them all)


@pytest.mark.parametrize("function", OF_TWO)
def test_one_outcome_is_not_broadcast_against_many(function):
    with pytest.raises(ValueError, match=r"p has shape \(2, 1\) and q has shape \(2, 2\)"):
        function([[1.0], [1.0]], [FAIR, FAIR])


@pytest.mark.parametrize("function", OF_TWO)
def test_a_q_that_sums_to_nine_tenths_is_not_normalised_in_silence(function):
    with pytest.raises(ValueError, match=r"^q sums to 0\.9,"):
        function([0.4, 0.3, 0.2, 0.1], [0.4, 0.3, 0.1, 0.1])


def test_counts_are_not_taken_for_probabilities():
    with pytest.raises(ValueError, match=r"p\[0\] = 3 is not a probability.*divide counts"):
        entropy([3, 1])
