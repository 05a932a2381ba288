"""Names that a paper spells out without a definition."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperconcepts.extraction import extract
from paperconcepts.linking import link
from paperconcepts.linking.grouping import concept_of, group_mentions
from paperconcepts.linking.spelt_names import apposed_names, initialled_names, spelling_of, titled_names
from paperconcepts.model import AnnotatedPaper, Paper
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
        ("D\u0130lNets", "A D\u0130l Network", ""),
        ("D\u0130lNets", "Deep \u0130l Networks", ""),
    ],
)
def test_spelling(name: str, phrase: str, part: str) -> None:
    """Each word gives its beginning, in order; what is left over stands before capitals or behind four letters."""
    assert spelling_of(name, phrase) == part


_LETTERS = st.text(alphabet="aAbB1-\u0130 ", max_size=60)


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


def test_initials_elsewhere(annotate: Annotate, vocabulary: Vocabulary) -> None:
    """Initials in another sentence bring a name and its long form together, in whichever order they come."""
    marks = {"Hop-Then-Search-Tails": "method", "HTST": "method"}
    annotated = annotate("HTST digs. It is called Hop-Then-Search-Tails. HTST hops.", marks)
    (group,) = group_mentions(annotated, vocabulary)
    assert group.reasons == {"HTST": "spelt out", "Hop-Then-Search-Tails": "name"}


@pytest.mark.parametrize(
    "text", ["HTS: Hop Tail Search digs.", "We beat HTS (“Hop Tail Search”).", "Hop Tail Search – HTS."]
)
def test_initials_beside(annotate: Annotate, vocabulary: Vocabulary, text: str) -> None:
    """Three initials are enough where nothing but marks stands between a name and its words."""
    annotated = annotate(text, {"Hop Tail Search": "method", "HTS": "method"})
    assert len(group_mentions(annotated, vocabulary)) == 1


@pytest.mark.parametrize(
    ("abstract", "marks"),
    [
        ("Hop Tail Search and HTS hop.", {"Hop Tail Search": "method", "HTS": "method"}),
        ("Hop Tail Search, HTS and others hop.", {"Hop Tail Search": "method", "HTS": "method"}),
        ("Hop Tail Search hops. It outperforms HTS.", {"Hop Tail Search": "method", "HTS": "method"}),
        ("Hop Tail hops. HT digs.", {"Hop Tail": "method", "HT": "method"}),
        ("Our Hop Then Search Tails beats HTST.", {"Hop Then Search Tails": "method", "HTST": "method"}),
        ("Hop Then Search Tails hops. HTST digs.", {"Hop Then Search Tails": "task", "HTST": "method"}),
        (
            "Hop Then Search Tails hops. HTST digs.",
            {"Hop Then Search Tails": "method", "HTST": "method catalogue quollnet"},
        ),
    ],
)
def test_no_initials(annotate: Annotate, vocabulary: Vocabulary, abstract: str, marks: dict[str, str]) -> None:
    """Two letters, a rival, another kind of thing or a known name are no reason."""
    annotated = annotate(abstract, marks)
    assert list(initialled_names(annotated)) == []
    assert len(group_mentions(annotated, vocabulary)) == 2


def test_initials_of_two_phrases(annotate: Annotate, vocabulary: Vocabulary) -> None:
    """Initials that two phrases have, or of a phrase that is defined with another name, tell nothing."""
    marks = {"Hop Then Search Tails": "method", "Hit The Steep Track": "method", "HTST": "method"}
    annotated = annotate("Hop Then Search Tails hops. Hit The Steep Track runs. HTST digs.", marks)
    assert len(group_mentions(annotated, vocabulary)) == 3
    marks = {"Hop Then Search Tails": "method definition", "HoTST": "method definition", "HTST": "method"}
    annotated = annotate(
        "Hop Then Search Tails (HoTST) hops. HTST digs.", marks, definitions=[("HoTST", "Hop Then Search Tails")]
    )
    assert len(group_mentions(annotated, vocabulary)) == 2


def test_many_initials(annotate: Annotate) -> None:
    """Thousands of the same names are paired once."""
    marks = {"Hop Then Search Tails": "method", "HTST": "method"}
    annotated = annotate("Hop Then Search Tails hops. HTST digs. " * 3000, marks)
    assert len(list(initialled_names(annotated))) == 1


def test_initials_behind_the_words(annotate: Annotate, vocabulary: Vocabulary) -> None:
    """A long form with its acronym behind it, without brackets, is the same thing."""
    marks = {"Hop Tail Search HTS": "method", "Hop Tail Search": "method", "HTS": "method"}
    (group,) = group_mentions(annotate("Our Hop Tail Search HTS digs. Hop Tail Search hops. HTS!", marks), vocabulary)
    assert {mention.text for mention in group.mentions} == set(marks)


@pytest.mark.parametrize(
    "marks",
    [
        {"Hop Tail Search QQN": "method"},
        {"Hop Tail HT": "method"},
        {"Hop Tail Search HTS": "method catalogue quollnet"},
    ],
)
def test_no_initials_behind(annotate: Annotate, marks: dict[str, str]) -> None:
    """Other letters, too few of them, or a name that the catalogue knows tell nothing."""
    assert list(apposed_names(annotate(f"We like {next(iter(marks))}.", marks))) == []


def test_acronym_and_known_name() -> None:
    """An acronym in capitals does not swallow a name that has its letters."""
    abstract = (
        "We propose FALCON (Fast Adaptive Language Compression On Networks), which compresses Falcon and Llama 2."
    )
    (linked,) = link(extract([Paper(id="x:1", abstract=abstract)]))
    assert [m.text for a in linked.assertions if a.concept_id == "falcon" for m in a.mentions] == ["Falcon"]


def test_phrase_with_a_noun(annotate: Annotate, vocabulary: Vocabulary) -> None:
    """Where the phrase of a title recurs with a noun behind it, that is the same thing."""
    marks = {"LeapSTS": "model", "Sparse Token Search": "method", "sparse token search method": "method"}
    annotated = annotate("The sparse token search method hops.", marks, title="LeapSTS: A Sparse Token Search")
    assert len(group_mentions(annotated, vocabulary)) == 1


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


@pytest.mark.parametrize(
    ("other", "mark"),
    [
        ("Hoptaretriever", "data"),
        ("Hoptaretriever", "method catalogue quollnet"),
        ("HOPTARETRIEVER", "method definition"),
    ],
)
def test_other_things_of_other_capitals(annotate: Annotate, vocabulary: Vocabulary, other: str, mark: str) -> None:
    """What is of another kind, known, or defined as something else is not the defined name, whatever its letters."""
    marks = {"Hop Tail Retriever": "method definition", "HopTaRetriever": "method definition", other: mark}
    definitions = [("HopTaRetriever", "Hop Tail Retriever")]
    text = f"Hop Tail Retriever (HopTaRetriever) hops. {other} digs."
    if mark.endswith("definition"):
        marks["Hopping Order Retriever"] = "method definition"
        definitions.append((other, "Hopping Order Retriever"))
        text += f" Hopping Order Retriever ({other})."
    assert len(group_mentions(annotate(text, marks, definitions=definitions), vocabulary)) == 2
