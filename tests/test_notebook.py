"""Notebooks: graphs, papers, rows and answers show themselves as HTML, and no text of a paper is markup there."""

import re
import subprocess
import sys
from html import unescape

import pytest
from IPython.core.interactiveshell import InteractiveShell

import paperconcepts
from paperconcepts import notebook
from paperconcepts.config import Config
from paperconcepts.errors import ConfigurationError, UnknownNameError
from paperconcepts.examples import example_graph
from paperconcepts.graph import ResearchGraph
from paperconcepts.model import Paper
from paperconcepts.pipeline import BuildReport, assemble, extract_and_link
from paperconcepts.query import co_occurrences, concept_trends
from paperconcepts.rdf import query_graph


@pytest.fixture(scope="module")
def graph() -> ResearchGraph:
    """The graph of the bundled corpus."""
    return example_graph()


@pytest.fixture(scope="module")
def shell() -> InteractiveShell:
    """IPython with the formatters of this package."""
    running = InteractiveShell()  # type: ignore[no-untyped-call]
    running.run_line_magic("load_ext", "paperconcepts")
    return running


def _html(shell: InteractiveShell, shown: object) -> str:
    formatter = shell.display_formatter
    assert formatter is not None
    data, _ = formatter.format(shown)  # type: ignore[no-untyped-call]
    assert data["text/plain"]
    return str(data["text/html"])


def test_a_graph_shows_its_page(shell: InteractiveShell, graph: ResearchGraph) -> None:
    """A graph at the end of a cell is the page of graph.html in a frame that may do nothing to the notebook."""
    html = _html(shell, graph)
    frame = re.match(r'<iframe [^>]*sandbox="([^"]*)" srcdoc="([^"]*)"', html)
    assert frame
    assert "allow-same-origin" not in frame[1]
    page = unescape(frame[2])
    assert page.startswith("<!doctype html>")
    assert "default-src 'none'" in page
    assert "LoRA: Low-Rank Adaptation of Large Language Models" in page
    assert repr(graph) in unescape(html[frame.end() :])


def test_a_large_graph_shows_a_part(
    shell: InteractiveShell, graph: ResearchGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Beyond the limit the concepts of most papers are shown, and the caption says so."""
    whole = _html(shell, graph)
    monkeypatch.setattr(notebook, "_MOST_NODES", 10)
    monkeypatch.setattr(notebook, "_TOP", 5)
    part = _html(shell, graph)
    assert len(part) < len(whole)
    assert "the 5 concepts of most papers" in part


def test_near_one_concept(graph: ResearchGraph) -> None:
    """``near`` shows a part of the graph; its height is that of the frame; an unknown name is an error."""
    shown = paperconcepts.explore(graph, near="LoRA", hops=1, height=300)
    assert "height:300px" in shown.html
    assert len(shown.html) < len(paperconcepts.explore(graph).html)
    with pytest.raises(UnknownNameError):
        paperconcepts.explore(graph, near="no such thing")


def test_a_paper_shows_its_mentions(graph: ResearchGraph) -> None:
    """The text of a highlighted paper is that of the paper, with a mark for each mention."""
    paper = graph.paper("2106.09685")
    html = paperconcepts.highlight(graph, "2106.09685").html
    spans = {
        (mention.field, mention.start, mention.end)
        for item in graph.assertions()
        if item.paper_id == paper.id
        for mention in item.mentions
    }
    assert html.count("<mark") >= len(spans) > 5
    without_signs = re.sub(r"<sup[^>]*>\w+</sup>", "", html)
    text = unescape(re.sub(r"<[^>]*>", "", without_signs))
    assert paper.abstract in text
    assert text.startswith(paper.title)


def test_answers_and_rows_are_tables(shell: InteractiveShell, graph: ResearchGraph) -> None:
    """Answers of each form and rows of queries are tables that say what they leave out."""
    select = _html(shell, query_graph(graph, "SELECT ?title {?p a pc:Paper; dcterms:title ?title} ORDER BY ?title"))
    assert select.count("<tr>") == len(graph.papers()) + 1
    assert "yes" in _html(shell, query_graph(graph, "ASK {?p a ?c}"))
    triples = _html(
        shell, query_graph(graph, "CONSTRUCT {?p dcterms:title ?t} WHERE {?p a pc:Paper; dcterms:title ?t}")
    )
    assert triples.count("<tr>") == len(graph.papers()) + 1
    assert "&lt;http://purl.org/dc/terms/title&gt;" in triples
    pairs = co_occurrences(graph)
    table = paperconcepts.show_table(pairs, columns=("first_label", "papers"), limit=3)
    assert table.html.count("<tr>") == 4
    assert f"… and {len(pairs) - 3:,} more" in table.html
    assert repr(table).count("\n") == 4
    assert paperconcepts.show_table(concept_trends(graph, earlier="..2019", later="2020..")).html.count("<tr>") > 3
    assert paperconcepts.show_table([]).html.startswith("<table>")
    with pytest.raises(ConfigurationError):
        paperconcepts.show_table(pairs, columns=("weight of the moon",))


def test_texts_are_never_markup() -> None:
    """Tags in titles and abstracts are text, in the frame, in the marks and in tables."""
    hostile = '"><script>alert(1)</script><img src=x onerror=alert(2)>'
    paper = Paper(id="sha:0", title=f"{hostile} BERT", abstract=f"We fine-tune BERT {hostile} on SQuAD.")
    graph = assemble(extract_and_link([paper]), decisions=None, config=Config(), report=BuildReport())
    framed = paperconcepts.explore(graph).html
    assert framed.count("<") == 2, "the frame and its end"
    shown = paperconcepts.highlight(graph, "sha:0").html
    assert re.findall(r"<(?!/?(?:article|p|mark|sup|small)\b)", shown) == []
    assert "alert(1)" in shown
    table = paperconcepts.show_table(graph.papers_using("BERT")).html
    assert re.findall(r"<(?!/?(?:table|thead|tbody|tr|th|td|p)\b)", table) == []


def test_import_registers_in_a_running_ipython() -> None:
    """``import paperconcepts`` is enough where IPython runs, and loads nothing heavy there or elsewhere."""
    script = (
        "import sys\n"
        "from IPython.core.interactiveshell import InteractiveShell\n"
        "shell = InteractiveShell.instance()\n"
        "import paperconcepts\n"
        "known = shell.display_formatter.formatters['text/html'].deferred_printers\n"
        "print(('paperconcepts.graph.research_graph', 'ResearchGraph') in known, 'networkx' in sys.modules)\n"
    )
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert result.stdout.split() == ["True", "False"]
    plain = "import sys, paperconcepts; print('paperconcepts.notebook' in sys.modules, 'IPython' in sys.modules)"
    result = subprocess.run([sys.executable, "-c", plain], capture_output=True, text=True, check=True)
    assert result.stdout.split() == ["False", "False"]
