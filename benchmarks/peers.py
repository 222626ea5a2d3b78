"""The peers: what each library calls the ten functions, one result per row, nothing reduced.

Where a library has no function, its users' formula stands, from functions that know 0 log 0.
"""

import os
import platform
from contextlib import suppress
from importlib import metadata, util

import numpy as np

import xentlib

os.environ.setdefault("KERAS_BACKEND", "jax")
PACKAGES = {
    "NumPy": "numpy",
    "SciPy": "scipy",
    "scikit-learn": "scikit-learn",
    "PyTorch": "torch",
    "JAX": "jax",
    "Keras": "keras",
}
MODULES = {"scikit-learn": "sklearn"}


def missing():
    return [name for name, package in PACKAGES.items() if not _is_there(name, package)]


def versions():
    """What was measured, and on what."""
    found = {name: p for name, p in PACKAGES.items() if _is_there(name, p)}
    return {
        "processor": _processor(),
        "Python": platform.python_version(),
        **{name: metadata.version(package) for name, package in found.items()},
    }


def _is_there(name, package):
    return util.find_spec(MODULES.get(name, package)) is not None


def _processor():
    """The processor's own name, its cores, and whether it has AVX-512, which NumPy makes use of."""
    lines = []
    with suppress(OSError), open("/proc/cpuinfo") as file:
        lines = file.read().splitlines()
    facts = dict(reversed([map(str.strip, line.split(":", 1)) for line in lines if ":" in line]))
    name = facts.get("model name") or platform.processor() or platform.machine()
    wide = " with AVX-512" if "avx512f" in facts.get("flags", "") else ""
    return f"{name}, {os.cpu_count()} cores{wide}"


class Peer:
    """A library: how an array becomes its own, and its functions."""

    def __init__(self, name, own, functions, wait=lambda result: result, prepare=lambda: None):
        self.name, self.own, self.functions = name, own, functions
        self.wait, self.prepare = wait, prepare

    def call(self, function, *arrays):
        """A call without arguments, its arrays converted beforehand."""
        given, call = [self.own(a) for a in arrays], self.functions[function]

        def run():
            return self.wait(call(*given))

        return run


def libraries():
    """Each way to compute by the name of its library: threads and compilers change no answer."""
    for peer in peers():
        if "2 threads" not in peer.name:
            yield peer.name.removesuffix(", 1 thread").removesuffix(", compiled"), peer


def peers():
    """xentlib first, then who is installed."""
    yield Peer("xentlib", np.asarray, {name: getattr(xentlib, name) for name in xentlib.__all__})
    for name, make in {
        "SciPy": _scipy,
        "scikit-learn": _scikit_learn,
        "PyTorch": _torch,
        "JAX": _jax,
        "Keras": _keras,
    }.items():
        if name not in missing():
            yield from make()


def _scipy():
    from scipy import spatial, special

    def pick(a, y):
        return np.take_along_axis(a, np.expand_dims(y, -1), -1)[..., 0]

    yield Peer(
        "SciPy",
        np.asarray,
        {
            "entropy": lambda p: special.entr(p).sum(-1),
            "cross_entropy": lambda p, q: -special.xlogy(p, q).sum(-1),
            "kl_divergence": lambda p, q: special.rel_entr(p, q).sum(-1),
            "js_divergence": lambda p, q: spatial.distance.jensenshannon(p, q, axis=-1) ** 2,
            "binary_cross_entropy": lambda y, q: -special.xlogy(y, q) - special.xlog1py(1 - y, -q),
            "binary_cross_entropy_with_logits": lambda y, z: (
                -y * special.log_expit(z) - (1 - y) * special.log_expit(-z)
            ),
            "categorical_cross_entropy_with_logits": lambda y, z: (
                -pick(special.log_softmax(z, axis=-1), y)
            ),
            "cross_entropy_with_logits": lambda p, z: (
                -(p * special.log_softmax(z, axis=-1)).sum(-1)
            ),
        },
    )


def _scikit_learn():
    from sklearn.metrics import log_loss

    def of_rows(y, q):
        y, q = np.atleast_1d(y), np.atleast_2d(q)
        return log_loss(y, q, labels=np.arange(q.shape[-1]), normalize=False)

    yield Peer(
        "scikit-learn",
        np.asarray,
        {
            "binary_cross_entropy": lambda y, q: log_loss(
                np.atleast_1d(y), np.atleast_1d(q), labels=[0, 1], normalize=False
            ),
            "categorical_cross_entropy": of_rows,
        },
    )


