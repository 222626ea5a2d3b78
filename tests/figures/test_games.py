"""The games: what holds for each, and each played in a built page and a real Chromium.

What a game shows while it is played is compared with `xentlib`, number by number.
"""

import base64
import json
import os
import random
import re
from importlib import import_module
from itertools import product
from types import SimpleNamespace

import browser as chrome
import numpy as np
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from notebooks import METADATA
from pages import small_site
from reading import GAMES

FOUND = {game.name: game for game in (make() for make in GAMES.values())}
PLAYERS = {name: import_module(f"test_{name.replace('-', '_')}").play for name in FOUND}
WIDE = {"viewport": {"width": 900, "height": 800}}
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True}
LOOKS = {"wide": WIDE, "phone": PHONE}
SMALL = 12_000  # bytes of a script
CLOCKS = {"wide": 0, "phone": 17}  # from which a game takes the place where its tables begin

games = pytest.mark.parametrize("name", FOUND)


# What is stored


def test_there_are_four_games():
    assert sorted(FOUND) == ["code-book", "detective", "forecaster", "next-letter"]


@games
def test_a_script_is_small(name):
    assert len(FOUND[name].module.encode()) <= SMALL
    assert len(FOUND[name].script.encode()) <= SMALL  # with what wakes it


@games
def test_what_a_cell_stores_is_live_still_and_spoken_and_small(name):
    bundle = FOUND[name]._repr_mimebundle_()
    assert list(bundle) == ["text/html", "image/png", "text/plain"]
    assert bundle["image/png"].startswith(b"\x89PNG") and len(bundle["image/png"]) < 30_000
    assert bundle["text/plain"] == repr(FOUND[name]) == FOUND[name].sentence
    assert len(FOUND[name].data) < 20_000


@games
def test_the_same_cell_stores_the_same(name):
    again = next(make() for make in GAMES.values() if make().name == name)
    assert again._repr_mimebundle_() == FOUND[name]._repr_mimebundle_()


@games
def test_no_table_holds_a_number_that_json_has_not(name):
    assert json.loads(FOUND[name].data)["rule"] == FOUND[name].rule
    assert "NaN" not in FOUND[name].data and "Infinity" not in FOUND[name].data


FORMULA = re.compile(r"Math\.(?!min|max|abs)\w+|\*\*|\blog|\bexp\(|\bpow\(")


def formulas(script):
    """What a script computes that is more than looking up, adding and averaging."""
    return FORMULA.findall(re.sub(r"//.*|`[^`]*`|\"[^\"]*\"", "", script))


@games
def test_no_formula_lives_in_a_script(name):
    assert not formulas(FOUND[name].module)


def test_a_formula_would_be_seen():
    assert formulas("const price = -Math.log2(chips / 8);") == ["Math.log2"]
    assert formulas("const share = 2 ** -length;") == ["**"]


@games
def test_each_module_is_one_that_anywidget_takes(name):
    assert FOUND[name].module.count("export default { render };\n") == 1
    assert "import" not in FOUND[name].module and "fetch(" not in FOUND[name].module
    assert "Storage" not in FOUND[name].module and "export" not in FOUND[name].script


# The page


def page_of_games():
    """A notebook of all games, each some screens below the last one."""
    cells = [new_markdown_cell("# All games\n\n" + "A line.\n\n" * 60)]
    for game in FOUND.values():
        data = game._repr_mimebundle_()
        data["image/png"] = base64.b64encode(data["image/png"]).decode()
        output = new_output("execute_result", data=data, execution_count=1)
        cells += [new_code_cell("figures.game()", outputs=[output], execution_count=1)]
        cells += [new_markdown_cell("A line.\n\n" * 40)]
    return new_notebook(cells=cells, metadata=METADATA)


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    return small_site(tmp_path_factory.mktemp("games"), "games", page_of_games())


@pytest.fixture(scope="module")
def address(site):
    with chrome.serving(site) as address:
        yield address


@pytest.fixture
def page(chromium, address):
    with chrome.opened(chromium, address + "games.html", **WIDE) as page:
        yield page


def figure(page, name):
    """The figure with that game, in view."""
    found = page.locator(f"figure.game:has([data-game='{name}'])")
    found.scroll_into_view_if_needed()
    return found


def live(page, name):
    """The game of that name, in view and alive."""
    figure(page, name)
    root = page.locator(f"[data-game='{name}']")
    root.get_by_role("status").wait_for()
    root.scroll_into_view_if_needed()
    return root


