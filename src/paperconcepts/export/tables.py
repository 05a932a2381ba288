"""Two CSV tables, nodes and edges, for spreadsheets, pandas and the import of Gephi."""

import csv
from pathlib import Path
from typing import TYPE_CHECKING

from paperconcepts.export.presentation import Edge, Node, PropertyGraph, present
from paperconcepts.export.whole_files import target_folder
from paperconcepts.files import open_atomic

if TYPE_CHECKING:
    from paperconcepts.graph import ResearchGraph

__all__ = ["escape_cell", "write_csv_folder", "write_csv_tables"]

_NODE_HEADER = (
    *("Id", "Label", "Kind", "ConceptType", "Year", "Date", "Degree", "Support"),
    *("Color", "Size", "X", "Y", "Url", "Aliases"),
)
_EDGE_HEADER = (
    *("Source", "Target", "Type", "Kind", "Weight", "Id", "Label"),
    *("EdgeKind", "Confidence", "Date", "Evidence"),
)
_LINK_HEADER = tuple("Strength" if name == "Confidence" else name for name in _EDGE_HEADER)


def write_csv_tables(
    graph: "ResearchGraph",
    nodes_path: str | Path,
    edges_path: str | Path,
    *,
    property_graph: PropertyGraph | None = None,
) -> None:
    """Write ``graph`` as two CSV tables (UTF-8, comma, one header line, no line breaks in cells).

    The headers are those that Gephi knows: ``Id,Label,...`` and ``Source,Target,Type,Kind,Weight,...``. Aliases are
    joined by ``|``; what is unknown is empty. Text that a spreadsheet would run as a formula gets a leading ``'``
    (see :func:`escape_cell`), ids included, so that the two tables still fit together.

    Args:
        graph: what to write.
        nodes_path: the table of papers and concepts; replaced whole or not at all, as the other one.
        edges_path: the table of assertions and relations.
        property_graph: the result of :func:`present` or of a view for this graph, if it is already there.

    Raises:
        OutputError: a file cannot be written.

    Examples:
        >>> import pathlib, tempfile
        >>> from paperconcepts.graph import build_graph
        >>> folder = pathlib.Path(tempfile.mkdtemp())
        >>> write_csv_tables(build_graph([]), folder / "nodes.csv", folder / "edges.csv")
        >>> (folder / "edges.csv").read_text().split(",")[:5]
        ['Source', 'Target', 'Type', 'Kind', 'Weight']
    """
    shown = present(graph) if property_graph is None else property_graph
    with open_atomic(nodes_path) as stream:
        table = csv.writer(stream, lineterminator="\n")
        table.writerow(_NODE_HEADER)
        table.writerows(map(_node_row, shown.nodes))
    direction = "Directed" if shown.directed else "Undirected"
    with open_atomic(edges_path) as stream:
        table = csv.writer(stream, lineterminator="\n")
        table.writerow(_EDGE_HEADER if shown.directed else _LINK_HEADER)
        table.writerows(_edge_row(edge, direction) for edge in shown.edges)


def write_csv_folder(
    graph: "ResearchGraph", folder: str | Path, *, property_graph: PropertyGraph | None = None
) -> None:
    """Write ``nodes.csv`` and ``edges.csv`` into ``folder``, as :func:`write_csv_tables` does.

    Examples:
        >>> import pathlib, tempfile
        >>> from paperconcepts.graph import build_graph
        >>> folder = pathlib.Path(tempfile.mkdtemp())
        >>> write_csv_folder(build_graph([]), folder)
        >>> sorted(path.name for path in folder.iterdir())
        ['edges.csv', 'nodes.csv']
    """
    place = target_folder(folder)
    write_csv_tables(graph, place / "nodes.csv", place / "edges.csv", property_graph=property_graph)


def escape_cell(text: str) -> str:
    """Return ``text`` so that no spreadsheet takes it for a formula.

    Examples:
        >>> escape_cell("=1+1"), escape_cell("LoRA")
        ("'=1+1", 'LoRA')
    """
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def _node_row(node: Node) -> list[str | int | float]:
    aliases = "|".join(one.replace("|", "/") for one in node.aliases)
    return [
        *map(escape_cell, (node.id, node.label, node.kind, node.concept_type)),
        node.year or "",
        node.date,
        *(node.degree, node.support, node.colour, node.size, node.x, node.y),
        *map(escape_cell, (node.url, aliases)),
    ]


def _edge_row(edge: Edge, direction: str) -> list[str | int | float]:
    return [
        *map(escape_cell, (edge.source, edge.target)),
        direction,
        *(edge.relation, edge.weight, edge.id, edge.relation.replace("_", " "), edge.kind, edge.confidence, edge.date),
        escape_cell(edge.evidence),
    ]
