"""True values, from mpmath at 60 digits: `python tests/reference.py` writes reference_cases.json.

An input is stored as the hexadecimal floats that it is, and [x, n] stands for n times x. The value
is the plain definition on those exact numbers, in nats; of kl_divergence it is the sum of
p log(p/q) − p + q, which does not carry the rounding of the inputs' own sums. `value32` is the
value on the inputs rounded to float32, and is left out where those are no longer legal.
"""

import json
import math
from pathlib import Path
from random import Random

import mpmath
import numpy as np

FILE = Path(__file__).with_name("reference_cases.json")


# The definitions, on mpmath numbers; a distribution is a list of (x, n), n times x.


def log(x):
    return mpmath.log(x) if x else -mpmath.inf


def log1m(q):
    return mpmath.log1p(-q) if q < 1 else -mpmath.inf


def times(weight, x):
    return weight * x if weight else mpmath.mpf(0)


def total(f, *lists):
    """The sum of f over outcomes."""
    return mpmath.fsum(
        items[0][1] * f(*(x for x, _ in items)) for items in zip(*lists, strict=True)
    )


def waste(p, q):
    return times(p, log(p) - log(q)) - p + q


def waste_of_both(p, q):
    return (waste(p, (p + q) / 2) + waste(q, (p + q) / 2)) / 2


def softplus(z):
    return max(z, 0) + mpmath.log1p(mpmath.exp(-abs(z)))


def with_logits(p, z):
    """−Σ p log softmax(z), by the way up to the top plus log(1 + what the others add)."""
    top = max(x for x, _ in z)
    others = mpmath.fsum(n * mpmath.exp(x - top) for x, n in z if x < top)
    others += sum(n for x, n in z if x == top) - 1
    return total(lambda weight, x: times(weight, (top - x) + mpmath.log1p(others)), p, z)


TRUTH = {
    "surprisal": lambda p: -log(p),
    "entropy": lambda p: total(lambda p: -times(p, log(p)), p),
    "cross_entropy": lambda p, q: total(lambda p, q: -times(p, log(q)), p, q),
    "kl_divergence": lambda p, q: total(waste, p, q),
    "js_divergence": lambda p, q: total(waste_of_both, p, q),
    "binary_cross_entropy": lambda y, q: -times(y, log(q)) - times(1 - y, log1m(q)),
    "binary_cross_entropy_with_logits": lambda y, z: y * softplus(-z) + (1 - y) * softplus(z),
    "categorical_cross_entropy": lambda y, q: -log(q[y][0]),
    "categorical_cross_entropy_with_logits": lambda y, z: with_logits(
        [(mpmath.mpf(k == y), n) for k, (_, n) in enumerate(z)], z
    ),
    "cross_entropy_with_logits": with_logits,
}


# The inputs, in plain floats


def uniform(k):
    return [(1 / k, k)]


def random_distribution(random, k, power=1):
    """By exact operations only, so that every machine draws the same."""
    weights = [math.prod([random.random()] * power) for _ in range(k)]
    return [w / math.fsum(weights) for w in weights]


def random_logits(random, k, spread):
    return [spread * (math.fsum(random.random() for _ in range(12)) - 6) for _ in range(k)]


