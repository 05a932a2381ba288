"""Near names: one letter, a space or a general head noun apart, and no other number."""

import pytest

from paperconcepts.linking.nearness import NearForms, without_head
from paperconcepts.vocabulary import Vocabulary


@pytest.fixture(scope="module")
def near(vocabulary: Vocabulary) -> NearForms:
    return NearForms(vocabulary)


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("QuollNet", ["quollnet"]),
        ("Quoll Net", ["quollnet"]),
        ("QuolNet", ["quollnet"]),
        ("QuollNets", ["quollnet"]),
        ("QuokkNet", []),
        ("QoullNet", ["quollnet"]),
        ("QuellNet", ["quollnet"]),
        ("QuollNet framework", ["quollnet"]),
        ("QuollNet2", []),
        ("wombat optimisation", ["wombat-optimization"]),
        ("WHQ", []),
        ("", []),
        ("model", []),
    ],
)
def test_near(near: NearForms, name: str, found: list[str]) -> None:
    """Spaces, head nouns and one slip make a name near; another number, short names and more slips do not."""
    assert near.of(name) == found


def test_head_nouns() -> None:
    """A general head noun is cut off only where something is left."""
    assert without_head("Hop Benchmarks") == "hop"
    assert without_head("benchmark") == "benchmark"
    assert without_head("hop parsing") == "hop parsing"
