"""Counts behind precision and recall. They add up over papers, which is what the bootstrap needs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

__all__ = ["Scores", "Tallies", "Tally", "add_tallies"]


class Scores(NamedTuple):
    """Precision, recall and their harmonic mean; 0 where nothing was predicted or nothing is to be found."""

    precision: float
    recall: float
    f1: float

    def as_dict(self) -> dict[str, float]:
        """The figures to four decimals."""
        return {name: round(value, 4) for name, value in self._asdict().items()}


@dataclass(frozen=True, slots=True)
class Tally:
    """What one measure counts.

    ``right`` of ``predicted`` give the precision, ``found`` of ``gold`` the recall. The two numerators differ where
    finding something is no fault but missing it is none either.

    Examples:
        >>> tally = Tally(right=3, predicted=4, found=2, gold=4) + Tally(gold=1)
        >>> tally.scores.as_dict()
        {'precision': 0.75, 'recall': 0.4, 'f1': 0.5217}
    """

    right: int = 0
    predicted: int = 0
    found: int = 0
    gold: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.right + other.right,
            self.predicted + other.predicted,
            self.found + other.found,
            self.gold + other.gold,
        )

    @classmethod
    def share(cls, part: int, whole: int) -> "Tally":
        """A plain share, ``part`` of ``whole``; precision, recall and F1 are all equal to it."""
        return cls(part, whole, part, whole)

    @classmethod
    def matched(cls, right: int, predicted: int, gold: int) -> "Tally":
        """The usual case: what is right is what was found."""
        return cls(right, predicted, right, gold)

    @property
    def scores(self) -> Scores:
        """Precision, recall and F1."""
        precision = self.right / self.predicted if self.predicted else 0.0
        recall = self.found / self.gold if self.gold else 0.0
        both = precision + recall
        return Scores(precision, recall, 2 * precision * recall / both if both else 0.0)

    @property
    def accuracy(self) -> float:
        """The share that is right, to four decimals."""
        return round(self.scores.precision, 4)


Tallies = Mapping[str, Tally]
"""The tallies of one paper, by the name of the measure. Every paper has the same names."""


def add_tallies(rows: Iterable[Tallies]) -> dict[str, Tally]:
    """Add the tallies of all papers, measure by measure."""
    total: dict[str, Tally] = {}
    for row in rows:
        for name, tally in row.items():
            total[name] = total.get(name, Tally()) + tally
    return total
