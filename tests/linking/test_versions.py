"""Versions are concepts of their own, below the family of their type that the corpus knows."""

from collections.abc import Callable

import pytest

from paperconcepts.graph import build_graph
from paperconcepts.linking import resolve_aliases
from paperconcepts.linking.versions import VERSION_RULE, family_names, relate_versions
from paperconcepts.model import LinkedPaper, Predicate
from paperconcepts.vocabulary import Vocabulary

LinkMarked = Callable[..., LinkedPaper]
Triples = list[tuple[str, str]]


def _versions(papers: list[LinkedPaper]) -> Triples:
    return sorted(
        {
            (r.subject, r.object)
            for item in papers
            for r in item.relations
            if r.predicate is Predicate.IS_A and any(e.rule == VERSION_RULE for e in r.evidence)
        }
    )


@pytest.mark.parametrize(
    ("name", "families"),
    [
        ("GPT-4", ["GPT"]),
        ("GPT-4o", ["GPT"]),
        ("Llama-3 8B", ["Llama-3", "Llama"]),
        ("Qwen2.5-Math-7B", ["Qwen2.5-Math", "Qwen2.5", "Qwen"]),
        ("ResNet-50", ["ResNet"]),
        ("Stable Diffusion 3", ["Stable Diffusion"]),
        ("YOLOv8", ["YOLO"]),
        ("Mixtral-8x7B", ["Mixtral"]),
        ("T5-base", ["T5"]),
        ("Claude 3.5 Sonnet", ["Claude 3.5", "Claude"]),
        ("ImageNet-1k", ["ImageNet"]),
        ("F1", []),
        ("L2", []),
        ("LoRA", []),
        ("3D", []),
        ("language model 2", []),
        ("", []),
    ],
)
def test_family_names(name: str, families: list[str]) -> None:
    """Numbers, sizes and makers' words come off one by one; what is left is a name with a capital or a digit."""
    assert list(family_names(name)) == families


def test_nearest_family(link_marked: LinkMarked, vocabulary: Vocabulary) -> None:
    """A version is below the nearest family that the corpus has, and that below its own."""
    names = ("HopNet", "HopNet-3", "HopNet-3 8B", "HopNet-4 7B Instruct")
    papers = [link_marked(f"We use {n} here.", {n: "model"}, paper_id=f"test:{i}") for i, n in enumerate(names)]
    assert _versions(relate_versions(papers, vocabulary)) == [
        ("hopnet-3", "hopnet"),
        ("hopnet-3-8b", "hopnet-3"),
        ("hopnet-4-7b-instruct", "hopnet"),
    ]


@pytest.mark.parametrize("kind", ["data", "metric", "method", "task"])
def test_family_of_another_type(link_marked: LinkMarked, vocabulary: Vocabulary, kind: str) -> None:
    """A family has the type of the version: BM25 is no version of a dataset BM."""
    papers = [
        link_marked("We use HopNet here.", {"HopNet": kind}, paper_id="test:a"),
        link_marked("We use HopNet-2 here.", {"HopNet-2": "model"}, paper_id="test:b"),
    ]
    assert _versions(relate_versions(papers, vocabulary)) == []


def test_no_family(link_marked: LinkMarked, vocabulary: Vocabulary) -> None:
    """A name that looks like a version is none if nothing has the shorter name."""
    papers = [link_marked("We use HM25 here.", {"HM25": "method"}, paper_id="test:a")]
    assert relate_versions(papers, vocabulary) == papers


def test_evidence(link_marked: LinkMarked, vocabulary: Vocabulary) -> None:
    """The evidence is the sentence of the version's mention, with the version as the cue, in each paper that has it."""
    papers = [
        link_marked("We use HopNet here.", {"HopNet": "model"}, paper_id="test:a"),
        link_marked("Animals hop. We use HopNet-2 here.", {"HopNet-2": "model"}, paper_id="test:b"),
        link_marked("We use HopNet-2 here.", {"HopNet-2": "model"}, paper_id="test:c"),
    ]
    graph = build_graph(resolve_aliases(papers, vocabulary=vocabulary), vocabulary=vocabulary)
    (relation,) = graph.relations()
    assert [e.paper_id for e in relation.evidence] == ["test:b", "test:c"]
    first = relation.evidence[0]
    text = papers[1].paper.abstract
    assert text[first.start : first.end] == "We use HopNet-2 here."
    assert [text[start:end] for start, end in first.spans] == ["HopNet-2"]
    assert text[first.cue_start : first.cue_end] == first.cue == "-2"


def test_catalogue_and_text_are_not_repeated(link_marked: LinkMarked, vocabulary: Vocabulary) -> None:
    """What a sentence states already needs no rule, and doing it twice is doing it once."""
    papers = [
        link_marked("We use HopNet here.", {"HopNet": "model"}, paper_id="test:a"),
        link_marked("We use HopNet-2 here.", {"HopNet-2": "model"}, paper_id="test:b"),
    ]
    once = relate_versions(papers, vocabulary)
    assert relate_versions(once, vocabulary) == once
    assert resolve_aliases(once, vocabulary=vocabulary) == resolve_aliases(papers, vocabulary=vocabulary)
