"""The page of what rises and falls. The comparison itself is made elsewhere and handed in."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from paperconcepts.export.site.charts import TimeAxis, spark_line
from paperconcepts.export.site.frame import Page
from paperconcepts.export.site.html_parts import Links, join_parts, left_out, plural, section, table, text

if TYPE_CHECKING:
    from paperconcepts.export.site.contents import Contents
    from paperconcepts.export.site.places import Places

__all__ = ["ConceptTrend", "ConceptTrends", "trends_page"]

_ROWS = 30
_SURE = 2.0


class ConceptTrend(Protocol):
    """A concept in two spans of time, as ``paperconcepts.query.Trend`` has it."""

    @property
    def concept_id(self) -> str:  # noqa: D102 - the docstrings are those of paperconcepts.query
        ...
    @property
    def earlier(self) -> int:  # noqa: D102 - the docstrings are those of paperconcepts.query
        ...
    @property
    def later(self) -> int:  # noqa: D102 - the docstrings are those of paperconcepts.query
        ...
    @property
    def growth(self) -> float:  # noqa: D102 - the docstrings are those of paperconcepts.query
        ...
    @property
    def score(self) -> float:  # noqa: D102 - the docstrings are those of paperconcepts.query
        ...


class ConceptTrends(Protocol):
    """Concepts by growth, the surest rise first, as ``paperconcepts.query.Trends`` has them."""

    @property
    def earlier(self) -> str:  # noqa: D102 - the docstrings are those of paperconcepts.query
        ...
    @property
    def later(self) -> str:  # noqa: D102 - the docstrings are those of paperconcepts.query
        ...
    @property
    def earlier_papers(self) -> int:  # noqa: D102 - the docstrings are those of paperconcepts.query
        ...
    @property
    def later_papers(self) -> int:  # noqa: D102 - the docstrings are those of paperconcepts.query
        ...
    @property
    def rows(self) -> Sequence[ConceptTrend]:  # noqa: D102 - the docstrings are those of paperconcepts.query
        ...


def trends_page(contents: "Contents", places: "Places", trends: ConceptTrends, axis: TimeAxis | None) -> Page:
    """The page of rising and falling concepts."""
    links = Links(contents, places, "")
    rows = [row for row in trends.rows if row.concept_id in contents.concepts]
    rising = [row for row in rows if row.score > 0]
    falling = [row for row in reversed(rows) if row.score < 0]
    compared = (
        f"Papers of {text(_span(trends.earlier))} ({trends.earlier_papers:,}) are compared with those of "
        f"{text(_span(trends.later))} ({plural(trends.later_papers, 'paper')}). Growth is the "
        "ratio of the shares of papers that have the concept; its certainty counts standard errors: below 2 it may "
        "well be chance."
        if trends.earlier and trends.later
        else "All dates are of one span of time, so that there is nothing to compare."
    )
    columns = (
        "Concept",
        "Papers over time",
        _span(trends.earlier),
        _span(trends.later),
        "Growth",
        "Certainty",
    )
    tables = [
        section(
            heading,
            table(columns, _rows(contents, links, found[:_ROWS], axis), caption=heading, numbers=(2, 3, 4, 5))
            + left_out(len(found), _ROWS),
        )
        for heading, found in (("Rising", rising), ("Falling", falling))
    ]
    main = join_parts((
        f'<header class="title"><h1>Trends</h1><p class="lead">{compared}</p></header>', *tables,
    ))  # fmt: skip
    return Page("trends.html", "Trends", main, description="Concepts that rise and fall.", section="Trends")


def _span(name: str) -> str:
    """A span of time as people write it."""
    return name.replace("..", "–")


def _rows(
    contents: "Contents", links: Links, found: Sequence[ConceptTrend], axis: TimeAxis | None
) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for trend in found:
        assertions = contents.assertions_of_concept[trend.concept_id]
        dates = [contents.papers[one].issued for one in dict.fromkeys(item.paper_id for item in assertions)]
        chart = spark_line(axis, dates, colour=str(contents.kind(trend.concept_id)).lower())
        score = f"{abs(trend.score):.1f}"
        sure = f"<strong>{score}</strong>" if abs(trend.score) >= _SURE else score
        cells = (f"{trend.earlier:,}", f"{trend.later:,}", f"×{trend.growth:.2f}", sure)
        rows.append((links.concept(trend.concept_id), chart, *cells))
    return rows
