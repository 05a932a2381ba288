"""The tokenizer loses nothing, cuts at word borders, and takes time linear in the text."""

import time

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc
from spacy.util import registry
from spacy.vocab import Vocab

from paperconcepts.extraction.tokenizer import WordTokenizer, create_word_tokenizer, text_of

TOKENIZE = WordTokenizer(Vocab())


@settings(deadline=None, max_examples=300)
@given(st.text(max_size=80))
def test_round_trip(text: str) -> None:
    """The tokens with their spaces are the text, whatever the characters."""
    doc = TOKENIZE(text)
    assert "".join(token.text_with_ws for token in doc) == text
    assert doc.text == text
    assert [text[token.idx : token.idx + len(token)] for token in doc] == [token.text for token in doc]


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("", []),
        ("We use GPT-4o.", ["We", "use", "GPT", "-", "4o", "."]),
        ("(OPA)-DPO", ["(", "OPA", ")", "-", "DPO"]),
        ("a  b", ["a", "  ", "b"]),
        ("a\nb", ["a", "\n", "b"]),
        (" a", [" ", "a"]),
        ("naïve 模型 𝔸", ["naïve", "模型", "𝔸"]),
        ("[[", ["[", "["]),
    ],
)
def test_tokens(text: str, tokens: list[str]) -> None:
    """A token is a run of word characters, one mark, or white space that is more than one space."""
    assert [token.text for token in TOKENIZE(text)] == tokens


def test_text_is_kept() -> None:
    """``text_of`` gives the text also of a Doc that another tokenizer made."""
    assert text_of(TOKENIZE("a (b) c")) == "a (b) c"
    assert text_of(Doc(Vocab(), words=["a", "b"], spaces=[True, False])) == "a b"


def test_linear_time() -> None:
    """Four times the text takes about four times as long, also for runs of brackets."""

    def seconds(size: int) -> float:
        text = "(a" * (size // 2)
        best = 9.0
        for _ in range(3):
            start = time.process_time()
            TOKENIZE(text)
            best = min(best, time.process_time() - start)
        return best

    TOKENIZE("(a")
    assert seconds(400_000) < 10 * seconds(100_000) + 0.1


def test_registered_and_stateless() -> None:
    """spaCy finds the tokenizer by name; serialising and loading it changes nothing."""
    assert registry.tokenizers.get("paperconcepts.word_tokenizer.v1") is create_word_tokenizer
    tokenizer = create_word_tokenizer()(spacy.blank("en"))
    assert tokenizer.to_bytes() == b""
    assert tokenizer.from_bytes(b"") is tokenizer
    tokenizer.to_disk("unused")
    assert tokenizer.from_disk("unused") is tokenizer
