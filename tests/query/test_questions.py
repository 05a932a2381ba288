"""Competency questions: Python, Oxigraph and rdflib give equal rows, in the same order."""

import inspect
import os
from collections.abc import Callable, Iterator
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import rdflib

from paperconcepts import write_ntriples
from paperconcepts.errors import QueryError
from paperconcepts.examples import example_graph
from paperconcepts.extraction import extract
from paperconcepts.graph import ResearchGraph, build_graph
from paperconcepts.linking import link
from paperconcepts.model import Paper
from paperconcepts.query import questions
from paperconcepts.query.questions import QUESTIONS, Question, ask, ask_rdf, typed_rows
from paperconcepts.rdf import DEFAULT_BASE, QueryResult, RdfTerm, graph_to_rdf
from paperconcepts.rdf.evaluator import evaluate, load_store
from paperconcepts.rdf.namespaces import prefixes_for
from paperconcepts.rdf.parameters import bind_parameters, parameter_slots
from paperconcepts.rdf.question_files import question_names
from paperconcepts.sources import merge_papers, read_papers

_SHARED = Path(os.environ.get("PAPERCONCEPTS_SHARED") or Path(__file__).resolve().parents[3] / "shared")
_SEEDS = _SHARED / "data" / "seeds"
REAL = [pytest.mark.shared, pytest.mark.skipif(not _SEEDS.is_dir(), reason="the shared input is not here")]

# Names that the bundled corpus writes in several ways, and one that it lacks.
NAMES = ("lora", "LOW-RANK ADAPTATION", "large language models", "gsm8k", "Accuracy", "no such thing")
OTHER_VALUES: dict[str, tuple[Any, ...]] = {
    "name": NAMES,
    "identifier": ("ARXIV:2106.09685", "no such paper"),
    "kind": ("Metric", "Task"),
    "from_year": (2022,),
    "to_year": (2021,),
    "below": (0.5,),
}
STATEMENTS = (
    "We propose ZetaTune. It improves accuracy by 5.2 points on GSM8K over DPO.",
    "ZetaTune reaches an accuracy of 71.5% on GSM8K. It may improve F1 by 3 points on SQuAD.",
    "Grass is green.",
)


@pytest.fixture(scope="module")
def stating() -> ResearchGraph:
    """A graph of invented papers that state results; one has no concept, two have no date."""
    papers = [
        Paper(id=f"test:{number}", title=f"Paper {number}", abstract=text, issued="2024-02" if number == 1 else None)
        for number, text in enumerate(STATEMENTS)
    ]
    return build_graph(link(extract(papers)))


class Engines:
    """A graph in Python, in Oxigraph and in rdflib, each loaded once."""

    def __init__(self, graph: ResearchGraph, path: Path) -> None:
        write_ntriples(graph, path)
        self.graph, self.path = graph, path
        self._store = load_store(".nt", path=str(path))
        self._rdflib = graph_to_rdf(graph)

    def oxigraph(self, question: Question, parameters: dict[str, Any]) -> list[Any]:
        """The answer of Oxigraph as typed rows."""
        sparql = bind_parameters(question.file.sparql, parameters)
        answer = evaluate(self._store, sparql, prefixes=prefixes_for(DEFAULT_BASE), limit=None)
        rows = tuple(tuple(None if term is None else RdfTerm(*term) for term in row) for row in answer["rows"])
        return typed_rows(QueryResult(tuple(answer["variables"]), rows), question.row_type)

    def rdflib(self, question: Question, parameters: dict[str, Any]) -> list[Any]:
        """The answer of rdflib as typed rows."""
        found = self._rdflib.query(bind_parameters(question.file.sparql, parameters))
        assert found.vars is not None
        rows = [tuple(None if term is None else cell(term) for term in row) for row in found]  # type: ignore[union-attr]
        return typed_rows(QueryResult(tuple(str(name) for name in found.vars), tuple(rows)), question.row_type)


def seeds() -> ResearchGraph:
    """The graph of the real input."""
    return build_graph(link(extract(merge_papers(read_papers(_SEEDS)))))


@pytest.fixture(scope="module")
def engines(tmp_path_factory: pytest.TempPathFactory, stating: ResearchGraph) -> Callable[[str], Engines]:
    """Each graph in all three, made when it is first asked for."""
    folder = tmp_path_factory.mktemp("questions")
    graphs: dict[str, Callable[[], ResearchGraph]]
    graphs = {"corpus": example_graph, "stating": lambda: stating, "seeds": seeds}
    return cache(lambda name: Engines(graphs[name](), folder / f"{name}.nt"))


def cell(term: Any) -> RdfTerm:
    return RdfTerm("uri" if isinstance(term, rdflib.URIRef) else "literal", str(term))


def for_sparql(parameters: dict[str, Any]) -> dict[str, Any]:
    """Parameters as the queries take them: kinds are classes of the ontology."""
    return {name: f"pc:{value}" if name == "kind" else value for name, value in parameters.items()}


