"""The figures of chapter 4, still and moving, and its game."""

import altair as alt
import matplotlib.pyplot as plt
import numpy as np

from ..information import entropy, kl_divergence, surprisal
from ..losses import cross_entropy_with_logits
from .bells import AXIS, binned, log_bell
from .games import Game, numbers
from .harbour import BLIND, FRACTIONS, GAP, NORTH, SOUTH, WEATHERS, edges, left_over
from .moving import (
    Control,
    Moving,
    bars_beside,
    plain,
    points,
    rounded,
    rows,
    texts,
    x_axis,
    y_axis,
)
from .style import INK, MODEL, QUIET, TRUTH, WASTE, house_style

FLOOR = entropy(SOUTH, base=2)
EVIDENCE = np.log2(SOUTH / NORTH)  # of one day, for the south
FORTY = np.random.default_rng(235).choice(4, size=40, p=SOUTH)  # with exactly the south's shares
PALE = 0.25  # of the blue, where it is the floor


def sliding_belief() -> Moving:
    """Southern days under a belief that slides from the south's own to the north's."""
    share = np.arange(21) / 20
    belief = SOUTH + np.outer(share, NORTH - SOUTH)
    own, paid = surprisal(SOUTH, base=2), surprisal(belief, base=2)
    waste = kl_divergence(SOUTH, belief, base=2)
    return Moving(
        name="sliding-belief",
        alt="Four columns for southern days, in light blue as high as their floor. What a mixed "
        "belief costs more stands on top in purple, and what it saves is a dashed frame. Beside "
        "them one bar: the floor in light blue, and the waste on top of it.",
        controls=[
            Control("share", "northern part of the belief", [f"{s:.0%}" for s in share], 20, 0, 1)
        ],
        readings={"bill": plain(FLOOR + waste, 3), "waste": plain(waste, 3)},
        tables={
            "edges": rounded(edges(SOUTH)),
            "own": rounded(own),
            "paid": rounded(paid),
            "parts": rounded(SOUTH * (paid - own)),
            "waste_drawn": rounded(waste),
        },
        sentence="The belief is {share} northern. "
        f"The bill is {{bill}} bits a day: {FLOOR:g} of floor and {{waste}} of waste.",
        chart=alt.layer(*_columns_above_their_floor(), *_names_of_columns(), *_whole_bill()),
    )


def _column():
    """The columns of the sliding belief: their places and heights are looked up."""
    return rows(
        *({"k": k, "name": name, "zero": 0, "foot": 0.12} for k, name in enumerate(WEATHERS)),
        left=f"edges[datum.k] + {GAP}",
        right=f"edges[datum.k + 1] - {GAP}",
        middle="(datum.left + datum.right) / 2",
        low="min(own[datum.k], paid[at][datum.k])",
        top="max(own[datum.k], paid[at][datum.k])",
        more="paid[at][datum.k] - own[datum.k]",
        label="datum.more ? format(parts[at][datum.k], '+.2f') : ''",
        above="datum.top + (datum.k == 2 ? 0.25 : 0)",  # the rain's clear of the cloud's
    )


def _columns_above_their_floor():
    """What a belief costs each weather, and above the floor what it costs more or saves."""
    places = edges(SOUTH)
    names = " : ".join(f"datum.value == {x} ? '{FRACTIONS[8 * x]}'" for x in places)
    x = x_axis(
        "left", [0, 1.5], rounded(places), labelExpr=f"{names} : ''", labelOverlap=False,
        title="how often it comes",
    )  # fmt: skip
    y = y_axis("zero", [0, 3.9], range(4), title="bits", format="d")
    frame = {"fillOpacity": 0, "stroke": INK, "strokeWidth": 2, "strokeDash": [6, 4]}
    between = {"y": alt.Y("low:Q"), "x2": "right:Q", "y2": "top:Q"}
    column = _column()
    more, less = (column.transform_filter(which) for which in ("datum.more > 0", "datum.more < 0"))
    return (
        column.mark_rect(fill=TRUTH, fillOpacity=PALE).encode(x, y, x2="right:Q", y2="low:Q"),
        more.mark_rect(fill=WASTE).encode(x, **between),
        less.mark_rect(**frame).encode(x, **between),
        column.mark_text(dy=-10).encode(alt.X("middle:Q"), alt.Y("above:Q"), text="label:N"),
    )


