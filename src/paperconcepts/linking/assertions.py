"""What the steps of linking ask of the assertions of one paper: its main concept, their sentences, their union."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from paperconcepts.model import Assertion, Concept, ConceptType, Mention, Role, Sentence, evidence_order

if TYPE_CHECKING:
    from paperconcepts.linking.roles import SentenceIndex

__all__ = ["DEFAULT_ROLES", "joined_assertions", "main_concept", "places_by_sentence"]

DEFAULT_ROLES: Mapping[ConceptType, Role] = {
    ConceptType.TASK: Role.ADDRESSES,
    ConceptType.METRIC: Role.MEASURES,
    ConceptType.DATASET: Role.EVALUATES_ON,
}
"""The role of a concept that only its type speaks for; of a method or model the place in the text decides."""

_ARTEFACTS = frozenset({ConceptType.METHOD, ConceptType.MODEL})


def main_concept(assertions: Iterable[Assertion], concepts: Mapping[str, Concept]) -> str | None:
    """What a paper means by "our method": its introduced artefact, the one of the title or of most mentions.

    Examples:
        >>> main_concept([], {}) is None
        True
    """
    introduced = [a for a in assertions if a.role is Role.INTRODUCES and concepts[a.concept_id].type in _ARTEFACTS]
    in_title = {a.concept_id: any(mention.field == "title" for mention in a.mentions) for a in introduced}
    order = sorted(introduced, key=lambda a: (not in_title[a.concept_id], -len(a.mentions), a.concept_id))
    return order[0].concept_id if order else None


def places_by_sentence(
    assertions: Iterable[Assertion], index: "SentenceIndex"
) -> dict[Sentence, list[tuple[Mention, str]]]:
    """The mentions of each sentence in order of place, each with the id of its concept."""
    places: dict[Sentence, list[tuple[Mention, str]]] = defaultdict(list)
    for assertion in assertions:
        for mention in assertion.mentions:
            places[index.sentence_of(mention)[0]].append((mention, assertion.concept_id))
    for found in places.values():
        found.sort(key=lambda place: (place[0].start, place[0].end, place[1]))
    return places


def joined_assertions(assertions: Iterable[Assertion]) -> list[Assertion]:
    """One assertion for each concept of one paper: in the strongest role, with the mentions of all."""
    best: dict[str, Assertion] = {}
    for item in sorted(assertions, key=lambda a: (a.role.rank, a.concept_id)):
        earlier = best.setdefault(item.concept_id, item)
        if earlier is item:
            continue
        mentions = sorted({*earlier.mentions, *item.mentions}, key=lambda m: (m.field != "title", m.start, m.end))
        more = item.evidence if item.role is earlier.role else ()
        evidence = sorted({*earlier.evidence, *more}, key=evidence_order)
        confidence = max(earlier.confidence, item.confidence if more else 0.0)
        best[item.concept_id] = replace(
            earlier, confidence=confidence, mentions=tuple(mentions), evidence=tuple(evidence)
        )
    return sorted(best.values(), key=lambda a: (a.role.rank, a.concept_id))
