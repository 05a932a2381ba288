from itertools import pairwise
from pathlib import Path

import pyoxigraph
import pytest

from paperconcepts.graph import ResearchGraph, build_graph
from paperconcepts.model import LinkedPaper, Paper, SourceRecord
from paperconcepts.rdf import ONTOLOGY, rdf_blocks, write_rdf
from paperconcepts.vocabulary import Vocabulary

BASE = "https://w3id.org/paperconcepts/"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
Quad = tuple[str, str, str, str]


def quads(graph: ResearchGraph, path: Path, syntax: str = "nq") -> set[Quad]:
    """What Oxigraph reads from an export; the default graph is ""."""
    write_rdf(graph, path, syntax)
    found = set()
    for quad in pyoxigraph.parse(path=path):
        name = quad.graph_name.value if isinstance(quad.graph_name, pyoxigraph.NamedNode) else ""
        found.add((str(quad.subject), quad.predicate.value, str(quad.object), name.removeprefix(BASE)))
    return found


def test_trig_and_nquads_tell_the_same_graphs(graph: ResearchGraph, tmp_path: Path) -> None:
    """Both syntaxes hold the same quads."""
    assert quads(graph, tmp_path / "a.trig", "trig") == quads(graph, tmp_path / "a.nq")


def test_each_kind_is_in_its_graph(graph: ResearchGraph, tmp_path: Path) -> None:
    """Papers and what they say are with their file, concepts and relations together, data set and run in none."""
    places: dict[str, set[str]] = {}
    for _, predicate, term, name in quads(graph, tmp_path / "a.nq"):
        if predicate == TYPE and ONTOLOGY in term:
            places.setdefault(term.partition("#")[2].rstrip(">"), set()).add(name)
    source, none = "graph/in%2Fp.jsonl", "graph/papers"
    assert places["Paper"] == places["Assertion"] == places["Mention"] == places["TextField"] == {source, none}
    assert places["Result"] == places["Authorship"] == places["SourceDocument"] == {source}
    # The second paper was read from no file, and one relation comes from the catalogue.
    assert places["Evidence"] == {source, none, "graph/concepts"}
    assert places["Concept"] == places["ConceptRelation"] == {"graph/concepts"}
    assert places["Run"] == {""}


def test_a_paper_of_two_files_is_in_both_graphs(tmp_path: Path) -> None:
    """All that such a paper says stands in the graph of each file, also of one called as our own graphs are."""
    sources = tuple(SourceRecord(file=name, format="x", number=1, record="r") for name in ("b", "concepts"))
    paper = Paper(id="a:1", title="Two", sources=sources)
    graph = build_graph([LinkedPaper(paper, (), (), ())], vocabulary=Vocabulary([]))
    found = quads(graph, tmp_path / "a.nq")
    about = {row for row in found if "/paper/" in row[0] or "/text/" in row[0]}
    names = {"graph/b", "graph/%63oncepts"}
    assert {row[3] for row in about} == names
    assert {(*row[:3], name) for row in about for name in names} == about


@pytest.mark.parametrize("syntax", ["nt", "nq"])
def test_lines_are_sorted_where_one_id_begins_another(syntax: str) -> None:
    """Ids that are the beginning of others do not disturb the order, and nothing stands twice."""
    ids = ("a:b", "a:b_title", "a:b_title_0", "a:b.c", "a:bA", "a:b_1", "z", "Z", "a:")
    papers = [LinkedPaper(Paper(id=name, title="T", authors=("X", "Y")), (), (), ()) for name in ids]
    lines = "".join(rdf_blocks(build_graph(papers, vocabulary=Vocabulary([])), syntax)).encode().split(b"\n")[:-1]
    assert all(first < second for first, second in pairwise(lines))
