"""A paper: one bibliographic record, cleaned, with where it was read."""

import re
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

__all__ = ["Paper", "PartialDate", "SourceRecord"]

_DATE = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?\Z")


def _check_partial_date(value: str) -> str:
    if not _DATE.match(value):
        raise ValueError(f"{value!r} is not a date of the form YYYY, YYYY-MM or YYYY-MM-DD")
    if len(value) == 10:
        import datetime

        datetime.date.fromisoformat(value)
    return value


PartialDate = Annotated[str, AfterValidator(_check_partial_date)]
"""An ISO 8601 date of year, month or day precision: ``2023``, ``2023-05`` or ``2023-05-29``."""


class SourceRecord(BaseModel):
    """Where a paper was read.

    ``record`` is the id that the input record bore (``id`` or ``uid`` in JSONL), else ``<file name>#<number>``.
    ``number`` counts the records of that file from 1.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    file: str
    format: str
    number: int = Field(ge=1)
    record: str


class Paper(BaseModel):
    """One paper.

    ``title`` and ``abstract`` are cleaned text (Unicode NFC, no control characters but newline and tab); all
    offsets in this package are code points into them. ``title`` may be empty: some listings have none.
    ``id`` is a CURIE: ``arxiv:2305.18290``, ``doi:10.1000/x``, ``acl:2024.acl-long.1``, else ``sha:`` and 16 hex
    digits of the normalised title and abstract. ``extra`` keeps unknown fields of the input as they were. ``raw`` holds
    title and abstract as the one record had them, where cleaning changed them and the format names these fields
    (JSON Lines); it is not part of any output.

    Examples:
        >>> paper = Paper(id="arxiv:2106.09685", title="LoRA", abstract="We propose LoRA.", issued="2021-06-17")
        >>> paper.year
        2021
        >>> paper.text("title")
        'LoRA'
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(min_length=1)
    title: str = ""
    abstract: str = ""
    authors: tuple[str, ...] = ()
    author_count: int | None = None
    organisation: str | None = None
    issued: PartialDate | None = None
    venue: str | None = None
    comment: str | None = None
    comment_count: int | None = None
    urls: tuple[str, ...] = ()
    code_urls: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()
    sources: tuple[SourceRecord, ...] = ()
    extra: dict[str, Any] = Field(default_factory=dict)
    raw: tuple[str, str] | None = Field(default=None, exclude=True, repr=False)

    @property
    def year(self) -> int | None:
        """The year of issue, or None."""
        return int(self.issued[:4]) if self.issued else None

    @property
    def record(self) -> str:
        """The id that the (first) input record bore; the paper's own id if it was not read from a file."""
        return self.sources[0].record if self.sources else self.id

    @property
    def label(self) -> str:
        """The title, or the beginning of the abstract, or the id: what a list shows."""
        if self.title:
            return self.title
        if self.abstract:
            return self.abstract if len(self.abstract) <= 80 else self.abstract[:79].rstrip() + "…"
        return self.id

    def text(self, field: str) -> str:
        """The cleaned text of ``field`` ("title" or "abstract")."""
        return self.title if field == "title" else self.abstract
