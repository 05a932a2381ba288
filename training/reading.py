"""The role reader, fitted to the gold and the labelled papers, and what readers say of papers they have not seen."""

import json
from collections.abc import Collection, Sequence
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray
from reader import AFTER, Read, ReaderSettings, fit_reader, read_roles, states_of, write_reader
from stages import Run, log

from paperconcepts.extraction.role_reader import RoleReader
from paperconcepts.extraction.tagger_weights import TaggerWeights, read_weights

__all__ = ["Roles", "TellingReader", "readings", "tagger_weights"]

VERSION_OF_READER = "2"
Roles = NDArray[np.floating[Any]]


def tagger_weights(run: Run) -> TaggerWeights:
    """The weights of the tagger that ships."""
    return read_weights(_card_of_tagger(run), (run.out / "concept_tagger.npz").read_bytes())


def _card_of_tagger(run: Run) -> dict[str, Any]:
    card: dict[str, Any] = json.loads((run.out / "concept_tagger.json").read_text("utf-8"))
    return card


def readings(run: Run, settings: ReaderSettings | None = None) -> list[Roles]:
    """Fit the role reader and write it; what readers say of each paper of the gold and each labelled one, unseen."""
    settings = settings or ReaderSettings()
    weights = tagger_weights(run)
    texts = states_of(weights, [*run.own, *run.labelled])
    roles: list[Roles] = [np.zeros((0, 0), dtype=np.float32)] * len(texts)
    for number, part in enumerate(run.all_parts):
        found = run.rows(f"reader{number}", partial(_unseeing_roles, run, texts, set(part), weights, settings, number))
        log(f"reader {number}: held out", f"roles of words {_right_words([texts[n] for n in part], found):.3f}")
        for place, rows in zip(part, found, strict=True):
            roles[place] = rows
    model = fit_reader(_gold_twice(run, texts), weights, settings, "reader")
    about = {
        "gold": len(run.own),
        "labelled": len(run.labelled),
        "settings": {name: getattr(settings, name) for name in settings.__slots__},
    }
    tagger = str(_card_of_tagger(run)["sha256"])
    write_reader(model, texts[::10], run.out / "role_reader.npz", VERSION_OF_READER, tagger, about)
    return roles


def _gold_twice(run: Run, texts: Sequence[Read], held: Collection[int] = ()) -> list[Read]:
    """The texts that are not held out, those of the gold two times."""
    seen = [number for number in range(len(texts)) if number not in held]
    return [texts[number] for number in seen if number < len(run.own)] + [texts[number] for number in seen]


def _unseeing_roles(
    run: Run,
    texts: Sequence[Read],
    held: set[int],
    weights: TaggerWeights,
    settings: ReaderSettings,
    number: int,
) -> list[Roles]:
    """What a reader says of the texts that it has not seen."""
    model = fit_reader(_gold_twice(run, texts, held), weights, settings, f"reader {number}")
    return read_roles(model, [texts[place] for place in sorted(held)])


def _right_words(texts: Sequence[Read], found: Sequence[Roles]) -> float:
    """The share of the words of concepts that get the role of the label."""
    right = total = 0
    for text, rows in zip(texts, found, strict=True):
        assert text.example.roles is not None
        inside = text.example.roles > 0
        right += int((rows[inside][:, 1:].argmax(axis=1) + 1 == text.example.roles[inside]).sum())
        total += int(inside.sum())
    return right / total


class TellingReader(RoleReader):
    """Takes the place of a reader in the tagger, and says what it was told of the text."""

    def __init__(self) -> None:
        self.roles = np.zeros((0, 0))

    @property
    def after(self) -> int:
        """Where the branch goes off."""
        return AFTER

    def read(self, states: NDArray[np.float32], title_words: int) -> NDArray[np.float64]:
        """What it was told."""
        return self.roles
