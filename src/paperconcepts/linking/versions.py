"""Versions are concepts of their own, below their family: GPT-4 is_a GPT, Llama-3 8B is_a Llama-3 is_a Llama."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from paperconcepts.model import Concept, ConceptType, Evidence, LinkedPaper, Mention, Predicate, Relation
from paperconcepts.vocabulary import Vocabulary, load_catalogue, loose_key, spelt_alike

__all__ = ["VERSION_RULE", "family_names", "relate_versions"]

VERSION_RULE = "version:family"
_RULE_VERSION = "1"
_CONFIDENCE = 0.9

# What may follow the name of a family, one piece at a time from the right.
_SIZE = r"(?:\d+x)?\d+(?:\.\d+)?[BMKTbmkt](?:-?A\d+(?:\.\d+)?[Bb])?"
_NUMBER = r"[vV]?\d{1,4}(?:\.\d+){0,2}[a-z]?"
_WORDS = (
    "Audio|Base|Chat|Coder|Flash|Haiku|Huge|Instruct|Large|Lite|Math|Max|Medium|Mini|Nano|Omni|Opus|Plus|Preview|Pro"
    "|Small|Sonnet|Thinking|Tiny|Turbo|Ultra|VL|Verified|Vision|XL|XXL|base|chat|instruct|large|lite|medium|mini|nano"
    "|preview|pro|small|tiny|turbo|vl|xl"
)
_PIECE = re.compile(
    rf"(?:[\s\-_]{{1,3}}(?:{_SIZE}|{_NUMBER}|{_WORDS}|(?:ViT-)?[BLSHTGbg]/\d{{1,3}})"
    r"|(?<=[A-Za-z])(?:v|(?<![vV]))\d{1,3}(?:\.\d{1,4}){0,2})\Z"
)
_BORDERS = frozenset("-_/. \t\n")
_LONGEST_PIECE = 24
# A family is a name, not a word: it has a capital or a digit, and two characters at least.
_PROPER = re.compile(r"(?=.*[A-Z\d])(?=.*[^\W\d_])[^\W_].+")
_TYPES = frozenset({ConceptType.MODEL, ConceptType.METHOD, ConceptType.DATASET, ConceptType.METRIC})


def family_names(name: str) -> Iterator[str]:
    """Yield the names that a versioned name has when it loses its last piece, then the one before it, and so on.

    A number, a size, or a word that makers put behind a name ("Turbo", "Instruct") is a piece. Whether a family of this
    name exists is another question: "BM25" is no version of anything.

    Examples:
        >>> list(family_names("Qwen2.5-Math-7B"))
        ['Qwen2.5-Math', 'Qwen2.5', 'Qwen']
        >>> [list(family_names(name)) for name in ("YOLOv8", "BM25", "F1")]
        [['YOLO'], ['BM'], []]
        >>> list(family_names("Stable Diffusion 3")), list(family_names("language model 2"))
        (['Stable Diffusion'], [])
    """
    while (shorter := _without_piece(name)) and _PROPER.fullmatch(shorter):
        name = shorter
        yield name


def _without_piece(name: str) -> str:
    """A name without its last piece: the shortest that there is; "" if it has none."""
    for start in range(len(name) - 1, max(0, len(name) - _LONGEST_PIECE), -1):
        if name[start - 1] not in _BORDERS and _PIECE.match(name, start):
            return name[:start]
    return ""


def relate_versions(papers: Iterable[LinkedPaper], vocabulary: Vocabulary | None = None) -> list[LinkedPaper]:
    """Return the papers, each with ``is_a`` relations from the versions that it names to their families.

    The family is the nearest one that is a concept of this corpus with the same type. The evidence is the sentence of
    the version's first mention in the paper, so the family need not be named there. Relations that the catalogue
    holds are left to it. Doing it again, after concepts were renamed or joined, gives what doing it once does.

    Examples:
        >>> from paperconcepts.extraction import extract
        >>> from paperconcepts.linking import link
        >>> from paperconcepts.model import Paper
        >>> texts = ["We propose ZetaNet, a model.", "We train ZetaNet-2, a model."]
        >>> papers = [Paper(id=f"x:{number}", abstract=text) for number, text in enumerate(texts)]
        >>> [(r.subject, str(r.predicate), r.object) for r in relate_versions(link(extract(papers)))[1].relations]
        [('zetanet-2', 'is_a', 'zetanet')]
    """
    vocabulary = load_catalogue() if vocabulary is None else vocabulary
    papers = [_without_versions(item) for item in papers]
    families = _families(papers, vocabulary)
    return [_with_versions(item, families) for item in papers]


def _families(papers: Sequence[LinkedPaper], vocabulary: Vocabulary) -> dict[str, str]:
    """{id of a version: id of its family}."""
    concepts = {linked.concept.id: linked.concept for item in papers for linked in item.concepts}
    bearers: dict[tuple[ConceptType, str], list[tuple[str, str]]] = defaultdict(list)
    for concept_id, concept in sorted(concepts.items()):
        for form in _forms(concept, vocabulary):
            bearers[concept.type, loose_key(form)].append((form, concept_id))
    found: dict[str, str] = {}
    for concept_id, concept in sorted(concepts.items()):
        family = _family(concept, bearers) if concept.type in _TYPES else None
        if family is not None and not {family} & set(vocabulary.ancestors(concept_id)):
            found[concept_id] = family
    return found


def _forms(concept: Concept, vocabulary: Vocabulary) -> tuple[str, ...]:
    entry = vocabulary.get(concept.id) if concept.catalogued else None
    return entry.forms if entry is not None else (concept.label,)


def _family(concept: Concept, bearers: dict[tuple[ConceptType, str], list[tuple[str, str]]]) -> str | None:
    for name in family_names(concept.label):
        known = bearers.get((concept.type, loose_key(name)), ())
        found = {concept_id for form, concept_id in known if spelt_alike(form, name)}
        if found:
            # Several: nobody knows which; itself: "Mamba v1" may be an alias of Mamba.
            return next(iter(found)) if len(found) == 1 and concept.id not in found else None
    return None


def _without_versions(item: LinkedPaper) -> LinkedPaper:
    kept = [relation for relation in map(_without_rule, item.relations) if relation.evidence]
    return item if kept == list(item.relations) else replace(item, relations=tuple(kept))


def _without_rule(relation: Relation) -> Relation:
    evidence = tuple(e for e in relation.evidence if e.rule != VERSION_RULE)
    if len(evidence) == len(relation.evidence):
        return relation
    return replace(relation, evidence=evidence, confidence=max((e.confidence for e in evidence), default=0.0))


def _with_versions(item: LinkedPaper, families: dict[str, str]) -> LinkedPaper:
    relations = {(r.subject, r.predicate, r.object): r for r in item.relations}
    stated = {(r.subject, r.object) for r in item.relations if r.predicate is Predicate.IS_A}
    count = len(relations)
    for assertion in item.assertions:
        family = families.get(assertion.concept_id)
        # What the text states itself needs no rule; nor may the two be each other's kind.
        if family is None or {(assertion.concept_id, family), (family, assertion.concept_id)} & stated:
            continue
        sentence = _sentence(assertion.mentions, assertion.evidence)
        if sentence is not None:
            key = assertion.concept_id, Predicate.IS_A, family
            relations[key] = Relation(*key, _CONFIDENCE, (sentence,))
    if len(relations) == count:
        return item
    return replace(item, relations=tuple(relations[key] for key in sorted(relations)))


def _sentence(mentions: Sequence[Mention], evidence: Sequence[Evidence]) -> Evidence | None:
    """The sentence of the first mention that some evidence places, with the version piece of the name as the cue."""
    for mention in mentions:
        for known in evidence:
            if known.field == mention.field and known.start <= mention.start and mention.end <= known.end:
                shorter = next(family_names(mention.text), "")
                cue = mention.text[len(shorter) :] if shorter else ""
                place = (mention.end - len(cue), mention.end) if cue else (-1, -1)
                return Evidence(
                    known.paper_id, known.field, known.start, known.end, ((mention.start, mention.end),), cue, *place,
                    VERSION_RULE, _RULE_VERSION, _CONFIDENCE,
                )  # fmt: skip
    return None
