"""Rows as text: fixed width, CSV, TSV, JSON and Markdown."""

import csv
import io
import json
import unicodedata
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperconcepts.errors import ConfigurationError
from paperconcepts.export.tables import escape_cell
from paperconcepts.query import PeriodRow, format_table


@dataclass(frozen=True)
class Row:
    """A row of every kind of value."""

    name: str
    count: int
    share: float
    labels: tuple[str, ...] = ()
    date: str | None = None
    flag: bool = False


def _display_width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def test_table() -> None:
    """Numbers stand right, texts left, lists are joined, what is unknown or false is empty."""
    rows = [Row("a", 1, 0.5, ("x", "y"), "2024", True), Row("bee", 10, 12.25)]
    assert format_table(rows).splitlines() == [
        "name  count   share  labels  date  flag",
        "----  -----  ------  ------  ----  ----",
        "a         1   0.500  x; y    2024  yes",
        "bee      10  12.250",
    ]


def test_wide_characters() -> None:
    """Wide characters take two columns and combining ones none, so that columns stay straight."""
    lines = format_table([Row("知識グラフ", 1, 0.5), Row("cafe\u0301", 2, 0.5), Row("x" * 50, 3, 0.5)]).splitlines()
    assert lines[2].startswith("知識グラフ" + " " * 30 + "  ")
    assert lines[3].startswith("cafe\u0301" + " " * 36 + "  ")
    assert lines[4].startswith("x" * 39 + "…  ")
    shown = format_table([Row("知" * 30, 1, 0.5)], columns=("name",), max_width=10).splitlines()[2]
    assert shown == "知知知知…"
    assert format_table([Row("x" * 50, 1, 0.5)], columns=("name",), max_width=None).splitlines()[2] == "x" * 50


def test_no_control_characters() -> None:
    """A line break or an escape sequence of a text does not reach the terminal or break a table."""
    rows = [Row("a\n\x1b[31mb\u2028c", 1, 0.5, ("x\ty",))]
    for style in ("table", "csv", "tsv", "md"):
        text = format_table(rows, style, columns=("name", "labels"))
        assert "a [31mb c" in text.replace("\\", "")
        assert "x y" in text
        assert "\x1b" not in text


def test_csv() -> None:
    """CSV has full numbers, lists joined by "|", and an apostrophe before what a spreadsheet would run."""
    rows = [Row("=1+1", -1, -0.125, ("a|b", "c")), Row("+x", 1, 1.0, ("@y",), "-z", True)]
    assert format_table(rows, "csv").splitlines() == [
        "name,count,share,labels,date,flag",
        "'=1+1,-1,-0.125,a/b|c,,",
        "'+x,1,1.0,'@y,'-z,yes",
    ]


@given(st.lists(st.builds(Row, st.text(), st.integers(), st.floats(0, 1), st.tuples(st.text(), st.text())), min_size=1))
def test_csv_reads_back(rows: list[Row]) -> None:
    """CSV and TSV read back with as many lines and cells as there are rows and fields, no cell a formula."""
    for style, separator in (("csv", ","), ("tsv", "\t")):
        text = format_table(rows, style)  # type: ignore[arg-type]
        header, *lines = csv.reader(io.StringIO(text), delimiter=separator)
        assert header == ["name", "count", "share", "labels", "date", "flag"]
        assert len(lines) == len(rows)
        for line, row in zip(lines, rows, strict=True):
            assert len(line) == 6
            assert (int(line[1]), float(line[2])) == (row.count, row.share)
            assert not any(cell.startswith(("=", "+", "@", "\t")) for cell in line)


@given(st.text(st.characters(exclude_categories=("Cc", "Cs", "Z")), min_size=1))
def test_guard_is_that_of_the_exported_tables(text: str) -> None:
    """The same texts are guarded as in nodes.csv and edges.csv."""
    (_, line) = csv.reader(io.StringIO(format_table([Row(text, 1, 0.5)], "csv", columns=("name",))))
    assert line == [escape_cell(text)]


def test_json() -> None:
    """JSON has the values themselves, line breaks and control characters included."""
    rows = [Row("a\nb", 1, 0.5, ("x",), None, True)]
    assert json.loads(format_table(rows, "json")) == [
        {"name": "a\nb", "count": 1, "share": 0.5, "labels": ["x"], "date": None, "flag": True}
    ]
    assert format_table([], "json") == "[]\n"


def test_markdown() -> None:
    """Cells of a Markdown table hold no markup; columns of numbers stand right."""
    rows = [Row("a|b <script> [x](y) *z* `c` \\", 1, 0.5)]
    assert format_table(rows, "md", columns=("name", "count")).splitlines() == [
        "| name | count |",
        "| --- | --: |",
        r"| a\|b \<script> \[x\](y) \*z\* \`c\` \\ | 1 |",
    ]


def test_no_rows() -> None:
    """Without rows there is the header of the columns that are asked for, or nothing."""
    assert format_table([], columns=("a", "bc")) == "a  bc\n-  --\n"
    assert format_table([], "csv", columns=("a", "bc")) == "a,bc\n"
    assert format_table([], "md", columns=("a",)) == "| a |\n| --- |\n"
    assert [format_table([], style) for style in ("table", "csv", "tsv", "md")] == ["", "", "", ""]


def test_wrong_words() -> None:
    """Unknown styles and columns are errors that name the known ones."""
    with pytest.raises(ConfigurationError, match="unknown style 'xlsx'; known styles: table, csv, tsv, json, md"):
        format_table([], "xlsx")  # type: ignore[arg-type]
    with pytest.raises(ConfigurationError, match="unknown column 'year'; known columns: period, papers, all_papers"):
        format_table([PeriodRow("2024", 1, 1, 1.0)], columns=("year",))


@given(
    st.lists(st.builds(Row, st.text(), st.integers(), st.floats(0, 1), st.tuples(st.text())), min_size=1, max_size=4)
)
def test_columns_stand_straight(rows: list[Row]) -> None:
    """Every line of a table is one line, and the count ends in the same column in all of them."""
    text = format_table(rows, columns=("name", "count"))
    lines = text.split("\n")[:-1]
    assert len(lines) == len(rows) + 2
    assert len({_display_width(line.replace("\u0301", "")) for line in lines if line.isascii()}) <= 1
