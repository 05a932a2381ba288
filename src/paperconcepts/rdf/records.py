"""The triples of papers, concepts, assertions and relations."""

import re
from collections.abc import Iterable, Iterator

from paperconcepts.graph import ConceptNode
from paperconcepts.model import Assertion, Paper, Relation
from paperconcepts.rdf.iris import Iris, encode_local, web_iri
from paperconcepts.rdf.namespaces import ONTOLOGY, PREDICATE_NAMES, PREFIXES, ROLE_NAMES
from paperconcepts.rdf.terms import Pair, boolean, count, date_value, decimal, english, integer, string
from paperconcepts.version import __version__

__all__ = ["assertion_pairs", "concept_pairs", "paper_pairs", "relation_pairs", "run_pairs", "scheme_pairs"]

PC, RDF, RDFS = ONTOLOGY, PREFIXES["rdf"], PREFIXES["rdfs"]
DCTERMS, SCHEMA, SKOS, PROV = PREFIXES["dcterms"], PREFIXES["schema"], PREFIXES["skos"], PREFIXES["prov"]
TYPE = RDF + "type"

_ARXIV = re.compile(r"((?:[a-z-]+(?:\.[A-Z]{2})?/\d{7})|(?:\d{4}\.\d{4,5}))(?:v\d+)?\Z")
_DOI = re.compile(r"10\.\d{4,9}/\S+\Z")
_PAGES = {
    "arxiv": "https://arxiv.org/abs/",
    "doi": "https://doi.org/",
    "acl": "https://aclanthology.org/",
}


def paper_pairs(paper: Paper, assertions: Iterable[Assertion], iris: Iris) -> list[Pair]:
    """Describe a paper: its record, its text fields, and a direct role triple for each assertion."""
    pairs: list[Pair] = [
        (TYPE, PC + "Paper"),
        (TYPE, SCHEMA + "ScholarlyArticle"),
        (RDFS + "label", string(paper.label)),
    ]
    if paper.title:
        pairs.append((DCTERMS + "title", string(paper.title)))
    pairs += [(PC + "hasText", iris.text(paper.id, field)) for field in ("title", "abstract") if paper.text(field)]
    authors = [author for author in paper.authors if author]
    pairs += [(DCTERMS + "creator", string(author)) for author in authors]
    if authors:
        # Triples have no order, and a list would need blank nodes; who is first matters.
        pairs.append((PC + "byline", string("; ".join(authors))))
    pairs += _date_pairs(paper)
    pairs += _optional_pairs(paper)
    for curie in sorted({paper.id, *paper.identifiers}):
        pairs += _identifier_pairs(curie)
    pairs += [(SCHEMA + "url", web_iri(url) or string(url)) for url in paper.urls if url]
    pairs += [(PC + "codeRepository", web_iri(url) or string(url)) for url in paper.code_urls if url]
    for source in paper.sources:
        pairs.append((PROV + "wasDerivedFrom", iris.source(source.file)))
        pairs.append((PC + "sourceRecord", string(source.record)))
    pairs += [(PC + ROLE_NAMES[item.role], iris.concept(item.concept_id)) for item in assertions]
    return pairs


def _date_pairs(paper: Paper) -> Iterator[Pair]:
    if not paper.issued:
        return
    # Engines disagree about years and months as dates, so only a whole day is typed; the year is always a number.
    day = date_value(paper.issued)
    yield (DCTERMS + "issued", day) if day else (DCTERMS + "date", string(paper.issued))
    yield PC + "year", integer(int(paper.issued[:4]))


def _optional_pairs(paper: Paper) -> Iterator[Pair]:
    for name, text in (("venue", paper.venue), ("organisation", paper.organisation), ("note", paper.comment)):
        if text:
            yield PC + name, string(text)
    for name, number in (("authorCount", paper.author_count), ("commentCount", paper.comment_count)):
        if number is not None:
            yield PC + name, integer(number)


