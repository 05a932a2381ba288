"""A tiny invented corpus, linked by hand, with its own vocabulary: these tests do not depend on the real catalogue."""

from collections.abc import Callable, Iterable

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
    SourceRecord,
)
from paperconcepts.vocabulary import CatalogueEntry, Vocabulary

Finding = tuple[Concept, Role, tuple[tuple[str, str], ...]]
LinkByHand = Callable[..., LinkedPaper]


def _place(paper: Paper, surface: str) -> tuple[str, int, int]:
    field = "abstract" if surface in paper.abstract else "title"
    start = paper.text(field).index(surface)
    return field, start, start + len(surface)


def _sentence(paper: Paper, field: str, start: int) -> tuple[int, int]:
    text = paper.text(field)
    before, after = text.rfind(". ", 0, start), text.find(". ", start)
    return (0 if before < 0 else before + 2), (len(text) if after < 0 else after + 1)


def link_by_hand(
    paper: Paper, findings: Iterable[Finding], relations: Iterable[tuple[str, Predicate, str, str]] = ()
) -> LinkedPaper:
    """Link ``paper`` to concepts by (surface, reason) pairs, and relate them by a cue; all parts sorted."""
    concepts, assertions = [], []
    for concept, role, surfaces in findings:
        mentions = [
            Mention(
                *_place(paper, text), text, concept.type, "catalogue", 0.9, concept.id if concept.catalogued else None
            )
            for text, _ in surfaces
        ]
        first = mentions[0]
        evidence = Evidence(
            paper.id,
            first.field,
            *_sentence(paper, first.field, first.start),
            ((first.start, first.end),),
            "",
            -1,
            -1,
            f"role:{role}",
            "1",
            0.8,
        )
        mentions.sort(key=lambda m: (m.field != "title", m.start))
        assertions.append(Assertion(paper.id, role, concept.id, 0.8, (evidence,), tuple(mentions)))
        aliases = tuple(sorted((Alias(text, reason, paper.id, 0.9) for text, reason in surfaces), key=lambda a: a.text))
        concepts.append(LinkedConcept(concept, aliases))
    related = [_relate(paper, *relation) for relation in relations]
    return LinkedPaper(
        paper,
        tuple(sorted(concepts, key=lambda item: item.concept.id)),
        tuple(sorted(assertions, key=lambda a: (a.role.rank, a.concept_id))),
        tuple(sorted(related, key=lambda r: (r.subject, r.predicate, r.object))),
    )


def _relate(paper: Paper, subject: str, predicate: Predicate, target: str, cue: str) -> Relation:
    start = paper.abstract.index(cue)
    sentence = _sentence(paper, "abstract", start)
    span = (sentence[0], sentence[0] + 3)
    evidence = Evidence(
        paper.id, "abstract", *sentence, (span,), cue, start, start + len(cue), f"relation:{predicate}", "1", 0.7
    )
    return Relation(subject, predicate, target, 0.7, (evidence,))


def _entry(concept_id: str, label: str, kind: ConceptType, *aliases: str, **rest: tuple[str, ...]) -> CatalogueEntry:
    concept = Concept(id=concept_id, label=label, type=kind, broader=rest.get("broader", ()), catalogued=True)
    return CatalogueEntry(concept, aliases, "", rest.get("context", ()))


_ENTRIES = (
    _entry("kiwi-dataset", "Kiwi", ConceptType.DATASET, context=("fruit",)),
    _entry("kiwi-model", "Kiwi", ConceptType.MODEL, "KiwiLM", context=("language",)),
    _entry("model-adaptation", "model adaptation", ConceptType.METHOD),
    _entry("model-tuning", "model tuning", ConceptType.METHOD, broader=("model-adaptation",)),
    _entry("pouch-tuning", "pouch tuning", ConceptType.METHOD, "PouT", broader=("gentle-tuning",)),
    _entry("gentle-tuning", "gentle tuning", ConceptType.METHOD, broader=("model-tuning",)),
    _entry("quokkabench", "QuokkaBench", ConceptType.DATASET, "Quokka Bench"),
    _entry("hop-rate", "hop rate", ConceptType.METRIC, "HR"),
)


