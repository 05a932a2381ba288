"""DOT, for Graphviz: with places, so that no layout has to be computed, and with styles."""

from pathlib import Path
from typing import TYPE_CHECKING

from paperconcepts.export.cleaning import cut_line
from paperconcepts.export.columns import say_relation
from paperconcepts.export.presentation import present
from paperconcepts.export.property_graph import Edge, Node, PropertyGraph
from paperconcepts.files import open_atomic

if TYPE_CHECKING:
    from paperconcepts.graph import ResearchGraph

__all__ = ["quote_dot", "write_dot"]

_TITLE = 40
# nop2 draws what is given: positions are in points, as in the file.
_HEAD = """graph [layout=nop2, bgcolor=white, outputorder=edgesfirst, charset="UTF-8"];
node [shape=circle, style=filled, fixedsize=shape, penwidth=0, fontname="Helvetica", fontsize=10, label=""];
edge [color="#b0b5ba80", penwidth=0.6, arrowsize=0.4];
"""


def write_dot(graph: "ResearchGraph", path: str | Path, *, property_graph: PropertyGraph | None = None) -> None:
    """Write ``graph`` to ``path`` as DOT; ``dot -Tsvg graph.dot`` draws it as it is.

    Concepts have labels, and papers where nothing else is shown; whole titles and evidence are
    tooltips. ``-Ksfdp`` computes other places. The same graph gives the same bytes.

    Args:
        graph: what to write.
        path: the file; it is replaced whole or not at all.
        property_graph: the result of :func:`present` or of a view for this graph, if it is already there.

    Raises:
        OutputError: the file cannot be written.

    Examples:
        >>> import pathlib, tempfile
        >>> from paperconcepts.graph import build_graph
        >>> target = pathlib.Path(tempfile.mkdtemp()) / "graph.dot"
        >>> write_dot(build_graph([]), target)
        >>> target.read_text().splitlines()[0]
        'digraph paperconcepts {'
    """
    shown = present(graph) if property_graph is None else property_graph
    kind, arrow = ("digraph", "->") if shown.directed else ("graph", "--")
    with open_atomic(path) as stream:
        stream.write(f"{kind} paperconcepts {{\n{_HEAD}")
        stream.writelines(_node(node, name_papers=not shown.directed) for node in shown.nodes)
        stream.writelines(_edge(edge, arrow) for edge in shown.edges)
        stream.write("}\n")


def quote_dot(text: str) -> str:
    r"""Return ``text`` as a quoted string that means nothing but itself.

    DOT gives backslashes a meaning that differs from place to place, so they are written as the HTML entity that
    Graphviz reads everywhere, and so are quotes and ampersands.

    Examples:
        >>> quote_dot('a "b" \\N')
        '"a &quot;b&quot; &#92;N"'
    """
    escaped = text.replace("&", "&amp;").replace("\\", "&#92;").replace('"', "&quot;")
    return f'"{escaped}"'


def _node(node: Node, *, name_papers: bool) -> str:
    # Graphviz measures in inches, 72 points each.
    cells = {
        "pos": f'"{node.x},{node.y}"',
        "width": f"{node.size / 72:.4f}",
        "fillcolor": f'"{node.colour}"',
        "tooltip": quote_dot(node.label),
        "class": quote_dot(node.concept_type or node.kind),
    }
    if node.kind == "concept" or name_papers:
        label = node.label if node.kind == "concept" else cut_line(node.label, _TITLE)
        cells |= {"label": quote_dot(label), "fontsize": f"{max(7, min(20, round(node.size * 0.6)))}"}
    if node.url:
        cells["URL"] = quote_dot(node.url)
    return f"{quote_dot(node.id)} [{_listed(cells)}];\n"


def _edge(edge: Edge, arrow: str) -> str:
    relation = say_relation(edge.relation)
    cells = {
        "id": f'"{edge.id}"',
        "class": quote_dot(edge.relation),
        "penwidth": f"{min(0.4 + 0.2 * float(edge.weight), 4.0):.2f}",
        "weight": f"{max(1, round(edge.weight))}",
        "tooltip": quote_dot(f"{relation}: {edge.evidence}" if edge.evidence else relation),
    }
    return f"{quote_dot(edge.source)} {arrow} {quote_dot(edge.target)} [{_listed(cells)}];\n"


def _listed(cells: dict[str, str]) -> str:
    return ", ".join(f"{name}={value}" for name, value in cells.items())
