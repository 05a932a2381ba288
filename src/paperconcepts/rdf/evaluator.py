"""Evaluate one SPARQL query with Oxigraph, here or as a process of its own that can be stopped.

Oxigraph cannot interrupt a query, so a time limit needs a process to kill. That process runs this file by its path:
it must import nothing but the standard library and pyoxigraph, which together start in 30 milliseconds. Before it
evaluates anything it gives up the right to open files and sockets: even a query that got past every check could not
reach the network.
"""

import contextlib
import io
import json
import sys
from collections.abc import Iterable
from typing import Any, TypeAlias

import pyoxigraph

__all__ = ["FORMATS", "MAX_ANSWER_CHARACTERS", "Answer", "evaluate", "load_store", "main", "respond"]

MAX_ANSWER_CHARACTERS = 50_000_000
"""Where an answer is cut, however few rows it has."""

# An orphan of a killed parent ends by itself after this many seconds beyond its time.
_GRACE_S = 5

FORMATS = {
    ".jsonld": pyoxigraph.RdfFormat.JSON_LD,
    ".nq": pyoxigraph.RdfFormat.N_QUADS,
    ".nt": pyoxigraph.RdfFormat.N_TRIPLES,
    ".trig": pyoxigraph.RdfFormat.TRIG,
    ".ttl": pyoxigraph.RdfFormat.TURTLE,
}

_Cell: TypeAlias = tuple[str, str, str, str] | None
"""Kind (uri, literal, bnode, triple), text, datatype, language."""

Answer: TypeAlias = dict[str, Any]
"""A JSON-ready answer: ``variables``, ``rows``, ``boolean``, ``triples`` and ``truncated``."""


def load_store(suffix: str, *, path: str | None = None, data: bytes | None = None) -> pyoxigraph.Store:
    """Return an in-memory store with the RDF of a file or of bytes in the format of that suffix.

    Its default graph has the triples of all named graphs, too.

    Raises:
        SyntaxError: the data is malformed.
        OSError: the file cannot be read.

    Examples:
        >>> len(load_store(".nt", data=b"<http://a/s> <http://a/p> <http://a/o> ."))
        1
    """
    store = pyoxigraph.Store()
    form = FORMATS[suffix]
    store.bulk_load(io.BytesIO(data) if data is not None else None, form, path=path)
    if form.supports_datasets:
        # Oxigraph's own union of graphs gives a triple once for each graph that has it, which would spoil counts.
        store.update("INSERT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }")
    return store


def evaluate(store: pyoxigraph.Store, sparql: str, *, prefixes: dict[str, str], limit: int | None) -> Answer:
    """Evaluate a query over a store, and keep at most ``limit`` rows or triples and ``MAX_ANSWER_CHARACTERS``.

    Raises:
        SyntaxError: the query is malformed.
        RuntimeError, OSError: the engine gave up.

    Examples:
        >>> store = load_store(".nt", data=b"<http://a/s> <http://a/p> 'x' .".replace(b"'", b'"'))
        >>> evaluate(store, "SELECT ?o { a:s ?p ?o }", prefixes={"a": "http://a/"}, limit=None)["rows"]
        [[('literal', 'x', '', '')]]
    """
    found = store.query(sparql, prefixes=prefixes)
    answer: Answer = {"variables": [], "rows": [], "boolean": None, "triples": None, "truncated": False}
    if isinstance(found, pyoxigraph.QueryBoolean):
        answer["boolean"] = bool(found)
    elif isinstance(found, pyoxigraph.QueryTriples):
        terms = ((triple.subject, triple.predicate, triple.object) for triple in found)
        answer["triples"], answer["truncated"] = _taken(terms, limit)
    else:
        answer["variables"] = [variable.value for variable in found.variables]
        answer["rows"], answer["truncated"] = _taken(found, limit)
    return answer


def _taken(found: Iterable[Iterable[Any]], limit: int | None) -> tuple[list[list[_Cell]], bool]:
    """The first rows as cells, and whether there are more."""
    rows: list[list[_Cell]] = []
    room = MAX_ANSWER_CHARACTERS
    for terms in found:
        if limit is not None and len(rows) == limit:
            return rows, True
        row = [_cell(term) for term in terms]
        room -= sum(len(cell[1]) for cell in row if cell)
        if room < 0:
            return rows, True
        rows.append(row)
    return rows, False


def _cell(term: Any) -> _Cell:
    if term is None:
        return None
    if isinstance(term, pyoxigraph.NamedNode):
        return ("uri", term.value, "", "")
    if isinstance(term, pyoxigraph.BlankNode):
        return ("bnode", term.value, "", "")
    if isinstance(term, pyoxigraph.Literal):
        datatype = "" if term.language or term.datatype.value.endswith("#string") else term.datatype.value
        return ("literal", term.value, datatype, term.language or "")
    return ("triple", str(term), "", "")


def respond(request: dict[str, Any], data: bytes) -> Answer:
    """Answer a request, or say under ``error`` and ``part`` ("data" or "query") what was wrong with what.

    The request has ``sparql``, ``prefixes``, ``limit``, ``suffix`` and ``path``; without a path, ``data`` is read.
    With ``confined``, no file or socket can be opened in this process once the data is loaded.
    """
    path = request["path"]
    try:
        store = load_store(request["suffix"], path=path, data=None if path else data)
    except (SyntaxError, ValueError, OSError) as error:
        return {"error": str(error), "part": "data"}
    if request.get("confined"):
        _limit("RLIMIT_NOFILE", 0)
    try:
        return evaluate(store, request["sparql"], prefixes=request["prefixes"], limit=request["limit"])
    except (SyntaxError, ValueError, RuntimeError, OSError) as error:
        return {"error": str(error), "part": "query"}


def _limit(name: str, value: int) -> None:
    """Limit a resource of this process for good, where the system can."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(getattr(resource, name), (value, value))


def main() -> None:
    """Read a request from the standard input (a line of JSON, then its data) and write the answer as JSON."""
    request = json.loads(sys.stdin.buffer.readline())
    if request["memory_mb"] is not None:
        _limit("RLIMIT_AS", request["memory_mb"] << 20)
    _limit("RLIMIT_CPU", int(request["timeout_s"]) + _GRACE_S)
    _limit("RLIMIT_CORE", 0)
    sys.stdout.write(json.dumps(respond({**request, "confined": True}, sys.stdin.buffer.read())))


if __name__ == "__main__":
    main()
