"""House style and the static figures of the chapters: the only importer of matplotlib.

Each function draws one figure of the book and shows it. Colours have one meaning in the whole
book: blue is the truth p, orange is the model q, purple with hatching is the waste between them.
"""

from functools import wraps

import matplotlib.pyplot as plt
import numpy as np

from .information import cross_entropy, entropy, kl_divergence, surprisal
from .losses import binary_cross_entropy, binary_cross_entropy_with_logits

TRUTH, MODEL, WASTE = "#0072B2", "#D55E00", "#AA4499"  # told apart by the colour-blind too
INK, QUIET = "#333333", "#8A8A8A"

STYLE = {
    "figure.figsize": (6.4, 3.4),
    "figure.dpi": 200,
    "figure.constrained_layout.use": True,
    "font.size": 11,
    "axes.edgecolor": QUIET,
    "axes.labelcolor": INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.titlesize": 11,
    "axes.titlelocation": "left",
    "hatch.color": "white",
    "legend.frameon": False,
    "lines.linewidth": 2.2,
    "text.color": INK,
    "xtick.color": INK,
    "ytick.color": INK,
}


def _house_style(draw):
    """The figure function ``draw`` in the house style, shown at its end."""

    @wraps(draw)
    def drawn(*args, **options):
        with plt.rc_context(STYLE):
            draw(*args, **options)
            plt.show()

    return drawn


# Chapter 0


@_house_style
def one_bar_is_read(names, p, q):
    """The prediction above the truth: the truth points at the one bar that the loss reads."""
    _, (above, below) = plt.subplots(2, sharex=True, height_ratios=[2, 1])
    true = int(np.argmax(p))
    bars = above.bar(names, q, 0.62, color="white", edgecolor=MODEL, linewidth=1.5)
    bars[true].set_facecolor(MODEL)
    above.bar_label(bars, fmt="%.1f", padding=2, color=INK)
    above.annotate(
        rf"loss: $-\log_2$ {q[true]:.1f} = {surprisal(q[true], base=2):.0f} bit",
        (true + 0.33, 0.75 * q[true]),
        (len(names) - 1.42, 0.85),
        arrowprops={"arrowstyle": "<-", "color": INK},
    )
    below.bar(names, p, 0.62, color=TRUTH)
    arrow = {"arrowstyle": "-|>", "lw": 2, "color": INK}
    below.annotate("", (true, 1.5), (true, 1.02), arrowprops=arrow, annotation_clip=False)
    above.set(ylabel="model q", ylim=(0, 1), yticks=[0, 1])
    below.set(ylabel="truth p", ylim=(0, 1), yticks=[0, 1])


@_house_style
def three_losses():
    """Three losses over the probability of the true class, for two classes."""
    figure, panels = plt.subplots(1, 3)
    q = np.linspace(0, 1, 1001)
    log_loss = np.append(np.nan, surprisal(q[1:], base=2))
    for axes, curve, name, top in (
        (panels[0], q <= 0.5, "counted errors", 1.2),
        (panels[1], 2 * (1 - q) ** 2, "squared error", 2.4),
        (panels[2], log_loss, "log loss (bits)", 9.6),
    ):
        axes.plot(q, curve, color=MODEL)
        axes.set(title=name, xticks=[0, 0.5, 1], xticklabels=["0", "½", "1"])
        axes.set_ylim(-0.02 * top, top)
    panels[2].annotate("no limit", (0.02, 9.5), (0.3, 7.2), arrowprops={"arrowstyle": "->"})
    panels[0].set_yticks([0, 1])
    panels[1].set_yticks([0, 1, 2])
    figure.supxlabel("probability of the true class", size=11)


