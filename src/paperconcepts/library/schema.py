"""The tables of a library, and how a file of an earlier version is brought to this one."""

import sqlite3
from collections.abc import Callable

from paperconcepts.errors import LibraryError

__all__ = ["APPLICATION_ID", "MIGRATIONS", "SCHEMA_VERSION", "check_schema", "make_schema", "migrate"]

APPLICATION_ID = 0x70634C42
"""Stands in the head of the file ("pcLB"): this database is a library and nothing else."""

SCHEMA_VERSION = 1

_TABLES = """
-- What holds for the whole library: the profile that extracts.
CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

-- A file that was read. `base` is its name before files of one name are told apart, `root` the folder in which it was
-- met, `options` how it is read, `reader` the version of what read it, `report` what that left out.
CREATE TABLE source (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL, base TEXT NOT NULL, path BLOB UNIQUE, root BLOB,
    options BLOB NOT NULL, sha256 BLOB, reader BLOB, report BLOB NOT NULL
);

-- Files that were taken out: their folder does not bring them back.
CREATE TABLE excluded (path BLOB PRIMARY KEY, base TEXT NOT NULL) WITHOUT ROWID;

-- A record of a file as it was read, before it is merged with others. `digest` is of its content, `counts` what its
-- cleaning changed.
CREATE TABLE record (
    id INTEGER PRIMARY KEY, source INTEGER NOT NULL REFERENCES source, number INTEGER NOT NULL, format TEXT NOT NULL,
    origin BLOB, digest BLOB NOT NULL, counts BLOB, body BLOB NOT NULL
);
CREATE INDEX record_source ON record (source);

-- Two records can only be of one paper if they share a key, or a chain of records between them does.
CREATE TABLE join_key (key BLOB NOT NULL, record INTEGER NOT NULL, PRIMARY KEY (key, record)) WITHOUT ROWID;
CREATE INDEX join_key_record ON join_key (record);

-- A paper: its records merged. Where it has but one, `record` names it and `body` is NULL.
CREATE TABLE paper (
    id TEXT PRIMARY KEY, text BLOB NOT NULL, digest BLOB NOT NULL, record INTEGER, body BLOB, conflicts BLOB
);
CREATE INDEX paper_text ON paper (text);

-- Which records a paper was made of.
CREATE TABLE member (record INTEGER NOT NULL, paper TEXT NOT NULL, PRIMARY KEY (record, paper)) WITHOUT ROWID;
CREATE INDEX member_paper ON member (paper);

-- A version of what extracts: profile, models, catalogue and rules.
CREATE TABLE extractor (id INTEGER PRIMARY KEY, profile TEXT NOT NULL, digest BLOB NOT NULL UNIQUE, version TEXT);

-- What an extractor found in a text.
CREATE TABLE annotation (
    text BLOB NOT NULL, extractor INTEGER NOT NULL REFERENCES extractor, body BLOB NOT NULL,
    PRIMARY KEY (text, extractor)
);

-- Records that were taken out, by their content: reading their file again does not bring them back.
CREATE TABLE removed (digest BLOB PRIMARY KEY, label TEXT NOT NULL) WITHOUT ROWID;

-- The decisions of a person that every build of this library applies.
CREATE TABLE decisions (id INTEGER PRIMARY KEY CHECK (id = 1), name TEXT NOT NULL, text BLOB NOT NULL);

-- What was done, in order.
CREATE TABLE run (
    id INTEGER PRIMARY KEY, command TEXT NOT NULL, version TEXT NOT NULL, added INTEGER NOT NULL,
    changed INTEGER NOT NULL, removed INTEGER NOT NULL, extracted INTEGER NOT NULL, papers INTEGER NOT NULL
);

-- The files that the last build of a folder wrote, and of which state.
CREATE TABLE output (folder BLOB PRIMARY KEY, state BLOB NOT NULL, files BLOB NOT NULL) WITHOUT ROWID;
"""

MIGRATIONS: dict[int, Callable[[sqlite3.Connection], None]] = {}
"""{version: what brings a file of this version to the next}; each runs inside a transaction."""


def make_schema(connection: sqlite3.Connection) -> None:
    """Make the tables of an empty database, in the transaction that is open."""
    for statement in _TABLES.split(";\n"):
        if statement.strip():
            connection.execute(statement)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")


def check_schema(connection: sqlite3.Connection, library: str) -> int:
    """Return the version of the tables, which is this program's or an earlier one that can be migrated.

    Raises:
        LibraryError: it is another program's database, or of a version that this program does not know.
    """
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if application != APPLICATION_ID:
        raise LibraryError(
            "is a database, but no library of paperconcepts; give the file that 'paperconcepts add' made",
            library=library,
        )
    if version > SCHEMA_VERSION:
        raise LibraryError(
            f"was written by a newer paperconcepts (tables of version {version}, this program knows {SCHEMA_VERSION});"
            " upgrade paperconcepts",
            library=library,
        )
    missing = [step for step in range(version, SCHEMA_VERSION) if step not in MIGRATIONS]
    if version < 1 or missing:
        raise LibraryError(
            f"has tables of version {version}, which this program cannot bring to version {SCHEMA_VERSION};"
            " make the library anew with 'paperconcepts add'",
            library=library,
        )
    return int(version)


def migrate(connection: sqlite3.Connection, version: int) -> None:
    """Bring the tables from ``version`` to this program's, in the transaction that is open."""
    for step in range(version, SCHEMA_VERSION):
        MIGRATIONS[step](connection)
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
