"""Why a concept or a paper is in the graph."""

from collections import Counter, defaultdict
from dataclasses import asdict, dataclass
from typing import Any

from paperconcepts.graph import PaperRow, ResearchGraph
from paperconcepts.model import ConceptType, Role, SourceRecord
from paperconcepts.query.alias_chain import AliasChain, alias_chains
from paperconcepts.query.explain import EdgeExplanation, explain_edge

__all__ = ["ConceptExplanation", "PaperExplanation", "TypeVote", "explain_concept", "explain_paper"]


@dataclass(frozen=True, slots=True)
class TypeVote:
    """How often a concept was read as one of a type; ``weight`` is the sum of the mentions' confidences."""

    type: ConceptType
    papers: int
    mentions: int
    weight: float


@dataclass(frozen=True, slots=True)
class ConceptExplanation:
    """A concept with everything that speaks for it.

    Attributes:
        id: its id.
        label: its preferred name.
        type: its type; what the catalogue says wins over all votes.
        catalogued: whether the catalogue has it.
        definition: that of the catalogue.
        votes: what each mention took it for, the type of the greatest weight first.
        chains: the forms that papers write, and how each leads here, those of most papers first.
        support: the number of papers that have it.
        first_seen: the earliest date of one.
        roles: how many papers have it in each role, the strongest first.
        papers: these papers, newest first.
        best: the edges with the most confident evidence, one piece of evidence each.
    """

    id: str
    label: str
    type: ConceptType
    catalogued: bool
    definition: str | None
    votes: tuple[TypeVote, ...]
    chains: tuple[AliasChain, ...]
    support: int
    first_seen: str | None
    roles: dict[Role, int]
    papers: tuple[PaperRow, ...]
    best: tuple[EdgeExplanation, ...]

    def as_dict(self) -> dict[str, Any]:
        """The explanation as JSON-ready values."""
        return {"kind": "concept", **asdict(self)}


@dataclass(frozen=True, slots=True)
class PaperExplanation:
    """A paper with the records that it was read from and what was drawn from it.

    Attributes:
        id: its id.
        label: its title, or the beginning of its abstract.
        issued: its date.
        sources: the records that it was read from.
        identifiers: its other identifiers.
        edges: its concepts with all evidence, strongest role first.
    """

    id: str
    label: str
    issued: str | None
    sources: tuple[SourceRecord, ...]
    identifiers: tuple[str, ...]
    edges: tuple[EdgeExplanation, ...]

    def as_dict(self) -> dict[str, Any]:
        """The explanation as JSON-ready values."""
        return {"kind": "paper", **asdict(self), "sources": [source.model_dump() for source in self.sources]}


def explain_concept(graph: ResearchGraph, name: str, *, best: int = 3) -> ConceptExplanation:
    """Why a concept is in the graph: its type, its names, its papers and the ``best`` evidence.

    Raises:
        UnknownNameError: no concept bears this name; near ones are suggested.

    Examples:
        >>> from paperconcepts.examples import example_graph
        >>> found = explain_concept(example_graph(), "LoRA", best=1)
        >>> found.id, found.type.value, found.votes[0].type.value
        ('low-rank-adaptation', 'Method', 'Method')
        >>> len(found.best), "LoRA" in found.best[0].quotations[0].sentence
        (1, True)
    """
    node = graph.concept(name)
    concept = node.concept
    rows = graph.papers_using(concept.id, roles=tuple(Role))
    counts = Counter(row.role for row in rows)
    surest = sorted(rows, key=lambda row: (-max((e.confidence for e in row.evidence), default=0.0), row.paper_id))
    return ConceptExplanation(
        id=concept.id,
        label=concept.label,
        type=concept.type,
        catalogued=concept.catalogued,
        definition=concept.definition,
        votes=tuple(_votes(graph, concept.id)),
        chains=tuple(alias_chains(graph, concept.id)),
        support=node.support,
        first_seen=node.first_seen,
        roles={role: counts[role] for role in Role if counts[role]},
        papers=tuple(rows),
        best=tuple(explain_edge(graph, row.paper_id, concept.id) for row in surest[:best]),
    )


def _votes(graph: ResearchGraph, concept_id: str) -> list[TypeVote]:
    papers: dict[ConceptType, set[str]] = defaultdict(set)
    weights: dict[ConceptType, list[float]] = defaultdict(list)
    for source, _, data in graph.graph.in_edges(concept_id, data=True):
        for mention in data["item"].mentions if data["kind"] == "assertion" else ():
            papers[mention.label].add(source)
            weights[mention.label].append(mention.confidence)
    votes = [
        TypeVote(kind, len(papers[kind]), len(found), round(sum(sorted(found)), 3)) for kind, found in weights.items()
    ]
    return sorted(votes, key=lambda vote: (-vote.weight, vote.type))


def explain_paper(graph: ResearchGraph, name: str) -> PaperExplanation:
    """Why a paper is in the graph: where it was read, and what was drawn from it.

    Raises:
        UnknownNameError: no paper bears this name; near ones are suggested.

    Examples:
        >>> from paperconcepts.examples import example_graph
        >>> found = explain_paper(example_graph(), "2305.18290")
        >>> found.sources[0].file, found.edges[0].relation
        ('corpus.jsonl', 'introduces')
    """
    paper = graph.paper(name)
    edges = tuple(explain_edge(graph, paper.id, item.concept_id) for item in graph.concepts_of(paper.id))
    return PaperExplanation(paper.id, paper.label, paper.issued, paper.sources, paper.identifiers, edges)
