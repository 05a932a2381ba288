"""Pajek ``.net``, for Pajek, VOSviewer and other programs of network analysis."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from paperconcepts.export.presentation import present
from paperconcepts.export.property_graph import Edge, Node, PropertyGraph
from paperconcepts.files import open_atomic

if TYPE_CHECKING:
    from paperconcepts.graph import ResearchGraph

__all__ = ["pajek_label", "write_pajek"]


def write_pajek(graph: "ResearchGraph", path: str | Path, *, property_graph: PropertyGraph | None = None) -> None:
    """Write ``graph`` to ``path`` as a Pajek network with places, sizes, colours and the relation of each line.

    A Pajek label cannot hold double quotes and backslashes: they become ``'`` and ``/``. Labels that are not unique
    get the id of the node in brackets, as many programs take the label for the name. The same graph gives the same
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
        >>> target = pathlib.Path(tempfile.mkdtemp()) / "graph.net"
        >>> write_pajek(build_graph([]), target)
        >>> target.read_text().splitlines()
        ['*Vertices 0', '*Arcs']
    """
    shown = present(graph) if property_graph is None else property_graph
    rank = {node.id: number for number, node in enumerate(shown.nodes, 1)}
    with open_atomic(path) as stream:
        stream.write(f"*Vertices {len(shown.nodes)}\n")
        stream.writelines(_vertices(shown.nodes))
        stream.write("*Arcs\n" if shown.directed else "*Edges\n")
        stream.writelines(_line(edge, rank) for edge in shown.edges)


def pajek_label(text: str) -> str:
    r"""Return ``text`` as a Pajek label can hold it.

    Examples:
        >>> pajek_label('a "b" \\c')
        "a 'b' /c"
    """
    return text.replace('"', "'").replace("\\", "/")


def _vertices(nodes: Sequence[Node]) -> Iterator[str]:
    labels = _unique_labels(nodes)
    places = _in_unit_square([(node.x, node.y) for node in nodes])
    for number, (node, label, (x, y)) in enumerate(zip(nodes, labels, places, strict=True), 1):
        factor = round(max(node.size / 8.0, 0.2), 2)
        colour = f"RGB{node.colour[1:].upper()}"
        yield f'{number} "{label}" {x:.4f} {y:.4f} ellipse x_fact {factor} y_fact {factor} ic {colour} bc {colour}\n'


def _unique_labels(nodes: Sequence[Node]) -> list[str]:
    taken: set[str] = set()
    labels = []
    for node in nodes:
        base = pajek_label(node.label)
        label, number = base, 1
        while label in taken:
            label = f"{base} [{pajek_label(node.id)}]" + (f" {number}" if number > 1 else "")
            number += 1
        taken.add(label)
        labels.append(label)
    return labels


def _in_unit_square(places: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    if not places:
        return []
    left, low = min(x for x, _ in places), min(y for _, y in places)
    width = max(max(x for x, _ in places) - left, max(y for _, y in places) - low) or 1.0
    # The origin of Pajek's square is the upper left corner.
    return [(0.02 + 0.96 * (x - left) / width, 0.98 - 0.96 * (y - low) / width) for x, y in places]


def _line(edge: Edge, rank: dict[str, int]) -> str:
    return f'{rank[edge.source]} {rank[edge.target]} {float(edge.weight)} l "{pajek_label(edge.relation)}"\n'
