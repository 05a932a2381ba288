"""Which files a build of a library wrote, and of which state of it: a build of the same state need not be repeated."""

import hashlib
import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from paperconcepts.library.extractor import describe_extractor, digest_of_package
from paperconcepts.library.paper_rows import pack, unpack
from paperconcepts.library.reports import read_report
from paperconcepts.library.store import Library
from paperconcepts.sources.file_digests import file_digest

__all__ = ["are_current", "build_state", "remember_outputs"]


def build_state(library: Library, profile: str, settings: dict[str, Any], decisions: bytes) -> bytes:
    """One digest of all that the files of a build depend on: papers, report, settings, decisions and the program."""
    found = hashlib.sha256(digest_of_package() + describe_extractor(profile).digest)
    found.update(hashlib.sha256(decisions).digest())
    with library.reading() as connection:
        found.update(json.dumps([settings, read_report(connection).as_dict()], sort_keys=True).encode())
        for name, digest in connection.execute("SELECT id, digest FROM paper ORDER BY id"):
            found.update(name.encode() + b"\n" + digest)
    return found.digest()


def are_current(library: Library, folder: Path, state: bytes) -> list[Path]:
    """The files that the last build wrote to ``folder``, if it was of this ``state`` and none has changed since."""
    row = library.connection.execute("SELECT state, files FROM output WHERE folder = ?", (_key(folder),)).fetchone()
    if row is None or row[0] != state:
        return []
    files = [(folder / name, digest) for name, digest in unpack(row[1])]
    whole = all(path.is_file() and file_digest(path).hex() == digest for path, digest in files)
    return [path for path, _ in files] if whole else []


def remember_outputs(library: Library, folder: Path, files: Iterable[Path], state: bytes) -> None:
    """Note that a build of ``state`` has written these files of ``folder``."""
    rows = [(path.name, file_digest(path).hex()) for path in files]
    with library.transaction() as connection:
        connection.execute(
            "INSERT OR REPLACE INTO output (folder, state, files) VALUES (?, ?, ?)", (_key(folder), state, pack(rows))
        )


def _key(folder: Path) -> bytes:
    return os.fsencode(folder.resolve())
