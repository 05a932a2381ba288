"""Verdicts on single spans, for people who want to see the errors in their text."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from paperconcepts.evaluation.gold import PaperText

__all__ = ["ErrorCount", "JudgedPaper", "JudgedSpan", "Verdict", "count_errors"]

_EXAMPLES = 3


class Verdict(StrEnum):
    """What became of a span. Gold is right, boundary, type, missed or optional; a prediction is never the last two."""

    RIGHT = "right"
    BOUNDARY = "boundary"
    TYPE = "type"
    MISSED = "missed"
    FALSE = "false"
    OPTIONAL = "optional"

    @property
    def is_error(self) -> bool:
        """Whether it costs precision, recall or type accuracy."""
        return self not in (Verdict.RIGHT, Verdict.OPTIONAL)


@dataclass(frozen=True, slots=True, order=True)
class JudgedSpan:
    """A span of ``text`` with the type that it was given, the name of its concept, the verdict and a reason."""

    start: int
    end: int
    type: str
    name: str
    verdict: Verdict
    note: str = ""


@dataclass(frozen=True, slots=True)
class JudgedPaper:
    """A text with its gold and predicted spans, sorted by place. ``errors`` counts concepts or mentions."""

    paper: PaperText
    gold: tuple[JudgedSpan, ...]
    predicted: tuple[JudgedSpan, ...]
    errors: int


@dataclass(frozen=True, slots=True)
class ErrorCount:
    """How often a name was missed or falsely found, with the first papers."""

    type: str
    name: str
    count: int
    papers: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """The count as JSON-ready values."""
        return {"type": self.type, "name": self.name, "count": self.count, "papers": list(self.papers)}


def count_errors(found: Iterable[tuple[str, str, str]]) -> tuple[ErrorCount, ...]:
    """Count (type, name, paper) triples by type and name, the most frequent first, then in alphabetical order.

    Examples:
        >>> found = [("Task", "b", "1"), ("Task", "a", "1"), ("Task", "b", "2")]
        >>> [(error.name, error.count, error.papers) for error in count_errors(found)]
        [('b', 2, ('1', '2')), ('a', 1, ('1',))]
    """
    counts: Counter[tuple[str, str]] = Counter()
    papers: dict[tuple[str, str], list[str]] = {}
    for kind, name, paper in found:
        counts[kind, name] += 1
        papers.setdefault((kind, name), []).append(paper)
    ordered = sorted(counts, key=lambda key: (-counts[key], key[1].casefold(), key))
    return tuple(
        ErrorCount(key[0], key[1], counts[key], tuple(dict.fromkeys(papers[key]))[:_EXAMPLES]) for key in ordered
    )
