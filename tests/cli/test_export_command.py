"""``paperconcepts export``: a built folder as RDF in another form."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]
WriteRecords = Callable[..., Path]
RECORD = {
    "id": "quokka-1",
    "title": "PouchNet: Carrying Small Things",
    "abstract": "We propose PouchNet, a new transformer for image classification. PouchNet improves accuracy by "
    "5.2 points on ImageNet over ResNet.",
}


@pytest.fixture
def folder(run: Run, write_records: WriteRecords, tmp_path: Path) -> Path:
    """A build of one paper, with its N-Triples."""
    built = tmp_path / "graph"
    assert run("build", write_records("one.jsonl", RECORD), "--out", built, "--format", "nt").exit_code == 0
    return built


def test_it_writes_what_build_wrote(run: Run, folder: Path, tmp_path: Path) -> None:
    """From the folder the same bytes come out as from the build itself, to a file or to standard output."""
    result = run("export", folder, "--to", "nt")
    assert (result.exit_code, result.stderr) == (0, "")
    wanted = (folder / "graph.nt").read_bytes()
    assert result.stdout_bytes == wanted
    assert run("export", folder, "--to", "nt", "-o", tmp_path / "again.nt").stdout == ""
    assert (tmp_path / "again.nt").read_bytes() == wanted


@pytest.mark.parametrize("syntax", ["ttl", "nt", "nq", "trig", "jsonld", "rdf12"])
def test_level_base_and_licence_are_heeded(run: Run, folder: Path, syntax: str) -> None:
    """Every syntax knows the three settings."""
    settings = ("--rdf-level", "evidence", "--base", "https://example.org/kg/", "--licence", "https://example.org/free")
    text = run("export", folder, "--to", syntax, *settings).stdout
    assert "https://example.org/kg/" in text
    assert "https://example.org/free" in text
    assert "level evidence" in text
    assert "5.2 points on ImageNet" in text, "the sentence is quoted"
    assert RECORD["abstract"] not in text


def test_json_ld_is_one_document(run: Run, folder: Path) -> None:
    """Standard output is whole JSON."""
    assert json.loads(run("export", folder, "--to", "jsonld").stdout)["@graph"]


def test_wrong_settings_have_their_exit_codes(run: Run, folder: Path, tmp_path: Path) -> None:
    """A bad base is a setting (6), a folder without a build is input (3), an unknown syntax is usage (2)."""
    assert run("export", folder, "--to", "nt", "--base", "here").exit_code == 6
    assert run("export", folder, "--to", "nt", "--licence", "CC0").exit_code == 6
    assert run("export", tmp_path, "--to", "nt").exit_code == 3
    assert run("export", folder, "--to", "rdfxml").exit_code == 2


def test_build_knows_the_level(run: Run, write_records: WriteRecords, tmp_path: Path) -> None:
    """``build --rdf-level`` writes RDF of that level, and the settings file can say so."""
    records = write_records("one.jsonl", RECORD)
    assert run("build", records, "--out", tmp_path / "a", "--format", "ttl", "--rdf-level", "core").exit_code == 0
    assert "pc:Assertion" not in (tmp_path / "a" / "graph.ttl").read_text(encoding="utf-8")
    (tmp_path / "settings.toml").write_text('rdf_level = "core"')
    build = ("build", records, "--out", tmp_path / "b", "--format", "ttl", "--config", tmp_path / "settings.toml")
    assert run(*build).exit_code == 0
    assert (tmp_path / "b" / "graph.ttl").read_bytes() == (tmp_path / "a" / "graph.ttl").read_bytes()
