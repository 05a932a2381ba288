"""Weigh the finds of all components and keep the best ones, without overlaps, each with its source."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from paperconcepts.extraction.lexicon import GENERIC_WORDS
from paperconcepts.model import ConceptType

__all__ = ["Candidate", "merge_candidates", "repeat_names"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A span that may name a concept, from one component. ``priority`` orders overlapping spans of one length."""

    start: int
    end: int
    label: ConceptType | None
    source: str
    confidence: float
    concept_id: str | None = None


_PRIORITY = """definition catalogue name:called name:title name:proposed tagger name:headed name:versioned name:shape
name:repeat term""".split()
_RANK = {name: rank for rank, name in enumerate(_PRIORITY)}


def _rank(source: str) -> int:
    return _RANK.get(source, _RANK.get(source.partition(":")[0], len(_RANK)))


def merge_candidates(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Return candidates without overlaps, in order of place.

    The longer span wins; of equal spans the source that knows most (a definition in the paper, then the catalogue, ...)
    gives identity and confidence, and a type that it leaves open is taken from the next one that has it.
    """
    spans: dict[tuple[int, int], list[Candidate]] = {}
    for candidate in candidates:
        spans.setdefault((candidate.start, candidate.end), []).append(candidate)
    heads: dict[int, list[Candidate]] = defaultdict(list)
    for (start, _), found in spans.items():
        heads[start] += [candidate for candidate in found if candidate.source == "catalogue"]
    chosen: list[Candidate] = []
    taken: list[tuple[int, int]] = []
    for span in sorted(spans, key=lambda s: (s[0] - s[1], s[0])):
        place = bisect_left(taken, span)
        # Chosen spans do not overlap, so only the two neighbours can be in the way.
        if any(span[0] < end and start < span[1] for start, end in taken[max(0, place - 1) : place + 1]):
            continue
        taken.insert(place, span)
        best = _combine(spans[span])
        if best.label is None or best.source == "name:shape":
            best = replace(best, label=_label_of_head(best, heads[best.start]) or best.label)
        chosen.append(best)
    return sorted(chosen, key=lambda c: c.start)


def _label_of_head(name: Candidate, candidates: list[Candidate]) -> ConceptType | None:
    """The type of the catalogue name that a longer name begins with: "SQuAD v1.1" is what "SQuAD" is."""
    heads = [candidate for candidate in candidates if candidate.end < name.end]
    return max(heads, key=lambda c: (c.end, c.concept_id or "")).label if heads else None


def _combine(candidates: list[Candidate]) -> Candidate:
    ordered = sorted(candidates, key=lambda c: (_rank(c.source), c.source, c.concept_id or "", str(c.label)))
    best = ordered[0]
    label = next((c.label for c in ordered if c.label is not None), None)
    concept_id = next((c.concept_id for c in ordered if c.concept_id is not None), None)
    doubt = 1.0
    for confidence in {c.source.partition(":")[0]: c.confidence for c in reversed(ordered)}.values():
        doubt *= 1.0 - confidence
    return replace(best, label=label, concept_id=concept_id, confidence=round(min(0.99, 1.0 - doubt), 3))


def repeat_names(text: str, candidates: Iterable[Candidate]) -> list[Candidate]:
    """Find the other places where a name that was found once stands: "Plan-and-Budget" in a title and a sentence.

    Only names are repeated (with a capital or a digit), in whole words and in the same letters.
    """
    known: dict[str, Candidate] = {}
    # What the catalogue knows it has found everywhere already, and terms are no names.
    names = [c for c in candidates if c.source.startswith(("name", "definition", "tagger"))]
    for candidate in sorted(names, key=lambda c: (_rank(c.source), c.start)):
        name = text[candidate.start : candidate.end]
        if 2 < len(name) <= _LONGEST_NAME and not name.islower() and name.lower() not in GENERIC_WORDS:
            known.setdefault(name, candidate)
    if not known:
        return []
    # One pass over the text, whatever the number of names: looked up by first word, then by length.
    lengths: dict[str, set[int]] = defaultdict(set)
    for name in known:
        lengths[_PIECE.match(name).group()].add(len(name))  # type: ignore[union-attr]
    found: list[Candidate] = []
    for piece in _PIECE.finditer(text):
        start = piece.start()
        for length in lengths.get(piece.group(), ()):
            end = start + length
            origin = known.get(text[start:end])
            if origin is not None and start != origin.start and _whole_word(text, start, end):
                found.append(Candidate(start, end, origin.label, "name:repeat", origin.confidence, origin.concept_id))
    return found


_PIECE = re.compile(r"\w+|\W")
_LONGEST_NAME = 160
_WORD_CHARACTER = re.compile(r"\w")


def _whole_word(text: str, start: int, end: int) -> bool:
    return not (
        (start > 0 and _WORD_CHARACTER.match(text[start - 1])) or (end < len(text) and _WORD_CHARACTER.match(text[end]))
    )
