"""What libraries answer to the numbers of chapter 11, and how the work of a long loss grows.

Each call is stored as it was run, with its answer.
"""

import warnings
from contextlib import contextmanager
from importlib import metadata
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time

import numpy as np

from xentlib import binary_cross_entropy
from xentlib.figures.harbour import COUSIN, NORTH, SOUTH

from . import watched
from .peers import missing

BOOKS = {"southern": SOUTH, "northern": NORTH, "cousin": COUSIN}
DIARY = [0, 0, 1, 0, 2, 0, 1, 3]  # eight southern days, each weather in its share

HARBOUR = [  # southern days p with a code book q
    ("NumPy", "np.sum(p * -np.log2(q))"),
    ("scikit-learn", "log_loss(diary, [q] * 8)"),
    ("SciPy", "entropy(p, q)"),
    ("JAX", "rel_entr(p, q)"),
    ("PyTorch", "cross_entropy(q, p)"),
    ("Keras", "categorical_crossentropy(p, q)"),
    ("PyTorch", "kl_div(q.log(), p)"),
]
CLINIC = {  # p and q of the south and the north; a single call for each symptom and cure
    "kl_div, sum": ("PyTorch", "kl_div(q.log(), p, reduction='sum')"),
    "kl_div, swapped": ("PyTorch", "kl_div(p.log(), q, reduction='sum')"),
    "kl_div, no log": ("PyTorch", "kl_div(q, p, reduction='sum')"),
    "kl_div, mean": ("PyTorch", "kl_div(q.log()[None], p[None])"),
    "kl_div, batchmean": ("PyTorch", "kl_div(q.log()[None], p[None], reduction='batchmean')"),
    "kl_div, batchmean of one row": ("PyTorch", "kl_div(q.log(), p, reduction='batchmean')"),
    "softmax twice": ("PyTorch", "cross_entropy(t([0.4, 0.5, 0.1]), t(1))"),
    "softmax twice, perfect": ("PyTorch", "cross_entropy(t([0.0, 1.0, 0.0]), t(1))"),
    "softmax once": ("PyTorch", "nll_loss(t([0.4, 0.5, 0.1]).log(), t(1))"),
    "log-softmax twice": ("PyTorch", "cross_entropy(log_softmax(t([2, 1, 0.1]), -1), t(0))"),
    "log-softmax once": ("PyTorch", "cross_entropy(t([2, 1, 0.1]), t(0))"),
    "sigmoid, then log": ("PyTorch", "binary_cross_entropy(sigmoid(f([17])), f([0]))"),
    "from the score": ("PyTorch", "binary_cross_entropy_with_logits(f([17]), f([0]))"),
    "never, PyTorch": ("PyTorch", "binary_cross_entropy(t([0.0]), t([1.0]))"),
    "never, Keras": ("Keras", "binary_crossentropy(t([1.0]), t([0.0]))"),
    "never, scikit-learn": ("scikit-learn", "log_loss([1], [0.0], labels=[0, 1])"),
    "never, JAX": ("JAX", "-np.log(t(0.0))"),
    "scores as shares": ("Keras", "sparse_categorical_crossentropy(t([0]), t([[2, 1, 0.1]]))"),
    "scores as scores": (
        "Keras",
        "sparse_categorical_crossentropy(t([0]), t([[2, 1, 0.1]]), from_logits=True)",
    ),
    "negative scores as shares": (
        "Keras",
        "sparse_categorical_crossentropy(t([0]), t([[-1, 2, 0.5]]))",
    ),
    "negative scores as scores": (
        "Keras",
        "sparse_categorical_crossentropy(t([0]), t([[-1, 2, 0.5]]), from_logits=True)",
    ),
    "a lost tenth, Keras": ("Keras", "categorical_crossentropy(t(cat), t(lost))"),
    "a lost tenth, PyTorch": ("PyTorch", "nll_loss(t(lost).log(), t(0))"),
    "label for prediction": ("Keras", "categorical_crossentropy(t(belief), t(plane))"),
    "yes or no of a softmax": ("PyTorch", "binary_cross_entropy(t(belief), t(plane))"),
    "weights, PyTorch": (
        "PyTorch",
        "nll_loss(t(two).log(), t([1, 2]), weight=t([1.0, 2.0, 1.0]))",
    ),
    "weights, Keras": (
        "Keras",
        "SparseCategoricalCrossentropy()(t([1, 2]), t(two), sample_weight=t([2.0, 1.0]))",
    ),
    "weights, scikit-learn": (
        "scikit-learn",
        "log_loss([1, 2], two, labels=[0, 1, 2], sample_weight=[2, 1])",
    ),
    "smoothing, PyTorch": (
        "PyTorch",
        "cross_entropy(t(belief).log(), t(1), label_smoothing=0.1)",
    ),
    "smoothing, Keras": (
        "Keras",
        "categorical_crossentropy(t(plane), t(belief), label_smoothing=0.1)",
    ),
    "label -100": (
        "PyTorch",
        "cross_entropy(t([[0.4, 0.5, 0.1]] * 2).log(), t([1, -100]))",
    ),
}
BELIEFS = {
    "cat": [1.0, 0.0, 0.0, 0.0],
    "lost": [0.4, 0.3, 0.1, 0.1],  # sums to 0.9
    "plane": [0.0, 1.0, 0.0],
    "belief": [0.4, 0.5, 0.1],
    "two": [[0.4, 0.5, 0.1], [0.1, 0.2, 0.7]],
}
ROWS, BLOCK = (10**6, 10**7, 10**8), 10**6


