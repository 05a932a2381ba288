"""Names of files in the output: files of one name are told apart by their folders, as in a build of them all."""

import sqlite3
from collections import Counter

__all__ = ["free_stdin_name", "rename_sources", "told_apart"]


def told_apart(sources: list[tuple[int, str, str, bool]]) -> dict[int, str]:
    """{number: name} of sources given as (number, base name, folder, whether it is a file).

    Examples:
        >>> told_apart([(1, "a.jsonl", "one", True), (2, "a.jsonl", "two", True), (3, "b.jsonl", "two", True)])
        {1: 'one/a.jsonl', 2: 'two/a.jsonl', 3: 'b.jsonl'}
    """
    counts = Counter(base for _, base, _, _ in sources)
    return {
        number: f"{folder}/{base}" if is_file and counts[base] > 1 else base
        for number, base, folder, is_file in sources
    }


def rename_sources(connection: sqlite3.Connection) -> list[int]:
    """Give every source its name; return the records of those whose name has changed."""
    rows = connection.execute("SELECT id, base, folder, path IS NOT NULL, name FROM source").fetchall()
    names = told_apart([(number, base, folder, bool(is_file)) for number, base, folder, is_file, _ in rows])
    changed = [number for number, *_, name in rows if names[number] != name]
    connection.executemany("UPDATE source SET name = ? WHERE id = ?", [(names[number], number) for number in changed])
    return [
        record
        for number in changed
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
