"""``paperconcepts query``: SPARQL over a folder or file."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

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


def test_cut_answer(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer that was cut says so on standard error."""
    import paperconcepts.rdf

    query_rdf = paperconcepts.rdf.query_rdf
    monkeypatch.setattr("paperconcepts.rdf.query_rdf", lambda *args, **rest: query_rdf(*args, **rest, limit_rows=2))
    result = run("query", folder, "SELECT ?s { ?s ?p ?o }", "--csv")
    assert len(result.stdout.splitlines()) == 3
    assert result.stderr == "the answer is longer and was cut here; add LIMIT and OFFSET to see the rest\n"


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
