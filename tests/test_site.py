"""The built pages: strict, whole, light, open to everyone, and at home without a network.

What needs a browser is measured once for each page (`visits`), in a real Chromium.
"""

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit

import browser as chrome
import pikepdf
import pytest
import yaml
from bs4 import BeautifulSoup
from notebooks import CHAPTERS, ROOT, code_cells, read
from PIL import Image

# What the first visit to a page may cost, pictures and all, without its moving figure.
BUDGET = {"bytes": 100_000, "requests": 14, "layout shift": 0}
LOOKS = ["color-contrast", "link-in-text-block", "scrollable-region-focusable"]
NARROW = {"width": 360, "height": 740}
CHAPTER = "chapters/01_surprisal"


def build(source, target, **environment):
    """A strict build of the book from an empty folder: any warning is an error."""
    command = [shutil.which("jupyter-book", path=Path(sys.executable).parent), "build", str(source)]
    command += ["--path-output", str(target), "-n", "-W", "--keep-going"]
    return subprocess.run(
        command, capture_output=True, text=True, cwd=source, env=os.environ | environment
    )


def copied_book(target):
    """A copy of what the book is built from, to tamper with."""
    for name in ("_config.yml", "_toc.yml", "intro.md"):
        shutil.copy(ROOT / name, target)
    for name in ("_ext", "_static", "chapters"):
        shutil.copytree(ROOT / name, target / name)
    return target


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """The folder of a strict build."""
    target = tmp_path_factory.mktemp("book")
    result = build(ROOT, target)
    assert result.returncode == 0, result.stdout + result.stderr
    return target / "_build" / "html"


@pytest.fixture(scope="session")
def axe():
    if not chrome.axe():
        (pytest.fail if os.environ.get("CI") else pytest.skip)(chrome.NO_AXE)


@pytest.fixture(scope="session")
def address(site):
    with chrome.serving(site) as address:
        yield address


@pytest.fixture(scope="session")
def visits(site, chromium, address):
    """What each page did when it was read through once: in light, in dark, and on a phone."""
    visits = {}
    for path in pages(site):
        name = path.relative_to(site).as_posix()
        with chrome.opened(chromium, address + name, color_scheme="light") as page:
            chrome.read_through(page)
            visit = chrome.measured(page)
            visit["addresses"] = [request.url for request in page.seen["requests"]]
            visit["faults"] = faults(page)
            page.emulate_media(color_scheme="dark")
            visit["ground"] = page.evaluate("getComputedStyle(document.body).backgroundColor")
            page.set_viewport_size(NARROW)
            visit["width on a phone"] = page.evaluate("document.documentElement.scrollWidth")
            visit["faults on a phone in the dark"] = faults(page, colours_only=True)
            visit["console"] = page.seen["console"]
            visits[name] = visit
    return visits


MARK = """() => {
  const looks = new Set();
  document.querySelectorAll("body *").forEach((element) => {
    const around = [element];
    while (around.length < 6) around.push(around.at(-1)?.parentElement);
    const look = around.map((e) => e && e.tagName + e.className).join();
    const speaks = [...element.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
    if (speaks && !looks.has(look)) element.setAttribute("data-looks", "new");
    if (speaks) looks.add(look);
  });
}"""


def faults(page, colours_only=False):
    """What axe-core finds. Of text that is dressed alike it measures one piece."""
    if not chrome.axe():
        return []
    rules = {"rules": {"color-contrast": {"enabled": False}}}
    found = [] if colours_only else chrome.faults(page, **rules)
    page.evaluate(MARK)
    return found + chrome.faults(page, {"include": ["[data-looks]"]}, runOnly=LOOKS)


def broken_links(site):
    """The links and sources in all pages that lead nowhere inside the site."""
    soups = {
        page: BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")
        for page in site.rglob("*.html")
        if "_static" not in page.parts
    }
    ids = {page: {tag["id"] for tag in soup.find_all(id=True)} for page, soup in soups.items()}
    broken = []
    for page, soup in soups.items():
        for tag in soup.find_all(["a", "link", "img", "script"]):
            link = tag.get("href") or tag.get("src") or ""
            parts = urlsplit(link)
            if parts.scheme or parts.netloc or not link:
                continue
            target = (page.parent / unquote(parts.path)).resolve() if parts.path else page
            if not target.exists():
                broken.append(f"{page.name}: {link}")
            elif parts.fragment and target in ids and unquote(parts.fragment) not in ids[target]:
                broken.append(f"{page.name}: {link} (no such place on that page)")
    return broken


