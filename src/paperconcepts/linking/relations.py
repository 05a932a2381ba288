"""Relations between concepts that one sentence states, by the words between their mentions."""

import re
from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise

from paperconcepts.linking.assertions import main_concept, places_by_sentence
from paperconcepts.linking.claim_status import claim_status
from paperconcepts.linking.roles import RULES_VERSION, SentenceIndex
from paperconcepts.model import (
    Assertion,
    Concept,
    ConceptType,
    Evidence,
    Mention,
    Predicate,
    Relation,
    Sentence,
    evidence_order,
)

__all__ = ["find_relations"]

_ARTEFACT = frozenset({ConceptType.METHOD, ConceptType.MODEL})
_MODIFIERS = r"(?:[\w-]+[ ]){0,4}"
_TASK = frozenset({ConceptType.TASK})
_MODEL = frozenset({ConceptType.MODEL})
_DATASET = frozenset({ConceptType.DATASET})


@dataclass(frozen=True, slots=True)
class _Pattern:
    """The words between two mentions that state a relation from the left to the right one."""

    id: str
    predicate: Predicate
    subjects: frozenset[ConceptType]
    objects: frozenset[ConceptType]
    words: re.Pattern[str]
    confidence: float


def _pattern(
    identifier: str,
    predicate: Predicate,
    subjects: frozenset[ConceptType],
    objects: frozenset[ConceptType],
    words: str,
    confidence: float,
) -> _Pattern:
    return _Pattern(identifier, predicate, subjects, objects, re.compile(words, re.IGNORECASE), confidence)


_BETWEEN = (
    _pattern("is-a", Predicate.IS_A, _ARTEFACT, _ARTEFACT,
             r"(?:\s*\([^()]{1,40}\))?(?:,\s+|\s+(?:is|are)\s+)(?:an?|one of the)\s+"
             r"(?:(?!(?:to|of|for|than|from|with|in|and|or)\b)[\w-]+ ){0,4}", 0.6),
    _pattern("such-as", Predicate.IS_A, _ARTEFACT, _ARTEFACT, r",?\s+(?:such as|like|including)\s+", 0.6),
    _pattern("outperforms", Predicate.OUTPERFORMS, _ARTEFACT, _ARTEFACT,
             r"[\w\s,()-]{0,40}?\b(?:outperforms?|surpass(?:es)?|exceeds?|beats?|is superior to)\s+"
             + _MODIFIERS, 0.75),
    _pattern("compared-with", Predicate.COMPARED_WITH, _ARTEFACT, _ARTEFACT,
             r"[\w\s,-]{0,30}?\b(?:compared (?:to|with)|versus|vs\.?|comparable (?:to|with)|on par with)\s+"
             + _MODIFIERS, 0.65),
    _pattern("extends", Predicate.EXTENDS, _ARTEFACT, _ARTEFACT,
             r"[\w\s,()-]{0,40}?\b(?:extends?|builds? (?:up)?on|built (?:up)?on|based on|adapts?|generali[sz]es?"
             r"|improves?(?: upon)?|variant of|inspired by|fine-tuned from)\s+" + _MODIFIERS, 0.6),
    _pattern("consists-of", Predicate.PART_OF, _ARTEFACT, _ARTEFACT,
             r"(?:\s*\([^()]{1,40}\))?,?(?: which| that)?\s+(?:consists? of|comprises?|is composed of|includes?"
             r"|contains?|incorporates?|integrates?|combines?|features?|is equipped with|unif(?:y|ies))\s+"
             + _MODIFIERS, 0.6),
    _pattern("used-for", Predicate.USED_FOR, _ARTEFACT, _TASK,
             r"(?:\s*\([^()]{1,40}\))?[\w\s,-]{0,30}?\b(?:for|to (?:solve|address|perform|tackle|improve)|in|solves?"
             r"|addresses|enables?|improves?)\s+" + _MODIFIERS, 0.6),
    _pattern("trained-on", Predicate.TRAINED_ON, _MODEL, _DATASET,
             rf"[\w\s,()-]{{0,40}}?\b(?:pre-?|fine-?)?(?:trained|tuned) (?:on|with|using)\s+{_MODIFIERS}", 0.75),
    _pattern("evaluated-on", Predicate.EVALUATED_ON, _ARTEFACT, _DATASET,
             rf"[^.;]{{0,90}}?\b(?:on|across)\s+{_MODIFIERS}", 0.6),
)  # fmt: skip
_RIGHT_TO_LEFT = frozenset({"such-as", "consists-of"})
_ON_DATA = re.compile(
    r"\b(?:experiments?|evaluat\w+|results?|outperforms?|achiev\w+|improv\w+|tested"
    r"|performance)\b[^.;]{0,90}?\b(?:on|across)\b",
    re.IGNORECASE,
)
_EXTENDS_SELF = re.compile(
    r"\b(?:extend(?:s|ing)?|build(?:s|ing)? (?:up)?on|built (?:up)?on|based (?:up)?on"
    r"|adapt(?:s|ing)?|fine-?tun(?:e|es|ed|ing)|generali[sz](?:e|es|ing))\s+(?:[\w-]+ ){0,3}\Z",
    re.IGNORECASE,
)
_OUTPERFORMS = re.compile(
    r"\b(?:outperform(?:s|ed|ing)?|surpass(?:es|ed|ing)?|exceed(?:s|ed|ing)?|beat(?:s|ing)?|better than|faster than"
    r"|superior to|improv(?:es?|ing|ements?) (?:up)?on|improvements? over|over)\s+(?:[\w-]+ ){0,4}\Z",
    re.IGNORECASE,
)
_COMPARED = re.compile(
    r"\b(?:compared (?:to|with)|comparison (?:to|with)|comparable (?:to|with)|on par with"
    r"|versus|vs\.?|unlike)\s+(?:[\w-]+ ){0,4}\Z",
    re.IGNORECASE,
)
_FOR_TASK = re.compile(r"\b(?:for|in|to|on|of|towards?|improv\w+|enhanc\w+|solv\w+|address\w*)\b", re.IGNORECASE)
_Key = tuple[str, Predicate, str]


