"""The static site: what its pages show, and that every link leads to a file."""

import itertools
import json
import os
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest

from paperconcepts.errors import ConfigurationError, SourceError
from paperconcepts.examples import example_graph
from paperconcepts.export.site import WrittenSite, write_site
from paperconcepts.graph import ResearchGraph, build_graph
from paperconcepts.model import Concept, ConceptType, Evidence, LinkedPaper, Paper, Predicate, Relation, Result, Role
from paperconcepts.model.assertion import Assertion, LinkedConcept, Status
from paperconcepts.query import concept_trends
from paperconcepts.vocabulary import Vocabulary

VOID = {"meta", "link", "input", "br"}
HEADINGS = ("h1", "h2", "h3")
SHOWN = frozenset({*HEADINGS, "title", "dt", "li", "ul", "tr", "th"})


class Document(HTMLParser):
    """A page as a parser sees it: elements with their attributes, headings, texts by element."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.texts: dict[str, list[str]] = {}
        self._open: list[str] = []
        self.feed(text)
        assert self._open == [], "every element is closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID and not self.get_starttag_text().endswith("/>"):  # type: ignore[union-attr]
            self._open.append(tag)
            self.texts.setdefault(tag, []).append("")

    def handle_endtag(self, tag: str) -> None:
        if tag not in ("circle", "path", "rect"):
            assert self._open.pop() == tag, "elements nest"

    def handle_data(self, data: str) -> None:
        for tag in SHOWN.intersection(self._open):
            self.texts[tag][-1] += data

    def all(self, tag: str) -> list[dict[str, str]]:
        return [found for name, found in self.elements if name == tag]


def pages(folder: Path) -> Iterator[tuple[Path, Document]]:
    for path in sorted(folder.rglob("*.html")):
        if "data" not in path.relative_to(folder).parts:
            yield path, Document(path.read_text(encoding="utf-8"))


def page(folder: Path, name: str) -> str:
    return (folder / name).read_text(encoding="utf-8")


def plain(markup: str) -> str:
    return " ".join(re.sub("<[^>]*>", "", markup).split())


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, WrittenSite]:
    """The site of the bundled corpus."""
    folder = tmp_path_factory.mktemp("site")
    graph = example_graph()
    return folder, write_site(graph, folder, trends=concept_trends(graph), title="Papers & concepts")


@pytest.fixture(scope="module")
def documents(site: tuple[Path, WrittenSite]) -> list[tuple[Path, Document]]:
    """Every page of that site, parsed."""
    return list(pages(site[0]))


def concept(name: str, kind: ConceptType) -> Concept:
    return Concept(id=name.lower(), label=name, type=kind)


def measured_paper(number: int, text: str, found: list[tuple[str, str, str]], *, issued: str) -> LinkedPaper:
    """A paper whose sentence states results: (model, number with unit, direction) of HopRate on QuokkaBench."""
    names = dict.fromkeys(model for model, _, _ in found)
    concepts = [concept(name, ConceptType.MODEL) for name in names]
    concepts += [concept("HopRate", ConceptType.METRIC), concept("QuokkaBench", ConceptType.DATASET),
                 concept("Hopping", ConceptType.TASK)]  # fmt: skip
    paper = Paper(id=f"test:{number}", title=f"Paper {number}", abstract=text, issued=issued)

    def evidence(cue: str, status: Status = Status.ASSERTED) -> Evidence:
        start = text.index(cue)
        return Evidence(
            paper.id, "abstract", 0, len(text), (), cue, start, start + len(cue), "result:x", "1", 0.8, status
        )

    roles = {
        ConceptType.MODEL: Role.INTRODUCES,
        ConceptType.DATASET: Role.EVALUATES_ON,
        ConceptType.TASK: Role.ADDRESSES,
    }
    assertions = [
        Assertion(paper.id, roles.get(one.type, Role.MEASURES), one.id, 0.8, (evidence("HopRate"),), ())
        for one in concepts
    ]
    relations = [
        Relation(one.id, predicate, target, 0.7, (evidence("HopRate"),))
        for one in concepts
        if one.type is ConceptType.MODEL
        for predicate, target in ((Predicate.EVALUATED_ON, "quokkabench"), (Predicate.USED_FOR, "hopping"))
    ]
    results = []
    for model, value, direction in found:
        digits, unit = re.fullmatch(r"([\d.]+)(.*)", value).groups()  # type: ignore[union-attr]
        status = Status.HEDGED if "may" in text else Status.ASSERTED
        results.append(
            Result(
                paper.id,
                model.lower(),
                "hoprate",
                "quokkabench",
                None,
                digits,
                unit,
                direction,
                evidence(digits, status),
            )
        )
    linked = tuple(LinkedConcept(one, ()) for one in sorted(concepts, key=lambda one: one.id))
    return LinkedPaper(paper, linked, tuple(assertions), tuple(relations), (), tuple(results))


def measured_papers() -> list[LinkedPaper]:
    """Two papers that state results, one of them with reserve."""
    plain_result = "HopRate of Wombat is 9.5% and of Emu 81%."
    return [
        measured_paper(1, plain_result, [("Wombat", "9.5%", "at"), ("Emu", "81%", "at")], issued="2021-05"),
        measured_paper(2, "HopRate of Kiwi may rise by 12 points.", [("Kiwi", "12points", "up")], issued="2023"),
    ]


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of two papers that state results."""
    folder = tmp_path_factory.mktemp("measured")
    write_site(build_graph(measured_papers(), vocabulary=Vocabulary([])), folder)
    return folder


