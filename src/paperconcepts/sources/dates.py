"""Read the dates that sources write, in the precision that they have."""

import datetime
import re
from functools import lru_cache

__all__ = ["Day", "date_from_parts", "find_month", "is_bad_date", "parse_date", "parse_day"]

_MONTHS = {
    name: number
    for number, names in enumerate(
        "jan january|feb february|mar march|apr april|may|jun june|jul july|aug august|sep sept september|"
        "oct october|nov november|dec december".split("|"),
        start=1,
    )
    for name in names.split()
}
_ISO = re.compile(r"(\d{4})(?:([-/.])(\d{1,2})(?:\2(\d{1,2}))?)?(?:[T ]\d\d:\d\d[^\n]{0,40})?")
_ISO_BASIC = re.compile(r"(\d{4})(\d\d)(\d\d)")
_MONTH_FIRST = re.compile(r"([A-Za-z]{3,9})\.? (?:(\d{1,2}),? )?(\d{4})")
_DAY_FIRST = re.compile(r"(?:[A-Za-z]{3},? )?(\d{1,2}) ([A-Za-z]{3,9})\.?,? (\d{4})(?: \d\d:\d\d[^\n]{0,40})?")
_DAY = re.compile(r"([A-Za-z]{3,9})\.? (\d{1,2})(?:, (\d{4}))?(?: (\d{1,6}))?")

_WORD = re.compile(r"[A-Za-z]{1,20}|\d{1,10}")
_FIRST_YEAR, _LAST_YEAR = 1500, 2200

Day = tuple[int, int, int | None, int | None]
"""Month, day, year if given, count of comments if given."""


def parse_date(value: object) -> str | None:
    """Return ``value`` as YYYY, YYYY-MM or YYYY-MM-DD; None if it is no date.

    Examples:
        >>> parse_date("2024-10-15T09:00:00Z"), parse_date(2021), parse_date("May 2023"), parse_date("15 Oct 2024")
        ('2024-10-15', '2021', '2023-05', '2024-10-15')
        >>> parse_date("2023-02-30") is None, parse_date("soon") is None, parse_date("2023-02-00")
        (True, True, '2023-02')
    """
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    if not isinstance(value, str) and not _FIRST_YEAR <= value <= _LAST_YEAR:
        return None
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return _parse(str(value)[:80])


@lru_cache(maxsize=8_192)
def _parse(value: str) -> str | None:
    """The papers of a catalogue share their dates."""
    text = " ".join(value.split())
    if match := _ISO.fullmatch(text):
        # Zotero and others write zeros for what they do not know.
        month = match[3] if match[3] and int(match[3]) else None
        return _build(int(match[1]), month, match[4] if month and match[4] and int(match[4]) else None)
    if match := _ISO_BASIC.fullmatch(text):
        return _build(int(match[1]), match[2], match[3])
    if match := _MONTH_FIRST.fullmatch(text):
        return _build(int(match[3]), _MONTHS.get(match[1].lower(), 0), match[2])
    if match := _DAY_FIRST.fullmatch(text):
        return _build(int(match[3]), _MONTHS.get(match[2].lower(), 0), match[1])
    return None


def date_from_parts(year: object, month: object = None, day: object = None) -> str | None:
    """Return the date that parts (numbers, digits, names of months) make, as precise as they allow; None without year.

    Examples:
        >>> date_from_parts(2017, "06", 12), date_from_parts("2017", "Jun."), date_from_parts(2017, 2, 31)
        ('2017-06-12', '2017-06', '2017-02')
        >>> date_from_parts(2017, "Spring"), date_from_parts(None) is None
        ('2017', True)
    """
    numbers = [_number(year), _number(month), _number(day)]
    if not numbers[0]:
        return None
    for given in (3, 2, 1):
        if all(numbers[:given]):
            parts = [str(number) for number in numbers[:given]] + [None] * (3 - given)
            if date := _build(numbers[0], parts[1], parts[2]):
                return date
    return None


def is_bad_date(value: object, issued: str | None) -> bool:
    """Whether ``value`` stands where a date should, and is none or tells what the date ``issued`` does not hold.

    Examples:
        >>> is_bad_date("n.d.", None), is_bad_date(1066, None), is_bad_date("2024/99/99/", "2024")
        (True, True, True)
        >>> is_bad_date("", None), is_bad_date("2024", "2024-05"), is_bad_date("Spring 2024", "2024")
        (False, False, False)
    """
    if value is None or isinstance(value, list | dict):
        return bool(value)
    text = " ".join(str(value)[:80].split()).rstrip("/ ")
    if not text or _parse(text):
        return False
    return issued is None or issued[:4] not in text or _ISO.fullmatch(text) is not None


def find_month(text: str) -> str:
    """The first name of a month in ``text``, else its first number.

    Examples:
        >>> find_month("28 July-2 August"), find_month("10--12"), find_month("")
        ('July', '10', '')
    """
    words = _WORD.findall(text[:200])
    return next((word for word in words if word.lower() in _MONTHS), next(iter(words), ""))


def _number(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return 0
    if not isinstance(value, str) and not 0 < value <= _LAST_YEAR:
        return 0
    text = str(int(value) if isinstance(value, float) and value.is_integer() else value)[:20].strip().rstrip(".")
    if text.isascii() and text.isdecimal():
        return int(text) if int(text) <= _LAST_YEAR else 0
    return _MONTHS.get(text.lower(), 0)


def parse_day(line: str) -> Day | None:
    """Read a date as Daily Papers pages write it, with the count of comments that may follow.

    The site writes no year on dates of the year in which the page was made, so a number of one or two digits after
    such a date counts comments.

    Examples:
        >>> parse_day("Mar 17 2"), parse_day("Oct 14, 2020"), parse_day("Oct 9, 2024 12")
        ((3, 17, None, 2), (10, 14, 2020, None), (10, 9, 2024, 12))
        >>> parse_day("May we 3") is None
        True
    """
    match = _DAY.fullmatch(line)
    if match is None or match[1].lower() not in _MONTHS:
        return None
    month, day = _MONTHS[match[1].lower()], int(match[2])
    if not 1 <= day <= 31:
        return None
    return month, day, int(match[3]) if match[3] else None, int(match[4]) if match[4] else None


def _build(year: int, month: str | int | None, day: str | None) -> str | None:
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    try:
        date = datetime.date(year, int(month) if month is not None else 1, int(day) if day else 1)
    except ValueError:
        return None
    return date.isoformat()[: 10 if day else 7 if month is not None else 4]
