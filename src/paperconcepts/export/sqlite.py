"""A SQLite database, for Datasette and every tool that speaks SQL: facets, full-text search, evidence included."""

import json
import math
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from paperconcepts.errors import OutputError
from paperconcepts.export.cleaning import clean_line, mask_text
from paperconcepts.export.presentation import describe_nodes, sort_evidence, web_page
from paperconcepts.export.whole_files import replaced_file
from paperconcepts.files import write_atomic
from paperconcepts.model import Evidence, Paper

if TYPE_CHECKING:
    from paperconcepts.graph import ResearchGraph

__all__ = ["write_sqlite"]

_SCHEMA = """
CREATE TABLE papers (
  id TEXT PRIMARY KEY, title TEXT NOT NULL, abstract TEXT NOT NULL, date TEXT, year INTEGER, venue TEXT,
  authors TEXT NOT NULL, url TEXT, concepts INTEGER NOT NULL);
CREATE TABLE concepts (
  id TEXT PRIMARY KEY, label TEXT NOT NULL, type TEXT NOT NULL, papers INTEGER NOT NULL, first_seen TEXT,
  year INTEGER, definition TEXT, catalogued INTEGER NOT NULL);
CREATE TABLE aliases (
  concept_id TEXT NOT NULL REFERENCES concepts(id), alias TEXT NOT NULL, reason TEXT NOT NULL,
  paper_id TEXT REFERENCES papers(id), confidence REAL NOT NULL);
CREATE TABLE assertions (
  id INTEGER PRIMARY KEY, paper_id TEXT NOT NULL REFERENCES papers(id), role TEXT NOT NULL,
  concept_id TEXT NOT NULL REFERENCES concepts(id), confidence REAL NOT NULL, year INTEGER, evidence TEXT);
CREATE TABLE relations (
  id INTEGER PRIMARY KEY, subject_id TEXT NOT NULL REFERENCES concepts(id), relation TEXT NOT NULL,
  object_id TEXT NOT NULL REFERENCES concepts(id), confidence REAL NOT NULL, papers INTEGER NOT NULL, evidence TEXT);
CREATE TABLE evidence (
  id INTEGER PRIMARY KEY, assertion_id INTEGER REFERENCES assertions(id),
  relation_id INTEGER REFERENCES relations(id), paper_id TEXT REFERENCES papers(id), sentence TEXT NOT NULL,
  field TEXT NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL, cue TEXT NOT NULL, rule TEXT NOT NULL,
  status TEXT NOT NULL, confidence REAL NOT NULL);
"""
# After the rows: an index is made once, not kept up row by row.
_INDEXES = """
CREATE INDEX papers_year ON papers(year);
CREATE INDEX concepts_type ON concepts(type);
CREATE INDEX aliases_concept ON aliases(concept_id);
CREATE INDEX assertions_paper ON assertions(paper_id);
CREATE INDEX assertions_concept ON assertions(concept_id);
CREATE INDEX relations_subject ON relations(subject_id);
CREATE INDEX relations_object ON relations(object_id);
CREATE INDEX evidence_assertion ON evidence(assertion_id);
CREATE INDEX evidence_relation ON evidence(relation_id);
CREATE INDEX evidence_paper ON evidence(paper_id);
CREATE VIRTUAL TABLE papers_fts USING fts5(title, abstract, content=papers, tokenize='porter unicode61');
CREATE VIRTUAL TABLE concepts_fts USING fts5(label, definition, content=concepts, tokenize='porter unicode61');
CREATE VIRTUAL TABLE aliases_fts USING fts5(alias, content=aliases, tokenize='porter unicode61');
CREATE VIRTUAL TABLE evidence_fts USING fts5(sentence, content=evidence, tokenize='porter unicode61');
INSERT INTO papers_fts(papers_fts) VALUES ('rebuild');
INSERT INTO concepts_fts(concepts_fts) VALUES ('rebuild');
INSERT INTO aliases_fts(aliases_fts) VALUES ('rebuild');
INSERT INTO evidence_fts(evidence_fts) VALUES ('rebuild');
CREATE VIEW papers_with_concepts AS
  SELECT p.id AS paper_id, p.title, p.year, a.role, c.label AS concept, c.type, a.confidence, a.evidence
  FROM assertions a JOIN papers p ON p.id = a.paper_id JOIN concepts c ON c.id = a.concept_id;
"""
_TABLES: dict[str, dict[str, Any]] = {
    "papers": {"label_column": "title", "facets": ["year", "venue"], "sort_desc": "date"},
    "concepts": {"label_column": "label", "facets": ["type", "year"], "sort_desc": "papers"},
    "aliases": {"label_column": "alias", "facets": ["reason"]},
    "assertions": {"facets": ["role", "year"], "sort_desc": "confidence"},
    "relations": {"facets": ["relation"], "sort_desc": "papers"},
    "evidence": {"facets": ["rule", "status"], "sort_desc": "confidence"},
    "papers_with_concepts": {"facets": ["role", "type", "year"]},
}


