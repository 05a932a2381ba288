"""Papers annotated by hand, and an invented vocabulary: these tests do not depend on extraction or the catalogue."""

import re
from collections.abc import Callable, Iterable

import pytest

from paperconcepts.extraction.sentences import sentence_spans
from paperconcepts.linking import link_paper
from paperconcepts.model import (
    AnnotatedPaper,
    Concept,
    ConceptType,
    Definition,
    LinkedPaper,
    Mention,
    Paper,
    Sentence,
)
from paperconcepts.vocabulary import CatalogueEntry, Vocabulary

METHOD, MODEL, DATASET = ConceptType.METHOD, ConceptType.MODEL, ConceptType.DATASET
Marks = dict[str, str]
AnnotateByHand = Callable[..., AnnotatedPaper]
LinkMarked = Callable[..., LinkedPaper]

_TYPES = {"method": METHOD, "model": MODEL, "data": DATASET, "task": ConceptType.TASK, "metric": ConceptType.METRIC}


def _entry(concept_id: str, label: str, kind: ConceptType, *aliases: str) -> CatalogueEntry:
    return CatalogueEntry(Concept(id=concept_id, label=label, type=kind, catalogued=True), aliases, "", ())


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    """Seven invented entries."""
    return Vocabulary(
        (
            _entry("pouch-tuning", "Pouch Tuning", METHOD, "PouT"),
            _entry("quollnet", "QuollNet", MODEL),
            _entry("wombat-optimization", "wombat optimization", METHOD, "WHO"),
            _entry("numbatbench", "NumbatBench", DATASET),
            _entry("hop-parsing", "hop parsing", ConceptType.TASK),
            _entry("leap-rate", "leap rate", ConceptType.METRIC),
            _entry("bilby", "Bilby Transformer", MODEL),
        )
    )


def annotate_by_hand(
    abstract: str,
    marks: Marks,
    *,
    title: str = "",
    paper_id: str = "test:1",
    definitions: Iterable[tuple[str, str]] = (),
) -> AnnotatedPaper:
    """Mark every whole-word place of each surface in ``marks``.

    A mark is "type", "type source" or "type source concept-id"; ``definitions`` are (short form, long form) pairs.
    """
    paper = Paper(id=paper_id, title=title, abstract=abstract)
    mentions = []
    for field in ("title", "abstract"):
        for surface, mark in marks.items():
            kind, source, concept_id = _parts(mark)
            for match in re.finditer(rf"(?<!\w){re.escape(surface)}(?!\w)", paper.text(field)):
                mentions.append(Mention(field, *match.span(), surface, _TYPES[kind], source, 0.8, concept_id or None))
    mentions.sort(key=lambda m: (m.field != "title", m.start))
    sentences = [Sentence("title", 0, len(title))] if title else []
    sentences += [Sentence("abstract", start, end) for start, end in sentence_spans(abstract)]
    defined = []
    for short, long in definitions:
        begin, place = abstract.index(long), abstract.index(short)
        defined.append(Definition("abstract", place, place + len(short), begin, begin + len(long), short, long))
    return AnnotatedPaper(paper, tuple(sentences), tuple(mentions), tuple(defined))


def _parts(mark: str) -> tuple[str, str, str]:
    kind, source, concept_id = [*mark.split(), "", ""][:3]
    return kind, source or "name:shape", concept_id


@pytest.fixture(scope="session")
def annotate() -> AnnotateByHand:
    """The function that annotates a paper by hand."""
    return annotate_by_hand


@pytest.fixture(scope="session")
def link_marked(vocabulary: Vocabulary) -> LinkMarked:
    """Annotate by hand and link with the invented vocabulary."""

    def run(abstract: str, marks: Marks, **rest: object) -> LinkedPaper:
        annotated = annotate_by_hand(abstract, marks, **rest)  # type: ignore[arg-type]
        return link_paper(annotated, vocabulary=vocabulary)

    return run
