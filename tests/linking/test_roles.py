"""What a paper does with a concept: one hand-made sentence a role."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperconcepts.extraction import extract_paper
from paperconcepts.linking import link_paper
from paperconcepts.linking.cues import STUDY_TITLE
from paperconcepts.linking.roles import SentenceIndex
from paperconcepts.model import Assertion, ConceptType, LinkedPaper, Mention, Paper, Role, Sentence
from paperconcepts.vocabulary import Vocabulary, load_catalogue

LinkMarked = Callable[..., LinkedPaper]
KNOWN = {
    "PouT": "method catalogue pouch-tuning",
    "QuollNet": "model catalogue quollnet",
    "NumbatBench": "data catalogue numbatbench",
    "hop parsing": "task catalogue hop-parsing",
    "leap rate": "metric catalogue leap-rate",
}
OPENING = "Animals hop. They do so often. They do so everywhere. "


def _roles(linked: LinkedPaper) -> dict[str, Role]:
    return {item.concept_id: item.role for item in linked.assertions}


@pytest.mark.parametrize(
    ("sentence", "marks", "concept_id", "role"),
    [
        ("We propose DigNet.", {"DigNet": "model name:proposed"}, "dignet", Role.INTRODUCES),
        ("It is called DigNet.", {"DigNet": "model name:called"}, "dignet", Role.INTRODUCES),
        ("We propose a new method, PouT.", KNOWN, "pouch-tuning", Role.INTRODUCES),
        ("We evaluate it on NumbatBench.", KNOWN, "numbatbench", Role.EVALUATES_ON),
        ("Results on NumbatBench are good.", KNOWN, "numbatbench", Role.EVALUATES_ON),
        ("We use PouT.", KNOWN, "pouch-tuning", Role.USES),
        ("It is based on QuollNet.", KNOWN, "quollnet", Role.USES),
        ("It outperforms QuollNet.", KNOWN, "quollnet", Role.COMPARES),
        ("It is compared with PouT.", KNOWN, "pouch-tuning", Role.COMPARES),
        ("We beat the QuollNet baseline.", KNOWN, "quollnet", Role.COMPARES),
        ("This is hard for hop parsing.", KNOWN, "hop-parsing", Role.ADDRESSES),
        ("The leap rate rises.", KNOWN, "leap-rate", Role.MEASURES),
        ("We investigate QuollNet.", KNOWN, "quollnet", Role.STUDIES),
    ],
)
def test_each_role(link_marked: LinkMarked, sentence: str, marks: dict[str, str], concept_id: str, role: Role) -> None:
    """A cue in the sentence, or the type of the concept, gives the role."""
    assert _roles(link_marked(OPENING + sentence, marks))[concept_id] is role


def test_background_is_only_mentioned(link_marked: LinkMarked) -> None:
    """A method in the opening of an abstract, without a cue, is mentioned."""
    linked = link_marked("QuollNet is there. We hop. We dig. We swim. We sleep.", KNOWN)
    assert _roles(linked) == {"quollnet": Role.MENTIONS}


@pytest.mark.parametrize(
    ("title", "role"), [("A Survey of QuollNet", Role.STUDIES), ("Hopping by QuollNet", Role.USES)]
)
def test_title_of_a_survey(link_marked: LinkMarked, title: str, role: Role) -> None:
    """What the title of a survey names is studied; what another title names is used."""
    assert _roles(link_marked("", KNOWN, title=title)) == {"quollnet": role}


@pytest.mark.parametrize(
    ("title", "studies"),
    [
        ("A Survey of Hops", True),
        ("Understanding tails: an analysis", True),
        ("HopNet: a model of hops", False),
        ("Reviewer assignment", False),
    ],
)
def test_study_titles(title: str, studies: bool) -> None:
    """The words that announce a study are whole words."""
    assert bool(STUDY_TITLE.search(title)) is studies


def test_strongest_cue_wins(link_marked: LinkMarked) -> None:
    """Of several cued roles the strongest is the paper's; its evidence is what is kept, all mentions are."""
    linked = link_marked(OPENING + "It outperforms PouT. We use PouT. We investigate PouT.", KNOWN)
    (assertion,) = linked.assertions
    assert assertion.role is Role.USES
    assert len(assertion.mentions) == 3
    assert [item.cue.lower() for item in assertion.evidence] == ["use"]


