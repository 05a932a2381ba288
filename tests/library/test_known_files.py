"""Files that were read before: what damage leaves of them, how they are read again, and when they stay out."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from paperconcepts.config import Config
from paperconcepts.errors import SourceError
from paperconcepts.incremental import add_documents, remove_from_library, status_of_library, update_library

from .conftest import FAST, write_rows


def _titles(*titles: str) -> list[dict[str, Any]]:
    return [{"title": title, "abstract": f"A text on {title}."} for title in titles]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of two files."""
    write_rows(tmp_path / "folder" / "a.jsonl", _titles("Quokkas", "Numbats"))
    return write_rows(tmp_path / "folder" / "b.jsonl", _titles("Wombats")).parent


@pytest.fixture
def library(folder: Path, tmp_path: Path) -> Path:
    """A library of the folder."""
    add_documents(folder, tmp_path / "my.library", config=FAST)
    return tmp_path / "my.library"


def test_damage_among_others(library: Path, folder: Path) -> None:
    """A known file that cannot be read any more keeps its records and is named, each time; the others are read."""
    (folder / "a.jsonl").write_bytes(b"\x00" * 99)
    write_rows(folder / "b.jsonl", _titles("Wombats", "Bilbies"))
    changes = add_documents(folder, library)
    assert [file for file, _ in changes.failed] == ["a.jsonl"]
    assert (changes.read, len(changes.papers.added), changes.papers.removed) == (["b.jsonl"], 1, set())
    for again in (update_library(library), add_documents(folder / "a.jsonl", library)):
        assert [file for file, _ in again.failed] == ["a.jsonl"]
    assert status_of_library(library, deep=True).papers == 4
    write_rows(folder / "a.jsonl", _titles("Quokkas"))
    assert len(update_library(library).papers.removed) == 1


def test_damage_is_an_error_to_the_strict(library: Path, folder: Path) -> None:
    """Who wants every record gets an error for a damaged file that is known, and everybody for one that is not."""
    (folder / "a.jsonl").write_bytes(b"\x00" * 99)
    with pytest.raises(SourceError, match=r"a\.jsonl"):
        add_documents(folder, library, config=Config(strict=True))
    (folder / "c.jsonl").write_bytes(b"\x00" * 99)
    with pytest.raises(SourceError, match=r"^c\.jsonl: "):
        add_documents(folder / "c.jsonl", library)
    assert status_of_library(library).papers == 3


def test_a_file_that_cannot_be_opened(library: Path, folder: Path) -> None:
    """A known file that cannot even be opened any more keeps its say."""
    (folder / "a.jsonl").unlink()
    (folder / "a.jsonl").mkdir()
    assert [file for file, _ in update_library(library).failed] == ["a.jsonl"]
    assert status_of_library(library).papers == 3


