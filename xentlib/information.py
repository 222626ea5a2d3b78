"""Distributions in, information out: chapters 1 to 4.

float32 in gives float32 out, and float16 is computed in, and comes out as, float32; integers,
booleans and mixed input give float64. A single number comes out as a NumPy float.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from ._blocks import Array, FloatOrArray, each, rough_total, sums, total
from ._checks import distributions, log_of_base, probabilities


def surprisal(p: ArrayLike, *, base: float = np.e) -> FloatOrArray:
    """Surprise, −log p, at an outcome of probability p.

    Parameters
    ----------
    p : array_like
        Probabilities, of any shape.
    base : float, optional
        Base of the logarithm: e gives nats (the default), 2 gives bits.

    Returns
    -------
    float or ndarray
        One surprisal per entry, in the shape of `p`; infinite where p = 0.

    Raises
    ------
    ValueError
        If a probability lies outside [0, 1], or `p` is empty, or `base` is not a finite number
        above 1.
    TypeError
        If `p` does not hold real numbers, or is masked.

    See Also
    --------
    entropy : The surprisal to expect.
    categorical_cross_entropy : The surprisal of the label, also called negative log-likelihood.

    Notes
    -----
    Other names: self-information, information content, Shannon information.

    References
    ----------
    M. Tribus, *Thermostatics and Thermodynamics*, Van Nostrand, 1961.

    Examples
    --------
    A fair coin that shows heads, and one in a thousand:

    >>> print(f"{surprisal(0.5, base=2):.4f} bits")
    1.0000 bits
    >>> print(f"{surprisal(0.001, base=2):.4f} bits")
    9.9658 bits
    """
    (p,) = probabilities(p=p)
    log, unit = _log_and_unit(base)
    return each(lambda p: -log(p), p, unit=unit)


def entropy(p: ArrayLike, *, base: float = np.e) -> FloatOrArray:
    """Entropy of p, the surprisal to expect: H(p) = −Σ p log p.

    Parameters
    ----------
    p : array_like, shape (..., K)
        Distributions over K outcomes along the last axis.
    base : float, optional
        Base of the logarithm: e gives nats (the default), 2 gives bits.

    Returns
    -------
    float or ndarray, shape (...)
        One entropy per distribution, from 0 to log K. Outcomes with p = 0 add nothing.

    Raises
    ------
    ValueError
        If an entry lies outside [0, 1], a distribution does not sum to 1, `p` has no outcomes, or
        `base` is not a finite number above 1.
    TypeError
        If `p` does not hold real numbers, or is masked.

    See Also
    --------
    cross_entropy : The same sum when the surprisals are a model's.
    scipy.stats.entropy : Normalises `p` without a word; this function refuses it.

    Notes
    -----
    Other names: Shannon entropy, average information.

    References
    ----------
    C. E. Shannon, "A Mathematical Theory of Communication", Bell System Technical Journal
    27, 379–423 and 623–656, 1948.

    Examples
    --------
    A day that is sunny three times in four:

    >>> print(f"{entropy([0.75, 0.25], base=2):.4f} bits")
    0.8113 bits

    Many distributions at once:

    >>> entropy([[0.5, 0.5], [1, 0]], base=2)
    array([1., 0.])
    """
    (p,) = distributions(p=p)
    log, unit = _log_and_unit(base)
    return sums(lambda p: _weighted(p, -log(p)), p, unit=unit)


def cross_entropy(p: ArrayLike, q: ArrayLike, *, base: float = np.e) -> FloatOrArray:
    """Cross-entropy of q under p, the surprisal to expect of a model: H(p, q) = −Σ p log q.

    Parameters
    ----------
    p : array_like, shape (..., K)
        The truth: distributions over K outcomes along the last axis.
    q : array_like, shape (..., K)
        The model. The leading axes of `p` and `q` broadcast, and the last axes must be equal.
    base : float, optional
        Base of the logarithm: e gives nats (the default), 2 gives bits.

    Returns
    -------
    float or ndarray, shape (...)
        One cross-entropy per pair of distributions, infinite where q = 0 < p.

    Raises
    ------
    ValueError
        If an entry lies outside [0, 1], a distribution does not sum to 1, the shapes do not go
        together, there are no outcomes, or `base` is not a finite number above 1.
    TypeError
        If `p` or `q` does not hold real numbers, or is masked.

    See Also
    --------
    entropy : What is left of it when q = p, the least that it can be.
    kl_divergence : The rest, H(p, q) − H(p).
    categorical_cross_entropy : The same with p certain, also called log loss.

    References
    ----------
    T. M. Cover and J. A. Thomas, *Elements of Information Theory*, 2nd ed., Wiley, 2006.

    Examples
    --------
    A plane it is, and the model said plane with probability one half:

    >>> plane = cross_entropy([0, 1, 0], [0.4, 0.5, 0.1], base=2)
    >>> print(f"{plane:.4f} bits")
    1.0000 bits

    A cat, where the model holds (4, 3, 1, 1)/9 for cat, dog, horse and fox:

    >>> q = np.array([4, 3, 1, 1]) / 9
    >>> print(f"{cross_entropy([1, 0, 0, 0], q, base=2):.6f} bits")
    1.169925 bits
    """
    p, q = distributions(p=p, q=q)
    log, unit = _log_and_unit(base)
    return sums(lambda p, q: _weighted(p, -log(q)), p, q, unit=unit)


def kl_divergence(p: ArrayLike, q: ArrayLike, *, base: float = np.e) -> FloatOrArray:
    """Kullback–Leibler divergence of q from p, the surprisal wasted: D(p‖q) = Σ p log(p/q).

    Parameters
    ----------
    p : array_like, shape (..., K)
        The truth: distributions over K outcomes along the last axis.
    q : array_like, shape (..., K)
        The model. The leading axes of `p` and `q` broadcast, and the last axes must be equal.
    base : float, optional
        Base of the logarithm: e gives nats (the default), 2 gives bits.

    Returns
    -------
    float or ndarray, shape (...)
        One divergence per pair of distributions: never negative, 0 where p = q, infinite where
        q = 0 < p.

    Raises
    ------
    ValueError
        If an entry lies outside [0, 1], a distribution does not sum to 1, the shapes do not go
        together, there are no outcomes, or `base` is not a finite number above 1.
    TypeError
        If `p` or `q` does not hold real numbers, or is masked.

    See Also
    --------
    cross_entropy : Entropy and divergence together.
    js_divergence : A symmetric and finite relative.

    Notes
    -----
    Other names: relative entropy, information gain, I-divergence. The terms that are summed are
    p log(p/q) − p + q, none of them negative. What is added comes to nothing over two
    distributions; over floats, whose sums need not be exactly 1, it takes that rounding out again.
    Where q is near p, a series keeps the terms exact.

    References
    ----------
    S. Kullback and R. A. Leibler, "On Information and Sufficiency", Annals of Mathematical
    Statistics 22, 79–86, 1951.

    Examples
    --------
    Expecting a fair coin of one that shows heads three times in four:

    >>> print(f"{kl_divergence([0.75, 0.25], [0.5, 0.5], base=2):.4f} bits")
    0.1887 bits

    Samuel L. Jackson it is, and the model said so with probability 0.7:

    >>> print(f"{kl_divergence([0, 0, 1], [0.1, 0.2, 0.7], base=2):.4f} bits")
    0.5146 bits
    """
    p, q = distributions(p=p, q=q)
    return sums(lambda p, q: _waste(p, q, p - q), p, q, unit=log_of_base(base))


def js_divergence(p: ArrayLike, q: ArrayLike, *, base: float = np.e) -> FloatOrArray:
    """Jensen–Shannon divergence of p and q: (D(p‖m) + D(q‖m))/2 with m = (p + q)/2.

    Parameters
    ----------
    p, q : array_like, shape (..., K)
        Distributions over K outcomes along the last axis. The leading axes of `p` and `q`
        broadcast, and the last axes must be equal.
    base : float, optional
        Base of the logarithm: e gives nats (the default), 2 gives bits.

    Returns
    -------
    float or ndarray, shape (...)
        One divergence per pair of distributions, from 0 (p = q) to log 2 (nothing in common),
        which is 1 bit.

    Raises
    ------
    ValueError
        If an entry lies outside [0, 1], a distribution does not sum to 1, the shapes do not go
        together, there are no outcomes, or `base` is not a finite number above 1.
    TypeError
        If `p` or `q` does not hold real numbers, or is masked.

    See Also
    --------
    kl_divergence : The divergence of each from a model; neither symmetric nor bounded.
    scipy.spatial.distance.jensenshannon : The square root of this one, a distance.

    References
    ----------
    J. Lin, "Divergence Measures Based on the Shannon Entropy", IEEE Transactions on
    Information Theory 37, 145–151, 1991.

    Examples
    --------
    >>> print(f"{js_divergence([1, 0], [0, 1], base=2):.4f} bits")
    1.0000 bits
    >>> print(f"{js_divergence([0.75, 0.25], [0.5, 0.5], base=2):.4f} bits")
    0.0488 bits
    """
    p, q = distributions(p=p, q=q)
    # D(p‖m) = D(2p‖p + q)/2, and 2p and 2q are both exact, also where p is nearly 0.
    return sums(
        lambda p, q: (_waste(2 * p, p + q, p - q) + _waste(2 * q, p + q, q - p)) / 4,
        p,
        q,
        unit=log_of_base(base),
    )


def _weighted(p: Array, s: Array) -> Array:
    """p times s, which is 0 where p is 0, even if s is infinite: 0 log 0 = 0."""
    return _nothing_for_nan(p * s)


def _nothing_for_nan(terms: Array) -> Array:
    """Terms in which NaN, from 0 · ∞ or ∞ − ∞, stands for 0."""
    return np.where(np.isnan(terms), 0.0, terms) if np.isnan(terms.min()) else terms


def _log_and_unit(base: float) -> tuple[Callable[[Array], Array], float]:
    """A logarithm, and what to divide it by: log2 for bits is exact at powers of 2."""
    unit = log_of_base(base)
    return (np.log2, 1.0) if base == 2 else (np.log, unit)


def _waste(p: Array, q: Array, gap: Array) -> Array:
    """The terms p log(p/q) − p + q of the divergence; gap is p − q.

    Each logarithm can leave an error of two units in the last place of p. Against a total below a
    quarter of what p adds up to that is too much, and the row gets the series.
    """
    terms = _weighted(p, _log_ratio(p, q)) - gap
    small = total(terms) < rough_total(p) / 4
    if small.any():
        terms[small] = _waste_of_near(p[small], q[small], gap[small], terms[small])
    return terms


def _log_ratio(p: Array, q: Array) -> Array:
    """log(p/q), also where the ratio is greater than any float."""
    ratio = p / q
    log = np.log(ratio)
    vast = np.isinf(ratio)
    log[vast] = np.log(p[vast]) - np.log(q[vast])
    return log


def _waste_of_near(p: Array, q: Array, gap: Array, terms: Array) -> Array:
    """The terms, but by the series where p and q are within a factor of 3.

    With u = (p − q)/(p + q), log(p/q) = 2 (u + u³/3 + u⁵/5 + …), and so
    p log(p/q) − p + q = u (p − q) + 2pu (u²/3 + u⁴/5 + …).
    """
    u = gap / (p + q)
    square, tail = u * u, 0.0
    for n in range(49, 2, -2):
        tail = square * (1 / n + tail)
    return np.where(np.abs(u) < 0.5, u * (gap + 2 * p * tail), terms)