@_house_style
def chance_levels(models):
    """The chance level over the number of classes, and where some models stand."""
    _, axes = plt.subplots()
    classes = np.arange(2, 11)
    chance = surprisal(1 / classes, base=2)
    hollow = {"markersize": 9, "markerfacecolor": "none", "markeredgewidth": 2}
    axes.plot(classes, chance, "o", color=INK)
    axes.annotate("chance level", (6, chance[4]), (3.6, 3.1), arrowprops={"arrowstyle": "->"})
    for name, (number, loss) in models.items():
        axes.plot(number, loss, "D", color=MODEL, **hollow)
        axes.text(number, loss - 0.25, name, color=MODEL, ha="center", va="top")
    axes.set(xlabel="number of classes", xlim=(1.5, 10.9), xticks=classes)
    axes.set(ylabel="loss in bits", ylim=(0, 3.9))


@_house_style
def steps_downhill(path, true):
    """The probability of the true class after each step, with its loss above."""
    _, axes = plt.subplots()
    q = np.array(path)[:, true]
    names = ["start", *(f"step {step}" for step in range(1, len(q)))]
    bars = axes.bar(names, q, 0.62, color=MODEL)
    losses = [f"{bits:.2f} bits" for bits in surprisal(q, base=2)]
    axes.bar_label(bars, losses, padding=2, color=INK)
    axes.axhline(1, color=TRUTH, linestyle="--")
    axes.text(-0.4, 0.97, "truth", color=TRUTH, va="top")
    axes.set(ylabel="probability of the true class", ylim=(0, 1.1))


# Chapter 1


@_house_style
def halving_bars(p):
    """What a fact of each probability leaves of the possibilities, and its bits."""
    _, axes = plt.subplots()
    places = np.arange(len(p))
    axes.barh(places, 1.0, 0.6, color="none", edgecolor=QUIET, linestyle=":")
    axes.barh(places, p, 0.6, color=TRUTH)
    for place, bits in zip(places, surprisal(p, base=2), strict=True):
        axes.text(1.03, place, f"{bits:.2f} bits", va="center")
    axes.set(xlim=(0, 1.2), xlabel="share of the possibilities that is left, p")
    axes.set(yticks=places, yticklabels=[f"p = {share:g}" for share in p])
    axes.set_xticks([0, 0.25, 0.5, 0.75, 1])
    axes.invert_yaxis()


@_house_style
def surprisal_curve():
    """Surprisal against p, on a linear axis and on a logarithmic one."""
    _, (linear, logarithmic) = plt.subplots(1, 2, sharey=True)
    grid, decades = np.geomspace(1e-4, 1, 400), 10.0 ** -np.arange(4)
    bits = surprisal(decades, base=2)
    for axes, name in ((linear, "linear axis"), (logarithmic, "log axis")):
        axes.plot(grid, surprisal(grid, base=2), color=TRUTH)
        axes.plot(decades, bits, "o", color=TRUTH, clip_on=False)
        axes.set(xlabel="probability p", title=name, ylim=(0, 14))
    linear.set(ylabel="surprisal (bits)", xlim=(-0.02, 1.02), xticks=[0, 0.5, 1])
    logarithmic.set(xscale="log", xlim=(1e-4, 1))
    logarithmic.step(decades, bits, "--", where="post", color=QUIET, linewidth=1.2, zorder=0)
    for place, low, high in zip(decades[1:], bits[:-1], bits[1:], strict=True):
        step, middle = f"+{high - low:.2f}", (low + high) / 2
        logarithmic.text(0.9 * place, middle, step, ha="right", va="center")


@_house_style
def letter_surprisals(counts):
    """The surprisal of each character of a text, by its share of the text."""
    _, axes = plt.subplots()
    letters, times = zip(*counts.most_common(), strict=True)
    bits = surprisal(np.array(times) / sum(times), base=2)
    axes.bar(range(len(letters)), bits, color=TRUTH)
    for place, letter in enumerate(letters):
        if letter in " ez":
            axes.text(place + 0.4, bits[place] + 0.2, f"{bits[place]:.1f}", ha="right")
    axes.set_xticks(range(len(letters)), [letter.replace(" ", "␣") for letter in letters])
    axes.tick_params(axis="x", length=0)
    axes.set(ylabel="surprisal (bits)", xlabel="character, from frequent to rare", ylim=(0, 12.5))


