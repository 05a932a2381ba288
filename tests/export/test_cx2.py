"""CX2 for Cytoscape and NDEx."""

import json
from pathlib import Path
from typing import Any

import pytest

from paperconcepts.export.cx2 import write_cx2
from paperconcepts.export.palette import CONCEPT_COLOURS
from paperconcepts.export.presentation import present
from paperconcepts.export.views import make_view
from paperconcepts.graph import ResearchGraph

PYTHON = {"string": str, "integer": int, "double": float, "list_of_string": list}


def read(path: Path) -> list[dict[str, Any]]:
    document: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"), parse_constant=pytest.fail)
    return document


def test_the_parts_stand_in_their_order(any_graph: ResearchGraph, tmp_path: Path) -> None:
    """A CX2 document is a list: version, counts, declarations, attributes, nodes, edges, style, status."""
    shown = present(any_graph)
    write_cx2(any_graph, tmp_path / "g.cx2", property_graph=shown)
    parts = read(tmp_path / "g.cx2")
    names = ["metaData", "attributeDeclarations", "networkAttributes", "nodes", "edges", "visualProperties", "status"]
    assert parts[0] == {"CXVersion": "2.0", "hasFragments": False}
    assert [next(iter(part)) for part in parts[1:]] == names
    content = {key: value for part in parts[1:] for key, value in part.items()}
    assert all(len(content[row["name"]]) == row["elementCount"] for row in content["metaData"])
    assert content["status"] == [{"success": True}]


def test_every_attribute_is_declared_with_its_type(any_graph: ResearchGraph, tmp_path: Path) -> None:
    """Each value has the type of its declaration; ids are numbers that edges refer to."""
    shown = present(any_graph)
    write_cx2(any_graph, tmp_path / "g.cx2", property_graph=shown)
    content = {key: value for part in read(tmp_path / "g.cx2") for key, value in part.items()}
    (declared,) = content["attributeDeclarations"]
    for kind in ("nodes", "edges"):
        for row in content[kind]:
            assert all(type(value) is PYTHON[declared[kind][name]["d"]] for name, value in row["v"].items())
    ids = {row["id"]: row["v"]["represents"] for row in content["nodes"]}
    assert list(ids.values()) == [node.id for node in shown.nodes]
    ends = [(ids[row["s"]], row["v"]["interaction"], ids[row["t"]]) for row in content["edges"]]
    assert ends == [(edge.source, edge.relation, edge.target) for edge in shown.edges]
    assert [(row["x"], -row["y"]) for row in content["nodes"]] == [(node.x, node.y) for node in shown.nodes]


def test_the_style_shows_types_and_directions(small_graph: ResearchGraph, tmp_path: Path) -> None:
    """Each concept type has its colour; a projection has no arrows."""
    styles = []
    for view in ("full", "concepts"):
        write_cx2(small_graph, tmp_path / "g.cx2", property_graph=make_view(small_graph, view))
        content = {key: value for part in read(tmp_path / "g.cx2") for key, value in part.items()}
        styles += content["visualProperties"]
    colours = styles[0]["nodeMapping"]["NODE_BACKGROUND_COLOR"]["definition"]["map"]
    assert {row["v"]: row["vp"] for row in colours} == {str(kind): colour for kind, colour in CONCEPT_COLOURS.items()}
    assert [style["default"]["edge"]["EDGE_TARGET_ARROW_SHAPE"] for style in styles] == ["triangle", "none"]
