"""Cards: all that a graph knows of one concept or one paper."""

import json

import pytest

from paperconcepts.errors import UnknownNameError
from paperconcepts.graph import ResearchGraph
from paperconcepts.model import ConceptType, Role
from paperconcepts.query import ConceptCard, PaperCard, card, concept_card, paper_card


def test_concept_card(tiny_graph: ResearchGraph) -> None:
    """A concept's card has its names, papers in any role, years and company."""
    found = concept_card(tiny_graph, "PouT")
    assert (found.id, found.label, found.type, found.catalogued) == (
        "pouch-tuning",
        "pouch tuning",
        ConceptType.METHOD,
        True,
    )
    assert found.aliases == ("PouT",)
    assert found.broader == ("gentle-tuning",)
    assert (found.support, found.first_seen) == (3, "2021-03-01")
    assert list(found.roles.items()) == [(Role.INTRODUCES, 1), (Role.USES, 1), (Role.MENTIONS, 1)]
    assert [row.paper_id for row in found.papers] == ["arxiv:2205.00001", "doi:10.1000/survey", "test:1"]
    assert [row.year for row in found.timeline] == [2021, 2022]
    assert found.neighbours[0].concept_id == "quokkabench"


def test_neighbours_limit(tiny_graph: ResearchGraph) -> None:
    """The number of neighbours can be chosen."""
    assert len(concept_card(tiny_graph, "PouT", neighbours=2).neighbours) == 2


def test_concept_card_as_dict(tiny_graph: ResearchGraph) -> None:
    """A concept's card is JSON-ready, with its kind."""
    row = json.loads(json.dumps(concept_card(tiny_graph, "WombatNet").as_dict()))
    assert (row["kind"], row["id"], row["type"], row["catalogued"]) == ("concept", "wombatnet", "Model", False)
    assert row["roles"] == {"introduces": 1, "mentions": 1}
    assert row["papers"][0]["evidence"][0]["rule"] == "role:introduces"


def test_paper_card(tiny_graph: ResearchGraph) -> None:
    """A paper's card has its record and its concepts, strongest role first, with their labels."""
    found = paper_card(tiny_graph, "row-1")
    assert found.paper.id == "test:1"
    assert [a.concept_id for a in found.assertions] == ["pouch-tuning", "quokkabench", "hop-rate"]
    assert found.labels == {"pouch-tuning": "pouch tuning", "quokkabench": "QuokkaBench", "hop-rate": "hop rate"}


def test_paper_card_as_dict(tiny_graph: ResearchGraph) -> None:
    """A paper's card is JSON-ready, with its kind and all fields of the paper."""
    row = json.loads(json.dumps(paper_card(tiny_graph, "test:1").as_dict()))
    assert (row["kind"], row["id"], row["extra"]) == ("paper", "test:1", {"score": 3, "tags": ["a", "b"]})
    assert row["concepts"][0] == {
        "id": "pouch-tuning",
        "label": "pouch tuning",
        "role": "introduces",
        "confidence": 0.8,
    }


def test_paper_without_concepts(tiny_graph: ResearchGraph) -> None:
    """A paper without concepts has a card too."""
    assert paper_card(tiny_graph, "sha:0123456789abcdef").as_dict()["concepts"] == []


@pytest.mark.parametrize(
    ("name", "kind"), [("WombatNet", ConceptCard), ("WombatNet: Digging Deeper", PaperCard), ("test:1", PaperCard)]
)
def test_card_of_either(tiny_graph: ResearchGraph, name: str, kind: type) -> None:
    """A name may be a concept's or a paper's."""
    assert isinstance(card(tiny_graph, name), kind)


def test_card_of_neither(tiny_graph: ResearchGraph) -> None:
    """An unknown name suggests near names of both kinds."""
    with pytest.raises(UnknownNameError, match="No concept or paper 'model tunin'") as caught:
        card(tiny_graph, "model tunin")
    assert caught.value.suggestions[0] == "model tuning"
    assert "Model tuning, a survey" in caught.value.suggestions