# Chapter 2


@_house_style
def binary_entropy_curve():
    """The entropy of a yes/no source over its probability, with three sources marked."""
    _, axes = plt.subplots()
    share = np.linspace(0, 1, 401)
    axes.plot(share, entropy(np.stack([share, 1 - share], axis=-1), base=2), color=TRUTH)
    marks = (0.5, (0, 8), "center"), (0.75, (8, 2), "left"), (1.0, (-16, 6), "right")
    for p, offset, side in marks:
        note = f"{p:.0%}: {entropy((p, 1 - p), base=2):.2f} bits"
        place = (p, entropy((p, 1 - p), base=2))
        axes.plot(*place, "o", color=INK, clip_on=False)
        axes.annotate(note, place, offset, textcoords="offset points", ha=side)
    axes.set(xlabel="probability of a win", ylabel="entropy (bits)", xlim=(0, 1), ylim=(0, 1.18))
    axes.xaxis.set_major_formatter("{x:.0%}")


@_house_style
def code_tree(code, p):
    """The tree of a prefix code: ``code`` and ``p`` give each symbol its word and probability."""
    _, axes = plt.subplots()
    words = sorted(code.values())
    place = dict(zip(words, range(len(words)), strict=True))
    inner = {word[:depth] for word in words for depth in range(len(word))}
    for node in sorted(inner, key=len, reverse=True):
        place[node] = (place[node + "0"] + place[node + "1"]) / 2
    for node in inner:
        for digit in "01":
            x, y = [place[node], place[node + digit]], [-len(node), -len(node) - 1]
            axes.plot(x, y, color=QUIET, zorder=1)
            middle = (np.mean(x), np.mean(y))
            axes.text(*middle, digit, ha="center", va="center", backgroundcolor="white")
        axes.plot(place[node], -len(node), "o", color=INK, zorder=2)
    for symbol, word in code.items():
        note = f"{symbol} {p[symbol]:.2f}\nword {word}"
        spot = (place[word], -len(word))
        axes.plot(*spot, "s", color=INK, zorder=2)
        axes.annotate(note, spot, (0, -8), textcoords="offset points", ha="center", va="top")
    depth = max(map(len, words))
    axes.set(xlim=(-0.6, len(words) - 0.4), ylim=(-depth - 0.75, 0.15))
    axes.set_yticks(range(-depth, 1), range(depth, -1, -1))
    axes.set_ylabel("questions asked")
    axes.spines[["left", "bottom"]].set_visible(False)
    axes.tick_params(left=False)
    axes.set_xticks([])


@_house_style
def block_rates(rates, p):
    """The price per symbol of codes for blocks of 1, 2, ... symbols drawn from ``p``."""
    _, axes = plt.subplots()
    length, floor = np.arange(1, len(rates) + 1), entropy(p, base=2)
    axes.fill_between(length, floor, rates, color=WASTE, hatch="//", alpha=0.5, linewidth=0)
    axes.plot(length, rates, "o-", color=INK)
    axes.axhline(floor, color=TRUTH, linestyle="--")
    axes.annotate("Huffman code of blocks", (2, rates[1]), (10, 18), textcoords="offset points")
    axes.annotate("waste", (1.08, floor), (0, 12), textcoords="offset points")
    note = f"entropy {floor:.4f} bits"
    axes.text(length[-1], floor - 0.006, note, color=TRUTH, ha="right", va="top")
    axes.set(xlabel="matches per code word", ylabel="bits per match", xticks=length)
    axes.set_ylim(floor - 0.04, max(rates) + 0.01)


