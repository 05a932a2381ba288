"""The names of a concept, each with its reason and its places."""

import json

import pytest

from paperconcepts.errors import UnknownNameError
from paperconcepts.graph import ResearchGraph, build_graph
from paperconcepts.model import LinkedPaper
from paperconcepts.query.aliases import AliasPlace, aliases_of
from paperconcepts.vocabulary import Vocabulary


def test_rows(tiny_graph: ResearchGraph) -> None:
    """Each name has a row for each reason and paper, sorted by name, with the places of its mentions."""
    found = aliases_of(tiny_graph, "pouch-tuning")
    assert [(row.text, row.reason, row.paper_id) for row in found.rows] == [
        ("pouch tuning", "label", "doi:10.1000/survey"),
        ("pouch tuning", "label", "test:1"),
        ("PouT", "catalogue", "arxiv:2205.00001"),
        ("PouT", "definition", "test:1"),
    ]
    assert found.rows[3].places == (AliasPlace("test:1", "abstract", 25, 29),)


def test_every_mention_has_one_row(tiny_graph: ResearchGraph) -> None:
    """Every mention of every concept stands in exactly one row, where its text is that of the row."""
    for node in tiny_graph.concepts():
        rows = aliases_of(tiny_graph, node.concept.id).rows
        places = [place for row in rows for place in row.places]
        mentions = [
            AliasPlace(item.paper_id, m.field, m.start, m.end)
            for item in tiny_graph.assertions()
            if item.concept_id == node.concept.id
            for m in item.mentions
        ]
        assert sorted(places, key=str) == sorted(mentions, key=str)
        assert mentions
        for row in rows:
            texts = {tiny_graph.paper(p.paper_id).text(p.field)[p.start : p.end] for p in row.places}
            assert texts <= {row.text}


def test_a_borrowed_reason(tiny_corpus: tuple[LinkedPaper, ...], tiny_vocabulary: Vocabulary) -> None:
    """A paper that gives no reason for a name stands below the reason of another paper."""
    papers = [
        LinkedPaper(
            item.paper,
            tuple(
                type(c)(c.concept, tuple(a for a in c.aliases if (a.text, a.paper_id) != ("PouT", "arxiv:2205.00001")))
                for c in item.concepts
            ),
            item.assertions,
            item.relations,
        )
        for item in tiny_corpus
    ]
    rows = aliases_of(build_graph(papers, vocabulary=tiny_vocabulary), "PouT").rows
    (row,) = (row for row in rows if row.text == "PouT")
    assert row.borrowed
    assert [place.paper_id for place in row.places] == ["arxiv:2205.00001", "test:1"]
    assert not any(other.borrowed for other in rows if other is not row)


def test_json(tiny_graph: ResearchGraph) -> None:
    """The names are JSON-ready, with the note of a decision (empty for other reasons)."""
    found = aliases_of(tiny_graph, "wombatnet").as_dict()
    assert json.loads(json.dumps(found)) == found
    assert (found["id"], found["label"], found["type"]) == ("wombatnet", "WombatNet", "Model")
    assert set(found["aliases"][0]) == {"text", "reason", "paper_id", "confidence", "note", "places"}


def test_unknown_name(tiny_graph: ResearchGraph) -> None:
    """A name that no concept bears is an error with near names."""
    with pytest.raises(UnknownNameError, match="Did you mean: WombatNet"):
        aliases_of(tiny_graph, "WombatNett")
