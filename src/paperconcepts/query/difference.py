"""What is new between two graphs: concepts, first uses, what rises and falls, edges with their evidence."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from paperconcepts.graph import ResearchGraph
from paperconcepts.model import Assertion, ConceptType, Evidence, Paper, Predicate, Relation, Role
from paperconcepts.query.emergence import growth
from paperconcepts.query.frames import to_dicts
from paperconcepts.query.incidence import Incidence, concept_at, read_incidence
from paperconcepts.query.quotation import quote

__all__ = [
    "DIFFERENCE_FORMAT", "ConceptChange", "ConceptShift", "Difference", "EdgeChange", "FirstUse", "PaperChange",
    "graph_difference",
]  # fmt: skip

DIFFERENCE_FORMAT = "paperconcepts-diff/1"
_USES = (Role.EVALUATES_ON, Role.USES, Role.MEASURES)


@dataclass(frozen=True, slots=True)
class PaperChange:
    """A paper that only one of the graphs has."""

    paper_id: str
    title: str
    issued: str | None


@dataclass(frozen=True, slots=True)
class ConceptChange:
    """A concept that only one of the graphs has: its papers there, the earliest of them, what that paper does with it.

    ``sentence`` is where that paper says so, mentions in brackets and cue words in braces.
    """

    concept_id: str
    label: str
    type: ConceptType
    papers: int
    paper_id: str
    issued: str | None
    role: Role
    sentence: str


@dataclass(frozen=True, slots=True)
class FirstUse:
    """A concept that the old graph had, but no paper of it used, measured or was evaluated on; the first that does."""

    concept_id: str
    label: str
    type: ConceptType
    users: int
    paper_id: str
    issued: str | None
    role: Role
    sentence: str


@dataclass(frozen=True, slots=True)
class ConceptShift:
    """A concept whose share among the papers that came differs from its share among the old graph's papers.

    ``growth`` is the ratio of the shares, ``score`` the growth in standard errors, see
    :func:`paperconcepts.query.growth`.
    """

    concept_id: str
    label: str
    type: ConceptType
    earlier: int
    later: int
    growth: float
    score: float


@dataclass(frozen=True, slots=True)
class EdgeChange:
    """An edge that only one of the graphs has, with its strongest evidence; "" as paper is the catalogue."""

    source: str
    kind: str
    target: str
    source_label: str
    target_label: str
    confidence: float
    paper_id: str
    rule: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Difference:
    """What is new, and what has gone, between two graphs. Rows are sorted, the most telling first.

    Attributes:
        old: numbers of papers, concepts, edges from papers and relations of the old graph.
        new: the same of the new graph.
        papers_added: papers that only the new graph has, by date, the latest first.
        papers_removed: papers that only the old graph has.
        concepts_new: concepts that only the new graph has, those of most papers first.
        concepts_gone: concepts that only the old graph has.
        first_uses: concepts of both that a paper of the new graph is the first to use.
        rising: concepts more frequent among the papers that came than among those before, the surest first.
        falling: concepts that are less frequent there.
        relations_new: relations between concepts that only the new graph has, the most confident first.
        relations_gone: relations that only the old graph has.
        edges_new: edges from papers of both graphs that only the new one has: the paper or what is read in it changed.
        edges_gone: edges from papers of both graphs that only the old one has.
    """

    old: dict[str, int]
    new: dict[str, int]
    papers_added: tuple[PaperChange, ...]
    papers_removed: tuple[PaperChange, ...]
    concepts_new: tuple[ConceptChange, ...]
    concepts_gone: tuple[ConceptChange, ...]
    first_uses: tuple[FirstUse, ...]
    rising: tuple[ConceptShift, ...]
    falling: tuple[ConceptShift, ...]
    relations_new: tuple[EdgeChange, ...]
    relations_gone: tuple[EdgeChange, ...]
    edges_new: tuple[EdgeChange, ...]
    edges_gone: tuple[EdgeChange, ...]

    def as_dict(self) -> dict[str, Any]:
        """The difference as JSON-ready values."""
        rows = {name: to_dicts(getattr(self, name)) for name in self.__slots__ if name not in ("old", "new")}
        return {"format": DIFFERENCE_FORMAT, "old": self.old, "new": self.new, **rows}


def graph_difference(old: ResearchGraph, new: ResearchGraph, *, min_support: int = 3) -> Difference:
    """Compare two graphs, for instance of last week and of today.

    Concepts and papers are the same if their ids are. ``min_support`` papers must have a concept that rises or falls.

    Examples:
        >>> from paperconcepts.examples import example_graph
        >>> from paperconcepts.graph import build_graph
        >>> graph = example_graph()
        >>> found = graph_difference(build_graph([]), graph)
        >>> len(found.papers_added) == len(graph.papers()), found.papers_removed
        (True, ())
        >>> graph_difference(graph, graph).as_dict()["relations_new"]
        []
    """
    before, after = read_incidence(old), read_incidence(new)
    old_papers = {paper.id: paper for paper in old.papers()}
    new_papers = {paper.id: paper for paper in new.papers()}
    shifts = _shifts(new, before, after, old_papers.keys(), min_support)
    common = old_papers.keys() & new_papers.keys()
    return Difference(
        _sizes(old),
        _sizes(new),
        _paper_changes(paper for name, paper in new_papers.items() if name not in old_papers),
        _paper_changes(paper for name, paper in old_papers.items() if name not in new_papers),
        _concept_changes(new, after, before.papers_of.keys()),
        _concept_changes(old, before, after.papers_of.keys()),
        tuple(_first_uses(old, new, before)),
        tuple(row for row in shifts if row.score > 0),
        tuple(row for row in reversed(shifts) if row.score < 0),
        _relation_changes(new, old),
        _relation_changes(old, new),
        _edge_changes(new, old, common),
        _edge_changes(old, new, common),
    )


def _sizes(graph: ResearchGraph) -> dict[str, int]:
    return {
        "papers": len(graph.papers()),
        "concepts": len(graph.concepts()),
        "edges": sum(1 for _ in graph.assertions()),
        "relations": sum(1 for _ in graph.relations()),
    }


def _paper_changes(papers: Iterable[Paper]) -> tuple[PaperChange, ...]:
    rows = sorted((PaperChange(paper.id, paper.label, paper.issued) for paper in papers), key=lambda row: row.paper_id)
    return tuple(sorted(rows, key=lambda row: row.issued or "", reverse=True))


def _concept_changes(graph: ResearchGraph, found: Incidence, known: Collection[str]) -> tuple[ConceptChange, ...]:
    rows = []
    for concept_id in found.papers_of.keys() - set(known):
        concept = concept_at(graph, concept_id)
        first = _first(graph, concept_id, found.papers_of[concept_id])
        rows.append(ConceptChange(concept.id, concept.label, concept.type, len(found.papers_of[concept_id]), *first))
    return tuple(sorted(rows, key=lambda row: (-row.papers, row.concept_id)))


def _first(graph: ResearchGraph, concept_id: str, papers: Iterable[str]) -> tuple[str, str | None, Role, str]:
    """The first of these papers, one that introduces the concept or else the earliest: id, date, role, sentence."""
    items = [_strongest(graph, paper, concept_id) for paper in papers]
    dates = {item.paper_id: _paper(graph, item.paper_id).issued for item in items}
    best = min(
        items, key=lambda item: (item.role is not Role.INTRODUCES, dates[item.paper_id] or "9999", item.paper_id)
    )
    return best.paper_id, dates[best.paper_id], best.role, _sentence(graph, best.evidence)


def _strongest(graph: ResearchGraph, paper_id: str, concept_id: str) -> Assertion:
    edges = graph.graph.get_edge_data(paper_id, concept_id)
    items: list[Assertion] = [data["item"] for data in edges.values() if data["kind"] == "assertion"]
    return min(items, key=lambda item: item.role.rank)


def _paper(graph: ResearchGraph, paper_id: str) -> Paper:
    paper: Paper = graph.graph.nodes[paper_id]["paper"]
    return paper


def _sentence(graph: ResearchGraph, evidence: Iterable[Evidence]) -> str:
    best = _best(evidence)
    if best is None or not best.paper_id:
        return ""
    marked = quote(_paper(graph, best.paper_id), best).marked(cue_opening="{", cue_closing="}")
    return " ".join(marked.split())


def _best(evidence: Iterable[Evidence]) -> Evidence | None:
    ordered = sorted(evidence, key=lambda e: (-e.confidence, e.paper_id, e.field != "title", e.start, e.rule))
    return ordered[0] if ordered else None


def _first_uses(old: ResearchGraph, new: ResearchGraph, before: Incidence) -> Iterator[FirstUse]:
    used, uses = read_incidence(old, roles=_USES), read_incidence(new, roles=_USES)
    rows = []
    for concept_id in (uses.papers_of.keys() & before.papers_of.keys()) - used.papers_of.keys():
        concept = concept_at(new, concept_id)
        users = uses.papers_of[concept_id]
        rows.append(FirstUse(concept.id, concept.label, concept.type, len(users), *_first(new, concept_id, users)))
    yield from sorted(rows, key=lambda row: (-row.users, row.concept_id))


def _shifts(
    graph: ResearchGraph, before: Incidence, after: Incidence, known: Collection[str], min_support: int
) -> list[ConceptShift]:
    """Concepts by how much more often the papers that came have them, the surest rise first."""
    came = after.concepts_of.keys() - set(known)
    rows = []
    for concept_id, papers in after.papers_of.items():
        earlier, later = len(before.papers_of.get(concept_id, ())), len(came & set(papers))
        if not came or not before.total or earlier + later < min_support:
            continue
        concept = concept_at(graph, concept_id)
        found = growth(earlier, before.total, later, len(came))
        rows.append(ConceptShift(concept.id, concept.label, concept.type, earlier, later, *found))
    return sorted(rows, key=lambda row: (-row.score, -row.growth, row.concept_id))


def _relation_changes(graph: ResearchGraph, other: ResearchGraph) -> tuple[EdgeChange, ...]:
    known: set[tuple[str, Predicate, str]] = {(r.subject, r.predicate, r.object) for r in other.relations()}
    rows = [_change(graph, r) for r in graph.relations() if (r.subject, r.predicate, r.object) not in known]
    # What texts say comes before what the catalogue knew anyway.
    return tuple(sorted(rows, key=lambda row: (not row.paper_id, -row.confidence, row.source, row.kind, row.target)))


def _edge_changes(graph: ResearchGraph, other: ResearchGraph, papers: Collection[str]) -> tuple[EdgeChange, ...]:
    known = {(item.paper_id, item.role, item.concept_id) for item in other.assertions()}
    return tuple(
        _change(graph, item)
        for item in graph.assertions()
        if item.paper_id in papers and (item.paper_id, item.role, item.concept_id) not in known
    )


def _change(graph: ResearchGraph, item: Assertion | Relation) -> EdgeChange:
    if isinstance(item, Assertion):
        ends = item.paper_id, str(item.role), item.concept_id
    else:
        ends = item.subject, str(item.predicate), item.object
    best = _best(item.evidence)
    source, kind, target = ends
    return EdgeChange(
        source, kind, target, _label(graph, source), _label(graph, target), item.confidence,
        best.paper_id if best is not None else "", best.rule if best is not None else "",
        _sentence(graph, item.evidence),
    )  # fmt: skip


def _label(graph: ResearchGraph, node: str) -> str:
    # The family of a version need not be a node.
    return str(graph.graph.nodes[node]["label"]) if node in graph.graph else node
