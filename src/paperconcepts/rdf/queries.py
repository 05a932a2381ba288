"""Ask SPARQL questions of a graph or of RDF files: read-only, without network, within a time limit."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from paperconcepts.errors import ConfigurationError, QueryError, SourceError, UnknownFormatError
from paperconcepts.graph import ResearchGraph
from paperconcepts.rdf import evaluator
from paperconcepts.rdf.namespaces import DEFAULT_BASE, prefixes_for
from paperconcepts.rdf.parameters import ParameterValue, bind_parameters
from paperconcepts.rdf.query_process import answer_apart
from paperconcepts.rdf.read_only import check_read_only
from paperconcepts.rdf.results import QueryResult, RdfTerm
from paperconcepts.rdf.writers import ntriples_lines

__all__ = ["query_graph", "query_rdf"]

# What a build leaves in its folder, the quickest to read first.
_GRAPH_FILES = ("graph.nt", "graph.ttl")
# What the process needs to start.
_LEAST_MEMORY_MB, _MOST_MEMORY_MB = 256, 1 << 24
_MOST_SECONDS = 86_400


def query_rdf(
    path: str | Path,
    sparql: str,
    *,
    parameters: Mapping[str, ParameterValue] | None = None,
    timeout_s: float | None = 30.0,
    limit_rows: int | None = 100_000,
    memory_mb: int | None = 4096,
    base: str = DEFAULT_BASE,
) -> QueryResult:
    """Answer a SPARQL query from an RDF file, or from ``graph.nt`` or ``graph.ttl`` in a folder.

    Files may be Turtle, N-Triples, N-Quads, TriG or JSON-LD (``.ttl .nt .nq .trig .jsonld``); the default graph has
    the triples of the named graphs, too. The prefixes of an export, ``pc:``, ``skos:``, ``paper:``, ``concept:`` and
    so on, need no declaration (``base`` is that of the data). SELECT, ASK, CONSTRUCT and DESCRIBE are answered;
    SERVICE, FROM and updates are refused before anything is read. The query runs in a process of its own, which can
    open no file or connection while it answers, may take ``memory_mb`` megabytes (where the system knows such limits),
    and is killed after ``timeout_s`` seconds; with None it runs here, without limits. Rows of a SELECT without ORDER
    BY, and triples, come sorted. Answers are cut at ``limit_rows``, and say so. ``parameters`` replace the defaults of
    ``VALUES ?name { ... }`` clauses, as terms of the same type.

    Raises:
        QueryError: the query is malformed, not allowed, failed, or took too long or too much memory; a parameter is
            unknown or not of its type.
        SourceError: the file is missing or malformed (UnknownFormatError: its suffix is none of the five).
        ConfigurationError: a setting is wrong.

    Examples:
        >>> import pathlib, tempfile
        >>> from paperconcepts.graph import build_graph
        >>> from paperconcepts.rdf import write_turtle
        >>> target = pathlib.Path(tempfile.mkdtemp()) / "graph.ttl"
        >>> write_turtle(build_graph([]), target)
        >>> query_rdf(target.parent, "ASK { ?run a pc:Run }").boolean
        True
        >>> sparql = "ASK { VALUES ?version { 'any' } ?run pc:version ?version }"
        >>> query_rdf(target, sparql, parameters={"version": "0.0"}).boolean
        False
        >>> query_rdf(target, "SELECT * { ?s ?p }")
        Traceback (most recent call last):
        ...
        paperconcepts.errors.QueryError: the query is malformed or cannot be answered: error at 1:19: ...
    """
    words = check_read_only(sparql)
    _check_settings(timeout_s, limit_rows, memory_mb)
    bound = bind_parameters(sparql, parameters or {}, base=base)
    file = _find_file(Path(path))
    request = _request(bound, limit_rows, base, suffix=file.suffix.lower(), path=str(file))
    return _result(_answer(request, b"", timeout_s, memory_mb), words, place=str(file))


def query_graph(
    graph: ResearchGraph,
    sparql: str,
    *,
    parameters: Mapping[str, ParameterValue] | None = None,
    timeout_s: float | None = 30.0,
    limit_rows: int | None = 100_000,
    memory_mb: int | None = 4096,
    base: str = DEFAULT_BASE,
) -> QueryResult:
    """Answer a SPARQL query from a graph in memory, as :func:`query_rdf` would from its export with this base.

    Raises:
        QueryError: the query is malformed, not allowed, failed, or took too long or too much memory; a parameter is
            unknown or not of its type.
        ConfigurationError: a setting is wrong.

    Examples:
        >>> from paperconcepts.graph import build_graph
        >>> query_graph(build_graph([]), "SELECT ?paper { ?paper a pc:Paper }").rows
        []
    """
    words = check_read_only(sparql)
    _check_settings(timeout_s, limit_rows, memory_mb)
    bound = bind_parameters(sparql, parameters or {}, base=base)
    data = "".join(ntriples_lines(graph, base=base)).encode()
    request = _request(bound, limit_rows, base, suffix=".nt", path=None)
    return _result(_answer(request, data, timeout_s, memory_mb), words, place="graph")


def _check_settings(timeout_s: float | None, limit_rows: int | None, memory_mb: int | None) -> None:
    if timeout_s is not None and not 0 < timeout_s <= _MOST_SECONDS:
        raise ConfigurationError(
            f"timeout_s must be above 0 and at most {_MOST_SECONDS:,}, or None for no limit, not {timeout_s!r}"
        )
    if limit_rows is not None and limit_rows < 1:
        raise ConfigurationError(f"limit_rows must be 1 or more or None for no limit, not {limit_rows!r}")
    if memory_mb is not None and not _LEAST_MEMORY_MB <= memory_mb <= _MOST_MEMORY_MB:
        raise ConfigurationError(
            f"memory_mb must be {_LEAST_MEMORY_MB} to {_MOST_MEMORY_MB:,} or None for no limit, not {memory_mb!r}"
        )


def _find_file(path: Path) -> Path:
    if path.is_dir():
        found = [path / name for name in _GRAPH_FILES if (path / name).is_file()]
        if not found:
            raise SourceError(
                f"the folder holds neither {' nor '.join(_GRAPH_FILES)}; export a graph to it first", file=str(path)
            )
        return found[0]
    if not path.is_file():
        raise SourceError("no such file or folder", file=str(path))
    if path.suffix.lower() not in evaluator.FORMATS:
        raise UnknownFormatError(
            f"{path.suffix or 'no suffix'} tells no RDF format", known=sorted(evaluator.FORMATS), file=str(path)
        )
    return path


def _request(sparql: str, limit: int | None, base: str, *, suffix: str, path: str | None) -> dict[str, Any]:
    return {"sparql": sparql, "prefixes": prefixes_for(base), "limit": limit, "suffix": suffix, "path": path}


def _answer(request: dict[str, Any], data: bytes, timeout_s: float | None, memory_mb: int | None) -> evaluator.Answer:
    if timeout_s is None:
        return evaluator.respond(request, data)
    return answer_apart(request, data, timeout_s=timeout_s, memory_mb=memory_mb)


def _told(complaint: str) -> str:
    """What the parser says, without the characters that it might have read next."""
    place, colon, expected = complaint.partition(": expected ")
    if not colon:
        return complaint
    if "Prefix not found" in expected:
        return f"{place}: a prefix is not declared; put PREFIX name: <https://...> before the query"
    named = re.findall(r"\b[A-Z]{2,}\b|\"[^\"]{1,2}\"", re.sub(r"\[[^]]*\]", "", expected))
    words = sorted(set(named))
    return f"{place}: this is not SPARQL" + (f"; {', '.join(words)} might stand here" if words else "")


def _result(answer: evaluator.Answer, words: frozenset[str], *, place: str) -> QueryResult:
    if "error" in answer:
        if answer["part"] == "data":
            raise SourceError(f"cannot be read as RDF: {answer['error']}", file=place)
        raise QueryError(f"the query is malformed or cannot be answered: {_told(answer['error'])}")
    rows = [tuple(None if cell is None else RdfTerm(*cell) for cell in row) for row in answer["rows"]]
    if "ORDER" not in words:
        # Without ORDER BY the engine may give any order; ours does not depend on how the data was read.
        rows.sort(key=lambda row: [("", "", "", "") if term is None else tuple(term) for term in row])
    triples = answer["triples"]
    if triples is not None:
        triples = tuple(sorted((RdfTerm(*s), RdfTerm(*p), RdfTerm(*o)) for s, p, o in triples))
    return QueryResult(tuple(answer["variables"]), tuple(rows), answer["boolean"], triples, answer["truncated"])
