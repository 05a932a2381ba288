"""GraphML, for Gephi, Cytoscape, igraph, networkx and most other graph tools."""

from html import escape
from pathlib import Path
from typing import IO, TYPE_CHECKING

from paperconcepts.export.columns import EDGE_COLUMNS, NODE_COLUMNS, Column, Value, known_values, say_relation
from paperconcepts.export.palette import to_rgb
from paperconcepts.export.presentation import Edge, Node, PropertyGraph, present
from paperconcepts.files import open_atomic

if TYPE_CHECKING:
    from paperconcepts.graph import ResearchGraph

__all__ = ["write_graphml"]

_TYPES = {"string": "string", "integer": "long", "double": "double", "list": "string"}
# Gephi turns keys of exactly these names into real labels, places, sizes and colours.
_DRAWN = {"label": "string", "x": "double", "y": "double", "size": "double", "r": "int", "g": "int", "b": "int"}


def write_graphml(graph: "ResearchGraph", path: str | Path, *, property_graph: PropertyGraph | None = None) -> None:
    """Write ``graph`` to ``path`` as GraphML.

    Every edge has an id of its own and every key a type. Aliases are joined by ``|``. The same graph gives the same
    bytes.

    Args:
        graph: what to write.
        path: the file; it is replaced whole or not at all.
        property_graph: the result of :func:`present` for this graph, if it is already there.

    Raises:
        OutputError: the file cannot be written.

    Examples:
        >>> import pathlib, tempfile
        >>> from paperconcepts.graph import build_graph
        >>> target = pathlib.Path(tempfile.mkdtemp()) / "graph.graphml"
        >>> write_graphml(build_graph([]), target)
        >>> 'edgedefault="directed"' in target.read_text()
        True
    """
    shown = present(graph) if property_graph is None else property_graph
    with open_atomic(path) as stream:
        stream.write('<?xml version="1.0" encoding="UTF-8"?>\n')
        stream.write('<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n')
        _write_keys(stream)
        stream.write('<graph id="paperconcepts" edgedefault="directed">\n')
        stream.writelines(_node(node) for node in shown.nodes)
        stream.writelines(_edge(edge) for edge in shown.edges)
        stream.write("</graph>\n</graphml>\n")


def _write_keys(stream: IO[str]) -> None:
    node_keys = [*_DRAWN.items(), *((column.name, _TYPES[column.type]) for column in NODE_COLUMNS)]
    edge_keys = [("label", "string"), ("weight", "double")]
    edge_keys += [(column.name, _TYPES[column.type]) for column in EDGE_COLUMNS]
    for name, kind in node_keys:
        stream.write(f'<key id="{name}" for="node" attr.name="{name}" attr.type="{kind}"/>\n')
    for name, kind in edge_keys:
        # Ids must differ between nodes and edges, the names need not.
        stream.write(f'<key id="e_{name}" for="edge" attr.name="{name}" attr.type="{kind}"/>\n')


def _node(node: Node) -> str:
    red, green, blue = to_rgb(node.colour)
    drawn: dict[str, Value] = {
        "label": node.label,
        "x": node.x,
        "y": node.y,
        "size": node.size,
        "r": red,
        "g": green,
        "b": blue,
    }
    cells = "".join(_cell(name, value) for name, value in drawn.items())
    return f'<node id="{escape(node.id)}">{cells}{_cells(node, NODE_COLUMNS, "")}</node>\n'


def _edge(edge: Edge) -> str:
    cells = _cell("e_label", say_relation(edge.relation)) + _cell("e_weight", float(edge.weight))
    return (
        f'<edge id="{edge.id}" source="{escape(edge.source)}" target="{escape(edge.target)}">'
        f"{cells}{_cells(edge, EDGE_COLUMNS, 'e_')}</edge>\n"
    )


def _cells(item: Node | Edge, columns: tuple[Column, ...], prefix: str) -> str:
    return "".join(_cell(prefix + column.name, value) for _, column, value in known_values(item, columns))


def _cell(key: str, value: Value) -> str:
    text = "|".join(one.replace("|", "/") for one in value) if isinstance(value, tuple) else str(value)
    return f'<data key="{key}">{escape(text)}</data>'
