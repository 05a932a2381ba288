"""Decide what a paper does with a concept, and keep the sentence and the cue that said so."""

import re
from bisect import bisect_right

from paperconcepts.linking.cues import AFTER_CUES, BEFORE_CUES, STUDY_TITLE
from paperconcepts.model import Assertion, ConceptType, Evidence, Mention, Paper, Role, Sentence

__all__ = ["RULES_VERSION", "SentenceIndex", "assert_role", "introduces_by_name"]

RULES_VERSION = "1"
_INTRODUCING_SOURCES = {"name:called": 0.85, "name:title": 0.85, "name:proposed": 0.85}
_PROPOSE = re.compile(
    r"\b(?:we|this (?:paper|work|article|study)|paper|here,?(?: we)?"
    r"|work)\b[^.;]{0,40}?\b(?:propos\w+|introduc\w+|present(?:s|ed)?|develop(?:s|ed)?"
    r"|design(?:s|ed)?"
    r"|releas\w+|construct(?:s|ed)?|creat(?:e|es|ed)|buil[dt]s?|curat\w+|contribut\w+"
    r"|devis\w+)\b[^.;:,]{0,12}?\b(?:an?|the first|our|two|three|new|novel)\b",
    re.IGNORECASE,
)
_BLOCK = re.compile(
    r"\b(?:based|using|for|on|of|to|by|with|from|in|over|against|than|via|through|under|that|which|where)\b"
)
_OWN = frozenset({ConceptType.METHOD, ConceptType.MODEL, ConceptType.DATASET, ConceptType.METRIC})
_DEFAULTS = {
    ConceptType.TASK: (Role.ADDRESSES, "default:task", 0.6),
    ConceptType.METRIC: (Role.MEASURES, "default:metric", 0.65),
    ConceptType.DATASET: (Role.EVALUATES_ON, "default:dataset", 0.6),
}


class SentenceIndex:
    """The sentences of a paper, found by place."""

    def __init__(self, paper: Paper, sentences: tuple[Sentence, ...]) -> None:
        self.paper = paper
        self._by_field: dict[str, list[Sentence]] = {"title": [], "abstract": []}
        for sentence in sentences:
            self._by_field[sentence.field].append(sentence)
        self._starts = {field: [s.start for s in found] for field, found in self._by_field.items()}
        self._title_studies = bool(STUDY_TITLE.search(paper.title))

    @property
    def title_studies(self) -> bool:
        """Whether the title announces a survey or an analysis."""
        return self._title_studies

    def sentence_of(self, mention: Mention) -> tuple[Sentence, int]:
        """The sentence that holds a mention, and its number in its field."""
        found = self._by_field[mention.field]
        number = max(0, bisect_right(self._starts[mention.field], mention.start) - 1)
        if not found:
            return Sentence(mention.field, mention.start, mention.end), 0
        return found[number], number

    def count(self, field: str) -> int:
        """How many sentences a field has."""
        return len(self._by_field[field])


def introduces_by_name(mentions: list[Mention]) -> bool:
    """Whether one of the mentions was found as a name that the paper gives."""
    return any(mention.source.rstrip("?") in _INTRODUCING_SOURCES for mention in mentions)


def assert_role(
    concept_id: str, label: ConceptType, mentions: list[Mention], index: SentenceIndex, *, catalogued: bool
) -> Assertion:
    """Return the paper's assertion about a concept: the strongest role that its mentions support, all evidence kept."""
    evidence: dict[Role, list[Evidence]] = {}
    for mention in mentions:
        role, item = _judge(mention, label, mentions, index, catalogued=catalogued)
        evidence.setdefault(role, []).append(item)
    role = _strongest(evidence, label)
    found = sorted(evidence[role], key=lambda e: (e.field != "title", e.start, e.spans))
    confidence = max(item.confidence for item in found)
    return Assertion(index.paper.id, role, concept_id, confidence, tuple(found), tuple(mentions))


def _strongest(evidence: dict[Role, list[Evidence]], label: ConceptType) -> Role:
    return min(evidence, key=lambda role: role.rank)


