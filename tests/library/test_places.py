"""Which record a paper is made of does not hang on what its file is called."""

import os
import sys
import time
from pathlib import Path

import pytest

from paperconcepts.errors import UnknownNameError
from paperconcepts.incremental import add_documents, build_library, remove_from_library, status_of_library
from paperconcepts.library import Changes, add_file, expand_files, open_library, papers

from .conftest import FAST, fresh_build, graph_bytes, write_rows


def test_folders_of_one_name(tmp_path: Path) -> None:
    """Files of one name in folders of one name have names of their own, those of a build; no paper takes another's."""
    library = tmp_path / "my.library"
    files = [
        write_rows(tmp_path / folder / "x" / "a.jsonl", [{"doi": f"10.1000/{folder}", "title": "Editorial"}])
        for folder in ("one", "two")
    ]
    for file in files:
        add_documents(file, library, config=FAST)
    expected, report = fresh_build(files, tmp_path / "fresh")
    assert report["read"]["files"] == ["one/x/a.jsonl", "two/x/a.jsonl"]
    assert graph_bytes(build_library(library), tmp_path / "kept") == expected
    names = [file.name for file in status_of_library(library).files]
    assert names == ["one/x/a.jsonl", "two/x/a.jsonl"]
    assert remove_from_library(library, ["doi:10.1000/one"]).papers.removed == {"doi:10.1000/one"}
    with open_library(library) as opened:
        assert [paper.id for paper in papers(opened.connection)] == ["doi:10.1000/two"]


def test_records_of_one_place(tmp_path: Path) -> None:
    """Even where two records have the same place, a paper is made of its own record only."""
    library = tmp_path / "my.library"
    rows = [{"doi": f"10.1000/{number}", "title": "Editorial"} for number in range(2)]
    add_documents(write_rows(tmp_path / "a.jsonl", rows), library, config=FAST)
    with open_library(library, write=True) as opened, opened.transaction() as connection:
        connection.execute("UPDATE record SET number = 1")
    more = write_rows(tmp_path / "b.jsonl", [{"doi": "10.1000/2", "title": "Editorial"}])
    assert add_documents(more, library).papers.changed == {"doi:10.1000/1"}
    assert remove_from_library(library, ["doi:10.1000/0"]).papers.removed == {"doi:10.1000/0"}
    assert status_of_library(library, deep=True).problems == ()


def _seconds(folder: Path, size: int) -> float:
    rows = [
        {"doi": f"10.1000/{number}", "title": "Editorial", "abstract": f"Number {number} of many words on {number}."}
        for number in range(size)
    ]
    file = write_rows(folder / f"{size}.jsonl", rows)
    changes = Changes()
    with open_library(folder / f"{size}.library", write=True) as library:
        began = time.process_time()
        add_file(library, expand_files(file)[0], {}, changes=changes)
        spent = time.process_time() - began
    assert len(changes.papers.added) == size
    return spent


def test_linear_time(tmp_path: Path) -> None:
    """Papers that share a title cost time in their number, not in its square."""
    small = min(_seconds(tmp_path / str(turn), 400) for turn in range(3))
    large = min(_seconds(tmp_path / str(turn), 3200) for turn in range(2))
    # 8 times as many; what is quadratic takes 64 times as long.
    assert large < 20 * small


@pytest.mark.skipif(sys.platform in ("darwin", "win32"), reason="names are Unicode on this system")
def test_names_that_are_no_text(tmp_path: Path) -> None:
    """Files and folders of any name are added, told apart as in a build, found and taken out."""
    library = tmp_path / "my.library"
    files = [
        write_rows(tmp_path / os.fsdecode(folder) / os.fsdecode(name), [{"title": f"On {number}"}])
        for number, (folder, name) in enumerate([(b"f\xff", b"a.jsonl"), (b"g", b"a.jsonl"), (b"g", b"n\xff.jsonl")])
    ]
    add_documents(files, library, config=FAST)
    expected, _ = fresh_build(files, tmp_path / "fresh")
    assert graph_bytes(build_library(library), tmp_path / "kept") == expected
    remove_from_library(library, sources=[os.fsdecode(b"n\xff.jsonl"), os.fsdecode(b"f\xff/a.jsonl")])
    assert [file.name for file in status_of_library(library).files] == ["a.jsonl"]
    with pytest.raises(UnknownNameError, match="No paper '\ufffd'"):
        remove_from_library(library, [os.fsdecode(b"\xff")])
