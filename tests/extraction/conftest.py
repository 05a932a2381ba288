"""A tiny invented catalogue and small ways to run one component on one text."""

from collections.abc import Callable

import pytest
import spacy

from paperconcepts.extraction import extract_paper
from paperconcepts.extraction.catalogue_matcher import SPAN_GROUP, CatalogueMatcher
from paperconcepts.extraction.tokenizer import WordTokenizer
from paperconcepts.model import AnnotatedPaper, Concept, ConceptType, Paper
from paperconcepts.vocabulary import CatalogueEntry, Vocabulary

Matcher = Callable[[str], list[tuple[str, str]]]
Annotator = Callable[..., AnnotatedPaper]


def _entry(
    concept_id: str, label: str, kind: ConceptType, *aliases: str, case: str = "", context: tuple[str, ...] = ()
) -> CatalogueEntry:
    return CatalogueEntry(Concept(id=concept_id, label=label, type=kind, catalogued=True), aliases, case, context)


_CATALOGUE = Vocabulary(
    (
        _entry("burrow-of-thought", "burrow-of-thought", ConceptType.METHOD, "BoT"),
        _entry("burrow-of-thought-prompting", "burrow-of-thought prompting", ConceptType.METHOD),
        _entry("hop-optimization", "hop optimization", ConceptType.METHOD),
        _entry("wombat-model", "wombat language model", ConceptType.MODEL, "WLM"),
        _entry("mamba-radio", "Bilby", ConceptType.TASK, context=("antenna",)),
        _entry("mamba-model", "Bilby", ConceptType.MODEL, context=("sequence",)),
        _entry("numbat-bench", "NumbatBench", ConceptType.DATASET, "Numbat Bench"),
        _entry("quoll", "Quoll", ConceptType.MODEL, case="exact"),
        _entry("pouch-a", "pouch rate", ConceptType.METRIC),
        _entry("pouch-b", "pouch rate", ConceptType.METRIC),
        _entry("policy", "marsupial policy", ConceptType.METHOD),
    )
)


@pytest.fixture(scope="session")
def find_known() -> Matcher:
    """The (surface, concept id) pairs that the invented catalogue finds in a text."""
    vocab = spacy.blank("en").vocab
    tokenize, match = WordTokenizer(vocab), CatalogueMatcher(_CATALOGUE)

    def find(text: str) -> list[tuple[str, str]]:
        doc = match(tokenize(text))
        return [(span.text, span.id_) for span in doc.spans[SPAN_GROUP]]

    return find


@pytest.fixture(scope="session")
def annotate() -> Annotator:
    """Extract a title and an abstract, by the rules alone unless a profile is named."""

    def run(abstract: str = "", *, title: str = "", profile: str = "fast") -> AnnotatedPaper:
        return extract_paper(Paper(id="test:1", title=title, abstract=abstract), profile=profile)

    return run
