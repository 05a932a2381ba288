"""One writer at a time: a lock that ends with its process, and the name of who holds it."""

import json
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from paperconcepts.errors import LibraryBusyError, OutputError

__all__ = ["hold_lock", "lock_path", "read_holder", "real_path"]

_PAUSE = 0.05
_LONGEST_NOTE = 500


def real_path(library: Path) -> Path:
    """Where a library is, whatever links lead there: one file has one lock, and its log lies beside it."""
    # Unlike `Path.resolve` it has an answer for links that go round in a circle; opening them is the error.
    return Path(os.path.realpath(library))


def lock_path(library: Path) -> Path:
    """The file beside a library that its writer locks."""
    place = real_path(library)
    return place.with_name(place.name + ".lock")


@contextmanager
def hold_lock(library: Path, *, command: str, wait: float) -> Iterator[None]:
    """Be the one writer of ``library`` until the block ends; the system frees the lock of a process that dies.

    Raises:
        LibraryBusyError: another process still held it after ``wait`` seconds; the message names its id and command.
        OutputError: no file can be made beside the library.
    """
    path = lock_path(library)
    stream = _acquire(path, library, wait)
    try:
        note = json.dumps({"pid": os.getpid(), "command": command})
        with suppress(OSError):  # a full disk must not keep a library from being made smaller
            stream.truncate(0)
            stream.write(note.encode()[:_LONGEST_NOTE])
            stream.flush()
        yield
    finally:
        # Removed while it is held: who waits for it finds out that it has gone, and makes a new one.
        with suppress(OSError):
            path.unlink()
        # Buffered bytes that a full disk refuses are only a note.
        with suppress(OSError):
            stream.close()


def _acquire(path: Path, library: Path, wait: float) -> IO[bytes]:
    end = time.monotonic() + wait
    while True:
        try:
            stream = path.open("a+b")
        except OSError as error:
            raise OutputError(f"cannot write beside {library}: {error.strerror}; the library is unchanged") from error
        if _try_lock(stream) and _is_still(path, stream):
            return stream
        stream.close()
        if time.monotonic() >= end:
            holder = read_holder(library)
            raise LibraryBusyError(
                f"is being written by {holder or 'another process'}; try again when it has ended, or wait longer with"
                " --wait SECONDS",
                library=str(library),
                holder=holder,
            )
        time.sleep(_PAUSE)


def _is_still(path: Path, stream: IO[bytes]) -> bool:
    """Whether the file that was locked is the one of this name, not one that its holder has removed since."""
    try:
        return os.path.samestat(os.fstat(stream.fileno()), path.stat())
    except OSError:
        return False


def read_holder(library: Path) -> str:
    """Who writes to ``library``, as it says itself: ``process 4242 (add)``; "" if nobody does or it did not say.

    Examples:
        >>> read_holder(Path("no-such-library"))
        ''
    """
    try:
        note = json.loads(lock_path(library).read_bytes()[:_LONGEST_NOTE])
        return f"process {int(note['pid'])} ({note['command']})"
    except (OSError, ValueError, KeyError, TypeError):
        return ""


if sys.platform == "win32":
    import msvcrt

    def _try_lock(stream: IO[bytes]) -> bool:
        try:
            # A byte far behind the note, which others may then read.
            stream.seek(1 << 20)
            msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _try_lock(stream: IO[bytes]) -> bool:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
