"""What a format reader yields: a record as it stood in the file, before cleaning."""

from dataclasses import dataclass, field
from typing import Any

__all__ = ["Flaw", "Record"]


@dataclass(slots=True, kw_only=True)
class Record:
    """One bibliographic record (not frozen, which would double the time that making one takes).

    ``number`` counts the records of the file from 1, ``name`` is the id that the record bore ("" if none), ``issued``
    is already an ISO date, ``links`` are addresses from fields of their own (those in the text are found later),
    ``identifiers`` are CURIEs, ``warnings`` says what was dropped, ``dates`` is what the fields of dates held, by their
    names in the format: what ``issued`` tells nothing of is counted and kept in ``extra``.
    """

    number: int
    name: str = ""
    title: str = ""
    abstract: str = ""
    authors: tuple[str, ...] = ()
    author_count: int | None = None
    organisation: str = ""
    issued: str | None = None
    venue: str = ""
    comment: str = ""
    comment_count: int | None = None
    links: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()
    extra: dict[str, Any] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    dates: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Flaw:
    """A record that cannot be used, and why.

    ``number`` 0 stands for the whole file. ``harmless`` says that the source itself has nothing to give there (a
    deleted record): it is reported, and strict reading goes on.
    """

    number: int
    reason: str
    harmless: bool = False
