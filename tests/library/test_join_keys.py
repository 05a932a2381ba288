"""Merging what hangs together gives what merging everything gives."""

from hypothesis import given
from hypothesis import strategies as st

from paperconcepts.library.join_keys import connected, join_keys
from paperconcepts.model import Paper, SourceRecord
from paperconcepts.sources import ReadReport, merge_papers
from paperconcepts.sources.identifiers import digest_id

_LONG = "We propose a way to carry things in a pouch, and measure how far they get. " * 4
_IDS = ("arxiv:2101.00001", "arxiv:2101.00002", "doi:10.1/a", "doi:10.1/b", "acl:P19-1001", "openalex:W1")


@st.composite
def records(draw: st.DrawFn) -> list[Paper]:
    """Records that share identifiers, titles and abstracts in every way."""
    found = []
    for number in range(1, draw(st.integers(1, 12)) + 1):
        identifiers = tuple(sorted(draw(st.sets(st.sampled_from(_IDS), max_size=2))))
        title = draw(st.sampled_from(["", "Editorial", "editorial.", "Pouches", "Burrows"]))
        abstract = draw(st.sampled_from(["", "Short.", "Also short.", _LONG, _LONG.upper(), _LONG + "More."]))
        found.append(
            Paper(
                id=identifiers[0] if identifiers else digest_id(title, abstract),
                title=title,
                abstract=abstract,
                identifiers=identifiers,
                venue=draw(st.sampled_from([None, "A", "B"])),
                sources=(SourceRecord(file="a", format="jsonl", number=number, record=f"a#{number}"),),
            )
        )
    return found


@given(records())
def test_merging_in_parts(papers: list[Paper]) -> None:
    """Papers and conflicts of all records are those of the parts that hang together."""
    whole, parts = ReadReport(), ReadReport()
    expected = merge_papers(papers, report=whole)
    groups = connected({number: sorted(join_keys(paper)) for number, paper in enumerate(papers)})
    found = [paper for group in groups for paper in merge_papers([papers[n] for n in group], report=parts)]
    assert sorted(found, key=lambda paper: paper.id) == expected
    assert sorted(parts.conflicts) == sorted(whole.conflicts)
    assert (parts.papers, parts.merged) == (whole.papers, whole.merged)


@given(records())
def test_one_record_is_its_paper(papers: list[Paper]) -> None:
    """A record that stands alone is the paper: it need not be merged."""
    for paper in papers:
        assert merge_papers([paper]) == [paper]


@given(st.dictionaries(st.integers(0, 20), st.lists(st.binary(min_size=1, max_size=1), max_size=3), max_size=12))
def test_connected(keys: dict[int, list[bytes]]) -> None:
    """Every record is in one part; records that share a key are in the same, parts share none."""
    parts = connected(keys)
    assert sorted(number for part in parts for number in part) == sorted(keys)
    held = [{key for number in part for key in keys[number]} for part in parts]
    assert sum(map(len, held)) == len(set().union(*held))
