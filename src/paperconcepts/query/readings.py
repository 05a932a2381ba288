"""What a name may stand for, and what is said where it could stand for several things."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from paperconcepts.errors import UnknownNameError
from paperconcepts.graph import ResearchGraph

__all__ = ["Reading", "read_name", "remarks_on", "remarks_on_names"]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a name may stand for: a paper, or a concept of a type."""

    kind: str
    id: str

    def __str__(self) -> str:
        """The kind and the id, as a remark names it."""
        return f"the {self.kind} {self.id}"


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
    found = _readings(graph, name, ("concept", "paper"))
    if not found:
        raise UnknownNameError(name, kind="concept or paper", suggestions=_near_names(graph, name))
    return found


def _readings(graph: ResearchGraph, name: str, kinds: Sequence[str]) -> list[Reading]:
    found: list[Reading] = []
    for kind in kinds:
        if kind == "paper":
            found += [Reading("paper", paper.id) for paper in graph.papers_named(name)]
        else:
            found += [Reading(str(n.concept.type).lower(), n.concept.id) for n in graph.concepts_named(name)]
    return [reading for reading in found if reading.id == name] or found


def _near_names(graph: ResearchGraph, name: str) -> list[str]:
    near: list[str] = []
    for look_up in (graph.concept, graph.paper):
        try:
            look_up(name)
        except UnknownNameError as unknown:
            near += unknown.suggestions
    return near[:5]


def remarks_on(name: str, readings: Sequence[Reading], chosen: Reading) -> Iterator[str]:
    """A remark if a name could have been read in another way than it was.

    Examples:
        >>> kiwis = [Reading("model", "kiwi-model"), Reading("dataset", "kiwi-dataset")]
        >>> next(remarks_on("Kiwi", kiwis, kiwis[0]))
        "'Kiwi' is read as the model kiwi-model; it is also a name of the dataset kiwi-dataset; give an id to choose"
        >>> list(remarks_on("Kiwi", kiwis[:1], kiwis[0]))
        []
    """
    if len(readings) > 1:
        others = ", ".join(str(reading) for reading in readings if reading != chosen)
        yield f"{name!r} is read as {chosen}; it is also a name of {others}; give an id to choose"


def remarks_on_names(
    graph: ResearchGraph, names: Sequence[str], *, kinds: Sequence[str] = ("concept",)
) -> tuple[str, ...]:
    """A remark for each name that several things of these kinds bear; the first kind that has the name is taken.

    Examples:
        >>> from paperconcepts.examples import example_graph
        >>> remarks_on_names(example_graph(), ["LoRA", "2305.18290"], kinds=["concept", "paper"])
        ()
    """
    readings = {name: _readings(graph, name, kinds) for name in names}
    return tuple(remark for name, found in readings.items() if found for remark in remarks_on(name, found, found[0]))
