"""Models of the next letter: how often each one followed the letters before, in what was read."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from ..information import surprisal

SYMBOLS = " abcdefghijklmnopqrstuvwxyz"


def windows(text, length):
    """Each stretch of ``length`` letters, as the places of its letters in the alphabet."""
    return sliding_window_view([SYMBOLS.index(letter) for letter in text], length)


def read(pieces, longest):
    """What models of 1, 2, … letters keep of some texts.

    For each model: the stretches that were seen and how often; the contexts, which are the
    stretches without their last letter, how often they were seen, and how many letters followed.
    """
    kept = []
    for length in range(1, longest + 1):
        seen = np.concatenate([_numbered(windows(piece, length)) for piece in pieces])
        stretches, times = np.unique(seen, return_counts=True)
        contexts, first = np.unique(stretches // len(SYMBOLS), return_index=True)
        kinds = np.diff(first, append=len(stretches))
        kept.append((stretches, times, contexts, np.add.reduceat(times, first), kinds))
    return kept


def shares(kept, stretches):
    """For models of 1, 2, … letters, the share that the last letter of each stretch gets.

    It is what followed the context, mixed with the share after the shorter context. That one weighs
    as much as there were different letters (Witten and Bell).
    """
    share, found = np.full(len(stretches), 1 / len(SYMBOLS)), []
    for length, (seen, times, contexts, total, kinds) in enumerate(kept, 1):
        number = _numbered(stretches[:, -length:])
        at, is_seen = _looked_up(seen, number)
        context, is_known = _looked_up(contexts, number // len(SYMBOLS))
        n, m = total[context], kinds[context]
        share = np.where(is_known, (times[at] * is_seen + m * share) / (n + m), share)
        found.append(share)
    return np.array(found)


def prices(train, text, longest):
    """The bits that each letter costs, in one row for each model of 1, 2, … ``longest`` letters.

    The models have read ``train``. Letters of ``text`` with fewer letters before them are left out.
    """
    return surprisal(shares(read([train], longest), windows(text, longest)), base=2)


def _numbered(stretches):
    """One number for each stretch."""
    return stretches @ len(SYMBOLS) ** np.arange(stretches.shape[1])[::-1]


def _looked_up(known, wanted):
    """Where the wanted numbers stand in a sorted list, and whether they do."""
    at = np.minimum(np.searchsorted(known, wanted), len(known) - 1)
    return at, known[at] == wanted
