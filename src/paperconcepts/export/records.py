"""JSON lines: one line a paper with everything known of it. ``papers.jsonl`` is also what a graph is read back from."""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from paperconcepts.errors import SourceError
from paperconcepts.files import open_atomic
from paperconcepts.graph import ResearchGraph, build_graph
from paperconcepts.graph.statements import stated_results, unasserted_relations
from paperconcepts.model import (
    Alias,
    Assertion,
    Concept,
    Evidence,
    LinkedConcept,
    LinkedPaper,
    Paper,
    Predicate,
    Relation,
    Result,
)
from paperconcepts.sources import trace_text
from paperconcepts.vocabulary import Vocabulary

__all__ = ["EXTRACT_FORMAT", "PAPERS_FORMAT", "extract_record", "linked_papers", "read_graph", "write_papers_jsonl"]

EXTRACT_FORMAT = "paperconcepts-extract/2"
PAPERS_FORMAT = "paperconcepts-papers/1"
_PAPER_DEFAULTS = Paper(id="-").model_dump(mode="json", exclude={"id", "title"})
# What is read was written by someone else or edited by hand, so that types are checked; inside they are plain data.
_ALIASES = TypeAdapter(tuple[Alias, ...])
_ASSERTION = TypeAdapter(Assertion)
_EVIDENCE = TypeAdapter(tuple[Evidence, ...])
_RESULT = TypeAdapter(Result)
_PARTIES = ("subject", "metric", "dataset", "baseline")


_Origins = dict[str, list[tuple[int, int]]]


def extract_record(linked: LinkedPaper) -> dict[str, Any]:
    """The line that ``paperconcepts extract`` prints: concepts with mentions, relations and results by position.

    The keys and their meaning are stable for one value of ``format``. Offsets count in the title and abstract of the
    record as it was read (``paper.raw``, if cleaning changed it); ``text`` is the cleaned text of the mention.
    """
    origins = _origins(linked.paper)
    positions = {item.concept.id: number for number, item in enumerate(linked.concepts)}
    assertions = {assertion.concept_id: assertion for assertion in linked.assertions}
    return {
        "format": EXTRACT_FORMAT,
        "id": linked.paper.id,
        "record": linked.paper.record,
        "title": linked.paper.title,
        "concepts": [_concept(item, assertions[item.concept.id], origins) for item in linked.concepts],
        "relations": _triples([_in_text_order(item, assertions) for item in linked.relations], positions),
        "results": [_result_row(result, positions, origins) for result in linked.results],
    }


def _in_text_order(relation: Relation, assertions: dict[str, Assertion]) -> Relation:
    """A symmetric relation as it reads: what the text names first stands first."""
    ends = (relation.subject, relation.object)
    if relation.predicate is not Predicate.COMPARED_WITH or not assertions.keys() >= set(ends):
        return relation
    first = {end: min((m.field != "title", m.start) for m in assertions[end].mentions) for end in ends}
    subject, target = sorted(ends, key=lambda end: (first[end], end))
    return replace(relation, subject=subject, object=target)


def _triples(relations: Sequence[Relation], positions: dict[str, int]) -> list[list[int | str]]:
    # The family of a version need not be named in the paper: its id stands for a position.
    return [
        [positions.get(r.subject, r.subject), str(r.predicate), positions.get(r.object, r.object)] for r in relations
    ]


def _result_row(result: Result, positions: dict[str, int], origins: _Origins) -> dict[str, Any]:
    evidence = result.evidence
    start, end = _traced(evidence.field, evidence.cue_start, evidence.cue_end, origins)
    row: dict[str, Any] = {name: positions.get(getattr(result, name) or "") for name in _PARTIES}
    row |= {"value": result.value, "unit": result.unit, "direction": result.direction}
    return row | {"status": str(evidence.status), "field": evidence.field, "start": start, "end": end}


def _origins(paper: Paper) -> _Origins:
    """For each field that cleaning changed: the span in the record's text that each character stands for."""
    if paper.raw is None:
        return {}
    fields = zip(("title", "abstract"), paper.raw, strict=True)
    return {field: trace_text(raw)[1] for field, raw in fields if raw != paper.text(field)}


def _traced(field: str, start: int, end: int, origins: _Origins) -> tuple[int, int]:
    traced = origins.get(field)
    return (traced[start][0], traced[end - 1][1]) if traced else (start, end)


def _concept(item: LinkedConcept, assertion: Assertion, origins: _Origins) -> dict[str, Any]:
    places = [_traced(mention.field, mention.start, mention.end, origins) for mention in assertion.mentions]
    return {
        "id": item.concept.id,
        "label": item.concept.label,
        "type": str(item.concept.type),
        "role": str(assertion.role),
        "confidence": assertion.confidence,
        "aliases": sorted({alias.text for alias in item.aliases}),
        "mentions": [
            {
                "field": mention.field,
                "start": start,
                "end": end,
                "text": mention.text,
                "source": mention.source,
                "confidence": mention.confidence,
            }
            for mention, (start, end) in zip(assertion.mentions, places, strict=True)
        ],
    }


