"""Read the trained models of linking from the package."""

import json
from collections.abc import Callable, Mapping, Sequence
from importlib.resources import files
from typing import Any, Protocol, TypeVar

from paperconcepts.errors import ModelError

__all__ = ["Classifier", "load_model"]


class Classifier(Protocol):
    """A model that tells classes apart."""

    @property
    def classes(self) -> tuple[str, ...]:
        """What it tells apart, in the order of its probabilities."""


_Model = TypeVar("_Model", bound=Classifier)


def load_model(name: str, classes: Sequence[str], make: Callable[[Mapping[str, Any]], _Model]) -> _Model:
    """Return a model that ships with paperconcepts, to tell these classes apart; ``make`` reads its content.

    Raises:
        ModelError: its file is missing, damaged or made for other classes.
    """
    path = files("paperconcepts") / "data" / f"{name}.json"
    try:
        model = make(json.loads(path.read_text("utf-8")))
    except (OSError, KeyError, TypeError, ValueError) as error:
        reason = f"{type(error).__name__}: {error}"
        raise ModelError(f"{path}: the model {name} cannot be read ({reason}); reinstall paperconcepts") from error
    if model.classes != tuple(classes):
        raise ModelError(
            f"{path}: the model {name} tells {', '.join(model.classes)} apart, not {', '.join(classes)};"
            " reinstall paperconcepts"
        )
    return model
