"""Names that tell files apart."""

import os
import sys
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperconcepts.sources import read_papers
from paperconcepts.sources.input_names import distinct_names

_parts = st.sampled_from(["a", "b", "c.jsonl", "\udcfe", "\udcff", "e\u0301", "\u00e9", "\n"])
_paths = st.lists(_parts, min_size=1, max_size=4).map(lambda parts: "/" + "/".join(parts))


@given(st.sets(_paths, min_size=1, max_size=12))
def test_no_two_are_the_same(paths: set[str]) -> None:
    """Every file has a name of its own, the same in whatever order the files are named."""
    files = [(PurePosixPath(path).name.encode("ascii", "replace").decode(), path) for path in sorted(paths)]
    names = distinct_names(files)
    assert len(set(names)) == len(files)
    assert distinct_names(files[::-1]) == names[::-1]
    assert "".join(names).encode()


@pytest.mark.parametrize(
    ("files", "names"),
    [
        ([("a", "/x/a"), ("b", "/x/b")], ["a", "b"]),
        ([("a", "/x/a"), ("a", "/y/a")], ["x/a", "y/a"]),
        ([("a", "/1/x/a"), ("a", "/2/x/a"), ("a", "/2/y/a")], ["1/x/a", "2/x/a", "y/a"]),
        # Names in a folder that was given, and one that would get such a name.
        ([("x/a", "/1/x/a"), ("x/a", "/2/x/a")], ["1/x/a", "2/x/a"]),
        ([("x/a", "/1/x/a"), ("a", "/2/x/a"), ("a", "/2/y/a")], ["1/x/a", "2/x/a", "y/a"]),
        ([("stdin", None), ("stdin", "/x/stdin")], ["stdin", "x/stdin"]),
        ([("stdin", None), ("stdin", None)], ["stdin", "stdin"]),
        # A link has its own name, and where that says too little the end of the path that it leads to.
        ([("a", "/x/b"), ("a", "/x/c")], ["x/b", "x/c"]),
        ([("a", "/a"), ("/a", "/b/a")], ["a", "/a"]),
    ],
)
def test_names(files: list[tuple[str, str | None]], names: list[str]) -> None:
    """Names are as short as they can be."""
    assert distinct_names(files) == names


@pytest.mark.skipif(sys.platform in ("darwin", "win32"), reason="names are Unicode on this system")
def test_folders_that_are_no_text(tmp_path: Path) -> None:
    """The folder that tells two files apart may have any name; the name of the file is text all the same."""
    folders = [tmp_path / os.fsdecode(name) for name in (b"one\xff", b"two")]
    for folder in folders:
        folder.mkdir()
        (folder / "a.jsonl").write_text('{"title": "On Adam"}\n', encoding="utf-8")
    places = [paper.sources[0].file for paper in read_papers([folder / "a.jsonl" for folder in folders])]
    assert places == ["one\ufffd/a.jsonl", "two/a.jsonl"]
