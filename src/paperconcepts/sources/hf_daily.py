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
_LONGEST_ORGANISATION = 100


@dataclass(frozen=True, slots=True)
class _Meta:
    """What stands under an abstract."""

    author_count: int | None = None
    organisation: str = ""
    day: Day | None = None


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
    page = _Page()
    for paragraph in iterate_paragraphs(lines):
        page.add(paragraph)
    page.close()
    year = _infer_year(page.header, [item.day for item in page.items if isinstance(item, _Meta) and item.day])
    texts: list[str] = []
    number = 0
    for item in [*page.items, None]:
        if isinstance(item, str):
            texts.append(item)
            continue
        pairs = _pair_texts(texts)
        texts = []
        for index, (title, abstract) in enumerate(pairs):
            number += 1
            record = Record(number=number, title=title, abstract=abstract)
            last = index == len(pairs) - 1
            yield _add_meta(record, item, page.header, year) if item and last else record


class _Page:
    """A page, line by line, as texts and what stands under them."""

    def __init__(self) -> None:
        self.header: Day | None = None
        self.items: list[str | _Meta] = []
        self._byline: _Meta | None = None  # begun, its date may follow
        self._lines: list[str] = []  # of the paragraph

    def add(self, paragraph: Sequence[str]) -> None:
        for line in paragraph:
            if line.lower() in _FURNITURE:
                continue
            if line == _DOT:
                self._begin_byline(None)
            elif match := _AUTHORS.fullmatch(line):
                self._begin_byline(int(match[1]))
            elif day := parse_day(line):
                self._add_day(day)
            else:
                self._end_byline(None)
                self._lines.append(line)
        self._end_paragraph()

    def close(self) -> None:
        self._end_byline(None)

    def _begin_byline(self, author_count: int | None) -> None:
        if self._byline is None:
            organisation = self._take_organisation()
            self._end_paragraph()
            self._byline = _Meta(author_count, organisation)
        elif author_count is not None:
            self._byline = replace(self._byline, author_count=author_count)

    def _add_day(self, day: Day) -> None:
        # A date under nothing is the page's own, or one that groups its papers.
        if self._byline is None and not self.items and not self._lines:
            self.header = day
        self._end_byline(day)

    def _end_byline(self, day: Day | None) -> None:
        byline, self._byline = self._byline, None
        if byline and (day or byline.author_count is not None):
            self.items.append(replace(byline, day=day))
        elif byline and byline.organisation:
            self.items.append(byline.organisation)  # a dot between texts, no byline

    def _end_paragraph(self) -> None:
        self.items += _split_lines(self._lines)
        self._lines = []

    def _take_organisation(self) -> str:
        """The line above the dot, if a text of its own stands above it."""
        above: list[str] = []
        for item in reversed(self.items[-2:]):
            if not isinstance(item, str):
                break
            above.insert(0, item)
        lines = self._lines or above[-1:]
        if not lines or len(lines[-1]) > _LONGEST_ORGANISATION or lines[-1].endswith("."):
            return ""
        if self._lines and (above or len(self._lines) > 1):
            return self._lines.pop()
        if not self._lines and len(above) == 2 and len(above[0]) > _SHORT:  # an empty line before the dot
            self.items.pop()
            return above[1]
        return ""


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
        elif _may_be_title(text, following, under=bool(pairs) and not title):
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


def _may_be_title(text: str, following: str, *, under: bool) -> bool:
    """Whether ``text`` is a title; ``under`` an abstract it may also be that abstract's last words."""
    if not looks_like_title(text):
        return False
    return not under or len(following) > _SHORT or (bool(following) and not text.endswith("."))


def _starts_paper(text: str, following: str) -> bool:
    """Whether ``text``, which stands under a title, is rather the title of the next paper."""
    return looks_like_title(text) and not text.endswith((".", "!")) and len(following) > _SHORT


def _add_meta(record: Record, meta: _Meta, header: Day | None, year: int | None) -> Record:
    record = replace(record, author_count=meta.author_count, organisation=meta.organisation)
    if meta.day is None:
        return record
    month, day, explicit, comment_count = meta.day
    issued = _resolve(month, day, explicit, header, year)
    return replace(
        record,
        comment_count=comment_count,
        issued=issued,
        warnings=() if issued or explicit or year else ("date without a known year",),
        dates={"date": f"{explicit or year}-{month:02}-{day:02}"} if (explicit or year) and not issued else {},
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
