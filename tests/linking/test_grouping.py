"""Mentions of one paper that mean one concept."""

import dataclasses
from collections.abc import Callable

import pytest

from paperconcepts.linking.grouping import MentionGroup, concept_of, group_mentions
from paperconcepts.model import AnnotatedPaper, ConceptType, Mention
from paperconcepts.vocabulary import Vocabulary

Annotate = Callable[..., AnnotatedPaper]


def _surfaces(groups: list[MentionGroup]) -> list[set[str]]:
    return [{mention.text for mention in group.mentions} for group in groups]


@pytest.mark.parametrize(
    ("abstract", "surfaces"),
    [
        ("HopNet and HopNets hop.", ["HopNet", "HopNets"]),
        ("Hop-Net and Hop Net hop.", ["Hop-Net", "Hop Net"]),
        ("HOPNet and HopNet hop.", ["HOPNet", "HopNet"]),
        ("HopNets hop. The HopNet model digs.", ["HopNets", "HopNet model"]),
        ("tail optimisation and tail optimization", ["tail optimisation", "tail optimization"]),
    ],
)
def test_spellings_are_one(annotate: Annotate, vocabulary: Vocabulary, abstract: str, surfaces: list[str]) -> None:
    """Plural, hyphens, case, British spelling and a head noun after a name make no other concept."""
    groups = group_mentions(annotate(abstract, dict.fromkeys(surfaces, "model")), vocabulary)
    assert _surfaces(groups) == [set(surfaces)]


def test_different_names_are_apart(annotate: Annotate, vocabulary: Vocabulary) -> None:
    """Names that differ in more than spelling are concepts of their own."""
    groups = group_mentions(
        annotate("HopNet, HopNet-2 and DigNet.", dict.fromkeys(["HopNet-2", "DigNet"], "model")), vocabulary
    )
    assert _surfaces(groups) == [{"HopNet-2"}, {"DigNet"}]


def test_definition_joins_both_forms(annotate: Annotate, vocabulary: Vocabulary) -> None:
    """Short and long form are one concept with the long form as label; each alias says why."""
    annotated = annotate(
        "Tail Hop Search (THS) hops. THS is fast.",
        {"Tail Hop Search": "method definition", "THS": "method definition"},
        definitions=[("THS", "Tail Hop Search")],
    )
    (group,) = group_mentions(annotated, vocabulary)
    concept, aliases = concept_of(group, vocabulary, "test:1", introduced=True)
    assert (concept.id, concept.label, concept.type) == ("tail-hop-search", "Tail Hop Search", ConceptType.METHOD)
    assert ("THS", "definition") in {(alias.text, alias.reason) for alias in aliases}
    assert {alias.paper_id for alias in aliases} == {"test:1"}


def test_definition_beats_the_catalogue(annotate: Annotate, vocabulary: Vocabulary) -> None:
    """A paper that spells an acronym out otherwise does not mean the catalogue's concept of that acronym."""
    annotated = annotate(
        "World Health Organization (WHO) advice. WHO helps.",
        {"World Health Organization": "method definition", "WHO": "method catalogue wombat-optimization"},
        definitions=[("WHO", "World Health Organization")],
    )
    (group,) = group_mentions(annotated, vocabulary)
    assert group.concept_id is None
    assert concept_of(group, vocabulary, "test:1", introduced=False)[0].id == "world-health-organization"


def test_definition_of_a_known_long_form(annotate: Annotate, vocabulary: Vocabulary) -> None:
    """An acronym that a paper defines as a catalogue concept is that concept."""
    annotated = annotate(
        "wombat optimization (WO) hops. WO is fast.",
        {"wombat optimization": "method catalogue wombat-optimization", "WO": "method definition"},
        definitions=[("WO", "wombat optimization")],
    )
    (group,) = group_mentions(annotated, vocabulary)
    assert group.concept_id == "wombat-optimization"
    assert len(group.mentions) == 3


@pytest.mark.parametrize(
    ("short", "long", "expected"),
    [
        ("WHO", "wombat optimizing", "wombat-optimization"),
        ("WHO", "Wombat Optimizer", "wombat-optimization"),
        ("WHO", "World Health Office", None),
        ("WHO", "wombat organization", None),
        ("WHo", "wombat optimizing", None),
    ],
)
def test_definition_with_other_endings(
    annotate: Annotate, vocabulary: Vocabulary, short: str, long: str, expected: str | None
) -> None:
    """A known acronym spelt out in its own words with other endings is the known concept; a homonym is not."""
    marks = {long: "method definition", short: "method definition"}
    (group,) = group_mentions(annotate(f"{long} ({short}) hops.", marks, definitions=[(short, long)]), vocabulary)
    assert group.concept_id == expected


def test_catalogue_concept(annotate: Annotate, vocabulary: Vocabulary) -> None:
    """Forms of one catalogue entry are one concept, the entry's own; a label and an alias say which they are."""
    annotated = annotate(
        "Pouch Tuning, or PouT.",
        {"Pouch Tuning": "method catalogue pouch-tuning", "PouT": "method catalogue pouch-tuning"},
    )
    (group,) = group_mentions(annotated, vocabulary)
    concept, aliases = concept_of(group, vocabulary, "test:1", introduced=False)
    assert concept == vocabulary.entries["pouch-tuning"].concept
    assert [(a.text, a.reason) for a in aliases] == [("PouT", "catalogue"), ("Pouch Tuning", "label")]