def _judge(
    mention: Mention, label: ConceptType, mentions: list[Mention], index: SentenceIndex, *, catalogued: bool
) -> tuple[Role, Evidence]:
    sentence, number = index.sentence_of(mention)
    text = index.paper.text(mention.field)
    coined = _is_coined(mentions)
    judgement = _introduction(mention, label, text, sentence, catalogued=catalogued, is_coined=coined)
    judgement = judgement or _cued(mention, label, text, sentence)
    role, rule, confidence, cue = judgement or _default(mention, label, index, number)
    spans = tuple(
        sorted(
            (m.start, m.end) for m in mentions if m.field == mention.field and sentence.start <= m.start < sentence.end
        )
    )
    return role, Evidence(
        index.paper.id, mention.field, sentence.start, sentence.end, spans, text[cue[0] : cue[1]] if cue else "",
        cue[0] if cue else -1, cue[1] if cue else -1, rule, RULES_VERSION,
        round(confidence * (0.5 + 0.5 * mention.confidence), 3),
    )  # fmt: skip


_Judgement = tuple[Role, str, float, tuple[int, int] | None]


def _introduction(
    mention: Mention, label: ConceptType, text: str, sentence: Sentence, *, catalogued: bool, is_coined: bool
) -> _Judgement | None:
    if label not in _OWN:
        return None
    source = mention.source.rstrip("?")
    if source in _INTRODUCING_SOURCES and not (catalogued and source == "name:proposed"):
        return Role.INTRODUCES, source, _INTRODUCING_SOURCES[source], (mention.start, mention.end)
    if catalogued:
        return None
    if is_coined:
        return Role.INTRODUCES, "name:coined", 0.7, (mention.start, mention.end)
    for cue in _PROPOSE.finditer(text, sentence.start, min(sentence.end, mention.start)):
        between = text[cue.end() : mention.start]
        if len(between) <= 60 and not _BLOCK.search(between) and "," not in between:
            return Role.INTRODUCES, "cue:propose-noun-phrase", 0.7, cue.span()
    apposition = AFTER_CUES[0]
    match = apposition.pattern.match(text, mention.end)
    if match is not None and not mention.source.startswith("term"):
        return Role.INTRODUCES, f"cue:{apposition.id}", apposition.confidence, match.span()
    return None


def _is_coined(mentions: list[Mention]) -> bool:
    """A name that no catalogue knows and that recurs, or is spelt out, is most often the paper's own.

    Of such names in the training gold about four in five are introduced by the paper.
    """
    named = sum(mention.source.startswith(("definition", "name:")) for mention in mentions)
    return len(mentions) >= 2 and named >= 2


def _cued(mention: Mention, label: ConceptType, text: str, sentence: Sentence) -> _Judgement | None:
    for cue in AFTER_CUES[1:]:
        match = cue.pattern.match(text, mention.end, sentence.end)
        if match is not None and label in (ConceptType.METHOD, ConceptType.MODEL):
            return cue.role, f"cue:{cue.id}", cue.confidence, match.span()
    best: _Judgement | None = None
    nearest = -1
    for cue in BEFORE_CUES:
        if not _fits(cue.role, label):
            continue
        low = max(sentence.start, mention.start - cue.reach)
        for match in cue.pattern.finditer(text, low, mention.start):
            if match.end() > nearest:
                nearest, best = match.end(), (cue.role, f"cue:{cue.id}", cue.confidence, match.span())
    return best


def _fits(role: Role, label: ConceptType) -> bool:
    if label is ConceptType.DATASET:
        return role is Role.EVALUATES_ON
    if label in (ConceptType.TASK, ConceptType.METRIC):
        return False
    return role is not Role.EVALUATES_ON


def _default(mention: Mention, label: ConceptType, index: SentenceIndex, number: int) -> _Judgement:
    if label in _DEFAULTS:
        role, rule, confidence = _DEFAULTS[label]
        return role, rule, confidence, None
    if mention.field == "title":
        return (Role.STUDIES if index.title_studies else Role.USES), "default:title", 0.55, None
    if number * 4 < index.count("abstract"):
        return Role.MENTIONS, "default:background", 0.5, None
    return Role.USES, "default:body", 0.45, None
