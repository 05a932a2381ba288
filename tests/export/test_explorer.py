"""The interactive page."""

import base64
import hashlib
import json
import re
import shutil
import subprocess
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from paperconcepts.export import present, write_html
from paperconcepts.export.explorer_data import utf16_offset
from paperconcepts.graph import ResearchGraph, build_graph
from paperconcepts.model import (
    Alias,
    Assertion,
    Concept,
    ConceptType,
    Evidence,
    LinkedConcept,
    LinkedPaper,
    Mention,
    Paper,
    Role,
)
from paperconcepts.vocabulary import Vocabulary

NAMES: list[str] = json.loads((Path(__file__).parent / "hostile_names.json").read_text(encoding="utf-8"))


class Page(HTMLParser):
    """Collects elements and the text of scripts and styles."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, str] = {}
        self._open = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._open = (dict(attrs).get("id") or tag) if tag in {"script", "style"} else ""
        if self._open:
            self.texts[self._open] = ""

    def handle_endtag(self, tag: str) -> None:
        self._open = ""

    def handle_data(self, data: str) -> None:
        if self._open:
            self.texts[self._open] += data

    def data(self, name: str) -> Any:
        return json.loads(self.texts[name])


def page_of(graph: ResearchGraph, folder: Path) -> Page:
    write_html(graph, folder / "graph.html")
    return Page((folder / "graph.html").read_text("utf-8"))


@pytest.fixture
def page(any_graph: ResearchGraph, tmp_path: Path) -> tuple[ResearchGraph, Page]:
    return any_graph, page_of(any_graph, tmp_path)


@pytest.fixture(scope="module")
def named_graph() -> ResearchGraph:
    """A paper and a concept of each hostile name."""
    papers = []
    for number, name in enumerate(NAMES):
        concept = Concept.model_construct(
            id=f"c-{number}", label=name, type=ConceptType.TASK, broader=(), definition=name, catalogued=False
        )
        abstract = f"{name} is studied."
        paper = Paper.model_construct(
            id=f"test:{number}", title=name, abstract=abstract, authors=(name,), venue=name, urls=(name,),
            code_urls=(name,),
        )  # fmt: skip
        span = (0, len(name))
        evidence = Evidence(paper.id, "abstract", 0, len(abstract), (span,), "", -1, -1, "test", "1", 0.8)
        mention = Mention("abstract", *span, name, concept.type, "test", 0.9)
        assertion = Assertion(paper.id, Role.STUDIES, concept.id, 0.8, (evidence,), (mention,))
        alias = Alias(name, name, paper.id, 0.9)
        papers.append(LinkedPaper(paper, (LinkedConcept(concept, (alias,)),), (assertion,), ()))
    return build_graph(papers, vocabulary=Vocabulary([]))


def test_page_holds_the_whole_graph(page: tuple[ResearchGraph, Page]) -> None:
    """The data in the page has every node, assertion and relation of the graph, and evidence for each edge."""
    graph, read = page
    shown, data, evidence = present(graph), read.data("graph"), read.data("evidence")
    assert [row[0] for row in data["papers"] + data["concepts"]] == [node.id for node in shown.nodes]
    assert len(data["assertions"]) + len(data["relations"]) == len(shown.edges)
    assert len(evidence["assertions"]) == len(data["assertions"])
    assert len(evidence["relations"]) == len(data["relations"])
    assert len(read.data("texts")) == len(data["papers"])


def test_rows_refer_to_what_there_is(page: tuple[ResearchGraph, Page]) -> None:
    """Every number that names a node or an entry of a table is in range."""
    _, read = page
    data, settings = read.data("graph"), read.data("graph")["settings"]
    papers, concepts = len(data["papers"]), len(data["concepts"])
    assert all(
        paper < papers and concept < concepts and role < len(settings["roles"])
        for paper, concept, role, _ in data["assertions"]
    )
    assert all(
        one < concepts and other < concepts and predicate < len(settings["predicates"])
        for one, other, predicate, _ in data["relations"]
    )
    assert all(one < other < concepts for one, other, _ in data["links"])
    assert all(concept < concepts for topic in settings["topics"] for concept in topic)
    for row in data["concepts"]:
        assert row[2] < len(settings["types"])
        assert row[6] < max(len(settings["topics"]), 1)
        assert all(reason < len(settings["reasons"]) and paper < papers for _, reason, paper in row[8])


def test_aliases_tell_their_reason(small_graph: ResearchGraph, tmp_path: Path) -> None:
    """Each other name of a concept stands with the reason for it and the paper that gave it."""
    data = page_of(small_graph, tmp_path).data("graph")
    (row,) = [row for row in data["concepts"] if row[0] == "low-rank-adaptation"]
    ((text, reason, paper),) = row[8]
    assert (text, data["settings"]["reasons"][reason]) == ("LoRA", "name")
    assert data["papers"][paper][0] == "arxiv:2106.09685"


def test_titles_cannot_become_markup(page: tuple[ResearchGraph, Page]) -> None:
    """The page has its own script, three blocks of data and nothing else that could run or load."""
    _, read = page
    tags = [tag for tag, _ in read.elements]
    assert tags.count("script") == 4
    assert not {"img", "iframe", "object", "embed", "base", "template"} & set(tags)
    assert not any(name.startswith("on") or name == "src" for _, attributes in read.elements for name in attributes)
    assert not any(re.search("[<>&\u2028\u2029]", read.texts[name]) for name in ("graph", "texts", "evidence"))


def test_hostile_names_come_through_unchanged(named_graph: ResearchGraph, tmp_path: Path) -> None:
    """60 hostile names stand in the data as they are, but for what no file may hold, and none as an address."""
    read = page_of(named_graph, tmp_path)
    rows = {row[0]: row for row in read.data("graph")["papers"]}
    assert len(rows) == len(NAMES) == 60
    for number, name in enumerate(NAMES):
        title, url = rows[f"test:{number}"][1], rows[f"test:{number}"][4]
        assert title == re.sub("[\x00\x07\x0b\x0c\x1b]", "\ufffd", name)
        assert url == ""
    assert all(row[4] == [] for row in read.data("texts"))
    assert [tag for tag, _ in read.elements].count("script") == 4


def test_policy_names_the_hashes_of_script_and_style(page: tuple[ResearchGraph, Page]) -> None:
    """The content security policy forbids all but the page's own script and style, named by their hashes."""
    _, read = page
    policy = next(a["content"] for tag, a in read.elements if a.get("http-equiv") == "Content-Security-Policy")
    assert policy is not None
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    for name, directive in (("style", "style-src"), ("script", "script-src")):
        digest = base64.b64encode(hashlib.sha256(read.texts[name].encode()).digest()).decode()
        assert f"{directive} 'sha256-{digest}'" in policy


