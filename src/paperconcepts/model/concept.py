"""A concept: the thing that papers share."""

from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field

__all__ = ["Concept", "ConceptType"]


class ConceptType(StrEnum):
    """What kind of thing a concept is."""

    METHOD = "Method"
    MODEL = "Model"
    DATASET = "Dataset"
    TASK = "Task"
    METRIC = "Metric"


class Concept(BaseModel):
    """A method, model, dataset, task or metric.

    ``id`` is a stable slug without the type (``low-rank-adaptation``), so that a retyped concept keeps it.
    ``broader`` holds ids of catalogue concepts. ``catalogued`` is False for concepts made from a text.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    label: str = Field(min_length=1)
    type: ConceptType
    broader: tuple[str, ...] = ()
    definition: str | None = None
    catalogued: bool = False
