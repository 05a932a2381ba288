"""Crossref: works found by words in their metadata.

API: api.crossref.org (swagger) and github.com/CrossRef/rest-api-doc, "Queries", "Sorting", "Filter names", "Rows",
"Offset" (at most 10,000); crossref.org/documentation/retrieve-metadata/rest-api/access-and-authentication: an address
as ``mailto`` gives the polite pool, the limits stand in ``X-Rate-Limit-Limit`` and ``-Interval``.

Pages are asked for by offset. Crossref's cursors end after minutes and move on when an answer is lost on its way: with
them a fetch could not be gone on with, and a second try would skip a page.
"""

from typing import Any

from paperconcepts.fetch.json_pages import count_in, list_in, parse_body, write_items
from paperconcepts.fetch.pages import Page, PageError, Request
from paperconcepts.fetch.source import Source

__all__ = ["CrossrefSource"]

_SIZE = 100
_MOST = 10_000


class CrossrefSource(Source):
    """A search at Crossref; a cursor is the number of records before the page."""

    name = "crossref"
    title = "Crossref"
    address = "https://api.crossref.org/works"
    pause = 1.0

    @property
    def first(self) -> str:
        """No records are before the first page."""
        return "0"

    def request(self, cursor: str) -> Request:
        """A slice of the search."""
        params = [("query", self.text)]
        since, until = self.query.since, self.query.until
        bounds = [f"from-pub-date:{since}"] * bool(since) + [f"until-pub-date:{until}"] * bool(until)
        if bounds:
            params.append(("filter", ",".join(bounds)))
        if self.query.sort == "newest":
            params += [("sort", "published"), ("order", "desc")]
        params += [("rows", str(_SIZE)), ("offset", cursor)]
        private = (("mailto", self.access.contact),) if self.access.contact else ()
        return Request(address=self.access.address, params=tuple(params), private=private)

    def read(self, cursor: str, body: str) -> Page:
        """The works of a list, without what they cite."""
        value = parse_body(body)
        works = list_in(value, "message", "items")
        items, skipped = write_items(map(_without_references, works), _doi)
        total = count_in(value, "message", "total-results")
        done = int(cursor) + min(len(works), _SIZE)
        if not works and total is not None and int(cursor) < min(total, _MOST):
            raise PageError(f"an empty page after {done:,} of {total:,} records")
        more = bool(works) and (len(works) == _SIZE if total is None else done < total)
        note = f"Crossref gives at most {_MOST:,} records of a query" if more and done >= _MOST else ""
        following = str(done) if more and not note else None
        return Page(items=items, following=following, total=total, skipped=skipped, note=note)


def _without_references(work: Any) -> Any:
    # What a work cites is nine tenths of its record, and nothing that we read.
    return {key: value for key, value in work.items() if key != "reference"} if isinstance(work, dict) else work


def _doi(work: dict[str, Any]) -> Any:
    doi = work.get("DOI")
    return doi.lower() if isinstance(doi, str) else None
