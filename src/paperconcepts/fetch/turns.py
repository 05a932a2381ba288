"""Whose turn it is to ask a source: one request at a time, also of several commands, with the pause between any two.

A file of the source holds the time of the last request; who asks has it locked. The system frees the lock of a process
that dies.
"""

import errno
import io
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from paperconcepts.fetch.waiting import Clock

__all__ = ["Turns"]

_LOOK_AGAIN = 0.05
_LONGEST_TIME = 40


class Turns:
    """The requests of one command among those of all that share a file.

    Where the file cannot be written nothing is known of other commands, and each keeps only its own pace; where it
    cannot be locked they keep the pause but may ask at the same moment.

    Args:
        path: the file; it is made if it is missing and never removed.
        clock: the time.
        wait: waits for so many seconds, or raises an error if there is no time for it.
        tell: is told once if another command has to be waited for.
    """

    def __init__(self, path: Path, *, clock: Clock, wait: Callable[[float], None], tell: Callable[[str], None]) -> None:
        self._path = path
        self._clock = clock
        self._wait = wait
        self._tell = tell
        self._told = False
        self._written = b""

    @contextmanager
    def take(self, pause: float) -> Iterator[None]:
        """Be the only one who asks until the block ends, at least ``pause`` seconds after any other's request."""
        stream = self._acquire()
        if stream is None:
            yield
            return
        try:
            rest = self._rest_of_last(stream, pause)
            if rest:
                self._wait(rest)
            # Before it, too: a command that is killed meanwhile has asked all the same.
            self._leave_time(stream)
            try:
                yield
            finally:
                self._leave_time(stream)
        finally:
            with suppress(OSError):
                stream.close()

    def _acquire(self) -> io.FileIO | None:
        while True:
            try:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                # Without a buffer: what a full disk refuses is not tried again when the file is closed.
                stream = io.FileIO(self._path, "a+")
            except OSError:
                return None
            # Opened anew each time: the folder may be deleted at any time, and the file with it.
            if _may_go_on(stream):
                return stream
            stream.close()
            if not self._told:
                self._told = True
                self._tell("another command asks this source; taking turns")
            self._wait(_LOOK_AGAIN)

    def _rest_of_last(self, stream: io.FileIO, pause: float) -> float:
        try:
            stream.seek(0)
            written = stream.read(_LONGEST_TIME)
            if written == self._written:
                return 0.0  # our own request, whose pause the caller has kept by a clock that nobody sets
            age = self._clock.now() - float(written)
        except (OSError, ValueError):
            return 0.0
        return pause - age if 0 <= age < pause else 0.0

    def _leave_time(self, stream: io.FileIO) -> None:
        self._written = f"{self._clock.now()!r}\n".encode("ascii")
        with suppress(OSError):
            stream.truncate(0)
            stream.write(self._written)


def _may_go_on(stream: io.FileIO) -> bool:
    """Whether nobody else has the file locked; True also on a file system that has no locks."""
    try:
        _lock(stream)
    except OSError as error:
        return error.errno not in (errno.EAGAIN, errno.EWOULDBLOCK, errno.EACCES, errno.EDEADLK)
    return True


if sys.platform == "win32":
    import msvcrt

    def _lock(stream: io.FileIO) -> None:
        # A byte far behind the time.
        stream.seek(1 << 20)
        msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(stream: io.FileIO) -> None:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
