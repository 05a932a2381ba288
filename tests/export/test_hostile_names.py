"""Sixty titles, names and addresses that try to break out: every format keeps them as data, in its own place."""

import csv
import json
import re
import sqlite3
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import networkx as nx
import pytest

from paperconcepts.export.cleaning import clean_line
from paperconcepts.export.obsidian import escape_markdown
from paperconcepts.export.pajek import pajek_label
from paperconcepts.export.presentation import present
from paperconcepts.export.property_graph import PropertyGraph
from paperconcepts.export.tables import escape_cell
from paperconcepts.export.targets import TARGETS, export_view
from paperconcepts.graph import ResearchGraph, build_graph
from paperconcepts.model import (
    Alias,
    Assertion,
    Concept,
    ConceptType,
    Evidence,
    LinkedConcept,
    LinkedPaper,
    Paper,
    Role,
)
from paperconcepts.vocabulary import Vocabulary

NAMES = (
    "<script>alert(1)</script>", "</script><script>x()</script>", "<img src=x onerror=alert(1)>", "<svg/onload=x()>",
    "</title></head><body onload=x>", "' onmouseover='x()", '" onfocus="x()" autofocus="', "`${alert(1)}`",
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,<script>x</script>", "vbscript:msgbox(1)",
    "file:///etc/passwd", "//example.org/evil", "http://user:pw@example.org/", "https://example.org/?a=1&b=<2>",
    '=HYPERLINK("http://example.org")', "=1+1", "+1", "-1+1", "@SUM(A1)", "=cmd|' /C calc'!A0", "\t=1", "\r=1",
    "../../etc/passwd", "..", ".", "/etc/passwd", "C:\\Windows\\x", "..\\..\\x", "~/.ssh/id", "CON", "nul.txt", "LPT1",
    "name. ", ".hidden", "a/b", "a:b*c?d", "x" * 300, "\N{ROBOT FACE}" * 300, "é" * 200, "",
    "nul\x00", "bell\x07", "esc\x1b[31mred", "vt\x0bff\x0c", "del\x7fc1\x9f", "\ufffe\uffff", "lone\ud800", "\ufeffbom",
    "one\ntwo\r\nthree", "sep\u2028para\u2029nel\x85", "\u202eright to left\u202c", "zero\u200bwidth",
    "]]> & <![CDATA[", "'); DROP TABLE papers;--", "'}) DETACH DELETE n //", "\\'; \\\\", "[[link]] #tag %%x%% $x$ ^id",
    "---\nid: other\n---",
)  # fmt: skip
PLAIN = "A plain title"


def _graph(*names: str) -> ResearchGraph:
    """For each name a paper with that title, author, venue, address and sentence, and a concept with that label."""
    papers = []
    for number, name in enumerate((PLAIN, *names)):
        concept = Concept.model_construct(
            id=f"c-{number}", label=name or "?", type=list(ConceptType)[number % 5], broader=(), definition=name,
            catalogued=False,
        )  # fmt: skip
        paper = Paper.model_construct(
            id=f"test:{number}", title=name, abstract=f"We study {name}.", issued="2021-05", authors=(name,),
            venue=name, urls=(name,), identifiers=(f"doi:10.1000/{name}",),
        )  # fmt: skip
        evidence = Evidence(
            paper.id, "abstract", 0, len(paper.abstract), ((9, 9 + len(name)),), name, 0, 8, "r", "1", 0.8
        )
        papers.append(
            LinkedPaper(
                paper,
                (
                    LinkedConcept(
                        concept, (Alias(name, "name", paper.id, 0.9), Alias(f"{name};|", "name", paper.id, 0.9))
                    ),
                ),
                (Assertion(paper.id, Role.STUDIES, concept.id, 0.8, (evidence,), ()),),
                (),
            )
        )
    return build_graph(papers, vocabulary=Vocabulary([]))


Labels = list[str]
Read = Callable[[Path, PropertyGraph], tuple[Labels, Labels]]


def _labels(shown: PropertyGraph) -> tuple[Labels, Labels]:
    return [node.label for node in shown.nodes], [edge.evidence for edge in shown.edges]


def _of_networkx(read: nx.Graph) -> tuple[Labels, Labels]:
    nodes, edges = read.nodes(data=True), read.edges(data=True)
    return [data["label"] for _, data in nodes], [data["evidence"] for *_, data in edges]


def _read_gexf(path: Path, shown: PropertyGraph) -> tuple[Labels, Labels]:
    read = nx.read_gexf(path, version="1.3")
    return [data["label"] for _, data in read.nodes(data=True)], [
        data["evidence"] for *_, data in read.edges(data=True)
    ]


