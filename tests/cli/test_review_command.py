"""``paperconcepts review``: cases listed, written to a file, or asked."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from paperconcepts.linking import read_decisions

Run = Callable[..., Result]


@pytest.fixture
def ask(run: Run, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Answer the first cases of the bundled corpus with these lines."""
    monkeypatch.setattr("paperconcepts.cli.review._on_terminal", lambda: True)

    def done(*answers: str, limit: int = 3) -> Result:
        lines = "".join(line + "\n" for line in answers)
        arguments = ("--write", tmp_path / "d.txt", "--interactive", "--limit", limit)
        return run("review", folder, *arguments, stdin=lines)

    return done


def test_list(run: Run, folder: Path) -> None:
    """Cases are printed most valuable first, each with its proposals; how many more there are is said."""
    cases = json.loads(run("review", folder, "--json", "--limit", "1000").stdout)
    assert len(cases) > 3
    lines = run("review", folder, "--limit", "2").stdout.splitlines()
    heads = [line for line in lines if not line.startswith("         ")]
    assert heads[0] == f"{cases[0]['value']:7.2f}  {cases[0]['kind']}: {cases[0]['question']}"
    assert heads[-1] == f"… and {len(cases) - 2} more (--limit {len(cases)})"
    assert lines[1].strip() == cases[0]["proposals"][0][0]


def test_write(run: Run, folder: Path, tmp_path: Path) -> None:
    """A written file decides nothing until it is edited; writing again adds only cases that it has not."""
    file = tmp_path / "d.txt"
    result = run("review", folder, "--write", file, "--limit", "2")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith(f"wrote 2 cases to {file}, of ")
    assert len(read_decisions(file)) == 0
    first = file.read_bytes()
    run("review", folder, "--write", file, "--limit", "1000")
    assert file.read_bytes().startswith(first)
    full = file.read_bytes()
    assert run("review", folder, "--write", file).stdout.startswith("wrote 0 cases")
    assert file.read_bytes() == full


def test_json_and_write(run: Run, folder: Path, tmp_path: Path) -> None:
    """With ``--json`` standard output has the cases alone."""
    result = run("review", folder, "--write", tmp_path / "d.txt", "--json", "--limit", "2")
    assert len(json.loads(result.stdout)) == 2
    assert "wrote 2 cases" in result.stderr


def test_answers(ask: Callable[..., Result], tmp_path: Path) -> None:
    """y is a decision with its comment, n a note, s nothing; each is kept before the next question."""
    result = ask("y  the same thing", "what", "n", "s")
    assert result.exit_code == 0
    assert "'what' is no answer: y, n, s, q" in result.stdout
    text = (tmp_path / "d.txt").read_text(encoding="utf-8").splitlines()
    taken = read_decisions(tmp_path / "d.txt")
    assert {item.comment for item in taken} == {"the same thing"}
    assert sum(line.startswith("# no: ") for line in text) >= 1
    again = ask("q").stdout
    assert again.count("value ") == 1
    assert "3/3" not in again


def test_quit_and_end_of_input(ask: Callable[..., Result], tmp_path: Path) -> None:
    """q ends the questions, and so does the end of input; what was answered is kept."""
    assert ask("quit").exit_code == 0
    assert not (tmp_path / "d.txt").exists()
    assert ask("y").exit_code == 0
    assert len(read_decisions(tmp_path / "d.txt")) >= 1


def test_terminal_only(run: Run, folder: Path, tmp_path: Path) -> None:
    """``--interactive`` without a file for the answers, or without a terminal, is wrong usage; nothing is written."""
    assert "--interactive needs --write FILE" in run("review", folder, "--interactive").stderr
    result = run("review", folder, "--interactive", "--write", tmp_path / "d.txt")
    assert result.exit_code == 2
    assert "asks on a terminal" in result.stderr
    assert not (tmp_path / "d.txt").exists()


def test_a_wrong_file(run: Run, folder: Path, tmp_path: Path) -> None:
    """A file that is no decisions file is refused and stays."""
    (tmp_path / "d.txt").write_text("dear diary\n", encoding="utf-8")
    result = run("review", folder, "--write", tmp_path / "d.txt")
    assert (result.exit_code, result.stdout) == (6, "")
    assert "d.txt, line 1: unknown action 'dear'" in result.stderr
    assert (tmp_path / "d.txt").read_text(encoding="utf-8") == "dear diary\n"