def test_every_link_leads_to_a_file(site: tuple[Path, WrittenSite], documents: list[tuple[Path, Document]]) -> None:
    """Every href, src and action of every page names a file of the site or a page of the web."""
    folder, written = site
    files = {str(path) for path in folder.rglob("*") if path.is_file()}
    for path, document in documents:
        for _, found in document.elements:
            for target in (found.get(name) for name in ("href", "src", "action")):
                if target is None or re.match("https?://", target) or target in ("data:,", "#main"):
                    continue
                assert os.path.normpath(path.parent / unquote(target)) in files, f"{path}: {target}"
    assert len(documents) == written.pages > 400


def test_every_page_is_well_made(documents: list[tuple[Path, Document]]) -> None:
    """It has a language, a title of its own, one h1, headings in order, a way past the navigation, a strict policy."""
    titles = []
    for path, document in documents:
        assert document.all("html") == [{"lang": "en"}]
        assert len(document.all("main")) == len(document.all("h1")) == 1, path
        depths = [HEADINGS.index(tag) for tag, _ in document.elements if tag in HEADINGS]
        assert all(after - before <= 1 for before, after in itertools.pairwise(depths)), path
        assert document.all("a")[0] == {"class": "skip", "href": "#main"}
        (policy,) = [one["content"] for one in document.all("meta") if one.get("http-equiv")]
        scripts = [one.get("src", "") for one in document.all("script")]
        assert "default-src 'none'" in policy
        assert ("script-src 'none'" in policy) == (not scripts) == (path.name != "search.html")
        assert all(scripts)
        assert not [
            name for _, found in document.elements for name in found if name.startswith("on") or name == "style"
        ]
        titles.append(document.texts["title"][0])
    assert len(set(titles)) > 0.99 * len(titles)
    assert "Papers & concepts" in titles


def test_a_paper(site: tuple[Path, WrittenSite]) -> None:
    """Its page has the record, the abstract with linked mentions, concepts by role with evidence, similar papers."""
    text = page(site[0], "papers/arxiv-2305.14314.html")
    document = Document(text)
    assert document.texts["h1"] == ["QLoRA: Efficient Finetuning of Quantized LLMs"]
    assert 'href="https://arxiv.org/abs/2305.14314"' in text
    assert {"Date", "Authors", "Source"} <= set(document.texts["dt"])
    (abstract,) = re.findall(r'<p class="abstract".*?</p>', text, re.DOTALL)
    assert plain(abstract) == " ".join(example_graph().paper("2305.14314").abstract.split())
    mention = (
        '<a href="../concepts/low-rank-adaptation.html" class="mention method" title="Method: Low-Rank Adaptation">'
    )
    assert f"{mention}LoRA</a>" in abstract
    assert document.texts["h2"][:2] == ["Abstract", "Concepts"]
    assert "Similar papers" in document.texts["h2"]
    assert "Introduces" in document.texts["h3"]
    assert re.search(r"<mark>.*<cite>.*confidence 0\.\d\d</cite>", text)


def test_a_concept(site: tuple[Path, WrittenSite]) -> None:
    """Its page has kind, definition, chart, papers by role, names with reasons, relations and its company."""
    document = Document(page(site[0], "concepts/low-rank-adaptation.html"))
    assert document.texts["h1"] == ["Low-Rank Adaptation"]
    assert document.texts["h2"] == ["Papers", "Relations", "Related concepts", "Names"]
    assert {"Introduced by 1", "Used by 2", "Compared by 1", "Kinds of it"} <= set(document.texts["h3"])
    (chart,) = [one for one in document.all("svg") if one.get("role") == "img"]
    assert chart["aria-label"] == "Papers by year: 2021: 1, 2023: 2, 2024: 1"
    names = [text for text in document.texts["li"] if "confidence 0.97" in text]
    assert any(text.startswith("LoRAdefinition") for text in names)


