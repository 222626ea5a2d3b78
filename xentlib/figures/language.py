"""The figures of chapter 10, still and moving, and its game."""

from collections import Counter
from functools import cache

import altair as alt
import matplotlib.pyplot as plt
import numpy as np

from ..datasets import hamlet, letters
from ..information import cross_entropy, entropy, surprisal
from .games import Game, numbers
from .harbour import FRACTIONS, SOUTH, WEATHERS, columns, edges
from .moving import Control, Moving, points, rounded, texts, x_axis, y_axis
from .ngrams import SYMBOLS, prices, read, shares, windows
from .style import INK, MODEL, QUIET, TRUTH, house_style

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
    kept = read(rest, 1 + max(MODELS.values()))
    bits, guesses = {}, {}
    for name, length in MODELS.items():
        bits[name], guesses[name] = _prices(passages, kept, length)
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


def _prices(passages, kept, length):
    """For each letter to guess, the bits of a model and the guesses that it would need."""
    places = [windows(passage, length + 1)[SHOWN - length :] for passage in passages]
    here = np.concatenate(places)
    tried = np.repeat(here, len(SYMBOLS), axis=0)
    tried[:, -1] = np.tile(np.arange(len(SYMBOLS)), len(here))
    belief = shares(kept[: length + 1], tried)[-1].reshape(len(here), -1)
    true = np.take_along_axis(belief, here[:, -1:], axis=1)
    bits, guesses = surprisal(true[:, 0], base=2), 1 + np.count_nonzero(belief > true, axis=1)
    return bits.reshape(-1, GUESSED), guesses.reshape(-1, GUESSED)


def _paid_a_letter(means):
    """What the models pay for a letter of the passages."""
    figure, axes = plt.subplots()
    nothing = surprisal(1 / len(SYMBOLS), base=2)
    bars = axes.bar(["knows nothing", *means], [nothing, *means.values()], 0.62, color=MODEL)
    bars[0].set_color(QUIET)
    axes.bar_label(bars, fmt="%.2f", padding=2, color=INK)
    axes.set(ylabel="bits a letter", ylim=(0, 5.4))
    return figure


AFTER = np.array([SOUTH, [1 / 2, 1 / 2, 0, 0], [1 / 2, 0, 1 / 2, 0], [1 / 2, 0, 0, 1 / 2]])
LONGEST = 7  # letters that a model counts together
WRITTEN = 36  # letters of its own


@house_style
def memory():
    """Southern days sorted by the day before, with one book for all and with four books."""
    _, panels = plt.subplots(2, sharex=True, figsize=(5, 5.6))
    days = SOUTH[:, None] * AFTER
    came = days > 0
    books = ("one book for all days", np.tile(SOUTH, (4, 1))), ("a book for each yesterday", AFTER)
    for axes, (title, belief) in zip(panels, books, strict=True):
        paid = surprisal(belief, base=2)[came]
        columns(axes, days[came], paid, TRUTH if belief is AFTER else MODEL)
        _name_days(axes, days[came], np.tile(WEATHERS, (4, 1))[came])
        area = SOUTH @ cross_entropy(AFTER, belief, base=2)
        axes.set(xlim=(0, 1), ylim=(0, 3.3), yticks=range(4), ylabel="flashes")
        axes.set_title(f"{title}: area {area:g}")
        axes.vlines(edges(SOUTH)[1:-1], 0, 3.3, color=QUIET, linewidth=1, zorder=0)
    before = np.tile(surprisal(SOUTH, base=2), (4, 1))[came]
    _saved(panels[1], days[came], paid, before - paid)
    middles = edges(SOUTH)[:-1] + SOUTH / 2
    panels[1].set_xticks(middles, [f"after\n{name}" for name in WEATHERS], fontsize="small")


def _name_days(axes, widths, names):
    """The names of the days inside their columns, upright where these are narrow."""
    for name, left, width in zip(names, edges(widths), widths, strict=False):
        turn = 90 if width < 1 / 8 else 0
        axes.text(
            left + width / 2, 0.5, name, rotation=turn, color="white", size="small",
            ha="center", va="center",
        )  # fmt: skip


