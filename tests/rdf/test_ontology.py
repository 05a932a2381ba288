import json
from pathlib import Path
from typing import Any

import pyoxigraph
import pytest

from paperconcepts.graph import ResearchGraph
from paperconcepts.rdf import graph_to_rdf, query_graph
from paperconcepts.rdf.parameters import bind_parameters
from paperconcepts.rdf.read_only import check_read_only
from paperconcepts.version import __version__
from paperconcepts.vocabulary.location import ontology_path

BASE = "https://w3id.org/paperconcepts/"
QUERIES = sorted(ontology_path("queries").glob("*.rq"))
# What each question must answer of the graph of conftest.py, checked by hand: its parameters, and the rows without the
# base of their IRIs.
EXPECTED: dict[str, Any] = json.loads(Path(__file__).with_name("question_rows.json").read_text(encoding="utf-8"))


def test_there_are_twenty_competency_questions() -> None:
    """One file for each question, and the rows that each must give."""
    assert len(QUERIES) >= 20
    assert sorted(EXPECTED) == [path.stem for path in QUERIES]


@pytest.mark.parametrize("path", QUERIES, ids=lambda path: path.stem)
def test_queries_say_what_they_answer_and_run_anywhere(path: Path, graph: ResearchGraph) -> None:
    """A leading comment asks the question, all prefixes are declared, and our guard lets it pass."""
    text = path.read_text(encoding="utf-8")
    assert text.startswith("# ")
    assert "?" in text.splitlines()[0]
    check_read_only(text)
    pyoxigraph.Store().query(text)


@pytest.mark.parametrize("path", QUERIES, ids=lambda path: path.stem)
def test_two_engines_give_the_expected_rows(path: Path, graph: ResearchGraph) -> None:
    """Each question has its known answer, in rdflib as in Oxigraph."""
    text, parameters = path.read_text(encoding="utf-8"), EXPECTED[path.stem]["parameters"]
    expected = [
        tuple(__version__ if cell == "VERSION" else cell for cell in row) for row in EXPECTED[path.stem]["rows"]
    ]
    found = query_graph(graph, text, parameters=parameters)
    assert [tuple(cell and cell.removeprefix(BASE) for cell in row) for row in found.rows] == expected
    other = graph_to_rdf(graph).query(bind_parameters(text, parameters))
    rows = [tuple(None if cell is None else str(cell).removeprefix(BASE) for cell in row) for row in other]  # type: ignore[union-attr]
    assert rows == expected
