"""Opening a library: what is refused and why, who may write, what a full or read-only disk does."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from paperconcepts.errors import LibraryBusyError, LibraryError, OutputError
from paperconcepts.incremental import add_documents, build_library, status_of_library, update_library
from paperconcepts.library import open_library, schema, store
from paperconcepts.library.lock import hold_lock, lock_path, read_holder

from .conftest import FAST, ROWS, write_rows

Corpus = Callable[..., Path]
bytes_in_names = pytest.mark.skipif(sys.platform in ("darwin", "win32"), reason="names are Unicode on this system")
posix = pytest.mark.skipif(sys.platform == "win32", reason="this system has neither fork nor limits of files")


@pytest.fixture
def library(corpus: Corpus, tmp_path: Path) -> Path:
    """A library of all records."""
    path = tmp_path / "my.library"
    add_documents(corpus("all.jsonl"), path, config=FAST)
    return path


def test_one_file(library: Path) -> None:
    """A library is one file, whoever closed it last: no log, shared memory or lock is left beside it."""
    names = {library.name, "input"}
    assert {path.name for path in library.parent.iterdir()} == names
    build_library(library)
    status_of_library(library)
    assert {path.name for path in library.parent.iterdir()} == names


def test_no_library(tmp_path: Path) -> None:
    """What is not there is an error that says how to make it, and is not made by reading or updating."""
    path = tmp_path / "none.library"
    for call in (build_library, status_of_library, update_library):
        with pytest.raises(LibraryError, match=r"none\.library: no such library; 'paperconcepts add"):
            call(path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "content", [b"Dear diary, today I sorted papers.\n" * 99, b"SQLite format 3\x00" + b"?" * 4096]
)
@pytest.mark.parametrize("write", [False, True])
def test_not_a_database(content: bytes, write: bool, tmp_path: Path) -> None:
    """A file of another kind is refused and stays as it is."""
    path = tmp_path / "diary"
    path.write_bytes(content)
    with pytest.raises(LibraryError, match="diary: is damaged or no library"), open_library(path, write=write):
        pass
    assert path.read_bytes() == content


def test_another_database(tmp_path: Path) -> None:
    """The database of another program is refused and stays as it is."""
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE paper (id)")
    connection.close()
    before = path.read_bytes()
    for write in (False, True):
        with pytest.raises(LibraryError, match="no library of paperconcepts"), open_library(path, write=write):
            pass
    assert path.read_bytes() == before


def test_a_folder(tmp_path: Path) -> None:
    """A folder is no library."""
    with pytest.raises(LibraryError, match="is a folder"), open_library(tmp_path, write=True):
        pass


def _set_version(library: Path, version: int) -> None:
    connection = sqlite3.connect(library)
    connection.execute(f"PRAGMA user_version = {version}")
    connection.close()


def test_newer_version(library: Path) -> None:
    """A library of a later program is refused, with what to do."""
    _set_version(library, 99)
    for write in (False, True):
        expected = pytest.raises(LibraryError, match=r"tables of version 99, .* upgrade paperconcepts")
        with expected, open_library(library, write=write):
            pass


def test_migration(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A writer brings an earlier library to its version, step by step and whole; a reader says who can."""

    def add_table(connection: sqlite3.Connection) -> None:
        connection.execute("CREATE TABLE shelf (name TEXT)")

    def add_box(connection: sqlite3.Connection) -> None:
        connection.execute("CREATE TABLE box (name TEXT)")

    def fail(connection: sqlite3.Connection) -> None:
        connection.execute("CREATE TABLE half (name TEXT)")
        raise RuntimeError("power cut")

    for module in (schema, store):
        monkeypatch.setattr(module, "SCHEMA_VERSION", 3)
    with pytest.raises(LibraryError, match="cannot bring to version 3"), open_library(library, write=True):
        pass
    monkeypatch.setattr(schema, "MIGRATIONS", {1: add_table, 2: fail})
    with pytest.raises(LibraryError, match=r"bring it to version 3 with 'paperconcepts update"), open_library(library):
        pass
    with pytest.raises(RuntimeError), open_library(library, write=True):
        pass
    monkeypatch.setitem(schema.MIGRATIONS, 2, add_box)
    with open_library(library, write=True) as opened:
        assert opened.count("shelf") == opened.count("box") == 0
        tables = {name for (name,) in opened.connection.execute("SELECT name FROM sqlite_master")}
        assert "half" not in tables
        assert opened.count("paper") > 5


