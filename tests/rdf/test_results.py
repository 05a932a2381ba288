import json

import pyoxigraph
import pytest

from paperconcepts.errors import ConfigurationError
from paperconcepts.rdf import QueryResult, RdfTerm, format_rows

INTEGER = "http://www.w3.org/2001/XMLSchema#integer"
ROWS = QueryResult(
    ("a", "b"),
    (
        (RdfTerm("uri", "https://w3id.org/paperconcepts/concept/x-1"), RdfTerm("literal", '5, "six"\nseven', "", "en")),
        (RdfTerm("bnode", "b0"), None),
        (RdfTerm("literal", "7", INTEGER), RdfTerm("literal", "é")),
    ),
)


def test_json_is_what_an_engine_reads() -> None:
    """The JSON form parses as SPARQL results and holds the same terms."""
    text = format_rows(ROWS, "json").encode()
    parsed = pyoxigraph.parse_query_results(text, format=pyoxigraph.QueryResultsFormat.JSON)
    assert isinstance(parsed, pyoxigraph.QuerySolutions)
    assert [v.value for v in parsed.variables] == ["a", "b"]
    rows = [list(row) for row in parsed]
    assert rows[0][1] == pyoxigraph.Literal('5, "six"\nseven', language="en")
    assert rows[1][1] is None
    assert rows[2] == [pyoxigraph.Literal(7), pyoxigraph.Literal("é")]


def test_csv_follows_the_sparql_form() -> None:
    """Plain values, quotes where needed, CRLF, empty for unbound."""
    assert format_rows(ROWS, "csv") == (
        'a,b\r\nhttps://w3id.org/paperconcepts/concept/x-1,"5, ""six""\nseven"\r\n_:b0,\r\n7,é\r\n'
    )


def test_a_table_is_one_line_a_row() -> None:
    """Known namespaces are shortened, line breaks and escapes never reach the terminal."""
    assert format_rows(ROWS).splitlines() == [
        "a            b",
        "-----------  --------------",
        'concept:x-1  5, "six" seven',
        "_:b0",
        "7            é",
    ]
    red = QueryResult(("a",), ((RdfTerm("literal", "\x1b[31m" + "y" * 50),),))
    assert format_rows(red, max_width=10).splitlines()[-1] == " [31myyyy…"
    assert len(format_rows(red, max_width=None).splitlines()[-1]) == 55


@pytest.mark.parametrize(("style", "text"), [("table", "true\n"), ("csv", "true\r\n"), ("json", None)])
def test_a_yes_or_no_has_every_style(style: str, text: str | None) -> None:
    """ASK results can be shown in each style."""
    shown = format_rows(QueryResult(boolean=True), style)  # type: ignore[arg-type]
    assert shown == text if text else json.loads(shown) == {"head": {}, "boolean": True}


def test_triples_are_ntriples_in_a_table_and_columns_elsewhere() -> None:
    """CONSTRUCT results can be shown in each style."""
    triple = (RdfTerm("uri", "http://e/s"), RdfTerm("uri", "http://e/p"), RdfTerm("literal", 'a"b'))
    result = QueryResult(triples=(triple,))
    assert format_rows(result) == '<http://e/s> <http://e/p> "a\\"b" .\n'
    assert format_rows(result, "csv").splitlines()[0] == "subject,predicate,object"
    assert json.loads(format_rows(result, "json"))["head"]["vars"] == ["subject", "predicate", "object"]


def test_an_empty_answer_still_names_its_columns() -> None:
    """No rows is an answer too."""
    assert format_rows(QueryResult(("a", "bc"))) == "a  bc\n-  --\n"


def test_unknown_styles_are_refused() -> None:
    """The message lists the styles."""
    with pytest.raises(ConfigurationError, match="table, json, csv, tsv, xml, turtle, nt"):
        format_rows(ROWS, "yaml")  # type: ignore[arg-type]
