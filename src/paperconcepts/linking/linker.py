"""The per-paper part of linking: mentions -> concepts, assertions and relations."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from paperconcepts.linking.grouping import concept_of, group_mentions
from paperconcepts.linking.introductions import introduces_by_name
from paperconcepts.linking.pair_features import ConceptPairs
from paperconcepts.linking.relation_model import choose_relations
from paperconcepts.linking.relations import find_relations
from paperconcepts.linking.results import find_results
from paperconcepts.linking.role_model import RoleModel
from paperconcepts.linking.roles import SentenceIndex, weigh_roles
from paperconcepts.model import (
    AnnotatedPaper,
    Assertion,
    Concept,
    LinkedConcept,
    LinkedPaper,
    Mention,
    Relation,
    Role,
    Status,
)
from paperconcepts.vocabulary import Vocabulary, load_catalogue

__all__ = ["link", "link_paper"]


def link(annotated: Iterable[AnnotatedPaper], *, vocabulary: Vocabulary | None = None) -> Iterator[LinkedPaper]:
    """Link papers one after the other, in order. What the rest of a corpus knows is added by ``resolve_aliases``.

    Examples:
        >>> from paperconcepts.extraction import extract
        >>> from paperconcepts.model import Paper
        >>> paper = Paper(id="x:1", abstract="We propose ZetaTune, a method that extends LoRA.")
        >>> linked = next(link(extract([paper])))
        >>> [(a.role.value, a.concept_id) for a in linked.assertions]
        [('introduces', 'zetatune'), ('uses', 'low-rank-adaptation')]
    """
    vocabulary = load_catalogue() if vocabulary is None else vocabulary
    for item in annotated:
        yield link_paper(item, vocabulary=vocabulary)


def link_paper(annotated: AnnotatedPaper, *, vocabulary: Vocabulary) -> LinkedPaper:
    """Link one paper: one concept for each group of mentions, one role for each concept, relations between them."""
    found = concepts_with_roles(annotated, vocabulary)
    stated = find_relations(found.concepts, found.assertions, found.index)
    chosen = stated
    if any(found.shares.values()):
        # Where a tagger has run, the relation model weighs what the rules read.
        chosen = choose_relations(found.pairs(stated, vocabulary), stated, found.assertions, found.index)
    denied = {(r.subject, r.predicate, r.object): r for r in (*stated, *chosen) if not _is_asserted(r)}
    found.assertions.sort(key=lambda a: (a.role.rank, a.concept_id))
    return LinkedPaper(
        annotated.paper,
        tuple(found.linked[key] for key in sorted(found.linked)),
        tuple(found.assertions),
        tuple(relation for relation in chosen if _is_asserted(relation)),
        unasserted=tuple(denied[key] for key in sorted(denied)),
        results=tuple(find_results(found.concepts, found.assertions, found.index)),
    )


def _is_asserted(relation: Relation) -> bool:
    """Whether one sentence at least says it as a fact."""
    return any(evidence.status is Status.ASSERTED for evidence in relation.evidence)


@dataclass(frozen=True, slots=True)
class ConceptsWithRoles:
    """The concepts of a paper, what the paper does with them, and the shares of all roles (empty without a tagger)."""

    index: SentenceIndex
    linked: dict[str, LinkedConcept]
    assertions: list[Assertion]
    shares: dict[str, tuple[float, ...]]

    @property
    def concepts(self) -> dict[str, Concept]:
        """The concepts by their ids."""
        return {key: item.concept for key, item in self.linked.items()}

    def pairs(self, stated: list[Relation], vocabulary: Vocabulary) -> ConceptPairs:
        """What the relation model reads: every two concepts, and the relations that rules have read."""
        return ConceptPairs(self.concepts, self.assertions, self.index, self.shares, stated, vocabulary)


def concepts_with_roles(
    annotated: AnnotatedPaper, vocabulary: Vocabulary, *, role_model: RoleModel | None = None
) -> ConceptsWithRoles:
    """The concepts of a paper with their roles; ``role_model`` takes the place of the one that ships."""
    index = SentenceIndex(annotated.paper, annotated.sentences)
    linked, mentions = mentions_by_concept(annotated, vocabulary)
    assertions: list[Assertion] = []
    shares: dict[str, tuple[float, ...]] = {}
    weighed = weigh_roles({key: item.concept for key, item in linked.items()}, mentions, index, model=role_model)
    for concept_id, found in mentions.items():
        assertion, shares[concept_id] = weighed[concept_id]
        if _is_worth_a_node(found, assertion):
            assertions.append(assertion)
        else:
            del linked[concept_id]
    return ConceptsWithRoles(index, linked, assertions, shares)


def mentions_by_concept(
    annotated: AnnotatedPaper, vocabulary: Vocabulary
) -> tuple[dict[str, LinkedConcept], dict[str, list[Mention]]]:
    """The concepts of a paper by id, and the mentions of each in order of place."""
    linked: dict[str, LinkedConcept] = {}
    mentions: dict[str, list[Mention]] = {}
    for group in group_mentions(annotated, vocabulary):
        introduced = introduces_by_name(group.mentions)
        concept, aliases = concept_of(group, vocabulary, annotated.paper.id, introduced=introduced)
        earlier = linked.get(concept.id)
        # Two spellings may lead to one id ("X" and "X+"): one concept, all its mentions.
        aliases = (*earlier.aliases, *aliases) if earlier else aliases
        linked[concept.id] = LinkedConcept(earlier.concept if earlier else concept, aliases)
        mentions.setdefault(concept.id, []).extend(group.mentions)
    for found in mentions.values():
        found.sort(key=lambda m: (m.field != "title", m.start))
    return linked, mentions


_MINIMUM_CONFIDENCE = 0.4


def _is_worth_a_node(mentions: list[Mention], assertion: Assertion) -> bool:
    """Weak finds (a vague term, a two-letter acronym) make a node only if they recur or the paper proposes them."""
    if any(mention.role_scores for mention in mentions):
        # The ranker has weighed how often the form recurs already.
        return True
    doubt = 1.0
    for mention in mentions:
        doubt *= 1.0 - mention.confidence
    return 1.0 - doubt >= _MINIMUM_CONFIDENCE or assertion.role is Role.INTRODUCES
