"""Names for the catalogue: counted over papers, joined with what they stand for, sorted, and free of texts."""

import itertools
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperconcepts.linking.suggestions import (
    SUGGESTION_COLUMNS,
    Example,
    Suggestion,
    format_suggestions,
    suggest_concepts,
)
from paperconcepts.model import ConceptType, LinkedPaper
from paperconcepts.vocabulary import Vocabulary
from paperconcepts.vocabulary.catalogue import COLUMNS

LinkMarked = Callable[..., LinkedPaper]


@pytest.fixture
def papers(link_marked: LinkMarked) -> list[LinkedPaper]:
    """Four papers: EchidnaSet in three, the quenda method in two, spelt out in one and defined there."""
    return [
        link_marked(
            "We propose EchidnaSet, a new dataset. EchidnaSet is large.",
            {"EchidnaSet": "data name:proposed"},
            paper_id="test:2",
        ),
        link_marked("We train PouT on EchidnaSet.", {"EchidnaSet": "data", "PouT": "method catalogue pouch-tuning"}),
        link_marked("All run on the EchidnaSet corpus.", {"EchidnaSet corpus": "data"}, paper_id="test:3"),
        link_marked(
            "We use quiet night data augmentation (QNDA). QNDA helps.",
            {"quiet night data augmentation": "method definition", "QNDA": "method definition"},
            paper_id="test:4",
            definitions=[("QNDA", "quiet night data augmentation")],
        ),
        link_marked("QNDA is not enough.", {"QNDA": "method"}, paper_id="test:5"),
    ]


def suggest(papers: list[LinkedPaper], vocabulary: Vocabulary, min_papers: int = 1) -> dict[str, Suggestion]:
    return {item.label: item for item in suggest_concepts(papers, vocabulary=vocabulary, min_papers=min_papers)}


def test_counts(papers: list[LinkedPaper], vocabulary: Vocabulary) -> None:
    """A name is counted by papers and by mentions, whatever its spelling; what the catalogue knows is not suggested."""
    found = suggest(papers, vocabulary)
    assert list(found) == ["EchidnaSet", "quiet night data augmentation"]
    first = found["EchidnaSet"]
    assert (first.id, first.type, first.papers, first.mentions) == ("echidnaset", ConceptType.DATASET, 3, 4)
    assert (first.type_share, first.aliases, first.broader, first.near) == (1.0, (), (), ())


def test_introduced_and_examples(papers: list[LinkedPaper], vocabulary: Vocabulary) -> None:
    """The introducing paper is named, and its sentence stands first among the places."""
    first = suggest(papers, vocabulary)["EchidnaSet"]
    assert first.introduced == "test:2"
    assert first.examples == (
        Example("test:2", "abstract", 0, 37),
        Example("test:1", "abstract", 0, 28),
        Example("test:3", "abstract", 0, 33),
    )


def test_acronyms_count_with_their_long_form(papers: list[LinkedPaper], vocabulary: Vocabulary) -> None:
    """An acronym that papers define alike is one concept with its long form, and an alias of it."""
    found = suggest(papers, vocabulary)["quiet night data augmentation"]
    assert (found.papers, found.mentions, found.aliases) == (2, 4, ("QNDA",))


def test_acronyms_of_two_meanings_stay_alone(
    papers: list[LinkedPaper], vocabulary: Vocabulary, link_marked: LinkMarked
) -> None:
    """An acronym that papers define differently is counted by itself."""
    other = link_marked(
        "We use quick nest dance (QNDA).",
        {"quick nest dance": "method definition", "QNDA": "method definition"},
        paper_id="test:6",
        definitions=[("QNDA", "quick nest dance")],
    )
    found = suggest([*papers, other], vocabulary)
    assert {label: item.papers for label, item in found.items()} == {
        "EchidnaSet": 3, "quiet night data augmentation": 1, "quick nest dance": 1, "QNDA": 1,
    }  # fmt: skip


def test_acronyms_of_another_kind_stay_alone(
    papers: list[LinkedPaper], vocabulary: Vocabulary, link_marked: LinkMarked
) -> None:
    """A data set with the acronym of a method is not that method."""
    data = [link_marked("Tested on QNDA.", {"QNDA": "data"}, paper_id=f"test:{n}") for n in (7, 8)]
    found = suggest([*papers, *data], vocabulary)
    assert found["QNDA"].type is ConceptType.DATASET
    assert found["quiet night data augmentation"].papers == 1


