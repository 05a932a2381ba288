"""GEXF 1.3, for Gephi and Gephi Lite: colours, sizes, positions and a timeline included."""

import json
from html import escape
from pathlib import Path
from typing import IO, TYPE_CHECKING

from paperconcepts.export.columns import EDGE_COLUMNS, NODE_COLUMNS, Column, Value, known_values, say_relation
from paperconcepts.export.palette import to_rgb
from paperconcepts.export.presentation import Edge, Node, PropertyGraph, present
from paperconcepts.files import open_atomic

if TYPE_CHECKING:
    from paperconcepts.graph import ResearchGraph

__all__ = ["write_gexf"]

_TYPES = {"string": "string", "integer": "long", "double": "double", "list": "liststring"}
_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">
<meta><creator>paperconcepts</creator></meta>
<graph defaultedgetype="directed" mode="dynamic" timeformat="date" timerepresentation="interval">
"""


def write_gexf(graph: "ResearchGraph", path: str | Path, *, property_graph: PropertyGraph | None = None) -> None:
    """Write ``graph`` to ``path`` as GEXF 1.3.

    An edge's ``kind`` is its role or predicate, so that viewers keep parallel edges apart. Papers, concepts and edges
    start at their date: the timeline of Gephi shows the field growing. The same graph gives the same bytes.

    Args:
        graph: what to write.
        path: the file; it is replaced whole or not at all.
        property_graph: the result of :func:`present` for this graph, if it is already there.

    Raises:
        OutputError: the file cannot be written.

    Examples:
        >>> import pathlib, tempfile
        >>> from paperconcepts.graph import build_graph
        >>> target = pathlib.Path(tempfile.mkdtemp()) / "graph.gexf"
        >>> write_gexf(build_graph([]), target)
        >>> "<nodes" in target.read_text()
        True
    """
    shown = present(graph) if property_graph is None else property_graph
    with open_atomic(path) as stream:
        stream.write(_HEAD)
        _write_columns(stream, "node", NODE_COLUMNS)
        _write_columns(stream, "edge", EDGE_COLUMNS)
        stream.write(f'<nodes count="{len(shown.nodes)}">\n')
        stream.writelines(_node(node) for node in shown.nodes)
        stream.write(f'</nodes>\n<edges count="{len(shown.edges)}">\n')
        stream.writelines(_edge(edge) for edge in shown.edges)
        stream.write("</edges>\n</graph>\n</gexf>\n")


def _write_columns(stream: IO[str], owner: str, columns: tuple[Column, ...]) -> None:
    stream.write(f'<attributes class="{owner}" mode="static">\n')
    for number, column in enumerate(columns):
        stream.write(f'<attribute id="{number}" title="{column.name}" type="{_TYPES[column.type]}"/>\n')
    stream.write("</attributes>\n")


def _node(node: Node) -> str:
    red, green, blue = to_rgb(node.colour)
    return (
        f'<node id="{escape(node.id)}" label="{escape(node.label)}"{_start(node.date)}>{_values(node, NODE_COLUMNS)}'
        f'<viz:size value="{node.size}"/><viz:position x="{node.x}" y="{node.y}" z="0.0"/>'
        f'<viz:color r="{red}" g="{green}" b="{blue}"/></node>\n'
    )


def _edge(edge: Edge) -> str:
    return (
        f'<edge id="{edge.id}" source="{escape(edge.source)}" target="{escape(edge.target)}" kind="{edge.relation}"'
        f' label="{say_relation(edge.relation)}" weight="{float(edge.weight)}"{_start(edge.date)}>'
        f"{_values(edge, EDGE_COLUMNS)}</edge>\n"
    )


def _start(date: str) -> str:
    # GEXF knows whole days only: a year starts on its first day.
    return f' start="{date}{"-01-01"[len(date) - 4 :]}"' if date else ""


def _values(item: Node | Edge, columns: tuple[Column, ...]) -> str:
    cells = (
        f'<attvalue for="{number}" value="{escape(_text(value))}"/>' for number, _, value in known_values(item, columns)
    )
    return f"<attvalues>{''.join(cells)}</attvalues>"


def _text(value: Value) -> str:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, tuple) else str(value)
