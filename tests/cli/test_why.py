"""``paperconcepts why``: the evidence of an edge."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from paperconcepts.examples import example_graph

Run = Callable[..., Result]


def test_why(run: Run, folder: Path) -> None:
    """Each piece of evidence is a sentence with its spans marked, its place, rule, cue and confidence."""
    result = run("why", folder, "2305.18290", "DPO")
    assert (result.exit_code, result.stderr) == (0, "")
    head, role, *rest = result.stdout.splitlines()
    assert head.startswith("arxiv:2305.18290  Direct Preference Optimization: ")
    assert role == "  introduces Direct Preference Optimization [Method]"
    sentences, places = rest[::2], rest[1::2]
    assert all(line.startswith("    “") and line.endswith("”") and "[" in line for line in sentences)
    assert any("[Direct Preference Optimization] ([DPO])" in line for line in sentences)
    assert all(", rule " in line and ", confidence 0." in line for line in places)
    assert any(line.startswith("      abstract ") and "cue 'We introduce" in line for line in places)


def test_json(run: Run, folder: Path) -> None:
    """``--json`` gives spans that slice: in the sentence, and in the text of the paper."""
    found = json.loads(run("why", folder, "2305.18290", "DPO", "--json").stdout)
    paper = example_graph().paper("2305.18290")
    assert found
    for item in found:
        evidence = item["evidence"]
        text = paper.text(evidence["field"])
        assert item["concept_id"] == "direct-preference-optimization"
        assert text[evidence["start"] : evidence["end"]] == item["sentence"]
        assert item["spans"]
        assert [item["sentence"][start:end] for start, end in item["spans"]] == [
            text[start:end] for start, end in evidence["spans"]
        ]
        if evidence["cue_start"] >= 0:
            assert text[evidence["cue_start"] : evidence["cue_end"]] == evidence["cue"]


@pytest.mark.parametrize(
    ("paper", "concept", "message"),
    [
        ("2305.18290", "Lorra", "No concept 'Lorra' in this graph. Did you mean: LoRA"),
        ("2305.18299", "DPO", "No paper '2305.18299' in this graph. Did you mean: 2305.18290"),
        ("2305.18290", "LoRA", "No edge 'arxiv:2305.18290 -> low-rank-adaptation' in this graph."),
    ],
)
def test_unknown_names(run: Run, folder: Path, paper: str, concept: str, message: str) -> None:
    """A paper, concept or edge that is not there gives one line, near names and exit code 4."""
    result = run("why", folder, paper, concept)
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (4, "", 1)
    assert result.stderr.startswith(f"error: {message}")
