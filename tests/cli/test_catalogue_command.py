"""``paperconcepts catalogue``: suggestions as a table or JSON, validation with exit codes."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from paperconcepts.linking.suggestions import SUGGESTION_COLUMNS
from paperconcepts.vocabulary.catalogue import COLUMNS

Run = Callable[..., Result]
WriteRecords = Callable[..., Path]

RECORDS = [
    {
        "id": f"emu-{number}",
        "title": f"Study {number}",
        "abstract": f"Test {number} is done on the QuokkaBench dataset.",
    }
    for number in range(3)
]


@pytest.fixture
def corpus(write_records: WriteRecords) -> Path:
    """Three papers that name a data set which the catalogue lacks."""
    return write_records("emus.jsonl", *RECORDS)


@pytest.fixture
def write_catalogue(tmp_path: Path) -> Callable[..., Path]:
    """The function that writes rows under the header of a catalogue file."""

    def write(*rows: str, name: str = "mine.tsv") -> Path:
        path = tmp_path / name
        path.write_text("\n".join(("\t".join(COLUMNS), *rows)) + "\n", encoding="utf-8")
        return path

    return write


def test_suggest_table(run: Run, corpus: Path) -> None:
    """The table has a header and a row for each name that enough papers share."""
    result = run("catalogue", "suggest", corpus)
    assert (result.exit_code, result.stderr) == (0, "")
    header, *rows = [line.split("\t") for line in result.stdout.splitlines()]
    assert tuple(header) == SUGGESTION_COLUMNS
    assert [row[:3] + row[8:9] for row in rows] == [["quokkabench", "QuokkaBench", "Dataset", "3"]]
    assert run("catalogue", "suggest", corpus, "--min-papers", "4").stdout == "\t".join(SUGGESTION_COLUMNS) + "\n"


def test_suggest_json_and_limit(run: Run, corpus: Path) -> None:
    """--json prints the same as a list of objects, --limit cuts it."""
    result = run("catalogue", "suggest", corpus, "--json")
    (found,) = json.loads(result.stdout)
    assert (found["id"], found["papers"], found["type_share"]) == ("quokkabench", 3, 1.0)
    assert len(found["examples"]) == 3
    assert json.loads(run("catalogue", "suggest", corpus, "--json", "--min-papers", "1", "--limit", "1").stdout)


def test_suggest_output_file(run: Run, corpus: Path, tmp_path: Path) -> None:
    """-o writes the same to a file."""
    target = tmp_path / "out" / "suggestions.tsv"
    result = run("catalogue", "suggest", corpus, "-o", target)
    assert (result.exit_code, result.output) == (0, "")
    assert target.read_text(encoding="utf-8") == run("catalogue", "suggest", corpus).stdout


def test_suggested_rows_are_catalogue_rows(run: Run, corpus: Path, write_catalogue: Callable[..., Path]) -> None:
    """The first eight cells of a row make a valid row of a catalogue file."""
    rows = run("catalogue", "suggest", corpus).stdout.splitlines()[1:]
    path = write_catalogue(*("\t".join(row.split("\t")[: len(COLUMNS)]) for row in rows))
    result = run("catalogue", "validate", path, "--with-shipped")
    assert (result.exit_code, result.stdout) == (0, "1 concept in 1 file: 0 errors, 0 warnings\n")


def test_suggest_reports_skipped_records(run: Run, corpus: Path) -> None:
    """Bad records are left out, counted and the first is named."""
    corpus.write_text("{broken\n" + corpus.read_text(encoding="utf-8"), encoding="utf-8")
    result = run("catalogue", "suggest", corpus)
    assert result.exit_code == 0
    assert result.stderr.startswith("skipped 1 record, the first: emus.jsonl 1 not JSON")
    assert "quokkabench" in result.stdout


def test_suggest_without_input(run: Run) -> None:
    """Missing input is wrong usage, a missing file unreadable input."""
    assert run("catalogue", "suggest").exit_code == 2
    assert run("catalogue", "suggest", "no-such-file").exit_code == 3


def test_validate_the_shipped_catalogue(run: Run) -> None:
    """Without files the shipped catalogue is checked; it has no errors, and the many warnings of a rule are cut."""
    result = run("catalogue", "validate")
    assert (result.exit_code, result.stderr) == (0, "")
    *findings, summary = result.stdout.splitlines()
    assert ": 0 errors, " in summary
    assert sum("[short-form]" in line for line in findings) == 11
    everything = run("catalogue", "validate", "--all").stdout.splitlines()
    assert len(everything) > len(findings)
    assert not any(line.startswith("...") for line in everything)


def test_validate_errors(run: Run, write_catalogue: Callable[..., Path]) -> None:
    """Errors are printed with place, rule and advice, and give exit code 6."""
    path = write_catalogue("emu-net\tEmu Net\tModle\t\t\t\t\t", "wombat\tWombat\tModel\t\t\t\t\t")
    result = run("catalogue", "validate", path)
    assert result.exit_code == 6
    first, second, summary = result.stdout.splitlines()
    assert first.startswith(f"{path}:2: error [type] type is 'Modle'")
    assert first.endswith("; use one of Method, Model, Dataset, Task, Metric")
    assert second.startswith(f"{path}:3: warning [common-word] 'Wombat' ")
    assert summary == "1 concept in 1 file: 1 error, 1 warning"
    assert result.stderr == f"error: 1 error in {path}; correct the rows named above\n"


def test_validate_json(run: Run, write_catalogue: Callable[..., Path]) -> None:
    """--json prints the report, errors or not, with the same exit code."""
    result = run("catalogue", "validate", "--json", write_catalogue("emu-net\tEmu Net\tModle\t\t\t\t\t"))
    assert result.exit_code == 6
    report = json.loads(result.stdout)
    assert (report["concepts"], report["errors"], report["warnings"]) == (0, 1, 0)
    assert report["findings"][0]["rule"] == "type"


def test_validate_with_shipped(run: Run, write_catalogue: Callable[..., Path]) -> None:
    """--with-shipped checks a file against the shipped concepts."""
    path = write_catalogue("emu-tuning\tEmu Tuning\tMethod\t\tlow-rank-adaptation\t\t\t")
    assert run("catalogue", "validate", path).exit_code == 6
    assert run("catalogue", "validate", path, "--with-shipped").exit_code == 0


def test_validate_missing_file(run: Run, tmp_path: Path) -> None:
    """A file that cannot be read is one line and exit code 6."""
    result = run("catalogue", "validate", tmp_path / "none.tsv")
    assert (result.exit_code, result.stdout) == (6, "")
    assert result.stderr == f"error: {tmp_path / 'none.tsv'}: cannot be read: No such file or directory\n"


@pytest.mark.parametrize("name", ["suggest", "validate"])
def test_help(run: Run, name: str) -> None:
    """Both commands have help."""
    result = run("catalogue", name, "-h")
    assert result.exit_code == 0
    assert f"catalogue {name} [OPTIONS]" in result.stdout


def test_export(run: Run, tmp_path: Path) -> None:
    """The catalogue is written as a SKOS concept scheme, with names below the base that is asked for."""
    target = tmp_path / "catalogue.ttl"
    result = run("catalogue", "export", "-o", target, "--base", "https://example.org/")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "<https://example.org/catalogue> a skos:ConceptScheme" in target.read_text(encoding="utf-8")
    wrong = run("catalogue", "export", "-o", tmp_path / "b.ttl", "--base", "nowhere")
    assert wrong.exit_code == 6
    assert not (tmp_path / "b.ttl").exists()
