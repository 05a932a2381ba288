"""Run commands in this process, and one build of the bundled corpus for all tests."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from paperconcepts.cli import main
from paperconcepts.examples import corpus_path

Run = Callable[..., Result]
WriteRecords = Callable[..., Path]

# Two papers that speak of concepts and one that does not.
RECORDS: tuple[dict[str, Any], ...] = (
    {
        "id": "quokka-1",
        "title": "PouchNet: Carrying Small Things",
        "abstract": "We propose PouchNet, a new transformer for image classification. It is evaluated on ImageNet.",
        "date": "2024-05-01",
    },
    {
        "uid": "quokka-2",
        "title": "A Study of Low-Rank Adaptation 🦘",
        "abstract": "Low-Rank Adaptation (LoRA) is compared with full fine-tuning. We report accuracy on GSM8K.",
        "year": 2025,
    },
    {"title": "", "abstract": "Grass is green and the sky is blue."},
)


def run_command(*arguments: str | Path, stdin: str | bytes | None = None) -> Result:
    """Run ``paperconcepts`` with these arguments; ``stdout`` and ``stderr`` are apart in the result."""
    return CliRunner().invoke(main, [str(argument) for argument in arguments], input=stdin, prog_name="paperconcepts")


@pytest.fixture(scope="session")
def run() -> Run:
    """The function that runs a command in this process."""
    return run_command


@pytest.fixture
def write_records(tmp_path: Path) -> WriteRecords:
    """The function that writes records as JSON Lines; by default `RECORDS`."""

    def write(name: str = "papers.jsonl", *records: dict[str, Any]) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(json.dumps(row) + "\n" for row in records or RECORDS), encoding="utf-8")
        return path

    return write


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Result]:
    """A build of the bundled corpus: its folder and what the command said. Shared by all tests, so do not change it."""
    folder = tmp_path_factory.mktemp("built") / "graph"
    result = run_command("build", corpus_path(), "--out", folder)
    assert result.exit_code == 0, result.output
    return folder, result


@pytest.fixture(scope="session")
def folder(built: tuple[Path, Result]) -> Path:
    """The folder of a build of the bundled corpus."""
    return built[0]
