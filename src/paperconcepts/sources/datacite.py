"""Read DOIs of DataCite: answers of the REST API, and the public data file.

Specification: DataCite Metadata Schema 4 in the JSON of the DataCite REST API ("data" with "attributes").
"""

from collections.abc import Iterable, Iterator
from typing import Any

from paperconcepts.sources.dates import parse_date
from paperconcepts.sources.identifiers import identify
from paperconcepts.sources.json_fields import JsonFields, WrongTypeError, name_type
from paperconcepts.sources.json_values import read_objects, sample_keys
from paperconcepts.sources.markup import strip_markup, strip_title
from paperconcepts.sources.records import Flaw, Record
from paperconcepts.sources.tidying import flip_name, join_name, tidy

__all__ = ["is_datacite", "read_datacite"]

_DATES = ("Issued", "Submitted", "Available", "Created")
_SAME = frozenset(("IsIdenticalTo", "IsVersionOf", "HasVersion"))


def is_datacite(sample: str) -> bool:
    """Whether the objects are DOIs of DataCite.

    Examples:
        >>> is_datacite('{"data": {"id": "10.1/x", "attributes": {"titles": [], "publicationYear": 2020}}}')
        True
    """
    keys = sample_keys(sample)
    return "titles" in keys and not keys.isdisjoint({"publicationYear", "creators", "descriptions"})


def read_datacite(lines: Iterable[str]) -> Iterator[Record | Flaw]:
    """Yield one record for each DOI.

    Examples:
        >>> text = '{"data": {"id": "10.48550/arxiv.2301.00001", "attributes": {"doi": "10.48550/arxiv.2301.00001", '
        >>> text += '"titles": [{"title": "On Trees"}], "creators": [{"name": "Lovelace, Ada"}], '
        >>> text += '"publicationYear": 2023, "descriptions": [{"description": "We show.", '
        >>> text += '"descriptionType": "Abstract"}]}}}'
        >>> [record] = read_datacite([text])
        >>> record.title, record.abstract, record.authors, record.issued, record.identifiers
        ('On Trees', 'We show.', ('Ada Lovelace',), '2023', ('arxiv:2301.00001',))
    """
    yield from read_objects(lines, _convert, wrappers=("data",))


def _convert(number: int, item: JsonFields) -> Record:
    fields = item.child("attributes") if isinstance(item.value("attributes"), dict) else item
    doi = fields.text("doi") or item.text("id", "doi")
    title, abstract = _title(fields), _abstract(fields)
    types = fields.child("types")
    extra: dict[str, Any] = {}
    if kind := types.text("resourceTypeGeneral"):
        extra["type"] = kind
    if language := fields.text("language"):
        extra["language"] = language
    if words := [tidy(subject.text("subject")) for subject in fields.objects("subjects") if subject.text("subject")]:
        extra["keywords"] = words
    return Record(
        number=number,
        name=doi,
        title=title,
        abstract=abstract,
        authors=tuple(name for creator in fields.objects("creators") if (name := _name(creator))),
        issued=_date(fields),
        dates=_spoken_dates(fields),
        venue=tidy(fields.child("container").text("title")) or _publisher(fields),
        identifiers=_identifiers(fields, doi),
        extra=extra,
        warnings=tuple(item.warnings),
    )


def _title(fields: JsonFields) -> str:
    value = fields.value("titles")
    if value is not None and not isinstance(value, list):
        raise WrongTypeError(f"titles is {name_type(value)}, not a list")
    titles = [(item.text("titleType"), strip_title(item.text("title"))) for item in fields.objects("titles")]
    main = next((title for kind, title in titles if title and not kind), "")
    main = main or next((title for kind, title in titles if title and kind != "Subtitle"), "")
    subtitle = next((title for kind, title in titles if kind == "Subtitle" and title), "")
    return f"{main}: {subtitle}" if main and subtitle and subtitle not in main else main or subtitle


def _abstract(fields: JsonFields) -> str:
    found = [
        (item.text("lang").lower()[:2], item.text("description"))
        for item in fields.objects("descriptions")
        if item.text("descriptionType") == "Abstract" and item.text("description")
    ]
    if len(found) > 1:
        fields.warnings.append("another abstract")
    found.sort(key=lambda pair: pair[0] not in ("", fields.text("language").lower()[:2] or "en"))
    return strip_markup(found[0][1]) if found else ""


def _name(creator: JsonFields) -> str:
    whole = join_name(creator.text("givenName"), creator.text("familyName"))
    name = tidy(creator.text("name"))
    if creator.text("givenName") and creator.text("familyName"):
        return whole
    return name if creator.text("nameType") == "Organizational" else flip_name(name) or whole


def _date(fields: JsonFields) -> str | None:
    dates = [(item.text("dateType"), parse_date(item.value("date"))) for item in fields.objects("dates")]
    for kind in _DATES:
        days = sorted(day for name, day in dates if name == kind and day)
        if days and (kind != "Issued" or len(days[0]) > 4):
            return days[0]
    years = sorted(day for name, day in dates if name == "Issued" and day)
    return next(iter(years), None) or parse_date(fields.value("publicationYear"))


def _spoken_dates(fields: JsonFields) -> dict[str, Any]:
    items = [item for item in fields.items("dates") if isinstance(item, dict)]
    dates = {kind: item.get("date") for kind in _DATES for item in items if item.get("dateType") == kind}
    return {**dates, "publicationYear": fields.value("publicationYear")}


def _publisher(fields: JsonFields) -> str:
    if isinstance(fields.value("publisher"), dict):
        return tidy(fields.child("publisher").text("name"))
    return tidy(fields.text("publisher"))


def _identifiers(fields: JsonFields, doi: str) -> tuple[str, ...]:
    others = [
        item.text("identifier") for item in fields.objects("identifiers") if item.text("identifierType") == "arXiv"
    ]
    related = [
        item.text("relatedIdentifier")
        for item in fields.objects("relatedIdentifiers")
        if item.text("relationType") in _SAME and item.text("relatedIdentifierType") in ("DOI", "arXiv")
    ]
    found = [*identify(doi=doi)]
    for value in (*others, *related):
        found += identify(doi=value) if value.startswith("10.") or "doi.org" in value else identify(arxiv=value)
    return tuple(dict.fromkeys(found))