def test_a_new_file_that_cannot_be_opened(library: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A new file of a folder that cannot be opened is left out, as in a build; once it can be, it is read."""
    new = write_rows(folder / "c.jsonl", _titles("Bilbies"))
    opened = Path.open

    def refuse(path: Path, *args: Any, **named: Any) -> Any:
        if path.name == new.name:
            raise PermissionError(13, "Permission denied")
        return opened(path, *args, **named)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", refuse)
        changes = add_documents(folder, library)
        assert ("c.jsonl", "cannot be opened (Permission denied)") in {(s.file, s.reason) for s in changes.skipped}
        assert changes.failed == []
        with pytest.raises(SourceError, match=r"c\.jsonl: cannot be opened"):
            add_documents(new, library)
    assert len(update_library(library).papers.added) == 1


def test_a_file_that_never_gave_a_paper(library: Path, folder: Path) -> None:
    """A file of a folder that holds no paper has nothing to keep: it is left out each time it has changed."""
    empty: dict[str, Any] = {"title": ""}
    for rows in ([empty], [empty, None]):
        write_rows(folder / "c.jsonl", rows)
        changes = add_documents(folder, library)
        assert (changes.failed, changes.read) == ([], ["c.jsonl"])
        assert "holds no paper" in {skipped.reason for skipped in changes.skipped}
    write_rows(folder / "c.jsonl", [None, empty])
    assert update_library(library).failed == []


def _pack(path: Path, titles: list[str], left_out: int = 0) -> Path:
    data = gzip.compress("".join(json.dumps(row) + "\n" for row in _titles(*titles)).encode(), 0, mtime=0)
    path.write_bytes(data[: len(data) - left_out])
    return path


def test_a_compressed_file_that_was_cut(tmp_path: Path) -> None:
    """A compressed file that ends early says no more than before, so that nothing of it is lost; a new one is read."""
    titles, library = [f"Paper {number}" for number in range(50)], tmp_path / "my.library"
    path = _pack(tmp_path / "a.jsonl.gz", titles)
    add_documents(path, library, config=FAST)
    _pack(path, titles, left_out=900)
    for changes in (update_library(library), add_documents(path, library)):
        ((file, reason),) = changes.failed
        assert (file, reason.startswith("the compressed data is damaged")) == ("a.jsonl.gz", True)
        assert not changes.papers.removed
    assert status_of_library(library, deep=True).papers == 50
    _pack(path, titles[:20])
    assert len(update_library(library).papers.removed) == 30
    cut = _pack(tmp_path / "b.jsonl.gz", [f"Report {number}" for number in range(50)], left_out=900)
    changes = add_documents(cut, library)
    assert 0 < len(changes.papers.added) < 50
    # It is what it was: its records may come back.
    assert add_documents(cut, library, restore=True).failed == []


def _write_table(path: Path, *titles: str) -> Path:
    path.write_text("Naam;Tekst\n" + "".join(f"{title};We use BERT.\n" for title in titles), encoding="utf-8")
    return path


def test_options_are_remembered(tmp_path: Path) -> None:
    """A known file is read as it was read before, new files of its folder too, unless something else is asked for."""
    table, library = tmp_path / "folder" / "t.csv", tmp_path / "my.library"
    write_rows(tmp_path / "folder" / "b.jsonl", _titles("Wombats"))
    _write_table(table, "Over bomen")
    columns = {"title": "Naam", "abstract": "Tekst"}
    add_documents(table.parent, library, config=Config(profile="fast", columns=columns))
    assert status_of_library(library).papers == 2
    assert add_documents(table.parent, library).unchanged == 2
    _write_table(table, "Over bomen", "Over gras")
    changes = add_documents(table.parent, library)
    assert (len(changes.papers.added), changes.papers.removed) == (1, set())
    _write_table(table.with_name("u.csv"), "Over mos")
    assert len(add_documents(table.parent, library).papers.added) == 1
    changes = add_documents(table, library, config=Config(columns={"title": "Tekst"}))
    assert len(changes.papers.removed) == 2
    assert update_library(library).unchanged == 3


def test_a_file_that_was_taken_out(library: Path, folder: Path) -> None:
    """A file that was taken out is not brought back by its folder, but by its own name or by force."""
    for path, restore in ((folder / "a.jsonl", False), (folder, True)):
        assert len(remove_from_library(library, sources=["a.jsonl"]).papers.removed) == 2
        assert status_of_library(library).excluded == ("a.jsonl",)
        assert update_library(library).papers.added == set()
        changes = add_documents(folder, library)
        assert (changes.left_out_files, changes.papers.added) == (["a.jsonl"], set())
        assert len(add_documents(path, library, restore=restore).papers.added) == 2
        assert status_of_library(library).excluded == ()
        assert add_documents(folder, library).left_out_files == []


def test_standard_input_is_not_kept_out(library: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What came from standard input was in no folder that could bring it back."""
    rows = write_rows(tmp_path / "rows.jsonl", _titles("Possums"))
    with rows.open(encoding="utf-8") as stream:
        monkeypatch.setattr("sys.stdin", stream)
        add_documents("-", library)
    assert len(remove_from_library(library, sources=["stdin"]).papers.removed) == 1
    assert status_of_library(library).excluded == ()
