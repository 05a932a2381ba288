"""Spans are ranked by trees, and chosen without overlaps, for the greatest sum."""

import json
from importlib.resources import files
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperconcepts.errors import ModelError
from paperconcepts.extraction import span_ranker
from paperconcepts.extraction.span_features import FEATURES
from paperconcepts.extraction.span_ranker import SpanRanker, choose_spans, load_ranker

LEAST = 0.4
places = st.lists(
    st.tuples(st.integers(0, 12), st.integers(1, 6), st.integers(0, 1000)).map(
        lambda t: ((t[0], t[0] + t[1]), t[2] / 1000)
    ),
    max_size=7,
    unique_by=lambda pair: pair[0],
)


def _gain(chosen: list[int] | tuple[int, ...], probabilities: list[float]) -> float:
    return sum(probabilities[n] - LEAST for n in chosen)


@given(places)
def test_best_of_all_choices(pairs: list[tuple[tuple[int, int], float]]) -> None:
    """No set of spans without overlaps exceeds the threshold by more."""
    spans, probabilities = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    chosen = choose_spans(spans, probabilities, LEAST)
    ordered = sorted(spans[n] for n in chosen)
    assert all(a[1] <= b[0] for a, b in pairwise(ordered))
    assert all(probabilities[n] >= LEAST for n in chosen)
    best = max(
        _gain(some, probabilities)
        for size in range(len(spans) + 1)
        for some in combinations(range(len(spans)), size)
        if all(spans[a][1] <= spans[b][0] or spans[b][1] <= spans[a][0] for a, b in combinations(some, 2))
    )
    assert _gain(chosen, probabilities) == pytest.approx(best, abs=1e-4)


def test_trees() -> None:
    """A row walks each tree to a leaf; the sum of the leaves becomes a probability."""
    ranker = SpanRanker(
        version="t", roots=np.array([0]), feature=np.array([1, 0, 0]),
        threshold=np.array([0.5, 0, 0], dtype=np.float32), children=np.array([1, 2, 1, 1, 2, 2]),
        value=np.array([0, -2_000_000, 2_000_000]), depth=2, base=0, slope=1.0, shift=0.0, least=0.4,
        proposed=0.1,
    )  # fmt: skip
    assert ranker.rank(np.array([[9.0, 0.5], [9.0, 0.6]], dtype=np.float32)) == [0.119, 0.881]


def test_what_is_introduced_is_worth_more() -> None:
    """Between two spans that are equally likely, the one that its paper introduces is kept more readily."""
    ranker = load_ranker()
    plain, introduced = ranker.worth([0.5, 0.5], [0.0, 0.8])
    assert plain == 0.5
    assert introduced == pytest.approx(0.5 + 0.8 * ranker.proposed)
    assert introduced > plain


def test_shipped_ranker_reads_these_features() -> None:
    """The ranker that ships was trained on the features that this version reads."""
    ranker = load_ranker()
    assert ranker.feature.max() < len(FEATURES)
    assert ranker.rank(np.zeros((0, len(FEATURES)), dtype=np.float32)) == []


def test_confidence_grows_with_the_evidence() -> None:
    """What every source and a sure tagger name is likelier a concept than what hardly anything speaks for."""
    weak = dict.fromkeys(FEATURES, 0.0) | {"tagger_logit": -5.0, "all_lower": 1.0, "words": 1.0}
    strong = weak | {
        "tagger_logit": 5.0, "tagger_inside_mean": 0.99, "tagger_inside_least": 0.99, "form_best": 0.99,
        "form_mean": 0.99, "form_share_tagged": 1.0, "source_catalogue": 1.0, "rule_confidence": 0.8, "sources": 1.0,
        "has_capital": 1.0, "all_lower": 0.0, "type_share": 0.9,
    }  # fmt: skip
    rows = np.array([list(weak.values()), list(strong.values())], dtype=np.float32)
    low, high = load_ranker().rank(rows)
    assert 0.0 <= low < load_ranker().least < 0.8 < high <= 1.0


def _shipped() -> dict[str, Any]:
    data: dict[str, Any] = json.loads((files("paperconcepts") / "data" / "span_ranker.json").read_text("utf-8"))
    return data


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (None, "cannot be read .*FileNotFoundError"),
        ("", "cannot be read .*JSONDecodeError"),
        ("[1]", "cannot be read .*TypeError"),
        (json.dumps({"features": FEATURES}), "cannot be read .*KeyError: 'version'"),
        (json.dumps({**_shipped(), "roots": ["x"]}), "cannot be read .*ValueError"),
        (json.dumps({**_shipped(), "features": FEATURES[1:]}), "was trained on other features"),
        (json.dumps({**_shipped(), "features": sorted(FEATURES)}), "was trained on other features"),
    ],
    ids=["missing", "empty", "no object", "incomplete", "not a number", "fewer features", "another order"],
)
def test_unusable_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: str | None, message: str) -> None:
    """A ranker that is missing, damaged or made for other features is one error with its file and what to do."""
    path = tmp_path / "data" / "span_ranker.json"
    path.parent.mkdir()
    if damage is not None:
        path.write_text(damage, encoding="utf-8")
    monkeypatch.setattr(span_ranker, "files", lambda package: tmp_path)
    with pytest.raises(ModelError, match=message) as caught:
        load_ranker.__wrapped__()
    assert str(caught.value).startswith(f"{path}: the span ranker ")
    assert str(caught.value).endswith("; reinstall paperconcepts")