@_house_style
def differential_entropy_curve(sigmas, bits):
    """Differential entropy over the standard deviation, with its zero marked."""
    _, axes = plt.subplots()
    axes.axhspan(min(bits) - 0.2, 0, color=QUIET, alpha=0.2, linewidth=0)
    axes.plot(sigmas, bits, color=TRUTH)
    zero, last = np.interp(0, bits, sigmas), sigmas[-1]
    axes.plot([zero, last], [0, bits[-1]], "o", color=INK, clip_on=False)
    axes.annotate(f"zero at {zero:.3f}", (zero, 0), (4, -18), textcoords="offset points")
    end = (last, bits[-1])
    axes.annotate(f"{bits[-1]:.2f} bits", end, (0, -18), textcoords="offset points", ha="right")
    axes.text(0.98, min(bits) + 0.1, "negative", ha="right")
    axes.set(xlabel="standard deviation (unit of x)", ylabel="differential entropy (bits)")
    axes.set(xlim=(0, 1), ylim=(min(bits) - 0.2, bits[-1] + 0.3))


# Chapter 3


@_house_style
def cross_entropy_curve(p):
    """Cross-entropy over the model's probability: it touches the entropy at q = p alone."""
    _, axes = plt.subplots()
    q = np.linspace(0.002, 0.998, 500)
    price = cross_entropy([p, 1 - p], np.stack([q, 1 - q], axis=-1), base=2)
    floor = entropy([p, 1 - p], base=2)
    axes.fill_between(q, floor, price, facecolor=WASTE, hatch="//", linewidth=0)
    axes.plot(q, price, color=MODEL)
    axes.axhline(floor, color=TRUTH, linestyle="--")
    axes.plot(p, floor, "o", color=TRUTH, markersize=8)
    axes.text(0.26, 1.75, "cross-entropy $H(p, q)$", color=MODEL)
    box = {"facecolor": "white", "edgecolor": "none", "pad": 2}
    axes.text(0.19, floor + 0.24, "waste", bbox=box)
    axes.text(p, floor - 0.25, "entropy $H(p)$: the floor, at q = p", color=TRUTH, ha="right")
    axes.set(xlabel="model's probability q", ylabel="bits", xlim=(0, 1), ylim=(0, 3))


@_house_style
def label_floors(p):
    """Cross-entropy under a one-hot and a soft label: the soft one keeps it above zero."""
    _, axes = plt.subplots()
    q = np.linspace(0.3, 0.9985, 800)
    models = np.stack([q, 1 - q], axis=-1)
    for truth, line in ((1.0, "-"), (p, "--")):
        label = [truth, 1 - truth]
        axes.plot(q, cross_entropy(label, models, base=2), color=MODEL, linestyle=line)
        axes.plot(truth, entropy(label, base=2), "o", color=TRUTH, markersize=8, clip_on=False)
    axes.text(0.6, 0.9, f"soft label ({p:.1f}, {1 - p:.1f})", color=MODEL)
    axes.text(0.64, 0.45, "one-hot label", color=MODEL, ha="right")
    floor = entropy([p, 1 - p], base=2)
    axes.text(p, floor + 0.08, f"floor {floor:.2f}", color=TRUTH, ha="center")
    axes.text(0.9, 0.03, "floor 0", color=TRUTH, ha="right")
    axes.set(xlabel="model's probability q of the first class", ylabel="cross-entropy (bits)")
    axes.set(xlim=(0.3, 1), ylim=(0, 2), yticks=[0, 0.5, 1, 1.5, 2])


