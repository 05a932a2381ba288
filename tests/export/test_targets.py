"""The registry of formats: documented, the same bytes in every run, and true to any text."""

import importlib.util
import json
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree import ElementTree

import igraph
import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperconcepts.errors import ConfigurationError
from paperconcepts.export.cleaning import clean_line
from paperconcepts.export.presentation import present
from paperconcepts.export.property_graph import PropertyGraph
from paperconcepts.export.targets import TARGETS, check_target, export_view
from paperconcepts.export.views import VIEWS
from paperconcepts.graph import ResearchGraph, build_graph

DOCUMENT = Path(__file__).parents[2] / "docs" / "viewers.md"
# The engine of ladybug gives each database an id of its own.
STABLE = [
    name for name, one in TARGETS.items() if not one.extra or (name == "parquet" and importlib.util.find_spec("polars"))
]
SCRIPT = """
import importlib.util, pathlib, sys
spec = importlib.util.spec_from_file_location("graphs", sys.argv[1])
graphs = importlib.util.module_from_spec(spec)
spec.loader.exec_module(graphs)
from paperconcepts.export.selection import Selection
from paperconcepts.export.targets import TARGETS, export_view
from paperconcepts.export.views import VIEWS
from paperconcepts.graph import build_graph
from paperconcepts.vocabulary import Vocabulary
papers = graphs.small_papers() + graphs.hostile_papers()
if sys.argv[3] == "reversed":
    papers.reverse()
graph = build_graph(papers, vocabulary=Vocabulary([]))
for view, one in VIEWS.items():
    # Every format of the whole, and every view in one of them.
    for name in sys.argv[4:] if view == "full" else ["json"]:
        place = pathlib.Path(sys.argv[2], view, f"{name}{TARGETS[name].suffix}")
        export_view(graph, place, name, view=view, selection=Selection(near="GLUE" if view == "ego" else None))
"""


def test_no_file_depends_on_hash_seed_or_input_order(tmp_path: Path) -> None:
    """Two processes with other hash seeds and the papers in other order write the same bytes."""
    source = str(Path(__file__).with_name("conftest.py"))
    for seed, order in (("0", "forward"), ("4711", "reversed")):
        command = [sys.executable, "-c", SCRIPT, source, str(tmp_path / seed), order, *STABLE]
        subprocess.run(command, env={"PYTHONHASHSEED": seed}, check=True, capture_output=True)
    files = sorted(one.relative_to(tmp_path / "0") for one in (tmp_path / "0").rglob("*") if one.is_file())
    again = sorted(one.relative_to(tmp_path / "4711") for one in (tmp_path / "4711").rglob("*") if one.is_file())
    assert files == again
    assert {one.parts[0] for one in files} == set(VIEWS)
    for one in files:
        assert (tmp_path / "0" / one).read_bytes() == (tmp_path / "4711" / one).read_bytes(), one


def test_every_format_and_view_is_documented() -> None:
    """The table of programs names each format, that of views each view, and neither names another."""
    programs, views = re.split(r"^## ", DOCUMENT.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:3]
    named = {
        name
        for row in re.findall(r"^\|[^|]*\|([^|]*)\|", programs, re.MULTILINE)
        for name in re.findall(r"`([\w-]+)`", row)
    }
    assert named - {"--to"} == set(TARGETS)
    assert re.findall(r"^\| `(\w+)` \|", views, re.MULTILINE) == list(VIEWS)


def test_a_near_name_is_suggested() -> None:
    """A misspelt format is refused with the one that was meant."""
    assert [check_target(name) for name in TARGETS] == list(TARGETS)
    with pytest.raises(ConfigurationError, match="'obsidien'; did you mean 'obsidian'"):
        check_target("obsidien")


def test_settings_of_drawings_are_refused_elsewhere(small_graph: ResearchGraph, tmp_path: Path) -> None:
    """What draws nothing has no use for sizes, and says so before a file appears."""
    with pytest.raises(ConfigurationError, match="sqlite has no use for size_by"):
        export_view(small_graph, tmp_path / "g.db", "sqlite", size_by="degree")
    assert list(tmp_path.iterdir()) == []


def _gexf(path: Path) -> list[str]:
    return [data["label"] for _, data in nx.read_gexf(path, version="1.3").nodes(data=True)]


def _graphml(path: Path) -> list[str]:
    return list(igraph.Graph.Read_GraphML(str(path)).vs["label"])


def _yed(path: Path) -> list[str]:
    cells = ElementTree.parse(path).iter("{http://graphml.graphdrawing.org/xmlns}data")  # noqa: S314
    return [one.text or "" for one in cells if one.get("key") == "label"]


def _json(path: Path) -> list[str]:
    return [row["label"] for row in json.loads(path.read_bytes())["nodes"]]


def _cyjs(path: Path) -> list[str]:
    return [row["data"]["name"] for row in json.loads(path.read_bytes())["elements"]["nodes"]]


@settings(deadline=None, max_examples=20)
@given(st.text(), st.text())
@pytest.mark.parametrize(
    ("target", "read"), [("gexf", _gexf), ("graphml", _graphml), ("yed", _yed), ("json", _json), ("cyjs", _cyjs)]
)
def test_any_text_reads_back_equal(
    tiny_graph: ResearchGraph, target: str, read: Callable[[Path], list[str]], one: str, other: str
) -> None:
    """A reader that is not ours finds each cleaned label as it was."""
    labels = [clean_line(one) or "x", clean_line(other) or "y"]
    nodes = present(tiny_graph).nodes
    shown = PropertyGraph(tuple(replace(node, label=label) for node, label in zip(nodes, labels, strict=False)), ())
    with TemporaryDirectory() as folder:
        module, _, name = TARGETS[target].writer.partition(":")
        write = getattr(importlib.import_module(f"paperconcepts.export.{module}"), name)
        write(build_graph([]), Path(folder) / "file", property_graph=shown)
        assert read(Path(folder) / "file") == labels
