"""A damaged file among good ones, and what is said of files that are passed over."""

import gzip
import io
import random
import zipfile
from pathlib import Path
from typing import Any

import pytest

from paperconcepts.errors import SourceError, UnknownFormatError
from paperconcepts.sources import ReadReport, Skipped, read_papers

_RANDOM = random.Random(5)  # noqa: S311 - nothing here is secret
_ENTRIES = "".join(f"@misc{{k{number}, title = {{On Tree {number}}}}}\n" for number in range(400))


def _zip(*contents: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, content in enumerate(contents):
            archive.writestr(f"m{number}.bib", content)
    return stream.getvalue()


_CUT = {
    "m.bib.gz": gzip.compress(_ENTRIES.encode())[:12],
    "m.zip": _zip(_ENTRIES.encode())[:-30],
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a good file first and last."""
    for name in ("a.jsonl", "z.jsonl"):
        (tmp_path / name).write_text(f'{{"title": "Tree {name}"}}\n', encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("name", sorted(_CUT))
def test_a_damaged_file_of_a_folder_is_passed_over(name: str, folder: Path) -> None:
    """The other files are read, the fault is told once; a file that was named stays an error, as all do when strict."""
    (folder / name).write_bytes(_CUT[name])
    report = ReadReport()
    assert [paper.title for paper in read_papers(folder, report=report)] == ["Tree a.jsonl", "Tree z.jsonl"]
    [skipped] = report.skipped
    assert (skipped.file, skipped.record) == (name, 0)
    assert "damaged" in skipped.reason or "zip" in skipped.reason
    with pytest.raises(SourceError, match=f"^{name}: "):
        list(read_papers([folder / "a.jsonl", folder / name]))
    with pytest.raises(SourceError, match=f"^{name}: "):
        list(read_papers(folder, strict=True))


def test_what_could_be_expanded_counts(folder: Path) -> None:
    """The beginning of a truncated file of a folder gives its papers, and the fault is told once."""
    data = gzip.compress(_RANDOM.randbytes(50_000).hex().encode() + b"\n" + _ENTRIES.encode() * 9)
    (folder / "m.bib.gz").write_bytes(data[:-200])
    report = ReadReport()
    assert len(list(read_papers(folder, report=report))) > 400
    assert [skipped.file for skipped in report.skipped if "ends early" in skipped.reason] == ["m.bib.gz"]


def test_a_damaged_file_without_papers_is_told_of_once(folder: Path) -> None:
    """The fault alone is reported, and not also that the file holds no paper."""
    rows = "Title,Year,Note\n" + "".join(f",2020,{_RANDOM.randbytes(20).hex()}\n" for _ in range(200))
    (folder / "m.csv.gz").write_bytes(gzip.compress(rows.encode())[:900])
    report = ReadReport()
    assert len(list(read_papers(folder, report=report))) == 2
    assert [skipped.file for skipped in report.skipped if "ends early" in skipped.reason] == ["m.csv.gz"]
    assert "holds no paper" not in {skipped.reason for skipped in report.skipped}


def test_a_damaged_member_costs_itself_only(folder: Path) -> None:
    """The other files of an archive are read."""
    whole = bytearray(_zip(b"@misc{a, title={First}}", b"@misc{b, title={Second}}"))
    start = whole.index(b"m0.bib") + len(b"m0.bib")
    whole[start : start + 9] = b"\xff" * 9
    (folder / "m.zip").write_bytes(whole)
    report = ReadReport()
    assert "Second" in [paper.title for paper in read_papers(folder, report=report)]
    assert [(skipped.file, skipped.record) for skipped in report.skipped] == [("m.zip/m0.bib", 0)]


def test_a_file_without_permission_is_passed_over(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system's reason is reported."""
    (folder / "m.jsonl").write_text('{"title": "T"}\n', encoding="utf-8")
    opened = Path.open

    def refuse(path: Path, *arguments: Any, **options: Any) -> Any:
        if path.name == "m.jsonl":
            raise PermissionError(13, "Permission denied")
        return opened(path, *arguments, **options)

    monkeypatch.setattr(Path, "open", refuse)
    report = ReadReport()
    assert len(list(read_papers(folder, report=report))) == 2
    assert report.skipped == [Skipped("m.jsonl", 0, "cannot be opened (Permission denied)")]


def test_the_formats_are_named_only_where_a_named_file_fails(folder: Path) -> None:
    """A readme of a folder is told of in a few words."""
    (folder / "readme.md").write_text("Dear reader", encoding="utf-8")
    (folder / "binary.txt").write_bytes(b"a\x00" * 50)
    report = ReadReport()
    list(read_papers(folder, report=report))
    assert sorted(report.skipped) == [
        Skipped("binary.txt", 0, "this file is not text (it holds NUL bytes); save it as UTF-8"),
        Skipped("readme.md", 0, "the kind of this file cannot be told from its content (begins 'Dear reader')"),
    ]
    with pytest.raises(UnknownFormatError, match=r"--input-format.*known formats: .*jsonl"):
        list(read_papers(folder / "readme.md"))
