"""What the tagger sees of a word: its pieces, hashes of its letters and shape, and flags of its place.

Training and use read words through this one module.
"""

import re
import zlib
from collections import Counter
from collections.abc import Mapping, Sequence

__all__ = ["FLAG_ROWS", "TABLE_ROWS", "place_flags", "word_rows", "word_spans"]

# Rows of each embedding table but that of the pieces, which has one for each piece of the vocabulary.
TABLE_ROWS = {"piece": 30522, "lower": 24000, "prefix": 4000, "suffix": 6000, "shape": 512}
FLAG_ROWS = 14
UNKNOWN = "[UNK]"
_WORD = re.compile(r"\w+|[^\w\s]")
_RUN = re.compile(r"(.)\1{3,}")
_LONGEST_WORD = 60
_LONGEST_SHAPE = 20
_Rows = tuple[list[int], list[int], list[int], list[int], list[int]]


def word_spans(text: str) -> list[tuple[int, int]]:
    """Spans of the words and single marks of a text: the tokens of the pipeline without white space.

    Examples:
        >>> word_spans("GPT-4 wins")
        [(0, 3), (3, 4), (4, 5), (6, 10)]
    """
    return [match.span() for match in _WORD.finditer(text)]


def word_rows(word: str, pieces: Mapping[str, int]) -> _Rows:
    """The rows of a word in the tables of ``TABLE_ROWS``, in their order."""
    lower = word.lower()
    return (
        _piece_rows(lower, pieces),
        [_hash("1" + lower, "lower"), _hash("2" + lower, "lower")],
        [_hash(lower[:3], "prefix")],
        [_hash(lower[-3:], "suffix"), _hash("4" + lower[-4:], "suffix")],
        [_hash(_shape(word), "shape")],
    )


def _piece_rows(word: str, pieces: Mapping[str, int]) -> list[int]:
    """The word cut into pieces, longest first (WordPiece; Wu et al., arXiv 1609.08144), else the unknown piece."""
    found: list[int] = []
    start = 0
    while start < len(word) and len(word) <= _LONGEST_WORD:
        for end in range(len(word), start, -1):
            number = pieces.get(("##" if start else "") + word[start:end])
            if number is not None:
                found.append(number)
                start = end
                break
        else:
            return [pieces[UNKNOWN]]
    return found or [pieces[UNKNOWN]]


def _hash(text: str, table: str) -> int:
    return zlib.crc32(text.encode("utf-8", "surrogatepass")) % TABLE_ROWS[table]


def _shape(word: str) -> str:
    """Capitals as X, small letters as x, digits as d, other characters as they are; long runs cut to three."""
    drawn = "".join(
        "X" if c.isupper() else "x" if c.isalpha() else "d" if c.isdigit() else c for c in word[:_LONGEST_SHAPE]
    )
    return _RUN.sub(r"\1\1\1", drawn)


def place_flags(text: str, spans: Sequence[tuple[int, int]], title_end: int) -> list[tuple[int, int, int]]:
    """Three flags a word, as rows of one table: space before it; field and start of sentence; how often it occurs.

    Examples:
        >>> place_flags("GPT-4", word_spans("GPT-4"), 0)
        [(1, 5, 10), (0, 4, 6), (0, 4, 10)]
    """
    words = [text[start:end] for start, end in spans]
    counts = Counter(words)
    flags = []
    before, previous = -1, "."
    for (start, end), word in zip(spans, words, strict=True):
        place = 2 + (0 if start < title_end else 2) + (previous in ".?!:")
        named = word[0].isupper() or word[0].isdigit()
        flags.append((int(start != before), place, 6 + min(counts[word], 4) - 1 + (4 if named else 0)))
        before, previous = end, word
    return flags
