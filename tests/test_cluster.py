"""The long loss of chapter 11 on a real cluster of two processes, with the chapter's own cells."""

import os
import re

import numpy as np
import pytest
from notebooks import CHAPTERS, code_cells, read

from xentlib import binary_cross_entropy

(CHAPTER,) = [path for path in CHAPTERS if path.stem == "11_practice"]
ROWS, BLOCK = 100_500, 20_000  # the last block is short


def cells(*marks):
    """The cells of the chapter that hold these words, one for each."""
    sources = [cell.source for cell in code_cells(read(CHAPTER))]
    return [next(source for source in sources if mark in source) for mark in marks]


@pytest.fixture(scope="module")
def page():
    """What the cells leave behind, run on a small file, by itself and on two processes."""
    run = "\n".join(["import numpy as np", *cells("tofile", "memmap", "map(part", "Client(")])
    run = run.replace("1_000_000", str(ROWS)).replace("100_000", str(BLOCK))
    run = run.replace(
        "map(part, starts))\nprint", "map(part, starts))\nalone = sums, counts\nprint"
    )
    run = run.replace("processes=False", "n_workers=2, threads_per_worker=1")
    run = re.sub(r"( +)parts = .*", r"\g<0>\n\1workers = client.run(os.getpid)", run)
    exec(run, left := {"__name__": "page", "os": os})
    yield left
    left["folder"].cleanup()


def test_two_other_processes_have_worked(page):
    assert len({*page["workers"].values()} - {os.getpid()}) == 2


def test_the_cluster_and_one_process_give_the_mean_of_all(page):
    whole = binary_cross_entropy(page["label"], page["share"]).mean(dtype=float)
    for sums, counts in (page["alone"], (page["sums"], page["counts"])):
        assert sum(counts) == ROWS
        np.testing.assert_allclose(sum(sums) / sum(counts), whole, rtol=1e-6)


def test_the_mean_of_means_is_caught(page):
    means = np.divide(page["sums"], page["counts"])
    whole = sum(page["sums"]) / ROWS
    assert abs(means.mean() - whole) > 1e-5


def test_nothing_is_left_of_the_file(page):
    page["folder"].cleanup()
    assert not os.path.exists(page["file"])
