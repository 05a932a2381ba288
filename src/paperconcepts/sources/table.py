"""Read CSV and TSV with a header: exports of databases, reference managers and spreadsheets.

Specification: RFC 4180, with comma, semicolon, tab or bar between the cells. The names of the columns are recognised in
many spellings, or told by a mapping.
"""

import csv
import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from functools import lru_cache
from typing import Any

from paperconcepts.sources.jsonl import convert_object
from paperconcepts.sources.records import Flaw, Record
from paperconcepts.sources.tidying import flip_name

__all__ = [
    "KNOWN_COLUMNS",
    "convert_row",
    "explain_columns",
    "is_table",
    "match_columns",
    "missing_columns",
    "names_columns",
    "read_table",
]

_DELIMITERS = ",\t;|"
_PLAIN = re.compile(r"[\W_]+")
_FORMULA = re.compile(r"'(?=[=+\-@\t\r])")
_MOST_LINES = 500
_MOST_RETRIES = 2_000
_MOST_NAMES, _LONGEST_NAME = 30, 60

KNOWN_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "title": ("title", "papertitle", "articletitle", "documenttitle"),
    "abstract": ("abstract", "summary", "abstractnote", "paperabstract"),
    "authors": ("authors", "author", "authorfullnames", "authornames", "creators"),
    "date": ("date", "publicationdate", "issued", "published", "publishedat", "year", "publicationyear", "created"),
    "id": ("id", "uid", "paperid", "key", "recordid", "eid"),
    "arxiv_id": ("arxivid", "arxiv"),
    "doi": ("doi",),
    "url": ("url", "link", "paperurl", "urlabs"),
    "venue": ("venue", "journal", "publicationtitle", "sourcetitle", "conference", "booktitle", "journaltitle"),
    "comment": ("comment", "comments"),
}  # fmt: skip
"""The fields that columns can be mapped to, and the names (in lower case, without signs) that are known for each."""


def is_table(sample: str) -> bool:
    r"""Whether the first line is a header with a title or an abstract.

    Examples:
        >>> is_table("Paper Title,Year\nA,2020"), is_table("title only"), is_table("The title, an abstract")
        (True, False, False)
    """
    header = _split_header(sample)
    found = match_columns(header)
    return len(header) > 1 and len(found) > 1 and not found.keys().isdisjoint({"title", "abstract"})


def names_columns(sample: str, columns: Mapping[str, str]) -> bool:
    r"""Whether the first line is a header in which a column of the mapping stands.

    Examples:
        >>> names_columns("Naam;Tekst\na;b", {"title": "Naam"})
        True
    """
    return not set(_split_header(sample, columns)).isdisjoint(columns.values())


def missing_columns(sample: str, columns: Mapping[str, str]) -> list[str]:
    r"""The fields of the mapping whose columns do not stand in the first line, each as ``FIELD=COLUMN``.

    Examples:
        >>> missing_columns("Naam;Tekst\na;b", {"title": "Naam", "abstract": "Teks"})
        ['abstract=Teks']
    """
    header = _split_header(sample, columns)
    return [f"{field}={column}" for field, column in columns.items() if column not in header]


def explain_columns(sample: str, columns: Mapping[str, str]) -> str:
    r"""Why a text that looks like a table is none that can be read, and what to do; empty if it does not look so.

    Examples:
        >>> explain_columns("Naam;Tekst\na;b", {"title": "Nam"})
        "no column is named 'Nam' (--map title=Nam); columns: 'Naam', 'Tekst'; did you mean 'Naam'?"
        >>> explain_columns("Naam;Tekst\na;b", {})[48:]
        "tell which one does, as in --map title='Naam'; columns: 'Naam', 'Tekst'"
        >>> explain_columns("Dear diary, it rained.", {})
        ''
    """
    header = _guess_header(sample)
    if not header:
        return ""
    listed = ", ".join(repr(name[:_LONGEST_NAME]) for name in header[:_MOST_NAMES])
    listed += f" and {len(header) - _MOST_NAMES} more" if len(header) > _MOST_NAMES else ""
    for field, column in columns.items():
        if column not in header:
            near = get_close_matches(column, header, n=1)
            hint = f"; did you mean {near[0]!r}?" if near else ""
            return f"no column is named {column!r} (--map {field}={column}); columns: {listed}{hint}"
    advice = f"tell which one does, as in --map title={header[0][:_LONGEST_NAME]!r}"
    return f"no column is known to hold titles or abstracts; {advice}; columns: {listed}"


def _guess_header(sample: str) -> list[str]:
    """The first line's cells, if the line after it has as many."""
    lines = [line for line in sample.lstrip("\ufeff").split("\n", 20)[:20] if line.strip()][:2]
    if len(lines) < 2 or any(len(line) > 10_000 for line in lines):
        return []
    for delimiter in sorted(_DELIMITERS, key=lines[0].count, reverse=True):
        header, row = (_parse_line(line, delimiter) for line in lines)
        if 1 < len(header) == len(row) and all(header):
            return header
    return []


def _split_header(sample: str, columns: Mapping[str, str] | None = None) -> list[str]:
    line = next((line for line in sample.split("\n", 20) if line.strip()), "")[:10_000]
    best: list[str] = []
    for delimiter in _DELIMITERS:
        cells = _parse_line(line, delimiter)
        known = len(match_columns(cells, columns))
        if (known, len(cells)) > (len(match_columns(best, columns)), len(best)):
            best = cells
    return best


