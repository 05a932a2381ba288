"""Results, and relations that are not asserted, in the lines of ``extract`` and of papers.jsonl."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from paperconcepts.errors import SourceError
from paperconcepts.export.graph_reading import read_graph
from paperconcepts.export.records import extract_record, linked_papers, write_papers_jsonl
from paperconcepts.graph import ResearchGraph, build_graph
from paperconcepts.model import Evidence, LinkedPaper, Predicate, Relation, Result, Status
from paperconcepts.vocabulary import Vocabulary

Corpus = tuple[LinkedPaper, ...]


@pytest.fixture
def stated(tiny_corpus: Corpus) -> LinkedPaper:
    """The first paper of the tiny corpus with a result and a denied relation."""
    first = tiny_corpus[0]
    text = first.paper.abstract
    cue = text.index("tested")
    sentence = (0, text.index(".") + 1)
    evidence = Evidence(
        first.paper.id, "abstract", *sentence, ((11, 23),), "tested", cue, cue + 6, "result:value", "1", 0.7,
        Status.HEDGED,
    )  # fmt: skip
    result = Result(first.paper.id, "pouch-tuning", "hop-rate", "quokkabench", None, "3.0-4.5", "%", "up", evidence)
    denied = replace(evidence, rule="relation:evaluated-on", status=Status.NEGATED)
    relation = Relation("pouch-tuning", Predicate.EVALUATED_ON, "quokkabench", 0.7, (denied,))
    return replace(first, results=(result,), unasserted=(relation,))


def test_extract_line(stated: LinkedPaper) -> None:
    """A result names concepts by position, None where it has none, and the place of its number."""
    cue = stated.results[0].evidence
    assert extract_record(stated)["results"] == [
        {
            "subject": 1,
            "metric": 0,
            "dataset": 2,
            "baseline": None,
            "value": "3.0-4.5",
            "unit": "%",
            "direction": "up",
            "status": "hedged",
            "field": "abstract",
            "start": cue.cue_start,
            "end": cue.cue_end,
        }
    ]


def test_round_trip(stated: LinkedPaper, tiny_corpus: Corpus, tiny_vocabulary: Vocabulary, tmp_path: Path) -> None:
    """What is written is read back: results, denied relations, and their evidence with its status."""
    graph = build_graph((stated, *tiny_corpus[1:]), vocabulary=tiny_vocabulary)
    write_papers_jsonl(graph, tmp_path / "papers.jsonl")
    again = read_graph(tmp_path, vocabulary=tiny_vocabulary)
    assert again.results() == list(stated.results)
    assert again.unasserted_relations() == list(stated.unasserted)
    assert list(linked_papers(again)) == list(linked_papers(graph))
    write_papers_jsonl(again, tmp_path / "again.jsonl")
    assert (tmp_path / "again.jsonl").read_bytes() == (tmp_path / "papers.jsonl").read_bytes()


def test_files_of_earlier_versions(tiny_graph: ResearchGraph, tiny_vocabulary: Vocabulary, tmp_path: Path) -> None:
    """A file without these keys is read as one that has none of them."""
    file = tmp_path / "papers.jsonl"
    write_papers_jsonl(tiny_graph, file)
    records = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    for record in records:
        del record["results"], record["result_evidence"]
    file.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    again = read_graph(file, vocabulary=tiny_vocabulary)
    assert list(again.relations()) == list(tiny_graph.relations())
    assert (again.results(), again.unasserted_relations()) == ([], [])


@pytest.mark.parametrize(
    ("key", "value"),
    [("metric", 99), ("metric", "x"), ("value", None), ("unit", 3), ("direction", [])],
)
def test_damaged_result(stated: LinkedPaper, tiny_vocabulary: Vocabulary, tmp_path: Path, key: str, value: Any) -> None:
    """A result that is not one is an error that names the file and the line."""
    file = tmp_path / "papers.jsonl"
    write_papers_jsonl(build_graph([stated], vocabulary=tiny_vocabulary), file)
    record = json.loads(file.read_text(encoding="utf-8"))
    record["results"][0][key] = value
    file.write_text(json.dumps(record) + "\n", encoding="utf-8")
    with pytest.raises(SourceError, match="not a line of papers") as caught:
        read_graph(file, vocabulary=tiny_vocabulary)
    assert (caught.value.file, caught.value.record) == (str(file), 1)


def test_family_that_the_paper_does_not_name(tiny_corpus: Corpus, tiny_vocabulary: Vocabulary, tmp_path: Path) -> None:
    """A relation may lead to a concept that only other papers name: its id stands for its position."""
    first, *rest = tiny_corpus
    (evidence,) = first.relations[0].evidence
    relation = Relation("pouch-tuning", Predicate.EXTENDS, "wombatnet", 0.7, (evidence,))
    graph = build_graph([replace(first, relations=(relation,)), *rest], vocabulary=tiny_vocabulary)
    write_papers_jsonl(graph, tmp_path / "papers.jsonl")
    assert list(read_graph(tmp_path, vocabulary=tiny_vocabulary).relations()) == list(graph.relations())
