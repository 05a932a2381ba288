"""Chains of reasons from words in a paper to a concept."""

from dataclasses import replace

import pytest

from paperconcepts.errors import UnknownNameError
from paperconcepts.examples import example_graph
from paperconcepts.graph import ResearchGraph, build_graph
from paperconcepts.model import (
    Alias,
    Assertion,
    Concept,
    ConceptType,
    LinkedConcept,
    LinkedPaper,
    Mention,
    Paper,
    Role,
)
from paperconcepts.query import alias_chain, alias_chains, chains_of_paper
from paperconcepts.vocabulary import Vocabulary

NET = Concept(id="burrow-net", label="Burrow Net", type=ConceptType.MODEL)


def _paper(number: int, abstract: str, *reasons: tuple[str, str], source: str = "") -> LinkedPaper:
    """A paper that names the concept by these forms, each where it first stands, for these reasons."""
    paper = Paper(id=f"t:{number}", abstract=abstract)
    mentions = sorted(
        (Mention("abstract", start, start + len(text), text, NET.type, "test", 0.9)
         for text, _ in reasons for start in [abstract.index(text)]),
        key=lambda mention: mention.start,
    )  # fmt: skip
    aliases = tuple(Alias(text, reason, source or paper.id, 0.9) for text, reason in reasons)
    assertion = Assertion(paper.id, Role.USES, NET.id, 0.9, (), tuple(mentions))
    return LinkedPaper(paper, (LinkedConcept(NET, aliases),), (assertion,), ())


def _graph(*papers: LinkedPaper) -> ResearchGraph:
    return build_graph(papers, vocabulary=Vocabulary([]))


DEFINED = _paper(1, "A Burrow Net (BN) digs.", ("Burrow Net", "name"), ("BN", "definition"))


def test_definition() -> None:
    """A short form leads to the long form that stands beside it, and this to the concept."""
    chain = alias_chain(_graph(DEFINED), "burrow-net", "BN", paper="t:1")
    assert [(step.text, step.reason, step.paper_id, step.start, step.end) for step in chain.steps] == [
        ("BN", "definition", "t:1", 14, 16),
        ("Burrow Net", "name", "t:1", 2, 12),
    ]
    assert str(chain) == '"BN" -definition in t:1 0.90-> "Burrow Net" -name 0.90-> burrow-net (new)'


@pytest.mark.parametrize(
    "abstract",
    ["BN (Burrow Net) digs.", "BN, Burrow Net, digs.", "A “Burrow Net” [“BN”] digs.", "BN digs. Burrow Net."],
)
def test_definition_in_any_order(abstract: str) -> None:
    """The long form may stand first or last, in quotes, or elsewhere under the concept's own name."""
    graph = _graph(_paper(1, abstract, ("Burrow Net", "name"), ("BN", "definition")))
    assert [step.text for step in alias_chain(graph, "burrow-net", "BN", paper="t:1").steps] == ["BN", "Burrow Net"]


def test_long_form_that_no_mention_marks() -> None:
    """Where only the short form was marked, the long form is the name of the new concept."""
    graph = _graph(_paper(1, "BNs dig.", ("BNs", "definition")))
    chain = alias_chain(graph, "burrow-net", "BNs", paper="t:1")
    assert [(step.text, step.field) for step in chain.steps] == [("BNs", "abstract"), ("Burrow Net", "")]


def test_definition_elsewhere() -> None:
    """What another paper defines is told with that paper, where the chain goes on."""
    graph = _graph(DEFINED, _paper(2, "We use BN.", ("BN", "definition elsewhere"), source="t:1"))
    chain = alias_chain(graph, "burrow-net", "BN", paper="t:2")
    assert str(chain).startswith('"BN" -definition in t:1') or str(chain).startswith(
        '"BN" -definition elsewhere in t:1'
    )
    assert [step.text for step in chain.steps] == ["BN", "Burrow Net"]
    assert chain.steps[1].start == 2


def test_a_word_more() -> None:
    """A form with a word more leads to the one without it, and on from there."""
    both = (("BN", "definition"), ("BN model", "head noun"), ("Burrow Net", "name"))
    graph = _graph(_paper(1, "The BN model, a Burrow Net (BN).", both[1], both[2], both[0]))
    chain = alias_chain(graph, "burrow-net", "BN model", paper="t:1")
    assert [step.reason for step in chain.steps] == ["head noun", "definition", "name"]


def test_reasons_that_lead_nowhere_else() -> None:
    """A reason of its own kind leads straight to the concept; its note is told."""
    paper = _paper(1, "BN digs.", ("BN", "decision"))
    noted = replace(paper.concepts[0].aliases[0], note="merge BN (before: name)")
    graph = _graph(replace(paper, concepts=(LinkedConcept(NET, (noted,)),)))
    chain = alias_chain(graph, "burrow-net", "BN", paper="t:1")
    assert str(chain) == '"BN" -decision in t:1 0.90: merge BN (before: name)-> burrow-net (new)'


def test_chains_of_a_paper(tiny_graph: ResearchGraph) -> None:
    """Every form of a paper has a chain, in the order of their places; another paper's forms have none there."""
    assert [chain.surface for chain in chains_of_paper(tiny_graph, "PouT", "test:1")] == ["pouch tuning", "PouT"]
    assert [chain.surface for chain in chains_of_paper(tiny_graph, "PouT", "2205.00001")] == ["PouT"]


def test_chains_of_a_concept(tiny_graph: ResearchGraph) -> None:
    """Forms with the same reasons are one chain with all its papers, those of most papers first."""
    found = [(str(chain), chain.papers) for chain in alias_chains(tiny_graph, "PouT")]
    assert found == [
        ('"pouch tuning" -label 0.90-> pouch-tuning', ("doi:10.1000/survey", "test:1")),
        ('"PouT" -catalogue 0.90-> pouch-tuning', ("arxiv:2205.00001",)),
        ('"PouT" -definition in test:1 0.90-> "pouch tuning" -label 0.90-> pouch-tuning', ("test:1",)),
    ]


def test_every_mention_has_a_chain() -> None:
    """In the bundled corpus each form of each concept leads to it, by steps that name a reason and end."""
    graph = example_graph()
    for node in graph.concepts():
        forms = {m.text for a in graph.assertions() if a.concept_id == node.concept.id for m in a.mentions}
        chains = alias_chains(graph, node.concept.id)
        assert {chain.surface for chain in chains} == forms
        for chain in chains:
            assert chain.concept_id == node.concept.id
            assert 1 <= len(chain.steps) <= 4
            assert all(step.reason and 0 < step.confidence <= 1 for step in chain.steps)
            for step in chain.steps:
                if step.field:
                    paper = step.paper_id or chain.papers[0]
                    assert graph.paper(paper).text(step.field)[step.start : step.end] == step.text


def test_unknown_names(tiny_graph: ResearchGraph) -> None:
    """A concept or paper that is not there is an error."""
    with pytest.raises(UnknownNameError, match="No paper"):
        alias_chain(tiny_graph, "PouT", "PouT", paper="test:9")
    with pytest.raises(UnknownNameError, match="No concept"):
        alias_chains(tiny_graph, "NoSuchNet")
