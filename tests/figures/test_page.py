"""The figures that a reader moves, in a built page and a real Chromium, by keyboard and pointer."""

import base64
import os
import random
import re
from importlib import import_module
from itertools import product
from math import prod

import browser as chrome
import numpy as np
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from notebooks import METADATA
from pages import small_site
from reading import MOVING

FIGURES = {figure.name: figure for figure in (make() for make in MOVING.values())}
ROOMS = [import_module(f"test_{room}") for room in dict.fromkeys(room for room, _ in MOVING)]
SAID = {name: said for room in ROOMS for name, said in room.SAID.items()}
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True}
NUMBER = re.compile(r"−?\d+(?:\.\d+)?|∞")

figures = pytest.mark.parametrize("name", FIGURES)


# What the controls and the sentence say


def value(text):
    """A control's text as a number, if it is one."""
    number = text.replace("−", "-").rstrip("%").replace("without end", "inf")
    return float(number) if re.fullmatch(r"-?[\d.]+|inf", number) else text


def said_otherwise(name, controls, sentence):
    """The numbers of the sentence that are not what xentlib gives, as sentences."""
    expected = SAID[name](*map(value, controls))
    shown = NUMBER.findall(sentence)[-len(expected) :]
    problems = []
    for text, true in zip(shown, expected, strict=True):
        number = float(text.replace("−", "-").replace("∞", "inf"))
        last_digit = 10.0 ** -len(text.partition(".")[2])
        if number != true and not abs(number - true) <= 0.5001 * last_digit + 1e-9:
            problems.append(f"at {controls} it says {text}, not {true}: {sentence}")
    return problems


# The page


def moving_site(target):
    """A small book of a page without figures, and one with all of them."""
    return small_site(target, "moving", page_of_figures())


def page_of_figures():
    """A notebook of all figures, each a screen below the last one."""
    cells = [new_markdown_cell("# All figures\n\n" + "A line.\n\n" * 60)]
    for figure in FIGURES.values():
        data = figure._repr_mimebundle_()
        data["image/png"] = base64.b64encode(data["image/png"]).decode()
        output = new_output("execute_result", data=data, execution_count=1)
        cells += [new_code_cell("figure()", outputs=[output], execution_count=1)]
        cells += [new_markdown_cell("A line.\n\n" * 30)]
    return new_notebook(cells=cells, metadata=METADATA)


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    return moving_site(tmp_path_factory.mktemp("moving"))


@pytest.fixture(scope="module")
def address(site):
    with chrome.serving(site) as address:
        yield address


@pytest.fixture
def page(chromium, address):
    with chrome.opened(chromium, address + "moving.html") as page:
        yield page


def at(page, name):
    """The figure of that name, in view."""
    figure = page.locator(f"figure.move:has(#{name}-{FIGURES[name].controls[0].name})")
    figure.scroll_into_view_if_needed()
    return figure


def live(page, name):
    """The figure of that name, in view and alive."""
    figure = at(page, name)
    figure.locator(".move-live svg").wait_for()
    return figure


def reading(figure):
    """What the controls and the sentence say."""
    return figure.locator("output").all_inner_texts(), figure.locator("figcaption").inner_text()


# By keyboard


@figures
def test_each_reading_is_what_xentlib_gives(page, name):
    figure = live(page, name)
    inputs = figure.get_by_role("slider")
    count = len(FIGURES[name].controls)
    assert inputs.count() == count
    sizes = [len(control.texts) for control in FIGURES[name].controls]
    moves = [(0, "Home")] + [(0, "ArrowRight")] * (sizes[0] - 1)
    if count == 2 and prod(sizes) <= 30:  # all places, row by row
        moves = [(0, "Home")]
        for row in range(sizes[0]):
            moves += [(0, "ArrowRight")] * min(row, 1)
            moves += [(1, "Home")] + [(1, "ArrowRight")] * (sizes[1] - 1)
    elif count > 1:
        dice, keys = random.Random(5), ["ArrowLeft", "ArrowRight", "PageUp", "PageDown"]
        moves = [(k, end) for end in ("Home", "End") for k in range(count)]
        moves += [(1, "ArrowLeft")] * 14 + [
            (dice.randrange(count), dice.choice(keys)) for _ in range(40)
        ]
    readings = {}
    for k, key in moves:
        inputs.nth(k).press(key)
        controls, sentence = reading(figure)
        readings[tuple(controls)] = sentence
        for place, control in enumerate(FIGURES[name].controls):
            text = control.texts[int(inputs.nth(place).input_value())]
            assert controls[place] == text
            assert inputs.nth(place).get_attribute("aria-valuetext") == text
    problems = [p for reads in readings.items() for p in said_otherwise(name, *reads)]
    assert len(readings) >= min(20, prod(sizes))
    assert not problems, "\n".join(problems)
    assert not page.seen["console"]


def test_the_drawn_numbers_are_those_of_the_sentence(page):
    for name, drawn in (("probability-bars", 4), ("halvings", 3)):
        figure = live(page, name)
        for key in ["Home"] + ["ArrowRight"] * 3 + ["End"]:
            figure.get_by_role("slider").first.press(key)
            texts = " ".join(figure.locator(".move-live text").all_text_contents())
            numbers = [n for n in NUMBER.findall(reading(figure)[1]) if n in texts.split()]
            assert len(numbers) >= drawn - 1, (texts, reading(figure))


