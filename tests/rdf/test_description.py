from collections import Counter

import pyoxigraph
import pytest

from paperconcepts.graph import ResearchGraph, build_graph
from paperconcepts.rdf import rdf_blocks
from paperconcepts.rdf.namespaces import PREFIXES
from paperconcepts.vocabulary import Vocabulary

BASE = "https://example.org/kg/"
VOID, DCTERMS, PROV = PREFIXES["void"], PREFIXES["dcterms"], PREFIXES["prov"]
TYPE = PREFIXES["rdf"] + "type"
Rows = set[tuple[str, str, str]]


def read(graph: ResearchGraph, syntax: str = "ttl", **settings: str) -> Rows:
    """The triples of an export, by a reader that is not ours."""
    forms = {"ttl": pyoxigraph.RdfFormat.TURTLE, "nq": pyoxigraph.RdfFormat.N_QUADS}
    text = "".join(rdf_blocks(graph, syntax, base=BASE, **settings))
    found = set()
    for quad in pyoxigraph.parse(text, format=forms[syntax]):
        assert isinstance(quad.subject, pyoxigraph.NamedNode)
        assert isinstance(quad.object, pyoxigraph.NamedNode | pyoxigraph.Literal)
        found.add((quad.subject.value, quad.predicate.value, quad.object.value))
    return found


def value(rows: Rows, subject: str, predicate: str) -> str:
    (found,) = (row[2] for row in rows if row[:2] == (subject, predicate))
    return found


@pytest.mark.parametrize("level", ["core", "evidence", "full"])
@pytest.mark.parametrize("syntax", ["ttl", "nq"])
def test_counts_equal_reality(graph: ResearchGraph, level: str, syntax: str) -> None:
    """Triples, entities, classes and the sizes of all parts are those that another reader counts."""
    for some in (graph, build_graph([], vocabulary=Vocabulary([]))):
        rows = read(some, syntax, level=level)
        whole = BASE + "dataset"
        assert int(value(rows, whole, VOID + "triples")) == len(rows)
        assert int(value(rows, whole, VOID + "entities")) == len({row[0] for row in rows})
        assert int(value(rows, whole, VOID + "classes")) == len({row[2] for row in rows if row[1] == TYPE})
        members = Counter(row[2] for row in rows if row[1] == TYPE)
        parts = {row[2] for row in rows if row[:2] == (whole, VOID + "classPartition")}
        told = {value(rows, part, VOID + "class"): int(value(rows, part, VOID + "entities")) for part in parts}
        assert told == {name: number for name, number in members.items() if name.startswith(PREFIXES["pc"])}
        uses = Counter(row[1] for row in rows)
        parts = {row[2] for row in rows if row[:2] == (whole, VOID + "propertyPartition")}
        told = {value(rows, part, VOID + "property"): int(value(rows, part, VOID + "triples")) for part in parts}
        assert all(number == uses[name] > 0 for name, number in told.items())


def test_all_direct_properties_have_a_part(graph: ResearchGraph) -> None:
    """The parts by property are those of the roles and relations that occur."""
    rows = read(graph)
    named = {row[2].rpartition("#")[2] for row in rows if row[1] == VOID + "property"}
    roles = {"introduces", "evaluatesOn", "compares", "uses", "addresses", "measures"}
    assert named == {*roles, "outperforms", "usedFor", "isA"}


def test_the_description_says_what_a_catalogue_asks_for(graph: ResearchGraph) -> None:
    """Title, description with the level, licence, rights, maker, run, vocabularies, dumps and examples that exist."""
    rows = read(graph, level="evidence", licence="https://example.org/licence")
    whole = BASE + "dataset"
    told = {row[1] for row in rows if row[0] == whole}
    names = {VOID + name for name in ("vocabulary", "dataDump", "exampleResource", "uriSpace")}
    assert told >= {DCTERMS + "title", DCTERMS + "rights", PROV + "wasGeneratedBy", DCTERMS + "creator", *names}
    assert value(rows, whole, DCTERMS + "license") == "https://example.org/licence"
    assert "level evidence" in value(rows, whole, DCTERMS + "description")
    subjects = {row[0] for row in rows}
    linked = {
        row[2] for row in rows if row[0] == whole and row[1] in {VOID + "exampleResource", PROV + "wasGeneratedBy"}
    }
    assert linked <= subjects
    used = {row[1] for row in rows if not row[0].startswith(whole)} | {row[2] for row in rows if row[1] == TYPE}
    spaces = {name[: max(name.rfind("#"), name.rfind("/")) + 1] for name in used}
    given = {row[2] for row in rows if row[1] == VOID + "vocabulary"}
    assert spaces - given <= {PREFIXES[prefix] for prefix in ("rdf", "rdfs", "void", "dcat")}


def test_the_run_names_its_software_its_files_and_what_is_known_of_them(graph: ResearchGraph) -> None:
    """Provenance reaches the version, the input files and, where they are known, the digests of settings and files."""
    rows = read(graph)
    (run,) = (row[0] for row in rows if row[1:] == (TYPE, PREFIXES["pc"] + "Run"))
    agent = value(rows, run, PROV + "wasAssociatedWith")
    assert (agent, TYPE, PROV + "SoftwareAgent") in rows
    source = value(rows, run, PROV + "used")
    assert value(rows, source, PREFIXES["rdfs"] + "label") == "in/p.jsonl"
    assert not {row for row in rows if row[1] == PREFIXES["pc"] + "configuration"}
    graph.graph.graph.update(configuration="ab12", source_digests={"in/p.jsonl": "cd34"})
    rows = read(graph)
    assert value(rows, run, PREFIXES["pc"] + "configuration") == "ab12"
    assert value(rows, source, PREFIXES["pc"] + "sha256") == "cd34"