def linked_papers(graph: ResearchGraph) -> Iterator[LinkedPaper]:
    """Take a graph apart into its papers again, sorted by id; ``build_graph`` of them is the same graph."""
    assertions: dict[str, list[Assertion]] = defaultdict(list)
    for assertion in graph.assertions():
        assertions[assertion.paper_id].append(assertion)
    relations: dict[str, list[Relation]] = defaultdict(list)
    for relation in graph.relations():
        for paper_id in sorted({evidence.paper_id for evidence in relation.evidence} - {""}):
            own = tuple(evidence for evidence in relation.evidence if evidence.paper_id == paper_id)
            confidence = max(evidence.confidence for evidence in own)
            relations[paper_id].append(Relation(relation.subject, relation.predicate, relation.object, confidence, own))
    nodes = {node.concept.id: node for node in graph.concepts()}
    aliases: dict[tuple[str, str], list[Alias]] = defaultdict(list)
    for node in nodes.values():
        for alias in node.aliases:
            aliases[alias.paper_id, node.concept.id].append(alias)
    elsewhere = {
        node.concept.id: {a.text: a for a in node.aliases if a.reason == "definition elsewhere"}
        for node in nodes.values()
    }
    for paper in graph.papers():
        found = assertions[paper.id]
        concepts = []
        for assertion in sorted(found, key=lambda a: a.concept_id):
            known = aliases[paper.id, assertion.concept_id]
            texts = {mention.text for mention in assertion.mentions} - {alias.text for alias in known}
            borrowed = elsewhere[assertion.concept_id]
            named = {*known, *(borrowed[text] for text in texts if text in borrowed)}
            own_aliases = tuple(sorted(named, key=lambda a: (a.text, a.reason, a.paper_id)))
            concepts.append(LinkedConcept(nodes[assertion.concept_id].concept, own_aliases))
        yield LinkedPaper(
            paper, tuple(concepts), tuple(found), tuple(relations[paper.id]),
            tuple(unasserted_relations(graph, paper_id=paper.id)), tuple(stated_results(graph, paper_id=paper.id)),
        )  # fmt: skip


def write_papers_jsonl(graph: ResearchGraph, path: str | Path) -> None:
    """Write one JSON line a paper: its fields, concepts with mentions, aliases and evidence, and relations.

    Raises:
        OutputError: the file cannot be written.
    """
    with open_atomic(path) as stream:
        for linked in linked_papers(graph):
            stream.write(json.dumps(_paper_record(linked), ensure_ascii=False, separators=(",", ":")) + "\n")


def _paper_record(linked: LinkedPaper) -> dict[str, Any]:
    record = {**extract_record(linked), "format": PAPERS_FORMAT}
    dumped = linked.paper.model_dump(mode="json")
    record.update({name: dumped[name] for name, default in _PAPER_DEFAULTS.items() if dumped[name] != default})
    assertions = {assertion.concept_id: assertion for assertion in linked.assertions}
    for row, item in zip(record["concepts"], linked.concepts, strict=True):
        concept = item.concept
        row["catalogued"] = concept.catalogued
        row["broader"] = list(concept.broader)
        if concept.definition:
            row["definition"] = concept.definition
        row["alias_reasons"] = [_alias_row(alias) for alias in item.aliases]
        row["evidence"] = [_evidence_row(evidence) for evidence in assertions[concept.id].evidence]
        for mention_row, mention in zip(row["mentions"], assertions[concept.id].mentions, strict=True):
            mention_row["label"] = str(mention.label)
            if mention.concept_id:
                mention_row["concept_id"] = mention.concept_id
    record["relation_evidence"] = [[_evidence_row(evidence) for evidence in r.evidence] for r in linked.relations]
    record["result_evidence"] = [_evidence_row(result.evidence) for result in linked.results]
    if linked.unasserted:
        positions = {item.concept.id: number for number, item in enumerate(linked.concepts)}
        record["unasserted"] = _triples(linked.unasserted, positions)
        record["unasserted_evidence"] = [[_evidence_row(item) for item in r.evidence] for r in linked.unasserted]
    return record


def _alias_row(alias: Alias) -> dict[str, Any]:
    row = asdict(alias)
    if not alias.note:
        del row["note"]
    return row


def _evidence_row(evidence: Evidence) -> dict[str, Any]:
    row = asdict(evidence)
    del row["paper_id"]
    row["spans"] = [list(span) for span in evidence.spans]
    return row


