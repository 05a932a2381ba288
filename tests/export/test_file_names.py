"""File names from titles."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperconcepts.export.file_names import file_name, unique_file_names

TITLES = st.text() | st.sampled_from(
    ["..", "CON", "con.txt", "COM1", "a/b", "a\\b", "x" * 300, "é" * 200, " .x. ", "\u202e", "~", "LoRA", "lora"]
)


@given(TITLES)
def test_a_name_is_one_harmless_part_of_a_path(title: str) -> None:
    """No separator, no hidden or reserved name, nothing that a link or a system takes for itself, and not too long."""
    name = file_name(title)
    assert 0 < len(name.encode("utf-8", "strict")) <= 121
    assert not set(name) & set('\\/:*?"<>|#^[]%`{}')
    assert name[0] not in ".- "
    assert name[-1] not in ". "
    assert not any(unicodedata.category(letter) in ("Cc", "Cs") for letter in name)
    assert name.split(".")[0].upper() not in {"CON", "PRN", "AUX", "NUL", "COM1", "LPT1"}
    assert file_name(name) == name or len(name.encode()) > 120


@pytest.mark.parametrize(
    ("title", "name"),
    [("con", "con_"), ("NUL", "NUL_"), ("nul.txt", "nul_.txt"), ("LPT9", "LPT9_"), ("COM¹", "COM¹_"),
     ("CON .0", "CON_ .0"), ("console", "console"), ("a.con", "a.con")],
)  # fmt: skip
def test_reserved_names_of_windows_are_changed(title: str, name: str) -> None:
    """Devices are no files, with or without a suffix."""
    assert file_name(title) == name


@given(st.lists(TITLES, max_size=12))
def test_names_are_unique_whatever_the_order(titles: list[str]) -> None:
    """No system takes two names for one, and a name depends on the set of titles only."""
    numbered = {str(number): title for number, title in enumerate(titles)}
    names = unique_file_names(numbered)
    assert len({unicodedata.normalize("NFKD", name).casefold() for name in names.values()}) == len(titles)
    assert unique_file_names(dict(reversed(numbered.items()))) == names


def test_a_title_that_looks_like_a_hashed_name_is_told_apart() -> None:
    """Even who knows the hash cannot take the name of another note."""
    names = unique_file_names({"a": "LoRA", "b": "LoRa", "c": "LoRA (ca234c55)"})
    assert len(set(names.values())) == 3
    assert unique_file_names({"a": "LoRA"}, taken=["lora"])["a"] != "LoRA"
