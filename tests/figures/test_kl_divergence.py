"""The figures of chapter 4: their readings are what they should be."""

from collections import Counter
from itertools import product

import numpy as np
from numpy.testing import assert_allclose
from reading import read
from scipy.integrate import quad
from scipy.stats import norm

import xentlib
from xentlib.figures import kl_divergence as figures
from xentlib.figures.harbour import NORTH, SOUTH


def bell(x, mean, sd):
    q = np.exp(-(((x - mean) / sd) ** 2) / 2)
    return q / q.sum()


def divergences(mean, sd):
    x = np.linspace(-28, 28, 5601)
    p, q = (bell(x, -3, 1) + bell(x, 3, 1)) / 2, bell(x, mean, sd)
    z = -(((x - mean) / sd) ** 2) / 2
    forward = xentlib.cross_entropy_with_logits(p, z, base=2) - xentlib.entropy(p, base=2)
    return [forward, xentlib.kl_divergence(q, p, base=2)]


def bill(per_cent):
    belief = SOUTH + per_cent / 100 * (NORTH - SOUTH)
    whole, floor = xentlib.cross_entropy(SOUTH, belief, base=2), xentlib.entropy(SOUTH, base=2)
    return [whole, floor, whole - floor]


SAID = {
    "one-bell-over-two": divergences,
    "sliding-belief": bill,
}  # what its sentence must say, from what its controls say

PRINTED = 0.5000001e-3  # half a unit of the last of three decimals


def test_both_divergences_of_the_two_bumps_agree_with_numerical_integrals():
    figure = figures.one_bell_over_two()
    mean, sd, forward, reverse = read(figure, "mean", "sd", "forward", "reverse")

    def p(x):
        return (norm.pdf(x, -3) + norm.pdf(x, 3)) / 2

    entropy = quad(lambda x: -p(x) * np.log2(p(x)), -20, 20, limit=200)[0]
    crossed = np.log(sd * np.sqrt(2 * np.pi)) + (10 + mean**2) / (2 * sd**2)
    assert_allclose(forward, crossed / np.log(2) - entropy, atol=PRINTED + 1e-8)
    for place in range(0, len(mean), 23):
        q = norm(mean[place], sd[place])
        waste, _ = quad(
            lambda x, q=q: q.pdf(x) * (q.logpdf(x) / np.log(2) - np.log2(p(x))), -35, 35, limit=400
        )
        assert_allclose(reverse[place], waste, atol=PRINTED + 1e-6)


def test_the_best_place_depends_on_the_direction():
    mean, sd, forward, reverse = read(
        figures.one_bell_over_two(), "mean", "sd", "forward", "reverse"
    )
    assert (mean[forward.argmin()], sd[forward.argmin()]) == (0, 3.2)
    assert (abs(mean[reverse.argmin()]), sd[reverse.argmin()]) == (3, 1)


def test_a_bar_is_as_high_as_its_number_or_ends_as_an_arrow():
    figure = figures.one_bell_over_two()
    for name, shown in zip(("forward", "reverse"), figure.tables["shown"], strict=True):
        (bits,) = read(figure, name)
        assert_allclose(figure.tables[f"{name}_drawn"], np.minimum(bits, figures.CUT), atol=5.1e-4)
        digits = [0.5001 * 10.0 ** -len(text.partition(".")[2]) for text in shown]
        assert (abs(np.array(shown, float) - bits) <= np.array(digits) + PRINTED).all()
        assert max(map(len, shown)) <= 4


def test_the_waste_grows_from_zero_to_half_a_bit_while_the_belief_slides_north():
    waste = figures.sliding_belief().readings["waste"]
    assert waste[0] == "0" and waste[10] == "0.146" and waste[20] == "0.5"
    assert (np.diff([float(bits) for bits in waste]) > 0).all()


def test_the_drawn_columns_and_their_parts_make_the_waste():
    tables = figures.sliding_belief().tables
    wider = np.diff(tables["edges"]) * (np.array(tables["paid"]) - tables["own"])
    assert_allclose(wider, tables["parts"], atol=1e-3)
    assert_allclose(np.sum(tables["parts"], axis=1), tables["waste_drawn"], atol=2e-3)
    assert tables["parts"][20] == [0.5, 0.25, -0.25, 0]


def test_the_evidence_of_a_day_is_what_the_words_differ():
    assert_allclose(figures.EVIDENCE, [1, 1, -2, 0])


def test_every_mixture_costs_more_than_its_first_piece_and_saves_less():
    share = np.arange(1, 101) / 100
    belief = SOUTH + np.outer(share, NORTH - SOUTH)
    parts = SOUTH * np.log2(SOUTH / belief)
    line = (NORTH - SOUTH)[2] / np.log(2) * share  # the grey line
    assert (np.maximum(parts, 0).sum(axis=1) > line).all()
    assert (np.maximum(-parts, 0).sum(axis=1) < line).all()


def test_after_ten_evenings_six_southern_lamps_in_ten_have_five_bits_or_more():
    chances = {0: 1.0}
    for _ in range(10):
        after = Counter()
        for (bits, chance), (weather, p) in product(chances.items(), enumerate(SOUTH)):
            after[bits + (1, 1, -2, 0)[weather]] += chance * p
        chances = after
    assert round(sum(p for bits, p in chances.items() if bits >= 5), 1) == 0.6


def test_the_bettors_forty_days_have_the_shares_of_the_south_and_begin_with_sun():
    assert_allclose(np.bincount(figures.FORTY) / 40, SOUTH)
    assert list(figures.FORTY[:5]) == [0, 0, 0, 0, 3]  # broke at the fifth bet
