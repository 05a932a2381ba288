"""Find what a person means by the name of a paper or of a file."""

import difflib
import sqlite3

from paperconcepts.errors import UnknownNameError
from paperconcepts.library.join_keys import join_keys
from paperconcepts.model import Paper
from paperconcepts.sources.cleaning import repair_text
from paperconcepts.sources.identifiers import infer_identifiers

__all__ = ["find_paper", "find_source"]

_PLACE = "this library"


def find_paper(connection: sqlite3.Connection, name: str) -> str:
    """The id of the paper of this id, identifier, address or title.

    Raises:
        UnknownNameError: there is none, or several papers have this title; their ids are suggested.
    """
    # As the texts of papers are; and what is no valid Unicode cannot even be looked for.
    name = repair_text(name)
    if connection.execute("SELECT 1 FROM paper WHERE id = ?", (name,)).fetchone():
        return name
    if not name.strip():
        raise UnknownNameError(name, kind="paper", place=_PLACE)
    named = Paper(id=name, title=name, identifiers=infer_identifiers(name))
    by_kind: dict[bytes, set[str]] = {b"n": set(), b"t": set()}
    for key in join_keys(named):
        by_kind.setdefault(key[:1], set()).update(
            paper
            for (paper,) in connection.execute(
                "SELECT m.paper FROM join_key k JOIN member m ON m.record = k.record WHERE k.key = ?", (key,)
            )
        )
    found = by_kind[b"n"] or by_kind[b"t"]
    if len(found) != 1:
        raise UnknownNameError(name, kind="paper", suggestions=sorted(found) or _near(connection, name), place=_PLACE)
    return found.pop()


def _near(connection: sqlite3.Connection, name: str) -> list[str]:
    # A damaged row must not hide that the name is unknown.
    ids = [
        paper
        for (paper,) in connection.execute("SELECT id FROM paper WHERE typeof(id) = 'text' ORDER BY id LIMIT 20000")
    ]
    return difflib.get_close_matches(name, ids, n=3, cutoff=0.75)


def find_source(connection: sqlite3.Connection, name: str) -> int:
    """The number of the file of this name.

    Raises:
        UnknownNameError: there is none, or several have the name; the names that there are are suggested.
    """
    rows = connection.execute("SELECT id, name FROM source ORDER BY name, id").fetchall()
    found = [number for number, known in rows if known in (name, repair_text(name))]
    if len(found) != 1:
        known = [known for _, known in rows]
        near = difflib.get_close_matches(name, known, n=3, cutoff=0.3) or known[:3]
        raise UnknownNameError(name, kind="file", suggestions=near, place=_PLACE)
    return int(found[0])
