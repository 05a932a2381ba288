"""Parameters of queries: a value is always exactly one term."""

from datetime import date
from decimal import Decimal

import pyoxigraph
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st

from paperconcepts.errors import QueryError
from paperconcepts.rdf.parameters import bind_parameters, parameter_slots, typed_term

XSD = "http://www.w3.org/2001/XMLSchema#"
QUERY = 'SELECT ?name { VALUES ?name { "default" } }'


def bound_value(sparql: str) -> pyoxigraph.Literal:
    """What Oxigraph takes the parameter for."""
    found = pyoxigraph.Store().query(sparql)
    assert isinstance(found, pyoxigraph.QuerySolutions)
    (row,) = list(found)
    assert isinstance(row[0], pyoxigraph.Literal)
    return row[0]


PIECES = st.sampled_from(
    ['"', "'", '"""', "\\", "\\u0022", "}", "{", "\n", "\r", "#", ">", "SERVICE <http://x/>", "?s"]
)


@settings(deadline=None, max_examples=300)
@given(st.one_of(st.text(), st.lists(PIECES, max_size=8).map("".join)))
def test_any_text_is_one_literal(text: str) -> None:
    """Whatever a text holds, both engines read it back as this text, and nothing else of the query changes."""
    sparql = bind_parameters(QUERY, {"name": text})
    found = bound_value(sparql).value
    assert found == "".join("\ufffd" if is_no_character(char) else char for char in text)
    # rdflib takes a backslash of the text and a "u" after it for an escape.
    if "\\u" not in text.lower():
        ((oracle,),) = rdflib.Graph().query(sparql)  # type: ignore[misc]
        assert str(oracle) == found


def is_no_character(char: str) -> bool:
    """Whether no RDF literal can hold this."""
    return "\ud800" <= char <= "\udfff" or char in "\ufffe\uffff"


@pytest.mark.parametrize(
    ("default", "value", "n3"),
    [
        ('"x"', 5, '"5"'),
        ("2020", "2021", f'"2021"^^<{XSD}integer>'),
        ("2020", 2021, f'"2021"^^<{XSD}integer>'),
        ("0.5", 0.25, f'"0.25"^^<{XSD}decimal>'),
        ("0.5", Decimal("1e-7"), None),
        ("0.5", 1, f'"1"^^<{XSD}decimal>'),
        ("true", False, f'"false"^^<{XSD}boolean>'),
        (f'"2020-01-01"^^<{XSD}date>', date(2021, 2, 3), f'"2021-02-03"^^<{XSD}date>'),
        ('"2020-01-01"^^xsd:date', "2021-02-30", None),
        ("pc:Method", "pc:Model", "<https://w3id.org/paperconcepts/ontology#Model>"),
        ("<http://e/a>", "<http://e/b>", "<http://e/b>"),
        ("<http://e/a>", "http://e/b> ?p ?o . <http://e/c", None),
        ("<http://e/a>", "no iri", None),
        ("2020", "2021 } . ?s ?p ?o", None),
        ("2020", "²", None),
        ("0.5", "nan", None),
        ("0.5", float("inf"), None),
        ("true", "yes", None),
        ("UNDEF", "text", '"text"'),
    ],
)
def test_values_have_the_type_of_the_default(default: str, value: object, n3: str | None) -> None:
    """A value that is of the type of the default is written as such a term; any other is refused by name."""
    query = f"ASK {{ VALUES ?x {{ {default} }} }}"
    if n3 is None:
        with pytest.raises(QueryError, match=r"parameter x: .* is no "):
            bind_parameters(query, {"x": value})  # type: ignore[dict-item]
    else:
        assert bind_parameters(query, {"x": value}).split() == f"ASK {{ VALUES ?x {{ {n3} }} }}".split()  # type: ignore[dict-item]


def test_the_base_moves_prefixed_values() -> None:
    """A prefixed name stands for an IRI of the data that is asked."""
    assert typed_term("concept:a", "iri", base="https://example.org/") == "<https://example.org/concept/a>"


def test_only_clauses_declare_parameters() -> None:
    """What looks like a clause in a comment, a string or an IRI is none; lists of rows are none."""
    text = """# VALUES ?a { 1 }
    SELECT * { ?s ?p 'VALUES ?b { 2 }', <http://e/VALUES?c> . VALUES (?d) { (4) } values $e # {
      { "}" } }"""
    assert {name: slot.type for name, slot in parameter_slots(text).items()} == {"e": "string"}


def test_unknown_and_double_parameters_are_refused() -> None:
    """The message lists the parameters that there are, and says how one is declared."""
    with pytest.raises(QueryError, match=r"no parameter 'nmae' \(its parameters: name\); .* VALUES \?nmae"):
        bind_parameters(QUERY, {"nmae": "x"})
    with pytest.raises(QueryError, match="parameters: none"):
        bind_parameters("ASK {}", {"a": 1})
    with pytest.raises(QueryError, match="declares the parameter a twice"):
        bind_parameters("ASK { VALUES ?a { 1 } VALUES ?a { 2 } }", {"a": 1})


def test_several_are_bound_at_once() -> None:
    """Values may be longer or shorter than the defaults, in any order; what is not given keeps its default."""
    query = 'SELECT * { VALUES ?a { "1" } VALUES ?b { "2" } VALUES ?c { "3" } }'
    found = bind_parameters(query, {"c": "cccc", "a": ""})
    assert {name: slot.default for name, slot in parameter_slots(found).items()} == {
        "a": '""', "b": '"2"', "c": '"cccc"',
    }  # fmt: skip
