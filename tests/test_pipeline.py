"""The main job in Python: reports, settings, order."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from paperconcepts.config import Config
from paperconcepts.errors import SourceError
from paperconcepts.examples import corpus_path, example_graph
from paperconcepts.graph import ResearchGraph
from paperconcepts.model import Paper, Role
from paperconcepts.pipeline import BuildReport, build, extract_and_link, keep_confident

LINES = [
    {"id": "b", "title": "PouchNet on ImageNet", "abstract": "We propose PouchNet. It is evaluated on ImageNet."},
    {"id": "a", "title": "Grass", "abstract": "Grass is green."},
]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file of two records and a line that is none."""
    path = tmp_path / "papers.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in LINES) + "{broken\n", encoding="utf-8")
    return path


def test_report(path: Path) -> None:
    """The report counts what the graph holds, and lists what was left out and where nothing was found."""
    report = BuildReport()
    graph = build(path, report=report)
    assert isinstance(graph, ResearchGraph)
    assert report.papers == len(graph.papers()) == 2
    assert sum(report.concepts.values()) == len(list(graph.concepts()))
    assert sum(report.edges.values()) == len(list(graph.assertions())) > 0
    assert sum(report.relations.values()) == len(list(graph.relations()))
    assert sum(report.mentions.values()) == sum(len(item.mentions) for item in graph.assertions())
    assert [item.record for item in report.read.skipped] == [3]
    assert report.empty_papers == [paper.id for paper in graph.papers() if paper.title == "Grass"]
    assert json.loads(json.dumps(report.as_dict())) == report.as_dict()


def test_coverage(tmp_path: Path) -> None:
    """Sentences without a concept are counted, those with a cue by role, with their places; mentions by source."""
    path = tmp_path / "papers.jsonl"
    row = {
        "title": "PouchNet: Carrying Things",
        "abstract": "Grass is green. We propose to look at it. PouchNet runs on ImageNet. Tests in two fields follow.",
    }
    path.write_text(json.dumps(row), encoding="utf-8")
    report = BuildReport()
    paper = build(path, report=report).papers()[0]
    coverage = report.coverage
    assert (coverage.sentences, coverage.without_concepts) == (5, 3)
    assert coverage.cues == {Role.INTRODUCES: 1, Role.EVALUATES_ON: 1}
    assert [paper.abstract[item.start : item.end] for item in coverage.examples] == [
        "We propose to look at it.",
        "Tests in two fields follow.",
    ]
    assert [paper.abstract[item.cue_start : item.cue_end] for item in coverage.examples] == ["We propose", "Tests in"]
    assert [item.cue for item in coverage.examples] == ["We propose", "Tests in"]
    assert list(report.mentions) == ["catalogue", "definition", "name", "term", "tagger", "repeat"]
    assert sum(report.mention_shares.values()) == pytest.approx(1, abs=0.001)
    found = report.as_dict()["coverage"]
    assert (found["sentences"], found["sentences_without_concepts"], found["papers_without_concepts"]) == (5, 3, 0)
    assert found["cues_without_concepts"] == {"introduces": 1, "evaluates_on": 1, "compares": 0}
    assert found["cue_examples"][0] == {
        "paper_id": paper.id, "field": "abstract", "start": 16, "end": 41, "role": "introduces", "cue": "We propose",
        "cue_start": 16, "cue_end": 26,
    }  # fmt: skip


def test_counts_are_exact_and_lists_are_short(tmp_path: Path) -> None:
    """Counts are of all papers and sentences; no more than a hundred are listed, the first ones, and that is said."""
    path = tmp_path / "papers.jsonl"
    rows = [{"id": f"r{n}", "title": f"Leaf number {n}", "abstract": f"We propose walk {n}."} for n in range(130)]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    report = BuildReport()
    # What a tagger thinks of these sentences is of no account here.
    graph = build(path, config=Config(profile="fast"), report=report)
    found = report.as_dict()
    ids = [paper.id for paper in graph.papers()]
    assert found["coverage"]["papers_without_concepts"] == found["papers"] == 130
    assert found["papers_without_concepts"] == sorted(ids)[:100]
    assert found["coverage"]["cues_without_concepts"]["introduces"] == 130
    assert [item["paper_id"] for item in found["coverage"]["cue_examples"]] == sorted(ids)[:100]
    assert found["coverage"]["listed_at_most"] == 100


def test_report_does_not_depend_on_processes(tmp_path: Path) -> None:
    """The whole report is the same for any number of processes."""
    path = tmp_path / "papers.jsonl"
    rows = [
        {"id": f"r{n}", "title": f"Leaf {n}", "abstract": f"We propose walk {n}. BERT is used."} for n in range(120)
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    reports = []
    for processes in (1, 2):
        reports.append(BuildReport())
        build(path, config=Config(processes=processes), report=reports[-1])
    assert reports[0].as_dict() == reports[1].as_dict()


def test_progress(path: Path) -> None:
    """Progress is told after each paper, with the number of all."""
    told: list[tuple[int, int]] = []
    build(path, progress=lambda done, total: told.append((done, total)))
    assert told == [(1, 2), (2, 2)]


def test_strict(path: Path) -> None:
    """With ``strict`` a bad record is an error."""
    with pytest.raises(SourceError, match=r"papers\.jsonl, record 3: not JSON"):
        build(path, config=Config(strict=True))


def test_inputs(path: Path) -> None:
    """One path, a string or several of either mean the same."""
    assert len({len(build(given).papers()) for given in (path, str(path), [path], (str(path), path))}) == 1


def test_no_input() -> None:
    """No input at all is an error, not an empty graph."""
    with pytest.raises(SourceError, match="no input"):
        build([])


def test_order() -> None:
    """Papers come back in the order in which they were given, each as if it stood alone."""
    papers = [Paper(id=f"p:{number}", title=f"Model{number} on GLUE") for number in (2, 1, 3)]
    linked = list(extract_and_link(papers))
    assert [item.paper for item in linked] == papers
    assert linked == [item for paper in papers for item in extract_and_link([paper])]
    assert list(extract_and_link([])) == []


def test_keep_confident() -> None:
    """Assertions below the threshold go, with the concepts and relations that only they held."""
    linked = max(extract_and_link(example_graph().papers()), key=lambda item: len(item.relations))
    threshold = sorted(item.confidence for item in linked.assertions)[len(linked.assertions) // 2]
    kept = keep_confident(linked, threshold)
    assert [item for item in linked.assertions if item.confidence >= threshold] == list(kept.assertions)
    ids = {item.concept_id for item in kept.assertions}
    assert {item.concept.id for item in kept.concepts} == ids
    assert all({item.subject, item.object} <= ids for item in kept.relations)
    assert len(kept.assertions) < len(linked.assertions)
    assert keep_confident(linked, 0.0) == linked


def test_the_example_is_a_plain_build() -> None:
    """The bundled graph is what anyone gets who builds the bundled corpus."""
    graph = build(corpus_path())
    assert list(graph.assertions()) == list(example_graph().assertions())
    assert {item.role for item in graph.assertions()} == set(Role)


# The worker says that it is there and waits; the parent dies without a word.
_ORPHANS = """
import os, signal, time
from concurrent.futures import ProcessPoolExecutor
from paperconcepts.pipeline import _prepare_worker
pool = ProcessPoolExecutor(2, initializer=_prepare_worker)
print(*pool.map(abs, [1, 2]), flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="this system has no SIGKILL")
def test_workers_leave_with_their_parent() -> None:
    """If the main process is killed, its worker processes end too."""
    with subprocess.Popen([sys.executable, "-c", _ORPHANS], stdout=subprocess.PIPE) as process:
        # The output ends when the last process that could write to it has gone.
        output, _ = process.communicate(timeout=60)
    assert output == b"1 2\n"


@pytest.mark.parametrize("limits", [{"min_confidence": 1.0}, {"min_support": 3}])
def test_what_limits_leave_out_is_counted_apart(path: Path, limits: dict[str, float]) -> None:
    """A paper of which limits leave nothing is not one in which nothing was found, nor are its sentences bare."""
    whole, report = BuildReport(), BuildReport()
    build(path, report=whole)
    graph = build(path, config=Config.model_validate(limits), report=report)
    titles = {paper.id: paper.title for paper in graph.papers()}
    assert [titles[paper_id] for paper_id in report.left_out_papers] == ["PouchNet on ImageNet"]
    assert [titles[paper_id] for paper_id in report.empty_papers] == ["Grass"]
    assert whole.left_out_papers == []
    coverage = report.as_dict()["coverage"]
    assert (coverage["papers_left_out"], coverage["papers_without_concepts"]) == (1, 1)
    assert coverage["sentences_without_concepts"] == whole.as_dict()["coverage"]["sentences_without_concepts"]
