"""Linear models over named features, fitted and written as whole numbers (see `paperconcepts.linking.linear_model`)."""

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from paperconcepts.linking.linear_model import PRESENT, LinearModel, linear_model

__all__ = ["Row", "fit_linear", "model_of", "write_linear"]

# Features in hundredths, and the class.
Row = tuple[Mapping[str, int], str]
_SMALLEST = 0.05


def fit_linear(
    rows: Sequence[Row],
    classes: Sequence[str],
    *,
    strength: float,
    least_count: int,
    scaled: Callable[[str], bool] = lambda name: False,
    plain: float = 1.0,
) -> dict[str, Any]:
    """A logistic regression as the data of a linear model's file.

    Features of fewer than ``least_count`` rows are left out unless ``scaled``; those are divided by their deviation
    for the fit, all others are multiplied by ``plain``: what is larger is held back less.
    """
    counts = Counter(name for features, _ in rows for name in features)
    names = sorted(name for name, count in counts.items() if count >= least_count or scaled(name))
    position = {name: number for number, name in enumerate(names)}
    cells = [
        (row, position[name], value / PRESENT)
        for row, (features, _) in enumerate(rows)
        for name, value in features.items()
        if name in position
    ]
    at, columns, values = zip(*cells, strict=True)
    matrix = csr_matrix((values, (at, columns)), shape=(len(rows), len(names)))
    means = np.asarray(matrix.mean(0)).ravel()
    spread = np.sqrt(np.maximum(np.asarray(matrix.multiply(matrix).mean(0)).ravel() - means**2, 0.0))
    scale = np.array([1 / max(spread[n], _SMALLEST) if scaled(name) else plain for n, name in enumerate(names)])
    labels = np.array([classes.index(label) for _, label in rows])
    model = LogisticRegression(C=strength, max_iter=600).fit(matrix.multiply(scale).tocsr(), labels)
    weights = np.zeros((len(names), len(classes)))
    biases = np.full(len(classes), -20.0)
    weights[:, model.classes_] = (model.coef_ * scale).T
    biases[model.classes_] = model.intercept_
    kept = np.abs(weights).max(axis=1) >= 0.0005
    return {
        "classes": list(classes),
        "features": [name for name, keep in zip(names, kept, strict=True) if keep],
        "biases": np.rint(1000 * biases).astype(int).tolist(),
        "weights": np.rint(1000 * weights[kept]).astype(int).tolist(),
    }


def write_linear(path: Path, card: Mapping[str, Any], settings: Mapping[str, float], fitted: Mapping[str, Any]) -> None:
    """Write a linear model: one line for each feature, so that changes can be read."""
    lines = [f"{json.dumps(name)}: {json.dumps(value)}" for name, value in {**card, "settings": settings}.items()]
    lines += [f'"classes": {json.dumps(fitted["classes"])}', f'"biases": {json.dumps(fitted["biases"])}']
    for name in ("features", "weights"):
        rows = ",\n".join(json.dumps(item, ensure_ascii=False, separators=(",", ":")) for item in fitted[name])
        lines.append(f'"{name}": [\n{rows}\n]')
    path.write_text("{" + ",\n".join(lines) + "}\n", encoding="utf-8")


def model_of(fitted: Mapping[str, Any], settings: Mapping[str, float]) -> LinearModel:
    """The model of what was fitted, without a file."""
    return linear_model({**fitted, "version": "fitted", "settings": settings})
