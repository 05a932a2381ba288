"""Answers to why: edges, relations, concepts and papers, by names that may be read in several ways."""

import json
from dataclasses import replace

import pytest

from paperconcepts.errors import UnknownNameError
from paperconcepts.graph import ResearchGraph, build_graph
from paperconcepts.model import ConceptType, Evidence, LinkedPaper, Mention, Paper, Predicate, Relation, Status
from paperconcepts.query import (
    ConceptExplanation,
    EdgeExplanation,
    PaperExplanation,
    WhyAnswer,
    explain_concept,
    explain_edge,
    explain_paper,
    explain_relations,
    read_name,
    why_edge,
    why_node,
)
from paperconcepts.vocabulary import Vocabulary


def _edges(answer: WhyAnswer) -> tuple[EdgeExplanation, ...]:
    assert isinstance(answer.found, tuple)
    return answer.found


def test_edge(tiny_graph: ResearchGraph) -> None:
    """An edge has its ends, role, confidence, evidence and the chains of what is marked."""
    edge = explain_edge(tiny_graph, "test:1", "PouT")
    assert (edge.kind, edge.subject, edge.relation, edge.object) == (
        "assertion", "test:1", "introduces", "pouch-tuning",
    )  # fmt: skip
    assert (edge.confidence, edge.support, edge.catalogue) == (0.8, 1, ())
    assert [item.marked() for item in edge.quotations] == ["We propose [pouch tuning] (PouT)."]
    assert [chain.surface for chain in edge.chains] == ["pouch tuning"]


def test_relations_in_both_directions(tiny_graph: ResearchGraph) -> None:
    """Relations between two concepts are the same whichever is named first; each has all its papers."""
    (found,) = explain_relations(tiny_graph, "WombatNet", "PouT")
    assert explain_relations(tiny_graph, "PouT", "WombatNet") == [found]
    assert (found.subject, found.relation, found.object) == ("wombatnet", "extends", "pouch-tuning")
    assert (found.confidence, found.support) == (0.91, 2)
    assert list(found.titles) == ["arxiv:2205.00001", "doi:10.1000/survey"]
    assert explain_relations(tiny_graph, "WombatNet", "hop rate") == []


def test_relation_of_the_catalogue(tiny_graph: ResearchGraph) -> None:
    """What the catalogue says names the entries from the one to the other, also those that no paper has."""
    (found,) = explain_relations(tiny_graph, "PouT", "model tuning")
    assert (found.relation, found.support, found.quotations) == ("is_a", 0, ())
    assert found.catalogue == ("pouch-tuning", "gentle-tuning", "model-tuning")


def test_both_text_and_catalogue(tiny_corpus: tuple[LinkedPaper, ...], tiny_vocabulary: Vocabulary) -> None:
    """Evidence of the catalogue and of a paper are told apart."""
    evidence = Evidence("doi:10.1000/survey", "abstract", 0, 5, ((0, 2),), "", -1, -1, "relation:is-a", "1", 0.6)
    relation = Relation("pouch-tuning", Predicate.IS_A, "model-tuning", 0.6, (evidence,))
    papers = [*tiny_corpus[:2], replace(tiny_corpus[2], relations=(relation,))]
    (found,) = explain_relations(build_graph(papers, vocabulary=tiny_vocabulary), "PouT", "model tuning")
    assert (len(found.catalogue), found.support, [q.evidence for q in found.quotations]) == (3, 1, [evidence])


def test_what_is_not_asserted(tiny_corpus: tuple[LinkedPaper, ...], tiny_vocabulary: Vocabulary) -> None:
    """What papers only hedge or deny is told last, as no edge, with its status."""
    hedged = Evidence(
        "arxiv:2205.00001", "abstract", 0, 49, ((0, 9),), "extends", 10, 17, "relation:x", "1", 0.6, Status.HEDGED
    )
    relation = Relation("wombatnet", Predicate.OUTPERFORMS, "pouch-tuning", 0.6, (hedged,))
    papers = [tiny_corpus[0], replace(tiny_corpus[1], unasserted=(relation,)), tiny_corpus[2]]
    found = explain_relations(build_graph(papers, vocabulary=tiny_vocabulary), "WombatNet", "PouT")
    assert [(edge.kind, edge.relation) for edge in found] == [("relation", "extends"), ("unasserted", "outperforms")]
    assert (found[1].confidence, found[1].quotations[0].evidence.status) == (0.0, Status.HEDGED)


def test_concept(tiny_graph: ResearchGraph) -> None:
    """A concept is explained by the votes for its type, its names, its papers and the best evidence."""
    found = explain_concept(tiny_graph, "PouT", best=2)
    assert (found.id, found.type, found.catalogued) == ("pouch-tuning", ConceptType.METHOD, True)
    assert [(vote.type, vote.papers, vote.mentions, vote.weight) for vote in found.votes] == [
        (ConceptType.METHOD, 3, 4, 3.6)
    ]
    assert [chain.surface for chain in found.chains] == ["pouch tuning", "PouT", "PouT"]
    assert (found.support, len(found.papers), len(found.best)) == (3, 3, 2)
    row = json.loads(json.dumps(found.as_dict()))
    assert (row["kind"], row["roles"]) == ("concept", {"introduces": 1, "uses": 1, "mentions": 1})


def test_votes_that_differ(tiny_corpus: tuple[LinkedPaper, ...], tiny_vocabulary: Vocabulary) -> None:
    """Every type that a mention was read as is told with its papers, the weightiest first."""
    second = tiny_corpus[1]
    (wombat, *rest) = second.assertions
    mention = replace(wombat.mentions[0], label=ConceptType.METHOD, confidence=0.4)
    changed = replace(second, assertions=(replace(wombat, mentions=(mention, *wombat.mentions)), *rest))
    graph = build_graph([changed], vocabulary=tiny_vocabulary)
    votes = explain_concept(graph, "wombatnet").votes
    assert [(vote.type, vote.weight) for vote in votes] == [(ConceptType.MODEL, 0.9), (ConceptType.METHOD, 0.4)]