def _names_of_columns():
    """The weathers inside their columns, upright where those are narrow."""
    middle, foot = alt.X("middle:Q"), alt.Y("foot:Q")
    wide = _column().transform_filter("datum.k < 2").mark_text(baseline="bottom")
    narrow = _column().transform_filter("datum.k > 1").mark_text(angle=270, align="left")
    return (part.encode(middle, foot, text="name:N") for part in (wide, narrow))


def _whole_bill():
    """The average as one bar beside the columns: the floor, and the waste above it."""
    bar = rows(
        {"zero": 0, "left": 1.15, "right": 1.4, "middle": 1.275},
        floor=f"{FLOOR}",
        half=f"{FLOOR / 2}",
        bill=f"{FLOOR} + waste_drawn[at]",
        waste="'waste ' + waste[at]",
        name="'floor'",
    )
    left, middle = alt.X("left:Q"), alt.X("middle:Q")
    return (
        bar.mark_rect(fill=TRUTH, fillOpacity=PALE).encode(
            left, alt.Y("zero:Q"), x2="right:Q", y2="floor:Q"
        ),
        bar.mark_rect(fill=WASTE).encode(left, alt.Y("floor:Q"), x2="right:Q", y2="bill:Q"),
        bar.mark_text().encode(middle, alt.Y("half:Q"), text="name:N"),
        bar.mark_text(dy=-10).encode(middle, alt.Y("bill:Q"), text="waste:N"),
    )


@house_style
def four_bills():
    """Southern days with four code books: the floor stays, the waste on top grows."""
    _, axes = plt.subplots()
    books = {"southern": SOUTH, "knows\nnothing": BLIND, "northern": NORTH}
    waste = kl_divergence(SOUTH, list(books.values()), base=2)
    tall = [*waste, 3]  # the cousin's leaves the frame
    places = range(len(tall))
    axes.bar(places, np.full(len(tall), FLOOR), 0.62, color=TRUTH, alpha=PALE)
    axes.bar(places, tall, 0.62, bottom=FLOOR, color=WASTE, hatch="//")
    for place, extra in enumerate(waste):
        axes.text(place, FLOOR + extra + 0.04, f"waste {extra:g}", ha="center", va="bottom")
    for place in places:
        axes.text(place, FLOOR / 2, f"floor\n{FLOOR:g}", ha="center", va="center")
    axes.text(2.64, 2.8, "waste ∞", ha="right")
    upwards = {"arrowstyle": "-|>", "color": "white", "lw": 3, "mutation_scale": 20}
    axes.annotate("", (3, 2.98), (3, 2.2), arrowprops=upwards)
    axes.set(ylabel="bits a day", ylim=(0, 3), yticks=range(4))
    axes.set_xticks(places, [*books, "the cousin's"])


@house_style
def lost_and_saved():
    """What a mixture of the two beliefs costs more on some southern days, and saves on others."""
    _, axes = plt.subplots()
    share = np.linspace(0, 1, 201)
    belief = SOUTH + np.outer(share, NORTH - SOUTH)
    parts = SOUTH * (surprisal(belief, base=2) - surprisal(SOUTH, base=2))
    more, less = np.maximum(parts, 0).sum(axis=1), np.maximum(-parts, 0).sum(axis=1)
    first = (NORTH - SOUTH)[2] / np.log(2)  # what the first piece costs, and what it saves
    axes.fill_between(share, less, more, facecolor=WASTE, hatch="//", edgecolor="white")
    axes.plot(share, first * share, color="white", linewidth=5)
    axes.plot(share, first * share, color=QUIET, linewidth=2.5)
    axes.plot(share, more, color=INK)
    axes.plot(share, less, color=INK, linestyle="--")
    axes.plot(0, 0, "o", color=TRUTH, markersize=9, zorder=3, clip_on=False)
    axes.text(0.63, 0.53, "costs more", ha="right")
    axes.text(0.7, 0.13, "saves", ha="left")
    axes.set(xlabel="northern part of the belief", ylabel="bits a day")
    axes.set(xlim=(0, 1), ylim=(0, 0.8), xticks=[0, 0.25, 0.5, 0.75, 1])
    axes.set_xticklabels(["0\n(his own)", "¼", "½", "¾", "1"])


@house_style
def both_wastes():
    """What is left over of the area when each coast has the other's code book."""
    _, panels = plt.subplots(2, figsize=(5.8, 5.4))
    cases = ("southern days, northern words", SOUTH, NORTH), (
        "northern days, southern words", NORTH, SOUTH,
    )  # fmt: skip
    for axes, (name, p, q) in zip(panels, cases, strict=True):
        left_over(axes, p, q)
        axes.set_title(f"{name}: waste {kl_divergence(p, q, base=2):g}")
        axes.set(ylabel="bits")


