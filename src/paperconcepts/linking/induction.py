"""The corpus-wide part of linking: what one paper defines, another may use.

Two passes over linked papers; the result does not depend on their order.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from paperconcepts.linking.grouping import told_apart
from paperconcepts.model import Alias, Assertion, Concept, ConceptType, LinkedConcept, LinkedPaper, Predicate, Relation
from paperconcepts.vocabulary import Vocabulary, load_catalogue, normalise_form

__all__ = ["resolve_aliases"]

_FAMILY = {ConceptType.METHOD: "artefact", ConceptType.MODEL: "artefact"}


def resolve_aliases(linked: Iterable[LinkedPaper], *, vocabulary: Vocabulary | None = None) -> list[LinkedPaper]:
    """Return the papers, sorted by id, with concepts that are one brought under one id.

    A new concept that a paper names only by an acronym takes the identity that other papers define for this acronym,
    if they define one only. New concepts of one spelling and different kinds (a dataset and a method) are told apart.
    """
    vocabulary = load_catalogue() if vocabulary is None else vocabulary
    papers = sorted(linked, key=lambda item: item.paper.id)
    types = _majority_types(papers)
    targets = _definitions(papers, types)
    return [_resolve(item, targets, types, vocabulary) for item in papers]


def _family(concept: Concept) -> str:
    return _FAMILY.get(concept.type, str(concept.type))


def _definitions(papers: list[LinkedPaper], types: dict[str, Concept]) -> dict[str, tuple[Concept, str]]:
    """{acronym: (the one concept that papers define it as, in its common reading; the id of the first such paper)}."""
    found: dict[str, dict[str, tuple[Concept, str]]] = defaultdict(dict)
    for item in papers:
        for linked in item.concepts:
            concept = types.get(linked.concept.id, linked.concept)
            for alias in linked.aliases:
                # The label's own spelling is no acronym of it.
                if alias.reason == "definition" and normalise_form(alias.text) != normalise_form(linked.concept.label):
                    found[normalise_form(alias.text)].setdefault(concept.id, (concept, item.paper.id))
    return {acronym: next(iter(meanings.values())) for acronym, meanings in found.items() if len(meanings) == 1}


def _majority_types(papers: list[LinkedPaper]) -> dict[str, Concept]:
    """{id: the reading of a new concept that most papers share}."""
    readings: dict[str, Counter[Concept]] = defaultdict(Counter)
    for item in papers:
        for linked in item.concepts:
            if not linked.concept.catalogued:
                readings[linked.concept.id][linked.concept] += 1
    return {
        concept_id: min(found, key=lambda c: (-found[c], str(c.type), c.label))
        for concept_id, found in readings.items()
    }


def _resolve(
    item: LinkedPaper, targets: dict[str, tuple[Concept, str]], types: dict[str, Concept], vocabulary: Vocabulary
) -> LinkedPaper:
    renamed: dict[str, Concept] = {}
    reasons: dict[str, Alias] = {}
    untyped = {a.concept_id for a in item.assertions if all(m.source.endswith("?") for m in a.mentions)}
    for linked in item.concepts:
        concept = linked.concept
        if concept.catalogued:
            continue
        target = targets.get(normalise_form(concept.label))
        defined_here = any(alias.reason == "definition" for alias in linked.aliases)
        # An acronym may be a task in one field, a dataset in another: where this paper shows the kind, it must agree.
        agrees = target is not None and (_family(target[0]) == _family(concept) or concept.id in untyped)
        if target is not None and agrees and not defined_here and target[0].id != concept.id:
            renamed[concept.id] = target[0]
            reasons[concept.id] = Alias(concept.label, "definition elsewhere", target[1], 0.85)
            continue
        common = types[concept.id]
        if common != concept:
            same_kind = _family(common) == _family(concept)
            renamed[concept.id] = common if same_kind else _told_apart(concept, vocabulary)
    if not renamed:
        return item
    return _rename(item, renamed, reasons)


def _told_apart(concept: Concept, vocabulary: Vocabulary) -> Concept:
    return concept.model_copy(update={"id": told_apart(concept.id, concept.type, vocabulary)})


def _rename(item: LinkedPaper, renamed: dict[str, Concept], reasons: dict[str, Alias]) -> LinkedPaper:
    concepts: dict[str, LinkedConcept] = {}
    for linked in item.concepts:
        concept = renamed.get(linked.concept.id, linked.concept)
        reason = reasons.get(linked.concept.id)
        aliases = tuple(replace(reason, text=alias.text) for alias in linked.aliases) if reason else linked.aliases
        earlier = concepts.get(concept.id)
        merged = tuple(
            sorted({*(earlier.aliases if earlier else ()), *aliases}, key=lambda a: (a.text, a.reason, a.paper_id))
        )
        concepts[concept.id] = LinkedConcept(concept, merged)
    ids = {old: concept.id for old, concept in renamed.items()}
    return LinkedPaper(
        item.paper,
        tuple(concepts[key] for key in sorted(concepts)),
        tuple(_merge_assertions([replace(a, concept_id=ids.get(a.concept_id, a.concept_id)) for a in item.assertions])),
        tuple(_merge_relations(item.relations, ids, {key: linked.concept.type for key, linked in concepts.items()})),
    )


_RANGES = {
    Predicate.USED_FOR: ConceptType.TASK,
    Predicate.EVALUATED_ON: ConceptType.DATASET,
    Predicate.TRAINED_ON: ConceptType.DATASET,
}


def _merge_relations(
    relations: Iterable[Relation], ids: dict[str, str], types: dict[str, ConceptType]
) -> Iterator[Relation]:
    """One relation for each renamed triple; those that the concepts' new types forbid are left out."""
    found: dict[tuple[str, Predicate, str], list[Relation]] = defaultdict(list)
    for relation in relations:
        subject, target = ids.get(relation.subject, relation.subject), ids.get(relation.object, relation.object)
        if relation.predicate is Predicate.COMPARED_WITH and subject > target:
            subject, target = target, subject
        if subject != target and _RANGES.get(relation.predicate, types[target]) is types[target]:
            found[subject, relation.predicate, target].append(relation)
    for key, same in sorted(found.items()):
        evidence = sorted(
            {e for r in same for e in r.evidence}, key=lambda e: (e.field != "title", e.start, e.rule, e.spans)
        )
        yield Relation(*key, max(relation.confidence for relation in same), tuple(evidence))


def _merge_assertions(assertions: list[Assertion]) -> list[Assertion]:
    """One assertion for each concept: the strongest role's, with the mentions of both."""
    best: dict[str, Assertion] = {}
    for assertion in sorted(assertions, key=lambda a: (a.role.rank, a.concept_id)):
        earlier = best.get(assertion.concept_id)
        if earlier is None:
            best[assertion.concept_id] = assertion
            continue
        mentions = sorted({*earlier.mentions, *assertion.mentions}, key=lambda m: (m.field != "title", m.start))
        extra = assertion.evidence if assertion.role is earlier.role else ()
        evidence = sorted((*earlier.evidence, *extra), key=lambda e: (e.field != "title", e.start, e.spans))
        confidence = max(item.confidence for item in evidence)
        best[assertion.concept_id] = replace(
            earlier, confidence=confidence, mentions=tuple(mentions), evidence=tuple(evidence)
        )
    return sorted(best.values(), key=lambda a: (a.role.rank, a.concept_id))
