"""Reading files, folders, patterns and standard input."""

import contextlib
import io
import json
import os
import sys
import time
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperconcepts.errors import SourceError, UnknownFormatError
from paperconcepts.model import Paper
from paperconcepts.sources import FORMATS, STDIN_NAME, ReadReport, Skipped, detect_format, read_papers


def _write(path: Path, *objects: Any) -> Path:
    path.write_text("".join(json.dumps(value) + "\n" for value in objects), encoding="utf-8")
    return path


def test_every_record_is_a_paper_in_input_order(tmp_path: Path) -> None:
    """Records are not merged; each knows its file, format, number and id."""
    path = _write(tmp_path / "a.jsonl", {"id": "x", "title": "T"}, {"title": "T"})
    first, second = read_papers(path)
    assert first.id == second.id
    assert first.sources[0].model_dump() == {"file": "a.jsonl", "format": "jsonl", "number": 1, "record": "x"}
    assert second.record == "a.jsonl#2"


def test_texts_of_json_are_not_stripped(tmp_path: Path) -> None:
    """Offsets into a clean text are offsets into the input, white space included."""
    path = _write(tmp_path / "a.jsonl", {"title": "  T  T ", "abstract": "\n a\n\nb\t $5 "})
    [paper] = read_papers(path)
    assert (paper.title, paper.abstract) == ("  T  T ", "\n a\n\nb\t $5 ")


def test_folders_are_read_to_any_depth_in_order(tmp_path: Path) -> None:
    """Hidden files and other suffixes are left alone; names are relative to the folder."""
    (tmp_path / "b" / "c").mkdir(parents=True)
    (tmp_path / ".hidden").mkdir()
    for name in ("b/c/z.jsonl", "a.ndjson", "b/noext", ".x.jsonl", ".hidden/y.jsonl", "b/image.png"):
        _write(tmp_path / name, {"title": name})
    report = ReadReport()
    assert [paper.title for paper in read_papers(tmp_path, report=report)] == ["a.ndjson", "b/c/z.jsonl", "b/noext"]
    assert report.files == ["a.ndjson", "b/c/z.jsonl", "b/noext"]