def write_sqlite(graph: "ResearchGraph", path: str | Path) -> None:
    """Write ``graph`` to ``path`` as a SQLite database, and settings for Datasette beside it.

    Tables: ``papers``, ``concepts``, ``aliases``, ``assertions``, ``relations`` and ``evidence``, with foreign keys,
    full-text search (FTS5) and a view that joins them. ``graph.db`` gets ``graph.metadata.json``, which tells
    ``datasette graph.db -m graph.metadata.json`` what to facet, sort and show as a label. The same graph gives the
    same bytes (with the same version of SQLite).

    Args:
        graph: what to write; abstracts are included.
        path: the file; it is replaced whole or not at all.

    Raises:
        OutputError: a file cannot be written.

    Examples:
        >>> import pathlib, sqlite3, tempfile
        >>> from paperconcepts.graph import build_graph
        >>> target = pathlib.Path(tempfile.mkdtemp()) / "graph.db"
        >>> write_sqlite(build_graph([]), target)
        >>> sqlite3.connect(target).execute("SELECT count(*) FROM papers").fetchone()
        (0,)
    """
    target = Path(path)
    try:
        with replaced_file(target) as place, closing(sqlite3.connect(place)) as database:
            # The file has its final name only when it is whole: no journal is needed.
            database.execute("PRAGMA journal_mode = OFF")
            database.executescript(_SCHEMA)
            _fill(database, graph)
            database.commit()
            database.executescript(_INDEXES)
            database.execute("VACUUM")
    except sqlite3.Error as error:
        raise OutputError(f"cannot write {target}: {error}; the earlier file, if any, is unchanged") from error
    settings = {"databases": {target.stem: {"tables": _TABLES}}}
    write_atomic(target.with_suffix(".metadata.json"), json.dumps(settings, indent=2) + "\n")


def _fill(database: sqlite3.Connection, graph: "ResearchGraph") -> None:
    nodes, _ = describe_nodes(graph)
    # Ids as in all other files: distinct, and of characters that a database can hold.
    names = {one: node.id for one, node in nodes.items()}
    reader = _Reader(names, {paper.id: paper for paper in graph.papers()})
    _insert(database, "papers", _papers(graph, names))
    _insert(database, "concepts", _concepts(graph, names))
    _insert(database, "aliases", _aliases(graph, names))
    pieces: list[Sequence[Any]] = []
    rows: list[Sequence[Any]] = []
    for number, item in enumerate(graph.assertions(), 1):
        ends = names[item.paper_id], str(item.role), names[item.concept_id]
        year = nodes[item.paper_id].year or None
        rows.append((number, *ends, item.confidence, year, reader.best(item.evidence)))
        pieces += reader.rows(item.evidence, assertion=number)
    _insert(database, "assertions", rows)
    rows = []
    for number, relation in enumerate(graph.relations(), 1):
        triple = names[relation.subject], str(relation.predicate), names[relation.object]
        support = graph.graph.edges[relation.subject, relation.object, triple[1]]["support"]
        confidence = relation.confidence if math.isfinite(relation.confidence) else 0.0
        rows.append((number, *triple, confidence, support, reader.best(relation.evidence)))
        pieces += reader.rows(relation.evidence, relation=number)
    _insert(database, "relations", rows)
    _insert(database, "evidence", ((number, *row) for number, row in enumerate(pieces, 1)))


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads the sentences of evidence."""

    names: Mapping[str, str]
    papers: Mapping[str, Paper]

    def sentence(self, one: Evidence) -> str:
        paper = self.papers.get(one.paper_id)
        return mask_text(paper.text(one.field)[one.start : one.end]) if paper else ""

    def best(self, evidence: Iterable[Evidence]) -> str | None:
        return next((found for one in sort_evidence(evidence) if (found := self.sentence(one))), None)

    def rows(
        self, evidence: Iterable[Evidence], *, assertion: int | None = None, relation: int | None = None
    ) -> Iterator[Sequence[Any]]:
        for one in sort_evidence(evidence):
            yield (
                assertion, relation, self.names.get(one.paper_id), self.sentence(one), one.field, one.start, one.end,
                mask_text(one.cue), one.rule, str(one.status), one.confidence,
            )  # fmt: skip


def _papers(graph: "ResearchGraph", names: Mapping[str, str]) -> Iterator[Sequence[Any]]:
    for paper in graph.papers():
        authors = mask_text("; ".join(paper.authors))
        concepts = len(set(graph.graph.successors(paper.id)))
        yield (
            names[paper.id], _shown(paper.label, names[paper.id]), mask_text(paper.abstract), paper.issued, paper.year,
            mask_text(paper.venue) if paper.venue else None, authors, web_page(paper) or None, concepts,
        )  # fmt: skip


def _concepts(graph: "ResearchGraph", names: Mapping[str, str]) -> Iterator[Sequence[Any]]:
    for node in graph.concepts():
        concept = node.concept
        year = int(node.first_seen[:4]) if node.first_seen else None
        definition = mask_text(concept.definition) if concept.definition else None
        yield (
            names[concept.id], _shown(concept.label, names[concept.id]), str(concept.type), node.support,
            node.first_seen, year, definition, int(concept.catalogued),
        )  # fmt: skip


def _aliases(graph: "ResearchGraph", names: Mapping[str, str]) -> Iterator[Sequence[Any]]:
    for node in graph.concepts():
        for alias in node.aliases:
            text = mask_text(alias.text)
            yield names[node.concept.id], text, alias.reason, names.get(alias.paper_id), alias.confidence


def _shown(text: str, name: str) -> str:
    # A title of nothing that can be held would leave nothing to click on.
    return mask_text(text) if clean_line(text) else name


def _insert(database: sqlite3.Connection, table: str, rows: Iterable[Sequence[Any]]) -> None:
    found = list(rows)
    if found:
        places = ",".join("?" * len(found[0]))
        database.executemany(f"INSERT INTO {table} VALUES ({places})", found)  # noqa: S608 - names are ours
