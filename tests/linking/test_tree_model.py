"""Boosted trees in whole numbers."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperconcepts.errors import ModelError
from paperconcepts.linking import model_files as module
from paperconcepts.linking.model_files import load_model
from paperconcepts.linking.relation_model import load_relation_model
from paperconcepts.linking.role_model import load_role_model
from paperconcepts.linking.tree_model import NO_LIMIT, TreeModel, tree_model

_SEEN = {
    "classes": ["no", "yes"], "features": ["seen", "often"], "roots": [0, 1], "feature": [0, 0, 1, 0, 0, 0],
    "threshold": [NO_LIMIT, 0, 50, NO_LIMIT, NO_LIMIT, NO_LIMIT], "child": [0, 2, 4, 3, 4, 5],
    "value": [0, 0, 0, 300_000, -100_000, 100_000], "depth": 2, "bases": [0, -50_000],
}  # fmt: skip


def _walk(data: dict[str, Any], features: dict[str, int]) -> list[int]:
    """The totals of each class, one step after the other."""
    totals = list(data["bases"])
    for number, node in enumerate(data["roots"]):
        while data["child"][node] != node:
            name = data["features"][data["feature"][node]]
            node = data["child"][node] + (features.get(name, 0) > data["threshold"][node])
        totals[number % len(totals)] += data["value"][node]
    return totals


def test_values_lead_to_leaves() -> None:
    """What is at most the threshold goes to the first child; what no tree asks for counts nothing."""
    rows = [{}, {"often": 51}, {"seen": 1, "other": 9}, {"seen": 100, "often": 100}]
    assert [_walk(_SEEN, row)[1] for row in rows] == [-150_000, 50_000, 250_000, 250_000]
    found = tree_model(_SEEN).probabilities_of(rows)
    assert [pair[1] for pair in found] == [0.182, 0.622, 0.924, 0.924]
    assert tree_model(_SEEN).probabilities_of([]) == []


@given(st.lists(st.dictionaries(st.sampled_from(["seen", "often", "x"]), st.integers(0, 300)), max_size=5))
def test_rows_do_not_depend_on_each_other(rows: list[dict[str, int]]) -> None:
    """All at once or one by one."""
    model = tree_model(_SEEN)
    assert model.probabilities_of(rows) == [model.probabilities_of([row])[0] for row in rows]


@pytest.mark.parametrize("model", [load_role_model().trees, load_relation_model().trees], ids=["roles", "relations"])
def test_shipped_trees_end_in_leaves(model: TreeModel) -> None:
    """After as many steps as the depth says every way has come to a leaf, whatever the values."""
    for high in (0, 1):
        nodes = model.roots
        for _ in range(model.depth):
            nodes = model.child[nodes] + (high & (model.threshold[nodes] < NO_LIMIT))
        assert (model.child[nodes] == nodes).all()
    inner = model.threshold < NO_LIMIT
    assert (model.value[inner] == 0).all()
    assert len(np.unique(np.concatenate([model.child[inner], model.child[inner] + 1, model.roots]))) == len(inner)


def test_a_damaged_file_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each fault is an error that names the file."""
    path = tmp_path / "data" / "trees.json"
    path.parent.mkdir()
    monkeypatch.setattr(module, "files", lambda package: tmp_path)
    wrong: list[dict[str, Any]] = [
        {}, {**_SEEN, "child": [9] * 6}, {**_SEEN, "feature": [0] * 5}, {**_SEEN, "feature": [2] * 6},
        {**_SEEN, "roots": [0, 1, 2]}, {**_SEEN, "bases": [0]}, {**_SEEN, "roots": [0, -1]},
    ]  # fmt: skip
    for text in ("{", *map(json.dumps, wrong)):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(ModelError, match=r"trees\.json: the model trees cannot be read .*reinstall"):
            load_model("trees", ["no", "yes"], tree_model)
    path.write_text(json.dumps(_SEEN), encoding="utf-8")
    assert load_model("trees", ["no", "yes"], tree_model).depth == 2
    with pytest.raises(ModelError, match="tells no, yes apart, not a, b"):
        load_model("trees", ["a", "b"], tree_model)
