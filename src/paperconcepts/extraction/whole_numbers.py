"""Layers of small networks in whole numbers: the same result to the last bit on every machine.

Weights and inputs of each layer are whole numbers of at most 127, and a product of such matrices with at most 1,040
rows stays below 2**24, so that float32 holds every sum exactly whatever the order in which a machine adds: results do
not depend on the processor, its threads or the batch. What is left are single multiplications, additions and roundings,
which IEEE 754 fixes.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["Floats", "Layer", "convolve", "shares", "whole"]

Floats = NDArray[np.float32]
_LIMIT = np.float32(127)
# Scores are rounded to this grid before they become probabilities, which then come from a table of whole numbers.
_GRID = 64
_LOWEST = -16 * _GRID
_POWERS = np.array([round(math.exp(step / _GRID) * 2**30) for step in range(_LOWEST, 1)], dtype=np.float64)


@dataclass(frozen=True, slots=True)
class Layer:
    """A matrix of whole numbers as float32, the step in which its inputs are counted, and what its products mean."""

    matrix: Floats
    scale: Floats
    bias: Floats
    step: np.float32

    def scores(self, values: Floats) -> Floats:
        """The products with each row of ``values``."""
        return self.scores_of_whole(whole(values, self.step))

    def scores_of_whole(self, values: Floats) -> Floats:
        """The products with rows that are counted in steps already."""
        found: Floats = values @ self.matrix
        found *= self.scale
        found += self.bias
        return found


def whole(values: Floats, step: np.float32) -> Floats:
    """``values`` in whole numbers of ``step``, at most 127.

    Examples:
        >>> whole(np.array([0.5, -0.26, 99], dtype=np.float32), np.float32(0.25)).tolist()
        [2.0, -1.0, 127.0]
    """
    counted = values * np.float32(1 / step)
    np.rint(counted, out=counted)
    return np.clip(counted, -_LIMIT, _LIMIT, out=counted)


def convolve(hidden: Floats, layer: Layer, gap: int) -> None:
    """Add to each row what the layer makes of it and the rows ``gap`` before and behind it, if that is above zero."""
    count, width = hidden.shape
    values = np.zeros((count + 2 * gap, width), dtype=np.float32)
    values[gap : gap + count] = whole(hidden, layer.step)
    window = np.concatenate([values[:count], values[gap : gap + count], values[2 * gap :]], axis=1)
    scores = layer.scores_of_whole(window)
    hidden += np.maximum(scores, np.float32(0), out=scores)


def shares(scores: Floats) -> NDArray[np.float64]:
    """The probabilities that scores stand for (softmax), row by row.

    Examples:
        >>> shares(np.array([[1, 1, -99]], dtype=np.float32)).round(3).tolist()
        [[0.5, 0.5, 0.0]]
    """
    steps = np.rint(scores * np.float32(_GRID)).astype(np.int64)
    below = np.maximum(steps - steps.max(axis=1, keepdims=True), _LOWEST)
    powers = _POWERS[below - _LOWEST]
    # Sums of whole numbers below 2**53: exact in any order.
    found: NDArray[np.float64] = powers / powers.sum(axis=1, keepdims=True)
    return found
