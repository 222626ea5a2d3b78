"""Tampers with copies of the book, one change at a time, and counts what the tests catch.

``make mutate`` prints the score and each survivor. Options: how many changes of each kind, the
seed, and which kinds, for instance ``python tests/mutate.py --each 20 --seed 7 prose code``.
"""

import argparse
import ast
import functools
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
from notebooks import CHAPTERS, ROOT, code_cells, read
from prose import claims
from test_book import PAGES, problems_in_chapter, problems_in_page
from tqdm import tqdm

MODULES = [
    ROOT / "xentlib" / f"{name}.py" for name in ("information", "losses", "_checks", "_blocks")
]
OPERATORS = {
    ast.Add: ("+", "-"),
    ast.Sub: ("-", "+"),
    ast.Mult: ("*", "/"),
    ast.Div: ("/", "*"),
    ast.FloorDiv: ("//", "%"),
    ast.Mod: ("%", "//"),
    ast.Pow: ("**", "*"),
    ast.Lt: ("<", ">="),
    ast.LtE: ("<=", "<"),
    ast.Gt: (">", "<="),
    ast.GtE: (">=", ">"),
    ast.Eq: ("==", "!="),
    ast.NotEq: ("!=", "=="),
    ast.And: ("and", "or"),
    ast.Or: ("or", "and"),
    ast.BitAnd: ("&", "|"),
    ast.BitOr: ("|", "&"),
    ast.Is: ("is", "is not"),
    ast.In: ("in", "not in"),
}
FUNCTIONS = dict(
    pair.split(":")
    for pair in (
        "log:log1p log1p:log log2:log exp:expm1 expm1:exp abs:negative negative:abs "
        "square:abs maximum:minimum minimum:maximum max:min min:max any:all all:any "
        "isnan:isinf isinf:isnan isfinite:isnan add:subtract subtract:add multiply:divide "
        "divide:multiply less:greater greater:less less_equal:less greater_equal:greater "
        "arctanh:tanh sum:prod argmax:argmin argmin:argmax zeros:ones ones:zeros"
    ).split()
)


def other_digit(digit):
    return random.choice("0123456789".replace(digit, ""))


def digits_of(text):
    """The places of the digits in the numbers of ``text`` that have a decimal point or a unit."""
    return [
        number.start + place
        for number in claims(text)
        for place, sign in enumerate(number.shown)
        if sign.isdigit()
    ]


def tampered(text, place):
    return text[:place] + other_digit(text[place]) + text[place + 1 :]


def around(text, place):
    return " ".join(text[max(0, place - 40) : place + 30].split())


def prose_changes():
    """A digit in a chapter's text, captions and alt texts among it, or on a page."""
    for path in CHAPTERS:
        notebook = read(path)
        for index, cell in enumerate(notebook.cells):
            if cell.cell_type == "markdown":
                for place in digits_of(cell.source):
                    yield path, index, place
    for path in PAGES:
        for place in digits_of(path.read_text()):
            yield path, None, place


def caught_in_prose(change):
    path, index, place = change
    if index is None:
        text = tampered(path.read_text(), place)
        return bool(problems_in_page(path, text)), f"{path.name}: …{around(text, place)}…"
    notebook = read(path)
    cell = notebook.cells[index]
    cell.source = tampered(cell.source, place)
    return bool(problems_in_chapter(path, notebook)), f"{path.name}: …{around(cell.source, place)}…"


def output_changes():
    """A digit in what a cell has printed."""
    for path in CHAPTERS:
        for index, cell in enumerate(code_cells(read(path))):
            for number, output in enumerate(cell.outputs):
                for m in re.finditer(r"\d", output.get("text", "")):
                    yield path, index, number, m.start()


def caught_in_output(change):
    path, index, number, place = change
    notebook = read(path)
    notebook.cells = code_cells(notebook)[: index + 1]  # what comes later can't tell
    output = notebook.cells[index].outputs[number]
    output.text = tampered(output.text, place)
    return not prints_what_is_stored(notebook), f"{path.name}: …{around(output.text, place)}…"


def prints_what_is_stored(notebook):
    with tempfile.TemporaryDirectory() as folder:
        nbformat.write(notebook, Path(folder) / "chapter.ipynb")
        return passes(folder, "--nbval", "--nbval-current-env", "chapter.ipynb")