def read_graph(path: str | Path, *, vocabulary: Vocabulary | None = None) -> ResearchGraph:
    """Read the graph of a folder that ``build`` wrote, or of its ``papers.jsonl``.

    The ``is_a`` edges of the catalogue are not in the file; ``vocabulary`` (default: the catalogue) gives them anew.

    Raises:
        SourceError: there is no such file, a line of it is not what ``write_papers_jsonl`` writes, or two lines are
            one paper.
    """
    path = Path(path)
    file = path / "papers.jsonl" if path.is_dir() else path
    try:
        lines = file.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise SourceError(
            f"cannot be read: {reason}; give a folder written by 'paperconcepts build'", file=str(file)
        ) from error
    return build_graph(_linked_lines(lines, str(file)), vocabulary=vocabulary)


def _linked_lines(lines: list[str], file: str) -> Iterator[LinkedPaper]:
    seen: dict[str, int] = {}
    for number, line in enumerate(lines, 1):
        if not line:
            continue
        linked = _linked(line, file, number)
        first = seen.setdefault(linked.paper.id, number)
        if first != number:
            message = f"paper {linked.paper.id} stands in record {first} already; remove one of them"
            raise SourceError(message, file=file, record=number)
        yield linked


def _linked(line: str, file: str, number: int) -> LinkedPaper:
    try:
        record = json.loads(line)
        if record["format"] != PAPERS_FORMAT:
            raise SourceError(f"format is {record['format']!r}, not {PAPERS_FORMAT!r}", file=file, record=number)
        paper = Paper.model_validate({name: record[name] for name in Paper.model_fields if name in record})
        rows = record["concepts"]
        return LinkedPaper(
            paper,
            tuple(LinkedConcept(_concept_of(row), _ALIASES.validate_python(row["alias_reasons"])) for row in rows),
            tuple(sorted((_assertion(paper.id, row) for row in rows), key=lambda a: (a.role.rank, a.concept_id))),
            _relations(paper.id, rows, record["relations"], record["relation_evidence"]),
            # Files of version 0.1 have neither of these.
            _relations(paper.id, rows, record.get("unasserted", ()), record.get("unasserted_evidence", ())),
            tuple(
                _result(paper.id, rows, row, evidence)
                for row, evidence in zip(record.get("results", ()), record.get("result_evidence", ()), strict=True)
            ),
        )
    except SourceError:
        raise
    except (KeyError, IndexError, TypeError, ValueError, RecursionError) as error:
        raise SourceError(
            f"not a line of papers.jsonl ({_reason(error)}); build the folder again", file=file, record=number
        ) from error


_Rows = list[dict[str, Any]]
_Triples = Sequence[tuple[int | str, str, int | str]]


def _reason(error: Exception) -> str:
    if not isinstance(error, ValidationError):
        return f"{type(error).__name__}: {error}"
    first = error.errors()[0]
    name = ".".join(str(part) for part in first["loc"])
    return f"{error.title} {name} is {first['input']!r}: {first['msg']}"


def _concept_of(row: dict[str, Any]) -> Concept:
    return Concept.model_validate(
        {name: row[name] for name in ("id", "label", "type", "broader", "definition", "catalogued") if name in row}
    )


def _assertion(paper_id: str, row: dict[str, Any]) -> Assertion:
    fields = {name: row[name] for name in ("role", "confidence", "mentions")}
    evidence = _evidence(paper_id, row["evidence"])
    return _ASSERTION.validate_python({**fields, "paper_id": paper_id, "concept_id": row["id"], "evidence": evidence})


def _relations(paper_id: str, rows: _Rows, triples: _Triples, evidence: Sequence[_Rows]) -> tuple[Relation, ...]:
    return tuple(
        _relation(paper_id, _id(subject, rows), predicate, _id(target, rows), found)
        for (subject, predicate, target), found in zip(triples, evidence, strict=True)
    )


def _id(position: int | str, rows: _Rows) -> str:
    name: str = rows[position]["id"] if isinstance(position, int) else position
    return name


def _result(paper_id: str, rows: _Rows, row: dict[str, Any], evidence: dict[str, Any]) -> Result:
    parties = {name: rows[row[name]]["id"] if row[name] is not None else None for name in _PARTIES}
    said = {name: row[name] for name in ("value", "unit", "direction")}
    (found,) = _evidence(paper_id, [evidence])
    return _RESULT.validate_python({"paper_id": paper_id, **parties, **said, "evidence": found})


def _relation(paper_id: str, subject: str, predicate: str, target: str, rows: list[dict[str, Any]]) -> Relation:
    evidence = _evidence(paper_id, rows)
    if Predicate(predicate) is Predicate.COMPARED_WITH:
        # Written as the text has it, kept with the smaller id first.
        subject, target = sorted((subject, target))
    return Relation(subject, Predicate(predicate), target, max(e.confidence for e in evidence), evidence)


def _evidence(paper_id: str, rows: list[dict[str, Any]]) -> tuple[Evidence, ...]:
    return _EVIDENCE.validate_python([{**row, "paper_id": paper_id} for row in rows])
