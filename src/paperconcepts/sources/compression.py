"""Expand compressed input: gzip, bzip2, xz, Zstandard and zip, told from the first bytes, within limits.

A file that expands without end costs time and no memory, as everything is read in pieces; the limits end it. What was
expanded before a fault (a truncated file, a wrong checksum, a limit) is given, and the fault is told after it.
"""

import bz2
import gzip
import importlib
import io
import lzma
import zipfile
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO, cast

from paperconcepts.errors import SourceError

__all__ = [
    "LARGEST_EXPANSION",
    "LARGEST_RATIO",
    "ExpandedFile",
    "begin",
    "expand",
    "find_excess",
    "is_zip",
    "iterate_members",
]

LARGEST_RATIO = 200
"""How many times its size a file may expand to; text comes to 4 to 20."""

LARGEST_EXPANSION = 1 << 36
"""How many bytes one file may expand to: 64 GiB, ten times the metadata of all arXiv papers."""

_FREE = 1 << 23  # so much may come from any file, whatever the ratio: small files of equal lines compress well
_MOST_MEMBERS = 10_000
_BUFFER = 1 << 18
_MAGIC = 6


class _Counted:
    """A stream that counts the bytes read from it."""

    def __init__(self, stream: BinaryIO) -> None:
        self.stream = stream
        self.count = 0

    def read(self, size: int = -1) -> bytes:
        """Read from the stream."""
        data = self.stream.read(size)
        self.count += len(data)
        return data

    def seekable(self) -> bool:
        return False

    def readable(self) -> bool:
        return True


class ExpandedFile(io.RawIOBase):
    """The expanded bytes of a compressed stream, up to the first fault; ``problem`` then says what it was."""

    def __init__(self, source: Any, packed: Callable[[], int], spent: int = 0) -> None:
        super().__init__()
        self.problem: str | None = None
        self.count = spent
        self._source = source
        self._packed = packed

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill ``buffer``; nothing is read after a fault."""
        if self.problem:
            return 0
        try:
            # One piece at a time: `read` would lose what it has already expanded when it meets the fault.
            data: bytes = self._source.read1(len(buffer))
        except Exception as error:  # Each library has its own kinds of errors for damaged data.
            self.problem = f"the compressed data is damaged or ends early ({error})"
            return 0
        self.count += len(data)
        self.problem = find_excess(self.count, self._packed)
        if self.problem:
            return 0
        buffer[: len(data)] = data
        return len(data)


def find_excess(count: int, packed: Callable[[], int]) -> str | None:
    """What is wrong with ``count`` bytes that came from ``packed()`` bytes, None if they may.

    Examples:
        >>> find_excess(1_000_000_000, lambda: 1_000)
        'expands to more than 200 times its size; expand it yourself if you trust it'
        >>> find_excess(1_000_000, lambda: 1_000)
    """
    if count > _FREE and count > LARGEST_RATIO * packed():
        return f"expands to more than {LARGEST_RATIO} times its size; expand it yourself if you trust it"
    if count > LARGEST_EXPANSION:
        return f"expands to more than {LARGEST_EXPANSION >> 30} GiB; split it"
    return None


def begin(stream: BinaryIO, size: int) -> bytes:
    """The first bytes of a stream, which stay in it."""
    if isinstance(stream, io.BufferedReader):
        return stream.peek(size)[:size]
    head = stream.read(size)
    stream.seek(0)
    return head


def expand(stream: BinaryIO, *, name: str) -> tuple[BinaryIO, ExpandedFile | None]:
    r"""Return the expanded bytes of ``stream``, and what knows of faults; a plain stream is returned as it is.

    Raises:
        SourceError: it needs a library that is not installed.

    Examples:
        >>> plain, state = expand(io.BytesIO(gzip.compress(b"text")), name="a.gz")
        >>> plain.read(), state.problem
        (b'text', None)
        >>> cut, state = expand(io.BytesIO(gzip.compress(b"text")[:-9]), name="a.gz")
        >>> _ = cut.read()
        >>> state.problem
        'the compressed data is damaged or ends early (Compressed file ended before the end-of-stream marker ...)'
    """
    head = begin(stream, _MAGIC)
    opener = next((opener for magic, opener in _OPENERS if head.startswith(magic)), None)
    if opener is None:
        return stream, None
    counted = _Counted(stream)
    expanded = ExpandedFile(opener(cast("BinaryIO", counted), name), lambda: counted.count)
    return cast("BinaryIO", io.BufferedReader(expanded, _BUFFER)), expanded


def is_zip(stream: BinaryIO) -> bool:
    r"""Whether ``stream`` begins like a zip archive.

    Examples:
        >>> is_zip(io.BytesIO(b"PK\x03\x04...")), is_zip(io.BytesIO(b"PK"))
        (True, False)
    """
    return begin(stream, 4) in (b"PK\x03\x04", b"PK\x05\x06")


def iterate_members(stream: BinaryIO, *, name: str) -> Iterator[tuple[str, BinaryIO, ExpandedFile]]:
    """Yield name, bytes and state of each file in a zip archive, sorted by name, without hidden ones.

    The limits hold for all of them together, so members that share their bytes do not help a bomb.

    Raises:
        SourceError: it is no whole archive, holds too many files, or cannot be read from where it is.
    """
    if not stream.seekable():
        raise SourceError("a zip archive cannot be read from a pipe; give its path", file=name)
    try:
        archive = zipfile.ZipFile(stream)
        members = sorted(archive.infolist(), key=lambda member: member.filename)
    except Exception as error:
        raise SourceError(f"not a whole zip archive ({error})", file=name) from error
    if len(members) > _MOST_MEMBERS:
        raise SourceError(f"holds {len(members):,} files, more than {_MOST_MEMBERS:,}; expand it yourself", file=name)
    size = stream.seek(0, io.SEEK_END)
    spent = 0
    for member in members:
        parts = member.filename.split("/")
        if member.is_dir() or any(part.startswith((".", "__MACOSX")) for part in parts):
            continue
        state = ExpandedFile(_LateMember(archive, member), lambda: size, spent)
        yield f"{name}/{member.filename}", cast("BinaryIO", io.BufferedReader(state, _BUFFER)), state
        spent = state.count


class _LateMember:
    """A member that is opened with the first read, so that what is wrong with it is told like other faults."""

    def __init__(self, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
        self._archive, self._member = archive, member
        self._stream: Any = None

    def read1(self, size: int) -> bytes:
        if self._stream is None:
            self._stream = self._archive.open(self._member)
        data: bytes = self._stream.read1(size)
        return data


def _open_zstd(stream: BinaryIO, name: str) -> Any:
    for module in ("compression.zstd", "backports.zstd"):
        try:
            return importlib.import_module(module).ZstdFile(stream)
        except ImportError:
            continue
    raise SourceError("Zstandard needs Python 3.14 or: pip install 'paperconcepts[zst]'", file=name)


_OPENERS: tuple[tuple[bytes, Callable[[BinaryIO, str], Any]], ...] = (
    (b"\x1f\x8b", lambda stream, name: gzip.GzipFile(fileobj=stream, mode="rb")),
    (b"BZh", lambda stream, name: bz2.BZ2File(stream)),
    (b"\xfd7zXZ\x00", lambda stream, name: lzma.LZMAFile(stream)),  # noqa: SIM115 - closed with the stream under it
    (b"\x28\xb5\x2f\xfd", _open_zstd),
)
