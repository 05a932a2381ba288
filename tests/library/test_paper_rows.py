"""Stored papers come back as they were."""

import json
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperconcepts.library.paper_rows import digest, pack, pack_paper, text_key, unpack, unpack_paper
from paperconcepts.model import Paper, SourceRecord

# Half surrogate pairs, too: what cleaning lets through must come back, whatever it is.
texts = st.text(st.characters(codec=None), max_size=40)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=8,
)
dates = st.sampled_from([None, "1999", "2021-05", "2024-02-29"])
source_records = st.builds(
    SourceRecord, file=texts, format=st.sampled_from(["jsonl", "hf-daily"]), number=st.integers(1, 10**9), record=texts
)
several = st.lists(texts, max_size=3).map(tuple)
optional = st.none() | texts
paper_values = st.builds(
    Paper, id=st.text(min_size=1, max_size=12), title=texts, abstract=texts, authors=several,
    author_count=st.none() | st.integers(), organisation=optional, issued=dates, venue=optional, comment=optional,
    comment_count=st.none() | st.integers(), urls=several, code_urls=several, identifiers=several,
    sources=st.lists(source_records, max_size=3).map(tuple),
    extra=st.dictionaries(texts, values, max_size=3),
)  # fmt: skip


@given(paper_values)
def test_round_trip(paper: Paper) -> None:
    """A paper comes back equal, with its sources in it or apart from it, in the order of ``extra`` too."""
    for sources in (None, paper.sources):
        body, _ = pack_paper(paper, sources=sources is None)
        found = unpack_paper(body, sources=sources)
        assert found == paper
        assert json.dumps(found.extra) == json.dumps(paper.extra)


@given(values)
def test_values_round_trip(value: object) -> None:
    """Values come back equal, and equal values give equal bytes."""
    assert unpack(pack(value)) == value
    assert pack(unpack(pack(value))) == pack(value)


@given(paper_values, paper_values)
def test_digest_tells_apart(first: Paper, second: Paper) -> None:
    """Different papers have different digests, a copy has the same; the text before cleaning does not count."""
    one, other = (pack_paper(paper, sources=True)[1] for paper in (first, second))
    assert one != other or first == second
    assert pack_paper(first.model_copy(deep=True), sources=True)[1] == one
    assert pack_paper(first.model_copy(update={"raw": ("a", "b")}), sources=True)[1] == one


@given(texts, texts, texts)
def test_text_key(title: str, abstract: str, other: str) -> None:
    """The key of a text depends on title and abstract, and on where one ends and the other begins."""
    paper = Paper(id="x:1", title=title, abstract=abstract)
    assert text_key(paper) == text_key(paper.model_copy(update={"id": "x:2", "issued": "2021"}))
    moved = Paper(id="x:1", title=title + abstract, abstract="")
    assert (text_key(paper) == text_key(moved)) is (abstract == "")
    changed = paper.model_copy(update={"title": other})
    assert (text_key(paper) == text_key(changed)) is (other == title)


def test_never_pickle() -> None:
    """What is stored is compressed JSON; a pickle is refused, not obeyed."""
    with pytest.raises(Exception, match="incorrect header check"):
        unpack(pickle.dumps({"a": 1}))
    assert len(digest({"a": 1})) == 16
