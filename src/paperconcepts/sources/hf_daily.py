"""Read saved "Daily Papers" pages of Hugging Face, with or without lines on authors and dates.

How a page is dated. The site writes no year on dates of the year in which the page was made, so every explicit year
lies before that year: the page is of the year after the newest explicit one (or of the year in its header, if the
header names one). A date without year is the last such day that is not after the page's own day: after the header's
day it falls into the year before. On a page that names no year at all, dates without year are dropped and counted.
"""

import datetime
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from paperconcepts.sources.dates import Day, parse_day
from paperconcepts.sources.paragraphs import iterate_paragraphs, looks_like_title
from paperconcepts.sources.records import Flaw, Record

__all__ = ["is_hf_daily", "read_hf_daily"]

_DOT = "·"
_AUTHORS = re.compile(r"(?:[•*-] ?)?(\d{1,6}) authors?", re.IGNORECASE)
_FURNITURE = frozenset(
    (
        "new",
        "get trending papers in your email inbox!",
        "subscribe",
        "daily papers",
        "trending papers",
        "byak and the research community",
        "by ak and the research community",
        "previous",
        "next",
        "load more",
    )
)
_MARKS = ("get trending papers in your email inbox!", "byak and the research community")
_SHORT = 300


@dataclass(frozen=True, slots=True)
class _Meta:
    """What stands under an abstract."""

    author_count: int | None
    organisation: str
    day: Day


def is_hf_daily(sample: str) -> bool:
    r"""Whether ``sample`` has the header of a Daily Papers page or a date line under a dot.

    Examples:
        >>> is_hf_daily("Daily Papers\n\nbyAK and the research community"), is_hf_daily("Daily Papers")
        (True, False)
    """
    lines = [line.strip() for line in sample.split("\n") if line.strip()]
    if any(line.lower() in _MARKS for line in lines[:50]):
        return True
    return any(line == _DOT and parse_day(lines[index + 1]) for index, line in enumerate(lines[:-1]))


def read_hf_daily(lines: Iterable[str]) -> Iterator[Record | Flaw]:
    r"""Yield the papers of a saved page, in order.

    A paper is a title, an abstract and perhaps a line on authors (``• 3 authors``) or organisation, a dot and a date
    with the count of comments. Page furniture, organisation lines and dates are never titles. A paper without title
    or without abstract is kept.

    Examples:
        >>> page = "Daily Papers\n\nbyAK and the research community\n\nOct 31\n\nOn Trees\n\nWe grow trees.\n\n"
        >>> page += "  • 3 authors\n·\nMay 2 7\n\nOn Leaves\n\nThey fall.\n\n  • 1 authors\n·\nSep 27, 2023"
        >>> first, second = read_hf_daily(page.split("\n"))
        >>> first.title, first.author_count, first.issued, first.comment_count, second.issued
        ('On Trees', 3, '2024-05-02', 7, '2023-09-27')
    """
    header, items = _split_page(lines)
    year = _infer_year(header, [item.day for item in items if isinstance(item, _Meta)])
    texts: list[str] = []
    number = 0
    for item in [*items, None]:
        if isinstance(item, str):
            texts.append(item)
            continue
        pairs = _pair_texts(texts)
        texts = []
        for index, (title, abstract) in enumerate(pairs):
            number += 1
            record = Record(number=number, title=title, abstract=abstract)
            last = index == len(pairs) - 1
            yield _add_meta(record, item, header, year) if item and last else record


def _split_page(lines: Iterable[str]) -> tuple[Day | None, list[str | _Meta]]:
    """The day in the header, and texts and metadata in order."""
    header: Day | None = None
    items: list[str | _Meta] = []
    for paragraph in _join_dots(iterate_paragraphs(lines)):
        rest = paragraph
        while _DOT in rest:
            place = rest.index(_DOT)
            day = parse_day(rest[place + 1]) if place + 1 < len(rest) else None
            if day is None:
                rest = [*rest[:place], *rest[place + 1 :]]
                continue
            before, author_count, organisation = _take_byline(rest[:place], items)
            items += _split_lines(before)
            items.append(_Meta(author_count, organisation, day))
            rest = rest[place + 2 :]
        if not items and len(rest) == 1 and (day := parse_day(rest[0])):
            header = day
            continue
        items += _split_lines([line for line in rest if line.lower() not in _FURNITURE])
    return header, items