def code_changes():
    """An operator, a function or a constant in xentlib."""
    for path in MODULES:
        source = path.read_text()
        lines = [0]
        for line in source.splitlines(keepends=True):
            lines.append(lines[-1] + len(line.encode()))

        def at(line, column, lines=lines):
            return lines[line - 1] + column

        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.BinOp | ast.AugAssign):
                left, right = (
                    (node.left, node.right)
                    if isinstance(node, ast.BinOp)
                    else (node.target, node.value)
                )
                gaps = [(node.op, left, right)]
            elif isinstance(node, ast.Compare):
                operands = [node.left, *node.comparators]
                gaps = zip(node.ops, operands, operands[1:], strict=False)
            elif isinstance(node, ast.BoolOp):
                gaps = ((node.op, a, b) for a, b in zip(node.values, node.values[1:], strict=False))
            else:
                gaps = ()
            for op, left, right in gaps:
                if type(op) in OPERATORS:
                    old, new = OPERATORS[type(op)]
                    start = at(left.end_lineno, left.end_col_offset)
                    gap = source.encode()[start : at(right.lineno, right.col_offset)].decode()
                    yield path, start + gap.index(old), old, new
            if isinstance(node, ast.Constant) and type(node.value) in (int, float):
                old = ast.get_source_segment(source, node)
                yield path, at(node.lineno, node.col_offset), old, f"({old} + 1)"
            if isinstance(node, ast.Attribute) and node.attr in FUNCTIONS:
                end = at(node.end_lineno, node.end_col_offset)
                yield path, end - len(node.attr), node.attr, FUNCTIONS[node.attr]


def caught_in_code(change):
    path, place, old, new = change
    source = path.read_bytes()
    changed = source[:place] + new.encode() + source[place + len(old.encode()) :]
    line = source[:place].count(b"\n") + 1
    what = source.splitlines()[line - 1].decode().strip()
    caught = not passes_in_a_copy(path, changed)
    return caught, f"{path.name}:{line}: {old} -> {new}: {what}"


def passes_in_a_copy(path, source):
    """Whether the tests of the package pass in a copy that has this source in this place."""
    with tempfile.TemporaryDirectory() as folder:
        for name in ("xentlib", "tests"):
            shutil.copytree(
                ROOT / name, Path(folder) / name, ignore=shutil.ignore_patterns("__pycache__")
            )
        shutil.copy(ROOT / "pyproject.toml", folder)
        (Path(folder) / "xentlib" / path.name).write_bytes(source)
        tests = [f"tests/test_{module.stem.strip('_')}.py" for module in MODULES]
        modules = [f"xentlib/{module.name}" for module in MODULES]
        return passes(folder, "--doctest-modules", *tests, *modules)


def passes(folder, *arguments):
    """Whether pytest passes in ``folder``; it stops at the first failure."""
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-n0", "-p", "no:cacheprovider"]
    return (
        subprocess.run(
            [*command, "-o", "addopts=", *arguments],
            cwd=folder,
            env=os.environ | {"PYTHONPATH": folder, "PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            timeout=600,
        ).returncode
        == 0
    )


# What fails untouched shows nothing when it is tampered with.


def untouched_prose():
    yield from (not problems_in_chapter(path, read(path)) for path in CHAPTERS)
    yield from (not problems_in_page(path, path.read_text()) for path in PAGES)


def untouched_outputs():
    yield from (prints_what_is_stored(read(path)) for path in CHAPTERS)


def untouched_code():
    yield passes_in_a_copy(MODULES[0], MODULES[0].read_bytes())


KINDS = {
    "prose": (untouched_prose, prose_changes, caught_in_prose),
    "outputs": (untouched_outputs, output_changes, caught_in_output),
    "code": (untouched_code, code_changes, caught_in_code),
}


def judged(kind, each, seed):
    """Whether each of some changes was caught, and what it was."""
    untouched, changes, caught = KINDS[kind]
    bar = functools.partial(tqdm, leave=False, disable=None)
    assert all(bar(untouched(), f"{kind}, untouched", unit="check"))
    random.seed(seed)
    everything = list(changes())
    chosen = random.sample(everything, min(each, len(everything)))
    with ThreadPoolExecutor(1 if kind == "prose" else os.cpu_count()) as pool:
        return list(bar(pool.map(caught, chosen), kind, len(chosen), unit="change"))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "kinds", nargs="*", default=list(KINDS), metavar="kind", help="prose, outputs, code"
    )
    parser.add_argument("--each", type=int, default=80, help="changes of each kind (80)")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    assert not {k for k in options.kinds} - KINDS.keys(), "kinds: prose, outputs, code"
    for kind in options.kinds:
        results = judged(kind, options.each, options.seed)
        score = sum(found for found, _ in results)
        print(
            f"{kind}: {score} of {len(results)} changes caught ({score / len(results):.1%})",
            flush=True,
        )
        for found, what in results:
            if not found:
                print(f"  survived: {what}")


if __name__ == "__main__":
    main()
