"""The relation model: a regression and trees over pairs of concepts, fitted to the gold relations of train papers."""

from collections.abc import Sequence
from typing import Any

from linear import Row, fit_linear
from trees import common_features, fit_trees_of_features

from paperconcepts.evaluation.comparison import align_concepts
from paperconcepts.evaluation.gold import GoldPaper
from paperconcepts.evaluation.spans import find_surfaces
from paperconcepts.linking.linker import ConceptsWithRoles, concepts_with_roles
from paperconcepts.linking.relations import find_relations
from paperconcepts.linking.role_model import RoleModel
from paperconcepts.model import AnnotatedPaper, Predicate, allows
from paperconcepts.vocabulary import Vocabulary

__all__ = ["fit_relations", "relation_rows"]

CLASSES = (*map(str, Predicate), "")
_STRENGTH = 0.04
_LEAST_COUNT = 10
_COMMON = 600
_TREES = {"max_iter": 50, "max_leaf_nodes": 8, "learning_rate": 0.1, "min_samples_leaf": 25, "max_features": 0.3}


def relation_rows(
    annotated: AnnotatedPaper, gold: GoldPaper, role_model: RoleModel, vocabulary: Vocabulary
) -> list[Row]:
    """Features and gold relation ("": none) of each pair of a paper's concepts."""
    found = concepts_with_roles(annotated, vocabulary, role_model=role_model)
    places = _gold_places(found, gold)
    related = {(a, b): str(predicate) for a, predicate, b in gold.relations}
    stated = find_relations(found.concepts, found.assertions, found.index)
    rows: list[Row] = []
    pairs = found.pairs(stated, vocabulary)
    for subject, target, features in pairs.features():
        name = ""
        if subject in places and target in places:
            ends = places[subject], places[target]
            name = related.get(ends, "")
            if not name and related.get(ends[::-1]) == Predicate.COMPARED_WITH:
                name = str(Predicate.COMPARED_WITH)
        if name and not allows(Predicate(name), *pairs.kinds(subject, target)):
            name = ""
        rows.append((features, name))
    return rows


def _gold_places(found: ConceptsWithRoles, gold: GoldPaper) -> dict[str, int]:
    """The gold concept of each concept, by position; where no span is the same, one that overlaps."""
    text = f"{found.index.paper.title}\n{found.index.paper.abstract}"
    shift = {"title": 0, "abstract": len(found.index.paper.title) + 1}
    spans = [
        frozenset((m.start + shift[m.field], m.end + shift[m.field]) for m in item.mentions)
        for item in found.assertions
    ]
    strict, relaxed = align_concepts(spans, find_surfaces([concept.surfaces for concept in gold.concepts], text), text)
    return {found.assertions[n].concept_id: place for n, place in {**relaxed, **strict}.items()}


def fit_relations(rows: Sequence[Row]) -> dict[str, dict[str, Any]]:
    """The two parts of the relation model, by their names."""
    return {
        "linear": fit_linear(rows, CLASSES, strength=_STRENGTH, least_count=_LEAST_COUNT),
        "trees": fit_trees_of_features(rows, CLASSES, common_features(rows, _COMMON), **_TREES),
    }
