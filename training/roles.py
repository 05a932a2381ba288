"""The role model: regressions and trees over rules, tagger and words, fitted to the gold of the train papers."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from corpora import ROLES, Example
from linear import Row, fit_linear, model_of
from trees import fit_trees_of_features

from paperconcepts.evaluation.spans import trim_span
from paperconcepts.linking.linker import mentions_by_concept
from paperconcepts.linking.other_concepts import OTHERS, with_others
from paperconcepts.linking.role_model import ROLE_FEATURES, RoleModel
from paperconcepts.linking.roles import SentenceIndex, collect_evidence, features_of
from paperconcepts.linking.tree_model import tree_model
from paperconcepts.model import AnnotatedPaper, Role
from paperconcepts.vocabulary import Vocabulary

__all__ = ["first_shares", "fit_role_model", "gold_roles", "role_model_of", "role_rows"]

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


def gold_roles(example: Example) -> dict[tuple[int, int], str]:
    """The role of each gold span, by its trimmed place."""
    found = {}
    for start, end, _ in example.entities:
        inside = [n for n, (a, b) in enumerate(example.spans) if a < end and b > start]
        if inside and example.roles is not None:
            found[trim_span(example.text, (start, end))] = ROLES[example.roles[inside[0]]]
    return found


CLASSES = (*map(str, Role), "")
_FIRST = 0.003
_SECOND = 0.006
_LEAST_COUNT = 12
_PLAIN = 4.0
_TREES = {"max_iter": 60, "max_leaf_nodes": 8, "learning_rate": 0.15, "min_samples_leaf": 25, "max_features": 0.4}
Shares = Sequence[tuple[float, ...]]


def fit_first(papers: Iterable[Sequence[Row]]) -> dict[str, Any]:
    """What reads each concept by itself; what is counted is scaled by its spread, words count as they are."""
    return _fit([row for rows in papers for row in rows], _FIRST, ROLE_FEATURES)


def first_shares(papers: Sequence[Sequence[Row]], parts: Sequence[Collection[int]]) -> list[Shares]:
    """What the first pass says of each concept of each paper, by models that have not seen the paper."""
    found: list[Shares] = [[]] * len(papers)
    for held in parts:
        fitted = fit_first(rows for number, rows in enumerate(papers) if number not in held)
        model = model_of(fitted, {})
        for number in held:
            found[number] = model.probabilities_of([features for features, _ in papers[number]])
    return found


def fit_role_model(papers: Sequence[Sequence[Row]], unseen: Sequence[Shares]) -> dict[str, dict[str, Any]]:
    """The three parts of the role model, by their names; ``unseen`` is what ``first_shares`` gives."""
    second = [
        (features, label)
        for rows, shares in zip(papers, unseen, strict=True)
        for features, (_, label) in zip(with_others([f for f, _ in rows], shares), rows, strict=True)
    ]
    return {
        "first": fit_first(papers),
        "second": _fit(second, _SECOND, (*ROLE_FEATURES, *OTHERS)),
        "trees": fit_trees_of_features(second, CLASSES, (*ROLE_FEATURES, *OTHERS), **_TREES),
    }


def role_model_of(fitted: Mapping[str, Mapping[str, Any]], least: float) -> RoleModel:
    """The model of what was fitted, without files."""
    settings = {"least": least}
    first, second = (model_of(fitted[name], settings) for name in ("first", "second"))
    return RoleModel(first, second, tree_model(fitted["trees"]))


def _fit(rows: Sequence[Row], strength: float, scaled: Collection[str]) -> dict[str, Any]:
    return fit_linear(
        rows, CLASSES, strength=strength, least_count=_LEAST_COUNT, scaled=frozenset(scaled).__contains__, plain=_PLAIN
    )
