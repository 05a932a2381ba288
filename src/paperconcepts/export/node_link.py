"""Node-link JSON: the form of ``networkx.node_link_data``, and the one that d3 and its relatives read."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from paperconcepts.export.columns import NODE_COLUMNS, Column, edge_columns, known_values
from paperconcepts.export.json_rows import dump_json, write_rows
from paperconcepts.export.presentation import present
from paperconcepts.export.property_graph import Edge, Node, PropertyGraph
from paperconcepts.files import open_atomic

if TYPE_CHECKING:
    from paperconcepts.graph import ResearchGraph

__all__ = ["write_d3", "write_node_link"]


def write_node_link(graph: "ResearchGraph", path: str | Path, *, property_graph: PropertyGraph | None = None) -> None:
    """Write ``graph`` to ``path`` as JSON that ``networkx.node_link_graph`` reads (``edges="edges"``, the default).

    An edge's ``key`` is its relation, as in the research graph. The same graph gives the same bytes.

    Args:
        graph: what to write.
        path: the file; it is replaced whole or not at all.
        property_graph: the result of :func:`present` or of a view for this graph, if it is already there.

    Raises:
        OutputError: the file cannot be written.

    Examples:
        >>> import json, pathlib, tempfile
        >>> from paperconcepts.graph import build_graph
        >>> target = pathlib.Path(tempfile.mkdtemp()) / "graph.json"
        >>> write_node_link(build_graph([]), target)
        >>> json.loads(target.read_text())
        {'directed': True, 'multigraph': True, 'graph': {'name': 'paperconcepts'}, 'nodes': [], 'edges': []}
    """
    _write(present(graph) if property_graph is None else property_graph, Path(path), "edges")


def write_d3(graph: "ResearchGraph", path: str | Path, *, property_graph: PropertyGraph | None = None) -> None:
    """As :func:`write_node_link`, with ``links``, ``group`` and ``value``: for d3, force-graph and Observable.

    Examples:
        >>> import json, pathlib, tempfile
        >>> from paperconcepts.graph import build_graph
        >>> target = pathlib.Path(tempfile.mkdtemp()) / "graph.d3.json"
        >>> write_d3(build_graph([]), target)
        >>> sorted(json.loads(target.read_text()))
        ['directed', 'graph', 'links', 'multigraph', 'nodes']
    """
    _write(present(graph) if property_graph is None else property_graph, Path(path), "links")


def _write(shown: PropertyGraph, path: Path, edges_name: str) -> None:
    columns = edge_columns(shown)
    for_d3 = edges_name == "links"
    with open_atomic(path) as stream:
        stream.write(
            f'{{"directed":{dump_json(shown.directed)},"multigraph":true,"graph":{{"name":"paperconcepts"}},\n'
        )
        stream.write('"nodes":[')
        write_rows(stream, (_node(node, for_d3=for_d3) for node in shown.nodes))
        stream.write(f'],\n"{edges_name}":[')
        write_rows(stream, (_edge(edge, columns, for_d3=for_d3) for edge in shown.edges))
        stream.write("]}\n")


def _node(node: Node, *, for_d3: bool) -> dict[str, Any]:
    row: dict[str, Any] = {"label": node.label}
    row |= {column.name: value for _, column, value in known_values(node, NODE_COLUMNS)}
    row |= {"color": node.colour, "size": node.size, "x": node.x, "y": 0.0 - node.y if for_d3 else node.y}
    if for_d3:
        row |= {"group": node.concept_type or node.kind, "val": node.size}
    # networkx writes a node's name last, and so do we: what it writes of what it read is then the same.
    return {**row, "id": node.id}


def _edge(edge: Edge, columns: tuple[Column, ...], *, for_d3: bool) -> dict[str, Any]:
    row: dict[str, Any] = {"id": edge.id, "weight": edge.weight}
    row |= {column.name: value for _, column, value in known_values(edge, columns)}
    if for_d3:
        row |= {"value": edge.weight}
    return {**row, "source": edge.source, "target": edge.target, "key": edge.relation}
