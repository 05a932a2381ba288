"""Stored finds come back as they were, of whatever paper has the text."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperconcepts.examples import corpus_path
from paperconcepts.library.linked_rows import pack_linked, unpack_linked
from paperconcepts.library.paper_rows import pack
from paperconcepts.model import (
    Alias,
    Assertion,
    Concept,
    ConceptType,
    Evidence,
    LinkedConcept,
    LinkedPaper,
    Mention,
    Paper,
    Predicate,
    Relation,
    Result,
    Role,
    Status,
)
from paperconcepts.pipeline import extract_and_link
from paperconcepts.sources import merge_papers, read_papers

PAPER = Paper(id="x:1", title="LoRA and 🦘", abstract="We use LoRA. " * 3)
texts = st.text(st.characters(codec=None), max_size=12)
# The paper's own id, the catalogue's, another paper's.
paper_ids = st.sampled_from(["x:1", "", "x:2"]) | texts
names = st.from_regex(r"[a-z0-9]{1,4}(-[a-z0-9]{1,3})?", fullmatch=True)
places = st.integers(-1, 60)
shares = st.floats(allow_nan=False, allow_infinity=False)
fields = st.sampled_from(["title", "abstract"])


def _tuples(strategy: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(strategy, max_size=3).map(tuple)


concepts = st.builds(
    Concept, id=names, label=st.text(min_size=1, max_size=12), type=st.sampled_from(ConceptType),
    broader=_tuples(names), definition=st.none() | texts, catalogued=st.booleans(),
)  # fmt: skip
aliases = st.builds(Alias, texts, texts, paper_ids, shares, texts)
evidence = st.builds(
    Evidence, paper_ids, fields, places, places, _tuples(st.tuples(places, places)), texts, places, places, texts,
    texts, shares, st.sampled_from(Status),
)  # fmt: skip
mentions = st.builds(
    Mention, fields, places, places, texts, st.sampled_from(ConceptType), texts, shares, st.none() | names,
    _tuples(shares),
)  # fmt: skip
assertions = st.builds(Assertion, paper_ids, st.sampled_from(Role), names, shares, _tuples(evidence), _tuples(mentions))
relations = st.builds(Relation, names, st.sampled_from(Predicate), names, shares, _tuples(evidence))
parties = st.none() | names
results = st.builds(Result, paper_ids, parties, parties, parties, parties, texts, texts, texts, evidence)
linked_papers = st.builds(
    LinkedPaper, st.just(PAPER), _tuples(st.builds(LinkedConcept, concepts, _tuples(aliases))), _tuples(assertions),
    _tuples(relations), _tuples(relations), _tuples(results),
)  # fmt: skip


def _scores(linked: LinkedPaper) -> list[tuple[float, ...]]:
    """What equality of mentions leaves out."""
    return [mention.role_scores for assertion in linked.assertions for mention in assertion.mentions]


@given(linked_papers)
def test_round_trip(linked: LinkedPaper) -> None:
    """Any finds come back equal, types of numbers and the shares of roles too."""
    found = unpack_linked(pack_linked(linked), PAPER)
    assert found == linked
    assert repr(found) == repr(linked)
    assert _scores(found) == _scores(linked)


@given(linked_papers)
def test_another_id(linked: LinkedPaper) -> None:
    """A paper of the same text with another id gets the same finds under its own id."""
    other = PAPER.model_copy(update={"id": "x:9"})
    found = unpack_linked(pack_linked(linked), other)
    assert found.paper.id == "x:9"
    for before, after in zip(linked.assertions, found.assertions, strict=True):
        expected = "x:9" if before.paper_id == "x:1" else before.paper_id
        assert after.paper_id == expected
        assert replace(after, paper_id="", evidence=()) == replace(before, paper_id="", evidence=())


def test_real_finds() -> None:
    """What extraction finds in the bundled corpus comes back, with and without the tagger."""
    papers = merge_papers(read_papers(corpus_path()))
    for profile in ("default", "fast"):
        for linked in extract_and_link(papers, profile=profile):
            found = unpack_linked(pack_linked(linked), linked.paper)
            assert found == linked
            assert _scores(found) == _scores(linked)


def test_another_form_is_refused() -> None:
    """A row of another form is not misread."""
    with pytest.raises(ValueError, match="the row has form 99, not 1"):
        unpack_linked(pack([99, [], [], [], [], [], []]), PAPER)
