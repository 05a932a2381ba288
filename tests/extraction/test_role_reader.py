"""The role reader: sealed weights for the tagger that ships, and roles that depend on the whole text."""

import hashlib
import json
from importlib.resources import files
from typing import Any

import numpy as np
import pytest

from paperconcepts.errors import ModelError
from paperconcepts.extraction import role_reader
from paperconcepts.extraction.concept_tagger import ConceptTagger
from paperconcepts.extraction.role_reader import RoleReader, load_reader_weights
from paperconcepts.extraction.tagger_weights import load_weights
from paperconcepts.model import Role

DATA = files("paperconcepts") / "data"
TAGGER = ConceptTagger()
SURVEY, PROPOSAL = "A Survey of Language Models", "MouseNet: Faster Language Models"
BODY = "Much was written before. " * 8 + "We compare language models on translation."


def _card(name: str) -> dict[str, Any]:
    card: dict[str, Any] = json.loads((DATA / f"{name}.json").read_text("utf-8"))
    return card


def test_it_was_trained_for_the_tagger_that_ships() -> None:
    """The states of another tagger would mean nothing to it."""
    assert load_reader_weights().tagger == _card("concept_tagger")["sha256"]


def test_sealed() -> None:
    """The file is the recorded one."""
    assert hashlib.sha256((DATA / "role_reader.npz").read_bytes()).hexdigest() == _card("role_reader")["sha256"]


def test_another_file_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Weights that are not the recorded ones are an error that names the file."""
    monkeypatch.setattr(role_reader, "read_sealed", lambda name: (_card(name), b"something else"))
    load_reader_weights.cache_clear()
    with pytest.raises(ModelError, match=r"role_reader\.npz has SHA-256"):
        load_reader_weights()
    load_reader_weights.cache_clear()


def test_shapes_fit_together() -> None:
    """Context, convolutions and roles have the shapes that the code reads, at the width of the tagger."""
    weights, width = load_reader_weights(), load_weights().flags.shape[1]
    assert weights.context.matrix.shape == (2 * width, width)
    assert {layer.matrix.shape for layer in weights.convolutions} == {(3 * width, width)}
    assert len(weights.convolutions) == len(weights.gaps)
    assert weights.out.matrix.shape == (width, 1 + len(Role))
    assert 0 < weights.after < len(load_weights().convolutions)


def _roles(title: str, title_end: int) -> np.ndarray:
    read = TAGGER.tag(f"{title}\n{BODY}", title_end).read_roles
    assert read is not None
    return read[-8:]


def test_words_are_told_of_their_whole_text() -> None:
    """Roles far behind a title depend on it, and on where it ends."""
    survey, proposal = _roles(SURVEY, len(SURVEY)), _roles(PROPOSAL, len(PROPOSAL))
    assert not np.array_equal(survey, proposal)
    assert not np.array_equal(survey, _roles(SURVEY, 0))
    # "compare language models": an object of study in a survey rather than in a proposal.
    words, studies = slice(2, 4), 1 + list(Role).index(Role.STUDIES)
    assert survey[words, studies].sum() > proposal[words, studies].sum()


def test_texts_without_words() -> None:
    """Nothing to read gives no rows; probabilities of one word sum to one."""
    reader = RoleReader()
    width = load_weights().flags.shape[1]
    read = reader.read(np.zeros((1, width), dtype=np.float32), 0)
    assert read.shape == (1, 1 + len(Role))
    assert np.isclose(read.sum(), 1.0)
    assert TAGGER.tag("", 0).read_roles is None
