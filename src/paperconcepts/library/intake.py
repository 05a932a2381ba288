"""Files to records, one file after the other, as a build of all of them reads it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from paperconcepts.errors import SourceError
from paperconcepts.model import Paper
from paperconcepts.sources import STDIN_NAME, ReadReport, Skipped, read_papers
from paperconcepts.sources.cleaning import repair_text
from paperconcepts.sources.formats import SUFFIXES
from paperconcepts.sources.inputs import Input, expand_inputs
from paperconcepts.sources.reading import skip_reason

__all__ = ["File", "ReadRecord", "expand_files", "read_records", "refuse_damaged"]


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


def read_records(file: File, options: Mapping[str, Any], *, report: ReadReport, strict: bool) -> Iterator[ReadRecord]:
    """Yield the records of one file, read as a build reads it among others; ``report`` gets what it says of the file.

    ``options`` are settings of `paperconcepts.sources.read_papers`, such as ``format``.

    Raises:
        SourceError: as `paperconcepts.sources.read_papers`; a file without papers is an error only if it stands alone.
    """
    papers = read_papers(file.path if file.path is not None else "-", report=report, strict=strict, **options)
    cleaning, warnings = report.cleaning.copy(), report.warnings.copy()
    while True:
        try:
            paper = next(papers, None)
        except SourceError as error:
            if strict or file.alone or not _may_be_left_out(error, file):
                raise
            _leave_out(error, file, report)
            return
        if paper is None:
            return
        yield ReadRecord(paper, report.cleaning - cleaning, report.warnings - warnings)
        cleaning, warnings = report.cleaning.copy(), report.warnings.copy()


def _may_be_left_out(error: SourceError, file: File) -> bool:
    """Whether a build of several files would leave this one out, or what is left of it, and say so."""
    return file.root is not None or skip_reason(error).startswith(_NO_PAPER)


def _leave_out(error: SourceError, file: File, report: ReadReport) -> None:
    reason = skip_reason(error)
    if not reason.startswith(_NO_PAPER):
        report.skipped.append(Skipped(file.read_as, 0, reason))
    # Of a file among others a build says no more, and nothing where a fault of the whole file says why.
    elif not any(skipped.file == file.read_as and not skipped.record for skipped in report.skipped):
        report.skipped.append(Skipped(file.read_as, 0, _NO_PAPER))


_NO_PAPER = "holds no paper"
# How `paperconcepts.sources.compression` tells of a fault.
_DAMAGE = ("the compressed data is damaged", "expands to more than")


def refuse_damaged(file: File, report: ReadReport) -> None:
    """Refuse a compressed file that ended early or was damaged within: what it said before may be more.

    Raises:
        SourceError: it is such a file.
    """
    for skipped in report.skipped:
        if skipped.record == 0 and skipped.reason.startswith(_DAMAGE):
            raise SourceError(skipped.reason, file=skipped.file)
