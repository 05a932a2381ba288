"""The SQLite database."""

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from paperconcepts.errors import OutputError
from paperconcepts.export.presentation import present
from paperconcepts.export.sqlite import write_sqlite
from paperconcepts.graph import ResearchGraph

Ask = Callable[..., list[tuple[Any, ...]]]


@pytest.fixture
def ask(small_graph: ResearchGraph, tmp_path: Path) -> Iterator[Ask]:
    """A question to the database of the small graph."""
    write_sqlite(small_graph, tmp_path / "g.db")
    with closing(sqlite3.connect(tmp_path / "g.db")) as database:
        yield lambda question, *values: database.execute(question, values).fetchall()


def test_full_text_search_finds_words_in_every_form(ask: Ask) -> None:
    """Stems are matched in titles, abstracts, aliases and evidence, and the row is named."""
    rows = ask("SELECT id FROM papers WHERE rowid IN (SELECT rowid FROM papers_fts WHERE papers_fts MATCH 'testing')")
    assert rows == [("arxiv:2106.09685",)]
    rows = ask(
        "SELECT concept_id FROM aliases WHERE rowid IN (SELECT rowid FROM aliases_fts WHERE aliases_fts MATCH 'lora')"
    )
    assert set(rows) == {("low-rank-adaptation",)}
    assert ask("SELECT count(*) FROM evidence_fts WHERE evidence_fts MATCH 'extend'")[0][0] >= 1
    assert ask("SELECT label FROM concepts_fts WHERE concepts_fts MATCH 'adaptation'") == [("Low-Rank Adaptation",)]


def test_tables_hold_the_graph(ask: Ask, small_graph: ResearchGraph) -> None:
    """Papers, concepts, assertions, relations and each piece of evidence are rows that fit together."""
    assert ask("SELECT id, title, date, url, concepts FROM papers ORDER BY id")[1] == (
        "arxiv:2305.14314", "QLoRA", "2023-05", "https://arxiv.org/abs/2305.14314", 2,
    )  # fmt: skip
    assert ask("SELECT id, type, papers, first_seen FROM concepts ORDER BY id")[0] == ("glue", "Dataset", 2, "2019")
    assert ask("SELECT count(*) FROM assertions") == [(len(list(small_graph.assertions())),)]
    assert ask("SELECT subject_id, relation, object_id, papers, evidence FROM relations") == [
        ("qlora", "extends", "low-rank-adaptation", 1, "QLoRA extends LoRA with fewer bits."),
    ]
    rows = ask('SELECT sentence, start, "end" FROM evidence WHERE assertion_id IS NOT NULL')
    assert all(len(sentence) == end - start for sentence, start, end in rows)
    assert ask("PRAGMA foreign_key_check") == []


def test_the_joined_view_can_be_read_by_people(ask: Ask) -> None:
    """One view has titles, roles, labels and sentences side by side."""
    rows = ask("SELECT title, role, concept FROM papers_with_concepts WHERE type = 'Dataset' ORDER BY year")
    assert rows == [("On GLUE", "studies", "GLUE"), ("LoRA", "evaluates_on", "GLUE")]


def test_datasette_is_told_only_of_what_there_is(ask: Ask, tmp_path: Path) -> None:
    """Facets, labels and orders in the settings are columns of their tables."""
    settings = json.loads((tmp_path / "g.metadata.json").read_text(encoding="utf-8"))
    assert list(settings["databases"]) == ["g"]
    tables = settings["databases"]["g"]["tables"]
    assert {"papers", "concepts", "assertions", "relations", "evidence"} <= set(tables)
    for table, told in tables.items():
        columns = {row[1] for row in ask(f"PRAGMA table_info({table})")}
        named = {*told["facets"], *(told[key] for key in ("label_column", "sort_desc") if key in told)}
        assert told["facets"]
        assert named <= columns


def test_any_graph_becomes_a_sound_database(any_graph: ResearchGraph, tmp_path: Path) -> None:
    """Two writes give the same bytes, a third replaces the first; ids are those of the other formats."""
    for name in ("a.db", "b.db", "a.db"):
        write_sqlite(any_graph, tmp_path / name)
    assert (tmp_path / "a.db").read_bytes() == (tmp_path / "b.db").read_bytes()
    with closing(sqlite3.connect(tmp_path / "a.db")) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        found = database.execute("SELECT id FROM papers UNION SELECT id FROM concepts").fetchall()
    assert {one for (one,) in found} == {node.id for node in present(any_graph).nodes}
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a.db", "a.metadata.json", "b.db", "b.metadata.json"]


def test_a_place_that_cannot_be_written_is_an_output_error(small_graph: ResearchGraph, tmp_path: Path) -> None:
    """A file in the place of the folder is reported by name."""
    (tmp_path / "taken").write_text("x")
    with pytest.raises(OutputError, match="taken"):
        write_sqlite(small_graph, tmp_path / "taken" / "g.db")
