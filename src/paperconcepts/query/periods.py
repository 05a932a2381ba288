"""Years, quarters, months and days: where a date falls, and ranges of such periods."""

import datetime
import re
from collections.abc import Iterable, Sequence
from typing import Literal

from paperconcepts.errors import ConfigurationError

__all__ = ["PERIODS", "Period", "check_period", "choose_period", "consecutive_periods", "in_range", "period_of"]

Period = Literal["auto", "year", "quarter", "month", "day"]
PERIODS = ("year", "quarter", "month", "day")
# More rows than this are no table any more.
_MOST = 24
# Dates that are too coarse are left out, so that a finer period must fit nearly all.
_ENOUGH = 0.9
_MONTH = "(0[1-9]|1[0-2])"
_FORMS = {
    "year": ("YYYY", r"\d{4}"),
    "quarter": ("YYYY or YYYY-Qn", r"\d{4}(-Q[1-4])?"),
    "month": ("YYYY or YYYY-MM", rf"\d{{4}}(-{_MONTH})?"),
    "day": ("YYYY, YYYY-MM or YYYY-MM-DD", rf"\d{{4}}(-{_MONTH}(-(0[1-9]|[12]\d|3[01]))?)?"),
}


def period_of(issued: str, period: str) -> str | None:
    """The period that a date falls into, None if the date is too coarse to tell.

    Examples:
        >>> [period_of("2024-05-29", period) for period in PERIODS]
        ['2024', '2024-Q2', '2024-05', '2024-05-29']
        >>> period_of("2024", "month") is None
        True
    """
    if period == "year":
        return issued[:4]
    if period == "quarter":
        return f"{issued[:4]}-Q{(int(issued[5:7]) + 2) // 3}" if len(issued) >= 7 else None
    length = 7 if period == "month" else 10
    return issued[:length] if len(issued) >= length else None


def check_period(period: str) -> None:
    """Raise :class:`ConfigurationError` unless ``period`` is ``auto`` or one of :data:`PERIODS`."""
    if period not in ("auto", *PERIODS):
        raise ConfigurationError(f"unknown period {period!r}; known periods: auto, {', '.join(PERIODS)}")


def choose_period(dates: Iterable[str], *, bounds: Sequence[str | None] = ()) -> str:
    """The finest period that nearly all dates have and of which they span at most two dozen.

    ``bounds`` are ranges that will be asked for; where one is finer than a year, it decides.

    Examples:
        >>> choose_period(["2019", "2021-04"]), choose_period(["2024-01-30", "2024-11-02"])
        ('year', 'month')
        >>> choose_period(["2019"], bounds=["2019-Q2.."])
        'quarter'
    """
    ends = [end for bound in bounds if bound for end in bound.split("..") if len(end) > 4]
    if ends:
        return "quarter" if any("Q" in end for end in ends) else "day" if max(map(len, ends)) > 7 else "month"
    known = list(dates)
    for period in reversed(PERIODS):
        found = [label for date in known if (label := period_of(date, period))]
        if found and len(found) >= _ENOUGH * len(known) and _span(min(found), max(found), period) <= _MOST:
            return period
    return "year"


def consecutive_periods(first: str, last: str) -> list[str]:
    """All periods from ``first`` to ``last``, which are of one kind.

    Examples:
        >>> consecutive_periods("2023-Q4", "2024-Q2")
        ['2023-Q4', '2024-Q1', '2024-Q2']
    """
    kind = _kind(first)
    return [_label(number, kind) for number in range(_number(first, kind), _number(last, kind) + 1)]


def in_range(label: str, bound: str, period: str) -> bool:
    """Whether a period lies in a range: "2023", "2021..2023", "..2022" or "2023-06..", both ends included.

    Raises:
        ConfigurationError: the range is none, or its ends are finer than the period.

    Examples:
        >>> in_range("2023-05", "2022..2023", "month"), in_range("2023-05", "2023-06..", "month")
        (True, False)
    """
    start, end = range_ends(bound, period)
    return label >= start and (not end or label[: len(end)] <= end)


def range_ends(bound: str, period: str) -> tuple[str, str]:
    """The first and last period of a range, "" where it is open."""
    start, dots, end = bound.partition("..")
    shown, form = _FORMS[period]
    if (not dots and not start) or not all(re.fullmatch(form, part) for part in (start, end) if part):
        raise ConfigurationError(
            f"{bound!r} is no range of periods of one {period}; write {shown}, or two of them with '..' between"
        )
    start, end = (start, end) if dots else (start, start)
    if start and end and start[: len(end)] > end:
        raise ConfigurationError(f"the range {bound!r} ends before it begins")
    return start, end


def _kind(label: str) -> str:
    return "quarter" if "Q" in label else {4: "year", 7: "month", 10: "day"}[len(label)]


def _number(label: str, kind: str) -> int:
    year = int(label[:4])
    if kind == "year":
        return year
    if kind == "quarter":
        return year * 4 + int(label[6]) - 1
    if kind == "month":
        return year * 12 + int(label[5:7]) - 1
    return datetime.date.fromisoformat(label).toordinal()


def _label(number: int, kind: str) -> str:
    if kind == "year":
        return f"{number:04}"
    if kind == "quarter":
        return f"{number // 4:04}-Q{number % 4 + 1}"
    if kind == "month":
        return f"{number // 12:04}-{number % 12 + 1:02}"
    return datetime.date.fromordinal(number).isoformat()


def _span(first: str, last: str, kind: str) -> int:
    return _number(last, kind) - _number(first, kind) + 1
