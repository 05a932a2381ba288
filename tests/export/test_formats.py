"""Writing a graph in several formats at once."""

import subprocess
import sys
from pathlib import Path

import pytest

from paperconcepts.errors import ConfigurationError, OutputError
from paperconcepts.export import EXPORTS, PropertyGraph, export_graph, formats, present
from paperconcepts.graph import ResearchGraph

DRAWN = ["gexf", "graphml", "cyjs", "csv", "html"]


def test_all_formats_have_their_files() -> None:
    """The registry names every format with its files, and no file twice."""
    files = [file for export in EXPORTS.values() for file in export.files]
    rdf = ["nt", "ttl", "nq", "trig", "jsonld", "rdf12"]
    assert sorted(EXPORTS) == sorted(["csv", "cyjs", "gexf", "graphml", "html", "jsonl", *rdf])
    assert sorted(files) == sorted(
        [
            "graph.nq",
            "graph.trig",
            "graph.jsonld",
            "graph.rdf12.nt",
            "graph.ttl",
            "graph.nt",
            "graph.gexf",
            "graph.graphml",
            "graph.cyjs",
            "nodes.csv",
            "edges.csv",
            "papers.jsonl",
            "graph.html",
        ]
    )


def test_the_other_rdf_syntaxes_are_written_on_request() -> None:
    """Who names no format gets the triples in two syntaxes, not in six."""
    assert set(formats.check_formats(None)) == set(EXPORTS) - {"nq", "trig", "jsonld", "rdf12"}


@pytest.mark.parametrize("name", ["ttl", "jsonld"])
def test_the_level_reaches_the_rdf_files(tiny_graph: ResearchGraph, tmp_path: Path, name: str) -> None:
    """A lower level makes smaller RDF files; a wrong one is an error."""
    sizes = []
    for level in ("core", "evidence", "full"):
        (path,) = export_graph(tiny_graph, tmp_path / level, formats=[name], rdf_level=level)
        sizes.append(path.stat().st_size)
    assert sizes[0] < sizes[1] < sizes[2]
    with pytest.raises(ConfigurationError, match="RDF level"):
        export_graph(tiny_graph, tmp_path / "wrong", formats=[name], rdf_level="all")


def test_export_writes_the_named_formats_in_order(any_graph: ResearchGraph, tmp_path: Path) -> None:
    """Only the files of the chosen formats are written, into a folder that is made, and returned in order."""
    written = export_graph(any_graph, tmp_path / "new", formats=["csv", "gexf", "csv"])
    assert [path.name for path in written] == ["nodes.csv", "edges.csv", "graph.gexf"]
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == ["edges.csv", "graph.gexf", "nodes.csv"]


def test_layout_is_computed_once(small_graph: ResearchGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All formats of one export share one drawing."""
    calls: list[ResearchGraph] = []

    def counted(graph: ResearchGraph) -> PropertyGraph:
        calls.append(graph)
        return present(graph)

    monkeypatch.setattr(formats, "present", counted)
    export_graph(small_graph, tmp_path, formats=DRAWN)
    assert len(calls) == 1


def test_unknown_format_is_refused_before_anything_is_written(small_graph: ResearchGraph, tmp_path: Path) -> None:
    """A misspelt format is refused with the nearest name and all names; no file appears."""
    with pytest.raises(
        ConfigurationError, match=r"unknown export format 'gexff'; did you mean 'gexf'\? Known.*graphml"
    ):
        export_graph(small_graph, tmp_path, formats=["csv", "gexff"])
    with pytest.raises(ConfigurationError, match=r"unknown export format 'zzz'\. Known formats: ttl, nt"):
        export_graph(small_graph, tmp_path, formats=["zzz"])
    assert list(tmp_path.iterdir()) == []


def test_folder_that_cannot_be_made_is_an_output_error(small_graph: ResearchGraph, tmp_path: Path) -> None:
    """A file in the place of the folder is reported by name."""
    (tmp_path / "taken").write_text("x")
    with pytest.raises(OutputError, match=r"taken"):
        export_graph(small_graph, tmp_path / "taken", formats=["csv"])


SCRIPT = """
import importlib.util, pathlib, sys
spec = importlib.util.spec_from_file_location("graphs", sys.argv[1])
graphs = importlib.util.module_from_spec(spec)
spec.loader.exec_module(graphs)
from paperconcepts.export import export_graph
from paperconcepts.graph import build_graph
from paperconcepts.vocabulary import Vocabulary
papers = graphs.small_papers() + graphs.hostile_papers()
if sys.argv[3] == "reversed":
    papers.reverse()
export_graph(build_graph(papers, vocabulary=Vocabulary([])), sys.argv[2], formats=sys.argv[4:])
"""


def test_files_do_not_depend_on_hash_seed_or_input_order(tmp_path: Path) -> None:
    """Two processes with other hash seeds and the papers in other order write the same bytes."""
    source = str(Path(__file__).with_name("conftest.py"))
    for seed, order in (("0", "forward"), ("4711", "reversed")):
        command = [sys.executable, "-c", SCRIPT, source, str(tmp_path / seed), order, *DRAWN]
        subprocess.run(command, env={"PYTHONHASHSEED": seed}, check=True, capture_output=True)
    files = sorted((tmp_path / "0").iterdir())
    assert len(files) == 6
    for file in files:
        assert file.read_bytes() == (tmp_path / "4711" / file.name).read_bytes(), file.name


def test_importing_the_registry_loads_nothing_heavy() -> None:
    """The command line may look at the formats without paying for rdflib, NetworkX, NumPy or spaCy."""
    code = (
        "import sys, paperconcepts.export.formats;"
        "print(sorted({'rdflib', 'networkx', 'numpy', 'spacy', 'pyoxigraph'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "[]"
