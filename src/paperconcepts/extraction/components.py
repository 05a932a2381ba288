"""The spaCy components of the cascade; each writes one span group or reads them all."""

from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span

from paperconcepts.extraction.abbreviations import DefinitionSpan
from paperconcepts.extraction.catalogue_matcher import SPAN_GROUP
from paperconcepts.extraction.lexicon import CUE_TYPES, GENERIC_DEFINITIONS, HEADS
from paperconcepts.extraction.name_patterns import find_names
from paperconcepts.extraction.name_types import name_type
from paperconcepts.extraction.span_merge import Candidate, merge_candidates, repeat_names
from paperconcepts.extraction.terms import find_terms
from paperconcepts.extraction.tokenizer import text_of
from paperconcepts.model import ConceptType
from paperconcepts.vocabulary import singular

__all__ = ["name_patterns", "span_merge"]

_CATALOGUE_CONFIDENCE = 0.8
_DEFINITION_CONFIDENCE = 0.9


@Language.component("name_patterns")
def name_patterns(doc: Doc) -> Doc:
    """Write names and terms of a Doc to ``doc.user_data["candidates"]``."""
    text = text_of(doc)
    title_end = doc.user_data.get("title_end", 0)
    found = [Candidate(n.start, n.end, n.label, n.rule, n.confidence) for n in find_names(text, title_end)]
    found += [Candidate(t.start, t.end, t.label, f"term:{t.head}", t.confidence) for t in find_terms(text)]
    doc.user_data["candidates"] = found
    return doc


@Language.component("span_merge")
def span_merge(doc: Doc) -> Doc:
    """Merge what all components found into ``doc.user_data["mentions"]``, sorted and without overlaps.

    A statistical tagger takes part by writing ``doc.spans["tagger"]`` (labels are concept types) before this runs.
    """
    text = text_of(doc)
    candidates: list[Candidate] = list(doc.user_data.get("candidates", ()))
    candidates += [_from_span(span, "catalogue") for span in doc.spans.get(SPAN_GROUP, ())]
    candidates += [_from_span(span, "tagger") for span in doc.spans.get("tagger", ())]
    candidates += _from_definitions(text, doc.user_data.get("definitions", ()), candidates)
    candidates += repeat_names(text, candidates)
    # A find that runs from the title into the abstract is chance; it must not push out the ones inside it.
    title_end = doc.user_data.get("title_end", 0)
    inside = [c for c in candidates if not c.start < title_end < c.end]
    doc.user_data["mentions"] = merge_candidates(inside)
    return doc


def _from_span(span: Span, source: str) -> Candidate:
    return Candidate(
        span.start_char,
        span.end_char,
        ConceptType(span.label_),
        source,
        _CATALOGUE_CONFIDENCE if source == "catalogue" else 0.7,
        span.id_ or None,
    )


def _from_definitions(text: str, definitions: Any, candidates: list[Candidate]) -> list[Candidate]:
    """Both sides of a definition are mentions; they take the type (and identity) that either side has."""
    found: list[Candidate] = []
    by_span = {(c.start, c.end): c for c in candidates if c.source == "catalogue"}
    terms = {c.end: c for c in candidates if c.source.startswith("term")}
    for definition in definitions:
        key = text[slice(*definition.long)].lower()
        if key in GENERIC_DEFINITIONS or key.removesuffix("s") in GENERIC_DEFINITIONS:
            continue
        # The long form decides; what else the catalogue knows by this acronym is of no account here.
        known = by_span.get(definition.long)
        label = known.label if known else _definition_type(text, definition, terms)
        for start, end in (definition.long, definition.short):
            found.append(
                Candidate(start, end, label, "definition", _DEFINITION_CONFIDENCE, known.concept_id if known else None)
            )
    return found


def _definition_type(text: str, definition: DefinitionSpan, terms: dict[int, Candidate]) -> ConceptType | None:
    term = terms.get(definition.long[1])
    if term is not None:
        return term.label
    last = text[definition.long[0] : definition.long[1]].split()[-1].lower()
    head = singular(last)
    if head in CUE_TYPES:
        return CUE_TYPES[head]
    if head in HEADS:
        return HEADS[head][0]
    return name_type(text, *definition.short)
