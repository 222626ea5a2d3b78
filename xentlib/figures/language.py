"""The figures of chapter 10: a game."""

from collections import Counter

import matplotlib.pyplot as plt
import numpy as np

from ..datasets import hamlet, letters
from ..information import surprisal
from .games import Game, numbers
from .style import INK, MODEL, QUIET

SYMBOLS = " abcdefghijklmnopqrstuvwxyz"
SHOWN, GUESSED, PASSAGES = 60, 12, 30  # letters before, letters to guess, passages
MODELS = {"letters": 0, "pairs": 1, "five letters": 4}  # how many letters before count


RULE = (
    "What is Hamlet's next letter: a to z, or the space? Guess until you are right, then go on "
    "with the one after it. What counts is how many guesses you need. Beside you guesses a model "
    "that has read the rest of the play and looks at the four letters before. (The speakers' names "
    "stand in the text, shortened.)"
)


def next_letter() -> Game:
    """Hamlet's next letter, guess by guess, beside models of letters, pairs and five letters."""
    passages, rest = _held_out(letters(hamlet()))
    counts = _counted(rest, max(MODELS.values()))
    bits, guesses = {}, {}
    for name, length in MODELS.items():
        bits[name], guesses[name] = _prices(passages, counts, length)
    means = {name: paid.mean() for name, paid in bits.items()}
    return Game(
        name="next-letter",
        alt="Bars, the price of a letter in bits on passages of Hamlet: knowing nothing 4.75, then "
        "ever less for models of letters, of pairs and of five letters.",
        sentence="Guess the next letter of Hamlet, again and again until it is right, as Shannon "
        f"asked his readers to. A model of single letters pays {means['letters']:.2f} bits a "
        f"letter for the same passages, one of pairs {means['pairs']:.2f}, one of five letters "
        f"{means['five letters']:.2f}.",
        rule=RULE,
        tables=_looked_up(passages, bits, guesses["five letters"]),
        still=lambda: _paid_a_letter(means),
        heights=(48, 63),
    )


def _looked_up(passages, bits, guesses):
    """The tables of the game."""
    return {
        "passages": [(passage[:SHOWN], passage[SHOWN:]) for passage in passages],
        "bits": {name: [numbers(row) for row in paid] for name, paid in bits.items()},
        "guesses": guesses.tolist(),
        "nothing": float(surprisal(1 / len(SYMBOLS), base=2)),
        "spread": [0.0, *numbers(_spread(np.arange(1, PASSAGES * GUESSED + 1)))],
        "least": [None, *numbers(np.diff(_spread(np.arange(1, len(SYMBOLS) + 1)), prepend=0))],
    }


def _spread(counts):
    """The terms n log₂ n, of which Shannon's two bounds are sums."""
    return counts * surprisal(1 / counts, base=2)


def _held_out(text):
    """Some passages that start with a word, and what is left of the text, in pieces."""
    starts = [k for k in range(2000, len(text) - 200) if text[k - 1] == " "]
    chosen = np.random.default_rng(1603).choice(len(starts) // 50, PASSAGES, replace=False)
    places = [starts[50 * k] for k in chosen]
    passages = [text[k : k + SHOWN + GUESSED] for k in places]
    ends = [0, *(k + SHOWN + GUESSED for k in sorted(places))]
    return passages, [text[a:b] for a, b in zip(ends, [*sorted(places), len(text)], strict=True)]


def _counted(pieces, longest):
    """For each context of up to ``longest`` letters, how often each letter followed."""
    counts = {}
    for piece in pieces:
        for k, letter in enumerate(piece):
            for length in range(min(longest, k) + 1):
                counts.setdefault(piece[k - length : k], Counter())[letter] += 1
    return counts


def _shares(counts, context):
    """The share of each letter after a context: what followed it, mixed with the shorter context.

    The shorter one weighs as much as there were different letters (Witten and Bell).
    """
    if context is None:
        return np.full(len(SYMBOLS), 1 / len(SYMBOLS))
    shorter = _shares(counts, context[1:] if context else None)
    seen = np.array([counts.get(context, {}).get(letter, 0) for letter in SYMBOLS])
    kinds = np.count_nonzero(seen)
    return (seen + kinds * shorter) / (seen.sum() + kinds) if kinds else shorter


def _prices(passages, counts, length):
    """For each letter to guess, the bits of a model and the guesses that it would need."""
    bits, guesses = np.zeros((2, len(passages), GUESSED))
    for row, passage in enumerate(passages):
        for k in range(GUESSED):
            at = SHOWN + k
            shares = _shares(counts, passage[at - length : at])
            true = SYMBOLS.index(passage[at])
            bits[row, k] = surprisal(shares[true], base=2)
            guesses[row, k] = 1 + np.count_nonzero(shares > shares[true])
    return bits, guesses.astype(int)


def _paid_a_letter(means):
    """What the models pay for a letter of the passages."""
    figure, axes = plt.subplots()
    nothing = surprisal(1 / len(SYMBOLS), base=2)
    bars = axes.bar(["knows nothing", *means], [nothing, *means.values()], 0.62, color=MODEL)
    bars[0].set_color(QUIET)
    axes.bar_label(bars, fmt="%.2f", padding=2, color=INK)
    axes.set(ylabel="bits a letter", ylim=(0, 5.4))
    return figure
