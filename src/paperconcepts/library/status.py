"""What a library holds, and whether its file is whole."""

import os
import sqlite3
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from paperconcepts.library.annotations import count_pending, linked_papers, papers
from paperconcepts.library.extractor import Extractor
from paperconcepts.library.join_keys import join_keys
from paperconcepts.library.paper_rows import digest, pack_paper, text_key, unpack, unpack_paper
from paperconcepts.library.schema import SCHEMA_VERSION
from paperconcepts.library.store import Library

__all__ = ["FileState", "LibraryStatus", "Run", "check_library", "library_status"]


@dataclass(frozen=True, slots=True)
class FileState:
    """A file of a library: its name, its records there, and whether it is still where it was (``present``)."""

    name: str
    records: int
    present: bool


@dataclass(frozen=True, slots=True)
class Run:
    """A command that changed a library: how many papers it added, changed, removed and extracted, how many it left."""

    number: int
    command: str
    version: str
    added: int
    changed: int
    removed: int
    extracted: int
    papers: int


@dataclass(frozen=True, slots=True)
class LibraryStatus:
    """What a library holds.

    Attributes:
        schema: version of its tables.
        size: bytes of the file.
        profile: what extracts.
        extractor: the version of it that this installation has.
        papers: distinct papers.
        records: records that they were made of.
        pending: papers that this extractor has not read yet.
        annotations: texts by (profile, version of the extractor), also of earlier ones.
        removed: records that were taken out and will not come back by themselves.
        excluded: files that were taken out and do not come back with their folders.
        decisions: name of the decisions file that is applied, or None.
        files: the files that were read, by name.
        runs: the last commands that changed it, the latest last.
        problems: what is wrong with the file; empty if it is whole.
    """

    schema: int
    size: int
    profile: str
    extractor: str
    papers: int
    records: int
    pending: int
    annotations: tuple[tuple[str, str, int], ...]
    removed: int
    excluded: tuple[str, ...]
    decisions: str | None
    files: tuple[FileState, ...]
    runs: tuple[Run, ...]
    problems: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """The status as JSON-ready values."""
        rows = [
            {"profile": profile, "version": version, "texts": count} for profile, version, count in self.annotations
        ]
        return {**asdict(self), "annotations": rows}


def library_status(library: Library, extractor: Extractor, *, last_runs: int = 5, deep: bool = False) -> LibraryStatus:
    """Count what a library holds and check its file; with ``deep`` every row is read and compared with its digest."""
    with library.reading() as connection:
        annotations = connection.execute(
            "SELECT e.profile, e.version, count(a.text) FROM extractor e LEFT JOIN annotation a ON a.extractor = e.id"
            " GROUP BY e.id ORDER BY e.profile, e.id"
        ).fetchall()
        decisions = connection.execute("SELECT name FROM decisions").fetchone()
        return LibraryStatus(
            SCHEMA_VERSION,
            library.path.stat().st_size,
            extractor.profile,
            extractor.version,
            library.count("paper"),
            library.count("record"),
            count_pending(connection, extractor),
            tuple(annotations),
            library.count("removed"),
            tuple(base for (base,) in connection.execute("SELECT base FROM excluded ORDER BY base, path")),
            decisions[0] if decisions else None,
            tuple(_files(connection)),
            tuple(_runs(connection, last_runs)),
            tuple(check_library(connection, extractor, deep=deep)),
        )


def _files(connection: sqlite3.Connection) -> list[FileState]:
    rows = connection.execute(
        "SELECT s.name, s.path, count(r.id) FROM source s LEFT JOIN record r ON r.source = s.id"
        " GROUP BY s.id ORDER BY s.name, s.id"
    )
    # What came from standard input is nowhere, and nobody misses it.
    return [FileState(name, count, path is None or Path(os.fsdecode(path)).exists()) for name, path, count in rows]


def _runs(connection: sqlite3.Connection, last: int) -> list[Run]:
    rows = connection.execute(
        "SELECT id, command, version, added, changed, removed, extracted, papers FROM run ORDER BY id DESC LIMIT ?",
        (last,),
    )
    return [Run(*row) for row in rows][::-1]


_RULES = {
    "records of no file": "SELECT count(*) FROM record WHERE source NOT IN (SELECT id FROM source)",
    "records of no paper": "SELECT count(*) FROM record WHERE id NOT IN (SELECT record FROM member)",
    "records without keys": "SELECT count(*) FROM record WHERE id NOT IN (SELECT record FROM join_key)",
    "keys of no record": "SELECT count(*) FROM join_key WHERE record NOT IN (SELECT id FROM record)",
    "papers of no record": "SELECT count(*) FROM paper WHERE id NOT IN (SELECT paper FROM member)",
    "members of no record": "SELECT count(*) FROM member WHERE record NOT IN (SELECT id FROM record)",
    "members of no paper": "SELECT count(*) FROM member WHERE paper NOT IN (SELECT id FROM paper)",
    "annotations of no paper": "SELECT count(*) FROM annotation WHERE text NOT IN (SELECT text FROM paper)",
}


def check_library(connection: sqlite3.Connection, extractor: Extractor, *, deep: bool = False) -> list[str]:
    """What is wrong with the database, and with what its tables say of each other; nothing if all is well."""
    problems = [line for (line,) in connection.execute("PRAGMA integrity_check(20)") if line != "ok"]
    if problems:
        return problems
    for rule, query in _RULES.items():
        (count,) = connection.execute(query).fetchone()
        if count:
            problems.append(f"{count} {rule}")
    return problems + _damaged_rows(connection, extractor) if deep else problems


def _damaged_rows(connection: sqlite3.Connection, extractor: Extractor) -> list[str]:
    problems = []
    for number, known, body in connection.execute("SELECT id, digest, body FROM record ORDER BY id"):
        keys = {key for (key,) in connection.execute("SELECT key FROM join_key WHERE record = ?", (number,))}
        try:
            whole = digest(unpack(body)) == known and join_keys(unpack_paper(body)) == keys
        except Exception as error:
            problems.append(f"record {number} cannot be read: {type(error).__name__}: {error}")
            continue
        if not whole:
            problems.append(f"record {number} is not what was stored")
    rows = connection.execute("SELECT id, text, digest FROM paper ORDER BY id").fetchall()
    try:
        for (name, text, known), paper in zip(rows, papers(connection), strict=True):
            if (paper.id, text_key(paper), pack_paper(paper, sources=True)[1]) != (name, text, known):
                problems.append(f"paper {name} is not what was stored")
    except Exception as error:
        problems.append(f"a paper cannot be read: {type(error).__name__}: {error}")
    try:
        for _ in linked_papers(connection, extractor):
            pass
    except Exception as error:
        problems.append(f"an annotation cannot be read: {type(error).__name__}: {error}")
    return problems
