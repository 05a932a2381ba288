"""Plain data that travels between the stages. Needs pydantic and nothing else."""

from paperconcepts.model.assertion import (
    Alias,
    Assertion,
    Evidence,
    LinkedConcept,
    LinkedPaper,
    Predicate,
    Relation,
    Result,
    Role,
    Status,
    evidence_order,
)
from paperconcepts.model.concept import Concept, ConceptType
from paperconcepts.model.mention import AnnotatedPaper, Definition, Mention, Sentence
from paperconcepts.model.paper import Paper, PartialDate, SourceRecord
from paperconcepts.model.signatures import allows

__all__ = [
    "Alias",
    "AnnotatedPaper",
    "Assertion",
    "Concept",
    "ConceptType",
    "Definition",
    "Evidence",
    "LinkedConcept",
    "LinkedPaper",
    "Mention",
    "Paper",
    "PartialDate",
    "Predicate",
    "Relation",
    "Result",
    "Role",
    "Sentence",
    "SourceRecord",
    "Status",
    "allows",
    "evidence_order",
]
