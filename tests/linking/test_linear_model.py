"""Linear models over named features: sums of whole numbers, checked files."""

import json
import math
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperconcepts.errors import ModelError
from paperconcepts.linking import model_files as module
from paperconcepts.linking.linear_model import PRESENT, LinearModel, linear_model
from paperconcepts.linking.model_files import load_model
from paperconcepts.linking.relation_model import load_relation_model
from paperconcepts.linking.role_model import load_role_model
from paperconcepts.model import Predicate, Role

_WEIGHTS = np.array([[1000, -500, 0], [0, 2000, 30], [0, 0, 0], [100, 0, -70]])
MODEL = LinearModel("t", ("a", "b", "c"), {"x": 0, "y": 1}, _WEIGHTS, {})


def _by_hand(features: dict[str, int]) -> list[float]:
    scores = list(map(float, _WEIGHTS[-1] / 1000))
    for name, value in features.items():
        for n, weight in enumerate(_WEIGHTS[MODEL.positions[name]] if name in MODEL.positions else ()):
            scores[n] += value / 100 * weight / 1000
    total = sum(map(math.exp, scores))
    return [math.exp(score) / total for score in scores]


@given(st.lists(st.dictionaries(st.sampled_from(["x", "y", "unknown"]), st.integers(-300, 300)), max_size=5))
def test_softmax_of_weighted_features(rows: list[dict[str, int]]) -> None:
    """Probabilities are the softmax of bias and weighted features; unknown features count nothing, rows do not mix."""
    found = MODEL.probabilities_of(rows)
    assert len(found) == len(rows)
    for row, shares in zip(rows, found, strict=True):
        assert shares == MODEL.probabilities(row)
        assert list(shares) == pytest.approx(_by_hand(row), abs=0.0006)


def test_order_of_features_is_nothing() -> None:
    """Sums are of whole numbers, so that the order of the features cannot change a digit."""
    names = {"x": 33, "y": 67, "z": PRESENT}
    assert MODEL.probabilities(names) == MODEL.probabilities(dict(reversed(names.items())))


def test_shipped_models_are_for_their_classes() -> None:
    """The models that ship tell roles and predicates apart, and a last class for none."""
    roles, relations = load_role_model(), load_relation_model()
    assert roles.first.classes == roles.second.classes == roles.trees.classes == (*map(str, Role), "")
    assert relations.classes == relations.trees.classes == (*map(str, Predicate), "")
    for model in (roles.first, roles.second, relations.linear):
        assert model.weights.shape == (len(model.positions) + 2, len(model.classes))
        assert 0.0 < model.settings["least"] < 1.0


def _shipped() -> dict[str, Any]:
    data: dict[str, Any] = json.loads((files("paperconcepts") / "data" / "role_model.json").read_text("utf-8"))
    return data


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (None, "cannot be read .*FileNotFoundError"),
        ('{"features": [', "cannot be read .*JSONDecodeError"),
        ("3", "cannot be read .*TypeError"),
        (json.dumps({"features": []}), "cannot be read .*KeyError"),
        (json.dumps({**_shipped(), "weights": 1}), "cannot be read .*ValueError"),
        (json.dumps({**_shipped(), "features": _shipped()["features"][1:]}), "cannot be read .*ValueError"),
        (json.dumps({**_shipped(), "classes": list("abcdefghi")}), "tells a, b, .* apart, not introduces, "),
    ],
    ids=["missing", "cut off", "no object", "incomplete", "no weights", "fewer features", "other classes"],
)
def test_unusable_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: str | None, message: str) -> None:
    """A model that is missing, damaged or made for other classes is one error with its file and what to do."""
    path = tmp_path / "data" / "role_model.json"
    path.parent.mkdir()
    if damage is not None:
        path.write_text(damage, encoding="utf-8")
    monkeypatch.setattr(module, "files", lambda package: tmp_path)
    with pytest.raises(ModelError, match=message) as caught:
        load_model("role_model", (*map(str, Role), ""), linear_model)
    assert str(caught.value).startswith(f"{path}: the model ")
    assert str(caught.value).endswith("; reinstall paperconcepts")


def test_weights_must_fit_features() -> None:
    """A row of weights for each feature, a weight for each class: else the content is no model."""
    data = {"version": "1", "classes": ["a", "b"], "features": ["x"], "weights": [[1, 2, 3]], "biases": [0, 0]}
    with pytest.raises(ValueError, match="reshape"):
        linear_model({**data, "settings": {}})
