"""The options of the commands that read papers."""

import json
from pathlib import Path

from click.testing import CliRunner

from paperconcepts.cli import main
from paperconcepts.sources import ReadReport, read_papers


def test_columns_are_mapped(tmp_path: Path) -> None:
    """``--map`` tells which columns of a table hold what; a table with unknown names is read by it."""
    (tmp_path / "a.csv").write_text("Naam;Tekst\nOver bomen;We use BERT.\n", encoding="utf-8")
    arguments = [
        "extract",
        str(tmp_path / "a.csv"),
        "--profile",
        "fast",
        "--map",
        "title=Naam",
        "--map",
        "abstract=Tekst",
    ]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0, result.output
    [line] = result.stdout.splitlines()
    assert json.loads(line)["title"] == "Over bomen"


def test_a_mapping_without_a_column_is_wrong_usage(tmp_path: Path) -> None:
    """A value of another form is told with an example."""
    result = CliRunner().invoke(main, ["extract", str(tmp_path), "--map", "title"])
    assert result.exit_code == 2
    assert "abstract=Summary" in result.output


def test_a_mapping_of_an_unknown_field_names_the_fields(tmp_path: Path) -> None:
    """The message lists what can be mapped."""
    (tmp_path / "a.csv").write_text("Title,Year\nA,2020\n", encoding="utf-8")
    result = CliRunner().invoke(main, ["extract", str(tmp_path), "--profile", "fast", "--map", "titel=Title"])
    assert result.exit_code == 3
    assert "'titel'; did you mean 'title'?" in result.output
    assert "abstract" in result.output


def test_a_mapping_to_a_column_that_is_not_there_names_the_columns(tmp_path: Path) -> None:
    """So does a table of which no column is known, with what to do."""
    (tmp_path / "a.csv").write_text("Naam;Tekst\nOver bomen;We use BERT.\n", encoding="utf-8")
    arguments = ["extract", str(tmp_path / "a.csv"), "--profile", "fast"]
    result = CliRunner().invoke(main, [*arguments, "--map", "title=Nam"])
    assert result.exit_code == 3
    assert "no column is named 'Nam' (--map title=Nam); columns: 'Naam', 'Tekst'" in result.output
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 3
    assert "--map title='Naam'; columns: 'Naam', 'Tekst'" in result.output


def test_a_table_that_is_read_without_a_mapped_column_says_so(tmp_path: Path) -> None:
    """What a misspelt name leaves out is counted with the warnings; other tables of a folder may have the column."""
    (tmp_path / "a.csv").write_text("Title;Year;Tekst\nOver bomen;2020;We use BERT.\n", encoding="utf-8")
    report = ReadReport()
    [paper] = read_papers(tmp_path / "a.csv", columns={"abstract": "Teks"}, report=report)
    assert paper.abstract == ""
    assert report.warnings == {"no such column: abstract=Teks": 1}