def _parse_line(line: str, delimiter: str) -> list[str]:
    try:
        return [cell.strip() for cell in next(csv.reader([line], delimiter=delimiter), [])]
    except csv.Error:
        return []


def match_columns(header: Sequence[str], columns: Mapping[str, str] | None = None) -> dict[str, int]:
    """The place of the column of each field; a mapping (field to column) goes before what is known.

    Examples:
        >>> match_columns(["Article Title", "Year", "Naam"], {"venue": "Naam"})
        {'venue': 2, 'title': 0, 'date': 1}
    """
    found = {key: header.index(name) for key, name in (columns or {}).items() if name in header}
    plain = [_plain(name) for name in header]
    for key, names in KNOWN_COLUMNS.items():
        if key not in found:
            place = next((plain.index(name) for name in names if name in plain), None)
            if place is not None and place not in found.values():
                found[key] = place
    return found


@lru_cache(maxsize=256)
def _plain(name: str) -> str:
    return _PLAIN.sub("", name.casefold())


def read_table(lines: Iterable[str], *, columns: Mapping[str, str] | None = None) -> Iterator[Record | Flaw]:
    r"""Yield one record for each row; columns that are not known are kept in ``extra``.

    A row whose quotes never close, or with more cells than the header, is a flaw; reading goes on with the line after
    its first.

    Examples:
        >>> text = 'Title;Year;Authors;Note\n"On\nTrees";2020;Lovelace, Ada|B. C.;x\n"cut;2021\nOn Leaves;2022;;'
        >>> first, flaw, last = read_table(text.split("\n"))
        >>> first.title, first.issued, first.authors, first.extra
        ('On\nTrees', '2020', ('Ada Lovelace', 'B. C.'), {'Note': 'x'})
        >>> flaw.reason, last.title
        ('a quote is not closed', 'On Leaves')
    """
    source = iter(lines)
    first = next((line for line in source if line.strip()), "").lstrip("\ufeff")
    best = max(_DELIMITERS, key=lambda sign: (len(match_columns(_parse_line(first, sign), columns)), first.count(sign)))
    header = _parse_line(first, best)
    places = match_columns(header, columns)
    for number, row in enumerate(_iterate_rows(source, best, len(header)), start=1):
        yield Flaw(number, row.reason) if isinstance(row, Flaw) else convert_row(number, row, header, places)


def _iterate_rows(source: Iterator[str], delimiter: str, width: int) -> Iterator[list[str] | Flaw]:
    waiting: deque[str] = deque()  # lines that have been read and are to be read again
    retries = 0

    def take() -> Iterator[str]:
        while True:
            line = waiting.popleft() if waiting else next(source, None)
            if line is None:
                return
            used.append(line)
            if len(used) > _MOST_LINES:
                return
            yield line + "\n"

    while True:
        used: list[str] = []
        reader = csv.reader(take(), delimiter=delimiter, strict=False)
        try:
            row = next(reader, None)
            reason = _judge(row, used, width, delimiter)
        except csv.Error as error:
            row, reason = [], str(error)
        if row is None and not used:
            return
        if reason:
            yield Flaw(0, reason)
            if len(used) > 1 and retries < _MOST_RETRIES:
                retries += 1
                waiting.extendleft(reversed(used[1:]))
        elif row and any(cell.strip() for cell in row):
            yield row  # Spreadsheets leave rows of empty cells behind.


def _judge(row: list[str] | None, used: list[str], width: int, delimiter: str) -> str:
    """What is wrong with a row; nothing if it is empty or good."""
    if row is None or not any(cell.strip() for cell in row):
        return ""
    if len(used) > 1 and ("".join(used).count('"') % 2 or len(row) != width):
        return "a quote is not closed"
    if len(row) > width and any(cell.strip() for cell in row[width:]):
        return f"{len(row)} cells under a header of {width}"
    return ""


def convert_row(number: int, row: Sequence[Any], header: Sequence[str], places: Mapping[str, int]) -> Record | Flaw:
    """The record of one row."""
    cells = [_FORMULA.sub("", cell, count=1) if isinstance(cell, str) else cell for cell in row]
    value: dict[str, Any] = {key: cells[place] for key, place in places.items() if place < len(cells)}
    if isinstance(value.get("authors"), str):
        value["authors"] = _split_authors(value["authors"])
    taken = set(places.values())
    rest = {
        header[place]: cell
        for place, cell in enumerate(cells[: len(header)])
        if place not in taken and header[place] and cell not in ("", None) and header[place] not in value
    }
    record = convert_object(number, {key: item for key, item in value.items() if item != ""})
    if isinstance(record, Flaw):
        return record
    record.extra.update(rest)
    return record


def _split_authors(text: str) -> list[str] | str:
    """Names between semicolons or bars are as often written family name first; other lists are left to `read_jsonl`."""
    for separator in (";", "|", "\n"):
        if separator in text:
            return [name for part in text.split(separator) if (name := flip_name(part))]
    parts = text.split(",")
    if len(parts) == 2 and " and " not in text and any(len(part.split()) == 1 for part in parts):
        return [flip_name(text)]  # one person: of two, at least one would hardly have a single name
    return text
