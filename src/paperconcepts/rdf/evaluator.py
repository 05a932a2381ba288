"""Evaluate one SPARQL query with Oxigraph, here or as a process of its own that can be stopped.

Oxigraph cannot interrupt a query, so a time limit needs a process to kill. That process runs this file by its path:
it must import nothing but the standard library and pyoxigraph, which together start in 30 milliseconds.
"""

import io
import json
import sys
from itertools import islice
from typing import Any, TypeAlias

import pyoxigraph

__all__ = ["FORMATS", "Answer", "evaluate", "load_store", "main", "respond"]

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

    Raises:
        SyntaxError: the data is malformed.
        OSError: the file cannot be read.

    Examples:
        >>> len(load_store(".nt", data=b"<http://a/s> <http://a/p> <http://a/o> ."))
        1
    """
    store = pyoxigraph.Store()
    store.bulk_load(io.BytesIO(data) if data is not None else None, FORMATS[suffix], path=path)
    return store


def evaluate(store: pyoxigraph.Store, sparql: str, *, prefixes: dict[str, str], limit: int | None) -> Answer:
    """Evaluate a query over all graphs of a store, and keep at most ``limit`` rows or triples.

    Raises:
        SyntaxError: the query is malformed.
        RuntimeError, OSError: the engine gave up.

    Examples:
        >>> store = load_store(".nt", data=b"<http://a/s> <http://a/p> 'x' .".replace(b"'", b'"'))
        >>> evaluate(store, "SELECT ?o { a:s ?p ?o }", prefixes={"a": "http://a/"}, limit=None)["rows"]
        [[('literal', 'x', '', '')]]
    """
    found = store.query(sparql, prefixes=prefixes, use_default_graph_as_union=True)
    answer: Answer = {"variables": [], "rows": [], "boolean": None, "triples": None, "truncated": False}
    if isinstance(found, pyoxigraph.QueryBoolean):
        answer["boolean"] = bool(found)
    elif isinstance(found, pyoxigraph.QueryTriples):
        triples = [[_cell(t.subject), _cell(t.predicate), _cell(t.object)] for t in islice(found, limit)]
        answer["triples"] = triples
        answer["truncated"] = limit is not None and next(found, None) is not None
    else:
        answer["variables"] = [variable.value for variable in found.variables]
        answer["rows"] = [[_cell(term) for term in solution] for solution in islice(found, limit)]
        answer["truncated"] = limit is not None and next(found, None) is not None
    return answer


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
    """
    path = request["path"]
    try:
        store = load_store(request["suffix"], path=path, data=None if path else data)
    except (SyntaxError, ValueError, OSError) as error:
        return {"error": str(error), "part": "data"}
    try:
        return evaluate(store, request["sparql"], prefixes=request["prefixes"], limit=request["limit"])
    except (SyntaxError, ValueError, RuntimeError, OSError) as error:
        return {"error": str(error), "part": "query"}


def main() -> None:
    """Read a request from the standard input (a line of JSON, then its data) and write the answer as JSON."""
    request = json.loads(sys.stdin.buffer.readline())
    sys.stdout.write(json.dumps(respond(request, sys.stdin.buffer.read())))


if __name__ == "__main__":
    main()
