"""Boosted trees over named features, fitted and written as whole numbers (`paperconcepts.linking.tree_model`)."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from linear import Row
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier

from paperconcepts.linking.tree_model import NO_LIMIT

__all__ = ["common_features", "fit_trees_of_features", "write_trees"]

_UNIT = 100_000
_NEVER = -20 * _UNIT


def common_features(rows: Sequence[Row], count: int) -> list[str]:
    """The names of the features that most rows have."""
    counts = Counter(name for features, _ in rows for name in features)
    return sorted(sorted(counts, key=lambda name: (-counts[name], name))[:count])


def fit_trees_of_features(
    rows: Sequence[Row], classes: Sequence[str], features: Sequence[str], **settings: Any
) -> dict[str, Any]:
    """Boosted trees over these features as the data of a tree model's file."""
    chosen = {"min_samples_leaf": 25, "l2_regularization": 5.0, "random_state": 0, "early_stopping": False} | settings
    labels = np.array([classes.index(label) for _, label in rows])
    trees = HistGradientBoostingClassifier(**chosen).fit(_matrix(rows, features), labels)
    found: dict[str, Any] = {name: [] for name in ("roots", "feature", "threshold", "child", "value")}
    bases = [_NEVER] * len(classes)
    for number, base in zip(trees.classes_, np.asarray(trees._baseline_prediction).ravel(), strict=True):
        bases[number] = round(float(base) * _UNIT)
    depth = 0
    known = {int(number): place for place, number in enumerate(trees.classes_)}
    for predictors in trees._predictors:
        for number in range(len(classes)):
            # A class that no row has keeps its base: its tree is one leaf that adds nothing.
            nodes = predictors[known[number]].nodes if number in known else None
            depth = max(depth, _add_tree(found, nodes))
    return {"classes": list(classes), "features": list(features), "depth": depth, "bases": bases, **found}


def _matrix(rows: Sequence[Row], names: Sequence[str]) -> NDArray[np.float32]:
    position = {name: column for column, name in enumerate(names)}
    values = np.zeros((len(rows), len(names)), dtype=np.float32)
    for row, (features, _) in enumerate(rows):
        for name, value in features.items():
            if name in position:
                values[row, position[name]] = value
    return values


def _add_tree(found: dict[str, list[int]], nodes: Any) -> int:
    """Add the nodes of a tree, None for one that adds nothing, children side by side; return its depth."""
    if nodes is None:
        nodes = [{"is_leaf": True, "value": 0.0}]
    offset = len(found["feature"])
    found["roots"].append(offset)
    order, depths = [0], [0]
    for place in range(len(nodes)):
        node = nodes[order[place]]
        leaf = bool(node["is_leaf"])
        found["child"].append(offset + (place if leaf else len(order)))
        found["feature"].append(0 if leaf else int(node["feature_idx"]))
        # Values are whole, so that what is at most the threshold is at most its whole part.
        found["threshold"].append(NO_LIMIT if leaf else int(np.floor(node["num_threshold"])))
        found["value"].append(round(float(node["value"]) * _UNIT) if leaf else 0)
        if not leaf:
            order += [int(node["left"]), int(node["right"])]
            depths += [depths[place] + 1] * 2
    return max(depths)


def write_trees(path: Path, card: Mapping[str, Any], fitted: Mapping[str, Any]) -> None:
    """Write trees: one line for each part, so that a change of one can be seen."""
    lines = [
        f"{json.dumps(name)}: {json.dumps(value, separators=(',', ':'))}" for name, value in {**card, **fitted}.items()
    ]
    path.write_text("{" + ",\n".join(lines) + "}\n", encoding="utf-8")