def pages(site):
    """The pages of the book itself."""
    return [path for path in sorted(site.rglob("*.html")) if "lite" not in path.parts]


def test_the_strict_build_succeeds(site):
    assert (site / "index.html").exists()
    assert len(list((site / "chapters").glob("[0-9]*.html"))) == len(CHAPTERS)


def test_every_internal_link_leads_somewhere(site):
    assert not broken_links(site)


def test_every_figure_has_a_text_for_those_who_cannot_see_it(site):
    for page in site.glob("**/*.html"):
        for image in BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser").select(
            "article img"
        ):
            assert image.get("alt"), f"{page.name}: {image.get('src')}"


def test_a_broken_link_is_caught(site, tmp_path):
    shutil.copytree(site, tmp_path / "site")
    page = tmp_path / "site" / "intro.html"
    page.write_text(
        page.read_text(encoding="utf-8").replace("02_entropy.html", "02_entrpy.html"), "utf-8"
    )
    assert any("02_entrpy.html" in problem for problem in broken_links(tmp_path / "site"))


@pytest.fixture(scope="session")
def tampered(tmp_path_factory):
    """The build of one chapter with a broken reference, told the addresses of book and source."""
    book = copied_book(tmp_path_factory.mktemp("tampered"))
    text = "# One chapter\n\nSee [nothing](chapters/no_such_page.md).\n"
    (book / "intro.md").write_text(text, encoding="utf-8")
    contents = {"format": "jb-book", "root": "intro", "chapters": [{"file": CHAPTER}]}
    (book / "_toc.yml").write_text(yaml.safe_dump(contents), encoding="utf-8")
    settings = {"BOOK_URL": "https://book.example/deep", "REPOSITORY_URL": "https://github.com/a/b"}
    return build(book, book / "out", **settings), book / "out" / "_build" / "html"


def test_a_broken_reference_stops_the_build(tampered):
    result, _ = tampered
    assert result.returncode != 0
    assert "no_such_page" in result.stdout + result.stderr


def test_no_page_asks_another_host_or_complains(visits, address):
    for name, visit in visits.items():
        others = [url for url in visit["addresses"] if not url.startswith((address, "data:"))]
        assert not others, f"{name} asks {others}"
        assert not visit["console"], f"{name} says {visit['console']}"


def test_the_policy_of_each_page_forbids_other_hosts(site):
    for path in pages(site):
        soup = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        policy = soup.find("meta", {"http-equiv": "Content-Security-Policy"})
        assert policy and "default-src 'self'" in policy["content"], path.name
        assert "script-src 'self';" in policy["content"], path.name
        for script in soup.find_all("script"):
            assert script.get("src") or script["type"] == "application/json", path.name


def test_the_policy_holds(chromium, address):
    with chrome.opened(chromium, address + "intro.html") as page:
        page.evaluate(
            """() => {
              document.body.append(Object.assign(new Image(), { src: "http://127.0.0.2/x.png" }));
              const script = document.createElement("script");
              script.textContent = "window.intruder = true";
              document.body.append(script);
            }"""
        )
        page.wait_for_timeout(100)
        assert page.evaluate("typeof intruder") == "undefined"
        assert sum("Content Security Policy" in said for said in page.seen["console"]) == 2


def test_each_page_keeps_its_budget(visits):
    for name, visit in visits.items():
        for what, most in BUDGET.items():
            assert visit[what] <= most, f"{name}: {visit[what]} {what}, and {most} are allowed"


def test_nothing_stands_in_the_way_of_anyone(axe, visits):
    for name, visit in visits.items():
        for where in ("faults", "faults on a phone in the dark"):
            assert not visit[where], f"{name}: {where} {visit[where]}"


def test_a_fold_with_a_hidden_name_would_be_seen(axe, chromium, address):
    with chrome.opened(chromium, f"{address}{CHAPTER}.html") as page:
        page.eval_on_selector("article summary", "fold => { fold.ariaLabel = 'Toggle it'; }")
        assert any(fault.startswith("label-content-name-mismatch") for fault in faults(page))


def test_the_dark_is_dark(visits):
    for name, visit in visits.items():
        assert max(map(int, re.findall(r"\d+", visit["ground"]))) < 60, name


def test_no_page_scrolls_sideways_on_a_phone(visits):
    for name, visit in visits.items():
        assert visit["width on a phone"] <= NARROW["width"], name


