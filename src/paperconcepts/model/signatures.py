"""Which kinds of concepts a predicate relates: the domains and ranges of the ontology, in one place."""

from paperconcepts.model.assertion import Predicate
from paperconcepts.model.concept import ConceptType

__all__ = ["allows"]

_ARTEFACTS = frozenset({ConceptType.METHOD, ConceptType.MODEL})
_ALL = frozenset(ConceptType)
_SIGNATURES: dict[Predicate, tuple[frozenset[ConceptType], frozenset[ConceptType]]] = {
    Predicate.IS_A: (_ALL, _ALL),
    Predicate.PART_OF: (_ALL, _ALL),
    Predicate.EXTENDS: (_ARTEFACTS, _ARTEFACTS),
    Predicate.USED_FOR: (_ARTEFACTS, frozenset({ConceptType.TASK})),
    Predicate.EVALUATED_ON: (_ARTEFACTS, frozenset({ConceptType.DATASET})),
    Predicate.TRAINED_ON: (frozenset({ConceptType.MODEL}), frozenset({ConceptType.DATASET})),
    Predicate.OUTPERFORMS: (_ARTEFACTS, _ARTEFACTS),
    Predicate.COMPARED_WITH: (_ARTEFACTS, _ARTEFACTS),
}


def allows(predicate: Predicate, subject: ConceptType, target: ConceptType) -> bool:
    """Whether the ontology allows a relation between concepts of these kinds.

    A kind of something is of its type; methods and models, which texts call by both names, pass for one here.

    Examples:
        >>> allows(Predicate.USED_FOR, ConceptType.MODEL, ConceptType.TASK)
        True
        >>> allows(Predicate.IS_A, ConceptType.DATASET, ConceptType.TASK)
        False
    """
    subjects, targets = _SIGNATURES[predicate]
    if predicate is Predicate.IS_A:
        return subject is target or {subject, target} <= _ARTEFACTS
    return subject in subjects and target in targets
