"""Weigh every candidate span with one model of all evidence, and keep the best spans without overlaps."""

import json
import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from paperconcepts.errors import ModelError
from paperconcepts.extraction.span_features import FEATURES

__all__ = ["SpanRanker", "choose_spans", "load_ranker"]


@dataclass(frozen=True, slots=True)
class SpanRanker:
    """Boosted trees: row ``n`` of each array is a node. Leaf values are whole millionths.

    The nodes behind a node are the entries ``2 * n`` (for values up to the threshold) and ``2 * n + 1`` of
    ``children``; a leaf points to itself. Sums of whole numbers do not depend on their order, so the result is the same
    on every machine. ``least`` is what a span must be worth to be kept; ``proposed`` is what it is worth more if its
    paper introduces it, as far as the role reader can tell.
    """

    version: str
    roots: NDArray[np.int64]
    feature: NDArray[np.int64]
    threshold: NDArray[np.float32]
    children: NDArray[np.int64]
    value: NDArray[np.int64]
    depth: int
    base: int
    slope: float
    shift: float
    least: float
    proposed: float

    def rank(self, rows: NDArray[np.float32]) -> list[float]:
        """The calibrated probability that each span names a concept, to three digits."""
        nodes = np.broadcast_to(self.roots, (len(rows), len(self.roots)))
        begin = np.arange(len(rows))[:, None] * rows.shape[1]
        flat = np.ascontiguousarray(rows).ravel()
        for _ in range(self.depth):
            high = flat.take(self.feature.take(nodes) + begin) > self.threshold.take(nodes)
            nodes = self.children.take(2 * nodes + high)
        totals = self.value.take(nodes).sum(axis=1) + self.base
        return [round(1.0 / (1.0 + math.exp(-(self.slope * total / 1e6 + self.shift))), 3) for total in totals.tolist()]

    def worth(self, probabilities: Sequence[float], introduced: Sequence[float]) -> list[float]:
        """What keeping each span is worth: its probability, and more for what the paper seems to introduce.

        Such a name is what a reader looks for first, and the catalogue cannot help to find it.
        """
        return [value + self.proposed * share for value, share in zip(probabilities, introduced, strict=True)]


@cache
def load_ranker() -> SpanRanker:
    """Return the ranker that ships with paperconcepts; read once a process.

    Raises:
        ModelError: its file is missing, damaged or made for other features.
    """
    path = files("paperconcepts") / "data" / "span_ranker.json"
    try:
        data = json.loads(path.read_text("utf-8"))
        features, ranker = tuple(data["features"]), _ranker(data)
    except (OSError, KeyError, TypeError, ValueError) as error:
        reason = f"{type(error).__name__}: {error}"
        raise ModelError(f"{path}: the span ranker cannot be read ({reason}); reinstall paperconcepts") from error
    if features != FEATURES:
        raise ModelError(
            f"{path}: the span ranker {ranker.version!r} was trained on other features than this version reads;"
            " reinstall paperconcepts"
        )
    return ranker


def _ranker(data: dict[str, Any]) -> SpanRanker:
    return SpanRanker(
        version=data["version"],
        roots=np.array(data["roots"], dtype=np.int64),
        feature=np.array(data["feature"], dtype=np.int64),
        threshold=np.array(data["threshold"], dtype=np.float32),
        children=np.array([data["left"], data["right"]], dtype=np.int64).T.ravel(),
        value=np.array(data["value"], dtype=np.int64),
        depth=data["depth"],
        base=data["base"],
        slope=data["slope"],
        shift=data["shift"],
        least=data["least"],
        proposed=data["proposed"],
    )


def choose_spans(places: Sequence[tuple[int, int]], values: Sequence[float], least: float) -> list[int]:
    """Positions of the spans to keep: without overlaps and with the greatest sum of what they exceed ``least`` by.

    Weighted interval scheduling (Kleinberg and Tardos, "Algorithm design", 2005, section 6.1).

    Examples:
        >>> choose_spans([(0, 9), (0, 4), (5, 9), (20, 24)], [0.9, 0.7, 0.5, 0.2], 0.4)
        [0]
    """
    order = sorted(
        (number for number in range(len(places)) if values[number] >= least),
        key=lambda number: (places[number][1], places[number][0]),
    )
    ends = [places[number][1] for number in order]
    best = [0.0]  # the greatest sum of the first n spans
    taken: list[bool] = []
    earlier: list[int] = []  # how many spans end before each begins
    for rank, number in enumerate(order):
        earlier.append(bisect_right(ends, places[number][0], 0, rank))
        # A span that just reaches the threshold is worth taking, if nothing stands in its way.
        with_it = best[earlier[rank]] + values[number] - least + 1e-6
        taken.append(with_it > best[rank])
        best.append(max(with_it, best[rank]))
    kept: list[int] = []
    rank = len(order)
    while rank:
        if taken[rank - 1]:
            kept.append(order[rank - 1])
            rank = earlier[rank - 1]
        else:
            rank -= 1
    return sorted(kept, key=lambda number: places[number])
