"""What is new between two graphs."""

import json
from collections.abc import Callable
from dataclasses import replace

import pytest

from paperconcepts.graph import ResearchGraph, build_graph
from paperconcepts.model import Concept, ConceptType, LinkedPaper, Paper, Predicate, Role
from paperconcepts.query.difference import Difference, graph_difference
from paperconcepts.query.difference_text import format_difference
from paperconcepts.vocabulary import Vocabulary

LinkByHand = Callable[..., LinkedPaper]

POUCH = Concept(id="pouch-net", label="PouchNet", type=ConceptType.MODEL)
QUOKKA = Concept(id="quokkas", label="Quokkas", type=ConceptType.DATASET)
HOPS = Concept(id="hops", label="Hops", type=ConceptType.METHOD)


def _papers(link_paper: LinkByHand) -> tuple[LinkedPaper, LinkedPaper, LinkedPaper, LinkedPaper]:
    first = Paper(id="x:1", title="Quokkas", abstract="We introduce Quokkas. Hops are old.", issued="2020")
    second = Paper(id="x:2", title="Pouches", abstract="PouchNet hops. It is evaluated on Quokkas.", issued="2021-02")
    third = Paper(id="x:3", title="More", abstract="We use PouchNet and <b>Quokkas</b>.", issued="2022")
    fourth = Paper(id="x:4", title="Most", abstract="We use PouchNet.")
    return (
        link_paper(first, [(QUOKKA, Role.INTRODUCES, (("Quokkas", "name"),)), (HOPS, Role.USES, (("Hops", "name"),))]),
        link_paper(
            second,
            [
                (POUCH, Role.INTRODUCES, (("PouchNet", "name"),)),
                (QUOKKA, Role.EVALUATES_ON, (("Quokkas", "name"),)),
            ],
            [("pouch-net", Predicate.EVALUATED_ON, "quokkas", "evaluated on")],
        ),
        link_paper(third, [(POUCH, Role.USES, (("PouchNet", "name"),)), (QUOKKA, Role.USES, (("Quokkas", "name"),))]),
        link_paper(fourth, [(POUCH, Role.USES, (("PouchNet", "name"),))]),
    )


@pytest.fixture
def graphs(link_paper: LinkByHand) -> tuple[ResearchGraph, ResearchGraph]:
    """One paper before, four after."""
    papers = _papers(link_paper)
    empty = Vocabulary([])
    return build_graph(papers[:1], vocabulary=empty), build_graph(papers, vocabulary=empty)


@pytest.fixture
def found(graphs: tuple[ResearchGraph, ResearchGraph]) -> Difference:
    """What came."""
    return graph_difference(*graphs, min_support=2)


def test_papers_and_sizes(found: Difference) -> None:
    """Papers that came, the latest first, those without a date last; the sizes of both graphs."""
    assert [row.paper_id for row in found.papers_added] == ["x:3", "x:2", "x:4"]
    assert found.papers_removed == ()
    assert (found.old["papers"], found.new["papers"], found.old["relations"], found.new["relations"]) == (1, 4, 0, 1)


def test_concepts(found: Difference) -> None:
    """A new concept has its papers counted, and the paper that introduces it with the sentence."""
    (row,) = found.concepts_new
    assert (row.concept_id, row.papers, row.paper_id, row.role) == ("pouch-net", 3, "x:2", Role.INTRODUCES)
    assert row.sentence == "[PouchNet] hops."
    assert found.concepts_gone == ()


def test_first_uses(found: Difference) -> None:
    """A concept that was only introduced before is used for the first time, with the first paper that does so."""
    (row,) = found.first_uses
    assert (row.concept_id, row.users, row.paper_id, row.role) == ("quokkas", 2, "x:2", Role.EVALUATES_ON)


def test_rising_and_falling(found: Difference) -> None:
    """Shares among the papers that came are compared with shares among those before."""
    assert [(row.concept_id, row.earlier, row.later) for row in found.rising] == [("pouch-net", 0, 3)]
    assert [(row.concept_id, row.earlier, row.later) for row in found.falling] == [("quokkas", 1, 2)]


def test_relations(found: Difference) -> None:
    """A new relation stands with its evidence."""
    (row,) = found.relations_new
    assert (row.source, row.kind, row.target, row.paper_id) == ("pouch-net", "evaluated_on", "quokkas", "x:2")
    assert row.sentence == "[It ]is {evaluated on} Quokkas."
    assert found.relations_gone == found.edges_new == found.edges_gone == ()


def test_the_other_way(graphs: tuple[ResearchGraph, ResearchGraph], found: Difference) -> None:
    """What came the one way has gone the other way."""
    back = graph_difference(*graphs[::-1], min_support=2)
    assert back.papers_removed == found.papers_added
    assert back.concepts_gone == found.concepts_new
    assert back.relations_gone == found.relations_new
    assert (back.papers_added, back.rising, back.falling, back.first_uses) == ((), (), (), ())


def test_a_paper_that_changed(link_paper: LinkByHand) -> None:
    """Of a paper of both graphs the edges that came and went are told."""
    before = _papers(link_paper)[0]
    changed = (replace(a, role=Role.USES) if a.concept_id == "quokkas" else a for a in before.assertions)
    after = replace(before, assertions=tuple(changed))
    found = graph_difference(*(build_graph([item], vocabulary=Vocabulary([])) for item in (before, after)))
    assert [(row.source, row.kind, row.target) for row in found.edges_new] == [("x:1", "uses", "quokkas")]
    assert [(row.source, row.kind, row.target) for row in found.edges_gone] == [("x:1", "introduces", "quokkas")]


def test_equal_graphs(graphs: tuple[ResearchGraph, ResearchGraph]) -> None:
    """Between equal graphs there is nothing to tell."""
    text = format_difference(graph_difference(graphs[1], graphs[1]))
    assert text.splitlines()[-1] == "nothing is new and nothing has gone"


def test_json(found: Difference) -> None:
    """The difference is plain data with the name of its format."""
    data = json.loads(json.dumps(found.as_dict()))
    assert data["format"] == "paperconcepts-diff/1"
    assert data["concepts_new"][0]["type"] == "Model"
    assert set(data) >= {"old", "new", "papers_added", "first_uses", "rising", "falling", "relations_new"}


def test_text_and_markdown(found: Difference) -> None:
    """Both name every kind that has rows, say what the limit cut, and Markdown shows texts of papers as text."""
    text, page = format_difference(found, limit=1), format_difference(found, "md")
    assert "new papers (3)" in text
    assert "and 2 more" in text
    assert "gone" not in text
    assert "## First uses (1)" in page
    assert "\n- PouchNet \\[Model\\]" in page
    assert "evaluated\\_on" in page
    assert "<b>" not in page
