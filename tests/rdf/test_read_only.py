import pyoxigraph
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperconcepts.errors import QueryError
from paperconcepts.rdf.read_only import check_read_only

SERVICES = [
    "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
    "SELECT * { service silent <http://127.0.0.1:1/> { } }",
    "SELECT * { SERVICE:x { } }",
    "SELECT * { SERVICEex:x { } }",
    "SELECT * { SERVICESILENTex:x { } }",
    "SELECT * { ?s ?p 1SERVICE?x { } }",
    "SELECT * { ?s ?p trueSERVICE?x { } }",
    "SELECT * { ?s ?p ?o.SERVICE?x { } }",
    "SELECT * { # a comment\rSERVICE ?x { } }",
    "SELECT * { FILTER(1<2)SERVICE?x#>\n{ } }",
    "SELECT * { FILTER(?o<'''#>\n''')SERVICE ?x{} #'''\n}",
    "SELECT * { FILTER(?o<2)#>'''\nSERVICE ?x{} #'''\n}",
    "SELECT * { ?s ex:p\\'a ?o . SERVICE ?x { } # '\n }",
    "SELECT * { ?s ex:a\u0301\\'b ?o . SERVICE ?x{} #'\n}",
    "SELECT * { ?s ?p '' SERVICE ?x {} #'''\n }",
    "SELECT * { ?s ?p '''a\\'''' . SERVICE ?x {} }",
    "SELECT * { ?s ?p ex:a.b.SERVICE ?x {} }",
    "SELECT * { ?s ?p ex:.SERVICE ?x {} }",
    "SELECT * { S\\u0045RVICE ?x { } }",
    "SELECT * { # \\u000A SERVICE ?x { }\n }",
]


@pytest.mark.parametrize("sparql", SERVICES)
def test_service_is_refused_however_it_is_written(sparql: str) -> None:
    """No spelling that an engine could take for SERVICE gets through."""
    with pytest.raises(QueryError, match="SERVICE at line"):
        check_read_only(sparql)


@pytest.mark.parametrize("word", "INSERT DELETE LOAD CLEAR DROP CREATE ADD MOVE COPY FROM insert From".split())
def test_updates_and_from_are_refused_by_name(word: str) -> None:
    """The message names the word, its place and what to do."""
    with pytest.raises(QueryError, match=f"{word.upper()} at line 2, column 3 is not allowed: .*(use|leave)"):
        check_read_only(f"# a comment\n  {word} <http://example.org/>")


@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT ?service ?load ?from { ?service ?load ?from }",
        "SELECT * { ?s ?p 'SERVICE <x> {' , \"LOAD\", '''FROM ' DELETE''', \"\"\"\" SERVICE \"\"\" }",
        "SELECT * { ?s ?p 'it\\'s SERVICE' }",
        "SELECT * { ?s ?p ?o } # SERVICE LOAD FROM",
        "SELECT * { ?s <http://example.org/service#LOAD> concept:service-mesh , concept:load.from }",
        "SELECT * { _:service ?p 'x'@service }",
        "SELECT * { ?s ?p '\\u0053ERVICE' }",
        "ASK { ?a ?b ?c FILTER(?a<?b && ?c>?b) }",
        "SELECT * { ?s ?p <http://en.wikipedia.org/wiki/Mesh_(service)> }",
    ],
)
def test_names_texts_and_comments_are_no_keywords(sparql: str) -> None:
    """Words that are not keywords do not make a query forbidden."""
    assert check_read_only(sparql)


PIECES = [
    *(
        "SERVICE ?x {}",
        "SERVICE",
        "service:x{}",
        "?x",
        "{}",
        ":a",
        "ex:b",
        "<",
        ">",
        "<http://e/#>",
        "#",
        "\n",
        "\r",
        " ",
    ),
    *(
        "'",
        "'''",
        '"',
        '"""',
        "\\'",
        "\\u0027",
        "\\",
        ")",
        "(",
        "FILTER(?o",
        "1",
        ".",
        "@en",
        "_:b",
        "true",
        "\u0301",
        "#>",
    ),
]


@settings(deadline=None, max_examples=400)
@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_what_is_let_through_never_calls_a_service(middle: str) -> None:
    """If the engine finds a service call in a text, the guard has refused that text."""
    store = pyoxigraph.Store()
    for value in (1, True, ""):
        triple = (pyoxigraph.NamedNode("http://e/s"), pyoxigraph.NamedNode("http://e/p"), pyoxigraph.Literal(value))
        store.add(pyoxigraph.Quad(*triple))
    sparql = "SELECT * { ?s ?p ?o " + middle + " }"
    try:
        check_read_only(sparql)
    except QueryError:
        return
    try:
        found = store.query(sparql, prefixes={"": "http://e/", "ex": "http://e/"})
        assert isinstance(found, pyoxigraph.QuerySolutions)
        list(found)
    except SyntaxError:
        pass
