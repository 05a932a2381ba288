"""The graph, sorted into what each page shows. Every table is read once; no page searches the whole graph."""

import heapq
import math
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from paperconcepts.export.cleaning import clean_line
from paperconcepts.export.presentation import web_page
from paperconcepts.export.projections import most_similar
from paperconcepts.model import Assertion, ConceptType, Evidence, Paper, Predicate, Relation, Result, Role

if TYPE_CHECKING:
    from paperconcepts.graph import ConceptNode, ResearchGraph

__all__ = ["Company", "Contents", "Likeness", "PaperLine", "Statement", "finite"]

_RELATED = 18
_LEAST_ALIKE = 0.1
_ALIKE = 5
_MOST_ALIKE = 8


@dataclass(frozen=True, slots=True)
class PaperLine:
    """What lists show of a paper."""

    paper: Paper
    title: str
    issued: str
    url: str


class Company(NamedTuple):
    """A concept that stands in the same papers, and how many."""

    concept_id: str
    papers: int


class Likeness(NamedTuple):
    """A paper that is like another, how much (0 to 1), and the concepts that both have, the weightiest first."""

    paper_id: str
    score: float
    shared: tuple[str, ...]


class Statement(NamedTuple):
    """A relation as one paper states it, with the evidence of this paper only."""

    relation: Relation
    evidence: tuple[Evidence, ...]


