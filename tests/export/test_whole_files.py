"""Files and folders that other libraries write, and the small parts that writers share."""

import io
import json
import os
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperconcepts.errors import OutputError
from paperconcepts.export.json_rows import dump_json, write_rows
from paperconcepts.export.markup import escape_markup, write_lines, write_number
from paperconcepts.export.whole_files import replaced_file, target_folder


def test_a_failed_write_leaves_the_earlier_file(tmp_path: Path) -> None:
    """If the writer raises, the old file is as it was and nothing lies beside it."""
    target = tmp_path / "graph.db"
    target.write_bytes(b"old")

    def fail() -> None:
        with replaced_file(target) as place:
            place.write_bytes(b"half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert target.read_bytes() == b"old"
    assert [one.name for one in tmp_path.iterdir()] == ["graph.db"]


def test_errors_of_the_system_name_the_file(tmp_path: Path) -> None:
    """A writer that leaves no file, and a folder that cannot be made, are output errors."""
    with pytest.raises(OutputError, match=r"graph\.db.*earlier file"), replaced_file(tmp_path / "graph.db"):
        pass
    (tmp_path / "taken").write_text("x")
    with pytest.raises(OutputError, match="taken"):
        target_folder(tmp_path / "taken")
    with pytest.raises(OutputError, match="taken"), replaced_file(tmp_path / "taken" / "graph.db"):
        pytest.fail("there is no place to write to")


def test_a_link_keeps_leading_to_its_file(tmp_path: Path) -> None:
    """The file that a link leads to is replaced, not the link; the file may be read as others may be."""
    (tmp_path / "real.db").write_bytes(b"old")
    (tmp_path / "link.db").symlink_to(tmp_path / "real.db")
    with replaced_file(tmp_path / "link.db") as place:
        place.write_bytes(b"new")
    assert (tmp_path / "link.db").is_symlink()
    assert (tmp_path / "real.db").read_bytes() == b"new"
    (tmp_path / "plain").write_bytes(b"")
    assert os.stat(tmp_path / "real.db").st_mode == os.stat(tmp_path / "plain").st_mode  # noqa: PTH116


@given(st.text())
def test_escaped_markup_reads_back(text: str) -> None:
    """What an XML reader makes of an escaped text is the text, and no markup is left in it."""
    escaped = escape_markup(text)
    assert not set(escaped) & set("<>\"'")
    assert unescape(escaped) == unescape(text.replace("&", "&amp;"))
    assert escaped.count("&") == sum(text.count(mark) for mark in "&<>\"'")


def test_lines_and_rows_are_written_whole() -> None:
    """Blocks do not lose a line at their borders, and rows make a JSON list; NaN is refused."""
    stream = io.StringIO()
    write_lines(stream, (f"{number}\n" for number in range(4_321)))
    assert stream.getvalue().split() == [str(number) for number in range(4_321)]
    stream = io.StringIO()
    write_rows(stream, [{"a": "é"}, [1, 2]])
    assert json.loads(f"[{stream.getvalue()}]") == [{"a": "é"}, [1, 2]]
    with pytest.raises(ValueError, match="JSON"):
        dump_json(float("nan"))
    assert write_number(0.25) == "0.25"
