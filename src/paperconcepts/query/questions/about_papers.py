"""Questions about papers: which have a concept, and what one of them does with which concepts."""

from collections import defaultdict
from dataclasses import dataclass

from paperconcepts.graph import ResearchGraph
from paperconcepts.model import ConceptType, Predicate, Role
from paperconcepts.query.questions.facts import (
    INVOLVED,
    TAKEN_UP,
    concepts_called,
    edges,
    falling,
    kind_of,
    label_of,
    ordered,
    paper_key,
    papers_called,
    reached,
    targets_by_paper,
)
from paperconcepts.query.questions.reading import ConceptId, PaperId
from paperconcepts.query.questions.table import question
from paperconcepts.rdf.namespaces import ROLE_NAMES

__all__ = [
    "AreaPaper",
    "ConceptPaper",
    "DatasetPaper",
    "IntroducedConcept",
    "PaperConcept",
    "ReusedConcept",
    "SilentPaper",
    "YearCount",
    "concepts_of_paper",
    "introduced_in_paper",
    "papers_in_area",
    "papers_on_dataset",
    "papers_per_year",
    "papers_using_concept",
    "papers_without_concepts",
    "reused_in_paper",
]


@dataclass(frozen=True, slots=True)
class ConceptPaper:
    """A paper and what it does with a concept."""

    paper: PaperId
    title: str
    year: int | None
    role: Role
    confidence: float


@question("papers-using-concept")
def papers_using_concept(graph: ResearchGraph, *, name: str = "LoRA") -> list[ConceptPaper]:
    """Which papers have a concept, in which role, and how sure is that? Newest first.

    Examples:
        >>> from paperconcepts.examples import example_graph
        >>> papers_using_concept(example_graph(), name="low-rank adaptation")[-1].paper
        'arxiv:2106.09685'
    """
    rows = (
        ConceptPaper(paper.id, paper.label, paper.year, item.role, item.confidence)
        for paper, item in edges(graph, concepts=concepts_called(graph, name), roles=INVOLVED)
    )
    return ordered(rows, lambda r: (falling(r.year), ROLE_NAMES[r.role], falling(r.confidence), paper_key(r.paper)))


@dataclass(frozen=True, slots=True)
class DatasetPaper:
    """A paper that is evaluated on a dataset."""

    paper: PaperId
    title: str
    year: int | None
    confidence: float


@question("papers-on-dataset")
def papers_on_dataset(graph: ResearchGraph, *, name: str = "GSM8K") -> list[DatasetPaper]:
    """Which papers are evaluated on a dataset? Newest first."""
    rows = (
        DatasetPaper(paper.id, paper.label, paper.year, item.confidence)
        for paper, item in edges(graph, concepts=concepts_called(graph, name), roles={Role.EVALUATES_ON})
    )
    return ordered(rows, lambda r: (falling(r.year), falling(r.confidence), paper_key(r.paper)))


@dataclass(frozen=True, slots=True)
class AreaPaper:
    """A paper and the kind of a concept that it has."""

    concept: ConceptId
    label: str
    paper: PaperId
    title: str
    year: int | None


@question("papers-in-area")
def papers_in_area(graph: ResearchGraph, *, name: str = "language model") -> list[AreaPaper]:
    """Which papers have a concept or any kind of it?"""
    wanted = concepts_called(graph, name)
    for start in tuple(wanted):
        wanted |= reached(graph, start, {Predicate.IS_A}, forwards=False)
    rows = (
        AreaPaper(item.concept_id, label_of(graph, item.concept_id), paper.id, paper.label, paper.year)
        for paper, item in edges(graph, concepts=wanted, roles=INVOLVED)
    )
    return ordered(rows, lambda r: (r.concept, falling(r.year), paper_key(r.paper)))


@dataclass(frozen=True, slots=True)
class YearCount:
    """The number of papers of a year."""

    year: int
    papers: int


@question("papers-per-year")
def papers_per_year(graph: ResearchGraph, *, name: str = "LoRA") -> list[YearCount]:
    """How many papers of each year have a concept?"""
    years: dict[int, set[str]] = defaultdict(set)
    for paper, _ in edges(graph, concepts=concepts_called(graph, name), roles=INVOLVED):
        if paper.year is not None:
            years[paper.year].add(paper.id)
    return [YearCount(year, len(papers)) for year, papers in sorted(years.items())]


@dataclass(frozen=True, slots=True)
class SilentPaper:
    """A paper without concepts."""

    paper: PaperId
    title: str


@question("papers-without-concepts")
def papers_without_concepts(graph: ResearchGraph) -> list[SilentPaper]:
    """From which papers was no concept drawn?"""
    speaking = targets_by_paper(graph, frozenset(Role))
    rows = (SilentPaper(paper.id, paper.label) for paper in graph.papers() if paper.id not in speaking)
    return ordered(rows, lambda r: paper_key(r.paper))


@dataclass(frozen=True, slots=True)
class PaperConcept:
    """A concept and what a paper does with it."""

    role: Role
    concept: ConceptId
    label: str
    kind: ConceptType
    confidence: float


@question("concepts-of-paper")
def concepts_of_paper(graph: ResearchGraph, *, identifier: str = "arxiv:2305.18290") -> list[PaperConcept]:
    """What does a paper do with which concepts?"""
    rows = (
        PaperConcept(
            item.role, item.concept_id, label_of(graph, item.concept_id), kind_of(graph, item.concept_id),
            item.confidence,
        )
        for _, item in edges(graph, papers=papers_called(graph, identifier))
    )  # fmt: skip
    return ordered(rows, lambda r: (ROLE_NAMES[r.role], falling(r.confidence), r.concept))


@dataclass(frozen=True, slots=True)
class IntroducedConcept:
    """A concept that a paper introduces."""

    concept: ConceptId
    label: str
    kind: ConceptType
    confidence: float


@question("introduced-in-paper")
def introduced_in_paper(graph: ResearchGraph, *, identifier: str = "arxiv:2305.18290") -> list[IntroducedConcept]:
    """Which concepts are newly introduced by a paper?"""
    rows = (
        IntroducedConcept(
            item.concept_id, label_of(graph, item.concept_id), kind_of(graph, item.concept_id), item.confidence
        )
        for _, item in edges(graph, papers=papers_called(graph, identifier), roles={Role.INTRODUCES})
    )
    return ordered(rows, lambda r: (falling(r.confidence), r.concept))


@dataclass(frozen=True, slots=True)
class ReusedConcept:
    """A concept that a paper takes from prior work, and a paper that introduced it, if one is known."""

    role: Role
    concept: ConceptId
    label: str
    origin: PaperId | None


@question("reused-in-paper")
def reused_in_paper(graph: ResearchGraph, *, identifier: str = "arxiv:2305.18290") -> list[ReusedConcept]:
    """Which concepts does a paper take from prior work, and which papers introduced these?"""
    origins: dict[str, set[str]] = defaultdict(set)
    for paper, item in edges(graph, roles={Role.INTRODUCES}):
        origins[item.concept_id].add(paper.id)
    rows = [
        ReusedConcept(item.role, item.concept_id, label_of(graph, item.concept_id), origin)
        for paper, item in edges(graph, papers=papers_called(graph, identifier), roles=TAKEN_UP)
        if paper.id not in origins[item.concept_id]
        for origin in origins[item.concept_id] or [None]
    ]
    return ordered(rows, lambda r: (ROLE_NAMES[r.role], r.concept, paper_key(r.origin or "")))
