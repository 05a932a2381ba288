"""The folder of a site: what an earlier run wrote there is ours to replace and remove, and nothing else."""

import json
from collections.abc import Collection
from pathlib import Path

from paperconcepts.errors import OutputError
from paperconcepts.export.whole_files import target_folder
from paperconcepts.files import write_atomic

__all__ = ["MANIFEST", "SiteFolder"]

MANIFEST = "site.json"
_FORMAT = "paperconcepts-site 1"


class SiteFolder:
    """A folder that holds a site, or will.

    Its list ``site.json`` names the files of the site. It is written before them, with those of the earlier site, and
    again after them, so that a run that was broken off leaves no file that nobody knows of.

    Examples:
        >>> import tempfile
        >>> folder = SiteFolder(tempfile.mkdtemp(), {"index.html"})
        >>> folder.write("index.html", "<!doctype html>")
        True
        >>> folder.finish()
        0
    """

    def __init__(self, path: str | Path, files: Collection[str]) -> None:
        """Take the paths of all files that will be written.

        Raises:
            OutputError: there is a file of that name that no earlier site wrote, or a link leads out of the folder.
        """
        self._folder = target_folder(path)
        self._files = set(files)
        self._earlier = self._read_manifest()
        for name in sorted(self._files - self._earlier):
            if self._place(name).exists():
                raise OutputError(
                    f"{self._folder / name} exists and is not of a site written before; move it, or give another -o"
                )
        self._write_manifest(self._files | self._earlier)

    def place(self, name: str) -> Path:
        """Where a file of the site lies.

        Raises:
            OutputError: a link leads out of the folder.
        """
        return self._place(name)

    def write(self, name: str, text: str) -> bool:
        """Write a file, whole or not at all; False if it was as it is to be, and is left alone.

        Raises:
            OutputError: it cannot be written.
        """
        place = self._place(name)
        data = text.encode()
        # What need not be written is not flushed to the disk: most pages of a site are as they were.
        if place.is_file() and place.stat().st_size == len(data) and place.read_bytes() == data:
            return False
        write_atomic(place, text)
        return True

    def finish(self) -> int:
        """Remove the files of the earlier site that the new one does not have; how many they were.

        Raises:
            OutputError: one cannot be removed.
        """
        gone = 0
        for name in sorted(self._earlier - self._files):
            place = self._place(name)
            try:
                if place.is_file():
                    place.unlink()
                    gone += 1
                if place.parent != self._folder and place.parent.is_dir() and not any(place.parent.iterdir()):
                    place.parent.rmdir()
            except OSError as error:
                raise OutputError(f"cannot remove {place}: {error.strerror or error}") from error
        self._write_manifest(self._files)
        return gone

    def _place(self, name: str) -> Path:
        place = self._folder / name
        # A link that someone has put there must not lead a page out of the folder.
        if place.is_symlink() or not place.parent.resolve().is_relative_to(self._folder):
            raise OutputError(f"cannot write {place}: a link leads out of the folder; remove it, or give another -o")
        return place

    def _read_manifest(self) -> set[str]:
        place = self._place(MANIFEST)
        try:
            found = json.loads(place.read_text(encoding="utf-8"))
            names = found["files"] if found["format"] == _FORMAT else None
        except FileNotFoundError:
            return set()
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            names = None
        if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
            raise OutputError(f"{place} is not the list of a site written before; move it, or give another -o")
        return {name for name in names if _is_inside(name)}

    def _write_manifest(self, names: Collection[str]) -> None:
        text = json.dumps({"format": _FORMAT, "files": sorted(names)}, indent=0)
        write_atomic(self._place(MANIFEST), f"{text}\n")


def _is_inside(name: str) -> bool:
    """Whether a name of the list is a path below the folder; others may have written into the list."""
    parts = name.split("/")
    return bool(name) and "\\" not in name and "\0" not in name and not {"", ".", ".."} & set(parts) and ":" not in name
