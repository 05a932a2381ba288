"""The public names of paperconcepts: all there, nothing heavy loaded for them in advance."""

import ast
import importlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

import paperconcepts

HEAVY = ("click", "networkx", "numpy", "pydantic", "pyoxigraph", "rdflib", "spacy")


def test_sorted_and_unique() -> None:
    """The public names are sorted and stand once."""
    assert paperconcepts.__all__ == sorted(set(paperconcepts.__all__))


def test_dir() -> None:
    """``dir`` shows the public names, loaded or not."""
    assert dir(paperconcepts) == paperconcepts.__all__


@pytest.mark.parametrize("name", paperconcepts.__all__)
def test_every_name_is_there(name: str) -> None:
    """Every public name can be got."""
    assert getattr(paperconcepts, name) is not None


def test_names_are_public_at_home() -> None:
    """Every public name is public in the module that it comes from."""
    homes: dict[str, str] = paperconcepts._HOMES
    private = [
        name for name, home in homes.items() if name not in importlib.import_module(f"paperconcepts.{home}").__all__
    ]
    assert private == []


def test_type_checkers_see_the_same() -> None:
    """What type checkers are told agrees with what is loaded at run time."""
    tree = ast.parse(Path(paperconcepts.__file__).read_text(encoding="utf-8"))
    (block,) = (node for node in tree.body if isinstance(node, ast.If))
    told = {
        alias.name: str(statement.module).removeprefix("paperconcepts.")
        for statement in block.body
        if isinstance(statement, ast.ImportFrom)
        for alias in statement.names
    }
    assert told == paperconcepts._HOMES
    assert {*told, "__version__"} == set(paperconcepts.__all__)


def test_unknown_name() -> None:
    """A name that does not exist is an AttributeError, as in any module."""
    with pytest.raises(AttributeError, match="module 'paperconcepts' has no attribute 'nothing'"):
        _ = paperconcepts.nothing


@pytest.mark.parametrize(
    ("statement", "absent"),
    [
        ("import paperconcepts", HEAVY),
        ("import paperconcepts.model", ("networkx", "pyoxigraph", "rdflib", "spacy")),
        ("import paperconcepts.vocabulary", ("networkx", "pyoxigraph", "rdflib", "spacy")),
        ("import paperconcepts.graph", ("pyoxigraph", "rdflib", "spacy")),
        ("import paperconcepts.cli", ("networkx", "numpy", "pyoxigraph", "rdflib", "spacy")),
    ],
)
def test_light_import(statement: str, absent: tuple[str, ...]) -> None:
    """Importing a part loads no library that this part does not need."""
    code = f"{statement}; import json, sys; print(json.dumps(sorted(sys.modules)))"
    loaded = json.loads(subprocess.run([sys.executable, "-c", code], check=True, capture_output=True).stdout)
    assert [name for name in absent if name in loaded] == []
