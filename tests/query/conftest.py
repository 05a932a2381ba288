"""Graphs made of a few lines: papers with dates, concepts and roles, and relations between concepts."""

from collections.abc import Callable, Iterable, Mapping

import pytest

from paperconcepts.graph import ResearchGraph, build_graph
from paperconcepts.model import (
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
from paperconcepts.vocabulary import CatalogueEntry, Vocabulary

Papers = Mapping[str, tuple[str | None, Mapping[str, str]]]
MakeGraph = Callable[..., ResearchGraph]


def _evidence(paper_id: str, rule: str) -> Evidence:
    return Evidence(paper_id, "title", 0, 4, ((0, 4),), "", -1, -1, rule, "1", 0.8)


def make_graph(
    papers: Papers,
    *,
    types: Mapping[str, str] | None = None,
    relations: Iterable[tuple[str, str, str, str]] = (),
    broader: Mapping[str, tuple[str, ...]] | None = None,
) -> ResearchGraph:
    """A graph of {paper: (date, {concept: role})}.

    Concepts are methods unless ``types`` says otherwise, and named as their ids. ``relations`` are (paper, subject,
    predicate, object), ``broader`` is what the catalogue says.
    """
    kinds, above = types or {}, broader or {}
    stated = list(relations)

    def concept(concept_id: str) -> Concept:
        return Concept(
            id=concept_id,
            label=concept_id.replace("-", " "),
            type=ConceptType(kinds.get(concept_id, "Method")),
            broader=above.get(concept_id, ()),
            catalogued=concept_id in above,
        )

    linked = []
    for paper_id, (issued, roles) in papers.items():
        assertions = [
            Assertion(paper_id, Role(role), one, 0.8, (_evidence(paper_id, f"role:{role}"),), ())
            for one, role in roles.items()
        ]
        related = [
            Relation(subject, Predicate(predicate), target, 0.8, (_evidence(paper_id, f"relation:{predicate}"),))
            for source, subject, predicate, target in stated
            if source == paper_id
        ]
        linked.append(
            LinkedPaper(
                Paper(id=paper_id, title=f"Paper {paper_id}", issued=issued),
                tuple(LinkedConcept(concept(one), ()) for one in sorted(roles)),
                tuple(sorted(assertions, key=lambda a: (a.role.rank, a.concept_id))),
                tuple(sorted(related, key=lambda r: (r.subject, r.predicate, r.object))),
            )
        )
    entries = [CatalogueEntry(concept(one), (), "", ()) for one in sorted(above)]
    return build_graph(linked, vocabulary=Vocabulary(entries))


@pytest.fixture(scope="session")
def graph_of() -> MakeGraph:
    """The function that makes a graph."""
    return make_graph


@pytest.fixture(scope="session")
def eight_papers() -> ResearchGraph:
    """Eight papers with concepts and one without: "a" in two of the four papers of "b", "c" in the other four."""
    papers: dict[str, tuple[str | None, dict[str, str]]] = {
        "t:1": ("2020-01-10", {"a": "introduces", "b": "uses"}),
        "t:2": ("2020-03", {"a": "uses", "b": "mentions"}),
        "t:3": ("2021", {"b": "uses"}),
        "t:4": ("2022-07-01", {"b": "uses", "d": "evaluates_on"}),
        "t:5": ("2022-08-01", {"c": "uses", "d": "evaluates_on"}),
        "t:6": ("2023-01-01", {"c": "uses", "d": "mentions"}),
        "t:7": ("2023-02-01", {"c": "introduces"}),
        "t:8": (None, {"c": "studies"}),
        "t:9": ("2023-02-02", {}),
    }
    return make_graph(papers, types={"d": "Dataset", "c": "Task"})
