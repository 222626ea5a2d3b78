"""The figures of chapter 0, still and moving, and its game."""

from itertools import chain, product

import altair as alt
import matplotlib.pyplot as plt
import numpy as np

from ..information import cross_entropy, entropy, surprisal
from ..losses import categorical_cross_entropy
from .games import Game, numbers
from .harbour import BLIND, FRACTIONS, NORTH, SOUTH, WEATHERS
from .moving import Control, Moving, plain, rounded, row_axis, rows, texts, x_axis
from .style import INK, MODEL, QUIET, TRUTH, house_style

CHIPS = 8


@house_style
def _forecaster_board():
    """The prices of the game: what a pile costs if its weather comes."""
    _, axes = plt.subplots(figsize=(5.8, 3.8))
    slots, piles = np.arange(CHIPS), range(CHIPS, -1, -1)
    prices = plain(surprisal(np.array(piles) / CHIPS, base=2), 2)
    for row, (chips, cost) in enumerate(zip(piles, prices, strict=True)):
        axes.barh([row] * CHIPS, 0.8, 0.7, slots, color="none", edgecolor=QUIET)
        axes.barh([row] * chips, 0.8, 0.7, slots[:chips], color=MODEL)
        axes.text(8.1, row, f"costs {cost}", va="center")
    names = [f"{chips} chip{'s' * (chips != 1)}" for chips in piles]
    axes.set_yticks(range(len(names)), names)
    axes.tick_params(axis="y", length=0)
    axes.set(xlim=(-0.5, 10.5), ylim=(8.5, -0.5), xticks=[])
    axes.spines[:].set_visible(False)


@house_style
def bills(came):
    """What each of the four others paid, piece by piece, if each weather came on so many days."""
    _, axes = plt.subplots(figsize=(5.8, 3.2))
    for row, (belief, colour) in enumerate(((SOUTH, TRUTH), (BLIND, MODEL), (NORTH, MODEL))):
        pieces = came * surprisal(belief, base=2)
        ends = np.cumsum(pieces)
        axes.barh([row] * 4, pieces, 0.62, ends - pieces, color=colour, edgecolor="white")
        for name, piece, end in zip(WEATHERS, plain(pieces), ends, strict=True):
            note = piece if row else f"{name}\n{piece}"
            axes.text(end - float(piece) / 2, row, note, color="white", ha="center", va="center")
        axes.text(ends[-1] + 0.8, row, *plain(ends[-1:]), va="center", weight="bold")
    axes.barh(3, 50, 0.62, color=MODEL)
    axes.plot(50, 3, ">", color=MODEL, markersize=26, clip_on=False)  # leaves the frame
    axes.text(48, 3, "∞", va="center", ha="right", color="white", size=18)
    axes.set_yticks(range(4), ["keeper", "knows nothing", "northern\ncolleague", "optimist"])
    axes.tick_params(axis="y", length=0)
    axes.set(xlim=(0, 50), ylim=(3.5, -0.5), xticks=range(0, 50, 10))
    axes.set_xlabel("paid in twenty days (shorter is better)")


@house_style
def equally_often_right(came):
    """The chips of the keeper and of the optimist: both have their tallest pile on sun."""
    _, panels = plt.subplots(1, 2, sharey=True, figsize=(5.8, 3.6))
    piles = {"keeper": (TRUTH, (4, 2, 1, 1)), "optimist": (MODEL, (8, 0, 0, 0))}
    for axes, (name, (colour, pile)) in zip(panels, piles.items(), strict=True):
        for place, chips in enumerate(pile):
            axes.bar(place, [1] * chips, 0.8, range(chips), color=colour, edgecolor="white")
            if not chips:
                axes.text(place, 0.1, "none", ha="center", size="small", color=colour)
        axes.set_title(f"the {name} says sun:\nright on {came[0]} of {sum(came)} days")
        axes.set_xticks(range(4), WEATHERS, size="small")
        axes.tick_params(axis="x", length=0)
        axes.set(xlim=(-0.6, 3.6), ylim=(0, 8.1), yticks=range(0, 9, 2))
    panels[0].set_ylabel("chips")


