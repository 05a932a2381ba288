import csv
import io
import json
import re

import pyoxigraph
import pytest
import rdflib
import rdflib.query
from hypothesis import given
from hypothesis import strategies as st

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


# Any text that an answer can hold: Oxigraph gives no surrogates.
TEXTS = st.text(st.characters(exclude_categories=["Cs"]))


@given(TEXTS, st.sampled_from(["", "en", "de-AT"]))
def test_any_text_survives_every_style(text: str, language: str) -> None:
    """Another reader finds the same literal; XML alone cannot hold control characters."""
    result = QueryResult(("a", "b"), ((RdfTerm("literal", text, "", language), None),))
    wanted = pyoxigraph.Literal(text, language=language or None)
    in_xml = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "\ufffd", text)
    assert read_back(format_rows(result, "json"), "JSON") == [wanted, None]
    assert read_back(format_rows(result, "tsv"), "TSV") == [wanted, None]
    # Oxigraph trims the texts that it reads from XML.
    (row,) = rdflib.query.Result.parse(io.BytesIO(format_rows(result, "xml").encode()), format="xml").bindings
    assert row == {rdflib.Variable("a"): rdflib.Literal(in_xml, lang=language or None)}
    assert list(csv.reader(io.StringIO(format_rows(result, "csv"), newline=""), strict=True))[1] == [text, ""]
    assert len(format_rows(result).splitlines()) == 3


def read_back(text: str, form: str) -> list[pyoxigraph.Literal | None]:
    parsed = pyoxigraph.parse_query_results(text.encode(), format=getattr(pyoxigraph.QueryResultsFormat, form))
    assert isinstance(parsed, pyoxigraph.QuerySolutions)
    (row,) = list(parsed)
    return list(row)


@given(TEXTS, st.sampled_from(["x-1", "a.", ".a", "a/b", "a%41", "-", "", "é", "a_b.c"]))
def test_triples_survive_turtle_and_ntriples(text: str, local: str) -> None:
    """Both syntaxes hold the triples that the answer has, whatever the names and texts."""
    subject = RdfTerm("uri", f"https://w3id.org/paperconcepts/concept/{local}")
    kind = RdfTerm("uri", "http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    label = RdfTerm("uri", "http://www.w3.org/2004/02/skos/core#prefLabel")
    number = RdfTerm("literal", "01", INTEGER)
    values = [(kind, subject), (label, RdfTerm("literal", text, "", "en")), (label, number)]
    result = QueryResult(triples=tuple((subject, predicate, value) for predicate, value in values))
    wanted = set(pyoxigraph.parse(format_rows(result, "nt").encode(), pyoxigraph.RdfFormat.N_TRIPLES))
    assert len(wanted) == 3
    assert set(pyoxigraph.parse(format_rows(result, "turtle").encode(), pyoxigraph.RdfFormat.TURTLE)) == wanted
    assert {quad.object.value for quad in wanted} == {subject.value, text, "01"}
