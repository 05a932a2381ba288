"""JSON lines: what ``extract`` prints, and the file that a graph is written to and read back from."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from paperconcepts.errors import OutputError, SourceError
from paperconcepts.export.graph_reading import read_graph
from paperconcepts.export.records import extract_record, linked_papers, write_papers_jsonl
from paperconcepts.graph import ResearchGraph, build_graph
from paperconcepts.model import (
    Alias,
    Assertion,
    Concept,
    ConceptType,
    LinkedConcept,
    LinkedPaper,
    Paper,
    Relation,
    Role,
)
from paperconcepts.vocabulary import Vocabulary

Corpus = tuple[LinkedPaper, ...]
Edit = Callable[[dict[str, Any]], object]


def _assert_equal(one: ResearchGraph, other: ResearchGraph) -> None:
    assert one.papers() == other.papers()
    assert one.concepts() == other.concepts()
    assert list(one.assertions()) == list(other.assertions())
    assert list(one.relations()) == list(other.relations())
    assert list(one.graph.nodes(data=True)) == list(other.graph.nodes(data=True))
    assert list(one.graph.edges(keys=True, data=True)) == list(other.graph.edges(keys=True, data=True))


def test_extract_record(tiny_corpus: Corpus) -> None:
    """The line has exactly these keys, concepts by id, relations by position."""
    record = extract_record(tiny_corpus[0])
    mention = {"field": "abstract", "source": "catalogue", "confidence": 0.9}
    assert record == {
        "format": "paperconcepts-extract/2",
        "id": "test:1",
        "record": "row-1",
        "title": "Pouch Tuning for Small Models",
        "concepts": [
            {
                "id": "hop-rate",
                "label": "hop rate",
                "type": "Metric",
                "role": "measures",
                "confidence": 0.8,
                "aliases": ["hop rate"],
                "mentions": [{**mention, "start": 70, "end": 78, "text": "hop rate"}],
            },
            {
                "id": "pouch-tuning",
                "label": "pouch tuning",
                "type": "Method",
                "role": "introduces",
                "confidence": 0.8,
                "aliases": ["PouT", "pouch tuning"],
                "mentions": [
                    {**mention, "start": 11, "end": 23, "text": "pouch tuning"},
                    {**mention, "start": 25, "end": 29, "text": "PouT"},
                ],
            },
            {
                "id": "quokkabench",
                "label": "QuokkaBench",
                "type": "Dataset",
                "role": "evaluates_on",
                "confidence": 0.8,
                "aliases": ["QuokkaBench"],
                "mentions": [{**mention, "start": 48, "end": 59, "text": "QuokkaBench"}],
            },
        ],
        "relations": [[1, "evaluated_on", 2]],
        "results": [],
    }
    assert list(record) == ["format", "id", "record", "title", "concepts", "relations", "results"]


def test_extract_record_is_plain(tiny_corpus: Corpus) -> None:
    """Every value is plain JSON, with no enum left in it."""
    for item in tiny_corpus:
        record = extract_record(item)
        assert json.loads(json.dumps(record)) == record
        assert all(type(row["type"]) is type(row["role"]) is str for row in record["concepts"])


def test_extract_record_without_concepts(tiny_corpus: Corpus) -> None:
    """A paper without concepts has a line with empty lists."""
    record = extract_record(tiny_corpus[3])
    assert (record["concepts"], record["relations"], record["title"]) == ([], [], "")
    assert record["record"] == record["id"]


def test_round_trip(tiny_graph: ResearchGraph, tiny_vocabulary: Vocabulary, tmp_path: Path) -> None:
    """A graph that is written and read is equal, and written again gives the same bytes."""
    first, second = tmp_path / "papers.jsonl", tmp_path / "again.jsonl"
    write_papers_jsonl(tiny_graph, first)
    again = read_graph(first, vocabulary=tiny_vocabulary)
    _assert_equal(again, tiny_graph)
    write_papers_jsonl(again, second)
    assert second.read_bytes() == first.read_bytes()


def test_folder(tiny_graph: ResearchGraph, tiny_vocabulary: Vocabulary, tmp_path: Path) -> None:
    """A folder stands for the papers.jsonl in it."""
    write_papers_jsonl(tiny_graph, tmp_path / "papers.jsonl")
    _assert_equal(read_graph(tmp_path, vocabulary=tiny_vocabulary), tiny_graph)


def test_lines(tiny_graph: ResearchGraph, tmp_path: Path) -> None:
    """One line a paper, sorted by id, real characters, LF at the end of each."""
    write_papers_jsonl(tiny_graph, tmp_path / "papers.jsonl")
    text = (tmp_path / "papers.jsonl").read_bytes().decode()
    ids = [json.loads(line)["id"] for line in text.splitlines()]
    assert ids == ["arxiv:2205.00001", "doi:10.1000/survey", "sha:0123456789abcdef", "test:1"]
    assert text.endswith("}\n")
    assert "🦘" in text


def test_taken_apart(tiny_graph: ResearchGraph, tiny_corpus: Corpus) -> None:
    """A graph can be taken apart into the very papers that it was built from."""
    assert list(linked_papers(tiny_graph)) == sorted(tiny_corpus, key=lambda item: item.paper.id)


def test_definition_elsewhere(tiny_corpus: Corpus, tiny_vocabulary: Vocabulary, tmp_path: Path) -> None:
    """An alias that another paper explains comes back with that paper as its reason."""
    borrowed = Alias("PouT", "definition elsewhere", "test:1", 0.85)
    second = tiny_corpus[1]
    concepts = tuple(
        replace(item, aliases=(borrowed,)) if item.concept.id == "pouch-tuning" else item for item in second.concepts
    )
    graph = build_graph([tiny_corpus[0], replace(second, concepts=concepts)], vocabulary=tiny_vocabulary)
    write_papers_jsonl(graph, tmp_path / "papers.jsonl")
    again = read_graph(tmp_path, vocabulary=tiny_vocabulary)
    _assert_equal(again, graph)
    assert borrowed in again.concept("PouT").aliases


def test_relation_in_two_sentences(tiny_corpus: Corpus, tiny_vocabulary: Vocabulary, tmp_path: Path) -> None:
    """Several pieces of evidence of one paper stay together, and add up to less than those of two papers."""
    item = tiny_corpus[1]
    (extends,) = (r for r in item.relations if r.subject == "wombatnet" and r.object == "pouch-tuning")
    weaker = replace(extends.evidence[0], start=52, end=90, confidence=0.4)
    doubled = replace(extends, evidence=(*extends.evidence, weaker))
    graph = build_graph([replace(item, relations=(doubled,))], vocabulary=tiny_vocabulary)
    write_papers_jsonl(graph, tmp_path / "papers.jsonl")
    again = read_graph(tmp_path, vocabulary=tiny_vocabulary)
    _assert_equal(again, graph)
    (relation,) = again.relations()
    assert isinstance(relation, Relation)
    assert (len(relation.evidence), relation.confidence) == (2, 0.7706)
    assert relation.confidence < 1 - 0.3 * 0.6


def test_no_papers(tmp_path: Path) -> None:
    """An empty graph is an empty file and back."""
    write_papers_jsonl(build_graph([]), tmp_path / "papers.jsonl")
    assert (tmp_path / "papers.jsonl").read_bytes() == b""
    assert read_graph(tmp_path).papers() == []


PAPERS = st.builds(
    Paper,
    id=st.integers(1, 99).map("test:{}".format),
    title=st.text(),
    abstract=st.text(),
    authors=st.lists(st.text(), max_size=2).map(tuple),
    author_count=st.none() | st.integers(0, 9),
    issued=st.sampled_from([None, "2020", "2020-02", "2020-02-29"]),
    venue=st.none() | st.text(),
    comment=st.none() | st.text(),
    comment_count=st.none() | st.integers(0, 9),
    extra=st.dictionaries(st.text(max_size=5), st.none() | st.booleans() | st.integers() | st.text(), max_size=2),
)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(papers=st.lists(PAPERS, max_size=3, unique_by=lambda paper: paper.id), label=st.text(min_size=1))
def test_any_text_round_trip(papers: list[Paper], label: str, tmp_path: Path) -> None:
    """Whatever stands in the fields of papers and in labels comes back, line separators included."""
    concept = Concept(id="x", label=label, type=ConceptType.TASK, definition=label)
    linked = []
    for paper in papers:
        alias = Alias(label, "name", paper.id, 0.5)
        row = Assertion(paper.id, Role.STUDIES, "x", 0.5, (), ())
        linked.append(LinkedPaper(paper, (LinkedConcept(concept, (alias,)),), (row,), ()))
    graph = build_graph(linked, vocabulary=Vocabulary([]))
    write_papers_jsonl(graph, tmp_path / "papers.jsonl")
    _assert_equal(read_graph(tmp_path, vocabulary=Vocabulary([])), graph)


def _lines(graph: ResearchGraph, folder: Path) -> list[dict[str, Any]]:
    write_papers_jsonl(graph, folder / "papers.jsonl")
    return [json.loads(line) for line in (folder / "papers.jsonl").read_text().splitlines()]


def _concept(record: dict[str, Any]) -> dict[str, Any]:
    row: dict[str, Any] = record["concepts"][0]
    return row


EDITS: dict[str, tuple[Edit, str]] = {
    "format": (lambda r: r.update(format="paperconcepts-papers/0"), "'paperconcepts-papers/0', not 'paperconcepts-pap"),
    "no format": (lambda r: r.pop("format"), "KeyError: 'format'"),
    "no concepts": (lambda r: r.pop("concepts"), "KeyError: 'concepts'"),
    "no id": (lambda r: r.pop("id"), "Paper id"),
    "date": (lambda r: r.update(issued="May"), "Paper issued is 'May': .*YYYY"),
    "role": (lambda r: _concept(r).update(role="likes"), "Assertion role is 'likes'"),
    "type": (lambda r: _concept(r).update(type="Bird"), "Concept type is 'Bird'"),
    "concept id": (lambda r: _concept(r).update(id="A B"), "Concept id is 'A B'"),
    "confidence": (lambda r: _concept(r).update(confidence="high"), "Assertion confidence is 'high'"),
    "alias": (lambda r: _concept(r).update(alias_reasons=[{"text": "x"}]), "0.reason"),
    "mention": (lambda r: _concept(r)["mentions"][0].update(start="first"), "mentions.0.start is 'first'"),
    "evidence": (lambda r: _concept(r)["evidence"][0].update(confidence="high"), "0.confidence is 'high'"),
    "spans": (lambda r: _concept(r)["evidence"][0].update(spans=[[1]]), "0.spans.0"),
    "evidence list": (lambda r: _concept(r).update(evidence=None), "TypeError"),
    "position": (lambda r: r.update(relations=[[0, "extends", 99]]), "IndexError|ValueError"),
    "predicate": (lambda r: r["relations"][0].__setitem__(1, "likes"), "'likes' is not a valid Predicate"),
    "relation evidence": (lambda r: r.update(relation_evidence=[]), "ValueError"),
    "no evidence": (lambda r: r.update(relation_evidence=[[], []]), "ValueError"),
}


@pytest.mark.parametrize("name", EDITS)
def test_wrong_values(name: str, tiny_graph: ResearchGraph, tmp_path: Path) -> None:
    """A line with a missing or wrong value is an error with file, record and what is wrong."""
    edit, said = EDITS[name]
    lines = _lines(tiny_graph, tmp_path)
    edit(lines[0])
    path = tmp_path / "papers.jsonl"
    path.write_text("\n".join(json.dumps(line) for line in [*lines[1:], lines[0]]) + "\n")
    with pytest.raises(SourceError, match=said) as caught:
        read_graph(path)
    assert (caught.value.file, caught.value.record) == (str(path), 4)
    assert str(caught.value).startswith(f"{path}, record 4: ")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "line", ["{", "null", "[]", "3", '"text"', "{}", " ", '{"format": "paperconcepts-papers/1"}', "[" * 100_000]
)
def test_wrong_lines(line: str, tmp_path: Path) -> None:
    """A line that is no record is an error with file and record; blank lines count."""
    path = tmp_path / "papers.jsonl"
    path.write_text(f"\n{line}\n")
    with pytest.raises(SourceError) as caught:
        read_graph(path)
    assert (caught.value.file, caught.value.record) == (str(path), 2)


def test_cut_file(tiny_graph: ResearchGraph, tmp_path: Path) -> None:
    """A file that was cut off is an error at its last line, not a smaller graph."""
    path = tmp_path / "papers.jsonl"
    write_papers_jsonl(tiny_graph, path)
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(SourceError) as caught:
        read_graph(path)
    assert caught.value.record == 4


def test_paper_twice(tiny_graph: ResearchGraph, tmp_path: Path) -> None:
    """A paper that stands twice in a file is an error with both records."""
    path = tmp_path / "papers.jsonl"
    write_papers_jsonl(tiny_graph, path)
    path.write_bytes(path.read_bytes() * 2)
    with pytest.raises(SourceError, match=r"record 5: paper arxiv:2205\.00001 stands in record 1 already"):
        read_graph(path)


def test_not_utf_8(tmp_path: Path) -> None:
    """A file in another encoding is an error with its name."""
    path = tmp_path / "papers.jsonl"
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(SourceError, match=r"papers\.jsonl: cannot be read: it is not UTF-8"):
        read_graph(path)


def test_missing(tmp_path: Path) -> None:
    """A missing file, or a folder without it, is an error that says what to give."""
    for path in (tmp_path, tmp_path / "papers.jsonl", tmp_path / "none"):
        with pytest.raises(SourceError, match=r"cannot be read: .*give a folder written by 'paperconcepts build'"):
            read_graph(path)


def test_interrupted_write(tiny_graph: ResearchGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A write that stops half way leaves the earlier file as it was."""
    path = tmp_path / "papers.jsonl"
    write_papers_jsonl(tiny_graph, path)
    before = path.read_bytes()

    def stop(_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("paperconcepts.export.records._paper_record", stop)
    with pytest.raises(KeyboardInterrupt):
        write_papers_jsonl(tiny_graph, path)
    assert [(file.name, file.read_bytes()) for file in tmp_path.iterdir()] == [("papers.jsonl", before)]


def test_unwritable(tiny_graph: ResearchGraph, tmp_path: Path) -> None:
    """Where nothing can be written, the error says so."""
    (tmp_path / "file").touch()
    with pytest.raises(OutputError):
        write_papers_jsonl(tiny_graph, tmp_path / "file" / "papers.jsonl")
