"""When a concept appears: its papers by year, quarter, month or day."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from paperconcepts.graph import ResearchGraph
from paperconcepts.model import Role
from paperconcepts.query.incidence import read_incidence
from paperconcepts.query.periods import Period, check_period, choose_period, consecutive_periods, period_of

__all__ = ["ConceptTimeline", "PeriodRow", "PlacedPapers", "concept_timeline", "first_seen", "place_papers"]


@dataclass(frozen=True, slots=True)
class PeriodRow:
    """One period: the papers that have the concept, all papers of the period, and their ratio."""

    period: str
    papers: int
    all_papers: int
    share: float


@dataclass(frozen=True, slots=True)
class ConceptTimeline:
    """The periods of a concept, from its first to the last of the corpus, without holes.

    Attributes:
        concept_id: the concept.
        label: its name.
        period: ``year``, ``quarter``, ``month`` or ``day``.
        first_seen: the earliest date of one of its papers, None if none has a date.
        rows: one row a period, oldest first.
        undated: its papers without a date; they are in no row.
        imprecise: its papers whose date is coarser than the period; they are in no row.
    """

    concept_id: str
    label: str
    period: str
    first_seen: str | None
    rows: tuple[PeriodRow, ...]
    undated: tuple[str, ...]
    imprecise: tuple[str, ...]


def concept_timeline(
    graph: ResearchGraph, name: str, *, period: Period = "auto", roles: Sequence[Role | str] | None = None
) -> ConceptTimeline:
    """Papers of a concept by period.

    Args:
        graph: the graph to ask.
        name: the concept, by any of its names.
        period: ``year``, ``quarter``, ``month``, ``day``, or ``auto``: the finest that nearly all dates of the corpus
            have and of which it spans at most two dozen.
        roles: the roles that count, default all.

    Raises:
        UnknownNameError: no concept bears this name.
        ConfigurationError: there is no such period.
        ValueError: there is no such role.

    Examples:
        >>> from paperconcepts.examples import example_graph
        >>> timeline = concept_timeline(example_graph(), "LoRA", period="year")
        >>> [(row.period, row.papers) for row in timeline.rows]
        [('2021', 1), ('2022', 0), ('2023', 2), ('2024', 1)]
    """
    concept = graph.concept(name).concept
    incidence = read_incidence(graph, roles=roles)
    placed = place_papers(graph, incidence.concepts_of, period)
    papers = incidence.papers_of.get(concept.id, ())
    own = Counter(placed.labels[paper] for paper in papers if paper in placed.labels)
    totals = Counter(placed.labels.values())
    rows = tuple(
        PeriodRow(label, own[label], totals[label], round(own[label] / totals[label], 4) if totals[label] else 0.0)
        for label in (consecutive_periods(min(own), max(totals)) if own else ())
    )
    return ConceptTimeline(
        concept.id,
        concept.label,
        placed.period,
        first_seen(graph, papers),
        rows,
        tuple(paper for paper in papers if paper in placed.undated),
        tuple(paper for paper in papers if paper in placed.imprecise),
    )


class PlacedPapers(NamedTuple):
    """Papers by the period of their date, those without a date, and those whose date is too coarse."""

    period: str
    labels: dict[str, str]
    undated: set[str]
    imprecise: set[str]


def place_papers(
    graph: ResearchGraph, papers: Iterable[str], period: str, *, bounds: Sequence[str | None] = ()
) -> PlacedPapers:
    """Put papers into periods; ``bounds`` as in :func:`choose_period`.

    Raises:
        ConfigurationError: there is no such period.
    """
    check_period(period)
    issued: dict[str, str | None] = {paper: graph.graph.nodes[paper]["paper"].issued for paper in papers}
    dates = {paper: date for paper, date in issued.items() if date}
    chosen = choose_period(dates.values(), bounds=bounds) if period == "auto" else period
    labels = {paper: label for paper, date in dates.items() if (label := period_of(date, chosen))}
    return PlacedPapers(chosen, labels, issued.keys() - dates.keys(), dates.keys() - labels.keys())


def first_seen(graph: ResearchGraph, papers: Iterable[str]) -> str | None:
    """The earliest date of these papers, None if none has a date."""
    dates = [graph.graph.nodes[paper]["paper"].issued for paper in papers]
    return min((date for date in dates if date), default=None)
