"""Read CSL-JSON, the data of citation styles, as Zotero, Mendeley, pandoc and doi.org give it.

Specification: the CSL 1.0.2 data schema (csl-data.json). Titles may hold the rich text of Zotero (``<i>``).
"""

from collections.abc import Iterable, Iterator
from typing import Any

from paperconcepts.sources.crossref import first_date, spoken_date
from paperconcepts.sources.dates import date_from_parts, parse_date
from paperconcepts.sources.identifiers import identify
from paperconcepts.sources.json_fields import JsonFields, spoken_names
from paperconcepts.sources.json_values import read_objects, sample_keys
from paperconcepts.sources.markup import strip_markup, strip_title
from paperconcepts.sources.records import Flaw, Record

__all__ = ["is_csl_json", "read_csl_json"]

_SIGNS = frozenset(("date-parts", "container-title", "citation-key", "citation-label", "container-title-short"))
_DATES = ("issued", "published", "submitted", "original-date")
_TYPES = frozenset(
    "article-journal article paper-conference article-magazine chapter book thesis report webpage manuscript "
    "dataset".split()
)


def is_csl_json(sample: str) -> bool:
    """Whether the objects are items of CSL.

    Examples:
        >>> is_csl_json('[{"id": "a", "type": "article", "title": "A", "issued": {"date-parts": [[2020]]}}]')
        True
        >>> is_csl_json('{"id": "a", "type": "x", "title": "A", "issued": "2020"}')
        False
    """
    keys = sample_keys(sample)
    if not {"title", "type"} <= keys and not {"title", "DOI"} <= keys:
        return False
    return not keys.isdisjoint(_SIGNS) or (
        {"family", "given"} <= keys and any(f'"{kind}"' in sample for kind in _TYPES)
    )


def read_csl_json(lines: Iterable[str]) -> Iterator[Record | Flaw]:
    """Yield one record for each item.

    Examples:
        >>> text = '[{"id": "hu", "type": "article", "title": "On <i>Trees</i>", "issued": '
        >>> text += '{"date-parts": [["2021", 6]]}, "author": [{"family": "Gogh", "given": "Vincent", '
        >>> text += '"non-dropping-particle": "van"}], '
        >>> text += '"note": "arXiv:2106.09685 [cs]"}]'
        >>> [record] = read_csl_json([text])
        >>> record.title, record.authors, record.issued, record.identifiers
        ('On Trees', ('Vincent van Gogh',), '2021-06', ('arxiv:2106.09685',))
    """
    yield from read_objects(lines, _convert, wrappers=("items", "references"))


def _convert(number: int, item: JsonFields) -> Record:
    url = item.text("URL")
    note = "\n".join(filter(None, (item.text("note"), item.text("number"), item.text("archive_location"))))
    extra: dict[str, Any] = {key: found for key in ("type", "language", "keyword") if (found := item.text(key))}
    if "keyword" in extra:
        extra["keywords"] = [word.strip() for word in extra.pop("keyword").split(",") if word.strip()]
    return Record(
        number=number,
        name=item.word("id", "citation-key"),
        title=strip_title(item.required_text("title")),
        abstract=strip_markup(item.required_text("abstract")),
        authors=spoken_names(item.objects("author")),
        issued=_date(item),
        dates={key: spoken_date(item.value(key)) for key in _DATES},
        venue=strip_title(next(iter(item.texts("container-title")), "") or item.text("event-title")),
        links=(url,) if url else (),
        identifiers=identify(
            doi=item.text("DOI"), pmid=item.word("PMID"), pmcid=item.word("PMCID"), urls=[url] if url else [], text=note
        ),
        extra=extra,
        warnings=tuple(item.warnings),
    )


def _date(item: JsonFields) -> str | None:
    for key in _DATES:
        if date := first_date(item, (key,)):
            return date
        value = item.value(key)
        if isinstance(value, dict):
            plain = parse_date(value.get("raw")) or parse_date(value.get("literal"))
            if date := plain or date_from_parts(value.get("year"), value.get("month"), value.get("day")):
                return date
        elif date := parse_date(value):
            return date
    return None
