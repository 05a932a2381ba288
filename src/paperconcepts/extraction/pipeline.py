"""The extraction stage: Paper -> AnnotatedPaper, one spaCy pipeline, loaded once per process."""

import gc
import re
import threading
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from itertools import islice

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from paperconcepts.errors import ConfigurationError
from paperconcepts.extraction import abbreviations, catalogue_matcher, components, tokenizer
from paperconcepts.extraction.sentences import sentence_spans
from paperconcepts.model import AnnotatedPaper, ConceptType, Definition, Mention, Paper, Sentence
from paperconcepts.vocabulary import flat_spaces

__all__ = ["PROFILES", "annotated_paper", "build_nlp", "extract", "extract_paper", "load_pipeline", "make_doc"]

_RULES = ("abbreviation_definitions", "catalogue_matcher", "name_patterns")
PROFILES = {"default": (*_RULES, "concept_tagger", "span_ranking"), "fast": (*_RULES, "span_merge")}
"""The components of each profile, in order: ``fast`` does without the statistical tagger."""
DEFAULT_PROFILE = "default"
# Importing these modules registers their factories with spaCy.
_REGISTERED = (abbreviations, catalogue_matcher, components, tokenizer)
_ZONE_SIZE = 500
_WARM_VOCABULARY = 40_000
_SEPARATOR = "\n"
_AT_RANK = re.compile(r"(?<=[^\W_])@(?:\d{1,5}|[kKnN])\Z")


def build_nlp(profile: str = DEFAULT_PROFILE) -> Language:
    """Return the spaCy pipeline: a blank English ``Language`` with our tokenizer and components, nothing to download.

    Raises:
        ConfigurationError: no profile has this name.

    Examples:
        >>> build_nlp().pipe_names[-2:], build_nlp("fast").pipe_names[-1:]
        (['concept_tagger', 'span_ranking'], ['span_merge'])
    """
    if profile not in PROFILES:
        raise ConfigurationError(f"no profile is named {profile!r}; there are {', '.join(PROFILES)}")
    nlp = spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": "paperconcepts.word_tokenizer.v1"}}})
    for name in PROFILES[profile]:
        nlp.add_pipe(name)
    nlp.max_length = 10_000_000
    return nlp


# One pipeline a thread: spaCy's vocabulary is changed while texts are read.
_LOADED = threading.local()


def _nlp(profile: str) -> Language:
    if not hasattr(_LOADED, "pipelines"):
        _LOADED.pipelines = {}
    pipelines: dict[str, Language] = _LOADED.pipelines
    if profile not in pipelines:
        pipelines[profile] = build_nlp(profile)
    return pipelines[profile]


def load_pipeline(profile: str = DEFAULT_PROFILE) -> None:
    """Load the pipeline now, in a process that does nothing else but extract: a command or a worker.

    The catalogue's trie is some 100,000 dictionaries that live as long as the process, and the rows that are made hold
    no cycles: the garbage collector is told not to walk the former and to come round seldom (it took a fifth of the
    time). That concerns the whole process, so nothing but the command line and the workers calls it.
    """
    _nlp(profile)
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def extract_paper(paper: Paper, *, profile: str = DEFAULT_PROFILE) -> AnnotatedPaper:
    """Return ``paper`` with its sentences, mentions and abbreviation definitions."""
    return _annotate(paper, _nlp(profile))


def extract(papers: Iterable[Paper], *, profile: str = DEFAULT_PROFILE) -> Iterator[AnnotatedPaper]:
    """Annotate papers one after the other, in order, in memory that does not grow with their number.

    ``profile`` is ``default`` or ``fast`` (rules and catalogue only, several times as fast, fewer and plainer finds).

    Examples:
        >>> paper = Paper(id="x:1", abstract="We tune it with Direct Preference Optimization (DPO).")
        >>> [mention.text for mention in next(extract([paper])).mentions]
        ['Direct Preference Optimization', 'DPO']
    """
    nlp = _nlp(profile)
    stream = iter(papers)
    while batch := list(islice(stream, _ZONE_SIZE)):
        # The first batch leaves its words in the vocabulary, which later ones then share; from there on spaCy frees
        # the words of a batch when its zone ends. The rows that leave a zone are plain Python.
        zone = nlp.memory_zone() if len(nlp.vocab) > _WARM_VOCABULARY else nullcontext()
        with zone:
            rows = [_annotate(paper, nlp) for paper in batch]
        yield from rows


def _annotate(paper: Paper, nlp: Language) -> AnnotatedPaper:
    doc = make_doc(paper, nlp)
    for _, component in nlp.pipeline:
        doc = component(doc)
    return annotated_paper(paper, doc)


def make_doc(paper: Paper, nlp: Language) -> Doc:
    """The tokens of title and abstract, as the components expect them."""
    doc = nlp.make_doc(flat_spaces(paper.title) + _SEPARATOR + flat_spaces(paper.abstract))
    doc.user_data["title_end"] = len(paper.title)
    return doc


def annotated_paper(paper: Paper, doc: Doc) -> AnnotatedPaper:
    """What the components wrote to a Doc, as plain rows."""
    text = paper.title + _SEPARATOR + paper.abstract
    return AnnotatedPaper(paper, _sentences(paper), _mentions(paper, text, doc), _definitions(paper, text, doc))


def _place(paper: Paper, start: int) -> tuple[str, int]:
    """The field of a character of the joined text, and how far that field is shifted in it."""
    shift = len(paper.title) + len(_SEPARATOR)
    return ("title", 0) if start < shift else ("abstract", shift)


def _sentences(paper: Paper) -> tuple[Sentence, ...]:
    title = [Sentence("title", 0, len(paper.title))] if paper.title.strip() else []
    return (*title, *(Sentence("abstract", start, end) for start, end in sentence_spans(paper.abstract)))


def _mentions(paper: Paper, text: str, doc: Doc) -> tuple[Mention, ...]:
    mentions = []
    for found in doc.user_data["mentions"]:
        field, shift = _place(paper, found.start)
        if field == "title" and found.end > len(paper.title):
            continue
        name = text[found.start : found.end]
        # "Recall@10", whatever stands around it.
        label = ConceptType.METRIC if found.concept_id is None and _AT_RANK.search(name) else found.label
        mentions.append(
            Mention(
                field,
                found.start - shift,
                found.end - shift,
                name,
                label or ConceptType.METHOD,
                found.source if label else found.source + "?",
                found.confidence,
                found.concept_id,
                found.role_scores,
            )
        )
    return tuple(mentions)


def _definitions(paper: Paper, text: str, doc: Doc) -> tuple[Definition, ...]:
    result = []
    for found in doc.user_data["definitions"]:
        field, shift = _place(paper, found.short[0])
        if _place(paper, found.long[0])[0] != field:
            continue
        (short_start, short_end), (long_start, long_end) = found.short, found.long
        result.append(
            Definition(
                field, short_start - shift, short_end - shift, long_start - shift, long_end - shift,
                text[short_start:short_end], text[long_start:long_end],
            )
        )  # fmt: skip
    return tuple(result)
