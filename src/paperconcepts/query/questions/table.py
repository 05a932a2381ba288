"""The table of competency questions: each has a name, a Python function here and a SPARQL query of the same answer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, get_args, get_type_hints

from paperconcepts.errors import QueryError
from paperconcepts.graph import ResearchGraph
from paperconcepts.query.questions.reading import typed_rows
from paperconcepts.rdf.namespaces import DEFAULT_BASE
from paperconcepts.rdf.parameters import ParameterValue
from paperconcepts.rdf.queries import query_rdf
from paperconcepts.rdf.question_files import QuestionFile, read_question, unknown_question

__all__ = ["QUESTIONS", "Question", "ask", "ask_rdf", "question"]

_Asker = TypeVar("_Asker", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Question:
    """A competency question: ``function`` answers it from a graph, the query in ``file`` from RDF, with equal rows."""

    name: str
    function: Callable[..., list[Any]]
    row_type: type

    @property
    def file(self) -> QuestionFile:
        """The question in words, its parameters and source, and its SPARQL, from ``ontology/queries``."""
        return _file(self.name)


@cache
def _file(name: str) -> QuestionFile:
    return read_question(name)


QUESTIONS: dict[str, Question] = {}
"""All questions by name. A function enters by :func:`question`."""


def question(name: str) -> Callable[[_Asker], _Asker]:
    """Enter a function into the table as the answer to ``ontology/queries/<name>.rq``.

    Its parameters are those of the file, by keyword and with the same defaults; it returns a list of dataclasses whose
    fields are the variables of the query.
    """

    def enter(function: _Asker) -> _Asker:
        (row_type,) = get_args(get_type_hints(function)["return"])
        QUESTIONS[name] = Question(name, function, row_type)
        return function

    return enter


def _question(name: str) -> Question:
    found = QUESTIONS.get(name)
    if found is None:
        raise unknown_question(name)
    return found


def ask(graph: ResearchGraph, question: str, **parameters: Any) -> list[Any]:
    """Answer a competency question from a graph in memory; what is not given has the default of the question.

    Raises:
        QueryError: there is no such question, or it has no such parameter.

    Examples:
        >>> from paperconcepts.examples import example_graph
        >>> rows = ask(example_graph(), "introduced-by", name="lora")
        >>> rows[0].paper, rows[0].issued
        ('arxiv:2106.09685', '2021-06-17')
    """
    asked = _question(question)
    known = [parameter.name for parameter in asked.file.parameters]
    wrong = sorted(set(parameters) - set(known))
    if wrong:
        raise QueryError(f"the question {question} has no parameter {wrong[0]!r}; its parameters: {', '.join(known)}")
    return asked.function(graph, **parameters)


def ask_rdf(
    path: str | Path,
    question: str,
    *,
    parameters: Mapping[str, ParameterValue] | None = None,
    timeout_s: float | None = 30.0,
    base: str = DEFAULT_BASE,
) -> list[Any]:
    """Answer a competency question from RDF, as `query_rdf` reads it, with the rows that :func:`ask` would give.

    Raises:
        QueryError: there is no such question or parameter, a value is not of its type, or the query took too long.
        SourceError: the file is missing or malformed.

    Examples:
        >>> import pathlib, tempfile
        >>> from paperconcepts import write_ntriples
        >>> from paperconcepts.examples import example_graph
        >>> target = pathlib.Path(tempfile.mkdtemp()) / "graph.nt"
        >>> write_ntriples(example_graph(), target)
        >>> ask_rdf(target, "aliases", parameters={"name": "LORA"}) == ask(example_graph(), "aliases", name="LORA")
        True
    """
    asked = _question(question)
    found = query_rdf(path, asked.file.sparql, parameters=parameters, timeout_s=timeout_s, limit_rows=None, base=base)
    return typed_rows(found, asked.row_type, base=base)
