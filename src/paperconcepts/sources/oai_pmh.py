"""Read answers of an OAI-PMH server: the metadata formats arXiv, arXivRaw and oai_dc.

Specification: OAI-PMH 2.0 (ListRecords, GetRecord); "arXiv" and "arXivRaw" of arXiv's interface; Dublin Core (oai_dc),
which arXiv and most repositories give. Records that the server marks as deleted are reported and are no fault.
"""

from collections.abc import Iterable, Iterator

from paperconcepts.sources.arxiv_fields import arxiv_extra, version_day
from paperconcepts.sources.dates import parse_date
from paperconcepts.sources.identifiers import identify
from paperconcepts.sources.records import Flaw, Record
from paperconcepts.sources.tidying import flip_name, join_name, split_authors, tidy, tidy_paragraphs
from paperconcepts.sources.xml_records import Element, child, children, inner_text, plain_text, read_elements, root_name

__all__ = ["is_oai_pmh", "read_oai_pmh"]


def is_oai_pmh(sample: str) -> bool:
    """Whether the outermost element is that of OAI-PMH (or of its list of records).

    Examples:
        >>> is_oai_pmh('<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><ListRecords>')
        True
    """
    return root_name(sample) in ("OAI-PMH", "ListRecords", "GetRecord")


def read_oai_pmh(lines: Iterable[str]) -> Iterator[Record | Flaw]:
    r"""Yield one record for each record that is not deleted.

    Examples:
        >>> text = '<OAI-PMH><record><header><identifier>oai:arXiv.org:0801.3931</identifier></header><metadata><arXiv>'
        >>> text += '<id>0801.3931</id><created>2008-01-25</created><authors><author><keyname>Hu</keyname><forenames>Ed'
        >>> text += '</forenames></author></authors><title>On\n  Trees</title><abstract>We show.</abstract></arXiv>'
        >>> [record] = read_oai_pmh([text + '</metadata></record></OAI-PMH>'])
        >>> record.title, record.authors, record.issued, record.identifiers
        ('On Trees', ('Ed Hu',), '2008-01-25', ('arxiv:0801.3931',))
    """
    yield from read_elements(lines, ("record",), _convert)


def _convert(number: int, record: Element) -> Record | Flaw:
    header = child(record, "header")
    name = inner_text(header, "identifier")
    if header is not None and header.get("status") == "deleted":
        return Flaw(number, f"deleted at its source ({name})" if name else "deleted at its source", harmless=True)
    metadata = child(record, "metadata")
    inner = next(iter(metadata), None) if metadata is not None else None
    if inner is None:
        return Flaw(number, "no metadata")
    if children(inner, "abstract") or children(inner, "authors"):
        return _arxiv(number, name, inner)
    return _dublin_core(number, name, inner)


def _arxiv(number: int, name: str, fields: Element) -> Record:
    def text(key: str) -> str:
        return plain_text(child(fields, key)).strip()

    versions = sorted((_version_number(item), day) for item in children(fields, "version") if (day := _day(item)))
    days = [day for _, day in versions]
    abstract, comment = tidy_paragraphs(text("abstract"), indented=True), tidy(text("comments"))
    authors = child(fields, "authors")
    names = tuple(
        join_name(inner_text(item, "forenames"), inner_text(item, "keyname"), inner_text(item, "suffix"))
        for item in children(authors, "author")
    )
    return Record(
        number=number,
        name=name or text("id"),
        title=tidy(text("title")),
        abstract=abstract,
        authors=tuple(filter(None, names)) or split_authors(plain_text(authors)),
        issued=days[0] if days else parse_date(text("created")),
        venue=tidy(text("journal-ref")),
        comment=comment,
        identifiers=identify(arxiv=text("id"), doi=text("doi")),
        extra=arxiv_extra(categories=text("categories"), versions=days, comment=comment, abstract=abstract),
        dates={"created": text("created").strip()},
    )


def _day(version: Element) -> str | None:
    return version_day(plain_text(child(version, "date")).strip())


def _version_number(version: Element) -> int:
    digits = (version.get("version") or "").lstrip("v")[:6]
    return int(digits) if digits.isdecimal() and digits.isascii() else 0


def _dublin_core(number: int, name: str, fields: Element) -> Record:
    def texts(key: str) -> list[str]:
        return [text for item in children(fields, key) if (text := plain_text(item).strip())]

    # arXiv puts its comments into a second description.
    descriptions = texts("description")
    comment = next((text for text in descriptions[1:] if text.lower().startswith("comment:")), "")
    dates = sorted(date for value in texts("date") if (date := parse_date(value)))
    found = [curie for value in (*texts("identifier"), name.removeprefix("oai:arXiv.org:")) for curie in _curies(value)]
    return Record(
        number=number,
        name=name,
        title=tidy(next(iter(texts("title")), "")),
        abstract=tidy_paragraphs(next(iter(descriptions), ""), indented=True),
        authors=tuple(flip_name(value) for value in texts("creator")),
        issued=dates[0] if dates else None,
        venue=tidy(next(iter(texts("source")), "")),
        comment=tidy(comment[len("comment:") :]),
        identifiers=tuple(dict.fromkeys(found)),
        extra={"keywords": [tidy(text) for text in texts("subject")]} if texts("subject") else {},
        warnings=("another abstract",) if len(descriptions) - bool(comment) > 1 else (),
        dates={"date": next((value for value in texts("date") if not parse_date(value)), "")},
    )


def _curies(value: str) -> tuple[str, ...]:
    return identify(text=value) or identify(urls=[value])
