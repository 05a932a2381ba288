"""Let relations and results follow the mentions that move from one concept of a paper to another."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from paperconcepts.model import (
    Concept,
    ConceptType,
    Evidence,
    Mention,
    Predicate,
    Relation,
    Result,
    Status,
    allows,
    evidence_order,
)

__all__ = ["Move", "Span", "family", "is_allowed", "moved_relations", "moved_results", "part_by_status", "place_of"]

Span = tuple[str, int, int]
_Key = tuple[str, Predicate, str]
_ARTEFACT = frozenset({ConceptType.METHOD, ConceptType.MODEL})


def family(label: ConceptType) -> str:
    """The group of types in which concepts may be one: methods and models, else the type alone.

    Examples:
        >>> family(ConceptType.MODEL) == family(ConceptType.METHOD), family(ConceptType.TASK)
        (True, 'Task')
    """
    return "artefact" if label in _ARTEFACT else str(label)


def is_allowed(subject: ConceptType | None, predicate: Predicate, target: ConceptType | None) -> bool:
    """Whether the types of two concepts allow a relation between them; None stands for a type that is not known.

    Examples:
        >>> is_allowed(ConceptType.MODEL, Predicate.EVALUATED_ON, ConceptType.DATASET)
        True
        >>> is_allowed(ConceptType.MODEL, Predicate.OUTPERFORMS, ConceptType.DATASET)
        False
    """
    if subject is None or target is None:
        return True
    return allows(predicate, subject, target)


def part_by_status(relations: Iterable[Relation]) -> tuple[tuple[Relation, ...], tuple[Relation, ...]]:
    """The relations that a sentence at least says as a fact, and those that are only hedged or denied."""
    found = tuple(relations)
    asserted = tuple(r for r in found if any(e.status is Status.ASSERTED for e in r.evidence))
    return asserted, tuple(r for r in found if r not in asserted)


def place_of(mention: Mention) -> Span:
    """Field, start and end of a mention."""
    return mention.field, mention.start, mention.end


@dataclass(frozen=True, slots=True)
class Move:
    """Mentions that leave a concept for another one, or for none.

    Attributes:
        source: the id of the concept that they leave.
        target: the concept that gets them, or None.
        own: the places of all mentions of the concept in the paper.
        moved: those that leave.
    """

    source: str
    target: Concept | None
    own: frozenset[Span]
    moved: frozenset[Span]

    @property
    def whole(self) -> bool:
        """Whether the concept loses all its mentions."""
        return self.own == self.moved

    def takes(self, evidence: Evidence) -> bool:
        """Whether all mentions of the concept that this evidence rests on leave."""
        own = {span for start, end in evidence.spans if (span := (evidence.field, start, end)) in self.own}
        return self.whole or (bool(own) and own <= self.moved)

    def rename(self, concept_id: str | None) -> str | None:
        """The id that stands for this one in what leaves."""
        return (self.target.id if self.target else None) if concept_id == self.source else concept_id


def moved_relations(relations: tuple[Relation, ...], move: Move, types: dict[str, ConceptType]) -> tuple[Relation, ...]:
    """The relations after a move, sorted; those that the types forbid and those of a concept with itself are left out.

    ``types`` has the types of the concepts that the paper has then; a relation may name one that it has not.
    """
    if not any(move.source in (r.subject, r.object) for r in relations):
        return relations
    changed: dict[_Key, list[Evidence]] = defaultdict(list)
    result = [r for r in relations if move.source not in (r.subject, r.object)]
    for relation in relations:
        if move.source not in (relation.subject, relation.object):
            continue
        old = (relation.subject, relation.predicate, relation.object)
        new = _key(move.rename(relation.subject), relation.predicate, move.rename(relation.object))
        if not any(move.takes(item) for item in relation.evidence):
            result.append(relation)
            continue
        for item in relation.evidence:
            key = new if move.takes(item) else old
            if key is not None and (key == old or is_allowed(types.get(key[0]), key[1], types.get(key[2]))):
                changed[key].append(item)
    for number, relation in enumerate(result):
        more = changed.pop((relation.subject, relation.predicate, relation.object), None)
        if more:
            result[number] = _relation(relation, [*relation.evidence, *more])
    result += [_relation(Relation(*key, 0.0, ()), evidence) for key, evidence in changed.items()]
    return tuple(sorted(result, key=lambda r: (r.subject, r.predicate, r.object)))


def _key(subject: str | None, predicate: Predicate, target: str | None) -> _Key | None:
    if subject is None or target is None or subject == target:
        return None
    if predicate is Predicate.COMPARED_WITH and subject > target:
        subject, target = target, subject
    return subject, predicate, target


def _relation(relation: Relation, evidence: Iterable[Evidence]) -> Relation:
    ordered = sorted(set(evidence), key=evidence_order)
    return replace(relation, confidence=max(item.confidence for item in ordered), evidence=tuple(ordered))


def moved_results(results: tuple[Result, ...], move: Move) -> Iterator[Result]:
    """The results after a move; one that has lost its metric, or names nothing but a subject, is left out."""
    for result in results:
        named = [result.subject, result.metric, result.dataset, result.baseline]
        if move.source not in named or not move.takes(result.evidence):
            yield result
            continue
        subject, metric, dataset, baseline = (move.rename(name) for name in named)
        baseline = None if baseline == subject else baseline
        lost = result.metric is not None and metric is None
        if not lost and any((metric, dataset, baseline)):
            yield replace(result, subject=subject, metric=metric, dataset=dataset, baseline=baseline)
