"""Why something is in the graph, asked by one or two names, whatever they name."""

from collections.abc import Iterator
from dataclasses import dataclass

from paperconcepts.errors import UnknownNameError
from paperconcepts.graph import ResearchGraph
from paperconcepts.query.explain import EdgeExplanation, explain_edge, explain_relations
from paperconcepts.query.explain_nodes import ConceptExplanation, PaperExplanation, explain_concept, explain_paper

__all__ = ["Reading", "WhyAnswer", "read_name", "why_edge", "why_node"]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a name may stand for: a paper, or a concept of a type."""

    kind: str
    id: str

    def __str__(self) -> str:
        """The kind and the id, as a remark names it."""
        return f"the {self.kind} {self.id}"


@dataclass(frozen=True, slots=True)
class WhyAnswer:
    """An explanation, and what was chosen where a name could stand for several things."""

    found: tuple[EdgeExplanation, ...] | ConceptExplanation | PaperExplanation
    remarks: tuple[str, ...]


def read_name(graph: ResearchGraph, name: str) -> list[Reading]:
    """Everything that a name stands for: concepts first, those of most papers first. An id stands for itself only.

    Raises:
        UnknownNameError: nothing bears this name; near names of both kinds are suggested.

    Examples:
        >>> from paperconcepts.examples import example_graph
        >>> [str(reading) for reading in read_name(example_graph(), "LoRA")]
        ['the method low-rank-adaptation']
        >>> [str(reading) for reading in read_name(example_graph(), "2305.18290")]
        ['the paper arxiv:2305.18290']
    """
    concepts = [Reading(str(n.concept.type).lower(), n.concept.id) for n in graph.concepts_named(name)]
    papers = [Reading("paper", paper.id) for paper in graph.papers_named(name)]
    exact = [reading for reading in (*concepts, *papers) if reading.id == name]
    if not concepts and not papers:
        raise UnknownNameError(name, kind="concept or paper", suggestions=_near_names(graph, name))
    return exact or [*concepts, *papers]


def _near_names(graph: ResearchGraph, name: str) -> list[str]:
    near: list[str] = []
    for look_up in (graph.concept, graph.paper):
        try:
            look_up(name)
        except UnknownNameError as unknown:
            near += unknown.suggestions
    return near[:5]


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
    remarks = tuple(_remarks([(name, readings, chosen)]))
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
            return WhyAnswer(found, tuple(_remarks([(one, firsts, first), (other, seconds, second)])))
    tried = " or ".join(f"{first.id} -> {second.id}" for first, second in pairs)
    only_papers = all(first.kind == second.kind == "paper" for first, second in pairs)
    raise UnknownNameError(tried, kind="edge between papers" if only_papers else "edge")


def _preference(first: Reading, second: Reading) -> int:
    """0 for a paper and a concept, 1 for two concepts, 2 for a concept and a paper, 3 for two papers."""
    return {(True, False): 0, (False, False): 1, (False, True): 2}.get(
        (first.kind == "paper", second.kind == "paper"), 3
    )


def _edges(graph: ResearchGraph, first: Reading, second: Reading) -> Iterator[EdgeExplanation]:
    if first.kind != "paper" != second.kind:
        yield from explain_relations(graph, first.id, second.id)
    elif first.kind != second.kind:
        paper, concept = (first, second) if first.kind == "paper" else (second, first)
        if graph.graph.has_edge(paper.id, concept.id):
            yield explain_edge(graph, paper.id, concept.id)


def _remarks(choices: list[tuple[str, list[Reading], Reading]]) -> Iterator[str]:
    for name, readings, chosen in choices:
        if len(readings) > 1:
            others = ", ".join(str(reading) for reading in readings if reading != chosen)
            yield f"{name!r} is read as {chosen}; it is also a name of {others}; give an id to choose"
