"""GraphML, for Gephi, Cytoscape, igraph, networkx and most other graph tools."""

from collections.abc import Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING

from paperconcepts.export.columns import NODE_COLUMNS, Column, Value, edge_columns, known_values, say_relation
from paperconcepts.export.markup import escape_markup, write_lines, write_number
from paperconcepts.export.palette import to_rgb
from paperconcepts.export.presentation import present
from paperconcepts.export.property_graph import Drawable, Node, PropertyGraph
from paperconcepts.files import open_atomic

if TYPE_CHECKING:
    from paperconcepts.graph import ResearchGraph

__all__ = ["stream_graphml", "write_graphml"]

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
        property_graph: the result of :func:`present` or of a view for this graph, if it is already there.

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
    stream_graphml(present(graph) if property_graph is None else property_graph, path)


def stream_graphml(shown: Drawable, path: str | Path) -> None:
    """Write nodes and edges that need not fit into memory as GraphML, as :func:`write_graphml` does.

    Raises:
        OutputError: the file cannot be written.

    Examples:
        >>> import pathlib, tempfile
        >>> from paperconcepts.export.property_graph import GraphStream
        >>> target = pathlib.Path(tempfile.mkdtemp()) / "graph.graphml"
        >>> stream_graphml(GraphStream(iter([]), iter([]), directed=False), target)
        >>> 'edgedefault="undirected"' in target.read_text()
        True
    """
    with open_atomic(path) as stream:
        stream.write('<?xml version="1.0" encoding="UTF-8"?>\n')
        stream.write('<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n')
        _write_keys(stream, edge_columns(shown))
        direction = "directed" if shown.directed else "undirected"
        stream.write(f'<graph id="paperconcepts" edgedefault="{direction}">\n')
        write_lines(stream, (_node(node) for node in shown.nodes))
        write_lines(stream, _edges(shown))
        stream.write("</graph>\n</graphml>\n")


def _write_keys(stream: IO[str], columns: tuple[Column, ...]) -> None:
    node_keys = [*_DRAWN.items(), *((column.name, _TYPES[column.type]) for column in NODE_COLUMNS)]
    edge_keys = [("label", "string"), ("weight", "double")]
    edge_keys += [(column.name, _TYPES[column.type]) for column in columns]
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
    drawn |= {column.name: value for _, column, value in known_values(node, NODE_COLUMNS)}
    cells = "".join(_cell(name, value) for name, value in drawn.items())
    return f'<node id="{escape_markup(node.id)}">{cells}</node>\n'


def _edges(shown: Drawable) -> Iterator[str]:
    # One format string an edge, in the order of the columns: a loop over them would take three times as long.
    strength = next(column.name for column in edge_columns(shown) if column.attribute == "confidence")
    cells: dict[tuple[str, str], tuple[str, str]] = {}
    for edge in shown.edges:
        relation = edge.relation
        known = cells.get((relation, edge.kind))
        if known is None:
            name = escape_markup(relation)
            known = cells[relation, edge.kind] = (
                f'<data key="e_label">{say_relation(name)}</data><data key="e_weight">',
                f'</data><data key="e_relation">{name}</data><data key="e_edge_kind">{edge.kind}</data>'
                f'<data key="e_{strength}">',
            )
        date = f'<data key="e_date">{escape_markup(edge.date)}</data>' if edge.date else ""
        quote = f'<data key="e_evidence">{escape_markup(edge.evidence)}</data>' if edge.evidence else ""
        source, target = escape_markup(edge.source), escape_markup(edge.target)
        yield (
            f'<edge id="{escape_markup(edge.id)}" source="{source}" target="{target}">{known[0]}'
            f"{write_number(float(edge.weight))}{known[1]}{write_number(edge.confidence)}</data>{date}{quote}</edge>\n"
        )


def _cell(key: str, value: Value) -> str:
    text = "|".join(one.replace("|", "/") for one in value) if isinstance(value, tuple) else str(value)
    return f'<data key="{key}">{escape_markup(text)}</data>'
