"""Each viewer file, read again by a reader that is not its writer."""

import csv
import json
import re
from pathlib import Path

import igraph
import networkx as nx
import pytest
from lxml import etree

from paperconcepts.export import (
    present,
    write_csv_tables,
    write_cytoscape_json,
    write_gexf,
    write_graphml,
)
from paperconcepts.export.tables import escape_cell
from paperconcepts.graph import ResearchGraph

GEXF = "{http://gexf.net/1.3}"
VIZ = "{http://gexf.net/1.3/viz}"


def test_gexf_is_read_by_networkx(any_graph: ResearchGraph, tmp_path: Path) -> None:
    """networkx finds every node and edge of the GEXF file, with labels, types and weights."""
    shown = present(any_graph)
    write_gexf(any_graph, tmp_path / "g.gexf", property_graph=shown)
    read = nx.read_gexf(tmp_path / "g.gexf", version="1.3")
    assert list(read) == [node.id for node in shown.nodes]
    assert read.number_of_edges() == len(shown.edges)
    assert [data["label"] for _, data in read.nodes(data=True)] == [node.label for node in shown.nodes]
    assert [data["concept_type"] for _, data in read.nodes(data=True) if data["kind"] == "concept"] == [
        node.concept_type for node in shown.nodes if node.concept_type
    ]
    relations = sorted((a, data["relation"], b) for a, b, data in read.edges(data=True))
    assert relations == sorted((edge.source, edge.relation, edge.target) for edge in shown.edges)


def test_gexf_is_drawn_and_dated(hostile_graph: ResearchGraph, tmp_path: Path) -> None:
    """Each node has size, place and colour; start dates are whole days; edges have a kind and distinct ids."""
    shown = present(hostile_graph)
    write_gexf(hostile_graph, tmp_path / "g.gexf", property_graph=shown)
    root = etree.parse(tmp_path / "g.gexf").getroot()
    for node in root.iter(f"{GEXF}node"):
        assert [child.tag for child in node][1:] == [f"{VIZ}size", f"{VIZ}position", f"{VIZ}color"]
    starts = [start for item in root.iter(f"{GEXF}node", f"{GEXF}edge") if (start := item.get("start"))]
    assert starts
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\d", start) for start in starts)
    edges = list(root.iter(f"{GEXF}edge"))
    assert {edge.get("kind") for edge in edges} == {edge.relation for edge in shown.edges}
    assert len({edge.get("id") for edge in edges}) == len(edges)
    titles = [column.get("title") for column in root.iter(f"{GEXF}attribute")]
    assert not {"type", "id", "label", "None"} & set(titles)


def test_graphml_is_read_by_networkx(any_graph: ResearchGraph, tmp_path: Path) -> None:
    """networkx finds every node and edge of the GraphML file, with typed values."""
    shown = present(any_graph)
    write_graphml(any_graph, tmp_path / "g.graphml", property_graph=shown)
    read = nx.read_graphml(tmp_path / "g.graphml", force_multigraph=True)
    assert list(read) == [node.id for node in shown.nodes]
    assert {key for _, _, key in read.edges(keys=True)} == {edge.id for edge in shown.edges}
    for node in shown.nodes:
        data = read.nodes[node.id]
        assert (data["label"], data["x"], data["y"], data["degree"]) == (node.label, node.x, node.y, node.degree)
        assert data.get("year", 0) == node.year


def test_graphml_is_read_by_igraph(any_graph: ResearchGraph, tmp_path: Path) -> None:
    """igraph, a reader in C, finds the same counts, labels and weights."""
    shown = present(any_graph)
    write_graphml(any_graph, tmp_path / "g.graphml", property_graph=shown)
    read = igraph.Graph.Read_GraphML(str(tmp_path / "g.graphml"))
    assert (read.vcount(), read.ecount()) == (len(shown.nodes), len(shown.edges))
    assert read.vs["label"] == [node.label for node in shown.nodes]
    assert read.es["weight"] == [edge.weight for edge in shown.edges]


def test_cytoscape_json_is_read_by_networkx(any_graph: ResearchGraph, tmp_path: Path) -> None:
    """The document is strict JSON; networkx finds every node and edge; edges have ids and nodes positions."""
    shown = present(any_graph)
    write_cytoscape_json(any_graph, tmp_path / "g.cyjs", property_graph=shown)
    document = json.loads((tmp_path / "g.cyjs").read_text("utf-8"), parse_constant=pytest.fail)
    read = nx.cytoscape_graph(document)
    assert list(read) == [node.id for node in shown.nodes]
    assert read.number_of_edges() == len(shown.edges)
    assert [edge["data"]["id"] for edge in document["elements"]["edges"]] == [edge.id for edge in shown.edges]
    assert [node["position"]["x"] for node in document["elements"]["nodes"]] == [node.x for node in shown.nodes]


def test_csv_tables_fit_together(any_graph: ResearchGraph, tmp_path: Path) -> None:
    """The tables have Gephi's headers, one line a row, and every end of an edge is an Id of a node."""
    shown = present(any_graph)
    write_csv_tables(any_graph, tmp_path / "n.csv", tmp_path / "e.csv", property_graph=shown)
    with (tmp_path / "n.csv").open(encoding="utf-8", newline="") as stream:
        nodes = list(csv.DictReader(stream))
    with (tmp_path / "e.csv").open(encoding="utf-8", newline="") as stream:
        edges = list(csv.DictReader(stream))
    assert (tmp_path / "n.csv").read_text("utf-8").startswith("Id,Label,")
    assert (tmp_path / "e.csv").read_text("utf-8").startswith("Source,Target,Type,Kind,Weight,")
    assert [row["Label"] for row in nodes] == [escape_cell(node.label) for node in shown.nodes]
    ids = {row["Id"] for row in nodes}
    assert len(edges) == len(shown.edges)
    assert all(row["Source"] in ids and row["Target"] in ids for row in edges)


def test_no_cell_is_a_formula(hostile_graph: ResearchGraph, tmp_path: Path) -> None:
    """No text cell begins with a character that makes a spreadsheet run it; numbers may be negative."""
    write_csv_tables(hostile_graph, tmp_path / "n.csv", tmp_path / "e.csv")
    for name in ("n.csv", "e.csv"):
        with (tmp_path / name).open(encoding="utf-8", newline="") as stream:
            cells = [cell for row in csv.reader(stream) for cell in row]
        if name == "n.csv":
            assert any(cell.startswith("'=HYPERLINK") for cell in cells)
        assert not [cell for cell in cells if re.match(r"[=+@\t\r]|-(?!\d+(\.\d+)?$)", cell)]


@pytest.mark.parametrize("name", ["g.gexf", "g.graphml"])
def test_xml_is_well_formed_without_a_tolerant_parser(hostile_graph: ResearchGraph, tmp_path: Path, name: str) -> None:
    """A strict XML parser reads both XML files, whatever the titles hold."""
    write = write_gexf if name.endswith("gexf") else write_graphml
    write(hostile_graph, tmp_path / name)
    root = etree.parse(tmp_path / name, etree.XMLParser(recover=False, resolve_entities=False)).getroot()
    assert len(root) > 0