@house_style
def evidence_paths():
    """Evidence for the south, evening by evening: four southern lamps and four northern ones."""
    _, panels = plt.subplots(2, sharex=True, figsize=(5.8, 4.8))
    rng, days = np.random.default_rng(7), np.arange(21)
    lamps = (SOUTH, "southern", TRUTH, "-"), (NORTH, "northern", MODEL, "--")
    for axes, (p, name, colour, line) in zip(panels, lamps, strict=True):
        average = p @ EVIDENCE
        for lift in (-0.15, -0.05, 0.05, 0.15):  # so that no line hides another
            seen = EVIDENCE[rng.choice(4, size=20, p=p)]
            path = np.append(0, seen.cumsum()) + lift
            axes.plot(days, path, line, color=colour, linewidth=1.2, alpha=0.7)
        axes.plot(days, average * days, line, color=colour, linewidth=4)
        axes.axhline(0, color=QUIET, linewidth=1)
        wanted = np.sign(average) * 5
        axes.axhline(wanted, color=INK, linewidth=1, linestyle=":")
        axes.plot(wanted / average, wanted, "o", color=INK, zorder=3)
        axes.set_title(f"four {name} lamps")
        axes.set(xlim=(0, 20), xticks=range(0, 21, 2), ylabel="for the south (bits)")
    panels[0].set(ylim=(-6, 19), yticks=range(-5, 16, 5))
    panels[1].set(ylim=(-22, 3), yticks=range(-20, 1, 5), xlabel="evenings")


@house_style
def four_bettors():
    """The money of four bettors, who divide it by four beliefs, over the same southern days."""
    _, axes = plt.subplots()
    days = np.arange(41)
    for belief, colour, line, name in (
        (SOUTH, TRUTH, "-", "knows the south"),
        (BLIND, QUIET, "-", "knows nothing"),
        (NORTH, MODEL, "--", "believes the north"),
    ):
        doublings = np.append(0, np.log2(belief / NORTH)[FORTY].cumsum())
        axes.plot(days, doublings, line, color=colour)
        axes.text(40.6, doublings[-1], name, color=colour, va="center")
    suns = np.flatnonzero(FORTY)[0]  # before the first day without sun
    axes.plot([0, suns, suns + 1], [0, 2 * suns, -4], color=INK, linestyle=":")
    axes.text(suns + 1.8, -2.6, "all on sun: broke", color=INK)
    for doublings, coins in ((10, "1,000"), (20, "1,000,000")):
        axes.text(0.8, doublings, f"≈ {coins} coins", color=QUIET, va="center")
    axes.set(
        xlabel="bets",
        ylabel="doublings of your money",
        xlim=(0, 40),
        ylim=(-3, 22),
        yticks=range(0, 21, 5),
    )


CUT = 6.3  # bits: a longer bar ends as an arrow
MEANS, SDS = np.arange(-8, 9) / 2, np.arange(3, 21) / 5  # of the model, where the sliders stop
ALONG = np.arange(-20, 21) / 5  # places along a bell, in standard deviations


def _two_bumps(x):
    """The density of the truth with two bumps."""
    return (np.exp(log_bell(x, -3, 1)) + np.exp(log_bell(x, 3, 1))) / 2


