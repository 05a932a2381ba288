from pathlib import Path
from typing import Any

import networkx as nx
import pytest

from paperconcepts.errors import SourceError
from paperconcepts.examples import example_graph
from paperconcepts.graph import ResearchGraph
from paperconcepts.rdf import RDF_SYNTAXES, write_rdf
from paperconcepts.rdf.reading import read_rdf

NODE = ("kind", "label", "year", "concept_type")
EDGE = ("kind", "confidence", "support")


def plain(data: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return {name: data[name] for name in names if name in data}


def check_same(graph: ResearchGraph, path: Path, edge: tuple[str, ...] = EDGE) -> None:
    """The file gives the nodes and edges of the graph again, as a graph of NetworkX."""
    found = read_rdf(path)
    again = nx.MultiDiGraph()
    again.add_nodes_from(found.nodes)
    again.add_edges_from(found.edges)
    wanted = graph.graph
    assert dict(again.nodes(data=True)) == {name: plain(data, NODE) for name, data in wanted.nodes(data=True)}
    told = {(a, b, str(key)): plain(data, edge) for a, b, key, data in wanted.edges(keys=True, data=True)}
    assert {(a, b, key): data for a, b, key, data in again.edges(keys=True, data=True)} == told


@pytest.mark.parametrize("syntax", list(RDF_SYNTAXES))
def test_rdf_and_networkx_hold_the_same_facts(graph: ResearchGraph, tmp_path: Path, syntax: str) -> None:
    """Graph to RDF to graph gives the same nodes and edges, from every syntax."""
    path = tmp_path / RDF_SYNTAXES[syntax].file
    write_rdf(graph, path, syntax)
    check_same(graph, path)


def test_the_bundled_corpus_comes_back_whole(tmp_path: Path) -> None:
    """A real graph goes there and back, from the level of evidence with confidences, from the core without."""
    write_rdf(example_graph(), tmp_path / "evidence.ttl", "ttl", level="evidence")
    check_same(example_graph(), tmp_path / "evidence.ttl")
    write_rdf(example_graph(), tmp_path / "core.nt", "nt", level="core")
    check_same(example_graph(), tmp_path / "core.nt", ("kind",))


def test_what_is_no_rdf_is_told(tmp_path: Path) -> None:
    """A missing, malformed or unknown file is a source error that names it."""
    for name, text in (("a.ttl", "no turtle"), ("a.xyz", ""), ("none.nt", None)):
        path = tmp_path / name
        if text is not None:
            path.write_text(text)
        with pytest.raises(SourceError, match=name):
            read_rdf(path)
