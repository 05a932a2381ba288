"""GEXF: spells, and graphs that do not fit into memory."""

import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import networkx as nx
import pytest
from lxml import etree

from paperconcepts.export.gexf import stream_gexf, write_gexf, write_gexf_spells
from paperconcepts.export.graphml import stream_graphml
from paperconcepts.export.presentation import edge_id, present
from paperconcepts.export.property_graph import Edge, GraphStream, Node
from paperconcepts.graph import ResearchGraph

SPACE = "{http://gexf.net/1.3}"


def spells_of(path: Path) -> dict[str, list[tuple[str, str]]]:
    root = etree.parse(path).getroot()
    found = {}
    for item in root.iter(f"{SPACE}node", f"{SPACE}edge"):
        assert item.get("start") is None, "a spell and a start exclude each other"
        found[item.get("id")] = [(one.get("start"), one.get("end")) for one in item.iter(f"{SPACE}spell")]
    return found


def test_spells_are_the_years_of_the_papers(small_graph: ResearchGraph, tmp_path: Path) -> None:
    """A paper and its edges last for its year, a concept for each year of its papers; neighbouring years are one."""
    write_gexf_spells(small_graph, tmp_path / "g.gexf")
    found = spells_of(tmp_path / "g.gexf")
    assert found["arxiv:2106.09685"] == [("2021-01-01", "2021-12-31")]
    assert found["low-rank-adaptation"] == [("2021-01-01", "2021-12-31"), ("2023-01-01", "2023-12-31")]
    assert found["glue"] == [("2019-01-01", "2019-12-31"), ("2021-01-01", "2021-12-31")]
    assert found[edge_id("doi:10.1000/x", "studies", "glue")] == [("2019-01-01", "2019-12-31")]


def test_spells_are_read_by_networkx(any_graph: ResearchGraph, tmp_path: Path) -> None:
    """networkx finds every node and edge; what has no date has no spell and no empty list of them."""
    shown = present(any_graph)
    write_gexf_spells(any_graph, tmp_path / "g.gexf", property_graph=shown)
    read = nx.read_gexf(tmp_path / "g.gexf", version="1.3")
    assert (list(read), read.number_of_edges()) == ([node.id for node in shown.nodes], len(shown.edges))
    assert "<spells></spells>" not in (tmp_path / "g.gexf").read_text(encoding="utf-8")
    found = spells_of(tmp_path / "g.gexf")
    assert all(not found[node.id] for node in shown.nodes if not node.date and node.kind == "paper")


def grammar() -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(Path(__file__).with_name("gexf_1_3.rng")))


@pytest.mark.parametrize("write", [write_gexf, write_gexf_spells])
def test_files_keep_to_the_grammar(write, any_graph: ResearchGraph, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """Elements, attributes, their order and their types are those of GEXF 1.3, whatever titles and names hold."""
    write(any_graph, tmp_path / "g.gexf")
    rules = grammar()
    assert rules.validate(etree.parse(tmp_path / "g.gexf")), rules.error_log


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ('version="1.3"', 'version="1.2"'),
        ('type="long"', 'type="int"'),
        ('<viz:color r="', '<viz:color r="2'),
        ('start="2', 'start="12/'),
        (' label="', ' name="'),
        ("</nodes>", "</nodes><nodes></nodes>"),
    ],
)
def test_the_grammar_finds_what_is_wrong(right: str, wrong: str, small_graph: ResearchGraph, tmp_path: Path) -> None:
    """One mistake is enough."""
    write_gexf(small_graph, tmp_path / "g.gexf")
    text = (tmp_path / "g.gexf").read_text(encoding="utf-8")
    assert right in text
    assert not grammar().validate(etree.fromstring(text.replace(right, wrong, 1).encode()))


@pytest.mark.parametrize("write", [stream_gexf, stream_graphml])
def test_no_cell_of_a_stream_is_markup(write, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """Whatever a caller puts into a node or edge, ids, relations and dates included, is data in the file."""
    text = "\"'><a b='c'/>&amp;"
    nodes = [replace(node, id=f"{text}{node.id}", label=text, date=text, url=text) for node in numbered_nodes(2)]
    ends = nodes[0].id, nodes[1].id
    edge = Edge(text, *ends, text, "relation", 1, 0.5, text, text)
    write(GraphStream(iter(nodes), iter([edge])), tmp_path / "g.xml")
    root = etree.parse(tmp_path / "g.xml").getroot()
    assert not list(root.iter("{*}a"))
    (found,) = root.iter("{*}edge")
    assert (found.get("id"), found.get("source"), found.get("target")) == (text, *ends)


def numbered_nodes(count: int) -> Iterator[Node]:
    for number in range(count):
        yield Node(
            f"n{number}", f"Node {number}", "concept", "Method", 2021, "2021", 1, 1, "#0072b2", 4.0, 1.0, 2.0, "", ()
        )


def numbered_edges(count: int, nodes: int) -> Iterator[Edge]:
    for number in range(count):
        source, target = f"n{number % nodes}", f"n{number * 7 % nodes}"
        sentence = f"Sentence {number}"
        yield Edge(f"e{number}", source, target, "extends", "relation", 1, number % 10 / 10, "2021", sentence)


@pytest.mark.parametrize("write", [stream_gexf, stream_graphml])
def test_memory_does_not_grow_with_the_graph(write, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """Six times as many edges, given one by one, need no more memory."""
    peaks = []
    for count in (4_000, 24_000):
        shown = GraphStream(numbered_nodes(500), numbered_edges(count, 500))
        tracemalloc.start()
        write(shown, tmp_path / f"{count}.xml")
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert (tmp_path / f"{count}.xml").read_text(encoding="utf-8").count("<edge ") == count
    assert peaks[1] < 1.3 * peaks[0]
