"""A folder may be read and written to: what a build has written there is not read again."""

from pathlib import Path

import pytest

from paperconcepts.errors import SourceError
from paperconcepts.sources.inputs import expand_inputs

SUFFIXES = ("", ".txt", ".jsonl", ".csv", ".json", ".html")


def _touch(folder: Path, *names: str) -> None:
    folder.mkdir(exist_ok=True)
    for name in names:
        (folder / name).write_text("x", encoding="utf-8")


def test_what_a_build_wrote_is_not_read(tmp_path: Path) -> None:
    """Beside papers.jsonl and report.json the files of a build are left out, and only those."""
    _touch(tmp_path, "notes.txt", "papers.jsonl", "report.json", "nodes.csv", "edges.csv", "graph.html", "mine.csv")
    _touch(tmp_path / "graph", "papers.jsonl", "report.json", "graph.html")
    assert [item.name for item in expand_inputs(tmp_path, suffixes=SUFFIXES)] == ["mine.csv", "notes.txt"]
    named = expand_inputs([tmp_path, tmp_path / "papers.jsonl"], suffixes=SUFFIXES)
    assert [item.name for item in named] == ["mine.csv", "notes.txt", "papers.jsonl"]


def test_names_alone_are_no_reason(tmp_path: Path) -> None:
    """Files of these names in a folder without a build are read."""
    _touch(tmp_path, "papers.jsonl", "nodes.csv", "graph.html")
    names = [item.name for item in expand_inputs(tmp_path, suffixes=SUFFIXES)]
    assert names == ["graph.html", "nodes.csv", "papers.jsonl"]


def test_a_folder_of_nothing_else(tmp_path: Path) -> None:
    """A folder that holds nothing but a build has nothing to read."""
    _touch(tmp_path, "papers.jsonl", "report.json", "graph.html")
    with pytest.raises(SourceError, match="no file to read"):
        expand_inputs(tmp_path, suffixes=SUFFIXES)