def inputs():
    """Yield (function, input) pairs: the ordinary, and where formulas cancel, overflow or end."""
    random = Random(1948)
    article, quarter = [0.4, 0.3, 0.2, 0.1], [0.25] * 4
    tiny = [1e-9, 1e-16, 1e-40, 1e-300, 2.0**-1022, 1e-310, 5e-324]
    nearly_one = [1 - 2.0**-k for k in (2, 8, 20, 30, 53)] + [0.9, 0.999999999]

    for p in [1.0, 0.5, 0.25, 0.1, 0.001, 0.7, 1 / 3, 0.0, *nearly_one, *tiny]:
        yield "surprisal", {"p": p}

    yield "entropy", {"p": [1.0]}
    yield "entropy", {"p": [0.0, 0.0, 1.0, 0.0]}
    yield "entropy", {"p": [0.75, 0.25]}
    yield "entropy", {"p": article}
    for k in (2, 3, 4, 5, 10, 50, 63, 64, 65, 100, 1000, 4096, 65536, 65537, 10**7):
        yield "entropy", {"p": uniform(k)}
    for p in tiny:
        yield "entropy", {"p": [1 - p, p]}
    for k in (3, 10, 30, 100):
        for power in (1, 8):
            yield "entropy", {"p": random_distribution(random, k, power)}
    yield "entropy", {"p": [0.5, (0.5 / 10**7, 10**7)]}

    yield "cross_entropy", {"p": article, "q": quarter}
    yield "cross_entropy", {"p": [0.0, 1.0, 0.0], "q": [*article[:2], 0.3]}
    yield "cross_entropy", {"p": [1.0, 0.0, 0.0, 0.0], "q": [4 / 9, 3 / 9, 1 / 9, 1 / 9]}
    yield "cross_entropy", {"p": [0.5, 0.5, 0.0], "q": [0.75, 0.25, 0.0]}
    yield "cross_entropy", {"p": [0.5, 0.5], "q": [1.0, 0.0]}
    yield "cross_entropy", {"p": [1.0, 5e-324], "q": [1.0, 0.0]}
    yield "cross_entropy", {"p": [(1e-7, 10**7)], "q": [(1e-7, 10**7)]}
    yield "cross_entropy", {"p": [1.0, 1e-20], "q": [0.999999999, 1e-9]}
    for q in tiny:
        yield "cross_entropy", {"p": [0.5, 0.5], "q": [1.0, q]}
    for q in nearly_one:
        yield "cross_entropy", {"p": [1.0, 0.0], "q": [q, 1 - q]}
    for k in (2, 10, 70):
        p, q = random_distribution(random, k), random_distribution(random, k, 4)
        yield "cross_entropy", {"p": p, "q": q}

    pairs = [
        (article, article),
        (article, quarter),
        ([1.0, 0.0], [0.5, 0.5]),
        ([0.0, 1.0], [0.5, 0.5]),
        ([0.5, 0.5], [1.0, 0.0]),
        ([1.0, 0.0], [0.0, 1.0]),
        ([0.5, 0.5, 0.0], [0.0, 0.5, 0.5]),
        ([0.75, 0.25], [0.5, 0.5]),
        ([0.0299, 0.9701], [0.01, 0.99]),
        ([0.01, 0.99], [0.0299, 0.9701]),
        ([1.0, 5e-324], [1.0, 0.0]),
        ([1.0, 0.0], [1.0, 5e-324]),
        ([1.0, 1e-300], [1.0, 1e-310]),
        ([0.5, 0.5], [1.0, 5e-324]),
        ([0.5 - 1e-9, 0.5, 1e-9], [0.5, 0.5 - 1e-9, 1e-9]),
        ([0.5 + 5e-10, 0.5 - 5e-10], [0.5, 0.5]),
        ([(1e-6, 10**6)], [(0.9e-6, 5 * 10**5), (1.1e-6, 5 * 10**5)]),
    ]
    pairs += [([0.5, 0.5], [1.0, q]) for q in tiny[:5]]
    pairs += [([1.0, p], [0.5, 0.5]) for p in tiny[:5]]
    for e in (0.9, 0.6, 0.5, 0.4, 0.3, 0.1, 1e-2, 1e-3, 1e-5, 1e-6, 1e-8, 1e-9, 1e-12, 1e-15):
        up, down = 0.25 * (1 + e), 0.25 * (1 - e)
        pairs.append(([up, down, up, down], quarter))
        pairs.append(([0.1, 0.9], [0.1 * (1 + e), 1 - 0.1 * (1 + e)]))
    for k in (2, 5, 10, 64):
        p = random_distribution(random, k)
        q = random_distribution(random, k)
        pairs.append((p, q))
        mixed = [0.9 * a + 0.1 * b for a, b in zip(p, q, strict=True)]
        pairs.append((p, [x / math.fsum(mixed) for x in mixed]))
    for p, q in pairs:
        if len(p) != len(q):
            p = [(p[0][0], n) for _, n in q]
        yield "kl_divergence", {"p": p, "q": q}
        yield "js_divergence", {"p": p, "q": q}

    yield "binary_cross_entropy", {"y": 0.5, "q": 1.0}
    yield "binary_cross_entropy", {"y": 0.5, "q": 0.0}
    yield "binary_cross_entropy", {"y": 0.3, "q": 0.7}
    for y in (0.0, 1.0, 0.3, 1 - 1e-9):
        for q in (0.0, 0.5, 0.1, 0.65, 1 - 1e-8, 1e-20, 1e-300, 5e-324, 1 - 2.0**-53, 1.0):
            yield "binary_cross_entropy", {"y": y, "q": q}

    for y in (0.0, 1.0, 0.5, 0.3, 1 - 1e-9, 1e-300):
        for z in (0.0, 1e-8, 0.7, 3.3, 40.0, 100.0, 745.0, 746.0, 1e4, 1e308, 5e-324):
            yield "binary_cross_entropy_with_logits", {"y": y, "z": z}
            yield "binary_cross_entropy_with_logits", {"y": y, "z": -z}

    for y, q in enumerate([0.25, 0.75, 1e-300, 1.0, 0.0, 5e-324, 1 - 2.0**-53]):
        rest = [(1 - q) / 7] * 7
        yield "categorical_cross_entropy", {"y": y, "q": [*rest[:y], q, *rest[y:]]}

    logits = [
        [0.0],
        [0.0] * 4,
        [40.0, 0.0],
        [37.3, -2.9],
        [-2.9, 37.3, -3.1],
        [2.9, -37.3],
        [-29.7, 0.3, -51.1],
        [100.0, 0.0, 0.0],
        [745.0, 0.0],
        [745.3, 0.1],
        [1e4, 0.0],
        [1e308, -1e308],
        [1e308, 1e308],
        [-1e308] * 3,
        [-1000.0, -1001.0, -1002.0],
        [2.0, 1.0, 0.1],
        [1e-8, 0.0],
        [1e-300, 0.0],
        [0.0, -mpmath.inf],
        [-mpmath.inf, 12.7, -25.3, -mpmath.inf],
        [1e16, 1e16 + 2, 1e16 - 40],
        [20.1, *random_logits(random, 65, 1)],
        random_logits(random, 10, 10),
        [55.3, *random_logits(random, 9, 10)],
        random_logits(random, 70, 1),
    ]
    for z in logits:
        z = [float(x) for x in z]
        for y in sorted({0, len(z) // 2, len(z) - 1}):
            yield "categorical_cross_entropy_with_logits", {"y": y, "z": z}
        k = len(z)
        for p in ([1 / k] * k, random_distribution(random, k), [0.0] * (k - 1) + [1.0]):
            yield "cross_entropy_with_logits", {"p": p, "z": z}
    for z in ([9.1, (0.05, 999)], [33.3, (0.1, 10**6)]):
        yield "categorical_cross_entropy_with_logits", {"y": 0, "z": z}
        p = [0.5, (0.5 / z[1][1], z[1][1])]
        yield "cross_entropy_with_logits", {"p": p, "z": z}


# The file, written and read


def numbers(x):
    """A list as (x, n) pairs of mpmath numbers; a number as an mpmath number, a label as it is."""
    if isinstance(x, list):
        items = [item if isinstance(item, tuple) else (item, 1) for item in x]
        return [(mpmath.mpf(value), n) for value, n in items]
    return x if isinstance(x, int) else mpmath.mpf(x)


def rounded(x):
    """x in float32, as a float."""
    if isinstance(x, list):
        return [rounded(item) for item in x]
    if isinstance(x, tuple):
        return (rounded(x[0]), x[1])
    with np.errstate(over="ignore"):
        return x if isinstance(x, int) else float(np.float32(x))


def is_legal(name, x):
    """Whether rounding left a distribution its sum, and a logit finite."""
    if not isinstance(x, list):
        return math.isfinite(x)
    values = [float(value) * n for value, n in numbers(x)]
    return math.isfinite(max(values)) if name == "z" else abs(math.fsum(values) - 1) < 1e-6


def spelled(x):
    """x as the file holds it."""
    if isinstance(x, list):
        return [spelled(item) for item in x]
    if isinstance(x, tuple):
        return [x[0].hex(), x[1]]
    return x if isinstance(x, int) else x.hex()


def case(function, given):
    def value(given):
        spelling = mpmath.nstr(TRUTH[function](*map(numbers, given.values())), 30)
        return spelling.removeprefix("+")  # mpmath before 1.4 writes +inf

    entry = {"function": function, "input": {name: spelled(x) for name, x in given.items()}}
    entry["value"] = value(given)
    in32 = {name: rounded(x) for name, x in given.items()}
    if all(is_legal(name, x) for name, x in in32.items()):
        entry["value32"] = value(in32)
    return entry


def text():
    with mpmath.workdps(60):
        entries = [case(function, given) for function, given in inputs()]
    return "[\n" + ",\n".join(json.dumps(entry) for entry in entries) + "\n]\n"


def cases(*functions):
    """The stored cases of some functions."""
    return [entry for entry in json.loads(FILE.read_text()) if entry["function"] in functions]


def array(x, dtype):
    """An input as the file holds it, as an array; a label as it is."""
    if isinstance(x, int):
        return x
    with np.errstate(over="ignore"):
        if isinstance(x, str):
            return np.array(float.fromhex(x)).astype(dtype)
        pairs = [item if isinstance(item, list) else (item, 1) for item in x]
        return np.concatenate([np.full(n, float.fromhex(item)) for item, n in pairs]).astype(dtype)


def ulps(result, truth):
    """The error in units of the last place of the truth, in the result's own precision."""
    with mpmath.workdps(40):
        truth = mpmath.mpf(truth)
        nearest = result.dtype.type(float(truth))
        if np.isinf(nearest):
            return 0.0 if result == nearest else math.inf
        return float(abs(mpmath.mpf(float(result)) - truth) / float(np.spacing(np.abs(nearest))))


def errors(function, case):
    """The errors in units of the last place in three bases, for float64 and for float32."""
    for dtype, key in ((np.float64, "value"), (np.float32, "value32")):
        if key in case:
            given = [array(x, dtype) for x in case["input"].values()]
            for base in (math.e, 2, 10) if np.size(given[-1]) < 10**5 else (2,):
                with mpmath.workdps(40):
                    natural = mpmath.mpf(case[key])
                    overflows = float(natural) == math.inf  # then it does in each base
                    truth = natural if base == math.e or overflows else natural / mpmath.log(base)
                yield ulps(function(*given, base=base), truth)


if __name__ == "__main__":
    FILE.write_text(text())