def test_style_names_no_other_file(small_graph: ResearchGraph, tmp_path: Path) -> None:
    """Nothing in the page's style fetches, and no element has a style of its own, which the policy forbids."""
    read = page_of(small_graph, tmp_path)
    assert not re.search(r"url\(|@import|https?:", read.texts["style"])
    assert not any("style" in attributes for _, attributes in read.elements)


def test_offsets_count_as_javascript_does(small_graph: ResearchGraph, tmp_path: Path) -> None:
    """Evidence and mentions point at the right words also after characters that JavaScript counts as two."""
    read = page_of(small_graph, tmp_path)
    data = read.data("graph")
    abstracts = [row[0].encode("utf-16-le") for row in read.data("texts")]
    found = []
    for (paper, concept, *_), (pieces, mentions) in zip(
        data["assertions"], read.data("evidence")["assertions"], strict=True
    ):
        places = [tuple(mentions[at + 1 : at + 3]) for at in range(0, len(mentions), 3)]
        places += [tuple(piece[at : at + 2]) for piece in pieces for at in range(9, len(piece), 2)]
        found += [
            (data["concepts"][concept][1], abstracts[paper][2 * a : 2 * b].decode("utf-16-le")) for a, b in places
        ]
    assert set(found) == {("Low-Rank Adaptation", "LoRA"), ("GLUE", "GLUE"), ("QLoRA", "QLoRA")}


