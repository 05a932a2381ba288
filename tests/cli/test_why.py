"""``paperconcepts why``: what speaks for an edge, a concept or a paper."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from paperconcepts import read_graph
from paperconcepts.examples import example_graph

Run = Callable[..., Result]
WriteRecords = Callable[..., Path]


def _lines(result: Result) -> list[str]:
    assert (result.exit_code, result.stderr) == (0, ""), result.output
    return result.stdout.splitlines()


def test_why(run: Run, folder: Path) -> None:
    """Each piece of evidence is a sentence with its marks, its place, rule, cue and confidence; then the names."""
    head, role, *rest = _lines(run("why", folder, "2305.18290", "DPO"))
    assert head.startswith("arxiv:2305.18290  Direct Preference Optimization: ")
    assert role == "  introduces Direct Preference Optimization [Method]"
    told = [line for line in rest if line.startswith(("    “", "      "))]
    sentences, places = told[::2], told[1::2]
    assert all(line.startswith("    “") and line.endswith("”") and "[" in line for line in sentences)
    assert any("[Direct Preference Optimization] ([DPO])" in line for line in sentences)
    assert all((", rule " in line or ", model " in line) and ", confidence 0." in line for line in places)
    assert any(line.startswith("      abstract ") and "cue 'We introduce" in line for line in places)
    facts = rest[len(told) :]
    assert facts[0].startswith("    confidence  0.")
    assert any(
        '"DPO" -definition in arxiv:2305.18290 0.97-> "Direct Preference Optimization" -label 0.97-> '
        "direct-preference-optimization" in line
        for line in facts
    )


def test_cue_and_mentions_differ(run: Run, folder: Path) -> None:
    """Without a terminal mentions stand in square brackets and cues in braces."""
    assert "which {extends} [Low-Rank Adaptation] ([LoRA]) by" in run("why", folder, "2305.14314", "LoRA").stdout


def test_terminal(folder: Path) -> None:
    """On a terminal mentions are bold and underlined and cues coloured; NO_COLOR asks for brackets there, too."""
    pty = pytest.importorskip("pty")
    shown = {}
    for wish in ("", "1"):
        parent, child = pty.openpty()
        command = [sys.executable, "-m", "paperconcepts", "why", str(folder), "2305.14314", "LoRA"]
        subprocess.run(command, check=True, stdout=child, env={**os.environ, "NO_COLOR": wish}, timeout=60)
        os.close(child)
        shown[wish] = os.read(parent, 100_000).decode(errors="replace")
        os.close(parent)
    assert "which \x1b[33mextends\x1b[0m \x1b[1m\x1b[4mLow-Rank Adaptation\x1b[0m (" in shown[""]
    assert "\x1b" not in shown["1"]
    assert "{extends} [Low-Rank Adaptation]" in shown["1"]


def test_two_concepts(run: Run, folder: Path) -> None:
    """Every relation between two concepts is told, in whichever order they are named; the catalogue's as such."""
    lines = _lines(run("why", folder, "QLoRA", "LoRA"))
    assert lines[:4] == [
        "qlora  QLoRA",
        "  is_a Low-Rank Adaptation [Method] low-rank-adaptation",
        "    confidence  0.99, from the catalogue",
        "    catalogue   entry qlora: qlora is_a low-rank-adaptation",
    ]
    assert "  extends Low-Rank Adaptation [Method] low-rank-adaptation" in lines
    assert any(
        line.startswith("      arxiv:2305.14314 QLoRA: Efficient") and "rule relation:" in line for line in lines
    )
    assert lines == _lines(run("why", folder, "LoRA", "QLoRA"))


def test_concept(run: Run, folder: Path) -> None:
    """A concept is explained by the votes for its type, its names, its papers and its best evidence."""
    head, *rest = _lines(run("why", folder, "LoRA", "--list", "1"))
    assert head == "Low-Rank Adaptation  [Method]  low-rank-adaptation  (catalogue)"
    facts = [line.split(None, 1) for line in rest if line.startswith("    ") and line[4] not in " “"]
    told = dict(reversed(facts))
    assert told["type"].startswith("Method, as the catalogue says; ")
    assert "read as Method (weight " in told["type"]
    assert told["name"].startswith('"LoRA" -definition in arxiv:2106.09685')
    assert sum(name == "name" and value.startswith("…") for name, value in facts) == 1
    assert sum(line.startswith("    “") for line in rest) == 3


