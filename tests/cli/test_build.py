"""``paperconcepts build``: the main job."""

import errno
import json
import os
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from paperconcepts.sources.formats import FORMATS

Run = Callable[..., Result]
WriteRecords = Callable[..., Path]

FILES = {
    "graph.ttl", "graph.nt", "graph.gexf", "graph.graphml", "graph.cyjs", "nodes.csv", "edges.csv", "papers.jsonl",
    "graph.html", "report.json",
}  # fmt: skip
ALL_FORMATS = "ttl, nt, gexf, graphml, cyjs, csv, jsonl, html, nq, trig, jsonld, rdf12"


def _names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def _report(folder: Path) -> dict[str, Any]:
    report: dict[str, Any] = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    return report


def _papers(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "papers.jsonl").read_text(encoding="utf-8").splitlines()]


def test_files(folder: Path) -> None:
    """A build writes the ten files of fixed names and leaves nothing else behind."""
    assert _names(folder) == FILES
    assert all(path.stat().st_size for path in folder.iterdir())


def test_summary(built: tuple[Path, Result]) -> None:
    """The summary counts records, papers, concepts by type and edges by role, and names the files and the next step."""
    folder, result = built
    report = _report(folder)
    rows = {line.split()[0]: line for line in result.stdout.splitlines()}
    assert list(rows) == ["read", "concepts", "edges", "relations", "mentions", "bare", "wrote", "next"]
    assert f"{report['read']['records']['jsonl']} jsonl -> {report['papers']} papers" in rows["read"]
    for name in ("concepts", "edges", "relations"):
        assert f" {sum(report[name].values()):,}: " in rows[name]
        assert all(f" {count:,} {key}" in rows[name] for key, count in report[name].items() if count)
    assert f" {sum(report['mentions_by_source'].values()):,}: " in rows["mentions"]
    assert f"{report['coverage']['mention_shares']['catalogue']:.0%} catalogue" in rows["mentions"]
    assert rows["bare"].split()[1] == f"{sum(report['coverage']['cues_without_concepts'].values()):,}"
    assert set(rows["wrote"].split(": ")[1].split()) == FILES
    assert f"paperconcepts show {folder} NAME" in rows["next"]


def test_report(folder: Path) -> None:
    """report.json has the keys that programs rely on, and its counts are those of the other files."""
    report = _report(folder)
    assert list(report) == [
        "version", "configuration", "read", "papers", "concepts", "edges", "relations", "mentions_by_source",
        "papers_without_concepts", "coverage",
    ]  # fmt: skip
    assert list(report["read"]) == [
        "files", "sha256", "records", "papers", "merged", "skipped", "cleaning", "warnings", "conflicts",
    ]  # fmt: skip
    assert list(report["concepts"]) == ["Method", "Model", "Dataset", "Task", "Metric"]
    assert list(report["edges"]) == [
        "introduces", "evaluates_on", "uses", "compares", "addresses", "measures", "studies", "mentions",
    ]  # fmt: skip
    papers = _papers(folder)
    assert report["papers"] == report["read"]["papers"] == len(papers)
    assert sum(report["edges"].values()) == sum(len(paper["concepts"]) for paper in papers)


def test_skipped_merged_and_empty(run: Run, write_records: WriteRecords, tmp_path: Path) -> None:
    """Records that are skipped, merged or without concepts are said in the summary and the report, with reasons."""
    path = write_records()
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([lines[0], "{broken", lines[1], lines[0], lines[2], '{"id": "x"}']), encoding="utf-8")
    result = run("build", path, "--out", tmp_path / "out")
    report = _report(tmp_path / "out")
    assert result.exit_code == 0
    assert (report["read"]["records"], report["papers"], report["read"]["merged"]) == ({"jsonl": 4}, 3, 1)
    assert [(item["file"], item["record"]) for item in report["read"]["skipped"]] == [
        ("papers.jsonl", 2),
        ("papers.jsonl", 6),
    ]
    assert "not JSON" in report["read"]["skipped"][0]["reason"]
    assert "skipped    2 records" in result.stdout
    assert "papers.jsonl 6 neither title nor abstract" in result.stdout
    assert [paper["id"] for paper in _papers(tmp_path / "out") if not paper["concepts"]] == report[
        "papers_without_concepts"
    ]
    assert f"1 papers from which nothing was drawn: {report['papers_without_concepts'][0]}" in result.stdout


