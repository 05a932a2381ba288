"""GraphML for yEd."""

from pathlib import Path

from lxml import etree

from paperconcepts.export.presentation import present
from paperconcepts.export.views import make_view
from paperconcepts.export.yed import write_yed
from paperconcepts.graph import ResearchGraph

SPACES = {"g": "http://graphml.graphdrawing.org/xmlns", "y": "http://www.yworks.com/xml/graphml"}


def test_every_node_is_a_drawn_shape(any_graph: ResearchGraph, tmp_path: Path) -> None:
    """Each node has a shape of its size, place and colour, and each edge a line; strict XML holds them all."""
    shown = present(any_graph)
    write_yed(any_graph, tmp_path / "g.graphml", property_graph=shown)
    root = etree.parse(tmp_path / "g.graphml", etree.XMLParser(recover=False))
    nodes = root.xpath("//g:node", namespaces=SPACES)
    assert [node.get("id") for node in nodes] == [node.id for node in shown.nodes]
    for node, wanted in zip(nodes, shown.nodes, strict=True):
        (box,) = node.xpath(".//y:Geometry", namespaces=SPACES)
        centre = float(box.get("x")) + wanted.size / 2, float(box.get("y")) + wanted.size / 2
        assert abs(centre[0] - wanted.x) < 0.02
        assert abs(centre[1] + wanted.y) < 0.02, "y grows downwards there"
        assert node.xpath(".//y:Fill/@color", namespaces=SPACES) == [wanted.colour]
        (shape,) = node.xpath(".//y:Shape/@type", namespaces=SPACES)
        assert shape == ("ellipse" if wanted.kind == "concept" else "roundrectangle")
    edges = root.xpath("//g:edge", namespaces=SPACES)
    assert [edge.get("id") for edge in edges] == [edge.id for edge in shown.edges]
    assert len(root.xpath("//y:PolyLineEdge", namespaces=SPACES)) == len(shown.edges)


def test_every_key_is_declared_and_typed(small_graph: ResearchGraph, tmp_path: Path) -> None:
    """No datum refers to a key that is missing, and no key stands twice."""
    write_yed(small_graph, tmp_path / "g.graphml")
    root = etree.parse(tmp_path / "g.graphml")
    keys = root.xpath("//g:key/@id", namespaces=SPACES)
    assert len(set(keys)) == len(keys)
    assert set(root.xpath("//g:data/@key", namespaces=SPACES)) <= set(keys)
    types = {key.get("id"): key.get("attr.type") for key in root.xpath("//g:key", namespaces=SPACES)}
    assert (types["degree"], types["e_confidence"], types["aliases"]) == ("long", "double", "string")


def test_labels_are_those_that_should_be_seen(small_graph: ResearchGraph, tmp_path: Path) -> None:
    """Concepts are labelled, papers only where nothing else is shown; lines of a projection have no arrow."""
    write_yed(small_graph, tmp_path / "full.graphml")
    full = etree.parse(tmp_path / "full.graphml")
    labels = full.xpath("//y:NodeLabel/text()", namespaces=SPACES)
    assert list(labels) == ["GLUE", "Low-Rank Adaptation", "QLoRA"]
    assert set(full.xpath("//y:Arrows/@target", namespaces=SPACES)) == {"standard"}
    shown = make_view(small_graph, "papers")
    write_yed(small_graph, tmp_path / "papers.graphml", property_graph=shown)
    papers = etree.parse(tmp_path / "papers.graphml")
    assert papers.xpath("//y:NodeLabel/text()", namespaces=SPACES) == [node.label for node in shown.nodes]
    assert set(papers.xpath("//y:Arrows/@target", namespaces=SPACES)) == {"none"}
    assert papers.xpath("//g:graph/@edgedefault", namespaces=SPACES) == ["undirected"]
