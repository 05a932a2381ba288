"""Timelines: papers of a concept by period, and what cannot be placed."""

from collections.abc import Callable

import pytest

from paperconcepts.errors import ConfigurationError
from paperconcepts.graph import ResearchGraph
from paperconcepts.query import PeriodRow, concept_timeline

MakeGraph = Callable[..., ResearchGraph]


def test_years(eight_papers: ResearchGraph) -> None:
    """Years run without holes from the first of the concept to the last of the corpus, with shares."""
    found = concept_timeline(eight_papers, "b", period="year")
    assert (found.concept_id, found.period, found.first_seen) == ("b", "year", "2020-01-10")
    assert found.rows == (
        PeriodRow("2020", 2, 2, 1.0),
        PeriodRow("2021", 1, 1, 1.0),
        PeriodRow("2022", 1, 2, 0.5),
        PeriodRow("2023", 0, 2, 0.0),
    )
    assert (found.undated, found.imprecise) == ((), ())


def test_undated_papers_are_named(eight_papers: ResearchGraph) -> None:
    """A paper without a date is in no row, and is named."""
    found = concept_timeline(eight_papers, "c", period="year")
    assert found.undated == ("t:8",)
    assert sum(row.papers for row in found.rows) + len(found.undated) == 4


def test_coarse_dates_are_named(eight_papers: ResearchGraph) -> None:
    """A date that is too coarse for the period is in no row, and its paper is named."""
    found = concept_timeline(eight_papers, "b", period="quarter")
    assert found.imprecise == ("t:3",)
    assert [(row.period, row.papers) for row in found.rows if row.papers] == [("2020-Q1", 2), ("2022-Q3", 1)]
    assert len(found.rows) == 13
    assert concept_timeline(eight_papers, "b", period="day").imprecise == ("t:2", "t:3")


def test_periods_without_papers_have_no_share(eight_papers: ResearchGraph) -> None:
    """A period in which the corpus has no paper has the share 0."""
    rows = {row.period: row for row in concept_timeline(eight_papers, "b", period="quarter").rows}
    assert rows["2021-Q1"] == PeriodRow("2021-Q1", 0, 0, 0.0)


def test_roles(eight_papers: ResearchGraph) -> None:
    """Only papers in the chosen roles count, in the corpus, too."""
    found = concept_timeline(eight_papers, "c", period="year", roles=["introduces"])
    assert found.rows == (PeriodRow("2023", 1, 1, 1.0),)


def test_no_dates(graph_of: MakeGraph) -> None:
    """A concept whose papers have no date has no rows and no first date."""
    found = concept_timeline(graph_of({"t:1": (None, {"a": "uses"}), "t:2": ("2024", {"b": "uses"})}), "a")
    assert (found.rows, found.first_seen, found.undated) == ((), None, ("t:1",))


def test_agrees_with_the_graph(tiny_graph: ResearchGraph) -> None:
    """By year the counts are those of ``graph.timeline``."""
    found = concept_timeline(tiny_graph, "PouT", period="year")
    assert {row.period: row.papers for row in found.rows} == {
        str(row.year): row.papers for row in tiny_graph.timeline("PouT")
    }


def test_unknown_period(eight_papers: ResearchGraph) -> None:
    """An unknown period is an error."""
    with pytest.raises(ConfigurationError, match="unknown period 'decade'"):
        concept_timeline(eight_papers, "a", period="decade")  # type: ignore[arg-type]
