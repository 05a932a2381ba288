"""A Ladybug database: the whole graph in one file that answers Cypher without a server."""

import json
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, cast

from paperconcepts.export import ladybug_program
from paperconcepts.export.columns import NODE_COLUMNS, Column, edge_columns
from paperconcepts.export.cypher import edge_type
from paperconcepts.export.frames import edge_rows, import_extra, node_rows
from paperconcepts.export.presentation import present
from paperconcepts.export.property_graph import PropertyGraph
from paperconcepts.export.whole_files import replaced_file

if TYPE_CHECKING:
    from paperconcepts.graph import ResearchGraph

__all__ = ["write_ladybug"]

_BATCH = 5_000
_TYPES = {"string": "STRING", "integer": "INT64", "double": "DOUBLE", "list": "STRING[]"}
_TABLES = {"paper": "Paper", "concept": "Concept"}
_Rows = list[dict[str, Any]]


def write_ladybug(graph: "ResearchGraph", path: str | Path, *, property_graph: PropertyGraph | None = None) -> None:
    """Write ``graph`` to ``path`` as a database of Ladybug, the successor of Kuzu.

    There are two tables of nodes, ``Paper`` and ``Concept``, and one of relationships for each relation. Texts go in
    as parameters, never as part of a statement. Two files of one graph hold the same, but not the same bytes: the
    engine gives each database an id of its own.

    Args:
        graph: what to write.
        path: the file; it is replaced whole or not at all.
        property_graph: the result of :func:`present` or of a view for this graph, if it is already there.

    Raises:
        ConfigurationError: ladybug is not installed.
        OutputError: the file cannot be written.
    """
    import_extra("ladybug", extra="ladybug", purpose="a graph database file")
    shown = present(graph) if property_graph is None else property_graph
    with replaced_file(path) as place:
        # In a process of its own: the engine ends the process in which a disk gets full.
        # -P keeps the folder of the program off the import path: its modules are no top-level names.
        command = [sys.executable, "-P", ladybug_program.__file__, str(place)]
        with (
            tempfile.TemporaryFile() as said,
            subprocess.Popen(command, stdin=subprocess.PIPE, stdout=said, stderr=said) as engine,  # noqa: S603 - ours
        ):
            with suppress(BrokenPipeError), cast("IO[bytes]", engine.stdin) as stdin:
                for statement, rows in _statements(shown):
                    stdin.write(json.dumps([statement, {"rows": rows} if rows else {}]).encode() + b"\n")
            if engine.wait():
                said.seek(0)
                reason = said.read().decode("utf-8", "replace").strip().rpartition("\n")[2]
                raise OSError(reason or f"the engine ended with status {engine.returncode}")


def _statements(shown: PropertyGraph) -> Iterator[tuple[str, _Rows]]:
    """Statements of Cypher in order, with the rows that some of them are about."""
    kinds = {node.id: _TABLES[node.kind] for node in shown.nodes}
    fields = ("id", "label", *(column.name for column in NODE_COLUMNS), "color", "size", "x", "y")
    more = "color STRING, size DOUBLE, x DOUBLE, y DOUBLE"
    for table in _TABLES.values():
        yield f"CREATE NODE TABLE {table}(id STRING PRIMARY KEY, label STRING, {_columns(NODE_COLUMNS)}, {more})", []
    rows: dict[str, _Rows] = defaultdict(list)
    for row in node_rows(shown):
        rows[kinds[row["id"]]].append(row)
    for table, found in sorted(rows.items()):
        yield from _batches(f"CREATE (:{table} {{{_assigned(fields)}}})", found)
    yield from _edge_statements(shown, kinds)


def _edge_statements(shown: PropertyGraph, kinds: dict[str, str]) -> Iterator[tuple[str, _Rows]]:
    columns = edge_columns(shown)
    fields = ("id", *(column.name for column in columns), "weight")
    groups: dict[str, dict[tuple[str, str], _Rows]] = defaultdict(lambda: defaultdict(list))
    for edge, row in zip(shown.edges, edge_rows(shown), strict=True):
        groups[edge_type(edge.relation)][kinds[edge.source], kinds[edge.target]].append(row)
    for name, pairs in sorted(groups.items()):
        ends = ", ".join(f"FROM {source} TO {target}" for source, target in sorted(pairs))
        yield f"CREATE REL TABLE {name}({ends}, id STRING, {_columns(columns)}, weight DOUBLE)", []
        for (source, target), found in sorted(pairs.items()):
            match = f"MATCH (a:{source} {{id: r.source}}), (b:{target} {{id: r.target}})"
            yield from _batches(f"{match} CREATE (a)-[:{name} {{{_assigned(fields)}}}]->(b)", found)


def _batches(statement: str, rows: _Rows) -> Iterator[tuple[str, _Rows]]:
    for start in range(0, len(rows), _BATCH):
        # A parameter's type is read off its first values, and an empty list has none.
        batch = [
            {**row, **({"aliases": row["aliases"] or None} if "aliases" in row else {})}
            for row in rows[start : start + _BATCH]
        ]
        yield f"UNWIND $rows AS r {statement}", batch


def _columns(columns: Sequence[Column]) -> str:
    return ", ".join(f"{column.name} {_TYPES[column.type]}" for column in columns)


def _assigned(names: Sequence[str]) -> str:
    return ", ".join(f"{name}: r.{name}" for name in names)
