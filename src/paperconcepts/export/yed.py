"""GraphML as yEd draws it: shapes, colours, labels and places instead of a pile of grey boxes."""

from pathlib import Path
from typing import IO, TYPE_CHECKING

from paperconcepts.export.cleaning import cut_line
from paperconcepts.export.columns import NODE_COLUMNS, Column, Value, edge_columns, known_values, say_relation
from paperconcepts.export.markup import escape_markup
from paperconcepts.export.presentation import present
from paperconcepts.export.property_graph import Edge, Node, PropertyGraph
from paperconcepts.files import open_atomic

if TYPE_CHECKING:
    from paperconcepts.graph import ResearchGraph

__all__ = ["write_yed"]

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:y="http://www.yworks.com/xml/graphml">
<key id="drawing" for="node" yfiles.type="nodegraphics"/>
<key id="e_drawing" for="edge" yfiles.type="edgegraphics"/>
<key id="label" for="node" attr.name="label" attr.type="string"/>
<key id="e_label" for="edge" attr.name="label" attr.type="string"/>
<key id="e_weight" for="edge" attr.name="weight" attr.type="double"/>
"""
_TITLE = 40
_TYPES = {"string": "string", "integer": "long", "double": "double", "list": "string"}
# yEd shows what stands under this name when the pointer rests on a node or an edge.
_TOOLTIP = {"evidence": "description"}


def write_yed(graph: "ResearchGraph", path: str | Path, *, property_graph: PropertyGraph | None = None) -> None:
    """Write ``graph`` to ``path`` as GraphML with the extensions of yEd: what opens there is the finished drawing.

    Only yEd should get this file: other readers of GraphML stumble over its extensions; for them there is
    :func:`paperconcepts.export.write_graphml`. The same graph gives the same bytes.

    Args:
        graph: what to write.
        path: the file; it is replaced whole or not at all.
        property_graph: the result of :func:`present` or of a view for this graph, if it is already there.

    Raises:
        OutputError: the file cannot be written.

    Examples:
        >>> import pathlib, tempfile
        >>> from paperconcepts.graph import build_graph
        >>> target = pathlib.Path(tempfile.mkdtemp()) / "graph.yed.graphml"
        >>> write_yed(build_graph([]), target)
        >>> "nodegraphics" in target.read_text()
        True
    """
    shown = present(graph) if property_graph is None else property_graph
    columns = edge_columns(shown)
    with open_atomic(path) as stream:
        stream.write(_HEAD)
        _write_keys(stream, "node", "", NODE_COLUMNS)
        _write_keys(stream, "edge", "e_", columns)
        direction = "directed" if shown.directed else "undirected"
        stream.write(f'<graph id="paperconcepts" edgedefault="{direction}">\n')
        stream.writelines(_node(node, name_papers=not shown.directed) for node in shown.nodes)
        arrow = "standard" if shown.directed else "none"
        stream.writelines(_edge(edge, columns, arrow) for edge in shown.edges)
        stream.write("</graph>\n</graphml>\n")


def _write_keys(stream: IO[str], owner: str, prefix: str, columns: tuple[Column, ...]) -> None:
    for column in columns:
        name = _TOOLTIP.get(column.name, column.name)
        stream.write(
            f'<key id="{prefix}{column.name}" for="{owner}" attr.name="{name}" attr.type="{_TYPES[column.type]}"/>\n'
        )


def _node(node: Node, *, name_papers: bool) -> str:
    shape = "ellipse" if node.kind == "concept" else "roundrectangle"
    label = escape_markup(node.label)
    # Titles of papers would cover the concepts: they are attributes there.
    shown = label if node.kind == "concept" else escape_markup(cut_line(node.label, _TITLE)) if name_papers else ""
    half = node.size / 2
    # The corner of the shape, and y downwards.
    corner = f'x="{round(node.x - half, 2)}" y="{round(0.0 - node.y - half, 2)}"'
    drawing = (
        f'<y:ShapeNode><y:Geometry height="{node.size}" width="{node.size}" {corner}/>'
        f'<y:Fill color="{node.colour}" transparent="false"/><y:BorderStyle hasColor="false" type="line" width="1.0"/>'
        f'<y:NodeLabel fontSize="{_font(node.size)}" modelName="sides" modelPosition="e" textColor="#222222">'
        f'{shown}</y:NodeLabel><y:Shape type="{shape}"/></y:ShapeNode>'
    )
    cells = "".join(_cell(column.name, value) for _, column, value in known_values(node, NODE_COLUMNS))
    return (
        f'<node id="{escape_markup(node.id)}"><data key="drawing">{drawing}</data>'
        f'<data key="label">{label}</data>{cells}</node>\n'
    )


def _edge(edge: Edge, columns: tuple[Column, ...], arrow: str) -> str:
    width = round(min(0.5 + 0.5 * float(edge.weight), 6.0), 2)
    drawing = (
        f'<y:PolyLineEdge><y:LineStyle color="#b0b5ba" type="line" width="{width}"/>'
        f'<y:Arrows source="none" target="{arrow}"/></y:PolyLineEdge>'
    )
    cells = "".join(_cell(f"e_{column.name}", value) for _, column, value in known_values(edge, columns))
    return (
        f'<edge id="{edge.id}" source="{escape_markup(edge.source)}" target="{escape_markup(edge.target)}">'
        f'<data key="e_drawing">{drawing}</data><data key="e_label">{say_relation(escape_markup(edge.relation))}</data>'
        f'<data key="e_weight">{float(edge.weight)}</data>{cells}</edge>\n'
    )


def _font(size: float) -> int:
    return max(8, min(28, round(size * 0.6)))


def _cell(key: str, value: Value) -> str:
    text = "|".join(one.replace("|", "/") for one in value) if isinstance(value, tuple) else str(value)
    return f'<data key="{key}">{escape_markup(text)}</data>'
