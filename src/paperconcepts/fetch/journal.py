"""What has been fetched so far: a file beside the final one that only grows, a page at a time.

Its lines are JSON: first the task, then the records of a page, each with its id, then the cursor of the next page. What
follows the last such cursor is a page that did not come to its end, and is dropped: so a fetch that was killed goes on
as if it had not been.
"""

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Self

from paperconcepts.errors import OutputError
from paperconcepts.fetch.pages import Item
from paperconcepts.files import open_atomic

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

__all__ = ["Journal"]

_VERSION = 1


class Journal:
    """The unfinished file of one task; ``following`` is the cursor to go on with, None when all is there.

    Raises:
        OutputError: the file cannot be written, is used by another process, or is not one of ours.
    """

    def __init__(self, target: Path, task: Mapping[str, str], *, first: str, restart: bool = False) -> None:
        self.path = target.with_name(target.name + ".part")
        self.following: str | None = first
        self.ids: set[str] = set()
        self.pages = 0
        self.total: int | None = None
        self.note = ""
        self._leftover = False
        self._head = {"fetch": _VERSION, "task": dict(task)}
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            self._stream: BinaryIO = self.path.open("a+b")
        except OSError as error:
            raise self._error(error) from error
        try:
            self._lock()
            end = 0 if self._begins_anew(restart) else self._recover()
            self._stream.truncate(end)
            if not end:
                self._write([self._head])
        except OSError as error:
            self._stream.close()
            raise error if isinstance(error, OutputError) else self._error(error) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if not self.pages:
            self.discard()
        with suppress(OSError):
            self._stream.close()
        if self._leftover:
            with suppress(OSError):
                self.path.unlink()

    def add_page(
        self, items: Sequence[Item], following: str | None, *, total: int | None = None, note: str = ""
    ) -> int:
        """Add the records that are new and the cursor of the next page; give the number of new ones."""
        new: dict[str, Item] = {}
        for item in items:
            if item.id not in self.ids:
                new.setdefault(item.id, item)
        end = {"next": following, "total": total, "note": note}
        try:
            self._write([*({"id": item.id, "text": item.text} for item in new.values()), end])
        except OSError as error:
            raise self._error(error) from error
        self._end_page(end, set(new))
        return len(new)

    def write_final(self, target: Path, *, head: str, foot: str, limit: int) -> int:
        """Write the first ``limit`` records to the final file, whole or not at all, and remove this one."""
        written = 0
        with open_atomic(target) as stream:
            stream.write(head)
            for text in self._texts():
                if written == limit:
                    break
                stream.write(text)
                written += 1
            stream.write(foot)
        self.discard()
        return written

    def discard(self) -> None:
        """Remove the file."""
        try:
            self.path.unlink()
        except OSError:
            self._leftover = True  # Windows removes only what is closed

    def _texts(self) -> Iterator[str]:
        self._stream.seek(0)
        for line in self._stream:
            value = json.loads(line)
            if "text" in value:
                yield value["text"]

    def _begins_anew(self, restart: bool) -> bool:
        self._stream.seek(0)
        line = self._stream.readline(1 << 20)
        if not line:
            return True
        try:
            head = json.loads(line)
        except (ValueError, RecursionError):
            head = None
        if not isinstance(head, dict) or "fetch" not in head:
            if line.endswith(b"\n") or not b'{"fetch":'.startswith(line[:9]):
                raise OutputError(f"{self.path} is in the way, and no unfinished fetch; move it or choose another file")
            return True  # killed while it was begun
        return restart or head != self._head

    def _recover(self) -> int:
        """Read what is there; give where the last whole page ends."""
        self._stream.seek(0)
        task = self._stream.readline()  # which has been looked at
        end = position = len(task) if task.endswith(b"\n") else 0
        ids: set[str] = set()
        for line in self._stream:
            position += len(line)
            value = _parse(line)
            if _is_record(value):
                ids.add(value["id"])
            elif _is_end(value):
                self._end_page(value, ids)
                ids = set()
                end = position
            else:
                break  # torn or damaged: what follows is asked for again
        return end

    def _end_page(self, end: Mapping[str, Any], ids: set[str]) -> None:
        self.ids |= ids
        self.following, self.total, self.note = end["next"], end["total"], end["note"]
        self.pages += 1

    def _write(self, values: Sequence[Mapping[str, Any]]) -> None:
        self._stream.write("".join(f"{json.dumps(value)}\n" for value in values).encode("ascii"))
        self._stream.flush()
        os.fsync(self._stream.fileno())

    def _lock(self) -> None:
        if fcntl is None:
            return
        try:
            fcntl.flock(self._stream.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise OutputError(f"another fetch writes {self.path}; wait for it or choose another file") from None
        except OSError:
            pass  # a file system without locks

    def _error(self, error: OSError) -> OutputError:
        reason = error.strerror or str(error)
        return OutputError(f"cannot write {self.path}: {reason}; what was there before is unchanged")


def _parse(line: bytes) -> dict[str, Any]:
    """The value of a line that was written whole; an empty one for any other."""
    try:
        value = json.loads(line) if line.endswith(b"\n") else None
    except (ValueError, RecursionError):
        value = None
    return value if isinstance(value, dict) else {}


def _is_record(value: Mapping[str, Any]) -> bool:
    return isinstance(value.get("id"), str) and isinstance(value.get("text"), str)


def _is_end(value: Mapping[str, Any]) -> bool:
    return (
        {"next", "total", "note"} <= value.keys()
        and isinstance(value["next"], str | None)
        and isinstance(value["total"], int | None)
        and isinstance(value["note"], str)
    )