def test_a_wrong_number_would_be_seen():
    figure = FIGURES["two-bells"]
    controls = [c.texts[c.start] for c in figure.controls]
    assert not said_otherwise("two-bells", controls, figure.reading())
    assert said_otherwise("two-bells", controls, figure.reading().replace("1.42", "1.43"))


def test_the_ends_are_zero_and_infinity(page):
    figure = live(page, "halvings")
    slider = figure.get_by_role("slider")
    slider.press("Home")
    assert "p = 1. The price is 0 flashes" in reading(figure)[1]
    slider.press("End")
    assert "p = 0. The price is ∞ flashes" in reading(figure)[1]
    figure = live(page, "probability-bars")
    slider = figure.get_by_role("slider").first
    slider.press("Home")
    assert "the loss is ∞ bits" in reading(figure)[1]
    slider.press("End")
    assert "the loss is 0.00 bits" in reading(figure)[1]


@figures
def test_tab_reaches_each_labelled_control(page, name):
    figure = live(page, name)
    figure.get_by_role("slider").first.focus()
    for control in FIGURES[name].controls:
        label, text = page.evaluate(
            "a = document.activeElement, [a.labels[0].innerText, a.ariaValueText]"
        )
        assert (label, text) == (control.label, control.texts[control.start])
        page.keyboard.press("Tab")


@figures
def test_a_change_is_announced_after_a_pause(page, name):
    figure = live(page, name)
    status = figure.locator("[role=status]")
    assert status.text_content() == ""
    at_its_start = FIGURES[name].controls[-1].start == 0
    figure.get_by_role("slider").last.press("ArrowRight" if at_its_start else "ArrowLeft")
    page.wait_for_timeout(600)
    assert status.text_content() == reading(figure)[1] != FIGURES[name].reading()


def test_axe_finds_no_fault_in_the_figures(page):
    if not chrome.axe():
        (pytest.fail if os.environ.get("CI") else pytest.skip)(chrome.NO_AXE)
    for name in FIGURES:
        live(page, name)
    assert not chrome.faults(page, "figure.move")


# By pointer


@pytest.mark.parametrize("name", [name for name, figure in FIGURES.items() if figure.drag])
def test_the_figure_follows_the_mouse(page, name):
    figure = live(page, name)
    drag = FIGURES[name].drag
    slider = figure.locator(f"#{name}-{drag['control']}")
    box = figure.locator(".move-live").bounding_box()
    y, rises = box["y"] + box["height"] / 3, drag["places"][0] < drag["places"][-1]
    page.mouse.move(box["x"] + box["width"] / 4, y)
    page.mouse.down()
    left = int(slider.input_value())
    page.mouse.move(box["x"] + box["width"] / 2, y, steps=4)
    right = int(slider.input_value())
    page.mouse.up()
    page.mouse.move(box["x"] + 2, y)
    assert (right > left) == rises and right != left
    assert int(slider.input_value()) == right
    assert not said_otherwise(name, *reading(figure))


def test_a_finger_scrolls_the_page_and_moves_the_figure_sideways(chromium, address):
    with chrome.opened(chromium, address + "moving.html", **PHONE) as page:
        figure = live(page, "two-bells")
        box = figure.locator(".move-live").bounding_box()
        slider = figure.get_by_role("slider").first
        before = page.evaluate("scrollY"), slider.input_value()
        swipe(page, box, 0, -150)
        assert page.evaluate("scrollY") > before[0] + 50
        assert slider.input_value() == before[1]
        box = figure.locator(".move-live").bounding_box()
        height = page.evaluate("scrollY")
        swipe(page, box, -80, 0)
        assert slider.input_value() != before[1]
        assert page.evaluate("scrollY") == height


def swipe(page, box, across, down):
    """One finger on the figure, moved by so many pixels."""
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    session = page.context.new_cdp_session(page)
    for k in range(11):
        point = {"x": x + across * k / 10, "y": y + down * k / 10}
        kind = "touchMove" if k else "touchStart"
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [point]})
        page.wait_for_timeout(20)
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    page.wait_for_timeout(200)


# The page around them


def test_nothing_is_fetched_for_a_figure_before_the_reader_is_near(page):
    def vega():
        return [r.url for r in page.seen["requests"] if "vega" in r.url]

    page.wait_for_timeout(300)
    assert not vega()
    for name in FIGURES:
        live(page, name)
    assert len(vega()) == 1


