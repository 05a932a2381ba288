"""Which paper has which concepts: the table that all counting starts from."""

from collections.abc import Sequence
from dataclasses import dataclass

from paperconcepts.graph import ResearchGraph
from paperconcepts.model import Concept, ConceptType, Role

__all__ = ["Incidence", "chosen_roles", "chosen_types", "concept_at", "read_incidence"]


@dataclass(frozen=True, slots=True)
class Incidence:
    """Papers by concept and concepts by paper, all sorted by id.

    Attributes:
        concepts_of: each paper's concepts with the strongest role it gives them.
        papers_of: each concept's papers.
        total: papers that have any concept in the chosen roles, of whatever type and support.
    """

    concepts_of: dict[str, dict[str, Role]]
    papers_of: dict[str, tuple[str, ...]]
    total: int


def read_incidence(
    graph: ResearchGraph,
    *,
    types: Sequence[ConceptType | str] | None = None,
    roles: Sequence[Role | str] | None = None,
    min_support: int = 1,
) -> Incidence:
    """Read from the edges which paper has which concepts.

    Args:
        graph: the graph; papers without any concept are left out.
        types: the types of concepts to keep, default all.
        roles: the roles that count, default all, ``mentions`` included.
        min_support: keep concepts that at least so many papers have.

    Raises:
        ValueError: there is no such type or role.

    Examples:
        >>> from paperconcepts.examples import example_graph
        >>> found = read_incidence(example_graph(), types=["Dataset"], min_support=3)
        >>> len(found.papers_of["imagenet"]) >= 3
        True
    """
    wanted, counted = chosen_types(types), chosen_roles(roles)
    nodes = graph.graph.nodes
    strongest: dict[str, dict[str, Role]] = {}
    for source, target, data in graph.graph.edges(data=True):
        if data["kind"] == "assertion" and data["item"].role in counted:
            found = strongest.setdefault(source, {})
            role: Role = data["item"].role
            if target not in found or role.rank < found[target].rank:
                found[target] = role
    papers_of: dict[str, list[str]] = {}
    for paper_id in sorted(strongest):
        for concept_id in strongest[paper_id]:
            if nodes[concept_id]["concept_type"] in wanted:
                papers_of.setdefault(concept_id, []).append(paper_id)
    kept = {concept_id: tuple(papers_of[concept_id]) for concept_id in sorted(papers_of)
            if len(papers_of[concept_id]) >= min_support}  # fmt: skip
    concepts_of = {
        paper_id: {concept_id: role for concept_id, role in sorted(strongest[paper_id].items()) if concept_id in kept}
        for paper_id in sorted(strongest)
    }
    return Incidence({paper: found for paper, found in concepts_of.items() if found}, kept, len(strongest))


def concept_at(graph: ResearchGraph, concept_id: str) -> Concept:
    """The concept of this id, without a search among names."""
    concept: Concept = graph.graph.nodes[concept_id]["concept"].concept
    return concept


def chosen_types(types: Sequence[ConceptType | str] | None) -> frozenset[ConceptType]:
    """The types of these names, all of them for None; a misspelt one is a ValueError, not an empty answer.

    Examples:
        >>> sorted(chosen_types(["Task", "Metric"]))
        [<ConceptType.METRIC: 'Metric'>, <ConceptType.TASK: 'Task'>]
    """
    names = tuple(ConceptType) if types is None else (types,) if isinstance(types, str) else types
    return frozenset(ConceptType(name) for name in names)


def chosen_roles(roles: Sequence[Role | str] | None) -> frozenset[Role]:
    """The roles of these names, all of them for None; a misspelt one is a ValueError, not an empty answer.

    Examples:
        >>> len(chosen_roles(None)), chosen_roles("uses")
        (8, frozenset({<Role.USES: 'uses'>}))
    """
    names = tuple(Role) if roles is None else (roles,) if isinstance(roles, str) else roles
    return frozenset(Role(name) for name in names)
