"""Whole files against all rules: which are read, what a report says, and that exports are right."""

from pathlib import Path

import pyoxigraph
import pytest
import rdflib

from paperconcepts.errors import ConfigurationError, SourceError
from paperconcepts.graph import ResearchGraph
from paperconcepts.rdf import ONTOLOGY, graph_to_rdf, validate_rdf, write_ntriples, write_turtle
from paperconcepts.rdf.validation import RdfFinding, Rules

VALID = Path(__file__).with_name("valid_export.ttl")
SYNTAXES = {
    ".ttl": pyoxigraph.RdfFormat.TURTLE,
    ".nt": pyoxigraph.RdfFormat.N_TRIPLES,
    ".nq": pyoxigraph.RdfFormat.N_QUADS,
    ".trig": pyoxigraph.RdfFormat.TRIG,
    ".jsonld": pyoxigraph.RdfFormat.JSON_LD,
}


@pytest.mark.parametrize("level", ["core", "evidence", "full"])
def test_an_export_breaks_no_rule(graph: ResearchGraph, tmp_path: Path, level: str) -> None:
    """What the writers write has no finding at any level, not even a warning."""
    write_turtle(graph, tmp_path / "graph.ttl", level=level)
    report = validate_rdf(tmp_path / "graph.ttl")
    assert report.findings == ()
    assert report.conforms
    assert report.checks > 250


def test_turtle_and_ntriples_are_judged_alike(graph: ResearchGraph, tmp_path: Path) -> None:
    """The same triples have the same report."""
    write_turtle(graph, tmp_path / "graph.ttl")
    write_ntriples(graph, tmp_path / "graph.nt")
    assert validate_rdf(tmp_path / "graph.ttl").triples == validate_rdf(tmp_path / "graph.nt").triples
    assert validate_rdf(tmp_path / "graph.nt").findings == ()


@pytest.mark.parametrize("suffix", sorted(SYNTAXES))
def test_every_syntax_is_read(tmp_path: Path, suffix: str) -> None:
    """Turtle, N-Triples, N-Quads, TriG and JSON-LD of one broken graph have the same findings."""
    node = pyoxigraph.NamedNode
    wrong = pyoxigraph.Quad(
        node("https://example.org/paper1"), node(f"{ONTOLOGY}uses"), node("https://example.org/run")
    )
    triples = [*pyoxigraph.parse(path=str(VALID)), wrong]
    form = SYNTAXES[suffix]
    target = tmp_path / f"bad{suffix}"
    target.write_bytes(pyoxigraph.serialize(triples, format=form) or b"")
    report = validate_rdf(target)
    assert {finding.rule for finding in report.findings} == {"edge-without-assertion", "triple-count", "Paper/class"}


@pytest.mark.parametrize("suffix", [".nq", ".trig"])
def test_named_graphs_are_one_graph(tmp_path: Path, suffix: str) -> None:
    """A triple in two graphs is one triple, so that no count is wrong."""
    graphs = [pyoxigraph.NamedNode("https://example.org/graph/a"), pyoxigraph.NamedNode("https://example.org/graph/b")]
    triples = list(pyoxigraph.parse(path=str(VALID)))
    quads = [pyoxigraph.Quad(one.subject, one.predicate, one.object, name) for one in triples for name in graphs]
    target = tmp_path / f"graphs{suffix}"
    target.write_bytes(pyoxigraph.serialize(quads, format=SYNTAXES[suffix]) or b"")
    assert validate_rdf(target).findings == ()


