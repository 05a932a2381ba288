"""Papers that are about the same concepts, and concepts that keep the same company."""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from paperconcepts.errors import UnknownNameError
from paperconcepts.graph import ResearchGraph
from paperconcepts.model import ConceptType, Role
from paperconcepts.query.co_occurrence import association, pair_counts
from paperconcepts.query.incidence import chosen_types, concept_at, read_incidence

__all__ = ["ROLE_WEIGHTS", "SimilarConcept", "SimilarPaper", "similar", "similar_concepts", "similar_papers"]

ROLE_WEIGHTS: Mapping[Role, float] = MappingProxyType(
    {
        Role.INTRODUCES: 1.0,
        Role.ADDRESSES: 1.0,
        Role.STUDIES: 1.0,
        Role.USES: 0.8,
        Role.EVALUATES_ON: 0.8,
        Role.COMPARES: 0.6,
        Role.MEASURES: 0.4,
        Role.MENTIONS: 0.3,
    }
)
"""How much a concept in this role says about what a paper is about."""


@dataclass(frozen=True, slots=True)
class SimilarPaper:
    """A paper, its similarity (0 to 1), and the concepts that it shares, the weightiest first."""

    paper_id: str
    title: str
    issued: str | None
    score: float
    shared: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SimilarConcept:
    """A concept, its similarity (0 to 1), the papers with both, and their common company, the weightiest first."""

    concept_id: str
    label: str
    type: ConceptType
    score: float
    together: int
    shared: tuple[str, ...]


def similar_papers(
    graph: ResearchGraph, name: str, *, limit: int | None = 20, role_weights: Mapping[Role, float] = ROLE_WEIGHTS
) -> list[SimilarPaper]:
    """Papers that share concepts with one paper, most similar first.

    A paper is a vector of its concepts, each weighing its role (:data:`ROLE_WEIGHTS`) times its inverse document
    frequency, the logarithm of all papers over its papers; similarity is the cosine. Only papers that share a concept
    are looked at.

    Args:
        graph: the graph to ask.
        name: the paper, by id, identifier or title.
        limit: how many to return, None for all.
        role_weights: other weights; a role that is missing weighs nothing.

    Raises:
        UnknownNameError: no paper bears this name.

    Examples:
        >>> from paperconcepts.examples import example_graph
        >>> found = similar_papers(example_graph(), "QLoRA: Efficient Finetuning of Quantized LLMs", limit=3)
        >>> any(row.title.startswith("LoRA") for row in found)
        True
    """
    paper_id = graph.paper(name).id
    incidence = read_incidence(graph)
    idf = {one: math.log(incidence.total / len(papers)) for one, papers in incidence.papers_of.items()}

    def vector(paper: str) -> dict[str, float]:
        concepts = incidence.concepts_of.get(paper, {})
        return {one: idf[one] * role_weights.get(role, 0.0) for one, role in concepts.items()}

    own = vector(paper_id)
    candidates = sorted({paper for one, weight in own.items() if weight for paper in incidence.papers_of[one]})
    rows = []
    for other in candidates:
        score, shared = _cosine(own, vector(other))
        if other != paper_id and score > 0:
            record = graph.graph.nodes[other]["paper"]
            labels = tuple(concept_at(graph, one).label for one in shared)
            rows.append(SimilarPaper(other, record.label, record.issued, score, labels))
    return sorted(rows, key=lambda row: (-row.score, row.paper_id))[:limit]


def similar_concepts(
    graph: ResearchGraph,
    name: str,
    *,
    types: Sequence[ConceptType | str] | None = None,
    min_support: int = 2,
    limit: int | None = 20,
) -> list[SimilarConcept]:
    """Concepts that stand with the same other concepts, whether or not they stand in one paper.

    A concept is a vector of the concepts it shares papers with, each weighing its normalised pointwise
    mutual information where that is positive; similarity is the cosine.

    Args:
        graph: the graph to ask.
        name: the concept, by any of its names.
        types: the types of concepts to return, default that of the concept itself.
        min_support: leave out concepts of fewer papers, from the answer and from the company.
        limit: how many to return, None for all.

    Raises:
        UnknownNameError: no concept bears this name.
        ValueError: there is no such type.

    Examples:
        >>> from paperconcepts.examples import example_graph
        >>> rows = similar_concepts(example_graph(), "LoRA")
        >>> {row.type.value for row in rows}
        {'Method'}
    """
    concept = graph.concept(name).concept
    wanted = chosen_types([concept.type] if types is None else types)
    incidence = read_incidence(graph)
    supports = {one: len(papers) for one, papers in incidence.papers_of.items()}
    kept = {one for one, support in supports.items() if support >= min_support} | {concept.id}
    vectors: defaultdict[str, dict[str, float]] = defaultdict(dict)
    together: dict[str, int] = {}
    for (first, second), shared in sorted(pair_counts(incidence).items()):
        if first not in kept or second not in kept:
            continue
        weight = association(shared, supports[first], supports[second], incidence.total).npmi
        if concept.id in (first, second):
            together[second if first == concept.id else first] = shared
        if weight > 0:
            vectors[first][second] = vectors[second][first] = weight
    own = vectors[concept.id]
    candidates = sorted({other for context in own for other in vectors[context]} - {concept.id})
    rows = []
    for other in candidates:
        found = concept_at(graph, other)
        if found.type in wanted:
            score, company = _cosine(own, vectors[other])
            labels = tuple(concept_at(graph, one).label for one in company)
            rows.append(SimilarConcept(other, found.label, found.type, score, together.get(other, 0), labels))
    return sorted(rows, key=lambda row: (-row.score, row.concept_id))[:limit]


def similar(graph: ResearchGraph, name: str, *, limit: int | None = 20) -> list[SimilarPaper] | list[SimilarConcept]:
    """What is similar to whatever bears this name, papers first.

    Raises:
        UnknownNameError: neither a paper nor a concept bears it; near names of both kinds are suggested.

    Examples:
        >>> from paperconcepts.examples import example_graph
        >>> type(similar(example_graph(), "2305.14314")[0]).__name__
        'SimilarPaper'
    """
    try:
        return similar_papers(graph, name, limit=limit)
    except UnknownNameError as unknown:
        try:
            return similar_concepts(graph, name, limit=limit)
        except UnknownNameError as also_unknown:
            near = (*unknown.suggestions, *also_unknown.suggestions)[:5]
            raise UnknownNameError(name, kind="paper or concept", suggestions=near) from None


def _cosine(one: dict[str, float], other: dict[str, float]) -> tuple[float, list[str]]:
    """The cosine of two vectors, and what they share, by its part in it."""
    products = {key: weight * other[key] for key, weight in one.items() if weight * other.get(key, 0.0) > 0}
    # math.fsum: the same sum in every order.
    norms = math.fsum(w * w for w in one.values()) * math.fsum(w * w for w in other.values())
    score = round(min(1.0, math.fsum(products.values()) / math.sqrt(norms)), 4) if products else 0.0
    return score, sorted(products, key=lambda key: (-products[key], key))
