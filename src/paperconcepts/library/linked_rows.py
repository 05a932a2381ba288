"""What extraction and linking found in one paper, as a stored row.

The row holds neither the paper nor its id: papers of one text share it, and a paper whose id changes keeps it. A row is
a JSON array: the version of the form, the strings that occur, then concepts, assertions, relations and results as
arrays that name strings by their number.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any

from paperconcepts.library.paper_rows import damage_told, pack, unpack
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
    Predicate,
    Relation,
    Result,
    Role,
    Status,
)

__all__ = ["ROW_FORMAT", "pack_linked", "unpack_linked"]

ROW_FORMAT = 1
"""Raise it whenever the form changes or the model gets a field: rows of another form are made anew."""

_NONE = -1
_OWN_ID = 0
_Row = list[Any]


def pack_linked(linked: LinkedPaper) -> bytes:
    """The stored form of all but the paper itself.

    Examples:
        >>> linked = LinkedPaper(Paper(id="x:1"), (), (), ())
        >>> unpack_linked(pack_linked(linked), Paper(id="x:2")).paper.id
        'x:2'
    """
    writer = _Writer(linked.paper)
    body = [
        [writer.concept(item) for item in linked.concepts],
        [writer.assertion(item) for item in linked.assertions],
        [writer.relation(item) for item in linked.relations],
        [writer.relation(item) for item in linked.unasserted],
        [writer.result(item) for item in linked.results],
    ]
    # Number 0 stands for the id of the paper, whatever it is when the row is read.
    return pack([ROW_FORMAT, list(writer.strings)[1:], *body])


@damage_told
def unpack_linked(data: bytes, paper: Paper) -> LinkedPaper:
    """What `pack_linked` was given, of ``paper``, whose title and abstract must be those of then.

    Raises:
        DamagedRowError: the row has another form, or is not what was stored.
    """
    form, strings, concepts, assertions, relations, unasserted, results = unpack(data)
    if form != ROW_FORMAT:
        raise ValueError(f"the row has form {form!r}, not {ROW_FORMAT}")
    reader = _Reader(paper, strings)
    return LinkedPaper(
        paper,
        tuple(map(reader.concept, concepts)),
        tuple(map(reader.assertion, assertions)),
        tuple(map(reader.relation, relations)),
        tuple(map(reader.relation, unasserted)),
        tuple(map(reader.result, results)),
    )


class _Writer:
    def __init__(self, paper: Paper) -> None:
        self.paper = paper
        # None cannot be a string of the text, so that 0 is the paper's id and nothing else.
        self.strings: dict[str | None, int] = {None: _OWN_ID}

    def string(self, text: str | None) -> int:
        return _NONE if text is None else self.strings.setdefault(str(text), len(self.strings))

    def paper_id(self, text: str) -> int:
        return _OWN_ID if text == self.paper.id else self.string(text)

    def concept(self, item: LinkedConcept) -> _Row:
        concept, s = item.concept, self.string
        aliases = [[s(a.text), s(a.reason), self.paper_id(a.paper_id), a.confidence, s(a.note)] for a in item.aliases]
        broader = [s(name) for name in concept.broader]
        definition = s(concept.definition)
        return [s(concept.id), s(concept.label), s(concept.type), broader, definition, int(concept.catalogued), aliases]

    def mention(self, item: Mention) -> _Row:
        s = self.string
        known = item.text == self.paper.text(item.field)[item.start : item.end]
        text = _NONE if known else s(item.text)
        concept_id = s(item.concept_id)
        return [
            s(item.field), item.start, item.end, text, s(item.label), s(item.source), item.confidence, concept_id,
            list(item.role_scores),
        ]  # fmt: skip

    def evidence(self, item: Evidence) -> _Row:
        s = self.string
        spans = [end for span in item.spans for end in span]
        return [
            self.paper_id(item.paper_id), s(item.field), item.start, item.end, spans, s(item.cue), item.cue_start,
            item.cue_end, s(item.rule), s(item.version), item.confidence, s(item.status),
        ]  # fmt: skip

    def assertion(self, item: Assertion) -> _Row:
        return [
            self.paper_id(item.paper_id), self.string(item.role), self.string(item.concept_id), item.confidence,
            [self.evidence(found) for found in item.evidence], [self.mention(found) for found in item.mentions],
        ]  # fmt: skip

    def relation(self, item: Relation) -> _Row:
        s = self.string
        evidence = [self.evidence(found) for found in item.evidence]
        return [s(item.subject), s(item.predicate), s(item.object), item.confidence, evidence]

    def result(self, item: Result) -> _Row:
        said = (item.subject, item.metric, item.dataset, item.baseline, item.value, item.unit, item.direction)
        return [self.paper_id(item.paper_id), *map(self.string, said), self.evidence(item.evidence)]


class _Reader:
    def __init__(self, paper: Paper, strings: Sequence[str]) -> None:
        self.paper = paper
        # The last of them stands for None: -1.
        self.strings: list[Any] = [paper.id, *strings, None]

    def concept(self, row: _Row) -> LinkedConcept:
        names = self.strings
        number, label, kind, broader, definition, catalogued, aliases = row
        concept = _concept(
            names[number], names[label], names[kind], tuple(names[name] for name in broader), names[definition],
            bool(catalogued),
        )  # fmt: skip
        found = (Alias(names[a], names[b], names[c], confidence, names[e]) for a, b, c, confidence, e in aliases)
        return LinkedConcept(concept, tuple(found))

    def mention(self, row: _Row) -> Mention:
        names = self.strings
        field, start, end, text, label, source, confidence, concept_id, scores = row
        surface = self.paper.text(names[field])[start:end] if text == _NONE else names[text]
        return Mention(
            names[field], start, end, surface, _TYPES[names[label]], names[source], confidence, names[concept_id],
            tuple(scores),
        )  # fmt: skip

    def evidence(self, row: _Row) -> Evidence:
        names = self.strings
        paper_id, field, start, end, spans, cue, cue_start, cue_end, rule, version, confidence, status = row
        ends = iter(spans)
        return Evidence(
            names[paper_id], names[field], start, end, tuple(zip(ends, ends, strict=True)), names[cue], cue_start,
            cue_end, names[rule], names[version], confidence, _STATUS[names[status]],
        )  # fmt: skip

    def assertion(self, row: _Row) -> Assertion:
        names = self.strings
        paper_id, role, concept_id, confidence, evidence, mentions = row
        return Assertion(
            names[paper_id], _ROLES[names[role]], names[concept_id], confidence, _all(self.evidence, evidence),
            _all(self.mention, mentions),
        )  # fmt: skip

    def relation(self, row: _Row) -> Relation:
        names = self.strings
        subject, predicate, target, confidence, evidence = row
        return Relation(
            names[subject], _PREDICATES[names[predicate]], names[target], confidence, _all(self.evidence, evidence)
        )

    def result(self, row: _Row) -> Result:
        names = self.strings
        paper_id, subject, metric, dataset, baseline, value, unit, direction, evidence = row
        return Result(
            names[paper_id], names[subject], names[metric], names[dataset], names[baseline], names[value], names[unit],
            names[direction], self.evidence(evidence),
        )  # fmt: skip


def _all(read: Callable[[_Row], Any], rows: Iterable[_Row]) -> tuple[Any, ...]:
    return tuple(map(read, rows))


# Looked up often enough that the call of an enumeration is felt.
_TYPES = {str(member): member for member in ConceptType}
_ROLES = {str(member): member for member in Role}
_PREDICATES = {str(member): member for member in Predicate}
_STATUS = {str(member): member for member in Status}


@lru_cache(maxsize=65_536)
def _concept(
    concept_id: str, label: str, kind: str, broader: tuple[str, ...], definition: str | None, catalogued: bool
) -> Concept:
    # Thousands of papers name the same concept, and validation costs more than the look-up.
    return Concept(
        id=concept_id, label=label, type=_TYPES[kind], broader=broader, definition=definition, catalogued=catalogued
    )