def _join_dots(paragraphs: Iterable[list[str]]) -> Iterator[list[str]]:
    """Bring a byline, its dot and its date together where empty lines stand between them."""
    held: list[str] = []
    for paragraph in paragraphs:
        byline = len(paragraph) == 1 and _AUTHORS.fullmatch(paragraph[0]) is not None
        if held and (held[-1] == _DOT or paragraph[0] == _DOT):
            held = held + paragraph
        else:
            if held:
                yield held
            held = paragraph
        if not byline and held[-1] != _DOT:
            yield held
            held = []
    if held:
        yield held


def _take_byline(before: list[str], items: list[str | _Meta]) -> tuple[list[str], int | None, str]:
    """Split the lines above a dot into texts, author count and organisation."""
    author_count, organisation = None, ""
    if before and (match := _AUTHORS.fullmatch(before[-1])):
        author_count, before = int(match[1]), before[:-1]
    # One more short line of the byline names the organisation: the abstract is a paragraph of its own above it.
    named = before and (author_count is None or len(before) == 1) and len(before[-1]) <= _SHORT
    if named and (len(before) > 1 or (items and isinstance(items[-1], str))):
        organisation, before = before[-1], before[:-1]
    return before, author_count, organisation


def _split_lines(lines: Sequence[str]) -> list[str]:
    """One text for a hard-wrapped paragraph; one for each line where whole texts stand on lines of their own."""
    if not lines:
        return []
    if len(lines) > 1 and any(len(line) > _SHORT for line in lines):
        return list(lines)
    return [" ".join(lines)]


def _pair_texts(texts: Sequence[str]) -> list[tuple[str, str]]:
    """Pair titles with the abstracts below them."""
    pairs: list[tuple[str, str]] = []
    title = ""
    for index, text in enumerate(texts):
        following = texts[index + 1] if index + 1 < len(texts) else ""
        if title and not _starts_paper(text, following):
            pairs.append((title, text))
            title = ""
        elif looks_like_title(text) and (following or not pairs) and (not title or _starts_paper(text, following)):
            if title:
                pairs.append((title, ""))
            title = text
        elif pairs and len(text) <= _SHORT:
            pairs[-1] = (pairs[-1][0], f"{pairs[-1][1]}\n{text}")
        else:
            pairs.append((title, text))
            title = ""
    if title:
        pairs.append((title, ""))
    return pairs


def _starts_paper(text: str, following: str) -> bool:
    """Whether ``text``, which stands under a title, is rather the title of the next paper."""
    return looks_like_title(text) and not text.endswith((".", "!")) and len(following) > _SHORT


def _add_meta(record: Record, meta: _Meta, header: Day | None, year: int | None) -> Record:
    month, day, explicit, comment_count = meta.day
    issued = _resolve(month, day, explicit, header, year)
    return replace(
        record,
        author_count=meta.author_count,
        organisation=meta.organisation,
        comment_count=comment_count,
        issued=issued,
        warnings=() if issued else ("date without a known year" if explicit is None and year is None else "bad date",),
    )


def _infer_year(header: Day | None, days: Iterable[Day]) -> int | None:
    if header and header[2]:
        return header[2]
    explicit = [day[2] for day in days if day[2]]
    return max(explicit) + 1 if explicit else None


def _resolve(month: int, day: int, explicit: int | None, header: Day | None, year: int | None) -> str | None:
    if explicit is None and year is not None:
        late = header is not None and (month, day) > header[:2]
        explicit = year - 1 if late else year
    if explicit is None:
        return None
    try:
        return datetime.date(explicit, month, day).isoformat()
    except ValueError:
        return None
