import time
from pathlib import Path

import pyoxigraph
import pytest

from paperconcepts.errors import ConfigurationError, QueryError, SourceError, UnknownFormatError
from paperconcepts.graph import ResearchGraph
from paperconcepts.rdf import QueryResult, query_graph, query_rdf, write_ntriples, write_turtle
from paperconcepts.rdf.evaluator import FORMATS

COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


@pytest.fixture
def folder(graph: ResearchGraph, tmp_path: Path) -> Path:
    write_turtle(graph, tmp_path / "graph.ttl")
    return tmp_path


def test_files_folders_and_graphs_answer_alike(graph: ResearchGraph, folder: Path) -> None:
    """The same question has the same answer wherever the graph is."""
    sparql = "SELECT ?c ?conf { ?a pc:paper paper:arxiv_2401.00001 ; pc:concept ?c ; pc:confidence ?conf }"
    wanted = query_graph(graph, sparql)
    assert len(wanted.rows) == 6
    assert query_graph(graph, sparql, timeout_s=None) == wanted
    assert query_rdf(folder, sparql) == wanted
    assert query_rdf(folder / "graph.ttl", sparql, timeout_s=None) == wanted
    write_ntriples(graph, folder / "graph.nt")
    assert query_rdf(folder, sparql) == wanted


@pytest.mark.parametrize("suffix", sorted(FORMATS))
def test_every_format_is_read(graph: ResearchGraph, tmp_path: Path, suffix: str) -> None:
    """Files of all five formats hold all triples, those in named graphs too."""
    write_ntriples(graph, tmp_path / "graph.nt")
    read = list(pyoxigraph.parse(path=tmp_path / "graph.nt"))
    triples = [pyoxigraph.Triple(quad.subject, quad.predicate, quad.object) for quad in read]
    form, name = FORMATS[suffix], pyoxigraph.NamedNode("http://example.org/g")
    quads = [pyoxigraph.Quad(quad.subject, quad.predicate, quad.object, name) for quad in read]
    pyoxigraph.serialize(quads if form.supports_datasets else triples, tmp_path / f"a{suffix}", format=form)
    assert query_rdf(tmp_path / f"a{suffix}", COUNT, timeout_s=None).rows == [(str(len(triples)),)]


def test_all_four_query_forms_are_answered(graph: ResearchGraph) -> None:
    """SELECT, ASK, CONSTRUCT and DESCRIBE fill their own part of the result."""
    assert query_graph(graph, "ASK { concept:soup-tuning a pc:Method }", timeout_s=None).boolean is True
    assert query_graph(graph, "ASK { concept:soup-tuning a pc:Task }", timeout_s=None).boolean is False
    built = query_graph(graph, "CONSTRUCT { ?c a skos:Thing } WHERE { ?c a pc:Model }", timeout_s=None)
    assert built.triples is not None
    assert [triple[0].value.rpartition("/")[2] for triple in built.triples] == ["ladle-7b"]
    described = query_graph(graph, "DESCRIBE concept:soup-tuning", timeout_s=None)
    assert described.triples is not None
    assert len(described.triples) > 6


def test_declared_prefixes_win(graph: ResearchGraph) -> None:
    """A query may declare a prefix of ours for its own use."""
    rows = query_graph(graph, "PREFIX pc: <http://e/> SELECT (pc:x AS ?x) {}", timeout_s=None).rows
    assert rows == [("http://e/x",)]


def test_the_base_moves_the_prefixes(graph: ResearchGraph) -> None:
    """paper: and concept: follow the base of the data."""
    base = "https://example.org/kg/"
    assert query_graph(graph, "ASK { concept:tuning a pc:Concept }", base=base, timeout_s=None).boolean
    rows = query_graph(graph, "SELECT (concept:a AS ?a) {}", base=base, timeout_s=None).rows
    assert rows == [("https://example.org/kg/concept/a",)]


@pytest.mark.parametrize("timeout_s", [30.0, None])
def test_a_malformed_query_tells_the_place(graph: ResearchGraph, timeout_s: float | None) -> None:
    """The engine's message comes through."""
    with pytest.raises(QueryError, match=r"malformed.*error at 2:"):
        query_graph(graph, "SELECT ?x\nWHERE { ?x ?y }", timeout_s=timeout_s)


