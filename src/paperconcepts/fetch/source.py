"""What a live source says of itself: where it is, how often it may be asked, how pages are asked for and read."""

from abc import ABC, abstractmethod
from typing import ClassVar, Literal

from paperconcepts.errors import ConfigurationError
from paperconcepts.fetch.pages import Access, Page, Query, Request

__all__ = ["Source"]

_LONGEST_QUERY = 2_000


class Source(ABC):
    """A query at a live source.

    A page is found by its cursor alone, which stays good for days: so a fetch can be gone on with, and an answer that
    was lost on its way can be asked for again. ``pause`` is the time between two requests in seconds, ``key_variable``
    the variable of the environment that holds the key, ``sorts`` the orders that can be asked for, ``passing`` are the
    HTTP statuses that are worth another try here and nowhere else. ``head`` and ``foot`` stand around the records in
    the file.

    Raises:
        ConfigurationError: the query is empty, too long, or asks for an order that the source does not know.
    """

    name: ClassVar[str]
    title: ClassVar[str]
    address: ClassVar[str]
    pause: float
    media: ClassVar[Literal["json", "xml"]] = "json"
    key_variable: ClassVar[str | None] = None
    sorts: ClassVar[tuple[str, ...]] = ("relevance", "newest")
    passing: ClassVar[frozenset[int]] = frozenset()
    head: ClassVar[str] = ""
    foot: ClassVar[str] = ""

    def __init__(self, query: Query, access: Access) -> None:
        text = query.text.strip()
        if not text or len(text) > _LONGEST_QUERY or any(ord(sign) < 32 or ord(sign) == 127 for sign in text):
            reason = "empty" if not text else "too long" if len(text) > _LONGEST_QUERY else "not in one line"
            raise ConfigurationError(f"the query {text[:40]!r} is {reason}; give the words to look for")
        if query.sort is not None and query.sort not in self.sorts:
            known = f"knows only {' and '.join(self.sorts)}" if self.sorts else "knows no orders"
            raise ConfigurationError(f"{self.title} cannot sort by {query.sort!r}; it {known}")
        self.query = query
        self.text = text
        self.access = access

    @property
    def paging(self) -> str:
        """How pages are told apart, where a source has several ways: cursors of one are of no use to another."""
        return ""

    @property
    @abstractmethod
    def first(self) -> str:
        """The cursor of the first page."""

    @abstractmethod
    def request(self, cursor: str) -> Request:
        """How the page at this cursor is asked for."""

    @abstractmethod
    def read(self, cursor: str, body: str) -> Page:
        """The page in this answer.

        Raises:
            PageError: it is no page of records.
        """
