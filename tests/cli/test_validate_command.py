"""``paperconcepts validate``: findings for people and programs, and an exit code."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]
SAME = "<https://example.org/{}> <http://www.w3.org/2002/07/owl#sameAs> <https://example.org/b> .\n"


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """A file that breaks one rule twelve times."""
    path = tmp_path / "bad.nt"
    path.write_text("".join(SAME.format(number) for number in range(12)))
    return path


def test_a_built_folder_is_right(run: Run, folder: Path) -> None:
    """What build writes breaks no invariant."""
    result = run("validate", folder, "--only", "invariants")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines()[-1].endswith(": 0 violations, 0 warnings")


def test_broken_rules_have_an_exit_code(run: Run, broken: Path) -> None:
    """Findings of one rule are cut after ten, the sum is told, and the exit code is 7."""
    result = run("validate", broken, "--only", "invariants")
    assert result.exit_code == 7
    lines = result.stdout.splitlines()
    assert lines[0].startswith("violation: <https://example.org/0>: owl:sameAs would merge")
    assert lines[10] == "... and 2 more [same-as] (--all)"
    assert lines[11].startswith("12 triples, ")
    assert lines[11].endswith("rules: 12 violations, 0 warnings")
    assert len(run("validate", broken, "--only", "invariants", "--all").stdout.splitlines()) == 13


def test_json(run: Run, broken: Path) -> None:
    """All findings as JSON, with the same exit code."""
    result = run("validate", broken, "--json")
    assert result.exit_code == 7
    report = json.loads(result.stdout)
    assert (report["conforms"], report["violations"], len(report["findings"])) == (False, 12, 12)
    assert report["file"] == str(broken)


def test_an_unreadable_file_is_no_finding(run: Run, tmp_path: Path) -> None:
    """A file that is no RDF has exit code 3."""
    (tmp_path / "a.ttl").write_text("<<<")
    result = run("validate", tmp_path / "a.ttl")
    assert result.exit_code == 3
    assert "cannot be read as RDF" in result.stderr
