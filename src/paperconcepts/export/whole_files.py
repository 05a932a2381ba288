"""Binary files and folders that other libraries write: whole under their final name, or not there."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from paperconcepts.errors import OutputError

__all__ = ["replaced_file", "target_folder"]


@contextmanager
def replaced_file(path: str | Path) -> Iterator[Path]:
    """Give a path beside ``path`` to write to, and move what is there to ``path`` when the block ends well.

    Raises:
        OutputError: the folder cannot be written, the disk is full, or the rename failed.

    Examples:
        >>> import pathlib, tempfile
        >>> target = pathlib.Path(tempfile.mkdtemp()) / "graph.db"
        >>> with replaced_file(target) as place:
        ...     _ = place.write_bytes(b"whole")
        >>> target.read_bytes(), [one.name for one in target.parent.iterdir()]
        (b'whole', ['graph.db'])
    """
    target = Path(path).resolve()  # the file that a link leads to, not the link
    folder: Path | None = None
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=".paperconcepts-", suffix=".part", dir=target.parent))
        place = folder / "file"
        yield place
        with place.open("rb+") as stream:
            os.fsync(stream.fileno())
        mask = os.umask(0)
        os.umask(mask)
        place.chmod(0o666 & ~mask)
        place.replace(target)
    except OSError as error:
        if isinstance(error, OutputError):
            raise
        reason = error.strerror or str(error)
        raise OutputError(f"cannot write {target}: {reason}; the earlier file, if any, is unchanged") from error
    finally:
        if folder is not None:
            shutil.rmtree(folder, ignore_errors=True)


def target_folder(path: str | Path) -> Path:
    """Make the folder ``path`` if it is missing and return where it really is.

    Raises:
        OutputError: there is a file of that name, or it cannot be made.

    Examples:
        >>> import tempfile
        >>> target_folder(tempfile.mkdtemp()).is_dir()
        True
    """
    folder = Path(path)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"cannot make the folder {folder}: {error.strerror or error}; give another -o") from error
    return folder.resolve()
