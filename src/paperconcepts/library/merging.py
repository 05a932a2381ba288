"""Records to papers: only those that a change touches are merged again."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from paperconcepts.library.extractor import digest_of_reader
from paperconcepts.library.join_keys import connected, join_keys
from paperconcepts.library.paper_rows import pack, pack_paper, text_key, unpack_paper
from paperconcepts.library.record_rows import source_record
from paperconcepts.library.store import Library
from paperconcepts.model import Paper, SourceRecord
from paperconcepts.sources import ReadReport, merge_papers

__all__ = ["PaperChanges", "merge_again", "merge_around"]


@dataclass(slots=True)
class PaperChanges:
    """Papers that are new, that say something else than before, or that have gone; each set by id."""

    added: set[str] = field(default_factory=set)
    changed: set[str] = field(default_factory=set)
    removed: set[str] = field(default_factory=set)

    def follow(self, before: dict[str, bytes], after: dict[str, bytes]) -> None:
        """Count one step more, from the digests of papers before and after it."""
        for name in after.keys() - before.keys():
            # What one step took and another gave back has only changed.
            (self.changed if name in self.removed else self.added).add(name)
            self.removed.discard(name)
        for name in before.keys() - after.keys():
            if name not in self.added:
                self.removed.add(name)
            self.added.discard(name)
            self.changed.discard(name)
        self.changed |= {
            name for name in after.keys() & before.keys() if after[name] != before[name] and name not in self.added
        }


def merge_around(
    connection: sqlite3.Connection,
    touched: Iterable[int],
    *,
    deleted: Iterable[int] = (),
    changes: PaperChanges | None = None,
) -> None:
    """Make the papers anew that have one of the records ``touched`` or ``deleted``; the latter are taken out.

    Runs in the transaction that is open.
    """
    deleted = set(deleted)
    _collect(connection, {*touched, *deleted})
    before = dict(connection.execute("SELECT id, digest FROM paper WHERE id IN temp.near_paper"))
    connection.execute("CREATE TEMP TABLE IF NOT EXISTS near_text (text BLOB PRIMARY KEY)")
    connection.execute("DELETE FROM near_text")
    connection.execute("INSERT OR IGNORE INTO near_text SELECT text FROM paper WHERE id IN temp.near_paper")
    connection.execute("DELETE FROM paper WHERE id IN temp.near_paper")
    connection.execute("DELETE FROM member WHERE paper IN temp.near_paper")
    rows = [(number,) for number in sorted(deleted)]
    for statement in (
        "DELETE FROM join_key WHERE record = ?", "DELETE FROM record WHERE id = ?", "DELETE FROM near WHERE record = ?"
    ):  # fmt: skip
        connection.executemany(statement, rows)
    after = _merge(connection)
    # What no paper says any more need not be remembered.
    connection.execute(
        "DELETE FROM annotation WHERE text IN (SELECT text FROM near_text) AND text NOT IN (SELECT text FROM paper)"
    )
    if changes is not None:
        changes.follow(before, after)


def merge_again(library: Library, *, changes: PaperChanges | None = None) -> bool:
    """Merge all records anew if this version of the program may merge them otherwise than the one before did.

    Return whether it was done.
    """
    version = digest_of_reader().hex()
    if library.setting("merged by") == version:
        return False
    with library.transaction() as connection:
        numbers = [number for (number,) in connection.execute("SELECT id FROM record ORDER BY id")]
        connection.execute("DELETE FROM join_key")
        for number in numbers:
            (body,) = connection.execute("SELECT body FROM record WHERE id = ?", (number,)).fetchone()
            keys = sorted(join_keys(unpack_paper(body)))
            connection.executemany("INSERT INTO join_key (key, record) VALUES (?, ?)", [(key, number) for key in keys])
        merge_around(connection, numbers, changes=changes)
        connection.execute("INSERT OR REPLACE INTO setting (name, value) VALUES ('merged by', ?)", (version,))
    return True


def _collect(connection: sqlite3.Connection, seeds: set[int]) -> None:
    """Fill the temporary tables ``near`` (records that hang together with ``seeds``) and ``near_paper`` (their ids)."""
    for name, column in (("near", "record INTEGER"), ("near_key", "key BLOB"), ("near_paper", "paper TEXT")):
        connection.execute(f"CREATE TEMP TABLE IF NOT EXISTS {name} ({column} PRIMARY KEY) WITHOUT ROWID")
        connection.execute(f"DELETE FROM temp.{name}")  # noqa: S608 - our own names
    connection.executemany("INSERT OR IGNORE INTO near VALUES (?)", ((number,) for number in sorted(seeds)))
    known = -1
    while known != (known := _size(connection)):
        # By keys, not by pairs of records: thousands of papers are called "Editorial".
        connection.execute(
            "INSERT OR IGNORE INTO near_key SELECT key FROM join_key WHERE record IN (SELECT record FROM near)"
        )
        connection.execute(
            "INSERT OR IGNORE INTO near SELECT record FROM join_key WHERE key IN (SELECT key FROM near_key)"
        )
    connection.execute(
        "INSERT OR IGNORE INTO near_paper SELECT paper FROM member WHERE record IN (SELECT record FROM near)"
    )


def _size(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT count(*) FROM temp.near").fetchone()[0])


def _merge(connection: sqlite3.Connection) -> dict[str, bytes]:
    """Merge the records of ``near``, store the papers, and return their digests by id."""
    keys: dict[int, list[bytes]] = defaultdict(list)
    for number, key in connection.execute("SELECT record, key FROM join_key WHERE record IN (SELECT record FROM near)"):
        keys[number].append(key)
    after: dict[str, bytes] = {}
    for group in connected(keys):
        records = {number: _read(connection, number) for number in group}
        for paper, members, conflicts in _merge_group(records):
            alone = members[0] if len(members) == 1 and paper == records[members[0]] else None
            after[paper.id] = _store(connection, paper, members, alone, conflicts)
    return after


def _read(connection: sqlite3.Connection, number: int) -> Paper:
    row = connection.execute(
        "SELECT s.name, r.number, r.format, r.origin, r.body FROM record r JOIN source s ON s.id = r.source"
        " WHERE r.id = ?",
        (number,),
    ).fetchone()
    *place, body = row
    return unpack_paper(body, sources=(source_record(*place),))


class _Place(SourceRecord):
    """A place that knows which record stands there: whose records a paper is made of must not hang on names alone."""

    row: int


def _merge_group(records: dict[int, Paper]) -> Iterator[tuple[Paper, list[int], list[list[str]]]]:
    """Papers of records that hang together, each with the numbers of its records and its conflicts."""
    if len(records) == 1:
        ((number, paper),) = records.items()
        yield paper, [number], []
        return
    report = ReadReport()
    merged = merge_papers((_numbered(paper, number) for number, paper in records.items()), report=report)
    conflicts: dict[str, list[list[str]]] = defaultdict(list)
    for found in report.conflicts:
        conflicts[found.paper_id].append([found.field, found.kept, found.other])
    for paper in merged:
        members = sorted(place.row for place in paper.sources if isinstance(place, _Place))
        places = {records[number].sources[0] for number in members}
        sources = tuple(sorted(places, key=lambda place: (place.file, place.number, place.record)))
        yield paper.model_copy(update={"sources": sources}), members, conflicts[paper.id]


def _numbered(paper: Paper, number: int) -> Paper:
    (place,) = paper.sources
    return paper.model_copy(update={"sources": (_Place(**place.model_dump(), row=number),)})


def _store(
    connection: sqlite3.Connection, paper: Paper, members: list[int], alone: int | None, conflicts: list[list[str]]
) -> bytes:
    body, digest = pack_paper(paper, sources=True)
    connection.execute(
        "INSERT INTO paper (id, text, digest, record, body, conflicts) VALUES (?, ?, ?, ?, ?, ?)",
        (
            paper.id, text_key(paper), digest, alone, body if alone is None else None,
            pack(conflicts) if conflicts else None,
        ),
    )  # fmt: skip
    connection.executemany(
        "INSERT INTO member (record, paper) VALUES (?, ?)", ((number, paper.id) for number in members)
    )
    return digest
