"""``paperconcepts build --decisions``: applied, or refused with everything that is wrong."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]
WriteRecords = Callable[..., Path]


@pytest.fixture
def build(run: Run, write_records: WriteRecords, tmp_path: Path) -> Callable[..., Result]:
    """Build two small papers with decisions of these lines."""

    def done(*lines: str) -> Result:
        file = tmp_path / "decisions.txt"
        file.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
        return run(
            "build", write_records(), "--out", tmp_path / "graph", "--profile", "fast", "--format", "csv",
            "--decisions", file,
        )  # fmt: skip

    return done


def test_applied(run: Run, build: Callable[..., Result], tmp_path: Path) -> None:
    """The graph is as decided; the summary and report.json say what had an effect; aliases show the comment."""
    result = build('merge "full fine-tuning" into LoRA  # for a test', "retype gsm8k to Dataset")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "decisions  1 applied, 1 without effect here (lines 2); see report.json\n" in result.stdout
    report = json.loads((tmp_path / "graph" / "report.json").read_text(encoding="utf-8"))["decisions"]
    assert report["applied"] == 1
    assert report["without_effect"] == [{"line": 2, "decision": "retype gsm8k to Dataset", "comment": ""}]
    shown = run("aliases", tmp_path / "graph", "LoRA").stdout
    assert "decision" in shown
    assert "merged from full fine-tuning: for a test (before: " in shown


@pytest.mark.parametrize(
    ("lines", "parts"),
    [
        (["", "merge LoRRA into GSM8K"], ["line 2", "no concept 'LoRRA'", "did you mean 'LoRA'"]),
        (["reject zzzzzzzz"], ["line 1", "no concept 'zzzzzzzz'", "Correct the name, or take the line away"]),
        (["merge LoRA into GSM8K"], ["line 1", "is a Method and 'GSM8K' a Dataset", "retype low-rank-adaptation to"]),
        (["retype LoRA to Model", "retype LoRA to Task"], ["line 2", "'LoRA'", "in line 1", "keep one of them"]),
        (["retype LoRA to Model", "retype low-rank-adaptation to Task"], ["line 2", "in line 1", "keep one of them"]),
        (["merge LoRA into PouchNet", "merge PouchNet into LoRA"], ["line 2", "circle", "take one of them away"]),
        (["rename LoRA"], ["line 1", "'rename LoRA' is not of the form: rename CONCEPT to LABEL"]),
        (["rejct LoRA"], ["line 1", "unknown action 'rejct'", "did you mean 'reject'"]),
        (["retype LoRA to Modell"], ["line 1", "unknown type 'Modell'", "Method, Model, Dataset, Task, Metric"]),
    ],
)
def test_refused(build: Callable[..., Result], tmp_path: Path, lines: list[str], parts: list[str]) -> None:
    """A file with a mistake gives exit code 6, the line, the value and advice; nothing is written."""
    result = build(*lines)
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (6, "", 1)
    assert result.stderr.startswith(f"error: {tmp_path / 'decisions.txt'}, line ")
    assert [part for part in parts if part not in result.stderr] == []
    assert not (tmp_path / "graph").exists()


def test_all_mistakes(build: Callable[..., Result], tmp_path: Path) -> None:
    """Every mistake of the file has its own line of the message; an earlier build stays as it was."""
    (tmp_path / "graph").mkdir()
    (tmp_path / "graph" / "nodes.csv").write_text("mine", encoding="utf-8")
    result = build("rubbish", "reject LoRA  # fine", "retype LoRA to X")
    assert result.exit_code == 6
    assert [line.split(": ")[1].rsplit(", ")[-1] for line in result.stderr.splitlines()] == ["line 1", "line 3"]
    assert (tmp_path / "graph" / "nodes.csv").read_text(encoding="utf-8") == "mine"
    assert [path.name for path in (tmp_path / "graph").iterdir()] == ["nodes.csv"]


def test_missing_file(run: Run, write_records: WriteRecords, tmp_path: Path) -> None:
    """A decisions file that is not there is an error with its name."""
    result = run("build", write_records(), "--out", tmp_path / "graph", "--decisions", tmp_path / "none.txt")
    assert (result.exit_code, result.stderr) == (
        6,
        f"error: {tmp_path / 'none.txt'}: cannot be read: No such file or directory\n",
    )
    assert not (tmp_path / "graph").exists()
