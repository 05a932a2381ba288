"""What stands around a mention: each context on a sentence that has it and on one that has not."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperconcepts.extraction.sentences import sentence_spans
from paperconcepts.linking.contexts import CONTEXTS, context_features
from paperconcepts.model import ConceptType, Mention, Sentence

NAME = "PouchNet"


def contexts_of(abstract: str, *, title: str = "") -> dict[str, float]:
    """The contexts of all places where the name stands."""
    mentions, places = [], []
    for field, text in (("title", title), ("abstract", abstract)):
        spans = [(0, len(title))] if field == "title" else sentence_spans(abstract)
        for match in re.finditer(NAME, text):
            mentions.append(Mention(field, *match.span(), NAME, ConceptType.MODEL, "tagger", 0.9))
            number, span = next((n, (a, b)) for n, (a, b) in enumerate(spans) if a <= match.start() < b)
            places.append((Sentence(field, *span), number, len(spans), text))
    return dict(zip(CONTEXTS, context_features(mentions, places), strict=True))


SENTENCES = [
    ("proposal_before", "We propose hopping with PouchNet.", "PouchNet is what we propose."),
    ("proposal_near", "We present PouchNet.", f"We present {'hops and ' * 12}PouchNet."),
    ("proposal_open", "We propose a light model, PouchNet.", "We propose hops for PouchNet."),
    ("proposal_open", "For speed, we propose PouchNet.", "We hop with PouchNet."),
    ("proposal_direct", "We propose PouchNet.", "We propose a light model, PouchNet."),
    ("proposal_direct", "In this work, we introduce a tool PouchNet.", "We introduce a tool based on PouchNet."),
    ("novel_before", "It is a novel network PouchNet.", "It is a network PouchNet."),
    ("novel_before", "Here our PouchNet hops.", "Our hops are long: PouchNet hops."),
    ("article_before", "It is a PouchNet.", "It is PouchNet."),
    ("article_before", "Two small PouchNet copies hop.", "Small PouchNet copies hop."),
    ("the_before", "Hops of the large PouchNet.", "Hops of large PouchNet."),
    ("called", "A network called PouchNet hops.", "A network calls PouchNet."),
    ("called", "One of them, namely “PouchNet”, hops.", "One is named after PouchNet."),
    ("which_after", "Here PouchNet, which hops, wins.", "Here PouchNet hops."),
    ("which_after", "Here PouchNet (a net) that hops wins.", "Here PouchNet (that hops) wins."),
    ("bracket_after", "Here PouchNet (PN) hops.", "Here PouchNet (a net) hops."),
    ("is_after", "Here PouchNet is a net.", "Here PouchNet, as is known, hops."),
    ("is_after", "Here PouchNet (PN) combines hops.", "Here PouchNet hops."),
    ("such_as_before", "Nets such as HopNet and PouchNet hop.", "Such PouchNet hops."),
    ("such_as_before", "Nets, e.g. PouchNet, hop.", "Nets like hops: PouchNet."),
    ("used_before", "It hops using large PouchNet.", "It hops, and PouchNet helps."),
    ("used_before", "Hops based on PouchNet.", "Hops used, PouchNet."),
    ("compared_before", "It hops further than PouchNet.", "It hops as PouchNet."),
    ("compared_before", "It outperforms HopNet, BunNet and PouchNet.", "It outperforms all: PouchNet."),
    ("result_on_before", "Gains on HopBench and PouchNet are large.", "Gains of PouchNet are large."),
    (
        "result_on_before",
        "Gains across the three sets PouchNet has.",
        "Gains on all of the many small old sets PouchNet has.",
    ),
    ("data_word_after", "On PouchNet dataset it hops.", "On PouchNet it hops."),
    ("data_word_after", "Both PouchNet benchmarks hop.", "Both PouchNet-benchmarks hop."),
    ("study_before", "They investigate how PouchNet hops.", "They hop as PouchNet hops."),
    ("study_before", "An analysis, evaluating PouchNet.", "Hops are evaluated; PouchNet hops."),
    ("list_neighbour", "Here HopNet and PouchNet hop.", "Here HopNet or the PouchNet hop."),
    ("list_neighbour", "Here PouchNet, HopNet hop.", "Here PouchNet, however, hops."),
    ("our_sentence", "In our tests PouchNet hops.", "In tests PouchNet hops. We rest."),
    ("background", "In tests PouchNet hops. We rest.", "In our tests PouchNet hops."),
    ("limits_near", "Despite its hops PouchNet rests.", "PouchNet rests. Others struggle."),
    ("limits_near", "The widely known PouchNet rests.", "The known PouchNet rests."),
    ("achieves_after", "Here PouchNet easily improves hops.", "Hops improve; PouchNet rests."),
    ("achieves_after", "Here PouchNet yields hops.", "Here PouchNet rests. It yields hops."),
    ("first_third", "PouchNet hops. It rests. It naps.", "It hops. PouchNet rests. It naps."),
    ("last_third", "It hops. It rests. PouchNet naps.", "It hops. PouchNet rests. It naps."),
    ("proposal_begun", "We propose a net. Here PouchNet hops.", "Here PouchNet hops. We propose a net."),
    ("proposal_begun", "We propose a net. PouchNet hops.", "We propose a net, PouchNet."),
    ("proposal_continued", "We propose a net. Specifically, PouchNet hops.", "We propose a net. Most PouchNet hop."),
    ("proposal_continued", "We propose a net. It is PouchNet.", "It is PouchNet. We propose a net."),
    ("part_before", "It consists of hops and PouchNet.", "It hops and PouchNet hops."),
    ("part_before", "Two stages: hops, and PouchNet.", "Two hops. PouchNet rests."),
    ("our_before", "Here our small PouchNet hops.", "Here a small PouchNet hops."),
    ("our_before", "Hops of the proposed PouchNet.", "Hops of the PouchNet."),
    ("first_sentence", "PouchNet hops. It rests. It naps. It sits.", "It hops. PouchNet rests. It naps. It sits."),
]


@pytest.mark.parametrize(("context", "with_it", "without"), SENTENCES)
def test_context(context: str, with_it: str, without: str) -> None:
    """A context is marked where it is there and nowhere else."""
    assert contexts_of(with_it)[context] == 1.0
    assert contexts_of(without)[context] == 0.0


def test_every_context_is_tested() -> None:
    """The sentences above leave no context out but the one that counts."""
    assert {context for context, _, _ in SENTENCES} == set(CONTEXTS) - {"sentences", "title_case"}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Pouch Network", 1.0),
        ("Pouch-Net", 1.0),
        ("Hop-of-Pouch", 1.0),
        ("Carrying of the Pouch", 0.0),
        ("Pouch network", 0.0),
        ("PouchNet", 0.0),
        ("pouch Net", 0.0),
        ("A-" * 40 + "a.", 0.0),
    ],
)
def test_title_case(name: str, expected: float) -> None:
    """A name of several words with capitals inside a sentence is told; at its beginning or in a title it is no sign."""
    for field, before, value in (("abstract", "Hops of ", expected), ("abstract", "", 0.0), ("title", "Hops of ", 0.0)):
        text = f"{before}{name} rest."
        mention = Mention(field, len(before), len(before) + len(name), name, ConceptType.METHOD, "tagger", 0.9)
        row = context_features([mention], [(Sentence(field, 0, len(text)), 0, 1, text)])
        assert row[CONTEXTS.index("title_case")] == value


def test_any_mention_counts() -> None:
    """One mention that stands so is enough, whatever the others do."""
    found = contexts_of("We propose PouchNet. It hops. Tests follow, compared with PouchNet.")
    assert found["proposal_direct"] == found["compared_before"] == found["first_third"] == found["last_third"] == 1.0


@pytest.mark.parametrize(("count", "expected"), [(1, 1.0), (3, 3.0), (4, 4.0), (9, 4.0)])
def test_sentences_are_counted(count: int, expected: float) -> None:
    """The sentences that hold a mention count once each, up to four."""
    assert contexts_of("PouchNet meets PouchNet. " * count)["sentences"] == expected


def test_title() -> None:
    """A title is a sentence of its own, and no place in the abstract."""
    found = contexts_of("Nothing here.", title="We propose PouchNet")
    assert (found["sentences"], found["proposal_direct"], found["our_sentence"]) == (1.0, 1.0, 1.0)
    assert found["background"] == found["first_third"] == found["last_third"] == found["first_sentence"] == 0.0


def test_contexts_end_with_the_sentence() -> None:
    """What the sentence before or behind says is not of this one."""
    found = contexts_of("We propose hops than. PouchNet rests. Is it called so?")
    marked = {name for name, value in found.items() if value} - {"sentences"}
    assert marked == {"background", "proposal_begun"}


WORDS = "We propose|a novel|PouchNet|called|, |. |(HN)| and |than|using|on|is|which|—|\n|  ".split("|")


@given(st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join), st.lists(st.sampled_from(WORDS), max_size=5))
def test_any_text(abstract: str, title: list[str]) -> None:
    """Any text gives one number a context: 0 or 1, and 0 to 4 for the count of sentences."""
    found = contexts_of(abstract, title=" ".join(title))
    assert list(found) == list(CONTEXTS)
    assert found.pop("sentences") in range(5)
    assert set(found.values()) <= {0.0, 1.0}