def test_name_spelt_like_an_id(annotate: Annotate, vocabulary: Vocabulary) -> None:
    """A catalogue mention keeps its concept also where another name, spelt like its id, comes first."""
    annotated = annotate("Bilby hops. The Bilby Transformer digs.", {"Bilby Transformer": "model catalogue bilby"})
    first = Mention("abstract", 0, 5, "Bilby", ConceptType.MODEL, "name:shape", 0.8)
    annotated = dataclasses.replace(annotated, mentions=(first, *annotated.mentions))
    ids = {group.concept_id for group in group_mentions(annotated, vocabulary) for m in group.mentions if m.concept_id}
    assert ids == {"bilby"}


def test_type_by_vote(annotate: Annotate, vocabulary: Vocabulary) -> None:
    """A new concept has the type of most of its mentions; open ones have no vote."""
    annotated = annotate("HopX HopXs", {"HopX": "data", "HopXs": "model name:shape?"})
    (group,) = group_mentions(annotated, vocabulary)
    assert concept_of(group, vocabulary, "test:1", introduced=False)[0].type is ConceptType.DATASET


def test_new_concept_avoids_a_catalogue_id(annotate: Annotate, vocabulary: Vocabulary) -> None:
    """A new concept whose slug the catalogue uses gets another id, told apart by its type."""
    annotated = annotate("BILBY hops.", {"BILBY": "data"})
    (group,) = group_mentions(annotated, vocabulary)
    concept, _ = concept_of(group, vocabulary, "test:1", introduced=False)
    assert concept.catalogued is False
    assert concept.id == "bilby-dataset"


def test_nothing(annotate: Annotate, vocabulary: Vocabulary) -> None:
    """No mentions, no groups."""
    assert group_mentions(annotate("Nothing.", {}), vocabulary) == []


def test_name_and_short_name_in_brackets(annotate: Annotate, vocabulary: Vocabulary) -> None:
    """A new name and a shorter one in brackets after it, made of its letters, are one, named by the long one."""
    marks = {"Bounding Leap Networks": "model", "BoundNet": "model"}
    (group,) = group_mentions(annotate("Bounding Leap Networks (BoundNet) hop. BoundNet digs.", marks), vocabulary)
    assert {mention.text for mention in group.mentions} == set(marks)
    assert group.reasons == {"Bounding Leap Networks": "name", "BoundNet": "definition"}
    concept, _ = concept_of(group, vocabulary, "test:1", introduced=False)
    assert concept.label == "Bounding Leap Network"


def test_last_capitals_in_brackets(annotate: Annotate, vocabulary: Vocabulary) -> None:
    """A name in brackets whose last two capitals begin the last words of the one before it is the same thing."""
    marks = {"Bounding Leaper": "model", "QBL": "model", "cross-hop retail": "method", "xHR": "method"}
    text = "The 'Bounding Leaper' (QBL) hops. QBL digs. We use cross-hop retail (xHR)."
    assert len(group_mentions(annotate(text, marks), vocabulary)) == 2


@pytest.mark.parametrize(
    ("abstract", "marks"),
    [
        ("Bounding networks (QuollNet) hop.", {"Bounding networks": "model", "QuollNet": "model catalogue quollnet"}),
        ("Bounding networks (ZeeNet) hop.", {"Bounding networks": "model", "ZeeNet": "model"}),
        ("Bounding networks (BN) hop.", {"Bounding networks": "model", "BN": "data"}),
        ("Bounding networks, (BN) hop.", {"Bounding networks": "model", "BN": "model"}),
        ("Bounding networks (BN and others) hop.", {"Bounding networks": "model", "BN": "model"}),
    ],
)
def test_no_name_in_brackets(annotate: Annotate, vocabulary: Vocabulary, abstract: str, marks: dict[str, str]) -> None:
    """An example, another kind of thing or other letters in brackets are no second name."""
    assert len(group_mentions(annotate(abstract, marks), vocabulary)) == 2


def test_noun_of_a_defined_name(annotate: Annotate, vocabulary: Vocabulary) -> None:
    """The name that a paper defines, with its acronym and a noun, or without its noun, is the defined one."""
    abstract = (
        "Tail hop search (THS) hops. The tail hop search (THS) algorithm digs. Leap loss model (LLM2). Leap loss."
    )
    marks = {
        "tail hop search (THS) algorithm": "method",
        "Tail hop search": "method definition",
        "Leap loss model": "method definition",
        "Leap loss": "method",
    }
    definitions = [("THS", "Tail hop search"), ("LLM2", "Leap loss model")]
    abstract = abstract.replace("The tail", "A tail")
    annotated = annotate(abstract, marks, definitions=definitions)
    keys = {group.key for group in group_mentions(annotated, vocabulary)}
    assert keys == {"tail hop search", "leap loss model"}


@pytest.mark.parametrize(
    ("name", "kind", "expected"),
    [
        ("QUOLLNet", "model", "quollnet"),
        ("QUOLLNet", "data", None),
        ("NUMBATbench", "data", "numbatbench"),
    ],
)
def test_other_capitals(annotate: Annotate, vocabulary: Vocabulary, name: str, kind: str, expected: str | None) -> None:
    """A longer name that differs from a catalogue name by its capitals only is that concept, if the kind agrees."""
    (group,) = group_mentions(annotate(f"{name} hops.", {name: f"{kind} tagger"}), vocabulary)
    assert group.concept_id == expected


def test_adjective_keeps_its_noun(annotate: Annotate, vocabulary: Vocabulary) -> None:
    """What would be no name without its noun keeps it in the label."""
    (group,) = group_mentions(annotate("Hop-Based models hop.", {"Hop-Based models": "model"}), vocabulary)
    assert concept_of(group, vocabulary, "test:1", introduced=False)[0].label == "Hop-Based model"
