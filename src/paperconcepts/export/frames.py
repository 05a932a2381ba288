"""Nodes and edges as data frames, and as Parquet files."""

import importlib
import importlib.util
import io
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from paperconcepts.errors import ConfigurationError
from paperconcepts.export.columns import NODE_COLUMNS, edge_columns
from paperconcepts.export.presentation import present
from paperconcepts.export.property_graph import Drawable, PropertyGraph
from paperconcepts.export.whole_files import replaced_file, target_folder

if TYPE_CHECKING:
    from paperconcepts.graph import ResearchGraph

__all__ = ["edge_rows", "node_rows", "to_frames", "write_parquet"]

_LIBRARIES = ("pandas", "polars")


def node_rows(shown: Drawable) -> list[dict[str, Any]]:
    """The nodes as dictionaries of the same keys; what is unknown is None.

    Examples:
        >>> from paperconcepts.export.property_graph import PropertyGraph
        >>> node_rows(PropertyGraph((), ()))
        []
    """
    rows = []
    for node in shown.nodes:
        row: dict[str, Any] = {"id": node.id, "label": node.label}
        row |= {column.name: _cell(getattr(node, column.attribute)) for column in NODE_COLUMNS}
        row |= {"year": node.year or None, "color": node.colour, "size": float(node.size), "x": node.x, "y": node.y}
        rows.append(row)
    return rows


def edge_rows(shown: Drawable) -> list[dict[str, Any]]:
    """The edges as dictionaries of the same keys; what is unknown is None.

    Examples:
        >>> from paperconcepts.export.property_graph import PropertyGraph
        >>> edge_rows(PropertyGraph((), ()))
        []
    """
    columns = edge_columns(shown)
    rows = []
    for edge in shown.edges:
        row: dict[str, Any] = {"id": edge.id, "source": edge.source, "target": edge.target}
        row |= {column.name: _cell(getattr(edge, column.attribute)) for column in columns}
        rows.append({**row, "weight": float(edge.weight)})
    return rows


def to_frames(shown: Drawable, *, library: Literal["pandas", "polars"] | None = None) -> tuple[Any, Any]:
    """The nodes and the edges of a view as two data frames.

    Args:
        shown: what :func:`present` or a view gives.
        library: ``pandas`` or ``polars``; default: the first of them that is installed.

    Returns:
        Two :class:`pandas.DataFrame` or :class:`polars.DataFrame`: nodes and edges.

    Raises:
        ConfigurationError: the library is not installed, or another one is asked for.

    Examples:
        >>> from paperconcepts.export.property_graph import PropertyGraph
        >>> to_frames(PropertyGraph((), ()), library="arrow")
        Traceback (most recent call last):
        ...
        paperconcepts.errors.ConfigurationError: unknown library 'arrow' for data frames; known: pandas, polars
    """
    if library is not None and library not in _LIBRARIES:
        raise ConfigurationError(f"unknown library {library!r} for data frames; known: {', '.join(_LIBRARIES)}")
    name: str = library or next((one for one in _LIBRARIES if importlib.util.find_spec(one)), "pandas")
    frame = import_extra(name, extra=name, purpose="a data frame")
    return frame.DataFrame(node_rows(shown)), frame.DataFrame(edge_rows(shown))


def write_parquet(graph: "ResearchGraph", folder: str | Path, *, property_graph: PropertyGraph | None = None) -> None:
    """Write ``nodes.parquet`` and ``edges.parquet`` into ``folder``; aliases are a list column.

    Raises:
        ConfigurationError: polars is not installed.
        OutputError: a file cannot be written.
    """
    polars = import_extra("polars", extra="polars", purpose="Parquet")
    shown = present(graph) if property_graph is None else property_graph
    kinds = {
        "string": polars.String,
        "integer": polars.Int64,
        "double": polars.Float64,
        "list": polars.List(polars.String),
    }
    text, number = polars.String, polars.Float64
    nodes = {"id": text, "label": text, **{column.name: kinds[column.type] for column in NODE_COLUMNS}}
    nodes |= {"color": text, "size": number, "x": number, "y": number}
    edges = {"id": text, "source": text, "target": text}
    edges |= {column.name: kinds[column.type] for column in edge_columns(shown)}
    edges |= {"weight": number}
    place = target_folder(folder)
    for name, rows, schema in (("nodes", node_rows(shown), nodes), ("edges", edge_rows(shown), edges)):
        with replaced_file(place / f"{name}.parquet") as file:
            # polars reports a full disk by an error of its own kind; bytes in memory leave the disk to us.
            written = io.BytesIO()
            polars.DataFrame(rows, schema=schema).write_parquet(written)
            file.write_bytes(written.getvalue())


def import_extra(name: str, *, extra: str, purpose: str) -> Any:
    """Import a library that only some users have.

    Raises:
        ConfigurationError: it is not installed; the message has the command that installs it.

    Examples:
        >>> import_extra("json", extra="json", purpose="JSON").dumps(1)
        '1'
    """
    if importlib.util.find_spec(name) is None:
        raise ConfigurationError(
            f"{purpose} needs {name}, which is not installed; run pip install 'paperconcepts[{extra}]'"
        )
    return importlib.import_module(name)


def _cell(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value if value != "" else None
