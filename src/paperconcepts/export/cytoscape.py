"""Cytoscape JSON (.cyjs), for Cytoscape.js and Cytoscape desktop, with positions and a style."""

import json
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from paperconcepts.export.columns import EDGE_COLUMNS, NODE_COLUMNS, known_values, say_relation
from paperconcepts.export.presentation import Edge, Node, PropertyGraph, present
from paperconcepts.files import open_atomic

if TYPE_CHECKING:
    from collections.abc import Iterable

    from paperconcepts.graph import ResearchGraph

__all__ = ["write_cytoscape_json"]

_STYLE = [
    {
        "selector": "node",
        "style": {
            "background-color": "data(color)",
            "width": "data(size)",
            "height": "data(size)",
            "font-size": 10,
            "min-zoomed-font-size": 9,
        },
    },
    {"selector": 'node[kind = "concept"]', "style": {"label": "data(name)"}},
    {
        "selector": "edge",
        "style": {"width": 0.5, "line-color": "#c4c8cc", "opacity": 0.5, "curve-style": "haystack"},
    },
    {"selector": ":selected", "style": {"border-width": 2, "border-color": "#222222", "label": "data(name)"}},
]


def write_cytoscape_json(
    graph: "ResearchGraph", path: str | Path, *, property_graph: PropertyGraph | None = None
) -> None:
    """Write ``graph`` to ``path`` as Cytoscape JSON: ``cy.json(document)`` shows it as it is.

    Edges have ids, nodes have positions (``y`` downwards, as on a screen), and the style uses both. The same graph
    gives the same bytes.

    Args:
        graph: what to write.
        path: the file; it is replaced whole or not at all.
        property_graph: the result of :func:`present` for this graph, if it is already there.

    Raises:
        OutputError: the file cannot be written.

    Examples:
        >>> import json, pathlib, tempfile
        >>> from paperconcepts.graph import build_graph
        >>> target = pathlib.Path(tempfile.mkdtemp()) / "graph.cyjs"
        >>> write_cytoscape_json(build_graph([]), target)
        >>> json.loads(target.read_text())["elements"]
        {'nodes': [], 'edges': []}
    """
    shown = present(graph) if property_graph is None else property_graph
    with open_atomic(path) as stream:
        stream.write('{"data":{"name":"paperconcepts"},"directed":true,"multigraph":true,"layout":{"name":"preset"},\n')
        stream.write(f'"style":{_json(_STYLE)},\n"elements":{{"nodes":[')
        _write_rows(stream, (_node(node) for node in shown.nodes))
        stream.write('],\n"edges":[')
        _write_rows(stream, (_edge(edge) for edge in shown.edges))
        stream.write("]}}\n")


def _node(node: Node) -> dict[str, Any]:
    data: dict[str, Any] = {"id": node.id, "value": node.id, "name": node.label, "shared_name": node.label}
    data |= {"color": node.colour, "size": node.size}
    data |= {column.name: value for _, column, value in known_values(node, NODE_COLUMNS)}
    return {"data": data, "position": {"x": node.x, "y": 0.0 - node.y}}


def _edge(edge: Edge) -> dict[str, Any]:
    data: dict[str, Any] = {"id": edge.id, "source": edge.source, "target": edge.target, "key": edge.relation}
    data |= {"interaction": edge.relation, "name": say_relation(edge.relation), "weight": edge.weight}
    data |= {column.name: value for _, column, value in known_values(edge, EDGE_COLUMNS)}
    return {"data": data}


def _write_rows(stream: IO[str], rows: "Iterable[dict[str, Any]]") -> None:
    separator = "\n"
    for row in rows:
        stream.write(separator + _json(row))
        separator = ",\n"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
