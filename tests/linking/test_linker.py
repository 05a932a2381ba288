"""Linking one paper, and a stream of papers."""

from collections.abc import Callable

from paperconcepts.extraction import extract
from paperconcepts.linking import link, link_paper
from paperconcepts.model import AnnotatedPaper, LinkedPaper, Mention, Paper, Role
from paperconcepts.vocabulary import Vocabulary

Annotate = Callable[..., AnnotatedPaper]
LinkMarked = Callable[..., LinkedPaper]


def test_parts_agree(link_marked: LinkMarked) -> None:
    """Each concept has one assertion that holds all its mentions; concepts are sorted by id."""
    linked = link_marked(
        "We propose DigNet with PouT. DigNet hops on NumbatBench.",
        {
            "DigNet": "model name:proposed",
            "PouT": "method catalogue pouch-tuning",
            "NumbatBench": "data catalogue numbatbench",
        },
    )
    assert [item.concept.id for item in linked.concepts] == ["dignet", "numbatbench", "pouch-tuning"]
    assert {item.concept_id: len(item.mentions) for item in linked.assertions} == {
        "dignet": 2,
        "numbatbench": 1,
        "pouch-tuning": 1,
    }
    assert linked.assertions[0].role is Role.INTRODUCES


def test_every_assertion_has_evidence(link_marked: LinkMarked) -> None:
    """No triple without a sentence."""
    linked = link_marked("QuollNet here.", {"QuollNet": "model catalogue quollnet"})
    assert all(item.evidence for item in linked.assertions)


def test_paper_without_mentions(annotate: Annotate, vocabulary: Vocabulary) -> None:
    """A paper without mentions is linked to nothing."""
    annotated = annotate("Nothing to see.", {})
    assert link_paper(annotated, vocabulary=vocabulary) == LinkedPaper(annotated.paper, (), (), ())


def test_weak_find_makes_no_concept(annotate: Annotate, vocabulary: Vocabulary) -> None:
    """One vague find is not worth a node; the same find twice is."""

    def linked(*starts: int) -> LinkedPaper:
        annotated = annotate("tail pruning and tail pruning", {})
        label = annotate("PouT", {"PouT": "method"}).mentions[0].label
        mentions = tuple(
            Mention("abstract", start, start + 12, "tail pruning", label, "term:pruning", 0.3) for start in starts
        )
        return link_paper(AnnotatedPaper(annotated.paper, annotated.sentences, mentions, ()), vocabulary=vocabulary)

    assert linked(0).concepts == ()
    assert [item.concept.id for item in linked(0, 17).concepts] == ["tail-pruning"]


def test_stream(annotate: Annotate, vocabulary: Vocabulary) -> None:
    """``link`` gives what ``link_paper`` gives, lazily and in order."""
    papers = [annotate(f"We use PouT{i}.", {f"PouT{i}": "method"}, paper_id=f"test:{i}") for i in range(3)]
    assert list(link(iter(papers), vocabulary=vocabulary)) == [link_paper(p, vocabulary=vocabulary) for p in papers]


def test_with_the_shipped_catalogue() -> None:
    """From text to roles: what is proposed, what is used, what it is tested on."""
    paper = Paper(
        id="test:1",
        title="ZetaHop: Small Steps",
        abstract="We propose ZetaHop, a method that extends LoRA. We evaluate ZetaHop on GSM8K by its accuracy.",
    )
    (linked,) = link(extract([paper]))
    roles = {item.concept_id: item.role for item in linked.assertions}
    assert roles["zetahop"] is Role.INTRODUCES
    assert roles["low-rank-adaptation"] is Role.USES
    assert roles["gsm8k"] is Role.EVALUATES_ON
    assert roles["accuracy"] is Role.MEASURES