@house_style
def two_days():
    """A forecast for two days as a square: the shares multiply, the prices add."""
    _, axes = plt.subplots(figsize=(5.8, 4.2))
    axes.bar([0, 0], [1, 0.25], [0.5, 1], align="edge", color=MODEL, alpha=0.2)
    axes.bar(0, 0.25, 0.5, align="edge", color=MODEL)
    axes.text(0.25, 0.125, "both: 1/8\nprice 3", color="white", ha="center", va="center")
    axes.set(xlim=(0, 1), ylim=(0, 1), aspect="equal", xticks=[], yticks=[])
    axes.spines[:].set(visible=True, color=INK, linewidth=1.5)
    line = {"color": INK, "clip_on": False, "linewidth": 1.5}
    axes.plot([0.01, 0.01, 0.49, 0.49], [-0.02, -0.05, -0.05, -0.02], **line)
    axes.plot([-0.02, -0.05, -0.05, -0.02], [0.01, 0.01, 0.24, 0.24], **line)
    axes.text(0.25, -0.08, "first day sun: 1/2\nprice 1", ha="center", va="top")
    axes.text(-0.08, 0.125, "second day\ncloud: 1/4\nprice 2", ha="right", va="center")


@house_style
def price_of_a_share():
    """The price over the share of what came: whole numbers at the halvings, a curve between."""
    _, axes = plt.subplots(figsize=(5.8, 3.8))
    grid = np.linspace(0.02, 1, 400)
    axes.plot(grid, surprisal(grid, base=2), color=MODEL)
    for chips in range(1, CHIPS + 1):
        share, price = chips / CHIPS, surprisal(chips / CHIPS, base=2)
        halved = price == round(price)
        style = {"color": INK, "fillstyle": "full" if halved else "none"}
        axes.plot(share, price, "o", markersize=7, clip_on=False, **style)
        axes.annotate(*plain([price], 2), (share, price), (5, 7), textcoords="offset points")
    axes.set(xlabel="chips on what came, and their share", ylabel="price (bits)")
    axes.set(xlim=(0, 1), ylim=(0, 4.2), yticks=range(5))
    axes.set_xticks(np.arange(9) / CHIPS, [f"{k}\n{FRACTIONS[k]}" for k in range(9)])


@house_style
def chance_levels(losses):
    """Three prices, each in a frame that ends at the price of knowing nothing."""
    _, axes = plt.subplots(figsize=(5.8, 2.6))
    paid = [*losses, entropy(SOUTH, base=2)]
    nothing = surprisal([1 / 3, 1 / 3, 1 / 4], base=2)
    axes.barh(range(3), paid, 0.6, color=[MODEL, MODEL, TRUTH])
    axes.barh(range(3), nothing, 0.6, color="none", edgecolor=INK, linewidth=1.5)
    for row, (bits, level) in enumerate(zip(paid, nothing, strict=True)):
        axes.text(bits - 0.04, row, f"{bits:.2f}", color="white", ha="right", va="center")
        axes.text(level + 0.05, row, f"knows\nnothing: {level:.2f}", va="center")
    axes.set_yticks(range(3), ["plane,\n3 classes", "Jackson,\n3 classes", "keeper,\n4 weathers"])
    axes.tick_params(axis="y", length=0)
    axes.set(xlim=(0, 2.75), ylim=(2.5, -0.5), xticks=range(3), xlabel="price (bits)")


@house_style
def three_losses():
    """Three prices over the share of the true class, for two classes."""
    _, axes = plt.subplots()
    q = np.linspace(0.004, 1, 500)
    axes.plot(q, surprisal(q, base=2), color=MODEL, label="log loss (bits)")
    axes.plot(q, 2 * (1 - q) ** 2, "--", color=INK, label="squared error")
    axes.plot(q, q <= 0.5, ":", color=QUIET, label="counted errors")
    axes.legend(loc="upper right")
    axes.set(xlabel="share of the true class", ylabel="price, each on its scale")
    axes.set(xlim=(0, 1), ylim=(0, 4), yticks=range(5))
    axes.set_xticks([0, 1 / 2, 1], ["0", "½", "1"])


NAMES = ("snake", "plane", "Jackson")
SHARE, PART = np.arange(21) / 20, np.arange(11) / 10  # where the sliders stop


def probability_bars() -> Moving:
    """Three shares, the loss that reads one of them, and the answer that accuracy sees."""
    q = _shares()
    bits = categorical_cross_entropy(np.full(len(q), 1), q, base=2)
    shown = {name.lower(): texts(column, 3) for name, column in zip(NAMES, q.T, strict=True)}
    return Moving(
        name="probability-bars",
        alt="Three bars, the shares of snake, plane and Jackson; plane is the truth. Below them "
        "the answer, right while plane has the longest bar, and the loss as a bar in bits.",
        controls=[
            Control("share", "plane's share", [f"{v:.0%}" for v in SHARE], 10, 0, 0.05),
            Control("part", "snake's part of the rest", [f"{v:.0%}" for v in PART], 8, 0, 0.1),
        ],
        readings=shown | {"answer": _answers(q), "bits": texts(bits, 2)},
        sentence="Snake {snake}, plane {plane}, Jackson {jackson}: "
        "the answer is {answer}, the loss is {bits} bits.",
        chart=alt.layer(_shares_and_answer(), _loss_bar()).resolve_scale(x="independent"),
        drag={"control": "share", "scale": "layer_0_x", "places": rounded(SHARE)},
    )


