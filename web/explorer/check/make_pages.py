"""Write the pages that the browser check looks at: the bundled corpus, hostile names, and many nodes."""

import json
import sys
from pathlib import Path

from paperconcepts import build
from paperconcepts.examples import corpus_path
from paperconcepts.export import write_html
from paperconcepts.graph import build_graph
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

NAMES = Path(__file__).resolve().parents[3] / "tests" / "export" / "hostile_names.json"
TYPES, ROLES = tuple(ConceptType), tuple(Role)


def hostile_papers() -> list[LinkedPaper]:
    """A paper and a concept of each hostile name; every field that the page shows bears it."""
    found = []
    for number, name in enumerate(json.loads(NAMES.read_text(encoding="utf-8"))):
        concept = Concept.model_construct(
            id=f"c-{number}", label=name, type=TYPES[number % 5], broader=(), definition=name, catalogued=False
        )
        abstract = f"{name} is what we study. Then {name} again."
        paper = Paper.model_construct(
            id=f"test:{number}", title=name, abstract=abstract, authors=(name, name), venue=name, issued="2024-05-01",
            urls=(name, "https://example.org/?q=1&r=2"), code_urls=(name,), identifiers=(name,),
        )  # fmt: skip
        found.append(_link(paper, [concept], alias=name, surface=name))
    return found


def many_papers(papers: int, concepts_each: int, *, shared: int) -> list[LinkedPaper]:
    """Papers with concepts of their own and some of ``shared`` common ones."""
    common = [_concept(f"shared-{number}", number) for number in range(shared)]
    found = []
    for number in range(papers):
        paper = Paper(
            id=f"test:{number}", title=f"Paper {number}", abstract="We study it.", issued=str(2010 + number % 15)
        )
        chosen = {(number * 7 + step * step * 13) % shared for step in range(6)}
        own = [_concept(f"own-{number}-{step}", step) for step in range(concepts_each)]
        found.append(_link(paper, [*own, *(common[one] for one in sorted(chosen))], alias="", surface="it"))
    return found


def _concept(name: str, number: int) -> Concept:
    return Concept(id=name, label=name.replace("-", " "), type=TYPES[number % 5])


def _link(paper: Paper, concepts: list[Concept], *, alias: str, surface: str) -> LinkedPaper:
    start = paper.abstract.find(surface)
    span = (start, start + len(surface))
    evidence = Evidence(paper.id, "abstract", 0, len(paper.abstract), (span,), "", -1, -1, "test", "1", 0.8)
    assertions = [
        Assertion(paper.id, ROLES[number % 8], one.id, 0.8, (evidence,), (
            Mention("abstract", *span, surface, one.type, "test", 0.9),
        ))
        for number, one in enumerate(concepts)
    ]  # fmt: skip
    return LinkedPaper(
        paper,
        tuple(
            LinkedConcept(one, (Alias(alias, alias, paper.id, 0.9),) if alias else ())
            for one in sorted(concepts, key=lambda one: one.id)
        ),
        tuple(sorted(assertions, key=lambda one: (one.role.rank, one.concept_id))),
        (),
    )


def main(target: Path) -> None:
    """Write the four pages into ``target``."""
    nothing = Vocabulary([])
    write_html(build(corpus_path()), target / "corpus.html")
    write_html(build_graph(hostile_papers(), vocabulary=nothing), target / "hostile.html")
    write_html(build_graph(many_papers(900, 5, shared=480), vocabulary=nothing), target / "fluent.html")
    write_html(build_graph(many_papers(2400, 4, shared=2600), vocabulary=nothing), target / "collapsed.html")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