def settings_of(question: Question) -> Iterator[dict[str, Any]]:
    """The defaults, then each parameter with other values."""
    yield {}
    for parameter in question.file.parameters:
        for value in OTHER_VALUES[parameter.name]:
            yield {parameter.name: value}


@pytest.mark.parametrize("name", sorted(QUESTIONS))
@pytest.mark.parametrize("corpus", ["corpus", "stating", pytest.param("seeds", marks=REAL)])
def test_three_engines_agree(name: str, corpus: str, engines: Callable[[str], Engines]) -> None:
    """Python, Oxigraph and rdflib give the same rows in the same order, whatever the parameters."""
    question, asked = QUESTIONS[name], engines(corpus)
    for number, parameters in enumerate(settings_of(question)):
        expected = ask(asked.graph, name, **parameters)
        bound = for_sparql(parameters)
        assert asked.oxigraph(question, bound) == expected, parameters
        # rdflib takes seconds for a question on the larger graphs: there it is asked with the defaults only.
        if number == 0 or corpus == "stating":
            assert asked.rdflib(question, bound) == expected, parameters


def test_a_file_is_asked_as_the_graph(engines: Callable[[str], Engines]) -> None:
    """`ask_rdf` reads the file that was written from the graph, and gives the rows that `ask` gives."""
    asked = engines("corpus")
    found = ask_rdf(asked.path, "most-used-concepts", parameters={"kind": "pc:Metric", "from_year": "2022"})
    assert found == ask(asked.graph, "most-used-concepts", kind="Metric", from_year=2022) != []


def test_most_questions_have_an_answer(stating: ResearchGraph) -> None:
    """With its defaults, every question but those for rare things has rows in one of the two graphs."""
    empty = {name for name in QUESTIONS if not ask(example_graph(), name) and not ask(stating, name)}
    assert empty <= {"results-on-dataset", "results-of-concept"}
    assert ask(stating, "results-on-dataset", name="gsm8k")
    assert ask(stating, "results-of-concept", name="zetatune")
    assert {row.value for row in ask(stating, "results-by-metric", name="accuracy")} == {"5.2", "71.5"}
    assert [row.paper for row in ask(stating, "papers-without-concepts")] == ["test:2"]


def test_every_query_has_its_function() -> None:
    """There is a Python function for each file of ontology/queries and no other; at least twenty."""
    assert sorted(QUESTIONS) == question_names()
    assert len(QUESTIONS) >= 20


@pytest.mark.parametrize("name", sorted(QUESTIONS))
def test_header_query_and_function_agree(name: str) -> None:
    """A header asks, names its source, and gives parameters as the query declares them and the function takes them."""
    question = QUESTIONS[name]
    file = question.file
    assert "?" in file.question
    assert file.source
    declared = {slot.name: (slot.type, slot.default) for slot in parameter_slots(file.sparql).values()}
    told = {item.name: (item.type, item.default) for item in file.parameters}
    assert declared.items() >= told.items()
    # VALUES lists of several terms narrow a role or kind, and are no parameters.
    assert all(" " in default for one, (_, default) in declared.items() if one not in told)
    taken = inspect.signature(question.function).parameters
    assert list(told) == list(taken)[1:]
    for item in file.parameters:
        default = taken[item.name].default
        shown = f"pc:{default}" if item.name == "kind" else f'"{default}"' if item.type == "string" else str(default)
        assert shown == item.default


def test_rows_are_the_variables() -> None:
    """The fields of a row are the variables of the query, in their order."""
    for question in QUESTIONS.values():
        line = next(text for text in question.file.sparql.splitlines() if text.startswith("SELECT"))
        projected = [word.strip("?)") for word in line.replace("COUNT(DISTINCT ?paper)", "").replace(
            "COUNT(DISTINCT ?concept)", "").split() if word.startswith("?")]  # fmt: skip
        assert [field.name for field in fields(question.row_type)] == projected


def test_functions_are_offered_by_the_package() -> None:
    """Every function and row type can be had from `paperconcepts.query.questions`."""
    for question in QUESTIONS.values():
        assert getattr(questions, question.function.__name__) is question.function
        assert question.row_type.__name__ in questions.__all__


def test_unknown_questions_and_parameters_are_refused() -> None:
    """The message names what is near, or the parameters there are."""
    with pytest.raises(QueryError, match="Did you mean: aliases"):
        ask(example_graph(), "alias")
    with pytest.raises(QueryError, match="no parameter 'nmae'; its parameters: name"):
        ask(example_graph(), "aliases", nmae="LoRA")
    with pytest.raises(QueryError, match="has no parameter 'nmae'"):
        ask_rdf("nowhere", "aliases", parameters={"nmae": "LoRA"})


def test_rows_of_another_query_are_refused() -> None:
    """A result whose variables are not the fields is an error, not a shifted row."""
    with pytest.raises(QueryError, match="are not the fields"):
        typed_rows(QueryResult(("a",)), QUESTIONS["aliases"].row_type)
