"""JSON lines: one line a paper with everything known of it. see `graph_reading` for the way back."""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from paperconcepts.files import open_atomic
from paperconcepts.graph import ResearchGraph
from paperconcepts.graph.statements import stated_results, unasserted_relations
from paperconcepts.model import (
    Alias,
    Assertion,
    Evidence,
    LinkedConcept,
    LinkedPaper,
    Paper,
    Predicate,
    Relation,
    Result,
)
from paperconcepts.sources import trace_text

__all__ = ["EXTRACT_FORMAT", "PAPERS_FORMAT", "PARTIES", "extract_record", "linked_papers", "write_papers_jsonl"]

EXTRACT_FORMAT = "paperconcepts-extract/2"
PAPERS_FORMAT = "paperconcepts-papers/1"
_PAPER_DEFAULTS = Paper(id="-").model_dump(mode="json", exclude={"id", "title"})
PARTIES = ("subject", "metric", "dataset", "baseline")


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
    row: dict[str, Any] = {name: positions.get(getattr(result, name) or "") for name in PARTIES}
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