def test_globs_and_several_inputs(tmp_path: Path) -> None:
    """A pattern stands for its matches; a file that is meant twice is read once; equal names are told apart."""
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        _write(tmp_path / name / "x.jsonl", {"title": name})
    papers = list(read_papers([str(tmp_path / "*" / "x.jsonl"), tmp_path / "a" / "x.jsonl"]))
    assert [paper.sources[0].file for paper in papers] == ["a/x.jsonl", "b/x.jsonl"]


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    """A dash is standard input."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b'{"title": "T"}\n')))
    [paper] = read_papers("-")
    assert paper.record == f"{STDIN_NAME}#1"


@pytest.mark.parametrize("inputs", [[], "missing.txt", "*.missing"])
def test_missing_input_is_an_error(inputs: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What does not exist is named."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SourceError, match=r"no such file|no input"):
        read_papers(inputs)


def test_an_empty_folder_is_an_error(tmp_path: Path) -> None:
    """A folder without a readable file is named."""
    with pytest.raises(SourceError, match="no file to read"):
        read_papers(tmp_path)


@pytest.mark.parametrize(
    "content", [b"", b"\n \n", b"Dear diary,\n\nit rained.\n", b"\x89PNG\x00\x00\x00\r", b"a\x00" * 500]
)
def test_a_file_of_unknown_kind_names_the_kinds(content: bytes, tmp_path: Path) -> None:
    """The error names the file and the formats that can be forced."""
    path = tmp_path / "a.txt"
    path.write_bytes(content)
    with pytest.raises(UnknownFormatError, match=r"^a\.txt: .*known formats: parquet, .*jsonl") as error:
        list(read_papers(path))
    assert error.value.known == tuple(FORMATS)


def test_an_unknown_file_among_others_in_a_folder_is_reported(tmp_path: Path) -> None:
    """A readme beside the data does not stop the reading, unless that is asked for."""
    _write(tmp_path / "a.jsonl", {"title": "T"})
    (tmp_path / "readme.md").write_text("Dear reader", encoding="utf-8")
    report = ReadReport()
    assert len(list(read_papers(tmp_path, report=report))) == 1
    assert [(s.file, s.record) for s in report.skipped] == [("readme.md", 0)]
    with pytest.raises(UnknownFormatError):
        list(read_papers(tmp_path, strict=True))


def test_the_format_can_be_forced(tmp_path: Path) -> None:
    """A forced format is used whatever the content; an unknown name is refused."""
    path = tmp_path / "a.txt"
    path.write_text("On Trees\n\nWe grow trees.\n", encoding="utf-8")
    [paper] = read_papers(path, format="hf-daily")
    assert (paper.title, paper.abstract) == ("On Trees", "We grow trees.")
    with pytest.raises(UnknownFormatError, match="'csv'"):
        read_papers(path, format="csv")


def test_bad_records_are_reported_or_raised(tmp_path: Path) -> None:
    """Reading goes on after a bad record, with file, number and reason; strict reading stops there."""
    path = _write(tmp_path / "a.jsonl", {"title": "T"}, {"id": "x", "title": " "}, {"title": 5})
    report = ReadReport()
    assert len(list(read_papers(path, report=report))) == 1
    assert report.skipped == [
        Skipped("a.jsonl", 2, "neither title nor abstract"),
        Skipped("a.jsonl", 3, "title is a number, not a text"),
    ]
    with pytest.raises(SourceError, match=r"a\.jsonl, record 2: neither title nor abstract"):
        list(read_papers(path, strict=True))


def test_a_file_without_a_paper_is_an_error(tmp_path: Path) -> None:
    """The only file must give a paper; among others it is reported."""
    empty, full = _write(tmp_path / "a.jsonl", {"id": "x"}), _write(tmp_path / "b.jsonl", {"title": "T"})
    with pytest.raises(SourceError, match=r"^a\.jsonl: holds no paper \(neither title nor abstract\)"):
        list(read_papers(empty))
    report = ReadReport()
    assert len(list(read_papers([empty, full], report=report))) == 1
    assert Skipped("a.jsonl", 0, "holds no paper") in report.skipped
    with pytest.raises(SourceError, match="none of 2 files"):
        list(read_papers([empty, _write(tmp_path / "c.jsonl", {"id": "y"})]))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends(encoding: str, newline: str, tmp_path: Path) -> None:
    """UTF-8 with or without its mark, UTF-16 with it, and any line end give the same papers."""
    text = newline.join(["Abstract: We show é.", "Abstract: And Σ.", ""])
    data = text.encode(encoding)
    (tmp_path / "a.txt").write_bytes(b"\xff\xfe" + data if encoding == "utf-16-le" else data)
    report = ReadReport()
    assert [paper.abstract for paper in read_papers(tmp_path / "a.txt", report=report)] == ["We show é.", "And Σ."]
    assert not report.cleaning


def test_bytes_that_are_no_text_are_counted(tmp_path: Path) -> None:
    """What cannot be decoded becomes the replacement character."""
    (tmp_path / "a.txt").write_bytes(b"Abstract: caf\xe9 \xff\n")
    report = ReadReport()
    [paper] = read_papers(tmp_path / "a.txt", report=report)
    assert paper.abstract == "caf\ufffd \ufffd"
    assert report.cleaning["bytes that are not UTF-8"] == 2


def test_long_texts_are_cut_and_counted(tmp_path: Path) -> None:
    """A line of 10 MB is read in a moment; its abstract keeps the first 100,000 characters."""
    path = _write(tmp_path / "a.jsonl", {"title": "T", "abstract": "a" * 10_000_000})
    report = ReadReport()
    start = time.perf_counter()
    [paper] = read_papers(path, report=report)
    assert time.perf_counter() - start < 3
    assert len(paper.abstract) == 100_000
    assert report.warnings == {"text beyond 100,000 characters": 1}


def test_links_in_texts_are_no_identifiers(tmp_path: Path) -> None:
    """Code links are apart, other links beside the record's own; an arXiv address in the text names another paper."""
    text = "Code: https://github.com/a/b. See https://arxiv.org/abs/2305.18290 and https://a.github.io/."
    path = _write(tmp_path / "a.jsonl", {"title": "T", "abstract": text, "url": "https://x.org/t"})
    [paper] = read_papers(path)
    assert paper.code_urls == ("https://github.com/a/b",)
    assert paper.urls == ("https://x.org/t", "https://arxiv.org/abs/2305.18290", "https://a.github.io/")
    assert paper.id.startswith("sha:")
    assert paper.identifiers == ()


