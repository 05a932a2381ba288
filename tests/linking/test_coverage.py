"""What was left out: sentences with a cue and without a concept, exact in number and place."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperconcepts.extraction.sentences import sentence_spans
from paperconcepts.linking.coverage import MENTION_SOURCES, BareCue, SentenceCoverage, find_cue, mention_source
from paperconcepts.model import LinkedPaper, Paper, Role, Sentence

LinkMarked = Callable[..., LinkedPaper]


def sentences_of(paper: Paper) -> list[Sentence]:
    return [Sentence("abstract", start, end) for start, end in sentence_spans(paper.abstract)]


@pytest.mark.parametrize(
    ("sentence", "role", "cue"),
    [
        ("In this paper we finally propose a way.", Role.INTRODUCES, "In this paper we finally propose"),
        ("This work introduces a way.", Role.INTRODUCES, "This work introduces"),
        ("Experiments on three corpora are shown.", Role.EVALUATES_ON, "Experiments on"),
        ("It outperforms the rest.", Role.COMPARES, "outperforms"),
        ("We propose it and it outperforms the rest.", Role.INTRODUCES, "We propose"),
    ],
)
def test_cues(sentence: str, role: Role, cue: str) -> None:
    """Proposing, evaluating and outperforming are cues; of several the strongest role counts."""
    found = find_cue(sentence, 0, len(sentence))
    assert found is not None
    assert found[0] is role
    assert cue.endswith(sentence[found[1] : found[2]])


@pytest.mark.parametrize("sentence", ["Grass is green.", "The sky is blue, with some clouds from the sea.", ""])
def test_no_cue(sentence: str) -> None:
    """Prepositions and statements alone are no cue."""
    assert find_cue(sentence, 0, len(sentence)) is None


def test_only_the_sentence_is_searched() -> None:
    """A cue outside the given place does not count."""
    text = "Grass is green. We propose it."
    assert find_cue(text, 0, 15) is None
    assert find_cue(text, 16, len(text)) == (Role.INTRODUCES, 16, 26)


def test_sentences_with_a_concept_are_covered(link_marked: LinkMarked) -> None:
    """A sentence that names a concept is covered, whatever its cues; one with a cue alone is told with its place."""
    linked = link_marked(
        "We propose PouT. We propose\nmore. Grass is green. It is more\n\nthan PouT.",
        {"PouT": "method catalogue pouch-tuning"},
    )
    coverage = SentenceCoverage()
    coverage.add(linked, sentences_of(linked.paper))
    assert coverage.sentences == 5
    assert coverage.without_concepts == 3
    assert coverage.examples == [BareCue("test:1", "abstract", 17, 33, Role.INTRODUCES, "We propose", 17, 27)]
    assert coverage.as_dict()["cues_without_concepts"] == {"introduces": 1, "evaluates_on": 0, "compares": 0}


def test_titles_count_apart(link_marked: LinkMarked) -> None:
    """A concept in the title does not cover a sentence at the same offsets of the abstract."""
    linked = link_marked("We propose.", {"PouT": "method catalogue pouch-tuning"}, title="PouT rules")
    coverage = SentenceCoverage()
    coverage.add(linked, [Sentence("title", 0, 10), Sentence("abstract", 0, 11)])
    assert (coverage.sentences, coverage.without_concepts, coverage.cues.total()) == (2, 1, 1)


def test_limit(link_marked: LinkMarked) -> None:
    """Counts go on where the examples end."""
    linked = link_marked("We propose it. We propose that. We propose more.", {})
    coverage = SentenceCoverage(limit=2)
    coverage.add(linked, sentences_of(linked.paper))
    assert (coverage.cues[Role.INTRODUCES], [item.start for item in coverage.examples]) == (3, [0, 15])


def test_mention_sources() -> None:
    """Rules are counted with their component, repeats apart; what is not known keeps its name."""
    given = ["catalogue", "definition?", "name:title", "name:shape?", "term:model", "tagger", "name:repeat", "oracle:x"]
    found = [mention_source(source) for source in given]
    assert found == ["catalogue", "definition", "name", "name", "term", "tagger", "repeat", "oracle"]
    assert set(found[:-1]) == set(MENTION_SOURCES)


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.sampled_from(["We propose", "results", " on ", "PouT", ". ", "\n\n", "é", "than", "A"]), max_size=30)
)
def test_places_are_exact(pieces: list[str]) -> None:
    """Whatever the text, cue and sentence are where the example says, and the counts add up."""
    paper = Paper(id="test:1", abstract="".join(pieces))
    coverage = SentenceCoverage()
    sentences = sentences_of(paper)
    coverage.add(LinkedPaper(paper, (), (), ()), sentences)
    assert coverage.sentences == coverage.without_concepts == len(sentences)
    assert len(coverage.examples) == coverage.cues.total() <= len(sentences)
    for item in coverage.examples:
        assert Sentence(item.field, item.start, item.end) in sentences
        assert item.start <= item.cue_start < item.cue_end <= item.end
        assert paper.abstract[item.cue_start : item.cue_end] == item.cue
