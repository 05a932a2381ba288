"""The ranker: boosted trees over the evidence for each candidate span, fitted to the gold of the train papers.

The tagger's part of the evidence must come from models that never saw the paper (out-of-fold), else the ranker would
trust the tagger more than it may.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from corpora import Example, tags_of
from decoding import Probabilities
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier
from spacy.tokens import Doc

from paperconcepts.evaluation.spans import trim_span
from paperconcepts.extraction.components import candidate_spans
from paperconcepts.extraction.concept_tagger import Tagged
from paperconcepts.extraction.pipeline import build_nlp, make_doc
from paperconcepts.extraction.span_features import FEATURES, SpanCandidates
from paperconcepts.extraction.tag_spans import tag_spans
from paperconcepts.model import Paper

__all__ = ["RankedPaper", "export_trees", "fit_trees", "prepare"]


@dataclass(slots=True)
class RankedPaper:
    """The candidate spans of one paper, their features, and which of them are right (weight: how sure that is)."""

    paper: Paper
    doc: Doc
    spans: list[SpanCandidates]
    rows: NDArray[np.float32]
    right: NDArray[np.bool_]


_NLP: Any = None


def prepare(paper: Paper, example: Example, probabilities: Probabilities) -> RankedPaper:
    """The candidates of a paper under given tag probabilities (tags and roles side by side)."""
    global _NLP
    if _NLP is None:
        _NLP = build_nlp("fast")
    doc = make_doc(paper, _NLP)
    for name, component in _NLP.pipeline:
        if name != "span_merge":
            doc = component(doc)
    tags = tags_of("own")
    count = len(tags)
    tagged = Tagged(
        example.spans, probabilities[:, :count].astype(np.float64), probabilities[:, count:].astype(np.float64)
    )
    doc.user_data["tagged"] = tagged
    doc.user_data["tag_spans"] = tag_spans(tagged.probabilities, tags)
    spans, rows = candidate_spans(doc)
    gold = {(start, end) for start, end, _ in example.entities}
    gold |= {trim_span(example.text, span) for span in gold}
    right = [
        (span.start, span.end) in gold or trim_span(example.text, (span.start, span.end)) in gold for span in spans
    ]
    return RankedPaper(paper, doc, spans, rows, np.array(right, dtype=bool))


def fit_trees(papers: Sequence[RankedPaper], **settings: Any) -> HistGradientBoostingClassifier:
    """Fit the trees to the spans of all papers."""
    chosen = {
        "max_iter": 160,
        "learning_rate": 0.06,
        "max_leaf_nodes": 12,
        "min_samples_leaf": 25,
        "l2_regularization": 2.0,
        "max_features": 0.4,
        "random_state": 0,
    } | settings
    trees = HistGradientBoostingClassifier(early_stopping=False, **chosen)
    trees.fit(np.concatenate([paper.rows for paper in papers]), np.concatenate([paper.right for paper in papers]))
    return trees


def export_trees(trees: HistGradientBoostingClassifier, path: Path, card: Mapping[str, Any]) -> None:
    """Write the trees as flat arrays: a leaf points to itself, values are whole millionths."""
    roots: list[int] = []
    feature: list[int] = []
    threshold: list[float] = []
    left: list[int] = []
    right: list[int] = []
    value: list[int] = []
    depth = 0
    for (predictor,) in trees._predictors:
        offset = len(feature)
        roots.append(offset)
        for number, node in enumerate(predictor.nodes):
            leaf = bool(node["is_leaf"])
            depth = max(depth, int(node["depth"]))
            feature.append(0 if leaf else int(node["feature_idx"]))
            # float32 below the next value, as the rows are float32
            threshold.append(0.0 if leaf else float(np.float32(node["num_threshold"])))
            left.append(offset + (number if leaf else int(node["left"])))
            right.append(offset + (number if leaf else int(node["right"])))
            value.append(round(float(node["value"]) * 1e6) if leaf else 0)
    data = {
        **card, "features": FEATURES, "depth": depth, "base": round(float(trees._baseline_prediction[0, 0]) * 1e6),
        "roots": roots, "feature": feature, "threshold": threshold, "left": left, "right": right, "value": value,
    }  # fmt: skip
    path.write_text(json.dumps(data, separators=(",", ":")) + "\n", encoding="utf-8")