class Contents:
    """What the pages show of a graph.

    Attributes:
        papers: every paper by id, newest first, those without a date last.
        concepts: every concept by id, sorted by id.

    Examples:
        >>> from paperconcepts.examples import example_graph
        >>> contents = Contents(example_graph())
        >>> contents.label("low-rank-adaptation"), len(contents.assertions_of_paper["arxiv:2106.09685"]) > 3
        ('Low-Rank Adaptation', True)
    """

    def __init__(self, graph: "ResearchGraph") -> None:
        lines = [_line(paper) for paper in graph.papers()]
        lines.sort(key=lambda line: line.issued, reverse=True)
        self.papers = {line.paper.id: line for line in lines}
        self.concepts: dict[str, ConceptNode] = {node.concept.id: node for node in graph.concepts()}
        self._graph = graph
        self._labels = {one: clean_line(node.concept.label) or one for one, node in self.concepts.items()}
        self._rank = {paper_id: number for number, paper_id in enumerate(self.papers)}
        self.assertions_of_paper: dict[str, list[Assertion]] = defaultdict(list)
        self.assertions_of_concept: dict[str, list[Assertion]] = defaultdict(list)
        for assertion in graph.assertions():
            self.assertions_of_paper[assertion.paper_id].append(assertion)
            self.assertions_of_concept[assertion.concept_id].append(assertion)
        for found in self.assertions_of_concept.values():
            found.sort(key=lambda one: self._rank[one.paper_id])
        self.relations_of_concept: dict[str, list[Relation]] = defaultdict(list)
        self.statements_of_paper: dict[str, list[Statement]] = defaultdict(list)
        for relation in graph.relations():
            self._file_relation(relation)
        self.results_of_paper: dict[str, list[Result]] = defaultdict(list)
        self.results_of_concept: dict[str, list[Result]] = defaultdict(list)
        for result in graph.results():
            self.results_of_paper[result.paper_id].append(result)
            named = (result.subject, result.metric, result.dataset, result.baseline)
            for concept_id in dict.fromkeys(one for one in named if one is not None):
                self.results_of_concept[concept_id].append(result)

    def _file_relation(self, relation: Relation) -> None:
        for end in dict.fromkeys((relation.subject, relation.object)):
            self.relations_of_concept[end].append(relation)
        # Sorted out here, once: a relation of many papers is on the page of each of them.
        by_paper: dict[str, list[Evidence]] = defaultdict(list)
        for one in relation.evidence:
            by_paper[one.paper_id].append(one)
        for paper_id, evidence in by_paper.items():
            if paper_id in self.papers:
                self.statements_of_paper[paper_id].append(Statement(relation, tuple(evidence)))

    def label(self, concept_id: str) -> str:
        """The name of a concept as one clean line."""
        return self._labels[concept_id]

    def kind(self, concept_id: str) -> ConceptType:
        """The type of a concept."""
        return self.concepts[concept_id].concept.type

    def newest(self, paper_ids: Iterable[str]) -> list[str]:
        """These papers, each once, newest first."""
        return sorted(set(paper_ids), key=lambda one: self._rank[one])

    @cached_property
    def by_support(self) -> dict[ConceptType, list[str]]:
        """The concepts of each kind, those of most papers first."""
        found: dict[ConceptType, list[str]] = {kind: [] for kind in ConceptType}
        for concept_id, node in self.concepts.items():
            found[node.concept.type].append(concept_id)
        for kind in found:
            found[kind].sort(key=lambda one: (-self.concepts[one].support, self.label(one).casefold(), one))
        return found

    @cached_property
    def forms(self) -> dict[str, list[str]]:
        """The other names of each concept, each once: those that papers use, and those that the catalogue knows."""
        vocabulary = self._graph.vocabulary
        found = {}
        for concept_id, node in self.concepts.items():
            entry = vocabulary.get(concept_id)
            texts = {
                clean_line(text) for text in (*(one.text for one in node.aliases), *(entry.forms if entry else ()))
            }
            found[concept_id] = sorted(texts - {"", self.label(concept_id)})
        return found

    def short_forms(self, concept_id: str, count: int) -> list[str]:
        """The shortest other names of a concept; of those that differ in capitals only one."""
        found: dict[str, str] = {}
        for form in sorted(self.forms[concept_id], key=lambda one: (len(one), one)):
            found.setdefault(form.casefold(), form)
        found.pop(self.label(concept_id).casefold(), None)
        return list(found.values())[:count]

    def related(self, concept_id: str) -> list[Company]:
        """Concepts of the same papers: many shared papers count, as does being rare elsewhere."""
        counts: Counter[str] = Counter()
        for assertion in self.assertions_of_concept[concept_id]:
            counts.update(one.concept_id for one in self.assertions_of_paper[assertion.paper_id])
        del counts[concept_id]
        total = len(self.papers)

        def order(item: tuple[str, int]) -> tuple[float, int, str]:
            other, papers = item
            # What stands in every paper tells nothing; a paper of its own is a weak sign, two are a better one.
            weight = papers * math.log((total + 1) / self.concepts[other].support)
            return (-weight, -papers, other)

        return [Company(*item) for item in heapq.nsmallest(_RELATED, counts.items(), key=order)]

    def similar(self, paper_id: str) -> list[Likeness]:
        """Papers about the same concepts, most alike first."""
        return sorted(self._alike.get(paper_id, ()), key=lambda one: (-one.score, one.paper_id))[:_MOST_ALIKE]

    @cached_property
    def _alike(self) -> dict[str, list[Likeness]]:
        found: dict[str, list[Likeness]] = defaultdict(list)
        for first, second, score, shared in most_similar(self._graph, _LEAST_ALIKE, _ALIKE):
            found[first].append(Likeness(second, score, tuple(shared)))
            found[second].append(Likeness(first, score, tuple(shared)))
        return found

    @cached_property
    def datasets_of_task(self) -> dict[str, Counter[str]]:
        """For each task the datasets on which papers that address it evaluate, with the number of these papers."""
        found: dict[str, Counter[str]] = defaultdict(Counter)
        for assertions in self.assertions_of_paper.values():
            tasks = [one.concept_id for one in assertions if self._is(one, ConceptType.TASK, Role.ADDRESSES)]
            data = [one.concept_id for one in assertions if self._is(one, ConceptType.DATASET, Role.EVALUATES_ON)]
            for task in tasks:
                found[task].update(data)
        return found

    def _is(self, assertion: Assertion, kind: ConceptType, role: Role) -> bool:
        return assertion.role is role and self.kind(assertion.concept_id) is kind

    def subjects(self, concept_id: str, predicate: Predicate) -> list[Relation]:
        """The relations of this predicate that lead to a concept, the most believed first."""
        found = [
            one
            for one in self.relations_of_concept[concept_id]
            if one.object == concept_id and one.predicate is predicate
        ]
        return sorted(found, key=lambda one: (-finite(one.confidence), self.label(one.subject), one.subject))


def finite(number: float) -> float:
    """The number, or 0 for one that is none.

    Examples:
        >>> finite(0.5), finite(float("nan"))
        (0.5, 0.0)
    """
    return number if math.isfinite(number) else 0.0


def _line(paper: Paper) -> PaperLine:
    return PaperLine(paper, clean_line(paper.label) or clean_line(paper.id), paper.issued or "", web_page(paper))
