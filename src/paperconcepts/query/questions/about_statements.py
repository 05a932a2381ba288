"""Questions about statements: the evidence for an edge, what is said of a concept, and results that papers state."""

from collections import defaultdict
from dataclasses import dataclass

from paperconcepts.graph import ResearchGraph
from paperconcepts.model import Predicate, Result, Role, Status
from paperconcepts.query.questions.facts import (
    concepts_called,
    edges,
    label_of,
    ordered,
    paper_key,
    papers_called,
    papers_of,
    rising,
    sentence_of,
)
from paperconcepts.query.questions.reading import ConceptId, PaperId
from paperconcepts.query.questions.table import question
from paperconcepts.rdf.namespaces import PREDICATE_NAMES, ROLE_NAMES
from paperconcepts.version import __version__

__all__ = [
    "Comparison",
    "EdgeEvidence",
    "EdgeOrigin",
    "StatedResult",
    "Statement",
    "WeakEdge",
    "comparisons_of",
    "evidence_of_edge",
    "origin_of_edge",
    "results_by_metric",
    "results_of_concept",
    "results_on_dataset",
    "statements_about",
    "weak_edges",
]


@dataclass(frozen=True, slots=True)
class EdgeEvidence:
    """A sentence that says that a paper has a concept; begin and end are its place in the field."""

    role: Role
    confidence: float
    field: str
    begin: int
    end: int
    sentence: str
    cue: str | None
    rule: str
    status: Status


@question("evidence-of-edge")
def evidence_of_edge(
    graph: ResearchGraph, *, identifier: str = "arxiv:2305.18290", name: str = "DPO"
) -> list[EdgeEvidence]:
    """Which sentences say that a paper has a concept? With place, cue words, status, rule and confidence."""
    papers, concepts = papers_called(graph, identifier), concepts_called(graph, name)
    rows = (
        EdgeEvidence(
            item.role, found.confidence, found.field, found.start, found.end, sentence_of(graph, found),
            found.cue or None, found.rule, found.status,
        )
        for _, item in edges(graph, papers=papers, concepts=concepts)
        for found in item.evidence
    )  # fmt: skip
    return ordered(
        rows,
        lambda r: (
            -r.confidence, r.field != "title", r.begin, r.end, ROLE_NAMES[r.role], r.rule, rising(r.cue), r.status
        ),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class EdgeOrigin:
    """Where an edge comes from: rule and version, the software that ran, and a file that its paper was read from."""

    role: Role
    rule: str
    rule_version: str
    software: str
    source: str | None


@question("origin-of-edge")
def origin_of_edge(
    graph: ResearchGraph, *, identifier: str = "arxiv:2305.18290", name: str = "DPO"
) -> list[EdgeOrigin]:
    """From which file, by which rule and version does the edge between a paper and a concept come?"""
    papers, concepts = papers_called(graph, identifier), concepts_called(graph, name)
    rows = (
        EdgeOrigin(item.role, found.rule, found.version, __version__, file)
        for paper, item in edges(graph, papers=papers, concepts=concepts)
        for found in item.evidence
        for file in {source.file for source in paper.sources} or [None]
    )
    return ordered(rows, lambda r: (ROLE_NAMES[r.role], r.rule, r.rule_version, rising(r.source)))


@dataclass(frozen=True, slots=True)
class Statement:
    """What is said of a concept: a relation to another, and the number of papers that say so."""

    predicate: Predicate
    other: ConceptId
    label: str
    confidence: float
    papers: int


@question("statements-about")
def statements_about(graph: ResearchGraph, *, name: str = "LoRA") -> list[Statement]:
    """What is said of a concept in relation to others? What most papers say first."""
    concepts = concepts_called(graph, name)
    papers: dict[tuple[Predicate, str, float], set[str]] = defaultdict(set)
    for item in graph.relations():
        if item.subject in concepts:
            papers[item.predicate, item.object, item.confidence] |= papers_of(item.evidence)
    rows = (
        Statement(predicate, other, label_of(graph, other), confidence, len(found))
        for (predicate, other, confidence), found in papers.items()
    )
    return ordered(rows, lambda r: (-r.papers, -r.confidence, PREDICATE_NAMES[r.predicate], r.other))


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two concepts that are compared, or one that outperforms another."""

    subject: ConceptId
    predicate: Predicate
    object: ConceptId
    confidence: float


@question("comparisons-of")
def comparisons_of(graph: ResearchGraph, *, name: str = "GPT-3") -> list[Comparison]:
    """With what is a concept compared, what does it beat, and what beats it?"""
    concepts = concepts_called(graph, name)
    rows = (
        Comparison(item.subject, item.predicate, item.object, item.confidence)
        for item in graph.relations()
        if item.predicate in (Predicate.OUTPERFORMS, Predicate.COMPARED_WITH)
        and not concepts.isdisjoint((item.subject, item.object))
    )
    return ordered(rows, lambda r: (PREDICATE_NAMES[r.predicate], r.subject, r.object))


@dataclass(frozen=True, slots=True)
class WeakEdge:
    """An edge and how far it is believed."""

    paper: PaperId
    role: Role
    concept: ConceptId
    confidence: float


@question("weak-edges")
def weak_edges(graph: ResearchGraph, *, below: float = 0.3) -> list[WeakEdge]:
    """Which edges are believed least? A list to review."""
    rows = (
        WeakEdge(item.paper_id, item.role, item.concept_id, item.confidence)
        for _, item in edges(graph)
        if item.confidence < below
    )
    return ordered(rows, lambda r: (r.confidence, paper_key(r.paper), ROLE_NAMES[r.role], r.concept))


@dataclass(frozen=True, slots=True)
class StatedResult:
    """A result with the labels of its concepts, None where the sentence names none, and that sentence."""

    paper: PaperId
    subject: str | None
    metric: str | None
    dataset: str | None
    baseline: str | None
    value: str
    unit: str | None
    direction: str
    status: Status
    sentence: str


@question("results-on-dataset")
def results_on_dataset(graph: ResearchGraph, *, name: str = "ImageNet") -> list[StatedResult]:
    """Which results do papers state for a dataset?"""
    concepts = concepts_called(graph, name)
    return _results(graph, [result for result in graph.results() if result.dataset in concepts])


@question("results-of-concept")
def results_of_concept(graph: ResearchGraph, *, name: str = "LoRA") -> list[StatedResult]:
    """Which results do papers state for a model or method?"""
    concepts = concepts_called(graph, name)
    return _results(graph, [result for result in graph.results() if result.subject in concepts])


@question("results-by-metric")
def results_by_metric(graph: ResearchGraph, *, name: str = "accuracy") -> list[StatedResult]:
    """Which results do papers state by a metric?"""
    concepts = concepts_called(graph, name)
    return _results(graph, [result for result in graph.results() if result.metric in concepts])


def _results(graph: ResearchGraph, results: list[Result]) -> list[StatedResult]:
    rows = []
    for result in results:
        subject, metric, dataset, baseline = (
            label_of(graph, party) if party is not None else None
            for party in (result.subject, result.metric, result.dataset, result.baseline)
        )
        rows.append(
            StatedResult(
                result.paper_id, subject, metric, dataset, baseline, result.value, result.unit or None,
                result.direction, result.evidence.status, sentence_of(graph, result.evidence),
            )
        )  # fmt: skip
    return ordered(
        rows,
        lambda r: (
            paper_key(r.paper), rising(r.subject), rising(r.metric), rising(r.dataset), rising(r.baseline), r.value,
            r.direction, rising(r.unit), r.sentence, r.status,
        ),
    )  # fmt: skip
