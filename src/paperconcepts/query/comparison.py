"""A table of papers: what each introduces, and with which methods, models, datasets, tasks and metrics."""

from collections.abc import Sequence
from dataclasses import dataclass

from paperconcepts.errors import UnknownNameError
from paperconcepts.graph import ResearchGraph
from paperconcepts.model import Assertion, ConceptType, Role
from paperconcepts.query.incidence import chosen_roles

__all__ = ["ComparedPaper", "compare_papers"]

_STATED = tuple(role for role in Role if role is not Role.MENTIONS)


@dataclass(frozen=True, slots=True)
class ComparedPaper:
    """A paper and the labels of its concepts by kind, in each list the strongest role first.

    ``introduces`` holds what the paper introduces, of any type; the other lists hold the rest.
    """

    paper_id: str
    title: str
    issued: str | None
    introduces: tuple[str, ...]
    methods: tuple[str, ...]
    models: tuple[str, ...]
    datasets: tuple[str, ...]
    tasks: tuple[str, ...]
    metrics: tuple[str, ...]


def compare_papers(
    graph: ResearchGraph,
    names: Sequence[str],
    *,
    roles: Sequence[Role | str] = _STATED,
) -> list[ComparedPaper]:
    """Compare papers, newest first, by what they do with which concepts.

    Args:
        graph: the graph to ask.
        names: papers and concepts by any of their names, concepts first; a concept stands for all papers that have it
            in one of ``roles``.
        roles: which papers of a concept to take; default: any but ``mentions``.

    Raises:
        UnknownNameError: a name is neither a concept's nor a paper's; near names are suggested.
        ValueError: there is no such role.

    Examples:
        >>> from paperconcepts.examples import example_graph
        >>> rows = compare_papers(example_graph(), ["GSM8K"], roles=["evaluates_on"])
        >>> all("GSM8K" in (*row.datasets, *row.introduces) for row in rows)
        True
        >>> [row.introduces for row in compare_papers(example_graph(), ["2305.14314"])]
        [('QLoRA',)]
    """
    wanted = chosen_roles(roles)
    papers: set[str] = set()
    for name in (names,) if isinstance(names, str) else names:
        papers |= _papers_of(graph, name, wanted)
    rows = [_row(graph, paper_id) for paper_id in sorted(papers)]
    return sorted(rows, key=lambda row: row.issued or "", reverse=True)


def _papers_of(graph: ResearchGraph, name: str, roles: frozenset[Role]) -> set[str]:
    try:
        concept_id = graph.concept(name).concept.id
    except UnknownNameError as unknown:
        try:
            return {graph.paper(name).id}
        except UnknownNameError as also_unknown:
            near = (*unknown.suggestions, *also_unknown.suggestions)[:5]
            raise UnknownNameError(name, kind="concept or paper", suggestions=near) from None
    return {row.paper_id for row in graph.papers_using(concept_id, roles=sorted(roles))}


def _row(graph: ResearchGraph, paper_id: str) -> ComparedPaper:
    paper = graph.graph.nodes[paper_id]["paper"]
    stated = [item for item in graph.concepts_of(paper_id) if item.role is not Role.MENTIONS]

    def labels(items: list[Assertion]) -> tuple[str, ...]:
        nodes = graph.graph.nodes
        found = sorted(items, key=lambda item: (item.role.rank, nodes[item.concept_id]["label"].casefold()))
        return tuple(dict.fromkeys(nodes[item.concept_id]["label"] for item in found))

    def others(kind: ConceptType) -> tuple[str, ...]:
        found = (item for item in stated if item.role is not Role.INTRODUCES)
        return labels([item for item in found if graph.graph.nodes[item.concept_id]["concept_type"] == kind])

    return ComparedPaper(
        paper_id,
        paper.label,
        paper.issued,
        introduces=labels([item for item in stated if item.role is Role.INTRODUCES]),
        methods=others(ConceptType.METHOD),
        models=others(ConceptType.MODEL),
        datasets=others(ConceptType.DATASET),
        tasks=others(ConceptType.TASK),
        metrics=others(ConceptType.METRIC),
    )
