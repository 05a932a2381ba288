"""What a query answers, and how it is shown."""

import csv
import io
import json
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, TypeAlias

from paperconcepts.errors import ConfigurationError
from paperconcepts.rdf.namespaces import DEFAULT_BASE, prefixes_for
from paperconcepts.rdf.result_syntaxes import boolean_xml, rows_tsv, rows_xml, triples_turtle
from paperconcepts.rdf.terms import escape

__all__ = ["STYLES", "QueryResult", "RdfTerm", "Style", "format_rows"]

Style: TypeAlias = Literal["table", "json", "csv", "tsv", "xml", "turtle", "nt"]

STYLES = ("table", "json", "csv", "tsv", "xml", "turtle", "nt")
"""How an answer can be shown; the last two are for triples only."""


class RdfTerm(NamedTuple):
    """A term of an answer. ``kind`` is uri, literal, bnode or (RDF 1.2) triple; a plain string has no datatype."""

    kind: str
    value: str
    datatype: str = ""
    language: str = ""

    def n3(self) -> str:
        """The term as N-Triples writes it.

        Examples:
            >>> RdfTerm("uri", "http://a/b").n3(), RdfTerm("literal", "x", "", "en").n3()
            ('<http://a/b>', '"x"@en')
        """
        if self.kind == "uri":
            return f"<{self.value}>"
        if self.kind == "bnode":
            return f"_:{self.value}"
        if self.kind == "triple":
            return self.value
        text = escape(self.value)
        if self.language:
            return f"{text}@{self.language}"
        return f"{text}^^<{self.datatype}>" if self.datatype else text


@dataclass(frozen=True, slots=True)
class QueryResult:
    """The answer to a query.

    SELECT gives ``variables`` and ``bindings`` (``rows`` is their text), ASK gives ``boolean``, CONSTRUCT and
    DESCRIBE give ``triples``; what a form does not give is empty or None. ``truncated`` says that the row limit cut
    the answer.
    """

    variables: tuple[str, ...] = ()
    bindings: tuple[tuple[RdfTerm | None, ...], ...] = ()
    boolean: bool | None = None
    triples: tuple[tuple[RdfTerm, RdfTerm, RdfTerm], ...] | None = None
    truncated: bool = False

    @property
    def rows(self) -> list[tuple[str | None, ...]]:
        """The rows of a SELECT as text: IRIs and literals by their value, None where unbound.

        Examples:
            >>> QueryResult(("a", "b"), ((RdfTerm("uri", "http://a/b"), None),)).rows
            [('http://a/b', None)]
        """
        return [tuple(None if term is None else term.value for term in row) for row in self.bindings]


def format_rows(
    result: QueryResult, style: Style = "table", *, base: str = DEFAULT_BASE, max_width: int | None = 80
) -> str:
    r"""Return an answer as text that ends with a newline.

    ``json``, ``csv``, ``tsv`` and ``xml`` are the SPARQL 1.1 result formats (CSV with CRLF line ends, as it
    prescribes); they have no form for triples, which come as rows of subject, predicate and object. ``turtle`` and
    ``nt`` are for triples only. ``table`` is for people: known namespaces are shortened, cells wider than
    ``max_width`` end with an ellipsis, and triples come as N-Triples.

    Raises:
        ConfigurationError: there is no such style, or it is for triples and the answer has none.

    Examples:
        >>> result = QueryResult(("name",), ((RdfTerm("literal", "LoRA", "", "en"),),))
        >>> print(format_rows(result), end="")
        name
        ----
        LoRA
        >>> format_rows(result, "csv")
        'name\r\nLoRA\r\n'
        >>> print(format_rows(QueryResult(boolean=True), "json"), end="")
        {"head": {}, "boolean": true}
    """
    if style not in STYLES:
        raise ConfigurationError(f"unknown style {style!r}; known styles: {', '.join(STYLES)}")
    if style == "table":
        return _table(result, base, max_width)
    if style in ("turtle", "nt"):
        return _triples(result, style, base)
    separated = {"json": _json, "csv": _csv, "tsv": _tsv, "xml": _xml}
    return separated[style](result)


