from decimal import Decimal

import rdflib

from paperconcepts.graph import ResearchGraph
from paperconcepts.rdf import ONTOLOGY, graph_to_rdf

PC = rdflib.Namespace(ONTOLOGY)
DATA = "https://w3id.org/paperconcepts/"
SCHEMA = rdflib.Namespace("https://schema.org/")


def test_a_result_says_all_that_its_sentence_says(graph: ResearchGraph) -> None:
    """Paper, concepts, number as written and as a number, unit, direction, evidence and run; nothing for None."""
    rdf = graph_to_rdf(graph)
    (result,) = rdf.subjects(rdflib.RDF.type, PC.Result)
    assert rdf.value(result, PC.paper) == rdflib.URIRef(DATA + "paper/arxiv_2401.00001")
    assert rdf.value(result, PC.achievedBy) == rdflib.URIRef(DATA + "concept/ladle-7b")
    assert rdf.value(result, PC.byMetric) == rdflib.URIRef(DATA + "concept/slurps")
    assert rdf.value(result, PC.onDataset) == rdflib.URIRef(DATA + "concept/bowl-bench")
    assert rdf.value(result, PC.overBaseline) is None
    assert [str(rdf.value(result, name)) for name in (PC.value, PC.unit, PC.direction)] == ["1,024.50", "points", "up"]
    assert rdf.value(result, PC.number) == rdflib.Literal(Decimal("1024.5"))
    evidence = rdf.value(result, PC.hasEvidence)
    assert rdf.value(evidence, PC.rule) == rdflib.Literal("result:change")
    assert rdf.value(evidence, PC.sentence) is not None
    assert rdf.value(result, rdflib.PROV.wasGeneratedBy) is not None


def test_evidence_tells_its_status(graph: ResearchGraph) -> None:
    """Each piece is asserted, hedged or negated, by one of three individuals."""
    rdf = graph_to_rdf(graph)
    found = [list(rdf.objects(piece, PC.status)) for piece in rdf.subjects(rdflib.RDF.type, PC.Evidence)]
    assert all(len(status) == 1 for status in found)
    assert sorted({str(status[0]).removeprefix(ONTOLOGY) for status in found}) == ["asserted", "hedged"]


def test_support_counts_papers(graph: ResearchGraph) -> None:
    """An edge's support is that of the graph; one of the catalogue alone has none."""
    rdf = graph_to_rdf(graph)
    told = {
        (str(rdf.value(node, ends[0])), str(rdf.value(node, ends[1]))): int(str(rdf.value(node, PC.support)))
        for kind, ends in ((PC.Assertion, (PC.paper, PC.concept)), (PC.ConceptRelation, (PC.subject, PC.object)))
        for node in rdf.subjects(rdflib.RDF.type, kind)
    }
    assert sorted(told.values()) == sorted(data["support"] for *_, data in graph.graph.edges(data=True))
    assert told[DATA + "concept/soup-tuning", DATA + "concept/tuning"] == 0


def test_authors_have_their_places(graph: ResearchGraph) -> None:
    """Each name has its position from 1; nobody is made a person of a name."""
    rdf = graph_to_rdf(graph)
    told = {
        int(str(rdf.value(node, SCHEMA.position))): str(rdf.value(node, SCHEMA.name))
        for node in rdf.subjects(rdflib.RDF.type, PC.Authorship)
    }
    assert told == {1: "Zoe Ahn", 2: "Ann Zoh"}
    assert (None, None, SCHEMA.Person) not in rdf


def test_a_direct_edge_and_its_node_agree_at_every_level(graph: ResearchGraph) -> None:
    """From the level of evidence on, an edge stands there twice; before it, once."""
    for level, nodes in (("core", 0), ("evidence", 11), ("full", 11)):
        rdf = graph_to_rdf(graph, level=level)
        kinds = [len(list(rdf.subjects(rdflib.RDF.type, kind))) for kind in (PC.Assertion, PC.ConceptRelation)]
        assert sum(kinds) == nodes
        assert (None, PC.introduces, None) in rdf
