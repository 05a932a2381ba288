"""The weights of the concept tagger: read without pickle, checked against a recorded digest."""

import hashlib
import io
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from paperconcepts.errors import ModelError
from paperconcepts.extraction.whole_numbers import Floats, Layer
from paperconcepts.extraction.word_features import TABLE_ROWS

__all__ = ["TaggerWeights", "layer_of", "load_weights", "read_sealed", "read_weights", "unsealed"]


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


def read_sealed(name: str) -> tuple[Mapping[str, object], bytes]:
    """Return a model's card and its arrays, files that ship with paperconcepts.

    Raises:
        ModelError: a file is missing, or the card cannot be read.
    """
    folder = files("paperconcepts") / "data"
    try:
        return json.loads((folder / f"{name}.json").read_text("utf-8")), (folder / f"{name}.npz").read_bytes()
    except (OSError, ValueError) as error:
        what = name.replace("_", " ")
        raise ModelError(f"{folder}: the {what} cannot be read ({error}); reinstall paperconcepts") from error


def read_weights(card: Mapping[str, object], data: bytes) -> TaggerWeights:
    """Return the weights in ``data`` (an ``.npz`` file), described by ``card``.

    Raises:
        ModelError: ``data`` is not the file whose SHA-256 the card records, or lacks something.
    """
    return unsealed(card, data, "concept_tagger", _weights)


_Arrays = Mapping[str, NDArray[Any]]
_Model = TypeVar("_Model")


def unsealed(card: Mapping[str, object], data: bytes, name: str, make: Callable[[str, _Arrays], _Model]) -> _Model:
    """Make a model of its version and arrays, without pickle.

    Raises:
        ModelError: ``data`` is not the file whose SHA-256 the card records, or lacks something.
    """
    digest = hashlib.sha256(data).hexdigest()
    recorded = card.get("sha256")
    if digest != recorded:
        raise ModelError(
            f"{name}.npz has SHA-256 {digest}, its card records {recorded}: the file is damaged or was exchanged;"
            " reinstall paperconcepts"
        )
    try:
        with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
            return make(str(card["version"]), arrays)
    except (KeyError, ValueError) as error:
        raise ModelError(f"{name}.npz or its card is of another version ({error}); reinstall paperconcepts") from error


def layer_of(arrays: _Arrays, name: str, step: np.float32, number: int | None = None) -> Layer:
    """The layer of this name in the arrays of a model, the one of this number if there are several."""
    end = "" if number is None else f"_{number}"
    matrix = arrays[f"{name}{end}"].astype(np.float32)
    return Layer(matrix, arrays[f"{name}_scale{end}"], arrays[f"{name}_bias{end}"], step)


def _weights(version: str, arrays: _Arrays) -> TaggerWeights:
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
