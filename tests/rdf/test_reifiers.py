import pyoxigraph

from paperconcepts.graph import ResearchGraph
from paperconcepts.rdf import ONTOLOGY, rdf_blocks

REIFIES = "http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies"


def parse(graph: ResearchGraph, syntax: str, level: str = "full") -> list[pyoxigraph.Quad]:
    text = "".join(rdf_blocks(graph, syntax, level=level))
    return list(pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.N_TRIPLES))


def test_each_statement_reifies_its_direct_triple(graph: ResearchGraph) -> None:
    """A node's reified triple is the one that its parts name, and it stands in the data."""
    quads = parse(graph, "rdf12")
    triples = {quad.triple for quad in quads}
    reified = {quad.subject: quad.object for quad in quads if quad.predicate.value == REIFIES}
    assert len(reified) == graph.graph.number_of_edges() == 11
    told = {(quad.subject, quad.predicate.value.removeprefix(ONTOLOGY)): quad.object for quad in quads}
    for node, triple in reified.items():
        assert isinstance(triple, pyoxigraph.Triple)
        assert triple in triples
        names = ("paper", "role", "concept") if (node, "role") in told else ("subject", "predicate", "object")
        assert (triple.subject, triple.predicate, triple.object) == tuple(told[node, name] for name in names)


def test_without_reifiers_it_is_the_plain_export(graph: ResearchGraph) -> None:
    """Nothing is lost for readers that leave RDF 1.2 out, but for the count of triples."""
    rich = {str(quad) for quad in parse(graph, "rdf12") if quad.predicate.value != REIFIES}
    plain = {str(quad) for quad in parse(graph, "nt")}
    assert all("void#triples" in line for line in rich ^ plain)


def test_facts_alone_have_no_reifiers(graph: ResearchGraph) -> None:
    """Where statements have no nodes, RDF 1.2 has nothing to add."""
    assert {str(q) for q in parse(graph, "rdf12", "core")} == {str(q) for q in parse(graph, "nt", "core")}
