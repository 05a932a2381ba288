"""Hugging Face: the Daily Papers, day by day.

API: huggingface.co/docs/hub/api, "GET /api/daily_papers": parameters ``date`` (the day on which a paper was featured),
``limit`` and ``p`` (the page). No limit of requests is published; days are asked for one after the other, a second
apart.
"""

from datetime import date, timedelta
from typing import Any

from paperconcepts.errors import ConfigurationError
from paperconcepts.fetch.days import parse_period
from paperconcepts.fetch.json_pages import list_in, parse_body, write_items
from paperconcepts.fetch.pages import Access, Page, Query, Request
from paperconcepts.fetch.source import Source

__all__ = ["DailyPapersSource"]

_SIZE = 100
_FIRST_DAY = date(2023, 5, 4)


class DailyPapersSource(Source):
    """The Daily Papers of a period, which is the query; a cursor is a day and a page: ``2024-10-31/0``."""

    name = "hf-daily"
    title = "Hugging Face"
    address = "https://huggingface.co/api/daily_papers"
    pause = 1.0
    sorts = ()

    def __init__(self, query: Query, access: Access) -> None:
        super().__init__(query, access)
        first, last = parse_period(self.text)
        self._from = max(first, query.since or first, _FIRST_DAY)
        self._to = min(last, query.until or last, query.today)
        if self._from > self._to:
            raise ConfigurationError(f"no Daily Papers in {self.text!r}: they begin with {_FIRST_DAY} and end today")

    @property
    def first(self) -> str:
        """The first page of the first day."""
        return f"{self._from}/0"

    def request(self, cursor: str) -> Request:
        """A page of a day."""
        day, _, page = cursor.partition("/")
        params = (("date", day), ("p", page), ("limit", str(_SIZE)))
        return Request(address=self.access.address, params=params)

    def read(self, cursor: str, body: str) -> Page:
        """The papers of a day; after a full page there may be more of it."""
        entries = list_in(parse_body(body))
        items, skipped = write_items(entries, _identify)
        day, _, page = cursor.partition("/")
        if len(entries) >= _SIZE:
            return Page(items=items, following=f"{day}/{int(page) + 1}", skipped=skipped)
        following = date.fromisoformat(day) + timedelta(days=1)
        return Page(items=items, following=f"{following}/0" if following <= self._to else None, skipped=skipped)


def _identify(entry: dict[str, Any]) -> Any:
    paper = entry.get("paper")
    return paper.get("id") if isinstance(paper, dict) else entry.get("id")
