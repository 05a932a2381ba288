"""What papers state beside the edges: results, and relations that they only hedge or deny."""

from collections.abc import Container, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from paperconcepts.model import Relation, Result, Status

if TYPE_CHECKING:
    from paperconcepts.graph.research_graph import ResearchGraph

__all__ = ["among_concepts", "stated_results", "unasserted_relations"]


def among_concepts(result: Result, concepts: Container[str]) -> Result | None:
    """The result without the concepts that are not in ``concepts``; None if it then says nothing.

    A result says something while it has its metric, or else a dataset or baseline.

    Examples:
        >>> from paperconcepts.model import Evidence
        >>> evidence = Evidence("x:1", "abstract", 0, 20, ((13, 16),), "0.9", 8, 11, "result:value", "1", 0.8)
        >>> result = Result("x:1", "zetatune", "accuracy", "gsm8k", None, "0.9", "", "at", evidence)
        >>> among_concepts(result, {"accuracy"}).dataset is None, among_concepts(result, {"gsm8k"})
        (True, None)
    """
    subject, metric, dataset, baseline = (
        name if name is not None and name in concepts else None
        for name in (result.subject, result.metric, result.dataset, result.baseline)
    )
    lost = result.metric is not None and metric is None
    if lost or (metric, dataset, baseline) == (None, None, None):
        return None
    return replace(result, subject=subject, metric=metric, dataset=dataset, baseline=baseline)


def stated_results(graph: "ResearchGraph", *, paper_id: str | None = None, **wanted: str | None) -> list[Result]:
    """The results of one paper or all, in the order of papers and of the text; ``wanted`` names ids by field."""
    return [
        result
        for result in _results(graph, paper_id)
        if all(getattr(result, field) == value for field, value in wanted.items() if value is not None)
    ]


def _results(graph: "ResearchGraph", paper_id: str | None) -> Iterator[Result]:
    for name in _papers(graph, paper_id):
        results: tuple[Result, ...] = graph.graph.nodes[name].get("results", ())
        # The graph may have been filtered since: what the paper no longer has is named no more.
        concepts = frozenset(graph.graph.successors(name)) if results else frozenset()
        known = (among_concepts(result, concepts) for result in results)
        yield from (result for result in known if result is not None)


def unasserted_relations(
    graph: "ResearchGraph", *, paper_id: str | None = None, status: Status | None = None
) -> list[Relation]:
    """The relations that papers only hedge or deny, by paper and triple; each has the evidence of one paper."""
    found = []
    for name in _papers(graph, paper_id):
        relations: tuple[Relation, ...] = graph.graph.nodes[name].get("unasserted", ())
        concepts = frozenset(graph.graph.successors(name)) if relations else frozenset()
        found += [relation for relation in relations if {relation.subject, relation.object} <= concepts]
    return [r for r in found if status is None or any(item.status is status for item in r.evidence)]


def _papers(graph: "ResearchGraph", paper_id: str | None) -> list[str]:
    if paper_id is not None:
        return [paper_id]
    return sorted(name for name, data in graph.graph.nodes(data=True) if data["kind"] == "paper")
