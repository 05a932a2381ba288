"""The role model: logistic regression over rules and tagger, fitted to the gold of the train papers."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from paperconcepts.evaluation.spans import trim_span
from paperconcepts.linking.linker import mentions_by_concept
from paperconcepts.linking.role_model import ROLE_FEATURES
from paperconcepts.linking.roles import SentenceIndex, collect_evidence, features_of
from paperconcepts.model import AnnotatedPaper, Role
from paperconcepts.vocabulary import Vocabulary

__all__ = ["export_roles", "fit_roles", "role_rows"]

GoldRoles = Mapping[tuple[int, int], str]


def role_rows(annotated: AnnotatedPaper, gold: GoldRoles, vocabulary: Vocabulary) -> list[tuple[list[float], str]]:
    """Features and gold role ("": no concept of the gold) of each concept; ``gold`` gives it by trimmed span."""
    paper = annotated.paper
    text = f"{paper.title}\n{paper.abstract}"
    shift = {"title": 0, "abstract": len(paper.title) + 1}
    index = SentenceIndex(paper, annotated.sentences)
    linked, mentions = mentions_by_concept(annotated, vocabulary)
    rows = []
    for concept_id, found in mentions.items():
        roles = [gold.get(trim_span(text, (m.start + shift[m.field], m.end + shift[m.field]))) for m in found]
        known = [role for role in roles if role]
        concept = linked[concept_id].concept
        evidence = collect_evidence(concept, found, index)
        role = min(set(known), key=lambda name: (-known.count(name), name)) if known else ""
        rows.append((features_of(concept, found, index, evidence), role))
    return rows


CLASSES = (*map(str, Role), "")


def fit_roles(
    rows: Sequence[tuple[list[float], str]], strength: float = 0.1
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Weights (class, feature) and biases; features are scaled for the fit and the scale is taken back."""
    features = np.array([row for row, _ in rows])
    labels = np.array([CLASSES.index(role) for _, role in rows])
    scale = np.maximum(features.std(axis=0), 0.05)
    model = LogisticRegression(C=strength, max_iter=400)
    model.fit(features / scale, labels)
    weights = np.zeros((len(CLASSES), features.shape[1]))
    biases = np.full(len(CLASSES), -20.0)
    weights[model.classes_] = model.coef_ / scale
    biases[model.classes_] = model.intercept_
    return weights, biases


def export_roles(
    weights: NDArray[np.float64], biases: NDArray[np.float64], path: Path, card: Mapping[str, Any]
) -> None:
    """Write the role model, weights to four digits."""
    data = {
        **card, "features": ROLE_FEATURES, "roles": CLASSES,
        "biases": [round(float(bias), 4) for bias in biases],
        "weights": [[round(float(weight), 4) for weight in row] for row in weights],
    }  # fmt: skip
    path.write_text(json.dumps(data, separators=(",", ":")) + "\n", encoding="utf-8")
