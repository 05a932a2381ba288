"""Write files so that a final name never holds half a file."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from paperconcepts.errors import OutputError

__all__ = ["open_atomic", "write_atomic"]


@contextmanager
def open_atomic(path: str | Path) -> Iterator[IO[str]]:
    r"""Open a UTF-8 text file beside ``path`` and move it there when the block ends well.

    The file is written under a temporary name in the same folder, flushed to the disk and renamed, so that a
    reader sees either the old file or the whole new one. If the block raises, the old file stays and the
    temporary one is removed. Newlines are written as they are given (``\n``).

    Raises:
        OutputError: the folder cannot be written, the disk is full, or the rename failed.

    Examples:
        >>> import tempfile, pathlib
        >>> target = pathlib.Path(tempfile.mkdtemp()) / "a.txt"
        >>> with open_atomic(target) as stream:
        ...     _ = stream.write("whole")
        >>> target.read_text()
        'whole'
    """
    target = Path(path).resolve()  # the file that a link leads to, not the link
    temporary: Path | None = None
    try:
        if target.exists() and not target.is_file():
            # A pipe or a device cannot be replaced, only written to.
            with target.open("w", encoding="utf-8", newline="") as stream:
                yield stream
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".part", dir=target.parent)
        temporary = Path(name)
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        _set_default_mode(temporary)
        temporary.replace(target)
        temporary = None
        _sync_folder(target.parent)
    except OSError as error:
        if isinstance(error, OutputError):
            raise
        reason = error.strerror or str(error)
        raise OutputError(f"cannot write {target}: {reason}; the earlier file, if any, is unchanged") from error
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)


def write_atomic(path: str | Path, text: str) -> None:
    """Write ``text`` to ``path`` as UTF-8, whole or not at all.

    Raises:
        OutputError: as :func:`open_atomic`.
    """
    with open_atomic(path) as stream:
        stream.write(text)


def _set_default_mode(path: Path) -> None:
    # mkstemp makes files private; results should have the mode any other new file gets.
    mask = os.umask(0)
    os.umask(mask)
    path.chmod(0o666 & ~mask)


def _sync_folder(folder: Path) -> None:
    # Without this a power cut can forget the rename. Not every file system allows it.
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    except OSError:
        pass
    finally:
        os.close(handle)
