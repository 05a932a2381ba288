"""Trends: growth between two spans of time."""

import math
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperconcepts.errors import ConfigurationError
from paperconcepts.graph import ResearchGraph
from paperconcepts.query import concept_trends, growth

MakeGraph = Callable[..., ResearchGraph]


def test_growth_by_hand() -> None:
    """Half a paper is added to every count; the score is the log odds ratio over its standard error."""
    ratio, score = growth(2, 10, 6, 10)
    assert ratio == round((6.5 / 11) / (2.5 / 11), 3) == 2.6
    log_odds = math.log(6.5 / 4.5) - math.log(2.5 / 8.5)
    assert score == round(log_odds / math.sqrt(1 / 6.5 + 1 / 4.5 + 1 / 2.5 + 1 / 8.5), 2) == 1.68


def test_small_counts_say_little() -> None:
    """A new paper is no infinite growth, and ten new ones are surer than one."""
    assert growth(0, 50, 1, 50).ratio == 3
    assert growth(0, 50, 1, 50).score < 1 < growth(0, 50, 10, 50).score


@given(st.integers(0, 200), st.integers(0, 200), st.integers(0, 200), st.integers(0, 200))
def test_growth_turns_around(earlier: int, more: int, later: int, more_later: int) -> None:
    """Exchanging the spans turns the sign of the score; equal counts are no growth."""
    one = growth(earlier, earlier + more, later, later + more_later)
    other = growth(later, later + more_later, earlier, earlier + more)
    assert one.score == pytest.approx(-other.score, abs=0.011)
    assert growth(earlier, earlier + more, earlier, earlier + more) == (1.0, 0.0)


def _corpus() -> dict[str, tuple[str | None, dict[str, str]]]:
    """Ten papers in each of two years: "new" rises 0 to 6, "old" falls 6 to 1, "steady" has 5 and 5."""
    papers: dict[str, tuple[str | None, dict[str, str]]] = {}
    for year, new, old in (("2023", 0, 6), ("2024", 6, 1)):
        for number in range(10):
            held = {"steady": number < 5, "new": number < new, "old": number < old, "rest": True}
            papers[f"t:{year}-{number}"] = (f"{year}-05", {name: "uses" for name, has in held.items() if has})
    papers["t:undated"] = (None, {"new": "uses"})
    return papers


@pytest.fixture(scope="module")
def trending(graph_of: MakeGraph) -> ResearchGraph:
    return graph_of(_corpus(), types={"old": "Task"})


def test_trends(trending: ResearchGraph) -> None:
    """Rising concepts come first, falling ones last, with counts, shares and first date."""
    found = concept_trends(trending, period="year")
    assert (found.earlier, found.later, found.earlier_papers, found.later_papers) == ("2023", "2024", 10, 10)
    assert [(row.concept_id, row.direction) for row in found.rows] == [
        ("new", "rising"), ("rest", "steady"), ("steady", "steady"), ("old", "falling"),
    ]  # fmt: skip
    new = found.rows[0]
    assert (new.earlier, new.later, new.earlier_share, new.later_share) == (0, 6, 0.0, 0.6)
    assert (new.growth, new.score) == growth(0, 10, 6, 10)
    assert (new.first_seen, new.undated) == ("2024-05", 1)


def test_undated_papers_are_named_too(trending: ResearchGraph) -> None:
    """Papers without a date count nowhere and are named; so are those with too coarse a date."""
    found = concept_trends(trending, period="year")
    assert (found.undated, found.imprecise) == (("t:undated",), ())
    assert len(concept_trends(trending, period="day").imprecise) == 20


def test_cut_in_the_middle(graph_of: MakeGraph) -> None:
    """By default the corpus is cut where the halves are most nearly equal."""
    years = ["2018", "2019", "2020", *["2021"] * 5, *["2023"] * 6]
    graph = graph_of({f"t:{n:02}": (year, {"a": "uses"}) for n, year in enumerate(years)})
    found = concept_trends(graph)
    assert (found.earlier, found.later, found.earlier_papers, found.later_papers) == ("2018..2021", "2023", 8, 6)


@pytest.mark.parametrize(
    ("earlier", "later", "counts"),
    [("2023", None, (10, 10)), (None, "2024", (10, 10)), ("..2023", "2024..", (10, 10)), (None, "2023", (0, 10)),
     ("2024", None, (10, 0)), ("2020", "2023..2024", (0, 20))],
)  # fmt: skip
def test_ranges(trending: ResearchGraph, earlier: str | None, later: str | None, counts: tuple[int, int]) -> None:
    """The other span is what comes before or after; where one is empty there is nothing to compare."""
    found = concept_trends(trending, earlier=earlier, later=later)
    assert (found.earlier_papers, found.later_papers) == counts
    assert bool(found.rows) == all(counts)


def test_ranges_by_month(trending: ResearchGraph) -> None:
    """A range in months makes months the period."""
    found = concept_trends(trending, earlier="..2023-12")
    assert (found.period, found.earlier, found.later) == ("month", "2023-05", "2024-05")


def test_overlap(trending: ResearchGraph) -> None:
    """Spans that overlap are an error."""
    with pytest.raises(ConfigurationError, match="overlap in 2023; make them disjoint"):
        concept_trends(trending, earlier="..2023", later="2023..", period="year")


def test_filters(trending: ResearchGraph) -> None:
    """Types and support leave out rows; the totals stay."""
    found = concept_trends(trending, types=["Task"], period="year")
    assert [row.concept_id for row in found.rows] == ["old"]
    assert found.earlier_papers == 10
    rows = concept_trends(trending, min_support=7, period="year").rows
    assert [row.concept_id for row in rows] == ["rest", "steady", "old"]


def test_one_span(graph_of: MakeGraph) -> None:
    """A corpus of one period, or without dates, has no trends and says so by empty spans."""
    same = concept_trends(graph_of({"t:1": ("2024", {"a": "uses"}), "t:2": ("2024", {"a": "uses"})}))
    assert (same.earlier, same.later, same.rows) == ("", "2024", ())
    bare = concept_trends(graph_of({"t:1": (None, {"a": "uses"})}))
    assert (bare.earlier, bare.later, bare.rows, bare.undated) == ("", "", (), ("t:1",))
