"""A small hand-made graph with one of everything the export knows."""

from dataclasses import replace

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
    Result,
    Role,
    SourceRecord,
    Status,
)
from paperconcepts.vocabulary import CatalogueEntry, Vocabulary

SOUP = Concept(id="soup-tuning", label="Soup Tuning", type=ConceptType.METHOD)
TUNING = Concept(id="tuning", label="tuning", type=ConceptType.METHOD, definition="Turning knobs.", catalogued=True)
BENCH = Concept(id="bowl-bench", label="BowlBench", type=ConceptType.DATASET)
TASK = Concept(id="soup-tasting", label="soup tasting", type=ConceptType.TASK)
MODEL = Concept(id="ladle-7b", label="Ladle-7B", type=ConceptType.MODEL)
METRIC = Concept(id="slurps", label="slurps", type=ConceptType.METRIC)


def make_evidence(paper: Paper, field: str, words: tuple[str, ...], cue: str = "", *, rule: str = "cue:x") -> Evidence:
    """Evidence that takes the whole field for its sentence."""
    text = paper.text(field)
    spans = tuple(sorted((text.index(word), text.index(word) + len(word)) for word in words))
    place = text.index(cue) if cue else -1
    end = place + len(cue) if cue else -1
    return Evidence(paper.id, field, 0, len(text), spans, cue, place, end, rule, "1", 0.85)


def make_assertion(paper: Paper, role: Role, concept: Concept, field: str, word: str, cue: str = "") -> Assertion:
    """An assertion with one piece of evidence and one mention."""
    start = paper.text(field).index(word)
    mention = Mention(field, start, start + len(word), word, concept.type, "catalogue", 0.9)
    return Assertion(paper.id, role, concept.id, 0.85, (make_evidence(paper, field, (word,), cue),), (mention,))


def make_linked() -> list[LinkedPaper]:
    """Two papers, six concepts, most of the roles, three relations (one from the catalogue), a result."""
    first = Paper(
        id="arxiv:2401.00001",
        title="Soup Tuning: 𝛂 spoon for models",
        abstract="We introduce Soup Tuning (SoupT) for soup tasting. Ladle-7B beats tuning on BowlBench."
        "\nWe report slurps.",
        authors=("Zoe Ahn", "Ann Zoh"),
        issued="2024-01-02",
        identifiers=("arxiv:2401.00001", "doi:10.1000/x(1)"),
        urls=("https://example.org/a?b=1", "not an address"),
        code_urls=("https://example.org/code", "ftp://example.org"),
        venue="Kitchen",
        author_count=2,
        sources=(SourceRecord(file="in/p.jsonl", format="jsonl", number=1, record="p1"),),
    )
    second = Paper(id="sha:00ff", abstract="SoupT for soup tasting.", issued="2025-03")
    label = Alias("Soup Tuning", "label", "", 1.0)
    short = Alias("SoupT", "definition", first.id, 0.9)
    beats = Relation(
        MODEL.id,
        Predicate.OUTPERFORMS,
        TUNING.id,
        0.8,
        (make_evidence(first, "abstract", ("Ladle-7B", "tuning"), "beats"),),
    )
    gain = Result(
        first.id,
        MODEL.id,
        METRIC.id,
        BENCH.id,
        None,
        "1,024.50",
        "points",
        "up",
        replace(
            make_evidence(first, "abstract", ("Ladle-7B", "BowlBench"), "beats", rule="result:change"),
            status=Status.HEDGED,
        ),
    )
    serves = Relation(
        SOUP.id,
        Predicate.USED_FOR,
        TASK.id,
        0.7,
        (make_evidence(second, "abstract", ("SoupT", "soup tasting"), "for"),),
    )
    return [
        LinkedPaper(
            first,
            (
                *(LinkedConcept(item, ()) for item in (BENCH, MODEL, METRIC, TASK, TUNING)),
                LinkedConcept(SOUP, (label, short)),
            ),
            (
                make_assertion(first, Role.INTRODUCES, SOUP, "abstract", "Soup Tuning", "We introduce"),
                make_assertion(first, Role.EVALUATES_ON, BENCH, "abstract", "BowlBench"),
                make_assertion(first, Role.COMPARES, TUNING, "abstract", "tuning", "beats"),
                make_assertion(first, Role.USES, MODEL, "abstract", "Ladle-7B"),
                make_assertion(first, Role.ADDRESSES, TASK, "abstract", "soup tasting"),
                make_assertion(first, Role.MEASURES, METRIC, "abstract", "slurps"),
            ),
            (beats,),
            (),
            (gain,),
        ),
        LinkedPaper(
            second,
            (LinkedConcept(SOUP, (short,)), LinkedConcept(TASK, ())),
            (
                make_assertion(second, Role.USES, SOUP, "abstract", "SoupT", "for"),
                make_assertion(second, Role.ADDRESSES, TASK, "abstract", "soup tasting"),
            ),
            (serves,),
        ),
    ]


def make_graph() -> ResearchGraph:
    """The graph of these papers, with a catalogue of two concepts."""
    below = SOUP.model_copy(update={"broader": (TUNING.id,)})
    catalogue = Vocabulary(CatalogueEntry(concept, (), "", ()) for concept in (TUNING, below))
    return build_graph(make_linked(), vocabulary=catalogue)


@pytest.fixture
def graph() -> ResearchGraph:
    return make_graph()
