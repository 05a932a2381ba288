"""Files to records, one file after the other, as a build of all of them reads it."""

import hashlib
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from paperconcepts.errors import SourceError, UnknownFormatError
from paperconcepts.model import Paper
from paperconcepts.sources import STDIN_NAME, ReadReport, Skipped, read_papers
from paperconcepts.sources.cleaning import repair_text
from paperconcepts.sources.formats import SUFFIXES
from paperconcepts.sources.inputs import Input, expand_inputs

__all__ = ["File", "ReadRecord", "expand_files", "file_digest", "read_records"]

_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class File:
    """A file to read.

    Attributes:
        base: its name in the output, as long as no other file has the same.
        path: where it is; None for standard input.
        root: the folder that the user named, if the file was met in one.
        alone: whether it is the only file that was named, so that nothing in it is an error.
    """

    base: str
    path: Path | None
    root: Path | None = None
    alone: bool = False

    @property
    def read_as(self) -> str:
        """The name that it has when it is read by itself."""
        return repair_text(self.path.name) if self.path is not None else STDIN_NAME


@dataclass(frozen=True, slots=True)
class ReadRecord:
    """A record with what cleaning changed in it, by kind, and what was dropped."""

    paper: Paper
    cleaning: Counter[str]
    warnings: Counter[str]


def expand_files(inputs: str | Path | Iterable[str | Path]) -> list[File]:
    """The files that ``inputs`` stand for, each once, with the names that they have when no two have the same.

    Raises:
        SourceError: something named does not exist, or nothing is there to read.
    """
    values = [inputs] if isinstance(inputs, str | Path) else list(inputs)
    if not values:
        expand_inputs(values, suffixes=SUFFIXES)  # says what may be given
    found: dict[Path | None, File] = {}
    for value in values:
        for item in expand_inputs(value, suffixes=SUFFIXES):
            path = item.path.resolve() if item.path else None
            found.setdefault(path, File(_base(item), path, Path(value).resolve() if item.found else None))
    files = list(found.values())
    return files if len(files) > 1 else [File(file.base, file.path, file.root, alone=True) for file in files]


def _base(item: Input) -> str:
    return item.name if item.found or item.path is None else repair_text(item.path.name)


def file_digest(path: Path) -> bytes:
    """The SHA-256 of a file.

    Raises:
        SourceError: it cannot be read.
    """
    found = hashlib.sha256()
    try:
        with path.open("rb") as stream:
            while block := stream.read(_BLOCK):
                found.update(block)
    except OSError as error:
        raise SourceError(f"cannot be opened ({error.strerror})", file=os.fspath(path)) from error
    return found.digest()


def read_records(file: File, options: Mapping[str, Any], *, report: ReadReport, strict: bool) -> Iterator[ReadRecord]:
    """Yield the records of one file, read as a build reads it among others; ``report`` gets what it says of the file.

    ``options`` are settings of `paperconcepts.sources.read_papers`, such as ``format``.

    Raises:
        SourceError: as `paperconcepts.sources.read_papers`; a file without papers is an error only if it stands alone.
    """
    papers = read_papers(file.path if file.path is not None else "-", report=report, strict=strict, **options)
    cleaning, warnings = report.cleaning.copy(), report.warnings.copy()
    any_read = False
    while True:
        try:
            paper = next(papers, None)
        except SourceError as error:
            if strict or file.alone or any_read or not _may_be_left_out(error, file):
                raise
            report.skipped.append(Skipped(file.read_as, 0, _reason(error)))
            return
        if paper is None:
            return
        any_read = True
        yield ReadRecord(paper, report.cleaning - cleaning, report.warnings - warnings)
        cleaning, warnings = report.cleaning.copy(), report.warnings.copy()


def _may_be_left_out(error: SourceError, file: File) -> bool:
    """Whether a build of several files would leave this one out and say so."""
    if isinstance(error, UnknownFormatError):
        return file.root is not None
    return _reason(error).startswith(_NO_PAPER)


_NO_PAPER = "holds no paper"


def _reason(error: SourceError) -> str:
    reason = str(error).removeprefix(f"{error.file}: ")
    # Of a file among others a build says no more.
    return _NO_PAPER if reason.startswith(_NO_PAPER) else reason