def test_results_of_a_dataset(measured: Path) -> None:
    """They stand as the sentences state them: the same metric by number, changes apart, hedged ones marked."""
    document = Document(page(measured, "concepts/quokkabench.html"))
    assert document.texts["h2"][:2] == ["Results on it", "Evaluated on it"]
    values = re.findall(r'<strong class="value">(.*?)</strong>', page(measured, "concepts/quokkabench.html"))
    assert values == ["81%", "9.5%", "up by 12 points"]
    rows = document.texts["tr"]
    assert ("2021-05" in rows[1], "hedged" in rows[3], "hedged" in rows[1]) == (True, True, False)
    assert "no ranking" in page(measured, "concepts/quokkabench.html")
    starts = [re.match("Wombat|Emu|Kiwi", row) for row in rows]
    # First the results, then what was evaluated, newest first.
    assert [found[0] for found in starts if found] == ["Emu", "Wombat", "Kiwi", "Kiwi", "Emu", "Wombat"]


def test_what_a_task_needs(measured: Path) -> None:
    """A task names the methods and models used for it and the datasets of papers that address it."""
    document = Document(page(measured, "concepts/hopping.html"))
    told = ["Methods and models for it", "What papers that address it introduce, use and compare", "Datasets for it"]
    assert document.texts["h2"][:3] == told
    assert "QuokkaBench 2" in document.texts["li"]
    assert "Emu 1" in document.texts["li"]


def test_results_on_pages_of_papers_and_models(measured: Path) -> None:
    """A paper and a model show the same results."""
    for name in ("papers/test-1.html", "concepts/emu.html", "concepts/hoprate.html"):
        assert '<strong class="value">81%</strong>' in page(measured, name)
    assert '<strong class="value">up by 12 points</strong> <span class="status">hedged</span>' in page(
        measured, "papers/test-2.html"
    )


def test_lists_and_the_first_page(site: tuple[Path, WrittenSite]) -> None:
    """Lists go by papers and from A to Z; the first page counts what there is and begins with the newest paper."""
    folder = site[0]
    counts = [int(one) for one in re.findall(r'<td class="number">(\d+)</td>', page(folder, "browse/methods.html"))]
    assert counts == sorted(counts, reverse=True)
    names = Document(page(folder, "browse/methods-a-z.html")).texts["th"][4:]
    methods = [one for one in example_graph().concepts() if one.concept.type is ConceptType.METHOD]
    assert len(names) == len(counts) == len(methods) > 100
    assert (names[0], names[-1]) == ("ACER", "4-bit quantization"), "what begins with no letter comes last"
    first = Document(page(folder, "index.html"))
    newest = max(example_graph().papers(), key=lambda one: (one.issued or "",))
    assert newest.title in "".join(first.texts["ul"])
    assert "Papers42newest first" in first.texts["li"]


def test_long_lists_are_cut_into_pages(tmp_path: Path) -> None:
    """A list has 200 rows a page, each on one page, with a way to every page."""
    concepts = [
        Concept(id=f"thing-{number}", label=f"thing {number}", type=ConceptType.METHOD) for number in range(450)
    ]
    paper = Paper(id="test:1", title="Many things", issued="2024")
    assertions = tuple(Assertion(paper.id, Role.MENTIONS, one.id, 0.5, (), ()) for one in concepts)
    linked = LinkedPaper(paper, tuple(LinkedConcept(one, ()) for one in concepts), assertions, ())
    write_site(build_graph([linked], vocabulary=Vocabulary([])), tmp_path)
    shown = []
    for name in ("methods.html", "methods-2.html", "methods-3.html"):
        document = Document(page(tmp_path, f"browse/{name}"))
        shown.append(document.texts["th"][4:])
        assert {"../browse/methods.html", "../browse/methods-3.html"} <= {one.get("href") for one in document.all("a")}
    assert [len(part) for part in shown] == [200, 200, 50]
    assert len(set().union(*shown)) == 450
    assert not (tmp_path / "browse" / "methods-4.html").exists()


def test_trends(site: tuple[Path, WrittenSite], tmp_path: Path) -> None:
    """The page of trends shows what is handed in; without it there is neither the page nor a link to it."""
    rows = concept_trends(example_graph()).rows
    document = Document(page(site[0], "trends.html"))
    assert document.texts["h2"] == ["Rising", "Falling"]
    assert document.texts["tr"][1].startswith(f"{rows[0].label}{rows[0].earlier}{rows[0].later}")
    write_site(build_graph([]), tmp_path)
    assert not (tmp_path / "trends.html").exists()
    assert "trends.html" not in page(tmp_path, "index.html")


