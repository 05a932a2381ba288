"""The graph database file."""

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from paperconcepts.errors import OutputError
from paperconcepts.export import ladybug_program
from paperconcepts.export.ladybug import write_ladybug
from paperconcepts.export.presentation import present
from paperconcepts.export.views import make_view
from paperconcepts.graph import ResearchGraph

ladybug = pytest.importorskip("ladybug", reason="the extra ladybug is not installed")


def ask(path: Path, question: str) -> list[list[Any]]:
    database = ladybug.Database(str(path), read_only=True)
    connection = ladybug.Connection(database)
    rows: list[list[Any]] = connection.execute(question).get_all()
    connection.close()
    database.close()
    return rows


def test_cypher_finds_every_node_and_edge(any_graph: ResearchGraph, tmp_path: Path) -> None:
    """The engine gives back each node and edge with its properties; nothing lies beside the file."""
    shown = present(any_graph)
    write_ladybug(any_graph, tmp_path / "g.lbug", property_graph=shown)
    rows = ask(tmp_path / "g.lbug", "MATCH (n) RETURN n.id, n.label, n.x, n.year")
    assert sorted(map(tuple, rows)) == sorted((node.id, node.label, node.x, node.year or None) for node in shown.nodes)
    if shown.edges:
        rows = ask(tmp_path / "g.lbug", "MATCH (a)-[e]->(b) RETURN a.id, e.id, b.id, e.confidence")
        assert sorted(map(tuple, rows)) == sorted((e.source, e.id, e.target, e.confidence) for e in shown.edges)
    assert [one.name for one in tmp_path.iterdir()] == ["g.lbug"]


def test_a_question_over_two_steps(small_graph: ResearchGraph, tmp_path: Path) -> None:
    """Tables are named after kinds and relations: a Cypher question can be asked as one would say it."""
    write_ladybug(small_graph, tmp_path / "g.lbug")
    question = "MATCH (p:Paper)-[:INTRODUCES]->(:Concept)-[:EXTENDS]->(c:Concept) RETURN p.label, c.label, c.aliases"
    assert ask(tmp_path / "g.lbug", question) == [["QLoRA", "Low-Rank Adaptation", ["LoRA"]]]


def test_projections_have_a_strength(small_graph: ResearchGraph, tmp_path: Path) -> None:
    """A view without papers is a database, too."""
    shown = make_view(small_graph, "concepts")
    write_ladybug(small_graph, tmp_path / "g.lbug", property_graph=shown)
    rows = ask(tmp_path / "g.lbug", "MATCH (:Concept)-[e:CO_OCCURS_WITH]->(:Concept) RETURN e.id, e.strength")
    assert sorted(map(tuple, rows)) == sorted((edge.id, edge.confidence) for edge in shown.edges)


def test_an_earlier_file_is_replaced_whole(small_graph: ResearchGraph, tmp_path: Path) -> None:
    """A second export takes the place of the first; a folder that is a file is an output error."""
    for _ in range(2):
        write_ladybug(small_graph, tmp_path / "g.lbug")
    assert ask(tmp_path / "g.lbug", "MATCH (n) RETURN count(*)") == [[6]]
    with pytest.raises(OutputError, match=r"g\.lbug"):
        write_ladybug(small_graph, tmp_path / "g.lbug" / "inside.lbug")


@pytest.mark.parametrize(
    ("program", "reason"),
    [
        ("import os; os.abort()", r"the engine ended with status -?\d+"),
        ("import sys; sys.exit('a\\nno room')", "no room"),
        ("import sys; sys.stdin.read(); print(1 / 0)", "ZeroDivisionError: division by zero"),
    ],
)
def test_an_engine_that_ends_takes_nothing_with_it(
    program: str, reason: str, small_graph: ResearchGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a full disk the engine aborts its process, which is not ours: the earlier file stays, the error says why."""
    (tmp_path / "program.py").write_text(program, encoding="utf-8")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "g.lbug").write_bytes(b"earlier")
    monkeypatch.setattr(ladybug_program, "__file__", str(tmp_path / "program.py"))
    with pytest.raises(OutputError, match=rf"g\.lbug: {reason}; the earlier file, if any, is unchanged"):
        write_ladybug(small_graph, tmp_path / "out" / "g.lbug")
    assert [(one.name, one.read_bytes()) for one in (tmp_path / "out").iterdir()] == [("g.lbug", b"earlier")]


def test_a_statement_that_fails_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The program runs what it is given, in order, and lets an error of the engine through."""
    lines = [["CREATE NODE TABLE Paper(id STRING PRIMARY KEY)", {}], ["CREATE (:Paper {id: $id})", {"id": "a"}]]
    given = io.TextIOWrapper(io.BytesIO("".join(json.dumps(line) + "\n" for line in [*lines, *lines[:1]]).encode()))
    monkeypatch.setattr(sys, "stdin", given)
    with pytest.raises(Exception, match="already exists"):
        ladybug_program.main(str(tmp_path / "g.lbug"))
