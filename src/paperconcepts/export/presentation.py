"""What a viewer shows of a research graph: cleaned, placed, coloured. Every viewer file is written from this."""

import hashlib
import logging
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from paperconcepts.export.cleaning import clean_line, cut_line, is_clean, keep_web_url
from paperconcepts.export.palette import CONCEPT_COLOURS, PAPER_COLOUR, concept_size, paper_size
from paperconcepts.model import Evidence, Paper

if TYPE_CHECKING:
    from paperconcepts.graph import ConceptNode, ResearchGraph

__all__ = ["Edge", "Node", "PropertyGraph", "present", "sort_evidence", "web_page"]

_LONGEST_EVIDENCE = 300
_HOMES = {
    "arxiv": "https://arxiv.org/abs/",
    "doi": "https://doi.org/",
    "acl": "https://aclanthology.org/",
}
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Node:
    """A paper or a concept as viewers show it. No value is None: unknown texts are "", an unknown year is 0.

    ``date`` is the day, month or year of issue of a paper, or of the first paper with a concept. ``support`` is the
    number of papers of a concept, or of concepts of a paper. ``y`` grows upwards.
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


@dataclass(frozen=True, slots=True)
class Edge:
    """An assertion (paper to concept) or a relation (concept to concept).

    ``id`` is a hash of source, relation and target: the same edge bears it in every file and every run. ``weight``
    is the support of the edge in the graph: the number of papers behind it. ``date`` is that of the first of them.
    ``evidence`` is the best sentence, cut if it is long, "" if there is none.
    """

    id: str
    source: str
    target: str
    relation: str
    kind: Literal["assertion", "relation"]
    weight: int
    confidence: float
    date: str
    evidence: str


@dataclass(frozen=True, slots=True)
class PropertyGraph:
    """Nodes (papers, then concepts, each sorted by their id in the graph) and edges (assertions, then relations).

    ``repaired`` counts the labels and ids from which illegal characters had to be taken.
    """

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    repaired: int = 0


def present(graph: "ResearchGraph") -> PropertyGraph:
    """Prepare ``graph`` for viewers.

    Every text is one line that XML and UTF-8 can hold; ids of nodes and edges are unique; every number is finite.
    The result depends on the content of the graph only. One warning is logged if texts had to be repaired.

    Examples:
        >>> from paperconcepts.graph import build_graph
        >>> present(build_graph([])).nodes
        ()
    """
    papers, concepts = graph.papers(), graph.concepts()
    names = _unique([paper.id for paper in papers] + [concept.concept.id for concept in concepts])
    nodes = [_paper_node(paper) for paper in papers] + [_concept_node(concept) for concept in concepts]
    texts = [text for paper in papers for text in (paper.id, paper.label)]
    texts += [concept.concept.label for concept in concepts]
    repaired = sum(not is_clean(text) for text in texts)
    edges = tuple(_edges(graph, {paper.id: paper for paper in papers}, names))
    placed = _place([replace(node, id=names[node.id]) for node in nodes], edges)
    if repaired:
        _log.warning("removed characters that no viewer can read from %d ids and labels", repaired)
    return PropertyGraph(placed, edges, repaired)


def sort_evidence(evidence: Iterable[Evidence]) -> list[Evidence]:
    """Return ``evidence``, the most trusted first, else in the order of papers and their text."""
    return sorted(evidence, key=lambda one: (-one.confidence, one.paper_id, one.field != "title", one.start, one.rule))


def web_page(paper: Paper) -> str:
    """The http(s) address of ``paper``: its first own one, else the one its identifier implies, else "".

    Examples:
        >>> web_page(Paper(id="arxiv:2106.09685"))
        'https://arxiv.org/abs/2106.09685'
        >>> web_page(Paper(id="sha:0123456789abcdef", urls=("javascript:alert(1)",)))
        ''
    """
    for url in paper.urls:
        if kept := keep_web_url(url):
            return kept
    for identifier in (paper.id, *paper.identifiers):
        prefix, _, local = identifier.partition(":")
        if prefix in _HOMES and local and (kept := keep_web_url(_HOMES[prefix] + local)):
            return kept
    return ""


def _paper_node(paper: Paper) -> Node:
    return Node(
        id=paper.id,
        label=clean_line(paper.label) or clean_line(paper.id),
        kind="paper",
        concept_type="",
        year=paper.year or 0,
        date=paper.issued or "",
        degree=0,
        support=0,
        colour=PAPER_COLOUR,
        size=paper_size(),
        x=0.0,
        y=0.0,
        url=web_page(paper),
        aliases=(),
    )


def _concept_node(node: "ConceptNode") -> Node:
    concept = node.concept
    label = clean_line(concept.label) or concept.id
    texts = {clean_line(alias.text) for alias in node.aliases} - {"", label}
    return Node(
        id=concept.id,
        label=label,
        kind="concept",
        concept_type=str(concept.type),
        year=int(node.first_seen[:4]) if node.first_seen else 0,
        date=node.first_seen or "",
        degree=0,
        support=node.support,
        colour=CONCEPT_COLOURS[concept.type],
        size=concept_size(node.support),
        x=0.0,
        y=0.0,
        url="",
        aliases=tuple(sorted(texts)),
    )


def _edges(graph: "ResearchGraph", papers: Mapping[str, Paper], names: Mapping[str, str]) -> Iterator[Edge]:
    for assertion in graph.assertions():
        yield _edge(
            names[assertion.paper_id],
            str(assertion.role),
            names[assertion.concept_id],
            kind="assertion",
            weight=graph.graph.edges[assertion.paper_id, assertion.concept_id, str(assertion.role)]["support"],
            confidence=assertion.confidence,
            evidence=assertion.evidence,
            papers=papers,
        )
    for relation in graph.relations():
        yield _edge(
            names[relation.subject],
            str(relation.predicate),
            names[relation.object],
            kind="relation",
            weight=graph.graph.edges[relation.subject, relation.object, str(relation.predicate)]["support"] or 1,
            confidence=relation.confidence,
            evidence=relation.evidence,
            papers=papers,
        )


def _edge(
    source: str,
    relation: str,
    target: str,
    *,
    kind: Literal["assertion", "relation"],
    weight: int,
    confidence: float,
    evidence: Iterable[Evidence],
    papers: Mapping[str, Paper],
) -> Edge:
    # Evidence from the catalogue has no paper: it gives neither a sentence nor a date.
    quoted = [one for one in sort_evidence(evidence) if one.paper_id in papers]
    dates = [issued for one in quoted if (issued := papers[one.paper_id].issued)]
    sentence = papers[quoted[0].paper_id].text(quoted[0].field)[quoted[0].start : quoted[0].end] if quoted else ""
    digest = hashlib.blake2b("\n".join((source, relation, target)).encode(), digest_size=8).hexdigest()
    return Edge(
        id=f"e{digest}",
        source=source,
        target=target,
        relation=relation,
        kind=kind,
        weight=max(weight, 1),
        confidence=round(confidence, 4) if math.isfinite(confidence) else 0.0,
        date=min(dates, default=""),
        evidence=cut_line(clean_line(sentence), _LONGEST_EVIDENCE),
    )


def _unique(names: Iterable[str]) -> dict[str, str]:
    """Map each name to a clean one. Names that cleaning made equal are told apart by a number."""
    taken: set[str] = set()
    unique: dict[str, str] = {}
    for name in names:
        base = clean_line(name) or "node"
        candidate, number = base, 1
        while candidate in taken:
            number += 1
            candidate = f"{base}~{number}"
        taken.add(candidate)
        unique[name] = candidate
    return unique


def _place(nodes: list[Node], edges: tuple[Edge, ...]) -> tuple[Node, ...]:
    # NumPy takes a tenth of a second to import: only where a drawing is made.
    from paperconcepts.export.layout import arrange

    rank = {node.id: index for index, node in enumerate(nodes)}
    degree = [0] * len(nodes)
    support = [node.support for node in nodes]
    ends = [(rank[edge.source], rank[edge.target]) for edge in edges]
    for edge, (source, target) in zip(edges, ends, strict=True):
        degree[source] += 1
        degree[target] += 1
        support[source] += edge.kind == "assertion"
    places = arrange(
        [node.id for node in nodes],
        [one for one, _ in ends],
        [other for _, other in ends],
        [node.size for node in nodes],
    )
    return tuple(
        replace(node, degree=degree[index], support=support[index], x=places[index][0], y=places[index][1])
        for index, node in enumerate(nodes)
    )
