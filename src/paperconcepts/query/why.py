"""Why something is in the graph, asked by one or two names, whatever they name."""

from collections.abc import Iterator
from dataclasses import dataclass

from paperconcepts.errors import UnknownNameError
from paperconcepts.graph import ResearchGraph
from paperconcepts.query.explain import EdgeExplanation, explain_edge, explain_relations
from paperconcepts.query.explain_nodes import ConceptExplanation, PaperExplanation, explain_concept, explain_paper
from paperconcepts.query.readings import Reading, read_name, remarks_on

__all__ = ["WhyAnswer", "why_edge", "why_node"]


@dataclass(frozen=True, slots=True)
class WhyAnswer:
    """An explanation, and what was chosen where a name could stand for several things."""

    found: tuple[EdgeExplanation, ...] | ConceptExplanation | PaperExplanation
    remarks: tuple[str, ...]


def why_node(graph: ResearchGraph, name: str, *, best: int = 3) -> WhyAnswer:
    """Why a concept or a paper is in the graph; a name of both is read as the concept.

    Raises:
        UnknownNameError: nothing bears this name.

    Examples:
        >>> from paperconcepts.examples import example_graph
        >>> answer = why_node(example_graph(), "2305.18290")
        >>> type(answer.found).__name__, answer.remarks
        ('PaperExplanation', ())
    """
    readings = read_name(graph, name)
    chosen = readings[0]
    remarks = tuple(remarks_on(name, readings, chosen))
    if chosen.kind == "paper":
        return WhyAnswer(explain_paper(graph, chosen.id), remarks)
    return WhyAnswer(explain_concept(graph, chosen.id, best=best), remarks)


def why_edge(graph: ResearchGraph, one: str, other: str) -> WhyAnswer:
    """Why two things are joined: a paper and a concept, or two concepts.

    Of the things that the names may stand for, the first are taken between which there is an edge: a paper and a
    concept before two concepts.

    Raises:
        UnknownNameError: nothing bears one of the names, or no edge joins what they stand for.

    Examples:
        >>> from paperconcepts.examples import example_graph
        >>> [edge.relation for edge in why_edge(example_graph(), "QLoRA", "LoRA").found]
        ['is_a', 'extends']
    """
    firsts, seconds = read_name(graph, one), read_name(graph, other)
    pairs = sorted(((first, second) for first in firsts for second in seconds), key=lambda pair: _preference(*pair))
    for first, second in pairs:
        found = tuple(_edges(graph, first, second))
        if found:
            return WhyAnswer(found, (*remarks_on(one, firsts, first), *remarks_on(other, seconds, second)))
    tried = " or ".join(edge for first, second in pairs for edge in _directions(first, second))
    only_papers = all(first.kind == second.kind == "paper" for first, second in pairs)
    raise UnknownNameError(tried, kind="edge between papers" if only_papers else "edge")


def _preference(first: Reading, second: Reading) -> int:
    """0 for a paper and a concept, 1 for two concepts, 2 for a concept and a paper, 3 for two papers."""
    return {(True, False): 0, (False, False): 1, (False, True): 2}.get(
        (first.kind == "paper", second.kind == "paper"), 3
    )


def _directions(first: Reading, second: Reading) -> list[str]:
    """The edges that there might be: from a paper to a concept, or between two concepts either way."""
    if "paper" in (first.kind, second.kind):
        paper, concept = (first, second) if first.kind == "paper" else (second, first)
        return [f"{paper.id} -> {concept.id}"]
    return list(dict.fromkeys((f"{first.id} -> {second.id}", f"{second.id} -> {first.id}")))


def _edges(graph: ResearchGraph, first: Reading, second: Reading) -> Iterator[EdgeExplanation]:
    if first.kind != "paper" != second.kind:
        yield from explain_relations(graph, first.id, second.id)
    elif first.kind != second.kind:
        paper, concept = (first, second) if first.kind == "paper" else (second, first)
        if graph.graph.has_edge(paper.id, concept.id):
            yield explain_edge(graph, paper.id, concept.id)
