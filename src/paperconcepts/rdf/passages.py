"""The triples of texts: fields, sentences, mentions and evidence. Offsets are Unicode code points, half-open."""

import hashlib

from paperconcepts.model import Evidence, Mention, Paper
from paperconcepts.rdf.detail import DetailLevel
from paperconcepts.rdf.iris import Iris
from paperconcepts.rdf.terms import NAME, Pair, count, decimal, iri, string, valid_text

__all__ = ["evidence_pairs", "mention_pairs", "span_pairs", "text_pairs"]

_TYPE = NAME["rdf:type"]
_BEGIN, _END = NAME["nif:beginIndex"], NAME["nif:endIndex"]
_GENERAL = {"Sentence": NAME["nif:Sentence"], "Mention": NAME["nif:OffsetBasedString"]}


def text_pairs(paper: Paper, field: str, iris: Iris, level: DetailLevel) -> list[Pair]:
    """Describe a field of a paper: the text that all offsets count in, or its digest alone."""
    text = paper.text(field)
    pairs = [
        (_TYPE, NAME["pc:TextField"]),
        (_TYPE, NAME["nif:Context"]),
        (NAME["pc:field"], string(field)),
        (NAME["pc:textOf"], iri(iris.paper(paper.id))),
        (_BEGIN, count(0)),
        (_END, count(len(text))),
        # Who has the text can check that the offsets are meant for it.
        (NAME["pc:sha256"], string(hashlib.sha256(valid_text(text).encode()).hexdigest())),
    ]
    if level.has_texts:
        pairs.append((NAME["nif:isString"], string(text)))
    return pairs


def span_pairs(kind: str, paper: Paper, field: str, start: int, end: int, iris: Iris) -> list[Pair]:
    """Describe a span of a field; ``kind`` is "Sentence" or "Mention"."""
    return [
        (_TYPE, NAME["pc:" + kind]),
        (_TYPE, _GENERAL[kind]),
        (_BEGIN, count(start)),
        (_END, count(end)),
        (NAME["nif:anchorOf"], string(paper.text(field)[start:end])),
        (NAME["nif:referenceContext"], iri(iris.text(paper.id, field))),
    ]


def mention_pairs(mention: Mention, concept_id: str, iris: Iris) -> list[Pair]:
    """Say what a mention means, who found it and how sure that is."""
    return [
        (NAME["itsrdf:taIdentRef"], iri(iris.concept(concept_id))),
        (NAME["itsrdf:taClassRef"], NAME["pc:" + mention.label]),
        (NAME["pc:rule"], string(mention.source)),
        (NAME["pc:confidence"], decimal(mention.confidence)),
    ]


def evidence_pairs(item: Evidence, iris: Iris, *, located: bool) -> list[Pair]:
    """Describe a piece of evidence. ``located`` says that its paper is in the graph, so that it has a sentence."""
    pairs: list[Pair] = [
        (_TYPE, NAME["pc:Evidence"]),
        (NAME["pc:rule"], string(item.rule)),
        (NAME["pc:ruleVersion"], string(item.version)),
        (NAME["pc:confidence"], decimal(item.confidence)),
        (NAME["pc:status"], NAME["pc:" + item.status]),
    ]
    if item.cue:
        pairs.append((NAME["pc:cue"], string(item.cue)))
    if not located:
        return pairs
    place = (item.paper_id, item.field)
    pairs.append((NAME["pc:paper"], iri(iris.paper(item.paper_id))))
    pairs.append((NAME["pc:sentence"], iri(iris.sentence(*place, item.start, item.end))))
    pairs += [(NAME["pc:hasMention"], iri(iris.mention(*place, start, end))) for start, end in item.spans]
    if item.cue_start >= 0:
        pairs += [(NAME["pc:cueBegin"], count(item.cue_start)), (NAME["pc:cueEnd"], count(item.cue_end))]
    return pairs