def test_the_book_works_from_a_folder_without_a_server(site, chromium):
    start = (site / f"{CHAPTER}.html").as_uri()
    with chrome.opened(chromium, start, offline=True, color_scheme="light") as page:
        assert page.evaluate("document.fonts.check('20px \"STIX Two Math\"')")
        assert page.evaluate("[...document.fonts].every((font) => font.status === 'loaded')")
        page.evaluate("document.querySelectorAll('details').forEach((fold) => (fold.open = true))")
        chrome.read_through(page)
        assert page.evaluate("[...document.images].every((image) => image.naturalWidth > 0)")
        assert page.locator("math").first.bounding_box()["height"] > 5
        page.click(".theme-toggle-content button")  # from the system's colours, which are light
        assert page.evaluate("document.body.dataset.theme") == "dark"
        page.reload()
        assert page.evaluate("document.body.dataset.theme") == "dark"
        page.keyboard.press("Control+k")
        page.keyboard.type("halving")
        page.keyboard.press("Enter")
        page.wait_for_selector("#search-results li a")
        assert page.seen["console"] == ["log: Changed to dark mode."]


def test_the_book_reads_well_without_scripts(site, chromium, address):
    with chrome.opened(chromium, f"{address}{CHAPTER}.html", java_script_enabled=False) as page:
        text = page.locator("article").inner_text()
        assert "halving" in text and page.locator("math").count() > 20
        assert page.locator("article img").count() >= 3
        assert not page.locator("button:visible").count(), "a button that does nothing"


def test_a_figure_keeps_its_place_and_stays_sharp(site):
    for path in (site / "chapters").glob("[0-9]*.html"):
        soup = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        for image in soup.select(".cell_output img"):
            sharp = image["src"].endswith(".svg") or int(image["width"]) >= 2 * 600
            assert sharp and int(image["height"]) > 0, image["src"]


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("kl divergence", "04_kl_divergence"),
        ("log loss", "05_binary_cross_entropy"),
        ("bits", "01_surprisal"),
        ("sigmoid", "05_binary_cross_entropy"),
    ],
)
def test_what_a_learner_types_is_found_at_once(chromium, address, words, place):
    with chrome.opened(chromium, f"{address}search.html?q={words}") as page:
        page.wait_for_selector("#search-results li a")
        page.wait_for_selector(".search-summary:not(:empty)")
        first = [a.get_attribute("href") for a in page.locator("#search-results li > a").all()[:4]]
        assert any(place in link for link in first), first


def test_a_lost_reader_is_led_back(chromium, address):
    with chrome.opened(chromium, address + "no_such_page.html") as page:
        page.click("text=The first page")
        page.wait_for_url("**/index.html")  # the click alone does not wait for the next page
        assert page.title().startswith("From Surprise to Cross-Entropy")


def test_a_chapter_prints_without_a_clipped_line(chromium, address):
    with chrome.opened(chromium, address + "chapters/02_entropy.html") as page:
        page.set_viewport_size({"width": 660, "height": 1000})  # the width of an A4 sheet
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        page.emulate_media(media="print")
        clipped = """[...document.querySelectorAll("pre, table, div.math")].filter(
            (box) => box.scrollWidth > box.parentElement.clientWidth + 2
        ).map((box) => box.textContent)"""
        assert not page.evaluate(clipped)
        unwanted = ".sidebar-drawer:visible, .page-buttons:visible, .book-copy:visible"
        assert not page.locator(unwanted).count()
        assert page.pdf().startswith(b"%PDF")


def test_the_whole_book_is_one_pdf_with_contents(site, chromium, tmp_path, monkeypatch):
    spec = importlib.util.spec_from_file_location("pdf", ROOT / "_ext" / "pdf.py")
    pdf = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(pdf)
    articles = list(pdf.parts(site))
    assert len(articles) == len(pages(site)) - len({"404", "genindex", "index", "search"})
    monkeypatch.setattr(pdf, "parts", lambda site: [articles[1], articles[-1]])
    pdf.write_pdf(site, tmp_path / "book.pdf", chromium)
    assert pdf.sheets((tmp_path / "book.pdf").read_bytes()) > 3
    with pikepdf.open(tmp_path / "book.pdf") as opened:
        streams = [item for item in opened.objects if isinstance(item, pikepdf.Stream)]
        pictures = [item for item in streams if item.get("/Subtype") == "/Image"]
        assert {str(picture.ColorSpace[0]) for picture in pictures} == {"/Indexed"}


