"""A small trained classifier of relations: it weighs which pairs of a paper's concepts are related, and how.

A logistic regression and boosted trees read the same features; what counts is the mean of both.

The rules say which words state a relation; the model weighs them with the roles and kinds of both concepts, their names
and what stands between them. It also finds relations that no single phrase states: what a paper introduces is used for
the task that it addresses.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from paperconcepts.linking.claim_status import claim_status
from paperconcepts.linking.linear_model import LinearModel, linear_model, softmax
from paperconcepts.linking.model_files import load_model
from paperconcepts.linking.pair_features import ConceptPairs, Meeting
from paperconcepts.linking.roles import SentenceIndex
from paperconcepts.linking.sentence_words import cue_groups, words_of
from paperconcepts.linking.tree_model import TreeModel, tree_model
from paperconcepts.model import Assertion, ConceptType, Evidence, Predicate, Relation, Status, allows

__all__ = ["PairFeatures", "RelationModel", "choose_relations", "load_relation_model"]

PairFeatures = tuple[str, str, Mapping[str, int]]
_TREES = 0.65  # what the trees count for
_FAR = 350_000  # a relation whose odds are below exp(-3.5), in hundred-thousandths, is not seen

_CONTRASTS = frozenset({Predicate.OUTPERFORMS, Predicate.COMPARED_WITH})
_MEETINGS = 3  # sentences kept as evidence of a relation that no rule has read
# Groups of words that speak for a predicate: the first such word between two mentions is the cue.
_CUES: dict[Predicate, tuple[str, ...]] = {
    Predicate.IS_A: ("suchas", "is", "introduce"),
    Predicate.PART_OF: ("consist", "with", "using", "of"),
    Predicate.EXTENDS: ("extend", "using", "train", "with"),
    Predicate.USED_FOR: ("solve", "for", "to", "using", "in", "on"),
    Predicate.EVALUATED_ON: ("eval", "on", "in", "using"),
    Predicate.TRAINED_ON: ("train", "on", "using", "with", "from"),
    Predicate.OUTPERFORMS: ("outperf", "compar"),
    Predicate.COMPARED_WITH: ("compar", "outperf"),
}


@dataclass(frozen=True, slots=True, eq=False)
class RelationModel:
    """What gives each relation of a pair its probability: two readers of the same features, and their mean."""

    linear: LinearModel
    trees: TreeModel

    @property
    def version(self) -> str:
        """Names the model in evidence."""
        return self.linear.version

    @property
    def settings(self) -> Mapping[str, float]:
        """The thresholds that were chosen with it."""
        return self.linear.settings

    @property
    def classes(self) -> tuple[str, ...]:
        """The predicates in the order of their probabilities; the last stands for none."""
        return self.linear.classes

    def read(self, rows: Sequence[PairFeatures]) -> Iterator[tuple[str, str, Sequence[float]]]:
        """Subject, object and a probability for each class, in their order, of the pairs that may be related at all.

        Of most pairs a text says nothing: they are left out once the regression sees nothing in either direction.
        """
        totals = self.linear.totals_of([features for _, _, features in rows])
        hopeful = {
            frozenset(row[:2]) for row, found in zip(rows, totals, strict=True) if max(found[:-1]) >= found[-1] - _FAR
        }
        kept = [n for n, row in enumerate(rows) if frozenset(row[:2]) in hopeful]
        trees = self.trees.probabilities_of([rows[n][2] for n in kept])
        for n, others in zip(kept, trees, strict=True):
            ones = softmax(totals[n])
            yield *rows[n][:2], [(1.0 - _TREES) * a + _TREES * b for a, b in zip(ones, others, strict=True)]


@cache
def load_relation_model() -> RelationModel:
    """Return the relation model that ships with paperconcepts; read once a process.

    Raises:
        ModelError: a file of it is missing, damaged or made for other predicates.
    """
    classes = (*map(str, Predicate), "")
    return RelationModel(
        load_model("relation_model", classes, linear_model), load_model("relation_trees", classes, tree_model)
    )


def choose_relations(
    pairs: ConceptPairs, stated: Iterable[Relation], assertions: Iterable[Assertion], index: SentenceIndex
) -> list[Relation]:
    """At most one relation for each pair of concepts: the likeliest, if the pair is related likely enough at all.

    A relation that a plain phrase states is kept where the model draws none.

    Its evidence is that of the rules that agree; else the sentences in which the two meet; else the sentences that say
    what the paper does with each of them.
    """
    model = load_relation_model()
    rules = {(item.subject, item.predicate, item.object): item for item in stated}
    by_concept = {item.concept_id: item for item in assertions}
    found = []
    for (subject, predicate, target), confidence in _likeliest(pairs, model).items():
        rule = rules.get((subject, predicate, target))
        evidence = rule.evidence if rule else _of_meetings(pairs, subject, target, predicate, index, model.version)
        evidence = evidence or _of_roles(by_concept[subject], by_concept[target], model.version)
        best = max(item.confidence for item in evidence)
        scaled = tuple(replace(item, confidence=round(confidence * item.confidence / best, 3)) for item in evidence)
        found.append(Relation(subject, predicate, target, confidence, scaled))
    chosen = {frozenset((item.subject, item.object)) for item in found}
    plain = (item for item in rules.values() if _PLAIN.issuperset(e.rule for e in item.evidence))
    found += [item for item in plain if frozenset((item.subject, item.object)) not in chosen]
    return sorted(found, key=lambda item: (item.subject, item.predicate, item.object))


# Phrases that leave no doubt: what they state stands, though the model would not have drawn it.
_PLAIN = frozenset({"relation:such-as", "relation:proposed-outperforms", "relation:trained-on"})
_Key = tuple[str, Predicate, str]


def _likeliest(pairs: ConceptPairs, model: RelationModel) -> dict[_Key, float]:
    """The likeliest relation of each pair whose probabilities add up to the model's setting ``least``.

    One that is less likely than ``least_share`` itself is a guess among many, and none.
    """
    sums: dict[tuple[str, str], float] = defaultdict(float)
    readings: dict[tuple[str, str], dict[_Key, float]] = defaultdict(dict)
    rows = list(pairs.features())
    for subject, target, found in model.read(rows):
        pair = (subject, target) if subject < target else (target, subject)
        for number, predicate in _allowed(model.classes, *pairs.kinds(subject, target)):
            share = found[number]
            key: _Key = (subject, predicate, target)
            if predicate is Predicate.COMPARED_WITH:
                # Both orders of a symmetric relation are one claim, weighed twice.
                key, share = (pair[0], predicate, pair[1]), share / 2
            readings[pair][key] = readings[pair].get(key, 0.0) + share
            sums[pair] += share
    likeliest = {}
    for pair, keys in readings.items():
        if sums[pair] >= model.settings["least"]:
            best = max(keys, key=lambda key: (keys[key], key))
            if keys[best] >= model.settings["least_share"]:
                likeliest[best] = round(keys[best], 3)
    return likeliest


@lru_cache(maxsize=64)
def _allowed(classes: tuple[str, ...], subject: ConceptType, target: ConceptType) -> tuple[tuple[int, Predicate], ...]:
    """The predicates that the ontology allows between two kinds, with their places among the classes."""
    named = [(number, Predicate(name)) for number, name in enumerate(classes) if name]
    return tuple((number, predicate) for number, predicate in named if allows(predicate, subject, target))


def _of_meetings(
    pairs: ConceptPairs, subject: str, target: str, predicate: Predicate, index: SentenceIndex, version: str
) -> tuple[Evidence, ...]:
    meetings = [*pairs.meetings.get((subject, target), ()), *pairs.meetings.get((target, subject), ())]
    meetings.sort(key=lambda m: (m.sentence.field != "title", m.sentence.start, m.first.start))
    found = [_of_meeting(meeting, predicate, index, version) for meeting in meetings]
    # Sentences with a cue first: of many sentences those are kept that say most.
    kept = sorted(found, key=lambda e: not e.cue)[:_MEETINGS]
    return tuple(sorted(kept, key=lambda e: (e.field != "title", e.start, e.spans)))


def _of_meeting(meeting: Meeting, predicate: Predicate, index: SentenceIndex, version: str) -> Evidence:
    sentence, first, second = meeting.sentence, meeting.first, meeting.second
    start, end = _cue(meeting, predicate, index)
    text = index.paper.text(sentence.field)
    said = (start, end) if start >= 0 else None
    flat = index.flat(sentence.field)
    status, _ = claim_status(flat, sentence, said, second.start, second.end)
    if status is Status.ASSERTED and predicate not in _CONTRASTS:
        # "Unlike X, Y ...": what is said of the second is denied of the first.
        status, _ = claim_status(flat, sentence, None, first.start, first.end)
    return Evidence(
        index.paper.id, sentence.field, sentence.start, max(sentence.end, second.end),
        ((first.start, first.end), (second.start, second.end)),
        text[start:end] if start >= 0 else "", start, end, "model:relation", version,
        1.0 if start >= 0 else 0.9, status,
    )  # fmt: skip


def _cue(meeting: Meeting, predicate: Predicate, index: SentenceIndex) -> tuple[int, int]:
    words = words_of(index.flat(meeting.sentence.field), meeting.sentence)
    places = [
        (start, end, cue_groups(word))
        for word, start, end in zip(words.words, words.starts, words.ends, strict=True)
        if meeting.first.end <= start and end <= meeting.second.start
    ]
    for group in _CUES[predicate]:
        for start, end, groups in places:
            if group in groups:
                return start, end
    return -1, -1


def _of_roles(subject: Assertion, target: Assertion, version: str) -> tuple[Evidence, ...]:
    """The sentences that say what the paper does with each of two concepts that never meet in one."""
    best = [max(item.evidence, key=lambda e: (e.confidence, -e.start)) for item in (subject, target)]
    # What rests on two sentences holds only if both are said as facts.
    doubts = [item.status for item in best if item.status is not Status.ASSERTED]
    status = doubts[0] if doubts else Status.ASSERTED
    found = [replace(item, rule="model:relation", version=version, confidence=1.0, status=status) for item in best]
    return tuple(sorted(set(found), key=lambda e: (e.field != "title", e.start, e.spans)))
