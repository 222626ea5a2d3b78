"""The built pages: what a first visit costs, in bytes by type, requests, movement and paint.

`python -m benchmarks.site` visits each page of _build/html in Chromium, in a fresh profile, over a
compressing server on this machine. The paint is therefore that of a fast line.
"""

import json
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
RESULTS = Path(__file__).with_name("results") / "site.json"
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
    found = {}
    with chrome.serving(site) as address, chrome.started() as browser:
        for path in [path for pattern in PAGES for path in sorted(site.glob(pattern))]:
            name = path.relative_to(site).as_posix()
            with chrome.opened(browser, address + name, color_scheme="light") as page:
                chrome.read_through(page)
                found[name] = chrome.measured(page)
    return {"pages": found}


def table(results):
    """The figures as a table in Markdown; sizes in kilobytes as sent, compressed."""
    kinds = ("document", "stylesheet", "script", "image", "moving figures")
    head = ["page", *kinds, "together, less what moves", "requests", "shift", "first paint, ms"]
    rows = [head, ["---"] * len(head)]
    for name, page in results["pages"].items():
        sizes = [page["bytes by type"].get(kind, 0) for kind in kinds] + [page["bytes"]]
        rows.append([name, *(f"{size / 1000:.1f}" for size in sizes), str(page["requests"])])
        rows[-1] += [f"{page['layout shift']:g}", str(page["first contentful paint, ms"])]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


if __name__ == "__main__":
    results = measure()
    print(table(results))
    RESULTS.write_text(json.dumps(results, indent=1, sort_keys=True) + "\n", encoding="utf-8")