def _shares():
    """What the model gives to the three classes, at each place of the sliders."""
    plane, of_rest = (a.ravel() for a in np.meshgrid(SHARE, PART, indexing="ij"))
    q = np.stack([(1 - plane) * of_rest, plane, (1 - plane) * (1 - of_rest)], axis=-1)
    return q.round(12)


def _answers(q):
    """What accuracy sees: whether plane has the longest bar."""
    longest = q == q.max(axis=-1, keepdims=True)
    answer = np.where(longest.sum(axis=-1) > 1, "a tie", "right")
    return np.where(longest[:, 1], answer, "wrong").tolist()


ROW = row_axis(*NAMES, "answer", "loss")
ROW["axis"]["labelExpr"] = "datum.value == 'plane' ? ['plane', '(the truth)'] : datum.value"


def _shares_and_answer():
    """The three bars, and what accuracy sees of them."""
    bars = rows(
        *({"row": name, "k": k} for k, name in enumerate(NAMES)),
        shown="[snake, plane, jackson][datum.k][at]",
        q="toNumber(datum.shown)",
    )
    said = rows({"row": "answer", "left": 0}, answer="answer[at]")
    filled = alt.condition("datum.k == 1", alt.value(MODEL), alt.value("transparent"))
    scale = {"orient": "top", "title": "share q", "format": ".1f", "domain": False}
    x, left = x_axis("q", [0, 1.3], [0, 0.5, 1], **scale), x_axis("left", [0, 1.3])
    return alt.layer(
        bars.mark_bar(height=26, stroke=MODEL, strokeWidth=1.5).encode(x, ROW, fill=filled),
        bars.mark_text(align="left", dx=8).encode(x, ROW, text="shown:N"),
        said.mark_text(align="left", dx=2, fontSize=18, fontWeight="bold").encode(
            left, ROW, text="answer:N"
        ),
    )


def _loss_bar():
    """The loss as a bar, in a frame that it fills when it is infinite."""
    meter = rows(
        {"row": "loss", "full": 5},
        bits="bits[at] == '∞' ? datum.full : toNumber(bits[at])",
        label="bits[at]",
    )
    x = x_axis("bits", [0, 6.5], range(6), title="loss (bits)", format="d", domain=False)
    full = x_axis("full", [0, 6.5])
    return alt.layer(
        meter.mark_bar(height=26, color=MODEL).encode(x, ROW),
        meter.mark_bar(height=26, fill=None, stroke=QUIET).encode(full, ROW),
        meter.mark_text(align="left", dx=8).encode(full, ROW, text="label:N"),
    )


DAYS, ROUNDS = 20, 61
SEED = 1286  # the first round has the days of the text: 10, 5, 2, 3
HARBOURS = {  # days in eight; all but the first are to be found out
    "south": SOUTH * CHIPS,
    "north": NORTH * CHIPS,
    "cape of storms": [1, 2, 1, 4],
    "strait": [3, 1, 3, 1],
    "grey bay": [1, 4, 2, 1],
    "dry coast": [5, 1, 1, 1],
}
RIVALS = {  # besides the keeper: in the south, and in the other harbours
    "northern colleague": ([2, 1, 4, 1], True, False),
    "counter": (None, False, True),  # lays other chips every day
    "southern colleague": ([4, 2, 1, 1], False, True),
    "knows nothing": ([2, 2, 2, 2], True, True),
    "optimist": ([8, 0, 0, 0], True, False),
}
# 0 you paid, 1 on the other days, 2 the keeper, 7 less; in the long run 3, the floor 4, wasted 5,
# by the counter 6
SAYS = {
    "first": "This is the south: its climate stands above the game. Where do you put your chips?",
    "begin": "You don't know this harbour yet. Where do you put your chips?",
    "last": "The others' last chips stay, or they would cost ∞. With − you can take one away.",
    "placed": "All eight are placed. Right: the price if it comes.",
    "still": "There is nothing to undo.",
    "came": " You had said never, and it came.",
    "ended": "The twenty days are over. The next harbour has others.",
    "board": "Paid a day in this round (shorter is better):",
    "days": "What each day cost you:",
    "coast": "Wasted a day, in the long run:",
    "hatched": "waste and luck:",
    "saved": "luck:",
    "hidden": "Another harbour: find out its climate from the days. Only luck pays less than its "
    "keeper. The counter knows as little as you, and lays the chips that would have been cheapest "
    "on the days so far and one more of each weather. Can you waste less than he does?",
    "never": "In this round you paid 0 (1 on the other days); the keeper, who knows the climate, 2 "
    "on all.",
    "luck": "In this round you paid 0 a day, 7 less than the keeper, who knows the climate. That "
    "was luck.",
    "paid": "In this round you paid 0 a day; the keeper, who knows the climate, 2.",
    "long": "In the long run your chips would cost about 3 a day: 4 is the weather's own, and 5 "
    "is wasted.",
    "endless": "In the long run they would cost ∞ a day: on some evening a weather had no chip, "
    "and one day it comes.",
    "over": " The round is over. Your bill stands above, in bits (one halving costs one bit). "
    "Other harbours wait.",
    "won": " The round is over. In the long run your chips would waste 5 a day, the counter's 6: "
    "you win!",
    "lost": " The round is over. In the long run your chips would waste 5 a day, the counter's "
    "only 6: another harbour, another try?",
}
BETS = np.array([bet for bet in product(range(1, CHIPS), repeat=4) if sum(bet) == CHIPS])


