"""Mentions: where a text names a concept. Offsets are Unicode code points, half-open."""

from dataclasses import dataclass
from dataclasses import field as dataclass_field

from paperconcepts.model.concept import ConceptType
from paperconcepts.model.paper import Paper

__all__ = ["AnnotatedPaper", "Definition", "Mention", "Sentence"]


@dataclass(frozen=True, slots=True, order=True)
class Sentence:
    """A sentence of a field: ``paper.text(field)[start:end]``."""

    field: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Mention:
    """A span that names a concept: ``paper.text(field)[start:end] == text``, always.

    ``source`` is the id of the rule or model that found it, ``concept_id`` the catalogue concept it matched (if any).
    ``role_scores`` is what the tagger thinks the paper does with it, a share for each role in their order (sum 1), or
    empty where no tagger has run.
    """

    field: str
    start: int
    end: int
    text: str
    label: ConceptType
    source: str
    confidence: float
    concept_id: str | None = None
    role_scores: tuple[float, ...] = dataclass_field(default=(), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Definition:
    """An abbreviation that a paper defines: "Low-Rank Adaptation (LoRA)"."""

    field: str
    short_start: int
    short_end: int
    long_start: int
    long_end: int
    short_form: str
    long_form: str


@dataclass(frozen=True, slots=True)
class AnnotatedPaper:
    """A paper with its sentences, mentions (sorted by place, no overlaps) and abbreviation definitions."""

    paper: Paper
    sentences: tuple[Sentence, ...]
    mentions: tuple[Mention, ...]
    definitions: tuple[Definition, ...]
