"""Find pairs of concepts that may be one. Pairs come from indexes of names, never from comparing all with all."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from paperconcepts.linking.moves import family
from paperconcepts.linking.nearness import NearForms, without_head
from paperconcepts.query.doubts import ConceptFacts, DoubtfulCase, describe, merge_proposals
from paperconcepts.vocabulary import CatalogueEntry, Vocabulary, normalise_form

__all__ = ["doubtful_pairs"]

_ACRONYM = re.compile(r"(?=(?:.*[A-Z]){2})[A-Za-z][A-Za-z\d]{1,7}")
_COINED = re.compile(r"\w[A-Z]|\d")
_SMALL_WORDS = frozenset("a an and by for from in of on or the to via with".split())
_WORD = re.compile(r"[^\W_]+")
_DOUBTS = {
    "same label": 0.8,
    "same letters": 0.8,
    "same label, other type": 0.6,
    "a general noun more": 0.6,
    "another general noun": 0.3,
    "acronym and words": 0.6,
    "one letter apart": 0.5,
    "one name, two concepts": 0.35,
    "a word more": 0.12,
}


def doubtful_pairs(facts: Mapping[str, ConceptFacts]) -> Iterator[DoubtfulCase]:
    """Yield the pairs of concepts that may be one, each with its likeliest kind of doubt.

    Two concepts of the catalogue were kept apart by hand, and concepts with a relation between them by a paper: they
    are no pair.
    """
    doubts: dict[tuple[str, str], dict[str, float]] = defaultdict(dict)
    for one, other, kind, share in (
        *_near_forms(facts),
        *_one_name(facts),
        *_contained(facts),
        *_acronyms(facts),
    ):
        first, second = min(one, other), max(one, other)
        if first != second and _may_be_one(facts[first], facts[second]):
            doubts[first, second][kind] = share
    for (first, second), kinds in sorted(doubts.items()):
        kind = min(kinds, key=lambda k: (-_DOUBTS[k] * kinds[k], k))
        yield _case(facts[first], facts[second], kind, kinds[kind])


def _may_be_one(one: ConceptFacts, other: ConceptFacts) -> bool:
    curated = one.concept.catalogued and other.concept.catalogued
    return not curated and other.concept.id not in one.neighbours


def _case(one: ConceptFacts, other: ConceptFacts, kind: str, share: float) -> DoubtfulCase:
    gone, proposals = merge_proposals(one, other)
    doubt = _DOUBTS[kind] * share
    if not _one_family(one, other) and kind != "same label, other type":
        doubt /= 2
    stays = other if gone is one else one
    question = f"Is {describe(gone)} the same as {describe(stays)}?"
    ids = (gone.concept.id, stays.concept.id)
    return DoubtfulCase(kind, ids, question, round(doubt, 3), gone.edges, proposals)


_Pair = tuple[str, str, str, float]


def _near_forms(facts: Mapping[str, ConceptFacts]) -> Iterator[_Pair]:
    """Labels with the same letters, with one letter more, less or other, or with a general noun more."""
    near = NearForms(Vocabulary(CatalogueEntry(item.concept, (), "", ()) for item in facts.values()))
    for key, item in facts.items():
        label = item.concept.label
        for other in near.of(label):
            if other > key and (found := _likeness(item, facts[other])):
                yield key, other, *found


def _likeness(one: ConceptFacts, other: ConceptFacts) -> tuple[str, float] | None:
    """The kind of likeness of two labels that an index found, and how much of its doubt applies; None = none."""
    first, second = normalise_form(one.concept.label), normalise_form(other.concept.label)
    same_family = _one_family(one, other)
    if first == second:
        return ("same label" if same_family else "same label, other type"), 1.0
    if first.replace(" ", "") == second.replace(" ", ""):
        return "same letters", 1.0
    if without_head(first) == without_head(second):
        # "X network" and "X score" are two things; "X" and "X network" may be one.
        bare = without_head(first) in (first, second)
        return (("a general noun more" if bare else "another general noun"), 1.0) if same_family else None
    if first.count(" ") != second.count(" "):
        return None  # a letter that stands alone tells versions apart: "Codex S"
    # A letter is a slip in a word and a difference in a name: RLMRec is not SLMRec.
    coined = any(_COINED.search(item.concept.label) for item in (one, other))
    return "one letter apart", 0.3 if coined else 1.0


def _one_family(one: ConceptFacts, other: ConceptFacts) -> bool:
    return family(one.concept.type) == family(other.concept.type)


def _one_name(facts: Mapping[str, ConceptFacts]) -> Iterator[_Pair]:
    """Concepts that share a name: each with the one of them that most papers have."""
    holders: dict[str, set[str]] = defaultdict(set)
    for key, item in facts.items():
        for form in item.forms:
            holders[normalise_form(form)].add(key)
    for form, found in sorted(holders.items()):
        if not form or len(found) < 2:
            continue
        chief = min(found, key=lambda key: (-len(facts[key].papers), key))
        for other in sorted(found - {chief}):
            # Two long names with one acronym are homonyms; with words in common they may be one.
            yield chief, other, "one name, two concepts", 0.3 + 1.2 * _common_words(facts[chief], facts[other])


def _common_words(one: ConceptFacts, other: ConceptFacts) -> float:
    first, second = (set(normalise_form(item.concept.label).split()) for item in (one, other))
    return len(first & second) / len(first | second) if first | second else 0.0


def _contained(facts: Mapping[str, ConceptFacts]) -> Iterator[_Pair]:
    """A label, and the same label with one word more before or behind it."""
    labels: dict[str, list[str]] = defaultdict(list)
    for key, item in facts.items():
        labels[normalise_form(item.concept.label)].append(key)
    for key, item in facts.items():
        words = normalise_form(item.concept.label).split()
        if len(words) < 3:
            continue
        for shorter in (words[1:], words[:-1]):
            for other in labels.get(" ".join(shorter), ()):
                # What several papers name is more likely a narrower concept than a way to write the wider one.
                if _one_family(item, facts[other]):
                    yield key, other, "a word more", 1.0 / max(1, len(item.papers))


def _acronyms(facts: Mapping[str, ConceptFacts]) -> Iterator[_Pair]:
    """An acronym that no paper defines, and a name of words with these initials."""
    spelt: dict[str, set[str]] = defaultdict(set)
    for key, item in facts.items():
        for initials in _initials(item.concept.label):
            spelt[initials].add(key)
    for key, item in facts.items():
        label = item.concept.label
        if not _ACRONYM.fullmatch(label):
            continue
        found = [
            other for other in sorted(spelt.get(label.lower(), ()))
            if _one_family(facts[other], item)
        ]  # fmt: skip
        for other in found:
            together = bool(item.papers & facts[other].papers)
            yield key, other, "acronym and words", (1.3 if together else 1.0) / len(found)


def _initials(label: str) -> set[str]:
    words = _WORD.findall(label.lower())
    if not 2 <= len(words) <= 8:
        return set()
    return {"".join(word[0] for word in words), "".join(word[0] for word in words if word not in _SMALL_WORDS)}
