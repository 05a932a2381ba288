"""Move mentions from one concept of a paper to another, with all that hangs on them.

What a paper says of a concept rests on evidence, and evidence on mentions: where the mentions go, it follows.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace

from paperconcepts.linking.assertions import DEFAULT_ROLES, joined_assertions
from paperconcepts.linking.moves import (
    Move,
    family,
    is_allowed,
    moved_relations,
    moved_results,
    part_by_status,
    place_of,
)
from paperconcepts.model import (
    Alias,
    Assertion,
    Concept,
    ConceptType,
    Evidence,
    LinkedConcept,
    LinkedPaper,
    Mention,
    Paper,
    Relation,
    Role,
    Sentence,
    evidence_order,
)

__all__ = ["RULE_VERSION", "Sentences", "move_mentions", "restate", "usual_role"]

RULE_VERSION = "1"
Sentences = Callable[[Paper], Iterable[Sentence]]


def usual_role(role: Role, label: ConceptType) -> Role:
    """The role itself where a concept of this type may have it, else the one that the type has by default.

    Examples:
        >>> usual_role(Role.ADDRESSES, ConceptType.METHOD), usual_role(Role.COMPARES, ConceptType.METHOD)
        (<Role.USES: 'uses'>, <Role.COMPARES: 'compares'>)
    """
    default = DEFAULT_ROLES.get(label, Role.USES)
    if role in (Role.MENTIONS, default) or (role is Role.INTRODUCES and label is not ConceptType.TASK):
        return role
    return role if default is Role.USES and role in (Role.COMPARES, Role.STUDIES) else default


def move_mentions(
    item: LinkedPaper,
    source: str,
    moved: Collection[Mention],
    target: Concept | None,
    *,
    rule: str,
    explain: Callable[[Alias], Alias] = lambda alias: alias,
    sentences: Sentences | None = None,
) -> LinkedPaper:
    """Return the paper with some or all mentions of the concept ``source`` as mentions of ``target``.

    Aliases, evidence, relations and results whose mentions all go are the target's then; with ``target`` None they
    are left out. A sentence that names both keeps its evidence for both. Where no evidence is left for one of them,
    the sentence of its first mention is, under the name ``rule``; ``sentences`` finds that sentence. Relations that
    the types no longer allow, and those of a concept with itself, are left out.
    """
    assertion = next(a for a in item.assertions if a.concept_id == source)
    linked = next(c for c in item.concepts if c.concept.id == source)
    own, going = frozenset(map(place_of, assertion.mentions)), frozenset(map(place_of, moved))
    move = Move(source, target, own, going)
    stay, leave = _parted_assertion(item, assertion, linked.concept, move, rule, sentences)
    texts = {mention.text for mention in moved}
    kept = {mention.text for mention in stay.mentions} if stay else set()
    away = [explain(alias) for alias in linked.aliases if move.whole or alias.text in texts]
    concepts = {c.concept.id: c for c in item.concepts}
    del concepts[source]
    if stay is not None:
        left = tuple(alias for alias in linked.aliases if alias.text in kept or alias.text not in texts)
        concepts[source] = replace(linked, aliases=left)
    if target is not None:
        earlier = concepts[target.id].aliases if target.id in concepts else ()
        aliases = sorted({*earlier, *away}, key=lambda a: (a.text, a.reason, a.paper_id, a.note))
        concepts[target.id] = LinkedConcept(target, tuple(aliases))
    assertions = [a for a in item.assertions if a.concept_id != source] + [a for a in (stay, leave) if a is not None]
    types = {key: c.concept.type for key, c in concepts.items()}
    # What was said as a fact may leave; what stays of a relation is then perhaps only its denial.
    relations, unasserted = part_by_status(moved_relations((*item.relations, *item.unasserted), move, types))
    return replace(
        item,
        concepts=tuple(concepts[key] for key in sorted(concepts)),
        assertions=tuple(joined_assertions(assertions)),
        relations=relations,
        unasserted=unasserted,
        results=tuple(moved_results(item.results, move)),
    )


def _parted_assertion(
    item: LinkedPaper, assertion: Assertion, concept: Concept, move: Move, rule: str, find: Sentences | None
) -> tuple[Assertion | None, Assertion | None]:
    """What is left of an assertion, and what goes to the target."""
    target = move.target
    if move.whole:
        return None, None if target is None else _with_role(replace(assertion, concept_id=target.id), target, rule)
    parts: list[Assertion] = []
    for leaving, holder in ((False, concept), (True, target or concept)):
        mentions = tuple(m for m in assertion.mentions if (place_of(m) in move.moved) is leaving)
        evidence = tuple(_evidence_of(assertion.evidence, move, leaving=leaving))
        role = assertion.role
        if not evidence:
            role = DEFAULT_ROLES.get(holder.type, Role.MENTIONS)
            evidence = (_plain_evidence(item, mentions, rule, find),)
        confidence = assertion.confidence if evidence == assertion.evidence else max(e.confidence for e in evidence)
        part = Assertion(assertion.paper_id, role, holder.id, confidence, evidence, mentions)
        parts.append(_with_role(part, holder, rule) if leaving else part)
    return parts[0], parts[1] if target is not None else None


def _evidence_of(evidence: Iterable[Evidence], move: Move, *, leaving: bool) -> Iterator[Evidence]:
    for item in evidence:
        found = tuple(
            (start, end)
            for start, end in item.spans
            if ((item.field, start, end) in move.moved) is leaving or (item.field, start, end) not in move.own
        )
        if any((item.field, *span) in move.own for span in found) or (
            not leaving and not any((item.field, *span) in move.own for span in item.spans)
        ):
            yield replace(item, spans=found)


def _plain_evidence(item: LinkedPaper, mentions: tuple[Mention, ...], rule: str, find: Sentences | None) -> Evidence:
    """The sentence of the first mention; nothing is known of the role but what the type suggests."""
    first = mentions[0]
    start, end = _sentence(item, first, find)
    spans = tuple((m.start, m.end) for m in mentions if m.field == first.field and start <= m.start and m.end <= end)
    return Evidence(item.paper.id, first.field, start, end, spans, "", -1, -1, rule, RULE_VERSION, 0.5)


def _sentence(item: LinkedPaper, mention: Mention, find: Sentences | None) -> tuple[int, int]:
    if find is not None:
        known = [(s.start, s.end) for s in find(item.paper) if s.field == mention.field]
    else:
        said: list[Assertion | Relation] = [*item.assertions, *item.relations, *item.unasserted]
        known = [(e.start, e.end) for owner in said for e in owner.evidence if e.field == mention.field]
    around = [(start, end) for start, end in known if start <= mention.start and mention.end <= end]
    return min(around, key=lambda span: span[1] - span[0], default=(0, len(item.paper.text(mention.field))))


def _with_role(assertion: Assertion, concept: Concept, rule: str) -> Assertion:
    role = usual_role(assertion.role, concept.type)
    if role is assertion.role:
        return assertion
    # The cue spoke for another role; sentence and mentions still show where the concept is named.
    evidence = {replace(e, cue="", cue_start=-1, cue_end=-1, rule=rule, version=RULE_VERSION)
                for e in assertion.evidence}  # fmt: skip
    ordered = tuple(sorted(evidence, key=evidence_order))
    return replace(assertion, role=role, evidence=ordered)


def restate(item: LinkedPaper, concept: Concept, *, rule: str) -> LinkedPaper:
    """Return the paper with this reading (label, type) of the concept of this id.

    Where the type forbids the role, the type's default role takes its place, and its evidence names ``rule``; relations
    that it forbids are left out.
    """
    concepts = tuple(replace(c, concept=concept) if c.concept.id == concept.id else c for c in item.concepts)
    types = {c.concept.id: c.concept.type for c in concepts}
    assertions = [_with_role(a, concept, rule) if a.concept_id == concept.id else a for a in item.assertions]

    def kept(relations: tuple[Relation, ...]) -> tuple[Relation, ...]:
        return tuple(
            r
            for r in relations
            if concept.id not in (r.subject, r.object)
            or is_allowed(types.get(r.subject), r.predicate, types.get(r.object))
        )

    old = next(c.concept.type for c in item.concepts if c.concept.id == concept.id)
    if family(old) == family(concept.type):
        return replace(item, concepts=concepts, relations=kept(item.relations), unasserted=kept(item.unasserted))
    return replace(
        item, concepts=concepts, assertions=tuple(joined_assertions(assertions)),
        relations=kept(item.relations), unasserted=kept(item.unasserted),
    )  # fmt: skip
