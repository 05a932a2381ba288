import json
from typing import Any

import pyoxigraph
import rdflib
from rdflib.namespace import OWL, RDF

from paperconcepts.graph import ResearchGraph
from paperconcepts.rdf import ONTOLOGY, PREFIXES, rdf_blocks
from paperconcepts.rdf.jsonld import load_context
from paperconcepts.vocabulary.location import ontology_path


def document(graph: ResearchGraph, **settings: str) -> Any:
    return json.loads("".join(rdf_blocks(graph, "jsonld", **settings)))


def test_nodes_read_without_the_specification(graph: ResearchGraph) -> None:
    """Keys are bare words, and IRIs are short."""
    nodes = {node["id"]: node for node in document(graph)["@graph"]}
    node = nodes["assertion/arxiv_2401.00001_introduces_soup-tuning"]
    assert (node["type"], node["role"], node["paper"]) == ("Assertion", "introduces", "paper/arxiv_2401.00001")
    assert (node["confidence"], node["concept"]) == ("0.85", "concept/soup-tuning")
    assert nodes["concept/soup-tuning"]["prefLabel"] == "Soup Tuning"


def test_the_context_names_all_that_the_data_use(graph: ResearchGraph) -> None:
    """No key needs a prefix or a full IRI, and the file carries the whole context."""
    found = document(graph)
    context = load_context()
    assert {**context, "@base": "https://w3id.org/paperconcepts/"} == found["@context"]
    assert {key for node in found["@graph"] for key in node} <= set(context)


def test_the_context_agrees_with_the_ontology() -> None:
    """Every term of ours in it is declared, with the datatype or the kind that the ontology says."""
    ontology = rdflib.Graph().parse(ontology_path("paperconcepts.ttl"))
    for name, told in load_context().items():
        if not isinstance(told, dict) or not told["@id"].startswith("pc:"):
            continue
        term = rdflib.URIRef(ONTOLOGY + told["@id"][3:])
        kinds = set(ontology.objects(term, RDF.type))
        assert kinds, f"{name} is not in the ontology"
        if told.get("@type", "") in {"@id", "@vocab"}:
            assert OWL.ObjectProperty in kinds, name
        else:
            assert kinds & {OWL.DatatypeProperty, RDF.Property}, name
        if told.get("@type", "").startswith("xsd:"):
            wanted = rdflib.URIRef(PREFIXES["xsd"] + told["@type"][4:])
            assert set(ontology.objects(term, rdflib.RDFS.range)) == {wanted}, name


def test_every_property_of_the_ontology_that_has_values_is_in_the_context(graph: ResearchGraph) -> None:
    """What the ontology declares as a property of data is named, so that the context does not fall behind."""
    ontology = rdflib.Graph().parse(ontology_path("paperconcepts.ttl"))
    declared = {
        str(term).removeprefix(ONTOLOGY)
        for kind in (OWL.ObjectProperty, OWL.DatatypeProperty, RDF.Property)
        for term in ontology.subjects(RDF.type, kind)
        if str(term).startswith(ONTOLOGY)
    }
    named = {told["@id"][3:] for told in load_context().values() if isinstance(told, dict) and told["@id"][:3] == "pc:"}
    # The general properties and the inverses are for reasoners: no data state them.
    assert declared - named <= {"involves", "involvedIn", "relatesTo"}


def test_any_base_gives_the_same_triples(graph: ResearchGraph) -> None:
    """Relative IRIs lead to where N-Triples has them, below a slash, a hash or a deeper path."""
    for base in ("https://example.org/", "http://localhost:8000/kg#", "https://example.org/a/b/"):
        forms = pyoxigraph.RdfFormat
        read = [
            {str(quad.triple) for quad in pyoxigraph.parse("".join(rdf_blocks(graph, name, base=base)), format=form)}
            for name, form in (("jsonld", forms.JSON_LD), ("nt", forms.N_TRIPLES))
        ]
        assert read[0] == read[1]
