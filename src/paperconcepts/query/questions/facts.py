"""What the questions ask of a graph: bearers of a name, edges by role, ways along relations, and the order of rows.

Names are compared as the queries compare them: labels and aliases in full, in lower case. Rows are ordered as SPARQL
orders them: what is missing comes first, and last where the order falls.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any, TypeVar

from paperconcepts.graph import ConceptNode, ResearchGraph
from paperconcepts.model import Assertion, ConceptType, Evidence, Paper, Predicate, Role
from paperconcepts.rdf.iris import encode_curie

__all__ = [
    "INVOLVED",
    "TAKEN_UP",
    "concepts_called",
    "edges",
    "falling",
    "kind_of",
    "label_of",
    "ordered",
    "paper_key",
    "papers_called",
    "papers_of",
    "reached",
    "rising",
    "sentence_of",
    "targets_by_paper",
]

INVOLVED = frozenset(Role) - {Role.MENTIONS}
"""Every role but a mere mention."""

TAKEN_UP = frozenset({Role.USES, Role.EVALUATES_ON, Role.COMPARES})
"""The roles in which a paper takes what others made."""

_Row = TypeVar("_Row")


def concepts_called(graph: ResearchGraph, name: str) -> set[str]:
    """The ids of the concepts whose label or alias is ``name``, in upper or lower case.

    Examples:
        >>> from paperconcepts.examples import example_graph
        >>> concepts_called(example_graph(), "lora"), concepts_called(example_graph(), "no such thing")
        ({'low-rank-adaptation'}, set())
    """
    wanted = name.lower()
    return {
        node.concept.id
        for node in graph.concepts()
        if any(form.lower() == wanted for form in (node.concept.label, *(alias.text for alias in node.aliases)) if form)
    }


def papers_called(graph: ResearchGraph, identifier: str) -> set[str]:
    """The ids of the papers with this identifier or title, in upper or lower case.

    Examples:
        >>> from paperconcepts.examples import example_graph
        >>> papers_called(example_graph(), "arXiv:2106.09685")
        {'arxiv:2106.09685'}
    """
    wanted = identifier.lower()
    return {
        paper.id
        for paper in graph.papers()
        if any(form.lower() == wanted for form in (paper.id, *paper.identifiers, paper.title) if form)
    }


def edges(
    graph: ResearchGraph,
    *,
    concepts: Collection[str] | None = None,
    papers: Collection[str] | None = None,
    roles: Collection[Role] = frozenset(Role),
) -> Iterator[tuple[Paper, Assertion]]:
    """The edges from papers to concepts in these roles, each with its paper; None means all."""
    nodes = graph.graph.nodes
    for item in graph.assertions():
        wanted = (concepts is None or item.concept_id in concepts) and (papers is None or item.paper_id in papers)
        if wanted and item.role in roles:
            yield nodes[item.paper_id]["paper"], item


def targets_by_paper(graph: ResearchGraph, roles: Collection[Role]) -> dict[str, set[str]]:
    """{paper: the concepts that it has in one of these roles}."""
    found: dict[str, set[str]] = defaultdict(set)
    for _, item in edges(graph, roles=roles):
        found[item.paper_id].add(item.concept_id)
    return found


def reached(graph: ResearchGraph, start: str, predicates: Collection[Predicate], *, forwards: bool) -> set[str]:
    """The concepts that a chain of one or more of these relations leads to from ``start``, or that it leads from.

    Examples:
        >>> from paperconcepts.examples import example_graph
        >>> "low-rank-adaptation" in reached(example_graph(), "qlora", {Predicate.EXTENDS}, forwards=True)
        True
    """
    step = graph.graph.out_edges if forwards else graph.graph.in_edges
    found: set[str] = set()
    waiting = [start]
    while waiting:
        for source, target, data in step(waiting.pop(), data=True):
            other = target if forwards else source
            if data["kind"] == "relation" and data["item"].predicate in predicates and other not in found:
                found.add(other)
                waiting.append(other)
    return found


def label_of(graph: ResearchGraph, concept_id: str) -> str:
    """The preferred label of a concept."""
    node: ConceptNode = graph.graph.nodes[concept_id]["concept"]
    return node.concept.label


def kind_of(graph: ResearchGraph, concept_id: str) -> ConceptType:
    """The type of a concept."""
    node: ConceptNode = graph.graph.nodes[concept_id]["concept"]
    return node.concept.type


def papers_of(evidence: Iterable[Evidence]) -> set[str]:
    """The papers that evidence comes from; the catalogue is none."""
    return {item.paper_id for item in evidence if item.paper_id}


def sentence_of(graph: ResearchGraph, evidence: Evidence) -> str:
    """The sentence of a piece of evidence."""
    paper: Paper = graph.graph.nodes[evidence.paper_id]["paper"]
    return paper.text(evidence.field)[evidence.start : evidence.end]


def ordered(rows: Iterable[_Row], key: Callable[[_Row], Any]) -> list[_Row]:
    """The distinct rows in the order of a key."""
    return sorted(set(rows), key=key)


def paper_key(paper_id: str) -> str:
    """The place of a paper where the IRIs of papers are ordered."""
    return encode_curie(paper_id)


def rising(value: Any) -> tuple[bool, Any]:
    """The place of a value in a rising order; a missing one comes first.

    Examples:
        >>> sorted([2, None, 1], key=rising)
        [None, 1, 2]
    """
    return (value is not None, value)


def falling(number: float | None) -> tuple[bool, float]:
    """The place of a number in a falling order; a missing one comes last.

    Examples:
        >>> sorted([1, None, 2], key=falling)
        [2, 1, None]
    """
    return (number is None, -(number or 0))
