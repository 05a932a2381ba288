"""The files a graph can be written to: one line for each format."""

import difflib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from paperconcepts.errors import ConfigurationError
from paperconcepts.export.cytoscape import write_cytoscape_json
from paperconcepts.export.explorer import write_html
from paperconcepts.export.gexf import write_gexf
from paperconcepts.export.graphml import write_graphml
from paperconcepts.export.presentation import PropertyGraph, present
from paperconcepts.export.tables import write_csv_tables

if TYPE_CHECKING:
    from paperconcepts.graph import ResearchGraph

__all__ = ["EXPORTS", "Export", "check_formats", "export_graph"]


@dataclass(frozen=True, slots=True)
class Export:
    """A format: the names of its files and the function that writes them.

    ``write`` is called with the graph and one path for each name, and, if the format shows a ``drawing``, with
    ``property_graph=``, the drawing that all formats of one export share.
    """

    files: tuple[str, ...]
    write: Callable[..., None]
    drawing: bool = True


def _write_turtle(graph: "ResearchGraph", path: Path) -> None:
    # rdflib is slow to import, and only these two formats need it.
    from paperconcepts.rdf import write_turtle

    write_turtle(graph, path)


def _write_ntriples(graph: "ResearchGraph", path: Path) -> None:
    from paperconcepts.rdf import write_ntriples

    write_ntriples(graph, path)


def _write_papers(graph: "ResearchGraph", path: Path) -> None:
    from paperconcepts.export.records import write_papers_jsonl

    write_papers_jsonl(graph, path)


EXPORTS: dict[str, Export] = {
    "ttl": Export(("graph.ttl",), _write_turtle, drawing=False),
    "nt": Export(("graph.nt",), _write_ntriples, drawing=False),
    "gexf": Export(("graph.gexf",), write_gexf),
    "graphml": Export(("graph.graphml",), write_graphml),
    "cyjs": Export(("graph.cyjs",), write_cytoscape_json),
    "csv": Export(("nodes.csv", "edges.csv"), write_csv_tables),
    "jsonl": Export(("papers.jsonl",), _write_papers, drawing=False),
    "html": Export(("graph.html",), write_html),
}
"""Format name -> its files and writer, in the order in which they are written."""


def export_graph(graph: "ResearchGraph", directory: str | Path, *, formats: Sequence[str] | None = None) -> list[Path]:
    """Write ``graph`` into ``directory`` in several formats and return the files written.

    The layout is computed once for all of them. Each file is replaced whole or not at all; other files of the folder
    are left alone.

    Args:
        graph: what to write.
        directory: the folder; it is made if it is missing.
        formats: names from :data:`EXPORTS`; by default all.

    Raises:
        ConfigurationError: a format is unknown; nothing is written.
        OutputError: a file cannot be written.

    Examples:
        >>> import tempfile
        >>> from paperconcepts.graph import build_graph
        >>> [path.name for path in export_graph(build_graph([]), tempfile.mkdtemp(), formats=["gexf", "csv"])]
        ['graph.gexf', 'nodes.csv', 'edges.csv']
        >>> export_graph(build_graph([]), ".", formats=["graphlm"])
        Traceback (most recent call last):
        ...
        paperconcepts.errors.ConfigurationError: unknown export format 'graphlm'; did you mean 'graphml'? Known ...
    """
    chosen = check_formats(formats)
    shown: PropertyGraph | None = None
    written: list[Path] = []
    for name in chosen:
        export = EXPORTS[name]
        paths = [Path(directory) / file for file in export.files]
        if export.drawing:
            shown = present(graph) if shown is None else shown
            export.write(graph, *paths, property_graph=shown)
        else:
            export.write(graph, *paths)
        written += paths
    return written


def check_formats(formats: Sequence[str] | None) -> list[str]:
    """Return the format names to write: those given, each once, or all.

    Raises:
        ConfigurationError: a name is unknown; a near one is suggested.

    Examples:
        >>> check_formats(["csv", "csv"])
        ['csv']
    """
    chosen = list(EXPORTS) if formats is None else list(dict.fromkeys(formats))
    for name in chosen:
        _check_format(name)
    return chosen


def _check_format(name: str) -> None:
    if name in EXPORTS:
        return
    near = difflib.get_close_matches(name.lower().removeprefix("."), EXPORTS, n=1)
    hint = f"; did you mean {near[0]!r}?" if near else "."
    raise ConfigurationError(f"unknown export format {name!r}{hint} Known formats: {', '.join(EXPORTS)}")
