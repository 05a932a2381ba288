"""The ``is_a`` edges that the catalogue gives a graph."""

from collections.abc import Collection, Iterator

from paperconcepts.graph.belief import CATALOGUE_RULE, HIGHEST_BELIEF
from paperconcepts.model import Evidence
from paperconcepts.vocabulary import Vocabulary

__all__ = ["catalogue_edges"]

_EVIDENCE = Evidence("", "", 0, 0, (), "", -1, -1, CATALOGUE_RULE, "1", HIGHEST_BELIEF)


def catalogue_edges(concepts: Collection[str], vocabulary: Vocabulary) -> Iterator[tuple[str, str, Evidence]]:
    """From each of these concepts to the nearest of them above it in the catalogue, sorted; with their evidence.

    Examples:
        >>> from paperconcepts.vocabulary import load_catalogue
        >>> [edge[:2] for edge in catalogue_edges(["qlora", "low-rank-adaptation"], load_catalogue())]
        [('qlora', 'low-rank-adaptation')]
    """
    present = frozenset(concepts)
    for concept_id in sorted(present):
        for ancestor in sorted(_nearest_present(concept_id, vocabulary, present)):
            yield concept_id, ancestor, _EVIDENCE


def _nearest_present(concept_id: str, vocabulary: Vocabulary, present: frozenset[str]) -> list[str]:
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
                if broader in present:
                    found.append(broader)
                else:
                    following.append(broader)
        level = following
    return found
