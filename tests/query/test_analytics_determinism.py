"""Every analysis prints the same for papers in any order and under any hash seed."""

import os
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from paperconcepts.export.records import write_papers_jsonl
from paperconcepts.graph import ResearchGraph
from paperconcepts.model import Role

MakeGraph = Callable[..., ResearchGraph]

CODE = """
import sys
from paperconcepts.export.graph_reading import read_graph
from paperconcepts.query import *

graph = read_graph(sys.argv[1])
answers = [
    co_occurrences(graph), related_concepts(graph, "c1"), [concept_timeline(graph, "c1")], [concept_trends(graph)],
    trace_lineage(graph, "c1"), [find_communities(graph, min_shared=1)], similar_papers(graph, "t:001"),
    similar_concepts(graph, "c1"), find_gaps(graph, min_expected=0, max_ratio=0.9, limit=None),
    compare_papers(graph, ["c1"]),
]
assert all(answers)
sys.stdout.buffer.write("".join(format_table(answer, "json") for answer in answers).encode())
sys.stdout.buffer.write(repr(list(co_occurrence_graph(graph).edges(data=True))).encode())
"""


def _graph(graph_of: MakeGraph) -> ResearchGraph:
    choose = random.Random(3)  # noqa: S311 - invented papers
    concepts = [f"c{number}" for number in range(30)]
    papers, relations = {}, []
    for number in range(90):
        found = choose.sample(concepts, 5)
        issued = choose.choice([None, "2022", "2023-04", "2024-05-06", "2021-01-01"])
        papers[f"t:{number:03}"] = (issued, {one: choose.choice(list(Role)).value for one in found})
        relations.append((f"t:{number:03}", found[0], choose.choice(["extends", "is_a"]), found[1]))
    types = {one: choose.choice(["Method", "Model", "Task", "Dataset"]) for one in concepts}
    return graph_of(papers, types=types, relations=relations)


def _run(folder: Path, hash_seed: int) -> bytes:
    done = subprocess.run(
        [sys.executable, "-c", CODE, str(folder)],
        check=True,
        capture_output=True,
        env={**os.environ, "PYTHONHASHSEED": str(hash_seed)},
        timeout=60,
    )
    return done.stdout


def test_same_bytes(graph_of: MakeGraph, tmp_path: Path) -> None:
    """All ten analyses give the same bytes for two orders of papers and two hash seeds."""
    ordered, shuffled = tmp_path / "ordered", tmp_path / "shuffled"
    for folder in (ordered, shuffled):
        folder.mkdir()
    write_papers_jsonl(_graph(graph_of), ordered / "papers.jsonl")
    lines = (ordered / "papers.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    random.Random(5).shuffle(lines)  # noqa: S311 - any order will do
    (shuffled / "papers.jsonl").write_text("".join(lines), encoding="utf-8")
    first, second = _run(ordered, 0), _run(shuffled, 4242)
    assert first == second
    assert len(first) > 10_000
