"""Names: any spelling of any name leads to its node, a wrong one to near names."""

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperconcepts.errors import UnknownNameError
from paperconcepts.graph import NameIndex

INDEX = NameIndex(
    "concept",
    [
        ("pouch-tuning", ["Pouch Tuning", "PouT"], 3),
        ("model-tuning", ["model tuning"], 1),
        ("quokkabench", ["QuokkaBench", "Quokka Bench"], 4),
        ("kiwi-dataset", ["Kiwi"], 1),
        ("kiwi-model", ["Kiwi", "KiwiLM"], 2),
        ("x", ["模型", ""], 1),
    ],
)


@pytest.mark.parametrize(
    ("name", "node"),
    [
        ("Pouch Tuning", "pouch-tuning"),
        ("pouch-tuning", "pouch-tuning"),
        ("POUCH  tunings", "pouch-tuning"),
        ("pout", "pouch-tuning"),
        ("quokka-bench", "quokkabench"),
        ("模型", "x"),
    ],
)
def test_resolve(name: str, node: str) -> None:
    """Id, label and alias are found in any spelling."""
    assert INDEX.resolve(name) == node


def test_heavier_of_two() -> None:
    """Of two nodes with one name the heavier is found; each is found by its id."""
    assert INDEX.resolve("kiwi") == "kiwi-model"
    assert INDEX.resolve("kiwi-dataset") == "kiwi-dataset"


def test_tie_by_id() -> None:
    """Of two nodes of one name and weight the smaller id is found, whatever their order."""
    nodes = [("b", ["emu"], 1), ("a", ["emu"], 1)]
    assert NameIndex("concept", nodes).resolve("emu") == NameIndex("concept", nodes[::-1]).resolve("emu") == "a"


@pytest.mark.parametrize(
    ("name", "suggestions"),
    [
        ("pouch tunning", ("Pouch Tuning", "model tuning")),
        ("quokabench", ("QuokkaBench",)),
        ("tuning", ("Pouch Tuning", "model tuning")),
        ("kiwilmn", ("KiwiLM",)),
        ("zzz", ()),
        ("", ()),
        ("-", ()),
    ],
)
def test_did_you_mean(name: str, suggestions: tuple[str, ...]) -> None:
    """An unknown name suggests near names as they are written: misspelt ones and longer ones."""
    with pytest.raises(UnknownNameError) as caught:
        INDEX.resolve(name)
    assert set(caught.value.suggestions) == set(suggestions)
    assert caught.value.name == name


def test_kind_in_the_message() -> None:
    """The message says what kind of thing was sought."""
    with pytest.raises(UnknownNameError, match="No paper 'zzz' in this graph"):
        NameIndex("paper", []).resolve("zzz")


def test_limit() -> None:
    """At most so many names are suggested, one a node."""
    index = NameIndex("concept", [(f"emu-{n}", [f"emu {n}", f"emus {n}"], 1) for n in range(9)])
    assert len(index.suggest("emu")) == 5
    assert len(index.suggest("emu", limit=2)) == 2
    assert len(NameIndex("concept", [("a", ["emu one", "emu two"], 1)]).suggest("emu")) == 1


@settings(deadline=None, max_examples=100)
@given(st.text())
def test_any_text(name: str) -> None:
    """Any text is found or refused with the one error; nothing else happens."""
    with contextlib.suppress(UnknownNameError):
        assert INDEX.resolve(name)
    assert len(INDEX.suggest(name)) <= 5
