"""``paperconcepts doctor``: is this installation complete?"""

import importlib.metadata
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from paperconcepts.errors import ConfigurationError
from paperconcepts.extraction import build_nlp
from paperconcepts.version import __version__

Run = Callable[..., Result]


def test_well(run: Run) -> None:
    """In a complete installation all parts are listed with versions and places."""
    result = run("doctor")
    assert (result.exit_code, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    assert lines[0].startswith(f"paperconcepts {__version__}, Python 3.")
    assert lines[-1] == "all is well"
    facts = {name: value.strip() for name, _, value in (line.strip().partition(" ") for line in lines[1:-1])}
    for name in ("spacy", "networkx", "rdflib", "pyoxigraph", "pydantic", "click"):
        assert facts[name] == importlib.metadata.version(name)
    assert Path(facts["ontology"]).is_file()
    assert Path(facts["shapes"]).is_file()
    assert int(facts["catalogue"].split()[0].replace(",", "")) >= 1500
    assert facts["pipeline"].split(" > ") == build_nlp().pipe_names
    assert [part.split()[0] for part in facts["models"].split(", ")] == ["tagger", "ranker", "roles", "relations"]


def test_incomplete(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """If a part is missing, the exit code is 6 and one line says what to do."""

    def missing(name: str = "") -> Path:
        raise ConfigurationError(f"no {name!r} in the ontology folder; install paperconcepts again")

    monkeypatch.setattr("paperconcepts.vocabulary.ontology_path", missing)
    result = run("doctor")
    assert result.exit_code == 6
    assert result.stderr == "error: no 'paperconcepts.ttl' in the ontology folder; install paperconcepts again\n"