def _read_graphml(path: Path, shown: PropertyGraph) -> tuple[Labels, Labels]:
    read = nx.read_graphml(path)
    return [data["label"] for _, data in read.nodes(data=True)], [
        data["evidence"] for *_, data in read.edges(data=True)
    ]


def _read_yed(path: Path, shown: PropertyGraph) -> tuple[Labels, Labels]:
    space = "{http://graphml.graphdrawing.org/xmlns}"
    root = ElementTree.parse(path)  # noqa: S314
    cells = {
        key: [one.text or "" for one in root.iter(f"{space}data") if one.get("key") == key]
        for key in ("label", "e_evidence")
    }
    return cells["label"], cells["e_evidence"]


def _read_cyjs(path: Path, shown: PropertyGraph) -> tuple[Labels, Labels]:
    found = json.loads(path.read_bytes())["elements"]
    return [one["data"]["name"] for one in found["nodes"]], [one["data"]["evidence"] for one in found["edges"]]


def _read_cx2(path: Path, shown: PropertyGraph) -> tuple[Labels, Labels]:
    found: dict[str, Any] = {key: value for part in json.loads(path.read_bytes()) for key, value in part.items()}
    return [one["v"]["name"] for one in found["nodes"]], [one["v"]["evidence"] for one in found["edges"]]


def _read_node_link(path: Path, shown: PropertyGraph) -> tuple[Labels, Labels]:
    found = json.loads(path.read_bytes())
    read = nx.node_link_graph(found, edges="edges" if "edges" in found else "links")
    return [data["label"] for _, data in read.nodes(data=True)], [
        data["evidence"] for *_, data in read.edges(data=True)
    ]