def test_only_web_addresses_are_in_the_page(hostile_graph: ResearchGraph, tmp_path: Path) -> None:
    """Addresses that could run code never reach the data."""
    read = page_of(hostile_graph, tmp_path)
    urls = {row[4] for row in read.data("graph")["papers"]} | {url for row in read.data("texts") for url in row[4]}
    assert urls == {"https://example.org/?q=1&r=2"}


def test_same_graph_same_bytes(small_graph: ResearchGraph, tmp_path: Path) -> None:
    """The page of a graph is the same each time, with or without a drawing made before."""
    write_html(small_graph, tmp_path / "one.html")
    write_html(small_graph, tmp_path / "two.html", property_graph=present(small_graph))
    assert (tmp_path / "one.html").read_bytes() == (tmp_path / "two.html").read_bytes()


def test_a_drawing_of_a_part_does_not_cut_the_page(small_graph: ResearchGraph, tmp_path: Path) -> None:
    """The page shows the whole graph, whatever part of it a drawing shows."""
    shown = present(small_graph)
    write_html(small_graph, tmp_path / "one.html")
    write_html(small_graph, tmp_path / "two.html", property_graph=replace(shown, nodes=shown.nodes[:2], edges=()))
    assert (tmp_path / "one.html").read_bytes() == (tmp_path / "two.html").read_bytes()


def test_utf16_offset_counts_wide_characters() -> None:
    """A character outside the basic plane counts twice for what follows it."""
    convert = utf16_offset("a\N{ROBOT FACE}b\N{ROBOT FACE}")
    assert [convert(offset) for offset in range(5)] == [0, 1, 3, 4, 6]


def run_browser(path: Path, profile: Path, hash_: str = "") -> str:
    browser = shutil.which("chromium")
    if browser is None:
        pytest.skip("needs the program chromium")
    options = (
        *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
        *("--disable-background-networking", "--disable-component-update", f"--user-data-dir={profile}"),
        *("--virtual-time-budget=8000", "--dump-dom"),
    )
    done = subprocess.run(
        [browser, *options, path.as_uri() + hash_], capture_output=True, text=True, timeout=90, check=False
    )
    return done.stdout


@pytest.mark.parametrize("name", ["hostile_graph", "empty_graph"])
def test_browser_runs_the_page_and_no_title(name: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """In a real browser the page becomes ready under its own policy, and no hostile title runs or becomes markup."""
    graph: ResearchGraph = request.getfixturevalue(name)
    write_html(graph, tmp_path / "graph.html")
    text = run_browser(tmp_path / "graph.html", tmp_path / "profile", "#paper=test:0")
    assert f'data-ready="{len(present(graph).nodes)}"' in text
    tags = [tag for tag, _ in Page(text).elements]
    assert tags.count("script") == 4
    assert "img" not in tags
    if name == "hostile_graph":
        assert "&lt;/script&gt;&lt;script&gt;window.__pwned=1&lt;/script&gt;</h2>" in text


def test_browser_opens_the_concept_of_the_address(small_graph: ResearchGraph, tmp_path: Path) -> None:
    """A deep link opens the panel with the concept's papers by role and its sentences, mentions marked."""
    write_html(small_graph, tmp_path / "graph.html")
    text = run_browser(tmp_path / "graph.html", tmp_path / "profile", "#concept=low-rank-adaptation")
    assert "Introduced by" in text
    assert re.search(r"<mark[^>]*>LoRA</mark>", text)
    assert "QLoRA" in text