def test_a_page_without_such_a_figure_carries_none_of_it(site):
    assert "moves" not in (site / "intro.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("options", [{}, PHONE], ids=["wide", "phone"])
def test_nothing_on_the_page_jumps_or_overflows(chromium, address, options):
    with chrome.opened(chromium, address + "moving.html", **options) as page:
        for name in FIGURES:
            still = at(page, name).bounding_box()
            figure = live(page, name)
            for key in ("Home", "End"):
                for slider in figure.get_by_role("slider").all():
                    slider.press(key)
                assert figure.bounding_box()["height"] == still["height"], (name, key)
        assert page.evaluate("moved") == 0
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


LABELS = """figure => {
  const place = element => element.getBoundingClientRect();
  const stage = place(figure.querySelector(".move-live svg"));
  const labels = [...figure.querySelectorAll(".move-live text")].filter(e => e.textContent.trim());
  const seen = labels.map(e => [e.textContent, place(e)]).filter(([, box]) => box.width);
  const cut = ([, b]) => b.left < stage.left - 0.5 || b.right > stage.right + 0.5
    || b.top < stage.top - 0.5 || b.bottom > stage.bottom + 0.5;
  const met = ([, a], [, b]) => Math.min(a.right, b.right) > Math.max(a.left, b.left)
    && Math.min(a.bottom, b.bottom) > Math.max(a.top, b.top) + 3;
  return seen.flatMap((one, k) => [
    ...(cut(one) ? [`${one[0]} is cut`] : []),
    ...seen.slice(k + 1).filter(b => met(one, b)).map(b => `${one[0]} meets ${b[0]}`)]);
}"""


@pytest.fixture(scope="module")
def phone(chromium, address):
    with chrome.opened(chromium, address + "moving.html", **PHONE) as page:
        yield page


@figures
def test_on_a_phone_no_label_is_cut_or_lies_on_another(phone, name):
    figure = live(phone, name)
    sliders = figure.get_by_role("slider").all()
    for keys in product(("Home", "End", "PageDown"), repeat=len(sliders)):
        for slider, key in zip(sliders, keys, strict=True):
            slider.press(key)
        assert not figure.evaluate(LABELS), reading(figure)


def test_a_label_on_another_and_one_that_is_cut_would_be_seen(phone):
    figure = live(phone, "halvings")
    figure.evaluate("e => { e.querySelector('.move-live text').textContent = 'long '.repeat(40) }")
    found = figure.evaluate(LABELS)
    assert any(" is cut" in fault for fault in found) and any(" meets " in fault for fault in found)


@figures
def test_without_scripts_there_are_a_picture_and_a_sentence(chromium, address, name):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + "moving.html")
    figure = at(page, name)
    assert figure.locator(".move-still svg").is_visible()
    assert figure.locator("figcaption").inner_text() == FIGURES[name].reading()
    assert not figure.locator("input").first.is_visible()
    context.close()


def test_the_still_picture_stays_if_the_script_does_not_come(chromium, address):
    with chrome.opened(chromium, address + "intro.html") as page:
        page.route("**/vega.js*", lambda route: route.abort())
        page.goto(address + "moving.html")
        figure = at(page, "halvings")
        page.wait_for_timeout(500)
        assert figure.locator(".move-still svg").is_visible()
        assert not figure.locator("input").first.is_visible()


def test_the_page_needs_no_server(chromium, site):
    with chrome.opened(chromium, (site / "moving.html").as_uri()) as page:
        live(page, "halvings").get_by_role("slider").press("End")
        assert "∞" in reading(at(page, "halvings"))[1]


def test_no_script_in_the_page_needs_eval(chromium, address):
    def strictly(route):
        answer = route.fetch()
        policy = {"content-security-policy": "script-src 'self'"}
        route.fulfill(response=answer, headers=answer.headers | policy)

    with chrome.opened(chromium, address + "intro.html") as page:
        page.route("**/moving.html", strictly)
        page.goto(address + "moving.html")
        for name in FIGURES:
            live(page, name).get_by_role("slider").last.press("Home")
        assert not [said for said in page.seen["console"] if "eval" in said]


def test_in_the_dark_the_ground_is_dark_and_the_ink_is_light(chromium, address):
    with chrome.opened(chromium, address + "moving.html", color_scheme="dark") as page:
        page.evaluate("document.body.dataset.theme = 'dark'")
        figure = live(page, "halvings")
        grounds = figure.evaluate(
            "e => { const found = []; for (; e; e = e.parentElement)"
            " found.push(getComputedStyle(e).backgroundColor); return found; }"
        )
        opaque = [ground for ground in grounds if ground != "rgba(0, 0, 0, 0)"]
        assert brightness(opaque[0]) < 60
        for text in figure.locator(".move-live text").all():
            assert brightness(text.evaluate("e => getComputedStyle(e).fill")) > 180


def brightness(colour):
    return np.mean([float(part) for part in re.findall(r"[\d.]+", colour)[:3]])


@figures
def test_paper_shows_the_still_picture_and_its_sentence(page, name):
    figure = live(page, name)
    figure.get_by_role("slider").first.press("End")
    page.emulate_media(media="print")
    assert figure.locator(".move-still svg").is_visible()
    assert not figure.locator(".move-live").is_visible()
    assert figure.locator("figcaption").inner_text() == FIGURES[name].reading()
    assert not figure.locator("input").first.is_visible()


def test_nothing_moves_by_itself(page):
    for name in FIGURES:
        live(page, name).get_by_role("slider").first.press("Home")
    assert page.evaluate("document.getAnimations().length") == 0