def _identifier_pairs(curie: str) -> Iterator[Pair]:
    yield DCTERMS + "identifier", string(curie)
    scheme, _, local = curie.partition(":")
    scheme = scheme.lower()
    if scheme == "arxiv" and (found := _ARXIV.match(local)):
        local = found[1]
        yield PREFIXES["fabio"] + "hasArXivId", string(local)
    elif scheme == "doi" and _DOI.match(local):
        yield PREFIXES["bibo"] + "doi", string(local)
    elif scheme != "acl" or not local:
        return
    page = web_iri(_PAGES[scheme] + encode_local(local).replace("%2F", "/"))
    if page:
        # schema:sameAs names the page about the thing; owl:sameAs would merge the page with the paper.
        yield SCHEMA + "sameAs", page


def concept_pairs(node: ConceptNode, relations: Iterable[Relation], broader: Iterable[str], iris: Iris) -> list[Pair]:
    """Describe a concept: labels, kind, broader concepts, and a direct triple for each relation."""
    concept = node.concept
    pairs: list[Pair] = [
        (TYPE, SKOS + "Concept"),
        (TYPE, PC + "Concept"),
        (TYPE, PC + concept.type),
        (SKOS + "prefLabel", english(concept.label)),
        (SKOS + "inScheme", iris.scheme),
        (PC + "paperCount", count(node.support)),
        (PC + "catalogued", boolean(concept.catalogued)),
    ]
    aliases = {alias.text for alias in node.aliases} - {concept.label, ""}
    pairs += [(SKOS + "altLabel", english(alias)) for alias in sorted(aliases)]
    if concept.definition:
        pairs.append((SKOS + "definition", english(concept.definition)))
    if node.first_seen:
        pairs.append((PC + "firstSeen", string(node.first_seen)))
    pairs += [(SKOS + "broader", iris.concept(concept_id)) for concept_id in broader]
    pairs += [(PC + PREDICATE_NAMES[item.predicate], iris.concept(item.object)) for item in relations]
    return pairs


def assertion_pairs(item: Assertion, evidence: Iterable[str], mentions: Iterable[str], iris: Iris) -> list[Pair]:
    """Describe an assertion; ``evidence`` and ``mentions`` are the IRIs of its parts."""
    parts, spans = sorted(set(evidence)), sorted(set(mentions))
    return [
        (TYPE, PC + "Assertion"),
        (PC + "paper", iris.paper(item.paper_id)),
        (PC + "role", PC + ROLE_NAMES[item.role]),
        (PC + "concept", iris.concept(item.concept_id)),
        (PC + "confidence", decimal(item.confidence)),
        (PC + "evidenceCount", count(len(parts))),
        (PC + "mentionCount", count(len(spans))),
        *((PC + "hasEvidence", part) for part in parts),
        *((PC + "hasMention", span) for span in spans),
        (PROV + "wasGeneratedBy", iris.run(__version__)),
    ]


def relation_pairs(item: Relation, evidence: Iterable[str], iris: Iris) -> list[Pair]:
    """Describe a relation between two concepts; ``evidence`` holds the IRIs of its evidence."""
    parts = sorted(set(evidence))
    papers = {piece.paper_id for piece in item.evidence if piece.paper_id}
    return [
        (TYPE, PC + "ConceptRelation"),
        (PC + "subject", iris.concept(item.subject)),
        (PC + "predicate", PC + PREDICATE_NAMES[item.predicate]),
        (PC + "object", iris.concept(item.object)),
        (PC + "confidence", decimal(item.confidence)),
        (PC + "evidenceCount", count(len(parts))),
        (PC + "paperCount", count(len(papers))),
        *((PC + "hasEvidence", part) for part in parts),
        (PROV + "wasGeneratedBy", iris.run(__version__)),
    ]


def run_pairs(files: Iterable[str], iris: Iris) -> list[Pair]:
    """Describe the run: the version of this package and the files it read. No time, so that equal runs are equal."""
    return [
        (TYPE, PC + "Run"),
        (RDFS + "label", string(f"paperconcepts {__version__}")),
        (PC + "version", string(__version__)),
        *((PROV + "used", iris.source(file)) for file in sorted(set(files))),
    ]


def scheme_pairs() -> list[Pair]:
    """Describe the concept scheme."""
    return [
        (TYPE, SKOS + "ConceptScheme"),
        (DCTERMS + "title", english("Concepts of the papers in this graph")),
    ]
