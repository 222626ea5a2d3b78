"""The built pages: the build is strict, and every link in them leads somewhere."""

import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from bs4 import BeautifulSoup
from notebooks import ROOT


def build(source, target):
    """A strict build of the book from an empty folder: any warning is an error."""
    command = [shutil.which("jupyter-book", path=Path(sys.executable).parent), "build", str(source)]
    command += ["--path-output", str(target), "-n", "-W", "--keep-going"]
    return subprocess.run(command, capture_output=True, text=True, cwd=source)


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


def test_the_strict_build_succeeds(site):
    assert (site / "index.html").exists()
    assert len(list((site / "chapters").glob("0*.html"))) == 6


def test_every_internal_link_leads_somewhere(site):
    assert not broken_links(site)


def test_every_figure_has_a_text_for_those_who_cannot_see_it(site):
    for page in site.glob("**/*.html"):
        for image in BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser").find_all("img"):
            assert image.get("alt"), f"{page.name}: {image.get('src')}"


def test_a_broken_link_is_caught(site, tmp_path):
    shutil.copytree(site, tmp_path / "site")
    page = tmp_path / "site" / "intro.html"
    page.write_text(
        page.read_text(encoding="utf-8").replace("02_entropy.html", "02_entrpy.html"), "utf-8"
    )
    assert any("02_entrpy.html" in problem for problem in broken_links(tmp_path / "site"))


def test_a_broken_reference_stops_the_build(tmp_path):
    book = copied_book(tmp_path)
    page: Path = book / "intro.md"
    page.write_text(
        page.read_text(encoding="utf-8") + "\nSee [nothing](chapters/no_such_page.md).\n"
    )
    result = build(book, tmp_path / "out")
    assert result.returncode != 0
    assert "no_such_page" in result.stdout + result.stderr
