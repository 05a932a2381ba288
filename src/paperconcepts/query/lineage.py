"""Where a concept comes from and what came of it: chains of ``extends`` and ``is_a``."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from paperconcepts.errors import ConfigurationError
from paperconcepts.graph import ConceptNode, ResearchGraph
from paperconcepts.model import ConceptType, Predicate, Relation

__all__ = ["Direction", "LineageRow", "trace_lineage"]

Direction = Literal["up", "down", "both"]
_DEFAULT = (Predicate.EXTENDS, Predicate.IS_A)


@dataclass(frozen=True, slots=True)
class LineageRow:
    """One step of a lineage.

    Attributes:
        direction: ``up`` to what the concept builds on, ``down`` to what builds on it.
        depth: steps from the concept that was asked for, 1 or more.
        concept_id: the concept that the step leads to.
        label: its name.
        type: its type.
        first_seen: the earliest date of a paper that has it.
        support: papers that have it.
        predicate: the relation of this step; it points up.
        via: the id of the concept that the step starts from.
        via_label: its name.
        confidence: of the relation.
        papers: papers whose sentences state the relation; none if only the catalogue does.
        catalogue: whether the catalogue states it.
        repeated: the concept has a row of its own elsewhere in this direction, its further steps stand there.
    """

    direction: Literal["up", "down"]
    depth: int
    concept_id: str
    label: str
    type: ConceptType
    first_seen: str | None
    support: int
    predicate: Predicate
    via: str
    via_label: str
    confidence: float
    papers: tuple[str, ...]
    catalogue: bool
    repeated: bool


def trace_lineage(
    graph: ResearchGraph,
    name: str,
    *,
    direction: Direction = "both",
    depth: int = 3,
    predicates: Sequence[Predicate | str] = _DEFAULT,
    min_confidence: float = 0.0,
) -> list[LineageRow]:
    """The concepts that one builds on (``up``) and those that build on it (``down``), as two trees.

    Rows come as one reads a tree: each concept is followed by its own further steps; steps from one concept are
    ordered by date, then by id. A concept that can be reached in several ways is followed from the nearest place only,
    so that circles end.

    Args:
        graph: the graph to ask.
        name: the concept, by any of its names.
        direction: ``up``, ``down`` or ``both``.
        depth: how many steps to go at most.
        predicates: the relations to follow.
        min_confidence: leave out relations that are believed less; what the catalogue says stays.

    Raises:
        UnknownNameError: no concept bears this name.
        ConfigurationError: no such direction, or a depth below 1.
        ValueError: there is no such relation.

    Examples:
        >>> from paperconcepts.examples import example_graph
        >>> rows = trace_lineage(example_graph(), "LoRA", direction="down", depth=1)
        >>> {row.predicate.value for row in rows if row.label == "QLoRA"} == {"extends", "is_a"}
        True
    """
    if direction not in ("up", "down", "both"):
        raise ConfigurationError(f"unknown direction {direction!r}; known directions: up, down, both")
    if depth < 1:
        raise ConfigurationError(f"depth is {depth}; it must be at least 1")
    followed = frozenset(Predicate(one) for one in ((predicates,) if isinstance(predicates, str) else predicates))
    start = graph.concept(name).concept.id
    rows: list[LineageRow] = []
    if direction != "down":
        rows += _tree(graph, start, "up", depth, followed, min_confidence)
    if direction != "up":
        rows += _tree(graph, start, "down", depth, followed, min_confidence)
    return rows


_Step = tuple[str, Relation]


def _steps(
    graph: ResearchGraph,
    concept_id: str,
    direction: Literal["up", "down"],
    followed: frozenset[Predicate],
    least: float,
) -> list[_Step]:
    edges = graph.graph.out_edges if direction == "up" else graph.graph.in_edges
    found: list[_Step] = []
    for source, target, data in edges(concept_id, data=True):
        other = target if direction == "up" else source
        relation = data["item"]
        if data["kind"] != "relation" or relation.predicate not in followed or other == concept_id:
            continue
        if relation.confidence >= least or any(not one.paper_id for one in relation.evidence):
            found.append((other, relation))
    nodes = graph.graph.nodes
    return sorted(found, key=lambda step: (nodes[step[0]]["concept"].first_seen or "9999", step[0], step[1].predicate))


def _tree(
    graph: ResearchGraph,
    start: str,
    direction: Literal["up", "down"],
    depth: int,
    followed: frozenset[Predicate],
    least: float,
) -> list[LineageRow]:
    """All steps from ``start``, breadth first to find the nearest place of each concept, then in reading order."""
    steps: dict[str, list[_Step]] = {}
    first_step: dict[str, Relation | None] = {start: None}
    level = [start]
    for _ in range(depth):
        following: list[str] = []
        for current in level:
            steps[current] = _steps(graph, current, direction, followed, least)
            for other, relation in steps[current]:
                if other not in first_step:
                    first_step[other] = relation
                    following.append(other)
        level = following
    rows: list[LineageRow] = []
    waiting = [(start, 1, step) for step in reversed(steps[start])]
    while waiting:
        via, distance, (other, relation) = waiting.pop()
        nearest = relation is first_step[other]
        rows.append(_row(graph, direction, distance, other, via, relation, repeated=not nearest))
        if nearest:
            waiting += [(other, distance + 1, step) for step in reversed(steps.get(other, []))]
    return rows


def _row(
    graph: ResearchGraph,
    direction: Literal["up", "down"],
    depth: int,
    concept_id: str,
    via: str,
    relation: Relation,
    *,
    repeated: bool,
) -> LineageRow:
    node: ConceptNode = graph.graph.nodes[concept_id]["concept"]
    sources = {evidence.paper_id for evidence in relation.evidence}
    return LineageRow(
        direction,
        depth,
        concept_id,
        node.concept.label,
        node.concept.type,
        node.first_seen,
        node.support,
        relation.predicate,
        via,
        graph.graph.nodes[via]["label"],
        relation.confidence,
        tuple(sorted(sources - {""})),
        "" in sources,
        repeated,
    )
