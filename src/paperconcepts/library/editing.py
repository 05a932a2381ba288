"""Take files and papers into a library and out of it. Each step is one transaction: done whole or not at all."""

import sqlite3
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace as replaced
from typing import Any

from paperconcepts.errors import SourceError
from paperconcepts.library.changes import Changes
from paperconcepts.library.extractor import digest_of_reader
from paperconcepts.library.file_names import free_stdin_name, rename_sources
from paperconcepts.library.intake import File, read_records, refuse_damaged
from paperconcepts.library.join_keys import join_keys
from paperconcepts.library.known_files import exclude, find_known, folder_options, include, is_excluded, pack_path
from paperconcepts.library.merging import merge_around
from paperconcepts.library.paper_rows import pack, pack_paper
from paperconcepts.library.record_rows import pack_origin
from paperconcepts.library.store import Library
from paperconcepts.model import Paper
from paperconcepts.sources import ReadReport, Skipped
from paperconcepts.sources.file_digests import file_digest

__all__ = ["add_file", "remove_papers", "remove_source"]


def add_file(
    library: Library,
    file: File,
    options: Mapping[str, Any],
    *,
    changes: Changes,
    strict: bool = False,
    replace: bool = False,
    restore: bool = False,
    fresh: set[int] | None = None,
) -> None:
    """Read a file into the library; if it was read before, its records take the place of those of then.

    A file that has not changed is not read. Of ``options`` those that are not given are what they were when the file,
    or its folder, was read before. A file that was taken out comes back if it is named itself or ``restore`` is set,
    not by its folder; records that were taken out stay out unless ``restore`` is set. With ``replace`` the records take
    the place of all earlier ones that share an identifier with them; ``fresh`` collects the records of one call, which
    replace none of each other.

    Raises:
        SourceError: the file cannot be read, or was read before and has been damaged since; the library is as it was.
        OutputError: the library cannot be written; it is as it was.
    """
    with library.transaction() as connection:
        if not _is_wanted(connection, file, restore=restore):
            changes.left_out_files.append(file.base)
            return
        known = find_known(connection, file.path)
        options = {**(known.options if known else folder_options(connection, file.root)), **options}
        sha256 = _digest(file, must_open=strict or bool(known and known.has_records))
        reader = digest_of_reader()
        if known and (known.sha256, known.options, known.reader) == (sha256, options, reader) and not restore:
            changes.unchanged += 1
            return
        if known and known.has_records:
            # One that gives nothing any more is rather damaged than emptied on purpose: an error, so that it keeps
            # its say.
            file = replaced(file, alone=True)
        intake = _Intake(connection, known.number if known else _insert_source(connection, file), restore)
        report = ReadReport()
        for record in read_records(file, options, report=report, strict=strict):
            intake.take(record.paper, file.read_as, record.cleaning, record.warnings)
        if known and known.has_records and known.sha256 != sha256:
            refuse_damaged(file, report)
        connection.execute(
            "UPDATE source SET options = ?, sha256 = ?, reader = ?, report = ? WHERE id = ?",
            (pack(options), sha256, reader, intake.report(report, file.read_as), intake.source),
        )
        deleted = intake.gone()
        if replace:
            deleted |= _replaced(connection, intake.inserted, (fresh or set()) | intake.kept)
        merge_around(
            connection, [*intake.inserted, *rename_sources(connection)], deleted=deleted, changes=changes.papers
        )
    if fresh is not None:
        fresh.update(intake.inserted, intake.kept)
    changes.read.append(file.base)
    changes.records += len(intake.inserted)
    changes.left_out += intake.left_out
    changes.skipped += [
        Skipped(file.base + s.file.removeprefix(file.read_as), s.record, s.reason) for s in report.skipped
    ]


def _is_wanted(connection: sqlite3.Connection, file: File, *, restore: bool) -> bool:
    """Whether the file is to be read: one that was taken out is not brought back by its folder alone."""
    if file.root is not None and not restore and is_excluded(connection, file.path):
        return False
    include(connection, file.path)
    return True


def _digest(file: File, *, must_open: bool) -> bytes | None:
    """The digest of a file; None for standard input, and for a file of a folder that a build would leave out."""
    try:
        return file_digest(file.path) if file.path is not None else None
    except SourceError:
        if must_open or file.root is None:
            raise
        return None


def _insert_source(connection: sqlite3.Connection, file: File) -> int:
    """Make the row of a file; return its number."""
    base = file.base if file.path is not None else free_stdin_name(connection, file.base)
    row = connection.execute(
        "INSERT INTO source (name, base, path, root, options, report) VALUES (?, ?, ?, ?, ?, ?) RETURNING id",
        (base, base, pack_path(file.path), pack_path(file.root), pack({}), pack({})),
    ).fetchone()
    return int(row[0])


