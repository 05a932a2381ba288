"""arXiv: the Atom feed of its API, page by page.

API: "arXiv API User's Manual" (info.arxiv.org/help/api/user-manual.html), sections 3.1.1.2 (paging: at most 30,000
records of a query, in slices), 3.1.1.3 (order), 5.1 (query construction: fields, ``submittedDate``); "Terms of Use for
arXiv APIs": one request every three seconds, one connection at a time.

The file is an Atom feed of the entries as they came.
"""

import re
from datetime import date
from typing import ClassVar, Literal
from xml.etree import ElementTree

from paperconcepts.errors import ConfigurationError
from paperconcepts.fetch.pages import Access, Item, Page, PageError, Query, Request
from paperconcepts.fetch.source import Source

__all__ = ["ArxivSource", "build_search"]

_ATOM = "{http://www.w3.org/2005/Atom}"
_TOTAL = "{http://a9.com/-/spec/opensearch/1.1/}totalResults"
_ENTRY = re.compile(r"<entry(?:\s[^<>]{0,500})?>.*?</entry>", re.DOTALL)
_ID = re.compile(r"https?://[^/]{1,100}/abs/(.{1,100}?)(?:v\d{1,4})?")
_FIELD = re.compile(r"(?:^|[\s(])(?:ti|au|abs|co|jr|cat|rn|all|submittedDate|lastUpdatedDate):")
_OPERATOR = re.compile(r"(?:^|\s)(?:AND|OR|ANDNOT)(?:\s|$)")
_WORD = re.compile(r'"[^"]{1,500}"|[^\s"]{1,500}')
_SIZE = 100  # smaller slices are answered in time
_MOST = 30_000
_SORTS = {"relevance": "relevance", "newest": "submittedDate"}
_OLDEST, _LAST = date(1991, 1, 1), date(2999, 12, 31)


def build_search(text: str, since: date | None = None, until: date | None = None) -> str:
    """The ``search_query`` of some words; what has fields or operators already is left as it is.

    arXiv itself would look for any of several words, here all must be there.

    Raises:
        ConfigurationError: there is no word.

    Examples:
        >>> build_search('low-rank "language model"')
        'all:low-rank AND all:"language model"'
        >>> build_search("cat:cs.CL OR cat:cs.LG", since=date(2024, 1, 1))
        '(cat:cs.CL OR cat:cs.LG) AND submittedDate:[202401010000 TO 299912312359]'
    """
    if not (_FIELD.search(text) or _OPERATOR.search(text)):
        words = [word for word in _WORD.findall(text) if word.strip('" ')]
        if not words:
            raise ConfigurationError(f"the query {text[:40]!r} holds no word; give the words to look for")
        text = " AND ".join(f"all:{word}" for word in words)
    if since is None and until is None:
        return text
    return f"({text}) AND submittedDate:[{since or _OLDEST:%Y%m%d}0000 TO {until or _LAST:%Y%m%d}2359]"


class ArxivSource(Source):
    """A search at arXiv; a cursor is the number of records before the page."""

    name = "arxiv"
    title = "arXiv"
    address = "https://export.arxiv.org/api/query"
    pause = 3.0
    media: ClassVar[Literal["json", "xml"]] = "xml"
    head = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom"'
        ' xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" xmlns:arxiv="http://arxiv.org/schemas/atom">\n'
    )
    foot = "</feed>\n"

    def __init__(self, query: Query, access: Access) -> None:
        super().__init__(query, access)
        self._search = build_search(self.text, query.since, query.until)

    @property
    def first(self) -> str:
        """No records are before the first page."""
        return "0"

    def request(self, cursor: str) -> Request:
        """A slice of the search."""
        params = [
            ("search_query", self._search),
            ("start", cursor),
            ("max_results", str(min(_SIZE, _MOST - int(cursor)))),
        ]
        if self.query.sort:
            params += [("sortBy", _SORTS[self.query.sort]), ("sortOrder", "descending")]
        return Request(address=self.access.address, params=tuple(params))

    def read(self, cursor: str, body: str) -> Page:
        """The entries of a feed."""
        root = _parse(body)
        entries = root.findall(f"{_ATOM}entry")
        texts = _ENTRY.findall(body)
        if len(texts) != len(entries):
            raise PageError("an answer that is not the Atom feed that arXiv gives")
        if texts:
            _parse(self.head.partition("\n")[2] + "".join(texts) + self.foot)
        items: list[Item] = []
        for entry, text in zip(entries, texts, strict=True):
            name = (entry.findtext(f"{_ATOM}id") or "").strip()
            if "/api/errors" in name:
                raise PageError(f"an error: {' '.join((entry.findtext(f'{_ATOM}summary') or '').split())[:200]}")
            if match := _ID.fullmatch(name):
                items.append(Item(match[1], text.replace("\r\n", "\n") + "\n"))
        total = _total(root)
        done = int(cursor) + min(len(entries), _SIZE)
        if not entries and total is not None and int(cursor) < min(total, _MOST):
            # A known fault of the API, which passes.
            raise PageError(f"an empty page after {done:,} of {total:,} records")
        more = bool(entries) and (total is None or done < total)
        note = f"arXiv gives at most {_MOST:,} records of a query" if more and done >= _MOST else ""
        following = str(done) if more and not note else None
        return Page(
            items=tuple(items), following=following, total=total, skipped=len(entries) - len(items), note=note
        )  # fmt: skip


def _parse(text: str) -> ElementTree.Element:
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise PageError("an answer with a DOCTYPE, as no feed has")
    try:
        root: ElementTree.Element = ElementTree.fromstring(text.encode())  # noqa: S314 - no entity is declared
    except (ElementTree.ParseError, UnicodeEncodeError) as error:
        raise PageError(f"an answer that is not well-formed XML ({str(error).partition(':')[0]})") from None
    if root.tag != f"{_ATOM}feed":
        raise PageError("an answer that is no Atom feed")
    return root


def _total(root: ElementTree.Element) -> int | None:
    value = (root.findtext(_TOTAL) or "").strip()
    return int(value) if value.isdecimal() and len(value) < 12 else None
