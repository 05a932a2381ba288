"""Relations between concepts that one sentence states, by the words between their mentions."""

import re
from collections import defaultdict

from paperconcepts.linking.roles import RULES_VERSION, SentenceIndex
from paperconcepts.model import Assertion, Concept, ConceptType, Evidence, Mention, Predicate, Relation, Role, Sentence

__all__ = ["find_relations"]

_ARTEFACT = frozenset({ConceptType.METHOD, ConceptType.MODEL})
_MODIFIERS = r"(?:[\w-]+[ ]){0,4}"
_BETWEEN: tuple[tuple[str, Predicate, frozenset[ConceptType], frozenset[ConceptType], re.Pattern[str], float], ...] = tuple(
    (identifier, predicate, subjects, objects, re.compile(pattern, re.IGNORECASE), confidence)
    for identifier, predicate, subjects, objects, pattern, confidence in (
        ("is-a", Predicate.IS_A, _ARTEFACT, _ARTEFACT,
         rf"(?:\s*\([^()]{{1,40}}\))?,?\s+(?:is|are|as)?\s*(?:an?|one of the)\s+{_MODIFIERS}", 0.6),
        ("such-as", Predicate.IS_A, _ARTEFACT, _ARTEFACT, r",?\s+(?:such as|like|including)\s+", 0.6),
        ("outperforms", Predicate.OUTPERFORMS, _ARTEFACT, _ARTEFACT,
         rf"[\w\s,()-]{{0,40}}?\b(?:outperforms?|surpass(?:es)?|exceeds?|beats?|is superior to)\s+{_MODIFIERS}", 0.75),
        ("compared-with", Predicate.COMPARED_WITH, _ARTEFACT, _ARTEFACT,
         rf"[\w\s,-]{{0,30}}?\b(?:compared (?:to|with)|versus|vs\.?|comparable (?:to|with)|on par with)\s+{_MODIFIERS}", 0.65),
        ("extends", Predicate.EXTENDS, _ARTEFACT, _ARTEFACT,
         rf"[\w\s,()-]{{0,40}}?\b(?:extends?|builds? (?:up)?on|built (?:up)?on|based on|adapts?|generali[sz]es?|improves?(?: upon)?|variant of|inspired by|fine-tuned from)\s+{_MODIFIERS}", 0.6),
        ("used-for", Predicate.USED_FOR, _ARTEFACT, frozenset({ConceptType.TASK}),
         rf"(?:\s*\([^()]{{1,40}}\))?[\w\s,-]{{0,30}}?\b(?:for|to (?:solve|address|perform|tackle|improve)|in|solves?|addresses|enables?|improves?)\s+{_MODIFIERS}", 0.6),
        ("trained-on", Predicate.TRAINED_ON, frozenset({ConceptType.MODEL}), frozenset({ConceptType.DATASET}),
         rf"[\w\s,()-]{{0,40}}?\b(?:pre-?|fine-?)?(?:trained|tuned) (?:on|with|using)\s+{_MODIFIERS}", 0.75),
        ("evaluated-on", Predicate.EVALUATED_ON, _ARTEFACT, frozenset({ConceptType.DATASET}),
         rf"[^.;]{{0,90}}?\b(?:on|across)\s+{_MODIFIERS}", 0.6),
    )
)  # fmt: skip
_ON_DATA = re.compile(
    r"\b(?:experiments?|evaluat\w+|results?|outperforms?|achiev\w+|improv\w+|tested|performance)\b[^.;]{0,90}?\b(?:on|across)\b",
    re.IGNORECASE,
)
_EXTENDS_SELF = re.compile(
    r"\b(?:extend(?:s|ing)?|build(?:s|ing)? (?:up)?on|built (?:up)?on|based (?:up)?on|adapt(?:s|ing)?|fine-?tun(?:e|es|ed|ing)|generali[sz](?:e|es|ing))\s+(?:[\w-]+ ){0,3}$",
    re.IGNORECASE,
)
_Key = tuple[str, Predicate, str]


