"""What extraction found, stored by text and extractor: no text is read twice by the same rules."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from paperconcepts.library.extractor import Extractor
from paperconcepts.library.linked_rows import pack_linked, unpack_linked
from paperconcepts.library.paper_rows import text_key, unpack_paper
from paperconcepts.library.record_rows import source_record
from paperconcepts.library.store import Library
from paperconcepts.model import LinkedPaper, Paper

__all__ = ["LinkPapers", "complete_annotations", "count_pending", "drop_stale", "linked_papers", "papers"]

LinkPapers = Callable[[Iterable[Paper]], Iterator[LinkedPaper]]
"""Extraction and linking of papers one by one, in order."""

Progress = Callable[[int, int], None]
# What a kill costs at most; a commit costs some milliseconds.
_BATCH = 50

_PAPER = (
    "SELECT p.body, r.body, s.name, r.number, r.format, r.origin{more} FROM paper p"
    " LEFT JOIN record r ON r.id = p.record LEFT JOIN source s ON s.id = r.source"
)
_OPEN = (
    "FROM paper p WHERE NOT EXISTS (SELECT 1 FROM annotation a JOIN extractor e ON e.id = a.extractor"
    " WHERE a.text = p.text AND e.digest = ?)"
)


def _paper(row: Sequence[Any]) -> Paper:
    merged, alone, *place = row
    return unpack_paper(merged) if merged is not None else unpack_paper(alone, sources=(source_record(*place),))


def papers(connection: sqlite3.Connection) -> Iterator[Paper]:
    """All papers, by id, as `paperconcepts.sources.merge_papers` of all records gives them."""
    for row in connection.execute(_PAPER.format(more="") + " ORDER BY p.id"):
        yield _paper(row)


def linked_papers(connection: sqlite3.Connection, extractor: Extractor) -> Iterator[LinkedPaper]:
    """All papers that this extractor has read, by id, with what it found."""
    query = _PAPER.format(more=", a.body") + (
        " JOIN annotation a ON a.text = p.text JOIN extractor e ON e.id = a.extractor WHERE e.digest = ? ORDER BY p.id"
    )
    for *row, body in connection.execute(query, (extractor.digest,)):
        yield unpack_linked(body, _paper(row))


def count_pending(connection: sqlite3.Connection, extractor: Extractor) -> int:
    """The number of papers that this extractor has still to read."""
    (number,) = connection.execute(f"SELECT count(*) {_OPEN}", (extractor.digest,)).fetchone()
    return int(number)


def pending_papers(connection: sqlite3.Connection, extractor: Extractor) -> Iterator[Paper]:
    """Papers that this extractor has still to read, one of each text, by id."""
    query = f"SELECT min(p.id) {_OPEN} GROUP BY p.text ORDER BY 1"
    ids = [name for (name,) in connection.execute(query, (extractor.digest,))]
    for name in ids:
        yield _paper(connection.execute(_PAPER.format(more="") + " WHERE p.id = ?", (name,)).fetchone())


def complete_annotations(
    library: Library, extractor: Extractor, link_papers: LinkPapers, *, progress: Progress | None = None
) -> int:
    """Let the extractor read what it has not read yet, and store its finds as it goes; return how many texts it read.

    What is stored when the process dies need not be read again.
    """
    total = sum(1 for _ in _open_texts(library.connection, extractor))
    if not total:
        return 0
    found = link_papers(pending_papers(library.connection, extractor))
    done = 0
    while batch := list(islice(found, _BATCH)):
        rows = [(text_key(item.paper), pack_linked(item)) for item in batch]
        with library.transaction() as connection:
            number = _extractor_number(connection, extractor)
            connection.executemany(
                "INSERT OR REPLACE INTO annotation (text, extractor, body) VALUES (?, ?, ?)",
                [(text, number, body) for text, body in rows],
            )
        done += len(batch)
        if progress is not None:
            progress(done, total)
    return done


def _open_texts(connection: sqlite3.Connection, extractor: Extractor) -> Iterator[bytes]:
    query = f"SELECT DISTINCT p.text {_OPEN}"
    for (text,) in connection.execute(query, (extractor.digest,)):
        yield text


def _extractor_number(connection: sqlite3.Connection, extractor: Extractor) -> int:
    connection.execute(
        "INSERT OR IGNORE INTO extractor (profile, digest, version) VALUES (?, ?, ?)",
        (extractor.profile, extractor.digest, extractor.version),
    )
    (number,) = connection.execute("SELECT id FROM extractor WHERE digest = ?", (extractor.digest,)).fetchone()
    return int(number)


def drop_stale(library: Library, extractor: Extractor) -> int:
    """Forget what earlier versions of this extractor found; return the number of texts."""
    with library.transaction() as connection:
        stale = "(SELECT id FROM extractor WHERE profile = ? AND digest <> ?)"
        named = (extractor.profile, extractor.digest)
        dropped = connection.execute(f"DELETE FROM annotation WHERE extractor IN {stale}", named).rowcount  # noqa: S608
        connection.execute(f"DELETE FROM extractor WHERE id IN {stale}", named)  # noqa: S608 - our own names
    return dropped
