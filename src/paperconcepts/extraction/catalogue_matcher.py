"""Find the names of catalogue concepts, by words, in time linear in the text.

A trie over lower-cased words that skips hyphens, so that "chain-of-thought" and "chain of thought" are one form. Case
is then checked for each hit: names with inner capitals and short ones must stand as they are written.
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from spacy.language import Language
from spacy.strings import get_string_id
from spacy.tokens import Doc, Span

from paperconcepts.extraction.tokenizer import text_of
from paperconcepts.vocabulary import CatalogueEntry, Vocabulary, load_catalogue, singular

__all__ = ["SPAN_GROUP", "CatalogueMatcher"]

SPAN_GROUP = "catalogue"
_WORDS = re.compile(r"\w+|[^\w\s]")
_HYPHENS = frozenset("-‐‑‒–")
_SEPARATORS = re.compile(r"[\s\-‐‑‒–]+")
_LONGEST_GAP = 12  # spaces between two words of a name, as justified text has them
_TERMINAL = 0  # spaCy's hash of the empty string: never the hash of a word


@dataclass(frozen=True, slots=True)
class _Form:
    entry: CatalogueEntry
    exact: str  # the form without separators if its case counts, else ""


class CatalogueMatcher:
    """A spaCy component that writes ``doc.spans["catalogue"]``; a span's ``id_`` is the concept id, its label the type.

    Of the forms that begin at a word the longest acceptable one is kept. Homonyms are accepted only where their
    context words occur; among several that fit, the one with a context wins, then the smaller id.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._root: dict[int, Any] = {}
        for entry in vocabulary:
            for form in entry.forms:
                self._add(entry, form)
        gaps = (*_HYPHENS, *(" " * length for length in range(1, _LONGEST_GAP + 1)))
        self._skip = frozenset(get_string_id(gap) for gap in gaps)

    def _add(self, entry: CatalogueEntry, form: str) -> None:
        exact = _SEPARATORS.sub("", form) if entry.case == "exact" or _case_counts(form) else ""
        for variant in _spellings(form):
            words = [word for word in _WORDS.findall(variant.lower()) if word not in _HYPHENS]
            node = self._root
            for word in words:
                node = node.setdefault(get_string_id(word), {})
            node.setdefault(_TERMINAL, []).append(_Form(entry, exact))

    def __call__(self, doc: Doc) -> Doc:
        """Match and annotate one Doc."""
        spans = []
        lowered = ""
        for start, end, forms in self._hits(doc):
            if not lowered and any(form.entry.context for form in forms):
                lowered = text_of(doc).lower()
            entry = _choose(forms, doc, start, end, lowered)
            if entry is not None:
                spans.append(Span(doc, start, end, label=str(entry.concept.type), span_id=entry.concept.id))
        doc.spans[SPAN_GROUP] = spans
        return doc

    def _hits(self, doc: Doc) -> list[tuple[int, int, list[_Form]]]:
        """All (start, end, forms) of the trie, longest first for each start."""
        hits: list[tuple[int, int, list[_Form]]] = []
        hashes: list[int] = doc.to_array("LOWER").tolist()
        total, root, skip = len(hashes), self._root, self._skip
        for start in range(total):
            node = root.get(hashes[start])
            if node is None:
                continue
            found: list[tuple[int, int, list[_Form]]] = []
            position = start + 1
            while True:
                if _TERMINAL in node:
                    found.append((start, position, node[_TERMINAL]))
                while position < total and hashes[position] in skip:
                    position += 1
                if position >= total:
                    break
                node = node.get(hashes[position])
                if node is None:
                    break
                position += 1
            hits.extend(reversed(found))
        return hits


def _case_counts(form: str) -> bool:
    """Whether a form is accepted only as written: short, or with capitals beyond the first letters of words."""
    return len(form) <= 4 or any(c.isupper() for word in _SEPARATORS.split(form) for c in word[1:])


def _spellings(form: str) -> list[str]:
    variants = {form}
    words = form.split(" ")
    last = words[-1]
    plural = (
        last + "es"
        if last.endswith(("s", "x", "ch", "sh"))
        else last[:-1] + "ies"
        if last.endswith("y") and last[-2:-1] not in "aeiou"
        else last + "s"
    )
    if singular(plural) == last or not last.islower():
        variants.add(" ".join([*words[:-1], last + "s" if not last.islower() else plural]))
    for american, british in (
        ("ization", "isation"),
        ("izing", "ising"),
        ("ize", "ise"),
        ("modeling", "modelling"),
        ("behavior", "behaviour"),
        ("labeling", "labelling"),
    ):
        variants |= {variant.replace(american, british) for variant in variants if american in variant}
    for joined in (
        "fine-tun",
        "pre-train",
        "auto-encod",
        "super-resol",
        "de-nois",
        "multi-modal",
        "cross-lingual",
        "semi-supervis",
        "self-supervis",
        "auto-regress",
    ):
        variants |= {variant.replace(joined, joined.replace("-", "")) for variant in variants if joined in variant}
        plain = joined.replace("-", "")
        variants |= {variant.replace(plain, joined) for variant in variants if plain in variant.lower()}
    return sorted(variants)


@cache
def _context(words: tuple[str, ...]) -> re.Pattern[str]:
    """Any of these, at the beginning of a word: "rag" stands in "RAG-based", not in "storage"."""
    return re.compile(r"(?<!\w)(?:" + "|".join(re.escape(word) for word in words) + ")")


def _choose(forms: list[_Form], doc: Doc, start: int, end: int, lowered: str) -> CatalogueEntry | None:
    surface = None
    best: CatalogueEntry | None = None
    for form in forms:
        entry = form.entry
        if form.exact:
            if surface is None:
                surface = _SEPARATORS.sub("", doc[start:end].text)
            if surface != form.exact and surface != form.exact + "s":
                continue
        if entry.context and not _context(entry.context).search(lowered):
            continue
        if best is None or (not entry.context, entry.concept.id) < (not best.context, best.concept.id):
            best = entry
    return best


@Language.factory("catalogue_matcher", default_config={}, assigns=["doc.spans"])
def create_catalogue_matcher(nlp: Language, name: str) -> CatalogueMatcher:
    """Create the component for the catalogue that ships with paperconcepts."""
    return CatalogueMatcher(load_catalogue())
