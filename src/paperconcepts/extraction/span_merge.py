"""Weigh the finds of all components and keep the best ones, without overlaps, each with its source."""

import math
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from paperconcepts.extraction.lexicon import GENERIC_WORDS
from paperconcepts.model import ConceptType

__all__ = ["Candidate", "merge_candidates", "merge_span", "repeat_names"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A span that may name a concept, from one component. ``priority`` orders overlapping spans of one length."""

    start: int
    end: int
    label: ConceptType | None
    source: str
    confidence: float
    concept_id: str | None = None
    role_scores: tuple[float, ...] = ()


_PRIORITY = """definition catalogue name:called name:title name:proposed tagger name:headed name:versioned name:shape
name:quoted name:notation name:capitals name:repeat term""".split()
_RANK = {name: rank for rank, name in enumerate(_PRIORITY)}


@lru_cache(maxsize=1_000)
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
    chosen: list[Candidate] = []
    taken = bytearray(max((end for _, end in spans), default=0))
    for start, end in sorted(spans, key=lambda span: (span[0] - span[1], span[0])):
        # Longer spans came first, so one that overlaps a taken span has an end of its own inside it.
        if taken[start] or taken[end - 1]:
            continue
        taken[start:end] = b"\1" * (end - start)
        chosen.append(merge_span(spans[start, end]))
    if any(_lacks_type(candidate) for candidate in chosen):
        chosen = _with_types_of_heads(chosen, spans)
    return sorted(chosen, key=lambda c: c.start)


def _lacks_type(candidate: Candidate) -> bool:
    return candidate.label is None or candidate.source == "name:shape"


def _with_types_of_heads(chosen: list[Candidate], spans: dict[tuple[int, int], list[Candidate]]) -> list[Candidate]:
    heads: dict[int, list[Candidate]] = defaultdict(list)
    for (start, _), found in spans.items():
        heads[start] += [candidate for candidate in found if candidate.source == "catalogue"]
    return [
        replace(c, label=_label_of_head(c, heads[c.start]) or c.label) if _lacks_type(c) and heads[c.start] else c
        for c in chosen
    ]


def _label_of_head(name: Candidate, candidates: list[Candidate]) -> ConceptType | None:
    """The type of the catalogue name that a longer name begins with: "SQuAD v1.1" is what "SQuAD" is."""
    heads = [candidate for candidate in candidates if candidate.end < name.end]
    return max(heads, key=lambda c: (c.end, c.concept_id or "")).label if heads else None


def merge_span(candidates: list[Candidate]) -> Candidate:
    """One candidate from all of one span: the source that knows most gives identity, the first type counts."""
    ordered = sorted(candidates, key=_precedence)
    best = ordered[0]
    if best.source == "catalogue":
        given = [c for c in ordered if c.source in _GIVEN and c.label is not None and _kind(c) != _kind(best)]
        if given:
            # The paper gives this name to a thing of another kind: "CLIP: A Dataset for ...".
            return given[0]
    label, concept_id = best.label, best.concept_id
    doubts: dict[str, float] = {}
    for candidate in ordered:
        label = label or candidate.label
        concept_id = concept_id or candidate.concept_id
        doubts.setdefault(candidate.source.partition(":")[0], 1.0 - candidate.confidence)
    confidence = round(min(0.99, 1.0 - math.prod(doubts.values())), 3)
    return Candidate(best.start, best.end, label, best.source, confidence, concept_id)


_GIVEN = frozenset({"name:title", "name:called", "name:proposed"})


def _kind(candidate: Candidate) -> str:
    return "artefact" if candidate.label in (ConceptType.METHOD, ConceptType.MODEL) else str(candidate.label)


def _precedence(candidate: Candidate) -> tuple[int, str, str, str]:
    return (_rank(candidate.source), candidate.source, candidate.concept_id or "", candidate.label or "")


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
        first = _WORD.match(name)
        if first is not None:
            lengths[first.group()].add(len(name))
    found: list[Candidate] = []
    for word in _WORD.finditer(text):
        start = word.start()
        for length in lengths.get(word.group(), ()):
            end = start + length
            # Near its end the text has fewer characters than asked for.
            origin = known.get(text[start:end]) if end <= len(text) else None
            if origin is not None and start != origin.start and _whole_word(text, start, end):
                found.append(Candidate(start, end, origin.label, "name:repeat", origin.confidence, origin.concept_id))
    return found


_WORD = re.compile(r"\w+")
_LONGEST_NAME = 160
_WORD_CHARACTER = re.compile(r"\w")


def _whole_word(text: str, start: int, end: int) -> bool:
    return not (
        (start > 0 and _WORD_CHARACTER.match(text[start - 1])) or (end < len(text) and _WORD_CHARACTER.match(text[end]))
    )
