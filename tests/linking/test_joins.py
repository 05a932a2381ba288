"""Concepts of a corpus that are one by their names, and names that only look like one."""

from collections.abc import Callable

import pytest

from paperconcepts.linking.joins import find_joins
from paperconcepts.linking.slips import is_slip
from paperconcepts.model import LinkedPaper
from paperconcepts.vocabulary import Vocabulary

LinkMarked = Callable[..., LinkedPaper]


@pytest.fixture
def joined(link_marked: LinkMarked, vocabulary: Vocabulary) -> Callable[..., dict[str, tuple[str, str]]]:
    """{id: (target, reason)} of the joins among names, each used in papers of its own."""

    def run(*names: tuple[str, str] | tuple[str, str, int]) -> dict[str, tuple[str, str]]:
        papers: list[LinkedPaper] = []
        for name, kind, *times in names:
            for _ in range(times[0] if times else 1):
                papers.append(link_marked(f"We use {name} here.", {name: kind}, paper_id=f"test:{len(papers)}"))
        found = find_joins(papers, vocabulary)
        assert find_joins(papers[::-1], vocabulary) == found
        return {key: (join.target.id, join.reason) for key, join in found.items()}

    return run


@pytest.mark.parametrize(
    ("rare", "common", "reason"),
    [
        ("Hoppy 2", "Hoppy2", "spelling"),
        ("pretrained hopper", "pre-trained hopper", "spelling"),
        ("βHop", "beta-Hop", "spelling"),
        ("pre-hop modelling", "prehop modeling", "spelling"),
        ("tail hop method", "tail hop", "head noun"),
        ("HopBench dataset", "HopBench", "head noun"),
        ("marsupial optimizaton", "marsupial optimization", "near spelling"),
    ],
)
def test_joined(joined: Callable[..., dict[str, tuple[str, str]]], rare: str, common: str, reason: str) -> None:
    """The rarer way to write a name is joined to the commoner one, with the reason."""
    kind = "data" if "Bench" in rare else "method"
    others = [(f"{word} optimization", "method") for word in ("pouch", "quoll", "bilby")]
    found = joined((rare, kind), (common, kind, 3), *others)
    if rare.replace(" dataset", "") != common:
        assert [why for _, why in found.values()] == [reason]
    else:
        # The paper itself leaves the noun out.
        assert found == {}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("HopNet-3", "model"), ("HopNet-4", "model")),
        (("supervised hopping", "method"), ("unsupervised hopping", "method")),
        (("pre-hop tuning", "method"), ("post-hop tuning", "method")),
        (("micromarsupial model", "model"), ("macromarsupial model", "model")),
        (("HoppA", "model"), ("Hoppa", "model")),
        (("HopNet framework", "method"), ("HopNet", "model")),
        (("language hopper", "model"), ("language", "model")),
        (("weakly hopped method", "method"), ("weakly hopped", "method")),
    ],
)
def test_kept_apart(
    joined: Callable[..., dict[str, tuple[str, str]]], one: tuple[str, str], other: tuple[str, str]
) -> None:
    """Numbers, opposites, capitals of short names, and a noun that tells the kind keep names apart."""
    assert joined(one, (*other, 3)) == {}


@pytest.mark.parametrize("kind", ["task", "data", "metric"])
def test_types_never_join(joined: Callable[..., dict[str, tuple[str, str]]], kind: str) -> None:
    """Of a method, a task, a dataset and a metric of one name, none is joined to another."""
    assert joined(("tail hop 2", "method"), ("tail-hop2", kind, 2)) == {}


def test_joined_to_the_catalogue(link_marked: LinkMarked, vocabulary: Vocabulary) -> None:
    """A new spelling of a catalogue name is that concept, if its kind is the same."""
    papers = [
        link_marked("We use PouchTuning.", {"PouchTuning": "method"}, paper_id="test:a"),
        link_marked("We use Numbat Bench.", {"Numbat Bench": "data"}, paper_id="test:b"),
        link_marked("We use Quoll Net.", {"Quoll Net": "data"}, paper_id="test:c"),
    ]
    found = find_joins(papers, vocabulary)
    assert {key: join.target.id for key, join in found.items()} == {
        "pouchtuning": "pouch-tuning",
        "numbat-bench": "numbatbench",
    }


def test_two_introductions(link_marked: LinkMarked, vocabulary: Vocabulary) -> None:
    """What two papers introduce under names that differ by a hyphen are two things."""
    papers = [
        link_marked(f"We propose {name}.", {name: "method name:proposed"}, paper_id=f"test:{name}")
        for name in ("HopRec", "Hop-Rec")
    ]
    assert find_joins(papers, vocabulary) == {}


def test_slip_beside_the_right_word(link_marked: LinkMarked, vocabulary: Vocabulary) -> None:
    """Two names of one paper that differ by a letter are two names."""
    both = {"marsupial optimizaton": "method", "marsupial optimization": "method"}
    papers = [
        link_marked("We use marsupial optimizaton and marsupial optimization.", both, paper_id="test:a"),
        *(
            link_marked(f"We use {word} optimization.", {f"{word} optimization": "method"}, paper_id=f"test:{word}")
            for word in ("pouch", "quoll", "marsupial")
        ),
    ]
    assert find_joins(papers, vocabulary) == {}


@pytest.mark.parametrize(
    ("odd", "word", "expected"),
    [
        ("optimizaton", "optimization", True),
        ("reprensentation", "representation", True),
        ("casual", "causal", True),
        ("ranker", "ranked", False),
        ("symmetric", "asymmetric", False),
        ("micromodel", "macromodel", False),
        ("hopper", "hopper2", False),
        ("model", "modal", False),
    ],
)
def test_slip(odd: str, word: str, *, expected: bool) -> None:
    """A slip is one edit inside a longer word, neither in its ending nor in a prefix of opposite sense."""
    assert is_slip(odd, word) is expected
