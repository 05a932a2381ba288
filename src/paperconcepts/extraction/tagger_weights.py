"""The weights of the concept tagger."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from paperconcepts.extraction.sealed_arrays import Arrays, layer_of, read_sealed, unsealed
from paperconcepts.extraction.whole_numbers import Floats, Layer
from paperconcepts.extraction.word_features import TABLE_ROWS

__all__ = ["TaggerWeights", "load_weights", "read_weights"]


@dataclass(frozen=True, slots=True)
class TaggerWeights:
    """A trained tagger."""

    version: str
    tags: tuple[str, ...]
    roles: tuple[str, ...]
    pieces: dict[str, int]
    tables: tuple[NDArray[np.int8], ...]
    table_scales: tuple[float, ...]
    mix: Layer
    flags: Floats
    gaps: tuple[int, ...]
    convolutions: tuple[Layer, ...]
    out: Layer


@cache
def load_weights() -> TaggerWeights:
    """Return the tagger that ships with paperconcepts; read once a process.

    Raises:
        ModelError: a file is missing or damaged, or is not the one that was recorded.
    """
    return read_weights(*read_sealed("concept_tagger"))


def read_weights(card: Mapping[str, object], data: bytes) -> TaggerWeights:
    """Return the weights in ``data`` (an ``.npz`` file), described by ``card``.

    Raises:
        ModelError: ``data`` is not the file whose SHA-256 the card records, or lacks something.
    """
    return unsealed(card, data, "concept_tagger", _weights)


def _weights(version: str, arrays: Arrays) -> TaggerWeights:
    steps = arrays["steps"]
    return TaggerWeights(
        version=version,
        tags=_lines(arrays["tags"]),
        roles=_lines(arrays["roles"]),
        pieces={word: number for number, word in enumerate(_lines(arrays["pieces"]))},
        tables=tuple(arrays[f"table_{number}"] for number in range(len(TABLE_ROWS))),
        table_scales=tuple(float(scale) for scale in arrays["table_scales"]),
        mix=layer_of(arrays, "mix", steps[0]),
        flags=arrays["flags"],
        gaps=tuple(int(gap) for gap in arrays["gaps"]),
        convolutions=tuple(layer_of(arrays, "convolution", step, number) for number, step in enumerate(steps[1:-1])),
        out=layer_of(arrays, "out", steps[-1]),
    )


def _lines(characters: NDArray[np.uint8]) -> tuple[str, ...]:
    return tuple(characters.tobytes().decode("utf-8").split("\n"))