def _torch():
    import torch

    loss = torch.nn.functional
    functions = {
        "surprisal": lambda p: -torch.log(p),
        "entropy": lambda p: torch.special.entr(p).sum(-1),
        "cross_entropy": lambda p, q: -torch.xlogy(p, q).sum(-1),
        "kl_divergence": lambda p, q: loss.kl_div(q.log(), p, reduction="none").sum(-1),
        "binary_cross_entropy": lambda y, q: loss.binary_cross_entropy(q, y, reduction="none"),
        "binary_cross_entropy_with_logits": lambda y, z: loss.binary_cross_entropy_with_logits(
            z, y, reduction="none"
        ),
        "categorical_cross_entropy": lambda y, q: loss.nll_loss(q.log(), y, reduction="none"),
        "categorical_cross_entropy_with_logits": lambda y, z: loss.cross_entropy(
            z, y, reduction="none"
        ),
        "cross_entropy_with_logits": lambda p, z: loss.cross_entropy(z, p, reduction="none"),
    }
    checked = torch.distributions
    validated = {
        "entropy": lambda p: checked.Categorical(probs=p, validate_args=True).entropy(),
        "kl_divergence": lambda p, q: checked.kl_divergence(
            *(checked.Categorical(probs=a, validate_args=True) for a in (p, q))
        ),
    }
    plain = {
        "entropy": lambda p: -(p * p.log()).sum(-1),
        "cross_entropy": lambda p, q: -(p * q.log()).sum(-1),
    }

    def of_many_rows(f):
        def f_of_rows(y, model):  # torch wants the rows of a batch
            batch = torch.atleast_2d(model)
            return f(y.reshape(batch.shape[:-1] if y.dtype == torch.int64 else batch.shape), batch)

        return f_of_rows

    for name in ("categorical_cross_entropy", "categorical_cross_entropy_with_logits"):
        functions[name] = of_many_rows(functions[name])

    def threads(n):
        return lambda: torch.set_num_threads(n)

    yield Peer("PyTorch, 1 thread", torch.tensor, functions, prepare=threads(1))
    yield Peer("PyTorch, 2 threads", torch.tensor, functions, prepare=threads(2))
    yield Peer("PyTorch distributions", torch.tensor, validated, prepare=threads(1))
    yield Peer("PyTorch, p log q as it is", torch.tensor, plain, prepare=threads(1))


def _jax():
    import jax

    jax.config.update("jax_enable_x64", True)
    num, special, nn = jax.numpy, jax.scipy.special, jax.nn

    def pick(a, y):
        return num.take_along_axis(a, num.expand_dims(y, -1), -1)[..., 0]

    functions = {
        "surprisal": lambda p: -num.log(p),
        "entropy": lambda p: special.entr(p).sum(-1),
        "cross_entropy": lambda p, q: -special.xlogy(p, q).sum(-1),
        "kl_divergence": lambda p, q: special.rel_entr(p, q).sum(-1),
        "binary_cross_entropy": lambda y, q: -special.xlogy(y, q) - special.xlog1py(1 - y, -q),
        "binary_cross_entropy_with_logits": lambda y, z: (
            -y * nn.log_sigmoid(z) - (1 - y) * nn.log_sigmoid(-z)
        ),
        "categorical_cross_entropy": lambda y, q: -num.log(pick(q, y)),
        "categorical_cross_entropy_with_logits": lambda y, z: -pick(nn.log_softmax(z), y),
        "cross_entropy_with_logits": lambda p, z: -(p * nn.log_softmax(z)).sum(-1),
    }
    compiled = {name: jax.jit(f) for name, f in functions.items()}
    yield Peer("JAX, compiled", num.asarray, compiled, wait=jax.block_until_ready)


def _keras():
    if util.find_spec(os.environ["KERAS_BACKEND"]) is None:
        return
    import keras

    ops = keras.ops
    functions = {
        "cross_entropy": ops.categorical_crossentropy,
        "kl_divergence": keras.losses.kl_divergence,
        "binary_cross_entropy": ops.binary_crossentropy,
        "binary_cross_entropy_with_logits": lambda y, z: ops.binary_crossentropy(
            y, z, from_logits=True
        ),
        "categorical_cross_entropy": ops.sparse_categorical_crossentropy,
        "categorical_cross_entropy_with_logits": lambda y, z: ops.sparse_categorical_crossentropy(
            y, z, from_logits=True
        ),
        "cross_entropy_with_logits": lambda p, z: ops.categorical_crossentropy(
            p, z, from_logits=True
        ),
    }
    wait = lambda result: result  # noqa: E731
    if keras.backend.backend() == "jax":
        import jax

        functions = {name: jax.jit(f) for name, f in functions.items()}
        wait = jax.block_until_ready
    yield Peer("Keras, compiled", ops.convert_to_tensor, functions, wait=wait)
