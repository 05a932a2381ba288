"""Questions about concepts: their names, company, years, origin and kin."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from paperconcepts.graph import ResearchGraph
from paperconcepts.model import ConceptType, Predicate, Role
from paperconcepts.query.questions.facts import (
    INVOLVED,
    TAKEN_UP,
    concepts_called,
    edges,
    kind_of,
    label_of,
    ordered,
    paper_key,
    reached,
    rising,
    sentence_of,
    targets_by_paper,
)
from paperconcepts.query.questions.reading import ConceptId, PaperId
from paperconcepts.query.questions.table import question
from paperconcepts.rdf.namespaces import ROLE_NAMES

__all__ = [
    "AmbiguousName",
    "ConceptCount",
    "ConceptName",
    "Introduction",
    "NewConcept",
    "RelatedCount",
    "RelatedKind",
    "Reuse",
    "YearlyConcept",
    "aliases",
    "ambiguous_names",
    "co_occurring_concepts",
    "concepts_per_year",
    "descendants",
    "introduced_by",
    "lineage",
    "most_used_concepts",
    "new_concepts",
    "reused_by",
]


@dataclass(frozen=True, slots=True)
class ConceptName:
    """A concept and one of its other names, None if it has only its label."""

    concept: ConceptId
    label: str
    kind: ConceptType
    alias: str | None


@question("aliases")
def aliases(graph: ResearchGraph, *, name: str = "LoRA") -> list[ConceptName]:
    """What else is a concept called, and what kind is it?

    Examples:
        >>> from paperconcepts.examples import example_graph
        >>> [(row.label, row.alias) for row in aliases(example_graph(), name="lora")]
        [('Low-Rank Adaptation', 'LoRA')]
    """
    rows = []
    for concept_id in concepts_called(graph, name):
        node = graph.graph.nodes[concept_id]["concept"]
        others = {alias.text for alias in node.aliases} - {node.concept.label, ""}
        rows += [ConceptName(concept_id, node.concept.label, node.concept.type, text) for text in others or [None]]
    return ordered(rows, lambda r: (r.concept, rising(r.alias)))


@dataclass(frozen=True, slots=True)
class AmbiguousName:
    """A name in lower case and the number of concepts that bear it."""

    form: str
    concepts: int


@question("ambiguous-names")
def ambiguous_names(graph: ResearchGraph) -> list[AmbiguousName]:
    """Which names are borne by more than one concept?"""
    bearers: Counter[str] = Counter()
    for node in graph.concepts():
        bearers.update({form.lower() for form in (node.concept.label, *(a.text for a in node.aliases)) if form})
    rows = (AmbiguousName(form, number) for form, number in bearers.items() if number > 1)
    return ordered(rows, lambda r: (-r.concepts, r.form))


@dataclass(frozen=True, slots=True)
class RelatedCount:
    """A concept and the number of papers that it shares with the one that was asked for."""

    other: ConceptId
    label: str
    papers: int


@question("co-occurring-concepts")
def co_occurring_concepts(graph: ResearchGraph, *, name: str = "LoRA") -> list[RelatedCount]:
    """Which concepts stand in the same papers as a concept? Those that share most papers first."""
    wanted = concepts_called(graph, name)
    shared: Counter[str] = Counter()
    for found in targets_by_paper(graph, frozenset(Role)).values():
        here = wanted & found
        shared.update(other for other in found if here - {other})
    rows = (RelatedCount(other, label_of(graph, other), number) for other, number in shared.items())
    return ordered(rows, lambda r: (-r.papers, r.other))


@dataclass(frozen=True, slots=True)
class ConceptCount:
    """A concept and a number of papers."""

    concept: ConceptId
    label: str
    papers: int


@question("most-used-concepts")
def most_used_concepts(
    graph: ResearchGraph,
    *,
    kind: ConceptType | str = ConceptType.DATASET,
    from_year: int = 2015,
    to_year: int = 2030,
) -> list[ConceptCount]:
    """Which concepts of a kind do most papers of some years have?"""
    wanted = ConceptType(kind)
    papers: dict[str, set[str]] = defaultdict(set)
    for paper, item in edges(graph, roles=INVOLVED):
        in_time = paper.year is not None and from_year <= paper.year <= to_year
        if in_time and kind_of(graph, item.concept_id) is wanted:
            papers[item.concept_id].add(paper.id)
    rows = (ConceptCount(name, label_of(graph, name), len(found)) for name, found in papers.items())
    return ordered(rows, lambda r: (-r.papers, r.concept))


@dataclass(frozen=True, slots=True)
class YearlyConcept:
    """A concept and its number of papers in a year."""

    year: int
    concept: ConceptId
    label: str
    papers: int


@question("concepts-per-year")
def concepts_per_year(graph: ResearchGraph, *, kind: ConceptType | str = ConceptType.METHOD) -> list[YearlyConcept]:
    """How many papers of each year have which concept of a kind? Years in order, frequent ones first."""
    wanted = ConceptType(kind)
    papers: dict[tuple[int, str], set[str]] = defaultdict(set)
    for paper, item in edges(graph, roles=INVOLVED):
        if paper.year is not None and kind_of(graph, item.concept_id) is wanted:
            papers[paper.year, item.concept_id].add(paper.id)
    rows = (YearlyConcept(year, name, label_of(graph, name), len(found)) for (year, name), found in papers.items())
    return ordered(rows, lambda r: (r.year, -r.papers, r.concept))


@dataclass(frozen=True, slots=True)
class NewConcept:
    """A concept, the paper that introduced it and the year of that paper."""

    year: int
    concept: ConceptId
    label: str
    paper: PaperId


@question("new-concepts")
def new_concepts(graph: ResearchGraph, *, from_year: int = 2015, to_year: int = 2030) -> list[NewConcept]:
    """Which concepts did papers of some years introduce?"""
    rows = (
        NewConcept(paper.year, item.concept_id, label_of(graph, item.concept_id), paper.id)
        for paper, item in edges(graph, roles={Role.INTRODUCES})
        if paper.year is not None and from_year <= paper.year <= to_year
    )
    return ordered(rows, lambda r: (r.year, r.concept, paper_key(r.paper)))


@dataclass(frozen=True, slots=True)
class Introduction:
    """A paper that introduces a concept, and a sentence that says so."""

    paper: PaperId
    title: str
    issued: str | None
    confidence: float
    sentence: str


@question("introduced-by")
def introduced_by(graph: ResearchGraph, *, name: str = "DPO") -> list[Introduction]:
    """Which paper introduced a concept? The earliest first, with the words that say so."""
    rows = (
        Introduction(paper.id, paper.label, paper.issued, item.confidence, sentence_of(graph, evidence))
        for paper, item in edges(graph, concepts=concepts_called(graph, name), roles={Role.INTRODUCES})
        for evidence in item.evidence
    )
    return ordered(rows, lambda r: (rising(r.issued), paper_key(r.paper), r.sentence, r.confidence))


@dataclass(frozen=True, slots=True)
class Reuse:
    """A paper and what it does with a concept that it did not introduce."""

    paper: PaperId
    title: str
    year: int | None
    role: Role


@question("reused-by")
def reused_by(graph: ResearchGraph, *, name: str = "GPT-3") -> list[Reuse]:
    """Which papers took up a concept that others introduced? The earliest first."""
    introduced = targets_by_paper(graph, {Role.INTRODUCES})
    rows = (
        Reuse(paper.id, paper.label, paper.year, item.role)
        for paper, item in edges(graph, concepts=concepts_called(graph, name), roles=TAKEN_UP)
        if item.concept_id not in introduced.get(paper.id, ())
    )
    return ordered(rows, lambda r: (rising(r.year), paper_key(r.paper), ROLE_NAMES[r.role]))


@dataclass(frozen=True, slots=True)
class RelatedKind:
    """A concept on the line of another."""

    concept: ConceptId
    label: str
    kind: ConceptType


_LINE = frozenset({Predicate.EXTENDS, Predicate.IS_A})


@question("lineage")
def lineage(graph: ResearchGraph, *, name: str = "QLoRA") -> list[RelatedKind]:
    """What is a concept made from, or a kind of, directly or through others?"""
    return _line(graph, name, forwards=True)


@question("descendants")
def descendants(graph: ResearchGraph, *, name: str = "GPT-3") -> list[RelatedKind]:
    """What was made from a concept, or is a kind of it, directly or through others?"""
    return _line(graph, name, forwards=False)


def _line(graph: ResearchGraph, name: str, *, forwards: bool) -> list[RelatedKind]:
    found = {
        other
        for start in concepts_called(graph, name)
        for other in reached(graph, start, _LINE, forwards=forwards) - {start}
    }
    rows = (RelatedKind(other, label_of(graph, other), kind_of(graph, other)) for other in found)
    return ordered(rows, lambda r: r.concept)
