"""The data inside the interactive page: papers, concepts and edges, with their evidence as offsets into the texts."""

import bisect
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from paperconcepts.export.cleaning import clean_line, keep_web_url, mask_text
from paperconcepts.export.presentation import Node, PropertyGraph, sort_evidence
from paperconcepts.model import Evidence, Paper

if TYPE_CHECKING:
    from paperconcepts.graph import ConceptNode, ResearchGraph

__all__ = ["assertion_rows", "node_rows", "relation_rows", "utf16_offset"]

_MOST_EVIDENCE = 3
_FIELDS = ("title", "abstract")


def node_rows(graph: "ResearchGraph", shown: PropertyGraph) -> Iterator[dict[str, Any]]:
    """Yield one record a node, in the order of ``shown.nodes``. What is unknown is left out."""
    papers, concepts = graph.papers(), graph.concepts()
    for node, paper in zip(shown.nodes, papers, strict=False):
        yield _without_empty(_common(node) | _paper(paper))
    for node, concept in zip(shown.nodes[len(papers) :], concepts, strict=True):
        yield _without_empty(_common(node) | _concept(node, concept))


def assertion_rows(graph: "ResearchGraph") -> Iterator[list[Any]]:
    """Yield ``[paper, concept, role, confidence, evidence, mentions]``; nodes by their number, mentions as places.

    A place is ``[field, start, end]`` with field 0 for the title and 1 for the abstract. Offsets count UTF-16 units,
    as JavaScript does.
    """
    rank, papers = _ranks(graph), {paper.id: paper for paper in graph.papers()}
    places = _Places(papers, rank)
    for assertion in graph.assertions():
        paper = papers[assertion.paper_id]
        yield [
            rank[assertion.paper_id],
            rank[assertion.concept_id],
            str(assertion.role),
            round(assertion.confidence, 3),
            places.evidence(assertion.evidence),
            [
                [_FIELDS.index(one.field), *places.convert(paper, one.field, (one.start, one.end))]
                for one in assertion.mentions
            ],
        ]


def relation_rows(graph: "ResearchGraph") -> Iterator[list[Any]]:
    """Yield ``[subject, object, predicate, confidence, evidence]``, nodes by their number."""
    rank, papers = _ranks(graph), {paper.id: paper for paper in graph.papers()}
    places = _Places(papers, rank)
    for relation in graph.relations():
        ends = [rank[relation.subject], rank[relation.object]]
        yield [*ends, str(relation.predicate), round(relation.confidence, 3), places.evidence(relation.evidence)]


def utf16_offset(text: str) -> Callable[[int], int]:
    """Return the function from code points into ``text`` to UTF-16 units.

    Examples:
        >>> utf16_offset("a\N{ROBOT FACE}b")(2)
        3
    """
    wide = [index for index, character in enumerate(text) if ord(character) > 0xFFFF]

    def convert(offset: int) -> int:
        return offset + bisect.bisect_left(wide, offset)

    return convert


class _Places:
    """Turns evidence into places in the page's texts; remembers the conversion of each text."""

    def __init__(self, papers: dict[str, Paper], rank: dict[str, int]) -> None:
        self._papers = papers
        self._rank = rank
        self._converters: dict[tuple[str, str], Callable[[int], int]] = {}

    def convert(self, paper: Paper, field: str, offsets: Iterable[int]) -> list[int]:
        key = (paper.id, field)
        if key not in self._converters:
            self._converters[key] = utf16_offset(paper.text(field))
        # -1 says that there is no such place.
        return [self._converters[key](offset) if offset >= 0 else -1 for offset in offsets]

    def evidence(self, evidence: Iterable[Evidence]) -> list[list[Any]]:
        """The best pieces as ``[paper, field, start, end, cue start, cue end, spans]``."""
        quoted = [one for one in sort_evidence(evidence) if one.paper_id in self._papers][:_MOST_EVIDENCE]
        return [self._row(one) for one in quoted]

    def _row(self, one: Evidence) -> list[Any]:
        paper = self._papers[one.paper_id]
        offsets = self.convert(paper, one.field, (one.start, one.end, one.cue_start, one.cue_end))
        spans = [self.convert(paper, one.field, span) for span in one.spans]
        return [self._rank[one.paper_id], _FIELDS.index(one.field), *offsets, spans]


def _ranks(graph: "ResearchGraph") -> dict[str, int]:
    ids = [paper.id for paper in graph.papers()] + [node.concept.id for node in graph.concepts()]
    return {name: index for index, name in enumerate(ids)}


def _common(node: Node) -> dict[str, Any]:
    return {
        "id": node.id,
        "label": node.label,
        "kind": node.concept_type or "Paper",
        "date": node.date,
        "support": node.support,
        "size": node.size,
        "x": node.x,
        "y": 0.0 - node.y,
        "url": node.url,
    }


def _paper(paper: Paper) -> dict[str, Any]:
    urls = [kept for url in paper.code_urls if (kept := keep_web_url(url))]
    return {
        "title": mask_text(paper.title),
        "abstract": mask_text(paper.abstract),
        "authors": [clean_line(author) for author in paper.authors[:12]],
        "venue": clean_line(paper.venue or ""),
        "code": urls[:3],
    }


def _concept(node: Node, concept: "ConceptNode") -> dict[str, Any]:
    return {"aliases": list(node.aliases), "definition": clean_line(concept.concept.definition or "")}


def _without_empty(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if value not in ("", [], None)}
