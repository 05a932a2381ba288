"""A multinomial logistic regression over named features, in whole numbers: the same result on every machine.

Feature values are hundredths (100 stands for "present"), weights thousandths. Sums of whole numbers do not depend on
their order nor on the processor; only the last step, the softmax over a handful of classes, is in floating point.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["PRESENT", "Features", "LinearModel", "linear_model", "softmax"]

PRESENT = 100
_UNIT = 100_000.0  # hundredths times thousandths
_NOTHING = 1_000_000  # exp(-10) is nothing in three digits
Features = Mapping[str, int]


@dataclass(frozen=True, slots=True, eq=False)
class LinearModel:
    """Classes, a row of weights for each feature, and one of biases.

    Attributes:
        version: names the model in evidence.
        classes: what the model tells apart, in the order of its probabilities.
        positions: the row of each feature; features that are not here count nothing.
        weights: (feature, class), thousandths; below them a row of noughts for features that are not here, and the bias
            of each class.
        settings: further numbers that were fitted with it, such as thresholds.

    Examples:
        >>> model = LinearModel("1", ("no", "yes"), {"seen": 0}, np.array([[-1000, 1000], [0, 0], [0, 0]]), {})
        >>> model.probabilities({"seen": PRESENT, "unknown": PRESENT})
        (0.119, 0.881)
    """

    version: str
    classes: tuple[str, ...]
    positions: Mapping[str, int]
    weights: NDArray[np.int64]
    settings: Mapping[str, float]

    def probabilities(self, features: Features) -> tuple[float, ...]:
        """A probability for each class, in their order, to three digits."""
        return self.probabilities_of([features])[0]

    def probabilities_of(self, rows: Sequence[Features]) -> list[tuple[float, ...]]:
        """The probabilities of several rows of features: the same as one by one, faster."""
        return [softmax(totals) for totals in self.totals_of(rows)]

    def totals_of(self, rows: Sequence[Features]) -> list[list[int]]:
        """What speaks for each class in each row, in hundred-thousandths: what ``softmax`` makes probabilities of."""
        return self._sums(rows, PRESENT)

    def sums_of(self, rows: Sequence[Features]) -> list[list[int]]:
        """What the features of each row add to the totals: without the bias."""
        return self._sums(rows, 0)

    def beside(self, other: "LinearModel") -> "LinearModel":
        """A model whose classes are those of this one and then those of another, with the totals of both.

        Examples:
            >>> one = LinearModel("1", ("no", "yes"), {"seen": 0}, np.array([[-1, 1], [0, 0], [2, 0]]), {})
            >>> two = LinearModel("1", ("no", "yes"), {"heard": 0}, np.array([[3, 0], [0, 0], [0, 4]]), {})
            >>> one.beside(two).totals_of([{"seen": 100, "heard": 100}])
            [[100, 100, 300, 400]]
        """
        names = list(dict.fromkeys((*self.positions, *other.positions)))
        weights = [
            model.weights[[*(model.positions.get(name, -2) for name in names), -2, -1]] for model in (self, other)
        ]
        return LinearModel(
            self.version, (*self.classes, *other.classes), {name: row for row, name in enumerate(names)},
            np.concatenate(weights, axis=1), self.settings,
        )  # fmt: skip

    def _sums(self, rows: Sequence[Features], bias: int) -> list[list[int]]:
        positions: list[int] = []
        values: list[int] = []
        starts: list[int] = []
        find = self.positions.get
        unknown = len(self.positions)
        for features in rows:
            starts.append(len(positions))
            # The bias is the last row of the weights: no row of features is ever empty.
            positions.append(-1)
            values.append(bias)
            positions.extend(map(find, features, repeat(unknown)))
            values.extend(features.values())
        if not starts:
            return []
        products = self.weights[positions] * np.array(values, dtype=np.int64)[:, None]
        totals: list[list[int]] = np.add.reduceat(products, starts, axis=0).tolist()
        return totals


def softmax(totals: Sequence[int]) -> tuple[float, ...]:
    """The probabilities, to three digits, of classes whose logits are given in hundred-thousandths.

    Examples:
        >>> softmax([0, 100_000])
        (0.269, 0.731)
    """
    top = max(totals)
    least = top - _NOTHING
    powers = [math.exp((total - top) / _UNIT) if total > least else 0.0 for total in totals]
    total = math.fsum(powers)
    # Like round(share, 3), which takes four times as long; halves go up.
    return tuple([int(1000.0 * power / total + 0.5) / 1000.0 for power in powers])


def linear_model(data: Mapping[str, Any]) -> LinearModel:
    """A model from the content of its file.

    Raises:
        KeyError, TypeError, ValueError: the content is not that of a model.
    """
    names = data["features"]
    weights = np.array(data["weights"], dtype=np.int64).reshape(len(names), len(data["classes"]))
    biases = np.array(data["biases"], dtype=np.int64).reshape(1, len(data["classes"]))
    weights = np.concatenate([weights, np.zeros_like(biases), biases])
    return LinearModel(
        data["version"], tuple(data["classes"]), {name: row for row, name in enumerate(names)}, weights,
        {name: float(value) for name, value in data["settings"].items()},
    )  # fmt: skip
