"""Domains and ranges of the predicates."""

import pytest

from paperconcepts.model import ConceptType, Predicate, allows


@pytest.mark.parametrize("predicate", list(Predicate))
def test_every_predicate_allows_something_and_most_not_all(predicate: Predicate) -> None:
    """Each predicate relates some kinds; only a part may be of any kind."""
    found = {(a, b) for a in ConceptType for b in ConceptType if allows(predicate, a, b)}
    assert found
    assert (len(found) == 25) == (predicate is Predicate.PART_OF)


def test_kinds_never_cross_between_data_tasks_and_measures() -> None:
    """A dataset is no kind of a task, a metric no kind of a model."""
    for a in ConceptType:
        for b in ConceptType:
            crossing = a is not b and not {a, b} <= {ConceptType.METHOD, ConceptType.MODEL}
            assert allows(Predicate.IS_A, a, b) != crossing
