"""How far the figures would move with other papers of the same kind: percentile bootstrap over papers."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from paperconcepts.evaluation.tallies import Tallies, Tally

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["RESAMPLES", "Interval", "Intervals", "bootstrap_intervals"]

RESAMPLES = 1000
_SEED = 20240229
_LOW, _HIGH = 2.5, 97.5


class Interval(NamedTuple):
    """The middle 95 % of the resampled figures."""

    low: float
    high: float


class Intervals(NamedTuple):
    """The intervals of one measure."""

    precision: Interval
    recall: Interval
    f1: Interval

    def as_dict(self) -> dict[str, list[float]]:
        """The bounds to four decimals."""
        return {name: [round(bound, 4) for bound in value] for name, value in self._asdict().items()}


def bootstrap_intervals(
    rows: Sequence[Tallies], measures: Iterable[str], *, resamples: int = RESAMPLES
) -> dict[str, Intervals]:
    """95 % percentile intervals of precision, recall and F1 of ``measures``.

    Whole papers are drawn, with replacement, as often as there are papers: sentences of one paper share its author
    and topic and are no independent draws. The draws are fixed, so that the same counts give the same intervals on
    every machine. Without papers or resamples there are no intervals.

    Examples:
        >>> from paperconcepts.evaluation.tallies import Tally
        >>> rows = [{"concepts": Tally.matched(right, 4, 4)} for right in (1, 2, 3, 4)]
        >>> bootstrap_intervals(rows, ["concepts"])["concepts"].recall
        Interval(low=0.375, high=0.875)
    """
    if not rows or resamples < 1:
        return {}
    import numpy as np

    names = list(measures)
    counts = np.array([[count for name in names for count in _counts(row[name])] for row in rows], dtype=np.int64)
    sums = _resample(counts, resamples).reshape(resamples, len(names), 4)
    intervals = {}
    for position, name in enumerate(names):
        right, predicted, found, gold = sums[:, position].T
        precision, recall = _divide(right, predicted), _divide(found, gold)
        f1 = _divide(2 * precision * recall, precision + recall)
        # A draw in which nothing is predicted has no precision; taking it for 0 would widen the interval.
        intervals[name] = Intervals(
            _middle(precision[predicted > 0]), _middle(recall[gold > 0]), _middle(f1[(predicted > 0) | (gold > 0)])
        )
    return intervals


def _counts(tally: Tally) -> tuple[int, int, int, int]:
    return tally.right, tally.predicted, tally.found, tally.gold


def _resample(counts: "NDArray[np.int64]", resamples: int) -> "NDArray[np.int64]":
    """The sums of ``counts`` (one row a paper) over the papers of each resample: one row a resample."""
    import numpy as np

    # numpy promises that the raw stream of a bit generator never changes, and promises nothing of what is drawn by
    # Generator; the bias of the modulo is below 2**-40.
    stream, papers = np.random.PCG64(_SEED), len(counts)
    sums = np.empty((resamples, counts.shape[1]), dtype=np.int64)
    for number in range(resamples):
        drawn = (stream.random_raw(papers) % np.uint64(papers)).astype(np.int64)
        sums[number] = np.bincount(drawn, minlength=papers) @ counts
    return sums


def _divide(part: "NDArray[np.generic]", whole: "NDArray[np.generic]") -> "NDArray[np.float64]":
    import numpy as np

    result = np.zeros(len(part), dtype=np.float64)
    np.divide(part, whole, out=result, where=whole > 0)  # type: ignore[operator]
    return result


def _middle(values: "NDArray[np.float64]") -> Interval:
    import numpy as np

    if not len(values):
        return Interval(0.0, 0.0)
    low, high = np.percentile(values, (_LOW, _HIGH))
    return Interval(float(low), float(high))