@_house_style
def two_bells(shift):
    """The integrand -p ln q filled, for a model that fits and one moved by ``shift``."""
    _, panels = plt.subplots(1, 2, sharey=True)
    x = np.linspace(-10, 10, 4001)
    p = np.exp(-(x**2) / 2) / np.sqrt(2 * np.pi)
    for axes, mean in zip(panels, (0, shift), strict=True):
        q = np.exp(-((x - mean) ** 2) / 2) / np.sqrt(2 * np.pi)
        price = -p * np.log(q)
        axes.fill_between(x, price, color=MODEL, alpha=0.25, linewidth=0)
        axes.plot(x, price, color=MODEL, linewidth=1.2)
        axes.plot(x, p, color=TRUTH)
        axes.plot(x, q, color=MODEL, linestyle="--")
        axes.set_title(f"d = {mean}: area {np.trapezoid(price, x):.2f} nats")
        axes.set(xlabel="x", xlim=(-3.6, 5.2))
    panels[0].set_ylabel("per unit of x (filled: nats)")
    panels[0].text(0, 0.45, "p = q", color=INK, ha="center")
    panels[1].text(0, 0.45, "p", color=TRUTH, ha="center")
    panels[1].text(shift, 0.45, "q", color=MODEL, ha="center")
    panels[1].text(0.4, 1.2, r"$-p\,\ln q$", color=MODEL)


# Chapter 4


@_house_style
def waste_bars(p, models):
    """Stacked bars for one p and many q: the entropy stays, the waste on top grows."""
    _, axes = plt.subplots()
    floor, waste = entropy(p, base=2), kl_divergence(p, models, base=2)
    names = ["q = " + "/".join(f"{100 * share:.0f}" for share in q) for q in models]
    axes.bar(names, np.full(len(names), floor), 0.62, color=TRUTH)
    axes.bar(names, waste, 0.62, bottom=floor, color=WASTE, hatch="//")
    for place, extra in enumerate(waste):
        axes.text(place, floor / 2, f"H(p) {floor:.2f}", color="white", ha="center", va="center")
        axes.text(place, floor + extra + 0.03, f"waste {extra:.2f}", ha="center", va="bottom")
    axes.set(ylabel="bits per outcome", ylim=(0, 1.2 * (floor + max(waste))))


@_house_style
def both_directions(p, q):
    """The two KL divergences between (p, 1 - p) and every (q, 1 - q)."""
    _, axes = plt.subplots()
    truth, models = np.array([p, 1 - p]), np.stack([q, 1 - q], axis=-1)
    axes.plot(q, kl_divergence(truth, models, base=2), color=WASTE)
    axes.plot(q, kl_divergence(models, truth, base=2), "--", color=INK)
    mirror = kl_divergence(truth, truth[::-1], base=2)
    axes.plot([1 - p, p], [mirror, 0], "o", color=INK, zorder=3)
    axes.text(0.09, 2.05, "KL(p ‖ q)", color=WASTE)
    axes.text(0.015, 0.9, "KL(q ‖ p)", color=INK)
    axes.text(1.02 - p, mirror + 0.08, "equal: mirror image", color=INK)
    axes.text(p, 0.15, "equal: q is p", color=INK, ha="center")
    axes.set(xlabel="q's probability of the first outcome", xlim=(0, 1))
    axes.set(ylabel="bits per outcome", ylim=(-0.05, 2.6))


@_house_style
def evidence_paths(from_p, from_q, p, q):
    """Evidence for p over q, toss by toss: tosses drawn from p, and tosses drawn from q."""
    _, axes = plt.subplots()
    tosses = np.arange(from_p.shape[-1] + 1)
    for paths, slope, colour, line, name in (
        (from_p, kl_divergence(p, q, base=2), TRUTH, "-", "tosses from p"),
        (from_q, -kl_divergence(q, p, base=2), MODEL, "--", "tosses from q"),
    ):
        for path in paths:
            axes.plot(tosses, np.append(0.0, path), line, color=colour, linewidth=1, alpha=0.6)
        axes.plot(tosses, slope * tosses, line, color=colour, linewidth=3)
        axes.text(3, 15 * np.sign(slope), name, color=colour, va="center")
    axes.axhline(0, color=QUIET, linewidth=1)
    axes.set(xlabel="tosses", ylabel="evidence for p, in bits", xlim=(0, len(tosses) - 1))


