import os
import subprocess
import sys
import warnings
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyoxigraph
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st

from paperconcepts.errors import ConfigurationError, OutputError
from paperconcepts.graph import ResearchGraph, build_graph
from paperconcepts.model import (
    Alias,
    Assertion,
    Concept,
    ConceptType,
    Evidence,
    LinkedConcept,
    LinkedPaper,
    Mention,
    Paper,
    Role,
    SourceRecord,
)
from paperconcepts.rdf import (
    ONTOLOGY,
    RDF_SYNTAXES,
    graph_to_rdf,
    query_graph,
    write_ntriples,
    write_rdf,
    write_turtle,
)
from paperconcepts.rdf.terms import valid_text
from paperconcepts.vocabulary import Vocabulary

PC = rdflib.Namespace(ONTOLOGY)
BASE = "https://w3id.org/paperconcepts/"
STRING = "http://www.w3.org/2001/XMLSchema#string"
LANG_STRING = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"


def oxigraph_triples(path: Path) -> set[tuple[str, ...]]:
    """What Oxigraph reads from a file."""
    found: set[tuple[str, ...]] = set()
    for quad in pyoxigraph.parse(path=path):
        assert isinstance(quad.subject, pyoxigraph.NamedNode)
        term: Any = quad.object
        if isinstance(term, pyoxigraph.Literal):
            shown = ("literal", term.value, term.datatype.value, term.language or "")
        else:
            assert isinstance(term, pyoxigraph.NamedNode)
            shown = ("uri", term.value, "", "")
        found.add((quad.subject.value, quad.predicate.value, *shown))
    return found


def rdflib_triples(rdf: rdflib.Graph) -> set[tuple[str, ...]]:
    """What rdflib holds, in the same form."""
    found: set[tuple[str, ...]] = set()
    for subject, predicate, term in rdf:
        if isinstance(term, rdflib.Literal):
            datatype = LANG_STRING if term.language else str(term.datatype or STRING)
            shown = ("literal", str(term), datatype, term.language or "")
        else:
            assert isinstance(term, rdflib.URIRef)
            shown = ("uri", str(term), "", "")
        found.add((str(subject), str(predicate), *shown))
    return found


def check_all_equal(graph: ResearchGraph, folder: Path) -> None:
    """Every file and the rdflib graph hold the same triples for both libraries."""
    lines = folder / "graph.nt"
    write_ntriples(graph, lines)
    wanted = oxigraph_triples(lines)
    assert rdflib_triples(graph_to_rdf(graph)) == wanted
    assert len(lines.read_bytes().splitlines()) == len(wanted)
    for name in ("nt", "ttl", "nq", "trig", "jsonld"):
        path = folder / RDF_SYNTAXES[name].file
        write_rdf(graph, path, name)
        assert oxigraph_triples(path) == wanted, name
        assert rdflib_triples(read_by_rdflib(path)) == wanted, name


def read_by_rdflib(path: Path) -> rdflib.Graph:
    """All triples of a file, its named graphs as one."""
    with warnings.catch_warnings():
        # rdflib's own readers of quads use names that it calls old.
        warnings.simplefilter("ignore", DeprecationWarning)
        dataset = rdflib.Dataset(default_union=True)
        dataset.parse(
            data=path.read_text(encoding="utf-8"),
            format={".jsonld": "json-ld", ".ttl": "turtle", ".nq": "nquads"}.get(path.suffix, path.suffix[1:]),
        )
        union = rdflib.Graph()
        for subject, predicate, term, _ in dataset.quads():
            union.add((subject, predicate, term))
    return union


def test_every_export_holds_the_same_triples(graph: ResearchGraph, tmp_path: Path) -> None:
    """All syntaxes and rdflib's graph are one graph, for two parsers."""
    check_all_equal(graph, tmp_path)


def test_rdflib_writes_the_same_turtle_graph(graph: ResearchGraph, tmp_path: Path) -> None:
    """Our Turtle and rdflib's Turtle of the same graph read as equal triples."""
    write_turtle(graph, tmp_path / "ours.ttl")
    graph_to_rdf(graph).serialize(tmp_path / "theirs.ttl", format="turtle")
    assert canonical(tmp_path / "ours.ttl") == canonical(tmp_path / "theirs.ttl")


