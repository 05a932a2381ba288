"""Read works of OpenAlex: the snapshot (JSON Lines) or pages of the API.

Specification: the "Work object" in the documentation of OpenAlex. Abstracts come as an inverted index (each word with
its positions) and are put together again.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from paperconcepts.sources.dates import parse_date
from paperconcepts.sources.identifiers import identify
from paperconcepts.sources.json_fields import JsonFields
from paperconcepts.sources.json_values import parse_json, read_objects, sample_keys
from paperconcepts.sources.markup import strip_markup, strip_title
from paperconcepts.sources.records import Flaw, Record
from paperconcepts.sources.tidying import tidy

__all__ = ["is_openalex", "read_openalex", "restore_abstract"]

_LONGEST = 20_000  # words; more is no abstract
_LABELS = ("type", "language")


def is_openalex(sample: str) -> bool:
    """Whether the objects are works of OpenAlex.

    Examples:
        >>> is_openalex('{"id": "https://openalex.org/W1", "authorships": []}')
        True
    """
    keys = sample_keys(sample)
    return "abstract_inverted_index" in keys or ("authorships" in keys and "openalex.org/" in sample)


def read_openalex(lines: Iterable[str]) -> Iterator[Record | Flaw]:
    """Yield one record for each work.

    Examples:
        >>> page = '{"results": [{"id": "https://openalex.org/W1", "title": "On <i>Trees</i>", '
        >>> page += '"publication_year": 2020, "abstract_inverted_index": {"show": [1], "We": [0], "it.": [2]}}]}'
        >>> [record] = read_openalex([page])
        >>> record.title, record.abstract, record.issued, record.identifiers
        ('On Trees', 'We show it.', '2020', ('openalex:W1',))
    """
    yield from read_objects(lines, _convert, wrappers=("results",))


def restore_abstract(index: object) -> str | None:
    """The text of an inverted index; None if it is none.

    Examples:
        >>> restore_abstract({"b": [1, 3], "a": [0, 2]}), restore_abstract({"a": "x"}) is None
        ('a b a b', True)
    """
    if isinstance(index, dict) and isinstance(index.get("InvertedIndex"), dict):
        index = index["InvertedIndex"]  # as Microsoft Academic had it
    if not isinstance(index, dict):
        return None
    try:
        size = sum(map(len, index.values()))
        words = [""] * min(size, _LONGEST)
        for word, positions in index.items():
            for position in positions:
                if position < 0:
                    return _restore_with_gaps(index)  # It would count from the end.
                words[position] = word
    except IndexError:
        return _restore_with_gaps(index)
    except TypeError:
        return None
    return " ".join(words) if "" not in words else _restore_with_gaps(index)


def _restore_with_gaps(index: dict[str, Any]) -> str | None:
    try:
        pairs = sorted((position, word) for word, positions in index.items() for position in positions)
    except TypeError:
        return None
    return " ".join(word for _, word in pairs[:_LONGEST])


def _convert(number: int, work: JsonFields) -> Record:
    title = work.required_text("title", "display_name")
    index = work.value("abstract_inverted_index")
    if isinstance(index, str) and index.startswith("{"):
        try:
            index = parse_json(index)
        except (ValueError, RecursionError):
            index = None
    abstract = restore_abstract(index) if index else work.text("abstract")
    if abstract is None:
        work.warnings.append("bad abstract_inverted_index")
    name = work.text("id")
    links, venue = _locations(work)
    return Record(
        number=number,
        name=name,
        title=strip_title(title) if "<" in title or "&" in title else tidy(title),
        abstract=strip_markup(abstract or ""),
        authors=_authors(work),
        issued=parse_date(work.value("publication_date")) or parse_date(work.value("publication_year")),
        venue=venue,
        identifiers=_identifiers(work, name, links),
        extra=_extra(work),
        warnings=tuple(work.warnings),
        dates={key: work.value(key) for key in ("publication_date", "publication_year")},
    )


def _authors(work: JsonFields) -> tuple[str, ...]:
    names = []
    for item in work.items("authorships"):
        author = item.get("author") if isinstance(item, dict) else None
        name = author.get("display_name") if isinstance(author, dict) else None
        if not isinstance(name, str) and isinstance(item, dict):
            name = item.get("raw_author_name")
        if isinstance(name, str) and name.strip():
            names.append(tidy(name))
        else:
            work.warnings.append("bad authorships")
    return tuple(names)


def _locations(work: JsonFields) -> tuple[list[str], str]:
    """Addresses of the work at arXiv, and where it appeared."""
    links: list[str] = []
    for item in work.items("locations"):
        link = item.get("landing_page_url") if isinstance(item, dict) else None
        if isinstance(link, str) and "arxiv" in link:
            links.append(link)
    primary = work.child("primary_location")
    if link := primary.text("landing_page_url"):
        links.append(link)
    source = primary.child("source").text("display_name") or work.child("host_venue").text("display_name")
    return links, tidy(source)


def _identifiers(work: JsonFields, name: str, links: list[str]) -> tuple[str, ...]:
    ids = work.child("ids")
    links = [link for link in links if "arxiv" in link or "aclanthology" in link]
    found = identify(
        doi=work.text("doi") or ids.text("doi"), pmid=ids.word("pmid"), pmcid=ids.word("pmcid"), urls=links
    )
    key = name.rpartition("/")[2].upper()
    own = (f"openalex:{key}",) if key.startswith("W") and key[1:].isdecimal() and key.isascii() else ()
    return (*found, *own)


def _extra(work: JsonFields) -> dict[str, Any]:
    extra: dict[str, Any] = {key: found for key in _LABELS if (found := work.text(key))}
    keywords = [item.text("display_name", "keyword") for item in work.objects("keywords")]
    if keywords:
        extra["keywords"] = [tidy(word) for word in keywords if word]
    if work.value("is_retracted") is True:
        extra["retracted"] = True
    return extra
