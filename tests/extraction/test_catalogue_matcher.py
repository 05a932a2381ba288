"""The catalogue matcher, on a small invented catalogue."""

from collections.abc import Callable

import pytest
import spacy

from paperconcepts.extraction.catalogue_matcher import SPAN_GROUP, CatalogueMatcher
from paperconcepts.extraction.tokenizer import WordTokenizer
from paperconcepts.model import Concept, ConceptType
from paperconcepts.vocabulary import CatalogueEntry, Vocabulary

Matcher = Callable[[str], list[tuple[str, str]]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("nothing of note", []),
        ("with burrow-of-thought now", [("burrow-of-thought", "burrow-of-thought")]),
        ("Burrow of Thought works", [("Burrow of Thought", "burrow-of-thought")]),
        ("burrow–of–thought", [("burrow–of–thought", "burrow-of-thought")]),
        ("wombat language models", [("wombat language models", "wombat-model")]),
        ("marsupial policies", [("marsupial policies", "policy")]),
        ("hop optimisation", [("hop optimisation", "hop-optimization")]),
        ("Numbat-Bench", [("Numbat-Bench", "numbat-bench")]),
        ("WLMs and BoT", [("WLMs", "wombat-model"), ("BoT", "burrow-of-thought")]),
    ],
)
def test_spelling(find_known: Matcher, text: str, expected: list[tuple[str, str]]) -> None:
    """Hyphens, capitals of words, plural and British spelling make no difference."""
    assert find_known(text) == expected


@pytest.mark.parametrize("text", ["a bot here", "BOT", "wlm", "numbatbench", "NUMBATBENCH", "quoll", "QUOLL"])
def test_case_counts(find_known: Matcher, text: str) -> None:
    """Short forms, forms with inner capitals and entries marked ``exact`` are found only as written."""
    assert find_known(text) == []


@pytest.mark.parametrize("text", ["NumbatBenches2", "xBoT", "hop optimizationing", "hop.optimization", "burrow of"])
def test_whole_words(find_known: Matcher, text: str) -> None:
    """A form inside a word, or cut by another mark, or incomplete is no match."""
    assert find_known(text) == []


def test_longest_at_a_word_comes_first(find_known: Matcher) -> None:
    """Of the forms that begin at one word the longest stands first."""
    assert find_known("burrow-of-thought prompting")[0] == (
        "burrow-of-thought prompting",
        "burrow-of-thought-prompting",
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bilby sends to the Antenna", [("Bilby", "mamba-radio")]),
        ("Bilby is a sequence model", [("Bilby", "mamba-model")]),
        ("Bilby is cute", []),
        ("the sequence of an antenna: Bilby", [("Bilby", "mamba-model")]),
    ],
)
def test_context(find_known: Matcher, text: str, expected: list[tuple[str, str]]) -> None:
    """Homonyms are told apart by words of the text; of several that fit the smaller id is taken."""
    assert find_known(text) == expected


def test_smaller_id_of_equals(find_known: Matcher) -> None:
    """Two entries of one form without context: always the smaller id."""
    assert find_known("the pouch rate") == [("pouch rate", "pouch-a")]


def test_label_is_the_type() -> None:
    """A span carries the concept's type and id; the Doc is returned."""
    concept = Concept(id="koala", label="koala net", type=ConceptType.MODEL, catalogued=True)
    matcher = CatalogueMatcher(Vocabulary([CatalogueEntry(concept, (), "", ())]))
    doc = WordTokenizer(spacy.blank("en").vocab)("a koala net")
    assert matcher(doc) is doc
    assert [(span.label_, span.id_, span.start_char, span.end_char) for span in doc.spans[SPAN_GROUP]] == [
        ("Model", "koala", 2, 11)
    ]


def test_empty_catalogue() -> None:
    """Without entries nothing is found."""
    doc = CatalogueMatcher(Vocabulary([]))(WordTokenizer(spacy.blank("en").vocab)("LoRA"))
    assert len(doc.spans[SPAN_GROUP]) == 0
