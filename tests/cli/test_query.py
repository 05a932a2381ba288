"""``paperconcepts query``: SPARQL over a folder or file."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pyoxigraph
import pytest
from click.testing import Result

from paperconcepts.cli import query as query_command
from paperconcepts.examples import example_graph
from paperconcepts.query.questions import ask
from paperconcepts.rdf.question_files import question_names
from paperconcepts.rdf.results import STYLES
from paperconcepts.vocabulary.location import ontology_path

Run = Callable[..., Result]

QUERY = """SELECT ?title ?date {
  ?paper pc:introduces concept:low-rank-adaptation ; dcterms:title ?title ; dcterms:issued ?date
}"""
TITLE = "LoRA: Low-Rank Adaptation of Large Language Models"


@pytest.mark.parametrize("name", ["", "graph.nt", "graph.ttl"])
def test_table(run: Run, folder: Path, name: str) -> None:
    """A folder, its N-Triples and its Turtle give the same table, without prefixes declared."""
    result = run("query", folder / name, QUERY)
    assert (result.exit_code, result.stderr) == (0, "")
    header, rule, *rows = result.stdout.splitlines()
    assert header.split() == ["title", "date"]
    assert set(rule) == {"-", " "}
    assert [row.split("  ") for row in rows] == [[TITLE, "2021-06-17"]]


def test_json(run: Run, folder: Path) -> None:
    """``--json`` gives SPARQL 1.1 results in JSON."""
    answer = json.loads(run("query", folder, QUERY, "--json").stdout)
    assert answer["head"] == {"vars": ["title", "date"]}
    (row,) = answer["results"]["bindings"]
    assert (row["title"]["type"], row["title"]["value"]) == ("literal", TITLE)
    assert json.loads(run("query", folder, "ASK { ?p a pc:Paper }", "--json").stdout)["boolean"] is True


def test_csv(run: Run, folder: Path) -> None:
    """``--csv`` gives SPARQL 1.1 results in CSV."""
    rows = list(csv.reader(io.StringIO(run("query", folder, QUERY, "--csv").stdout)))
    assert rows == [["title", "date"], [TITLE, "2021-06-17"]]


def test_query_from_file_and_standard_input(run: Run, folder: Path, tmp_path: Path) -> None:
    """The query may stand in a file (``@FILE``) or come on standard input (``-``)."""
    path = tmp_path / "question.rq"
    path.write_text(QUERY, encoding="utf-8")
    expected = run("query", folder, QUERY).stdout
    assert run("query", folder, f"@{path}").stdout == expected
    assert run("query", folder, "-", stdin=QUERY).stdout == expected


@pytest.mark.parametrize(
    ("query", "message"),
    [
        (
            "SELECT * { SERVICE <http://example.org/sparql> { ?s ?p ?o } }",
            "SERVICE at line 1, column 12 is not allowed",
        ),
        ("DELETE WHERE { ?s ?p ?o }", "DELETE at line 1, column 1 is not allowed"),
        ("SELECT * FROM <http://example.org/> { ?s ?p ?o }", "FROM at line 1, column 10 is not allowed"),
        ("SELECT * { ?s ?p }", "the query is malformed"),
    ],
)
def test_refused(run: Run, folder: Path, query: str, message: str) -> None:
    """A query that is malformed or does more than read gives one line and exit code 5."""
    result = run("query", folder, query)
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (5, "", 1)
    assert message in result.stderr


def test_missing_query_file(run: Run, folder: Path) -> None:
    """A query file that cannot be read is unreadable input: exit code 3."""
    result = run("query", folder, "@no-such-file.rq")
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (3, "", 1)
    assert "cannot read the query file no-such-file.rq" in result.stderr


def test_timeout(run: Run, folder: Path) -> None:
    """A query that takes too long is stopped: exit code 5."""
    result = run("query", folder, "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", "--timeout", "0.3")
    assert result.exit_code == 5
    assert "took longer than 0.3 s" in result.stderr


def test_cut_answer(run: Run, folder: Path) -> None:
    """``--limit`` cuts an answer, which says so on standard error."""
    result = run("query", folder, "SELECT ?s { ?s ?p ?o }", "--csv", "--limit", 2)
    assert (result.exit_code, len(result.stdout.splitlines())) == (0, 3)
    assert result.stderr == "the answer is longer and was cut here; add LIMIT and OFFSET, or raise --limit\n"
    assert run("query", folder, "SELECT ?s { ?s ?p ?o } LIMIT 2", "--limit", 2).stderr == ""


def test_memory_is_limited(run: Run, folder: Path) -> None:
    """A query that needs more than ``--memory`` is stopped: exit code 5, and no harm to the command."""
    doubled = " ".join(f"BIND(CONCAT(?a{number}, ?a{number}) AS ?a{number + 1})" for number in range(40))
    query = f"SELECT (STRLEN(?a40) AS ?n) {{ BIND('aaaaaaaa' AS ?a0) {doubled} }}"
    result = run("query", folder, query, "--memory", 512)
    assert (result.exit_code, result.stdout) == (5, "")
    assert "was stopped" in result.stderr


def test_a_question_by_name(run: Run, folder: Path) -> None:
    """The name of a question stands for its query; ``--set`` gives its parameters; a file ends with .rq."""
    result = run("query", folder, "introduced-by", "--set", "name=lora", "--csv")
    assert (result.exit_code, result.stderr) == (0, "")
    rows = list(csv.reader(io.StringIO(result.stdout)))
    assert rows[0] == ["paper", "title", "issued", "confidence", "sentence"]
    assert rows[1][1:3] == [TITLE, "2021-06-17"]
    file = ontology_path("queries/introduced-by.rq")
    assert run("query", folder, file, "--set", "name=LoRA", "--csv").stdout == result.stdout
    several = run("query", folder, "most-used-concepts", "--set", "kind=pc:Metric", "--set", "from_year=2022", "--csv")
    found = csv.DictReader(io.StringIO(several.stdout))
    asked = ask(example_graph(), "most-used-concepts", kind="Metric", from_year=2022)
    assert [(row["label"], int(row["papers"])) for row in found] == [(row.label, row.papers) for row in asked] != []


def test_nothing_found(run: Run, folder: Path) -> None:
    """No rows for a value that was given is no error, but a remark."""
    result = run("query", folder, "aliases", "--set", "name=no such thing")
    assert (result.exit_code, len(result.stdout.splitlines())) == (0, 2)
    assert result.stderr == "nothing found; names must agree in full, upper and lower case apart\n"


def test_listing(run: Run) -> None:
    """``--list`` shows each question with its parameters, without any graph."""
    result = run("query", "--list")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert [line for line in lines if not line.startswith(" ")] == question_names()
    assert '    --set name="LoRA"  label or alias of the concept, in upper or lower case (string)' in lines


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["alias"], 5, "no question is called 'alias'. Did you mean: aliases?"),
        (["aliases", "--set", "nmae=x"], 5, "no parameter 'nmae' (its parameters: name)"),
        (["weak-edges", "--set", "below=soon"], 5, "parameter below: 'soon' is no decimal"),
        (["aliases", "--set", "name"], 2, "--set 'name' is not NAME=VALUE"),
        (["aliases", "--format", "turtle"], 6, "turtle is for triples"),
        (["aliases", "--limit", "0"], 2, "--limit"),
        ([], 2, "give DIR or FILE and a query, or --list"),
    ],
)
def test_wrong_requests(run: Run, folder: Path, arguments: list[str], code: int, message: str) -> None:
    """What is wrong with a request is said in words, with its exit code."""
    result = run("query", folder, *arguments)
    assert (result.exit_code, result.stdout) == (code, "")
    assert message in " ".join(result.stderr.split())


def test_every_format(run: Run, folder: Path) -> None:
    """Each format is one that a reader of another house reads, with the same terms."""
    by_json = run("query", folder, QUERY, "--format", "json").stdout
    expected = solutions(by_json, pyoxigraph.QueryResultsFormat.JSON)
    assert [[term.value for term in row] for row in expected] == [[TITLE, "2021-06-17"]]
    for style in ("xml", "tsv"):
        text = run("query", folder, QUERY, "--format", style).stdout
        assert solutions(text, getattr(pyoxigraph.QueryResultsFormat, style.upper())) == expected
    construct = "CONSTRUCT { ?p skos:related ?c } WHERE { ?p pc:introduces ?c }"
    as_lines = run("query", folder, construct, "--format", "nt").stdout
    as_turtle = run("query", folder, construct, "--format", "turtle").stdout
    triples = set(pyoxigraph.parse(as_lines.encode(), pyoxigraph.RdfFormat.N_TRIPLES))
    assert set(pyoxigraph.parse(as_turtle.encode(), pyoxigraph.RdfFormat.TURTLE)) == triples
    assert len(triples) == len(as_lines.splitlines()) > 10
    assert run("query", folder, construct).stdout == as_lines


def solutions(text: str, form: pyoxigraph.QueryResultsFormat) -> list[list[pyoxigraph.Literal]]:
    """The rows that Oxigraph reads from an answer."""
    parsed = pyoxigraph.parse_query_results(text.encode(), format=form)
    assert isinstance(parsed, pyoxigraph.QuerySolutions)
    return [list(row) for row in parsed]


def test_the_styles_of_the_help_are_those_there_are(run: Run) -> None:
    """The command lists the styles itself, so that help need not load an engine; the list is the same."""
    assert query_command._STYLES == STYLES


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("missing", None, "no such file or folder"),
        ("table.xlsx", "x", ".xlsx tells no RDF format"),
        ("bad.ttl", "this is no Turtle", "cannot be read as RDF"),
        ("folder/x", "x", "the folder holds neither graph.nt nor graph.ttl"),
    ],
)
def test_unreadable(run: Run, tmp_path: Path, name: str, text: str | None, message: str) -> None:
    """What cannot be read as RDF gives one line and exit code 3."""
    path = tmp_path / name
    if text is not None:
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    result = run("query", path.parent if name == "folder/x" else path, "ASK { ?s ?p ?o }")
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (3, "", 1)
    assert message in result.stderr


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("SELECT ?x {?x a foo:Paper}", "a prefix is not declared"),
        ("SELEC ?x {?x a pc:Paper}", "this is not SPARQL"),
        ("", "this is not SPARQL"),
    ],
)
def test_what_the_parser_says_is_readable(run: Run, folder: Path, query: str, told: str) -> None:
    """A malformed query is told with its place and in words, without the sets of characters of the grammar."""
    result = run("query", folder, query)
    assert result.exit_code == 5
    assert told in result.stderr
    assert "error at 1:" in result.stderr
    assert "u{" not in result.stderr


def test_defaults_of_a_question_are_told(run: Run, folder: Path) -> None:
    """Who names a question without its parameter is told what it was asked of; a bare name of the ontology will do."""
    assert 'asked with name="LoRA"; --set NAME=VALUE asks of another' in run("query", folder, "aliases").stderr
    assert "asked with" not in run("query", folder, "aliases", "--set", "name=DPO").stderr
    bare = run("query", folder, "concepts-per-year", "--set", "kind=Dataset")
    assert bare.stdout == run("query", folder, "concepts-per-year", "--set", "kind=pc:Dataset").stdout != ""
