"""The slides: what a lecturer projects, with nothing cut off, nothing moving away, no false number.

The decks are built once, and each is walked through once with the keyboard.
"""

import re
import subprocess

import pikepdf
import pytest
from browser import opened, serving
from notebooks import CHAPTERS, read
from prose import claims, numbers, sections, untrue

from course import slides

DECKS = sorted(slides.DECKS.glob("[0-9]*.md"))
LIVE = {  # what can be moved or played in each deck
    "0_why_a_loss": 1,
    "1_surprisal": 1,
    "2_entropy": 1,
    "3_cross_entropy": 1,
    "4_kl_divergence": 2,
    "5_binary_cross_entropy": 2,
}
HIDDEN = "aside, .say, .game-still, .move-status, .move-still, .sr-only"
BEYOND = f"""() => {{
  const shown = [...Reveal.getCurrentSlide().querySelectorAll("*")].filter(
    (e) => !e.closest("{HIDDEN}") && !e.closest("svg")?.contains(e.parentElement) &&
      e.getClientRects().length,
  );
  return shown
    .filter((e) => {{
      const box = e.getBoundingClientRect();
      return box.bottom > 721 || box.right > 1281 || box.left < -1 || box.top < -1;
    }})
    .map((e) => e.outerHTML.slice(0, 80));
}}"""
AWAKE = """() => [...Reveal.getCurrentSlide().querySelectorAll(".game, .move")]
  .every((e) => e.classList.contains("is-live"))"""

decks = pytest.mark.parametrize("name", LIVE)


@pytest.fixture(scope="module")
def kit(chromium, tmp_path_factory):
    """The two folders, built once."""
    folder = tmp_path_factory.mktemp("kit")
    slides.build(folder / "student", folder / "teacher", seed=1, browser=chromium)
    return folder


@pytest.fixture(scope="module")
def walked(kit, chromium):
    """What a walk with the arrow key through each deck has seen."""
    with serving(kit / "teacher" / "slides") as address:
        return {name: walk(chromium, f"{address}{name}.html") for name in LIVE}


def walk(browser, address):
    with opened(browser, address, viewport={"width": 1280, "height": 720}) as page:
        page.wait_for_function("Reveal.isReady()")
        seen = {"total": page.evaluate("Reveal.getTotalSlides()"), "slides": [], "beyond": []}
        for _ in range(150):  # presses of the key
            place = page.evaluate("Reveal.getSlidePastCount()")
            if place not in seen["slides"]:
                seen["slides"].append(place)
                page.wait_for_function(AWAKE)
                seen["beyond"] += [(place + 1, what) for what in page.evaluate(BEYOND)]
            if place + 1 == seen["total"]:
                break
            page.keyboard.press("ArrowRight")
        seen["live"] = page.locator(".is-live").count()
        seen["asked"] = {request.url for request in page.seen["requests"]}
        seen["said"] = [said for said in page.seen["console"] if "404" not in said]  # no icon
    return seen


def plan(text):
    """The minutes of the slides of a deck, in its source."""
    return [int(minutes) for minutes in re.findall(r"(?m)^:::\{notes\} (\d+)$", text)]


def problems_in_plan(text):
    minutes, titles = plan(text), re.findall(r"(?m)^##? ", text)
    problems = [] if sum(minutes) == 50 else [f"it takes {sum(minutes)} minutes"]
    problems += [] if len(minutes) == len(titles) else ["a slide has no notes"]
    return problems + ([] if 12 <= len(titles) <= 18 else [f"it has {len(titles)} slides"])


def wordy(text):
    """The slides with more than forty words, notes and numbers aside."""
    text = re.sub(r"(?ms)^:::\{(notes|shown)\}.*?^:::$|^:::.*?$|^\{\..*?$", "", text)
    parts = re.split(r"(?m)^##? ", re.sub(r"\$[^$]*\$|\]\([^)]*\)", " ", text))
    return [part for part in parts if len(re.findall(r"[^\W\d_]{2,}", part)) > 40]


def problems_in_deck(name, text):
    """The numbers with a point or a unit that neither text nor outputs of the chapter have."""
    found = sections(read(CHAPTERS[int(name[0])]))
    told = [n for s in found for part in [*s.text, *s.outputs] for n in numbers(part)]
    problems = [
        f"{number} stands nowhere in the chapter"
        for number in claims(text)
        if not in_the_chapter(number, told)
    ]
    return problems + [f"{equation} is false" for equation in untrue(text)]


def in_the_chapter(number, told):
    """Whether a number was told, and in no other unit alone."""
    backing = [other for other in told if number.is_backed_by(other)]
    elsewhere = {other.unit for other in told if other.unit and number.rounds(other.value)}
    return bool(backing) and (not number.unit or not elsewhere or number.unit in elsewhere)


def source(name):
    return (slides.DECKS / f"{name}.md").read_text("utf-8")


# The decks


def test_there_is_a_deck_for_each_of_the_chapters_0_to_5():
    assert [path.stem for path in DECKS] == list(LIVE)
    assert [f"0{name}" for name in LIVE] == [path.stem for path in CHAPTERS[:6]]


@decks
def test_a_deck_is_planned_for_fifty_minutes(name):
    assert not problems_in_plan(source(name))


@decks
def test_a_slide_has_few_words(name):
    assert not wordy(source(name))


