"""Read the metadata snapshot of arXiv: JSON Lines, one paper a line.

Specification: the description of the data set "arXiv Dataset" that Cornell University keeps on Kaggle
(arxiv-metadata-oai-snapshot.json); its fields are those of arXiv's own metadata format (arXivRaw).
"""

from collections.abc import Iterable, Iterator
from typing import Any

from paperconcepts.sources.arxiv_fields import arxiv_extra, version_day
from paperconcepts.sources.identifiers import identify
from paperconcepts.sources.json_fields import name_type
from paperconcepts.sources.json_values import iterate_values, sample_keys
from paperconcepts.sources.records import Flaw, Record
from paperconcepts.sources.tidying import split_authors, tidy, tidy_paragraphs

__all__ = ["is_arxiv_snapshot", "read_arxiv_snapshot"]

_TEXTS = ("id", "doi", "comments", "journal-ref", "categories", "update_date")


def is_arxiv_snapshot(sample: str) -> bool:
    """Whether the objects have the fields that only the snapshot has.

    Examples:
        >>> is_arxiv_snapshot('{"id": "0704.0001", "abstract": "", "authors_parsed": [], "update_date": "2008-11-26"}')
        True
    """
    keys = sample_keys(sample)
    return "abstract" in keys and ("authors_parsed" in keys or {"submitter", "versions", "update_date"} <= keys)


def read_arxiv_snapshot(lines: Iterable[str]) -> Iterator[Record | Flaw]:
    r"""Yield one record for each line: dated by its first version, with categories and versions in ``extra``.

    Examples:
        >>> line = '{"id":"0704.0001","title":"On\\n  Trees","abstract":"  We show.\\n  We too.","categories":"cs.LG",'
        >>> line += '"authors_parsed":[["Hu","Ed","Jr."]],"versions":[{"created":"Mon, 2 Apr 2007 19:18:42 GMT"}]}'
        >>> [record] = read_arxiv_snapshot([line])
        >>> record.title, record.abstract, record.authors, record.issued
        ('On Trees', 'We show.\nWe too.', ('Ed Hu Jr.',), '2007-04-02')
        >>> record.extra
        {'categories': ['cs.LG'], 'versions': ['2007-04-02']}
    """
    for number, value in enumerate(iterate_values(lines), start=1):
        if type(value) is dict:
            yield _convert(number, value)
        elif isinstance(value, Flaw):
            yield Flaw(number, value.reason)
        else:
            yield Flaw(number, f"{name_type(value)}, not an object with title and abstract")


def _convert(number: int, value: dict[str, Any]) -> Record | Flaw:
    get = value.get
    title, abstract = get("title") or "", get("abstract") or ""
    if type(title) is not str or type(abstract) is not str:
        key, wrong = ("title", title) if type(title) is not str else ("abstract", abstract)
        return Flaw(number, f"{key} is {name_type(wrong)}, not a text")
    warnings: list[str] = []
    name, doi, comment, venue, categories, update = [
        found if type(found) is str else _no_text(key, found, warnings)
        for key, found in zip(_TEXTS, map(get, _TEXTS), strict=True)
    ]
    versions = _versions(get("versions"), warnings)
    abstract = tidy_paragraphs(abstract, indented=True)
    identifiers = identify(arxiv=name, doi=doi)
    if name and not identifiers:
        warnings.append("bad id")
    return Record(
        number=number,
        name=name,
        title=tidy(title),
        abstract=abstract,
        authors=_authors(value, warnings),
        issued=versions[0] if versions else version_day(update),
        venue=tidy(venue) if venue else "",
        comment=tidy(comment) if comment else "",
        identifiers=identifiers,
        extra=arxiv_extra(categories=categories, versions=versions, comment=comment, abstract=abstract),
        warnings=tuple(warnings),
        dates={} if versions else {"update_date": update},
    )


def _no_text(key: str, found: Any, warnings: list[str]) -> str:
    if found is not None:
        warnings.append(f"bad {key}")
    return ""


def _versions(value: Any, warnings: list[str]) -> list[str]:
    if value is None:
        return []
    days: list[tuple[int, str]] = []
    for item in value if type(value) is list else ():
        created = item.get("created") if type(item) is dict else None
        day = version_day(created) if type(created) is str else None
        if day:
            label = item.get("version")
            order = (
                int(label[1:]) if type(label) is str and label[1:].isdecimal() and label.isascii() else len(days) + 1
            )
            days.append((order, day))
    if not days:
        warnings.append("bad versions")
    if len(days) > 1:
        days.sort()
    return [day for _, day in days]


def _authors(value: dict[str, Any], warnings: list[str]) -> tuple[str, ...]:
    parsed = value.get("authors_parsed")
    if parsed and type(parsed) is list:
        try:
            # Family name, given names, suffix.
            names = [" ".join(" ".join(_list(item)[1::-1] + item[2:3]).split()) for item in parsed]
            return tuple([name for name in names if name])
        except TypeError:
            warnings.append("bad authors_parsed")
    authors = value.get("authors")
    return split_authors(authors if type(authors) is str else _no_text("authors", authors, warnings))


def _list(item: Any) -> list[Any]:
    if type(item) is not list or not item:
        raise TypeError
    return item