def _read_csv(path: Path, shown: PropertyGraph) -> tuple[Labels, Labels]:
    tables = []
    for name, column in (("nodes", "Label"), ("edges", "Evidence")):
        with (path / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
            tables.append([row[column] for row in csv.DictReader(stream)])
    assert not [cell for table in tables for cell in table if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    known = {escape_cell(text): text for texts in _labels(shown) for text in texts}
    return [known[cell] for cell in tables[0]], [known[cell] for cell in tables[1]]


def _read_neo4j(path: Path, shown: PropertyGraph) -> tuple[Labels, Labels]:
    tables: dict[str, list[dict[str, str]]] = {}
    for name in ("papers", "concepts", "relationships"):
        header = (path / f"{name}-header.csv").read_text(encoding="utf-8").strip().split(",")
        text = (path / f"{name}.csv").read_text(encoding="utf-8")
        assert text.count("\n") == len(text.splitlines()) or "\x1c" not in text
        with (path / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
            tables[name] = [dict(zip(header, row, strict=True)) for row in csv.reader(stream)]
    nodes = [row["name:string"] for row in (*tables["papers"], *tables["concepts"])]
    return nodes, [row["evidence:string"] for row in tables["relationships"]]


def _read_parquet(path: Path, shown: PropertyGraph) -> tuple[Labels, Labels]:
    polars = pytest.importorskip("polars")
    nodes, edges = (polars.read_parquet(path / f"{name}.parquet") for name in ("nodes", "edges"))
    return nodes["label"].to_list(), edges["evidence"].to_list()


def _read_pajek(path: Path, shown: PropertyGraph) -> tuple[Labels, Labels]:
    lines = path.read_text(encoding="utf-8").split("\n")
    assert lines[0] == f"*Vertices {len(shown.nodes)}"
    found = [re.fullmatch(r'\d+ "([^"]*)" [\d.]+ [\d.]+ ellipse .*', line) for line in lines[1 : 1 + len(shown.nodes)]]
    assert len(lines) == 1 + len(shown.nodes) + 1 + len(shown.edges) + 1
    labels = [match[1] for match in found if match]
    assert len(set(labels)) == len(shown.nodes), "programs take the label for the name"
    wanted = [pajek_label(node.label) for node in shown.nodes]
    assert all(label.startswith(text) for label, text in zip(labels, wanted, strict=True))
    return _labels(shown)


def _read_dot(path: Path, shown: PropertyGraph) -> tuple[Labels, Labels]:
    import html

    text = path.read_text(encoding="utf-8")
    assert "\\" not in text, "no backslash, no escape"
    tooltips = [html.unescape(one) for one in re.findall(r'tooltip="([^"]*)"', text)]
    assert not re.findall(r'URL="(?!https?://)', text)
    nodes = len(shown.nodes)
    assert len(text.split("\n")) == nodes + len(shown.edges) + 6
    return tooltips[:nodes], [one.removeprefix("studies: ") for one in tooltips[nodes:]]


def _read_cypher(path: Path, shown: PropertyGraph) -> tuple[Labels, Labels]:
    lines = path.read_text(encoding="utf-8").split("\n")
    assert all(re.match("CREATE CONSTRAINT|UNWIND ", line) for line in lines[:-1])
    text = "\n".join(lines)
    # A literal ends at the first quote that no backslash stands before: what is left holds no text of a paper.
    literals = re.findall(r"'((?:[^'\\]|\\.)*)'", text)
    rest = re.sub(r"'(?:[^'\\]|\\.)*'", "''", text)
    assert re.fullmatch(r"[A-Za-z0-9_.,:;(){}\[\]' \n=+>\-]*", rest)
    texts = {re.sub(r"\\(.)", r"\1", one) for one in literals}
    labels, evidence = _labels(shown)
    return [label for label in labels if label in texts], [one for one in evidence if one in texts]


def _read_sqlite(path: Path, shown: PropertyGraph) -> tuple[Labels, Labels]:
    database = sqlite3.connect(path)
    assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    rows = database.execute("SELECT title FROM papers ORDER BY id").fetchall()
    rows += database.execute("SELECT label FROM concepts ORDER BY id").fetchall()
    sentences = database.execute("SELECT evidence FROM assertions ORDER BY id").fetchall()
    database.close()
    # Texts are kept there as they are, with a mark in the place of what cannot be held.
    labels, evidence = _labels(shown)
    found = [_unmarked(row[0]) for row in rows], [_unmarked(row[0]) for row in sentences]
    assert found == ([_unmarked(text) for text in labels], [_unmarked(text) for text in evidence])
    return labels, evidence


def _unmarked(text: str) -> str:
    # A long sentence is cut in a drawing.
    return clean_line(text.replace("\ufffd", ""))[:200].removesuffix("…")


def _read_obsidian(path: Path, shown: PropertyGraph) -> tuple[Labels, Labels]:
    notes = [*sorted((path / "papers").iterdir()), *sorted((path / "concepts").iterdir())]
    assert len(notes) == len(shown.nodes)
    titles, bodies = {}, ""
    for note in notes:
        head, _, body = note.read_text(encoding="utf-8").removeprefix("---\n").partition("\n---\n")
        cells = {key: json.loads(value) for key, _, value in (line.partition(": ") for line in head.split("\n"))}
        titles[cells["id"]] = cells["title"]
        bodies += body
        assert cells.get("url", "https://").startswith(("http://", "https://"))
    targets = re.findall(r"(?<!\\)\[\[([^\]|]*)", bodies)
    assert {f"{one}.md" for one in targets} <= {note.name for note in notes}, "every link leads to a note"
    _, evidence = _labels(shown)
    return [titles[node.id] for node in shown.nodes], [one for one in evidence if escape_markdown(one) in bodies]


def _read_bibtex(path: Path, shown: PropertyGraph) -> tuple[Labels, Labels]:
    text = path.read_text(encoding="utf-8")
    plain = re.sub(r"\\[\\{}$&#%_]", "", text)
    assert plain.count("{") == plain.count("}")
    entries = text.split("\n\n")[:-1]
    papers = [node for node in shown.nodes if node.kind == "paper"]
    assert len(entries) == len(papers)
    assert len({re.match(r"@\w+\{([a-z0-9-]+),\n", one)[1] for one in entries}) == len(papers)  # type: ignore[index]
    assert all(re.fullmatch(r"  \w+ = .*,|@\w+\{.*,|\}", line) for one in entries for line in one.split("\n"))
    assert not re.findall(r"  url = \{(?!https?://)", text)
    return _labels(shown)


def _read_html(path: Path, shown: PropertyGraph) -> tuple[Labels, Labels]:
    text = path.read_text(encoding="utf-8")
    # The own script of the page, and three blocks of data that nothing in a text can end.
    assert text.count("<script") == text.count("</script") == 4
    blocks = {
        name: json.loads(found)
        for name, found in re.findall(r'<script id="(\w+)" type="application/json">(.*?)</script>', text, re.DOTALL)
    }
    assert list(blocks) == ["graph", "texts", "evidence"]
    papers = [_unmarked(title or label) or name for name, title, label, *_ in blocks["graph"]["papers"]]
    concepts = [row[1] for row in blocks["graph"]["concepts"]]
    labels, evidence = _labels(shown)
    # Texts are kept there as they are, with a mark in the place of what cannot be held.
    assert [_unmarked(one) for one in (*papers, *concepts)] == [_unmarked(one) for one in labels]
    sentences = []
    for (paper, *_), (pieces, _) in zip(blocks["graph"]["assertions"], blocks["evidence"]["assertions"], strict=True):
        units = blocks["texts"][paper][0].encode("utf-16-le")
        start, end = pieces[0][2:4]
        sentences.append(units[2 * start : 2 * end].decode("utf-16-le"))
    assert [_unmarked(one) for one in sentences] == [_unmarked(one) for one in evidence]
    return labels, evidence


READERS: dict[str, Read] = {
    "gexf": _read_gexf, "gexf-spells": _read_gexf, "graphml": _read_graphml, "yed": _read_yed, "cyjs": _read_cyjs,
    "cx2": _read_cx2, "json": _read_node_link, "d3": _read_node_link, "pajek": _read_pajek, "dot": _read_dot,
    "cypher": _read_cypher, "neo4j": _read_neo4j, "sqlite": _read_sqlite, "csv": _read_csv,
    "parquet": _read_parquet, "obsidian": _read_obsidian, "bibtex": _read_bibtex,
    "html": _read_html,
}  # fmt: skip


def test_there_are_sixty_names_and_a_reader_for_each_format() -> None:
    """No name stands twice, and only the database that is tested by itself has no reader here."""
    assert len(set(NAMES)) == 60
    assert set(TARGETS) - set(READERS) == {"ladybug"}


@pytest.fixture(scope="module")
def drawing() -> tuple[ResearchGraph, PropertyGraph]:
    """All names at once, with some that only differ in case or in what a file name cannot hold."""
    graph = _graph(*NAMES, "LoRA", "LoRa", "lora", "LORA", "LoRA.", "LoRA?")
    return graph, present(graph)


@pytest.fixture(scope="module", params=sorted(READERS))
def written(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    drawing: tuple[ResearchGraph, PropertyGraph],
) -> tuple[Path, Labels, Labels]:
    """A folder with the graph in one format, twice, and what a reader finds in it."""
    target = request.param
    if target == "parquet":
        pytest.importorskip("polars")
    folder = tmp_path_factory.mktemp(target)
    graph, shown = drawing
    for turn in ("one", "two"):
        (folder / turn).mkdir()
        export_view(graph, folder / turn / f"out{TARGETS[target].suffix}", target)
    labels, evidence = READERS[target](folder / "one" / f"out{TARGETS[target].suffix}", shown)
    return folder, labels, evidence


@pytest.mark.parametrize("number", range(len(NAMES)))
def test_a_hostile_name_stays_data(
    written: tuple[Path, Labels, Labels], drawing: tuple[ResearchGraph, PropertyGraph], number: int
) -> None:
    """A reader finds the cleaned title, the label and the sentence of each name."""
    _, labels, evidence = written
    node = next(node for node in drawing[1].nodes if node.id == f"test:{number + 1}")
    concept = next(node for node in drawing[1].nodes if node.id == f"c-{number + 1}")
    sentence = next(edge.evidence for edge in drawing[1].edges if edge.source == node.id)
    assert node.label in labels
    assert concept.label in labels
    assert sentence in evidence


def test_nothing_is_lost_or_added(
    written: tuple[Path, Labels, Labels], drawing: tuple[ResearchGraph, PropertyGraph]
) -> None:
    """Every node and edge is there, in its order, and nothing else."""
    assert written[1:] == _labels(drawing[1])


def test_nothing_leaves_the_folder(written: tuple[Path, Labels, Labels]) -> None:
    """All files lie where they were asked for, under names that no system takes for one; two writes are equal."""
    folder = written[0]
    files = [_files(folder / turn) for turn in ("one", "two")]
    assert files[0] == files[1] != {}
    assert sorted(one.name for one in folder.iterdir()) == ["one", "two"]
    assert all(name.startswith("out") for name in files[0])
    names = [unicodedata.normalize("NFKD", name).casefold() for name in files[0]]
    assert len(set(names)) == len(names)
    assert max(len(part.encode()) for name in files[0] for part in name.split("/")) < 200


def test_ladybug_holds_hostile_names(tmp_path: Path) -> None:
    """The graph database gives back every label and sentence as it is, and nothing ran as a statement."""
    ladybug = pytest.importorskip("ladybug")
    graph = _graph(*NAMES)
    shown = present(graph)
    export_view(graph, tmp_path / "graph.lbug", "ladybug")
    assert [one.name for one in tmp_path.iterdir()] == ["graph.lbug"]
    database = ladybug.Database(str(tmp_path / "graph.lbug"), read_only=True)
    connection = ladybug.Connection(database)
    rows = connection.execute("MATCH (n) RETURN n.id, n.label").get_all()
    assert dict(rows) == {node.id: node.label for node in shown.nodes}
    found = connection.execute("MATCH (:Paper)-[e:STUDIES]->(:Concept) RETURN e.id, e.evidence").get_all()
    assert dict(found) == {edge.id: edge.evidence for edge in shown.edges}
    connection.close()
    database.close()


def _files(folder: Path) -> dict[str, bytes]:
    return {str(one.relative_to(folder)): one.read_bytes() for one in sorted(folder.rglob("*")) if one.is_file()}
