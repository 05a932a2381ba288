"""The words around the mentions of a concept, in their sentences and in the title, as features of the role model."""

from collections.abc import Sequence

from paperconcepts.linking.sentence_words import SentenceWords, words_of
from paperconcepts.model import Concept, Mention, Sentence

__all__ = ["Place", "word_features"]

# The sentence of a mention, its number in its field, how many the field has, and the field's text.
Place = tuple[Sentence, int, int, str]


def word_features(concept: Concept, mentions: Sequence[Mention], places: Sequence[Place], title: str) -> set[str]:
    """Names of what is present: words before, behind and anywhere in the sentences of the mentions, and the title's."""
    found = {f"head {concept.label.split()[-1].lower()}", f"{concept.type} known {concept.catalogued}"}
    for mention, (sentence, number, count, text) in zip(mentions, places, strict=True):
        words = words_of(text, sentence)
        found.update(_around(mention, words, concept.type))
        quarter = 4 * number // max(1, count - 1) if mention.field == "abstract" else -1
        found.update((f"quarter {quarter}", f"{concept.type} quarter {quarter}"))
        if mention.field == "title":
            found.update(_in_title(mention, words, title, concept.type))
    found.update(f"title has {word}" for word in _title_words(title).words)
    return found


def _title_words(title: str) -> SentenceWords:
    return words_of(title, Sentence("title", 0, len(title)))


def _around(mention: Mention, words: SentenceWords, label: str) -> list[str]:
    before, after = words.before(mention.start, 7), words.after(mention.end, 3)
    near = before[-3:]
    return [
        *(f"near before {word}" for word in near),
        *(f"{label} near before {word}" for word in near),
        *(f"before {word}" for word in before),
        *(f"after {word}" for word in after),
        *(f"just before {word}" for word in before[-1:]),
        *([f"before {before[-2]} {before[-1]}"] if len(before) > 1 else []),
        f"opening {' '.join(words.words[:2])}",
        *(f"sentence has {word}" for word in words.words),
    ]


def _in_title(mention: Mention, words: SentenceWords, title: str, label: str) -> list[str]:
    rest = title[mention.end :].lstrip()
    return [
        f"{label} in title",
        *(f"title before {word}" for word in words.before(mention.start, 1)),
        *(f"title after {word}" for word in words.after(mention.end, 1)),
        *(["opens title"] if not title[: mention.start].strip(" \"'“‘") else []),
        *(["before colon"] if rest.startswith(":") else []),
        *(["behind colon"] if ":" in title[: mention.start] else []),
    ]
