"""Invented records with every reason to be merged, and a build of them without a library to compare with."""

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from paperconcepts.config import Config
from paperconcepts.export.records import write_papers_jsonl
from paperconcepts.graph import ResearchGraph
from paperconcepts.pipeline import BuildReport, build
from paperconcepts.rdf import write_ntriples

FAST = Config(profile="fast")
Row = dict[str, Any]

_LONG = (
    "We propose WombatNet, a model for image classification that extends LoRA. It is evaluated on ImageNet and on the "
    "GLUE benchmark, and improves accuracy by 2.1 points over BERT. Code is at https://github.com/wombat/net."
)
# What one says of a paper another corrects, repeats, defines or leaves out.
ROWS: tuple[Row, ...] = (
    {"id": "2101.00001", "title": "WombatNet", "abstract": _LONG, "date": "2021-01-02"},
    {"id": "2101.00001", "title": "WombatNet: A Model", "abstract": "We propose WombatNet, now tested on CIFAR-10."},
    {"doi": "10.1000/wombat", "title": "WombatNet", "abstract": _LONG, "venue": "Burrow"},
    {"doi": "10.1000/wombat", "arxiv_id": "2101.00001", "title": "Wombat Networks", "year": 2022},
    {"title": "Editorial", "abstract": "We discuss quokkas and GANs."},
    {"title": "Editorial", "abstract": "A word on Adam and on BERT."},
    {"title": "Editorial", "id": "2101.00002"},
    {"title": "Quokkas", "abstract": "We use Quokka Tuning (QUT) on GSM8K."},
    {"abstract": "We use QUT on GLUE."},
    {"title": "For numbats", "abstract": "QUT\u0007 extends fine-tuning.", "date": "2023-05", "score": 3},
    {
        "id": "2303.00007",
        "title": "NumbatLM-2",
        "abstract": "NumbatLM-2 is a model. It extends NumbatLM.",
        "extra": [1],
    },
    {"id": "2303.00008", "title": "NumbatLM", "abstract": "We introduce NumbatLM, a language model.", "venue": "A"},
    {"id": "2303.00008", "title": "NumbatLM", "abstract": "We introduce NumbatLM, a language model.", "venue": "B"},
    {"title": "", "abstract": "Grass is green."},
    {"title": "   ", "abstract": ""},
)


def write_rows(path: Path, rows: Iterable[Row | None]) -> Path:
    """Write records as JSON Lines; None is a line that is no record."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = ("{broken" if row is None else json.dumps(row) for row in rows)
    path.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    return path


def graph_bytes(graph: ResearchGraph, folder: Path) -> tuple[bytes, bytes]:
    """All that a graph holds, as the files that show all of it."""
    folder.mkdir(parents=True, exist_ok=True)
    write_papers_jsonl(graph, folder / "papers.jsonl")
    write_ntriples(graph, folder / "graph.nt")
    return (folder / "papers.jsonl").read_bytes(), (folder / "graph.nt").read_bytes()


def fresh_build(inputs: Any, folder: Path, config: Config = FAST) -> tuple[tuple[bytes, bytes], dict[str, Any]]:
    """A build without a library: its bytes and its report."""
    report = BuildReport()
    graph = build(inputs, config=config, report=report)
    return graph_bytes(graph, folder), report.as_dict()


@pytest.fixture
def corpus(tmp_path: Path) -> Callable[..., Path]:
    """The function that writes some of `ROWS`, by number, to a file."""

    def write(name: str, *numbers: int) -> Path:
        chosen = numbers or range(len(ROWS))
        return write_rows(tmp_path / "input" / name, [ROWS[number] for number in chosen])

    return write
