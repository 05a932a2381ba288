"""``paperconcepts aliases``: the names of a concept and the reason for each."""

import json
from collections.abc import Callable
from pathlib import Path

from click.testing import Result

Run = Callable[..., Result]


def test_names(run: Run, folder: Path) -> None:
    """Each name is printed with reason, confidence, paper and places."""
    result = run("aliases", folder, "LoRA")
    assert (result.exit_code, result.stderr) == (0, "")
    head, *lines = result.stdout.splitlines()
    assert head == "Low-Rank Adaptation  [Method]  low-rank-adaptation"
    place = next(n for n, line in enumerate(lines) if line.split()[:2] == ["LoRA", "definition"])
    assert lines[place].split()[-2:] == ["0.97", "arxiv:2106.09685"]
    assert lines[place + 1].strip().startswith("title 0-4, abstract ")


def test_json(run: Run, folder: Path) -> None:
    """``--json`` gives every row; the places are those of the text."""
    found = json.loads(run("aliases", folder, "LoRA", "--json").stdout)
    assert found["id"] == "low-rank-adaptation"
    papers = {
        row["id"]: row for row in map(json.loads, (folder / "papers.jsonl").read_text(encoding="utf-8").splitlines())
    }
    places = [(row["text"], place) for row in found["aliases"] for place in row["places"]]
    assert len(places) > 10
    for text, place in places:
        assert papers[place["paper_id"]][place["field"]][place["start"] : place["end"]] == text


def test_unknown_concept(run: Run, folder: Path) -> None:
    """A name that nothing bears gives exit code 4 and near names."""
    result = run("aliases", folder, "Lorra")
    assert (result.exit_code, result.stdout) == (4, "")
    assert "Did you mean: LoRA" in result.stderr
