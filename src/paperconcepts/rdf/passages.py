"""The triples of texts: fields, sentences, mentions and evidence. Offsets are Unicode code points, half-open."""

from collections.abc import Iterable

from paperconcepts.model import Evidence, Mention, Paper, SourceRecord
from paperconcepts.rdf.iris import Iris
from paperconcepts.rdf.namespaces import ONTOLOGY, PREFIXES
from paperconcepts.rdf.terms import Pair, count, decimal, string

__all__ = ["evidence_pairs", "mention_pairs", "source_pairs", "span_pairs", "text_pairs"]

PC, NIF, ITSRDF = ONTOLOGY, PREFIXES["nif"], PREFIXES["itsrdf"]
TYPE = PREFIXES["rdf"] + "type"


def text_pairs(paper: Paper, field: str, iris: Iris) -> list[Pair]:
    """Describe a field of a paper: the text that all offsets count in."""
    text = paper.text(field)
    return [
        (TYPE, PC + "TextField"),
        (TYPE, NIF + "Context"),
        (PC + "field", string(field)),
        (PC + "textOf", iris.paper(paper.id)),
        (NIF + "isString", string(text)),
        (NIF + "beginIndex", count(0)),
        (NIF + "endIndex", count(len(text))),
    ]


def span_pairs(kind: str, paper: Paper, field: str, start: int, end: int, iris: Iris) -> list[Pair]:
    """Describe a span of a field; ``kind`` is "Sentence" or "Mention"."""
    general = NIF + ("Sentence" if kind == "Sentence" else "OffsetBasedString")
    return [
        (TYPE, PC + kind),
        (TYPE, general),
        (NIF + "beginIndex", count(start)),
        (NIF + "endIndex", count(end)),
        (NIF + "anchorOf", string(paper.text(field)[start:end])),
        (NIF + "referenceContext", iris.text(paper.id, field)),
    ]


def mention_pairs(mention: Mention, concept_id: str, iris: Iris) -> list[Pair]:
    """Say what a mention means, who found it and how sure that is."""
    return [
        (ITSRDF + "taIdentRef", iris.concept(concept_id)),
        (ITSRDF + "taClassRef", PC + mention.label),
        (PC + "rule", string(mention.source)),
        (PC + "confidence", decimal(mention.confidence)),
    ]


def evidence_pairs(item: Evidence, iris: Iris, *, located: bool) -> list[Pair]:
    """Describe a piece of evidence. ``located`` says that its paper is in the graph, so that it has a sentence."""
    pairs: list[Pair] = [
        (TYPE, PC + "Evidence"),
        (PC + "rule", string(item.rule)),
        (PC + "ruleVersion", string(item.version)),
        (PC + "confidence", decimal(item.confidence)),
    ]
    if item.cue:
        pairs.append((PC + "cue", string(item.cue)))
    if not located:
        return pairs
    place = (item.paper_id, item.field)
    pairs.append((PC + "paper", iris.paper(item.paper_id)))
    pairs.append((PC + "sentence", iris.sentence(*place, item.start, item.end)))
    pairs += [(PC + "hasMention", iris.mention(*place, start, end)) for start, end in item.spans]
    if item.cue_start >= 0:
        pairs += [(PC + "cueBegin", count(item.cue_start)), (PC + "cueEnd", count(item.cue_end))]
    return pairs


def source_pairs(records: Iterable[SourceRecord]) -> list[Pair]:
    """Describe an input file by the records that were read from it."""
    names = {(record.file, record.format) for record in records}
    return [
        (TYPE, PC + "SourceDocument"),
        *((PREFIXES["rdfs"] + "label", string(file)) for file in sorted({file for file, _ in names})),
        *((PREFIXES["dcterms"] + "format", string(form)) for form in sorted({form for _, form in names})),
    ]
