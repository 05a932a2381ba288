"""Score a concept tagger alone, without rules and catalogue, on marked mentions of a public set.

From tag probabilities to mentions by the likeliest legal tag sequence (Viterbi); words only, no head nouns trimmed.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from paperconcepts.errors import ModelError
from paperconcepts.evaluation import GoldDocument, Intervals, MentionGold, Tally
from paperconcepts.evaluation.bootstrap import bootstrap_intervals
from paperconcepts.evaluation.tallies import add_tallies
from paperconcepts.extraction.concept_tagger import ConceptTagger
from paperconcepts.extraction.tagger_weights import read_weights
from paperconcepts.extraction.whole_numbers import Layer

__all__ = ["TaggerScore", "decode", "fold_types", "read_tagger", "score_tagger", "tally_spans"]

Floats = NDArray[np.float64]
TypedSpan = tuple[int, int, str]
_LEAST = 1e-9


@dataclass(frozen=True, slots=True)
class TaggerScore:
    """Micro-averages over all texts: ``strict`` is same span and type, ``overlap`` same type and a shared letter."""

    texts: int
    strict: Tally
    overlap: Tally
    intervals: Mapping[str, Intervals]


def read_tagger(path: Path) -> ConceptTagger:
    """The tagger in ``path`` (``.npz``), described by the ``.json`` beside it.

    Raises:
        ModelError: a file is missing, or the weights are not those that the description records.
    """
    try:
        card = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        data = path.read_bytes()
    except OSError as error:
        raise ModelError(f"the tagger {path} cannot be read ({error.strerror}); train it, or check it out") from error
    weights = read_weights(card, data)
    out = weights.out
    if out.matrix.shape[1] == len(weights.tags):
        # A tagger without roles has no scores to turn into their probabilities; one constant score does no harm.
        weights = replace(
            weights,
            roles=("none",),
            out=Layer(np.pad(out.matrix, ((0, 0), (0, 1))), _extended(out.scale), _extended(out.bias), out.step),
        )
    return ConceptTagger(weights)


def _extended(row: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.append(row, np.float32(0)).astype(np.float32)


def fold_types(probabilities: Floats, tags: Sequence[str], types: Mapping[str, str]) -> tuple[Floats, tuple[str, ...]]:
    """Give tags of some types to others: their probabilities are added up.

    Examples:
        >>> rows, tags = fold_types(np.array([[0.25, 0.25, 0.5]]), ["O", "U-Method", "U-Model"], {"Model": "Method"})
        >>> rows.tolist(), tags
        ([[0.25, 0.75]], ('O', 'U-Method'))
    """
    renamed = [tag if tag == "O" else f"{tag[:2]}{types.get(tag[2:], tag[2:])}" for tag in tags]
    kept = tuple(dict.fromkeys(renamed))
    sums = np.zeros((len(kept), len(tags)))
    for column, name in enumerate(renamed):
        sums[kept.index(name), column] = 1.0
    return probabilities @ sums.T, kept


def decode(probabilities: Floats, tags: Sequence[str]) -> list[tuple[int, int, str]]:
    """The spans (first word, last word + 1, type) of the likeliest legal tag sequence.

    ``tags`` are ``O`` and begin, inside, last, unit of each type. A span begins with B and ends with L of one type, or
    is one word (U): nothing else is legal, however likely its single tags are.

    Examples:
        >>> tags = ["O", "B-Task", "I-Task", "L-Task", "U-Task"]
        >>> decode(np.array([[0.1, 0.8, 0.0, 0.0, 0.1], [0.6, 0.0, 0.0, 0.4, 0.0], [1.0, 0.0, 0.0, 0.0, 0.0]]), tags)
        [(0, 2, 'Task')]
    """
    if not len(probabilities):
        return []
    return list(_spans_of_path(_best_path(probabilities, tags), tags))


def _best_path(probabilities: Floats, tags: Sequence[str]) -> list[int]:
    scores = np.log(np.maximum(probabilities, _LEAST))
    legal = np.array([[0.0 if _may_follow(tag, other) else -np.inf for other in tags] for tag in tags])
    best = scores[0] + np.array([0.0 if _may_follow("O", tag) else -np.inf for tag in tags])
    back = np.zeros(probabilities.shape, dtype=np.int64)
    for word in range(1, len(scores)):
        through = best[:, None] + legal
        back[word] = through.argmax(axis=0)
        best = through.max(axis=0) + scores[word]
    best += np.array([0.0 if _may_follow(tag, "O") else -np.inf for tag in tags])
    path = [int(best.argmax())]
    for word in range(len(scores) - 1, 0, -1):
        path.append(int(back[word, path[-1]]))
    return path[::-1]


def _may_follow(tag: str, other: str) -> bool:
    """Whether ``other`` may stand after ``tag``; the ends of a text are like ``O``."""
    is_open = tag[0] in "BI"
    return is_open == (other[0] in "IL") and (not is_open or tag[2:] == other[2:])


def _spans_of_path(path: Sequence[int], tags: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    start = 0
    for word, number in enumerate(path):
        tag = tags[number]
        if tag[0] in "BU":
            start = word
        if tag[0] in "LU":
            yield start, word + 1, tag[2:]


def score_tagger(
    tagger: ConceptTagger, gold: MentionGold, *, types: Sequence[str], fold: Mapping[str, str] | None = None
) -> TaggerScore:
    """Score the mentions of ``types``; ``fold`` renames types of the tagger that the gold does not tell apart."""
    rows = []
    for document in gold.documents:
        marked = {(s.start, s.end, str(s.type)) for s in document.spans if s.type in types}
        found = {span for span in _tagged_mentions(tagger, document, fold or {}) if span[2] in types}
        rows.append(tally_spans(found, marked))
    totals = add_tallies(rows)
    intervals = bootstrap_intervals(rows, totals)
    return TaggerScore(len(rows), totals["strict"], totals["overlap"], intervals)


def _tagged_mentions(tagger: ConceptTagger, document: GoldDocument, fold: Mapping[str, str]) -> set[TypedSpan]:
    text = document.paper.text
    tagged = tagger.tag(text, len(document.paper.title or ""))
    probabilities, tags = fold_types(tagged.probabilities, tagger.tags, fold)
    return {(tagged.spans[a][0], tagged.spans[b - 1][1], kind) for a, b, kind in decode(probabilities, tags)}


def tally_spans(found: set[TypedSpan], gold: set[TypedSpan]) -> dict[str, Tally]:
    """Count the mentions of one text. With ``overlap`` each side is counted for itself, not one to one.

    Examples:
        >>> tallies = tally_spans({(0, 9, "Task")}, {(0, 4, "Task"), (5, 9, "Task"), (5, 9, "Metric")})
        >>> tallies["strict"], tallies["overlap"]
        (Tally(right=0, predicted=1, found=0, gold=3), Tally(right=1, predicted=1, found=2, gold=3))
    """
    return {
        "strict": Tally.matched(len(found & gold), len(found), len(gold)),
        "overlap": Tally(_touching(found, gold), len(found), _touching(gold, found), len(gold)),
    }


def _touching(these: set[TypedSpan], those: set[TypedSpan]) -> int:
    return sum(any(a < d and c < b and kind == other for c, d, other in those) for a, b, kind in these)
