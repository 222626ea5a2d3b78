"""`python -m benchmarks` runs all parts, or those that it names: accuracy, silence,
practice, training, speed, figures, site.

Each part prints a table and writes a file in xentlib/datasets/measured. Peers that are not
installed are left out: `pip install -e ".[bench]"` brings them.
"""

import json
import sys
from importlib import import_module
from pathlib import Path

from .peers import missing, versions

PARTS = ["accuracy", "silence", "practice", "training", "speed", "figures", "site"]
RESULTS = Path(__file__).parents[1] / "xentlib" / "datasets" / "measured"


def main(names):
    print(", ".join(f"{name} {version}" for name, version in versions().items()))
    for name in missing():
        print(f"{name} is not installed and left out")
    for name in names:
        part = import_module(f".{name}", __package__)
        results = {"versions": versions()} | part.measure()
        print(f"\n{part.table(results)}", flush=True)
        file = RESULTS / f"{name}.json"
        file.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:] or PARTS)
