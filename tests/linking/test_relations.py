"""Relations that one sentence states."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperconcepts.extraction import extract_paper
from paperconcepts.linking import link_paper
from paperconcepts.model import ConceptType, LinkedPaper, Paper, Predicate
from paperconcepts.vocabulary import load_catalogue

LinkMarked = Callable[..., LinkedPaper]
KNOWN = {
    "PouT": "method catalogue pouch-tuning",
    "QuollNet": "model catalogue quollnet",
    "Bilby Transformer": "model catalogue bilby",
    "NumbatBench": "data catalogue numbatbench",
    "hop parsing": "task catalogue hop-parsing",
    "leap rate": "metric catalogue leap-rate",
}
ARTEFACTS = {ConceptType.METHOD, ConceptType.MODEL}
RANGES = {
    Predicate.USED_FOR: {ConceptType.TASK},
    Predicate.EVALUATED_ON: {ConceptType.DATASET},
    Predicate.TRAINED_ON: {ConceptType.DATASET},
}


def _triples(linked: LinkedPaper) -> list[tuple[str, str, str]]:
    return [(item.subject, item.predicate.value, item.object) for item in linked.relations]


@pytest.mark.parametrize(
    ("sentence", "triple"),
    [
        ("QuollNet is a Bilby Transformer.", ("quollnet", "is_a", "bilby")),
        ("Bilby Transformer such as QuollNet hop.", ("quollnet", "is_a", "bilby")),
        ("QuollNet extends Bilby Transformer.", ("quollnet", "extends", "bilby")),
        ("QuollNet consists of PouT.", ("pouch-tuning", "part_of", "quollnet")),
        ("PouT builds on QuollNet.", ("pouch-tuning", "extends", "quollnet")),
        ("PouT for hop parsing is new.", ("pouch-tuning", "used_for", "hop-parsing")),
        ("QuollNet solves hop parsing.", ("quollnet", "used_for", "hop-parsing")),
        ("PouT is evaluated on NumbatBench.", ("pouch-tuning", "evaluated_on", "numbatbench")),
        ("QuollNet trained on NumbatBench hops.", ("quollnet", "trained_on", "numbatbench")),
        ("QuollNet outperforms PouT.", ("quollnet", "outperforms", "pouch-tuning")),
        ("QuollNet is compared with PouT.", ("pouch-tuning", "compared_with", "quollnet")),
    ],
)
def test_each_predicate(link_marked: LinkMarked, sentence: str, triple: tuple[str, str, str]) -> None:
    """The words between two mentions state the relation from subject to object."""
    assert _triples(link_marked(sentence, KNOWN)) == [triple]


def test_symmetric_is_stored_once(link_marked: LinkMarked) -> None:
    """``compared_with`` has no direction: both orders are one relation, the smaller id first."""
    linked = link_marked("PouT is compared with QuollNet. QuollNet versus PouT is hard.", KNOWN)
    (relation,) = linked.relations
    assert (relation.subject, relation.predicate, relation.object) == (
        "pouch-tuning",
        Predicate.COMPARED_WITH,
        "quollnet",
    )
    assert len(relation.evidence) == 2


@pytest.mark.parametrize(
    "sentence",
    [
        "hop parsing outperforms PouT.",
        "NumbatBench extends QuollNet.",
        "PouT is a leap rate.",
        "PouT and QuollNet.",
        "PouT. Outperforms QuollNet.",
        "QuollNet outperforms QuollNet.",
        "PouT hops. It is true. We saw NumbatBench.",
    ],
)
def test_no_relation(link_marked: LinkMarked, sentence: str) -> None:
    """Wrong types, no words between, another sentence or the concept itself give no relation."""
    assert _triples(link_marked(sentence, KNOWN)) == []


def test_far_apart(link_marked: LinkMarked) -> None:
    """Mentions that are more than a clause apart are not related."""
    filler = "in a long sentence that goes on and on about so many other things " * 3
    assert _triples(link_marked(f"PouT, {filler} outperforms QuollNet.", KNOWN)) == []


def test_proposed_artefact_is_the_silent_subject(link_marked: LinkMarked) -> None:
    """What the paper introduces is evaluated on the data that its results are reported on."""
    linked = link_marked(
        "We propose DigNet. Experiments on NumbatBench show it.", {**KNOWN, "DigNet": "model name:proposed"}
    )
    assert ("dignet", "evaluated_on", "numbatbench") in _triples(linked)


def test_evidence(link_marked: LinkMarked) -> None:
    """A relation's evidence is its sentence, both mentions, and the words between as cue."""
    text = "It hops 😀. Here QuollNet clearly outperforms PouT."
    (relation,) = link_marked(text, KNOWN).relations
    (evidence,) = relation.evidence
    assert text[evidence.start : evidence.end] == "Here QuollNet clearly outperforms PouT."
    assert [text[slice(*span)] for span in evidence.spans] == ["QuollNet", "PouT"]
    assert evidence.cue == text[evidence.cue_start : evidence.cue_end] == "clearly outperforms"
    assert relation.confidence == evidence.confidence


def check_relations(linked: LinkedPaper) -> None:
    """Typed as the ontology says, sorted, one a triple, no loops, exact evidence."""
    types = {item.concept.id: item.concept.type for item in linked.concepts}
    keys = [(r.subject, r.predicate, r.object) for r in linked.relations]
    assert keys == sorted(set(keys))
    for relation in linked.relations:
        assert relation.subject != relation.object
        assert types[relation.subject] in ARTEFACTS
        assert types[relation.object] in RANGES.get(relation.predicate, ARTEFACTS)
        if relation.predicate is Predicate.COMPARED_WITH:
            assert relation.subject < relation.object
        assert relation.confidence == max(item.confidence for item in relation.evidence)
        for item in relation.evidence:
            text = linked.paper.text(item.field)
            assert 0 <= item.start <= item.cue_start < item.cue_end <= item.end <= len(text)
            assert text[item.cue_start : item.cue_end] == item.cue
            assert all(item.start <= start < end <= item.end for start, end in item.spans)


SNIPPETS = (
    "We propose HopNet|, a novel model |LoRA| outperforms |GPT-4|. | on GSM8K |(|)| and |"
    " compared with | is a | such as | extends | trained on |text classification| for |BERT|é"
).split("|")
PIECES = st.lists(
    st.sampled_from(SNIPPETS) | st.text(max_size=3),
    max_size=20,
).map("".join)


@settings(deadline=None, max_examples=200)
@given(PIECES, PIECES)
def test_contract_for_any_text(title: str, abstract: str) -> None:
    """Whatever is extracted, the relations that rules read keep to their contract."""
    annotated = extract_paper(Paper(id="test:1", title=title, abstract=abstract), profile="fast")
    check_relations(link_paper(annotated, vocabulary=load_catalogue()))