def forecaster() -> Game:
    """Eight chips on four weathers every evening, and in the morning the price of what came."""
    price = surprisal(np.arange(CHIPS + 1) / CHIPS, base=2)
    return Game(
        name="forecaster",
        alt="Nine rows, from eight chips to none. Eight chips cost 0, seven 0.19, six 0.42, five "
        "0.68, four 1, three 1.42, two 2, one 3, and no chip costs infinity.",
        sentence="You are the forecaster: eight chips lie on sun, cloud, rain and storm, two on "
        f"each, and whatever comes costs {price[2]:.0f} bits. More chips on what comes cost less; "
        "none at all, ∞.",
        rule="Each evening eight chips lie on tomorrow's weather: drag them, or use − and +. In "
        f"the morning you pay for what came: {price[8]:.0f} if all eight lay on it, "
        f"{price[4] - price[8]:.0f} more for each halving, and ∞ if none did. "
        "Twenty days: do you pay less a day than the keeper, who knows the climate?",
        tables={
            "weathers": WEATHERS,
            "price": numbers(price),
            "harbours": [_harbour(name, chips) for name, chips in HARBOURS.items()],
            "rounds": list(_rounds()),
            "rivals": [
                [{"name": n, "chips": c} for n, (c, *plays) in RIVALS.items() if plays[k]]
                for k in (0, 1)
            ],
            "says": SAYS,
        },
        still=lambda: _forecaster_board().figure,
        heights=(54, 66),
    )


def _harbour(name, chips):
    """A climate, its entropy, and what each bet that leaves nothing out pays a day in it."""
    p = np.array(chips) / CHIPS
    paid = numbers(cross_entropy(p, BETS / CHIPS, base=2))
    bets = ("".join(map(str, bet)) for bet in BETS)
    floor = float(entropy(p, base=2))
    return {
        "name": name,
        "chips": numbers(chips),
        "floor": floor,
        "long_run": dict(zip(bets, paid, strict=True)),
    }


def _rounds():
    """For each round its harbour, its days, the counter's chips on them, and his waste."""
    dice = np.random.default_rng(SEED)
    hidden = (_in_turn(1 + dice.permutation(5)) for _ in range(ROUNDS // 5))
    for harbour in [0, *chain.from_iterable(hidden)]:
        p = np.array(list(HARBOURS.values())[harbour]) / CHIPS
        days = dice.choice(len(p), DAYS, p=p)
        bets = _counted(days)
        waste = (cross_entropy(p, bets / CHIPS, base=2) - entropy(p, base=2)).mean()
        laid = bets[np.arange(DAYS), days]
        yield [int(harbour), *("".join(map(str, each)) for each in (days, laid)), *numbers([waste])]


def _in_turn(harbours):
    """The five hidden harbours; the first and the third have not the south's chips, mixed."""
    mixed = [sorted(chips) == sorted(SOUTH * CHIPS) for chips in HARBOURS.values()]
    (first, third), (second, *rest) = ([h for h in harbours if mixed[h] == is_] for is_ in (0, 1))
    return [first, second, third, *rest]


def _counted(days):
    """The cheapest bets for the days before, with each weather counted once more."""
    before = np.eye(4, dtype=int)[days].cumsum(axis=0) - np.eye(4, dtype=int)[days] + 1
    return BETS[np.argmin(before @ surprisal(BETS / CHIPS, base=2).T, axis=-1)]