class _Intake:
    """Records of one file: those that stand in the library already are kept, others are inserted."""

    def __init__(self, connection: sqlite3.Connection, source: int, restore: bool) -> None:
        self.connection = connection
        self.source = source
        self.inserted: list[int] = []
        self.kept: set[int] = set()
        self.left_out = 0
        self.counts: dict[str, Counter[str]] = {"cleaning": Counter(), "warnings": Counter()}
        self._restore = restore
        self._removed = {found for (found,) in connection.execute("SELECT digest FROM removed")}
        self._known = {
            tuple(row): number
            for number, *row in connection.execute(
                "SELECT id, number, format, origin, digest, counts FROM record WHERE source = ?", (source,)
            )
        }

    def take(self, paper: Paper, read_as: str, cleaning: Counter[str], warnings: Counter[str]) -> None:
        """Keep or insert one record."""
        body, digest = pack_paper(paper, sources=False)
        if digest in self._removed:
            if not self._restore:
                self.left_out += 1
                return
            self.connection.execute("DELETE FROM removed WHERE digest = ?", (digest,))
        self.counts["cleaning"] += cleaning
        self.counts["warnings"] += warnings
        place = paper.sources[0]
        counts = pack([dict(sorted(found.items())) for found in (cleaning, warnings)]) if cleaning or warnings else None
        row = (place.number, place.format, pack_origin(place, read_as), digest, counts)
        known = self._known.pop(row, None)
        if known is not None:
            self.kept.add(known)
            return
        (number,) = self.connection.execute(
            "INSERT INTO record (source, number, format, origin, digest, counts, body) VALUES (?, ?, ?, ?, ?, ?, ?)"
            " RETURNING id",
            (self.source, *row, body),
        ).fetchone()
        self.connection.executemany(
            "INSERT INTO join_key (key, record) VALUES (?, ?)", [(key, number) for key in sorted(join_keys(paper))]
        )
        self.inserted.append(number)

    def gone(self) -> set[int]:
        """The records that the file does not have any more."""
        return set(self._known.values())

    def report(self, report: ReadReport, read_as: str) -> bytes:
        """What reading the file said beside its records, and how many of them it has, with those that stay out."""
        return pack({
            "records": len(self.inserted) + len(self.kept) + self.left_out,
            "parts": [name.removeprefix(read_as) for name in report.files],
            "skipped": [[s.file.removeprefix(read_as), s.record, s.reason] for s in report.skipped],
            "cleaning": report.cleaning - self.counts["cleaning"],
            "warnings": report.warnings - self.counts["warnings"],
        })  # fmt: skip


def _replaced(connection: sqlite3.Connection, inserted: Iterable[int], spared: Collection[int]) -> set[int]:
    """Earlier records of the same papers, by identifier; they are marked so that they do not come back."""
    new = set(inserted)
    found: set[int] = set()
    for number in new:
        found.update(
            other
            for (other,) in connection.execute(
                "SELECT b.record FROM join_key a JOIN join_key b ON b.key = a.key"
                " WHERE a.record = ? AND substr(a.key, 1, 1) = ?",
                (number, b"n"),
            )
        )
    found -= new
    found.difference_update(spared)
    _mark_removed(connection, found)
    # What stands in a new record, too, was not taken back.
    connection.executemany(
        "DELETE FROM removed WHERE digest = (SELECT digest FROM record WHERE id = ?)",
        [(number,) for number in sorted(new.union(spared))],
    )
    return found


def _mark_removed(connection: sqlite3.Connection, records: Iterable[int]) -> None:
    connection.executemany(
        "INSERT OR IGNORE INTO removed (digest, label)"
        " SELECT r.digest, coalesce(min(m.paper), '') FROM record r LEFT JOIN member m ON m.record = r.id"
        " WHERE r.id = ? GROUP BY r.id",
        [(number,) for number in sorted(records)],
    )


def remove_papers(library: Library, ids: Iterable[str], *, changes: Changes) -> None:
    """Take papers out, with all records that they were made of; reading their files again does not bring them back."""
    with library.transaction() as connection:
        records = {
            record
            for name in ids
            for (record,) in connection.execute("SELECT record FROM member WHERE paper = ?", (name,))
        }
        _mark_removed(connection, records)
        merge_around(connection, (), deleted=records, changes=changes.papers)


def remove_source(library: Library, source: int, *, changes: Changes) -> None:
    """Take a file out, with all that it alone said; its folder does not bring it back."""
    with library.transaction() as connection:
        records = [row[0] for row in connection.execute("SELECT id FROM record WHERE source = ?", (source,))]
        exclude(connection, source)
        # Its name goes first: another file may get its own back.
        connection.execute("UPDATE source SET base = '', path = NULL WHERE id = ?", (source,))
        renamed = rename_sources(connection)
        merge_around(connection, set(renamed) - set(records), deleted=records, changes=changes.papers)
        connection.execute("DELETE FROM source WHERE id = ?", (source,))