@pytest.mark.parametrize("sparql", ["SELECT * { SERVICE <http://127.0.0.1:1/> {} }", "DELETE WHERE { ?s ?p ?o }"])
def test_forbidden_queries_are_refused_before_the_file_is_read(sparql: str) -> None:
    """The guard comes first."""
    with pytest.raises(QueryError, match="not allowed"):
        query_rdf("no such file", sparql)


def test_a_slow_query_is_stopped(graph: ResearchGraph) -> None:
    """The time limit ends the query and the work for it."""
    started = time.monotonic()
    with pytest.raises(QueryError, match=r"longer than 0\.5 s and was stopped"):
        query_graph(graph, "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }", timeout_s=0.5)
    assert time.monotonic() - started < 10


def test_answers_are_cut_at_the_limit_and_say_so(graph: ResearchGraph) -> None:
    """A limit below the answer truncates; one at the answer does not."""
    cut = query_graph(graph, "SELECT * { ?s ?p ?o }", limit_rows=3, timeout_s=None)
    assert (len(cut.rows), cut.truncated) == (3, True)
    whole = query_graph(graph, "SELECT ?c { ?c a pc:Model }", limit_rows=1, timeout_s=None)
    assert (len(whole.rows), whole.truncated) == (1, False)
    built = query_graph(graph, "CONSTRUCT WHERE { ?s ?p ?o }", limit_rows=2, timeout_s=None)
    assert built.triples is not None
    assert (len(built.triples), built.truncated) == (2, True)


def test_order_by_is_kept_and_no_order_is_sorted(graph: ResearchGraph) -> None:
    """Rows come as the query orders them, else sorted."""
    down = query_graph(graph, "SELECT ?c { ?c a pc:Concept } ORDER BY DESC(?c)", timeout_s=None).rows
    free = query_graph(graph, "SELECT ?c { ?c a pc:Concept }", timeout_s=None).rows
    assert down == free[::-1]
    assert free == sorted(free)


def test_missing_wrong_and_broken_files_are_told_apart(tmp_path: Path) -> None:
    """Each error names the file and what to do."""
    with pytest.raises(SourceError, match=r"no-such\.ttl: no such file"):
        query_rdf(tmp_path / "no-such.ttl", COUNT)
    with pytest.raises(SourceError, match=r"neither graph\.nt nor graph\.ttl"):
        query_rdf(tmp_path, COUNT)
    (tmp_path / "a.csv").write_text("a,b")
    with pytest.raises(UnknownFormatError, match=r"known formats: \.jsonld, "):
        query_rdf(tmp_path / "a.csv", COUNT)
    (tmp_path / "a.ttl").write_text("<http://e/a> a .")
    with pytest.raises(SourceError, match=r"a\.ttl: cannot be read as RDF"):
        query_rdf(tmp_path / "a.ttl", COUNT)


def test_a_remote_context_is_not_fetched(tmp_path: Path) -> None:
    """JSON-LD that points to the network is an error, not a request."""
    (tmp_path / "a.jsonld").write_text('{"@context": "http://127.0.0.1:1/context.jsonld", "name": "x"}')
    with pytest.raises(SourceError, match="cannot be read as RDF"):
        query_rdf(tmp_path / "a.jsonld", COUNT, timeout_s=None)


@pytest.mark.parametrize("settings", [{"timeout_s": 0.0}, {"timeout_s": -1.0}, {"limit_rows": 0}])
def test_senseless_settings_are_refused(graph: ResearchGraph, settings: dict[str, float]) -> None:
    """Limits are positive or None."""
    with pytest.raises(ConfigurationError, match="or None"):
        query_graph(graph, COUNT, **settings)  # type: ignore[arg-type]


def test_results_are_plain_values(graph: ResearchGraph) -> None:
    """Unbound variables are None, literals keep datatype and language."""
    sparql = "SELECT ?l ?y ?none { paper:arxiv_2401.00001 pc:year ?y . concept:tuning skos:prefLabel ?l }"
    result = query_graph(graph, sparql)
    assert isinstance(result, QueryResult)
    assert result.variables == ("l", "y", "none")
    assert result.rows == [("tuning", "2024", None)]
    label, year, _ = result.bindings[0]
    assert label is not None
    assert label.n3() == '"tuning"@en'
    assert year is not None
    assert year.n3() == '"2024"^^<http://www.w3.org/2001/XMLSchema#integer>'
