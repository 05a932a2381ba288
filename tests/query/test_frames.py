"""Rows as dictionaries and data frames."""

import importlib.util
import json
import sys
import types
from collections.abc import Callable
from typing import Any

import pytest

from paperconcepts.errors import ConfigurationError
from paperconcepts.graph import ResearchGraph
from paperconcepts.model import Role
from paperconcepts.query import PeriodRow, card, compare_papers, related_concepts, to_dicts, to_frame

ROWS = [PeriodRow("2023", 1, 2, 0.5), PeriodRow("2024", 3, 4, 0.75)]


@pytest.fixture
def install(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """The function that lets only these libraries be installed, each with a frame that remembers its rows."""

    def only(*names: str) -> None:
        monkeypatch.setattr(importlib.util, "find_spec", lambda name: name if name in names else None)
        for name in names:
            module = types.ModuleType(name)
            module.DataFrame = lambda rows, name=name: (name, rows)  # type: ignore[attr-defined]
            monkeypatch.setitem(sys.modules, name, module)

    return only


def test_plain_values(eight_papers: ResearchGraph, tiny_graph: ResearchGraph) -> None:
    """Rows become dictionaries of values that JSON knows, also within rows."""
    (first, *_) = to_dicts(related_concepts(eight_papers, "d"))
    assert first["type"] == "Task"
    assert type(first["type"]) is str
    assert to_dicts(compare_papers(eight_papers, ["t:1"]))[0]["introduces"] == ["a"]
    (row,) = to_dicts([card(tiny_graph, "PouT")])
    assert row["roles"] == {"introduces": 1, "uses": 1, "mentions": 1}
    assert row["papers"][0]["role"] == Role.USES.value
    assert json.loads(json.dumps(row)) == row


def test_no_row() -> None:
    """What is no row is an error."""
    with pytest.raises(TypeError, match="'x' is no row"):
        to_dicts(["x"])
    with pytest.raises(TypeError, match="is no row"):
        to_dicts([PeriodRow])


def test_frame_of_the_first_library(install: Callable[..., None]) -> None:
    """pandas is taken if it is there, else polars; either can be asked for."""
    install("pandas", "polars")
    assert to_frame(ROWS) == ("pandas", to_dicts(ROWS))
    assert to_frame(ROWS, library="polars") == ("polars", to_dicts(ROWS))
    install("polars")
    assert to_frame(ROWS)[0] == "polars"


def test_no_library(install: Callable[..., None]) -> None:
    """Without a library the error names the extra to install."""
    install()
    with pytest.raises(ConfigurationError, match=r"needs pandas or polars, .* pip install 'paperconcepts\[pandas\]'"):
        to_frame(ROWS)
    with pytest.raises(ConfigurationError, match=r"needs polars, .* pip install 'paperconcepts\[polars\]'"):
        to_frame(ROWS, library="polars")


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_real_frame(library: Any) -> None:
    """A real frame has a column a field and a line a row."""
    pytest.importorskip(library)
    frame = to_frame(ROWS, library=library)
    assert list(frame.columns) == ["period", "papers", "all_papers", "share"]
    assert frame.shape == (2, 4)
    assert list(frame["share"]) == [0.5, 0.75]
