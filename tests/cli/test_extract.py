"""``paperconcepts extract``: one JSON line a record."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from paperconcepts.examples import corpus_path
from paperconcepts.model import ConceptType, Predicate, Role

Run = Callable[..., Result]
WriteRecords = Callable[..., Path]


def _rows(text: str) -> list[dict[str, Any]]:
    assert text.endswith("\n")
    return [json.loads(line) for line in text.removesuffix("\n").split("\n")]


@pytest.fixture(scope="module")
def lines(run: Run) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Each record of the bundled corpus with the line made of it."""
    result = run("extract", corpus_path())
    assert (result.exit_code, result.stderr) == (0, "")
    records = _rows(corpus_path().read_text(encoding="utf-8"))
    return list(zip(records, _rows(result.stdout), strict=True))


def test_one_line_a_record_in_input_order(lines: list[tuple[dict[str, Any], dict[str, Any]]]) -> None:
    """Lines stand in the order of the input, each with the id that its record bore."""
    assert [line["record"] for _, line in lines] == [record["id"] for record, _ in lines]
    assert [line["title"] for _, line in lines] == [record["title"] for record, _ in lines]


def test_keys(lines: list[tuple[dict[str, Any], dict[str, Any]]]) -> None:
    """A line has exactly the documented keys and its format's name and version."""
    for _, line in lines:
        assert list(line) == ["format", "id", "record", "title", "concepts", "relations", "results"]
        assert line["format"] == "paperconcepts-extract/2"
        assert line["concepts"]
        for concept in line["concepts"]:
            assert list(concept) == ["id", "label", "type", "role", "confidence", "aliases", "mentions"]
            assert concept["type"] in set(ConceptType)
            assert concept["role"] in set(Role)
            assert 0 < concept["confidence"] <= 1
            for mention in concept["mentions"]:
                assert list(mention) == ["field", "start", "end", "text", "source", "confidence"]


def test_offsets(lines: list[tuple[dict[str, Any], dict[str, Any]]]) -> None:
    """Offsets are code points into the text of the input, where that is clean; no two mentions are the same."""
    for record, line in lines:
        places = []
        for concept in line["concepts"]:
            assert concept["mentions"]
            assert {mention["text"] for mention in concept["mentions"]} <= {*concept["aliases"], concept["label"]}
            for mention in concept["mentions"]:
                assert mention["field"] in ("title", "abstract")
                assert record[mention["field"]][mention["start"] : mention["end"]] == mention["text"]
                places.append((mention["field"], mention["start"], mention["end"]))
        assert len(places) == len(set(places))


def test_relations(lines: list[tuple[dict[str, Any], dict[str, Any]]]) -> None:
    """Relations are triples of a position, a predicate and another position in the list of concepts."""
    found = [(line, relation) for _, line in lines for relation in line["relations"]]
    assert found
    for line, (subject, predicate, target) in found:
        assert predicate in set(Predicate)
        assert subject != target
        assert {subject, target} <= set(range(len(line["concepts"])))


def test_record_names(run: Run, tmp_path: Path) -> None:
    """``record`` is the id, else the uid, else file#number; duplicates keep a line each."""
    path = tmp_path / "names.jsonl"
    rows: list[dict[str, object]] = [
        {"id": "one"},
        {"uid": "two"},
        {},
        {"id": 4},
        {"id": "one"},
        {"id": "2106.09685", "uid": "six"},
    ]
    path.write_text("".join(json.dumps({**row, "title": "LoRA on GLUE"}) + "\n" for row in rows), encoding="utf-8")
    found = _rows(run("extract", path).stdout)
    assert [line["record"] for line in found] == ["one", "two", "names.jsonl#3", "4", "one", "2106.09685"]
    assert [line["id"][:6] for line in found[-2:]] == ["sha:" + found[0]["id"][4:6], "arxiv:"]
    other = _rows(run("extract", "-", stdin="Abstract: We train BERT on SQuAD.\n").stdout)
    assert [line["record"] for line in other] == ["stdin#1"]


def test_code_points(run: Run) -> None:
    """Offsets count code points, also after characters outside the basic plane."""
    title = "🦘🦘 “Ünï” LoRA for GLUE"
    (line,) = _rows(run("extract", "-", stdin=json.dumps({"title": title})).stdout)
    mentions = [mention for concept in line["concepts"] for mention in concept["mentions"]]
    assert {"LoRA", "GLUE"} <= {title[mention["start"] : mention["end"]] for mention in mentions}
    assert all(title[mention["start"] : mention["end"]] == mention["text"] for mention in mentions)


def test_output_file(run: Run, write_records: WriteRecords, tmp_path: Path) -> None:
    """``-o`` writes to a file what would be printed, and prints nothing."""
    path, target = write_records(), tmp_path / "deep" / "lines.jsonl"
    result = run("extract", path, "-o", target)
    assert (result.exit_code, result.output) == (0, "")
    assert target.read_text(encoding="utf-8") == run("extract", path).stdout


def test_failed_output_keeps_the_old_file(run: Run, write_records: WriteRecords, tmp_path: Path) -> None:
    """If the input fails half-way, the earlier output stays as it was and no part is left."""
    path, target = write_records(), tmp_path / "out" / "lines.jsonl"
    run("extract", path, "-o", target)
    before = target.read_bytes()
    path.write_text(path.read_text(encoding="utf-8") + "{broken\n", encoding="utf-8")
    result = run("extract", path, "-o", target, "--strict")
    assert result.exit_code == 3
    assert result.stderr.startswith("error: papers.jsonl, record 4: ")
    assert target.read_bytes() == before
    assert list(target.parent.iterdir()) == [target]


def test_skipped_records(run: Run, write_records: WriteRecords) -> None:
    """Bad records are left out; how many and the first of them are said on standard error."""
    path = write_records()
    path.write_text("{broken\n" + path.read_text(encoding="utf-8") + '{"id": "x"}\n', encoding="utf-8")
    result = run("extract", path)
    assert result.exit_code == 0
    assert len(_rows(result.stdout)) == 3
    assert result.stderr.startswith("skipped 2 records, the first: papers.jsonl 1 not JSON")


def test_no_input(run: Run) -> None:
    """Without input the command is wrongly used: exit code 2."""
    assert run("extract").exit_code == 2
    assert run("extract", "no-such-file").exit_code == 3
