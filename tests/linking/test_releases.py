"""Releases of what a paper introduces."""

import pytest

from paperconcepts.linking.releases import families_of_releases
from paperconcepts.linking.roles import SentenceIndex, weigh_roles
from paperconcepts.model import Concept, ConceptType, Mention, Paper, Role, Sentence
from paperconcepts.vocabulary import slug


def _concept(name: str, *, catalogued: bool = False) -> Concept:
    return Concept(id=slug(name), label=name, type=ConceptType.MODEL, catalogued=catalogued)


@pytest.mark.parametrize("name", ["PebbleLM-3B", "PebbleLM2", "PebbleLM+", "PebbleLM_base", "PebbleLM-Instruct"])
def test_release(name: str) -> None:
    """A number, a plus or what follows a hyphen makes a release."""
    concepts = {item: _concept(item) for item in ("PebbleLM", name)}
    assert families_of_releases(concepts, {"PebbleLM": Role.INTRODUCES, name: Role.USES}) == {name: "PebbleLM"}


@pytest.mark.parametrize("name", ["PebbleLM-based", "PebbleLMs model", "PebbleLMX", "Pebble", "GPT-4"])
def test_no_release(name: str) -> None:
    """Another word, a longer word or an adjective is none."""
    concepts = {item: _concept(item) for item in ("PebbleLM", name)}
    assert families_of_releases(concepts, {"PebbleLM": Role.INTRODUCES, name: Role.USES}) == {}


def test_only_of_what_is_introduced_and_new() -> None:
    """What others made keeps its role, and so does what the catalogue knows."""
    concepts = {item: _concept(item) for item in ("PebbleLM", "PebbleLM-3B")}
    assert families_of_releases(concepts, {"PebbleLM": Role.USES, "PebbleLM-3B": Role.COMPARES}) == {}
    roles = {"PebbleLM": Role.INTRODUCES, "PebbleLM-3B": Role.USES}
    assert families_of_releases({**concepts, "PebbleLM-3B": _concept("PebbleLM-3B", catalogued=True)}, roles) == {}


def test_longest_family() -> None:
    """Of several families the nearest one counts."""
    roles = {"PebbleLM": Role.INTRODUCES, "PebbleLM-3": Role.INTRODUCES, "PebbleLM-3-chat": Role.USES}
    assert families_of_releases({n: _concept(n) for n in roles}, roles) == {"PebbleLM-3-chat": "PebbleLM-3"}


def test_role_of_the_family() -> None:
    """The release is introduced with the family, and its evidence is its own sentence."""
    text = "We introduce PebbleLM. Scores of PebbleLM-3B are given."
    paper = Paper(id="x:1", abstract=text)
    scores = {"PebbleLM": (0.9, *[0.1 / 7] * 7), "PebbleLM-3B": (0.1, 0.1, 0.5, *[0.3 / 5] * 5)}
    mentions = {
        name: [
            Mention("abstract", start, start + len(name), name, ConceptType.MODEL, "tagger", 0.9, None, scores[name])
        ]
        for name, start in (("PebbleLM", 13), ("PebbleLM-3B", 33))
    }
    index = SentenceIndex(paper, (Sentence("abstract", 0, 22), Sentence("abstract", 23, len(text))))
    weighed = weigh_roles({name: _concept(name) for name in mentions}, mentions, index)
    found, _ = weighed["PebbleLM-3B"]
    assert found.role is Role.INTRODUCES
    assert {(item.start, item.end) for item in found.evidence} == {(23, len(text))}
