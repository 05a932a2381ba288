"""Decisions in a build: they change the nodes and edges that they are about, and nothing else."""

import json
import random
from pathlib import Path
from typing import Any

import pytest

from paperconcepts.config import Config, read_config
from paperconcepts.errors import DecisionsError
from paperconcepts.examples import corpus_path
from paperconcepts.export.graph_reading import read_graph
from paperconcepts.export.records import write_papers_jsonl
from paperconcepts.graph import ResearchGraph, build_graph
from paperconcepts.linking import DecisionsReport, apply_decisions, resolve_aliases
from paperconcepts.linking.decision_model import Action, Decision, Decisions
from paperconcepts.linking.moves import family
from paperconcepts.model import ConceptType, LinkedPaper
from paperconcepts.pipeline import BuildReport, build, extract_and_link
from paperconcepts.sources import merge_papers, read_papers


@pytest.fixture(scope="module")
def papers() -> list[LinkedPaper]:
    """The linked papers of the bundled corpus."""
    return resolve_aliases(extract_and_link(merge_papers(read_papers(corpus_path()))))


@pytest.fixture(scope="module")
def before(papers: list[LinkedPaper]) -> ResearchGraph:
    """The graph without decisions."""
    return build_graph(papers)


def _nodes(graph: ResearchGraph) -> dict[str, Any]:
    return {key: data.get("concept") or data["paper"] for key, data in graph.graph.nodes(data=True)}


def _edges(graph: ResearchGraph) -> dict[tuple[str, str, str], Any]:
    return {(a, b, key): data["item"] for a, b, key, data in graph.graph.edges(keys=True, data=True)}


def _changed(one: dict[Any, Any], other: dict[Any, Any]) -> set[Any]:
    return {key for key in one.keys() | other.keys() if one.get(key) != other.get(key)}


def _decide(papers: list[LinkedPaper], *items: Decision) -> ResearchGraph:
    return build_graph(apply_decisions(papers, Decisions(items)))


def _only_about(before: ResearchGraph, after: ResearchGraph, *ids: str) -> None:
    """Only these concepts and their edges differ, and the places of the catalogue's tree from which one was taken."""
    assert _changed(_nodes(before), _nodes(after)) <= set(ids)
    below = {
        key
        for a, b, key_of in _edges(before)
        for key in [a]
        if b in ids and key_of == "is_a"
    }  # fmt: skip
    for source, target, key in _changed(_edges(before), _edges(after)):
        assert source in ids or target in ids or (key == "is_a" and source in below), (source, target, key)


def _sample(graph: ResearchGraph, count: int) -> list[str]:
    return random.Random(7).sample([node.concept.id for node in graph.concepts()], count)  # noqa: S311 - a sample


def test_reject_changes_its_concept_only(papers: list[LinkedPaper], before: ResearchGraph) -> None:
    """A rejected concept is gone with all its edges; every other node and edge is as it was."""
    for concept_id in _sample(before, 25):
        after = _decide(papers, Decision(Action.REJECT, concept_id))
        assert concept_id not in after.graph
        _only_about(before, after, concept_id)


def test_rename_changes_its_label_only(papers: list[LinkedPaper], before: ResearchGraph) -> None:
    """A renamed concept keeps its id and its edges."""
    for concept_id in _sample(before, 10):
        after = _decide(papers, Decision(Action.RENAME, concept_id, "Quokka"))
        assert after.concept(concept_id).concept.label == "Quokka"
        assert _changed(_nodes(before), _nodes(after)) == {concept_id}
        assert _edges(before) == _edges(after)


def test_retype_changes_its_concept_only(papers: list[LinkedPaper], before: ResearchGraph) -> None:
    """A retyped concept keeps its id and mentions; only its own edges may take another role or fall away."""
    for number, concept_id in enumerate(_sample(before, 25)):
        label = list(ConceptType)[number % 5]
        after = _decide(papers, Decision(Action.RETYPE, concept_id, str(label)))
        assert after.concept(concept_id).concept.type is label
        assert after.concept(concept_id).aliases == before.concept(concept_id).aliases
        _only_about(before, after, concept_id)


