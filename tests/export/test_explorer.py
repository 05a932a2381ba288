"""The interactive page."""

import base64
import hashlib
import json
import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from paperconcepts.export import present, write_html
from paperconcepts.export.explorer_data import utf16_offset
from paperconcepts.graph import ResearchGraph


class Page(HTMLParser):
    """Collects elements and the text of scripts and styles."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self._open = False
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._open = tag in {"script", "style"}
        if self._open:
            self.texts.append("")

    def handle_endtag(self, tag: str) -> None:
        self._open = False

    def handle_data(self, data: str) -> None:
        if self._open:
            self.texts[-1] += data


@pytest.fixture
def page(any_graph: ResearchGraph, tmp_path: Path) -> tuple[ResearchGraph, Page]:
    write_html(any_graph, tmp_path / "graph.html")
    return any_graph, Page((tmp_path / "graph.html").read_text("utf-8"))


def data_of(page: Page) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(page.texts[1])
    return data


def test_page_holds_the_whole_graph(page: tuple[ResearchGraph, Page]) -> None:
    """The data in the page has every node, assertion and relation of the graph."""
    graph, read = page
    shown, data = present(graph), data_of(read)
    assert [node["id"] for node in data["nodes"]] == [node.id for node in shown.nodes]
    assert len(data["assertions"]) + len(data["relations"]) == len(shown.edges)


def test_titles_cannot_become_markup(page: tuple[ResearchGraph, Page]) -> None:
    """The page has its own two scripts and nothing else that could run or load, whatever the titles say."""
    _, read = page
    tags = [tag for tag, _ in read.elements]
    assert tags.count("script") == 2
    assert not {"img", "iframe", "object", "embed", "base", "form"} & set(tags)
    assert not any(name.startswith("on") or name == "src" for _, attributes in read.elements for name in attributes)
    assert not re.search("[<>&\u2028\u2029]", read.texts[1])


def test_policy_names_the_hashes_of_script_and_style(page: tuple[ResearchGraph, Page]) -> None:
    """The content security policy forbids all but the page's own script and style, named by their hashes."""
    _, read = page
    policy = next(a["content"] for tag, a in read.elements if a.get("http-equiv") == "Content-Security-Policy")
    assert policy is not None
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    for text, directive in ((read.texts[0], "style-src"), (read.texts[2], "script-src")):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{directive} 'sha256-{digest}'" in policy


def test_page_names_no_other_file(small_graph: ResearchGraph, tmp_path: Path) -> None:
    """Nothing in the page's own script or style fetches; addresses of papers are data."""
    write_html(small_graph, tmp_path / "graph.html")
    read = Page((tmp_path / "graph.html").read_text("utf-8"))
    for text in (read.texts[0], read.texts[2]):
        assert not re.search(r"https?://\w|url\(|@import|fetch\(|XMLHttpRequest|innerHTML|eval\(|document\.write", text)


def test_offsets_count_as_javascript_does(small_graph: ResearchGraph, tmp_path: Path) -> None:
    """Evidence and mentions point at the right words also after characters that JavaScript counts as two."""
    write_html(small_graph, tmp_path / "graph.html")
    data = data_of(Page((tmp_path / "graph.html").read_text("utf-8")))
    found = []
    for paper, concept, _role, _confidence, evidence, mentions in data["assertions"]:
        text = data["nodes"][paper]["abstract"].encode("utf-16-le")
        places = [tuple(mention[1:]) for mention in mentions] + [tuple(span) for one in evidence for span in one[6]]
        found += [(data["nodes"][concept]["label"], text[2 * a : 2 * b].decode("utf-16-le")) for a, b in places]
    assert set(found) == {("Low-Rank Adaptation", "LoRA"), ("GLUE", "GLUE"), ("QLoRA", "QLoRA")}


def test_only_web_addresses_are_in_the_page(hostile_graph: ResearchGraph, tmp_path: Path) -> None:
    """Addresses that could run code never reach the data."""
    write_html(hostile_graph, tmp_path / "graph.html")
    data = data_of(Page((tmp_path / "graph.html").read_text("utf-8")))
    urls = [url for node in data["nodes"] for url in [node.get("url", ""), *node.get("code", [])] if url]
    assert set(urls) == {"https://example.org/?q=1&r=2"}


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
    text = run_browser(tmp_path / "graph.html", tmp_path / "profile", "#id=test:0")
    assert f'data-ready="{len(present(graph).nodes)}"' in text
    tags = [tag for tag, _ in Page(text).elements]
    assert tags.count("script") == 2
    assert "img" not in tags
    if name == "hostile_graph":
        assert "&lt;/script&gt;&lt;script&gt;window.__pwned=1&lt;/script&gt;</h1>" in text


def test_browser_opens_the_node_of_the_address(small_graph: ResearchGraph, tmp_path: Path) -> None:
    """A deep link opens the side panel with the concept's papers by role and its sentences, mentions marked."""
    write_html(small_graph, tmp_path / "graph.html")
    text = run_browser(tmp_path / "graph.html", tmp_path / "profile", "#id=low-rank-adaptation")
    assert "Papers: introduces" in text
    assert re.search(r"<mark[^>]*>LoRA</mark>", text)
    assert "QLoRA" in text
