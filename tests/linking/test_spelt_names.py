"""Names that a paper spells out without a definition."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperconcepts.linking.grouping import concept_of, group_mentions
from paperconcepts.linking.spelt_names import initialled_names, spelling_of, titled_names
from paperconcepts.model import AnnotatedPaper
from paperconcepts.vocabulary import Vocabulary

Annotate = Callable[..., AnnotatedPaper]


@pytest.mark.parametrize(
    ("name", "phrase", "part"),
    [
        ("HoSe", "Hop Search", "HoSe"),
        ("HOSTS", "Hop Of the Second Tail Search", "HOSTS"),
        ("KangaHTS", "Hop Tail Search", "HTS"),
        ("HopTaGPT", "Hopping Tail", "HopTa"),
        ("XHS", "EXtreme Hop Search", "XHS"),
        ("TailFlow", "Tail Rectified Flow", "TailFlow"),
        ("Tail-Flow", "Tail Rectified Flow", "Tail-Flow".replace("-", "")),
        ("HTSL", "Hop Tail Search", ""),
        ("KHT", "Hop Tail", ""),
        ("QUOLL", "Hop Tail Search", ""),
        ("HTS", "HTS coefficient scaling", ""),
        ("HTS", "Hops", ""),
        ("HT", "Hop Tail", ""),
        ("THTS", "the Hop Tail Search", ""),
        ("QuollNet", "diffusion", ""),
    ],
)
def test_spelling(name: str, phrase: str, part: str) -> None:
    """Each word gives its beginning, in order; what is left over stands before capitals or behind four letters."""
    assert spelling_of(name, phrase) == part


_LETTERS = st.text(alphabet="aAbB1- ", max_size=60)


@given(name=_LETTERS, phrase=_LETTERS)
def test_part_of_the_name(name: str, phrase: str) -> None:
    """Whatever the letters, what is spelt is a part of the name's letters, and the search ends."""
    letters = "".join(c for c in name if c.isalnum())
    assert spelling_of(name, phrase) in letters


def test_long_alike_letters() -> None:
    """Many words of one letter are read in no more steps than letters times words."""
    assert spelling_of("a" * 24, " ".join(["a" * 23] * 10)) == "a" * 24
    assert spelling_of("a" * 25, " ".join(["a" * 24] * 10)) == ""


@pytest.mark.parametrize(
    ("title", "phrase", "name"),
    [
        ("KangaHTS: A Hop Tail Search for Joeys", "Hop Tail Search", "KangaHTS"),
        ("HopTaGPT: An Extremely Long-Legged Hopping Tail via Leaps", "Hopping Tail", "HopTaGPT"),
        ("XHS: EXtreme Hop Search Makes Joeys Better", "EXtreme Hop Search", "XHS"),
    ],
)
def test_titles(annotate: Annotate, vocabulary: Vocabulary, title: str, phrase: str, name: str) -> None:
    """What the words behind a title's colon spell is the thing that it names, and keeps that name."""
    annotated = annotate(f"We like {name}.", {name: "model", phrase: "method"}, title=title)
    (group,) = group_mentions(annotated, vocabulary)
    assert {mention.text for mention in group.mentions} == {phrase, name}
    assert group.reasons[phrase] == "spelt out"
    assert concept_of(group, vocabulary, "test:1", introduced=True)[0].label == name


@pytest.mark.parametrize(
    ("title", "marks"),
    [
        ("KangaHTS: Training with Hop Tail Search", {"KangaHTS": "model", "Hop Tail Search": "method"}),
        ("KangaHTS: A Hop Tail Search", {"KangaHTS": "data", "Hop Tail Search": "task"}),
        ("QuollNet: A Quoll Network", {"QuollNet": "model catalogue quollnet", "Quoll Network": "model"}),
        ("KangaHTS: A Leap Loss", {"KangaHTS": "model", "Leap Loss": "method"}),
        ("On KangaHTS: A Hop Tail Search", {"KangaHTS": "model", "Hop Tail Search": "method"}),
    ],
)
def test_no_titles(annotate: Annotate, title: str, marks: dict[str, str]) -> None:
    """Another kind of thing, a known name, other letters or words between tell nothing."""
    assert list(titled_names(annotate("Nothing.", marks, title=title))) == []


def test_initials(annotate: Annotate, vocabulary: Vocabulary) -> None:
    """Three initials or more bring a name and its long form together, wherever and in which case they stand."""
    marks = {"hop tail search": "method", "HTS": "method", "Leap Loss": "method", "LL": "method"}
    annotated = annotate("A hop tail search hops. HTS digs. Leap Loss falls. LL rises.", marks)
    assert list(initialled_names(annotated)) == [("HTS", "hop tail search")]
    assert len(group_mentions(annotated, vocabulary)) == 3


def test_initials_behind_the_words(annotate: Annotate, vocabulary: Vocabulary) -> None:
    """A long form with its acronym behind it, without brackets, is the same thing."""
    marks = {"Hop Tail Search HTS": "method", "Hop Tail Search": "method", "HTS": "method"}
    (group,) = group_mentions(annotate("Our Hop Tail Search HTS digs. Hop Tail Search hops. HTS!", marks), vocabulary)
    assert {mention.text for mention in group.mentions} == set(marks)


def test_known_names_stay(annotate: Annotate) -> None:
    """Names that the catalogue knows are not brought together by their letters."""
    marks = {"quick quoll network": "method", "QQN": "model catalogue quollnet"}
    assert list(initialled_names(annotate("A quick quoll network (QQN) hops.", marks))) == []


def test_capitals_of_a_defined_name(annotate: Annotate, vocabulary: Vocabulary) -> None:
    """A long name that is defined with other capitals is the defined one; a short one is not."""
    marks = {
        "Hop Tail Retriever": "method definition",
        "HopTaRetriever": "method definition",
        "HoptaRetriever": "method",
    }
    annotated = annotate(
        "Hop Tail Retriever (HopTaRetriever) hops. HoptaRetriever digs.",
        marks,
        definitions=[("HopTaRetriever", "Hop Tail Retriever")],
    )
    assert len(group_mentions(annotated, vocabulary)) == 1
