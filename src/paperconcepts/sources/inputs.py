"""Find the files that a user means and turn their bytes into lines."""

import codecs
import glob
import os
import re
import sys
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from paperconcepts.errors import SourceError
from paperconcepts.sources.cleaning import repair_text
from paperconcepts.sources.input_names import distinct_names

__all__ = ["STDIN_NAME", "Input", "decode_lines", "expand_inputs", "open_input"]

STDIN_NAME = "stdin"
_STDIN = "-"
_PACKED = (".gz", ".bz2", ".xz", ".zst", ".zip")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_UTF8_MARK = b"\xef\xbb\xbf"
_LONGEST_LINE = 1 << 26
_LONGEST_OTHER = 1 << 24
# A folder that a build has written to holds these two, and perhaps the others.
_BUILT = frozenset({"papers.jsonl", "report.json"})
_OWN = _BUILT | {"nodes.csv", "edges.csv"}
_BLOCK = 1 << 16
_BUFFER = 1 << 18
_DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s{0,9}=\s{0,9}[\"']([A-Za-z0-9._-]{1,40})")
# What XML files of catalogues declare; the decoders of these neither fail nor load anything.
_ENCODINGS = frozenset(
    "iso8859-1 iso8859-2 iso8859-15 cp1250 cp1251 cp1252 koi8-r gb18030 gbk big5 shift_jis euc_jp euc_kr".split()
)


@dataclass(frozen=True, slots=True)
class Input:
    """One file to read: ``name`` goes into the output and tells nothing about the machine; no ``path`` is stdin.

    ``found`` is True for a file that was not named by the user but met in a folder.
    """

    name: str
    path: Path | None
    found: bool = False


def expand_inputs(
    inputs: str | Path | Iterable[str | Path], *, suffixes: Collection[str] = ("", ".txt")
) -> list[Input]:
    """Return the files that ``inputs`` stand for: files, folders, glob patterns, ``-`` for standard input.

    A folder gives its files and those of its folders, sorted, without hidden ones and without those whose suffix is
    none of ``suffixes`` (a suffix of compression may follow it, or stand alone). A file that is meant twice is read
    once. A file's name is its path in the folder that the user gave, else its base name; files of one name are told
    apart by their folders, see `paperconcepts.sources.input_names.distinct_names`.

    Raises:
        SourceError: something named does not exist, or nothing is there to read.
    """
    values = [inputs] if isinstance(inputs, str | Path) else list(inputs)
    if not values:
        raise SourceError("no input: give files, folders, glob patterns or '-'")
    found: dict[Path | None, Input] = {}
    for value in values:
        for item in _expand(value, frozenset(suffixes)):
            found.setdefault(item.path.resolve() if item.path else None, item)
    return _tell_apart(list(found.values()))


def _expand(value: str | Path, suffixes: frozenset[str]) -> list[Input]:
    if value == _STDIN:
        return [Input(STDIN_NAME, None)]
    path = Path(value)
    if path.is_dir():
        return _expand_folder(path, suffixes)
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


def _expand_folder(folder: Path, suffixes: frozenset[str]) -> list[Input]:
    paths: list[Path] = []
    for parent, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        paths += [Path(parent, name) for name in _without_own(files) if not name.startswith(".")]
    # Pipes and sockets have no end to read to.
    known = [path for path in paths if _may_be_read(path, suffixes) and path.is_file()]
    readable = sorted((path.relative_to(folder).as_posix(), path) for path in known)
    if not readable:
        named = " ".join(sorted(suffixes - {""}))
        raise SourceError(
            f"no file to read in this folder (suffixes: {named} or none, and {' '.join(_PACKED)})", file=str(folder)
        )
    return [Input(repair_text(name), path, found=True) for name, path in readable]


def _without_own(names: list[str]) -> list[str]:
    """The files of a folder without what a build has written there: its papers would be read as further records."""
    if not set(names) >= _BUILT:
        return names
    return [name for name in names if name not in _OWN and not name.startswith("graph.")]


