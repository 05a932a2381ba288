"""Offsets of the extract line count in the record's own text, however much cleaning changed it."""

import json
from pathlib import Path

import pytest

from paperconcepts.export.records import extract_record
from paperconcepts.model import Paper
from paperconcepts.pipeline import extract_and_link
from paperconcepts.sources import merge_papers, read_papers

RECORDS = [
    {"id": "plain", "title": "On GSM8K", "abstract": "We test BERT on GSM8K."},
    {"id": "latex", "title": "On \\textbf{GSM8K}", "abstract": "At $97.5\\%$ and \\emph{more} we test BERT on GSM8K."},
    {"id": "controls", "title": "On\u0000 GSM8K", "abstract": "Cafe\u0301s\r\ntest \u0001BERT\r\non GSM8K."},
]


def _papers(folder: Path) -> list[Paper]:
    path = folder / "papers.jsonl"
    path.write_text("".join(json.dumps(record) + "\n" for record in RECORDS), encoding="utf-8")
    return list(read_papers(path))


@pytest.mark.parametrize("profile", ["default", "fast"])
def test_offsets_slice_the_record(tmp_path: Path, profile: str) -> None:
    """Each name is at its place in the text that the file holds."""
    texts = {record["id"]: record for record in RECORDS}
    found: dict[str, set[tuple[str, str]]] = {}
    for linked in extract_and_link(_papers(tmp_path), profile=profile):
        line = extract_record(linked)
        for concept in line["concepts"]:
            for mention in concept["mentions"]:
                raw = texts[line["record"]][mention["field"]][mention["start"] : mention["end"]]
                found.setdefault(line["record"], set()).add((mention["text"], raw))
    for record in RECORDS:
        assert {("GSM8K", "GSM8K"), ("BERT", "BERT")} <= found[record["id"]], record["id"]


def test_raw_text_is_kept_only_where_it_differs_and_never_written(tmp_path: Path) -> None:
    """Clean records keep no second text; merged papers and dumps have none."""
    papers = _papers(tmp_path)
    assert [paper.raw is None for paper in papers] == [True, False, False]
    assert all("raw" not in paper.model_dump() for paper in papers)
    assert all(paper.raw is None for paper in merge_papers(papers))