def test_folders_globs_and_standard_input(
    run: Run, write_records: WriteRecords, tmp_path: Path, records: tuple[dict[str, Any], ...]
) -> None:
    """Files, folders, globs and ``-`` may be mixed; a paper that several files hold is one and remembers all."""
    for number, record in enumerate(records):
        write_records(f"in/deep/{number}.jsonl", record)
    stdin = json.dumps(records[0])
    out = tmp_path / "out"
    result = run("build", tmp_path / "in", tmp_path / "in" / "*" / "0.jsonl", "-", "--out", out, stdin=stdin)
    assert result.exit_code == 0, result.output
    read = _report(out)["read"]
    # What the glob means was read with the folder already.
    assert read["files"] == ["deep/0.jsonl", "deep/1.jsonl", "deep/2.jsonl", "stdin"]
    assert (read["papers"], read["merged"]) == (3, 1)
    (shared,) = (paper for paper in _papers(out) if paper["title"] == records[0]["title"])
    assert [source["file"] for source in shared["sources"]] == ["deep/0.jsonl", "stdin"]


@pytest.fixture
def records() -> tuple[dict[str, Any], ...]:
    """Three records of different papers."""
    return tuple(
        {"id": f"r{number}", "title": f"{name} Adaptation of ResNet", "abstract": f"{name} is measured on CIFAR-10."}
        for number, name in enumerate(("Gentle", "Rapid", "Strange"))
    )


def test_chosen_formats(run: Run, write_records: WriteRecords, tmp_path: Path) -> None:
    """``--format`` may be repeated; papers.jsonl, which show and why read, and the report are always there."""
    out = tmp_path / "out"
    result = run("build", write_records(), "-o", out, "--format", "csv", "--format", "gexf", "--format", "csv")
    assert result.exit_code == 0
    assert _names(out) == {"nodes.csv", "edges.csv", "graph.gexf", "papers.jsonl", "report.json"}


@pytest.mark.parametrize(
    ("name", "hint"), [("graphlm", "; did you mean 'graphml'? "), (".TTL", "; did you mean 'ttl'? "), ("xyz", ". ")]
)
def test_unknown_format(run: Run, write_records: WriteRecords, tmp_path: Path, name: str, hint: str) -> None:
    """An unknown format costs no build: exit code 6, a near name, the names there are, nothing written."""
    result = run("build", write_records(), "--out", tmp_path / "out", "--format", name)
    assert result.exit_code == 6
    assert result.stderr == f"error: unknown export format {name!r}{hint}Known formats: {ALL_FORMATS}\n"
    assert not (tmp_path / "out").exists()


def test_strict(run: Run, write_records: WriteRecords, tmp_path: Path) -> None:
    """With ``--strict`` the first bad record is an error that names it, and nothing is written."""
    path = write_records()
    path.write_text(path.read_text(encoding="utf-8") + "{broken\n", encoding="utf-8")
    result = run("build", path, "--out", tmp_path / "out", "--strict")
    assert (result.exit_code, result.stdout) == (3, "")
    assert result.stderr.startswith("error: papers.jsonl, record 4: not JSON")
    assert not (tmp_path / "out").exists()


def test_min_confidence(run: Run, folder: Path, tmp_path: Path) -> None:
    """``--min-confidence`` leaves out weaker edges, with what only they supported, and no others."""
    from paperconcepts.examples import corpus_path

    out = tmp_path / "out"
    assert run("build", corpus_path(), "--out", out, "--min-confidence", "0.7", "--format", "jsonl").exit_code == 0
    strong = [
        (paper["id"], row["id"], row["confidence"])
        for paper in _papers(folder)
        for row in paper["concepts"]
        if row["confidence"] >= 0.7
    ]
    kept = [(paper["id"], row["id"], row["confidence"]) for paper in _papers(out) for row in paper["concepts"]]
    assert 0 < len(kept) < sum(len(paper["concepts"]) for paper in _papers(folder))
    assert kept == strong
    assert _report(out)["papers"] == _report(folder)["papers"]


