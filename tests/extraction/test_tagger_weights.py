"""The weights of the tagger: the recorded file and no other."""

import hashlib
import io
import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from paperconcepts.errors import ModelError
from paperconcepts.extraction import sealed_arrays
from paperconcepts.extraction.tagger_weights import load_weights, read_weights
from paperconcepts.extraction.word_features import FLAG_ROWS, TABLE_ROWS
from paperconcepts.model import ConceptType, Role

DATA = files("paperconcepts") / "data"


def _card() -> dict[str, Any]:
    card: dict[str, Any] = json.loads((DATA / "concept_tagger.json").read_text("utf-8"))
    return card


def test_digest_is_checked() -> None:
    """A weights file that is not the recorded one is refused."""
    with pytest.raises(ModelError, match=f"records {_card()['sha256']}: the file is damaged or was exchanged"):
        read_weights(_card(), b"something else")


def test_card_without_a_digest() -> None:
    """A card that records nothing vouches for nothing."""
    with pytest.raises(ModelError, match="records None"):
        read_weights({}, b"")


def test_another_version() -> None:
    """Weights that lack an array are refused with its name, though they be the recorded ones."""
    stream = io.BytesIO()
    np.savez(stream, steps=np.zeros(2, dtype=np.float32))
    data = stream.getvalue()
    card = {"version": "0", "sha256": hashlib.sha256(data).hexdigest()}
    with pytest.raises(ModelError, match=r"of another version \('tags.*reinstall paperconcepts"):
        read_weights(card, data)


@pytest.mark.parametrize(("card", "arrays"), [(None, b""), ("{}", None), ("{", b""), ("\ufeff", b"")])
def test_unusable_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, card: str | None, arrays: bytes | None
) -> None:
    """A file that is missing or no JSON is an error with its folder and what to do."""
    folder = tmp_path / "data"
    folder.mkdir()
    if card is not None:
        (folder / "concept_tagger.json").write_text(card, encoding="utf-8")
    if arrays is not None:
        (folder / "concept_tagger.npz").write_bytes(arrays)
    monkeypatch.setattr(sealed_arrays, "files", lambda package: tmp_path)
    with pytest.raises(ModelError, match=r"cannot be read.*; reinstall paperconcepts") as caught:
        load_weights.__wrapped__()
    assert str(caught.value).startswith(f"{folder}: ")


def test_pickles_are_not_read() -> None:
    """An array that would run code when it is read is refused, though its digest be right."""
    stream = io.BytesIO()
    np.savez(stream, steps=np.array([{"a": 1}], dtype=object))
    data = stream.getvalue()
    with pytest.raises(ModelError, match="allow_pickle=False"):
        read_weights({"version": "0", "sha256": hashlib.sha256(data).hexdigest()}, data)


def test_shipped_weights_fit_together() -> None:
    """Tables, layers, tags and roles of the shipped tagger have the shapes that the code reads."""
    weights = load_weights()
    assert weights.version == _card()["version"]
    assert weights.tags == ("O", *(f"{place}-{label}" for label in ConceptType for place in "BILU"))
    assert weights.roles == ("none", *map(str, Role))
    assert [len(table) for table in weights.tables] == list(TABLE_ROWS.values())
    assert len(weights.pieces) == TABLE_ROWS["piece"]
    width = weights.mix.matrix.shape[1]
    assert weights.mix.matrix.shape[0] == sum(table.shape[1] for table in weights.tables)
    assert weights.flags.shape == (FLAG_ROWS, width)
    assert {layer.matrix.shape for layer in weights.convolutions} == {(3 * width, width)}
    assert len(weights.convolutions) == len(weights.gaps)
    assert weights.out.matrix.shape == (width, len(weights.tags) + len(weights.roles))
