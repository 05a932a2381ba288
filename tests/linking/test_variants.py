"""Names that one paper writes in several ways."""

from collections.abc import Callable

import pytest

from paperconcepts.linking.grouping import group_mentions
from paperconcepts.linking.variants import drop_bracket, expand_acronyms, shorter_forms
from paperconcepts.model import AnnotatedPaper
from paperconcepts.vocabulary import Vocabulary, load_catalogue

Annotate = Callable[..., AnnotatedPaper]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("tail counting (TC) model", "tail counting model"),
        ("tail counting (XY) model", "tail counting (XY) model"),
        ("tail counting", "tail counting"),
    ],
)
def test_drop_bracket(text: str, expected: str) -> None:
    """Only a bracket that holds an acronym of the paper is left out."""
    assert drop_bracket(text, {"TC": "tail counting"}) == expected


def test_expand_acronyms() -> None:
    """The paper's own meaning of an acronym comes first, then the catalogue's; single words stay."""
    catalogue = load_catalogue()
    assert expand_acronyms("robust DPO", {}, catalogue) == "robust Direct Preference Optimization"
    assert expand_acronyms("robust DPO", {"DPO": "dingo pouch order"}, catalogue) == "robust dingo pouch order"
    assert expand_acronyms("DPO", {}, catalogue) == "DPO"
    assert expand_acronyms("robust XQZ", {}, catalogue) == "robust XQZ"


def test_shorter_forms() -> None:
    """A kind may be left out at the end, an empty word at the beginning; other words may not."""
    assert list(shorter_forms("automatic tail counting")) == [("tail counting", "modifier")]
    assert list(shorter_forms("tail counting module")) == [("tail counting", "head noun")]
    assert list(shorter_forms("recurrent tail counting")) == []


@pytest.mark.parametrize(
    ("abstract", "surfaces", "count"),
    [
        ("Tail counting is old. The tail counting technique hops.", ["Tail counting", "tail counting technique"], 1),
        ("Hop counting hops. Generic hop counting hops too.", ["Hop counting", "Generic hop counting"], 1),
        ("Counting of hops is hop counting.", ["Counting of hops", "hop counting"], 1),
        ("The tail counting technique hops.", ["tail counting technique"], 1),
        ("Tail counting and fast tail counting.", ["Tail counting", "fast tail counting"], 2),
    ],
)
def test_variants_are_one_concept(
    annotate: Annotate, vocabulary: Vocabulary, abstract: str, surfaces: list[str], count: int
) -> None:
    """A longer way to write a name joins it only where the paper has the shorter one, and only by empty words."""
    groups = group_mentions(annotate(abstract, dict.fromkeys(surfaces, "model")), vocabulary)
    assert len(groups) == count


@pytest.mark.parametrize(
    ("surface", "kind", "concept_id"),
    [
        ("wombat optimization framework", "method", "wombat-optimization"),
        ("vanilla wombat optimization", "method", None),
        ("wombat optimization loss", "method", None),
        ("Bilby Transformer architecture", "model", "bilby"),
        ("Pouch Tuning model", "model", None),
        ("hop parsing task", "task", "hop-parsing"),
        ("PouT algorithm", "method", "pouch-tuning"),
        ("pout algorithm", "method", None),
        ("leap rate module", "model", None),
        ("tailed wombat optimization", "method", None),
    ],
)
def test_known_names_with_empty_words(
    annotate: Annotate, vocabulary: Vocabulary, surface: str, kind: str, concept_id: str | None
) -> None:
    """A name of the catalogue with a noun that says nothing is the catalogue's, if of its kind and capitals."""
    [group] = group_mentions(annotate(f"We use the {surface}.", {surface: kind}), vocabulary)
    assert group.concept_id == concept_id


def test_own_names_with_empty_words(annotate: Annotate, vocabulary: Vocabulary) -> None:
    """What a paper defines as its own is its own."""
    text, marks = "We propose a wombat optimization framework (WOF).", {"wombat optimization framework": "method"}
    paper = annotate(text, marks, definitions=[("WOF", "wombat optimization framework")])
    [group] = group_mentions(paper, vocabulary)
    assert group.concept_id is None
