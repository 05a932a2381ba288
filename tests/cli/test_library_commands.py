"""``add``, ``remove``, ``update``, ``status`` and ``diff``: options, output and exit codes."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from paperconcepts.library import open_library

Run = Callable[..., Result]
WriteRecords = Callable[..., Path]


@pytest.fixture
def library(run: Run, write_records: WriteRecords, tmp_path: Path) -> Path:
    """A library of the three records."""
    path = tmp_path / "my.library"
    result = run("add", write_records(), "-l", path, "--profile", "fast")
    assert result.exit_code == 0, result.output
    return path


def test_add_says_what_it_did(run: Run, write_records: WriteRecords, tmp_path: Path) -> None:
    """Files, papers and texts are counted; a second time nothing is to be done; skipped records are named."""
    rows: list[dict[str, Any]] = [{"title": "BERT"}, {"id": "nothing"}]
    path = write_records("some.jsonl", *rows)
    library = tmp_path / "my.library"
    first = run("add", path, "-l", library, "--profile", "fast")
    assert first.stdout.splitlines() == [
        "files      1 read, 0 unchanged; 1 new records",
        "papers     1 added, 0 changed, 0 removed",
        "extracted  1 texts",
        "skipped    1 records; the first of them:",
        "           some.jsonl 2 neither title nor abstract",
    ]
    again = run("add", path, "-l", library, "--json")
    assert json.loads(again.stdout)["unchanged_files"] == 1
    assert run("add", path, "-l", library, "--quiet").output == ""


def test_stdin(run: Run, library: Path) -> None:
    """Standard input is a file without a name; each time another one."""
    for number in range(2):
        result = run("add", "-", "-l", library, stdin=json.dumps({"title": f"Paper {number}", "abstract": "On BERT."}))
        assert result.exit_code == 0, result.output
    found = json.loads(run("status", "-l", library, "--json").stdout)
    assert [file["name"] for file in found["files"]] == ["papers.jsonl", "stdin", "stdin-2"]
    assert found["papers"] == 5


def test_errors(run: Run, library: Path, write_records: WriteRecords, tmp_path: Path) -> None:
    """Wrong usage, unknown names, unreadable files and other profiles have exit codes and messages of their own."""
    papers = write_records()
    assert run("add", papers).exit_code == 2
    assert run("remove", "-l", library).exit_code == 2
    for arguments, code, message in (
        (("add", tmp_path / "none.jsonl", "-l", library), 3, "none.jsonl"),
        (("add", papers, "-l", library, "--profile", "default"), 6, "is kept with profile 'fast'"),
        (("add", papers, "-l", papers), 3, "is damaged or no library"),
        (("remove", "nobody", "-l", library), 4, "No paper 'nobody' in this library."),
        (("remove", "--source", "nothing", "-l", library), 4, "No file 'nothing' in this library."),
        (("update", "-l", tmp_path / "none"), 3, "no such library"),
        (("status", "-l", tmp_path / "none"), 3, "no such library"),
        (("diff", tmp_path / "none", library), 3, "none"),
    ):
        result = run(*arguments)
        assert result.exit_code == code, result.output
        assert message in result.stderr
        assert len(result.stderr.splitlines()) == 1


def test_busy(run: Run, library: Path, write_records: WriteRecords) -> None:
    """Who comes second is told who holds the library, with exit code 75."""
    with open_library(library, write=True, command="add"):
        result = run("add", write_records(), "-l", library, "--wait", "0")
        assert result.exit_code == 75
        assert f"is being written by process {os.getpid()} (add)" in result.stderr
        assert run("status", "-l", library).exit_code == 0


def test_remove_and_restore(run: Run, library: Path, write_records: WriteRecords) -> None:
    """A removed paper is named, stays away, and comes back when that is asked for."""
    title = "PouchNet: Carrying Small Things"
    result = run("remove", title, "-l", library)
    assert result.exit_code == 0
    (line,) = result.stdout.splitlines()
    assert line.startswith("removed  sha:")
    assert "left out   1 records" in run("add", write_records("other.jsonl"), "-l", library).stdout
    assert run("remove", title, "-l", library).exit_code == 4
    assert "1 added" in run("add", write_records(), "-l", library, "--restore").stdout
    # What both files say goes only with the second of them.
    assert run("remove", "--source", "other.jsonl", "-l", library).exit_code == 0
    removed = json.loads(run("remove", title, "-l", library, "--json").stdout)["removed"]
    assert line == f"removed  {removed[0]}"


def test_update(run: Run, library: Path, tmp_path: Path) -> None:
    """Changed files are read again; one that cannot be read any more gives exit code 3 and keeps its say."""
    papers = tmp_path / "papers.jsonl"
    papers.write_text(papers.read_text(encoding="utf-8") + '{"title": "On Adam"}\n', encoding="utf-8")
    assert "1 added, 0 changed, 0 removed" in run("update", "-l", library).stdout
    papers.write_bytes(b"\x00" * 999)
    result = run("update", "-l", library)
    assert result.exit_code == 3
    assert "failed     papers.jsonl" in result.stdout
    papers.unlink()
    assert "missing    1 files; what they said is kept: papers.jsonl" in run("update", "-l", library).stdout
    assert "papers     4 of 4 records in 1 files" in run("status", "-l", library).stdout


def test_add_of_damaged_files(run: Run, library: Path, write_records: WriteRecords, tmp_path: Path) -> None:
    """A known file that cannot be read any more is named, keeps its say and gives exit code 3; the others are read."""
    (tmp_path / "papers.jsonl").write_bytes(b"\x00" * 999)
    other = write_records("other.jsonl", {"title": "On Adam"})
    result = run("add", tmp_path / "papers.jsonl", other, "-l", library)
    assert result.exit_code == 3
    assert "1 added, 0 changed, 0 removed" in result.stdout
    assert "failed     papers.jsonl: " in result.stdout
    assert "papers     4 of 4 records in 2 files" in run("status", "-l", library).stdout


def test_files_that_were_taken_out(run: Run, write_records: WriteRecords, tmp_path: Path) -> None:
    """A file that was taken out stays out, and who adds its folder is told so, until it is added by name."""
    folder, library = tmp_path / "folder", tmp_path / "my.library"
    folder.mkdir()
    for name in ("a.jsonl", "b.jsonl"):
        write_records(f"folder/{name}", {"title": f"On {name}"})
    assert run("add", folder, "-l", library, "--profile", "fast").exit_code == 0
    assert run("remove", "--source", "a.jsonl", "-l", library).exit_code == 0
    assert "0 added" in run("update", "-l", library).stdout
    out = run("status", "-l", library).stdout
    assert "taken out  1 files that their folders do not bring back: a.jsonl" in out
    out = run("add", folder, "-l", library).stdout
    assert "taken out  1 files that 'add FILE' brings back: a.jsonl" in out
    assert json.loads(run("add", folder, "-l", library, "--json").stdout)["left_out_files"] == ["a.jsonl"]
    assert "1 added" in run("add", folder / "a.jsonl", "-l", library).stdout
    assert "taken out" not in run("status", "-l", library).stdout


@pytest.mark.skipif(sys.platform in ("darwin", "win32"), reason="names are Unicode on this system")
def test_names_that_are_no_text(library: Path, tmp_path: Path) -> None:
    """Libraries, folders and files of any name are named in the output, and unknown names are errors like others."""
    mine = os.fsencode(tmp_path) + b"/l\xff.library"
    shutil.copy(library, os.fsdecode(mine))
    out = os.fsencode(tmp_path) + b"/o\xff"
    for arguments, code, text in (
        ((b"status", b"-l", mine), 0, "l\ufffd.library: tables of version"),
        (
            (b"build", b"-l", mine, b"--out", out, b"--format", b"jsonl", b"--min-support", b"1"),
            0,
            "o\ufffd NAME",
        ),
        ((b"remove", b"\xff", b"-l", mine), 4, "No paper '\ufffd' in this library."),
        ((b"remove", b"--source", b"\xff", b"-l", mine), 4, "No file '"),
    ):
        command = [os.fsencode(sys.executable), b"-m", b"paperconcepts", *arguments]
        done = subprocess.run(command, capture_output=True, check=False, env={**os.environ, "PYTHONUTF8": "1"})
        assert done.returncode == code, done.stderr
        assert text in (done.stdout + done.stderr).decode()


def test_decisions(run: Run, library: Path, tmp_path: Path) -> None:
    """Decisions are kept and forgotten; wrong ones are refused."""
    decisions = tmp_path / "mine.txt"
    decisions.write_text("merge nothing\n", encoding="utf-8")
    assert run("update", "-l", library, "--decisions", decisions).exit_code == 6
    decisions.write_text('rename pouchnet to "Pouch Net"\n', encoding="utf-8")
    assert run("update", "-l", library, "--decisions", decisions).exit_code == 0
    assert "decisions  mine.txt" in run("status", "-l", library).stdout
    assert run("update", "-l", library, "--no-decisions", "--decisions", decisions).exit_code == 2
    assert run("update", "-l", library, "--no-decisions").exit_code == 0
    assert "decisions  none" in run("status", "-l", library).stdout


def test_status(run: Run, library: Path) -> None:
    """The status names files, versions and runs, and says whether the file is whole; if it is not, the code is 3."""
    text = run("status", "-l", library, "--files", "--deep").stdout
    assert "file       3 records  papers.jsonl" in text
    assert "run 1      add     3 added, 0 changed, 0 removed, 3 extracted; 3 papers after it" in text
    assert text.splitlines()[-1] == "the file is whole"
    with open_library(library, write=True) as opened, opened.transaction() as connection:
        connection.execute("DELETE FROM member")
    result = run("status", "-l", library)
    assert result.exit_code == 3
    assert "problem    3 records of no paper" in result.stdout


def test_diff(run: Run, library: Path, folder: Path, tmp_path: Path) -> None:
    """Folders, libraries and their dates are compared, as text, Markdown or JSON, on the screen or in a file."""
    text = run("diff", f"{library}@2024", library).stdout
    assert "new papers (2)" in text
    assert text.startswith("1 papers before, 3 after; ")
    assert run("diff", library, library).stdout.splitlines()[-1] == "nothing is new and nothing has gone"
    found = json.loads(run("diff", f"{folder}@2019", folder, "--json", "--limit", "2").stdout)
    assert found["old"]["papers"] < found["new"]["papers"]
    assert len(found["papers_added"]) == len(found["relations_new"]) == 2
    page = tmp_path / "new.md"
    assert run("diff", folder, library, "--format", "md", "-o", page).output == ""
    assert page.read_text(encoding="utf-8").startswith("# What is new\n")


def _files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_build(run: Run, library: Path, tmp_path: Path) -> None:
    """A build of a library writes what a build of its files writes; done again, it keeps what is there."""
    out, arguments = tmp_path / "out", ("--format", "nt", "--format", "csv", "--min-support", "1")
    first = run("build", "--library", library, "--out", out, *arguments)
    assert first.exit_code == 0, first.output
    assert f"wrote      {out}/: graph.nt nodes.csv edges.csv papers.jsonl report.json" in first.stdout
    files = tmp_path / "papers.jsonl"
    fresh = run("build", files, "--out", tmp_path / "fresh", "--profile", "fast", *arguments)
    assert first.stdout == fresh.stdout.replace(str(tmp_path / "fresh"), str(out))
    assert _files(out) == _files(tmp_path / "fresh")
    stamps = {path: path.stat().st_mtime_ns for path in out.iterdir()}
    again = run("build", "--library", library, "--out", out, *arguments)
    assert again.stdout.splitlines()[:2] == [
        f"unchanged  {library} and the settings are those of the last build",
        f"kept       {out}/: graph.nt nodes.csv edges.csv papers.jsonl report.json",
    ]
    assert {path: path.stat().st_mtime_ns for path in out.iterdir()} == stamps
    (out / "report.json").write_text("{}", encoding="utf-8")
    assert "wrote" in run("build", "--library", library, "--out", out, *arguments).stdout
    assert _files(out) == _files(tmp_path / "fresh")


def test_build_after_an_interruption(run: Run, library: Path, tmp_path: Path) -> None:
    """What was not extracted is extracted first, and the second build need not be done."""
    with open_library(library, write=True) as opened, opened.transaction() as connection:
        connection.execute("DELETE FROM annotation")
    arguments = ("build", "--library", library, "--out", tmp_path / "out", "--format", "jsonl")
    assert "wrote" in run(*arguments).stdout
    assert "0 papers to read" in run("status", "--library", library).stdout
    assert run(*arguments).stdout.startswith("unchanged")
    assert run(*arguments, "--quiet").output == ""


def test_build_needs_one_kind_of_input(run: Run, library: Path, tmp_path: Path) -> None:
    """Documents or a library, not both, not neither; how documents are read is no matter of a library."""
    for arguments, message in (
        ((), "Missing argument 'INPUT...', or a library with --library FILE."),
        ((tmp_path / "papers.jsonl", "-l", library), "INPUT and --library exclude each other"),
        (("-l", library, "--strict", "--map", "title=T"), "give --map and --strict to 'paperconcepts add'"),
    ):
        result = run("build", "--out", tmp_path / "out", *arguments)
        assert result.exit_code == 2
        assert message in result.stderr
    result = run("build", "--out", tmp_path / "out", "-l", tmp_path / "none")
    assert (result.exit_code, result.stderr) == (
        3, f"error: {tmp_path / 'none'}: no such library; 'paperconcepts add FILE --library LIBRARY' makes one\n",
    )  # fmt: skip
    assert not (tmp_path / "out").exists()


def test_columns_are_kept(run: Run, tmp_path: Path) -> None:
    """How a table is read is remembered: an update reads it in the same way."""
    table, library = tmp_path / "a.csv", tmp_path / "my.library"
    table.write_text("Naam;Tekst\nOver bomen;We use BERT.\n", encoding="utf-8")
    arguments = ("--profile", "fast", "--map", "title=Naam", "--map", "abstract=Tekst")
    assert "1 added" in run("add", table, "-l", library, *arguments).stdout
    table.write_text("Naam;Tekst\nOver bomen;We use BERT.\nOver gras;We use LoRA.\n", encoding="utf-8")
    assert "1 added, 0 changed, 0 removed" in run("update", "-l", library).stdout
    assert run("remove", "Over gras", "-l", library).exit_code == 0


@pytest.mark.parametrize("name", ["build", "add", "remove", "update", "status", "diff"])
def test_help(run: Run, name: str) -> None:
    """Every command explains itself."""
    result = run(name, "--help")
    assert result.exit_code == 0
    assert "--library" in result.stdout or name == "diff"
