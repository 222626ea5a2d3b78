"""Labels and predictions in, one loss per example out: chapter 5 and on.

The types are those of `information`: float32 in gives float32 out. Integer labels of classes leave
the type to the predictions.
"""

import numpy as np
from numpy.typing import ArrayLike

from ._blocks import SHORT, Array, FloatOrArray, each, pieces, rows, sum_pieces, total_for, total_of
from ._checks import (
    binary_labels_and_logits,
    distributions_and_logits,
    labels_and_distributions,
    labels_and_logits,
    log_of_base,
    probabilities,
)
from .information import _log_and_unit, _nothing_for_nan, _weighted


def binary_cross_entropy(y: ArrayLike, q: ArrayLike, *, base: float = np.e) -> FloatOrArray:
    """Loss of a probability q against a label y: −y log q − (1 − y) log(1 − q).

    Parameters
    ----------
    y : array_like
        Labels, 0 or 1, or anything between (soft labels), of any shape.
    q : array_like
        The model's probabilities of 1, in the shape of `y`.
    base : float, optional
        Base of the logarithm: e gives nats (the default), 2 gives bits.

    Returns
    -------
    float or ndarray
        One loss per example, in the shape of `y`: infinite where the model rules out what
        happened.

    Raises
    ------
    ValueError
        If a label or a probability lies outside [0, 1], the shapes differ, there is nothing in
        them, or `base` is not a finite number above 1.
    TypeError
        If `y` or `q` does not hold real numbers, or is masked.

    See Also
    --------
    binary_cross_entropy_with_logits : The same from logits, and exact where q would round to 1.
    sklearn.metrics.log_loss : The mean, with q clipped to stay away from 0 and 1.

    Notes
    -----
    Other names: log loss, logistic loss, negative log-likelihood.

    References
    ----------
    D. R. Cox, "The Regression Analysis of Binary Sequences", Journal of the Royal
    Statistical Society B 20, 215–242, 1958.

    Examples
    --------
    Spam or ham, four messages:

    >>> loss = binary_cross_entropy([1, 0, 0, 1], [0.9, 0.1, 0.2, 0.65])
    >>> print(f"{loss.mean():.4f} nats")
    0.2162 nats
    """
    y, q = probabilities(y=y, q=q)
    return each(
        lambda y, q: _weighted(y, -np.log(q)) + _weighted(1 - y, -np.log1p(-q)),
        y,
        q,
        unit=log_of_base(base),
    )


def binary_cross_entropy_with_logits(
    y: ArrayLike, z: ArrayLike, *, base: float = np.e
) -> FloatOrArray:
    """Loss of a logit z against a label y: −y log σ(z) − (1 − y) log σ(−z).

    Parameters
    ----------
    y : array_like
        Labels, 0 or 1, or anything between (soft labels), of any shape.
    z : array_like
        Finite logits, log(q/(1 − q)), in the shape of `y`.
    base : float, optional
        Base of the logarithm of the loss: e gives nats (the default), 2 gives bits. The logits
        are natural in any case.

    Returns
    -------
    float or ndarray
        One loss per example, in the shape of `y`.

    Raises
    ------
    ValueError
        If a label lies outside [0, 1], a logit is not finite, the shapes differ, there is nothing
        in them, or `base` is not a finite number above 1.
    TypeError
        If `y` or `z` does not hold real numbers, or is masked.

    See Also
    --------
    binary_cross_entropy : The same from probabilities.

    Notes
    -----
    Other names: logistic loss, sigmoid cross-entropy; softplus, where y = 0.

    References
    ----------
    D. R. Cox, "The Regression Analysis of Binary Sequences", Journal of the Royal
    Statistical Society B 20, 215–242, 1958.

    Examples
    --------
    >>> print(f"{binary_cross_entropy_with_logits(1, 0):.6f} nats")
    0.693147 nats
    >>> print(f"{binary_cross_entropy_with_logits(1, 40):.4g} nats")
    4.248e-18 nats
    """
    y, z = binary_labels_and_logits(y, z)
    # A miss by |y − 1| or |y − 0| costs its share of |z|, and both signs the same softplus.
    return each(
        lambda y, z: np.abs(y - (z > 0)) * np.abs(z) + np.log1p(np.exp(-np.abs(z))),
        y,
        z,
        unit=log_of_base(base),
    )


def categorical_cross_entropy(y: ArrayLike, q: ArrayLike, *, base: float = np.e) -> FloatOrArray:
    """Loss of a distribution q against the class y that came: −log q[y].

    Parameters
    ----------
    y : array_like of int, shape (...)
        Classes, from 0 to K − 1.
    q : array_like, shape (..., K)
        The model: distributions over the K classes along the last axis.
    base : float, optional
        Base of the logarithm: e gives nats (the default), 2 gives bits.

    Returns
    -------
    float or ndarray, shape (...)
        One loss per example, infinite where q[y] = 0.

    Raises
    ------
    ValueError
        If a label is not from 0 to K − 1, an entry of `q` lies outside [0, 1], a distribution does
        not sum to 1, the shapes do not go together, there is nothing in them, or `base` is not a
        finite number above 1.
    TypeError
        If `y` does not hold integers, or `q` real numbers, or either is masked.

    See Also
    --------
    categorical_cross_entropy_with_logits : The same from logits.
    cross_entropy : The same against distributions, or soft labels.
    sklearn.metrics.log_loss : The mean, with q clipped to stay away from 0.

    Notes
    -----
    Other names: log loss, negative log-likelihood, sparse categorical cross-entropy.

    References
    ----------
    C. M. Bishop, *Pattern Recognition and Machine Learning*, Springer, 2006.

    Examples
    --------
    A plane (class 1), and then Samuel L. Jackson (class 2):

    >>> loss = categorical_cross_entropy([1, 2], [[0.4, 0.5, 0.1], [0.1, 0.2, 0.7]], base=2)
    >>> print("{:.4f} and {:.4f} bits".format(*loss))
    1.0000 and 0.5146 bits
    """
    y, q = labels_and_distributions(y, q)
    log, unit = _log_and_unit(base)
    return rows(lambda y, q: -log(_pick(q, y)), y, q, unit=unit)


