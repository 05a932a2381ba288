"""Words of a sentence by place, and their cue groups."""

from hypothesis import given
from hypothesis import strategies as st

from paperconcepts.linking.sentence_words import cue_groups, words_of
from paperconcepts.model import Sentence


def _whole(text: str) -> Sentence:
    return Sentence("abstract", 0, len(text))


@given(st.text(alphabet="ab CD-.,\n", max_size=60), st.integers(0, 60))
def test_words_by_place(text: str, place: int) -> None:
    """Words before a place end there at the latest, words behind it begin there at the earliest; none is in both."""
    words = words_of(text, _whole(text))
    before, after = words.before(place, 99), words.after(place, 99)
    assert before == words.words[: len(before)]
    assert after == words.words[len(words.words) - len(after) :]
    assert len(before) + len(after) <= len(words.words)
    assert [text[a:b].lower() for a, b in zip(words.starts, words.ends, strict=True)] == list(words.words)


def test_white_space_makes_no_difference() -> None:
    """Line breaks and justified text give the same words."""
    text = "We  train\n   BERT on\tdata."
    assert words_of(text, _whole(text)).words == ("we", "train", "bert", "on", "data")


def test_words_between() -> None:
    """Only words that lie wholly between two places count."""
    text = "BERT is trained on data"
    assert words_of(text, _whole(text)).between(4, 18) == ("is", "trained", "on")
    assert words_of(text, _whole(text)).between(4, 17) == ("is", "trained")


def test_groups_are_of_beginnings_or_whole_words() -> None:
    """A stem stands for all that begins with it, a whole word for itself alone."""
    assert cue_groups("evaluated") == ("eval",)
    assert cue_groups("on") == ("on",)
    assert cue_groups("once") == ()


def test_an_endless_sentence_is_read_in_part() -> None:
    """Of a sentence without end only the first words are read."""
    text = "word " * 5000
    assert len(words_of(text, _whole(text)).words) < 1000
