"""Read papers from files of any mix of formats."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from difflib import get_close_matches
from functools import partial
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from paperconcepts.errors import SourceError, UnknownFormatError
from paperconcepts.model import Paper
from paperconcepts.sources.compression import ExpandedFile, begin, expand, is_zip, iterate_members
from paperconcepts.sources.formats import FORCE_HINT, FORMATS, SUFFIXES, detect_format
from paperconcepts.sources.inputs import Input, decode_lines, expand_inputs, open_input
from paperconcepts.sources.papers import build_paper
from paperconcepts.sources.records import Flaw, Record
from paperconcepts.sources.report import ReadReport, Skipped
from paperconcepts.sources.table import KNOWN_COLUMNS, explain_columns, missing_columns, names_columns

__all__ = ["read_papers", "skip_reason"]

_SAMPLE = 262_144


def read_papers(
    inputs: str | Path | Iterable[str | Path],
    *,
    format: str | None = None,  # noqa: A002 - the word of the command line
    report: ReadReport | None = None,
    strict: bool = False,
    columns: Mapping[str, str] | None = None,
) -> Iterator[Paper]:
    r"""Yield every record of ``inputs`` as a paper, in the order of the input.

    Papers are not merged: see `merge_papers`. The format of each file is told from its content; compressed files are
    expanded while they are read, and a zip archive stands for the files in it. Records and files (met in a folder or
    archive) that cannot be read are left out and listed in ``report.skipped``. Catalogues are read record by record; a
    page or listing is read whole, as its dates and titles depend on each other. Nothing is ever fetched.

    Args:
        inputs: files, folders (read to any depth, sorted), glob patterns, ``-`` for standard input; one or several.
        format: a name of `FORMATS`, to force it for all files.
        report: counts are added to it.
        strict: raise for the first record that cannot be read, instead of leaving it out.
        columns: for tables, the names of columns by the field that they hold (``{"abstract": "Samenvatting"}``); fields
            are the keys of `paperconcepts.sources.table.KNOWN_COLUMNS`.

    Raises:
        UnknownFormatError: the kind of a file that was named cannot be told, or ``format`` is no known name.
        SourceError: a file is missing, cannot be opened or gives no paper; ``columns`` names an unknown field; with
            ``strict``, a record cannot be read.

    Examples:
        >>> import pathlib, tempfile
        >>> path = pathlib.Path(tempfile.mkdtemp()) / "a.jsonl"
        >>> _ = path.write_text('{"id": "2106.09685", "title": "LoRA"}\n{"id": "x"}\n')
        >>> report = ReadReport()
        >>> [paper.id for paper in read_papers(path, report=report)]
        ['arxiv:2106.09685']
        >>> report.skipped
        [Skipped(file='a.jsonl', record=2, reason='neither title nor abstract')]
    """
    report = ReadReport() if report is None else report
    if format is not None and format not in FORMATS:
        raise UnknownFormatError(f"no format is named {format!r}", known=tuple(FORMATS))
    if wrong := sorted(set(columns or ()) - set(KNOWN_COLUMNS)):
        near = get_close_matches(wrong[0].lower(), KNOWN_COLUMNS, n=1)
        hint = f"did you mean {near[0]!r}? Fields" if near else "fields"
        raise SourceError(f"no field of a table is named {wrong[0]!r}; {hint}: {' '.join(KNOWN_COLUMNS)}")
    reader = _Reader(format, report, columns or {}, strict=strict)
    return reader.read_all(expand_inputs(inputs, suffixes=SUFFIXES))


class _Reader:
    """The settings of one reading, and its steps: all files, a file, a stream."""

    def __init__(self, forced: str | None, report: ReadReport, columns: Mapping[str, str], *, strict: bool) -> None:
        self.forced = forced
        self.report = report
        self.columns = columns
        self.strict = strict

    def read_all(self, items: list[Input]) -> Iterator[Paper]:
        total = 0
        for item in items:
            self.report.files.append(item.name)
            count, before = 0, len(self.report.skipped)
            try:
                for paper in self._read_file(item):
                    count += 1
                    yield paper
            except SourceError as error:
                if self.strict or not item.found or len(items) == 1:
                    raise
                self._skip(item.name, 0, skip_reason(error))
            total += count
            if not count:
                self._refuse_empty(item, self.report.skipped[before:], alone=len(items) == 1)
        if not total:
            raise SourceError(f"none of {len(items)} files gives a paper", file=items[0].name)

    def _skip(self, file: str, record: int, reason: str) -> None:
        self.report.skipped.append(Skipped(file, record, reason))

    def _refuse_empty(self, item: Input, skipped: list[Skipped], *, alone: bool) -> None:
        if self.strict or alone:
            reasons = {s.reason for s in skipped}
            details = f" ({'; '.join(sorted(reasons)[:3])})" if reasons else ""
            raise SourceError(f"holds no paper{details}", file=item.name)
        if not any(s.file == item.name and not s.record for s in skipped):
            self._skip(item.name, 0, "holds no paper")

    def _read_file(self, item: Input) -> Iterator[Paper]:
        with ExitStack() as stack:
            stream = open_input(item)
            if item.path is not None:
                stack.enter_context(stream)
            if not is_zip(stream):
                yield from self._read_expanded(item.name, stream)
                return
            for name, member, state in iterate_members(stream, name=item.name):
                try:
                    yield from self._read_expanded(name, member, state)
                except SourceError as error:
                    if self.strict:
                        raise
                    self._skip(name, 0, skip_reason(error))

    def _read_expanded(self, name: str, stream: BinaryIO, *states: ExpandedFile) -> Iterator[Paper]:
        stream, inner = expand(stream, name=name)
        known = [state for state in (*states, inner) if state is not None]
        try:
            yield from self._read_stream(name, stream)
        except UnknownFormatError:
            problem = next((state.problem for state in known if state.problem), None)
            if problem is None:
                raise
            raise SourceError(problem, file=name) from None
        except OSError as error:
            raise SourceError(f"cannot be read to its end ({error.strerror or error})", file=name) from error
        if problem := next((state.problem for state in known if state.problem), None):
            self._reject(name, Flaw(0, problem))

    def _read_stream(self, name: str, stream: BinaryIO) -> Iterator[Paper]:
        replaced: Counter[str] = Counter()
        too_long: list[int] = []
        for format_name, records in self._open_records(name, stream, replaced, too_long):
            for record in records:
                if not isinstance(record, Flaw):
                    paper = build_paper(record, file=name, format=format_name, report=self.report)
                    if not isinstance(paper, Flaw):
                        self.report.records[format_name] += 1
                        yield paper
                        continue
                    record = paper
                self._reject(name, record)
        for line in too_long:
            self._reject(name, Flaw(0, f"line {line} is too long to be read"))
        self.report.cleaning += replaced

    def _reject(self, name: str, flaw: Flaw) -> None:
        if self.strict and not flaw.harmless:
            raise SourceError(flaw.reason, file=name, record=flaw.number or None)
        self._skip(name, flaw.number, flaw.reason)

    def _open_records(
        self, name: str, stream: BinaryIO, replaced: Counter[str], too_long: list[int]
    ) -> Iterator[tuple[str, Iterator[Record | Flaw]]]:
        first = begin(stream, 4)
        for format_name, known in FORMATS.items():
            if known.magic and (first.startswith(known.magic) or self.forced == format_name):
                yield format_name, known.read(stream, columns=self.columns)
                return
        lines = decode_lines(stream, replaced=replaced, too_long=too_long)
        head = _take_sample(lines)
        sample = "\n".join(head)[:_SAMPLE]
        format_name = self._choose(sample, name)
        known = FORMATS[format_name]
        if format_name == "table":
            self.report.warnings.update(f"no such column: {pair}" for pair in missing_columns(sample, self.columns))
        read = partial(known.read, columns=self.columns) if known.kind == "table" else known.read
        yield format_name, read(chain(head, lines))

    def _choose(self, sample: str, name: str) -> str:
        if self.forced is None and self.columns and names_columns(sample, self.columns):
            return "table"
        try:
            chosen = self.forced or detect_format(sample, name=name)
        except UnknownFormatError as error:
            if problem := explain_columns(sample, self.columns):
                raise UnknownFormatError(problem, known=error.known, file=name) from None
            raise
        if FORMATS[chosen].kind != "json" and FORMATS["jsonl"].matches(sample):
            # JSON read as a page would give papers made of braces.
            raise SourceError(f"holds JSON, not {chosen}; leave the format out or force jsonl", file=name)
        return chosen


def skip_reason(error: SourceError) -> str:
    """What is wrong with a file that is passed over, without its name and what helps with a named file only."""
    reason = str(error).removeprefix(f"{error.file}: ")
    if isinstance(error, UnknownFormatError):
        reason = reason.removesuffix(f"; known formats: {', '.join(error.known)}").removesuffix(FORCE_HINT)
    return reason


def _take_sample(lines: Iterator[str]) -> list[str]:
    """The first lines, until there is enough of them to tell a format."""
    head: list[str] = []
    size = 0
    for line in lines:
        head.append(line)
        size += len(line)
        if size >= _SAMPLE:
            break
    return head
