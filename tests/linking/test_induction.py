"""What one paper defines, another may use."""

import random
from collections.abc import Callable
from dataclasses import replace

import pytest

from paperconcepts.linking import resolve_aliases
from paperconcepts.model import LinkedPaper, Predicate, Role, Status

LinkMarked = Callable[..., LinkedPaper]


@pytest.fixture
def definer(link_marked: LinkMarked) -> LinkedPaper:
    """A paper that spells THS out."""
    return link_marked(
        "We use Tail Hop Search (THS).",
        {"Tail Hop Search": "method definition", "THS": "method definition"},
        definitions=[("THS", "Tail Hop Search")],
        paper_id="test:a",
    )


def _user(link_marked: LinkMarked, mark: str = "method", paper_id: str = "test:b") -> LinkedPaper:
    return link_marked("We use THS here.", {"THS": mark}, paper_id=paper_id)


def _ids(linked: LinkedPaper) -> list[str]:
    return [item.concept.id for item in linked.concepts]


def test_acronym_defined_elsewhere(link_marked: LinkMarked, definer: LinkedPaper) -> None:
    """A bare acronym is the one concept that another paper defines it as; the alias names that paper."""
    resolved = resolve_aliases([_user(link_marked), definer])
    assert [item.paper.id for item in resolved] == ["test:a", "test:b"]
    assert _ids(resolved[0]) == _ids(resolved[1]) == ["tail-hop-search"]
    assert resolved[1].concepts[0].concept == resolved[0].concepts[0].concept
    assert [(a.text, a.reason, a.paper_id) for a in resolved[1].concepts[0].aliases] == [
        ("THS", "definition elsewhere", "test:a")
    ]
    assert [item.concept_id for item in resolved[1].assertions] == ["tail-hop-search"]


def test_two_definitions_keep_apart(link_marked: LinkMarked, definer: LinkedPaper) -> None:
    """An acronym that papers define in two ways stays a concept of its own where it is not defined."""
    other = link_marked(
        "We use Tiny Happy Swamp (THS).",
        {"Tiny Happy Swamp": "method definition", "THS": "method definition"},
        definitions=[("THS", "Tiny Happy Swamp")],
        paper_id="test:c",
    )
    resolved = resolve_aliases([definer, _user(link_marked), other])
    assert [_ids(item) for item in resolved] == [["tail-hop-search"], ["ths"], ["tiny-happy-swamp"]]


def test_own_definition_decides(link_marked: LinkMarked, definer: LinkedPaper) -> None:
    """A paper that defines an acronym keeps its own meaning."""
    assert resolve_aliases([definer]) == [definer]


def test_dataset_and_method_of_one_name(link_marked: LinkMarked) -> None:
    """New concepts of one name and different kinds are told apart; the commoner kind keeps the plain id."""
    papers = [
        link_marked("We use Hoppy2.", {"Hoppy2": mark}, paper_id=f"test:{number}")
        for number, mark in enumerate(["method", "method", "data"])
    ]
    assert [_ids(item) for item in resolve_aliases(papers)] == [["hoppy2"], ["hoppy2"], ["hoppy2-dataset"]]


def test_method_and_model_of_one_name_are_one(link_marked: LinkMarked) -> None:
    """Methods and models are one kind: the majority's reading is taken by all."""
    papers = [
        link_marked("We use Hoppy2.", {"Hoppy2": mark}, paper_id=f"test:{number}")
        for number, mark in enumerate(["method", "model", "model"])
    ]
    resolved = resolve_aliases(papers)
    assert {item.concepts[0].concept for item in resolved} == {papers[1].concepts[0].concept}


def test_spelling_of_the_label_is_shared(link_marked: LinkMarked, definer: LinkedPaper) -> None:
    """Papers that write a label differently, and one that has only the acronym, agree on one concept."""
    lower = [
        link_marked(
            "We use tail hop search (THS).",
            {"tail hop search": "method definition", "THS": "method definition"},
            definitions=[("THS", "tail hop search")],
            paper_id=f"test:{name}",
        )
        for name in "xy"
    ]
    resolved = resolve_aliases([definer, _user(link_marked), *lower])
    assert len({item.concepts[0].concept for item in resolved}) == 1


def test_catalogued_concepts_stay(link_marked: LinkMarked, definer: LinkedPaper) -> None:
    """A catalogue concept is never renamed, whatever papers define."""
    known = link_marked("We use WHO.", {"WHO": "method catalogue wombat-optimization"}, paper_id="test:b")
    other = link_marked(
        "World Hop Order (WHO).",
        {"World Hop Order": "method definition", "WHO": "method definition"},
        definitions=[("WHO", "World Hop Order")],
        paper_id="test:c",
    )
    assert _ids(resolve_aliases([known, other, definer])[1]) == ["wombat-optimization"]