def test_min_support(run: Run, folder: Path, tmp_path: Path) -> None:
    """``--min-support`` leaves out the concepts and relations of fewer papers, and no paper."""
    from paperconcepts.examples import corpus_path

    out = tmp_path / "out"
    assert run("build", corpus_path(), "--out", out, "--min-support", "2", "--format", "jsonl").exit_code == 0
    papers = Counter(row["id"] for paper in _papers(folder) for row in paper["concepts"])
    kept = Counter(row["id"] for paper in _papers(out) for row in paper["concepts"])
    assert kept == {name: count for name, count in papers.items() if count >= 2}
    assert 0 < len(kept) < len(papers)
    assert _report(out)["papers"] == _report(folder)["papers"]
    assert sum(_report(out)["concepts"].values()) == len(kept)


def test_settings_file(run: Run, write_records: WriteRecords, tmp_path: Path) -> None:
    """Settings may stand in a TOML file; options on the command line win."""
    settings = tmp_path / "settings.toml"
    settings.write_text('[tool.paperconcepts]\nformats = ["ttl"]\nmin_confidence = 1.0\n', encoding="utf-8")
    path, out = write_records(), tmp_path / "out"
    assert run("build", path, "--out", out, "--config", settings).exit_code == 0
    assert _names(out) == {"graph.ttl", "papers.jsonl", "report.json"}
    assert not any(_report(out)["edges"].values())
    other = tmp_path / "other"
    arguments = ("--config", settings, "--min-confidence", "0", "--format", "nt")
    assert run("build", path, "--out", other, *arguments).exit_code == 0
    assert _names(other) == {"graph.nt", "papers.jsonl", "report.json"}
    assert any(_report(other)["edges"].values())


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("process = 2", "setting process is 2"),
        ("processes = 0", "setting processes is 0"),
        ("formats = [", "not valid TOML"),
        ('formats = ["xlsx"]', "unknown export format 'xlsx'"),
        (None, "cannot be read"),
    ],
)
def test_bad_settings_file(
    run: Run, write_records: WriteRecords, tmp_path: Path, text: str | None, message: str
) -> None:
    """A wrong setting is an error that names it: exit code 6 and one line."""
    settings = tmp_path / "settings.toml"
    if text is not None:
        settings.write_text(text, encoding="utf-8")
    result = run("build", write_records(), "--out", tmp_path / "out", "--config", settings)
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (6, "", 1)
    assert message in result.stderr


def test_quiet(run: Run, write_records: WriteRecords, tmp_path: Path) -> None:
    """With ``--quiet`` a build that goes well says nothing."""
    result = run("build", write_records(), "--out", tmp_path / "out", "--quiet", "--format", "csv")
    assert (result.exit_code, result.output) == (0, "")


def test_no_progress_in_a_pipe(built: tuple[Path, Result]) -> None:
    """Where standard error is no terminal, no progress is shown."""
    assert built[1].stderr == ""


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="this system has no pseudo terminals")
def test_progress_on_a_terminal(
    write_records: WriteRecords, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """On a terminal the papers done are counted on one line of standard error; results are not mixed with it."""
    from paperconcepts.cli import main

    reader, writer = os.openpty()
    with open(writer, "w", encoding="utf-8") as terminal, monkeypatch.context() as patch:  # noqa: PTH123 - a descriptor
        patch.setattr("sys.stderr", terminal)
        arguments = ["build", str(write_records()), "--out", str(tmp_path / "out"), "--format", "csv"]
        main(arguments, standalone_mode=False)
        terminal.flush()
        shown = os.read(reader, 10_000).decode()
    os.close(reader)
    assert shown.replace("\r\n", "\n") == "\r3 of 3 papers\n"
    assert "of 3 papers" not in capsys.readouterr().out


def test_build_again(run: Run, write_records: WriteRecords, tmp_path: Path) -> None:
    """A second build into the folder replaces its own files and leaves all others alone."""
    path, out = write_records(), tmp_path / "out"
    run("build", path, "--out", out)
    first = {name: (out / name).read_bytes() for name in FILES}
    (out / "notes.txt").write_text("mine", encoding="utf-8")
    (out / "graph.ttl").write_text("old", encoding="utf-8")
    run("build", path, "--out", out)
    assert {name: (out / name).read_bytes() for name in FILES} == first
    assert _names(out) == FILES | {"notes.txt"}


@pytest.mark.parametrize(
    "arguments",
    [
        ("build",),
        ("build", "x.jsonl"),
        ("build", "--out", "out"),
        ("build", "x.jsonl", "--out", "out", "--processes", "0"),
        ("build", "x.jsonl", "--out", "out", "--min-confidence", "2"),
        ("build", "x.jsonl", "--out", "out", "--min-support", "0"),
        ("build", "x.jsonl", "--out", "out", "--no-such-option"),
        ("build", "x.jsonl", "--out", __file__),
    ],
)
def test_wrong_usage(run: Run, arguments: tuple[str, ...]) -> None:
    """Wrong usage gives exit code 2 and points to --help."""
    result = run(*arguments)
    assert result.exit_code == 2
    assert "Try 'paperconcepts build --help' for help." in result.stderr


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("missing.jsonl", None, "no such file, folder or match of this pattern"),
        ("diary.txt", "Dear diary", "known formats: parquet, arxiv-snapshot, openalex, "),
        ("empty.jsonl", "", "it is empty"),
        ("none.jsonl", '{"id": "a"}\n', "holds no paper (neither title nor abstract)"),
    ],
)
def test_unreadable_input(run: Run, tmp_path: Path, name: str, text: str | None, message: str) -> None:
    """Input that is missing, unknown or empty is one line that names the file, and exit code 3."""
    if text is not None:
        (tmp_path / name).write_text(text, encoding="utf-8")
    result = run("build", tmp_path / name, "--out", tmp_path / "out")
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (3, "", 1)
    assert name in result.stderr
    assert message in result.stderr
    assert not (tmp_path / "out").exists()