def find_relations(concepts: dict[str, Concept], assertions: list[Assertion], index: SentenceIndex) -> list[Relation]:
    """Return the relations of one paper, sorted; typed as the ontology allows, each with its sentence."""
    evidence: dict[_Key, list[Evidence]] = defaultdict(list)
    main = main_concept(assertions, concepts)
    for sentence, places in places_by_sentence(assertions, index).items():
        text = index.flat(sentence.field)
        for (left, a), (right, b) in pairwise(places):
            _between(text, sentence, left, concepts[a], right, concepts[b], index, evidence)
        for left_position, (left, a) in enumerate(places):
            for right, b in places[left_position + 2 : left_position + 4]:
                _between(text, sentence, left, concepts[a], right, concepts[b], index, evidence)
        if main is not None:
            _about_main(text, sentence, places, concepts[main], concepts, index, evidence)
    return [_relation(key, found) for key, found in sorted(evidence.items())]


def _relation(key: _Key, evidence: list[Evidence]) -> Relation:
    ordered = sorted(set(evidence), key=evidence_order)
    return Relation(*key, max(item.confidence for item in ordered), tuple(ordered))


def _between(
    text: str, sentence: Sentence, left: Mention, a: Concept, right: Mention, b: Concept, index: SentenceIndex,
    evidence: dict[_Key, list[Evidence]],
) -> None:  # fmt: skip
    if a.id == b.id or right.start - left.end > 110:
        return
    gap = text[left.end : right.start]
    for pattern in _BETWEEN:
        if a.type not in pattern.subjects or b.type not in pattern.objects or pattern.words.fullmatch(gap) is None:
            continue
        subject, target = (b, a) if pattern.id in _RIGHT_TO_LEFT else (a, b)
        cue = (left.end + len(gap) - len(gap.lstrip(" ,")), left.end + len(gap.rstrip()))
        evidence[_key(subject.id, pattern.predicate, target.id)].append(
            _evidence(sentence, (left, right), cue, f"relation:{pattern.id}", pattern.confidence, index)
        )
        return


def _key(subject: str, predicate: Predicate, target: str) -> _Key:
    """The key of a relation; a symmetric one is stored once, the smaller id first."""
    if predicate is Predicate.COMPARED_WITH and subject > target:
        subject, target = target, subject
    return subject, predicate, target


def _about_main(
    text: str,
    sentence: Sentence,
    places: list[tuple[Mention, str]],
    main: Concept,
    concepts: dict[str, Concept],
    index: SentenceIndex,
    evidence: dict[_Key, list[Evidence]],
) -> None:
    """Sentences whose subject is the proposed artefact, named or not: "Experiments on GSM8K show ..."."""
    named = any(concept_id == main.id for _, concept_id in places)
    # An abstract opens with background: its first sentence names tasks that nothing is claimed of yet.
    background = sentence.field != "title" and index.is_first(sentence)
    for mention, concept_id in places:
        concept = concepts[concept_id]
        if concept.id == main.id or (background and not named):
            continue
        for rule in _MAIN_RULES[concept.type]:
            cue = rule.cue.search(text, max(sentence.start, mention.start - rule.reach), mention.start)
            if cue is not None:
                evidence[_key(main.id, rule.predicate, concept.id)].append(
                    _evidence(sentence, (mention,), cue.span(), f"relation:{rule.id}", rule.confidence, index)
                )
                break


@dataclass(frozen=True, slots=True)
class _MainRule:
    """What the proposed artefact has to do with a concept that follows a cue in the sentence."""

    id: str
    predicate: Predicate
    cue: re.Pattern[str]
    reach: int
    confidence: float


_ARTEFACT_RULES = (
    _MainRule("proposed-outperforms", Predicate.OUTPERFORMS, _OUTPERFORMS, 80, 0.65),
    _MainRule("proposed-compared", Predicate.COMPARED_WITH, _COMPARED, 60, 0.5),
    _MainRule("proposed-extends", Predicate.EXTENDS, _EXTENDS_SELF, 160, 0.55),
)
_MAIN_RULES: dict[ConceptType, tuple[_MainRule, ...]] = {
    ConceptType.DATASET: (_MainRule("proposed-evaluated", Predicate.EVALUATED_ON, _ON_DATA, 200, 0.6),),
    ConceptType.METHOD: _ARTEFACT_RULES,
    ConceptType.MODEL: _ARTEFACT_RULES,
    ConceptType.TASK: (_MainRule("proposed-task", Predicate.USED_FOR, _FOR_TASK, 90, 0.5),),
    ConceptType.METRIC: (),
}


def _evidence(
    sentence: Sentence, mentions: tuple[Mention, ...], cue: tuple[int, int], rule: str, confidence: float,
    index: SentenceIndex,
) -> Evidence:  # fmt: skip
    spans = tuple((mention.start, mention.end) for mention in mentions)
    start, end = min(cue), max(cue)
    status, _ = claim_status(index.flat(sentence.field), sentence, cue, mentions[-1].start, mentions[-1].end)
    return Evidence(
        index.paper.id, sentence.field, sentence.start, max(sentence.end, *(end for _, end in spans)), spans,
        index.paper.text(sentence.field)[start:end], start, end, rule, RULES_VERSION, confidence, status,
    )  # fmt: skip