def measure():
    return {"harbour": harbour(), "clinic": clinic(), "growth": growth()}


def harbour():
    """Each call with its answers: a number, or one for each weather, by the code book."""
    return [
        {"library": library, "call": call}
        | {book: answer(library, call, p=SOUTH, q=q) for book, q in BOOKS.items()}
        for library, call in watched(HARBOUR, "harbour")
        if library not in missing()
    ]


def clinic():
    """Each call of the bug clinic with its answer, by its symptom or cure."""
    return {
        name: {"library": library, "call": call, "answer": answer(library, call, p=SOUTH, q=NORTH)}
        for name, (library, call) in watched(CLINIC.items(), "clinic")
        if library not in missing()
    }


def answer(library, call, **given):
    """What the call returns, as Python's own numbers."""
    with warnings.catch_warnings(), np.errstate(divide="ignore"):
        warnings.simplefilter("ignore")  # PyTorch warns of the mean over cells
        names = NAMES[library]()
        own = names.get("t", np.asarray)
        names |= {name: own(value) for name, value in given.items()} | BELIEFS
        return np.squeeze(np.asarray(eval(call, names), float)).tolist()


def _numpy():
    return {"np": np}


def _scipy():
    from scipy.stats import entropy

    return {"entropy": entropy}


def _scikit_learn():
    from sklearn.metrics import log_loss

    return {"log_loss": log_loss, "diary": DIARY}


def _torch():
    import torch

    def t(values):
        array = np.asarray(values)
        whole = array.dtype.kind == "i" and array.max() <= 2 and array.ndim < 2
        return torch.tensor(array if whole else array.astype(float))

    names = {"t": t, "f": lambda values: torch.tensor(values, dtype=torch.float32)}
    return vars(torch.nn.functional) | names


def _jax():
    import jax

    jax.config.update("jax_enable_x64", True)
    return {"rel_entr": jax.scipy.special.rel_entr, "t": jax.numpy.asarray, "np": jax.numpy}


def _keras():
    import keras

    return vars(keras.losses) | {"t": keras.ops.convert_to_tensor}


NAMES = {
    "NumPy": _numpy,
    "SciPy": _scipy,
    "scikit-learn": _scikit_learn,
    "PyTorch": _torch,
    "JAX": _jax,
    "Keras": _keras,
}


def growth():
    """Processor seconds for the mean loss of a file, by blocks: in one process, and in two."""
    from distributed import Client

    found = []
    with Client(n_workers=2, threads_per_worker=1, dashboard_address=":0") as client:

        def in_two(*given):
            return client.gather(client.map(*given, pure=False))

        def clock():
            return process_time() + sum(client.run(process_time).values())

        for rows in watched(ROWS, "growth"):
            with predictions(rows) as file:
                times = seconds(map, process_time, file), seconds(in_two, clock, file)
                found.append({"rows": rows} | dict(zip(("one", "two"), times, strict=True)))
    return {"distributed": metadata.version("distributed"), "block": BLOCK, "seconds": found}


@contextmanager
def predictions(rows):
    """A file of labels, and of their predictions, that goes when it is no longer wanted."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "predictions"
        data = np.memmap(file, np.float32, "w+", shape=(2, rows))
        for start in range(0, rows, BLOCK):
            drawn, some = np.random.default_rng(start), slice(start, start + BLOCK)
            q = data[1, some] = drawn.random(BLOCK, np.float32)
            data[0, some] = drawn.random(BLOCK) < q
        data.flush()
        yield str(file)


def block(file, start):
    """The sum of a block's losses, and their count."""
    y, q = np.memmap(file, np.float32, "r").reshape(2, -1)[:, start : start + BLOCK]
    return binary_cross_entropy(y, q).sum(dtype=float), y.size


def seconds(mapped, clock, file):
    """The least processor time of three for the mean loss of all blocks."""
    starts, times = range(0, Path(file).stat().st_size // 8, BLOCK), []
    for _ in range(3):
        begin = clock()
        sums, counts = zip(*mapped(block, [file] * len(starts), starts), strict=True)
        sum(sums) / sum(counts)
        times.append(clock() - begin)
    return min(times)


def table(results):
    lines = ["What the libraries answer"]
    for asked in results["harbour"]:
        lines.append(f"  {asked['library']:14}{asked['call']:34}{asked['northern']}")
    for name, asked in results["clinic"].items():
        lines.append(f"  {name:30}{asked['library']:14}{asked['answer']}")
    first, *_ = results["growth"]["seconds"]
    for found in results["growth"]["seconds"]:
        one, two = (f"{found[way] / first['one']:.1f}" for way in ("one", "two"))
        lines.append(f"  {found['rows']:>11,} rows: {one} times the first, in two processes {two}")
    return "\n".join(lines)
