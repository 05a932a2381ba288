"""A fetch that was ended at any point goes on where it was, to the same file."""

import errno
import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperconcepts.errors import FetchError, OutputError
from paperconcepts.fetch import KINDS
from paperconcepts.fetch.journal import Journal
from paperconcepts.fetch.pages import Item

from .conftest import SIZE, SUFFIX, WORDS, Fetch, Reply, Stage

TASK = {"source": "x", "query": "y"}
PAGES = (
    ((Item("a", "A\n"), Item("b", "B é\n"), Item("a", "again\n")), "1"),
    ((), "2"),
    ((Item("b", "again\n"), Item("c", 'C "\u2028\n')), "3"),
    ((Item("d", "D\n"),), None),
)
WHOLE = '<A\nB é\nC "\u2028\nD\n>'


@pytest.mark.parametrize("source", KINDS)
def test_goes_on(stage: Stage, fetch: Fetch, source: str) -> None:
    """After a refusal in the middle the next run asks for what is missing only, and the file is the same."""
    stage.play(source)
    fetch(source, use_cache=False)
    whole = fetch.path(source).read_bytes()
    fetch.path(source).unlink()
    stage.faults = [None, None, Reply(b"", 418)]
    with pytest.raises(FetchError, match="418"):
        fetch(source, use_cache=False)
    assert not fetch.path(source).exists()
    stage.asked.clear()
    report = fetch(source, use_cache=False)
    done = 46 if source == "hf-daily" else 200
    assert (report.resumed, report.records, report.total) == (done, SIZE, None if source == "hf-daily" else SIZE)
    assert len(stage.asked) == (8 if source == "hf-daily" else 1)
    assert fetch.path(source).read_bytes() == whole
    assert not fetch.part(source).exists()


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")
@pytest.mark.parametrize("source", ["openalex", "crossref"])
def test_killed(stage: Stage, fetch: Fetch, source: str) -> None:
    """A process that is killed while it waits for a page leaves what the next one needs."""
    stage.play(source)
    fetch(source, use_cache=False)
    whole = fetch.path(source).read_bytes()
    fetch.path(source).unlink()
    stage.asked.clear()
    never, arrived = threading.Event(), threading.Event()

    class Waiting(Reply):
        def encoded(self) -> tuple[bytes, str]:
            return b"", "x"

    class Bell(threading.Event):
        def wait(self, timeout: float | None = None) -> bool:
            arrived.set()
            return never.wait(timeout)

    stage.faults = [None, None, Waiting(wait=Bell())]
    command = [sys.executable, "-m", "paperconcepts", "fetch", source, WORDS[source], "-o", str(fetch.path(source)),
               "--base-url", stage.url, "--no-cache", "--cache", str(fetch.folder / "cache")]  # fmt: skip
    process = subprocess.Popen(command)
    assert arrived.wait(30)
    process.kill()
    process.wait()
    never.set()
    assert not fetch.path(source).exists()
    report = fetch(source, use_cache=False)
    assert (report.resumed, report.requests) == (200, 1)
    assert fetch.path(source).read_bytes() == whole


def _fill(target: Path, *, pages: int = len(PAGES), restart: bool = False) -> int:
    """Add the pages that are missing; give how many were there."""
    with Journal(target, TASK, first="0", restart=restart) as journal:
        found = journal.pages
        for items, following in PAGES[found:pages]:
            journal.add_page(items, following, total=4)
        if journal.following is None:
            journal.write_final(target, head="<", foot=">", limit=99)
    return found


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 400), st.binary(max_size=3))
def test_cut_anywhere(tmp_path_factory: pytest.TempPathFactory, size: int, rest: bytes) -> None:
    """A journal that was cut off at any byte, with anything half written behind it, gives the same file."""
    target = tmp_path_factory.mktemp("cut") / "out"
    _fill(target, pages=3)
    part = target.with_name("out.part")
    written = part.read_bytes()
    assert len(written) < 400
    kept = written[:size]
    part.write_bytes(kept if size < 9 else kept + rest.replace(b"\n", b""))
    _fill(target)
    assert target.read_text(encoding="utf-8") == WHOLE
    assert not part.exists()


END = '"total": 4, "note": ""}'
DAMAGE = [
    '{"foo": 1}',
    '{"text": "x"}',
    '{"id": "x"}',
    '{"id": 1, "text": "x"}',
    '{"id": "x", "text": null}',
    '{"next": "2"}',
    '{"total": 4, "note": ""}',
    '{"next": 2, ' + END,
    '{"next": "2", "total": "4", "note": ""}',
    '{"next": "2", "total": 4, "note": null}',
    '{"fetch": 1, "task": {}}',
    "[1]",
    "null",
    '"text"',
    "{",
    "",
    "[" * 200_000,
]


