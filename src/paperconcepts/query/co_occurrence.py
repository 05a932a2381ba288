"""Concepts that stand in the same papers, and how far beyond chance."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal, NamedTuple

import networkx as nx

from paperconcepts.errors import ConfigurationError
from paperconcepts.graph import ResearchGraph
from paperconcepts.model import ConceptType, Role
from paperconcepts.query.incidence import Incidence, chosen_types, concept_at, read_incidence

__all__ = [
    "Association", "ConceptPair", "RelatedConcept", "Weight", "association", "co_occurrence_graph", "co_occurrences",
    "pair_counts", "related_concepts",
]  # fmt: skip

Weight = Literal["npmi", "pmi", "jaccard", "papers"]
_WEIGHTS = ("npmi", "pmi", "jaccard", "papers")


class Association(NamedTuple):
    """How strongly two concepts are associated; each rounded to four digits."""

    jaccard: float
    pmi: float
    npmi: float


@dataclass(frozen=True, slots=True)
class ConceptPair:
    """Two concepts, ``first`` < ``second`` by id, and the papers that have both."""

    first: str
    first_label: str
    second: str
    second_label: str
    papers: int
    jaccard: float
    pmi: float
    npmi: float


@dataclass(frozen=True, slots=True)
class RelatedConcept:
    """A concept that shares ``papers`` with the one that was asked for; ``support`` are its papers in all."""

    concept_id: str
    label: str
    type: ConceptType
    papers: int
    support: int
    jaccard: float
    pmi: float
    npmi: float


def association(shared: int, first: int, second: int, total: int) -> Association:
    """Jaccard index, pointwise mutual information (bits) and normalised PMI of two sets of papers.

    Normalised PMI (Bouma 2009) is 1 for concepts that only come together and 0 for independent ones.

    Args:
        shared: papers that have both, at least one.
        first: papers that have the first.
        second: papers that have the second.
        total: all papers.

    Examples:
        >>> association(2, 2, 4, 8)
        Association(jaccard=0.5, pmi=1.0, npmi=0.5)
        >>> association(8, 8, 8, 8).npmi
        1.0
    """
    jaccard = shared / (first + second - shared)
    pmi = math.log2(shared * total / (first * second))
    # In all papers: the limit of concepts that only come together.
    npmi = pmi / math.log2(total / shared) if shared < total else 1.0
    return Association(round(jaccard, 4), round(pmi, 4), round(npmi, 4))


def co_occurrences(
    graph: ResearchGraph,
    *,
    types: Sequence[ConceptType | str] | None = None,
    roles: Sequence[Role | str] | None = None,
    min_support: int = 1,
    min_shared: int = 1,
    sort_by: Weight = "npmi",
) -> list[ConceptPair]:
    """All pairs of concepts that share papers, most strongly associated first.

    The cost grows with the number of pairs that do stand in one paper, not with the square of the concepts.

    Args:
        graph: the graph to ask.
        types: the types of concepts to pair, default all.
        roles: the roles that count, default all.
        min_support: leave out concepts of fewer papers.
        min_shared: leave out pairs that share fewer papers.
        sort_by: ``npmi``, ``pmi``, ``jaccard`` or ``papers``; ties by papers, then by id.

    Raises:
        ValueError: there is no such type or role.
        ConfigurationError: there is no such weight.

    Examples:
        >>> from paperconcepts.examples import example_graph
        >>> pairs = co_occurrences(example_graph(), types=["Dataset"], min_shared=3, sort_by="papers")
        >>> all(pair.papers >= 3 and pair.first < pair.second for pair in pairs)
        True
    """
    _check_weight(sort_by)
    incidence = read_incidence(graph, types=types, roles=roles, min_support=min_support)
    rows = []
    for (first, second), shared in pair_counts(incidence).items():
        if shared >= min_shared:
            found = association(
                shared, len(incidence.papers_of[first]), len(incidence.papers_of[second]), incidence.total
            )
            labels = concept_at(graph, first).label, concept_at(graph, second).label
            rows.append(ConceptPair(first, labels[0], second, labels[1], shared, *found))
    return sorted(rows, key=lambda row: (-getattr(row, sort_by), -row.papers, row.first, row.second))


def co_occurrence_graph(
    graph: ResearchGraph,
    *,
    types: Sequence[ConceptType | str] | None = None,
    roles: Sequence[Role | str] | None = None,
    min_support: int = 1,
    min_shared: int = 1,
) -> nx.Graph:
    """The same pairs as an undirected graph: nodes have ``label``, ``concept_type`` and ``support``.

    Edges have ``papers``, ``jaccard``, ``pmi``, ``npmi`` and ``weight`` (the papers). Concepts without a partner are
    nodes too. Nodes and edges are added in the order of their ids.

    Raises:
        ValueError: there is no such type or role.

    Examples:
        >>> from paperconcepts.examples import example_graph
        >>> projection = co_occurrence_graph(example_graph(), types=["Method"])
        >>> sorted(projection.nodes["low-rank-adaptation"])
        ['concept_type', 'label', 'support']
    """
    incidence = read_incidence(graph, types=types, roles=roles, min_support=min_support)
    projection = nx.Graph()
    for concept_id, papers in incidence.papers_of.items():
        concept = concept_at(graph, concept_id)
        projection.add_node(
            concept_id, label=concept.label, concept_type=str(concept.type), support=len(papers)
        )  # fmt: skip
    for (first, second), shared in sorted(pair_counts(incidence).items()):
        if shared >= min_shared:
            found = association(
                shared, len(incidence.papers_of[first]), len(incidence.papers_of[second]), incidence.total
            )
            projection.add_edge(first, second, papers=shared, weight=shared, **found._asdict())
    return projection


def related_concepts(
    graph: ResearchGraph,
    name: str,
    *,
    types: Sequence[ConceptType | str] | None = None,
    roles: Sequence[Role | str] | None = None,
    min_shared: int = 1,
    sort_by: Weight = "npmi",
) -> list[RelatedConcept]:
    """Concepts that share papers with one concept, most strongly associated first.

    Args:
        graph: the graph to ask.
        name: the concept, by any of its names.
        types: the types of the other concepts, default all.
        roles: the roles that count, default all.
        min_shared: leave out concepts that share fewer papers; with one shared paper the weights say little.
        sort_by: ``npmi``, ``pmi``, ``jaccard`` or ``papers``; ties by papers, then by id.

    Raises:
        UnknownNameError: no concept bears this name.
        ValueError: there is no such type or role.
        ConfigurationError: there is no such weight.

    Examples:
        >>> from paperconcepts.examples import example_graph
        >>> rows = related_concepts(example_graph(), "LoRA", min_shared=2, sort_by="papers")
        >>> [(row.label, row.papers) for row in rows][:2]
        [('fine-tuning', 3), ('accuracy', 2)]
    """
    _check_weight(sort_by)
    concept_id = graph.concept(name).concept.id
    incidence = read_incidence(graph, roles=roles)
    papers = incidence.papers_of.get(concept_id, ())
    counts = Counter(other for paper in papers for other in incidence.concepts_of[paper] if other != concept_id)
    wanted = chosen_types(types)
    rows = []
    for other, shared in counts.items():
        concept = concept_at(graph, other)
        if shared >= min_shared and concept.type in wanted:
            support = len(incidence.papers_of[other])
            found = association(shared, len(papers), support, incidence.total)
            rows.append(RelatedConcept(other, concept.label, concept.type, shared, support, *found))
    return sorted(rows, key=lambda row: (-getattr(row, sort_by), -row.papers, row.concept_id))


def pair_counts(incidence: Incidence) -> Counter[tuple[str, str]]:
    """How many papers have both, for each pair of concepts (in the order of their ids) that has any."""
    counts: Counter[tuple[str, str]] = Counter()
    for concepts in incidence.concepts_of.values():
        counts.update(combinations(concepts, 2))
    return counts


def _check_weight(name: str) -> None:
    if name not in _WEIGHTS:
        raise ConfigurationError(f"unknown weight {name!r}; known weights: {', '.join(_WEIGHTS)}")
