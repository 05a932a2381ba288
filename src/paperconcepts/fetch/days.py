"""Days: the ends of a period as people write them."""

import re
from calendar import monthrange
from datetime import date, timedelta

from paperconcepts.errors import ConfigurationError

__all__ = ["parse_period"]

_PARTS = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)
_WEEK = re.compile(r"(\d{4})-?W(\d\d)", re.ASCII)


def parse_period(text: str) -> tuple[date, date]:
    """The first and the last day of a day, month, year, ISO week, or of ``FIRST..LAST``.

    Raises:
        ConfigurationError: it is none of these.

    Examples:
        >>> [str(day) for day in parse_period("2024-02")], [str(day) for day in parse_period("2024-W01..2024-01-10")]
        (['2024-02-01', '2024-02-29'], ['2024-01-01', '2024-01-10'])
        >>> parse_period("spring")
        Traceback (most recent call last):
        ...
        paperconcepts.errors.ConfigurationError: 'spring' is no day, month, year or week; write 2024-10-31, 2024-10,
        2024, 2024-W44 or FIRST..LAST
    """
    first, sign, last = text.strip().partition("..")
    period = (_single(first)[0], _single(last)[1]) if sign else _single(first)
    if period[0] > period[1]:
        raise ConfigurationError(f"{text!r} ends before it begins; write FIRST..LAST")
    return period


def _single(text: str) -> tuple[date, date]:
    try:
        if week := _WEEK.fullmatch(text):
            monday = date.fromisocalendar(int(week[1]), int(week[2]), 1)
            return monday, monday + timedelta(days=6)
        if parts := _PARTS.fullmatch(text):
            year, month, day = int(parts[1]), int(parts[2] or 0), int(parts[3] or 0)
            if day:
                return date(year, month, day), date(year, month, day)
            if parts[2]:
                return date(year, month, 1), date(year, month, monthrange(year, month)[1])
            return date(year, 1, 1), date(year, 12, 31)
    except (ValueError, OverflowError):
        pass
    raise ConfigurationError(
        f"{text[:40]!r} is no day, month, year or week; write 2024-10-31, 2024-10, 2024, 2024-W44 or FIRST..LAST"
    )
