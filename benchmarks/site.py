"""The built pages: what a first visit costs, in bytes by type, requests, movement and paint.

`python -m benchmarks.site` visits each page of _build/html in Chromium, in a fresh profile, over a
compressing server on this machine. The paint is therefore that of a fast line. Where Lighthouse is
installed (`npm install --global lighthouse`), its scores on a simulated phone stand beside.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from . import watched

ROOT = Path(__file__).parents[1]
RESULTS = Path(__file__).parents[1] / "xentlib" / "datasets" / "measured" / "site.json"
PAGES = ("index.html", "search.html", "chapters/*.html")


def measure():
    """The figures of each page."""
    sys.path.append(str(ROOT / "tests"))
    import browser as chrome

    site = ROOT / "_build" / "html"
    if not (site / "index.html").exists():
        sys.exit("There are no pages yet: make book")
    if not chrome.chromium():
        sys.exit(chrome.HELP)
    lighthouse = shutil.which("lighthouse")
    if not lighthouse:
        print("Lighthouse is not installed and left out: npm install --global lighthouse")
    found = {}
    with chrome.serving(site) as address, chrome.started() as browser:
        pages = [path for pattern in PAGES for path in sorted(site.glob(pattern))]
        for path in watched(pages, "site", unit="page"):
            name = path.relative_to(site).as_posix()
            with chrome.opened(browser, address + name, color_scheme="light") as page:
                chrome.read_through(page)
                found[name] = chrome.measured(page)
            if lighthouse:
                found[name]["lighthouse"] = scores(lighthouse, address + name, chrome.chromium())
    return {"pages": found}


def scores(lighthouse, address, chromium):
    """What Lighthouse thinks of a page, of 100 in each of its categories."""
    command = [lighthouse, address, "--quiet", "--output=json"]
    command += ["--chrome-flags=--headless=new --no-sandbox --disable-gpu"]
    environment = os.environ | {"CHROME_PATH": chromium}
    run = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    categories = json.loads(run.stdout)["categories"]
    return {name: round(100 * category["score"]) for name, category in categories.items()}


def table(results):
    """The figures as a table in Markdown; sizes in kilobytes as sent, compressed."""
    kinds = ("document", "stylesheet", "script", "image", "moving figures")
    head = ["page", *kinds, "together, less what moves", "requests", "shift", "first paint, ms"]
    scored = sorted(
        {name for page in results["pages"].values() for name in page.get("lighthouse", ())}
    )
    head += [f"Lighthouse {name}" for name in scored]
    rows = [head, ["---"] * len(head)]
    for name, page in results["pages"].items():
        sizes = [page["bytes by type"].get(kind, 0) for kind in kinds] + [page["bytes"]]
        rows.append([name, *(f"{size / 1000:.1f}" for size in sizes), str(page["requests"])])
        rows[-1] += [f"{page['layout shift']:g}", str(page["first contentful paint, ms"])]
        rows[-1] += [str(page["lighthouse"][name]) for name in scored]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


if __name__ == "__main__":
    results = measure()
    print(table(results))
    RESULTS.write_text(json.dumps(results, indent=1, sort_keys=True) + "\n", encoding="utf-8")
