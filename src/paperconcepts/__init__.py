"""Build a research knowledge graph from paper abstracts, every edge with its sentence.

Names are loaded on first use, so that ``import paperconcepts`` stays fast.
"""

import sys
from typing import TYPE_CHECKING, Any

from paperconcepts.version import __version__

if TYPE_CHECKING:
    from paperconcepts.config import Config
    from paperconcepts.errors import PaperConceptsError
    from paperconcepts.examples import corpus_path, example_graph
    from paperconcepts.export.formats import export_graph
    from paperconcepts.export.graph_reading import read_graph
    from paperconcepts.extraction import extract
    from paperconcepts.graph import ResearchGraph, build_graph, keep_believed
    from paperconcepts.linking import link, resolve_aliases
    from paperconcepts.model import Concept, ConceptType, Paper, Predicate, Role
    from paperconcepts.notebook import explore, highlight, load_ipython_extension, show_table
    from paperconcepts.pipeline import BuildReport, build
    from paperconcepts.rdf import query_graph, query_rdf, write_ntriples, write_turtle
    from paperconcepts.sources import merge_papers, read_papers

__all__ = [
    "BuildReport",
    "Concept",
    "ConceptType",
    "Config",
    "Paper",
    "PaperConceptsError",
    "Predicate",
    "ResearchGraph",
    "Role",
    "__version__",
    "build",
    "build_graph",
    "corpus_path",
    "example_graph",
    "explore",
    "export_graph",
    "extract",
    "highlight",
    "keep_believed",
    "link",
    "load_ipython_extension",
    "merge_papers",
    "query_graph",
    "query_rdf",
    "read_graph",
    "read_papers",
    "resolve_aliases",
    "show_table",
    "write_ntriples",
    "write_turtle",
]

_HOMES = {
    "BuildReport": "pipeline",
    "Concept": "model",
    "ConceptType": "model",
    "Config": "config",
    "Paper": "model",
    "PaperConceptsError": "errors",
    "Predicate": "model",
    "ResearchGraph": "graph",
    "Role": "model",
    "build": "pipeline",
    "build_graph": "graph",
    "corpus_path": "examples",
    "example_graph": "examples",
    "explore": "notebook",
    "export_graph": "export.formats",
    "extract": "extraction",
    "highlight": "notebook",
    "keep_believed": "graph",
    "link": "linking",
    "load_ipython_extension": "notebook",
    "merge_papers": "sources",
    "query_graph": "rdf",
    "query_rdf": "rdf",
    "read_graph": "export.graph_reading",
    "read_papers": "sources",
    "resolve_aliases": "linking",
    "show_table": "notebook",
    "write_ntriples": "rdf",
    "write_turtle": "rdf",
}


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'paperconcepts' has no attribute {name!r}")
    import importlib

    value = getattr(importlib.import_module(f"paperconcepts.{home}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)


def _greet_notebook() -> None:
    """In a running IPython, graphs show themselves from now on. It is asked only if it is there already."""
    ipython = sys.modules.get("IPython")
    running = ipython.get_ipython() if ipython is not None and hasattr(ipython, "get_ipython") else None
    if running is not None:
        __getattr__("load_ipython_extension")(running)


_greet_notebook()