def canonical(path: Path) -> str:
    """The canonical N-Quads (RDFC-1.0) of a file."""
    dataset = pyoxigraph.Dataset(pyoxigraph.parse(path=path))
    dataset.canonicalize(pyoxigraph.CanonicalizationAlgorithm.RDFC_1_0)
    return "\n".join(sorted(map(str, dataset)))


hostile = st.text(
    alphabet=st.one_of(
        st.sampled_from("\"'\\\n\r\t<>{}|^`@#%.: \x00\x07\x7f\x85\u2028\u202e\u05d0\u0301\ufeff\ufffe\uffff😀𝛂"),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=10,
)


@settings(deadline=None, max_examples=60)
@given(hostile.filter(bool), hostile, hostile, hostile.filter(bool), hostile, hostile)
def test_hostile_texts_survive_every_writer(
    tmp_path_factory: pytest.TempPathFactory,
    paper_id: str,
    title: str,
    abstract: str,
    label: str,
    alias: str,
    rule: str,
) -> None:
    """Whatever ids and texts hold, all exports parse everywhere and hold the same."""
    paper = Paper(
        id=paper_id,
        title=title,
        abstract=abstract,
        authors=(alias,),
        urls=(alias, "https://example.org/" + alias),
        identifiers=("doi:" + alias, "acl:" + alias),
        sources=(SourceRecord(file=label, format=rule, number=1, record=alias),),
    )
    concept = Concept(id="c-1", label=label, type=ConceptType.METHOD, definition=title)
    mention = Mention("title", 0, len(title), title, ConceptType.METHOD, rule, 0.5)
    evidence = Evidence(paper_id, "title", 0, len(title), ((0, len(title)),), alias, 0, 1, rule, label, 1.0)
    linked = LinkedPaper(
        paper,
        (LinkedConcept(concept, (Alias(alias, "name", paper_id, 0.5),)),),
        (Assertion(paper_id, Role.USES, "c-1", 1e-7, (evidence,), (mention,)),),
        (),
    )
    if paper_id == "c-1":
        return
    graph = build_graph([linked], vocabulary=Vocabulary([]))
    folder = tmp_path_factory.mktemp("hostile")
    check_all_equal(graph, folder)
    texts = {term for _, predicate, kind, term, *_ in oxigraph_triples(folder / "graph.nt") if kind == "literal"}
    assert {valid_text(text) for text in (label, title, abstract, alias)} - {""} <= texts


def test_lone_surrogates_become_replacement_characters(tmp_path: Path) -> None:
    """A text that UTF-8 cannot hold does not stop an export."""
    concept = Concept(id="c", label="x", type=ConceptType.TASK)
    linked = LinkedPaper(Paper(id="a:b"), (LinkedConcept(concept, (Alias("\ud800y", "name", "", 1.0),)),), (), ())
    check_all_equal(build_graph([linked], vocabulary=Vocabulary([])), tmp_path)
    assert '"\ufffdy"@en' in (tmp_path / "graph.nt").read_text(encoding="utf-8")


def test_ntriples_lines_are_sorted_and_unique(graph: ResearchGraph, tmp_path: Path) -> None:
    """N-Triples files can be compared with diff and joined with sort -m."""
    write_ntriples(graph, tmp_path / "graph.nt")
    lines = (tmp_path / "graph.nt").read_bytes().split(b"\n")[:-1]
    assert lines == sorted(set(lines))


def test_bytes_do_not_depend_on_the_hash_seed(tmp_path: Path) -> None:
    """Equal graphs give equal bytes in any process, and a second write too."""
    code = (
        "import runpy, sys; from pathlib import Path; from paperconcepts.rdf import write_ntriples, write_turtle\n"
        f"graph = runpy.run_path({str(Path(__file__).with_name('conftest.py'))!r})['make_graph']()\n"
        "folder = Path(sys.argv[1])\n"
        "write_ntriples(graph, folder / 'a.nt'); write_turtle(graph, folder / 'a.ttl')\n"
    )
    files = []
    for seed in ("0", "1"):
        folder = tmp_path / seed
        subprocess.run(
            [sys.executable, "-c", code, str(folder)], check=True, env={**os.environ, "PYTHONHASHSEED": seed}
        )
        files.append([(folder / name).read_bytes() for name in ("a.nt", "a.ttl")])
    assert files[0] == files[1]


def test_a_failed_write_keeps_the_earlier_file(tmp_path: Path) -> None:
    """A value that RDF cannot hold raises, and what stood there stays."""
    target = tmp_path / "graph.ttl"
    target.write_text("old")
    concept = Concept(id="c", label="x", type=ConceptType.TASK)
    assertion = Assertion("a:b", Role.USES, "c", float("nan"), (), ())
    linked = LinkedPaper(Paper(id="a:b"), (LinkedConcept(concept, ()),), (assertion,), ())
    with pytest.raises(OutputError, match="nan"):
        write_turtle(build_graph([linked], vocabulary=Vocabulary([])), target)
    assert target.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["graph.ttl"]


def test_every_direct_edge_has_its_node_and_the_reverse(graph: ResearchGraph) -> None:
    """Role triples and assertion nodes state the same, relations likewise."""
    rdf = graph_to_rdf(graph)
    nodes = {
        (rdf.value(a, PC.paper), rdf.value(a, PC.role), rdf.value(a, PC.concept)) for a in _typed(rdf, "Assertion")
    }
    roles = {PC[name] for name in "introduces evaluatesOn uses compares addresses measures studies mentions".split()}
    assert nodes == {triple for triple in rdf if triple[1] in roles}
    assert len(nodes) == len(list(graph.assertions())) == 8
    nodes = {
        (rdf.value(r, PC.subject), rdf.value(r, PC.predicate), rdf.value(r, PC.object))
        for r in _typed(rdf, "ConceptRelation")
    }
    names = "isA partOf extends usedFor evaluatedOn trainedOn outperforms comparedWith"
    assert nodes == {triple for triple in rdf if triple[1] in {PC[name] for name in names.split()}}
    assert len(nodes) == len(list(graph.relations())) == 3


def _typed(rdf: rdflib.Graph, name: str) -> list[Any]:
    return list(rdf.subjects(rdflib.RDF.type, PC[name]))


def test_spans_hold_the_text_at_their_offsets(graph: ResearchGraph) -> None:
    """SUBSTR of the context at the offsets is the anchor, with characters outside the BMP before it too."""
    wrong = """SELECT ?span { ?span nif:anchorOf ?text ; nif:beginIndex ?begin ; nif:endIndex ?end ;
        nif:referenceContext/nif:isString ?all FILTER(SUBSTR(?all, ?begin + 1, ?end - ?begin) != ?text) }"""
    assert query_graph(graph, wrong).rows == []
    assert len(query_graph(graph, "SELECT ?span { ?span nif:anchorOf ?text }").rows) == 10


def test_evidence_says_why(graph: ResearchGraph) -> None:
    """An assertion leads to the sentence, the cue, the rule and the spans."""
    rows = query_graph(
        graph,
        """SELECT ?conf ?sentence ?cue ?rule ?version ?word { ?a pc:role pc:introduces ; pc:confidence ?conf ;
        pc:hasEvidence ?e . ?e pc:sentence/nif:anchorOf ?sentence ; pc:cue ?cue ; pc:rule ?rule ;
        pc:ruleVersion ?version ; pc:hasMention/nif:anchorOf ?word }""",
    ).rows
    assert [row[0] for row in rows] == ["0.85"]
    assert rows[0][1] is not None
    assert rows[0][1].startswith("We introduce Soup Tuning")
    assert rows[0][2:] == ("We introduce", "cue:x", "1", "Soup Tuning")


def test_a_paper_is_described_by_common_terms(graph: ResearchGraph) -> None:
    """Dates are typed only when whole, ids have their own properties, addresses are IRIs only when valid."""
    rdf = graph_to_rdf(graph)
    terms = rdflib.DCTERMS
    schema = rdflib.Namespace("https://schema.org/")
    paper = rdflib.URIRef(BASE + "paper/arxiv_2401.00001")
    other = rdflib.URIRef(BASE + "paper/sha_00ff")
    assert rdf.value(paper, terms.issued) == rdflib.Literal("2024-01-02", datatype=rdflib.XSD.date)
    assert rdf.value(other, terms.issued) is None
    assert rdf.value(other, terms.date) == rdflib.Literal("2025-03")
    assert rdf.value(other, PC.year) == rdflib.Literal(2025)
    assert rdf.value(other, terms.title) is None
    assert set(rdf.objects(paper, terms.creator)) == {rdflib.Literal("Zoe Ahn"), rdflib.Literal("Ann Zoh")}
    assert rdf.value(paper, PC.byline) == rdflib.Literal("Zoe Ahn; Ann Zoh")
    assert str(rdf.value(paper, rdflib.URIRef("http://purl.org/spar/fabio/hasArXivId"))) == "2401.00001"
    assert str(rdf.value(paper, rdflib.URIRef("http://purl.org/ontology/bibo/doi"))) == "10.1000/x(1)"
    assert set(rdf.objects(paper, schema.url)) == {
        rdflib.URIRef("https://example.org/a?b=1"),
        rdflib.Literal("not an address"),
    }
    assert set(map(str, rdf.objects(paper, schema.sameAs))) == {
        "https://arxiv.org/abs/2401.00001",
        "https://doi.org/10.1000/x%281%29",
    }


def test_a_concept_is_a_skos_concept_of_its_kind(graph: ResearchGraph) -> None:
    """Labels are English, the preferred one is no alternative, and the catalogue's hierarchy is skos:broader."""
    rdf = graph_to_rdf(graph)
    skos = rdflib.SKOS
    soup = rdflib.URIRef(BASE + "concept/soup-tuning")
    assert set(rdf.objects(soup, rdflib.RDF.type)) == {skos.Concept, PC.Concept, PC.Method}
    assert list(rdf.objects(soup, skos.prefLabel)) == [rdflib.Literal("Soup Tuning", lang="en")]
    assert list(rdf.objects(soup, skos.altLabel)) == [rdflib.Literal("SoupT", lang="en")]
    assert list(rdf.objects(soup, skos.broader)) == [rdflib.URIRef(BASE + "concept/tuning")]
    assert str(rdf.value(soup, PC.paperCount)) == "2"
    assert str(rdf.value(soup, PC.firstSeen)) == "2024-01-02"


def test_the_base_moves_the_data_and_not_the_vocabulary(graph: ResearchGraph) -> None:
    """All data IRIs are below the base; the terms keep their names."""
    rdf = graph_to_rdf(graph, base="http://localhost:8000/kg#")
    assert all(str(subject).startswith("http://localhost:8000/kg#") for subject in rdf.subjects())
    assert (None, PC.introduces, None) in rdf
    with pytest.raises(ConfigurationError):
        graph_to_rdf(graph, base="no base")


def test_the_run_names_the_version_and_no_time(graph: ResearchGraph) -> None:
    """Nothing in the export comes from a clock."""
    from paperconcepts import __version__

    rdf = graph_to_rdf(graph)
    (run,) = _typed(rdf, "Run")
    assert str(rdf.value(run, PC.version)) == __version__
    assert not any(isinstance(o, rdflib.Literal) and o.datatype == rdflib.XSD.dateTime for o in rdf.objects())


def test_confidences_are_exact_and_globals_are_left_alone(graph: ResearchGraph) -> None:
    """Decimals keep the digits of the graph, and rdflib's settings are as they were."""
    before = rdflib.NORMALIZE_LITERALS
    rdf = graph_to_rdf(graph)
    assert rdflib.NORMALIZE_LITERALS is before
    found = {rdf.value(a, PC.confidence) for a in _typed(rdf, "Assertion")}
    assert found == {rdflib.Literal(Decimal("0.85"))}
