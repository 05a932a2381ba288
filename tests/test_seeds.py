"""The whole chain on the real input."""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from paperconcepts import read_graph
from paperconcepts.cli import main
from paperconcepts.graph import ResearchGraph

_SHARED = Path(os.environ.get("PAPERCONCEPTS_SHARED") or Path(__file__).resolve().parents[1].parent / "shared")
_SEEDS = _SHARED / "data" / "seeds"

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not _SEEDS.is_dir(), reason="the shared input is not here"),
]


def _run(*arguments: str | Path) -> str:
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert (result.exit_code, result.stderr) == (0, ""), result.output
    return result.stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str, ResearchGraph]:
    """A build of the seeds: its folder, its summary and the graph read back from it."""
    folder = tmp_path_factory.mktemp("seeds")
    summary = _run("build", _SEEDS, "--out", folder, "--format", "jsonl")
    return folder, summary, read_graph(folder)


def test_counts(built: tuple[Path, str, ResearchGraph]) -> None:
    """334 records give 316 papers; nothing is skipped, dropped or in conflict."""
    folder, summary, graph = built
    report: dict[str, Any] = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    read = report["read"]
    assert sum(read["records"].values()) == 334
    assert read["records"] == {"abstract-lines": 10, "arxiv-listing": 10, "hf-daily": 314}
    assert report["papers"] == read["papers"] == len(graph.papers()) == 316
    assert read["merged"] == 334 - 316
    assert [read["skipped"], read["warnings"], read["conflicts"]] == [[], {}, []]
    assert summary.splitlines()[0].endswith("10 abstract-lines, 10 arxiv-listing, 314 hf-daily -> 316 papers")


def test_papers_remember_their_files(built: tuple[Path, str, ResearchGraph]) -> None:
    """Every record is kept as a source of its paper; a paper of two files remembers both."""
    papers = built[2].papers()
    sources = [source for paper in papers for source in paper.sources]
    assert len(sources) == len({(source.file, source.number) for source in sources}) == 334
    assert any(len({source.file for source in paper.sources}) > 1 for paper in papers)


def test_nearly_every_paper_gives_concepts(built: tuple[Path, str, ResearchGraph]) -> None:
    """Something is drawn from at least 95 % of the papers, five concepts and more from most."""
    _, _, graph = built
    counts = [len(graph.concepts_of(paper.id)) for paper in graph.papers()]
    assert sum(count > 0 for count in counts) >= 0.95 * len(counts)
    assert sum(count >= 5 for count in counts) > 0.5 * len(counts)


def test_every_edge_has_its_sentence(built: tuple[Path, str, ResearchGraph]) -> None:
    """Every assertion has evidence; mentions slice to their text, spans are mentions and lie in their sentence."""
    _, _, graph = built
    assertions = list(graph.assertions())
    assert len(assertions) > 1500
    for assertion in assertions:
        paper = graph.paper(assertion.paper_id)
        texts = {}
        for mention in assertion.mentions:
            texts[mention.field, mention.start, mention.end] = mention.text
            assert paper.text(mention.field)[mention.start : mention.end] == mention.text
        assert assertion.evidence
        for evidence in assertion.evidence:
            text = paper.text(evidence.field)
            assert 0 <= evidence.start < evidence.end <= len(text)
            assert text[evidence.start : evidence.end].strip()
            assert evidence.spans
            for start, end in evidence.spans:
                assert evidence.start <= start < end <= evidence.end
                assert texts[evidence.field, start, end] == text[start:end]
            if evidence.cue_start >= 0:
                assert text[evidence.cue_start : evidence.cue_end] == evidence.cue


def test_every_relation_of_a_paper_has_its_sentence(built: tuple[Path, str, ResearchGraph]) -> None:
    """The evidence of a relation lies in the text of its paper, or it is the catalogue's."""
    _, _, graph = built
    relations = list(graph.relations())
    assert relations
    for relation in relations:
        assert relation.evidence
        for evidence in relation.evidence:
            if evidence.paper_id:
                text = graph.paper(evidence.paper_id).text(evidence.field)
                assert 0 <= evidence.start < evidence.end <= len(text)
                assert all(evidence.start <= start < end <= evidence.end for start, end in evidence.spans)


def test_extract_gives_a_line_a_record() -> None:
    """One line a record, in the order of the files, with offsets that slice."""
    lines = [json.loads(line) for line in _run("extract", _SEEDS).removesuffix("\n").split("\n")]
    assert len(lines) == 334
    # Records of one paper that bear no common identifier are found to be one by their texts, when they are merged.
    assert 316 <= len({line["id"] for line in lines}) < 334
    names = [line["record"].rpartition("#") for line in lines]
    assert [name for name, _, _ in names] == sorted(name for name, _, _ in names)
    for line in lines:
        for concept in line["concepts"]:
            for mention in concept["mentions"]:
                assert mention["end"] - mention["start"] == len(mention["text"])
                if mention["field"] == "title":
                    assert line["title"][mention["start"] : mention["end"]] == mention["text"]
