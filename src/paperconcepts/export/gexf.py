"""GEXF 1.3, for Gephi and Gephi Lite: colours, sizes, positions and a timeline included."""

import functools
import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sized
from pathlib import Path
from typing import IO, TYPE_CHECKING

from paperconcepts.export.columns import NODE_COLUMNS, Column, edge_columns, known_values, say_relation
from paperconcepts.export.markup import escape_markup, write_lines, write_number
from paperconcepts.export.palette import to_rgb
from paperconcepts.export.presentation import present
from paperconcepts.export.property_graph import Drawable, Edge, Node, PropertyGraph
from paperconcepts.files import open_atomic

if TYPE_CHECKING:
    from paperconcepts.graph import ResearchGraph

__all__ = ["stream_gexf", "write_gexf", "write_gexf_spells"]

_TYPES = {"string": "string", "integer": "long", "double": "double", "list": "liststring"}
_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">
<meta><creator>paperconcepts</creator></meta>
<graph defaultedgetype="{direction}" mode="dynamic" timeformat="date" timerepresentation="interval">
"""
_Life = Callable[[Node | Edge], tuple[str, str]]


def write_gexf(graph: "ResearchGraph", path: str | Path, *, property_graph: PropertyGraph | None = None) -> None:
    """Write ``graph`` to ``path`` as GEXF 1.3.

    An edge's ``kind`` is its role or predicate, so that viewers keep parallel edges apart. Papers, concepts and edges
    start at their date: the timeline of Gephi shows the field growing. The same graph gives the same bytes.

    Args:
        graph: what to write.
        path: the file; it is replaced whole or not at all.
        property_graph: the result of :func:`present` or of a view for this graph, if it is already there.

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
    stream_gexf(present(graph) if property_graph is None else property_graph, path)


def write_gexf_spells(graph: "ResearchGraph", path: str | Path, *, property_graph: PropertyGraph | None = None) -> None:
    """As :func:`write_gexf`, but what is shown comes and goes: a paper and its edges for the year of the paper.

    A concept is there in each year in which an edge of a paper leads to it, so that the timeline of Gephi shows what
    a year was about. What has no date is always there.

    Examples:
        >>> import pathlib, tempfile
        >>> from paperconcepts.examples import example_graph
        >>> target = pathlib.Path(tempfile.mkdtemp()) / "graph.gexf"
        >>> write_gexf_spells(example_graph(), target)
        >>> '<spells><spell start="2021-01-01" end="2021-12-31"/>' in target.read_text()
        True
    """
    shown = present(graph) if property_graph is None else property_graph
    spells = _spells(shown)

    def life(item: Node | Edge) -> tuple[str, str]:
        return "", spells.get(item.id, "")

    _stream(shown, path, life)


def stream_gexf(shown: Drawable, path: str | Path) -> None:
    """Write nodes and edges that need not fit into memory as GEXF 1.3, as :func:`write_gexf` does.

    Raises:
        OutputError: the file cannot be written.

    Examples:
        >>> import pathlib, tempfile
        >>> from paperconcepts.export.property_graph import GraphStream
        >>> target = pathlib.Path(tempfile.mkdtemp()) / "graph.gexf"
        >>> stream_gexf(GraphStream(iter([]), iter([])), target)
        >>> "<edges>" in target.read_text()
        True
    """
    _stream(shown, path, _growing)


def _stream(shown: Drawable, path: str | Path, life: _Life) -> None:
    columns = edge_columns(shown)
    with open_atomic(path) as stream:
        stream.write(_HEAD.format(direction="directed" if shown.directed else "undirected"))
        _write_columns(stream, "node", NODE_COLUMNS)
        _write_columns(stream, "edge", columns)
        stream.write(f"<nodes{_count(shown.nodes)}>\n")
        write_lines(stream, (_node(node, life) for node in shown.nodes))
        stream.write(f"</nodes>\n<edges{_count(shown.edges)}>\n")
        write_lines(stream, _edges(shown, life))
        stream.write("</edges>\n</graph>\n</gexf>\n")