def categorical_cross_entropy_with_logits(
    y: ArrayLike, z: ArrayLike, *, base: float = np.e
) -> FloatOrArray:
    """Loss of logits z against the class y that came: −log softmax(z)[y] = log Σ exp z − z[y].

    Parameters
    ----------
    y : array_like of int, shape (...)
        Classes, from 0 to K − 1.
    z : array_like, shape (..., K)
        Logits, one for each of K classes; −inf masks a class.
    base : float, optional
        Base of the logarithm of the loss: e gives nats (the default), 2 gives bits. The logits
        are natural in any case.

    Returns
    -------
    float or ndarray, shape (...)
        One loss per example, infinite where the class that came is masked.

    Raises
    ------
    ValueError
        If a label is not from 0 to K − 1, a logit is NaN or +inf, a row is masked all over, the
        shapes do not go together, there is nothing in them, or `base` is not a finite number
        above 1.
    TypeError
        If `y` does not hold integers, or `z` real numbers, or either is masked as an array.

    See Also
    --------
    categorical_cross_entropy : The same from probabilities.
    cross_entropy_with_logits : The same against soft labels.

    Notes
    -----
    Other names: softmax loss, negative log-likelihood, sparse categorical cross-entropy.

    References
    ----------
    J. S. Bridle, "Probabilistic Interpretation of Feedforward Classification Network
    Outputs, with Relationships to Statistical Pattern Recognition", Neurocomputing, 227–236,
    Springer, 1990.

    Examples
    --------
    >>> print(f"{categorical_cross_entropy_with_logits(0, [2.0, 1.0, 0.1]):.6f} nats")
    0.417030 nats
    >>> print(f"{categorical_cross_entropy_with_logits(0, [40, 0]):.4g} nats")
    4.248e-18 nats
    """
    y, z = labels_and_logits(y, z)

    def loss(y: Array, z: Array) -> Array:
        top, log_sum = _log_sum_exp(z)
        return (top - _pick(z, y)) + log_sum

    return rows(loss, y, z, unit=log_of_base(base))


def cross_entropy_with_logits(p: ArrayLike, z: ArrayLike, *, base: float = np.e) -> FloatOrArray:
    """Cross-entropy of the model softmax(z) under soft labels p: −Σ p log softmax(z).

    Parameters
    ----------
    p : array_like, shape (..., K)
        The truth, or soft labels: distributions over K classes along the last axis.
    z : array_like, shape (..., K)
        Logits, in the shape of `p`; −inf masks a class.
    base : float, optional
        Base of the logarithm of the loss: e gives nats (the default), 2 gives bits. The logits
        are natural in any case.

    Returns
    -------
    float or ndarray, shape (...)
        One loss per example, infinite where p > 0 for a class that is masked.

    Raises
    ------
    ValueError
        If an entry of `p` lies outside [0, 1], a distribution does not sum to 1, a logit is NaN
        or +inf, a row is masked all over, the shapes differ, there is nothing in them, or `base`
        is not a finite number above 1.
    TypeError
        If `p` or `z` does not hold real numbers, or is masked as an array.

    See Also
    --------
    cross_entropy : The same from probabilities.
    categorical_cross_entropy_with_logits : The same against integer labels.

    Notes
    -----
    Other names: softmax loss, distillation loss (where p comes from another model).

    References
    ----------
    G. Hinton, O. Vinyals and J. Dean, "Distilling the Knowledge in a Neural Network",
    arXiv:1503.02531, 2015.

    Examples
    --------
    >>> print(f"{cross_entropy_with_logits([0.5, 0.5], [0, 0], base=2):.4f} bits")
    1.0000 bits
    """
    p, z = distributions_and_logits(p, z)

    def loss(p: Array, z: Array) -> Array:
        top, log_sum = (a[:, None] / 2 for a in _log_sum_exp(z))  # halves, as top − z can overflow
        return 2 * sum_pieces(lambda p, z: _weighted(p, (top - z / 2) + log_sum), p, z)

    return rows(loss, p, z, unit=log_of_base(base))


def _pick(a: Array, k: Array) -> Array:
    """The entry of each row at its index k."""
    return a[np.arange(len(a)), k].astype(float)


def _log_sum_exp(z: Array) -> tuple[Array, Array]:
    """The top logit of each row, and log Σ exp(z − top).

    The sum is 1, from the top itself, plus the others; log1p keeps others that are tiny.
    """
    k = z.argmax(-1)
    top = _pick(z, k)
    others = []
    for start, part in pieces(z):
        if part.shape[-1] < SHORT:
            part = np.asfortranarray(part)  # columns are longer, so operations on top run faster
        e = _exp_difference(part, top[:, None], exact=z.dtype.itemsize < 8)
        (here,) = np.nonzero((start <= k) & (k < start + part.shape[-1]))
        e[here, k[here] - start] = 0
        others.append(total_for(z)(e))
    return top, np.log1p(total_of(others))


def _exp_difference(a: Array, b: Array, exact: bool) -> Array:
    """exp(a − b), where what a − b rounds away, unless it is exact, comes back as a factor."""
    difference = a - b
    e = np.exp(difference)
    if exact:
        return e
    back = difference - a
    lost = (a - (difference - back)) - (b + back)
    return _nothing_for_nan(e + e * lost)
