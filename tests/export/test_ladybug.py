"""The graph database file."""

from pathlib import Path
from typing import Any

import pytest

from paperconcepts.errors import OutputError
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
