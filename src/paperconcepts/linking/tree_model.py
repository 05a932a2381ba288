"""Boosted trees over named features, in whole numbers: the same result on every machine.

Feature values are those of `paperconcepts.linking.linear_model`, hundredths; a feature that is not there is 0. Leaf
values are hundred-thousandths on the logit scale: their sums depend neither on their order nor on the processor.
Gradient boosting after Friedman, "Greedy function approximation" (Annals of Statistics 29(5), 2001).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from paperconcepts.linking.linear_model import Features, softmax

__all__ = ["NO_LIMIT", "TreeModel", "tree_model"]

NO_LIMIT = 2**31 - 1
"""The threshold of a leaf."""


@dataclass(frozen=True, slots=True, eq=False)
class TreeModel:
    """Trees in turn for each class: row ``n`` of each array is a node.

    Attributes:
        classes: what the model tells apart, in the order of its probabilities.
        positions: the column of each feature that a tree asks for.
        roots: the first node of each tree; their number is a multiple of that of the classes.
        feature: the column that a node looks at.
        threshold: a row whose value is at most this goes to the first child, others to the node after it.
        child: the first child of a node; a leaf is its own, and no value exceeds its threshold.
        value: what a leaf adds, hundred-thousandths.
        depth: how many steps lead from a root to the deepest leaf.
        bases: what each class begins with, hundred-thousandths.

    Examples:
        >>> data = {"classes": ["no", "yes"], "features": ["seen"], "roots": [0, 1], "feature": [0, 0, 0, 0],
        ...         "threshold": [NO_LIMIT, 50, NO_LIMIT, NO_LIMIT], "child": [0, 2, 2, 3],
        ...         "value": [0, 0, -200000, 200000], "depth": 1, "bases": [0, 0]}
        >>> tree_model(data).probabilities_of([{"seen": 100}, {}])
        [(0.119, 0.881), (0.881, 0.119)]
    """

    classes: tuple[str, ...]
    positions: Mapping[str, int]
    roots: NDArray[np.intp]
    feature: NDArray[np.intp]
    threshold: NDArray[np.int32]
    child: NDArray[np.intp]
    value: NDArray[np.int32]
    depth: int
    bases: NDArray[np.int64]

    def probabilities_of(self, rows: Sequence[Features]) -> list[tuple[float, ...]]:
        """A probability for each class, in their order, to three digits, of each row of features."""
        if not rows:
            return []
        values = self._matrix(rows)
        width = values.shape[1]
        begin = np.arange(len(rows))[:, None] * width
        flat = values.ravel()
        nodes = np.broadcast_to(self.roots, (len(rows), len(self.roots)))
        for _ in range(self.depth):
            high = flat.take(self.feature.take(nodes) + begin) > self.threshold.take(nodes)
            nodes = self.child.take(nodes) + high
        added = self.value.take(nodes).reshape(len(rows), -1, len(self.classes)).sum(axis=1, dtype=np.int64)
        found = added + self.bases
        return [softmax(totals) for totals in found.tolist()]

    def _matrix(self, rows: Sequence[Features]) -> NDArray[np.int32]:
        known, width = self.positions, max(1, len(self.positions))
        places: list[int] = []
        found: list[int] = []
        for number, features in enumerate(rows):
            names = features.keys() & known.keys()
            places += [number * width + known[name] for name in names]
            found += [features[name] for name in names]
        values = np.zeros(len(rows) * width, dtype=np.int32)
        values[places] = found
        return values.reshape(len(rows), width)


def tree_model(data: Mapping[str, Any]) -> TreeModel:
    """A model from the content of its file.

    Raises:
        KeyError, TypeError, ValueError: the content is not that of a model.
    """
    # Places are of the type that arrays are looked up with, which spares a copy at each step.
    roots, feature, child = (np.array(data[name], dtype=np.intp) for name in ("roots", "feature", "child"))
    threshold, value = (np.array(data[name], dtype=np.int32) for name in ("threshold", "value"))
    size = len(feature)
    if any(len(found) != size for found in (child, threshold, value)):
        raise ValueError("the nodes do not make trees")
    inside = [(roots, size), (child + (threshold < NO_LIMIT), size), (feature, max(1, len(data["features"])))]
    if (
        any(len(found) and (found.min() < 0 or found.max() >= most) for found, most in inside)
        or len(roots) % len(data["classes"])
        or len(data["bases"]) != len(data["classes"])
    ):
        raise ValueError("the nodes do not make trees")
    return TreeModel(
        classes=tuple(data["classes"]),
        positions={name: column for column, name in enumerate(data["features"])},
        roots=roots,
        feature=feature,
        threshold=threshold,
        child=child,
        value=value,
        depth=int(data["depth"]),
        bases=np.array(data["bases"], dtype=np.int64),
    )
