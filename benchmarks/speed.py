"""How long each library takes for the same, in runs that take turns, so that noise is shared."""

import time
import tracemalloc

import numpy as np

from . import watched
from .peers import peers

ROWS = [(4,), (10_000, 10), (100_000, 10), (10_000, 1000)]
SHAPES = {
    "entropy": ROWS,
    "cross_entropy": ROWS,
    "kl_divergence": ROWS,
    "js_divergence": ROWS[:3],
    "categorical_cross_entropy": ROWS,
    "categorical_cross_entropy_with_logits": ROWS,
    "cross_entropy_with_logits": ROWS,
    "binary_cross_entropy": [(4,), (10_000_000,)],
    "binary_cross_entropy_with_logits": [(4,), (10_000_000,)],
}
CHECKED = {"scikit-learn", "PyTorch distributions"}  # they look whether q is a probability
BARE = {"SciPy", "PyTorch, 1 thread", "PyTorch, p log q as it is"}
LARGE = 10**5  # entries; below that a call has no aim but against those who check as well
SECONDS, ROUNDS = 8, 15  # for one line of the table, at most; but 3 rounds at least


def measure():
    cases = [
        (function, shape, dtype)
        for function, shapes in SHAPES.items()
        for shape in shapes
        for dtype in ("float64", "float32")
    ]
    bar = watched(cases, "speed", unit="row")
    return {
        "floor in ns an entry": floor(),
        "rows": [row(*case) for case in bar],
        "temporary memory in MB": {
            function: temporary_memory(function, shapes[-1]) for function, shapes in SHAPES.items()
        },
        "entropy in ns an entry": linearity(),
    }


def inputs(function, shape, dtype):
    """What a function is given: random distributions, logits, labels."""
    random = np.random.default_rng(0)
    binary = function.startswith("binary")
    q = random.random(shape) if binary else random.dirichlet(np.ones(shape[-1]), shape[:-1])
    p = random.integers(0, 2, shape) if binary else random.dirichlet(np.ones(shape[-1]), shape[:-1])
    z = 3 * random.normal(size=shape)
    p, q, z = (a.astype(dtype) for a in (p, q, z))
    if function.startswith("categorical"):
        p = random.integers(0, shape[-1], shape[:-1])
    return (p,) if function == "entropy" else (p, z if function.endswith("logits") else q)


def row(function, shape, dtype):
    """Quartiles of the time of xentlib, and of each peer's as a multiple of it, with our aims."""
    arrays = inputs(function, shape, dtype)
    runs = {
        p.name: (p.prepare, p.call(function, *arrays)) for p in peers() if function in p.functions
    }
    times = {name: [] for name in runs}
    repeats = {name: 1 + int(1e-3 / once(*run)) for name, run in runs.items()}
    end = time.perf_counter() + SECONDS
    while len(times["xentlib"]) < (ROUNDS if time.perf_counter() < end else 3):
        for name, run in runs.items():
            times[name].append(once(*run, repeats[name]))
    ours = np.array(times.pop("xentlib"))
    ratios = {name: quartiles(np.array(theirs) / ours) for name, theirs in times.items()}
    return {
        "function": function,
        "shape": "×".join(map(str, shape)),
        "dtype": dtype,
        "microseconds": quartiles(ours * 1e6),
        "ratios": ratios,
        "aims": {name: aim for name in ratios if (aim := aim_at(name, function, shape))},
    }


def once(prepare, call, repeats=1):
    """The seconds that a call takes; the first call of all, which compiles, does not count."""
    prepare()
    if repeats == 1:
        call()
    start = time.perf_counter()
    for _ in range(repeats):
        call()
    return (time.perf_counter() - start) / repeats


def quartiles(values):
    return [float(f"{q:.3g}") for q in np.quantile(values, [0.25, 0.5, 0.75])]


def aim_at(name, function, shape):
    """The multiple that a peer's time should reach: 1 if it checks its input, else 0.9, or None."""
    if name in CHECKED or (name, function) == ("PyTorch, 1 thread", "binary_cross_entropy"):
        return 1.0
    return 0.9 if name in BARE and np.prod(shape) >= LARGE else None


def floor():
    """What memory and processor allow: a block in cache copied, its logarithm, its exponential."""
    a, out = np.random.default_rng(0).random(2**15), np.empty(2**15)
    operations = {
        "copy": np.copyto,
        "log": lambda out, a: np.log(a, out),
        "exp": lambda out, a: np.exp(a, out),
    }
    result = {}
    for name, f in operations.items():
        times = [once(lambda: None, lambda f=f: f(out, a), 100) for _ in range(ROUNDS)]
        result[name] = quartiles(np.array(times) / a.size * 1e9)[1]
    large, copy = np.ones(10**7), np.ones(10**7)
    times = [once(lambda: None, lambda: np.copyto(copy, large), 2) for _ in range(ROUNDS)]
    return result | {"copy of 80 MB": quartiles(np.array(times) / large.size * 1e9)[1]}


def temporary_memory(function, shape):
    """The peak of NumPy's memory during a call, less the result, for those that use NumPy's."""
    arrays = inputs(function, shape, "float64")
    found = {}
    for peer in peers():
        if function in peer.functions and peer.name in ("xentlib", "SciPy", "scikit-learn"):
            call = peer.call(function, *arrays)
            tracemalloc.start()
            result = call()
            found[peer.name] = float(
                f"{(tracemalloc.get_traced_memory()[1] - np.asarray(result).nbytes) / 1e6:.2g}"
            )
            tracemalloc.stop()
    return {"shape": "×".join(map(str, shape)), **found}


def linearity():
    """The time for an entry as the input grows, in float32 to hold the largest."""
    (p,) = inputs("entropy", (10_000, 10), "float32")
    ours = next(peers())
    found = {}
    for times in (1, 10, 100, 1000):
        call = ours.call("entropy", np.tile(p, (times, 1)))
        runs = [once(ours.prepare, call) for _ in range(5)]
        found[f"{p.size * times:.0e}"] = float(f"{np.median(runs) / p.size / times * 1e9:.3g}")
    return found


def table(results):
    floor = ", ".join(f"{name} {ns} ns" for name, ns in results["floor in ns an entry"].items())
    lines = [f"The floor, per entry: {floor}", "Times of the peers in multiples of xentlib's own"]
    for row in results["rows"]:
        low, middle, high = row["microseconds"]
        what = f"{row['function']} {row['shape']} {row['dtype']}"
        lines.append(f"{what}: {middle:,} µs ({low:,} to {high:,})")
        for name, (low, middle, high) in row["ratios"].items():
            aim = row["aims"].get(name, 0)
            missed = f"  the aim was {aim}" if middle < aim else ""
            lines.append(f"  {name:28}{middle:8.3g} ({low:.3g} to {high:.3g}){missed}")
    lines.append("Temporary memory in MB")
    for function, found in results["temporary memory in MB"].items():
        lines.append(f"  {function:40}{found}")
    lines.append(f"Entropy, ns an entry as the input grows: {results['entropy in ns an entry']}")
    return "\n".join(lines)
