"""Tell whether a paper introduces a concept: "X: ...", "we propose X", "a model called X", "X, a new benchmark".

A concept that the catalogue knows is most often somebody else's, so only a proper name in an unmistakable place
counts
for it; a name that no catalogue knows is most often the paper's own.
"""

import re
from dataclasses import dataclass

from paperconcepts.linking.cues import APPOSITION
from paperconcepts.model import Concept, ConceptType, Mention, Sentence

__all__ = ["PROPOSAL", "Introduction", "introduces_by_name", "introduction", "is_coined"]

_BY_NAME = {"name:called": 0.85, "name:title": 0.85, "name:proposed": 0.85}
_VERBS = (
    r"(?:propos\w+|introduc\w+|present(?:s|ed)?|develop(?:s|ed)?|design(?:s|ed)?|releas\w+|construct(?:s|ed)?"
    r"|creat(?:e|es|ed)|buil[dt]s?|curat\w+|contribut\w+|devis\w+|describ(?:e|es)|unveil\w*"
    r"|open-sourc\w+|collect(?:s|ed)?|compil(?:e|es|ed)|formulat(?:e|es|ed)|implement(?:s|ed)?|assembl(?:e|es|ed)"
    r"|craft(?:s|ed)?|put(?:s)? forward|defin(?:e|es|ed))"
)
_SUBJECT = r"\b(?:we|this (?:paper|work|article|study|report)|paper|here,?(?: we)?|work|authors)\b[^.;]{0,40}?\b"
# "We propose", "this paper introduces": a sentence that promises a contribution, whatever it calls it.
PROPOSAL = re.compile(_SUBJECT + _VERBS + r"\b", re.IGNORECASE)
_PROPOSE_PHRASE = re.compile(
    _SUBJECT + _VERBS + r"\b[^.;:,]{0,12}?\b(?:an?|the first|our|two|three|new|novel)\b", re.IGNORECASE
)
_PROPOSE_NAME = re.compile(_SUBJECT + _VERBS + r"\s+(?:the\s+|our\s+)?[\"“(]?\Z", re.IGNORECASE)
_PROPOSE_THEN_NAME = re.compile(
    _SUBJECT + _VERBS + r"\s+(?:an?|our|the|new)\b[^.;:,]{0,90}(?:,|:| -| –|\s\()\s*(?:the\s+)?[\"“]?\Z", re.IGNORECASE
)
_CALLED = re.compile(r"\b(?:called|named|termed|dubbed|coined|namely)[,:]?\s+(?:the\s+)?[\"“]?\Z", re.IGNORECASE)
_BLOCK = re.compile(
    r"\b(?:based|using|for|on|of|to|by|with|from|in|over|against|than|via|through|under|that|which|where)\b"
)
_USED = re.compile(
    r"\b(?:us(?:e|es|ed|ing)|appl(?:y|ies|ied|ying)|employ\w*|adopt\w*|leverag\w+|via|through"
    r"|such as|like)\b[^.;]*\Z",
    re.IGNORECASE,
)
_TITLE_TAIL = re.compile(
    r"[\"”]?(?:\s*\([^()]{1,20}\))?(?:\s+v?\d[\w.]*)?\s*(?::|\Z|technical report\b)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Introduction:
    """The rule that saw it, its confidence, and the cue as a span of the mention's field."""

    rule: str
    confidence: float
    cue: tuple[int, int]


def introduces_by_name(mentions: list[Mention]) -> bool:
    """Whether one of the mentions was found as a name that the paper gives."""
    return any(mention.source.rstrip("?") in _BY_NAME for mention in mentions)


def is_coined(mentions: list[Mention]) -> bool:
    """Whether a name recurs or is spelt out. Of such names unknown to the catalogue, papers introduce four in five."""
    named = sum(mention.source.startswith(("definition", "name:")) for mention in mentions)
    return len(mentions) >= 2 and named >= 2


def introduction(
    mention: Mention, concept: Concept, text: str, sentence: Sentence, *, coined: bool, title_studies: bool
) -> Introduction | None:
    """Return why this mention says that the paper introduces the concept, or None. Tasks are never introduced."""
    if concept.type is ConceptType.TASK:
        return None
    if concept.catalogued:
        return _of_known_name(mention, concept, text, sentence, title_studies=title_studies)
    source = mention.source.rstrip("?")
    if source in _BY_NAME:
        return Introduction(source, _BY_NAME[source], (mention.start, mention.end))
    if coined and not (source == "definition" and _USED.search(text, max(0, mention.start - 60), mention.start)):
        return Introduction("name:coined", 0.7, (mention.start, mention.end))
    for cue in _PROPOSE_PHRASE.finditer(text, sentence.start, min(sentence.end, mention.start)):
        between = text[cue.end() : mention.start]
        if len(between) <= 60 and not _BLOCK.search(between) and "," not in between:
            return Introduction("cue:propose-noun-phrase", 0.7, cue.span())
    match = APPOSITION.pattern.match(text, mention.end, sentence.end)
    if match is not None and not mention.source.startswith("term"):
        return Introduction(f"cue:{APPOSITION.id}", APPOSITION.confidence, match.span())
    return None


def _of_known_name(
    mention: Mention, concept: Concept, text: str, sentence: Sentence, *, title_studies: bool
) -> Introduction | None:
    if not any(c.isupper() for c in concept.label):
        return None
    if mention.field == "title":
        match = _TITLE_TAIL.match(text, mention.end)
        begins = not text[: mention.start].strip(' "“')
        if begins and match is not None and not title_studies:
            return Introduction("title:name", 0.8, (mention.start, mention.end))
        return None
    for identifier, pattern, confidence in _NAME_CUES:
        cue = pattern.search(text, max(sentence.start, mention.start - 200), mention.start)
        if cue is not None:
            return Introduction(identifier, confidence, cue.span())
    return None


_NAME_CUES = (
    ("cue:called", _CALLED, 0.85),
    ("cue:propose-name", _PROPOSE_NAME, 0.8),
    ("cue:propose-apposition", _PROPOSE_THEN_NAME, 0.7),
)
