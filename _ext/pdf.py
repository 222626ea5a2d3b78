"""The whole book as one PDF, printed from the built pages by a Chromium.

    python _ext/pdf.py _build/html _build/book.pdf

Each page is printed once by itself, to count its sheets; that gives the contents their numbers.
Chromium writes pictures (and each hatched bar as one) with three bytes a point, and the tags for
readers aloud as plain text: few colours make the first small, and pikepdf packs the second.
"""

import io
import re
import sys
from pathlib import Path

import pikepdf
from bs4 import BeautifulSoup
from PIL import Image

sys.path.append(str(Path(__file__).parents[1] / "tests"))
import browser as chrome

STYLE = """
  @page { size: A4; margin: 18mm 17mm 20mm; }
  html, body { height: auto; font-size: 10.5pt; }
  h1 { font-size: 1.9rem; }
  article { break-before: page; }
  h1, h2, h3 { padding-top: 2px; } /* or the outline has twice what stands on top of a sheet */
  .cover { box-sizing: border-box; height: 230mm; text-align: center; padding-top: 70mm; }
  .cover img { width: 60mm; height: 60mm; }
  .titles li { display: flex; justify-content: space-between; list-style: none; }
  .titles { break-before: page; }
"""
COLOURS = 32
FOOT = """<div style="font: 8pt sans-serif; width: 100%; text-align: center">
  <span class="pageNumber"></span></div>"""


def parts(site):
    """The names and the articles of the pages, in the order of the book."""
    front = BeautifulSoup((site / "index.html").read_text("utf-8"), "html.parser")
    for name in ["intro.html", *(link["href"] for link in front.select(".sidebar-tree a"))]:
        soup = BeautifulSoup((site / name).read_text("utf-8"), "html.parser")
        article = soup.find("article")
        prefix = Path(name).stem
        for tag in article.find_all(id=True):
            tag["id"] = f"{prefix}--{tag['id']}"
        article["id"] = prefix
        for tag in article.select(".headerlink, .move-controls, .page-buttons"):
            tag.decompose()
        for fold in article.find_all("details"):
            fold["open"] = ""
        for image in article.find_all("img"):
            image["src"] = image["src"].removeprefix("../")
            del image["loading"]
        for link in article.find_all("a", href=True):
            link["href"] = inside(link["href"], prefix)
        yield article.h1.get_text(), prefix, str(article)


def inside(link, prefix):
    """Where a link leads within the one document."""
    if re.match(r"[a-z]+:", link):
        return link
    page, _, place = link.partition("#")
    page = Path(page).stem or prefix
    return f"#{page}--{place}" if place else f"#{page}"


def document(body):
    return f"""<!DOCTYPE html><html lang="en"><head>
      <meta charset="utf-8"><title>From Surprise to Cross-Entropy</title>
      <link rel="stylesheet" href="_static/site.css"><style>{STYLE}</style></head>
      <body data-theme="light">{body}</body></html>"""


def front(titles, numbers):
    """The cover and the contents."""
    rows = "".join(
        f'<li><a href="#{prefix}">{title}</a><span>{number}</span></li>'
        for (title, prefix), number in zip(titles, numbers, strict=True)
    )
    return f"""<section class="cover"><img src="_static/logo.svg" alt="">
      <p style="font-size: 26pt">From Surprise to Cross-Entropy</p></section>
      <section class="titles"><h1>Contents</h1><ul>{rows}</ul></section>"""


def printed(site, body, browser, address):
    """The PDF of a document that lies among the built pages for the moment."""
    sheet = site / "_print.html"
    sheet.write_text(document(body), "utf-8")
    try:
        with chrome.opened(browser, address + sheet.name, color_scheme="light") as page:
            page.emulate_media(media="print")
            page.evaluate("Promise.all([...document.images].map((image) => image.decode()))")
            return page.pdf(
                prefer_css_page_size=True,
                display_header_footer=True,
                header_template="<span></span>",
                footer_template=FOOT,
                print_background=True,
                outline=True,
                tagged=True,
            )
    finally:
        sheet.unlink()


def sheets(pdf):
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return len(opened.pages)


def few_colours(picture):
    """Store a picture of the PDF as the numbers of its few colours, one byte a point."""
    image = pikepdf.PdfImage(picture).as_pil_image().convert("RGB")
    image = image.quantize(COLOURS, dither=Image.Dither.NONE)
    palette = bytes(image.getpalette("RGB"))
    picture.write(image.tobytes())
    picture.BitsPerComponent = 8
    last = len(palette) // 3 - 1
    picture.ColorSpace = [pikepdf.Name.Indexed, pikepdf.Name.DeviceRGB, last, palette]


def write_pdf(site, target, browser):
    articles = list(parts(site))
    titles = [(title, prefix) for title, prefix, _ in articles]
    with chrome.serving(site) as address:
        at = sheets(printed(site, front(titles, [0] * len(titles)), browser, address)) + 1
        numbers = []
        for _, _, article in articles:
            numbers.append(at)
            at += sheets(printed(site, article, browser, address))
        body = front(titles, numbers) + "".join(article for _, _, article in articles)
        pdf = printed(site, body, browser, address)
    if sheets(pdf) != at - 1:
        sys.exit(f"The contents count {at - 1} sheets, and there are {sheets(pdf)}.")
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        with opened.open_outline() as outline:  # of a title in two lines, it loses the space
            for item, (title, _) in zip(outline.root[1:], titles, strict=True):
                item.title = title
        for item in opened.objects:
            if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/Image":
                few_colours(item)
        opened.save(target, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    print(f"{target}: {at - 1} pages, {target.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    if not chrome.chromium():
        sys.exit(chrome.HELP)
    with chrome.started() as browser:
        write_pdf(Path(sys.argv[1]), Path(sys.argv[2]), browser)