def _count(items: object) -> str:
    return f' count="{len(items)}"' if isinstance(items, Sized) else ""


def _write_columns(stream: IO[str], owner: str, columns: tuple[Column, ...]) -> None:
    stream.write(f'<attributes class="{owner}" mode="static">\n')
    for number, column in enumerate(columns):
        stream.write(f'<attribute id="{number}" title="{column.name}" type="{_TYPES[column.type]}"/>\n')
    stream.write("</attributes>\n")


def _node(node: Node, life: _Life) -> str:
    red, green, blue = to_rgb(node.colour)
    start, spells = life(node)
    cells = "".join(
        f'<attvalue for="{number}" value="'
        f'{escape_markup(json.dumps(value, ensure_ascii=False) if isinstance(value, tuple) else str(value))}"/>'
        for number, _, value in known_values(node, NODE_COLUMNS)
    )
    return (
        f'<node id="{escape_markup(node.id)}" label="{escape_markup(node.label)}"{start}>'
        f"<attvalues>{cells}</attvalues>{spells}"
        f'<viz:size value="{node.size}"/><viz:position x="{node.x}" y="{node.y}" z="0.0"/>'
        f'<viz:color r="{red}" g="{green}" b="{blue}"/></node>\n'
    )


def _edges(shown: Drawable, life: _Life) -> Iterator[str]:
    # One format string an edge, in the order of the columns: a loop over them would take three times as long.
    cells: dict[tuple[str, str], tuple[str, str]] = {}
    for edge in shown.edges:
        relation = edge.relation
        known = cells.get((relation, edge.kind))
        if known is None:
            name = escape_markup(relation)
            known = cells[relation, edge.kind] = (
                f' kind="{name}" label="{say_relation(name)}" weight="',
                f'<attvalues><attvalue for="0" value="{name}"/><attvalue for="1" value="{edge.kind}"/>'
                '<attvalue for="2" value="',
            )
        start, spells = life(edge)
        date = f'<attvalue for="3" value="{escape_markup(edge.date)}"/>' if edge.date else ""
        quote = f'<attvalue for="4" value="{escape_markup(edge.evidence)}"/>' if edge.evidence else ""
        source, target = escape_markup(edge.source), escape_markup(edge.target)
        yield (
            f'<edge id="{escape_markup(edge.id)}" source="{source}" target="{target}"{known[0]}'
            f'{write_number(float(edge.weight))}"{start}>{known[1]}{write_number(edge.confidence)}"/>{date}{quote}'
            f"</attvalues>{spells}</edge>\n"
        )


def _growing(item: Node | Edge) -> tuple[str, str]:
    return _start(item.date)


@functools.lru_cache(maxsize=1 << 14)
def _start(date: str) -> tuple[str, str]:
    # GEXF knows whole days only: a year starts on its first day.
    return (f' start="{escape_markup(date)}{"-01-01"[len(date) - 4 :]}"' if date else ""), ""


def _spells(shown: PropertyGraph) -> Mapping[str, str]:
    """The spells of each node and edge that has a date, by its id."""
    years: dict[str, set[int]] = defaultdict(set)
    for edge in shown.edges:
        if edge.date:
            for name in (edge.id, edge.source, edge.target):
                years[name].add(int(edge.date[:4]))
    for node in shown.nodes:
        if node.kind == "paper":
            years[node.id] = set()
        if node.year:
            years[node.id].add(node.year)
    return {name: _spell(sorted(found)) for name, found in years.items() if found}


def _spell(years: list[int]) -> str:
    runs: list[list[int]] = []
    for year in years:
        if runs and year == runs[-1][1] + 1:
            runs[-1][1] = year
        else:
            runs.append([year, year])
    inner = "".join(f'<spell start="{first:04}-01-01" end="{last:04}-12-31"/>' for first, last in runs)
    return f"<spells>{inner}</spells>"
