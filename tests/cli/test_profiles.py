"""``--profile``: everything, or only rules and catalogue."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from paperconcepts.errors import ModelError

Run = Callable[..., Result]
WriteRecords = Callable[..., Path]
SOURCES = ("catalogue", "definition", "name", "term")
SURFACES = {"PouchNet": "Model", "ImageNet": "Dataset"}


@pytest.fixture
def _no_models(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing that is trained can be loaded."""

    def fail(*_: object) -> None:
        raise ModelError("the model is gone; reinstall paperconcepts")

    for name in ("extraction.components.ConceptTagger", "extraction.components.load_ranker",
                 "linking.roles.load_role_model"):  # fmt: skip
        monkeypatch.setattr(f"paperconcepts.{name}", fail)


def _concepts(result: Result) -> list[dict[str, Any]]:
    assert (result.exit_code, result.stderr) == (0, "")
    return [concept for line in result.stdout.splitlines() for concept in json.loads(line)["concepts"]]


def _gold(write_records: WriteRecords) -> list[str | Path]:
    """The options that name a gold of one paper."""
    concepts = [
        {"name": name, "type": label, "role": "uses", "core": True, "surfaces": [name]}
        for name, label in SURFACES.items()
    ]
    gold = write_records("gold.jsonl", {"uid": "quokka-1", "concepts": concepts})
    text = {
        "id": "quokka-1",
        "title": "",
        "abstract": "We propose PouchNet, a new network. PouchNet is tested on ImageNet; it hops with contrastive joy.",
    }
    return ["--gold", gold, "--papers", write_records("texts.jsonl", text)]


@pytest.mark.usefixtures("_no_models")
def test_fast_extract(run: Run, write_records: WriteRecords) -> None:
    """``extract --profile fast`` needs no model; every find is one of the rules or the catalogue."""
    found = _concepts(run("extract", write_records(), "--profile", "fast"))
    assert {"PouchNet", "ImageNet", "LoRA", "GSM8K"} <= {alias for concept in found for alias in concept["aliases"]}
    sources = {mention["source"] for concept in found for mention in concept["mentions"]}
    assert all(source.startswith(SOURCES) for source in sources)


@pytest.mark.usefixtures("_no_models")
def test_fast_build(run: Run, write_records: WriteRecords, tmp_path: Path) -> None:
    """``build --profile fast`` needs no model, and so does the profile named in a file of settings."""
    path, settings = write_records(), tmp_path / "settings.toml"
    settings.write_text("profile = 'fast'\n", encoding="utf-8")
    written = []
    choices: tuple[list[str | Path], ...] = (["--profile", "fast"], ["--config", settings])
    for number, options in enumerate(choices):
        folder = tmp_path / f"out{number}"
        result = run("build", path, "--out", folder, "--format", "nt", *options)
        assert (result.exit_code, result.stderr) == (0, "")
        report = json.loads((folder / "report.json").read_text(encoding="utf-8"))
        assert report["mentions_by_source"]["tagger"] == 0 < report["mentions_by_source"]["catalogue"]
        written.append((folder / "graph.nt").read_bytes())
    assert written[0] == written[1]


@pytest.mark.usefixtures("_no_models")
def test_fast_evaluate(run: Run, write_records: WriteRecords) -> None:
    """``evaluate --profile fast`` needs no model."""
    result = run("evaluate", *_gold(write_records), "--profile", "fast", "--json")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["concepts"]["recall"] == 1.0


def test_options_go_before_settings(run: Run, write_records: WriteRecords, tmp_path: Path) -> None:
    """What the command line says counts for more than the file of settings."""
    path, settings = write_records(), tmp_path / "settings.toml"
    settings.write_text("profile = 'fast'\n", encoding="utf-8")

    def written(*options: str | Path) -> bytes:
        assert run("build", path, "--out", tmp_path / "out", "--format", "nt", *options).exit_code == 0
        return (tmp_path / "out" / "graph.nt").read_bytes()

    default = written()
    assert written("--config", settings, "--profile", "default") == default
    assert written("--config", settings) == written("--profile", "fast") != default


def test_everything_is_the_default(run: Run, write_records: WriteRecords) -> None:
    """Without the option ``extract`` and ``evaluate`` use all there is."""
    commands: tuple[list[str | Path], ...] = (
        ["extract", write_records()],
        ["evaluate", *_gold(write_records), "--json"],
    )
    for command in commands:
        plain, named = run(*command), run(*command, "--profile", "default")
        assert (plain.exit_code, plain.stdout) == (0, named.stdout)
    assert run(*commands[0]).stdout != run(*commands[0], "--profile", "fast").stdout


def test_workers_use_the_profile(run: Run, write_records: WriteRecords) -> None:
    """Worker processes extract by the profile that was asked for."""
    path = write_records()
    for profile in ("fast", "default"):
        expected = run("extract", path, "--profile", profile).stdout
        assert run("extract", path, "--profile", profile, "-j", "2").stdout == expected


@pytest.mark.parametrize("command", [["extract", "x"], ["build", "x", "--out", "y"], ["evaluate", "--gold", "x"]])
def test_unknown_profile(run: Run, command: list[str]) -> None:
    """A profile that does not exist is wrong usage: exit code 2, and those that do are named."""
    result = run(*command, "--profile", "quick")
    assert result.exit_code == 2
    assert "'quick' is not one of 'default', 'fast'" in result.stderr