def test_index_of_the_search(site: tuple[Path, WrittenSite]) -> None:
    """The index has every concept with its names, those of the catalogue included, and every paper."""
    text = page(site[0], "assets/search-1.js")
    assert re.search("[<>&\x7f-\U0010ffff]", text.replace("(globalThis.searchIndex ??= [])", "")) is None
    rows = json.loads(f"[{text.partition('.push(')[2].removesuffix(');' + chr(10))}]")
    assert len(rows) == len(example_graph().papers()) + len(example_graph().concepts())
    (found,) = [row for row in rows if "DPO" in row[4]]
    assert found[:4] == [1, "Direct Preference Optimization", "concepts/direct-preference-optimization.html", 3]
    assert all((site[0] / unquote(row[2])).is_file() for row in rows)


def test_small_concepts_can_be_left_out(tmp_path: Path) -> None:
    """Concepts of few papers have no page and no link, but their names stay; lists say how many they are."""
    graph = example_graph()
    write_site(graph, tmp_path, min_support=3)
    kept = {node.concept.id for node in graph.concepts() if node.support >= 3}
    assert {path.stem for path in (tmp_path / "concepts").iterdir()} == kept
    text = page(tmp_path, "papers/arxiv-2305.14314.html")
    assert '<span class="concept" title="Method"><i class="dot method"></i><bdi>QLoRA</bdi></span>' in text
    assert '<span class="mention method" title="Method: QLoRA">QLoRA</span>' in text
    linked = {
        link for path in tmp_path.rglob("*.html") for link in re.findall('concepts/[^"]*', path.read_text("utf-8"))
    }
    assert linked == {f"concepts/{one}.html" for one in kept}
    assert "of few papers have no page" in page(tmp_path, "browse/methods.html")


def test_addresses_on_the_web(small_graph: ResearchGraph, tmp_path: Path) -> None:
    """With a base address each page names its own, and sitemaps name all pages; without one neither is there."""
    write_site(small_graph, tmp_path, base_url="https://example.org/kg")
    assert '<link rel="canonical" href="https://example.org/kg/papers/doi-10.1000-x.html">' in page(
        tmp_path, "papers/doi-10.1000-x.html"
    )
    assert '<link rel="canonical" href="https://example.org/kg/">' in page(tmp_path, "index.html")
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    index, part = (ElementTree.parse(tmp_path / name) for name in ("sitemap.xml", "sitemap-1.xml"))  # noqa: S314
    assert [one.text for one in index.iter(f"{space}loc")] == ["https://example.org/kg/sitemap-1.xml"]
    found = {one.text for one in part.iter(f"{space}loc")}
    assert len(found) == sum(1 for _ in pages(tmp_path))
    write_site(small_graph, tmp_path)
    assert not list(tmp_path.glob("sitemap*"))
    assert "canonical" not in page(tmp_path, "index.html")


@pytest.mark.parametrize("url", ["example.org", "javascript:alert(1)", "https://example.org/?a=1", "https://"])
def test_what_is_no_address_is_refused(small_graph: ResearchGraph, tmp_path: Path, url: str) -> None:
    """A base address that pages could not lie under is refused before anything is written."""
    with pytest.raises(ConfigurationError, match="not the address of a site"):
        write_site(small_graph, tmp_path / "site", base_url=url)
    assert not (tmp_path / "site").exists()


def test_data_to_download(small_graph: ResearchGraph, tmp_path: Path) -> None:
    """Files of a built folder are copied as they are and listed; the report stays where it is."""
    built = tmp_path / "built"
    built.mkdir()
    with pytest.raises(SourceError, match="built folder"):
        write_site(small_graph, tmp_path / "site", data=built)
    for name in ("graph.ttl", "report.json"):
        (built / name).write_bytes(b"\x00\xff data")
    write_site(small_graph, tmp_path / "site", data=built)
    assert [one.name for one in (tmp_path / "site" / "data").iterdir()] == ["graph.ttl"]
    assert (tmp_path / "site" / "data" / "graph.ttl").read_bytes() == b"\x00\xff data"
    assert 'href="data/graph.ttl"' in page(tmp_path / "site", "download.html")


def test_an_empty_graph(empty_graph: ResearchGraph, tmp_path: Path) -> None:
    """It is a site, too: lists without rows and a search that finds nothing."""
    write_site(empty_graph, tmp_path)
    assert all(document.all("h1") for _, document in pages(tmp_path))
    assert "searchIndex" in page(tmp_path, "assets/search-1.js")


def test_no_support_of_none(small_graph: ResearchGraph, tmp_path: Path) -> None:
    """A threshold that makes no sense is refused."""
    with pytest.raises(ConfigurationError, match="min_support"):
        write_site(small_graph, tmp_path, min_support=0)