def test_acronyms_of_catalogue_concepts(vocabulary: Vocabulary, link_marked: LinkMarked) -> None:
    """An acronym that others define as a catalogue concept names that concept as near: it may be its alias."""
    defining = link_marked(
        "We use hop parsing (HPX).",
        {"hop parsing": "task definition hop-parsing", "HPX": "task definition hop-parsing"},
        definitions=[("HPX", "hop parsing")],
    )
    bare = link_marked("HPX is hard.", {"HPX": "task"}, paper_id="test:2")
    found = suggest([defining, bare], vocabulary)
    assert {label: (item.papers, item.near) for label, item in found.items()} == {"HPX": (1, ("hop-parsing",))}


def test_a_paper_counts_once(papers: list[LinkedPaper], vocabulary: Vocabulary, link_marked: LinkMarked) -> None:
    """A paper that comes again, under its id or with the same abstract under another, adds nothing."""
    assert suggest([*papers, *papers], vocabulary) == suggest(papers, vocabulary)
    long = "EchidnaSet is met here. " + "Many other words follow that nobody else writes in this order. " * 5
    twice = [link_marked(long, {"EchidnaSet": "data"}, paper_id=name) for name in ("test:8", "test:9")]
    assert suggest(twice, vocabulary)["EchidnaSet"].papers == 1


def test_min_papers_and_limit(papers: list[LinkedPaper], vocabulary: Vocabulary) -> None:
    """Names of too few papers are left out; a limit keeps the commonest."""
    assert list(suggest(papers, vocabulary, min_papers=3)) == ["EchidnaSet"]
    assert suggest(papers, vocabulary, min_papers=4) == {}
    assert len(suggest_concepts(papers, vocabulary=vocabulary, min_papers=1, limit=1)) == 1


def test_types_are_voted(vocabulary: Vocabulary, link_marked: LinkMarked) -> None:
    """The type of most papers wins, with its share; guesses count only where nothing else is known."""
    kinds = ["data", "data", "method", "model name:shape?"]
    papers = [
        link_marked(f"Here is DunnartX, case {number}.", {"DunnartX": kind}, paper_id=f"test:{number}")
        for number, kind in enumerate(kinds)
    ]
    found = suggest(papers, vocabulary)["DunnartX"]
    assert (found.type, found.type_share, found.papers) == (ConceptType.DATASET, 0.67, 4)
    guessed = suggest(papers[3:], vocabulary)["DunnartX"]
    assert guessed.type_share == 1.0


def test_broader(vocabulary: Vocabulary, link_marked: LinkMarked) -> None:
    """The longest tail that is the name of one fitting catalogue concept is proposed as broader, else none."""
    text = "Joint hop parsing, hop parsing dance, damp pouch tuning and a damp PouT."
    marks = {
        "Joint hop parsing": "task", "hop parsing dance": "task", "damp pouch tuning": "data",
        "damp PouT": "method",
    }  # fmt: skip
    found = suggest([link_marked(text, marks)], vocabulary)
    # A data set is no method; PouT is an alias of one word, which may be short for more.
    assert {label: item.broader for label, item in found.items()} == {
        "Joint hop parsing": ("hop-parsing",), "hop parsing dance": (), "damp pouch tuning": (), "damp PouT": (),
    }  # fmt: skip


def test_aliases_and_near(vocabulary: Vocabulary, link_marked: LinkMarked) -> None:
    """Surfaces of a catalogue concept are no aliases, they make it near; general head nouns add no alias."""
    paper = link_marked(
        "We use leaping wombat rows (LWR). The LWR model beats Numbat-Bench data.",
        {"leaping wombat rows": "method definition", "LWR": "method definition", "LWR model": "model definition",
         "Numbat-Bench": "data"},
        definitions=[("LWR", "leaping wombat rows")],
    )  # fmt: skip
    found = suggest([paper], vocabulary)
    assert found["leaping wombat row"].aliases == ("LWR",)
    assert found["Numbat-Bench"].near == ("numbatbench",)


def test_ids_are_free(vocabulary: Vocabulary, link_marked: LinkMarked) -> None:
    """No suggested id is one of the catalogue or of another suggestion."""
    papers = [
        link_marked(f"Here is {text}.", {text: "data"}, paper_id=f"test:{text}")
        for text in ("Bilby", "Zeta.X", "Zeta X")
    ]
    ids = [item.id for item in suggest_concepts(papers, vocabulary=vocabulary, min_papers=1)]
    assert ids == ["bilby-dataset", "zeta-x", "zeta-x-dataset"]


