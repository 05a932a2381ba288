"""The statistical tagger: a probability of each tag for each word, exactly the same on every machine.

A small convolutional network in NumPy. Weights and inputs of each layer are whole numbers of at most 127, and a product
of such matrices with at most 1,040 rows stays below 2**24, so that float32 holds every sum exactly whatever the order
in which a machine adds: results do not depend on the processor, its threads or the batch. What is left are single
multiplications, additions and roundings, which IEEE 754 fixes.
"""

import math
from bisect import bisect_left, bisect_right
from collections import OrderedDict
from dataclasses import dataclass
from itertools import chain
from operator import itemgetter

import numpy as np
from numpy.typing import NDArray

from paperconcepts.extraction.tagger_weights import TaggerWeights, load_weights
from paperconcepts.extraction.word_features import place_flags, word_rows, word_spans

__all__ = ["ConceptTagger", "Tagged"]

Floats = NDArray[np.float32]
_CACHED_WORDS = 50_000
_LIMIT = np.float32(127)
# Longer texts are no abstracts: what follows is left to the rules.
_MOST_WORDS = 6_000
# Scores are rounded to this grid before they become probabilities, which then come from a table of whole numbers.
_GRID = 64
_LOWEST = -16 * _GRID
_START, _END = itemgetter(0), itemgetter(1)


@dataclass(frozen=True, slots=True)
class Tagged:
    """The words of a text: their spans, a probability for each tag, and one for each role (first: no concept)."""

    spans: list[tuple[int, int]]
    probabilities: NDArray[np.float64]
    roles: NDArray[np.float64]

    def words_in(self, start: int, end: int) -> tuple[int, int]:
        """The words that a stretch of the text touches: the number of the first, and of the last + 1.

        Examples:
            >>> Tagged([(0, 3), (3, 4), (4, 5), (6, 10)], np.zeros((4, 21)), np.zeros((4, 9))).words_in(4, 8)
            (2, 4)
        """
        return bisect_right(self.spans, start, key=_END), bisect_left(self.spans, end, key=_START)


class ConceptTagger:
    """Gives each word of a text a probability for each tag (``O`` and begin, inside, last, unit of five types).

    Examples:
        >>> tagger = ConceptTagger()
        >>> tagged = tagger.tag("We align it with Direct Preference Optimization.")
        >>> [tagger.tags[row.argmax()] for row in tagged.probabilities][4:7]
        ['B-Method', 'I-Method', 'L-Method']
    """

    def __init__(self, weights: TaggerWeights | None = None) -> None:
        self._weights = weights if weights is not None else load_weights()
        self.tags = self._weights.tags
        self.roles = self._weights.roles
        self._words: OrderedDict[str, Floats] = OrderedDict()
        self._powers = np.array([round(math.exp(step / _GRID) * 2**30) for step in range(_LOWEST, 1)], dtype=np.float64)

    def tag(self, text: str, title_end: int = 0) -> Tagged:
        """Tag a text whose first ``title_end`` characters are the title; time and memory are linear in the text."""
        spans = word_spans(text)[:_MOST_WORDS]
        if not spans:
            return Tagged([], np.zeros((0, len(self.tags))), np.zeros((0, len(self.roles))))
        hidden = self._look_up([text[start:end] for start, end in spans])
        flags = np.array(place_flags(text, spans, title_end))
        for column in range(flags.shape[1]):
            hidden += self._weights.flags[flags[:, column]]
        for layer in range(len(self._weights.gaps)):
            self._convolve(hidden, layer)
        scores = (_whole(hidden, self._weights.out_step) @ self._weights.out) * self._weights.out_scale
        scores += self._weights.out_bias
        count = len(self.tags)
        return Tagged(spans, self._probabilities(scores[:, :count]), self._probabilities(scores[:, count:]))

    def _look_up(self, words: list[str]) -> Floats:
        """One row a word; the rows of many words are kept for the texts to come."""
        known = self._words
        new = [word for word in dict.fromkeys(words) if word not in known]
        if new:
            # Each text's own words stay until it is done, so the cache is trimmed before they come in.
            while len(known) + len(new) > _CACHED_WORDS and known:
                known.popitem(last=False)
            new = [word for word in dict.fromkeys(words) if word not in known]
            known.update(zip(new, self._lexemes(new), strict=True))
        return np.concatenate([known[word] for word in words]).reshape(len(words), -1)

    def _lexemes(self, words: list[str]) -> Floats:
        """One row a word, from the word alone."""
        weights = self._weights
        found = [word_rows(word, weights.pieces) for word in words]
        parts = []
        for number, (table, scale) in enumerate(zip(weights.tables, weights.table_scales, strict=True)):
            sizes = np.array([len(rows[number]) for rows in found])
            flat = np.fromiter(chain.from_iterable(rows[number] for rows in found), dtype=np.int64)
            starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
            sums = np.add.reduceat(table[flat].astype(np.int32), starts, axis=0).astype(np.float32)
            parts.append(sums * np.float32(scale) / sizes[:, None].astype(np.float32))
        values = _whole(np.concatenate(parts, axis=1), weights.mix_step)
        mixed: Floats = (values @ weights.mix) * weights.mix_scale + weights.mix_bias
        return np.maximum(mixed, np.float32(0), out=mixed)

    def _convolve(self, hidden: Floats, layer: int) -> None:
        weights = self._weights
        count, width = hidden.shape
        gap = weights.gaps[layer]
        values = np.zeros((count + 2 * gap, width), dtype=np.float32)
        values[gap : gap + count] = _whole(hidden, weights.steps[layer])
        window = np.concatenate([values[:count], values[gap : gap + count], values[2 * gap :]], axis=1)
        scores = window @ weights.convolutions[layer]
        scores *= weights.convolution_scales[layer]
        scores += weights.convolution_biases[layer]
        hidden += np.maximum(scores, np.float32(0), out=scores)

    def _probabilities(self, scores: Floats) -> NDArray[np.float64]:
        steps = np.rint(scores * np.float32(_GRID)).astype(np.int64)
        below = np.maximum(steps - steps.max(axis=1, keepdims=True), _LOWEST)
        powers = self._powers[below - _LOWEST]
        # Sums of whole numbers below 2**53: exact in any order.
        shares: NDArray[np.float64] = powers / powers.sum(axis=1, keepdims=True)
        return shares


def _whole(values: Floats, step: np.float32) -> Floats:
    """``values`` in whole numbers of ``step``, at most 127."""
    counted = values * np.float32(1 / step)
    np.rint(counted, out=counted)
    return np.clip(counted, -_LIMIT, _LIMIT, out=counted)