def find_relations(concepts: dict[str, Concept], assertions: list[Assertion], index: SentenceIndex) -> list[Relation]:
    """Return the relations of one paper, sorted; each typed as the ontology allows, with the sentence that states it."""
    evidence: dict[_Key, list[Evidence]] = defaultdict(list)
    main = _main_concept(assertions, concepts)
    for sentence, places in _by_sentence(assertions, index).items():
        text = index.paper.text(sentence.field)
        for (left, a), (right, b) in zip(places, places[1:], strict=False):
            _between(text, sentence, left, concepts[a], right, concepts[b], index, evidence)
        for left_position, (left, a) in enumerate(places):
            for right, b in places[left_position + 2 : left_position + 4]:
                _between(text, sentence, left, concepts[a], right, concepts[b], index, evidence)
        if main is not None:
            _about_main(text, sentence, places, main, concepts, index, evidence)
    return [
        Relation(subject, predicate, target, max(e.confidence for e in found), tuple(sorted(set(found), key=lambda e: (e.field != "title", e.start, e.rule, e.spans))))
        for (subject, predicate, target), found in sorted(evidence.items())
    ]  # fmt: skip


def _main_concept(assertions: list[Assertion], concepts: dict[str, Concept]) -> Concept | None:
    """What the paper is about when it says "our method": its introduced artefact with the most mentions."""
    introduced = [a for a in assertions if a.role is Role.INTRODUCES and concepts[a.concept_id].type in _ARTEFACT]
    if not introduced:
        return None
    best = min(
        introduced, key=lambda a: (not any(m.field == "title" for m in a.mentions), -len(a.mentions), a.concept_id)
    )
    return concepts[best.concept_id]


def _by_sentence(assertions: list[Assertion], index: SentenceIndex) -> dict[Sentence, list[tuple[Mention, str]]]:
    places: dict[Sentence, list[tuple[Mention, str]]] = defaultdict(list)
    for assertion in assertions:
        for mention in assertion.mentions:
            places[index.sentence_of(mention)[0]].append((mention, assertion.concept_id))
    for found in places.values():
        found.sort(key=lambda item: item[0].start)
    return places


def _between(
    text: str, sentence: Sentence, left: Mention, a: Concept, right: Mention, b: Concept, index: SentenceIndex,
    evidence: dict[_Key, list[Evidence]],
) -> None:  # fmt: skip
    if a.id == b.id or right.start - left.end > 110:
        return
    gap = text[left.end : right.start]
    for identifier, predicate, subjects, objects, pattern, confidence in _BETWEEN:
        if a.type not in subjects or b.type not in objects or pattern.fullmatch(gap) is None:
            continue
        subject, target = (b, a) if identifier == "such-as" else (a, b)
        if predicate is Predicate.COMPARED_WITH and subject.id > target.id:
            subject, target = target, subject
        cue = (left.end + len(gap) - len(gap.lstrip(" ,")), left.end + len(gap.rstrip()))
        evidence[subject.id, predicate, target.id].append(
            _evidence(text, sentence, (left, right), cue, f"relation:{identifier}", confidence, index)
        )
        return


def _about_main(
    text: str, sentence: Sentence, places: list[tuple[Mention, str]], main: Concept, concepts: dict[str, Concept],
    index: SentenceIndex, evidence: dict[_Key, list[Evidence]],
) -> None:  # fmt: skip
    """Sentences whose subject is the proposed artefact, named or not: "Experiments on GSM8K show ..."."""
    for mention, concept_id in places:
        concept = concepts[concept_id]
        if concept.id == main.id:
            continue
        before = text[sentence.start : mention.start]
        key: _Key | None = None
        if concept.type is ConceptType.DATASET:
            cue = _ON_DATA.search(before)
            if cue is not None:
                key = (main.id, Predicate.EVALUATED_ON, concept.id)
        elif concept.type in _ARTEFACT:
            cue = _EXTENDS_SELF.search(before)
            if cue is not None:
                key = (main.id, Predicate.EXTENDS, concept.id)
        elif concept.type is ConceptType.TASK and sentence.field == "title":
            cue = re.search(r"\b(?:for|in|to)\b", before)
            if cue is not None:
                key = (main.id, Predicate.USED_FOR, concept.id)
        if key is not None and cue is not None:
            span = (sentence.start + cue.start(), sentence.start + cue.end())
            evidence[key].append(
                _evidence(text, sentence, (mention,), span, f"relation:proposed-{key[1]}", 0.55, index)
            )


def _evidence(
    text: str, sentence: Sentence, mentions: tuple[Mention, ...], cue: tuple[int, int], rule: str, confidence: float,
    index: SentenceIndex,
) -> Evidence:  # fmt: skip
    spans = tuple((mention.start, mention.end) for mention in mentions)
    start, end = min(cue), max(cue)
    return Evidence(
        index.paper.id, sentence.field, sentence.start, sentence.end, spans, text[start:end], start, end, rule,
        RULES_VERSION, confidence,
    )  # fmt: skip
