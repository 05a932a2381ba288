"""The ``is_a`` edges that the catalogue gives a graph."""

from collections.abc import Iterator, Mapping

from paperconcepts.graph.belief import CATALOGUE_RULE, HIGHEST_BELIEF
from paperconcepts.model import ConceptType, Evidence, Predicate, allows
from paperconcepts.vocabulary import Vocabulary

__all__ = ["catalogue_edges"]

_EVIDENCE = Evidence("", "", 0, 0, (), "", -1, -1, CATALOGUE_RULE, "1", HIGHEST_BELIEF)


def catalogue_edges(concepts: Mapping[str, ConceptType], vocabulary: Vocabulary) -> Iterator[tuple[str, str, Evidence]]:
    """From each of these concepts to the nearest of them above it in the catalogue, sorted; with their evidence.

    A concept is of another type than the catalogue has it if a person said so: what is no longer of one kind has no
    edge, and those above it in the catalogue are tried.

    Examples:
        >>> from paperconcepts.vocabulary import load_catalogue
        >>> types = dict.fromkeys(["qlora", "low-rank-adaptation"], ConceptType.METHOD)
        >>> [edge[:2] for edge in catalogue_edges(types, load_catalogue())]
        [('qlora', 'low-rank-adaptation')]
    """
    for concept_id in sorted(concepts):
        for ancestor in sorted(_nearest_of_kind(concept_id, vocabulary, concepts)):
            yield concept_id, ancestor, _EVIDENCE


def _nearest_of_kind(concept_id: str, vocabulary: Vocabulary, concepts: Mapping[str, ConceptType]) -> list[str]:
    found: list[str] = []
    level, seen = [concept_id], {concept_id}
    while level:
        following: list[str] = []
        for current in level:
            entry = vocabulary.get(current)
            for broader in entry.concept.broader if entry else ():
                if broader in seen:
                    continue
                seen.add(broader)
                if broader in concepts and allows(Predicate.IS_A, concepts[concept_id], concepts[broader]):
                    found.append(broader)
                else:
                    following.append(broader)
        level = following
    return found
