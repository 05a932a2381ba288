"""Graphs of one kind of node: concepts that stand in the same papers, papers that are about the same concepts."""

import heapq
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING, Literal

from paperconcepts.export.cleaning import clean_line, cut_line
from paperconcepts.export.palette import community_colour, paper_size
from paperconcepts.export.presentation import describe_nodes, edge_id, present
from paperconcepts.export.property_graph import Edge, EdgeKind, Node, PropertyGraph, assemble

if TYPE_CHECKING:
    from paperconcepts.graph import ResearchGraph

__all__ = ["co_occurrence_view", "most_similar", "relation_view", "similarity_view"]

_SizeBy = Literal["support", "degree"]
_LONGEST_NOTE = 300
_NAMED = 3
# A concept of more papers pairs too many of them and says little about each pair.
_COMMONEST = 400


def co_occurrence_view(
    graph: "ResearchGraph", *, min_shared: int | None = None, size_by: _SizeBy = "support"
) -> PropertyGraph:
    """Show the concepts that stand in the same papers; those without a partner are left out.

    The weight of an edge is the number of shared papers, its strength their share of all papers of either (the
    Jaccard index); its evidence names the first of them.

    Args:
        graph: what to show.
        min_shared: leave out pairs that share fewer papers; by default 2, or 1 if no pair shares two.
        size_by: see :func:`present`.

    Examples:
        >>> from paperconcepts.examples import example_graph
        >>> shown = co_occurrence_view(example_graph())
        >>> {node.kind for node in shown.nodes}, min(edge.weight for edge in shown.edges), shown.directed
        ({'concept'}, 2, False)
    """
    nodes, repaired = describe_nodes(graph)
    concepts_of = _concepts_of(graph)
    shared: dict[tuple[str, str], list[str]] = defaultdict(list)
    for paper, concepts in concepts_of.items():
        for pair in combinations(sorted(concepts), 2):
            shared[pair].append(paper)
    least = min_shared or (2 if any(len(papers) > 1 for papers in shared.values()) else 1)
    edges = []
    for (first, second), papers in sorted(shared.items()):
        if len(papers) >= least:
            union = nodes[first].support + nodes[second].support - len(papers)
            found = [nodes[paper] for paper in papers]
            edges.append(
                _link(
                    nodes[first].id, "co_occurs_with", nodes[second].id,
                    kind="co_occurrence",
                    weight=len(papers),
                    strength=len(papers) / max(union, 1),
                    date=min((node.date for node in found if node.date), default=""),
                    note=_name_some(node.label for node in found),
                )
            )  # fmt: skip
    return assemble(_linked(nodes, edges), edges, repaired=repaired, directed=False, size_by=size_by)


def similarity_view(
    graph: "ResearchGraph", *, min_similarity: float = 0.1, neighbours: int = 5, size_by: _SizeBy = "degree"
) -> PropertyGraph:
    """Show the papers that are about the same concepts, coloured by community; those that are like none are left out.

    A paper is a vector of its concepts, each weighing its inverse document frequency; weight and strength of an edge
    are the cosine, its evidence names the weightiest shared concepts. It is dated when the later paper came out.

    Args:
        graph: what to show.
        min_similarity: leave out pairs that are less alike, from 0 to 1.
        neighbours: join each paper to so many others that are most like it.
        size_by: see :func:`present`.

    Examples:
        >>> from paperconcepts.examples import example_graph
        >>> shown = similarity_view(example_graph(), neighbours=2)
        >>> {node.kind for node in shown.nodes}, all(0 < edge.weight <= 1 for edge in shown.edges)
        ({'paper'}, True)
    """
    nodes, repaired = describe_nodes(graph)
    edges = [
        _link(
            nodes[first].id, "similar_to", nodes[second].id,
            kind="similarity",
            weight=score,
            strength=score,
            date=_later(nodes[first].date, nodes[second].date),
            note=_name_some(nodes[concept].label for concept in common),
        )
        for first, second, score, common in most_similar(graph, min_similarity, neighbours)
    ]  # fmt: skip
    # As in the full graph, where the edges to its concepts are counted.
    counts = Counter(nodes[item.paper_id].id for item in graph.assertions())
    kept = [replace(node, size=paper_size(), support=counts[node.id]) for node in _linked(nodes, edges)]
    shown = assemble(kept, edges, repaired=repaired, directed=False, size_by=size_by)
    return replace(shown, nodes=tuple(replace(node, colour=community_colour(node.community)) for node in shown.nodes))


