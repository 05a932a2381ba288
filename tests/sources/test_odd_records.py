"""Single records as they occur in the wild: written by hand after the specification of each format.

They stand in ``odd_records/FORMAT.txt``: ``=== what is odd``, the record as it is in a file, and after ``-->`` the
fields of the paper that are looked at, as JSON; a text there is (part of) the reason of a flaw, a list is of several
papers and flaws. ``⟦1f⟧`` is the character of this number and ``⟦A. B., ×40⟧`` a text so many times. Records stand at
the ``…`` of the file's template, if it has one; one under ``==!`` is whole. Those of Parquet are rows of JSON.
"""

import io
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from paperconcepts.model import Paper
from paperconcepts.sources import FORMATS, Flaw, ReadReport
from paperconcepts.sources.inputs import decode_lines
from paperconcepts.sources.papers import build_paper

_FOLDER = Path(__file__).parent / "odd_records"
_FEWEST = 30
_BLOCK = re.compile(r"^==(=|!) (.+)\n((?:.*\n)*?)--> (.+)$", re.MULTILINE)
_TEMPLATE = re.compile(r"template: (.*)…(.*)\n")
_MARK = re.compile(r"⟦(?:([0-9a-f]{2,6})|([^⟦⟧]+)×(\d+))⟧")
_COUNT = "number of "


@dataclass(frozen=True)
class Case:
    """One odd record and what it should become."""

    format: str
    what: str
    text: str
    expected: Any

    @property
    def data(self) -> bytes:
        """The file that holds the record."""
        return _as_parquet(self.text) if FORMATS[self.format].magic else self.text.encode("utf-8", "surrogatepass")


def _as_parquet(text: str) -> bytes:
    polars = pytest.importorskip("polars")
    buffer = io.BytesIO()
    rows = json.loads(text)
    polars.DataFrame(rows if isinstance(rows, list) else [rows], strict=False).write_parquet(buffer)
    return buffer.getvalue()


def _replace_mark(match: re.Match[str]) -> str:
    return chr(int(match[1], 16)) if match[1] else match[2] * int(match[3])


def _read_cases(path: Path) -> Iterator[Case]:
    content = path.read_text(encoding="utf-8")
    template = _TEMPLATE.match(content)
    before, after = template.groups() if template else ("", "")
    blocks = _BLOCK.findall(content)
    assert len(blocks) == len(re.findall("^==[=!] ", content, re.MULTILINE)), f"{path.name}: a block has no end"
    for kind, what, record, expected in blocks:
        text = _MARK.sub(_replace_mark, record.removesuffix("\n"))
        yield Case(path.stem, what, f"{before}{text}{after}" if kind == "=" else text, json.loads(expected))


CASES = [case for path in sorted(_FOLDER.iterdir()) for case in _read_cases(path)]


@pytest.mark.parametrize("case", CASES, ids=[f"{case.format}: {case.what}" for case in CASES])
def test_a_record_becomes_the_expected_paper(case: Case) -> None:
    """Each record gives the paper that its format means, or the flaw that it has."""
    known, report = FORMATS[case.format], ReadReport()
    lines = io.BytesIO(case.data) if known.magic else decode_lines(io.BytesIO(case.data), replaced=report.cleaning)
    found = [
        item if isinstance(item, Flaw) else build_paper(item, file="a", format=case.format, report=report)
        for item in known.read(lines)
    ]
    expected = case.expected if isinstance(case.expected, list) else [case.expected]
    assert len(found) == len(expected), found
    for item, fields in zip(found, expected, strict=True):
        if isinstance(fields, str):
            assert isinstance(item, Flaw)
            assert fields in item.reason
        else:
            assert not isinstance(item, Flaw), item
            assert {name: _look(item, report, name) for name in fields} == fields


def _look(paper: Paper, report: ReadReport, field: str) -> Any:
    if field in ("warnings", "cleaning"):
        return dict(getattr(report, field))
    if field.startswith(_COUNT):
        return len(getattr(paper, field.removeprefix(_COUNT)))
    return json.loads(json.dumps(getattr(paper, field)))


def test_each_format_has_its_odd_records() -> None:
    """No format has fewer than thirty, and none is there twice."""
    counts = Counter(case.format for case in CASES)
    assert {name: counts[name] for name in FORMATS if counts[name] < _FEWEST} == {}
    assert set(counts) <= set(FORMATS)
    assert len({(case.format, case.text) for case in CASES}) == len(CASES)