def wrong(shown):
    """The numbers that are not a rounding of what they should be, as sentences."""
    problems = []
    for what, text, true in shown:
        number = float(text.replace("−", "-").replace("∞", "inf"))
        last_digit = 10.0 ** -len(text.partition(".")[2])
        if number != true and not abs(number - true) <= 0.5001 * last_digit + 1e-9:
            problems.append(f"{what}: {text}, not {true}")
    return problems


def test_a_wrong_number_would_be_seen():
    assert not wrong([("price", "0.42", 0.41504), ("price", "∞", np.inf), ("gain", "−1", -1)])
    assert len(wrong([("price", "0.41", 0.41504), ("price", "∞", 3.0), ("gain", "1", -1)])) == 3


# Each game is played twice, on a wide page and on a phone; then it is told what was seen.

SEEN = """e => ({
  height: e.closest("figure").getBoundingClientRect().height,
  place: e.querySelector("[role=status]").getBoundingClientRect().top
    - e.getBoundingClientRect().top,
  said: e.querySelector("[role=status]").innerText,
})"""
CONTROLS = """e => [...e.querySelectorAll("button")].map(one => [
  one.getBoundingClientRect().width, one.getBoundingClientRect().height,
  (one.ariaLabel ?? one.innerText).trim(),
])"""
INK = "e => getComputedStyle(e.querySelector('[role=status]')).color"


def strictly(route):
    """Answers with the page and a policy that lets nothing else in, and nothing out."""
    answer = route.fetch()
    policy = {"content-security-policy": "script-src 'self'; connect-src 'none'"}
    route.fulfill(response=answer, headers=answer.headers | policy)


def axe_in_both_lights(page, name):
    """What axe-core finds in the game, in the light and in the dark; None without axe-core."""
    if not chrome.axe():
        return None
    faults = chrome.faults(page, f"[data-game='{name}']")
    page.emulate_media(color_scheme="dark")
    faults += chrome.faults(page, f"[data-game='{name}']")
    page.emulate_media(color_scheme="light")
    return faults


def watch(page, name, dice):
    """A game played by script, and what was seen of it."""
    asleep = figure(page, name).bounding_box()["height"]
    root = live(page, name)
    controls, wide = root.evaluate(CONTROLS), page.viewport_size["width"] > 500
    before = axe_in_both_lights(page, name) if wide else []
    requests, seen, shown = len(page.seen["requests"]), [root.evaluate(SEEN)], []
    for event in PLAYERS[name](root, dice):
        shown += event
        seen.append(root.evaluate(SEEN))
    return SimpleNamespace(
        name=name,
        asleep=asleep,
        controls=controls,
        shown=shown,
        heights={one["height"] for one in seen},
        places={one["place"] for one in seen},
        told=[one["said"] for one in seen],
        statuses=root.get_by_role("status").count(),
        too_wide=page.evaluate("document.documentElement.scrollWidth - innerWidth"),
        moved=page.evaluate("moved"),
        sent=len(page.seen["requests"]) - requests,
        stored=page.evaluate("localStorage.length + sessionStorage.length"),
        cookie=page.evaluate("document.cookie"),
        console=list(page.seen["console"]),
        faults=[before, axe_in_both_lights(page, name) if wide else []],
    )


@pytest.fixture(scope="module", params=product(FOUND, LOOKS), ids="-".join)
def played(request, chromium, address):
    """A game that was played under a strict policy."""
    name, look = request.param
    with chrome.opened(chromium, address + "intro.html", **LOOKS[look]) as page:
        page.route("**/games.html", strictly)
        page.add_init_script(f"Date.now = () => {CLOCKS[look]}")
        page.goto(address + "games.html")
        return watch(page, name, random.Random(7 if look == "wide" else 3))


def test_each_number_that_a_played_game_shows_is_what_xentlib_gives(played):
    assert len(played.shown) > 100
    assert not wrong(played.shown), "\n".join(wrong(played.shown)[:20])
    assert not played.console


def test_nothing_jumps_or_overflows_while_it_is_played(played):
    assert played.too_wide <= 0
    assert played.heights == {played.asleep}
    assert len(played.places) == 1, "the status moves"
    assert played.moved == 0


def test_each_event_is_told_in_a_sentence(played):
    assert all(re.search(r"[.?!]$", text) for text in played.told)
    assert len(set(played.told)) > 5
    assert played.statuses == 1


def test_the_policy_of_the_page_lets_it_play_and_nothing_is_sent_or_stored(played):
    assert played.sent == 0
    assert played.stored == 0 and not played.cookie