def relation_view(graph: "ResearchGraph", *, size_by: _SizeBy = "support") -> PropertyGraph:
    """Show the relations between concepts: what is a kind of, extends, is used for or outperforms what.

    Examples:
        >>> from paperconcepts.examples import example_graph
        >>> {edge.kind for edge in relation_view(example_graph()).edges}
        {'relation'}
    """
    shown = present(graph)
    edges = [edge for edge in shown.edges if edge.kind == "relation" and edge.source != edge.target]
    nodes = _linked({node.id: node for node in shown.nodes}, edges)
    return assemble(nodes, edges, repaired=shown.repaired, size_by=size_by)


def _concepts_of(graph: "ResearchGraph") -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for assertion in graph.assertions():
        found.setdefault(assertion.paper_id, set()).add(assertion.concept_id)
    return found


def most_similar(
    graph: "ResearchGraph", least: float, neighbours: int
) -> Iterator[tuple[str, str, float, Sequence[str]]]:
    """Pairs of papers, the smaller id first, each once, sorted; with their cosine and weightiest shared concepts.

    Each paper is paired with the ``neighbours`` papers that are most like it, if at least ``least`` alike.

    Examples:
        >>> from paperconcepts.examples import example_graph
        >>> first, second, score, common = next(most_similar(example_graph(), 0.1, 5))
        >>> first < second, 0.1 <= score <= 1, len(common) > 0
        (True, True, True)
    """
    concepts_of = _concepts_of(graph)
    papers_of: dict[str, list[str]] = defaultdict(list)
    for paper, concepts in concepts_of.items():
        for concept in concepts:
            papers_of[concept].append(paper)
    idf = {concept: math.log(len(concepts_of) / len(papers)) for concept, papers in papers_of.items()}
    norm = {one: math.sqrt(math.fsum(idf[c] ** 2 for c in concepts)) for one, concepts in concepts_of.items()}
    chosen: dict[tuple[str, str], float] = {}
    for paper, concepts in sorted(concepts_of.items()):
        pairing = [concept for concept in concepts if len(papers_of[concept]) <= _COMMONEST and idf[concept]]
        others = {other for concept in pairing for other in papers_of[concept]} - {paper}
        scores = ((_cosine(concepts & concepts_of[other], idf, norm[paper] * norm[other]), other) for other in others)
        alike = ((score, other) for score, other in scores if score >= max(least, 1e-4))
        for score, other in heapq.nsmallest(neighbours, alike, key=lambda row: (-row[0], row[1])):
            chosen[min(paper, other), max(paper, other)] = score
    for (first, second), score in sorted(chosen.items()):
        common = concepts_of[first] & concepts_of[second]
        yield first, second, score, sorted(common, key=lambda concept: (-idf[concept], concept))


def _cosine(common: Iterable[str], idf: Mapping[str, float], norms: float) -> float:
    # math.fsum: the same sum in every order.
    return round(min(1.0, math.fsum(idf[concept] ** 2 for concept in common) / norms), 4) if norms else 0.0


def _link(
    source: str, relation: str, target: str, *, kind: EdgeKind, weight: float, strength: float, date: str, note: str
) -> Edge:
    return Edge(
        edge_id(source, relation, target), source, target, relation, kind, weight, round(strength, 4), date, note
    )


def _later(one: str, other: str) -> str:
    return max(one, other) if one and other else ""


def _name_some(labels: Iterable[str]) -> str:
    named = list(labels)
    more = f"; and {len(named) - _NAMED} more" if len(named) > _NAMED else ""
    return clean_line(cut_line("; ".join(named[:_NAMED]), _LONGEST_NOTE) + more)


def _linked(nodes: Mapping[str, Node], edges: Iterable[Edge]) -> list[Node]:
    ends = {end for edge in edges for end in (edge.source, edge.target)}
    return [node for node in nodes.values() if node.id in ends]
