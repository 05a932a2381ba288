"""Open a library: one SQLite file, for reading or as its one writer. Errors of SQLite become ours."""

import errno
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from paperconcepts.errors import LibraryBusyError, LibraryError, OutputError
from paperconcepts.library.lock import hold_lock, read_holder, real_path
from paperconcepts.library.paper_rows import DamagedRowError
from paperconcepts.library.schema import SCHEMA_VERSION, check_schema, make_schema, migrate

__all__ = ["WAIT", "Library", "open_library"]

WAIT = 10.0
"""Seconds that a command waits for another one to end."""

# SQLITE_ERROR: a table or column that a statement names is missing.
_DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT, sqlite3.SQLITE_ERROR})
_BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
_UNWRITABLE = frozenset({sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY})
_FULL = frozenset({sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR})
# Less than the shared memory that a database in WAL mode needs, be it only read.
_HARDLY_ANY_ROOM = 1 << 16


@dataclass(frozen=True, slots=True)
class Library:
    """An open library. ``connection`` is of SQLite, without transactions of its own: see `transaction`.

    Attributes:
        path: the file as the user named it.
        connection: the database.
        writable: whether it was opened for writing.
    """

    path: Path
    connection: sqlite3.Connection
    writable: bool

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All changes of the block, or none.

        Raises:
            OutputError: the disk is full or cannot be written; the library is as it was before the block.
        """
        with _explained(self.path):
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield self.connection
                self.connection.execute("COMMIT")
            except BaseException:
                # SQLite has rolled back itself after some errors.
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                raise

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """One state of the library for all that the block reads, whatever is written meanwhile."""
        with _explained(self.path):
            self.connection.execute("BEGIN")
            try:
                yield self.connection
            finally:
                self.connection.execute("ROLLBACK")

    def setting(self, name: str) -> str | None:
        """The value of a setting, None where it was never set."""
        row = self.connection.execute("SELECT value FROM setting WHERE name = ?", (name,)).fetchone()
        return None if row is None else str(row[0])

    def count(self, table: str) -> int:
        """The number of rows of a table."""
        (number,) = self.connection.execute(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608 - our own names
        return int(number)


@contextmanager
def open_library(
    path: str | Path, *, write: bool = False, make: bool = True, command: str = "write", wait: float = WAIT
) -> Iterator[Library]:
    """Open the library at ``path``, with ``write`` as its one writer, and with ``make`` even if it is missing.

    Readers and the writer do not disturb each other. A process that dies, at whatever point, leaves all that was
    committed and nothing else.

    Raises:
        LibraryError: there is no such file, it is no library, is damaged, or of a version that this program does not
            know.
        LibraryBusyError: another process was still writing to it after ``wait`` seconds.
        OutputError: it was to be written and cannot be.

    Examples:
        >>> import tempfile
        >>> path = Path(tempfile.mkdtemp()) / "my.library"
        >>> with open_library(path, write=True) as library:
        ...     library.count("paper")
        0
    """
    path = Path(path)
    if not write:
        with _explained(path), ExitStack() as held:
            yield Library(path, _connect_reader(path, wait, held), writable=False)
        return
    if not make:
        _require(path)
    if path.is_dir():
        raise LibraryError("is a folder; name a file in it, which is made if it is missing", library=str(path))
    try:
        real_path(path).parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"cannot make the folder of {path}: {error.strerror}") from error
    with hold_lock(path, command=command, wait=wait), _explained(path), closing(_connect_writer(path)) as connection:
        yield Library(path, connection, writable=True)


def _require(path: Path) -> None:
    if not path.is_file():
        raise LibraryError("no such library; 'paperconcepts add FILE --library LIBRARY' makes one", library=str(path))


def _connect_writer(path: Path) -> sqlite3.Connection:
    if not _size(path):
        _make(path)
    connection = _opened(str(real_path(path)), WAIT)
    try:
        version = check_schema(connection, str(path))
        # What is committed survives a power cut too.
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        if version < SCHEMA_VERSION:
            connection.execute("BEGIN IMMEDIATE")
            migrate(connection, version)
            connection.execute("COMMIT")
    except BaseException:
        connection.close()
        raise
    return connection


def _make(path: Path) -> None:
    """Make an empty library under another name, and give it its own when it is whole."""
    place = real_path(path)
    draft = place.with_name(f".{place.name}.part")
    _remove(draft)
    try:
        with closing(sqlite3.connect(draft, isolation_level=None)) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("BEGIN IMMEDIATE")
            make_schema(connection)
            connection.execute("COMMIT")
        # The log of a library that was deleted without it would be taken for that of the new one.
        _remove(place)
        draft.replace(place)
    except OSError as error:
        raise OutputError(f"cannot write {path}: {error.strerror}") from error
    finally:
        _remove(draft)


def _remove(database: Path) -> None:
    for suffix in ("", "-wal", "-shm", "-journal"):
        database.with_name(database.name + suffix).unlink(missing_ok=True)


def _connect_reader(path: Path, wait: float, held: ExitStack) -> sqlite3.Connection:
    """Open for reading; ``held`` closes the connection, and gives back what it needs beside it."""
    _require(path)
    place = real_path(path)
    address = f"file:{quote(os.fsencode(place))}?mode="
    try:
        # Not "ro": the last one to close a library puts its parts together again, and a reader may be that one.
        connection = _opened(address + "rw", wait)
    except sqlite3.OperationalError as error:
        # There is no place for the shared memory that readers and writer have together.
        if _code(error) in _UNWRITABLE:
            reason = "a read-only medium; copy it and the files beside it to a writable folder"
        elif _code(error) in _FULL and _is_full(path):
            reason = "a full disk; make room there"
            held.enter_context(hold_lock(path, command="read", wait=wait))
        else:
            raise
        # An empty log, such as a writer leaves that found the disk full, holds nothing that would be missed.
        if _size(place.with_name(place.name + "-wal")):
            raise LibraryError(
                f"was left by a process that was killed, and cannot be completed on {reason}", library=str(path)
            ) from error
        # Nobody can write to it meanwhile, so that it may be read as a file that never changes.
        connection = _opened(address + "ro&immutable=1", wait)
    held.enter_context(closing(connection))
    _check_version(connection, path)
    connection.execute("PRAGMA query_only = ON")
    return connection


def _check_version(connection: sqlite3.Connection, path: Path) -> None:
    version = check_schema(connection, str(path))
    if version < SCHEMA_VERSION:
        raise LibraryError(
            f"has tables of version {version}; bring it to version {SCHEMA_VERSION} with 'paperconcepts update"
            f" --library {path.name}'",
            library=str(path),
        )


def _opened(address: str, wait: float) -> sqlite3.Connection:
    connection = sqlite3.connect(address, uri=address.startswith("file:"), isolation_level=None, timeout=wait)
    connection.text_factory = _text
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except UnicodeDecodeError as error:
        # It wanted to say which table is malformed, and could not read its name.
        connection.close()
        raise DamagedRowError("malformed database schema") from error
    except BaseException:
        connection.close()
        raise
    return connection


def _text(data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        raise DamagedRowError(f"UnicodeDecodeError: {error}") from error


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    """Turn an error of SQLite into one that says what to do."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise _explain(error, path) from error
    except DamagedRowError as error:
        raise _damaged(error, path) from error