def test_paper(run: Run, folder: Path) -> None:
    """A paper is explained by the records that it was read from, and by its edges with their best evidence."""
    head, *rest = _lines(run("why", folder, "2305.14314"))
    assert head == "arxiv:2305.14314  QLoRA: Efficient Finetuning of Quantized LLMs"
    assert any(line.startswith("    read from   corpus.jsonl #") for line in rest)
    (count,) = [int(line.split()[1]) for line in rest if line.startswith("    concepts ")]
    assert sum(line.startswith("    “") for line in rest) == count > 5


def test_empty_paper(run: Run, write_records: WriteRecords, tmp_path: Path) -> None:
    """A paper from which nothing was drawn says so."""
    assert run("build", write_records(), "--out", tmp_path / "out", "--format", "jsonl").exit_code == 0
    paper = next(p for p in read_graph(tmp_path / "out").papers() if "Grass" in p.abstract)
    assert "    concepts    none: nothing was drawn from its text" in _lines(run("why", tmp_path / "out", paper.id))


def test_name_of_both(run: Run, write_records: WriteRecords, tmp_path: Path) -> None:
    """A name of a paper and of a concept is read as one of them, and a note says so and how to choose."""
    record = {
        "id": "x",
        "title": "PouchNet",
        "abstract": "We propose PouchNet, a model. PouchNet is tested on ImageNet.",
    }
    assert run("build", write_records("p.jsonl", record), "--out", tmp_path, "--format", "jsonl").exit_code == 0
    result = run("why", tmp_path, "PouchNet")
    assert result.exit_code == 0
    assert result.stdout.partition("\n")[0].endswith("  pouchnet  (found in the corpus)")
    (note,) = result.stderr.splitlines()
    assert note.startswith("note: 'PouchNet' is read as the ")
    assert "pouchnet; it is also a name of the paper sha:" in note
    assert note.endswith("; give an id to choose")


@pytest.mark.parametrize("names", [("QLoRA", "LoRA"), ("LoRA",), ("2305.14314",), ("2305.14314", "LoRA")])
def test_json_of_all(run: Run, folder: Path, names: tuple[str, ...]) -> None:
    """``--json`` gives a list for edges and an object with its kind for a concept or a paper."""
    found = json.loads(run("why", folder, *names, "--json").stdout)
    if len(names) == 2:
        assert isinstance(found, list)
        assert found
        assert all(("evidence" in item) != ("quotations" in item) for item in found)
    else:
        assert found["kind"] == ("concept" if names == ("LoRA",) else "paper")


def test_html(run: Run, folder: Path, tmp_path: Path) -> None:
    """``--html`` writes a page with the marked sentences beside what is printed."""
    page = tmp_path / "why.html"
    plain = run("why", folder, "2305.14314", "LoRA")
    assert run("why", folder, "2305.14314", "LoRA", "--html", page).stdout == plain.stdout
    text = page.read_text(encoding="utf-8")
    assert "which <b>extends</b> <mark>Low-Rank Adaptation</mark> (<mark>LoRA</mark>)" in text
    assert "default-src 'none'" in text


def test_filters(run: Run, folder: Path) -> None:
    """What is believed too little, or by too few papers, is left out and so has no explanation."""
    assert run("why", folder, "2305.14314", "LoRA", "--min-confidence", "0.99").exit_code == 4
    assert run("why", folder, "QLoRA", "LoRA", "--min-support", "2").stdout.count("  extends ") == 0
    assert run("why", folder, "LoRA", "--min-support", "2").exit_code == 0


def test_wrong_usage(run: Run, folder: Path) -> None:
    """One or two names are wanted: more are probably a name with blanks that is not in quotes."""
    assert run("why", folder).exit_code == 2
    result = run("why", folder, "low", "rank", "adaptation")
    assert result.exit_code == 2
    assert "one or two names are wanted, not 3: 'low', 'rank', 'adaptation'; put a name with blanks in" in result.stderr


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
        ("2305.18290", "Lorra", "No concept or paper 'Lorra' in this graph. Did you mean: LoRA"),
        ("2305.18299", "DPO", "No concept or paper '2305.18299' in this graph. Did you mean: 2305.18290"),
        ("2305.18290", "LoRA", "No edge 'arxiv:2305.18290 -> low-rank-adaptation' in this graph."),
    ],
)
def test_unknown_names(run: Run, folder: Path, paper: str, concept: str, message: str) -> None:
    """A paper, concept or edge that is not there gives one line, near names and exit code 4."""
    result = run("why", folder, paper, concept)
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (4, "", 1)
    assert result.stderr.startswith(f"error: {message}")
