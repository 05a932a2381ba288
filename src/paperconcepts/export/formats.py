"""The files a graph can be written to: one line for each format."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from paperconcepts.export.cytoscape import write_cytoscape_json
from paperconcepts.export.explorer import write_html
from paperconcepts.export.gexf import write_gexf
from paperconcepts.export.graphml import write_graphml
from paperconcepts.export.presentation import PropertyGraph, present
from paperconcepts.export.tables import write_csv_tables
from paperconcepts.export.targets import check_format_name

if TYPE_CHECKING:
    from paperconcepts.graph import ResearchGraph

__all__ = ["EXPORTS", "Export", "check_formats", "export_graph"]


@dataclass(frozen=True, slots=True)
class Export:
    """A format: the names of its files and the function that writes them.

    ``write`` is called with the graph and one path for each name, and, if the format shows a ``drawing``, with
    ``property_graph=``, the drawing that all formats of one export share; if it is ``rdf``, with ``level=``. A format
    that is not ``usual`` is written only when it is asked for.
    """

    files: tuple[str, ...]
    write: Callable[..., None]
    drawing: bool = True
    rdf: bool = False
    usual: bool = True


def _write_rdf(syntax: str, graph: "ResearchGraph", path: Path, *, level: str = "full") -> None:
    # Only these formats need the ontology's code.
    from paperconcepts.rdf import write_rdf

    write_rdf(graph, path, syntax, level=level)


def _rdf(syntax: str, file: str, *, usual: bool = False) -> Export:
    return Export((file,), partial(_write_rdf, syntax), drawing=False, rdf=True, usual=usual)


def _write_papers(graph: "ResearchGraph", path: Path) -> None:
    from paperconcepts.export.records import write_papers_jsonl

    write_papers_jsonl(graph, path)


EXPORTS: dict[str, Export] = {
    "ttl": _rdf("ttl", "graph.ttl", usual=True),
    "nt": _rdf("nt", "graph.nt", usual=True),
    "gexf": Export(("graph.gexf",), write_gexf),
    "graphml": Export(("graph.graphml",), write_graphml),
    "cyjs": Export(("graph.cyjs",), write_cytoscape_json),
    "csv": Export(("nodes.csv", "edges.csv"), write_csv_tables),
    "jsonl": Export(("papers.jsonl",), _write_papers, drawing=False),
    "html": Export(("graph.html",), write_html),
    # The triples of graph.nt once more, for who needs them in this form.
    "nq": _rdf("nq", "graph.nq"),
    "trig": _rdf("trig", "graph.trig"),
    "jsonld": _rdf("jsonld", "graph.jsonld"),
    "rdf12": _rdf("rdf12", "graph.rdf12.nt"),
}
"""Format name -> its files and writer, in the order in which they are written."""


def export_graph(
    graph: "ResearchGraph", directory: str | Path, *, formats: Sequence[str] | None = None, rdf_level: str = "full"
) -> list[Path]:
    """Write ``graph`` into ``directory`` in several formats and return the files written.

    The layout is computed once for all of them. Each file is replaced whole or not at all; other files of the folder
    are left alone.

    Args:
        graph: what to write.
        directory: the folder; it is made if it is missing.
        formats: names from :data:`EXPORTS`; by default all usual ones.
        rdf_level: what RDF files hold: ``core``, ``evidence`` (no abstracts) or ``full``.

    Raises:
        ConfigurationError: a format is unknown; nothing is written. There is no such level.
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
        elif export.rdf:
            export.write(graph, *paths, level=rdf_level)
        else:
            export.write(graph, *paths)
        written += paths
    return written


def check_formats(formats: Sequence[str] | None) -> list[str]:
    """Return the format names to write: those given, each once, or all usual ones.

    Raises:
        ConfigurationError: a name is unknown; a near one is suggested.

    Examples:
        >>> check_formats(["csv", "csv"])
        ['csv']
    """
    chosen = [name for name in EXPORTS if EXPORTS[name].usual] if formats is None else list(dict.fromkeys(formats))
    for name in chosen:
        check_format_name(name, EXPORTS)
    return chosen
