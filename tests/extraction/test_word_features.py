"""What the tagger sees of a word."""

from hypothesis import given
from hypothesis import strategies as st

from paperconcepts.extraction.word_features import FLAG_ROWS, TABLE_ROWS, place_flags, word_rows, word_spans

PIECES = {"[UNK]": 0, "lo": 1, "##ra": 2, "l": 3, "##o": 4}


def test_longest_piece_first() -> None:
    """A word is cut greedily into the longest pieces."""
    assert word_rows("LoRA", PIECES)[0] == [1, 2]


def test_word_that_cannot_be_cut() -> None:
    """A word with a part that no piece covers is the unknown piece, whole."""
    assert word_rows("lox", PIECES)[0] == [0]


def test_long_words_are_not_cut() -> None:
    """A run of letters of absurd length is unknown at once, not cut letter by letter."""
    assert word_rows("lo" * 500_000, PIECES)[0] == [0]


@given(st.text())
def test_rows_are_inside_their_tables(word: str) -> None:
    """Every row of every word exists in its table, whatever the characters."""
    for rows, size in zip(word_rows(word, PIECES)[1:], list(TABLE_ROWS.values())[1:], strict=True):
        assert rows
        assert all(0 <= row < size for row in rows)


@given(st.text(max_size=60), st.integers(0, 60))
def test_flags_are_rows_of_one_table(text: str, title_end: int) -> None:
    """Each word has three flags, all rows of the table of flags, in three ranges that do not meet."""
    spans = word_spans(text)
    flags = place_flags(text, spans, title_end)
    assert len(flags) == len(spans)
    assert all(a < 2 <= b < 6 <= c < FLAG_ROWS for a, b, c in flags)


@given(st.text(max_size=60))
def test_words_are_the_text_without_white_space(text: str) -> None:
    """Words and marks, joined, are the text without its white space."""
    assert "".join(text[a:b] for a, b in word_spans(text)) == "".join(text.split())