def _triples(result: QueryResult, style: str, base: str) -> str:
    if result.triples is None:
        raise ConfigurationError(f"{style} is for triples: ask with CONSTRUCT or DESCRIBE, or choose another format")
    return triples_turtle(result.triples, base) if style == "turtle" else _ntriples(result.triples)


def _ntriples(triples: Iterable[tuple[RdfTerm, RdfTerm, RdfTerm]]) -> str:
    return "".join(f"{' '.join(term.n3() for term in triple)} .\n" for triple in triples)


def _tsv(result: QueryResult) -> str:
    if result.boolean is not None:
        return "true\n" if result.boolean else "false\n"
    return rows_tsv(*_as_rows(result))


def _xml(result: QueryResult) -> str:
    return boolean_xml(result.boolean) if result.boolean is not None else rows_xml(*_as_rows(result))


def _as_rows(result: QueryResult) -> tuple[Sequence[str], Iterable[Sequence[RdfTerm | None]]]:
    if result.triples is not None:
        return ("subject", "predicate", "object"), result.triples
    return result.variables, result.bindings


def _json(result: QueryResult) -> str:
    document: dict[str, Any]
    if result.boolean is not None:
        document = {"head": {}, "boolean": result.boolean}
    else:
        names, rows = _as_rows(result)
        bindings = [
            {name: _json_term(term) for name, term in zip(names, row, strict=True) if term is not None} for row in rows
        ]
        document = {"head": {"vars": list(names)}, "results": {"bindings": bindings}}
    return json.dumps(document, ensure_ascii=False) + "\n"


def _json_term(term: RdfTerm) -> dict[str, str]:
    found = {"type": term.kind, "value": term.value}
    if term.language:
        found["xml:lang"] = term.language
    elif term.datatype:
        found["datatype"] = term.datatype
    return found


def _csv(result: QueryResult) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    if result.boolean is not None:
        writer.writerow(["true" if result.boolean else "false"])
        return stream.getvalue()
    names, rows = _as_rows(result)
    writer.writerow(names)
    for row in rows:
        writer.writerow(["" if term is None else _csv_cell(term) for term in row])
    return stream.getvalue()


def _csv_cell(term: RdfTerm) -> str:
    return f"_:{term.value}" if term.kind == "bnode" else term.value


def _table(result: QueryResult, base: str, max_width: int | None) -> str:
    if result.boolean is not None:
        return "true\n" if result.boolean else "false\n"
    if result.triples is not None:
        return _ntriples(result.triples)
    prefixes = {namespace: prefix for prefix, namespace in prefixes_for(base).items()}
    rows = [[_shown(term, prefixes, max_width) for term in row] for row in result.bindings]
    names = list(result.variables)
    widths = [max(len(cell) for cell in column) for column in zip(names, *rows, strict=True)]
    lines = [names, ["-" * width for width in widths], *rows]
    return "".join("  ".join(map(str.ljust, line, widths)).rstrip() + "\n" for line in lines)


def _shown(term: RdfTerm | None, prefixes: dict[str, str], max_width: int | None) -> str:
    if term is None:
        return ""
    text = _csv_cell(term)
    if term.kind == "uri":
        cut = max(text.rfind("/"), text.rfind("#")) + 1
        if text[:cut] in prefixes:
            text = f"{prefixes[text[:cut]]}:{text[cut:]}"
    # A line break or an escape sequence of the data must not reach the terminal as such.
    text = "".join(" " if unicodedata.category(char) in ("Cc", "Zl", "Zp") else char for char in text)
    return text if max_width is None or len(text) <= max_width else text[: max_width - 1].rstrip() + "…"
