"""The catalogue that ships with paperconcepts keeps its own rules."""

import time
from collections import Counter
from pathlib import Path

import pytest

from paperconcepts.extraction import catalogue_matcher
from paperconcepts.model import ConceptType
from paperconcepts.vocabulary import Vocabulary, load_catalogue, ontology_path, read_catalogue
from paperconcepts.vocabulary.validation import CatalogueReport, Severity, case_counts, validate_catalogue

FILES = sorted(ontology_path("concepts").glob("*.tsv"))
# What a reviewer has looked at and left: acronyms of three letters, everyday words, spellings that are found anyway.
ALLOWED = {"short-form", "common-word", "needless-alias"}


@pytest.fixture(scope="module")
def report() -> CatalogueReport:
    return validate_catalogue()


def test_large_enough() -> None:
    """There are at least 1,500 concepts, of every type."""
    vocabulary = load_catalogue()
    assert len(vocabulary) >= 1500
    assert {entry.concept.type for entry in vocabulary} == set(ConceptType)


def test_loads() -> None:
    """The shipped files make one vocabulary: every row is valid and every id unique."""
    vocabulary = load_catalogue()
    assert isinstance(vocabulary, Vocabulary)
    assert load_catalogue() is vocabulary
    assert len(vocabulary) == sum(len(read_catalogue(path)) for path in FILES)


def test_no_errors(report: CatalogueReport) -> None:
    """No check of the library finds an error, over all the files together."""
    assert [finding for finding in report.findings if finding.severity is Severity.ERROR] == []
    assert report.concepts == len(load_catalogue())
    assert report.files == tuple(path.name for path in FILES)


def test_no_other_warnings(report: CatalogueReport) -> None:
    """Rows are sorted, have no stray spaces, and stand below concepts of a type that can hold them."""
    assert Counter(finding.rule for finding in report.findings if finding.rule not in ALLOWED) == {}


def test_is_checked_in_a_moment() -> None:
    """All checks of all shipped files take less than three seconds."""
    began = time.process_time()
    validate_catalogue()
    assert time.process_time() - began < 3


def test_case_is_read_as_the_matcher_reads_it() -> None:
    """The checks and the matcher agree on which forms are found only as they are written."""
    forms = [form for entry in load_catalogue() for form in entry.forms]
    assert [form for form in forms if case_counts(form) != catalogue_matcher._case_counts(form)] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_plain_text(path: Path) -> None:
    """A file is UTF-8 without a byte order mark, with LF line ends and one at the end."""
    data = path.read_bytes()
    assert not data.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in data
    assert data.endswith(b"\n")
    assert not data.endswith(b"\n\n")
