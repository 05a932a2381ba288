"""Reading the real input."""

import json
import os
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from paperconcepts.sources import ReadReport, clean_text, merge_papers, read_papers

_SHARED = Path(os.environ.get("PAPERCONCEPTS_SHARED") or Path(__file__).resolve().parents[2].parent / "shared")
_SEEDS = _SHARED / "data" / "seeds"

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not _SEEDS.is_dir(), reason="the shared input is not here"),
]


@pytest.fixture(scope="module")
def seeds() -> Any:
    report = ReadReport()
    papers = list(read_papers(_SEEDS, report=report))
    return papers, merge_papers(papers, report=report), report


def test_the_seeds_hold_334_records_of_316_papers(seeds: Any) -> None:
    """Every record is read once, none is skipped, and the same paper is one."""
    papers, merged, report = seeds
    assert (len(papers), len(merged)) == (334, 316)
    assert report.records == Counter({"hf-daily": 314, "arxiv-listing": 10, "abstract-lines": 10})
    assert [report.skipped, report.warnings, report.conflicts] == [[], {}, []]
    counts = Counter(paper.sources[0].file[:3] for paper in papers)
    assert counts == {"000": 10, "001": 171, "002": 72, "003": 10, "004": 71}


def test_every_line_of_the_seeds_is_accounted_for(seeds: Any) -> None:
    """A line is a title, an abstract, a comment, a byline or page furniture: nothing is cut, merged or lost."""
    papers, _, _ = seeds
    texts = {text for paper in papers for text in (paper.title, paper.abstract, paper.comment, paper.organisation)}
    other = re.compile(
        r"·|• \d+ authors|[A-Z][a-z]{2} \d{1,2}(, \d{4})?( \d+)?|arXiv:\S+|Created: \S+|new|Subscribe|Daily Papers|"
        r"Get trending papers in your email inbox!|byAK and the research community"
    )
    lines = [line.strip() for path in sorted(_SEEDS.glob("*.txt")) for line in path.read_text("utf-8").split("\n")]
    lost = [
        line
        for line in filter(None, lines)
        if not other.fullmatch(line) and clean_text(line.removeprefix("Abstract:"))[0] not in texts
    ]
    assert not lost


def test_titles_and_abstracts_of_the_seeds_have_the_right_size(seeds: Any) -> None:
    """No title is a byline or prose, no abstract a title; all titled files have titles."""
    papers, _, _ = seeds
    assert all(900 < len(paper.abstract) < 2000 for paper in papers)
    assert all(15 <= len(p.title) < 200 for p in papers if p.sources[0].format == "hf-daily")
    assert not any(paper.title for paper in papers if paper.sources[0].format != "hf-daily")


def test_metadata_of_the_seeds_is_kept(seeds: Any) -> None:
    """Author counts, comment counts, organisations, dates and code links are there."""
    papers, merged, _ = seeds
    assert sum(paper.author_count is not None for paper in papers) == 233
    assert sum(paper.organisation is not None for paper in papers) == 3
    assert sum(paper.comment_count is not None for paper in papers) == 55
    assert sum(paper.comment is not None for paper in papers) == 3
    assert sum(paper.issued is not None for paper in papers) == 246
    assert max(paper.issued or "" for paper in papers) == "2025-10-22"
    assert sum(paper.id.startswith("arxiv:") for paper in merged) == 10
    assert sum(bool(paper.code_urls) for paper in merged) > 60
    assert not any("\\" in paper.title + paper.abstract for paper in papers)


def test_the_anthology_sample_is_read_as_json_lines() -> None:
    """Each record has its ACL id; none is merged with another."""
    path = _SHARED / "data" / "corpus" / "acl_anthology.jsonl"
    report = ReadReport()
    papers = list(read_papers(path, report=report))
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert [paper.record for paper in papers] == [row["id"] for row in rows]
    assert all(paper.id.startswith("acl:") and paper.year and paper.authors for paper in papers)
    assert len(merge_papers(papers)) == len(papers)
    assert not report.skipped
