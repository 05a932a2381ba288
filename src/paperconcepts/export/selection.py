"""A part of a research graph, chosen by what it is about: by date, type, role, confidence, or near one concept."""

import datetime
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from paperconcepts.errors import ConfigurationError, UnknownNameError

if TYPE_CHECKING:
    from paperconcepts.graph import ConceptNode, ResearchGraph
    from paperconcepts.model import Assertion, Relation

__all__ = ["Selection", "is_date", "nearby", "select"]

_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What to keep of a graph. The default keeps everything.

    Attributes:
        types: only concepts of these types.
        roles: only edges from papers in these roles.
        min_confidence: only edges that are believed this far, from 0 to 1.
        min_support: only concepts and relations of this many papers.
        since: only papers of this date or later: a year, month or day. Papers without a date are left out then.
        until: only papers of this date or earlier; a year or month is meant whole.
        near: only what is near this concept or paper (any of its names): see ``hops``.
        hops: how many steps from there; 1 for its papers and the concepts that are related to it, 2 for the other
            concepts of those papers too.
        top: only the concepts that most papers have, so many, and the papers that have one.
    """

    types: Sequence[str] | None = None
    roles: Sequence[str] | None = None
    min_confidence: float = 0.0
    min_support: int = 1
    since: str | None = None
    until: str | None = None
    near: str | None = None
    hops: int = 2
    top: int | None = None

    def __post_init__(self) -> None:
        """Refuse what selects nothing sensible.

        Raises:
            ConfigurationError: a date is none, or a number is too small.
        """
        for name, date in (("since", self.since), ("until", self.until)):
            if date is not None and not is_date(date):
                raise ConfigurationError(f"{name} is {date!r}; give a date as YYYY, YYYY-MM or YYYY-MM-DD")
        for name, number in (("hops", self.hops), ("top", self.top)):
            if number is not None and number < 1:
                raise ConfigurationError(f"{name} is {number}; give a number of 1 or more")


def is_date(text: str) -> bool:
    """Whether a text is a year, a month or a day that the calendar has: YYYY, YYYY-MM or YYYY-MM-DD.

    Examples:
        >>> is_date("2024-02"), is_date("2024-13"), is_date("2023-02-30")
        (True, False, False)
    """
    if not _DATE.match(text):
        return False
    try:
        datetime.date.fromisoformat((text + "-01-01")[:10])
    except ValueError:
        return False
    return True


def select(graph: "ResearchGraph", selection: Selection) -> "ResearchGraph":
    """Return a new graph of what ``selection`` keeps; ``graph`` itself if that is everything.

    Supports, first dates, aliases and confidences are those of what is left. Papers that lose their last edge are
    left out, unless nothing is asked for but dates.

    Raises:
        UnknownNameError: no concept or paper bears the name ``near``.
        ValueError: there is no such type or role, or a threshold makes no sense.

    Examples:
        >>> from paperconcepts.examples import example_graph
        >>> young = select(example_graph(), Selection(since="2023"))
        >>> min(paper.issued for paper in young.papers()) >= "2023"
        True
        >>> near = select(example_graph(), Selection(near="LoRA", hops=1))
        >>> all(graph_paper.id in example_graph().graph for graph_paper in near.papers())
        True
    """
    from paperconcepts.graph import keep_believed

    found = graph
    if selection.since is not None or selection.until is not None:
        found = _restrict(found, papers={paper.id for paper in found.papers() if _is_within(paper.issued, selection)})
    if selection.types or selection.roles or selection.min_confidence > 0 or selection.min_support > 1:
        found = _without_bare_papers(
            keep_believed(
                found,
                min_confidence=selection.min_confidence,
                min_support=selection.min_support,
                roles=selection.roles or None,
                types=selection.types or None,
            )
        )
    if selection.near is not None:
        found = nearby(found, selection.near, hops=selection.hops, names=graph)
    if selection.top is not None:
        ranked = sorted(found.concepts(), key=lambda node: (-node.support, node.concept.id))
        found = _without_bare_papers(_restrict(found, concepts={node.concept.id for node in ranked[: selection.top]}))
    return found


def nearby(
    graph: "ResearchGraph", name: str, *, hops: int = 2, names: "ResearchGraph | None" = None
) -> "ResearchGraph":
    """Return what lies within ``hops`` edges of a concept or paper, with all edges among it.

    Args:
        graph: the graph to cut from.
        name: the concept or paper, by any of its names; concepts are looked at first.
        hops: how many steps.
        names: the graph that knows the names, if ``graph`` is a part of it.

    Raises:
        UnknownNameError: no concept or paper bears this name, or it is not in ``graph``.

    Examples:
        >>> from paperconcepts.examples import example_graph
        >>> "low-rank-adaptation" in nearby(example_graph(), "LoRA", hops=1).graph
        True
    """
    centre = _centre(names or graph, name)
    if centre not in graph.graph:
        raise UnknownNameError(f"{name} (not among what the other options leave)", kind="concept or paper")
    reached, edge = {centre}, [centre]
    for _ in range(hops):
        around = {other for node in edge for other in (*graph.graph.successors(node), *graph.graph.predecessors(node))}
        edge = sorted(around - reached)
        reached.update(edge)
    return _restrict(graph, papers=reached, concepts=reached)


def _centre(graph: "ResearchGraph", name: str) -> str:
    try:
        return graph.concept(name).concept.id
    except UnknownNameError as unknown:
        try:
            return graph.paper(name).id
        except UnknownNameError as also_unknown:
            near = (*unknown.suggestions, *also_unknown.suggestions)[:5]
            raise UnknownNameError(name, kind="concept or paper", suggestions=near) from None


def _is_within(issued: str | None, selection: Selection) -> bool:
    if issued is None:
        return False
    # A paper of "2021" may be of any day of it: it is kept unless it cannot lie within.
    since, until = selection.since or "", selection.until or "9999"
    return issued >= since[: len(issued)] and issued[: len(until)] <= until


def _restrict(
    graph: "ResearchGraph", *, papers: Collection[str] | None = None, concepts: Collection[str] | None = None
) -> "ResearchGraph":
    """The graph of these papers and concepts (None: all), with all that is said of them counted anew."""
    import networkx as nx

    from paperconcepts.graph import ResearchGraph

    new = nx.MultiDiGraph(**graph.graph.graph)
    nodes = graph.graph.nodes
    for paper in graph.papers():
        if papers is None or paper.id in papers:
            new.add_node(paper.id, **nodes[paper.id])
    kept = [item for item in graph.assertions() if item.paper_id in new and _is_in(item.concept_id, concepts)]
    by_concept: dict[str, list[Assertion]] = {}
    for item in kept:
        by_concept.setdefault(item.concept_id, []).append(item)
    for concept_id, items in sorted(by_concept.items()):
        new.add_node(concept_id, **{**nodes[concept_id], "concept": _recounted(nodes, concept_id, items)})
    for item in kept:
        ends = item.paper_id, item.concept_id, str(item.role)
        new.add_edge(*ends, **graph.graph.edges[ends])
    for relation in graph.relations():
        _add_relation(graph, new, relation)
    return ResearchGraph(new, vocabulary=graph.vocabulary)


def _is_in(name: str, chosen: Collection[str] | None) -> bool:
    return chosen is None or name in chosen


def _recounted(nodes: Any, concept_id: str, items: "list[Assertion]") -> "ConceptNode":
    node: ConceptNode = nodes[concept_id]["concept"]
    papers = {item.paper_id for item in items}
    if len(papers) == node.support:
        return node
    used = {mention.text for item in items for mention in item.mentions}
    dates = [issued for one in papers if (issued := nodes[one]["paper"].issued)]
    return replace(
        node,
        aliases=tuple(one for one in node.aliases if one.paper_id in papers or not one.paper_id or one.text in used),
        support=len(papers),
        first_seen=min(dates, default=None),
    )


def _add_relation(old: "ResearchGraph", new: Any, relation: "Relation") -> None:
    from paperconcepts.graph.belief import is_of_catalogue, support_of
    from paperconcepts.graph.build import merged_relation

    if relation.subject not in new or relation.object not in new:
        return
    ends = relation.subject, relation.object, str(relation.predicate)
    data = old.graph.edges[ends]
    left = [one for one in relation.evidence if is_of_catalogue(one) or one.paper_id in new]
    if len(left) < len(relation.evidence):
        if not left:
            return
        relation = merged_relation(relation.subject, relation.predicate, relation.object, left)
        data = {**data, "confidence": relation.confidence, "support": support_of(left), "item": relation}
    new.add_edge(*ends, **data)


def _without_bare_papers(graph: "ResearchGraph") -> "ResearchGraph":
    return _restrict(graph, papers={paper.id for paper in graph.papers() if graph.graph.out_degree(paper.id)})
