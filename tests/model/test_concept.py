"""Concepts: a slug as id, one of five types."""

import pytest
from pydantic import ValidationError

from paperconcepts.model import Concept, ConceptType


@pytest.mark.parametrize("concept_id", ["lora", "gpt-4", "3d", "a-b-c"])
def test_ids(concept_id: str) -> None:
    """An id is lower-case letters and digits with single hyphens between."""
    assert Concept(id=concept_id, label="x", type=ConceptType.METHOD).id == concept_id


@pytest.mark.parametrize("concept_id", ["", "LoRA", "a b", "-a", "a-", "a--b", "a:b", "é", "a\n", "٣"])
def test_wrong_ids(concept_id: str) -> None:
    """Anything else is refused; a colon would make it look like a paper."""
    with pytest.raises(ValidationError):
        Concept(id=concept_id, label="x", type=ConceptType.METHOD)


def test_needs_a_label() -> None:
    """An empty label is refused."""
    with pytest.raises(ValidationError):
        Concept(id="x", label="", type=ConceptType.METHOD)


def test_types() -> None:
    """There are five types, in this spelling."""
    assert [str(kind) for kind in ConceptType] == ["Method", "Model", "Dataset", "Task", "Metric"]
    with pytest.raises(ValidationError):
        Concept.model_validate({"id": "x", "label": "x", "type": "method"})


def test_hashable_and_equal_by_value() -> None:
    """Two concepts with the same values are one key."""
    one, other = (Concept(id="x", label="X", type=ConceptType.TASK, broader=("y",)) for _ in range(2))
    assert len({one, other}) == 1
