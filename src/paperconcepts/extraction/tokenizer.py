"""Split text into words and single marks, in time linear in the text."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import registry
from spacy.vocab import Vocab

__all__ = ["WordTokenizer", "create_word_tokenizer", "text_of"]

# One token a run of letters and digits, one a mark; spaces only where spaCy needs them as tokens.
_TOKEN = re.compile(r"\w+|[^\w\s]|\s+")


class WordTokenizer:
    """A tokenizer whose borders are exactly those between word characters and other characters.

    Mentions begin and end at such borders, so every mention is a token span. spaCy's own tokenizer glues names to
    marks ("(OPA)-DPO") and is quadratic on long runs of brackets; this one has neither trouble.
    """

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """Tokenise ``text``; the text of the Doc is equal to it."""
        words: list[str] = []
        spaces: list[bool] = []
        for piece in _TOKEN.findall(text):
            if piece == " " and words and not spaces[-1]:
                spaces[-1] = True
            else:
                words.append(piece)
                spaces.append(False)
        doc = Doc(self.vocab, words=words, spaces=spaces)
        # Doc.text joins all tokens anew at each call, which cost a third of the pipeline's time.
        doc.user_data["text"] = text
        return doc

    def to_bytes(self, **_: Any) -> bytes:
        """Return nothing: the tokenizer has no state."""
        return b""

    def from_bytes(self, _: bytes, **__: Any) -> "WordTokenizer":
        """Return itself: the tokenizer has no state."""
        return self

    def to_disk(self, _: str | Path, **__: Any) -> None:
        """Write nothing: the tokenizer has no state."""

    def from_disk(self, _: str | Path, **__: Any) -> "WordTokenizer":
        """Return itself: the tokenizer has no state."""
        return self


def text_of(doc: Doc) -> str:
    """The text of a Doc, as the tokenizer kept it."""
    text: str = doc.user_data.get("text") or doc.text
    return text


@registry.tokenizers("paperconcepts.word_tokenizer.v1")  # type: ignore[untyped-decorator]
def create_word_tokenizer() -> Callable[[Language], WordTokenizer]:
    """Return the factory that a spaCy config names ``paperconcepts.word_tokenizer.v1``."""

    def create(nlp: Language) -> WordTokenizer:
        return WordTokenizer(nlp.vocab)

    return create
