"""The role model: logistic regression over rules, tagger and words, fitted to the gold of the train papers."""

from collections.abc import Mapping, Sequence
from typing import Any

from linear import Row, fit_linear

from paperconcepts.evaluation.spans import trim_span
from paperconcepts.linking.linker import mentions_by_concept
from paperconcepts.linking.role_model import ROLE_FEATURES
from paperconcepts.linking.roles import SentenceIndex, collect_evidence, features_of
from paperconcepts.model import AnnotatedPaper, Role
from paperconcepts.vocabulary import Vocabulary

__all__ = ["fit_roles", "role_rows"]

GoldRoles = Mapping[tuple[int, int], str]


def role_rows(annotated: AnnotatedPaper, gold: GoldRoles, vocabulary: Vocabulary) -> list[Row]:
    """Features and gold role ("": no concept of the gold) of each concept; ``gold`` gives it by trimmed span."""
    paper = annotated.paper
    text = f"{paper.title}\n{paper.abstract}"
    shift = {"title": 0, "abstract": len(paper.title) + 1}
    index = SentenceIndex(paper, annotated.sentences)
    linked, mentions = mentions_by_concept(annotated, vocabulary)
    rows: list[Row] = []
    for concept_id, found in mentions.items():
        roles = [gold.get(trim_span(text, (m.start + shift[m.field], m.end + shift[m.field]))) for m in found]
        known = [role for role in roles if role]
        concept = linked[concept_id].concept
        evidence = collect_evidence(concept, found, index)
        role = min(set(known), key=lambda name: (-known.count(name), name)) if known else ""
        rows.append((features_of(concept, found, index, evidence), role))
    return rows


CLASSES = (*map(str, Role), "")
_STRENGTH = 0.003
_LEAST_COUNT = 8
_PLAIN = 4.0


def fit_roles(rows: Sequence[Row]) -> dict[str, Any]:
    """The role model of these rows; what is counted is scaled by its spread, words count as they are."""
    return fit_linear(
        rows,
        CLASSES,
        strength=_STRENGTH,
        least_count=_LEAST_COUNT,
        scaled=frozenset(ROLE_FEATURES).__contains__,
        plain=_PLAIN,
    )