def test_dataset_is_never_used_or_studied(link_marked: LinkMarked) -> None:
    """Cues of methods do not apply to datasets, tasks and metrics."""
    linked = link_marked(OPENING + "We use NumbatBench, hop parsing and the leap rate.", KNOWN)
    assert _roles(linked) == {
        "numbatbench": Role.EVALUATES_ON,
        "hop-parsing": Role.ADDRESSES,
        "leap-rate": Role.MEASURES,
    }


def test_tasks_are_not_introduced(link_marked: LinkMarked) -> None:
    """A task is addressed, also where the paper proposes it."""
    linked = link_marked("We propose tail parsing.", {"tail parsing": "task name:proposed"})
    assert _roles(linked) == {"tail-parsing": Role.ADDRESSES}


def check_evidence(linked: LinkedPaper) -> None:
    """Sentence, spans and cue are exact slices of the paper; the assertions and their evidence are sorted."""
    paper = linked.paper
    for assertion in linked.assertions:
        assert assertion.evidence
        assert assertion.mentions
        assert assertion.confidence == max(item.confidence for item in assertion.evidence)
        assert assertion.paper_id == paper.id
        own = {(m.field, m.start, m.end) for m in assertion.mentions}
        for item in assertion.evidence:
            text = paper.text(item.field)
            assert 0 <= item.start < item.end <= len(text)
            assert item.spans
            assert {(item.field, *span) for span in item.spans} <= own
            assert all(item.start <= start < end <= item.end for start, end in item.spans)
            if item.cue_start < 0:
                assert (item.cue, item.cue_start, item.cue_end) == ("", -1, -1)
            else:
                assert text[item.cue_start : item.cue_end] == item.cue != ""
                assert item.start <= item.cue_start < item.cue_end <= item.end
            assert 0 < item.confidence <= 1
            assert item.rule
            assert item.version
    order = [(item.role.rank, item.concept_id) for item in linked.assertions]
    assert order == sorted(order)
    assert len({item.concept_id for item in linked.assertions}) == len(linked.assertions)
    assert [c.concept.id for c in linked.concepts] == sorted(item.concept_id for item in linked.assertions)


def test_evidence_is_exact(link_marked: LinkMarked) -> None:
    """The cue and every mention of the sentence stand where the evidence says, beyond the first planes too."""
    text = "𝔸 is 😀. We use PouT on é NumbatBench, where PouT outperforms QuollNet in leap rate."
    linked = link_marked(text, KNOWN, title="PouT 🦘")
    check_evidence(linked)
    pouch = next(item for item in linked.assertions if item.concept_id == "pouch-tuning")
    assert {e.cue for e in pouch.evidence} >= {"use"}
    assert {len(e.spans) for e in pouch.evidence if e.field == "abstract"} == {2}


SNIPPETS = (
    "We propose HopNet|, a novel model |LoRA| outperforms |GPT-4|. |on GSM8K |(|)|\n\n|"
    "called DigNet |based on |Tail Hop Search (THS) |accuracy |😀|é|: | is |THS "
).split("|")
PIECES = st.lists(
    st.sampled_from(SNIPPETS) | st.text(max_size=3),
    max_size=20,
).map("".join)


@settings(deadline=None, max_examples=200)
@given(PIECES, PIECES)
def test_evidence_is_exact_for_any_text(title: str, abstract: str) -> None:
    """Whatever is extracted, the evidence of its roles is exact."""
    annotated = extract_paper(Paper(id="test:1", title=title, abstract=abstract))
    check_evidence(link_paper(annotated, vocabulary=load_catalogue()))


def test_sentence_index() -> None:
    """A mention belongs to the sentence that it starts in; a field without sentences is its own."""
    paper = Paper(id="test:1", title="A Survey", abstract="One. Two.")
    index = SentenceIndex(paper, (Sentence("abstract", 0, 4), Sentence("abstract", 5, 9)))
    two = Mention("abstract", 5, 8, "Two", ConceptType.METHOD, "term:x", 0.5)
    assert index.sentence_of(two) == (Sentence("abstract", 5, 9), 1)
    assert index.sentence_of(Mention("title", 2, 8, "Survey", ConceptType.METHOD, "term:x", 0.5)) == (
        Sentence("title", 2, 8),
        0,
    )
    assert (index.count("title"), index.count("abstract"), index.title_studies) == (0, 2, True)


def test_confidence_follows_the_mention(vocabulary: Vocabulary, link_marked: LinkMarked) -> None:
    """Evidence is at most as sure as its rule, which a doubtful mention lowers."""
    (assertion,) = link_marked(OPENING + "We use PouT.", KNOWN).assertions
    assert isinstance(assertion, Assertion)
    assert 0 < assertion.confidence < 1
    assert "pouch-tuning" in vocabulary.entries
