"""Files: the final name holds the old file or the whole new one, never a part."""

import os
import stat
from pathlib import Path

import pytest

from paperconcepts.errors import OutputError
from paperconcepts.files import open_atomic, write_atomic


def _write_and_fail(target: Path, error: BaseException) -> None:
    with open_atomic(target) as stream:
        stream.write("half of the new ")
        stream.flush()
        raise error


def test_whole_file(tmp_path: Path) -> None:
    """After the block the file is there under its final name and nothing else is."""
    write_atomic(tmp_path / "a.txt", "whole")
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]
    assert (tmp_path / "a.txt").read_text() == "whole"


def test_replaces(tmp_path: Path) -> None:
    """An earlier file is replaced."""
    write_atomic(tmp_path / "a.txt", "a long earlier text")
    write_atomic(tmp_path / "a.txt", "new")
    assert (tmp_path / "a.txt").read_text() == "new"


def test_old_file_until_the_end(tmp_path: Path) -> None:
    """While the block runs, a reader sees the old file."""
    target = tmp_path / "a.txt"
    target.write_text("old")
    with open_atomic(target) as stream:
        stream.write("new")
        stream.flush()
        assert target.read_text() == "old"
    assert target.read_text() == "new"


@pytest.mark.parametrize("error", [RuntimeError("stop"), KeyboardInterrupt(), SystemExit(1)])
@pytest.mark.parametrize("old", ["old", None])
def test_interrupted(tmp_path: Path, error: BaseException, old: str | None) -> None:
    """An exception in the block passes through; the old file (or none) stays and no temporary file is left."""
    target = tmp_path / "a.txt"
    if old is not None:
        target.write_text(old)
    with pytest.raises(type(error)):
        _write_and_fail(target, error)
    assert [path.name for path in tmp_path.iterdir()] == ([] if old is None else ["a.txt"])
    assert old is None or target.read_text() == old


def test_disk_full(tmp_path: Path) -> None:
    """A failing disk gives an OutputError with the path and the reason; the old file stays."""
    target = tmp_path / "a.txt"
    target.write_text("old")
    with pytest.raises(OutputError, match=r"a\.txt: No space left on device; the earlier file"):
        _write_and_fail(target, OSError(28, "No space left on device"))
    assert [path.read_text() for path in tmp_path.iterdir()] == ["old"]


def test_failed_sync(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If the content cannot be brought to the disk, nothing is renamed."""

    def fail(_: int) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OutputError, match="Input/output error"):
        write_atomic(tmp_path / "a.txt", "new")
    assert list(tmp_path.iterdir()) == []


def test_folder_is_a_file(tmp_path: Path) -> None:
    """Where no folder can be, an OutputError says so."""
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(OutputError, match="cannot write"):
        write_atomic(tmp_path / "file" / "a.txt", "text")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="folder rights do not bind this user")
def test_unwritable_folder(tmp_path: Path) -> None:
    """In a folder without write permission an OutputError says so."""
    folder = tmp_path / "locked"
    folder.mkdir(mode=0o500)
    with pytest.raises(OutputError, match="Permission denied"):
        write_atomic(folder / "a.txt", "text")


def test_refused_temporary_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that refuses new files gives an OutputError, whoever runs the test."""

    def refuse(**_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("tempfile.mkstemp", refuse)
    with pytest.raises(OutputError, match="Permission denied"):
        write_atomic(tmp_path / "a.txt", "text")


def test_target_is_a_folder(tmp_path: Path) -> None:
    """A folder under the final name is not replaced, and no temporary file is left."""
    (tmp_path / "a.txt").mkdir()
    with pytest.raises(OutputError):
        write_atomic(tmp_path / "a.txt", "text")
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


def test_missing_folders_are_made(tmp_path: Path) -> None:
    """Folders on the way are made."""
    write_atomic(tmp_path / "b" / "c" / "a.txt", "text")
    assert (tmp_path / "b" / "c" / "a.txt").read_text() == "text"


def test_bytes_as_given(tmp_path: Path) -> None:
    """Text is UTF-8 and newlines stay as they are on every system."""
    write_atomic(tmp_path / "a.txt", "é\n\r\n🦘")
    assert (tmp_path / "a.txt").read_bytes() == "é\n\r\n🦘".encode()


def test_text_that_is_not_unicode(tmp_path: Path) -> None:
    """A lone surrogate cannot be written; nothing is left behind."""
    with pytest.raises(UnicodeEncodeError):
        write_atomic(tmp_path / "a.txt", "\ud800")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name != "posix", reason="file modes are those of POSIX")
def test_usual_mode(tmp_path: Path) -> None:
    """A result has the mode of any new file, not the private one of a temporary file."""
    (tmp_path / "plain").touch()
    write_atomic(tmp_path / "a.txt", "text")
    plain, written = (stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("plain", "a.txt"))
    assert plain == written