@pytest.mark.parametrize("line", DAMAGE, ids=range(len(DAMAGE)))
@pytest.mark.parametrize("behind", ["", '{"id": "z", "text": "Z"}\n{"next": null, ' + END + "\n"])
def test_damaged_lines(tmp_path: Path, line: str, behind: str) -> None:
    """A line that no fetch writes ends what is taken over, whatever stands behind it."""
    target = tmp_path / "out"
    _fill(target, pages=2)
    with target.with_name("out.part").open("a", encoding="utf-8") as stream:
        stream.write(f"{line}\n{behind}")
    assert _fill(target) == 2
    assert target.read_text(encoding="utf-8") == WHOLE


def test_page_by_page(tmp_path: Path) -> None:
    """Each page that was added whole is there the next time."""
    target = tmp_path / "out"
    assert [_fill(target, pages=pages) for pages in range(1, 4)] == [0, 1, 2]
    assert _fill(target, restart=True) == 0
    assert target.read_text(encoding="utf-8") == WHOLE


def test_killed_before_the_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A journal that is whole gives its file without another page, also when the first attempt failed."""
    target = tmp_path / "out"
    monkeypatch.setattr(Path, "replace", _no_space)
    with pytest.raises(OutputError):
        _fill(target)
    monkeypatch.undo()
    assert not target.exists()
    assert _fill(target) == len(PAGES)
    assert target.read_text(encoding="utf-8") == WHOLE


def _no_space(*_: Any, **__: Any) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_full_disk(stage: Stage, fetch: Fetch, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk is an error of the output, and the earlier file stays."""
    stage.play("crossref")
    fetch.path("crossref").write_text("earlier")
    monkeypatch.setattr(os, "fsync", _no_space)
    with pytest.raises(OutputError, match="No space left"):
        fetch("crossref", use_cache=False)
    monkeypatch.undo()
    assert fetch.path("crossref").read_text() == "earlier"
    assert fetch("crossref").records == SIZE


def test_another_query_begins_anew(stage: Stage, fetch: Fetch) -> None:
    """What is left of another query is not mixed in; nor of the same query when it is to begin anew."""
    stage.play("crossref")
    for options in ({"query": "quokka"}, {"since": "2025"}, {"sort": "newest"}, {"restart": True}):
        stage.faults = [None, Reply(b"", 418)]
        with pytest.raises(FetchError):
            fetch("crossref", use_cache=False)
        assert fetch("crossref", use_cache=False, **options).resumed == 0


def test_a_key_changes_the_paging(stage: Stage, fetch: Fetch) -> None:
    """Page numbers are not taken for cursors when a key has come in between."""
    stage.play("openalex")
    stage.faults = [None, Reply(b"", 418)]
    with pytest.raises(FetchError):
        fetch("openalex")
    fetch.environment["OPENALEX_API_KEY"] = "k3y"
    report = fetch("openalex")
    assert (report.resumed, report.records) == (0, SIZE)


@pytest.mark.parametrize("content", ["my notes", "my notes\n", '{"a": 1}\n', "[1]\n", "\x00" * 50, "[" * 200_000])
def test_a_file_that_is_not_ours(stage: Stage, fetch: Fetch, content: str) -> None:
    """A file in the way is never overwritten."""
    stage.play("crossref")
    fetch.part("crossref").write_text(content)
    with pytest.raises(OutputError, match="is in the way"):
        fetch("crossref")
    assert fetch.part("crossref").read_text() == content


def test_one_at_a_time(tmp_path: Path) -> None:
    """Two fetches do not write one file."""
    pytest.importorskip("fcntl")
    target = tmp_path / "out"
    with Journal(target, TASK, first="0") as journal:
        journal.add_page(*PAGES[0])
        with pytest.raises(OutputError, match="another fetch writes"):
            Journal(target, TASK, first="0")
    assert _fill(target) == 1


def test_nothing_is_left_of_nothing(tmp_path: Path) -> None:
    """A fetch that fails at its first page leaves no file."""
    with Journal(tmp_path / "a" / "out", TASK, first="0"):
        pass
    assert list((tmp_path / "a").iterdir()) == []


def test_unwritable(tmp_path: Path) -> None:
    """A folder that cannot be made is an error of the output."""
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="cannot write"):
        Journal(tmp_path / "file" / "out", TASK, first="0")


def test_a_larger_limit_later(stage: Stage, fetch: Fetch) -> None:
    """A smaller limit cuts what is there already, and a larger one later gets the rest."""
    stage.play("crossref")
    stage.faults = [None, None, Reply(b"", 418)]
    with pytest.raises(FetchError):
        fetch("crossref")
    report = fetch("crossref", limit=50)
    assert (report.records, report.requests, report.resumed) == (50, 0, 50)
    report = fetch("crossref")
    assert (report.records, report.requests, report.cached) == (SIZE, 1, 2)
    lines = fetch.path("crossref").read_text(encoding="utf-8").splitlines()
    assert len({json.loads(line)["DOI"] for line in lines}) == SIZE


def test_suffixes() -> None:
    """The tests know every source."""
    assert SUFFIX.keys() == WORDS.keys() == KINDS.keys()
