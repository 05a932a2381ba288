# ruff: noqa: E501 - records are easier to compare in one line
"""Dates that are none are counted and kept, whatever the format."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperconcepts.sources import ReadReport, read_papers
from paperconcepts.sources.dates import is_bad_date, parse_date

_PUBMED = "<PubmedArticleSet><PubmedArticle><MedlineCitation><Article><ArticleTitle>T</ArticleTitle><Journal><JournalIssue><PubDate>%s</PubDate></JournalIssue></Journal></Article></MedlineCitation></PubmedArticle></PubmedArticleSet>"

_CASES = {
    "bibtex n.d.": ("@misc{a, title={T}, year={n.d.}}", None, {"year": "n.d."}),
    "bibtex 1066": ("@misc{a, title={T}, year={1066}}", None, {"year": "1066"}),
    "bibtex 3024": ("@misc{a, title={T}, year=3024}", None, {"year": "3024"}),
    "bibtex in press": ("@misc{a, title={T}, year={in {press}}}", None, {"year": "in press"}),
    "bibtex impossible": ("@misc{a, title={T}, year={2024-13-45}}", "2024", {"year": "2024-13-45"}),
    "bibtex date and year": ("@misc{a, title={T}, date={soon}, year={2024}}", "2024", {"date": "soon"}),
    "ris impossible": ("TY  - JOUR\nTI  - T\nPY  - 2024/99/99/\nER  - ", "2024", {"PY": "2024/99/99"}),
    "ris n.d.": ("TY  - JOUR\nTI  - T\nDA  - n.d.\nER  - ", None, {"DA": "n.d."}),
    "jsonl": ('{"title": "T", "year": "n.d."}', None, {"year": "n.d."}),
    "table": ("Title,Year\nT,n.d.", None, {"date": "n.d."}),
    "openalex": (
        '{"id": "https://openalex.org/W1", "title": "T", "authorships": [], "abstract_inverted_index": {"We": [0]}, "publication_date": "2024-13-45", "publication_year": 2024}',
        "2024",
        {"publication_date": "2024-13-45"},
    ),
    "hf-api": (
        '[{"paper": {"id": "2301.00001", "title": "T", "summary": "We.", "publishedAt": "soon"}}]',
        None,
        {"publishedAt": "soon"},
    ),
    "crossref": (
        '{"message": {"items": [{"DOI": "10.1000/1", "title": ["T"], "prefix": "10.1000", "issued": {"date-parts": [[2024, 13]]}}]}}',
        "2024",
        {"issued": "2024-13"},
    ),
    "csl-json": (
        '[{"id": "k", "type": "article", "title": "T", "container-title": "V", "issued": {"literal": "in press"}}]',
        None,
        {"issued": "in press"},
    ),
    "datacite": (
        '{"data": [{"id": "10.1000/1", "attributes": {"titles": [{"title": "T"}], "dates": [{"dateType": "Issued", "date": "soon"}], "publicationYear": 1066}}]}',
        None,
        {"Issued": "soon", "publicationYear": "1066"},
    ),
    "better-bibtex": (
        '{"items": [{"itemType": "preprint", "key": "k", "title": "T", "creators": [], "date": "n.d."}]}',
        None,
        {"date": "n.d."},
    ),
    "acl-json": ('{"acl_id": "2020.acl-main.1", "title": "T", "bibkey": "k", "year": "soon"}', None, {"year": "soon"}),
    "arxiv-atom": (
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>http://arxiv.org/abs/2301.00001</id><title>T</title><published>soon</published></entry></feed>',
        None,
        {"published": "soon"},
    ),
    "mods": (
        '<mods ID="k"><titleInfo><title>T</title></titleInfo><originInfo><dateIssued>n.d.</dateIssued></originInfo></mods>',
        None,
        {"dateIssued": "n.d."},
    ),
    "pubmed": (_PUBMED % "<Year>2024</Year><Month>99</Month>", "2024", {"PubDate": "2024-99"}),
    "jats": (
        "<article><front><article-meta><title-group><article-title>T</article-title></title-group><pub-date><year>1066</year></pub-date></article-meta></front></article>",
        None,
        {"pub-date": "1066"},
    ),
    "arxiv-listing": (
        "We show.\n\narXiv:2410.00001\nCreated: soon\n\nWe too.\n\narXiv:2410.00002\n",
        None,
        {"date": "soon"},
    ),
}


@pytest.mark.parametrize("case", sorted(_CASES))
def test_a_bad_date_is_counted_and_kept(case: str, tmp_path: Path) -> None:
    """The report counts each, and its text stands in ``extra`` under the name that the format gives it."""
    text, issued, kept = _CASES[case]
    (tmp_path / "a").write_text(text, encoding="utf-8")
    report = ReadReport()
    paper = next(read_papers(tmp_path / "a", report=report))
    assert paper.issued == issued
    assert {key: paper.extra.get(key) for key in kept} == kept
    assert report.warnings["bad date"] == len(kept)


@pytest.mark.parametrize(
    "entry",
    ["year={2024}", "year={c2024}", "year={{2024}}, month={Spring}", "year={2024/2025}", "date={2024-05/2024-06}", "year={2024 (to appear)}",
     "year={}", "note={x}", "date={2024-05-06}, year={2024}"],
)  # fmt: skip
def test_a_date_of_which_nothing_is_lost_is_not_counted(entry: str, tmp_path: Path) -> None:
    """Nor is one that is not there."""
    (tmp_path / "a.bib").write_text(f"@misc{{a, title={{T}}, {entry}}}", encoding="utf-8")
    report = ReadReport()
    [paper] = read_papers(tmp_path / "a.bib", report=report)
    assert not report.warnings
    assert set(paper.extra) == {"type"}


@given(st.one_of(st.text(max_size=30), st.dates().map(str), st.integers()))
def test_what_is_a_date_is_not_bad(value: object) -> None:
    """A value is a date, or empty, or bad where no date was made of it."""
    empty = not str(value).strip(" \t\r\n\x0b\x0c/") or not str(value).rstrip("/ ").split()
    assert is_bad_date(value, None) or empty or parse_date(str(value).rstrip("/ "))
    assert not (parse_date(value) and is_bad_date(value, None))
