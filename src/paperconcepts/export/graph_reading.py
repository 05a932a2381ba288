"""The way back from ``papers.jsonl`` to the graph that it was written from."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, TypeAdapter, ValidationError

from paperconcepts.errors import SourceError
from paperconcepts.export.records import PAPERS_FORMAT, PARTIES
from paperconcepts.graph import ResearchGraph, build_graph
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
from paperconcepts.vocabulary import Vocabulary

__all__ = ["read_graph"]

# What is read was written by someone else or edited by hand, so that types are checked; inside they are plain data.
_ALIASES = TypeAdapter(tuple[Alias, ...])
_ASSERTION = TypeAdapter(Assertion)
_EVIDENCE = TypeAdapter(tuple[Evidence, ...])
_RESULT = TypeAdapter(Result)
_Digest = Annotated[str, Field(pattern=r"\A[0-9a-f]{64}\z")]
_PROVENANCE: TypeAdapter[dict[str, Any]] = TypeAdapter(dict[str, _Digest | dict[str, _Digest]])


def read_graph(path: str | Path, *, vocabulary: Vocabulary | None = None) -> ResearchGraph:
    """Read the graph of a folder that ``build`` wrote, or of its ``papers.jsonl``.

    The ``is_a`` edges of the catalogue are not in the file; ``vocabulary`` (default: the catalogue) gives them anew.
    The digests of settings and input files are those of the ``report.json`` in the folder, if there is one.

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
    graph = build_graph(_linked_lines(lines, str(file)), vocabulary=vocabulary)
    graph.graph.graph.update(_provenance(path) if path.is_dir() else {})
    return graph


def _provenance(folder: Path) -> dict[str, Any]:
    """What the report of the build says of its settings and input files; nothing if there is none, or an older one."""
    try:
        report = json.loads((folder / "report.json").read_text(encoding="utf-8"))
        return _PROVENANCE.validate_python(
            {"configuration": report["configuration"], "source_digests": report["read"]["sha256"]}
        )
    except (OSError, KeyError, TypeError, ValueError, RecursionError):
        return {}


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
    parties = {name: rows[row[name]]["id"] if row[name] is not None else None for name in PARTIES}
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