def _saved(axes, widths, paid, saved):
    """A dashed frame for what each column has lost, and its area."""
    for left, width, low, height in zip(edges(widths), widths, paid, saved, strict=False):
        if height:
            axes.bar(
                left + width / 2, height, width, low, facecolor="none", edgecolor=INK,
                linestyle=(0, (3, 2)), linewidth=1.6, clip_on=False,
            )  # fmt: skip
            area = FRACTIONS[8 * width * height]
            axes.text(left + width / 2, low + height / 2, area, ha="center", va="center", size=15)


@house_style
def after_each_letter():
    """The price of a letter of Hamlet after each letter, as an area."""
    _, axes = plt.subplots(figsize=(5, 3.5))
    pairs = _pairs(letters(hamlet()))
    p, bits = pairs.sum(axis=1), entropy(pairs / pairs.sum(axis=1, keepdims=True), base=2)
    order = np.argsort(bits)
    columns(axes, p[order], bits[order], TRUTH, linewidth=0.8)
    alone = entropy(pairs.sum(axis=0), base=2)
    axes.axhline(alone, color=MODEL, linestyle="--")
    axes.annotate(
        f"price without memory: {alone:.2f}", (0, alone), (4, 5), textcoords="offset points",
    )  # fmt: skip
    for k, left, width in zip(order, edges(p[order]), p[order], strict=False):
        if width > 0.03:
            name = "space" if k == 0 else SYMBOLS[k]
            axes.text(left + width / 2, 0.12, name, color="white", ha="center", va="bottom")
    axes.text(-0.022, 0.12, "q", ha="center", va="bottom")  # costs nothing, so it has no column
    axes.set(xlim=(-0.045, 1), ylim=(0, 4.9), yticks=range(5), ylabel="bits for the next letter")
    axes.set(xlabel="the letter before: how often it comes")
    axes.set_title(f"the letter before is known: area {p @ bits:.2f}")


def _pairs(text):
    """How often each letter follows each letter, as shares of all pairs."""
    counted = np.zeros((len(SYMBOLS), len(SYMBOLS)))
    np.add.at(counted, tuple(windows(text, 2).T), 1)
    return counted / counted.sum()


def more_letters() -> Moving:
    """What models of one to seven letters pay for what they have read, and for new text."""
    train, new = halves()
    old_bits, new_bits = (prices(train, text, LONGEST).mean(axis=1) for text in (train, new))
    return Moving(
        name="more-letters",
        alt="Two curves over the number of letters that a model counts together, from one to "
        "seven: the price in bits of the text that the model has read, and of new text. The slider "
        "marks one model on both curves, and below the curves stands what this model writes.",
        controls=[
            Control("letters", "letters together", [str(n + 1) for n in range(LONGEST)], 0, 1, 1)
        ],
        readings={
            "old_bits": texts(old_bits, 2),
            "new_bits": texts(new_bits, 2),
            "written": [_written(train, n + 1) for n in range(LONGEST)],
        },
        tables={"old_drawn": rounded(old_bits), "new_drawn": rounded(new_bits)},
        sentence="Letters together: {letters}. Text that it has read costs {old_bits} bits "
        "a letter, new text {new_bits}. It writes: {written} …",
        chart=_two_prices(),
    )


@cache
def halves():
    """The four fifths of Hamlet that models read, and the rest."""
    text = letters(hamlet())
    cut = len(text) * 8 // 10
    return text[:cut], text[cut:]


@cache
def _written(train, length):
    """Some letters of a model's own, drawn by chance."""
    kept, dice = read([train], length), np.random.default_rng(1603)
    line = [0] * length
    while len(line) < length + WRITTEN:
        tried = np.array([[*line[len(line) - length + 1 :], k] for k in range(len(SYMBOLS))])
        line.append(int(dice.choice(len(SYMBOLS), p=shares(kept, tried)[-1])))
    return " ".join("".join(SYMBOLS[k] for k in line[length:]).split())


