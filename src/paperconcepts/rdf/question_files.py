"""Questions that stand in files: a header of comments that asks, names parameters and source, then SPARQL.

::

    # Which papers have a concept?
    # parameter: name string "LoRA" - label or alias of the concept
    # source: where the question comes from
    SELECT ?paper WHERE { VALUES ?name { "LoRA" } ... }
"""

import difflib
import re
from dataclasses import dataclass

from paperconcepts.errors import QueryError
from paperconcepts.vocabulary.location import ontology_path

__all__ = ["Parameter", "QuestionFile", "question_names", "read_header", "read_question", "unknown_question"]

_PARAMETER = re.compile(r"parameter: (\w+) (\w+) (\"[^\"]*\"|\S+) - (.+)")
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a question: its type, its default as SPARQL writes it, and what it means."""

    name: str
    type: str
    default: str
    meaning: str


@dataclass(frozen=True, slots=True)
class QuestionFile:
    """A question in words and in SPARQL, its parameters, and where it comes from ("" if the file does not say)."""

    name: str
    question: str
    parameters: tuple[Parameter, ...]
    source: str
    sparql: str


def question_names() -> list[str]:
    """The names of the questions that ship with the package, sorted.

    Examples:
        >>> "introduced-by" in question_names()
        True
    """
    return sorted(path.stem for path in ontology_path("queries").glob("*.rq"))


def read_question(name: str) -> QuestionFile:
    """Return a question that ships with the package.

    Raises:
        QueryError: there is none of this name; near names are suggested.

    Examples:
        >>> read_question("aliases").question
        'What else is a concept called, and what kind is it?'
        >>> read_question("alias")
        Traceback (most recent call last):
        ...
        paperconcepts.errors.QueryError: no question is called 'alias'. Did you mean: aliases?...
    """
    if not _NAME.match(name) or name not in question_names():
        raise unknown_question(name)
    return read_header(name, ontology_path(f"queries/{name}.rq").read_text(encoding="utf-8"))


def unknown_question(name: str) -> QueryError:
    """The error that says that no question has this name."""
    near = difflib.get_close_matches(name, question_names(), n=3)
    hint = f" Did you mean: {', '.join(near)}?" if near else ""
    return QueryError(f"no question is called {name!r}.{hint} See: paperconcepts query --list")


def read_header(name: str, sparql: str) -> QuestionFile:
    r"""Return what the comments at the beginning of a query say of it.

    Examples:
        >>> read_header("mine", "# What is there? # Really.\n# source: me\nASK {}").source
        'me'
    """
    question, source = "", ""
    parameters = []
    for line in sparql.splitlines():
        if not line.startswith("#"):
            break
        text = line.lstrip("# ").rstrip()
        found = _PARAMETER.match(text)
        if found:
            parameters.append(Parameter(*found.groups()))
        elif text.startswith("source: "):
            source = text.removeprefix("source: ")
        elif not question:
            question = text
    return QuestionFile(name, question, tuple(parameters), source, sparql)
