"""What a viewer shows of a research graph: cleaned, placed, coloured. Every viewer file is written from this."""

import hashlib
import logging
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from paperconcepts.export.cleaning import clean_line, cut_line, is_clean, keep_web_url
from paperconcepts.export.palette import CONCEPT_COLOURS, PAPER_COLOUR, concept_size, paper_size
from paperconcepts.export.property_graph import Edge, Node, PropertyGraph, assemble
from paperconcepts.model import Evidence, Paper

if TYPE_CHECKING:
    from paperconcepts.graph import ConceptNode, ResearchGraph

__all__ = [
    "Edge", "Node", "PropertyGraph", "describe_nodes", "edge_id", "node_names", "present", "sort_evidence",
    "web_page",
]  # fmt: skip

_LONGEST_EVIDENCE = 300
_HOMES = {
    "arxiv": "https://arxiv.org/abs/",
    "doi": "https://doi.org/",
    "acl": "https://aclanthology.org/",
}
_log = logging.getLogger(__name__)


def present(graph: "ResearchGraph", *, size_by: Literal["support", "degree"] = "support") -> PropertyGraph:
    """Prepare ``graph`` for viewers.

    Every text is one line that XML and UTF-8 can hold; ids of nodes and edges are unique; every number is finite.
    The result depends on the content of the graph only. One warning is logged if texts had to be repaired.

    Args:
        graph: what to show.
        size_by: what makes a node large: its papers (``support``), or all its edges (``degree``).

    Examples:
        >>> from paperconcepts.graph import build_graph
        >>> present(build_graph([])).nodes
        ()
    """
    nodes, repaired = describe_nodes(graph)
    edges = tuple(_edges(graph, {name: node.id for name, node in nodes.items()}))
    return assemble(list(nodes.values()), edges, repaired=repaired, size_by=size_by)


def describe_nodes(graph: "ResearchGraph") -> tuple[dict[str, Node], int]:
    """The nodes of ``graph`` by their id there, not yet placed, papers first; and how many texts had to be repaired.

    Examples:
        >>> from paperconcepts.graph import build_graph
        >>> describe_nodes(build_graph([]))
        ({}, 0)
    """
    papers, concepts = graph.papers(), graph.concepts()
    names = node_names(graph)
    nodes = {paper.id: _paper_node(paper) for paper in papers}
    nodes |= {concept.concept.id: _concept_node(concept) for concept in concepts}
    texts = [text for paper in papers for text in (paper.id, paper.label)]
    texts += [concept.concept.label for concept in concepts]
    repaired = sum(not is_clean(text) for text in texts)
    if repaired:
        _log.warning("removed characters that no viewer can read from %d ids and labels", repaired)
    return {name: replace(node, id=names[name]) for name, node in nodes.items()}, repaired


def node_names(graph: "ResearchGraph") -> dict[str, str]:
    """The id that each paper and concept of ``graph`` has in viewer files, by its id there.

    Examples:
        >>> from paperconcepts.graph import build_graph
        >>> node_names(build_graph([]))
        {}
    """
    return _unique([paper.id for paper in graph.papers()] + [node.concept.id for node in graph.concepts()])


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


def _edges(graph: "ResearchGraph", names: Mapping[str, str]) -> Iterator[Edge]:
    papers = {paper.id: paper for paper in graph.papers()}
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
    return Edge(
        id=edge_id(source, relation, target),
        source=source,
        target=target,
        relation=relation,
        kind=kind,
        weight=max(weight, 1),
        confidence=round(confidence, 4) if math.isfinite(confidence) else 0.0,
        date=min(dates, default=""),
        evidence=cut_line(clean_line(sentence), _LONGEST_EVIDENCE),
    )


def edge_id(source: str, relation: str, target: str) -> str:
    """The id of an edge: the same in every file and every run.

    Examples:
        >>> edge_id("arxiv:2106.09685", "introduces", "low-rank-adaptation") == edge_id("a", "introduces", "b")
        False
    """
    digest = hashlib.blake2b("\n".join((source, relation, target)).encode(), digest_size=8).hexdigest()
    return f"e{digest}"


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
