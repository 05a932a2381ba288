"""The statistical tagger: a probability of each tag for each word, exactly the same on every machine.

A small convolutional network in NumPy, in whole numbers (see `paperconcepts.extraction.whole_numbers`). Half-way, a
second one goes off, which reads what the paper does with each concept (`paperconcepts.extraction.role_reader`).
"""

from bisect import bisect_left, bisect_right
from collections import OrderedDict
from dataclasses import dataclass
from itertools import chain
from operator import itemgetter

import numpy as np
from numpy.typing import NDArray

from paperconcepts.extraction.role_reader import RoleReader
from paperconcepts.extraction.tagger_weights import TaggerWeights, load_weights
from paperconcepts.extraction.whole_numbers import Floats, convolve, shares
from paperconcepts.extraction.word_features import place_flags, word_rows, word_spans

__all__ = ["ConceptTagger", "Tagged"]

_CACHED_WORDS = 50_000
# Longer texts are no abstracts: what follows is left to the rules.
_MOST_WORDS = 6_000
_START, _END = itemgetter(0), itemgetter(1)


@dataclass(frozen=True, slots=True)
class Tagged:
    """The words of a text: their spans, a probability for each tag, and one for each role (first: no concept).

    Attributes:
        roles: as the tagger guesses from the words nearby; what span ranking reads.
        read_roles: as the role reader, which knows the whole text, reads them; None without one.
    """

    spans: list[tuple[int, int]]
    probabilities: NDArray[np.float64]
    roles: NDArray[np.float64]
    read_roles: NDArray[np.float64] | None = None

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

    def __init__(self, weights: TaggerWeights | None = None, reader: RoleReader | None = None) -> None:
        self._weights = weights if weights is not None else load_weights()
        # Another tagger's states mean nothing to the role reader that ships.
        self._reader = RoleReader() if weights is None else reader
        self.tags = self._weights.tags
        self.roles = self._weights.roles
        self._words: OrderedDict[str, Floats] = OrderedDict()

    def tag(self, text: str, title_end: int = 0) -> Tagged:
        """Tag a text whose first ``title_end`` characters are the title; time and memory are linear in the text."""
        spans = word_spans(text)[:_MOST_WORDS]
        if not spans:
            return Tagged([], np.zeros((0, len(self.tags))), np.zeros((0, len(self.roles))))
        hidden = self._look_up([text[start:end] for start, end in spans])
        flags = np.array(place_flags(text, spans, title_end))
        for column in range(flags.shape[1]):
            hidden += self._weights.flags[flags[:, column]]
        read = None
        for number, (layer, gap) in enumerate(zip(self._weights.convolutions, self._weights.gaps, strict=True)):
            if self._reader is not None and number == self._reader.after:
                read = self._reader.read(hidden, bisect_right(spans, title_end, key=_END))
            convolve(hidden, layer, gap)
        scores = self._weights.out.scores(hidden)
        count = len(self.tags)
        return Tagged(spans, shares(scores[:, :count]), shares(scores[:, count:]), read)

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
        mixed = weights.mix.scores(np.concatenate(parts, axis=1))
        return np.maximum(mixed, np.float32(0), out=mixed)
