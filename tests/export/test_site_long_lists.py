"""What is too long or too coarse to be shown is counted on the page; large graphs take time in proportion."""

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from paperconcepts.export.site import write_site
from paperconcepts.export.site.charts import bar_chart, time_axis
from paperconcepts.export.site.contents import Contents
from paperconcepts.export.site.html_parts import Links
from paperconcepts.export.site.places import Places
from paperconcepts.export.site.relation_parts import stated_relations
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
    Predicate,
    Relation,
    Role,
)
from paperconcepts.vocabulary import Vocabulary

SENTENCE = "Wombats dig burrows."


def methods(count: int) -> list[Concept]:
    return [Concept(id=f"digger-{one:03}", label=f"digger {one:03}", type=ConceptType.METHOD) for one in range(count)]


def digging_paper(number: int, concepts: list[Concept], *, names: int = 1, metrics: int = 0) -> LinkedPaper:
    """A paper about a task, a dataset and methods, each of which it uses for both, the first under many names."""
    paper = Paper(
        id=f"test:{number}", title=f"Paper {number}", abstract=SENTENCE, issued="2024-05",
        code_urls=tuple(f"https://example.org/code/{one}" for one in range(names)),
    )  # fmt: skip
    evidence = (Evidence(paper.id, "abstract", 0, len(SENTENCE), ((0, 7),), "dig", 8, 11, "r", "1", 0.8),)
    task = Concept(id="digging", label="Digging", type=ConceptType.TASK)
    dataset = Concept(id="burrowbench", label="BurrowBench", type=ConceptType.DATASET)
    measures = [Concept(id=f"depth-{one}", label=f"Depth {one}", type=ConceptType.METRIC) for one in range(metrics)]
    roles = {
        ConceptType.METHOD: Role.USES,
        ConceptType.TASK: Role.ADDRESSES,
        ConceptType.DATASET: Role.EVALUATES_ON,
        ConceptType.METRIC: Role.MEASURES,
    }
    linked = []
    for one in (*concepts, task, dataset, *measures):
        forms = names if one is concepts[0] else 1
        aliases = tuple(Alias(f"{one.label} v{form}", "spelling", paper.id, 0.9, "") for form in range(forms))
        linked.append(LinkedConcept(one, aliases))
    linked.sort(key=lambda one: one.concept.id)
    assertions = [Assertion(paper.id, roles[one.concept.type], one.concept.id, 0.8, evidence, ()) for one in linked]
    relations = [
        Relation(one.id, predicate, target, 0.7, evidence)
        for one in concepts
        for predicate, target in ((Predicate.EVALUATED_ON, dataset.id), (Predicate.USED_FOR, task.id))
    ]
    return LinkedPaper(paper, tuple(linked), tuple(assertions), tuple(relations), (), ())


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of one paper with 230 methods, 9 metrics, and 130 names of the first method."""
    folder = tmp_path_factory.mktemp("long")
    paper = digging_paper(1, methods(230), names=130, metrics=9)
    write_site(build_graph([paper], vocabulary=Vocabulary([])), folder)
    return folder


def sections(path: Path) -> dict[str, str]:
    """The markup of each section by its heading."""
    parts: Iterator[str] = iter(path.read_text(encoding="utf-8").split("<h2>")[1:])
    return {part.partition("</h2>")[0]: part.partition("</h2>")[2].partition("</section>")[0] for part in parts}


def counted(markup: str, *, element: str) -> tuple[int, list[str]]:
    """How many of an element there are, and what is said of those left out."""
    return markup.count(f"<{element}"), re.findall(r"and ([\d,]+) more, not shown", markup)


@pytest.mark.parametrize(
    ("page", "heading", "element", "shown", "rest"),
    [
        ("burrowbench", "Evaluated on it", 'th scope="row"', 200, ["30"]),
        ("digging", "Methods and models for it", 'th scope="row"', 200, ["30"]),
        ("digging", "What papers that address it introduce, use and compare", "li>", 200, ["30"]),
        ("digging", "Datasets for it", "li>", 1, []),
        ("digger-000", "Names", "li>", 100, ["30"]),
        ("digger-001", "Names", "li>", 1, []),
    ],
)
def test_what_is_left_out_is_counted(
    pages: Path, page: str, heading: str, element: str, shown: int, rest: list[str]
) -> None:
    """A list that is cut says how many it leaves out; one that is whole says nothing."""
    assert counted(sections(pages / "concepts" / f"{page}.html")[heading], element=element) == (shown, rest)


def test_relations_of_a_paper(pages: Path) -> None:
    """The page of a paper counts the relations and addresses of code that it does not show."""
    (path,) = (pages / "papers").iterdir()
    assert counted(sections(path)["Relations that it states"], element="li>") == (100, ["360"])
    text = path.read_text(encoding="utf-8")
    assert (text.count("https://example.org/code/"), "<br>and 125 more</dd>" in text) == (10, True)


def test_metrics_of_a_row(pages: Path) -> None:
    """A cell that names some metrics of a paper counts the others."""
    row = sections(pages / "concepts" / "burrowbench.html")["Evaluated on it"].split("<tr>")[2]
    assert (len(re.findall("depth-[0-9].html", row)), "<br>and 4 more</td>" in row) == (5, True)


@pytest.mark.parametrize(
    ("dates", "note"),
    [
        (["2024-01"] * 19 + ["2024"], " Not shown: 1 paper without a month."),
        (["2024-01-30"] * 38 + ["2024", ""], " Not shown: 2 papers without a month."),
        (["2024-01", "2024-03-01"], ""),
        (["2021", "2024-01", "", ""], " Not shown: 2 papers without a date."),
        (["2021", "2024-01"], ""),
    ],
)
def test_papers_that_no_bar_counts(dates: list[str], note: str) -> None:
    """The caption of a chart counts every paper that is in none of its bars."""
    axis = time_axis(dates)
    assert axis is not None
    chart = bar_chart(axis, dates, colour="paper")
    assert f"<figcaption>Papers by {axis.kind}.{note}</figcaption>" in chart
    absent = int(found[1]) if (found := re.search(r"shown: (\d+)", chart)) else 0
    assert sum(axis.counts(dates)) + absent == len(dates)


def _seconds(graph: ResearchGraph) -> float:
    best = float("inf")
    for _ in range(3):
        began = time.process_time()
        contents = Contents(graph)
        links = Links(contents, Places(graph, min_support=1), "")
        for paper_id in contents.papers:
            assert "digger" in stated_relations(contents, links, paper_id)
        best = min(best, time.process_time() - began)
    return best


def test_linear_time() -> None:
    """A relation of eight times as many papers takes about eight times as long, not sixty-four times."""
    one = methods(1)
    small, large = (
        build_graph([digging_paper(number, one) for number in range(count)], vocabulary=Vocabulary([]))
        for count in (150, 1200)
    )
    assert _seconds(large) < 24 * _seconds(small)
