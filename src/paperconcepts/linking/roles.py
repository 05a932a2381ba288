"""Decide what a paper does with a concept, and keep the sentence and the cue that said so."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import replace

from paperconcepts.linking.assertions import DEFAULT_ROLES
from paperconcepts.linking.claim_status import claim_status
from paperconcepts.linking.contexts import context_features
from paperconcepts.linking.cues import AFTER_CUES, BEFORE_CUES, STUDY_TITLE
from paperconcepts.linking.introductions import introduction, is_coined
from paperconcepts.linking.releases import families_of_releases
from paperconcepts.linking.role_model import RoleModel, load_role_model, role_features
from paperconcepts.linking.role_words import word_features
from paperconcepts.model import Assertion, Concept, ConceptType, Evidence, Mention, Paper, Role, Sentence, Status
from paperconcepts.vocabulary import flat_spaces

__all__ = ["RULES_VERSION", "SentenceIndex", "collect_evidence", "features_of", "weigh_roles"]

RULES_VERSION = "1"
_DEFAULT_CONFIDENCE = {ConceptType.TASK: 0.6, ConceptType.METRIC: 0.65, ConceptType.DATASET: 0.6}


class SentenceIndex:
    """The sentences of a paper, found by place."""

    def __init__(self, paper: Paper, sentences: tuple[Sentence, ...]) -> None:
        self.paper = paper
        self._by_field: dict[str, list[Sentence]] = {"title": [], "abstract": []}
        for sentence in sentences:
            self._by_field[sentence.field].append(sentence)
        self._starts = {field: [s.start for s in found] for field, found in self._by_field.items()}
        self._flat = {"title": flat_spaces(paper.title), "abstract": flat_spaces(paper.abstract)}
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

    def flat(self, field: str) -> str:
        """The text of a field with its line ends as spaces, of the same length: what the rules read."""
        return self._flat[field]

    def is_first(self, sentence: Sentence) -> bool:
        """Whether a sentence opens its field."""
        found = self._by_field[sentence.field]
        return bool(found) and found[0] == sentence

    def count(self, field: str) -> int:
        """How many sentences a field has."""
        return len(self._by_field[field])


def weigh_roles(
    concepts: Mapping[str, Concept],
    mentions: Mapping[str, list[Mention]],
    index: SentenceIndex,
    *,
    model: RoleModel | None = None,
) -> dict[str, tuple[Assertion, tuple[float, ...]]]:
    """The assertion about each concept of a paper, with all evidence, and the share of each role (none without tagger).

    Where a tagger has run, the role model weighs its view against the rules, and a release has the role of its family
    if that is introduced; else the strongest role that a cue says counts, and without a cue the strongest that is
    assumed. ``model`` takes the place of the role model that ships.
    """
    evidence = {key: collect_evidence(concepts[key], found, index) for key, found in mentions.items()}
    rows = {
        key: features_of(concepts[key], found, index, evidence[key])
        for key, found in mentions.items()
        if any(mention.role_scores for mention in found)
    }
    weighed: dict[str, tuple[Assertion, tuple[float, ...]]] = {}
    if rows:
        model = model or load_role_model()
        read = dict(zip(rows, model.read(list(rows.values())), strict=True))
        for key, family in families_of_releases(concepts, {key: role for key, (role, _) in read.items()}).items():
            read[key] = read[family]
        for key, (role, shares) in read.items():
            found = _weighed(role, concepts[key], mentions[key], index, evidence[key], model.version, shares)
            weighed[key] = found, shares
    return {
        key: weighed[key] if key in weighed else (_read_by_rules(concepts[key], found, index, evidence[key]), ())
        for key, found in mentions.items()
    }


def _read_by_rules(
    concept: Concept, mentions: list[Mention], index: SentenceIndex, evidence: dict[Role, list[Evidence]]
) -> Assertion:
    # What a cue says counts for more than what is assumed without one.
    said = [role for role, items in evidence.items() if any(not e.rule.startswith("default:") for e in items)]
    role = min(said or evidence, key=lambda found: found.rank)
    kept = evidence[role]
    confidence = max(item.confidence for item in kept)
    return Assertion(index.paper.id, role, concept.id, confidence, tuple(kept), tuple(mentions))


def collect_evidence(concept: Concept, mentions: list[Mention], index: SentenceIndex) -> dict[Role, list[Evidence]]:
    """What the rules say of a concept, by role, in order of place; one piece for each sentence, rule and cue."""
    evidence: dict[Role, dict[tuple[str, int, str, int], Evidence]] = {}
    spans = _spans_by_sentence(mentions, index)
    coined = is_coined(mentions)
    for mention in mentions:
        role, item = _judge(mention, concept, spans, index, coined=coined)
        # A name that recurs in a sentence gives one piece of evidence there, not one for each time.
        found = evidence.setdefault(role, {})
        key = (item.field, item.start, item.rule, item.cue_start if role is not Role.INTRODUCES else -1)
        if key not in found or found[key].confidence < item.confidence:
            found[key] = item
    return {
        role: sorted(items.values(), key=lambda e: (e.field != "title", e.start, e.cue_start, e.rule))
        for role, items in evidence.items()
    }


def features_of(
    concept: Concept, mentions: list[Mention], index: SentenceIndex, evidence: dict[Role, list[Evidence]]
) -> dict[str, int]:
    """What the role model reads of a concept in a paper."""
    pairs = [(role, item) for role, items in evidence.items() for item in items]
    places = []
    for mention in mentions:
        sentence, number = index.sentence_of(mention)
        places.append((sentence, number, index.count(mention.field), index.flat(mention.field)))
    return role_features(
        concept,
        mentions,
        pairs,
        contexts=context_features(mentions, places),
        words=word_features(concept, mentions, places, index.flat("title")),
        title_studies=index.title_studies,
        length=len(index.paper.abstract),
    )


def _weighed(
    role: Role,
    concept: Concept,
    mentions: list[Mention],
    index: SentenceIndex,
    evidence: dict[Role, list[Evidence]],
    version: str,
    shares: tuple[float, ...],
) -> Assertion:
    share = shares[role.rank]
    if concept.catalogued and Role.INTRODUCES in evidence:
        # The rules ask much before they call a known name new. The model, made for new names, has seen too few of them.
        role, share = Role.INTRODUCES, max(item.confidence for item in evidence[Role.INTRODUCES])
    kept = evidence.get(role) or [_evidence_of_model(mentions, role.rank, index, version)]
    if role in _DENIABLE and not any(item.status is Status.ASSERTED for item in kept):
        # Each sentence denies or hedges it: whatever the model makes of the words, only what a rule has read is said.
        role = max(evidence, key=lambda found: (shares[found.rank], -found.rank))
        kept, share = evidence[role], max(item.confidence for item in evidence[role])
    confidence = round(share * max(mention.confidence for mention in mentions), 3)
    # The best piece bears the model's confidence; the others keep their share of it.
    best = max(item.confidence for item in kept)
    kept = [replace(item, confidence=round(confidence * item.confidence / best, 3)) for item in kept]
    return Assertion(index.paper.id, role, concept.id, confidence, tuple(kept), tuple(mentions))


def _evidence_of_model(mentions: list[Mention], number: int, index: SentenceIndex, version: str) -> Evidence:
    """The sentence that the tagger read this role from most clearly."""
    mention = max(mentions, key=lambda m: (m.role_scores[number] if m.role_scores else 0.0, -m.start))
    sentence, _ = index.sentence_of(mention)
    spans = _spans_by_sentence(mentions, index)[sentence]
    status, _ = claim_status(index.flat(mention.field), sentence, None, mention.start, mention.end)
    return Evidence(
        index.paper.id, mention.field, sentence.start, max(sentence.end, spans[-1][1]), spans, "", -1, -1,
        "model:role", version, 1.0, status,
    )  # fmt: skip


_Spans = tuple[tuple[int, int], ...]


def _spans_by_sentence(mentions: list[Mention], index: SentenceIndex) -> dict[Sentence, _Spans]:
    found: dict[Sentence, list[tuple[int, int]]] = {}
    for mention in mentions:
        found.setdefault(index.sentence_of(mention)[0], []).append((mention.start, mention.end))
    return {sentence: tuple(sorted(spans)) for sentence, spans in found.items()}


def _judge(
    mention: Mention, concept: Concept, spans: dict[Sentence, _Spans], index: SentenceIndex, *, coined: bool
) -> tuple[Role, Evidence]:
    sentence, number = index.sentence_of(mention)
    text = index.flat(mention.field)
    found = introduction(mention, concept, text, sentence, coined=coined, title_studies=index.title_studies)
    judgement: _Judgement | None
    if found is not None:
        judgement = (Role.INTRODUCES, found.rule, found.confidence, found.cue)
    else:
        judgement = _cued(mention, concept.type, text, sentence)
    role, rule, confidence, cue = judgement or _default(mention, concept.type, index, number)
    status = Status.ASSERTED
    if role in _DENIABLE:
        status, _ = claim_status(text, sentence, cue, mention.start, mention.end)
        # What a paper does not do, or only may do, it mentions.
        role = role if status is Status.ASSERTED else Role.MENTIONS
    return role, Evidence(
        index.paper.id, mention.field, sentence.start, max(sentence.end, spans[sentence][-1][1]), spans[sentence],
        index.paper.text(mention.field)[cue[0] : cue[1]] if cue else "",
        cue[0] if cue else -1, cue[1] if cue else -1, rule, RULES_VERSION,
        round(confidence * (0.5 + 0.5 * mention.confidence), 3), status,
    )  # fmt: skip


# A comparison that goes against the paper is a comparison, and a study of what does not work is a study.
_DENIABLE = frozenset({Role.INTRODUCES, Role.EVALUATES_ON, Role.USES, Role.ADDRESSES})
_Judgement = tuple[Role, str, float, tuple[int, int] | None]


def _cued(mention: Mention, label: ConceptType, text: str, sentence: Sentence) -> _Judgement | None:
    for cue in AFTER_CUES:
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
    if label in DEFAULT_ROLES:
        return DEFAULT_ROLES[label], f"default:{label.lower()}", _DEFAULT_CONFIDENCE[label], None
    if mention.field == "title":
        return (Role.STUDIES if index.title_studies else Role.USES), "default:title", 0.55, None
    if number * 4 < index.count("abstract"):
        return Role.MENTIONS, "default:background", 0.5, None
    if index.title_studies:
        return Role.STUDIES, "default:survey", 0.5, None
    return Role.USES, "default:body", 0.45, None
