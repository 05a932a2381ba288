"""Groups of concepts that papers use together, each named by its most characteristic members."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import networkx as nx

from paperconcepts.graph import ResearchGraph
from paperconcepts.model import ConceptType, Role
from paperconcepts.query.co_occurrence import association, pair_counts
from paperconcepts.query.incidence import Incidence, concept_at, read_incidence

__all__ = ["Communities", "Community", "find_communities"]

_SEED = 0
_NAMED_BY = 3


@dataclass(frozen=True, slots=True)
class Community:
    """A group of concepts.

    Attributes:
        number: 1 for the largest.
        label: its three most characteristic concepts.
        concepts: how many concepts it has.
        papers: papers that have more of their concepts here than in any other community.
        members: ids of its concepts, the most characteristic first.
        labels: their names, in the same order.
    """

    number: int
    label: str
    concepts: int
    papers: int
    members: tuple[str, ...]
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Communities:
    """All communities, the largest first.

    Attributes:
        rows: the communities.
        modularity: how much more weight lies inside them than chance would put there, below 1.
        unplaced: concepts with enough papers that belong to none.
    """

    rows: tuple[Community, ...]
    modularity: float
    unplaced: tuple[str, ...]


def find_communities(
    graph: ResearchGraph,
    *,
    types: Sequence[ConceptType | str] | None = None,
    roles: Sequence[Role | str] | None = None,
    min_support: int = 2,
    min_shared: int = 2,
    min_size: int = 3,
    resolution: float = 1.0,
) -> Communities:
    """Group concepts by the Louvain method (Blondel et al. 2008) on their co-occurrence.

    An edge weighs the number of shared papers times the normalised PMI; pairs that come together no more often than
    chance would have it do not count, so that a concept of all papers does not tie everything together. The result
    depends neither on the order of the papers nor on hashing; another version of NetworkX may cut differently.

    Args:
        graph: the graph to ask.
        types: the types of concepts to group, default all.
        roles: the roles that count, default all.
        min_support: leave out concepts of fewer papers.
        min_shared: leave out pairs that share fewer papers.
        min_size: leave out communities of fewer concepts.
        resolution: above 1 for more and smaller communities, below 1 for fewer and larger ones.

    Raises:
        ValueError: there is no such type or role.

    Examples:
        >>> from paperconcepts.examples import example_graph
        >>> found = find_communities(example_graph())
        >>> found.rows[0].number, found.rows[0].concepts == len(found.rows[0].members)
        (1, True)
    """
    incidence = read_incidence(graph, types=types, roles=roles, min_support=min_support)
    # Integers in the order of the ids: sets of them are walked alike in every process.
    ids = list(incidence.papers_of)
    projection = _projection(incidence, ids, min_shared)
    if projection.number_of_edges() == 0:
        return Communities((), 0.0, tuple(ids))
    found = nx.community.louvain_communities(projection, weight="weight", resolution=resolution, seed=_SEED)
    parts = [sorted(part) for part in found if len(part) >= max(min_size, 2)]
    parts.sort(key=lambda part: (-len(part), part[0]))
    place = {ids[node]: number for number, part in enumerate(parts, 1) for node in part}
    papers = _papers_of_communities(incidence, place)
    rows = []
    for number, part in enumerate(parts, 1):
        members = tuple(ids[node] for node in _most_characteristic_first(projection, part))
        labels = tuple(concept_at(graph, member).label for member in members)
        rows.append(Community(number, ", ".join(labels[:_NAMED_BY]), len(part), papers[number], members, labels))
    modularity = nx.community.modularity(projection, found, weight="weight", resolution=resolution)
    return Communities(tuple(rows), round(modularity, 4), tuple(one for one in ids if one not in place))


def _projection(incidence: Incidence, ids: list[str], min_shared: int) -> nx.Graph:
    numbers = {concept_id: number for number, concept_id in enumerate(ids)}
    supports = incidence.papers_of
    projection = nx.Graph()
    projection.add_nodes_from(range(len(ids)))
    for (first, second), shared in sorted(pair_counts(incidence).items()):
        found = association(shared, len(supports[first]), len(supports[second]), incidence.total)
        if shared >= min_shared and found.npmi > 0:
            projection.add_edge(numbers[first], numbers[second], weight=shared * found.npmi)
    return projection


def _most_characteristic_first(projection: nx.Graph, part: list[int]) -> list[int]:
    """By the weight of the edges into the community, times their share of all edges of the concept."""
    inside = set(part)

    def score(node: int) -> float:
        weights = [(other in inside, data["weight"]) for other, data in projection.adj[node].items()]
        within = sum(weight for is_inside, weight in weights if is_inside)
        total = sum(weight for _, weight in weights)
        return float(round(within * within / total, 9)) if total else 0.0

    return sorted(part, key=lambda node: (-score(node), node))


def _papers_of_communities(incidence: Incidence, place: dict[str, int]) -> Counter[int]:
    papers: Counter[int] = Counter()
    for concepts in incidence.concepts_of.values():
        counts = Counter(place[concept_id] for concept_id in concepts if concept_id in place)
        if counts:
            papers[min(counts, key=lambda number: (-counts[number], number))] += 1
    return papers