def _code(error: sqlite3.Error) -> int:
    # The lowest byte is the kind, the others say more.
    return int(getattr(error, "sqlite_errorcode", 0) or 0) & 0xFF


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _is_full(path: Path) -> bool:
    """Whether there is hardly any room left where ``path`` is; SQLite calls that many names."""
    try:
        return shutil.disk_usage(path.parent).free < _HARDLY_ANY_ROOM
    except OSError:
        return False


def _damaged(error: Exception, path: Path) -> LibraryError:
    return LibraryError(
        f"is damaged or no library ({error}); take a copy of it, or add the documents to a new library",
        library=str(path),
    )


def _explain(error: sqlite3.DatabaseError, path: Path) -> Exception:
    code = _code(error)
    if code in _DAMAGED:
        return _damaged(error, path)
    if code in _BUSY:
        holder = read_holder(path)
        return LibraryBusyError(
            f"is being written by {holder or 'another process'}; try again when it has ended", library=str(path),
            holder=holder,
        )  # fmt: skip
    if isinstance(error, sqlite3.OperationalError):
        reason = os.strerror(errno.ENOSPC) if code in _FULL and _is_full(path) else str(error)
        return OutputError(f"cannot write {path}: {reason}; what was stored before is kept")
    return LibraryError(f"breaks a rule of its tables ({error}); 'paperconcepts status' checks it", library=str(path))
