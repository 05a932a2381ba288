"""What goes between a source and the client: a query, a request, a page of records."""

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple
from urllib.parse import urlencode

__all__ = ["Access", "Item", "Page", "PageError", "Query", "Request"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What is sought: words in the source's own syntax, between two days (both included)."""

    text: str
    since: date | None = None
    until: date | None = None
    sort: str | None = None
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """Where a source is asked, by whom; the key is never shown."""

    address: str
    contact: str = ""
    key: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One request: what tells pages apart, and what is only between us and the server.

    Examples:
        >>> request = Request(address="https://a.org/x", params=(("q", "a b"),), private=(("key", "s3cret"),))
        >>> request.public_url, request.full_url, "s3cret" in repr(request)
        ('https://a.org/x?q=a+b', 'https://a.org/x?q=a+b&key=s3cret', False)
    """

    address: str
    params: tuple[tuple[str, str], ...]
    private: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)

    @property
    def public_url(self) -> str:
        """The address without keys and names of people: the name of the answer in the cache."""
        return f"{self.address}?{urlencode(self.params)}"

    @property
    def full_url(self) -> str:
        """The address that is asked."""
        return f"{self.address}?{urlencode((*self.params, *self.private))}"


class Item(NamedTuple):
    """A record: its id at the source, and its text as it goes into the file, with the newline that ends it."""

    id: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The records of one answer.

    ``following`` is the cursor of the next page, None after the last; ``total`` is how many records the source has
    altogether, if it says so; ``skipped`` counts records without an id; ``note`` says why there is no next page
    although there are more records.
    """

    items: tuple[Item, ...]
    following: str | None
    total: int | None = None
    skipped: int = 0
    note: str = ""


class PageError(Exception):
    """This answer is no page of records; another try may give one.

    Attributes:
        wait: the seconds that the server asks to wait, or None.
        status: the HTTP status of the answer, or None.
    """

    def __init__(self, reason: str, *, wait: float | None = None, status: int | None = None) -> None:
        super().__init__(reason)
        self.wait = wait
        self.status = status
