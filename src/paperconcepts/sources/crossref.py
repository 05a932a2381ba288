"""Read works of Crossref: answers of the REST API, and the public data file.

Specification: the Crossref REST API (works, "message" with "items"); abstracts are JATS, titles and dates are lists.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from paperconcepts.sources.dates import date_from_parts
from paperconcepts.sources.identifiers import identify
from paperconcepts.sources.json_fields import JsonFields, WrongTypeError, name_type, spoken_names
from paperconcepts.sources.json_values import read_objects, sample_keys
from paperconcepts.sources.markup import strip_markup, strip_title
from paperconcepts.sources.records import Flaw, Record

__all__ = ["first_date", "is_crossref", "read_crossref"]

_TITLE_LIST = re.compile(r"\"title\"\s{0,20}:\s{0,20}\[")
_SIGNS = frozenset(("container-title", "deposited", "indexed", "is-referenced-by-count", "message-type", "prefix"))
_DATES = ("issued", "published", "published-print", "published-online", "posted", "created")


def is_crossref(sample: str) -> bool:
    """Whether the objects are works of Crossref, whose titles are lists.

    Examples:
        >>> is_crossref('{"DOI": "10.1000/x", "title": ["A"], "prefix": "10.1000"}')
        True
    """
    keys = sample_keys(sample)
    return "DOI" in keys and not keys.isdisjoint(_SIGNS) and _TITLE_LIST.search(sample) is not None


def read_crossref(lines: Iterable[str]) -> Iterator[Record | Flaw]:
    """Yield one record for each work.

    Examples:
        >>> page = '{"message": {"items": [{"DOI": "10.1000/X", "title": ["On <i>Trees</i>"], '
        >>> page += '"abstract": "<jats:p>We show.</jats:p>", "issued": {"date-parts": [[2017, 6]]}, '
        >>> page += '"author": [{"given": "A", "family": "L"}]}]}}'
        >>> [record] = read_crossref([page])
        >>> record.title, record.abstract, record.issued, record.authors, record.identifiers
        ('On Trees', 'We show.', '2017-06', ('A L',), ('doi:10.1000/x',))
    """
    yield from read_objects(lines, _convert, wrappers=("message", "items"))


def _convert(number: int, work: JsonFields) -> Record:
    doi = work.text("DOI")
    extra: dict[str, Any] = {key: found for key in ("type", "subtype", "language") if (found := work.text(key))}
    if any(item.text("type") == "retraction" for item in work.objects("updated-by")):
        extra["retracted"] = True
    if subjects := work.texts("subject"):
        extra["keywords"] = subjects
    return Record(
        number=number,
        name=doi,
        title=_title(work),
        abstract=strip_markup(work.required_text("abstract")),
        authors=spoken_names(work.objects("author")),
        issued=first_date(work, _DATES),
        dates={key: spoken_date(work.value(key)) for key in _DATES},
        venue=strip_title(_first(work, "container-title") or _event(work)),
        identifiers=identify(doi=doi),
        extra=extra,
        warnings=tuple(work.warnings),
    )


def _event(work: JsonFields) -> str:
    return work.child("event").text("name") if isinstance(work.value("event"), dict) else ""


def _title(work: JsonFields) -> str:
    value = work.value("title")
    if value is not None and not isinstance(value, str | list):
        raise WrongTypeError(f"title is {name_type(value)}, not a text")
    title, subtitle = strip_title(_first(work, "title")), strip_title(_first(work, "subtitle"))
    if not subtitle or subtitle.casefold() in title.casefold():
        return title
    return f"{title}{' ' if title.endswith((':', '?', '!')) else ': '}{subtitle}" if title else subtitle


def _first(work: JsonFields, key: str) -> str:
    return next(iter(work.texts(key)), "")


def spoken_date(value: object) -> object:
    """A date of CSL or Crossref as one value: its parts with hyphens, or what stands there in words.

    Examples:
        >>> spoken_date({"date-parts": [[2017, 13]]}), spoken_date({"literal": "in press"}), spoken_date("soon")
        ('2017-13', 'in press', 'soon')
    """
    if not isinstance(value, dict):
        return value
    parts = value.get("date-parts")
    while isinstance(parts, list) and parts and isinstance(parts[0], list):
        parts = parts[0]
    words = [part for part in parts[:3] if isinstance(part, str | int)] if isinstance(parts, list) else []
    return "-".join(str(word)[:40] for word in words) or value.get("raw") or value.get("literal")


def first_date(work: JsonFields, keys: Iterable[str]) -> str | None:
    """The first date with a year among fields of the form ``{"date-parts": [[2017, 6, 12]]}``.

    Examples:
        >>> first_date(JsonFields({"issued": {"date-parts": [[None]]}, "created": {"date-parts": [["2017", 6]]}}),
        ...            ("issued", "created"))
        '2017-06'
    """
    for key in keys:
        value = work.value(key)
        parts = value.get("date-parts") if isinstance(value, dict) else None
        while isinstance(parts, list) and parts and isinstance(parts[0], list):
            parts = parts[0]
        if isinstance(parts, list) and parts and (date := date_from_parts(*parts[:3])):
            return date
    return None
