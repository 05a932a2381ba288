"""Pajek networks."""

from pathlib import Path

import igraph
import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

from paperconcepts.export.cleaning import clean_line
from paperconcepts.export.pajek import pajek_label, write_pajek
from paperconcepts.export.presentation import present
from paperconcepts.export.views import make_view
from paperconcepts.graph import ResearchGraph


def test_networkx_and_igraph_read_it(any_graph: ResearchGraph, tmp_path: Path) -> None:
    """Two readers find every vertex under its label, every line and its weight."""
    shown = present(any_graph)
    write_pajek(any_graph, tmp_path / "g.net", property_graph=shown)
    read = nx.read_pajek(tmp_path / "g.net", encoding="utf-8")
    assert (read.number_of_nodes(), read.number_of_edges()) == (len(shown.nodes), len(shown.edges))
    other = igraph.Graph.Read_Pajek(str(tmp_path / "g.net"))
    rank = {node.id: number for number, node in enumerate(shown.nodes)}
    assert other.vcount() == len(shown.nodes)
    assert sorted(edge.tuple for edge in other.es) == sorted(
        (rank[edge.source], rank[edge.target]) for edge in shown.edges
    )
    if shown.edges:
        assert [int(one) for one in other.es["weight"]] == [edge.weight for edge in shown.edges]


def test_equal_labels_are_told_apart(tiny_graph: ResearchGraph, tmp_path: Path) -> None:
    """Programs take the label for the name: it is unique, with the id in brackets where it would not be."""
    from dataclasses import replace

    shown = present(tiny_graph)
    same = replace(shown, nodes=tuple(replace(node, label="LoRA") for node in shown.nodes))
    write_pajek(tiny_graph, tmp_path / "g.net", property_graph=same)
    read = nx.read_pajek(tmp_path / "g.net", encoding="utf-8")
    assert set(read) == {"LoRA"} | {f"LoRA [{node.id}]" for node in shown.nodes[1:]}


def test_places_lie_in_the_unit_square(small_graph: ResearchGraph, tmp_path: Path) -> None:
    """Pajek draws between 0 and 1, from the upper left corner."""
    shown = present(small_graph)
    write_pajek(small_graph, tmp_path / "g.net", property_graph=shown)
    rows = (tmp_path / "g.net").read_text(encoding="utf-8").split("\n")[1 : 1 + len(shown.nodes)]
    places = [tuple(map(float, row.rsplit('"', 1)[1].split()[:2])) for row in rows]
    assert all(0 <= x <= 1 and 0 <= y <= 1 for x, y in places)
    highest = max(range(len(shown.nodes)), key=lambda at: shown.nodes[at].y)
    assert min(range(len(places)), key=lambda at: places[at][1]) == highest


def test_projections_have_edges_not_arcs(small_graph: ResearchGraph, tmp_path: Path) -> None:
    """Lines without a direction stand under another heading."""
    write_pajek(small_graph, tmp_path / "g.net", property_graph=make_view(small_graph, "concepts"))
    assert "*Edges\n" in (tmp_path / "g.net").read_text(encoding="utf-8")
    assert not igraph.Graph.Read_Pajek(str(tmp_path / "g.net")).is_directed()


@given(st.text())
def test_a_label_stays_between_its_quotes(text: str) -> None:
    """No cleaned text ends its label early."""
    label = pajek_label(clean_line(text))
    assert '"' not in label
    assert "\\" not in label
    assert "\n" not in label
