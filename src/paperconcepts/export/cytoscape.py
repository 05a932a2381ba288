"""Cytoscape JSON (.cyjs), for Cytoscape.js and Cytoscape desktop, with positions and a style."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from paperconcepts.export.columns import NODE_COLUMNS, Column, edge_columns, known_values, say_relation
from paperconcepts.export.json_rows import dump_json, write_rows
from paperconcepts.export.presentation import Edge, Node, PropertyGraph, present
from paperconcepts.files import open_atomic

if TYPE_CHECKING:
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
        property_graph: the result of :func:`present` or of a view for this graph, if it is already there.

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
        direction = dump_json(shown.directed)
        stream.write(f'{{"data":{{"name":"paperconcepts"}},"directed":{direction},"multigraph":true,')
        stream.write('"layout":{"name":"preset"},\n')
        stream.write(f'"style":{dump_json(_STYLE)},\n"elements":{{"nodes":[')
        write_rows(stream, (_node(node) for node in shown.nodes))
        stream.write('],\n"edges":[')
        columns = edge_columns(shown)
        write_rows(stream, (_edge(edge, columns) for edge in shown.edges))
        stream.write("]}}\n")


def _node(node: Node) -> dict[str, Any]:
    data: dict[str, Any] = {"id": node.id, "value": node.id, "name": node.label, "shared_name": node.label}
    data |= {"color": node.colour, "size": node.size}
    data |= {column.name: value for _, column, value in known_values(node, NODE_COLUMNS)}
    return {"data": data, "position": {"x": node.x, "y": 0.0 - node.y}}


def _edge(edge: Edge, columns: tuple[Column, ...]) -> dict[str, Any]:
    data: dict[str, Any] = {"id": edge.id, "source": edge.source, "target": edge.target, "key": edge.relation}
    data |= {"interaction": edge.relation, "name": say_relation(edge.relation), "weight": edge.weight}
    data |= {column.name: value for _, column, value in known_values(edge, columns)}
    return {"data": data}
