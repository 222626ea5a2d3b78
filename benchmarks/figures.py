"""The figures that a reader moves: how fast they follow, and what they weigh.

`python -m benchmarks.figures` builds a page of all figures and moves each 100 times in Chromium.
A move is timed from the change of the control to the new picture laid out, without its painting.
"""

import gzip
import json
import sys
import tempfile
from pathlib import Path
from statistics import median

from bs4 import BeautifulSoup

from . import watched

ROOT = Path(__file__).parents[1]
RESULTS = Path(__file__).parents[1] / "xentlib" / "datasets" / "measured" / "figures.json"
MOVES = 100
FRAME = 1000 / 60  # milliseconds
TIME_THE_MOVES = """async ([name, moves]) => {
  const inputs = [...document.querySelectorAll(`input[id^="${name}-"]`)];
  const stage = inputs[0].closest("figure").querySelector(".move-live");
  const times = [];
  for (let n = 0; n < moves; n++) {
    await new Promise(requestAnimationFrame);
    const input = inputs[n % inputs.length];
    const start = performance.now();
    input.value = (Number(input.value) + 1 + (n % 3)) % (Number(input.max) + 1);
    input.dispatchEvent(new Event("input"));
    stage.firstElementChild.getBoundingClientRect();
    times.push(performance.now() - start);
  }
  return times;
}"""


def measure():
    """Milliseconds per move of each figure, and kilobytes sent, compressed."""
    sys.path += [str(ROOT / "tests"), str(ROOT / "tests" / "figures")]
    import browser as chrome
    from test_page import FIGURES, live, moving_site

    with tempfile.TemporaryDirectory() as folder:
        site = moving_site(Path(folder))
        results = {"moves": MOVES, "figures": {}, "kilobytes": {}}
        with chrome.serving(site) as address, chrome.started() as browser:
            results["chromium"] = browser.version
            with chrome.opened(browser, address + "moving.html") as page:
                for name in watched(FIGURES, "figures", unit="figure"):
                    live(page, name)
                    times = page.evaluate(TIME_THE_MOVES, [name, MOVES])
                    results["figures"][name] = {
                        "median, ms": round(median(times), 2),
                        "worst, ms": round(max(times), 2),
                    }
        soup = BeautifulSoup((site / "moving.html").read_text(encoding="utf-8"), "html.parser")
        for name, figure in zip(FIGURES, soup.select("figure.move"), strict=True):
            results["kilobytes"][name] = compressed(str(figure).encode())
        for path in sorted((site / "_static" / "moves").iterdir()):
            results["kilobytes"][path.name] = compressed(path.read_bytes())
    return results


def compressed(data):
    return round(len(gzip.compress(data, mtime=0)) / 1000, 1)


def table(results):
    """The results as lines of text."""
    lines = [f"{results['moves']} moves in Chromium {results['chromium']}; a frame: {FRAME:.1f} ms"]
    for name, times in results["figures"].items():
        middle, worst = times["median, ms"], times["worst, ms"]
        kilobytes = results["kilobytes"][name]
        lines.append(
            f"{name:18} median {middle:5} ms, worst {worst:5} ms, {kilobytes:5} kB in page"
        )
    for name, when in (
        ("moves.css", "with the page"),
        ("moves.js", "with the page"),
        ("vega.js", "when the reader is near"),
    ):
        lines.append(f"{name:18} {results['kilobytes'][name]} kB, sent once, {when}")
    return "\n".join(lines)


if __name__ == "__main__":
    results = measure()
    print(table(results))
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
