"""Tables of nodes and edges: data frames, Parquet, CSV."""

import csv
from pathlib import Path

import pytest

from paperconcepts.errors import ConfigurationError
from paperconcepts.export.frames import edge_rows, node_rows, to_frames, write_parquet
from paperconcepts.export.presentation import present
from paperconcepts.export.tables import write_csv_folder
from paperconcepts.export.views import make_view
from paperconcepts.graph import ResearchGraph


def test_rows_have_the_same_keys_and_no_empty_texts(any_graph: ResearchGraph) -> None:
    """What is unknown is None in every row, so that a column has one type."""
    shown = present(any_graph)
    for rows in (node_rows(shown), edge_rows(shown)):
        assert len({tuple(row) for row in rows}) <= 1
        assert all(value != "" for row in rows for value in row.values())


def test_parquet_holds_the_rows_with_their_types(any_graph: ResearchGraph, tmp_path: Path) -> None:
    """Each table is read back as it was, even one without rows; years are whole numbers, aliases lists."""
    polars = pytest.importorskip("polars")
    shown = present(any_graph)
    write_parquet(any_graph, tmp_path / "tables", property_graph=shown)
    nodes = polars.read_parquet(tmp_path / "tables" / "nodes.parquet")
    edges = polars.read_parquet(tmp_path / "tables" / "edges.parquet")
    assert nodes.to_dicts() == node_rows(shown)
    assert edges.to_dicts() == edge_rows(shown)
    assert (nodes.schema["year"], nodes.schema["aliases"]) == (polars.Int64, polars.List(polars.String))
    assert edges.schema["confidence"] == polars.Float64
    assert sorted(one.name for one in (tmp_path / "tables").iterdir()) == ["edges.parquet", "nodes.parquet"]


@pytest.mark.parametrize("library", ["polars", "pandas"])
def test_frames_of_either_library(small_graph: ResearchGraph, library: str) -> None:
    """Nodes and edges become two frames of the library that is asked for; their ids join."""
    pytest.importorskip(library)
    shown = make_view(small_graph, "concepts")
    nodes, edges = to_frames(shown, library=library)  # type: ignore[arg-type]
    assert type(nodes).__module__.startswith(library)
    assert list(nodes["id"]) == [node.id for node in shown.nodes]
    assert {*edges["source"], *edges["target"]} <= set(nodes["id"])
    assert "strength" in edges.columns


def test_without_a_library_the_command_is_named(small_graph: ResearchGraph, monkeypatch: pytest.MonkeyPatch) -> None:
    """If neither pandas nor polars is there, the message has the command that installs one."""
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(ConfigurationError, match=r"pip install 'paperconcepts\[pandas\]'"):
        to_frames(present(small_graph))


def test_csv_is_a_folder_of_two_tables(small_graph: ResearchGraph, tmp_path: Path) -> None:
    """The folder is made; in a projection edges are undirected and have a strength."""
    shown = make_view(small_graph, "concepts")
    write_csv_folder(small_graph, tmp_path / "new" / "tables", property_graph=shown)
    with (tmp_path / "new" / "tables" / "edges.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert {row["Type"] for row in rows} == {"Undirected"}
    assert [float(row["Strength"]) for row in rows] == [edge.confidence for edge in shown.edges]