def _two_prices():
    """Both curves up to the place of the slider, with their names at the right."""
    x = x_axis("n", [0.7, 9], range(1, LONGEST + 1), title="letters together", format="d")
    y = y_axis("bits", [0, 4.75], range(5), title="bits a letter", format="d")
    layers = []
    for table, colour, name in (
        ("new_drawn", MODEL, "is new"), ("old_drawn", TRUTH, "was read")
    ):  # fmt: skip
        point = points(LONGEST, n="datum.i + 1", bits=f"{table}[datum.i]")
        seen = point.transform_filter("datum.i <= at")
        here = point.transform_filter("datum.i == at")
        layers += [
            seen.mark_line(color=colour).encode(x, y),
            seen.mark_point(color=colour, fill=colour, size=40, opacity=1).encode(x, y),
            here.mark_point(color=colour, fill=colour, size=130, opacity=1).encode(x, y),
            here.transform_calculate(name=repr(name))
            .mark_text(color=colour, align="left", dx=12, dy=-8 if colour == MODEL else 8)
            .encode(x, y, text="name:N"),
        ]
    return alt.layer(*layers)


@house_style
def choices():
    """The price of a letter as a number of equally likely letters."""
    _, axes = plt.subplots(figsize=(5, 3.3))
    train, new = halves()
    bits = prices(train, new, 5).mean(axis=1)
    paid = {"knows nothing": surprisal(1 / len(SYMBOLS), base=2), "one letter": bits[0]}
    paid |= {"pairs": bits[1], "five letters": bits[4]}
    for row, (name, price) in enumerate(paid.items()):
        colour = MODEL if row else QUIET
        whole = np.arange(np.ceil(2**price - 1e-9))
        widths = np.minimum(2**price - whole, 1) * 0.84
        axes.barh(np.full(len(whole), row), widths, 0.34, whole, align="edge", color=colour)
        note = f"{name}: {price:.2f} bits, like {2**price:.2g} letters"
        axes.text(0, row - 0.08, note, va="bottom", fontsize=12.5)
    axes.set(xlim=(0, 27), ylim=(len(paid) - 0.55, -0.5))
    axes.axis("off")


VOCABULARIES = (0, 100, 3000)  # the words that a model of words knows


@house_style
def vocabularies():
    """What models of words pay for new text, with unknown words for one price, and spelled."""
    _, panels = plt.subplots(2, sharex=True, figsize=(5.2, 5.2))
    a_word, a_letter = _prices_of_words()
    names = [f"{size:,}" for size in VOCABULARIES]
    notes = [f"{bits:.2f}\n(like {2**bits:.3g})" for bits in a_word]
    bars = panels[0].bar(names, a_word, 0.62, color=MODEL)
    panels[0].bar_label(bars, notes, padding=2, color=INK, fontsize=11)
    panels[0].set(ylim=(0, 11.5), yticks=range(0, 9, 2), ylabel="bits a word")
    panels[0].set_title("an unknown word is just “unknown”")
    bars = panels[1].bar(names, a_letter, 0.62, color=MODEL)
    panels[1].bar_label(bars, [f"{bits:.2f}" for bits in a_letter], padding=2, color=INK)
    panels[1].set(ylim=(0, 3.2), yticks=range(4), ylabel="bits a letter")
    panels[1].set_title("an unknown word is spelled, letter by letter")
    panels[1].set_xlabel("words that the model knows")


def _prices_of_words():
    """For each vocabulary the bits a word, and the bits a letter if unknown words are spelled."""
    train, new = halves()
    read_words, words = Counter(train.split()), new.split()
    spelled = _spelled(train, new, words)
    a_word, a_letter = [], []
    for size in VOCABULARIES:
        times = dict(read_words.most_common(size))
        unknown = read_words.total() - sum(times.values())
        counts = np.array([times.get(word, unknown) for word in words])
        bits = surprisal(counts / read_words.total(), base=2)
        is_unknown = np.array([word not in times for word in words])
        a_word.append(bits.mean())
        a_letter.append((bits.sum() + spelled[is_unknown].sum()) / len(new))
    return a_word, a_letter


def _spelled(train, new, words):
    """The bits of each word and the space after it under the model of five letters."""
    bits = surprisal(shares(read([train], 5), windows(train[-4:] + new, 5))[-1], base=2)
    ends = np.cumsum([len(word) + 1 for word in words])
    return np.diff(np.cumsum(np.append(bits, 0))[ends - 1], prepend=0)