def test_paper(tiny_graph: ResearchGraph) -> None:
    """A paper is explained by the records that it was read from and by its edges, strongest role first."""
    found = explain_paper(tiny_graph, "row-1")
    assert [(source.file, source.number, source.record) for source in found.sources] == [("one.jsonl", 1, "row-1")]
    assert [edge.relation for edge in found.edges] == ["introduces", "evaluates_on", "measures"]
    row = json.loads(json.dumps(found.as_dict()))
    assert (row["kind"], row["sources"][0]["file"]) == ("paper", "one.jsonl")
    assert explain_paper(tiny_graph, "sha:0123456789abcdef").edges == ()


def _ambiguous(corpus: tuple[LinkedPaper, ...], vocabulary: Vocabulary) -> ResearchGraph:
    """The tiny graph with a paper of the same title as a concept."""
    first, second, third, _ = corpus
    titled = second.paper.model_copy(update={"title": "WombatNet"})
    return build_graph([first, replace(second, paper=titled), third], vocabulary=vocabulary)


def test_name_of_both(tiny_corpus: tuple[LinkedPaper, ...], tiny_vocabulary: Vocabulary) -> None:
    """A name of a concept and a paper is read as the concept, which is said; an id stands for itself alone."""
    graph = _ambiguous(tiny_corpus, tiny_vocabulary)
    assert [str(reading) for reading in read_name(graph, "WombatNet")] == [
        "the model wombatnet", "the paper arxiv:2205.00001",
    ]  # fmt: skip
    answer = why_node(graph, "WombatNet")
    assert isinstance(answer.found, ConceptExplanation)
    assert answer.remarks == (
        "'WombatNet' is read as the model wombatnet; it is also a name of the paper arxiv:2205.00001; "
        "give an id to choose",
    )
    assert why_node(graph, "wombatnet").remarks == ()
    assert isinstance(why_node(graph, "arxiv:2205.00001").found, PaperExplanation)


def test_names_are_read_so_that_there_is_an_edge(
    tiny_corpus: tuple[LinkedPaper, ...], tiny_vocabulary: Vocabulary
) -> None:
    """Of several readings those with an edge are taken, a paper and a concept first; the choice is said."""
    graph = _ambiguous(tiny_corpus, tiny_vocabulary)
    answer = why_edge(graph, "WombatNet", "PouT")
    assert [edge.kind for edge in _edges(answer)] == ["assertion"]
    assert answer.remarks[0].startswith("'WombatNet' is read as the paper arxiv:2205.00001; it is also a name of")
    assert [edge.relation for edge in _edges(why_edge(graph, "wombatnet", "PouT"))] == ["extends"]
    with pytest.raises(UnknownNameError) as caught:
        why_edge(graph, "WombatNet", "hop rate")
    tried = "arxiv:2205.00001 -> hop-rate or wombatnet -> hop-rate or hop-rate -> wombatnet"
    assert str(caught.value) == f"No edge {tried!r} in this graph."


def test_homonyms() -> None:
    """Two concepts of one name: the one that is joined to the other end is taken, and the choice is said."""
    from paperconcepts.model import Assertion, Concept, LinkedConcept, Role

    kinds = [Concept(id=f"kiwi-{k.lower()}", label="Kiwi", type=k) for k in (ConceptType.DATASET, ConceptType.MODEL)]
    papers = []
    for number, concept in enumerate(kinds):
        mention = Mention("abstract", 0, 4, "Kiwi", concept.type, "test", 0.9)
        evidence = Evidence(f"t:{number}", "abstract", 0, 5, ((0, 4),), "", -1, -1, "rule", "1", 0.9)
        assertion = Assertion(f"t:{number}", Role.USES, concept.id, 0.9, (evidence,), (mention,))
        paper = Paper(id=f"t:{number}", abstract="Kiwi.")
        papers.append(LinkedPaper(paper, (LinkedConcept(concept, ()),), (assertion,), ()))
    graph = build_graph(papers, vocabulary=Vocabulary([]))
    answer = why_edge(graph, "t:1", "Kiwi")
    assert [edge.object for edge in _edges(answer)] == ["kiwi-model"]
    assert answer.remarks == (
        "'Kiwi' is read as the model kiwi-model; it is also a name of the dataset kiwi-dataset; give an id to choose",
    )


def test_either_order(tiny_graph: ResearchGraph) -> None:
    """A concept may be named before its paper."""
    assert why_edge(tiny_graph, "PouT", "test:1").found == why_edge(tiny_graph, "test:1", "PouT").found


@pytest.mark.parametrize(
    ("one", "other", "message"),
    [
        ("test:1", "WombatNet", "No edge 'test:1 -> wombatnet' in this graph."),
        ("WombatNet", "hop rate", "No edge 'wombatnet -> hop-rate or hop-rate -> wombatnet' in this graph."),
        ("test:1", "row-1", "No edge between papers 'test:1 -> test:1' in this graph."),
        ("test:1", "WombatNett", "No concept or paper 'WombatNett' in this graph. Did you mean: WombatNet?"),
    ],
)
def test_no_edge(tiny_graph: ResearchGraph, one: str, other: str, message: str) -> None:
    """Names that nothing bears, and things that nothing joins, are errors that name them."""
    with pytest.raises(UnknownNameError) as caught:
        why_edge(tiny_graph, one, other)
    assert str(caught.value) == message