@_house_style
def two_fits(x, p, forward, reverse):
    """One p with two bumps under its two best Gaussians, one for each direction of KL."""
    _, axes = plt.subplots()
    width = x[1] - x[0]
    axes.fill_between(x, p / width, color=TRUTH, alpha=0.25, linewidth=0)
    axes.plot(x, p / width, color=TRUTH)
    axes.plot(x, forward / width, "--", color=MODEL)
    axes.plot(x, reverse / width, "-.", color=INK)
    axes.text(-4.4, 0.19, "p", color=TRUTH, ha="right")
    axes.text(-8.6, 0.10, "forward:\ncovers both", color=MODEL)
    axes.text(4.2, 0.33, "reverse:\nkeeps to one", color=INK)
    axes.set(xlabel="x", ylabel="probability per unit of x", xlim=(-9, 9), ylim=(0, None))


# Chapter 5


@_house_style
def loss_of_the_true_class(q):
    """The loss against the probability of what happened, with the predictions ``q`` on it."""
    _, axes = plt.subplots()
    grid = np.linspace(0.005, 1, 400)
    axes.plot(grid, surprisal(grid), color=TRUTH)
    axes.plot(q, surprisal(q), "o", color=MODEL, markersize=9, clip_on=False, zorder=3)
    for place, times in zip(*np.unique(q, return_counts=True), strict=True):
        cost = surprisal(place)
        text = f"{cost:.2f}" if times == 1 else f"{times} × {cost:.2f}"
        axes.annotate(text, (place, cost), (0, 9), textcoords="offset points", ha="center")
    axes.text(0.04, 4.4, "no upper end")
    axes.set(xlim=(0, 1.02), ylim=(0, 5))
    axes.set(xlabel="probability given to the true class", ylabel="loss (nats)")


@_house_style
def the_label_picks_the_curve(y, q):
    """Both curves of the binary cross-entropy, with the predictions ``q`` of labels ``y``."""
    _, axes = plt.subplots()
    y, q = np.asarray(y), np.asarray(q)
    grid = np.linspace(0.005, 0.995, 400)
    for label, line, marker in ((1, "-", "o"), (0, "--", "s")):
        labels = np.full(grid.shape, label)
        axes.plot(grid, binary_cross_entropy(labels, grid), line, color=TRUTH)
        here = y == label
        cost = binary_cross_entropy(y[here], q[here])
        axes.plot(q[here], cost, marker, color=MODEL, markersize=9, zorder=3)
    axes.text(0.07, 3.6, "y = 1\n(spam)", color=TRUTH)
    axes.text(0.93, 3.6, "y = 0\n(ham)", color=TRUTH, ha="right")
    cross = binary_cross_entropy(1, 0.5)
    arrow = {"arrowstyle": "-", "color": QUIET}
    axes.annotate(f"{cross:.2f} nats", (0.5, cross), (0.5, 1.7), ha="center", arrowprops=arrow)
    axes.set(xlim=(0, 1), ylim=(0, 5))
    axes.set(xlabel="q, the model's probability of spam", ylabel="loss (nats)")


@_house_style
def pull_on_the_logit(start):
    """How strongly two losses pull the logit up when y = 1; ``start`` marks one logit."""
    _, axes = plt.subplots()
    z = np.linspace(-8, 4, 400)
    q = np.exp(-binary_cross_entropy_with_logits(np.ones_like(z), z))
    axes.plot(z, 1 - q, color=INK)
    axes.plot(z, (1 - q) * q * (1 - q), "--", color=QUIET)
    axes.axvline(start, color=QUIET, linewidth=1, linestyle=":")
    axes.text(start + 0.15, 0.6, f"z = −{-start}", va="center")
    axes.text(-0.6, 0.8, "cross-entropy: 1 − q")
    axes.text(-4.3, 0.2, "squared error:\n(1 − q) q (1 − q)")
    axes.set(xlim=(-8, 4), ylim=(0, 1.05))
    axes.set(xlabel="logit z of a spam mail (y = 1)", ylabel="upward pull on z")
