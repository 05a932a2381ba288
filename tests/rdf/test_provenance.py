"""What a graph tells of the run that made it: settings and input files, by their digests."""

import hashlib
import io
import json
import os
import re
import threading
import zipfile
from pathlib import Path
from typing import Any

from paperconcepts.config import Config
from paperconcepts.export.graph_reading import read_graph
from paperconcepts.export.records import write_papers_jsonl
from paperconcepts.graph import ResearchGraph
from paperconcepts.pipeline import BuildReport, build
from paperconcepts.rdf import write_ntriples

_ROW = {"id": "a:1", "title": "LoRA and adapters", "abstract": "We propose QuokkaNet. We use LoRA on GLUE."}
_RUN = re.compile(r'ontology#configuration> "([0-9a-f]{64})"')
_SOURCE = re.compile(r'<[^>]*source/([^>]*)> <[^>]*ontology#sha256> "([0-9a-f]{64})"')


def _ntriples(graph: ResearchGraph, folder: Path) -> str:
    folder.mkdir(exist_ok=True)
    write_ntriples(graph, folder / "graph.nt")
    return (folder / "graph.nt").read_text(encoding="utf-8")


def _write(path: Path, *rows: dict[str, Any]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_a_build_tells_the_digests_of_its_settings_and_files(tmp_path: Path) -> None:
    """They are those of the report, and the way over papers.jsonl keeps them."""
    path = _write(tmp_path / "a.jsonl", _ROW)
    report = BuildReport()
    graph = build(path, config=Config(profile="fast"), report=report)
    told = _ntriples(graph, tmp_path / "out")
    assert _RUN.findall(told) == [report.as_dict()["configuration"]] == [Config(profile="fast").digest()]
    assert _SOURCE.findall(told) == [("a.jsonl", hashlib.sha256(path.read_bytes()).hexdigest())]
    assert report.as_dict()["read"]["sha256"] == dict(_SOURCE.findall(told))
    write_papers_jsonl(graph, tmp_path / "out" / "papers.jsonl")
    (tmp_path / "out" / "report.json").write_text(json.dumps(report.as_dict()), encoding="utf-8")
    assert _ntriples(read_graph(tmp_path / "out"), tmp_path / "again") == told


def test_a_report_that_is_missing_or_not_ours_tells_nothing(tmp_path: Path) -> None:
    """The graph is read all the same."""
    write_papers_jsonl(
        build(_write(tmp_path / "a.jsonl", _ROW), config=Config(profile="fast")), tmp_path / "papers.jsonl"
    )
    digest = "0" * 64
    for text in (
        None, "{", "[]", '{"configuration": "x"}', f'{{"configuration": "{digest}", "read": {{"sha256": 3}}}}',
        f'{{"configuration": "{digest}", "read": {{"sha256": {{"a.jsonl": 3}}}}}}',
        f'{{"configuration": "x", "read": {{"sha256": {{"a.jsonl": "{digest}"}}}}}}',
    ):  # fmt: skip
        if text is not None:
            (tmp_path / "report.json").write_text(text, encoding="utf-8")
        told = _ntriples(read_graph(tmp_path), tmp_path / "again")
        assert not _RUN.search(told)
        assert not _SOURCE.search(told)


def test_a_member_of_an_archive_has_the_digest_of_the_archive(tmp_path: Path) -> None:
    """That is the file which a reader can check."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("in/b.jsonl", json.dumps(_ROW))
    (tmp_path / "a.zip").write_bytes(packed.getvalue())
    told = _ntriples(build(tmp_path / "a.zip", config=Config(profile="fast")), tmp_path / "out")
    [(name, digest)] = _SOURCE.findall(told)
    assert "b.jsonl" in name
    assert digest == hashlib.sha256(packed.getvalue()).hexdigest()


def test_a_pipe_is_read_once(tmp_path: Path) -> None:
    """It has no digest, as it cannot be read again."""
    os.mkfifo(tmp_path / "pipe")
    writer = threading.Thread(target=_write, args=(tmp_path / "pipe", _ROW), daemon=True)
    writer.start()
    report = BuildReport()
    assert len(build(tmp_path / "pipe", config=Config(profile="fast"), report=report).papers()) == 1
    assert report.read.digests == {}


def test_the_digest_of_settings_changes_with_what_shapes_the_graph_alone(tmp_path: Path) -> None:
    """Limits, profile and decisions count, in any order; processes, the way of reading and comments do not."""
    path = _write(tmp_path / "a.jsonl", _ROW)

    def digest(decisions: str = "", **settings: Any) -> str:
        (tmp_path / "decisions.txt").write_text(decisions, encoding="utf-8")
        report = BuildReport()
        build(path, config=Config(decisions=tmp_path / "decisions.txt", profile="fast", **settings), report=report)
        return report.configuration

    plain = digest()
    assert digest(strict=True, input_format="jsonl", rdf_level="core") == plain
    assert len({plain, digest(min_support=2), digest(min_confidence=0.5)}) == 3
    assert Config().digest() != Config(profile="fast").digest()
    one, two = "retype LoRA to model", "retype GLUE to task"
    assert digest(f"{one}\n{two}\n") == digest(f"# why\n{two}\n{one}  # so\n") != plain