@settings(deadline=None, max_examples=30)
@given(order=st.permutations(range(5)))
def test_order_of_papers(order: list[int], vocabulary: Vocabulary, request: pytest.FixtureRequest) -> None:
    """The order of the papers makes no difference."""
    papers: list[LinkedPaper] = request.getfixturevalue("papers")
    shuffled = [papers[number] for number in order]
    assert suggest_concepts(shuffled, vocabulary=vocabulary, min_papers=1) == suggest_concepts(
        papers, vocabulary=vocabulary, min_papers=1
    )


def test_sorted(vocabulary: Vocabulary, link_marked: LinkMarked) -> None:
    """Suggestions are sorted by papers, then mentions, both falling, then label."""
    papers = [
        link_marked("AlphaOne BetaTwo BetaTwo CetaTri.", dict.fromkeys(("AlphaOne", "BetaTwo", "CetaTri"), "data")),
        link_marked("CetaTri", {"CetaTri": "data"}, paper_id="test:2"),
        link_marked("Zeta1", {"Zeta1": "data"}, paper_id="test:3"),
    ]
    found = suggest_concepts(papers, vocabulary=vocabulary, min_papers=1)
    assert [item.label for item in found] == ["CetaTri", "BetaTwo", "AlphaOne", "Zeta1"]


def test_papers_are_taken_one_by_one(papers: list[LinkedPaper], vocabulary: Vocabulary) -> None:
    """No paper is kept: each can be freed before the next one comes."""
    import gc
    import weakref

    alive: list[int] = []
    watched: list[weakref.ref[object]] = []

    def stream() -> object:
        for number in range(20):
            gc.collect()
            alive.append(sum(ref() is not None for ref in watched))
            origin = papers[number % len(papers)]
            # A copy, so that nothing else holds it.
            paper = origin.paper.model_copy(update={"id": f"test:{number}"})
            watched.append(weakref.ref(paper))
            yield LinkedPaper(paper, origin.concepts, origin.assertions, origin.relations)
            del paper

    suggest_concepts(stream(), vocabulary=vocabulary)  # type: ignore[arg-type]
    assert max(alive) <= 2


def test_table(papers: list[LinkedPaper], vocabulary: Vocabulary) -> None:
    """The table begins with the columns of a catalogue file, one line a suggestion, and no cell breaks a line."""
    found = suggest_concepts(papers, vocabulary=vocabulary, min_papers=1)
    header, *rows = format_suggestions(found).removesuffix("\n").split("\n")
    assert tuple(header.split("\t")) == SUGGESTION_COLUMNS
    assert SUGGESTION_COLUMNS[: len(COLUMNS)] == COLUMNS
    assert rows[0].split("\t") == [
        "echidnaset", "EchidnaSet", "Dataset", "", "", "", "", "", "3", "4", "1.00", "test:2", "",
        "test:2 abstract 0-37|test:1 abstract 0-28|test:3 abstract 0-33",
    ]  # fmt: skip
    assert len(rows) == len(found)


@settings(deadline=None, max_examples=50)
@given(surface=st.text(alphabet="Ab|\t\n\u2028 é-", min_size=1, max_size=12).filter(lambda text: text.strip()))
def test_cells_hold_no_separators(surface: str, vocabulary: Vocabulary, request: pytest.FixtureRequest) -> None:
    """Whatever a name is made of, a row has its columns and stands on one line."""
    link: LinkMarked = request.getfixturevalue("link_marked")
    found = suggest_concepts(
        [link(f"x {surface} y {surface}s z", {surface: "data", f"{surface}s": "data"})],
        vocabulary=vocabulary,
        min_papers=1,
    )
    lines = format_suggestions(found).split("\n")
    assert len(lines) == len(found) + 2
    assert {line.count("\t") for line in lines[:-1]} == {len(SUGGESTION_COLUMNS) - 1}


def test_permutations_of_a_homonym(vocabulary: Vocabulary, link_marked: LinkMarked) -> None:
    """Of equally common spellings one is chosen by rule, not by order."""
    papers = [
        link_marked(f"{text} is here.", {text: "data"}, paper_id=f"test:{number}")
        for number, text in enumerate(("Numbat Walk", "numbat walk", "NUMBAT walk"))
    ]
    labels = {
        tuple(item.label for item in suggest_concepts(order, vocabulary=vocabulary, min_papers=1))
        for order in itertools.permutations(papers)
    }
    assert labels == {("NUMBAT walk",)}
