"""Answers that were good, kept in a folder for a while, so that the same question does not burden a server twice."""

import hashlib
import json
import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from paperconcepts.errors import OutputError
from paperconcepts.fetch.waiting import Clock
from paperconcepts.files import write_atomic

__all__ = ["Cache", "default_folder"]

_FORGOTTEN = 30 * 86_400.0
_VERSION = 1


def default_folder(environment: Mapping[str, str] = os.environ, *, platform: str = sys.platform) -> Path:
    """Where this platform keeps what programs can fetch again.

    Examples:
        >>> default_folder({"XDG_CACHE_HOME": "/c"}, platform="linux").as_posix()
        '/c/paperconcepts/fetch'
        >>> default_folder({"LOCALAPPDATA": "/l"}, platform="win32").as_posix()
        '/l/paperconcepts/Cache/fetch'
    """
    if platform == "win32" and environment.get("LOCALAPPDATA"):
        return Path(environment["LOCALAPPDATA"], "paperconcepts", "Cache", "fetch")
    if platform == "darwin":
        return Path.home() / "Library" / "Caches" / "paperconcepts" / "fetch"
    # A relative path there is to be ignored (XDG Base Directory Specification).
    named = environment.get("XDG_CACHE_HOME", "")
    return (Path(named) if named.startswith("/") else Path.home() / ".cache") / "paperconcepts" / "fetch"


class Cache:
    """The kept answers of one source: a file for each, named by the address without keys.

    A folder that cannot be written costs the keeping, never the fetch; a damaged file is as good as none. Files older
    than 30 days (or than ``max_age``, if that is longer) are removed.
    """

    def __init__(self, folder: Path, *, max_age: float, clock: Clock) -> None:
        self._folder = folder
        self._max_age = max_age
        self._clock = clock

    def find(self, url: str) -> str | None:
        """The kept answer of an address, if it is young enough."""
        try:
            with self._path(url).open(encoding="utf-8", newline="") as stream:
                head, _, body = stream.read().partition("\n")
            facts = json.loads(head)
            age = self._clock.now() - float(facts["at"])
            good = facts["version"] == _VERSION and facts["url"] == url and facts["sha256"] == _digest(body)
        except (OSError, ValueError, TypeError, KeyError):
            return None
        return body if good and 0 <= age <= self._max_age else None

    def keep(self, url: str, body: str) -> None:
        """Keep an answer."""
        facts = {"version": _VERSION, "url": url, "at": self._clock.now(), "sha256": _digest(body)}
        with suppress(OutputError):
            write_atomic(self._path(url), f"{json.dumps(facts)}\n{body}")

    def tidy(self) -> None:
        """Remove what is too old to be of use."""
        oldest = self._clock.now() - max(self._max_age, _FORGOTTEN)
        with suppress(OSError):
            for path in self._folder.glob("*.cached"):
                with suppress(OSError):
                    if path.stat().st_mtime < oldest:
                        path.unlink()

    def _path(self, url: str) -> Path:
        return self._folder / f"{_digest(url)[:40]}.cached"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
