"""What a graph can be exported to: one line for each format. The command line and the documentation follow it."""

import difflib
import importlib
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from paperconcepts.errors import ConfigurationError

if TYPE_CHECKING:
    from paperconcepts.export.selection import Selection
    from paperconcepts.graph import ResearchGraph

__all__ = ["TARGETS", "Target", "check_format_name", "check_target", "export_view"]


@dataclass(frozen=True, slots=True)
class Target:
    """A format to export to.

    Attributes:
        suffix: how the name of its file ends; empty for a folder.
        writer: module and function, ``"gexf:write_gexf"``; it is imported when it is used. It is called with the
            graph, the path and, for a ``drawing``, ``property_graph=``.
        about: who opens it, for a list of formats.
        drawing: whether it shows nodes and edges, and so can show every view. What is no drawing of ours holds
            records of papers, and can only be written of a part of the graph.
        text: whether it is one file of text, which can be printed.
        extra: what has to be installed with the package for it.
    """

    suffix: str
    writer: str
    about: str
    drawing: bool = True
    text: bool = True
    extra: str = ""


TARGETS: dict[str, Target] = {
    "gexf": Target(".gexf", "gexf:write_gexf", "Gephi and Gephi Lite; the timeline grows"),
    "gexf-spells": Target(".spells.gexf", "gexf:write_gexf_spells", "Gephi; the timeline shows each year alone"),
    "graphml": Target(".graphml", "graphml:write_graphml", "igraph, networkx, Cytoscape, Gephi"),
    "yed": Target(".yed.graphml", "yed:write_yed", "yEd, with shapes and labels"),
    "cyjs": Target(".cyjs", "cytoscape:write_cytoscape_json", "Cytoscape.js"),
    "cx2": Target(".cx2", "cx2:write_cx2", "Cytoscape desktop and web, NDEx, with a style"),
    "json": Target(".json", "node_link:write_node_link", "networkx (node_link_graph)"),
    "d3": Target(".d3.json", "node_link:write_d3", "d3, force-graph, Observable"),
    "pajek": Target(".net", "pajek:write_pajek", "Pajek, VOSviewer"),
    "dot": Target(".dot", "dot:write_dot", "Graphviz"),
    "cypher": Target(".cypher", "cypher:write_cypher", "Neo4j, Memgraph: a script that may run twice"),
    "neo4j": Target("", "neo4j:write_neo4j", "neo4j-admin import: a folder of CSV", text=False),
    "ladybug": Target(".lbug", "ladybug:write_ladybug", "Ladybug: Cypher without a server", text=False,
                      extra="ladybug"),
    "sqlite": Target(".db", "sqlite:write_sqlite", "Datasette, SQL", drawing=False, text=False),
    "csv": Target("", "tables:write_csv_folder", "spreadsheets, pandas: a folder of two tables", text=False),
    "parquet": Target("", "frames:write_parquet", "polars, pandas, DuckDB: a folder of two tables", text=False,
                      extra="polars"),
    "obsidian": Target("", "obsidian:write_obsidian", "Obsidian: a vault of notes", text=False),
    "bibtex": Target(".bib", "bibtex:write_bibtex", "Zotero, JabRef, LaTeX: concepts as keywords", drawing=False),
    "html": Target(".html", "explorer:write_html", "a browser: the explorer as one page", drawing=False),
}  # fmt: skip
"""Format name -> what it is. A new format needs its module and a line here."""


def export_view(
    graph: "ResearchGraph",
    path: str | Path,
    target: str,
    *,
    view: str = "full",
    selection: "Selection | None" = None,
    **settings: object,
) -> None:
    """Write a view of ``graph`` to ``path``: a file, or a folder, as the format has it.

    Args:
        graph: what to write.
        path: the file or folder; each file is replaced whole or not at all.
        target: a name from :data:`TARGETS`.
        view: a name from :data:`paperconcepts.export.views.VIEWS`.
        selection: what to keep of the graph before it is looked at.
        settings: for the view, for instance ``min_shared``; see its function.

    Raises:
        ConfigurationError: there is no such format or view, a library is missing, or the format cannot show the view
            or has no use for ``settings``.
        UnknownNameError: no concept or paper bears the name that is to be near.
        OutputError: a file cannot be written.

    Examples:
        >>> import pathlib, tempfile
        >>> from paperconcepts.examples import example_graph
        >>> file = pathlib.Path(tempfile.mkdtemp()) / "concepts.gexf"
        >>> export_view(example_graph(), file, "gexf", view="concepts")
        >>> 'defaultedgetype="undirected"' in file.read_text()
        True
    """
    from paperconcepts.export.views import VIEWS, check_view, select_for_view

    chosen, looked_at = TARGETS[check_target(target)], VIEWS[check_view(view)]
    if not chosen.drawing and not looked_at.is_part:
        parts = ", ".join(name for name, one in VIEWS.items() if one.is_part)
        raise ConfigurationError(f"{target} holds papers and what they say, not the view {view!r}; choose from {parts}")
    if settings and not chosen.drawing:
        raise ConfigurationError(f"{target} has no use for {', '.join(sorted(settings))}: no drawing is made for it")
    part = select_for_view(graph, view, selection)
    write = _writer(chosen)
    if chosen.drawing:
        write(part, path, property_graph=looked_at.draw(part, **settings))
    else:
        write(part, path)


def check_target(name: str) -> str:
    """Return ``name`` if it is one of :data:`TARGETS`.

    Raises:
        ConfigurationError: it is not; a near one is suggested.

    Examples:
        >>> check_target("gefx")
        Traceback (most recent call last):
        ...
        paperconcepts.errors.ConfigurationError: unknown export format 'gefx'; did you mean 'gexf'? Known formats: ...
    """
    return check_format_name(name, TARGETS)


def check_format_name(name: str, known: Collection[str]) -> str:
    """Return ``name`` if it is one of the ``known`` formats.

    Raises:
        ConfigurationError: it is not; a near one is suggested.
    """
    if name in known:
        return name
    near = difflib.get_close_matches(name.lower().removeprefix("."), known, n=1)
    hint = f"; did you mean {near[0]!r}?" if near else "."
    raise ConfigurationError(f"unknown export format {name!r}{hint} Known formats: {', '.join(known)}")


def _writer(target: Target) -> Callable[..., None]:
    module, _, function = target.writer.partition(":")
    found: Callable[..., None] = getattr(importlib.import_module(f"paperconcepts.export.{module}"), function)
    return found
