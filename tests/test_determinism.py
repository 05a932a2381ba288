"""Equal input gives equal bytes, whatever the hash seed, the order of files and the number of processes."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from paperconcepts.examples import corpus_path

FILES = (
    "graph.ttl", "graph.nt", "graph.gexf", "graph.graphml", "graph.cyjs", "nodes.csv", "edges.csv", "papers.jsonl",
    "graph.html", "report.json",
)  # fmt: skip
# More papers than two chunks hold, so that two processes have work.
_COPIES = 220


def _inputs(folder: Path) -> list[Path]:
    """The bundled corpus in two overlapping files, many short records, and records that cannot be read."""
    lines = corpus_path().read_text(encoding="utf-8").splitlines()
    poor = [json.dumps({"id": json.loads(line)["id"], "title": "Another title", "date": "1999"}) for line in lines[:3]]
    short = [
        json.dumps({"id": f"r{number}", "title": f"PouchNet{number} for GLUE", "abstract": "We extend LoRA with Adam."})
        for number in range(_COPIES)
    ]
    parts = {"one": lines[:25], "two": [*lines[20:], "{broken"], "three": [*poor, *short, '{"id": "x"}']}
    for name, rows in parts.items():
        (folder / f"{name}.jsonl").write_text("\n".join(rows), encoding="utf-8")
    return [folder / f"{name}.jsonl" for name in parts]


def _run(hash_seed: int, *commands: list[str]) -> None:
    """Run commands one after the other in one new process with this hash seed."""
    code = (
        "import json, sys\nfrom paperconcepts.cli import main\n"
        "for command in json.loads(sys.argv[1]):\n    main(command, standalone_mode=False)"
    )
    subprocess.run(
        [sys.executable, "-c", code, json.dumps(commands)],
        check=True,
        capture_output=True,
        env={**os.environ, "PYTHONHASHSEED": str(hash_seed)},
        timeout=120,
    )


@pytest.fixture(scope="module")
def builds(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two folders made of the same input in two ways."""
    root = tmp_path_factory.mktemp("builds")
    inputs = [str(path) for path in _inputs(root)]
    ways = ((0, inputs, "1"), (4242, inputs[::-1], "2"))
    for number, (seed, files, processes) in enumerate(ways):
        build = ["build", *files, "--out", str(root / f"{number}"), "--processes", processes]
        extract = ["extract", *inputs, "-o", str(root / f"{number}" / "extract.jsonl")]
        _run(seed, build, extract)
    return root / "0", root / "1"


def test_same_bytes(builds: tuple[Path, Path]) -> None:
    """All ten files are byte for byte the same for two hash seeds, two orders of files, one process and two.

    So are the lines of extract for two hash seeds and the same order of files.
    """
    first, second = builds
    assert {path.name for path in first.iterdir()} == {*FILES, "extract.jsonl"}
    names = (*FILES, "extract.jsonl")
    assert [name for name in names if (first / name).read_bytes() != (second / name).read_bytes()] == []
    assert (first / "extract.jsonl").read_bytes().count(b"\n") == 25 + 22 + 3 + _COPIES


def test_the_input_is_worth_it(builds: tuple[Path, Path]) -> None:
    """The input has merged, conflicting and skipped records, which could have come in any order."""
    read = json.loads((builds[0] / "report.json").read_text(encoding="utf-8"))["read"]
    assert read["files"] == ["one.jsonl", "three.jsonl", "two.jsonl"]
    assert (read["merged"], len(read["skipped"]), len(read["conflicts"])) == (8, 2, 6)
