"""Reading Parquet tables."""

import datetime
import io
import os
import re
import sys
import threading
from collections.abc import Generator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from paperconcepts.errors import SourceError
from paperconcepts.sources import Flaw, ReadReport, parquet, parquet_rows, read_papers
from paperconcepts.sources.papers import build_paper
from paperconcepts.sources.parquet import read_parquet
from paperconcepts.sources.records import Record


def test_without_a_library_the_error_names_the_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither polars nor pyarrow is needed for anything else, so the message says what to install."""
    for module in ("pyarrow", "pyarrow.parquet", "polars"):
        monkeypatch.setitem(sys.modules, module, None)
    (tmp_path / "a.parquet").write_bytes(b"PAR1....PAR1")
    with pytest.raises(SourceError, match=r"paperconcepts\[parquet\]"):
        list(read_papers(tmp_path / "a.parquet"))


def test_columns_are_recognised_and_mapped(tmp_path: Path) -> None:
    """A table gives a paper a row; dates and lists of names are read, other columns kept."""
    polars = pytest.importorskip("polars")
    buffer = io.BytesIO()
    polars.DataFrame(
        {
            "naam": ["On Trees", None],
            "Abstract": ["We show.", None],
            "authors": [["Ada L.", "B. C."], None],
            "published": [datetime.date(2020, 5, 6), None],
            "votes": [3, None],
        }
    ).write_parquet(buffer)
    (tmp_path / "a.parquet").write_bytes(buffer.getvalue())
    report = ReadReport()
    [paper] = read_papers(tmp_path / "a.parquet", columns={"title": "naam"}, report=report)
    assert (paper.title, paper.abstract, paper.authors, paper.issued) == (
        "On Trees",
        "We show.",
        ("Ada L.", "B. C."),
        "2020-05-06",
    )
    assert paper.extra == {"votes": 3}
    assert [skipped.reason for skipped in report.skipped] == ["neither title nor abstract"]


def test_a_damaged_table_is_a_flaw(tmp_path: Path) -> None:
    """Whatever the library raises, the error names the file."""
    pytest.importorskip("polars")
    (tmp_path / "a.parquet").write_bytes(b"PAR1" + b"x" * 100 + b"PAR1")
    with pytest.raises(SourceError, match=r"^a\.parquet: .*not a whole Parquet file"):
        list(read_papers(tmp_path / "a.parquet"))


def _table(rows: dict[str, list[str]]) -> bytes:
    polars = pytest.importorskip("polars")
    buffer = io.BytesIO()
    polars.DataFrame(rows).write_parquet(buffer)
    return buffer.getvalue()


def _read_with(program: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Record | Flaw]:
    """What comes of a file whose decoder is this program."""
    (tmp_path / "decoder.py").write_text(program, encoding="utf-8")
    monkeypatch.setattr(parquet_rows, "__file__", str(tmp_path / "decoder.py"))
    return list(read_parquet(io.BytesIO(b"PAR1")))


def test_a_crash_of_the_library_is_a_flaw_after_the_rows_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A damaged length makes polars abort, which no handler of exceptions survives; the reader does."""
    said = """print('{"columns":["title"]}\\n["On Trees"]', flush=True)"""
    record, flaw = _read_with(f"import os\n{said}\nos.abort()", tmp_path, monkeypatch)
    assert isinstance(record, Record)
    assert record.title == "On Trees"
    assert isinstance(flaw, Flaw)
    assert re.fullmatch(r"not a whole Parquet file \(the library that reads it ended with status -?\d+\)", flaw.reason)


def test_a_panic_of_the_library_is_a_flaw(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A damaged footer makes polars panic, which is no Exception."""
    panic = type("PanicException", (BaseException,), {})
    monkeypatch.setattr(
        parquet_rows, "_iterate_batches", lambda path: (_ for _ in ()).throw(panic("unwrap() on\nNone"))
    )
    said = io.StringIO()
    monkeypatch.setattr(sys, "stdout", said)
    monkeypatch.setattr(parquet_rows, "_limit_memory", lambda: None)
    parquet_rows.main("a.parquet")
    assert said.getvalue() == '{"error":"unwrap() on None"}\n'


def test_a_row_without_end_costs_itself_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The rows beside it are kept."""
    monkeypatch.setattr(parquet, "_LONGEST_ROW", 1 << 20)
    rows = ["On Trees", "x" * (3 << 20), "On Leaves"]
    first, flaw, last = read_parquet(io.BytesIO(_table({"title": rows, "abstract": ["a", "b", "c"]})))
    assert isinstance(first, Record)
    assert isinstance(last, Record)
    assert (first.title, flaw, last.title, last.number) == (
        "On Trees",
        Flaw(2, "a row of more than 1 MiB"),
        "On Leaves",
        3,
    )


def test_a_bomb_is_ended(tmp_path: Path) -> None:
    """A column of equal texts is written once: some KiB come to 30 MB."""
    data = _table({"title": ["x" * 10_000] * 3_000})
    assert len(data) < 100_000
    *records, flaw = read_parquet(io.BytesIO(data))
    assert 0 < len(records) < 3_000
    assert isinstance(flaw, Flaw)
    assert flaw.reason.startswith("expands to more than 200 times its size")


def test_a_reader_that_stops_early_leaves_no_process(tmp_path: Path) -> None:
    """Closing the generator ends the decoder."""
    (tmp_path / "a.parquet").write_bytes(_table({"title": ["x" * 1_000] * 20_000}))
    with (tmp_path / "a.parquet").open("rb") as stream:
        records = read_parquet(stream)
        assert isinstance(next(records), Record)
        assert isinstance(records, Generator)
        records.close()


def test_a_pipe_is_copied_first(tmp_path: Path) -> None:
    """What has been looked at to tell the format could not be read a second time."""
    os.mkfifo(tmp_path / "pipe")
    data = _table({"title": ["On Trees"], "abstract": ["We show."]})
    threading.Thread(target=(tmp_path / "pipe").write_bytes, args=(data,), daemon=True).start()
    [paper] = read_papers(tmp_path / "pipe")
    assert paper.title == "On Trees"


def test_a_path_with_signs_of_a_pattern_is_a_path(tmp_path: Path) -> None:
    """Polars would look for files that match."""
    (tmp_path / "a[1]*.parquet").write_bytes(_table({"title": ["On Trees"], "abstract": ["We show."]}))
    [paper] = read_papers(tmp_path / "a[1]*.parquet")
    assert paper.title == "On Trees"


_GOOD = {"title": [f"On Trees {n}" for n in range(20)], "abstract": [f"We show {n} things." for n in range(20)]}


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_any_damage_gives_records_and_flaws(data: st.DataObject) -> None:
    """Whatever is overwritten or cut off, the reader ends, and gives valid records before it says what is wrong."""
    whole = bytearray(_table(_GOOD))
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(4, len(whole) - 1))
        whole[place] = data.draw(st.integers(0, 255))
    cut = data.draw(st.one_of(st.just(len(whole)), st.integers(4, len(whole))))
    report = ReadReport()
    found = list(read_parquet(io.BytesIO(bytes(whole[:cut]))))
    papers = [build_paper(one, file="a", format="parquet", report=report) for one in found if isinstance(one, Record)]
    assert all(paper.model_dump_json().encode() for paper in papers if not isinstance(paper, Flaw))
    assert all(item.reason for item in found if isinstance(item, Flaw))
    # The names of the columns and the places of the rows stand at the end.
    assert cut == len(whole) or [type(item) for item in found] == [Flaw]