def test_merge_changes_two_concepts_only(papers: list[LinkedPaper], before: ResearchGraph) -> None:
    """A merge changes the two concepts and their edges; the other one has all papers and names of both."""
    ids = _sample(before, 60)
    pairs = [
        (one, other)
        for one, other in zip(ids[::2], ids[1::2], strict=True)
        if family(before.concept(one).concept.type) == family(before.concept(other).concept.type)
    ]
    assert len(pairs) > 5
    for one, other in pairs:
        after = _decide(papers, Decision(Action.MERGE, one, other))
        assert one not in after.graph
        _only_about(before, after, one, other)
        both = {row.paper_id for name in (one, other) for row in _rows(before, name)}
        assert {row.paper_id for row in _rows(after, other)} == both
        texts = {alias.text for name in (one, other) for alias in before.concept(name).aliases}
        assert {alias.text for alias in after.concept(other).aliases} == texts


def _rows(graph: ResearchGraph, name: str) -> list[Any]:
    return [data["item"] for _, _, data in graph.graph.in_edges(name, data=True) if data["kind"] == "assertion"]


def test_split_changes_two_concepts_only(papers: list[LinkedPaper], before: ResearchGraph) -> None:
    """A split changes the concept and the new one; together they have the mentions and papers of before."""
    count = 0
    for node in before.concepts():
        texts = sorted({alias.text for alias in node.aliases})
        if len(texts) < 2:
            continue
        count += 1
        key = node.concept.id
        after = _decide(papers, Decision(Action.SPLIT, key, "Quokka Split", texts[0], new=True))
        _only_about(before, after, key, "quokka-split")
        assert "quokka-split" in after.graph
        found = {
            (a.paper_id, m) for name in (key, "quokka-split") if name in after.graph for a in _rows(after, name)
            for m in a.mentions
        }  # fmt: skip
        assert found == {(a.paper_id, m) for a in _rows(before, key) for m in a.mentions}
    assert count > 20


def test_a_split_taken_back_is_what_it_was(papers: list[LinkedPaper], before: ResearchGraph) -> None:
    """Split off and merged back, papers, mentions and edges of a concept are the same again."""
    node = next(n for n in before.concepts() if len({a.text for a in n.aliases}) > 2)
    key, text = node.concept.id, sorted({alias.text for alias in node.aliases})[0]
    split = Decision(Action.SPLIT, key, "Quokka", text, new=True)
    after = _decide(papers, split, Decision(Action.MERGE, "quokka", key))
    assert {(a.paper_id, m) for a in _rows(after, key) for m in a.mentions} == {
        (a.paper_id, m) for a in _rows(before, key) for m in a.mentions
    }
    assert set(_edges(after)) == set(_edges(before))


def _check_evidence(graph: ResearchGraph) -> None:
    """Every edge from a paper has evidence inside its text, on mentions of just that concept."""
    for item in graph.assertions():
        paper = graph.paper(item.paper_id)
        places = {(m.field, m.start, m.end) for m in item.mentions}
        assert item.evidence
        assert all(paper.text(m.field)[m.start : m.end] == m.text for m in item.mentions)
        for evidence in item.evidence:
            assert 0 <= evidence.start < evidence.end <= len(paper.text(evidence.field))
            assert {(evidence.field, *span) for span in evidence.spans} <= places
            assert evidence.spans


