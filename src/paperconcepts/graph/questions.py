"""First questions to a research graph; the methods of :class:`ResearchGraph` answer them by name."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from paperconcepts.model import Assertion, ConceptType, Evidence, Paper, Role

if TYPE_CHECKING:
    from paperconcepts.graph.research_graph import ConceptNode, ResearchGraph

__all__ = ["CoOccurrence", "PaperRow", "TimelineRow", "co_occurring", "papers_with", "timeline"]


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A paper, its role towards the concept that was asked for, and the evidence."""

    paper_id: str
    title: str
    issued: str | None
    role: Role
    confidence: float
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class CoOccurrence:
    """A concept and the number of papers it shares with the one that was asked for."""

    concept_id: str
    label: str
    type: ConceptType
    papers: int


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """Papers of one year, in all and by role."""

    year: int
    papers: int
    roles: dict[Role, int]


def _assertions_of(graph: "ResearchGraph", concept_id: str) -> list[tuple[Paper, Assertion]]:
    nodes = graph.graph.nodes
    return [
        (nodes[source]["paper"], data["item"])
        for source, _, data in graph.graph.in_edges(concept_id, data=True)
        if data["kind"] == "assertion"
    ]


def papers_with(graph: "ResearchGraph", concept_id: str, *, roles: tuple[Role, ...] | None = None) -> list[PaperRow]:
    """Papers that have a concept in one of ``roles`` (default: any but ``mentions``), newest first."""
    rows = [
        PaperRow(paper.id, paper.label, paper.issued, item.role, item.confidence, item.evidence)
        for paper, item in _assertions_of(graph, concept_id)
        if (item.role in roles if roles is not None else item.role is not Role.MENTIONS)
    ]
    rows.sort(key=lambda row: (row.role.rank, row.paper_id))
    rows.sort(key=lambda row: row.issued or "", reverse=True)
    return rows


def co_occurring(graph: "ResearchGraph", concept_id: str, *, limit: int | None = 20) -> list[CoOccurrence]:
    """Concepts that stand in the same papers, most shared papers first."""
    counts: Counter[str] = Counter()
    for paper, _ in _assertions_of(graph, concept_id):
        counts.update({target for _, target in graph.graph.out_edges(paper.id) if target != concept_id})
    rows = []
    for other, papers in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:limit]:
        node: ConceptNode = graph.graph.nodes[other]["concept"]
        rows.append(CoOccurrence(other, node.concept.label, node.concept.type, papers))
    return rows


def timeline(graph: "ResearchGraph", concept_id: str) -> list[TimelineRow]:
    """Papers per year and role, oldest year first."""
    years: dict[int, Counter[Role]] = defaultdict(Counter)
    for paper, item in _assertions_of(graph, concept_id):
        if paper.year is not None:
            years[paper.year][item.role] += 1
    return [
        TimelineRow(year, sum(roles.values()), dict(sorted(roles.items(), key=lambda r: r[0].rank)))
        for year, roles in sorted(years.items())
    ]
