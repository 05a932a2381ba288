"""Read papers from files of any mix of formats."""

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import chain
from pathlib import Path

from paperconcepts.errors import SourceError, UnknownFormatError
from paperconcepts.model import Paper
from paperconcepts.sources.formats import FORMATS, detect_format
from paperconcepts.sources.inputs import Input, decode_lines, expand_inputs, open_input
from paperconcepts.sources.papers import build_paper
from paperconcepts.sources.records import Flaw
from paperconcepts.sources.report import ReadReport, Skipped

__all__ = ["read_papers"]

_SAMPLE = 262_144


def read_papers(
    inputs: str | Path | Iterable[str | Path],
    *,
    format: str | None = None,  # noqa: A002 - the word of the command line
    report: ReadReport | None = None,
    strict: bool = False,
) -> Iterator[Paper]:
    r"""Yield every record of ``inputs`` as a paper, in the order of the input.

    Papers are not merged: see `merge_papers`. The format of each file is told from its content. Records and files
    (met in a folder) that cannot be read are left out and listed in ``report.skipped``. JSON Lines are read line by
    line; a page or listing is read whole, as its dates and titles depend on each other.

    Args:
        inputs: files, folders (read to any depth, sorted), glob patterns, ``-`` for standard input; one or several.
        format: a name of `FORMATS`, to force it for all files.
        report: counts are added to it.
        strict: raise for the first record that cannot be read, instead of leaving it out.

    Raises:
        UnknownFormatError: the kind of a file that was named cannot be told, or ``format`` is no known name.
        SourceError: a file is missing, cannot be opened or gives no paper; with ``strict``, a record cannot be read.

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
    items = expand_inputs(inputs)
    return _read_all(items, format, report, strict=strict)


def _read_all(items: list[Input], forced: str | None, report: ReadReport, *, strict: bool) -> Iterator[Paper]:
    total = 0
    for item in items:
        report.files.append(item.name)
        count = 0
        try:
            for paper in _read_file(item, forced, report, strict=strict):
                count += 1
                yield paper
        except UnknownFormatError as error:
            if strict or not item.found or len(items) == 1:
                raise
            report.skipped.append(Skipped(item.name, 0, _reason(error)))
            continue
        total += count
        if not count:
            _refuse_empty(item, items, report, strict=strict)
    if not total:
        raise SourceError(f"none of {len(items)} files gives a paper", file=items[0].name)


def _reason(error: SourceError) -> str:
    return str(error).removeprefix(f"{error.file}: ")


def _refuse_empty(item: Input, items: list[Input], report: ReadReport, *, strict: bool) -> None:
    if strict or len(items) == 1:
        reasons = sorted({skipped.reason for skipped in report.skipped if skipped.file == item.name})
        details = f" ({'; '.join(reasons[:3])})" if reasons else ""
        raise SourceError(f"holds no paper{details}", file=item.name)
    report.skipped.append(Skipped(item.name, 0, "holds no paper"))


def _read_file(item: Input, forced: str | None, report: ReadReport, *, strict: bool) -> Iterator[Paper]:
    with ExitStack() as stack:
        stream = open_input(item)
        if item.path is not None:
            stack.enter_context(stream)
        replaced: Counter[str] = Counter()
        lines = decode_lines(stream, replaced=replaced)
        head = _take_sample(lines)
        sample = "\n".join(head)[:_SAMPLE]
        name = forced or detect_format(sample, name=item.name)
        if name != "jsonl" and FORMATS["jsonl"].matches(sample):
            # JSON read as a page would give papers made of braces.
            raise SourceError(f"holds JSON, not {name}; leave the format out or force jsonl", file=item.name)
        for record in FORMATS[name].read(chain(head, lines)):
            paper = (
                record if isinstance(record, Flaw) else build_paper(record, file=item.name, format=name, report=report)
            )
            if isinstance(paper, Flaw):
                if strict:
                    raise SourceError(paper.reason, file=item.name, record=paper.number)
                report.skipped.append(Skipped(item.name, paper.number, paper.reason))
                continue
            report.records[name] += 1
            yield paper
        report.cleaning += replaced


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
