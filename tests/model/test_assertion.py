"""Roles and predicates: names that code, ontology and files share."""

import dataclasses
import pickle

import pytest

from paperconcepts.model import Alias, LinkedPaper, Mention, Predicate, Role, Sentence


def test_roles_strongest_first() -> None:
    """Roles are ordered by strength and the rank says so."""
    names = ["introduces", "evaluates_on", "uses", "compares", "addresses", "measures", "studies", "mentions"]
    assert [str(role) for role in Role] == names
    assert [role.rank for role in Role] == list(range(8))


def test_predicates() -> None:
    """There are eight predicates, in this spelling."""
    assert [str(predicate) for predicate in Predicate] == [
        "is_a",
        "part_of",
        "extends",
        "used_for",
        "evaluated_on",
        "trained_on",
        "outperforms",
        "compared_with",
    ]


@pytest.mark.parametrize("kind", [Alias, LinkedPaper, Mention, Sentence])
def test_frozen_without_dict(kind: type) -> None:
    """Hot records cannot be changed and carry no dictionary."""
    assert dataclasses.is_dataclass(kind)
    assert kind.__dataclass_params__.frozen  # type: ignore[attr-defined]
    assert "__dict__" not in dir(kind)


def test_mentions_are_slices(tiny_corpus: tuple[LinkedPaper, ...]) -> None:
    """The hand-made corpus keeps the rule of all mentions: the text is the slice."""
    for item in tiny_corpus:
        for assertion in item.assertions:
            for mention in assertion.mentions:
                assert item.paper.text(mention.field)[mention.start : mention.end] == mention.text


def test_travels_between_processes(tiny_corpus: tuple[LinkedPaper, ...]) -> None:
    """A linked paper survives pickling, so that it can come back from another process."""
    assert pickle.loads(pickle.dumps(tiny_corpus)) == tiny_corpus  # noqa: S301