def test_axe_finds_nothing_before_and_after_a_game_in_light_and_dark(played):
    if played.faults[0] is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(chrome.NO_AXE)
    assert played.faults == [[], []]


def test_every_control_has_a_name_and_room_for_a_finger(played):
    assert len(played.controls) >= 3
    for width, height, said in played.controls:
        assert width >= 24 and height >= 35 and said, said


FIRST = """e => [...e.querySelectorAll(".text, .day, .signs li")].map((one) => one.textContent)"""
BEGUN = {"detective": "Another night", "forecaster": "Five days", "next-letter": "e"}


@pytest.mark.parametrize("name", BEGUN)
def test_what_comes_first_depends_on_the_clock(chromium, address, name):
    first = []
    for clock in (0, 0, 17):
        with chrome.opened(chromium, address + "intro.html", **WIDE) as page:
            page.add_init_script(f"Date.now = () => {clock}")
            page.goto(address + "games.html")
            root = live(page, name)
            for _ in range(5):
                root.get_by_role("button", name=BEGUN[name], exact=True).press("Enter")
            first.append(root.evaluate(FIRST))
    assert first[0] == first[1] != first[2]


FOCUS = """e => [
  e.contains(document.activeElement), e.querySelector("[role=status]").innerText
]"""


@games
def test_a_game_is_played_by_keyboard_alone_and_the_focus_is_never_lost(page, name):
    root = live(page, name)
    controls = root.locator("button:visible, input:visible")
    controls.first.focus()
    dice, told = random.Random(11), set()
    keys = ["Tab"] * 4 + ["Shift+Tab", "Enter", "Space", "ArrowRight", "ArrowDown", "ArrowLeft"]
    for _ in range(150):
        key = dice.choice([*keys, "e"])
        page.keyboard.press(key)
        inside, said = root.evaluate(FOCUS)
        told.add(said)
        if not inside:
            assert "Tab" in key, key
            controls.first.focus()  # Tab has led out of the game
    assert len(told) > 5


# Where there are no scripts, no server, no light


@games
def test_without_scripts_there_are_a_picture_and_a_sentence(chromium, address, name):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + "games.html")
    still = figure(page, name)
    assert still.locator("img").is_visible()
    assert still.locator("img").evaluate("e => e.naturalWidth") > 500
    assert still.locator("img").get_attribute("alt") == FOUND[name].alt
    assert still.locator(".game-still p").inner_text() == FOUND[name].sentence
    assert still.bounding_box()["height"] < 700
    context.close()


@games
def test_paper_shows_the_still_picture_and_its_sentence(page, name):
    root = live(page, name)
    page.emulate_media(media="print")
    assert figure(page, name).locator("img").is_visible()
    assert figure(page, name).locator(".game-still p").inner_text() == FOUND[name].sentence
    assert not root.is_visible()


def test_the_still_picture_stays_if_the_script_does_not_come(chromium, address):
    with chrome.opened(chromium, address + "intro.html") as page:
        page.route("**/forecaster.js*", lambda route: route.abort())
        page.goto(address + "games.html")
        figure(page, "forecaster")
        page.wait_for_timeout(300)
        assert figure(page, "forecaster").locator("img").is_visible()


@games
def test_the_page_needs_no_server(chromium, site, name):
    with chrome.opened(chromium, (site / "games.html").as_uri()) as page:
        root = live(page, name)
        assert root.locator("button").count() >= 3
        assert not page.seen["console"]


def test_a_script_is_fetched_when_the_reader_is_near_and_not_before(page):
    def scripts():
        return {
            re.search(r"([\w-]+)\.js", r.url)[1] for r in page.seen["requests"] if ".js" in r.url
        }

    page.wait_for_timeout(300)
    assert not scripts() & FOUND.keys()
    for number, name in enumerate(FOUND, 1):
        live(page, name)
        assert len(scripts() & FOUND.keys()) == number


def test_a_page_without_a_game_carries_none_of_it(site):
    assert (
        "games"
        not in (site / "intro.html").read_text("utf-8").split("<article")[-1].split("</article")[0]
    )


def test_in_the_dark_every_game_is_dark(chromium, address):
    options = WIDE | {"color_scheme": "dark"}
    with chrome.opened(chromium, address + "games.html", **options) as page:
        for name in FOUND:
            ink = live(page, name).evaluate(INK)
            assert np.mean([float(part) for part in re.findall(r"[\d.]+", ink)[:3]]) > 180
