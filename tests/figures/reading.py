"""The figures of all chapters, and what a figure that the reader moves says at all its places."""

import inspect
from importlib import import_module
from itertools import product
from pkgutil import iter_modules

import numpy as np

import xentlib.figures
from xentlib.figures.games import Game
from xentlib.figures.moving import Moving

MODULES = [
    import_module(f"xentlib.figures.{module.name}")
    for module in iter_modules(xentlib.figures.__path__)
]
FUNCTIONS = {
    (module.__name__.rpartition(".")[2], name): function
    for module in MODULES
    for name, function in inspect.getmembers(module, inspect.isfunction)
    if function.__module__ == module.__name__
}
STILL = {
    (room, name): draw
    for (room, name), draw in FUNCTIONS.items()
    if hasattr(draw, "__wrapped__") and not name.startswith("_")
}
MOVING, GAMES = (
    {
        place: make
        for place, make in FUNCTIONS.items()
        if inspect.signature(make) == inspect.Signature(return_annotation=kind)
    }
    for kind in (Moving, Game)
)
PRINTED = 0.5000001e-4  # half a unit of the last of four decimals


def number(text):
    return float(text.replace("−", "-").replace("∞", "inf").replace("%", "").split(" bit")[0])


def columns(figure):
    """What the controls say at all places, and what is read there."""
    places = product(*(control.texts for control in figure.controls))
    shown = zip(*places, strict=True)
    read = {c.name: column for c, column in zip(figure.controls, shown, strict=True)}
    return read | figure.readings


def read(figure, *names):
    return [np.array([number(text) for text in columns(figure)[name]]) for name in names]
