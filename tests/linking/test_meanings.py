"""Which meaning of an acronym a paper takes that does not define it."""

from collections.abc import Callable

import pytest

from paperconcepts.linking import resolve_aliases
from paperconcepts.model import LinkedPaper

LinkMarked = Callable[..., LinkedPaper]
MARSUPIAL = {"QuollNet": "model catalogue quollnet", "Pouch Tuning": "method catalogue pouch-tuning",
             "NumbatBench": "data catalogue numbatbench", "burrow depth": "metric"}  # fmt: skip


def _definer(link_marked: LinkMarked, long: str, paper_id: str, *, text: str, marks: dict[str, str]) -> LinkedPaper:
    return link_marked(
        f"{text} use {long} (THS).",
        {long: "method definition", "THS": "method definition", **marks},
        definitions=[("THS", long)],
        paper_id=paper_id,
    )


@pytest.fixture
def definers(link_marked: LinkMarked) -> list[LinkedPaper]:
    """Two papers that define THS differently, one of them about marsupials, among papers about other things."""
    text = "On QuollNet, Pouch Tuning, NumbatBench and burrow depth we"
    others = [
        link_marked(f"We use Zeta{n} here.", {f"Zeta{n}": "method"}, paper_id=f"test:other{n}") for n in range(20)
    ]
    return [
        *others,
        _definer(link_marked, "Tail Hop Search", "test:a", text=text, marks=MARSUPIAL),
        _definer(link_marked, "Tiny Happy Swamp", "test:b", text="On frogs we", marks={"frogs": "data"}),
    ]


def test_related_papers_decide(link_marked: LinkMarked, definers: list[LinkedPaper]) -> None:
    """Of several meanings, a paper has the one whose papers it resembles; the alias says so and is in its own paper."""
    user = link_marked(
        "With QuollNet, Pouch Tuning, NumbatBench and burrow depth we use THS.",
        {"THS": "method", **MARSUPIAL},
        paper_id="test:u",
    )
    resolved = {item.paper.id: item for item in resolve_aliases([*definers, user])}
    (found,) = (c for c in resolved["test:u"].concepts if c.concept.id == "tail-hop-search")
    assert [(a.text, a.reason, a.paper_id) for a in found.aliases] == [("THS", "similar papers", "test:u")]


def test_unrelated_paper_keeps_its_own(link_marked: LinkMarked, definers: list[LinkedPaper]) -> None:
    """Without a clear margin the acronym stays a concept of its own, and the meanings stay two."""
    user = link_marked("We use THS.", {"THS": "method"}, paper_id="test:u")
    resolved = {item.paper.id: item for item in resolve_aliases([*definers, user])}
    assert [c.concept.id for c in resolved["test:u"].concepts] == ["ths"]
    assert "tail-hop-search" in {c.concept.id for c in resolved["test:a"].concepts}
    assert "tiny-happy-swamp" in {c.concept.id for c in resolved["test:b"].concepts}


def test_coined_names_stay_with_their_paper(link_marked: LinkMarked) -> None:
    """An acronym that another paper coined is not what an unrelated paper means."""
    coiner = link_marked(
        "We propose Tail Hop Search (THS).",
        {"Tail Hop Search": "method name:proposed", "THS": "method definition"},
        definitions=[("THS", "Tail Hop Search")],
        paper_id="test:a",
    )
    user = link_marked("We use THS.", {"THS": "method"}, paper_id="test:b")
    assert [c.concept.id for c in resolve_aliases([coiner, user])[1].concepts] == ["ths"]


def test_own_coinage(link_marked: LinkMarked) -> None:
    """A paper that introduces a name never means another paper's by it."""
    definer = link_marked(
        "We use Tail Hop Search (THS).",
        {"Tail Hop Search": "method definition", "THS": "method definition"},
        definitions=[("THS", "Tail Hop Search")],
        paper_id="test:a",
    )
    coiner = link_marked("We propose THS.", {"THS": "method name:proposed"}, paper_id="test:b")
    assert [c.concept.id for c in resolve_aliases([definer, coiner])[1].concepts] == ["ths"]
