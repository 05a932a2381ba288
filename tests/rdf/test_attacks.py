"""Attacks by query: each is refused or stopped in time, this process lives, and no connection is opened.

A server on the loopback interface counts every connection: what is written in Rust does not pass Python's socket
module, so that watching this module would see nothing.
"""

import contextlib
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyoxigraph
import pytest

from paperconcepts.errors import PaperConceptsError, QueryError
from paperconcepts.rdf import query_rdf
from paperconcepts.rdf.evaluator import load_store
from paperconcepts.rdf.query_process import answer_apart
from paperconcepts.rdf.read_only import check_read_only

TRIPLES = 400
LIMIT_S = 1.5
# Starting a process on a busy machine takes its time, too.
PATIENCE_S = 20


class Listener:
    """A server that counts the connections to it and closes them."""

    def __init__(self) -> None:
        self.connections = 0
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}/x"
        self._thread = threading.Thread(target=self._count, daemon=True)
        self._thread.start()

    def _count(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            self.connections += 1
            connection.close()

    def close(self) -> None:
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join()


@pytest.fixture
def listener() -> Iterator[Listener]:
    server = Listener()
    yield server
    server.close()


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of triples that a product can grow from, and beside it one that no query may read."""
    folder = tmp_path_factory.mktemp("attacked")
    (folder / "secret.ttl").write_text('<http://e/secret> <http://e/p> "secret" .')
    lines = [f'<http://e/s{number}> <http://e/p> "{"a" * 30}{number}" .\n' for number in range(TRIPLES)]
    (folder / "graph.nt").write_text("".join(lines))
    return folder / "graph.nt"


def test_the_guard_detects_a_connection(listener: Listener) -> None:
    """The counter sees what Oxigraph sends when nothing stops it: without this, the other tests would show nothing."""
    with pytest.raises(OSError, match=r".+"):
        list(pyoxigraph.Store().query(f"SELECT * {{ SERVICE <{listener.url}> {{ ?s ?p ?o }} }}"))  # type: ignore[arg-type]
    assert listener.connections > 0


def test_the_process_could_not_open_a_connection(listener: Listener) -> None:
    """A query that nobody checked is evaluated where no socket can be opened."""
    request: dict[str, Any] = {
        "sparql": f"SELECT * {{ SERVICE <{listener.url}> {{ ?s ?p ?o }} }}",
        "prefixes": {}, "limit": None, "suffix": ".nt", "path": None,
    }  # fmt: skip
    assert "error" in answer_apart(request, b"", timeout_s=PATIENCE_S, memory_mb=2048)
    assert listener.connections == 0


ANY = "{ ?s ?p ?o }"
REFUSED = {
    "service": f"SELECT * {{ SERVICE <URL> {ANY} }}",
    "silent service": f"SELECT * {{ SERVICE SILENT <URL> {ANY} }}",
    "service by variable": f"SELECT * {{ VALUES ?u {{ <URL> }} SERVICE ?u {ANY} }}",
    "service in optional": f"SELECT * {{ OPTIONAL {{ SERVICE <URL> {ANY} }} }}",
    "service in exists": f"ASK {{ FILTER EXISTS {{ SERVICE <URL> {ANY} }} }}",
    "service in minus in union": f"SELECT * {{ {{}} UNION {{ ?a ?b ?c MINUS {{ SERVICE <URL> {ANY} }} }} }}",
    "service in subselect": f"SELECT * {{ {{ SELECT ?s {{ SERVICE <URL> {ANY} }} }} }}",
    "service in construct": f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ SERVICE <URL> {ANY} }}",
    "service in describe": f"DESCRIBE ?s WHERE {{ SERVICE <URL> {ANY} }}",
    "service in mixed case": f"SELECT * {{ sErViCe <URL> {ANY} }}",
    "service after a comment": f"SELECT * {{ # }} end\nSERVICE<URL>{ANY} }}",
    "service after a carriage return": f"SELECT * {{ # comment\rSERVICE <URL> {ANY} }}",
    "service by escape": f"SELECT * {{ \\u0053ERVICE <URL> {ANY} }}",
    "service by long escape": f"SELECT * {{ SERV\\U00000049CE <URL> {ANY} }}",
    "service behind a string": f"SELECT * {{ ?s ?p '''x\\'''' . SERVICE <URL> {ANY} }}",
    "service glued to a number": f"SELECT * {{ ?s ?p 1SERVICE <URL> {ANY} }}",
    "service behind less than": "SELECT * { ?s ?p ?o FILTER(?o<'''#>\n''')SERVICE <URL> {} #'''\n}",
    "from url": "SELECT * FROM <URL> { ?s ?p ?o }",
    "from file": "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
    "from relative file": "SELECT * FROM <secret.ttl> { ?s ?p ?o }",
    "from named": "SELECT * FROM NAMED <URL> { GRAPH ?g { ?s ?p ?o } }",
    "from in ask": f"ASK FROM <URL> {ANY}",
    "from in construct": f"CONSTRUCT {{ ?s ?p ?o }} FROM <URL> WHERE {ANY}",
    "from by escape": f"SELECT * FRO\\u004D <URL> {ANY}",
    "from behind a comment": f"SELECT * # a\nFROM#b\n<URL> {ANY}",
    "from behind less than": "SELECT (1<'''#>\n''' AS ?x) FROM <URL> {} #'''",
    "load": "LOAD <URL>",
    "silent load into graph": "LOAD SILENT <URL> INTO GRAPH <http://e/g>",
    "load file": "LOAD <file:///etc/passwd>",
    "insert data": "INSERT DATA { <http://e/a> <http://e/b> <http://e/c> }",
    "insert where": "INSERT { ?s ?p ?o } WHERE { ?s ?p ?o }",
    "delete data": "DELETE DATA { <http://e/s1> <http://e/p> 'a' }",
    "delete where": "DELETE WHERE { ?s ?p ?o }",
    "delete insert with": "WITH <http://e/g> DELETE { ?s ?p ?o } INSERT { ?o ?p ?s } WHERE { ?s ?p ?o }",
    "clear": "CLEAR ALL",
    "drop": "DROP DEFAULT",
    "create": "CREATE GRAPH <http://e/g>",
    "add": "ADD DEFAULT TO <http://e/g>",
    "move": "MOVE DEFAULT TO <http://e/g>",
    "copy": "COPY DEFAULT TO <http://e/g>",
    "update after a query": "SELECT * { ?s ?p ?o } ; DROP ALL",
    "update behind a prefix": "PREFIX e: <http://e/>\n#\nINSERT#\nDATA { e:a e:b e:c }",
    "load by escape": "L\\u004FAD <URL>",
    "ten megabytes": "SELECT * { " + "?s ?p ?o . " * 1_000_000 + "}",
    "ten megabytes of brackets": "SELECT * " + "{" * 10_000_000,
    "deep brackets": "SELECT * " + "{" * 50_000 + "}" * 50_000,
    "deep parentheses": "SELECT * { FILTER(" + "(" * 50_000 + "1" + ")" * 50_000 + ") }",
    "string without end": "SELECT * { ?s ?p '''" + "\\'''" * 100_000 + " }",
}
PRODUCT = " . ".join(f"?s{number} ?p{number} ?o{number}" for number in range(5))
GROWN = " ".join(f"BIND(CONCAT(?a{number}, ?a{number}) AS ?a{number + 1})" for number in range(40))
STOPPED = {
    "product of five": f"SELECT (COUNT(*) AS ?n) {{ {PRODUCT} }}",
    "product asked for yes or no": f"ASK {{ {PRODUCT} FILTER(STRLEN(CONCAT(?o0, ?o1, ?o2, ?o3, ?o4)) < 0) }}",
    "product in order": f"SELECT * {{ {PRODUCT} }} ORDER BY ?o4",
    "product of distinct rows": f"SELECT DISTINCT ?o0 ?o1 ?o2 ?o3 ?o4 {{ {PRODUCT} }}",
    "product of subselects": "SELECT (COUNT(*) AS ?n) { "
    + " ".join(f"{{ SELECT ?s{number} {{ ?s{number} ?p{number} ?o{number} }} }}" for number in range(5))
    + " }",
    "exists over a product": f"SELECT * {{ ?s ?p ?o FILTER NOT EXISTS {{ {PRODUCT} FILTER(?o0 = ?s4) }} }}",
    "text that doubles": f"SELECT (STRLEN(?a40) AS ?n) {{ BIND('aaaaaaaa' AS ?a0) {GROWN} }}",
    "joined text": f"SELECT (STRLEN(GROUP_CONCAT(?o0)) AS ?n) {{ {PRODUCT} }}",
    "deep negation": "SELECT * { FILTER(" + "!" * 400_000 + "true) }",
}
HARMLESS = {
    "regular expression that backtracks": 'SELECT * { ?s ?p ?o FILTER regex(?o, "^(a+)+$") }',
    "nested repetition": 'SELECT * { ?s ?p ?o FILTER regex(?o, "((a{1,1000}){1,1000}){1,1000}$") }',
    "pattern from the data": "SELECT * { ?s ?p ?o FILTER(REPLACE(?o, '(a|aa)+$', 'b') = 'b') }",
    "rows without end": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "triples without end": "CONSTRUCT { ?a ?e ?i } WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "graph of a file": "SELECT * { GRAPH <file:///etc/passwd> { ?s ?p ?o } }",
    "graph of a url": "SELECT * { GRAPH <URL> { ?s ?p ?o } }",
    "describe a url": "DESCRIBE <URL>",
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_more_than_a_question_is_refused(name: str, data: Path, listener: Listener) -> None:
    """Network, files, updates and monsters are refused at once, before the data is read."""
    began = time.monotonic()
    with pytest.raises(QueryError, match=r"not allowed|characters, more than|nested more than|has no end"):
        query_rdf(data.parent / "no-such-file.nt", REFUSED[name].replace("URL", listener.url))
    assert time.monotonic() - began < 5
    assert listener.connections == 0


@pytest.mark.parametrize("name", STOPPED)
def test_what_would_not_end_is_stopped(name: str, data: Path, listener: Listener) -> None:
    """A query that takes too long, or too much memory, is stopped with its process; the next one is answered."""
    began = time.monotonic()
    with pytest.raises(QueryError, match=r"was stopped|malformed|ended with status"):
        query_rdf(data, STOPPED[name], timeout_s=LIMIT_S, memory_mb=512, limit_rows=None)
    assert time.monotonic() - began < PATIENCE_S
    assert query_rdf(data, "ASK { ?s ?p ?o }").boolean is True
    assert listener.connections == 0


@pytest.mark.parametrize("name", HARMLESS)
def test_what_only_looks_bad_is_answered(name: str, data: Path, listener: Listener) -> None:
    """Patterns take time linear in the text, answers are cut, and IRIs are names, not places to read from."""
    began = time.monotonic()
    found = query_rdf(data, HARMLESS[name].replace("URL", listener.url), timeout_s=PATIENCE_S, limit_rows=100)
    assert time.monotonic() - began < PATIENCE_S
    assert len(found.rows or found.triples or ()) <= 100
    assert found.truncated == ("without end" in name)
    assert "secret" not in str(found)
    assert listener.connections == 0


def test_there_are_enough_attacks() -> None:
    """At least forty, no two alike."""
    every = [*REFUSED.values(), *STOPPED.values(), *HARMLESS.values()]
    assert len(set(every)) == len(every) >= 40


def test_parameters_cannot_smuggle(data: Path, listener: Listener) -> None:
    """A value that holds a query is a text."""
    query = 'SELECT ?x { VALUES ?x { "default" } }'
    for text in (f'"}} SERVICE <{listener.url}> {{ ?s ?p ?o }} #', "\\u0022 } LOAD", "x\n} DROP ALL #"):
        assert query_rdf(data, query, parameters={"x": text}).rows == [(text,)]
    iri = "SELECT ?x { VALUES ?x { <http://e/a> } }"
    with pytest.raises(QueryError, match="is no IRI"):
        query_rdf(data, iri, parameters={"x": f"http://e/> }} SERVICE <{listener.url}> {{ ?s ?p <http://e/"})
    assert listener.connections == 0


def test_a_remote_context_is_not_fetched(tmp_path: Path, listener: Listener) -> None:
    """Data that points to the network is an error, not a request."""
    (tmp_path / "a.jsonld").write_text(f'{{"@context": "{listener.url}", "name": "x"}}')
    with pytest.raises(PaperConceptsError, match="cannot be read as RDF"):
        query_rdf(tmp_path / "a.jsonld", "ASK { ?s ?p ?o }")
    assert listener.connections == 0


@pytest.mark.parametrize("piece", ["'''\\", '"""', "<a", "\\'", "?", "#", "_:", "a:.", "VALUES ?a {"])
def test_the_check_takes_linear_time(piece: str) -> None:
    """The longest query allowed, made of what makes patterns go back, is checked in a few seconds."""
    began = time.monotonic()
    with contextlib.suppress(QueryError):
        check_read_only(piece * (999_000 // len(piece)))
    assert time.monotonic() - began < 10


def test_named_graphs_count_once(tmp_path: Path) -> None:
    """A triple of two graphs is one triple of the default graph, and GRAPH still tells them apart."""
    (tmp_path / "two.nq").write_text("<a:s> <a:p> <a:o> <a:g> .\n<a:s> <a:p> <a:o> <a:h> .\n")
    assert query_rdf(tmp_path / "two.nq", "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").rows == [("1",)]
    assert query_rdf(tmp_path / "two.nq", "SELECT ?g { GRAPH ?g { ?s ?p ?o } }").rows == [("a:g",), ("a:h",)]
    assert len(load_store(".nq", path=str(tmp_path / "two.nq"))) == 3
