"""A real browser over a compressing server on this machine: what a reader's first visit costs."""

import gzip
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
)
HELP = (
    "No Chromium was found. On Debian and Ubuntu: apt install chromium. Elsewhere: "
    "install Chrome, or name a Chromium in the environment variable CHROMIUM."
)
AXE = "4.14.1"
NO_AXE = "axe-core comes from npm, which was not found: install Node.js."
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
WATCH = """
  window.moved = 0;
  window.painted = 0;
  new PerformanceObserver((list) =>
    list.getEntries().forEach((entry) => { moved += entry.hadRecentInput ? 0 : entry.value; })
  ).observe({ type: "layout-shift", buffered: true });
  new PerformanceObserver((list) =>
    list.getEntriesByName("first-contentful-paint").forEach((entry) => {
      painted = entry.startTime;
    })
  ).observe({ type: "paint", buffered: true });
"""
SCROLL = """async () => {
  for (let y = 0; y < document.body.scrollHeight; y += 500) {
    scrollTo(0, y);
    await new Promise((done) => setTimeout(done, 15));
  }
  const decoded = [...document.images].map((image) => image.decode().catch(() => null));
  await Promise.race([Promise.all(decoded), new Promise((done) => setTimeout(done, 3000))]);
  scrollTo(0, 0);
}"""


def chromium():
    """The path of a Chromium or Chrome on this machine, or None."""
    found = [os.environ.get("CHROMIUM"), *map(shutil.which, NAMES), *PLACES]
    return next((path for path in found if path and Path(path).exists()), None)


def axe():
    """The script of axe-core, fetched once into the environment; None where there is no npm."""
    script = Path(sys.prefix, f"axe-{AXE}.min.js")
    if not script.exists():
        if not (npm := shutil.which("npm")):
            return None
        with tempfile.TemporaryDirectory(dir=sys.prefix) as folder:
            fetch = [npm, "install", "--silent", "--no-save", "--prefix", folder, f"axe-core@{AXE}"]
            subprocess.run(fetch, check=True)
            os.replace(Path(folder, "node_modules", "axe-core", "axe.min.js"), script)
    return script


def faults(page, place=None, **options):
    """What axe-core finds on a page, or in a place of it, as sentences."""
    page.evaluate(axe().read_text("utf-8"))
    ask = "([place, options]) => axe.run(place ?? document, options)"
    found = page.evaluate(ask, [place, {"resultTypes": ["violations"], **options}])["violations"]
    return [f"{fault['id']}: {node['html'][:120]}" for fault in found for node in fault["nodes"]]


class Compressing(SimpleHTTPRequestHandler):
    """Serves files as a good host does: compressed, and 404.html for what is not there."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_GET(self):
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        found = path.is_file() or path.name == "404.html"
        if not found:
            path = Path(self.directory, "404.html")
        data = path.read_bytes() if path.is_file() else b""
        kind = self.guess_type(path)
        self.send_response(200 if found else 404)
        packed = ("image/png", "font/", "application/pdf")
        if "gzip" in self.headers.get("Accept-Encoding", "") and not kind.startswith(packed):
            data = gzip.compress(data, mtime=0)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


@contextmanager
def serving(folder):
    """Serves ``folder`` and gives the address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Compressing, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def started():
    """A Chromium without a window."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def opened(browser, address, **options):
    """A page in a fresh profile, with what it asked for and said in ``page.seen``."""
    context = browser.new_context(**{"viewport": {"width": 1280, "height": 800}, **options})
    page = context.new_page()
    page.seen = {"requests": [], "console": []}
    page.on("request", lambda request: page.seen["requests"].append(request))
    page.on("console", lambda said: page.seen["console"].append(f"{said.type}: {said.text}"))
    page.on("pageerror", lambda error: page.seen["console"].append(f"error: {error}"))
    page.add_init_script(WATCH)
    try:
        page.goto(address)
        yield page
    finally:
        context.close()


@contextmanager
def alone(browser, game):
    """A game by itself, on the page of a phone."""
    phone = {"viewport": {"width": 360, "height": 600}, "has_touch": True}
    html = game._repr_mimebundle_()["text/html"]
    with opened(browser, "about:blank", **phone) as page:
        page.set_content(f'<meta name="viewport" content="width=device-width">{html}')
        yield page.locator("[data-game]")


def read_through(page):
    """Scrolls to the end and back, as a reader does, so that everything is loaded."""
    page.evaluate(SCROLL)
    page.wait_for_load_state("networkidle")


def measured(page):
    """Bytes by type, requests, movement and paint of a page that was read through."""
    by_type = {}
    for request in page.seen["requests"]:
        response = request.response()
        if response and request.url.startswith("http"):
            moving = "/moves/" in request.url or "/games/" in request.url
            kind = "moving figures" if moving else request.resource_type
            size = int(response.headers.get("content-length", 0))
            by_type[kind] = by_type.get(kind, 0) + size
    return {
        "bytes": sum(size for kind, size in by_type.items() if kind != "moving figures"),
        "bytes by type": dict(sorted(by_type.items())),
        "requests": sum(request.url.startswith("http") for request in page.seen["requests"]),
        "layout shift": round(page.evaluate("moved"), 6),
        "first contentful paint, ms": round(page.evaluate("painted")),
    }
