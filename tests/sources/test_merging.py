"""Merging the records of one paper."""

import time
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from paperconcepts.model import Paper, SourceRecord
from paperconcepts.sources import ReadReport, merge_papers
from paperconcepts.sources.identifiers import digest_id

_LONG = "We grow trees in rows and count the leaves of each. " * 5


def _paper(title: str = "", abstract: str = "", *, file: str = "a", number: int = 1, **fields: Any) -> Paper:
    identifiers = tuple(fields.pop("identifiers", ()))
    source = SourceRecord(file=file, format="jsonl", number=number, record=f"{file}#{number}")
    name = identifiers[0] if identifiers else digest_id(title, abstract)
    return Paper(id=name, title=title, abstract=abstract, identifiers=identifiers, sources=(source,), **fields)


def test_records_of_one_identifier_are_one_paper() -> None:
    """Whatever their texts, records with the same identifier are one, and it remembers both."""
    report = ReadReport()
    [paper] = merge_papers(
        [
            _paper("T", "one", file="b", identifiers=["arxiv:2305.18290"], urls=("u",)),
            _paper("U", "two", file="a", identifiers=["doi:10.1/x", "arxiv:2305.18290"], code_urls=("c",)),
        ],
        report=report,
    )
    assert paper.id == "arxiv:2305.18290"
    assert paper.identifiers == ("arxiv:2305.18290", "doi:10.1/x")
    assert [source.file for source in paper.sources] == ["a", "b"]
    assert (paper.urls, paper.code_urls) == (("u",), ("c",))
    assert (report.papers, report.merged) == (1, 1)
    assert [conflict.field for conflict in report.conflicts] == ["abstract", "title"]


def test_records_of_one_title_or_one_long_abstract_are_one_paper() -> None:
    """Case and punctuation do not matter; a record without title joins by its abstract, and gives its identifier."""
    [paper] = merge_papers(
        [
            _paper("Trees: A Survey", _LONG),
            _paper("trees a survey", file="b"),
            _paper("", _LONG.upper(), file="c", identifiers=["arxiv:2305.18290"]),
        ]
    )
    assert paper.id == "arxiv:2305.18290"
    assert (paper.title, paper.abstract) == ("Trees: A Survey", _LONG)


def test_short_abstracts_and_empty_titles_join_nothing() -> None:
    """A phrase such as 'No abstract available' is no identity."""
    assert (
        len(merge_papers([_paper("A", "No abstract."), _paper("B", "No abstract."), _paper("", "C"), _paper("", "D")]))
        == 4
    )


def test_different_identifiers_of_one_scheme_are_different_papers() -> None:
    """Two arXiv ids are two papers, even with the same words; a record without identifier joins one of them."""
    papers = [
        _paper("Editorial", _LONG, identifiers=["arxiv:2305.00001"]),
        _paper("Editorial", _LONG, identifiers=["arxiv:2305.00002"], number=2),
        _paper("Editorial", "", number=3),
    ]
    assert [paper.id for paper in merge_papers(papers)] == ["arxiv:2305.00001", "arxiv:2305.00002"]


def test_identifiers_of_different_schemes_join_by_title() -> None:
    """A preprint and its publication are one paper."""
    [paper] = merge_papers([_paper("T", identifiers=["acl:P18-1001"]), _paper("T", identifiers=["arxiv:2305.00001"])])
    assert (paper.id, paper.identifiers) == ("arxiv:2305.00001", ("acl:P18-1001", "arxiv:2305.00001"))


def test_the_richer_record_wins_and_conflicts_are_reported() -> None:
    """Of two dates the one of the record that says more is kept; precision alone is no conflict."""
    report = ReadReport()
    [paper] = merge_papers(
        [
            _paper("T", _LONG, issued="2022", file="a"),
            _paper("T", _LONG, issued="2023-05", venue="X", authors=("Ada",), file="b"),
            _paper("T", _LONG, issued="2023", file="c"),
        ],
        report=report,
    )
    assert paper.issued == "2023-05"
    assert [(c.field, c.kept, c.other) for c in report.conflicts] == [("issued", "2023-05", "2022")]


def test_hand_made_ids_are_kept() -> None:
    """A paper that was built in a program keeps its id, merged or not."""
    assert [paper.id for paper in merge_papers([Paper(id="x:1", title="T"), Paper(id="x:2", title="U")])] == [
        "x:1",
        "x:2",
    ]
    assert [paper.id for paper in merge_papers([Paper(id="x:1", title="T"), Paper(id="x:1", title="U")])] == ["x:1"]


_IDENTIFIERS = st.sampled_from(["arxiv:2305.00001", "arxiv:2305.00002", "doi:10.1/x", "acl:P18-1001"])
_PAPERS = st.lists(
    st.builds(
        _paper,
        st.sampled_from(["", "T", "t!", "U"]),
        st.sampled_from(["short", _LONG, _LONG + "x"]),
        file=st.sampled_from("ab"),
        number=st.integers(1, 3),
        identifiers=st.lists(_IDENTIFIERS, max_size=2),
        issued=st.sampled_from([None, "2020", "2021-05"]),
        authors=st.sampled_from([(), ("Ada",), ("Ada", "Bob")]),
        extra=st.sampled_from([{}, {"k": 1}, {"k": 2}]),
    ),
    max_size=8,
)


@given(_PAPERS.flatmap(lambda papers: st.tuples(st.just(papers), st.permutations(papers))))
@settings(deadline=None, max_examples=300)
def test_the_order_of_the_input_does_not_matter(both: Any) -> None:
    """Merged papers and conflicts are the same for any order; ids are unique and sorted."""
    papers, shuffled = both
    first, second = ReadReport(), ReadReport()
    merged = merge_papers(papers, report=first)
    assert merged == merge_papers(shuffled, report=second)
    assert first == second
    ids = [paper.id for paper in merged]
    assert ids == sorted(set(ids))
    assert first.papers + first.merged == len(papers)
    assert {source for paper in merged for source in paper.sources} == {s for p in papers for s in p.sources}


def test_many_papers_of_one_title_take_linear_time() -> None:
    """20,000 papers of one title and as many identifiers are told apart in seconds."""
    papers = [_paper("Editorial", number=n + 1, identifiers=[f"x:{n}"]) for n in range(20_000)]
    start = time.perf_counter()
    assert len(merge_papers(papers)) == 20_000
    assert time.perf_counter() - start < 8