def test_forced_format(run: Run, tmp_path: Path) -> None:
    """``--input-format`` forces a format; one that does not exist is an error that names those there are."""
    path = tmp_path / "plain.txt"
    path.write_text("Notes\n\nAbstract: We fine-tune BERT on SQuAD.\n", encoding="utf-8")
    assert run("build", path, "--out", tmp_path / "out", "--input-format", "abstract-lines").exit_code == 0
    assert _report(tmp_path / "out")["read"]["records"] == {"abstract-lines": 1}
    result = run("build", path, "--out", tmp_path / "no", "--input-format", "pdf")
    assert result.exit_code == 3
    assert result.stderr == f"error: no format is named 'pdf'; known formats: {', '.join(FORMATS)}\n"


def test_folder_that_cannot_be_made(run: Run, write_records: WriteRecords) -> None:
    """A folder that cannot be made gives exit code 74."""
    path = write_records()
    result = run("build", path, "--out", path / "out")
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (74, "", 1)
    assert str(path / "out" / "graph.ttl") in result.stderr


def _no_space(*_: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


class _FullDisk:
    """A text stream that takes some characters and then no more."""

    def __init__(self, stream: Any, room: int) -> None:
        self.stream, self.room = stream, room

    def __enter__(self) -> "_FullDisk":
        return self

    def __exit__(self, *_: object) -> None:
        self.stream.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self.stream, name)

    def write(self, text: str) -> int:
        self.room -= len(text)
        if self.room < 0:
            _no_space()
        return int(self.stream.write(text))

    def writelines(self, lines: Any) -> None:
        for line in lines:
            self.write(line)


@pytest.mark.parametrize("moment", ["write", "sync"])
def test_full_disk(
    run: Run, write_records: WriteRecords, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    """On a full disk the exit code is 74, the earlier files stay as they were and no temporary file is left."""
    path, out = write_records(), tmp_path / "out"
    run("build", path, "--out", out)
    before = {name: (out / name).read_bytes() for name in FILES}
    write_records("papers.jsonl", {"id": "r", "title": "Another paper on GPT-4", "abstract": "We study GPT-4."})
    if moment == "sync":
        monkeypatch.setattr("os.fsync", _no_space)
    else:
        fdopen = os.fdopen
        monkeypatch.setattr("os.fdopen", lambda *args, **settings: _FullDisk(fdopen(*args, **settings), 1000))
    result = run("build", path, "--out", out)
    monkeypatch.undo()
    assert (result.exit_code, result.stdout) == (74, "")
    assert result.stderr == (
        f"error: cannot write {out / 'graph.ttl'}: No space left on device; the earlier file, if any, is unchanged\n"
    )
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before
