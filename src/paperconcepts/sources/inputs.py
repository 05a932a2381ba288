"""Find the files that a user means and turn their bytes into lines."""

import glob
import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from paperconcepts.errors import SourceError
from paperconcepts.sources.cleaning import repair_text

__all__ = ["STDIN_NAME", "Input", "decode_lines", "expand_inputs", "open_input"]

STDIN_NAME = "stdin"
_STDIN = "-"
_SUFFIXES = frozenset(("", ".txt", ".jsonl", ".json", ".ndjson", ".md", ".html"))
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_UTF8_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Input:
    """One file to read: ``name`` goes into the output and tells nothing about the machine; no ``path`` is stdin.

    ``found`` is True for a file that was not named by the user but met in a folder.
    """

    name: str
    path: Path | None
    found: bool = False


def expand_inputs(inputs: str | Path | Iterable[str | Path]) -> list[Input]:
    """Return the files that ``inputs`` stand for: files, folders, glob patterns, ``-`` for standard input.

    A folder gives its files and those of its folders, sorted, without hidden ones and without those whose suffix is no
    text's (.txt .jsonl .json .ndjson .md .html or none). A file that is meant twice is read once. A file's name is its
    path in the folder that the user gave, else its base name (with its folder's where two files share a base name).

    Raises:
        SourceError: something named does not exist, or nothing is there to read.
    """
    values = [inputs] if isinstance(inputs, str | Path) else list(inputs)
    if not values:
        raise SourceError("no input: give files, folders, glob patterns or '-'")
    found: dict[Path | None, Input] = {}
    for value in values:
        for item in _expand(value):
            found.setdefault(item.path.resolve() if item.path else None, item)
    return _tell_apart(list(found.values()))


def _expand(value: str | Path) -> list[Input]:
    if value == _STDIN:
        return [Input(STDIN_NAME, None)]
    path = Path(value)
    if path.is_dir():
        return _expand_folder(path)
    if path.exists():
        return [Input(repair_text(path.name), path)]
    matches = sorted(Path(match) for match in glob.glob(str(value), recursive=True))  # noqa: PTH207 - absolute patterns too
    if not matches:
        raise SourceError("no such file, folder or match of this pattern", file=str(value))
    files = [match for match in matches if match.is_file()]
    if not files:
        raise SourceError(
            "this pattern matches folders only; name a folder itself to read what is in it", file=str(value)
        )
    return [Input(repair_text(match.name), match) for match in files]


def _expand_folder(folder: Path) -> list[Input]:
    paths: list[Path] = []
    for parent, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        paths += [Path(parent, name) for name in files if not name.startswith(".")]
    # Pipes and sockets have no end to read to.
    known = [path for path in paths if path.suffix.lower() in _SUFFIXES and path.is_file()]
    readable = sorted((path.relative_to(folder).as_posix(), path) for path in known)
    if not readable:
        raise SourceError(
            f"no file to read in this folder (suffixes: {' '.join(sorted(_SUFFIXES - {''}))} or none)", file=str(folder)
        )
    return [Input(repair_text(name), path, found=True) for name, path in readable]


def _tell_apart(items: list[Input]) -> list[Input]:
    counts = Counter(item.name for item in items)
    return [
        item
        if counts[item.name] == 1 or item.path is None
        else Input(f"{item.path.resolve().parent.name}/{item.name}", item.path, item.found)
        for item in items
    ]


def open_input(item: Input) -> BinaryIO:
    """Open a file (or standard input) for reading bytes.

    Raises:
        SourceError: it cannot be opened.
    """
    if item.path is None:
        return sys.stdin.buffer
    try:
        return item.path.open("rb")
    except OSError as error:
        raise SourceError(f"cannot be opened ({error.strerror})", file=item.name) from error


def decode_lines(stream: BinaryIO, *, replaced: Counter[str]) -> Iterator[str]:
    r"""Yield the lines of ``stream``, decoded as UTF-8 (or UTF-16 where its mark says so).

    Bytes that are no UTF-8 become U+FFFD and are counted in ``replaced``. Lines end at LF, CRLF or CR. Only one line
    is held in memory.

    Examples:
        >>> import io
        >>> replaced = Counter()
        >>> list(decode_lines(io.BytesIO(b"\xef\xbb\xbfa\r\nb\xff"), replaced=replaced)), replaced
        (['a', 'b\ufffd'], Counter({'bytes that are not UTF-8': 1}))
    """
    for index, line in enumerate(stream):
        if index == 0 and line[:2] in _UTF16:
            yield from _decode_utf16(line + stream.read(), replaced)
            return
        text = _decode(line.removeprefix(_UTF8_MARK) if index == 0 else line, replaced)
        text = text.removesuffix("\n").removesuffix("\r")
        yield from text.replace("\r\n", "\n").replace("\r", "\n").split("\n") if "\r" in text else (text,)


def _decode(line: bytes, replaced: Counter[str]) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        text = line.decode("utf-8", errors="replace")
        replaced["bytes that are not UTF-8"] += text.count("\ufffd") - line.count("\ufffd".encode())
        return text


def _decode_utf16(data: bytes, replaced: Counter[str]) -> list[str]:
    text = data.decode("utf-16", errors="replace")
    if "\ufffd" in text:
        replaced["bytes that are not UTF-16"] += text.count("\ufffd")
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
