"""The triples of papers, their authors, and concepts. Those of types come first."""

import re
from collections.abc import Iterable, Iterator

from paperconcepts.graph import ConceptNode
from paperconcepts.model import Assertion, Paper, Relation
from paperconcepts.rdf.detail import DetailLevel
from paperconcepts.rdf.iris import Iris, encode_local, web_iri
from paperconcepts.rdf.namespaces import PREDICATE_NAMES, ROLE_NAMES
from paperconcepts.rdf.terms import NAME, Pair, boolean, count, date_value, english, integer, iri, string

__all__ = ["authorship_pairs", "concept_pairs", "paper_pairs", "scheme_pairs"]

_TYPE = NAME["rdf:type"]
_ARXIV = re.compile(r"((?:[a-z-]+(?:\.[A-Z]{2})?/\d{7})|(?:\d{4}\.\d{4,5}))(?:v\d+)?\Z")
_DOI = re.compile(r"10\.\d{4,9}/\S+\Z")
_PAGES = {
    "arxiv": "https://arxiv.org/abs/",
    "doi": "https://doi.org/",
    "acl": "https://aclanthology.org/",
}


def paper_pairs(paper: Paper, assertions: Iterable[Assertion], iris: Iris, level: DetailLevel) -> list[Pair]:
    """Describe a paper: its record, its text fields, and a direct role triple for each assertion."""
    pairs: list[Pair] = [
        (_TYPE, NAME["pc:Paper"]),
        (_TYPE, NAME["schema:ScholarlyArticle"]),
        (NAME["rdfs:label"], string(paper.label)),
    ]
    if paper.title:
        pairs.append((NAME["dcterms:title"], string(paper.title)))
    authors = [author for author in paper.authors if author]
    pairs += [(NAME["dcterms:creator"], string(author)) for author in authors]
    if authors:
        # Triples have no order, and a list would need blank nodes; who is first matters.
        pairs.append((NAME["pc:byline"], string("; ".join(authors))))
    pairs += _date_pairs(paper)
    pairs += _optional_pairs(paper)
    for curie in sorted({paper.id, *paper.identifiers}):
        pairs += _identifier_pairs(curie)
    pairs += [(NAME["schema:url"], _address(url)) for url in paper.urls if url]
    pairs += [(NAME["pc:codeRepository"], _address(url)) for url in paper.code_urls if url]
    pairs += [(NAME["prov:wasDerivedFrom"], iri(iris.source(source.file))) for source in paper.sources]
    if level.has_texts:
        pairs += [(NAME["pc:sourceRecord"], string(source.record)) for source in paper.sources]
    if level.has_evidence:
        fields = [field for field in ("title", "abstract") if paper.text(field)]
        pairs += [(NAME["pc:hasText"], iri(iris.text(paper.id, field))) for field in fields]
    pairs += [(NAME["pc:" + ROLE_NAMES[item.role]], iri(iris.concept(item.concept_id))) for item in assertions]
    return pairs


def _address(url: str) -> str:
    return iri(url) if web_iri(url) else string(url)


def _date_pairs(paper: Paper) -> Iterator[Pair]:
    if not paper.issued:
        return
    # Engines disagree about years and months as dates, so only a whole day is typed; the year is always a number.
    day = date_value(paper.issued)
    yield (NAME["dcterms:issued"], day) if day else (NAME["dcterms:date"], string(paper.issued))
    yield NAME["pc:year"], integer(int(paper.issued[:4]))


def _optional_pairs(paper: Paper) -> Iterator[Pair]:
    for name, text in (("venue", paper.venue), ("organisation", paper.organisation), ("note", paper.comment)):
        if text:
            yield NAME["pc:" + name], string(text)
    for name, number in (("authorCount", paper.author_count), ("commentCount", paper.comment_count)):
        if number is not None:
            yield NAME["pc:" + name], integer(number)


def _identifier_pairs(curie: str) -> Iterator[Pair]:
    yield NAME["dcterms:identifier"], string(curie)
    scheme, _, local = curie.partition(":")
    scheme = scheme.lower()
    if scheme == "arxiv" and (found := _ARXIV.match(local)):
        local = found[1]
        yield NAME["fabio:hasArXivId"], string(local)
    elif scheme == "doi" and _DOI.match(local):
        yield NAME["bibo:doi"], string(local)
    elif scheme != "acl" or not local:
        return
    page = web_iri(_PAGES[scheme] + encode_local(local).replace("%2F", "/"))
    if page:
        # schema:sameAs names the page about the thing; owl:sameAs would merge the page with the paper.
        yield NAME["schema:sameAs"], iri(page)


def authorship_pairs(paper: Paper, position: int, name: str, iris: Iris) -> list[Pair]:
    """Describe the place of a name among the authors. The name stays text: it does not tell who that is."""
    return [
        (_TYPE, NAME["pc:Authorship"]),
        (NAME["pc:paper"], iri(iris.paper(paper.id))),
        (NAME["schema:name"], string(name)),
        (NAME["schema:position"], integer(position)),
    ]


def concept_pairs(node: ConceptNode, relations: Iterable[Relation], broader: Iterable[str], iris: Iris) -> list[Pair]:
    """Describe a concept: labels, kind, broader concepts, and a direct triple for each relation."""
    concept = node.concept
    pairs: list[Pair] = [
        (_TYPE, NAME["skos:Concept"]),
        (_TYPE, NAME["pc:Concept"]),
        (_TYPE, NAME["pc:" + concept.type]),
        (NAME["skos:prefLabel"], english(concept.label)),
        (NAME["skos:inScheme"], iri(iris.scheme)),
        (NAME["pc:paperCount"], count(node.support)),
        (NAME["pc:catalogued"], boolean(concept.catalogued)),
    ]
    aliases = {alias.text for alias in node.aliases} - {concept.label, ""}
    pairs += [(NAME["skos:altLabel"], english(alias)) for alias in sorted(aliases)]
    if concept.definition:
        pairs.append((NAME["skos:definition"], english(concept.definition)))
    if node.first_seen:
        pairs.append((NAME["pc:firstSeen"], string(node.first_seen)))
    pairs += [(NAME["skos:broader"], iri(iris.concept(concept_id))) for concept_id in broader]
    pairs += [(NAME["pc:" + PREDICATE_NAMES[item.predicate]], iri(iris.concept(item.object))) for item in relations]
    return pairs


def scheme_pairs() -> list[Pair]:
    """Describe the concept scheme."""
    return [
        (_TYPE, NAME["skos:ConceptScheme"]),
        (NAME["dcterms:title"], english("Concepts of the papers in this graph")),
    ]