@decks
def test_every_number_of_a_deck_stands_in_its_chapter(name):
    problems = problems_in_deck(name, source(name))
    assert not problems, "\n".join(problems)


@decks
def test_the_keyboard_leads_through_every_slide_and_nothing_is_cut_off(name, walked):
    seen = walked[name]
    assert seen["slides"] == list(range(seen["total"]))
    assert not seen["beyond"]


@decks
def test_figures_move_and_games_are_live_and_nothing_comes_from_elsewhere(name, walked):
    seen = walked[name]
    assert seen["live"] == LIVE[name]
    assert not seen["said"]
    assert not {url for url in seen["asked"] if not re.match(r"http://127\.0\.0\.1:|data:", url)}


@decks
def test_the_printed_deck_has_a_page_for_each_slide(name, kit):
    with pikepdf.open(kit / "student" / "slides" / f"{name}.pdf") as pdf:
        assert len(pdf.pages) == len(plan(source(name)))
        pictures = [page for page in pdf.pages if page.get("/Resources", {}).get("/XObject")]
        assert len(pictures) >= source(name).count("{shown} fig-")


@pytest.mark.parametrize("name", ["0_why_a_loss", "2_entropy", "4_kl_divergence"])
def test_a_printed_game_is_a_still_within_its_page(name, kit, chromium):
    with (
        serving(kit / "student" / "slides") as address,
        opened(chromium, f"{address}{name}.html?print-pdf") as page,
    ):
        page.wait_for_selector(".pdf-page .game-still img")
        page.emulate_media(media="print")
        assert page.locator("[data-game]:visible, .move-controls:visible").count() == 0
        assert page.locator(".game-still:visible").count() == 1
        for still in page.locator(".game-still, .move-still").all():
            inner = still.bounding_box()
            outer = still.locator("xpath=ancestor::div[@class='pdf-page']").bounding_box()
            assert inner["y"] + inner["height"] <= outer["y"] + outer["height"]


def test_a_game_keeps_its_keys_and_lets_the_presenter_turn_the_slide(kit, chromium):
    with (
        serving(kit / "student" / "slides") as address,
        opened(chromium, f"{address}0_why_a_loss.html#/4") as page,
    ):
        page.wait_for_selector(".present .game.is-live")
        page.get_by_text("Let the day come").focus()
        page.keyboard.press("Space")
        assert "Day 1" in page.locator(".present [role=status]").inner_text()
        assert page.evaluate("Reveal.getSlidePastCount()") == 4
        page.keyboard.press("PageDown")
        assert page.evaluate("Reveal.getSlidePastCount()") == 5


def test_notes_are_for_the_teacher_alone(kit):
    for name in LIVE:
        deck = (kit / "student" / "slides" / f"{name}.html").read_text("utf-8")
        assert "Expect:" not in deck and "<aside" not in deck
        assert (kit / "teacher" / "slides" / f"{name}.html").read_text("utf-8").count(
            '<aside class="notes">'
        ) == len(plan(source(name)))
    assert not list((kit / "student").rglob("*notes.html"))
    sheet = (kit / "teacher" / "slides" / "3_cross_entropy_notes.html").read_text("utf-8")
    assert "49 min" in sheet and "Expect:" in sheet


def test_the_slides_are_small(kit):
    for part in ("student", "teacher"):
        files = [path for path in (kit / part / "slides").rglob("*") if path.is_file()]
        assert sum(path.stat().st_size for path in files) < 8e6


# The tests of the guards


def test_a_changed_digit_of_a_deck_is_caught():
    assert not problems_in_deck("3_cross_entropy", "a southern day costs 2.25 flashes")
    assert problems_in_deck("3_cross_entropy", "a southern day costs 2.26 flashes")
    assert problems_in_deck("3_cross_entropy", "a southern day costs 2.25 nats")
    assert problems_in_deck("3_cross_entropy", "1/2 + 1/4 = 1.75")


def test_a_changed_minute_and_a_missing_note_are_caught():
    text = source("3_cross_entropy")
    assert problems_in_plan(text.replace("{notes} 5", "{notes} 6", 1))
    assert problems_in_plan(text + "\n## One more\n")
    assert problems_in_plan(text + 2 * "\n## One more\n\n:::{notes} 0\n:::\n")


def test_too_many_words_are_caught():
    assert wordy("# Title\n\n" + 41 * "word ")


def test_what_is_cut_off_is_caught(kit, chromium):
    with (
        serving(kit / "student" / "slides") as address,
        opened(
            chromium, f"{address}3_cross_entropy.html#/2", viewport={"width": 1280, "height": 720}
        ) as page,
    ):
        page.wait_for_function("Reveal.isReady()")
        assert not page.evaluate(BEYOND)
        page.evaluate("document.querySelector('.present table').style.fontSize = '60px'")
        assert page.evaluate(BEYOND)


def test_a_figure_that_the_chapter_does_not_have_stops_the_build(tmp_path, capfd):
    (decks := tmp_path / "decks").mkdir()
    (decks / "index.md").write_text("# Decks\n\n```{toctree}\n3_cross_entropy\n```\n")
    text = "# A deck\n\n:::{shown} fig-3-nothing\n:::\n"
    (decks / "3_cross_entropy.md").write_text(text)
    with pytest.raises(subprocess.CalledProcessError):
        slides.written(tmp_path, decks)
    assert "shows no fig-3-nothing" in capfd.readouterr().err