def test_the_keyboard_reaches_everything(chromium, address):
    with chrome.opened(chromium, f"{address}{CHAPTER}.html", viewport=NARROW) as page:
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.innerText") == "Skip to content"
        page.focus(".nav-overlay-icon .icon")
        page.keyboard.press("Enter")
        page.locator(".sidebar-tree").wait_for(state="visible")
        page.keyboard.press("Escape")
        page.locator(".sidebar-tree").wait_for(state="hidden")
        assert page.evaluate("document.activeElement.matches('.nav-overlay-icon .icon')")
        page.focus("article details summary")
        page.keyboard.press("Enter")
        assert page.locator("article details[open]").count() == 1


def test_a_page_can_be_enlarged_twofold(chromium, address):
    size = {"width": 640, "height": 400}  # 1280 by 800 at 200 %
    name = "chapters/03_cross_entropy.html"
    with chrome.opened(chromium, address + name, viewport=size, device_scale_factor=2) as page:
        assert page.evaluate("document.documentElement.scrollWidth") <= 640


def first_output(chapter):
    """What the first printing cell of a chapter prints."""
    cells = code_cells(read(ROOT / "chapters" / f"{chapter}.ipynb"))
    return next(output.text for cell in cells for output in cell.outputs if "text" in output)


def test_the_button_opens_that_chapter_in_jupyterlite(site, chromium, address):
    with chrome.opened(chromium, address + "chapters/03_cross_entropy.html") as page:
        stored = first_output("03_cross_entropy")
        assert not any("/lite/" in request.url for request in page.seen["requests"])
        page.click("text=Run in your browser")
        page.wait_for_selector(".jp-NotebookPanel h1:has-text('Cross-entropy')", timeout=60_000)
        assert not page.locator(".jp-Dialog").count(), "it asks a question"
        printed = page.locator(".jp-OutputArea-output pre").get_by_text(stored.splitlines()[0])
        assert printed.text_content().splitlines() == stored.splitlines()  # drawn only when near
    lite = site / "lite"
    assert not list(lite.rglob("*.map"))
    assert [path.name for path in (lite / "pypi").glob("xentlib-*.whl")]


def test_each_chapter_can_be_run_and_downloaded(site):
    for path in (site / "chapters").glob("[0-9]*.html"):
        soup = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        links = [link["href"] for link in soup.select(".page-buttons a")]
        assert f"../lite/lab/index.html?path=chapters/{path.stem}.ipynb" in links
        assert f"../_sources/chapters/{path.stem}.ipynb" in links


def everything(site):
    """What the files of a site hold, by their names."""
    return {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in sorted(site.rglob("*"))
        if path.is_file()
    }


def test_two_builds_are_the_same_byte_for_byte(site, tmp_path):
    result = build(ROOT, tmp_path)
    assert result.returncode == 0, result.stdout + result.stderr
    one, two = everything(site), everything(tmp_path / "_build" / "html")
    assert one.keys() == two.keys()
    assert not [name for name in one if one[name] != two[name]]


def test_addresses_come_from_the_environment(tampered):
    _, site = tampered
    page = (site / f"{CHAPTER}.html").read_text(encoding="utf-8")
    assert f'<link rel="canonical" href="https://book.example/deep/{CHAPTER}.html"' in page
    assert f"https://github.com/a/b/edit/main/{CHAPTER}.ipynb" in page
    assert f"https://mybinder.org/v2/gh/a/b/main?labpath={CHAPTER}.ipynb" in page
    assert f"https://colab.research.google.com/github/a/b/blob/copies/{CHAPTER}.ipynb" in page
    assert 'content="https://book.example/deep/card.png"' in page
    with Image.open(site / "card.png") as card:
        assert card.width == 2 * card.height > 1200
    assert (
        f"<loc>https://book.example/deep/{CHAPTER}.html</loc>" in (site / "sitemap.xml").read_text()
    )
    assert 'href="/deep/index.html"' in (site / "404.html").read_text(encoding="utf-8")


def test_the_links_to_the_source_fit_a_phone(tampered, chromium):
    page_file = tampered[1] / f"{CHAPTER}.html"
    with chrome.opened(chromium, page_file.as_uri(), viewport=NARROW) as page:
        assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]


def test_without_them_no_page_claims_an_address(site):
    for path in pages(site):
        text = path.read_text(encoding="utf-8")
        assert 'rel="canonical"' not in text and "og:url" not in text, path.name
    assert not (site / "sitemap.xml").exists()


def test_each_page_says_what_it_is(site):
    told = {}
    for path in (site / "chapters").glob("*.html"):
        soup = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        description = soup.find("meta", {"name": "description"})
        told[path.name] = description and description["content"]
    assert all(told.values()), told
    assert len(set(told.values())) == len(told)
