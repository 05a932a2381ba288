"""Nodes and edges as viewers show them: the one form that every viewer file is written from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal, Protocol

from paperconcepts.export.palette import concept_size

__all__ = ["Drawable", "Edge", "EdgeKind", "GraphStream", "Node", "PropertyGraph", "assemble"]

EdgeKind = Literal["assertion", "relation", "co_occurrence", "similarity"]


@dataclass(frozen=True, slots=True)
class Node:
    """A paper or a concept as viewers show it. No value is None: unknown texts are "", an unknown year is 0.

    ``date`` is the day, month or year of issue of a paper, or of the first paper with a concept. ``support`` is the
    number of papers of a concept, or of concepts of a paper. ``y`` grows upwards. ``community`` numbers the group of
    nodes that hang together, 1 for the largest, 0 for a node without edges.
    """

    id: str
    label: str
    kind: Literal["paper", "concept"]
    concept_type: str
    year: int
    date: str
    degree: int
    support: int
    colour: str
    size: float
    x: float
    y: float
    url: str
    aliases: tuple[str, ...]
    community: int = 0


@dataclass(frozen=True, slots=True)
class Edge:
    """An assertion (paper to concept), a relation (concept to concept), or a link of a projection.

    ``id`` is a hash of source, relation and target: the same edge bears it in every file and every run. ``weight``
    is the support of the edge in the graph: the number of papers behind it; of a similarity it is the similarity.
    ``confidence`` is how far the edge is believed; of a link of a projection it is its strength from 0 to 1.
    ``date`` is that of the first paper. ``evidence`` is the best sentence, cut if it is long, "" if there is none; of
    a link of a projection it is what the two nodes share.
    """

    id: str
    source: str
    target: str
    relation: str
    kind: EdgeKind
    weight: float
    confidence: float
    date: str
    evidence: str


class Drawable(Protocol):
    """What a writer of nodes and edges needs. Both are walked once, nodes first; a count is written if there is one."""

    @property
    def nodes(self) -> Iterable[Node]:
        """The nodes."""

    @property
    def edges(self) -> Iterable[Edge]:
        """The edges between them."""

    @property
    def directed(self) -> bool:
        """Whether source and target differ in their part."""


@dataclass(frozen=True, slots=True)
class PropertyGraph:
    """Nodes (papers, then concepts, each sorted by their id in the graph) and edges (assertions, then relations).

    ``repaired`` counts the labels and ids from which illegal characters had to be taken. ``directed`` is False for
    projections, in which the two ends of an edge play the same part.
    """

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    repaired: int = 0
    directed: bool = True


@dataclass(frozen=True, slots=True)
class GraphStream:
    """Nodes and edges that need not be in memory together, for graphs of millions of edges.

    Examples:
        >>> GraphStream(iter([]), iter([])).directed
        True
    """

    nodes: Iterable[Node]
    edges: Iterable[Edge]
    directed: bool = True


def assemble(
    nodes: Sequence[Node],
    edges: Sequence[Edge],
    *,
    repaired: int = 0,
    directed: bool = True,
    size_by: Literal["support", "degree"] = "support",
) -> PropertyGraph:
    """Count the degrees of ``nodes``, find their communities and places, and give the whole.

    Args:
        nodes: the nodes; their ``support`` may lack the assertions of a paper, which are counted here.
        edges: the edges; both ends of each are among the nodes.
        repaired: see :class:`PropertyGraph`.
        directed: see :class:`PropertyGraph`.
        size_by: ``degree`` makes nodes with many edges large, papers included.
    """
    # NumPy takes a tenth of a second to import: only where a drawing is made.
    from paperconcepts.export.clusters import find_clusters
    from paperconcepts.export.layout import arrange

    rank = {node.id: index for index, node in enumerate(nodes)}
    degree = [0] * len(nodes)
    support = [node.support for node in nodes]
    sources, targets = [rank[edge.source] for edge in edges], [rank[edge.target] for edge in edges]
    for edge, source, target in zip(edges, sources, targets, strict=True):
        degree[source] += 1
        degree[target] += 1
        support[source] += edge.kind == "assertion"
    sizes = [node.size if size_by == "support" else concept_size(degree[at]) for at, node in enumerate(nodes)]
    places = arrange([node.id for node in nodes], sources, targets, sizes)
    clusters = find_clusters(len(nodes), sources, targets, [edge.weight for edge in edges])
    placed = tuple(
        replace(
            node, degree=degree[at], support=support[at], size=sizes[at], x=places[at][0], y=places[at][1],
            community=clusters[at],
        )
        for at, node in enumerate(nodes)
    )  # fmt: skip
    return PropertyGraph(placed, tuple(edges), repaired, directed)
