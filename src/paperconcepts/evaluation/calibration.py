"""Whether a confidence means what it says: of the concepts given 0.8, about 80 % should be right."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

__all__ = ["Calibration", "CalibrationBin", "calibrate"]

_BINS = 10


@dataclass(frozen=True, slots=True)
class CalibrationBin:
    """Predictions with a confidence of ``low`` or more and below ``high`` (the last bin holds 1.0 too)."""

    low: float
    high: float
    count: int
    right: int
    total_confidence: float

    @property
    def share_right(self) -> float:
        """The share of right predictions; 0 for an empty bin."""
        return self.right / self.count if self.count else 0.0

    @property
    def mean_confidence(self) -> float:
        """The mean confidence; 0 for an empty bin."""
        return self.total_confidence / self.count if self.count else 0.0


@dataclass(frozen=True, slots=True)
class Calibration:
    """Ten bins, and the number of predictions that bear no confidence."""

    bins: tuple[CalibrationBin, ...]
    without_confidence: int

    @property
    def expected_error(self) -> float | None:
        """The expected calibration error: the mean gap between confidence and share right, weighted by count."""
        count = sum(item.count for item in self.bins)
        gaps = (item.count * abs(item.share_right - item.mean_confidence) for item in self.bins)
        return sum(gaps) / count if count else None

    def as_dict(self) -> dict[str, Any]:
        """The table and the error as JSON-ready values, to four decimals."""
        error = self.expected_error
        return {
            "bins": [
                {
                    "low": item.low,
                    "high": item.high,
                    "count": item.count,
                    "mean_confidence": round(item.mean_confidence, 4),
                    "share_right": round(item.share_right, 4),
                }
                for item in self.bins
            ],
            "expected_calibration_error": None if error is None else round(error, 4),
            "without_confidence": self.without_confidence,
        }


def calibrate(judged: Iterable[tuple[float | None, bool]]) -> Calibration:
    """Sort predictions, each with its confidence and whether it is right, into ten bins.

    Examples:
        >>> table = calibrate([(0.95, True), (0.95, False), (0.25, False), (None, True)])
        >>> table.bins[9].count, table.bins[9].share_right, table.without_confidence
        (2, 0.5, 1)
        >>> round(table.expected_error, 4)
        0.3833
    """
    counts, rights, totals, without = [0] * _BINS, [0] * _BINS, [0.0] * _BINS, 0
    for confidence, right in judged:
        if confidence is None:
            without += 1
            continue
        # 0.3 * 10 and 0.7 * 10 are exact or just above, so that round confidences fall into the bin they open.
        place = min(int(confidence * _BINS + 1e-9), _BINS - 1)
        counts[place] += 1
        rights[place] += right
        totals[place] += confidence
    bins = tuple(
        CalibrationBin(place / _BINS, (place + 1) / _BINS, counts[place], rights[place], totals[place])
        for place in range(_BINS)
    )
    return Calibration(bins, without)