def test_second_writer(library: Path) -> None:
    """A second writer is told who holds the library; readers read on."""
    with open_library(library, write=True, command="add"):
        expected = pytest.raises(LibraryBusyError, match=rf"is being written by process {os.getpid()} \(add\)")
        with expected as caught, open_library(library, write=True, wait=0):
            pass
        assert caught.value.holder == f"process {os.getpid()} (add)"
        assert status_of_library(library).problems == ()
    assert not lock_path(library).exists()
    assert read_holder(library) == ""


def test_second_writer_waits(library: Path) -> None:
    """A second writer that waits long enough gets its turn."""
    code = (
        "import sys, time\nfrom pathlib import Path\nfrom paperconcepts.library.lock import hold_lock\n"
        "with hold_lock(Path(sys.argv[1]), command='slow', wait=0):\n"
        "    print('held', flush=True)\n    time.sleep(0.5)\n"
    )
    with subprocess.Popen([sys.executable, "-c", code, library], stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(LibraryBusyError, match=r"\(slow\)"), hold_lock(library, command="fast", wait=0):
            pass
        began = time.monotonic()
        with hold_lock(library, command="fast", wait=30):
            assert time.monotonic() - began > 0.05
        assert other.wait() == 0


@posix
def test_dead_writer(library: Path) -> None:
    """A writer that was killed holds nothing, though its lock file is still there."""
    code = (
        "import os, signal, sys\nfrom paperconcepts.library import open_library\n"
        "with open_library(sys.argv[1], write=True, command='add') as library, library.transaction() as connection:\n"
        "    connection.execute('DELETE FROM paper')\n    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    assert subprocess.run([sys.executable, "-c", code, library], check=False).returncode == -9
    assert lock_path(library).exists()
    with open_library(library, write=True, wait=0) as opened:
        assert opened.count("paper") > 5
    assert not lock_path(library).exists()


_KILLED = """
import os, signal, sys
from paperconcepts.library import Changes, add_file, expand_files, open_library
with open_library(sys.argv[1], write=True) as library:
    for file in expand_files(sys.argv[2:]):
        add_file(library, file, {}, changes=Changes())
    os.kill(os.getpid(), signal.SIGKILL)
"""


@posix
def test_deleted_after_a_kill(corpus: Corpus, tmp_path: Path) -> None:
    """A library that was deleted without the log that a killed process left is gone: a new one holds nothing of it."""
    path, log = tmp_path / "my.library", tmp_path / "my.library-wal"
    killed = subprocess.run([sys.executable, "-c", _KILLED, path, corpus("old.jsonl")], check=False)
    assert killed.returncode == -9
    assert log.stat().st_size > 0
    path.unlink()
    add_documents(corpus("new.jsonl", 7), path, config=FAST)
    found = status_of_library(path, deep=True)
    assert (found.papers, [file.name for file in found.files], found.problems) == (1, ["new.jsonl"], ())


@posix
def test_links(corpus: Corpus, library: Path, tmp_path: Path) -> None:
    """A link to a library is the library: who writes by one name holds it by the other; a link to nothing makes it."""
    link = tmp_path / "links" / "mine"
    link.parent.mkdir()
    link.symlink_to(library)
    for held, other in ((library, link), (link, library)):
        with open_library(held, write=True, command="add"):
            expected = pytest.raises(LibraryBusyError, match=r"is being written by process \d+ \(add\)")
            with expected, open_library(other, write=True, wait=0):
                pass
    link.unlink()
    link.symlink_to(tmp_path / "new" / "other.library")
    add_documents(corpus("one.jsonl", 7), link, config=FAST)
    assert link.is_symlink()
    assert status_of_library(tmp_path / "new" / "other.library").papers == 1
    assert [path.name for path in link.parent.iterdir()] == ["mine"]


@bytes_in_names
def test_a_name_that_is_no_text(corpus: Corpus, tmp_path: Path) -> None:
    """A library may have any name that the system allows."""
    path = tmp_path / os.fsdecode(b"l\xff?%20#.library")
    add_documents(corpus("one.jsonl", 7), path, config=FAST)
    assert len(build_library(path).papers()) == status_of_library(path, deep=True).papers == 1


def _delete(connection: sqlite3.Connection) -> list[str]:
    return connection.execute("DELETE FROM paper RETURNING id").fetchall()[:0]


def test_error_in_the_middle(library: Path) -> None:
    """An error inside a transaction leaves nothing of it."""
    with open_library(library, write=True) as opened:
        before = opened.count("paper")
        with pytest.raises(ZeroDivisionError), opened.transaction() as connection:
            connection.execute("DELETE FROM paper WHERE ?", (1 / len(_delete(connection)),))
        assert opened.count("paper") == before > 5


_FULL = """
import resource, sys
from paperconcepts.config import Config
from paperconcepts.errors import OutputError
from paperconcepts.incremental import add_documents
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]),) * 2)
try:
    add_documents(sys.argv[1], sys.argv[2], config=Config(profile="fast"))
except OutputError as error:
    print(error)
"""


@posix
def test_full_disk(library: Path, tmp_path: Path) -> None:
    """Where no more can be written, the message says so, and the library is as it was, whole and in use."""
    before = status_of_library(library)
    more = write_rows(tmp_path / "more.jsonl", [{"title": f"T{n}", "abstract": f"Text {n}. " * 30} for n in range(400)])
    limit = str(library.stat().st_size + 30_000)
    done = subprocess.run(
        [sys.executable, "-c", _FULL, more, library, limit], capture_output=True, text=True, check=True
    )
    assert f"cannot write {library}: " in done.stdout
    assert "what was stored before is kept" in done.stdout
    after = status_of_library(library, deep=True)
    assert (after.papers, after.problems) == (before.papers, ())
    # With room again, the same command does it.
    add_documents(more, library, config=FAST)
    assert status_of_library(library, deep=True).papers == before.papers + 400


@posix
def test_full_disk_at_the_start(tmp_path: Path) -> None:
    """A library that cannot even be begun leaves no stump."""
    path = tmp_path / "new.library"
    rows = write_rows(tmp_path / "rows.jsonl", ROWS)
    done = subprocess.run([sys.executable, "-c", _FULL, rows, path, "2000"], capture_output=True, text=True, check=True)
    assert f"cannot write {path}: " in done.stdout
    assert {found.name for found in tmp_path.iterdir()} == {"rows.jsonl"}


def test_unwritable_folder(tmp_path: Path) -> None:
    """Where no file can be made, the message names the library."""
    blocked = tmp_path / "file"
    blocked.write_text("")
    with pytest.raises(OutputError, match="cannot make the folder of"), open_library(blocked / "a" / "b", write=True):
        pass


@pytest.mark.parametrize(
    ("code", "reason"),
    [(sqlite3.SQLITE_CANTOPEN, "a read-only medium; copy it"), (sqlite3.SQLITE_IOERR, "a full disk; make room")],
)
def test_immutable_fallback(library: Path, monkeypatch: pytest.MonkeyPatch, code: int, reason: str) -> None:
    """Where SQLite cannot make its shared memory, a whole library is read all the same, one with a log is not."""
    real = store._opened

    def refuse(address: str, wait: float) -> sqlite3.Connection:
        if "immutable=1" not in address:
            error = sqlite3.OperationalError("unable to open database file")
            error.sqlite_errorcode = code
            raise error
        return real(address, wait)

    monkeypatch.setattr(store, "_opened", refuse)
    monkeypatch.setattr(store, "_is_full", lambda path: True)
    log = library.with_name(library.name + "-wal")
    log.write_bytes(b"")
    assert status_of_library(library).papers > 5
    log.write_bytes(b"some pages")
    with pytest.raises(LibraryError, match=rf"was left by a process that was killed, .* on {reason}"):
        status_of_library(library)
    assert not lock_path(library).exists()


def test_no_byte_left(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error of input or output on a disk without room is told as what it is, any other as SQLite tells it."""
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode = sqlite3.SQLITE_IOERR
    for left, reason in ((0, "No space left on device"), (1 << 30, "disk I/O error")):
        monkeypatch.setattr("shutil.disk_usage", lambda path, left=left: SimpleNamespace(free=left))
        expected = pytest.raises(OutputError, match=rf"cannot write .*: {reason}; what was stored before is kept")
        with open_library(library, write=True) as opened, expected, opened.transaction():
            raise error
    assert status_of_library(library, deep=True).problems == ()


def test_damage_is_told(library: Path) -> None:
    """Bytes that were overwritten are found by the check, or stop the opening with a message."""
    data = bytearray(library.read_bytes())
    for place in range(len(data) // 2, len(data) // 2 + 3000):
        data[place] ^= 0x55
    library.write_bytes(data)
    try:
        problems = status_of_library(library, deep=True).problems
    except LibraryError as error:
        problems = (str(error),)
    assert problems


def test_damaged_bytes_are_an_error(library: Path, tmp_path: Path) -> None:
    """Whatever bytes have changed, no command fails with anything but a message that names the library."""
    data, outcomes = library.read_bytes(), set[str]()
    copy, more = tmp_path / "damaged" / "copy.library", write_rows(tmp_path / "more.jsonl", ROWS[7:8])
    for number in range(18):
        damaged = bytearray(data)
        for place in range(number * 500, len(data), 1 + len(data) // (1 + number % 5)):
            damaged[place : place + 9] = bytes(255 - byte for byte in data[place : place + 9])
        for call in (build_library, lambda path: add_documents(more, path)):
            shutil.rmtree(copy.parent, ignore_errors=True)
            copy.parent.mkdir()
            copy.write_bytes(damaged if number else data[: len(data) // 2])
            try:
                call(copy)
            except LibraryError as error:
                outcomes.add("refused" if str(error).startswith(f"{copy}: ") else str(error))
            else:
                outcomes.add("done")
    assert outcomes == {"done", "refused"}


def test_missing_table(library: Path) -> None:
    """A library that lacks a table is damaged, not a disk that cannot be written."""
    with open_library(library, write=True) as opened, opened.transaction() as connection:
        connection.execute("DROP TABLE output")
    expected = pytest.raises(LibraryError, match=r"is damaged or no library \(no such table: output\)")
    with expected, open_library(library) as opened:
        opened.count("output")


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ("UPDATE source SET name = 'other'", "paper arxiv:2303.00007 is not what was stored"),
        ("UPDATE annotation SET body = x'00'", "an annotation cannot be read: DamagedRowError: "),
        ("UPDATE paper SET body = x'00' WHERE body IS NOT NULL", "a paper cannot be read: DamagedRowError: "),
        ("UPDATE record SET body = x'00'", "record 1 cannot be read: DamagedRowError: "),
    ],
)
def test_deep_check(library: Path, change: str, problem: str) -> None:
    """Papers, records and annotations that are not what was stored are named by the deep check."""
    with open_library(library, write=True) as opened, opened.transaction() as connection:
        connection.execute(change)
    assert any(found.startswith(problem) for found in status_of_library(library, deep=True).problems)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everything")
def test_read_only_file(library: Path, tmp_path: Path) -> None:
    """A file that may not be written is read, and stays as it was when it should be written."""
    library.chmod(0o444)
    before = library.read_bytes()
    more = write_rows(tmp_path / "more.jsonl", [{"title": "More"}])
    with pytest.raises(OutputError, match=r"cannot write .*my\.library: "):
        add_documents(more, library)
    assert status_of_library(library).papers > 5
    assert library.read_bytes() == before


def test_a_changed_row_is_told(library: Path) -> None:
    """A record that is not what was stored is found by the deep check; a table that misses another's row always."""
    with open_library(library, write=True) as opened, opened.transaction() as connection:
        (body,) = connection.execute("SELECT body FROM record WHERE id = 1").fetchone()
        connection.execute("UPDATE record SET body = ? WHERE id = 2", (body,))
    assert status_of_library(library).problems == ()
    assert status_of_library(library, deep=True).problems == ("record 2 is not what was stored",)
    with open_library(library, write=True) as opened, opened.transaction() as connection:
        connection.execute("DELETE FROM member WHERE record = 1")
    assert "1 records of no paper" in status_of_library(library).problems


def test_status_is_json(library: Path) -> None:
    """The status holds plain values only."""
    found = status_of_library(library)
    assert json.loads(json.dumps(found.as_dict()))["papers"] == found.papers
    assert [run.command for run in found.runs] == ["add"]
    assert found.files[0].present


@posix
def test_killed_while_it_is_made(tmp_path: Path) -> None:
    """A library has its name when it is whole: killed before that, there is none, and the next one tidies up."""
    path = tmp_path / "new.library"
    code = (
        "import os, signal, sys\nfrom paperconcepts.library import store\n"
        "store.make_schema = lambda connection: os.kill(os.getpid(), signal.SIGKILL)\n"
        "with store.open_library(sys.argv[1], write=True):\n    pass\n"
    )
    assert subprocess.run([sys.executable, "-c", code, path], check=False).returncode == -9
    assert not path.exists()
    with open_library(path, write=True, wait=0) as opened:
        assert opened.count("paper") == 0
    assert [found.name for found in tmp_path.iterdir()] == ["new.library"]
