"""Semantic Scholar: papers found by words in title and abstract.

API: api.semanticscholar.org/api-docs/graph, "Paper bulk search" (at most 1,000 records a page, a continuation token,
no order by relevance; operators ``+ | - " * ( ) ~``); semanticscholar.org/product/api/tutorial (one request a second
with a key, sent as ``x-api-key``; without one all share a pool).
"""

from paperconcepts.fetch.json_pages import count_in, list_in, parse_body, write_items
from paperconcepts.fetch.pages import Access, Page, Query, Request
from paperconcepts.fetch.source import Source

__all__ = ["SemanticScholarSource"]

_FIELDS = (
    "corpusId,externalIds,title,abstract,authors,year,publicationDate,venue,publicationVenue,journal,s2FieldsOfStudy"
)


class SemanticScholarSource(Source):
    """A bulk search at Semantic Scholar; a cursor is the server's token, empty for the first page."""

    name = "semantic-scholar"
    title = "Semantic Scholar"
    address = "https://api.semanticscholar.org/graph/v1/paper/search/bulk"
    key_variable = "SEMANTIC_SCHOLAR_API_KEY"
    sorts = ("newest",)

    def __init__(self, query: Query, access: Access) -> None:
        super().__init__(query, access)
        self.pause = 1.0 if access.key else 3.0

    @property
    def first(self) -> str:
        """No token."""
        return ""

    def request(self, cursor: str) -> Request:
        """A page of the bulk search."""
        params = [("query", self.text), ("fields", _FIELDS)]
        if self.query.since or self.query.until:
            params.append(("publicationDateOrYear", f"{self.query.since or ''}:{self.query.until or ''}"))
        if self.query.sort == "newest":
            params.append(("sort", "publicationDate:desc"))
        if cursor:
            params.append(("token", cursor))
        headers = (("x-api-key", self.access.key),) if self.access.key else ()
        return Request(address=self.access.address, params=tuple(params), headers=headers)

    def read(self, cursor: str, body: str) -> Page:
        """The papers of a page; the last one has no token."""
        value = parse_body(body)
        papers = list_in(value, "data")
        items, skipped = write_items(papers, lambda paper: paper.get("paperId"))
        token = value.get("token") if papers else None
        following = token if isinstance(token, str) and token else None
        return Page(items=items, following=following, total=count_in(value, "total"), skipped=skipped)
