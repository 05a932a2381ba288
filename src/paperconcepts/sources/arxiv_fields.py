"""What the formats of arXiv have in common."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from paperconcepts.sources.dates import parse_date

__all__ = ["arxiv_extra", "version_day"]

_WITHDRAWN = re.compile(r"\bwithdrawn\b", re.IGNORECASE)
_HEAD = 60
_NOTICE = re.compile(
    r"(?:This|The) (?:paper|article|submission|manuscript) (?:has been|is|was) withdrawn", re.IGNORECASE
)


@lru_cache(maxsize=20_000)
def version_day(value: str) -> str | None:
    """The day of a version ("Mon, 2 Apr 2007 19:18:42 GMT"); many papers share one.

    Examples:
        >>> version_day("Mon, 2 Apr 2007 19:18:42 GMT")
        '2007-04-02'
    """
    return parse_date(value)


def arxiv_extra(
    *, categories: str = "", versions: Sequence[str] = (), comment: str = "", abstract: str = ""
) -> dict[str, Any]:
    """The fields that only arXiv has: categories, days of the versions, whether the paper was withdrawn.

    Examples:
        >>> arxiv_extra(categories="cs.LG stat.ML", versions=["2020-01-02"], comment="Withdrawn by the authors")
        {'categories': ['cs.LG', 'stat.ML'], 'versions': ['2020-01-02'], 'withdrawn': True}
    """
    extra: dict[str, Any] = {}
    if categories:
        extra["categories"] = categories.split()
    if versions:
        extra["versions"] = list(versions)
    if "ithdrawn" in comment or "ithdrawn" in abstract[:_HEAD]:
        withdrawn = _WITHDRAWN.search(comment) or _NOTICE.match(abstract)
    else:
        withdrawn = None
    if withdrawn:
        extra["withdrawn"] = True
    return extra