def _may_be_read(path: Path, suffixes: frozenset[str]) -> bool:
    suffix = path.suffix.lower()
    if suffix not in _PACKED:
        return suffix in suffixes
    return suffix == ".zip" or Path(path.stem).suffix.lower() in suffixes


def _tell_apart(items: list[Input]) -> list[Input]:
    if len({item.name for item in items}) == len(items):
        return items
    names = distinct_names([(item.name, str(item.path.resolve()) if item.path else None) for item in items])
    return [Input(name, item.path, item.found) for name, item in zip(names, items, strict=True)]


def open_input(item: Input) -> BinaryIO:
    """Open a file (or standard input) for reading bytes.

    Raises:
        SourceError: it cannot be opened.
    """
    if item.path is None:
        return sys.stdin.buffer
    try:
        return item.path.open("rb", buffering=_BUFFER)
    except OSError as error:
        raise SourceError(f"cannot be opened ({error.strerror})", file=item.name) from error


def decode_lines(
    stream: BinaryIO, *, replaced: Counter[str], too_long: list[int] | None = None, longest: int = _LONGEST_LINE
) -> Iterator[str]:
    r"""Yield the lines of ``stream``, decoded as UTF-8 (or as UTF-16 or an XML declaration says).

    Bytes that are no UTF-8 become U+FFFD and are counted in ``replaced``. Lines end at LF, CRLF or CR. Only one line
    is held in memory; one of more than ``longest`` bytes is left out and its number put into ``too_long``.

    Examples:
        >>> import io
        >>> replaced = Counter()
        >>> list(decode_lines(io.BytesIO(b"\xef\xbb\xbfa\r\nb\xff"), replaced=replaced)), replaced
        (['a', 'b\ufffd'], Counter({'bytes that are not UTF-8': 1}))
    """
    for index, line in enumerate(iter(lambda: stream.readline(longest), b"")):
        if index == 0 and (encoding := _find_encoding(line)):
            yield from _decode_other(line, stream, encoding, replaced, too_long, longest)
            return
        if len(line) == longest and not line.endswith(b"\n"):
            _skip_line(stream)
            if too_long is not None:
                too_long.append(index + 1)
            continue
        text = _decode(line.removeprefix(_UTF8_MARK) if index == 0 else line, replaced)
        text = text.removesuffix("\n").removesuffix("\r")
        yield from text.replace("\r\n", "\n").replace("\r", "\n").split("\n") if "\r" in text else (text,)


def _skip_line(stream: BinaryIO) -> None:
    while (piece := stream.readline(_BLOCK)) and not piece.endswith(b"\n"):
        pass


def _find_encoding(line: bytes) -> str:
    """The encoding that a first line tells of, if it is not UTF-8."""
    if line[:2] in _UTF16:
        return "utf-16"
    declared = _DECLARED.match(line.lstrip()[:400])
    if declared is None:
        return ""
    try:
        name = codecs.lookup(declared[1].decode("ascii")).name
    except LookupError:
        return ""
    return name if name in _ENCODINGS else ""


def _decode(line: bytes, replaced: Counter[str]) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        text = line.decode("utf-8", errors="replace")
        replaced["bytes that are not UTF-8"] += text.count("\ufffd") - line.count("\ufffd".encode())
        return text


def _decode_other(
    head: bytes, stream: BinaryIO, encoding: str, replaced: Counter[str], too_long: list[int] | None, longest: int
) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
    number, rest, block = 0, "", head
    while True:
        text = decoder.decode(block, final=not block)
        if "\ufffd" in text:
            replaced[f"bytes that are not {encoding.upper()}"] += text.count("\ufffd")
        # A CR at the end may be the half of a CRLF.
        held = "\r" if block and text.endswith("\r") else ""
        whole = (rest + text.removesuffix(held)).replace("\r\n", "\n").replace("\r", "\n")
        *lines, rest = whole.split("\n")
        rest += held
        for line in lines:
            number += 1
            yield line
        if len(rest) > min(longest, _LONGEST_OTHER):
            if too_long is not None:
                too_long.append(number + 1)
            return
        if not block:
            break
        block = stream.read(_BLOCK)
    if rest:
        yield rest
