"""Files that a library knows: how they were read, which can be read again, and which were taken out."""

import os
import sqlite3
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from paperconcepts.errors import SourceError
from paperconcepts.library.intake import File, expand_files
from paperconcepts.library.paper_rows import unpack

__all__ = [
    "KnownFile", "exclude", "find_known", "folder_options", "include", "is_excluded", "known_files", "pack_path",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class KnownFile:
    """A file that was read before.

    Attributes:
        number: of its row.
        sha256: digest of what it was when it was read.
        options: how it was read.
        reader: the version of what read it.
        has_records: whether any record of it stands in the library.
    """

    number: int
    sha256: bytes | None
    options: dict[str, Any]
    reader: bytes | None
    has_records: bool


def pack_path(path: Path | None) -> bytes | None:
    """The stored form of a path: its bytes, which need not be text."""
    return os.fsencode(path) if path is not None else None


def find_known(connection: sqlite3.Connection, path: Path | None) -> KnownFile | None:
    """What the library knows of the file at ``path``; None if it was not read yet, or came from standard input."""
    row = connection.execute(
        "SELECT id, sha256, options, reader, EXISTS (SELECT 1 FROM record WHERE source = s.id) FROM source s"
        " WHERE path = ?",
        (pack_path(path),),
    ).fetchone()
    if row is None:
        return None
    number, sha256, options, reader, has_records = row
    return KnownFile(number, sha256, unpack(options), reader, bool(has_records))


def folder_options(connection: sqlite3.Connection, root: Path | None) -> dict[str, Any]:
    """How the files of a folder were read that was added before: a new one in it is read in the same way."""
    row = connection.execute(
        "SELECT options FROM source WHERE root = ? ORDER BY base, id LIMIT 1", (pack_path(root),)
    ).fetchone()
    return dict(unpack(row[0])) if row else {}


def exclude(connection: sqlite3.Connection, source: int) -> None:
    """Remember that this file was taken out."""
    connection.execute(
        "INSERT OR REPLACE INTO excluded (path, base) SELECT path, base FROM source WHERE id = ? AND path IS NOT NULL",
        (source,),
    )


def is_excluded(connection: sqlite3.Connection, path: Path | None) -> bool:
    """Whether the file at ``path`` was taken out."""
    return connection.execute("SELECT 1 FROM excluded WHERE path = ?", (pack_path(path),)).fetchone() is not None


def include(connection: sqlite3.Connection, path: Path | None) -> None:
    """Forget that the file at ``path`` was taken out, if it was."""
    connection.execute("DELETE FROM excluded WHERE path = ?", (pack_path(path),))


def known_files(connection: sqlite3.Connection) -> list[tuple[File, dict[str, Any]]]:
    """The files that the library has read and can read again, and new ones in their folders, with their options.

    Files that were taken out are none of them.
    """
    rows = connection.execute("SELECT base, path, root, options FROM source WHERE path IS NOT NULL ORDER BY base, id")
    found: dict[Path | None, tuple[File, dict[str, Any]]] = {}
    folders: dict[Path, dict[str, Any]] = {}
    for base, path, root, packed in rows:
        options = unpack(packed)
        file = File(base, Path(os.fsdecode(path)), Path(os.fsdecode(root)) if root is not None else None)
        found[file.path] = (file, options)
        if file.root is not None:
            folders.setdefault(file.root, options)
    for folder, options in sorted(folders.items()):
        if folder.is_dir():
            with suppress(SourceError):  # nothing is left in it
                for file in expand_files(folder):
                    if file.path not in found and not is_excluded(connection, file.path):
                        found[file.path] = (file, options)
    return list(found.values())
