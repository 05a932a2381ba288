"""Why an edge is in the graph, in words and with the text behind it."""

from dataclasses import dataclass

from paperconcepts.graph import ResearchGraph
from paperconcepts.model import ConceptType, Evidence, Role

__all__ = ["Explanation", "explain"]


@dataclass(frozen=True, slots=True)
class Explanation:
    """One piece of evidence with its sentence; ``spans`` are code points into ``sentence``."""

    role: Role
    concept_id: str
    label: str
    type: ConceptType
    sentence: str
    spans: tuple[tuple[int, int], ...]
    evidence: Evidence

    def marked(self, opening: str = "[", closing: str = "]") -> str:
        """The sentence with its mentions between two marks."""
        pieces: list[str] = []
        position = 0
        for start, end in sorted(set(self.spans)):
            if start >= position:
                pieces += [self.sentence[position:start], opening, self.sentence[start:end], closing]
                position = end
        return "".join([*pieces, self.sentence[position:]])


def explain(graph: ResearchGraph, paper: str, concept: str) -> list[Explanation]:
    """The evidence for the edge between a paper and a concept, most confident first.

    Raises:
        UnknownNameError: no such paper or concept, or no edge between them.

    Examples:
        >>> from paperconcepts.examples import example_graph
        >>> explain(example_graph(), "2305.18290", "DPO")[0].role.value
        'introduces'
    """
    found = graph.why(paper, concept)
    node = graph.concept(concept).concept
    record = graph.paper(paper)
    role = next(a.role for a in graph.concepts_of(record.id) if a.concept_id == node.id)
    return [
        Explanation(
            role,
            node.id,
            node.label,
            node.type,
            record.text(item.field)[item.start : item.end],
            tuple((a - item.start, b - item.start) for a, b in item.spans),
            item,
        )
        for item in found
        if item.field
    ]
