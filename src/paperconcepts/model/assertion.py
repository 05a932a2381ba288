"""Assertions, relations and results: what a paper says of concepts, each with the evidence for it."""

from dataclasses import dataclass
from enum import StrEnum

from paperconcepts.model.concept import Concept
from paperconcepts.model.mention import Mention
from paperconcepts.model.paper import Paper

__all__ = [
    "Alias", "Assertion", "Evidence", "LinkedConcept", "LinkedPaper", "Predicate", "Relation", "Result", "Role",
    "Status", "evidence_order",
]  # fmt: skip


class Role(StrEnum):
    """What a paper does with a concept, strongest first."""

    INTRODUCES = "introduces"
    EVALUATES_ON = "evaluates_on"
    USES = "uses"
    COMPARES = "compares"
    ADDRESSES = "addresses"
    MEASURES = "measures"
    STUDIES = "studies"
    MENTIONS = "mentions"

    @property
    def rank(self) -> int:
        """0 for the strongest role."""
        return _RANKS[self]


_RANKS = {role: rank for rank, role in enumerate(Role)}


class Predicate(StrEnum):
    """How two concepts are related."""

    IS_A = "is_a"
    PART_OF = "part_of"
    EXTENDS = "extends"
    USED_FOR = "used_for"
    EVALUATED_ON = "evaluated_on"
    TRAINED_ON = "trained_on"
    OUTPERFORMS = "outperforms"
    COMPARED_WITH = "compared_with"


class Status(StrEnum):
    """How a sentence puts what it says: as a fact, as a possibility or a plan, or as what is not so."""

    ASSERTED = "asserted"
    HEDGED = "hedged"
    NEGATED = "negated"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a triple is believed: a sentence of a paper, the spans in it, the cue words and the rule.

    ``start`` and ``end`` delimit the sentence, ``spans`` the mentions in it, ``cue_start`` and ``cue_end`` the cue
    (both -1 if the rule needs no cue word). All are code points into ``paper.text(field)``. ``status`` tells a plain
    statement from one that is hedged ("may improve X") or negated ("without X").
    """

    paper_id: str
    field: str
    start: int
    end: int
    spans: tuple[tuple[int, int], ...]
    cue: str
    cue_start: int
    cue_end: int
    rule: str
    version: str
    confidence: float
    status: Status = Status.ASSERTED


def evidence_order(item: Evidence) -> tuple[str | int | float | bool | tuple[tuple[int, int], ...], ...]:
    """The place of a piece of evidence among others: by paper and text, and total, so that no two pieces tie.

    Examples:
        >>> early = Evidence("p", "title", 0, 9, ((0, 4),), "", -1, -1, "rule", "1", 0.5)
        >>> late = Evidence("p", "abstract", 0, 9, ((0, 4),), "", -1, -1, "rule", "1", 0.5)
        >>> sorted([late, early], key=evidence_order) == [early, late]
        True
    """
    return (
        item.paper_id, item.field != "title", item.start, item.cue_start, item.rule, item.spans, item.end,
        item.cue_end, item.cue, -item.confidence, str(item.status), item.version,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Alias:
    """A surface form of a concept and the reason to believe that it means it.

    ``reason`` is one of ``label``, ``catalogue``, ``definition``, ``definition elsewhere``, ``head noun``,
    ``spelt out``, ``modifier``, ``word order``, ``name``, ``spelling``, ``near spelling``, ``similar papers``.
    ``paper_id`` is the paper whose text gave the reason ("" for the catalogue). ``decision`` is the reason of a form
    that a decisions file has put here; ``note`` then has the decision's comment and the reason before it.
    """

    text: str
    reason: str
    paper_id: str
    confidence: float
    note: str = ""


@dataclass(frozen=True, slots=True)
class Assertion:
    """paper -role-> concept, with its evidence and every mention of the concept in that paper."""

    paper_id: str
    role: Role
    concept_id: str
    confidence: float
    evidence: tuple[Evidence, ...]
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Relation:
    """concept -predicate-> concept, with its evidence."""

    subject: str
    predicate: Predicate
    object: str
    confidence: float
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """A result that a sentence states: "improves accuracy by 5.2 points on GSM8K over DPO".

    ``subject``, ``dataset``, ``metric`` and ``baseline`` are concept ids, None where the sentence names none
    (``subject`` is then the paper's own proposal, if it has one). ``value`` is the number as written,
    without its sign and unit.

    Attributes:
        paper_id: the paper that reports it.
        subject: what obtained the result.
        metric: what was measured.
        dataset: what it was measured on.
        baseline: what it is compared with.
        value: the number as it stands, "5.2".
        unit: "%", "points", "x" (times) or "".
        direction: "at" for a value reached, "up" or "down" for a change by the value.
        evidence: the sentence, with the number's place as the cue.
    """

    paper_id: str
    subject: str | None
    metric: str | None
    dataset: str | None
    baseline: str | None
    value: str
    unit: str
    direction: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class LinkedConcept:
    """A concept as one paper names it, with the aliases found there."""

    concept: Concept
    aliases: tuple[Alias, ...]


@dataclass(frozen=True, slots=True)
class LinkedPaper:
    """A paper with its concepts, what it does with them and how it relates them. All parts are sorted.

    ``unasserted`` holds the relations that it only hedges or denies; they never become edges.
    """

    paper: Paper
    concepts: tuple[LinkedConcept, ...]
    assertions: tuple[Assertion, ...]
    relations: tuple[Relation, ...]
    unasserted: tuple[Relation, ...] = ()
    results: tuple[Result, ...] = ()
