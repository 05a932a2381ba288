"""Questions about datasets and tasks: what is evaluated on them, by which measure, with which approach."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from paperconcepts.graph import ResearchGraph
from paperconcepts.model import ConceptType, Paper, Predicate, Role
from paperconcepts.query.questions.facts import (
    concepts_called,
    edges,
    falling,
    kind_of,
    label_of,
    ordered,
    paper_key,
    papers_of,
    reached,
    targets_by_paper,
)
from paperconcepts.query.questions.reading import ConceptId, PaperId
from paperconcepts.query.questions.table import question
from paperconcepts.rdf.namespaces import ROLE_NAMES

__all__ = [
    "ApproachCount",
    "ComparisonCell",
    "DatasetCount",
    "MetricCount",
    "ModelCount",
    "TaskPaper",
    "YearlyApproach",
    "approaches_per_year",
    "approaches_to_task",
    "comparison_table",
    "datasets_for_task",
    "metrics_on_dataset",
    "models_on_dataset",
    "tasks_of_dataset",
]


@dataclass(frozen=True, slots=True)
class ModelCount:
    """A model and the number of papers that evaluate it."""

    model: ConceptId
    label: str
    papers: int


@question("models-on-dataset")
def models_on_dataset(graph: ResearchGraph, *, name: str = "GSM8K") -> list[ModelCount]:
    """Which models were evaluated on a dataset: said outright, or introduced or used by a paper that does so?"""
    datasets = concepts_called(graph, name)
    evaluating = {paper.id for paper, _ in edges(graph, concepts=datasets, roles={Role.EVALUATES_ON})}
    papers: dict[str, set[str]] = defaultdict(set)
    for paper, item in edges(graph, papers=evaluating, roles={Role.INTRODUCES, Role.USES}):
        papers[item.concept_id].add(paper.id)
    for relation in graph.relations():
        if relation.predicate is Predicate.EVALUATED_ON and relation.object in datasets:
            papers[relation.subject] |= papers_of(relation.evidence)
    rows = (
        ModelCount(model, label_of(graph, model), len(found))
        for model, found in papers.items()
        if found and kind_of(graph, model) is ConceptType.MODEL
    )
    return ordered(rows, lambda r: (-r.papers, r.model))


@dataclass(frozen=True, slots=True)
class DatasetCount:
    """A dataset and a number of papers."""

    dataset: ConceptId
    label: str
    papers: int


@question("datasets-for-task")
def datasets_for_task(graph: ResearchGraph, *, name: str = "question answering") -> list[DatasetCount]:
    """On which datasets are papers about a task, or any kind of it, evaluated most often?"""
    tasks = concepts_called(graph, name)
    for start in tuple(tasks):
        tasks |= reached(graph, start, {Predicate.IS_A}, forwards=False)
    about = {paper.id for paper, _ in edges(graph, concepts=tasks, roles={Role.ADDRESSES})}
    counts = Counter(item.concept_id for _, item in edges(graph, papers=about, roles={Role.EVALUATES_ON}))
    rows = (DatasetCount(dataset, label_of(graph, dataset), number) for dataset, number in counts.items())
    return ordered(rows, lambda r: (-r.papers, r.dataset))


@dataclass(frozen=True, slots=True)
class TaskPaper:
    """A task and a paper that uses a dataset for it."""

    task: ConceptId
    label: str
    paper: PaperId
    title: str


@question("tasks-of-dataset")
def tasks_of_dataset(graph: ResearchGraph, *, name: str = "GLUE") -> list[TaskPaper]:
    """For which tasks was a dataset used, and by which papers?"""
    datasets = concepts_called(graph, name)
    users = {paper.id for paper, _ in edges(graph, concepts=datasets, roles={Role.EVALUATES_ON, Role.USES})}
    rows = (
        TaskPaper(item.concept_id, label_of(graph, item.concept_id), paper.id, paper.label)
        for paper, item in edges(graph, papers=users, roles={Role.ADDRESSES})
    )
    return ordered(rows, lambda r: (r.task, paper_key(r.paper)))


@dataclass(frozen=True, slots=True)
class MetricCount:
    """A metric and a number of papers."""

    metric: ConceptId
    label: str
    papers: int


@question("metrics-on-dataset")
def metrics_on_dataset(graph: ResearchGraph, *, name: str = "GSM8K") -> list[MetricCount]:
    """By which metrics do papers that are evaluated on a dataset report?"""
    datasets = concepts_called(graph, name)
    evaluating = {paper.id for paper, _ in edges(graph, concepts=datasets, roles={Role.EVALUATES_ON})}
    counts = Counter(item.concept_id for _, item in edges(graph, papers=evaluating, roles={Role.MEASURES}))
    rows = (MetricCount(metric, label_of(graph, metric), number) for metric, number in counts.items())
    return ordered(rows, lambda r: (-r.papers, r.metric))


@dataclass(frozen=True, slots=True)
class ApproachCount:
    """A method or model and the number of papers that go about a task with it."""

    approach: ConceptId
    label: str
    papers: int


@question("approaches-to-task")
def approaches_to_task(
    graph: ResearchGraph, *, name: str = "question answering", from_year: int = 2015, to_year: int = 2030
) -> list[ApproachCount]:
    """With which methods and models did papers of some years go about a task? The most frequent first."""
    papers: dict[str, set[str]] = defaultdict(set)
    for year, paper, approach in _approaches(graph, name):
        if from_year <= year <= to_year:
            papers[approach].add(paper.id)
    rows = (ApproachCount(approach, label_of(graph, approach), len(found)) for approach, found in papers.items())
    return ordered(rows, lambda r: (-r.papers, r.approach))


@dataclass(frozen=True, slots=True)
class YearlyApproach:
    """A method or model and the number of papers of a year that go about a task with it."""

    year: int
    approach: ConceptId
    label: str
    papers: int


@question("approaches-per-year")
def approaches_per_year(graph: ResearchGraph, *, name: str = "question answering") -> list[YearlyApproach]:
    """With which methods and models did papers go about a task, year by year?"""
    papers: dict[tuple[int, str], set[str]] = defaultdict(set)
    for year, paper, approach in _approaches(graph, name):
        papers[year, approach].add(paper.id)
    rows = (YearlyApproach(year, one, label_of(graph, one), len(found)) for (year, one), found in papers.items())
    return ordered(rows, lambda r: (r.year, -r.papers, r.approach))


def _approaches(graph: ResearchGraph, task: str) -> Iterator[tuple[int, Paper, str]]:
    """(year, paper, method or model) for each approach of a dated paper about a task."""
    about = {paper.id for paper, _ in edges(graph, concepts=concepts_called(graph, task), roles={Role.ADDRESSES})}
    for paper, item in edges(graph, papers=about, roles={Role.INTRODUCES, Role.USES}):
        kind = kind_of(graph, item.concept_id)
        if paper.year is not None and kind in (ConceptType.METHOD, ConceptType.MODEL):
            yield paper.year, paper, item.concept_id


@dataclass(frozen=True, slots=True)
class ComparisonCell:
    """What one of the compared papers does with a concept."""

    paper: PaperId
    title: str
    year: int | None
    role: Role
    concept: ConceptId
    label: str


_COMPARED = frozenset({Role.INTRODUCES, Role.USES, Role.COMPARES, Role.MEASURES})


@question("comparison-table")
def comparison_table(graph: ResearchGraph, *, name: str = "GSM8K") -> list[ComparisonCell]:
    """What do the papers that are evaluated on a dataset introduce, use, compare with and measure? One row a cell."""
    datasets = concepts_called(graph, name)
    evaluated = targets_by_paper(graph, {Role.EVALUATES_ON})
    compared = {paper for paper, found in evaluated.items() if found & datasets}
    rows = (
        ComparisonCell(paper.id, paper.label, paper.year, item.role, item.concept_id, label_of(graph, item.concept_id))
        for paper, item in edges(graph, papers=compared, roles=_COMPARED)
    )
    return ordered(rows, lambda r: (falling(r.year), paper_key(r.paper), ROLE_NAMES[r.role], r.concept))