def test_surrogates_leave_no_trace_anywhere(tmp_path: Path) -> None:
    """Every field of a paper can be written as UTF-8, whatever JSON escapes its input held."""
    bad = r"\ud800x\u0000"
    line = (
        f'{{"id": "a{bad}", "title": "t{bad}", "authors": ["n{bad}"], "url": "u{bad}", "doi": "10.1000/{bad}", '
        f'"venue": "v{bad}", "comment": "c{bad}", "e{bad}": ["f{bad}"], "identifiers": ["x:{bad}"]}}'
    )
    (tmp_path / "a.jsonl").write_text(line, encoding="utf-8")
    [paper] = read_papers(tmp_path / "a.jsonl")
    text = paper.model_dump_json()
    text.encode("utf-8")
    assert "\\u0000" not in text


@pytest.mark.parametrize("forced", ["hf-daily", "arxiv-listing", "abstract-lines"])
def test_json_is_no_page(tmp_path: Path, forced: str) -> None:
    """JSON forced to be read as a page is an error that names the file, not papers made of braces."""
    path = tmp_path / "a.jsonl"
    path.write_text('{"id": "p1", "title": "T", "abstract": "We use BERT."}\n', encoding="utf-8")
    with pytest.raises(SourceError, match=r"a\.jsonl: holds JSON"):
        list(read_papers(path, format=forced))


def test_reading_is_lazy(tmp_path: Path) -> None:
    """The first paper comes before the last line is looked at."""
    path = tmp_path / "a.jsonl"
    path.write_text('{"title": "T"}\n' * 50_000 + "{broken", encoding="utf-8")
    papers = read_papers(path, strict=True)
    assert next(papers).title == "T"
    assert isinstance(papers, Generator)
    papers.close()


def test_the_report_is_plain_data(tmp_path: Path) -> None:
    """The report can be written as JSON and counts records by format."""
    report = ReadReport()
    list(read_papers(_write(tmp_path / "a.jsonl", {"title": "$r$", "date": "x"}, 5), report=report))
    data = json.loads(json.dumps(report.as_dict()))
    assert data["records"] == {"jsonl": 1}
    assert data["cleaning"] == {"LaTeX": 1}
    assert data["warnings"] == {"bad date": 1}
    assert data["skipped"] == [
        {"file": "a.jsonl", "record": 2, "reason": "a number, not an object with title and abstract"}
    ]


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="permissions do not bind here")
def test_a_file_that_cannot_be_opened_is_an_error(tmp_path: Path) -> None:
    """The system's reason is given."""
    path = _write(tmp_path / "a.jsonl", {"title": "T"})
    path.chmod(0)
    with pytest.raises(SourceError, match="cannot be opened"):
        list(read_papers(path))


@given(data=st.binary(max_size=200), name=st.sampled_from([*FORMATS, None]))
@settings(deadline=None, max_examples=300)
def test_any_bytes_give_papers_or_a_source_error(
    data: bytes, name: str | None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """No input ends in another exception, in any format."""
    path = tmp_path_factory.getbasetemp() / "any.txt"
    path.write_bytes(data)
    papers: list[Paper] = []
    with contextlib.suppress(SourceError):
        papers += read_papers(path, format=name)
    assert all(isinstance(paper, Paper) for paper in papers)


def test_detection_ignores_the_file_name() -> None:
    """The content tells; broken first lines of JSON do not mislead."""
    assert detect_format('{"title": "a"}', name="a.html") == "jsonl"
    assert detect_format('{broken\n{"title": "a"}\n{"title": "b"}\n') == "jsonl"
    with pytest.raises(UnknownFormatError, match=r"a\.jsonl"):
        detect_format("text", name="a.jsonl")
