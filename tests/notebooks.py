"""The chapters as files: run from a fresh kernel (``make run``), and what makes them complete."""

import base64
import io
import re
import sys
from pathlib import Path

import nbformat
import numpy as np
from nbclient import NotebookClient
from PIL import Image
from tqdm import tqdm

from xentlib.figures.harbour import two_beliefs

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted((ROOT / "chapters").glob("*.ipynb"))
CHAPTERS = [path for path in NOTEBOOKS if path.name[0].isdigit()]
FRONT = ROOT / "_static" / "area.svg"
VEGA_LITE = "application/vnd.vegalite.v5+json"  # a moving figure; its numbers are compared instead
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def read(path):
    return nbformat.read(path, as_version=4)


def executed(path):
    """The notebook at ``path``, run top to bottom, with nothing in it that changes by itself."""
    notebook = read(path)
    NotebookClient(
        notebook,
        kernel_name="python3",
        record_timing=False,
        coalesce_streams=True,
        resources={"metadata": {"path": path.parent}},
    ).execute()
    notebook.metadata = nbformat.from_dict(METADATA)
    return notebook


def code_cells(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def incomplete(notebook):
    """What shows that a notebook was not run top to bottom from a fresh kernel, as sentences."""
    problems = []
    cells = code_cells(notebook)
    for place, cell in enumerate(cells, start=1):
        if cell.execution_count != place:
            problems.append(f"code cell {place} has the execution count {cell.execution_count}")
        if any(output.output_type == "error" for output in cell.outputs):
            problems.append(f"code cell {place} ends in an error")
        if any(output.get("name") == "stderr" for output in cell.outputs):
            problems.append(f"code cell {place} prints a warning")
        if not cell.outputs and re.search(r"print\(|figures\.", cell.source):
            problems.append(f"code cell {place} has lost its output")
        if len(cell.source.splitlines()) > 12:
            problems.append(f"code cell {place} is longer than 12 lines")
        if any(len(line) > 72 for line in cell.source.splitlines()):
            problems.append(f"code cell {place} has a line of over 72 characters")
        described = is_game(cell) or cell.metadata.get("mystnb", {}).get("image", {}).get("alt")
        if pictures(cell) and not described:
            problems.append(f"the figure of code cell {place} has no alt text")
    if notebook.metadata != nbformat.from_dict(METADATA):
        problems.append("the metadata are not normalised: run `make run`")
    return problems


def is_game(cell):
    """Whether a cell shows a game, which describes its still picture itself."""
    shown = "".join(output.get("data", {}).get("text/html", "") for output in cell.outputs)
    return 'data-game="' in shown and 'data-still="' in shown


def pictures(cell):
    """The still figures that a cell shows, as arrays of (height, width, RGB)."""
    shown = [output.get("data", {}) for output in cell.get("outputs", [])]
    encoded = [data.get("image/png") for data in shown if VEGA_LITE not in data]
    return [
        np.asarray(Image.open(io.BytesIO(base64.b64decode(png))).convert("RGB"), dtype=int)
        for png in encoded
        if png
    ]


def look_alike(one, other):
    """Whether two pictures are the same but for the noise of another platform's rounding."""
    if one.shape != other.shape:
        return False
    different = (np.abs(one - other) > 48).any(axis=-1)
    return different.mean() <= 5e-5  # a changed digit in a label is more than that


def drawn_otherwise(stored, fresh):
    """What is wrong if the figures of a cell look other than those of its fresh run, or None."""
    old, new = pictures(stored), pictures(fresh)
    if len(old) != len(new) or not all(map(look_alike, old, new)):
        return "The figure is not what its code draws"


def front_picture():
    """The picture of the landing page and of README.md, as a drawing."""
    return two_beliefs()._repr_svg_()


if __name__ == "__main__":
    if not sys.argv[1:]:
        FRONT.write_text(front_picture(), "utf-8")
    chosen = [Path(name).resolve() for name in sys.argv[1:]] or NOTEBOOKS
    for path in (bar := tqdm(chosen, unit="chapter", leave=False, disable=None)):
        bar.set_description(f"running {path.name}")
        notebook = executed(path)  # an error stops here: the file stays as it was
        nbformat.write(notebook, path)
        tqdm.write(f"{path.name}: {len(code_cells(notebook))} cells run")
