"""DOT for Graphviz."""

import html
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperconcepts.export.cleaning import clean_line
from paperconcepts.export.dot import quote_dot, write_dot
from paperconcepts.export.presentation import present
from paperconcepts.export.views import make_view
from paperconcepts.graph import ResearchGraph

NODE = re.compile(r'"([^"]*)" \[pos="(-?[\d.]+),(-?[\d.]+)", width=([\d.]+), fillcolor="(#\w{6})", .*\];')
EDGE = re.compile(r'"([^"]*)" (->|--) "([^"]*)" \[id="(e\w+)", .*\];')


def test_each_line_is_a_node_or_an_edge(any_graph: ResearchGraph, tmp_path: Path) -> None:
    """Places, sizes in inches and colours are in the file, and every edge has its ends."""
    shown = present(any_graph)
    write_dot(any_graph, tmp_path / "g.dot", property_graph=shown)
    lines = (tmp_path / "g.dot").read_text(encoding="utf-8").split("\n")
    assert (lines[0], lines[-2:]) == ("digraph paperconcepts {", ["}", ""])
    nodes = [NODE.fullmatch(line) for line in lines[4 : 4 + len(shown.nodes)]]
    edges = [EDGE.fullmatch(line) for line in lines[4 + len(shown.nodes) : -2]]
    assert [
        (html.unescape(row[1]), float(row[2]), float(row[3]), row[5]) for row in nodes if row
    ] == [(node.id, node.x, node.y, node.colour) for node in shown.nodes]  # fmt: skip
    assert all(row and abs(float(row[4]) * 72 - node.size) < 0.01 for row, node in zip(nodes, shown.nodes, strict=True))
    assert [(html.unescape(row[1]), row[2], html.unescape(row[3]), row[4]) for row in edges if row] == [
        (edge.source, "->", edge.target, edge.id) for edge in shown.edges
    ]


def test_projections_are_graphs_without_arrows(small_graph: ResearchGraph, tmp_path: Path) -> None:
    """An edge without a direction is written with two dashes, and papers get short labels."""
    shown = make_view(small_graph, "papers")
    write_dot(small_graph, tmp_path / "g.dot", property_graph=shown)
    text = (tmp_path / "g.dot").read_text(encoding="utf-8")
    assert text.startswith("graph paperconcepts {")
    assert text.count(" -- ") == len(shown.edges) > 0
    assert text.count(', label="') == len(shown.nodes) + 1, "one is the default"


@pytest.mark.skipif(shutil.which("dot") is None, reason="Graphviz is not installed")
def test_graphviz_draws_it(any_graph: ResearchGraph, tmp_path: Path) -> None:
    """Graphviz draws every node and edge, and says nothing."""
    shown = present(any_graph)
    write_dot(any_graph, tmp_path / "g.dot", property_graph=shown)
    done = subprocess.run(["dot", "-Tsvg", tmp_path / "g.dot"], check=True, capture_output=True)
    assert done.stderr == b""
    assert done.stdout.count(b'class="node') == len(shown.nodes)
    assert done.stdout.count(b'class="edge') == len(shown.edges)


@given(st.text())
def test_a_quoted_text_means_itself(text: str) -> None:
    """The quoted form has no quote and no backslash inside, and reads back as the text."""
    clean = clean_line(text)
    quoted = quote_dot(clean)
    assert (quoted[0], quoted[-1]) == ('"', '"')
    assert '"' not in quoted[1:-1]
    assert "\\" not in quoted
    assert quoted[1:-1].replace("&quot;", '"').replace("&#92;", "\\").replace("&amp;", "&") == clean
