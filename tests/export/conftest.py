"""Hand-made graphs: a small one, a hostile one and an empty one."""

import pytest

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
    Predicate,
    Relation,
    Role,
)
from paperconcepts.vocabulary import Vocabulary

HOSTILE_TITLES = (
    "</script><script>window.__pwned=1</script>",
    "<img src=x onerror=window.__pwned=1>",
    "]]> & \"quotes\" 'single' <!-- -->",
    "vertical\x0btab, nul\x00, bell\x07 and \ufffe",
    "first\nsecond\r\nthird\tcell",
    "lone \ud800 surrogate",
    "\N{ROBOT FACE}\N{ROBOT FACE} 数学 LoRA",
    "\u202eright to left\u202c עברית",
    "line\u2028separator\u2029paragraph {{data}} {{script}}",
    '=HYPERLINK("http://example.org")',
    "+1",
    "@sum",
    "-1+1",
    "w" * 400,
    "",
    "   ",
)


def link(paper: Paper, concepts: list[tuple[Concept, Role, str]], relations: tuple[Relation, ...] = ()) -> LinkedPaper:
    """A paper linked to concepts, each found where its surface first stands in the abstract, if anywhere."""
    assertions = []
    for concept, role, surface in concepts:
        start = paper.abstract.find(surface)
        span = (start, start + len(surface))
        mention = Mention("abstract", *span, surface, concept.type, "test", 0.9)
        evidence = Evidence(paper.id, "abstract", 0, len(paper.abstract), (span,), "", -1, -1, "test", "1", 0.8)
        found = start >= 0
        assertions.append(
            Assertion(paper.id, role, concept.id, 0.8, (evidence,) if found else (), (mention,) if found else ())
        )
    return LinkedPaper(
        paper,
        tuple(
            LinkedConcept(concept, (Alias(surface, "name", paper.id, 0.9),) if surface else ())
            for concept, _, surface in sorted(concepts, key=lambda row: row[0].id)
        ),
        tuple(sorted(assertions, key=lambda a: (a.role.rank, a.concept_id))),
        relations,
    )


def small_papers() -> list[LinkedPaper]:
    """Three papers about two methods and a dataset."""
    adapters = Concept(id="low-rank-adaptation", label="Low-Rank Adaptation", type=ConceptType.METHOD)
    quantised = Concept(id="qlora", label="QLoRA", type=ConceptType.METHOD)
    data = Concept(id="glue", label="GLUE", type=ConceptType.DATASET)
    first = Paper(
        id="arxiv:2106.09685",
        title="LoRA",
        abstract="\N{ROBOT FACE} We propose LoRA and test it on GLUE.",
        issued="2021-06-17",
    )
    second = Paper(
        id="arxiv:2305.14314",
        title="QLoRA",
        abstract="QLoRA extends LoRA with fewer bits.",
        issued="2023-05",
        code_urls=("https://example.org/code", "javascript:alert(1)"),
    )
    third = Paper(id="doi:10.1000/x", title="On GLUE", abstract="We study GLUE.", issued="2019", venue="ACL")
    evidence = Evidence(second.id, "abstract", 0, 35, ((0, 5), (14, 18)), "extends", 6, 13, "cue:extends", "1", 0.7)
    extends = Relation("qlora", Predicate.EXTENDS, "low-rank-adaptation", 0.7, (evidence,))
    return [
        link(first, [(adapters, Role.INTRODUCES, "LoRA"), (data, Role.EVALUATES_ON, "GLUE")]),
        link(second, [(adapters, Role.USES, "LoRA"), (quantised, Role.INTRODUCES, "QLoRA")], (extends,)),
        link(third, [(data, Role.STUDIES, "GLUE")]),
    ]


def hostile_papers() -> list[LinkedPaper]:
    """Papers and concepts whose names try to break files and pages; parallel edges and a loop included."""
    papers = []
    for number, title in enumerate(HOSTILE_TITLES):
        concept = Concept.model_construct(
            id=f"c-{number}",
            label=title or "?",
            type=list(ConceptType)[number % 5],
            broader=(),
            definition=title,
            catalogued=False,
        )
        # Validation would refuse the lone surrogate; a caller can still pass one.
        paper = Paper.model_construct(
            id=f"test:{number}",
            title=title,
            abstract=f"{title} is studied. \x0b {title}",
            issued=("2020", None, "2021-02", "2022-03-04")[number % 4],
            authors=(title,),
            venue=title,
            urls=(f"javascript:alert('{title}')", "https://example.org/?q=1&r=2"),
        )
        loop = Relation(concept.id, Predicate.EXTENDS, concept.id, float("nan"), ())
        parallel = tuple(
            Relation(concept.id, predicate, "c-0", 0.5, ()) for predicate in (Predicate.IS_A, Predicate.USED_FOR)
        )
        papers.append(link(paper, [(concept, Role.STUDIES, title)], (loop, *parallel)))
    return papers


@pytest.fixture(scope="session")
def small_graph() -> ResearchGraph:
    return build_graph(small_papers(), vocabulary=Vocabulary([]))


@pytest.fixture(scope="session")
def hostile_graph() -> ResearchGraph:
    return build_graph(hostile_papers(), vocabulary=Vocabulary([]))


@pytest.fixture(scope="session")
def empty_graph() -> ResearchGraph:
    return build_graph([], vocabulary=Vocabulary([]))


@pytest.fixture(params=["small_graph", "hostile_graph", "empty_graph"])
def any_graph(request: pytest.FixtureRequest) -> ResearchGraph:
    graph: ResearchGraph = request.getfixturevalue(request.param)
    return graph
