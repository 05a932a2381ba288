"""The weights of the concept tagger: read without pickle, checked against a recorded digest."""

import hashlib
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from paperconcepts.errors import ModelError
from paperconcepts.extraction.word_features import TABLE_ROWS

__all__ = ["TaggerWeights", "load_weights", "read_weights"]

_CARD = "concept_tagger.json"
_ARRAYS = "concept_tagger.npz"
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class TaggerWeights:
    """A trained tagger: matrices of whole numbers of at most 127, as float32, and scales for their products."""

    version: str
    tags: tuple[str, ...]
    roles: tuple[str, ...]
    pieces: dict[str, int]
    tables: tuple[NDArray[np.int8], ...]
    table_scales: tuple[float, ...]
    mix: Floats
    mix_scale: Floats
    mix_bias: Floats
    mix_step: np.float32
    flags: Floats
    gaps: tuple[int, ...]
    convolutions: tuple[Floats, ...]
    convolution_scales: tuple[Floats, ...]
    convolution_biases: tuple[Floats, ...]
    steps: tuple[np.float32, ...]
    out: Floats
    out_scale: Floats
    out_bias: Floats
    out_step: np.float32


@cache
def load_weights() -> TaggerWeights:
    """Return the tagger that ships with paperconcepts; read once a process.

    Raises:
        ModelError: a file is missing or damaged, or is not the one that was recorded.
    """
    folder = files("paperconcepts") / "data"
    try:
        card = json.loads((folder / _CARD).read_text("utf-8"))
        data = (folder / _ARRAYS).read_bytes()
    except (OSError, ValueError) as error:
        raise ModelError(f"{folder}: the concept tagger cannot be read ({error}); reinstall paperconcepts") from error
    return read_weights(card, data)


def read_weights(card: Mapping[str, object], data: bytes) -> TaggerWeights:
    """Return the weights in ``data`` (an ``.npz`` file), described by ``card``.

    Raises:
        ModelError: ``data`` is not the file whose SHA-256 the card records, or lacks something.
    """
    digest = hashlib.sha256(data).hexdigest()
    recorded = card.get("sha256")
    if digest != recorded:
        raise ModelError(
            f"{_ARRAYS} has SHA-256 {digest}, its card records {recorded}: the file is damaged or was exchanged;"
            " reinstall paperconcepts"
        )
    try:
        with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
            return _weights(str(card["version"]), arrays)
    except (KeyError, ValueError) as error:
        raise ModelError(f"{_ARRAYS} or its card is of another version ({error}); reinstall paperconcepts") from error


def _weights(version: str, arrays: Mapping[str, NDArray[Any]]) -> TaggerWeights:
    steps = arrays["steps"]
    layers = range(len(arrays["gaps"]))
    return TaggerWeights(
        version=version,
        tags=_lines(arrays["tags"]),
        roles=_lines(arrays["roles"]),
        pieces={word: number for number, word in enumerate(_lines(arrays["pieces"]))},
        tables=tuple(arrays[f"table_{number}"] for number in range(len(TABLE_ROWS))),
        table_scales=tuple(float(scale) for scale in arrays["table_scales"]),
        mix=arrays["mix"].astype(np.float32),
        mix_scale=arrays["mix_scale"],
        mix_bias=arrays["mix_bias"],
        mix_step=steps[0],
        flags=arrays["flags"],
        gaps=tuple(int(gap) for gap in arrays["gaps"]),
        convolutions=tuple(arrays[f"convolution_{layer}"].astype(np.float32) for layer in layers),
        convolution_scales=tuple(arrays[f"convolution_scale_{layer}"] for layer in layers),
        convolution_biases=tuple(arrays[f"convolution_bias_{layer}"] for layer in layers),
        steps=tuple(steps[1:-1]),
        out=arrays["out"].astype(np.float32),
        out_scale=arrays["out_scale"],
        out_bias=arrays["out_bias"],
        out_step=steps[-1],
    )


def _lines(characters: NDArray[np.uint8]) -> tuple[str, ...]:
    return tuple(characters.tobytes().decode("utf-8").split("\n"))
