"""Periods: where dates fall, ranges, and the choice of a period."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperconcepts.errors import ConfigurationError
from paperconcepts.query.periods import (
    PERIODS,
    check_period,
    choose_period,
    consecutive_periods,
    in_range,
    period_of,
)

DATES = st.dates(datetime.date(1990, 1, 1), datetime.date(2030, 12, 31))


@pytest.mark.parametrize(
    ("issued", "expected"),
    [
        ("2024", ["2024", None, None, None]),
        ("2024-12", ["2024", "2024-Q4", "2024-12", None]),
        ("2024-01-31", ["2024", "2024-Q1", "2024-01", "2024-01-31"]),
    ],
)
def test_period_of(issued: str, expected: list[str | None]) -> None:
    """A date falls into the periods that are as coarse as it is or coarser."""
    assert [period_of(issued, period) for period in PERIODS] == expected


@given(DATES, st.integers(0, 400), st.sampled_from(PERIODS))
def test_consecutive(start: datetime.date, days: int, period: str) -> None:
    """The periods between two dates are those of all days between them, in order and once."""
    every = [(start + datetime.timedelta(days=n)).isoformat() for n in range(days + 1)]
    labels = [period_of(day, period) for day in every]
    assert labels[0] is not None
    assert labels[-1] is not None
    found = consecutive_periods(labels[0], labels[-1])
    assert found == sorted({label for label in labels if label})


@pytest.mark.parametrize(
    ("dates", "period"),
    [
        (["2017-01-01", "2024-06-01"], "year"),
        (["2022-01", "2024-06"], "quarter"),
        (["2023-01", "2024-06"], "month"),
        (["2024-06-01", "2024-06-20"], "day"),
        (["2024-06-01", "2024-06"], "month"),
        (["2024-06-01"] * 9 + ["2024"], "day"),
        (["2024-06-01"] * 8 + ["2024"], "year"),
        ([], "year"),
    ],
)
def test_choice(dates: list[str], period: str) -> None:
    """The finest period that nine of ten dates have, if they span at most two dozen of them."""
    assert choose_period(dates) == period


@pytest.mark.parametrize(
    ("bound", "period"), [("2024", "year"), ("..2024-Q2", "quarter"), ("2024-05..", "month"), ("2024-05-06", "day")]
)
def test_bounds_decide(bound: str, period: str) -> None:
    """A range that is finer than a year decides the period."""
    assert choose_period(["2019", "2024"], bounds=[None, bound]) == period


@pytest.mark.parametrize(
    ("bound", "inside"),
    [("2023", True), ("2022..2023", True), ("2023-05..2023-05", True), ("..", True), ("..2023-04", False),
     ("2023-06..", False), ("2022", False)],
)  # fmt: skip
def test_in_range(bound: str, inside: bool) -> None:
    """Both ends belong to a range; a coarse end stands for all of it."""
    assert in_range("2023-05", bound, "month") is inside


@pytest.mark.parametrize("bound", ["", "23", "2023-5", "2023-05-01", "2023-Q2", "2023..x", "2023...2024", "last year"])
def test_no_range(bound: str) -> None:
    """What is no range of this period is an error that says how to write one."""
    with pytest.raises(ConfigurationError, match="is no range of periods of one month; write YYYY or YYYY-MM"):
        in_range("2023-05", bound, "month")


def test_backwards() -> None:
    """A range that ends before it begins is an error."""
    with pytest.raises(ConfigurationError, match=r"the range '2024\.\.2023' ends before it begins"):
        in_range("2023", "2024..2023", "year")


def test_unknown_period() -> None:
    """An unknown period is an error that names the known ones."""
    with pytest.raises(ConfigurationError, match="unknown period 'week'; known periods: auto, year"):
        check_period("week")
