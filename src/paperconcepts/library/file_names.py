"""Names of files in the output: files of one name are told apart as in a build of them all."""

import os
import sqlite3

from paperconcepts.sources.input_names import distinct_names

__all__ = ["free_stdin_name", "rename_sources"]


def rename_sources(connection: sqlite3.Connection) -> list[int]:
    """Give every source its name; return the records of those whose name has changed."""
    rows = connection.execute("SELECT id, base, path, name FROM source ORDER BY id").fetchall()
    names = distinct_names([(base, os.fsdecode(path) if path is not None else None) for _, base, path, _ in rows])
    changed = [(name, number) for (number, *_, known), name in zip(rows, names, strict=True) if name != known]
    connection.executemany("UPDATE source SET name = ? WHERE id = ?", changed)
    return [
        record
        for _, number in changed
        for (record,) in connection.execute("SELECT id FROM record WHERE source = ?", (number,))
    ]


def free_stdin_name(connection: sqlite3.Connection, base: str) -> str:
    """The name for what comes from standard input: ``stdin``, or ``stdin-2`` where that is taken."""
    taken = {name for (name,) in connection.execute("SELECT base FROM source WHERE path IS NULL")}
    number, name = 1, base
    while name in taken:
        number += 1
        name = f"{base}-{number}"
    return name
