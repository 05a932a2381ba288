"""``paperconcepts export`` to viewers and databases: formats, views and selections."""

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import Result

from paperconcepts.cli import export
from paperconcepts.export.targets import TARGETS
from paperconcepts.export.views import VIEWS
from paperconcepts.rdf import RDF_SYNTAXES

Run = Callable[..., Result]
WriteRecords = Callable[..., Path]
TEXTS = sorted(name for name, target in TARGETS.items() if target.text)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build of two papers, as its ``papers.jsonl``."""
    from paperconcepts import build, export_graph

    place = tmp_path_factory.mktemp("built")
    records = (
        {"id": "quokka-1", "title": "PouchNet", "date": "2021-05", "abstract": "We use Adam and BERT on ImageNet."},
        {"id": "quokka-2", "title": "WombatNet", "date": "2023", "abstract": "We use Adam and BERT on GLUE."},
    )
    (place / "in.jsonl").write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    export_graph(build(place / "in.jsonl"), place, formats=["jsonl"])
    return place


def test_the_help_names_what_there_is() -> None:
    """The formats and views of the command are those of the registries."""
    assert list(export._TARGETS) == list(TARGETS)
    assert list(export._VIEWS) == list(VIEWS)
    assert sorted(export._SYNTAXES) == sorted(RDF_SYNTAXES)


def test_the_examples_of_the_help_are_lines(run: Run) -> None:
    """Each example stands on a line of its own, ready to be copied."""
    text = run("export", "--help").stdout
    assert "\n  paperconcepts export graph/ --to html --near LoRA -o lora.html\n" in text
    assert "\\b" not in text


@pytest.mark.parametrize("target", TEXTS)
def test_texts_are_printed_as_they_are_written(run: Run, folder: Path, tmp_path: Path, target: str) -> None:
    """Without -o a format that is one text goes to standard output, the same bytes as to a file."""
    assert run("export", folder, "--to", target, "-o", tmp_path / "file").exit_code == 0
    printed = run("export", folder, "--to", target)
    assert (printed.exit_code, printed.stderr) == (0, "")
    assert printed.stdout_bytes == (tmp_path / "file").read_bytes() != b""


def test_view_and_selection_are_heeded(run: Run, folder: Path) -> None:
    """A view shows its kind of nodes, and only of what the options keep."""
    arguments = ("export", folder, "--to", "json", "--view", "concepts", "--type", "Method", "--type", "Model")
    shown = json.loads(run(*arguments).stdout)
    assert {node["label"] for node in shown["nodes"]} == {"Adam", "BERT"}
    assert [edge["weight"] for edge in shown["edges"]] == [2]
    late = json.loads(run("export", folder, "--to", "json", "--since", "2022").stdout)
    assert [node["label"] for node in late["nodes"] if node["kind"] == "paper"] == ["WombatNet"]
    near = json.loads(run("export", folder, "--to", "json", "--view", "ego", "--near", "GLUE", "--hops", "1").stdout)
    assert "PouchNet" not in {node["label"] for node in near["nodes"]}


def test_an_empty_part_is_told(run: Run, folder: Path, tmp_path: Path) -> None:
    """A limit that leaves nothing gives a file all the same, and says so; one that leaves something says nothing."""
    for limits, told in ((["--since", "2090"], "nothing passes the limits"), (["--since", "2000"], "")):
        for target in ("gexf", "ttl"):
            result = run("export", folder, "--to", target, *limits, "-o", tmp_path / "out")
            assert (result.exit_code, result.stderr[:25]) == (0, told)
            assert (tmp_path / "out").exists()


def test_the_explorer_of_a_part(run: Run, folder: Path, tmp_path: Path) -> None:
    """--to html is the page of what the options keep: the whole is that of build, a part holds nothing else."""
    from paperconcepts.export import write_html
    from paperconcepts.export.graph_reading import read_graph

    write_html(read_graph(folder), tmp_path / "whole.html")
    assert run("export", folder, "--to", "html").stdout_bytes == (tmp_path / "whole.html").read_bytes()
    for options in (("--near", "GLUE", "--hops", "1"), ("--view", "ego", "--near", "GLUE", "--hops", "1")):
        assert run("export", folder, "--to", "html", *options, "-o", tmp_path / "part.html").exit_code == 0
        page = (tmp_path / "part.html").read_text(encoding="utf-8")
        assert "WombatNet" in page
        assert "PouchNet" not in page
        assert re.search(r"<title>1 papers?, 1 concepts?</title>", page)


def test_rdf_of_a_part(run: Run, folder: Path) -> None:
    """RDF can be written of a part of the graph, too."""
    text = run("export", folder, "--to", "nt", "--since", "2022").stdout
    assert "WombatNet" in text
    assert "PouchNet" not in text


def test_sizes_by_degree(run: Run, folder: Path) -> None:
    """--size-by degree makes papers of many edges larger than those of none."""
    root = ElementTree.fromstring(run("export", folder, "--to", "gexf", "--size-by", "degree").stdout)  # noqa: S314
    sizes = {float(one.attrib["value"]) for one in root.iter("{http://gexf.net/1.3/viz}size")}
    assert max(sizes) > 6


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["--to", "gefx"], 2, "Did you mean 'gexf'?"),
        (["--to", "sqlite"], 2, "-o"),
        (["--to", "gexf", "--base", "https://example.org/"], 2, "--base"),
        (["--to", "ttl", "--view", "concepts"], 2, "--view"),
        (["--to", "gexf", "--min-shared", "2"], 2, "--min-shared"),
        (["--to", "gexf", "--view", "ego"], 6, "--near"),
        (["--to", "bibtex", "--view", "papers"], 6, "full, ego, top"),
        (["--to", "html", "--view", "concepts"], 6, "full, ego, top"),
        (["--to", "bibtex", "--size-by", "degree"], 6, "size_by"),
        (["--to", "gexf", "--since", "May"], 6, "YYYY"),
        (["--to", "gexf", "--near", "no such thing at all"], 4, "no such thing at all"),
    ],
)
def test_wrong_options_have_their_exit_codes(
    run: Run, folder: Path, arguments: list[str], code: int, message: str
) -> None:
    """What does not go together is said, with the exit code of its kind, and nothing is printed."""
    result = run("export", folder, *arguments)
    assert (result.exit_code, result.stdout) == (code, "")
    assert message in result.stderr


def test_help_is_light() -> None:
    """The help of the command loads none of the large libraries."""
    code = (
        "import sys\nfrom paperconcepts.cli import main\n"
        "try:\n    main(['export', '--help'])\nexcept SystemExit:\n    pass\n"
        "print(sorted({'networkx', 'numpy', 'pydantic', 'rdflib', 'spacy'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.splitlines()[-1] == "[]"
