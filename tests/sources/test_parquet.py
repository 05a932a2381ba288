"""Reading Parquet tables."""

import datetime
import io
import sys
from pathlib import Path

import pytest

from paperconcepts.errors import SourceError
from paperconcepts.sources import Flaw, ReadReport, read_papers
from paperconcepts.sources.parquet import read_parquet


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


def test_a_panic_of_the_library_is_a_flaw(monkeypatch: pytest.MonkeyPatch) -> None:
    """A damaged footer makes polars panic, which is no Exception; an interrupt is none of ours."""
    polars = pytest.importorskip("polars")
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    panic = type("PanicException", (BaseException,), {})
    monkeypatch.setattr(polars, "read_parquet", lambda stream: (_ for _ in ()).throw(panic("unwrap() on None")))
    [flaw] = read_parquet(io.BytesIO(b"PAR1"))
    assert isinstance(flaw, Flaw)
    assert flaw.reason == "not a whole Parquet file (unwrap() on None)"
    monkeypatch.setattr(polars, "read_parquet", lambda stream: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        list(read_parquet(io.BytesIO(b"PAR1")))
