"""The corpus-wide part of linking: concepts of different papers that are one get one id.

Each step takes all papers and gives them back; none depends on their order, and none compares all with all.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from paperconcepts.linking.assertions import joined_assertions
from paperconcepts.linking.grouping import told_apart
from paperconcepts.linking.joins import Join, find_joins
from paperconcepts.linking.meanings import Meanings
from paperconcepts.linking.moves import family, is_allowed, part_by_status
from paperconcepts.linking.results import renamed_results
from paperconcepts.linking.versions import relate_versions
from paperconcepts.model import (
    Alias,
    Concept,
    ConceptType,
    LinkedConcept,
    LinkedPaper,
    Predicate,
    Relation,
    Role,
    evidence_order,
)
from paperconcepts.vocabulary import Vocabulary, load_catalogue, normalise_form

__all__ = ["resolve_aliases"]


def resolve_aliases(linked: Iterable[LinkedPaper], *, vocabulary: Vocabulary | None = None) -> list[LinkedPaper]:
    """Return the papers, sorted by id, with concepts that are one brought under one id.

    New concepts of one spelling and different kinds (a dataset and a method) are told apart. Those of one kind whose
    names differ in spelling, by a general noun or by a slip are joined, see ``find_joins``. A new concept that a paper
    names only by an acronym takes the identity that other papers define for it, see ``Meanings``. Versions get their
    families, see ``relate_versions``.
    """
    vocabulary = load_catalogue() if vocabulary is None else vocabulary
    papers = sorted(linked, key=lambda item: item.paper.id)
    types = _majority_types(papers)
    papers = [_agree(item, types, vocabulary) for item in papers]
    joins = find_joins(papers, vocabulary)
    papers = [_join(item, joins) for item in papers]
    meanings = Meanings(papers)
    papers = [_give_meanings(item, meanings) for item in papers]
    return relate_versions(papers, vocabulary)


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


def _agree(item: LinkedPaper, types: Mapping[str, Concept], vocabulary: Vocabulary) -> LinkedPaper:
    """The paper with the common reading of each new concept; what it has of another kind is told apart."""
    renamed: dict[str, Concept] = {}
    for linked in item.concepts:
        concept = linked.concept
        common = concept if concept.catalogued else types[concept.id]
        if common != concept:
            same_kind = family(common.type) == family(concept.type)
            renamed[concept.id] = common if same_kind else _told_apart(concept, vocabulary)
    return _rename(item, renamed, {}) if renamed else item


def _join(item: LinkedPaper, joins: Mapping[str, Join]) -> LinkedPaper:
    found = {key: joins[key] for key in (linked.concept.id for linked in item.concepts) if key in joins}
    if not found:
        return item
    reasons = {key: Alias("", join.reason, item.paper.id, join.confidence) for key, join in found.items()}
    return _rename(item, {key: join.target for key, join in found.items()}, reasons)


def _give_meanings(item: LinkedPaper, meanings: Meanings) -> LinkedPaper:
    renamed: dict[str, Concept] = {}
    reasons: dict[str, Alias] = {}
    introduced = {a.concept_id for a in item.assertions if a.role is Role.INTRODUCES}
    untyped = {a.concept_id for a in item.assertions if all(m.source.endswith("?") for m in a.mentions)}
    for linked in item.concepts:
        concept = linked.concept
        if concept.catalogued or any(alias.reason == "definition" for alias in linked.aliases):
            continue
        # An acronym may be a task in one field, a dataset in another: where this paper shows the kind, it must agree.
        kind = None if concept.id in untyped else family(concept.type)
        meaning = meanings.of(concept.label, paper_id=item.paper.id, kind=kind, introduced=concept.id in introduced)
        if meaning is not None and meaning[0].id != concept.id:
            renamed[concept.id], reasons[concept.id] = meaning
    return _rename(item, renamed, reasons) if renamed else item


def _told_apart(concept: Concept, vocabulary: Vocabulary) -> Concept:
    return concept.model_copy(update={"id": told_apart(concept.id, concept.type, vocabulary)})


def _rename(item: LinkedPaper, renamed: dict[str, Concept], reasons: dict[str, Alias]) -> LinkedPaper:
    concepts: dict[str, LinkedConcept] = {}
    for linked in item.concepts:
        concept = renamed.get(linked.concept.id, linked.concept)
        reason = reasons.get(linked.concept.id)
        aliases = tuple(_explained(linked, reason)) if reason else linked.aliases
        earlier = concepts.get(concept.id)
        merged = tuple(
            sorted({*(earlier.aliases if earlier else ()), *aliases}, key=lambda a: (a.text, a.reason, a.paper_id))
        )
        concepts[concept.id] = LinkedConcept(concept, merged)
    ids = {old: concept.id for old, concept in renamed.items()}
    types = {key: linked.concept.type for key, linked in concepts.items()}
    return LinkedPaper(
        item.paper,
        tuple(concepts[key] for key in sorted(concepts)),
        tuple(joined_assertions(replace(a, concept_id=ids.get(a.concept_id, a.concept_id)) for a in item.assertions)),
        *part_by_status(_merge_relations((*item.relations, *item.unasserted), ids, types)),
        tuple(renamed_results(item.results, ids)),
    )


def _explained(linked: LinkedConcept, reason: Alias) -> Iterator[Alias]:
    """The aliases of a concept that is renamed, with the reason for it. A short form keeps its definition."""
    label = normalise_form(linked.concept.label)
    for alias in linked.aliases:
        defined = alias.reason == "definition" and normalise_form(alias.text) != label
        yield alias if defined else replace(reason, text=alias.text)


def _merge_relations(
    relations: Iterable[Relation], ids: dict[str, str], types: dict[str, ConceptType]
) -> Iterator[Relation]:
    """One relation for each renamed triple; those that the concepts' new types forbid are left out."""
    found: dict[tuple[str, Predicate, str], list[Relation]] = defaultdict(list)
    for relation in relations:
        subject, target = ids.get(relation.subject, relation.subject), ids.get(relation.object, relation.object)
        if relation.predicate is Predicate.COMPARED_WITH and subject > target:
            subject, target = target, subject
        if subject != target and is_allowed(types.get(subject), relation.predicate, types.get(target)):
            found[subject, relation.predicate, target].append(relation)
    for key, same in sorted(found.items()):
        evidence = sorted({e for r in same for e in r.evidence}, key=evidence_order)
        yield Relation(*key, max(relation.confidence for relation in same), tuple(evidence))
