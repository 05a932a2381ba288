"""The per-paper part of linking: mentions -> concepts, assertions and relations."""

from collections.abc import Iterable, Iterator

from paperconcepts.linking.grouping import concept_of, group_mentions
from paperconcepts.linking.introductions import introduces_by_name
from paperconcepts.linking.relations import find_relations
from paperconcepts.linking.roles import SentenceIndex, assert_role
from paperconcepts.model import AnnotatedPaper, Assertion, Concept, LinkedConcept, LinkedPaper, Mention, Role
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
    index = SentenceIndex(annotated.paper, annotated.sentences)
    linked, mentions = mentions_by_concept(annotated, vocabulary)
    assertions: list[Assertion] = []
    for concept_id, found in mentions.items():
        assertion = assert_role(linked[concept_id].concept, found, index)
        if _is_worth_a_node(found, assertion):
            assertions.append(assertion)
        else:
            del linked[concept_id]
    concepts: dict[str, Concept] = {key: item.concept for key, item in linked.items()}
    relations = find_relations(concepts, assertions, index)
    assertions.sort(key=lambda a: (a.role.rank, a.concept_id))
    return LinkedPaper(
        annotated.paper, tuple(linked[key] for key in sorted(linked)), tuple(assertions), tuple(relations)
    )


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