@house_style
def two_fits(x, p, forward, reverse):
    """One p with two bumps under its two best Gaussians, one for each direction of KL."""
    _, axes = plt.subplots()
    width = x[1] - x[0]
    x, p, forward, reverse = (values[:: len(x) // 300 + 1] for values in (x, p, forward, reverse))
    axes.fill_between(x, p / width, color=TRUTH, alpha=0.25, linewidth=0)
    axes.plot(x, p / width, color=TRUTH)
    axes.plot(x, forward / width, "--", color=MODEL)
    axes.plot(x, reverse / width, "-.", color=INK)
    axes.text(-4.4, 0.19, "p", color=TRUTH, ha="right")
    axes.text(-8.6, 0.10, "forward:\ncovers both", color=MODEL)
    axes.text(4.2, 0.33, "reverse:\nkeeps to one", color=INK)
    axes.set(xlabel="x", ylabel="probability per unit of x", xlim=(-9, 9), ylim=(0, None))


def one_bell_over_two() -> Moving:
    """One Gaussian over a truth with two bumps, and the KL divergence in both directions."""
    forward, reverse = _wastes_of_one_bell()
    return Moving(
        name="one-bell-over-two",
        alt="A truth p with two bumps, at minus three and at three, and a model q with one. Beside "
        "them two bars with their numbers: the forward and the reverse KL divergence. What "
        "is longer than the frame ends as an arrow.",
        controls=[
            Control("mean", "mean of q", plain(MEANS), 8, -4, 0.5),
            Control("sd", "standard deviation of q", plain(SDS), 4, 0.6, 0.2),
        ],
        readings={"forward": texts(forward, 3), "reverse": texts(reverse, 3)},
        tables={
            "p_drawn": rounded(_two_bumps(np.arange(73) / 4 - 9)),
            "q_drawn": rounded(np.exp(log_bell(ALONG * SDS[:, None], 0, SDS[:, None]))),
            "forward_drawn": rounded(np.minimum(forward, CUT)),
            "reverse_drawn": rounded(np.minimum(reverse, CUT)),
            "shown": [_short(forward), _short(reverse)],
        },
        sentence="Forward, KL(p, q): {forward} bits; reverse, KL(q, p): {reverse} bits.",
        chart=alt.layer(_one_bell(), _both_bars()).resolve_scale(y="independent"),
        drag={"control": "mean", "scale": "x", "places": rounded(MEANS)},
    )


def _short(bits):
    """Numbers short enough to stand side by side on a phone."""
    return [f"{v:.2f}" if v < 9.995 else f"{v:.1f}" for v in bits]


def _wastes_of_one_bell():
    """Both KL divergences in bits, at each place of the sliders."""
    mean, sd = (a.reshape(-1, 1) for a in np.meshgrid(MEANS, SDS, indexing="ij"))
    p, z = binned(_two_bumps(AXIS)), log_bell(AXIS, mean, sd)
    forward = cross_entropy_with_logits(np.broadcast_to(p, z.shape), z, base=2) - entropy(p, base=2)
    q = np.exp(z)
    return forward, kl_divergence(q / q.sum(axis=-1, keepdims=True), p, base=2)


def _one_bell():
    """The truth with its bumps, and the bell that the reader moves."""
    x = x_axis("x", [-9, 20], range(-8, 9, 4), title="x", format="d")
    y = y_axis("y", [0, 0.72], [0, 0.2, 0.4, 0.6], title="per unit of x", format=".1f")
    truth = points(73, x="datum.i / 4 - 9", y="p_drawn[datum.i]")
    model = points(len(ALONG), x="mean + sd * (datum.i / 5 - 4)", y="q_drawn[sd_at][datum.i]")
    model = model.transform_filter("abs(datum.x) <= 9")
    names = [
        rows({"x": place, "y": 0.69, "name": name}).mark_text(align="left", color=colour)
        for name, place, colour in (("p", -8.6, TRUTH), ("q", -6.6, MODEL))
    ]
    return alt.layer(
        truth.mark_area(color=TRUTH, opacity=0.25).encode(x, y),
        truth.mark_line(color=TRUTH).encode(x, y),
        model.mark_line(color=MODEL, strokeDash=[7, 4]).encode(x, y),
        *(name.encode(x, y, text="name:N") for name in names),
    )


def _both_bars():
    """The two KL divergences as bars with their numbers; what does not fit becomes an arrow."""
    bars = bars_beside(
        (12.2, "forward", "0", "forward_drawn[at]", WASTE),
        (17.4, "reverse", "0", "reverse_drawn[at]", WASTE),
        half_width=1.5,
        top=7.4,
        ticks=range(0, 7, 2),
        title="bits",
        stagger=14,  # side by side, the names would touch on a phone
    )
    ends = rows(
        {"place": 12.2, "k": 0},
        {"place": 17.4, "k": 1},
        top="[forward_drawn, reverse_drawn][datum.k][at]",
        label="shown[datum.k][at]",
    )
    x, top = alt.X("place:Q"), alt.Y("top:Q")
    cut = ends.transform_filter(f"datum.top == {CUT}")
    head = cut.mark_point(shape="triangle-up", size=450, filled=True, color=WASTE, opacity=1)
    number = ends.mark_text(dy={"expr": f"datum.top == {CUT} ? -20 : -9"}, fontSize=12)
    return bars + head.encode(x, top) + number.encode(x, top, text="label:N")


NIGHTS, CASES = 24, 60
FALSE_ALARMS = 30, 120, 8  # by rounds, in nights; they ask for three bits, for five, for one


@house_style
def _evidence():
    """What each weather speaks for, and how strongly."""
    _, axes = plt.subplots(figsize=(5.8, 2.8))
    axes.bar(WEATHERS, EVIDENCE, 0.6, color=[TRUTH, TRUTH, MODEL, QUIET])
    axes.axhline(0, color=QUIET, linewidth=1)
    axes.set(ylabel="evidence (bits)", ylim=(-2.4, 1.6), yticks=range(-2, 2))
    axes.text(0.5, 1.1, "for the south", ha="center")
    axes.text(2, -2.3, "for the north", ha="center")


def detective() -> Game:
    """Whose lamp is it? Evidence in bits, night by night, until the reader accuses."""
    waste = kl_divergence([SOUTH, NORTH], [NORTH, SOUTH], base=2)
    return Game(
        name="detective",
        alt="Four bars, what each weather speaks for. Sun and cloud speak one bit each for the "
        "southern lamp, rain two bits for the northern one, a storm says nothing.",
        sentence="Is tonight's lamp southern or northern? Sun and cloud speak one bit each for the "
        "southern, rain two bits for the northern, a storm says nothing. On average the southern "
        f"lamp gives itself away by {waste[0]:g} bits a night, the northern by {waste[1]:g}.",
        rule="Someone signals the weather of his own harbour, night by night: by the southern lamp "
        "or the northern, which a coin has decided. What speaks for one side is counted in bits; "
        "each doubles the odds. A round has six cases. ",
        tables=_tables_of_the_case(waste),
        still=lambda: _evidence().figure,
        heights=(44, 58),
    )


def _tables_of_the_case(waste):
    """All that the detective looks up."""
    bits = np.arange(2 * NIGHTS + 1)
    return {
        "weathers": WEATHERS,
        "climates": [(SOUTH * 8).tolist(), (NORTH * 8).tolist()],
        "evidence": EVIDENCE.astype(int).tolist(),
        "cases": list(_cases()),
        "waste": numbers(waste),
        "drift": numbers(waste * NIGHTS),
        "predicted": [numbers(bits / each, 2) for each in waste],
        "sure": [_sure(b) for b in bits[:14]] + ["more than 99.99%"],
        "one_in": [f"one in {1 + 2**b}" for b in bits[:14]] + ["less than one in 16384"],
        "false_alarms": FALSE_ALARMS,
        "patience": [numbers(_patient(wait), 4) for wait in range(1, 7)],
        "scales": [[9, 3, 6], [18, 6, 12], [30, 10, 20], [49, 15, 30]],
        "says": _texts(waste),
    }


def _sure(bits):
    """The probability of a lamp with so many bits for it, with two digits of the doubt."""
    return f"{1 / (1 + 0.5**bits):.{0 if bits < 6 else 2}%}"


def _texts(waste):
    """What is said of a false alarm round by round, of the dashed line, and of the long run."""
    then = "", " More patient now?", " How patient now?"
    return {
        **{
            k: f"A night costs 1, a false alarm {cost}.{more}"
            for k, (cost, more) in enumerate(zip(FALSE_ALARMS, then, strict=True))
        },
        "slope": [f"the average: {each:g} bits a night" for each in waste],
        "note": "The nights are those until an accusation, right or wrong: fewer than until the "
        "average line is so high.",
    }


def _cases():
    """For each case whether the lamp is northern, by a fair coin, and its nights' weathers."""
    dice = np.random.default_rng(1)  # a seed whose first round has three lamps of each kind
    for northern in dice.integers(2, size=CASES):
        nights = dice.choice(len(SOUTH), NIGHTS, p=NORTH if northern else SOUTH)
        yield int(northern), "".join(map(str, nights))


def _patient(bits):
    """False alarms in a hundred cases, nights and bills, of one who waits for so many bits."""
    results = []
    for p, side in ((SOUTH, 1), (NORTH, -1)):
        at = np.arange(-2 * NIGHTS, 2 * NIGHTS + 1) * side  # evidence for the truth
        undecided, wrong, nights = np.where(at == 0, 1.0, 0.0), 0, 0
        for night in range(1, NIGHTS + 1):
            undecided = sum(p[w] * np.roll(undecided, int(EVIDENCE[w])) for w in range(len(p)))
            decided = (abs(at) >= bits) | (night == NIGHTS)
            nights += night * undecided[decided].sum()
            wrong += (undecided * ((at < 0) + (at == 0) / 2))[decided].sum()
            undecided[decided] = 0
        results.append((100 * wrong, nights, *(nights + cost * wrong for cost in FALSE_ALARMS)))
    return np.mean(results, axis=0)