@pytest.fixture(scope="session")
def link_paper() -> LinkByHand:
    """The function that links a paper by hand."""
    return link_by_hand


@pytest.fixture(scope="session")
def tiny_vocabulary() -> Vocabulary:
    """Eight invented entries: a chain of four methods, two homonyms, a dataset and a metric."""
    return Vocabulary(_ENTRIES)


@pytest.fixture(scope="session")
def tiny_corpus() -> tuple[LinkedPaper, ...]:
    """Four invented papers; the last has neither title, date nor concepts."""
    known = {entry.concept.id: entry.concept for entry in _ENTRIES}
    wombat = Concept(id="wombatnet", label="WombatNet", type=ConceptType.MODEL)
    first = Paper(
        id="test:1",
        title="Pouch Tuning for Small Models",
        abstract="We propose pouch tuning (PouT). It is tested on QuokkaBench. A higher hop rate is reached.",
        issued="2021-03-01",
        authors=("A. Marsupial", "Bo Börk"),
        comment_count=0,
        urls=("https://example.org/1",),
        sources=(SourceRecord(file="one.jsonl", format="jsonl", number=1, record="row-1"),),
        extra={"score": 3, "tags": ["a", "b"]},
    )
    second = Paper(
        id="arxiv:2205.00001",
        title="WombatNet: Digging Deeper",
        abstract="WombatNet extends PouT with “burrows” 🦘 and more. WombatNet is evaluated on QuokkaBench.",
        issued="2022-05",
        identifiers=("doi:10.1000/wombat",),
    )
    third = Paper(
        id="doi:10.1000/survey",
        title="Model tuning, a survey",
        abstract="We study how model tuning is done. Both pouch tuning and WombatNet beat QuokkaBench baselines.",
        issued="2022",
        venue="Journal of Hops",
    )
    fourth = Paper(id="sha:0123456789abcdef", abstract="Nothing to see here.")
    return (
        link_by_hand(
            first,
            [
                (known["pouch-tuning"], Role.INTRODUCES, (("pouch tuning", "label"), ("PouT", "definition"))),
                (known["quokkabench"], Role.EVALUATES_ON, (("QuokkaBench", "label"),)),
                (known["hop-rate"], Role.MEASURES, (("hop rate", "label"),)),
            ],
            [("pouch-tuning", Predicate.EVALUATED_ON, "quokkabench", "tested on")],
        ),
        link_by_hand(
            second,
            [
                (wombat, Role.INTRODUCES, (("WombatNet", "name"),)),
                (known["pouch-tuning"], Role.USES, (("PouT", "catalogue"),)),
                (known["quokkabench"], Role.EVALUATES_ON, (("QuokkaBench", "label"),)),
            ],
            [
                ("wombatnet", Predicate.EXTENDS, "pouch-tuning", "extends"),
                ("wombatnet", Predicate.EVALUATED_ON, "quokkabench", "evaluated on"),
            ],
        ),
        link_by_hand(
            third,
            [
                (known["model-tuning"], Role.STUDIES, (("model tuning", "label"),)),
                (known["pouch-tuning"], Role.MENTIONS, (("pouch tuning", "label"),)),
                (wombat, Role.MENTIONS, (("WombatNet", "name"),)),
                (known["quokkabench"], Role.MENTIONS, (("QuokkaBench", "label"),)),
            ],
            [("wombatnet", Predicate.EXTENDS, "pouch-tuning", "Both")],
        ),
        LinkedPaper(fourth, (), (), ()),
    )


@pytest.fixture(scope="session")
def tiny_graph(tiny_corpus: tuple[LinkedPaper, ...], tiny_vocabulary: Vocabulary) -> ResearchGraph:
    """The graph of the tiny corpus; shared by all tests, so do not change it."""
    return build_graph(tiny_corpus, vocabulary=tiny_vocabulary)
