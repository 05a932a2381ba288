"""Take files and papers into a library and out of it. Each step is one transaction: done whole or not at all."""

import os
import sqlite3
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from dataclasses import replace as replaced
from pathlib import Path
from typing import Any

from paperconcepts.errors import SourceError
from paperconcepts.library.extractor import digest_of_reader
from paperconcepts.library.file_names import free_stdin_name, rename_sources
from paperconcepts.library.intake import File, expand_files, file_digest, read_records
from paperconcepts.library.join_keys import join_keys
from paperconcepts.library.merging import PaperChanges, merge_around
from paperconcepts.library.paper_rows import pack, pack_paper, unpack
from paperconcepts.library.record_rows import pack_origin
from paperconcepts.library.store import Library
from paperconcepts.model import Paper
from paperconcepts.sources import ReadReport, Skipped
from paperconcepts.version import __version__

__all__ = ["Changes", "add_file", "known_files", "record_run", "remove_papers", "remove_source"]


@dataclass(slots=True)
class Changes:
    """What a command changed in a library.

    Attributes:
        read: names of the files that were read.
        unchanged: number of files that were not read, as they are what they were.
        missing: files that are where they were read from no more; what they said is kept.
        failed: (file, reason) of files that cannot be read any more; what they said before is kept.
        records: number of records that are new.
        left_out: number of records that were taken out earlier and did not come back.
        skipped: records that cannot be used, and why.
        papers: which papers are new, have changed or have gone.
        extracted: number of papers whose texts were read by the extraction.
    """

    read: list[str] = field(default_factory=list)
    unchanged: int = 0
    missing: list[str] = field(default_factory=list)
    failed: list[tuple[str, str]] = field(default_factory=list)
    records: int = 0
    left_out: int = 0
    skipped: list[Skipped] = field(default_factory=list)
    papers: PaperChanges = field(default_factory=PaperChanges)
    extracted: int = 0

    def as_dict(self) -> dict[str, Any]:
        """The changes as JSON-ready values."""
        return {
            "read": sorted(self.read),
            "unchanged_files": self.unchanged,
            "missing_files": sorted(self.missing),
            "failed_files": [{"file": file, "reason": reason} for file, reason in sorted(self.failed)],
            "new_records": self.records,
            "left_out": self.left_out,
            "skipped": [{"file": s.file, "record": s.record, "reason": s.reason} for s in sorted(self.skipped)],
            "added": sorted(self.papers.added),
            "changed": sorted(self.papers.changed),
            "removed": sorted(self.papers.removed),
            "extracted": self.extracted,
        }


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

    A file that has not changed is not read. Records that were taken out stay out unless ``restore`` is set. With
    ``replace`` the records take the place of all earlier ones that share an identifier with them; ``fresh`` collects
    the records of one call, which replace none of each other.

    Raises:
        SourceError: the file cannot be read; the library is as it was.
        OutputError: the library cannot be written; it is as it was.
    """
    sha256 = file_digest(file.path) if file.path is not None else None
    with library.transaction() as connection:
        place = os.fsencode(file.path) if file.path is not None else None
        known = connection.execute("SELECT id, sha256, options, reader FROM source WHERE path = ?", (place,)).fetchone()
        reader = digest_of_reader()
        if known and (known[1], unpack(known[2]), known[3]) == (sha256, dict(options), reader) and not restore:
            changes.unchanged += 1
            return
        intake = _Intake(connection, _source(connection, file, known[0] if known else None), restore)
        report = ReadReport()
        for record in read_records(file, options, report=report, strict=strict):
            intake.take(record.paper, file.read_as, record.cleaning, record.warnings)
        connection.execute(
            "UPDATE source SET options = ?, sha256 = ?, reader = ?, report = ? WHERE id = ?",
            (pack(dict(options)), sha256, reader, intake.report(report, file.read_as), intake.source),
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


def _source(connection: sqlite3.Connection, file: File, known: int | None) -> int:
    """The number of the file's row, which is made if it is new."""
    if known is not None:
        return known
    base = file.base if file.path is not None else free_stdin_name(connection, file.base)
    folder = file.path.parent.name if file.path is not None else ""
    place, root = (os.fsencode(path) if path is not None else None for path in (file.path, file.root))
    row = connection.execute(
        "INSERT INTO source (name, base, folder, path, root, options, report) VALUES (?, ?, ?, ?, ?, ?, ?)"
        " RETURNING id",
        (base, base, folder, place, root, pack({}), pack({})),
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
        """What reading the file said beside its records."""
        return pack({
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
    """Take a file out, with all that it alone said."""
    with library.transaction() as connection:
        records = [row[0] for row in connection.execute("SELECT id FROM record WHERE source = ?", (source,))]
        # Its name goes first: another file may get its own back.
        connection.execute("UPDATE source SET base = '', path = NULL WHERE id = ?", (source,))
        renamed = rename_sources(connection)
        merge_around(connection, set(renamed) - set(records), deleted=records, changes=changes.papers)
        connection.execute("DELETE FROM source WHERE id = ?", (source,))


def known_files(connection: sqlite3.Connection) -> list[tuple[File, dict[str, Any]]]:
    """The files that the library has read and can read again, and new ones in their folders, with their options."""
    rows = connection.execute("SELECT base, path, root, options FROM source WHERE path IS NOT NULL ORDER BY base, id")
    found: dict[Path | None, tuple[File, dict[str, Any]]] = {}
    folders: dict[Path, dict[str, Any]] = {}
    for base, path, root, packed in rows:
        options = unpack(packed)
        # One that gives nothing any more is rather damaged than emptied on purpose: an error, so that it keeps its say.
        root_path = Path(os.fsdecode(root)) if root is not None else None
        file = File(base, Path(os.fsdecode(path)), root_path, alone=True)
        found[file.path] = (file, options)
        if file.root is not None:
            folders.setdefault(file.root, options)
    for folder, options in sorted(folders.items()):
        if folder.is_dir():
            with suppress(SourceError):  # nothing is left in it
                for file in expand_files(folder):
                    found.setdefault(file.path, (replaced(file, alone=False), options))
    return list(found.values())


def record_run(library: Library, command: str, changes: Changes) -> None:
    """Note what a command did, if it did anything."""
    papers = changes.papers
    done = (len(papers.added), len(papers.changed), len(papers.removed), changes.extracted)
    if not any(done) and not changes.read:
        return
    with library.transaction() as connection:
        connection.execute(
            "INSERT INTO run (command, version, added, changed, removed, extracted, papers)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (command, __version__, *done, library.count("paper")),
        )
