"""The catalogue that ships with paperconcepts keeps its own rules."""

import itertools
from collections import defaultdict
from pathlib import Path

import pytest

from paperconcepts.model import ConceptType
from paperconcepts.vocabulary import (
    CatalogueEntry,
    Vocabulary,
    load_catalogue,
    normalise_form,
    ontology_path,
    read_catalogue,
)

FILES = sorted(ontology_path("concepts").glob("*.tsv"))
GENERIC = frozenset(
    """
    algorithm analysis application approach architecture area aspect author baseline benchmark code
    component concept corpus data database dataset design domain effect evaluation example experiment feature field
    framework function goal idea inference information input issue key kind knowledge language layer learning length
    level library list measure mechanism method methodology metric model module name network number objective output
    paper parameter part performance phenomenon pipeline problem procedure process property quality question rate
    representation research result role sample scenario score set setting size solution source speed state step
    strategy structure study system task technique term test text theory tool training type value version word work
    """.split()
)
ARTEFACT = {ConceptType.METHOD, ConceptType.MODEL}


@pytest.fixture(scope="module")
def entries() -> list[CatalogueEntry]:
    return [entry for path in FILES for entry in read_catalogue(path)]


@pytest.fixture(scope="module")
def by_id(entries: list[CatalogueEntry]) -> dict[str, CatalogueEntry]:
    return {entry.concept.id: entry for entry in entries}


def test_large_enough(entries: list[CatalogueEntry]) -> None:
    """There are at least 1,500 concepts, of every type."""
    assert len(entries) >= 1500
    assert {entry.concept.type for entry in entries} == set(ConceptType)


def test_loads() -> None:
    """The shipped files make one vocabulary: every row is valid and every id unique."""
    vocabulary = load_catalogue()
    assert isinstance(vocabulary, Vocabulary)
    assert load_catalogue() is vocabulary
    assert len(vocabulary) == sum(len(read_catalogue(path)) for path in FILES)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_sorted(path: Path) -> None:
    """The rows of a file are sorted by id, so that a difference of two versions is short."""
    ids = [entry.concept.id for entry in read_catalogue(path)]
    assert [pair for pair in itertools.pairwise(ids) if pair[0] >= pair[1]] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_plain_text(path: Path) -> None:
    """A file is UTF-8 without a byte order mark, with LF line ends and one at the end."""
    data = path.read_bytes()
    assert not data.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in data
    assert data.endswith(b"\n")
    assert not data.endswith(b"\n\n")


def test_no_form_twice(entries: list[CatalogueEntry]) -> None:
    """No entry lists a form twice in the same spelling, or its label among the aliases."""
    assert [entry.concept.id for entry in entries if len(set(entry.forms)) < len(entry.forms)] == []


def test_a_form_means_one_concept(entries: list[CatalogueEntry]) -> None:
    """Concepts that share a form can be told apart: all but one of them have context words."""
    bearers: dict[str, dict[str, CatalogueEntry]] = defaultdict(dict)
    for entry in entries:
        for form in entry.forms:
            bearers[normalise_form(form)][entry.concept.id] = entry
    clashes = {
        form: sorted(found) for form, found in bearers.items() if sum(not entry.context for entry in found.values()) > 1
    }
    assert clashes == {}


def test_broader_exists(by_id: dict[str, CatalogueEntry]) -> None:
    """Every broader concept is in the catalogue and is not the concept itself."""
    missing = {
        (key, broader)
        for key, entry in by_id.items()
        for broader in entry.concept.broader
        if broader not in by_id or broader == key
    }
    assert missing == set()


def test_broader_has_a_fitting_type(by_id: dict[str, CatalogueEntry]) -> None:
    """Methods and models may stand below each other, other types only below their own."""
    wrong = {
        (key, broader)
        for key, entry in by_id.items()
        for broader in entry.concept.broader
        if broader in by_id
        and by_id[broader].concept.type != entry.concept.type
        and not {by_id[broader].concept.type, entry.concept.type} <= ARTEFACT
    }
    assert wrong == set()


def test_broader_is_acyclic(by_id: dict[str, CatalogueEntry]) -> None:
    """No concept is broader than itself, over any number of steps."""
    narrower = {key: {b for b in entry.concept.broader if b in by_id} for key, entry in by_id.items()}
    while leaves := {key for key, broader in narrower.items() if not broader}:
        narrower = {key: broader - leaves for key, broader in narrower.items() if key not in leaves}
    assert sorted(narrower) == []


def test_no_generic_forms(entries: list[CatalogueEntry]) -> None:
    """No form is a word that any paper uses of anything; inner capitals ("QuALITY") make it a name."""
    found = {
        (entry.concept.id, form)
        for entry in entries
        for form in entry.forms
        if normalise_form(form) in GENERIC and form[1:] == form[1:].lower()
    }
    assert found == set()


def test_forms_are_findable(entries: list[CatalogueEntry]) -> None:
    """Every form has a key and neither outer blanks nor doubled ones."""
    odd = {
        (entry.concept.id, form)
        for entry in entries
        for form in entry.forms
        if not normalise_form(form) or form != " ".join(form.split())
    }
    assert odd == set()


def test_context_is_lower_case(entries: list[CatalogueEntry]) -> None:
    """Context words are compared with lower-cased text, so they are lower-case themselves."""
    assert {(e.concept.id, word) for e in entries for word in e.context if word != word.lower()} == set()
