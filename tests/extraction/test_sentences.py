"""Sentence borders: everything but white space is inside exactly one sentence."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperconcepts.extraction.sentences import sentence_spans

PIECES = st.lists(
    st.sampled_from(
        [
            "We hop",
            ". ",
            "! ",
            "e.g. ",
            "et al. ",
            "A. ",
            "\n\n",
            "\n",
            "  ",
            "?) ",
            "“Yes.” ",
            "3.5",
            "…",
            "😀",
            "\u00a0",
        ]
    )
    | st.text(max_size=6),
    max_size=30,
).map("".join)


def _sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


@settings(deadline=None, max_examples=300)
@given(PIECES)
def test_cover(text: str) -> None:
    """Sentences are in order, within bounds, not empty, trimmed, apart, and leave out white space only."""
    position = 0
    for start, end in sentence_spans(text):
        assert position <= start < end <= len(text)
        assert not text[position:start].strip()
        assert text[start:end] == text[start:end].strip()
        position = end
    assert not text[position:].strip()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (" \n ", []),
        ("One sentence", ["One sentence"]),
        ("It hops. It digs! Does it swim? No.", ["It hops.", "It digs!", "Does it swim?", "No."]),
        ("We use hops, e.g. Big ones.", ["We use hops, e.g. Big ones."]),
        ("Lee et al. Found it. We agree.", ["Lee et al. Found it.", "We agree."]),
        ("By J. Doe. We hop.", ["By J. Doe.", "We hop."]),
        ("See Fig. 3 for it. Then hop.", ["See Fig. 3 for it.", "Then hop."]),
        ("It gains 3.5 points. Good.", ["It gains 3.5 points.", "Good."]),
        ("It said “hop.” Then it left.", ["It said “hop.”", "Then it left."]),
        ("First part\n\nsecond part", ["First part", "second part"]),
        ("one line\nand the next", ["one line\nand the next"]),
        ("end. lower case goes on.", ["end. lower case goes on."]),
        ("  Padded. Twice.  ", ["Padded.", "Twice."]),
        ("It works... Really.", ["It works...", "Really."]),
    ],
)
def test_borders(text: str, expected: list[str]) -> None:
    """Marks end a sentence before a capital or a digit; abbreviations, initials and decimals do not."""
    assert _sentences(text) == expected


def test_endless_sentence_is_cut() -> None:
    """What has no end for long is cut, at a space if there is one; nothing gets lost."""
    with_spaces, without = "hop " * 2_000, "h" * 5_000
    for text in (with_spaces, without):
        spans = sentence_spans(text)
        assert len(spans) > 1
        assert max(end - start for start, end in spans) <= 2_000
        assert sum(end - start for start, end in spans) >= len(text) - len(spans)
    assert {word for sentence in _sentences(with_spaces) for word in sentence.split()} == {"hop"}
    assert "".join(_sentences(without)) == without
