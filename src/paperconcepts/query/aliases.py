"""Every name that a concept goes by, with the reason to believe that it means this concept."""

from collections import defaultdict
from dataclasses import asdict, dataclass
from typing import Any

from paperconcepts.graph import ResearchGraph
from paperconcepts.model import Alias, Concept, Mention

__all__ = ["AliasPlace", "AliasRow", "ConceptAliases", "aliases_of"]


@dataclass(frozen=True, slots=True)
class AliasPlace:
    """Where a paper writes an alias; ``start`` and ``end`` are code points into ``paper.text(field)``."""

    paper_id: str
    field: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class AliasRow:
    """A name of a concept, one reason for it, and where it is used for that reason.

    Attributes:
        text: the name as papers write it.
        reason: why it means the concept, see `paperconcepts.model.Alias`.
        paper_id: the paper whose text gave the reason, "" for the catalogue.
        confidence: how far the reason is trusted.
        note: for the reason ``decision``: its comment, and the reason before it.
        places: every mention that rests on this reason, in order.
    """

    text: str
    reason: str
    paper_id: str
    confidence: float
    note: str
    places: tuple[AliasPlace, ...]

    @property
    def borrowed(self) -> bool:
        """Whether a paper uses the name for a reason that another paper gives."""
        return any(place.paper_id != self.paper_id for place in self.places)


@dataclass(frozen=True, slots=True)
class ConceptAliases:
    """A concept with all its names, sorted by name; surest reason first."""

    concept: Concept
    rows: tuple[AliasRow, ...]

    def as_dict(self) -> dict[str, Any]:
        """The names as JSON-ready values."""
        rows = [{**asdict(row), "places": [asdict(place) for place in row.places]} for row in self.rows]
        return {"id": self.concept.id, "label": self.concept.label, "type": str(self.concept.type), "aliases": rows}


def aliases_of(graph: ResearchGraph, name: str) -> ConceptAliases:
    """Return every alias of the concept of this name with reason, paper, places and confidence.

    Each mention of the concept stands in exactly one row: that of its own paper if this paper gave a reason for the
    name, else the surest one that another paper gave.

    Raises:
        UnknownNameError: no concept bears this name; near ones are suggested.

    Examples:
        >>> from paperconcepts.examples import example_graph
        >>> rows = aliases_of(example_graph(), "LoRA").rows
        >>> rows[0].text, rows[0].reason, rows[0].paper_id
        ('LoRA', 'definition', 'arxiv:2106.09685')
    """
    node = graph.concept(name)
    by_text: dict[str, list[Alias]] = defaultdict(list)
    for alias in sorted(node.aliases, key=lambda a: (-a.confidence, a.paper_id, a.reason)):
        by_text[alias.text].append(alias)
    places: dict[Alias, list[AliasPlace]] = {alias: [] for found in by_text.values() for alias in found}
    for paper_id, mention in _mentions(graph, node.concept.id):
        known = by_text.get(mention.text)
        if known:
            own = next((alias for alias in known if alias.paper_id == paper_id), known[0])
            places[own].append(AliasPlace(paper_id, mention.field, mention.start, mention.end))
    rows = [
        AliasRow(alias.text, alias.reason, alias.paper_id, alias.confidence, alias.note, tuple(found))
        for alias, found in places.items()
    ]
    rows.sort(key=lambda row: (row.text.lower(), row.text, -row.confidence, row.paper_id, row.reason))
    return ConceptAliases(node.concept, tuple(rows))


def _mentions(graph: ResearchGraph, concept_id: str) -> list[tuple[str, Mention]]:
    """(paper id, mention) of a concept, in order of papers and places."""
    found = [
        (source, mention)
        for source, _, data in graph.graph.in_edges(concept_id, data=True)
        if data["kind"] == "assertion"
        for mention in data["item"].mentions
    ]
    return sorted(found, key=lambda item: (item[0], item[1].field != "title", item[1].start))
