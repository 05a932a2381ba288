"""CSV files for ``neo4j-admin database import``: the quickest way of a large graph into Neo4j."""

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from paperconcepts.export.columns import NODE_COLUMNS, Column, Value, edge_columns
from paperconcepts.export.cypher import edge_type, node_labels
from paperconcepts.export.presentation import present
from paperconcepts.export.property_graph import Edge, Node, PropertyGraph
from paperconcepts.export.whole_files import target_folder
from paperconcepts.files import open_atomic, write_atomic

if TYPE_CHECKING:
    from paperconcepts.graph import ResearchGraph

__all__ = ["write_neo4j"]

_TYPES = {"string": "string", "integer": "long", "double": "double", "list": "string[]"}
_COMMAND = """\
neo4j-admin database import full neo4j \\
  --nodes=papers-header.csv,papers.csv \\
  --nodes=concepts-header.csv,concepts.csv \\
  --relationships=relationships-header.csv,relationships.csv
"""


def write_neo4j(graph: "ResearchGraph", folder: str | Path, *, property_graph: PropertyGraph | None = None) -> None:
    """Write papers, concepts and relationships into ``folder``, each as a file of data and one with its header.

    ``import.txt`` holds the command that reads them. Cells hold no line breaks; in a list a ``;`` becomes a comma, as
    ``;`` stands between its items. Nothing is put before texts that a spreadsheet would run: these files are for a
    database. The same graph gives the same bytes.

    Args:
        graph: what to write.
        folder: the folder; it is made if it is missing, and its other files are left alone.
        property_graph: the result of :func:`present` or of a view for this graph, if it is already there.

    Raises:
        OutputError: a file cannot be written.

    Examples:
        >>> import pathlib, tempfile
        >>> from paperconcepts.graph import build_graph
        >>> folder = pathlib.Path(tempfile.mkdtemp())
        >>> write_neo4j(build_graph([]), folder)
        >>> (folder / "papers-header.csv").read_text().split(",")[:2]
        ['id:ID', 'name:string']
    """
    shown = present(graph) if property_graph is None else property_graph
    columns = edge_columns(shown)
    place = target_folder(folder)
    node_header = [
        "id:ID",
        "name:string",
        *_header(NODE_COLUMNS),
        "x:double",
        "y:double",
        "size:double",
        "color:string",
    ]
    edge_header = [":START_ID", ":END_ID", ":TYPE", "id:string", "weight:double", *_header(columns)]
    for kind, name in (("paper", "papers"), ("concept", "concepts")):
        rows = (_node_row(node) for node in shown.nodes if node.kind == kind)
        _write(place, name, [*node_header, ":LABEL"], rows)
    _write(place, "relationships", edge_header, (_edge_row(edge, columns) for edge in shown.edges))
    write_atomic(place / "import.txt", _COMMAND)


def _header(columns: tuple[Column, ...]) -> list[str]:
    return [f"{column.name}:{_TYPES[column.type]}" for column in columns]


def _write(folder: Path, name: str, header: list[str], rows: Iterable[list[str]]) -> None:
    write_atomic(folder / f"{name}-header.csv", ",".join(header) + "\n")
    with open_atomic(folder / f"{name}.csv") as stream:
        # Everything quoted: an empty cell is an empty text, and no text is taken for a number.
        table = csv.writer(stream, lineterminator="\n", quoting=csv.QUOTE_ALL)
        table.writerows(rows)


def _node_row(node: Node) -> list[str]:
    cells = [_cell(getattr(node, column.attribute), column) for column in NODE_COLUMNS]
    place = [str(node.x), str(node.y), str(node.size), node.colour]
    return [node.id, node.label, *cells, *place, ";".join(("Entity", *node_labels(node)))]


def _edge_row(edge: Edge, columns: tuple[Column, ...]) -> list[str]:
    cells = [_cell(getattr(edge, column.attribute), column) for column in columns]
    return [edge.source, edge.target, edge_type(edge.relation), edge.id, str(float(edge.weight)), *cells]


def _cell(value: Value, column: Column) -> str:
    if isinstance(value, tuple):
        return ";".join(one.replace(";", ",") for one in value)
    return "" if column.name == "year" and value == 0 else str(value)
