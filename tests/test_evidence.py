"""Every edge is explained: it carries evidence, and the text of that evidence is what stands in the paper."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from paperconcepts import build, read_graph
from paperconcepts.examples import example_graph
from paperconcepts.export.records import write_papers_jsonl
from paperconcepts.graph import ResearchGraph
from paperconcepts.graph.belief import CATALOGUE_RULE
from paperconcepts.linking.versions import VERSION_RULE
from paperconcepts.model import Assertion, Evidence, Predicate, Relation, Role, Status

_SHARED = Path(os.environ.get("PAPERCONCEPTS_SHARED") or Path(__file__).resolve().parents[1].parent / "shared")
_SEEDS = _SHARED / "data" / "seeds"


@pytest.fixture(
    scope="module",
    params=[
        "bundled",
        pytest.param(
            "seeds",
            marks=[
                pytest.mark.shared,
                pytest.mark.skipif(not _SEEDS.is_dir(), reason="the shared input is not here"),
            ],
        ),
    ],
)
def graph(request: pytest.FixtureRequest) -> ResearchGraph:
    """The graph of the bundled corpus, and that of the users' documents where they are."""
    return example_graph() if request.param == "bundled" else build(_SEEDS)


CLAIMS = (Role.INTRODUCES, Role.EVALUATES_ON, Role.USES, Role.ADDRESSES)
Spans = set[tuple[str, int, int]]


def _mentions(graph: ResearchGraph) -> dict[tuple[str, str], Spans]:
    """{(paper, concept): the places of its mentions}, each of which is checked to be its text."""
    found: dict[tuple[str, str], Spans] = {}
    for assertion in graph.assertions():
        paper = graph.graph.nodes[assertion.paper_id]["paper"]
        assert assertion.mentions, assertion
        for mention in assertion.mentions:
            assert paper.text(mention.field)[mention.start : mention.end] == mention.text
        places = {(mention.field, mention.start, mention.end) for mention in assertion.mentions}
        found.setdefault((assertion.paper_id, assertion.concept_id), set()).update(places)
    return found


def _faults(graph: ResearchGraph, item: Evidence, mentions: Spans) -> Iterator[str]:
    """What is not true of a piece of evidence from a paper whose edge is about these mentions."""
    text = graph.graph.nodes[item.paper_id]["paper"].text(item.field)
    if item.field not in ("title", "abstract"):
        yield "its field is unknown"
    if not 0 <= item.start < item.end <= len(text) or not text[item.start : item.end].strip():
        yield "its sentence is not in the field"
    if not item.spans:
        yield "it marks nothing"
    for start, end in item.spans:
        if not item.start <= start < end <= item.end:
            yield f"the span {start}-{end} is not in its sentence"
        if (item.field, start, end) not in mentions:
            yield f"the span {start}-{end} ({text[start:end]!r}) is no mention of what the edge joins"
    yield from _faults_of_cue(item, text)
    if not item.rule or not item.version:
        yield "no rule or no version is named"
    if not 0.0 < item.confidence <= 1.0:
        yield f"its confidence is {item.confidence}"


def _faults_of_cue(item: Evidence, text: str) -> Iterator[str]:
    if item.cue_start < 0:
        if item.cue or item.cue_end >= 0:
            yield "it has half a cue"
    elif text[item.cue_start : item.cue_end] != item.cue or not item.cue:
        yield f"the cue {item.cue!r} is not what stands there"
    elif not item.start <= item.cue_start < item.cue_end <= item.end:
        yield f"the cue {item.cue!r} is not in its sentence"


