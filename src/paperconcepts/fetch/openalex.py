"""OpenAlex: works found by words in title, abstract and full text.

API: developers.openalex.org, "Page through results" (cursors; page numbers for the first 10,000 records; at most 100
records a page), "Authentication & Pricing" (a key as ``api_key``; little can be asked without one, and no cursors),
"Errors" (403 and 429 when asked too fast); filters ``from_publication_date`` and ``to_publication_date``.
"""

from typing import Any

from paperconcepts.fetch.json_pages import count_in, list_in, parse_body, write_items
from paperconcepts.fetch.pages import Page, Request
from paperconcepts.fetch.source import Source

__all__ = ["OpenAlexSource"]

_SIZE = 100
_MOST_WITHOUT_KEY = 10_000
_FIELDS = (
    "id,doi,title,display_name,publication_date,publication_year,abstract_inverted_index,authorships,ids,"
    "primary_location,locations,type,language,keywords,is_retracted"
)


class OpenAlexSource(Source):
    """A search at OpenAlex; a cursor is the server's with a key, else the number of the page."""

    name = "openalex"
    title = "OpenAlex"
    address = "https://api.openalex.org/works"
    pause = 0.2
    key_variable = "OPENALEX_API_KEY"
    passing = frozenset((403,))

    @property
    def paging(self) -> str:
        """Cursors need a key."""
        return "cursor" if self.access.key else "page"

    @property
    def first(self) -> str:
        """What the server takes for the beginning."""
        return "*" if self.access.key else "1"

    def request(self, cursor: str) -> Request:
        """A page of the search."""
        params = [("search", self.text)]
        since, until = self.query.since, self.query.until
        bounds = [f"from_publication_date:{since}"] * bool(since) + [f"to_publication_date:{until}"] * bool(until)
        if bounds:
            params.append(("filter", ",".join(bounds)))
        if self.query.sort == "newest":
            params.append(("sort", "publication_date:desc"))
        params += [("select", _FIELDS), ("per_page", str(_SIZE)), (self.paging, cursor)]
        private = (("api_key", self.access.key),) if self.access.key else ()
        return Request(address=self.access.address, params=tuple(params), private=private)

    def read(self, cursor: str, body: str) -> Page:
        """The works of a page."""
        value = parse_body(body)
        works = list_in(value, "results")
        items, skipped = write_items(works, lambda work: work.get("id"))
        total = count_in(value, "meta", "count")
        following, note = self._following(cursor, value, works, total)
        return Page(items=items, following=following, total=total, skipped=skipped, note=note)

    def _following(self, cursor: str, value: Any, works: list[Any], total: int | None) -> tuple[str | None, str]:
        if not works:
            return None, ""
        if self.access.key:
            meta = value.get("meta")
            found = meta.get("next_cursor") if isinstance(meta, dict) else None
            return (found if isinstance(found, str) and found else None), ""
        done = int(cursor) * _SIZE
        if len(works) < _SIZE or (total is not None and done >= total):
            return None, ""
        if done >= _MOST_WITHOUT_KEY:
            return None, f"OpenAlex gives at most {_MOST_WITHOUT_KEY:,} records without a key"
        return str(int(cursor) + 1), ""
