"""What every viewer file is written from."""

import dataclasses
import math
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from paperconcepts.export.cleaning import clean_line, cut_line, is_clean, keep_web_url, mask_text
from paperconcepts.export.palette import CONCEPT_COLOURS, PAPER_COLOUR
from paperconcepts.export.presentation import Edge, Node, present, web_page
from paperconcepts.graph import ResearchGraph
from paperconcepts.model import Paper

EVERY_CHARACTER = st.characters(min_codepoint=0, max_codepoint=0x10FFFF)


def test_node_carries_what_viewers_show(small_graph: ResearchGraph) -> None:
    """A concept shows its label, type, support, first date and aliases; a paper its title, date and address."""
    nodes = {node.id: node for node in present(small_graph).nodes}
    concept, paper = nodes["low-rank-adaptation"], nodes["arxiv:2106.09685"]
    assert (concept.label, concept.concept_type, concept.support, concept.degree) == (
        "Low-Rank Adaptation",
        "Method",
        2,
        3,
    )
    assert (concept.year, concept.date, concept.aliases) == (2021, "2021-06-17", ("LoRA",))
    assert (paper.kind, paper.label, paper.date, paper.support) == ("paper", "LoRA", "2021-06-17", 2)
    assert paper.url == "https://arxiv.org/abs/2106.09685"
    assert paper.colour == PAPER_COLOUR
    assert paper.size < concept.size


def test_edge_carries_relation_support_and_sentence(small_graph: ResearchGraph) -> None:
    """An edge shows its relation, its support in the graph and the sentence behind it."""
    edges = {(edge.source, edge.relation, edge.target): edge for edge in present(small_graph).edges}
    assert len(edges) == 6
    edge = edges["qlora", "extends", "low-rank-adaptation"]
    assert (edge.kind, edge.weight, edge.confidence, edge.date) == ("relation", 1, 0.7, "2023-05")
    assert edge.evidence == "QLoRA extends LoRA with fewer bits."


def test_no_value_is_unfit_for_a_viewer(any_graph: ResearchGraph) -> None:
    """Texts are clean lines, numbers finite, ids unique, and nothing is None."""
    shown = present(any_graph)
    items: list[Node | Edge] = [*shown.nodes, *shown.edges]
    for item in items:
        for value in dataclasses.asdict(item).values():
            assert value is not None
            assert not isinstance(value, float) or math.isfinite(value)
            for text in value if isinstance(value, tuple) else [value]:
                assert not isinstance(text, str) or clean_line(text) == text
    ids = [item.id for item in items]
    assert len(set(ids)) == len(ids)
    assert all(node.label and node.size > 0 for node in shown.nodes)
    assert {edge.source for edge in shown.edges} | {edge.target for edge in shown.edges} <= set(ids)


def test_repaired_texts_are_counted_and_warned_about_once(
    hostile_graph: ResearchGraph, caplog: pytest.LogCaptureFixture
) -> None:
    """Texts that hold illegal characters are counted, with one warning for all of them."""
    shown = present(hostile_graph)
    assert shown.repaired == 5  # two titles, each also the label of a concept, and one abstract that serves as label
    assert len(caplog.records) == 1
    assert "5 ids and labels" in caplog.text


def test_ids_that_cleaning_makes_equal_stay_apart() -> None:
    """Two papers whose ids differ in an illegal character only are two nodes."""
    from paperconcepts.graph import build_graph
    from paperconcepts.model import LinkedPaper

    papers = [Paper(id=name, title="x") for name in ("test:1", "test:1\x0b")]
    graph = build_graph([LinkedPaper(paper, (), (), ()) for paper in papers])
    assert [node.id for node in present(graph).nodes] == ["test:1", "test:1~2"]


def test_each_type_has_a_colour_of_its_own() -> None:
    """Papers and the five types of concepts have six different colours of the form #rrggbb."""
    colours = {*CONCEPT_COLOURS.values(), PAPER_COLOUR}
    assert len(colours) == 6
    assert all(re.fullmatch("#[0-9a-f]{6}", colour) for colour in colours)


@pytest.mark.parametrize(
    ("paper", "url"),
    [
        (Paper(id="doi:10.1000/x y"), ""),
        (Paper(id="doi:10.1000/x"), "https://doi.org/10.1000/x"),
        (Paper(id="sha:1", identifiers=("acl:2024.acl-long.1",)), "https://aclanthology.org/2024.acl-long.1"),
        (Paper(id="sha:1", urls=("javascript:alert(1)", "https://example.org/a")), "https://example.org/a"),
        (Paper(id="sha:1"), ""),
    ],
)
def test_web_page_of_a_paper(paper: Paper, url: str) -> None:
    """A paper links to its own http(s) address, else to where its identifier leads, else nowhere."""
    assert web_page(paper) == url


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JAVASCRIPT:x",
        "data:text/html,x",
        "//example.org",
        "https://",
        "http://[::1",
        'http://a"b',
        "file:///etc",
    ],
)
def test_only_plain_web_addresses_become_links(url: str) -> None:
    """Addresses that could run code, or are none, are dropped."""
    assert keep_web_url(url) == ""


@settings(deadline=None, max_examples=200)
@given(st.text(EVERY_CHARACTER, max_size=30))
def test_clean_lines_survive_xml(text: str) -> None:
    """Whatever characters a text holds, its clean line is encodable, legal in XML, one line and stays as it is."""
    line = clean_line(text)
    element = etree.Element("a", label=line)
    assert etree.fromstring(etree.tostring(element)).get("label") == line
    assert line == clean_line(line)
    assert is_clean(line)
    assert len(mask_text(text)) == len(text)


def test_long_lines_are_cut_at_a_word() -> None:
    """A long sentence is cut between words; a long word is cut within."""
    assert cut_line("one two three four", 10) == "one two…"
    assert cut_line("x" * 30, 10) == "x" * 9 + "…"