def test_every_assertion_has_its_sentence(graph: ResearchGraph) -> None:
    """Every edge from a paper has evidence in that paper: sentence, spans and cue are what stands there."""
    mentions = _mentions(graph)
    assert len(mentions) > 200
    faults: list[tuple[Assertion | Evidence, str]] = []
    for assertion in graph.assertions():
        own = mentions[assertion.paper_id, assertion.concept_id]
        if not assertion.evidence:
            faults.append((assertion, "no evidence"))
        if any(item.paper_id != assertion.paper_id for item in assertion.evidence):
            faults.append((assertion, "evidence of another paper"))
        faults += [(item, fault) for item in assertion.evidence for fault in _faults(graph, item, own)]
    assert faults == []


def test_every_relation_has_its_sentence(graph: ResearchGraph) -> None:
    """Every edge between concepts has evidence: of the catalogue, or in papers that have both concepts."""
    mentions = _mentions(graph)
    faults: list[tuple[Relation | Evidence, str]] = []
    relations = list(graph.relations())
    assert len(relations) > 100
    for relation in relations:
        if not relation.evidence:
            faults.append((relation, "no evidence"))
        for item in relation.evidence:
            if not item.paper_id:
                if (relation.predicate, item.rule) != (Predicate.IS_A, CATALOGUE_RULE):
                    faults.append((item, "neither of a paper nor of the catalogue"))
                continue
            own: Spans = set()
            for end in (relation.subject, relation.object):
                # A version's family need not be named where the version is.
                if item.rule != VERSION_RULE and (item.paper_id, end) not in mentions:
                    faults.append((item, f"its paper has no {end}"))
                own |= mentions.get((item.paper_id, end), set())
            faults += [(item, fault) for fault in _faults(graph, item, own)]
    assert faults == []


def test_edges_bear_what_they_are_believed_for(graph: ResearchGraph) -> None:
    """The confidence of an edge is that of its item; what is only hedged or denied is claimed by no edge."""
    for source, target, key, data in graph.graph.edges(keys=True, data=True):
        item = data["item"]
        assert data["confidence"] == item.confidence, (source, key, target)
        # To compare with something, to measure, study or name it is to claim nothing that could be denied.
        claims = data["kind"] == "relation" or item.role in CLAIMS
        assert not claims or any(e.status is Status.ASSERTED for e in item.evidence), (source, key, target)


def _content(graph: ResearchGraph) -> tuple[list[Any], list[Any]]:
    nodes = [(node, {**data, "paper": _plain(data.get("paper"))}) for node, data in graph.graph.nodes(data=True)]
    return nodes, list(graph.graph.edges(keys=True, data=True))


def _plain(paper: Any) -> dict[str, Any]:
    # `raw`, the text before cleaning, is no part of any output.
    return paper.model_dump(mode="json") if paper is not None else {}


def test_round_trip(graph: ResearchGraph, tmp_path: Path) -> None:
    """papers.jsonl keeps the whole graph, every piece of evidence and every field of it; written again, every byte."""
    first, second = tmp_path / "first.jsonl", tmp_path / "second.jsonl"
    write_papers_jsonl(graph, first)
    again = read_graph(first)
    for before, after in zip(_content(graph), _content(again), strict=True):
        assert len(before) == len(after)
        assert [pair for pair in zip(before, after, strict=True) if pair[0] != pair[1]] == []
    write_papers_jsonl(again, second)
    assert first.read_bytes() == second.read_bytes()


def test_the_file_has_every_piece_of_evidence(graph: ResearchGraph, tmp_path: Path) -> None:
    """Each piece of evidence of a paper stands in its line once for its edge, with its status."""
    file = tmp_path / "papers.jsonl"
    write_papers_jsonl(graph, file)
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").split("\n") if line]
    written = [item for row in rows for concept in row["concepts"] for item in concept["evidence"]]
    related = [item for row in rows for items in row["relation_evidence"] for item in items]
    assert len(written) == sum(len(assertion.evidence) for assertion in graph.assertions())
    assert len(related) == sum(bool(item.paper_id) for relation in graph.relations() for item in relation.evidence)
    assert {item["status"] for item in (*written, *related)} <= {str(status) for status in Status}
