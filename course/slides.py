"""The slides: a deck for each chapter as HTML and PDF, and the speaker's notes for the teacher."""

import re
import shutil
import subprocess
import sys
import tempfile
from contextlib import nullcontext
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "tests"))
import browser as chrome

DECKS = Path(__file__).parent / "decks"
SLIDE = re.compile(r'<section data-timing="(\d+)">(.*?)</section>', re.DOTALL)
NOTES = re.compile(r'<aside class="notes">(.*?)</aside>', re.DOTALL)
TITLE = re.compile(r"<h[12]>(.*?)</h[12]>", re.DOTALL)
FONT = "dist/theme/fonts/source-sans-pro"
KEPT = [  # what the decks use of Reveal.js
    *("LICENSE", "dist/reveal.js", "dist/reveal.css", "plugin/notes/notes.js"),
    *(f"{FONT}/{name}" for name in ("LICENSE", "*.css", "*.woff")),
]
SHEET = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title}: notes</title>
<style>body {{ font: 11pt/1.45 sans-serif; margin: 2em auto; max-width: 46em }}
section {{ border-top: 1px solid #bbb; break-inside: avoid; padding-left: 5em; position: relative }}
b.at {{ left: 0; position: absolute }} h2 {{ font-size: 1em; margin: .5em 0 }}</style></head><body>
<h1>{title}</h1>
<p>What to say, and which answers to expect. On the left: the minute at which a slide begins.</p>
{slides}</body></html>
"""


def build(student: Path, teacher: Path, seed: int, browser=None) -> None:
    """Write the decks for the students, and for the teacher those with notes."""
    with tempfile.TemporaryDirectory() as folder:
        site = written(Path(folder))
        with_notes, without = teacher / "slides", student / "slides"
        for target in (with_notes, without):
            shutil.copytree(site, target, dirs_exist_ok=True)
        for deck in sorted(without.glob("[0-9]*.html")):
            text = deck.read_text("utf-8")
            notes = with_notes / f"{deck.stem}_notes.html"
            notes.write_text(notes_sheet(text), "utf-8")
            deck.write_text(NOTES.sub("", text), "utf-8")
        write_pdfs(without, browser)


def written(folder, decks=DECKS):
    """The decks as HTML, built by Sphinx; a warning stops it."""
    site = folder / "site"
    sphinx = [sys.executable, "-m", "sphinx", "-q", "-W", "-b", "revealjs", "-c", DECKS]
    subprocess.run([*sphinx, "-d", folder / "doctrees", decks, site], check=True)
    prune(site)
    return site


def prune(site):
    """Remove what no deck uses."""
    for name in ("search.html", "genindex.html", "objects.inv", ".buildinfo", "searchindex.js"):
        (site / name).unlink(missing_ok=True)
    reveal = site / "_static" / "revealjs"
    kept = {path for pattern in KEPT for path in reveal.glob(pattern)}
    for path in sorted(reveal.rglob("*"), reverse=True):
        if path.is_dir() and not any(path.iterdir()):
            path.rmdir()
        elif path.is_file() and path not in kept:
            path.unlink()


def slides(text):
    """The minutes, the title and the notes of each slide of a deck."""
    for seconds, body in SLIDE.findall(text):
        yield int(seconds) // 60, TITLE.search(body)[1], NOTES.search(body)[1]


def notes_sheet(text):
    """The speaker's notes of a deck as one page to print."""
    minute, parts, all_slides = 0, [], list(slides(text))
    for place, (minutes, title, notes) in enumerate(all_slides, start=1):
        head = f'<b class="at">{minute} min</b><h2>{place}. {title} ({minutes} min)</h2>'
        parts.append(f"<section>{head}{notes}</section>")
        minute += minutes
    return SHEET.format(title=all_slides[0][1], slides="\n".join(parts))


def write_pdfs(site, browser=None):
    """Print each deck, with stills in the place of what moves."""
    if not chrome.chromium():
        sys.exit(chrome.HELP)
    started = nullcontext(browser) if browser else chrome.started()
    with started as browser, chrome.serving(site) as address:
        for deck in sorted(site.glob("[0-9]*.html")):
            with chrome.opened(browser, f"{address}{deck.name}?print-pdf") as page:
                page.wait_for_selector(".pdf-page")
                page.evaluate("Promise.all([...document.images].map((image) => image.decode()))")
                page.pdf(
                    path=deck.with_suffix(".pdf"), prefer_css_page_size=True, print_background=True
                )
