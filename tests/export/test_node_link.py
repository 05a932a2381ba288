"""Node-link JSON."""

import json
from pathlib import Path

import networkx as nx
import pytest

from paperconcepts.export.node_link import write_d3, write_node_link
from paperconcepts.export.presentation import present
from paperconcepts.export.views import make_view
from paperconcepts.graph import ResearchGraph


def test_it_has_the_exact_form_of_networkx(any_graph: ResearchGraph, tmp_path: Path) -> None:
    """networkx reads the document and writes the same one: keys, their order, and every row."""
    shown = present(any_graph)
    write_node_link(any_graph, tmp_path / "g.json", property_graph=shown)
    document = json.loads((tmp_path / "g.json").read_text(encoding="utf-8"), parse_constant=pytest.fail)
    read = nx.node_link_graph(document)
    assert (type(read), read.number_of_edges()) == (nx.MultiDiGraph, len(shown.edges))
    again = nx.node_link_data(read)
    assert list(again) == list(document)
    assert again["nodes"] == document["nodes"]
    assert list(map(list, again["nodes"])) == list(map(list, document["nodes"]))
    # networkx lists the edges of one node after the other.
    assert sorted(map(json.dumps, again["edges"])) == sorted(map(json.dumps, document["edges"]))


def test_projections_are_undirected(small_graph: ResearchGraph, tmp_path: Path) -> None:
    """networkx makes an undirected graph of what has no direction."""
    write_node_link(small_graph, tmp_path / "g.json", property_graph=make_view(small_graph, "concepts"))
    read = nx.node_link_graph(json.loads((tmp_path / "g.json").read_bytes()))
    assert not read.is_directed()
    assert all(0 < data["strength"] <= 1 for *_, data in read.edges(data=True))


def test_d3_gets_links_groups_and_values(small_graph: ResearchGraph, tmp_path: Path) -> None:
    """What d3 and force-graph look for is there, and y grows downwards."""
    shown = present(small_graph)
    write_d3(small_graph, tmp_path / "g.json", property_graph=shown)
    document = json.loads((tmp_path / "g.json").read_bytes())
    assert "edges" not in document
    assert {row["group"] for row in document["nodes"]} == {"paper", "Method", "Dataset"}
    assert [row["value"] for row in document["links"]] == [edge.weight for edge in shown.edges]
    assert [row["y"] for row in document["nodes"]] == [-node.y + 0.0 for node in shown.nodes]
