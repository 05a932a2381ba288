"""A Cypher script, for Neo4j, Memgraph and other graph databases: running it twice is running it once."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from paperconcepts.export.columns import NODE_COLUMNS, Column, Value, edge_columns, known_values
from paperconcepts.export.presentation import present
from paperconcepts.export.property_graph import Edge, Node, PropertyGraph
from paperconcepts.files import open_atomic

if TYPE_CHECKING:
    from paperconcepts.graph import ResearchGraph

__all__ = ["edge_type", "node_labels", "quote_cypher", "write_cypher"]

_BATCH = 500
_HEAD = "CREATE CONSTRAINT paperconcepts_id IF NOT EXISTS FOR (n:Entity) REQUIRE n.id IS UNIQUE;\n"


def write_cypher(graph: "ResearchGraph", path: str | Path, *, property_graph: PropertyGraph | None = None) -> None:
    """Write ``graph`` to ``path`` as a Cypher script, one statement a line: ``cypher-shell < graph.cypher``.

    The first line makes ids unique (Neo4j 4.4 and later); databases that word this differently can do without it.
    All else is ``MERGE``, so that a second run, or a later graph, adds and updates and doubles nothing. The same graph
    gives the same bytes.

    Args:
        graph: what to write.
        path: the file; it is replaced whole or not at all.
        property_graph: the result of :func:`present` or of a view for this graph, if it is already there.

    Raises:
        OutputError: the file cannot be written.

    Examples:
        >>> import pathlib, tempfile
        >>> from paperconcepts.graph import build_graph
        >>> target = pathlib.Path(tempfile.mkdtemp()) / "graph.cypher"
        >>> write_cypher(build_graph([]), target)
        >>> target.read_text().split(" ")[:2]
        ['CREATE', 'CONSTRAINT']
    """
    shown = present(graph) if property_graph is None else property_graph
    with open_atomic(path) as stream:
        stream.write(_HEAD)
        stream.writelines(_nodes(shown.nodes))
        stream.writelines(_edges(shown.edges, edge_columns(shown)))


def quote_cypher(value: Value) -> str:
    r"""Write a value as a Cypher literal.

    Examples:
        >>> quote_cypher("it's a \\ b"), quote_cypher(("x", "y")), quote_cypher(0.5)
        ("'it\\'s a \\\\ b'", "['x','y']", '0.5')
    """
    if isinstance(value, tuple):
        return f"[{','.join(map(quote_cypher, value))}]"
    if isinstance(value, str):
        # Texts are clean lines: no line break can be in them.
        return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"
    return repr(value)


def node_labels(node: Node) -> tuple[str, ...]:
    """The labels of a node in a graph database; they come from a fixed list, never from a text."""
    return ("Paper",) if node.kind == "paper" else ("Concept", node.concept_type)


def edge_type(relation: str) -> str:
    """The type of a relationship in a graph database.

    Examples:
        >>> edge_type("evaluates_on")
        'EVALUATES_ON'
    """
    return relation.upper()


def _nodes(nodes: Iterable[Node]) -> Iterator[str]:
    groups: dict[tuple[str, ...], list[Node]] = defaultdict(list)
    for node in nodes:
        groups[node_labels(node)].append(node)
    for labels, found in sorted(groups.items()):
        for rows in _batches(map(_node_row, found)):
            yield f"UNWIND [{rows}] AS r MERGE (n:Entity {{id: r.id}}) SET n:{':'.join(labels)} SET n += r;\n"


def _edges(edges: Iterable[Edge], columns: tuple[Column, ...]) -> Iterator[str]:
    groups: dict[str, list[Edge]] = defaultdict(list)
    for edge in edges:
        groups[edge.relation].append(edge)
    for relation, found in sorted(groups.items()):
        for rows in _batches(_edge_row(edge, columns) for edge in found):
            yield (
                f"UNWIND [{rows}] AS r MATCH (a:Entity {{id: r.s}}), (b:Entity {{id: r.t}}) "
                f"MERGE (a)-[e:{edge_type(relation)} {{id: r.p.id}}]->(b) SET e += r.p;\n"
            )


def _batches(rows: Iterable[str]) -> Iterator[str]:
    left = iter(rows)
    while batch := ",".join(islice(left, _BATCH)):
        yield batch


def _node_row(node: Node) -> str:
    cells: dict[str, Value] = {"id": node.id, "name": node.label}
    cells |= {column.name: value for _, column, value in known_values(node, NODE_COLUMNS)}
    cells |= {"x": node.x, "y": node.y, "size": node.size, "color": node.colour}
    return _map(cells)


def _edge_row(edge: Edge, columns: tuple[Column, ...]) -> str:
    cells: dict[str, Value] = {"id": edge.id, "weight": float(edge.weight)}
    cells |= {column.name: value for _, column, value in known_values(edge, columns)}
    return f"{{s:{quote_cypher(edge.source)},t:{quote_cypher(edge.target)},p:{_map(cells)}}}"


def _map(cells: dict[str, Value]) -> str:
    return "{" + ",".join(f"{name}:{quote_cypher(value)}" for name, value in cells.items()) + "}"