def test_merged_assertions(link_marked: LinkMarked, definer: LinkedPaper) -> None:
    """Two concepts of a paper that turn out to be one have one assertion: the strongest role, all mentions."""
    both = link_marked(
        "Animals hop. They hop. We use tail hop search. It outperforms THS.",
        {"tail hop search": "method name:shape", "THS": "method"},
        paper_id="test:b",
    )
    assert len(both.assertions) == 2
    (assertion,) = resolve_aliases([definer, both])[1].assertions
    assert assertion.concept_id == "tail-hop-search"
    assert assertion.role is Role.USES
    assert [m.text for m in assertion.mentions] == ["tail hop search", "THS"]


def test_relations_follow(link_marked: LinkMarked, definer: LinkedPaper) -> None:
    """Relations are renamed with their concepts; a relation of a concept to itself goes."""
    marks = {"THS": "method", "QuollNet": "model catalogue quollnet", "tail hop search": "method"}
    linked = link_marked("QuollNet outperforms THS. THS extends tail hop search.", marks, paper_id="test:b")
    assert len(linked.relations) == 2
    resolved = resolve_aliases([definer, linked])[1]
    assert [(r.subject, r.predicate, r.object) for r in resolved.relations] == [
        ("quollnet", Predicate.OUTPERFORMS, "tail-hop-search")
    ]


def test_symmetric_relation_keeps_its_order(link_marked: LinkMarked) -> None:
    """After a renaming ``compared_with`` still has the smaller id first, and equal triples are one."""
    definer = link_marked(
        "We use Zebra Hop Search (AHS).",
        {"Zebra Hop Search": "method definition", "AHS": "method definition"},
        definitions=[("AHS", "Zebra Hop Search")],
        paper_id="test:a",
    )
    linked = link_marked(
        "AHS is compared with QuollNet. QuollNet versus zebra hop search is hard.",
        {"AHS": "method", "QuollNet": "model catalogue quollnet", "zebra hop search": "method"},
        paper_id="test:b",
    )
    assert len(linked.relations) == 2
    (relation,) = resolve_aliases([definer, linked])[1].relations
    assert (relation.subject, relation.object) == ("quollnet", "zebra-hop-search")
    assert len(relation.evidence) == 2


def test_relation_that_new_types_forbid(link_marked: LinkMarked, definer: LinkedPaper) -> None:
    """What turns out to be a method is nothing that a model was trained on."""
    linked = link_marked(
        "QuollNet trained on THS hops.", {"THS": "data", "QuollNet": "model catalogue quollnet"}, paper_id="test:b"
    )
    assert [r.predicate for r in linked.relations] == [Predicate.TRAINED_ON]
    resolved = resolve_aliases([definer, linked])[1]
    types = {item.concept.id: item.concept.type for item in resolved.concepts}
    assert all(types[r.object] == "Dataset" for r in resolved.relations)


def test_order_makes_no_difference(link_marked: LinkMarked, definer: LinkedPaper) -> None:
    """Any order of the papers gives the same result, and resolving again changes nothing."""
    papers = [
        definer,
        *(_user(link_marked, mark, f"test:u{n}") for n, mark in enumerate(["method", "model", "data"])),
        *(
            link_marked("We use Hoppy2 and QuollNet.", {"Hoppy2": mark}, paper_id=f"test:h{n}")
            for n, mark in enumerate(["data", "method", "data", "model"])
        ),
    ]
    expected = resolve_aliases(papers)
    shuffler = random.Random(7)  # noqa: S311 - a fixed shuffle, no secret
    for _ in range(10):
        shuffler.shuffle(papers)
        assert resolve_aliases(papers) == expected
    assert [_ids(item) for item in resolve_aliases(expected)] == [_ids(item) for item in expected]


def test_empty_corpus() -> None:
    """No papers, no result."""
    assert resolve_aliases([]) == []


def test_results_and_unasserted_relations_follow(link_marked: LinkMarked, definer: LinkedPaper) -> None:
    """Results and relations that are not asserted name a renamed concept by its new id."""
    marks = {"THS": "method", "NumbatBench": "data", "leap rate": "metric"}
    user = link_marked("THS improves leap rate by 5% on NumbatBench.", marks, paper_id="test:b")
    assert [result.subject for result in user.results] == ["ths"]
    (relation, *_) = user.relations
    denied = tuple(replace(item, status=Status.NEGATED) for item in relation.evidence)
    user = replace(user, relations=(), unasserted=(replace(relation, evidence=denied),))
    assert "ths" in (relation.subject, relation.object)
    resolved = resolve_aliases([user, definer])[1]
    assert [result.subject for result in resolved.results] == ["tail-hop-search"]
    assert [item.subject for item in resolved.unasserted] == ["tail-hop-search"]
