"""Read Zotero items as JSON: exports of Better BibTeX ("BetterBibTeX JSON") and answers of the Zotero Web API (v3).

Specification: the item fields of Zotero's schema (schema.json); Better BibTeX wraps them in "items", the API in "data".
Attachments, notes and annotations are no papers and are passed over.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from paperconcepts.sources.dates import parse_date
from paperconcepts.sources.identifiers import identify
from paperconcepts.sources.json_fields import JsonFields
from paperconcepts.sources.json_values import read_objects, sample_keys
from paperconcepts.sources.markup import strip_markup, strip_title
from paperconcepts.sources.records import Flaw, Record
from paperconcepts.sources.tidying import join_name, tidy

__all__ = ["is_better_bibtex", "read_better_bibtex"]

_NO_PAPERS = frozenset(("attachment", "note", "annotation"))
_VENUES = ("publicationTitle", "proceedingsTitle", "conferenceName", "bookTitle", "university", "institution")


def is_better_bibtex(sample: str) -> bool:
    """Whether the objects are items of Zotero.

    Examples:
        >>> is_better_bibtex('{"items": [{"itemType": "preprint", "title": "A", "creators": []}]}')
        True
    """
    keys = sample_keys(sample)
    return "itemType" in keys and not keys.isdisjoint({"creators", "abstractNote", "citationKey", "title"})


def read_better_bibtex(lines: Iterable[str]) -> Iterator[Record | Flaw]:
    """Yield one record for each item that is a work.

    Examples:
        >>> text = '{"items": [{"itemType": "preprint", "citationKey": "hu", "title": "On Trees", '
        >>> text += '"date": "2021-06-17", "creators": [{"creatorType": "author", "firstName": "Ada", '
        >>> text += '"lastName": "L"}], "archiveID": "arXiv:2106.09685"}, {"itemType": "note", "note": "x"}]}'
        >>> [record] = read_better_bibtex([text])
        >>> record.name, record.authors, record.issued, record.identifiers
        ('hu', ('Ada L',), '2021-06-17', ('arxiv:2106.09685',))
    """
    yield from read_objects(lines, _convert, wrappers=("items",))


def _convert(number: int, item: JsonFields) -> Record | None:
    fields = item.child("data") if isinstance(item.value("data"), dict) else item
    if fields.text("itemType") in _NO_PAPERS:
        return None
    url = fields.text("url")
    note = "\n".join(filter(None, (fields.text("archiveID"), fields.text("extra"), fields.text("number"))))
    tags = [tag.text("tag") if isinstance(tag, JsonFields) else tag for tag in _tags(fields)]
    extra: dict[str, Any] = {"type": fields.text("itemType")} if fields.text("itemType") else {}
    if words := [tidy(tag) for tag in tags if tag.strip()]:
        extra["keywords"] = words
    return Record(
        number=number,
        name=fields.word("citationKey", "citekey", "key", "itemKey"),
        title=strip_title(fields.required_text("title")),
        abstract=strip_markup(fields.required_text("abstractNote")),
        authors=_authors(fields),
        issued=parse_date(fields.value("date")),
        dates={"date": fields.value("date")},
        venue=strip_title(fields.text(*_VENUES)),
        links=(url,) if url else (),
        identifiers=identify(
            doi=fields.text("DOI"), pmid=fields.word("PMID"), pmcid=fields.word("PMCID"), urls=[url] if url else [],
            text=note,
        ),
        extra=extra,
        warnings=tuple(item.warnings),
    )  # fmt: skip


def _tags(fields: JsonFields) -> list[JsonFields | str]:
    tags = fields.items("tags")
    return [JsonFields(tag) if isinstance(tag, dict) else tag for tag in tags if isinstance(tag, dict | str)]


def _authors(fields: JsonFields) -> tuple[str, ...]:
    creators = fields.objects("creators")
    authors = [person for person in creators if person.text("creatorType") in ("author", "")]
    names = (
        join_name(person.text("firstName"), person.text("lastName")) or tidy(person.text("name"))
        for person in authors or creators
    )
    return tuple(name for name in names if name)
