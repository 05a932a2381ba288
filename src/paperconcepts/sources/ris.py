"""Read RIS, the format of reference managers.

Specification: "RIS Format Specifications" of Research Information Systems (2001, 2011): lines of a tag of two
characters, two spaces, a hyphen and a value, from TY to ER. Tags differ between writers, so alternatives are tried.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from paperconcepts.sources.dates import date_from_parts, parse_date
from paperconcepts.sources.identifiers import identify
from paperconcepts.sources.markup import strip_markup, strip_title
from paperconcepts.sources.records import Flaw, Record
from paperconcepts.sources.tidying import flip_name

__all__ = ["is_ris", "read_ris"]

_TAG = re.compile(r"\s{0,4}([A-Z][A-Z0-9])\s{0,3}-(?: (.*)|\s*)\Z", re.DOTALL)
_TITLES, _ABSTRACTS, _AUTHORS = ("TI", "T1", "CT"), ("AB", "N2"), ("AU", "A1")
_VENUES = ("JO", "JF", "T2", "JA", "J2", "BT", "PB")
_MOST_LINES = 20_000


def is_ris(sample: str) -> bool:
    r"""Whether the first tag is TY.

    Examples:
        >>> is_ris("\nTY  - JOUR\nTI  - A"), is_ris("TI  - A")
        (True, False)
    """
    for line in sample[:20_000].split("\n"):
        match = _TAG.match(line.lstrip("\ufeff"))
        if match:
            return match[1] == "TY"
    return False


def read_ris(lines: Iterable[str]) -> Iterator[Record | Flaw]:
    r"""Yield one record for each reference; one that lacks its ER ends where the next begins.

    Examples:
        >>> text = "TY  - JOUR\nTI  - On Trees\nAU  - Lovelace, Ada\nPY  - 2021/06/17/\nAB  - We show\n  it.\n"
        >>> text += "DO  - 10.1000/x\nER  - "
        >>> [record] = read_ris(text.split("\n"))
        >>> record.title, record.authors, record.issued, record.abstract, record.identifiers
        ('On Trees', ('Ada Lovelace',), '2021-06-17', 'We show it.', ('doi:10.1000/x',))
    """
    number = 0
    fields: dict[str, list[str]] = {}
    last, count, stray = "", 0, False
    for line in lines:
        match = _TAG.match(line.rstrip())
        tag, value = (match[1], match[2] or "") if match else ("", line.strip())
        if tag == "TY" or tag == "ER":
            if fields:
                number += 1
                yield _convert(number, fields)
            fields, last, count, stray = {"TY": [value]} if tag == "TY" else {}, tag, 0, False
        elif not fields:
            if value and not stray:
                number, stray = number + 1, True
                yield Flaw(number, "lines outside of a reference (no TY before them)")
        elif tag:
            fields.setdefault(tag, []).append(value)
            last = tag
        elif last not in ("", "TY") and count < _MOST_LINES:
            # The text goes on; an empty line is a paragraph's end.
            fields[last][-1] += f"\n{value}"
            count += 1
    if fields:
        yield _convert(number + 1, fields)


def _convert(number: int, fields: dict[str, list[str]]) -> Record:
    def first(*tags: str) -> str:
        return next((value.strip() for tag in tags for value in fields.get(tag, ()) if value.strip()), "")

    urls = [url for tag in ("UR", "L1", "L2", "L3") for value in fields.get(tag, ()) for url in value.split()]
    urls = [url.rstrip(";") for url in urls if url.startswith("http")]
    abstracts = [value for tag in _ABSTRACTS for value in fields.get(tag, ()) if value.strip()]
    extra: dict[str, Any] = {"type": first("TY")} if first("TY") else {}
    if words := [word for value in fields.get("KW", ()) for word in value.split("\n") if word.strip()]:
        extra["keywords"] = [word.strip() for word in words]
    notes = "\n".join(value for tag in ("N1", "M1", "AN", "M3", "C1") for value in fields.get(tag, ()))
    pmid = first("AN") if "pubmed" in first("DB", "DP").lower() or "medline" in first("DB", "DP").lower() else ""
    return Record(
        number=number,
        name=first("ID", "AN", "DO"),
        title=strip_title(first(*_TITLES)),
        abstract=strip_markup(abstracts[0]).strip() if abstracts else "",
        authors=tuple(name for tag in _AUTHORS for value in fields.get(tag, ()) if (name := flip_name(value))),
        issued=_date(first("DA")) or _date(first("PY", "Y1")),
        venue=strip_title(first(*_VENUES)),
        links=tuple(urls[:20]),
        identifiers=identify(doi=first("DO"), pmid=pmid, pmcid=first("C2"), urls=urls, text=notes),
        extra=extra,
        warnings=("another abstract",) if len({strip_title(text) for text in abstracts}) > 1 else (),
        dates={tag: "/".join(value.split("/")[:3]) for tag in ("DA", "PY", "Y1") if (value := first(tag))},
    )


def _date(value: str) -> str | None:
    """YYYY/MM/DD/other, any of which may be empty."""
    parts = [part.strip() for part in value.split("/")]
    if len(parts) > 1:
        return date_from_parts(*parts[:3])
    return parse_date(value)
