"""From a probability of each tag for each word to a probability of each span, over all legal tag sequences.

The sum over sequences is that of a semi-Markov chain (Sarawagi and Cohen, "Semi-Markov conditional random fields for
information extraction", NIPS 2004), taken between words that are outside almost certainly.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from paperconcepts.model import ConceptType

__all__ = ["TagSpan", "tag_spans"]

_CERTAINLY_OUTSIDE = 0.995
_LONGEST = 12
_LEAST = 0.02
_VANISHED = 1e-6
# Products over longer stretches vanish; real concepts are far shorter.
_LONGEST_STRETCH = 100
_LABELS = tuple(ConceptType)


@dataclass(frozen=True, slots=True)
class TagSpan:
    """A span of words (first, last + 1), its probability, and the share of each type in it."""

    first: int
    end: int
    probability: float
    shares: tuple[float, ...]

    @property
    def label(self) -> ConceptType:
        """The likeliest type."""
        return _LABELS[max(range(len(self.shares)), key=self.shares.__getitem__)]


def tag_spans(probabilities: NDArray[np.float64], tags: Sequence[str]) -> list[TagSpan]:
    """Return the spans of probability 0.02 or more, by place.

    Examples:
        >>> tags = ["O", *(place + "-" + label for label in ConceptType for place in "BILU")]
        >>> row = np.full((1, 21), 0.01)
        >>> row[0, tags.index("U-Dataset")] = 0.8
        >>> [(s.first, s.end, s.label.value, round(s.probability, 2)) for s in tag_spans(row, tags)]
        [(0, 1, 'Dataset', 0.99)]
    """
    order = [[tags.index(f"{place}-{label}") for label in _LABELS] for place in "BILU"]
    outside: list[float] = probabilities[:, 0].tolist()
    likely = probabilities[probabilities[:, 0] < _CERTAINLY_OUTSIDE]
    begin, inside, last, unit = (likely[:, columns].tolist() for columns in order)
    found: list[TagSpan] = []
    read = 0
    for start, end in _stretches(outside):
        # The stretches are all of the likely words, in order.
        places = slice(read, read + end - start)
        found += _spans_of_stretch(
            start, end, outside[start:end], begin[places], inside[places], last[places], unit[places]
        )
        read += end - start
    return found


def _stretches(outside: list[float]) -> Iterator[tuple[int, int]]:
    start = -1
    for number, value in enumerate([*outside, 1.0]):
        open_now = value < _CERTAINLY_OUTSIDE
        if start >= 0 and (not open_now or number - start >= _LONGEST_STRETCH):
            yield start, number
            start = -1
        if open_now and start < 0:
            start = number


_Rows = list[list[float]]


def _spans_of_stretch(
    start: int, end: int, outside: list[float], begin: _Rows, inside: _Rows, last: _Rows, unit: _Rows
) -> list[TagSpan]:
    """The spans of a stretch: for each the weight of the sequences that hold it, in that of all."""
    if end - start == 1:
        return _span_of_word(start, outside[0], unit[0])
    weights = _weights_of_types(begin, inside, last, unit)
    sums = {span: sum(values) for span, values in weights.items()}
    before, after = _sum_both_ways(end - start, outside, sums)
    total = before[-1]
    if total <= 0.0:
        return []
    found = []
    for (i, j), values in weights.items():
        mass = sums[i, j]
        probability = before[i] * mass * after[j] / total
        if probability >= _LEAST:
            shares = tuple(value / mass for value in values)
            found.append(TagSpan(start + i, start + j, min(probability, 1.0), shares))
    return found


def _span_of_word(number: int, outside: float, values: list[float]) -> list[TagSpan]:
    """The span of a word that stands alone: the commonest case, told without sums over sequences."""
    mass = sum(values)
    total = outside + mass
    if total <= 0.0 or mass / total < _LEAST:
        return []
    return [TagSpan(number, number + 1, min(mass / total, 1.0), tuple([value / mass for value in values]))]


def _weights_of_types(begin: _Rows, inside: _Rows, last: _Rows, unit: _Rows) -> dict[tuple[int, int], list[float]]:
    """The product of the tags of a span, for each type."""
    weights: dict[tuple[int, int], list[float]] = {}
    for first in range(len(unit)):
        weights[first, first + 1] = unit[first]
        running = begin[first]
        for word in range(first + 1, min(len(unit), first + _LONGEST)):
            weights[first, word + 1] = [a * b for a, b in zip(running, last[word], strict=True)]
            running = [a * b for a, b in zip(running, inside[word], strict=True)]
            if max(running) < _VANISHED:
                break
    return weights


def _sum_both_ways(
    length: int, outside: list[float], sums: dict[tuple[int, int], float]
) -> tuple[list[float], list[float]]:
    """The weight of all sequences up to each border, and from each border on."""
    before = [1.0] + [0.0] * length
    after = [0.0] * length + [1.0]
    starts: list[list[tuple[int, float]]] = [[] for _ in range(length + 1)]
    ends: list[list[tuple[int, float]]] = [[] for _ in range(length + 1)]
    for (i, j), mass in sums.items():
        starts[j].append((i, mass))
        ends[i].append((j, mass))
    for j in range(1, length + 1):
        before[j] = before[j - 1] * outside[j - 1] + sum(before[i] * mass for i, mass in starts[j])
    for i in range(length - 1, -1, -1):
        after[i] = after[i + 1] * outside[i] + sum(mass * after[j] for j, mass in ends[i])
    return before, after
