"""The graph that the questions are timed on: copies are papers of their own, and the names asked for exist."""

from sparql_questions import busiest, busiest_paper, copy_of, hard_case, with_result

from paperconcepts.extraction import extract
from paperconcepts.graph import build_graph
from paperconcepts.linking import link
from paperconcepts.model import Paper
from paperconcepts.query.questions import QUESTIONS, ask

TEXT = "We propose ZetaTune, which extends LoRA. We use BERT and report accuracy on GSM8K for question answering."


def test_copies_share_what_the_catalogue_knows_and_nothing_else() -> None:
    """A copy is another paper whose own names are other concepts; those of the catalogue gather papers."""
    (linked,) = (with_result(item) for item in link(extract([Paper(id="test:1", title="ZetaTune", abstract=TEXT)])))
    copies = [linked, copy_of(linked, 1), copy_of(linked, 2)]
    graph = build_graph(copies)
    assert len(graph.papers()) == len(graph.results()) == 3
    supports = {node.concept.catalogued: node.support for node in graph.concepts()}
    assert supports == {True: 3, False: 1}
    assert len({node.concept.label for node in graph.concepts()}) == len(graph.concepts())


def test_the_hard_cases_have_answers() -> None:
    """The names chosen for a question are borne by concepts, and the paper is one of the graph."""
    linked = [with_result(item) for item in link(extract([Paper(id="test:1", title="ZetaTune", abstract=TEXT)]))]
    graph = build_graph(linked)
    names, paper = busiest(graph), busiest_paper(graph)
    assert paper == "test:1"
    for name in ("results-by-metric", "results-of-concept", "results-on-dataset", "metrics-on-dataset", "aliases"):
        assert ask(graph, name, **hard_case(QUESTIONS[name], names, paper)), name
