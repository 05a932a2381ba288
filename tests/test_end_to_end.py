"""The whole chain on the bundled corpus: known facts, and the same facts in every file."""

import csv
import json
from pathlib import Path

import pytest
from lxml import etree
from rdflib import DCTERMS, RDF, Graph, URIRef

from paperconcepts import Role, build, corpus_path, example_graph, export_graph, query_rdf, read_graph
from paperconcepts.graph import ResearchGraph
from paperconcepts.pipeline import BuildReport
from paperconcepts.rdf.namespaces import PREFIXES


@pytest.fixture(scope="module")
def graph() -> ResearchGraph:
    """The graph of the bundled corpus."""
    return example_graph()


@pytest.fixture(scope="module")
def folder(graph: ResearchGraph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All files of the bundled corpus."""
    folder = tmp_path_factory.mktemp("chain")
    export_graph(graph, folder)
    return folder


@pytest.mark.parametrize(
    ("name", "paper"),
    [
        ("LoRA", "arxiv:2106.09685"),
        ("Direct Preference Optimization", "arxiv:2305.18290"),
        ("Mamba", "arxiv:2312.00752"),
        ("Transformer", "arxiv:1706.03762"),
        ("GSM8K", "arxiv:2110.14168"),
        ("CLIP", "arxiv:2103.00020"),
        ("Adam", "arxiv:1412.6980"),
    ],
)
def test_introductions(graph: ResearchGraph, name: str, paper: str) -> None:
    """A well-known name is introduced by the paper that introduced it."""
    assert paper in [row.paper_id for row in graph.introduced_by(name)]


def test_every_paper_gives_something(graph: ResearchGraph) -> None:
    """Each bundled paper has a title, a date and concepts, among them what it brings or studies."""
    strong = {Role.INTRODUCES, Role.EVALUATES_ON, Role.USES, Role.COMPARES, Role.ADDRESSES, Role.STUDIES}
    assert len(graph.papers()) >= 40
    for paper in graph.papers():
        assert paper.title
        assert paper.issued
        assert {item.role for item in graph.concepts_of(paper.id)} & strong, paper.id


def test_every_edge_has_its_sentence(graph: ResearchGraph) -> None:
    """All offsets slice: mentions to their text, spans and cues lie in their sentence."""
    for assertion in graph.assertions():
        paper = graph.paper(assertion.paper_id)
        assert assertion.evidence
        assert assertion.mentions
        for mention in assertion.mentions:
            assert paper.text(mention.field)[mention.start : mention.end] == mention.text
        places = {(mention.field, mention.start, mention.end) for mention in assertion.mentions}
        for evidence in assertion.evidence:
            assert 0 < evidence.confidence <= 1
            assert evidence.rule
            for start, end in evidence.spans:
                assert evidence.start <= start < end <= evidence.end <= len(paper.text(evidence.field))
                assert (evidence.field, start, end) in places


def test_read_back(graph: ResearchGraph, folder: Path) -> None:
    """The graph that is read from papers.jsonl is the graph that was written."""
    again = read_graph(folder)
    assert again.papers() == graph.papers()
    assert list(again.assertions()) == list(graph.assertions())
    assert list(again.relations()) == list(graph.relations())
    assert [node.concept for node in again.concepts()] == [node.concept for node in graph.concepts()]


def test_written_again(folder: Path, tmp_path: Path) -> None:
    """The graph that is read back, with the report of its build, gives the same files."""
    report = BuildReport()
    build(corpus_path(), report=report)
    (folder / "report.json").write_text(json.dumps(report.as_dict()), encoding="utf-8")
    for path in export_graph(read_graph(folder), tmp_path):
        assert path.read_bytes() == (folder / path.name).read_bytes(), path.name


def test_all_files_tell_the_same(graph: ResearchGraph, folder: Path) -> None:
    """Papers and edges of papers to concepts are as many in every file."""
    papers = {paper.id for paper in graph.papers()}
    edges = len(list(graph.assertions()))
    lines = [json.loads(line) for line in (folder / "papers.jsonl").read_text(encoding="utf-8").splitlines()]
    assert {line["id"] for line in lines} == papers
    assert sum(len(line["concepts"]) for line in lines) == edges
    with (folder / "nodes.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert len([row for row in rows if row["Kind"] == "paper"]) == len(papers)
    with (folder / "edges.csv").open(encoding="utf-8", newline="") as stream:
        assert len([row for row in csv.DictReader(stream) if row["Source"] in papers]) == edges
    for name in ("graph.gexf", "graph.graphml"):
        nodes = etree.parse(folder / name).findall(".//{*}node")
        assert len(nodes) == len(rows)
    elements = json.loads((folder / "graph.cyjs").read_text(encoding="utf-8"))["elements"]
    assert len(elements["nodes"]) == len(rows)


@pytest.mark.parametrize("name", ["graph.ttl", "graph.nt"])
def test_rdf_holds_every_paper(graph: ResearchGraph, folder: Path, name: str) -> None:
    """Both RDF files hold all papers with their titles, as another reader sees them."""
    data = Graph().parse(folder / name)
    papers = list(data.subjects(RDF.type, URIRef(f"{PREFIXES['pc']}Paper")))
    titles = {str(data.value(paper, DCTERMS.title)) for paper in papers}
    assert len(papers) == len(graph.papers())
    assert titles == {paper.title for paper in graph.papers()}


def test_python_and_sparql_agree(graph: ResearchGraph, folder: Path) -> None:
    """The same question has the same answer in Python and in SPARQL."""
    found = query_rdf(
        folder,
        "SELECT DISTINCT ?date ?title { ?paper ?role concept:low-rank-adaptation ; dcterms:title ?title ; "
        "dcterms:issued ?date . ?paper a pc:Paper }",
    )
    rows = graph.papers_using("LoRA", roles=tuple(Role))
    assert sorted(found.rows) == sorted((row.issued, row.title) for row in rows)


def test_one_line_of_python() -> None:
    """``paperconcepts.build`` gives what the example graph gives."""
    assert [paper.id for paper in build(corpus_path()).papers()] == [paper.id for paper in example_graph().papers()]
