"""CX2, for Cytoscape desktop, Cytoscape Web and NDEx: the only format of theirs that brings its style along."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from paperconcepts.export.columns import NODE_COLUMNS, Column, Value, edge_columns, known_values
from paperconcepts.export.json_rows import dump_json, write_rows
from paperconcepts.export.palette import CONCEPT_COLOURS, PAPER_COLOUR
from paperconcepts.export.presentation import present
from paperconcepts.export.property_graph import Edge, Node, PropertyGraph
from paperconcepts.files import open_atomic

if TYPE_CHECKING:
    from paperconcepts.graph import ResearchGraph

__all__ = ["write_cx2"]

_TYPES = {"string": "string", "integer": "integer", "double": "double", "list": "list_of_string"}


def write_cx2(graph: "ResearchGraph", path: str | Path, *, property_graph: PropertyGraph | None = None) -> None:
    """Write ``graph`` to ``path`` as CX2 with positions and a visual style.

    A node's id in this package is its attribute ``represents``; CX2 itself counts nodes and edges. The same graph
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
        >>> target = pathlib.Path(tempfile.mkdtemp()) / "graph.cx2"
        >>> write_cx2(build_graph([]), target)
        >>> json.loads(target.read_text())[0]
        {'CXVersion': '2.0', 'hasFragments': False}
    """
    shown = present(graph) if property_graph is None else property_graph
    columns = edge_columns(shown)
    rank = {node.id: number for number, node in enumerate(shown.nodes)}
    with open_atomic(path) as stream:
        stream.write(f"[{dump_json({'CXVersion': '2.0', 'hasFragments': False})},\n")
        stream.write(f"{dump_json({'metaData': _meta(shown)})},\n")
        stream.write(f"{dump_json({'attributeDeclarations': [_declarations(columns)]})},\n")
        stream.write(f"{dump_json({'networkAttributes': [{'name': 'paperconcepts'}]})},\n")
        stream.write('{"nodes":[')
        write_rows(stream, (_node(number, node) for number, node in enumerate(shown.nodes)))
        stream.write(']},\n{"edges":[')
        write_rows(stream, (_edge(number, edge, rank, columns) for number, edge in enumerate(shown.edges)))
        stream.write("]},\n")
        stream.write(f"{dump_json({'visualProperties': [_style(directed=shown.directed)]})},\n")
        stream.write(f"{dump_json({'status': [{'success': True}]})}]\n")


def _meta(shown: PropertyGraph) -> list[dict[str, Any]]:
    counts = {
        "attributeDeclarations": 1, "networkAttributes": 1, "nodes": len(shown.nodes), "edges": len(shown.edges),
        "visualProperties": 1,
    }  # fmt: skip
    return [{"name": name, "elementCount": count} for name, count in counts.items()]


def _declarations(columns: tuple[Column, ...]) -> dict[str, Any]:
    node = {"name": "string", "represents": "string", "colour": "string", "size": "double"}
    edge = {"name": "string", "interaction": "string", "weight": "double"}
    node |= {column.name: _TYPES[column.type] for column in NODE_COLUMNS}
    edge |= {column.name: _TYPES[column.type] for column in columns}
    return {
        "networkAttributes": {"name": {"d": "string"}},
        "nodes": {name: {"d": kind} for name, kind in node.items()},
        "edges": {name: {"d": kind} for name, kind in edge.items()},
    }


def _node(number: int, node: Node) -> dict[str, Any]:
    values: dict[str, Value] = {
        "name": node.label, "represents": node.id, "colour": node.colour, "size": float(node.size),
    }  # fmt: skip
    values |= {column.name: value for _, column, value in known_values(node, NODE_COLUMNS)}
    # On the canvas of Cytoscape y grows downwards.
    return {"id": number, "x": node.x, "y": 0.0 - node.y, "v": values}


def _edge(number: int, edge: Edge, rank: dict[str, int], columns: tuple[Column, ...]) -> dict[str, Any]:
    values: dict[str, Value] = {"name": edge.id, "interaction": edge.relation, "weight": float(edge.weight)}
    values |= {column.name: value for _, column, value in known_values(edge, columns)}
    return {"id": number, "s": rank[edge.source], "t": rank[edge.target], "v": values}


def _style(*, directed: bool) -> dict[str, Any]:
    colours = [{"v": str(kind), "vp": colour} for kind, colour in CONCEPT_COLOURS.items()]
    node = {
        "NODE_SHAPE": "ellipse", "NODE_BACKGROUND_COLOR": PAPER_COLOUR, "NODE_BORDER_WIDTH": 0, "NODE_WIDTH": 4,
        "NODE_HEIGHT": 4, "NODE_LABEL_FONT_SIZE": 10, "NODE_LABEL_COLOR": "#222222",
    }  # fmt: skip
    edge = {
        "EDGE_LINE_COLOR": "#c4c8cc", "EDGE_WIDTH": 1, "EDGE_OPACITY": 0.6,
        "EDGE_TARGET_ARROW_SHAPE": "triangle" if directed else "none",
    }  # fmt: skip
    return {
        "default": {"network": {"NETWORK_BACKGROUND_COLOR": "#FFFFFF"}, "node": node, "edge": edge},
        "nodeMapping": {
            "NODE_LABEL": _passed_on("name", "string"),
            "NODE_TOOLTIP": _passed_on("name", "string"),
            "NODE_WIDTH": _passed_on("size", "double"),
            "NODE_HEIGHT": _passed_on("size", "double"),
            "NODE_BACKGROUND_COLOR": {
                "type": "DISCRETE",
                "definition": {"attribute": "concept_type", "type": "string", "map": colours},
            },
        },
        "edgeMapping": {"EDGE_TOOLTIP": _passed_on("evidence", "string")},
    }


def _passed_on(attribute: str, kind: str) -> dict[str, Any]:
    return {"type": "PASSTHROUGH", "definition": {"attribute": attribute, "type": kind}}
