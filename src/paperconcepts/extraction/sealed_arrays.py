"""The arrays of a network that ships with paperconcepts: read without pickle, checked against a recorded digest."""

import hashlib
import io
import json
from collections.abc import Callable, Mapping
from importlib.resources import files
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from paperconcepts.errors import ModelError
from paperconcepts.extraction.whole_numbers import Layer

__all__ = ["Arrays", "layer_of", "read_sealed", "unsealed"]

Arrays = Mapping[str, NDArray[Any]]
_Model = TypeVar("_Model")


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


def unsealed(card: Mapping[str, object], data: bytes, name: str, make: Callable[[str, Arrays], _Model]) -> _Model:
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


def layer_of(arrays: Arrays, name: str, step: np.float32, number: int | None = None) -> Layer:
    """The layer of this name in the arrays of a model, the one of this number if there are several."""
    end = "" if number is None else f"_{number}"
    matrix = arrays[f"{name}{end}"].astype(np.float32)
    return Layer(matrix, arrays[f"{name}_scale{end}"], arrays[f"{name}_bias{end}"], step)