def test_evidence_stands_after_any_decisions(papers: list[LinkedPaper], before: ResearchGraph) -> None:
    """After many decisions at once every edge has evidence, and the graph reads back from its file as it is."""
    ids = _sample(before, 60)
    items: list[Decision] = []
    for number, key in enumerate(ids[:40]):
        node = before.concept(key)
        form = node.aliases[0].text
        items.append(
            [
                Decision(Action.REJECT, key, form=form),
                Decision(Action.SPLIT, key, f"Quokka {number % 3}", form, new=True),
                Decision(Action.RETYPE, key, str(list(ConceptType)[number % 4])),
                Decision(Action.SPLIT, key, ids[50 + number // 8], form),
            ][number % 4]
        )
    report = DecisionsReport()
    changed = apply_decisions(papers, Decisions(tuple(items)), report=report)
    assert len(report.applied) > 25
    graph = build_graph(changed)
    _check_evidence(graph)
    assert apply_decisions(papers[::-1], Decisions(tuple(items[::-1]))) == changed[::-1]


def test_reads_back(papers: list[LinkedPaper], before: ResearchGraph, tmp_path: Path) -> None:
    """A graph with decided aliases reads back from papers.jsonl with their notes."""
    graph = _decide(papers, Decision(Action.MERGE, "qlora", "low-rank-adaptation", comment="for a test"))
    write_papers_jsonl(graph, tmp_path / "papers.jsonl")
    again = read_graph(tmp_path)
    assert _nodes(again) == _nodes(graph)
    notes = {a.note for a in again.concept("low-rank-adaptation").aliases if a.text == "QLoRA"}
    assert all(note.startswith("merged from QLoRA: for a test (before: ") for note in notes)
    assert notes
    write_papers_jsonl(before, tmp_path / "papers.jsonl")
    assert '"note"' not in (tmp_path / "papers.jsonl").read_text(encoding="utf-8")


def test_build_applies_a_file(before: ResearchGraph, tmp_path: Path) -> None:
    """``build`` applies the file of its settings after aliases are resolved and reports what that changed."""
    file = tmp_path / "decisions.txt"
    file.write_text("merge qlora into lora  # for a test\nreject pouch of lora\n", encoding="utf-8")
    report = BuildReport()
    graph = build(corpus_path(), config=Config(decisions=file, profile="fast"), report=report)
    assert "qlora" not in graph.graph
    assert "qlora" in before.graph
    found = report.as_dict()["decisions"]
    assert (found["applied"], [item["line"] for item in found["without_effect"]]) == (1, [2])
    assert json.dumps(found)
    plain = BuildReport()
    build(corpus_path(), config=Config(profile="fast"), report=plain)
    assert "decisions" not in plain.as_dict()


def test_a_missing_file_stops_before_any_work(tmp_path: Path) -> None:
    """A file that cannot be read is an error before a document is read."""
    with pytest.raises(DecisionsError, match=r"decisions\.txt: cannot be read"):
        build(tmp_path / "missing.jsonl", config=Config(decisions=tmp_path / "decisions.txt"))


def test_all_mistakes_of_a_file(tmp_path: Path) -> None:
    """What is wrong with the lines and what is wrong with the names in them is told together."""
    papers, file = tmp_path / "papers.jsonl", tmp_path / "decisions.txt"
    papers.write_text('{"id": "x:1", "title": "", "abstract": "We use LoRA."}\n', encoding="utf-8")
    file.write_text("merge a into a\nrubbish\nreject QLoRRA\n", encoding="utf-8")
    with pytest.raises(DecisionsError) as caught:
        build(papers, config=Config(decisions=file, profile="fast"))
    assert [line for line, _ in caught.value.problems] == [1, 1, 2, 3]


def test_setting(tmp_path: Path) -> None:
    """In a settings file the path is relative to the folder of that file."""
    (tmp_path / "settings.toml").write_text('decisions = "mine/decisions.txt"\n', encoding="utf-8")
    assert read_config(tmp_path / "settings.toml").decisions == tmp_path / "mine" / "decisions.txt"


def test_retype_takes_edges_of_the_catalogue(papers: list[LinkedPaper], before: ResearchGraph) -> None:
    """What the catalogue calls a kind of something is no kind of it once it is retyped to another family."""
    assert before.graph.has_edge("qlora", "low-rank-adaptation", "is_a")
    after = _decide(papers, Decision(Action.RETYPE, "qlora", "Task"))
    types = {node.concept.id: node.concept.type for node in after.concepts()}
    assert not after.graph.has_edge("qlora", "low-rank-adaptation", "is_a")
    assert all(family(types[r.subject]) == family(types[r.object]) for r in after.relations() if r.predicate == "is_a")
    same_family = _decide(papers, Decision(Action.RETYPE, "qlora", "Model"))
    assert same_family.graph.has_edge("qlora", "low-rank-adaptation", "is_a")
