"""A card: what a graph knows of one concept or one paper, on one screen."""

from collections import Counter
from dataclasses import asdict, dataclass
from typing import Any

from paperconcepts.errors import UnknownNameError
from paperconcepts.graph import CoOccurrence, PaperRow, ResearchGraph, TimelineRow
from paperconcepts.model import Assertion, ConceptType, Paper, Role

__all__ = ["ConceptCard", "PaperCard", "card", "concept_card", "paper_card"]


@dataclass(frozen=True, slots=True)
class ConceptCard:
    """One concept: names, where it comes from, its papers, its years and its company."""

    id: str
    label: str
    type: ConceptType
    definition: str | None
    catalogued: bool
    aliases: tuple[str, ...]
    broader: tuple[str, ...]
    support: int
    first_seen: str | None
    roles: dict[Role, int]
    papers: tuple[PaperRow, ...]
    timeline: tuple[TimelineRow, ...]
    neighbours: tuple[CoOccurrence, ...]

    def as_dict(self) -> dict[str, Any]:
        """The card as JSON-ready values."""
        return {"kind": "concept", **asdict(self)}


@dataclass(frozen=True, slots=True)
class PaperCard:
    """One paper: its record and what it does with which concepts."""

    paper: Paper
    assertions: tuple[Assertion, ...]
    labels: dict[str, str]

    def as_dict(self) -> dict[str, Any]:
        """The card as JSON-ready values."""
        concepts = [
            {"id": a.concept_id, "label": self.labels[a.concept_id], "role": a.role, "confidence": a.confidence}
            for a in self.assertions
        ]
        return {"kind": "paper", **self.paper.model_dump(mode="json"), "concepts": concepts}


def concept_card(graph: ResearchGraph, name: str, *, neighbours: int = 10) -> ConceptCard:
    """The card of a concept, by any of its names.

    Raises:
        UnknownNameError: no concept bears this name; near ones are suggested.

    Examples:
        >>> from paperconcepts.examples import example_graph
        >>> concept_card(example_graph(), "low-rank adaptation").label
        'Low-Rank Adaptation'
    """
    node = graph.concept(name)
    concept = node.concept
    rows = graph.papers_using(concept.id, roles=tuple(Role))
    counts = Counter(row.role for row in rows)
    return ConceptCard(
        id=concept.id,
        label=concept.label,
        type=concept.type,
        definition=concept.definition,
        catalogued=concept.catalogued,
        aliases=tuple(sorted({alias.text for alias in node.aliases} - {concept.label})),
        broader=concept.broader,
        support=node.support,
        first_seen=node.first_seen,
        roles={role: counts[role] for role in Role if counts[role]},
        papers=tuple(rows),
        timeline=tuple(graph.timeline(concept.id)),
        neighbours=tuple(graph.co_occurring(concept.id, limit=neighbours)),
    )


def paper_card(graph: ResearchGraph, name: str) -> PaperCard:
    """The card of a paper, by id, identifier or title.

    Raises:
        UnknownNameError: no paper bears this name; near ones are suggested.
    """
    paper = graph.paper(name)
    assertions = tuple(graph.concepts_of(paper.id))
    labels = {a.concept_id: graph.concept(a.concept_id).concept.label for a in assertions}
    return PaperCard(paper, assertions, labels)


def card(graph: ResearchGraph, name: str) -> ConceptCard | PaperCard:
    """The card of whatever bears this name, concepts first.

    Raises:
        UnknownNameError: neither a concept nor a paper bears it; near names of both kinds are suggested.
    """
    try:
        return concept_card(graph, name)
    except UnknownNameError as unknown:
        try:
            return paper_card(graph, name)
        except UnknownNameError as also_unknown:
            near = (*unknown.suggestions, *also_unknown.suggestions)[:5]
            raise UnknownNameError(name, kind="concept or paper", suggestions=near) from None
