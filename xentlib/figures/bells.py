"""Normal densities, cut into bins so narrow that a density is a distribution."""

import numpy as np

AXIS = np.linspace(-30, 30, 6001)
BIN = AXIS[1] - AXIS[0]


def log_bell(x, mean, sd):
    """The logarithm of a Gaussian density."""
    return -(((x - mean) / sd) ** 2) / 2 - np.log(sd * np.sqrt(2 * np.pi))


def binned(density):
    return density / density.sum()
