"""Keep of a graph what is believed enough, by enough papers, and of the kinds that matter."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TypeVar

import networkx as nx

from paperconcepts.graph.belief import is_of_catalogue, support_of
from paperconcepts.graph.build import merged_relation
from paperconcepts.graph.catalogue_edges import catalogue_edges
from paperconcepts.graph.research_graph import ConceptNode, ResearchGraph
from paperconcepts.graph.statements import stated_results, unasserted_relations
from paperconcepts.model import Alias, Assertion, ConceptType, Evidence, Predicate, Relation, Role

__all__ = ["keep_believed"]

_Member = TypeVar("_Member", Role, ConceptType, Predicate)
_Triple = tuple[str, Predicate, str]


def keep_believed(
    graph: ResearchGraph,
    *,
    min_confidence: float = 0.0,
    min_support: int = 1,
    roles: Iterable[Role | str] | None = None,
    types: Iterable[ConceptType | str] | None = None,
    predicates: Iterable[Predicate | str] | None = None,
) -> ResearchGraph:
    """Return a new graph without the edges and concepts that are believed too little; every paper stays.

    - An edge from a paper stays if it has ``min_confidence``, one of ``roles`` and leads to one of ``types``.
    - A concept stays if such edges lead to it from ``min_support`` papers.
    - A relation stays if it has ``min_confidence`` from ``min_support`` papers that have lost neither of its concepts;
      its confidence and support are made anew from them. What the catalogue says needs no paper: concepts are joined
      to those above them that are left.

    None for ``roles``, ``types`` or ``predicates`` means all.

    Raises:
        ValueError: there is no such role, type or predicate, or a threshold makes no sense.

    Examples:
        >>> from paperconcepts.examples import example_graph
        >>> shared = keep_believed(example_graph(), min_support=2)
        >>> min(node.support for node in shared.concepts())
        2
        >>> len(shared.papers()) == len(example_graph().papers())
        True
        >>> {edge.role.value for edge in keep_believed(example_graph(), roles=["introduces"]).assertions()}
        {'introduces'}
    """
    if not 0.0 <= min_confidence <= 1.0:
        raise ValueError(f"min_confidence is {min_confidence!r}; give a number from 0 to 1")
    if min_support < 1:
        raise ValueError(f"min_support is {min_support!r}; give a number of papers, 1 or more")
    wanted_roles = _members(Role, roles)
    wanted_types = _members(ConceptType, types)
    wanted_predicates = _members(Predicate, predicates)
    edges: dict[str, list[Assertion]] = defaultdict(list)
    for item in graph.assertions():
        kind = graph.graph.nodes[item.concept_id]["concept"].concept.type
        if item.confidence >= min_confidence and item.role in wanted_roles and kind in wanted_types:
            edges[item.concept_id].append(item)
    kept = {name: items for name, items in edges.items() if len({item.paper_id for item in items}) >= min_support}
    believed = [
        item
        for item in _relations(graph, kept)
        if item.predicate in wanted_predicates
        and item.confidence >= min_confidence
        and (support_of(item.evidence) >= min_support or any(map(is_of_catalogue, item.evidence)))
    ]
    found = ResearchGraph(_rebuilt(graph.graph, kept, believed), vocabulary=graph.vocabulary)
    _trim_statements(found)
    return found


def _members(kind: type[_Member], given: Iterable[_Member | str] | None) -> frozenset[_Member]:
    # A single name is one name, not a list of letters.
    names = [given] if isinstance(given, str) else given
    return frozenset(kind) if names is None else frozenset(kind(name) for name in names)


def _lost_papers(graph: ResearchGraph, kept: Mapping[str, Collection[Assertion]]) -> dict[str, set[str]]:
    """{concept: the papers that had it and no longer have it}."""
    lost: dict[str, set[str]] = {concept_id: set() for concept_id in kept}
    for item in graph.assertions():
        if item.concept_id in lost:
            lost[item.concept_id].add(item.paper_id)
    for concept_id, items in kept.items():
        lost[concept_id] -= {item.paper_id for item in items}
    return lost


def _relations(graph: ResearchGraph, kept: Mapping[str, Collection[Assertion]]) -> Iterator[Relation]:
    """The relations between what is left, each with the evidence that is left, sorted."""
    lost = _lost_papers(graph, kept)
    evidence: dict[_Triple, list[Evidence]] = defaultdict(list)
    earlier: dict[_Triple, Relation] = {}
    for relation in graph.relations():
        triple = (relation.subject, relation.predicate, relation.object)
        if relation.subject in kept and relation.object in kept:
            gone = lost[relation.subject] | lost[relation.object]
            found = [item for item in relation.evidence if item.paper_id not in gone and not is_of_catalogue(item)]
            evidence[triple] += found
        earlier[triple] = relation
    # What lay between two concepts may be gone, so that the catalogue joins others than before.
    types = {concept_id: graph.graph.nodes[concept_id]["concept"].concept.type for concept_id in kept}
    for lower, upper, entry in catalogue_edges(types, graph.vocabulary):
        evidence[lower, Predicate.IS_A, upper].append(entry)
    for triple, items in sorted(evidence.items()):
        if not items:
            continue
        relation = merged_relation(*triple, items)
        before = earlier.get(triple)
        # What is untouched keeps the confidence that it was given.
        yield before if before is not None and before.evidence == relation.evidence else relation


def _rebuilt(
    old: nx.MultiDiGraph, kept: Mapping[str, list[Assertion]], relations: Iterable[Relation]
) -> nx.MultiDiGraph:
    """The graph of what is left, in the order in which ``build_graph`` makes one."""
    new = nx.MultiDiGraph(**old.graph)
    for node, data in old.nodes(data=True):
        if data["kind"] == "paper":
            new.add_node(node, **data)
        elif node in kept:
            new.add_node(node, **{**data, "concept": _concept_node(old, data["concept"], kept[node])})
    items = {id(item) for found in kept.values() for item in found}
    for source, target, key, data in old.edges(keys=True, data=True):
        if data["kind"] == "assertion" and id(data["item"]) in items:
            new.add_edge(source, target, key=key, **data)
    for relation in relations:
        ends = (relation.subject, relation.object, str(relation.predicate))
        fresh = {"confidence": relation.confidence, "support": support_of(relation.evidence), "item": relation}
        new.add_edge(*ends, **{"kind": "relation", **(old.get_edge_data(*ends) or {}), **fresh})
    return new


def _trim_statements(graph: ResearchGraph) -> None:
    """Leave of the results of papers, and of what they do not assert, what speaks of concepts that are left."""
    for paper in graph.papers():
        data = graph.graph.nodes[paper.id]
        if "results" in data:
            data["results"] = tuple(stated_results(graph, paper_id=paper.id))
        if "unasserted" in data:
            data["unasserted"] = tuple(unasserted_relations(graph, paper_id=paper.id))


def _concept_node(old: nx.MultiDiGraph, node: ConceptNode, assertions: Collection[Assertion]) -> ConceptNode:
    papers = {item.paper_id for item in assertions}
    dates = [old.nodes[paper_id]["paper"].issued for paper_id in papers]
    return replace(
        node,
        aliases=tuple(_aliases_left(node.aliases, assertions, papers)),
        support=len(papers),
        first_seen=min((date for date in dates if date), default=None),
    )


def _aliases_left(
    aliases: Collection[Alias], assertions: Iterable[Assertion], papers: Collection[str]
) -> Iterator[Alias]:
    """The aliases of these papers, and those that they owe to another paper's definition."""
    own = {(alias.paper_id, alias.text) for alias in aliases}
    borrowed = {
        mention.text for item in assertions for mention in item.mentions if (item.paper_id, mention.text) not in own
    }
    for alias in aliases:
        if alias.paper_id in papers or not alias.paper_id or alias.text in borrowed:
            yield alias