def test_a_report_names_node_rule_and_value(tmp_path: Path) -> None:
    """A finding says where, which rule, which value and what the rule asks; violations come first."""
    data = rdflib.Graph().parse(VALID)
    d, pc = rdflib.Namespace("https://example.org/"), rdflib.Namespace("https://w3id.org/paperconcepts/ontology#")
    data.set((d.a1, pc.confidence, rdflib.Literal("1.5", datatype=rdflib.XSD.decimal)))
    data.remove((d.bowl, rdflib.RDF.type, pc.Dataset))
    data.add((d.bowl, rdflib.RDF.type, pc.Model))
    data.serialize(tmp_path / "bad.nt", format="nt", encoding="utf-8")
    report = validate_rdf(tmp_path / "bad.nt")
    first, *rest = report.findings
    assert str(first) == (
        "violation: <https://example.org/a1> <https://w3id.org/paperconcepts/ontology#confidence>: an assertion or "
        'relation has one confidence from 0 to 1 ("1.5"^^<http://www.w3.org/2001/XMLSchema#decimal>) '
        "[Belief/maxInclusive]"
    )
    assert {(finding.severity, finding.rule) for finding in rest} == {("warning", "kind-of-concept")}
    assert (report.conforms, report.count("violation"), report.count("warning")) == (False, 1, 2)
    told = report.as_dict()
    assert told["findings"][0]["rule"] == "Belief/maxInclusive"
    assert (told["triples"], told["violations"], told["warnings"]) == (report.triples, 1, 2)


def test_warnings_alone_conform() -> None:
    """A warning asks for a look; it breaks nothing."""
    from paperconcepts.rdf.validation import RdfReport

    finding = RdfFinding("warning", "kind-of-concept", "<a:s>", "", "", "look")
    assert RdfReport("x.ttl", 1, 1, (finding,)).conforms


def test_numbers_are_judged_as_they_are_written(graph: ResearchGraph, tmp_path: Path) -> None:
    """A datatype that Oxigraph's store would widen is seen by the shapes as the file has it."""
    data = graph_to_rdf(graph)
    pc = rdflib.Namespace("https://w3id.org/paperconcepts/ontology#")
    node = min(data.subjects(pc.support, None), key=str)
    data.set((node, pc.support, rdflib.Literal("1", datatype=rdflib.XSD.integer)))
    data.serialize(tmp_path / "bad.nt", format="nt", encoding="utf-8")
    assert {finding.rule for finding in validate_rdf(tmp_path / "bad.nt").findings} == {"Belief/datatype"}


def test_files_that_cannot_be_read_are_errors(tmp_path: Path) -> None:
    """Missing, foreign and broken files and folders without a graph are told by name."""
    with pytest.raises(SourceError, match=r"gone\.ttl: no such file"):
        validate_rdf(tmp_path / "gone.ttl")
    (tmp_path / "a.csv").write_text("a")
    with pytest.raises(SourceError, match=r"a\.csv: \.csv is none of"):
        validate_rdf(tmp_path / "a.csv")
    for suffix in SYNTAXES:
        (tmp_path / f"bad{suffix}").write_text("<a")
        with pytest.raises(SourceError, match=rf"bad\{suffix}: cannot be read as RDF"):
            validate_rdf(tmp_path / f"bad{suffix}")
    with pytest.raises(SourceError, match="no graph in this folder"):
        validate_rdf(tmp_path)


def test_a_folder_stands_for_its_graph(graph: ResearchGraph, tmp_path: Path) -> None:
    """The graph of a built folder is found."""
    write_turtle(graph, tmp_path / "graph.ttl")
    assert validate_rdf(tmp_path, rules="invariants").triples == validate_rdf(tmp_path / "graph.ttl").triples


def test_unknown_rules_are_refused(tmp_path: Path) -> None:
    """The names of the rules to check are told."""
    rules: Rules = "some"  # type: ignore[assignment]
    with pytest.raises(ConfigurationError, match="use all, invariants or shapes"):
        validate_rdf(tmp_path / "a.ttl", rules=rules)


def test_invariants_need_no_pyshacl(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without pyshacl the shapes are refused with advice, and the invariants are checked all the same."""
    import importlib.util

    real = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name, *rest: None if name == "pyshacl" else real(name, *rest)
    )
    with pytest.raises(ConfigurationError, match=r"pip install 'paperconcepts\[shacl\]', or check only the invariants"):
        validate_rdf(VALID)
    assert validate_rdf(VALID, rules="invariants").conforms
