"""An OWL reasoner finds the ontology and a small export consistent, and a wrong one not. Needs Java and owlready2."""

import shutil
import sys
from pathlib import Path

import pyoxigraph
import pytest

from paperconcepts.rdf.namespaces import ONTOLOGY
from paperconcepts.vocabulary.location import ontology_path

VALID = Path(__file__).with_name("valid_export.ttl")
D = "https://example.org/"

pytestmark = [
    pytest.mark.skipif(shutil.which("java") is None, reason="HermiT needs Java, which is not here"),
    # owlready2 leaves the streams of the reasoner's process to the collector.
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
]


def reason(folder: Path, *wrong: tuple[str, str, str]) -> bool:
    """Whether HermiT finds the ontology, the small export and more triples consistent, and no class impossible."""
    owlready2 = pytest.importorskip("owlready2", reason="owlready2 is not installed")
    node = pyoxigraph.NamedNode
    files = (ontology_path("paperconcepts.ttl"), VALID)
    triples = [quad.triple for path in files for quad in pyoxigraph.parse(path=str(path))]
    triples += [pyoxigraph.Triple(*map(node, terms)) for terms in wrong]
    target = folder / "all.nt"
    target.write_bytes(pyoxigraph.serialize(triples, format=pyoxigraph.RdfFormat.N_TRIPLES) or b"")
    world = owlready2.World()
    world.get_ontology(target.as_uri()).load()
    try:
        owlready2.sync_reasoner_hermit(world, debug=0)
    except owlready2.OwlReadyInconsistentOntologyError:
        return False
    return not list(world.inconsistent_classes())


def test_the_export_is_consistent(tmp_path: Path) -> None:
    """Nothing follows from the ontology that the data contradict."""
    assert reason(tmp_path)
    assert "owlready2" in sys.modules


@pytest.mark.parametrize(
    "wrong",
    [
        ("run", ONTOLOGY + "hasMention", D + "m_spoon"),  # no class of the union in the domain fits
        ("e1", ONTOLOGY + "status", ONTOLOGY + "negated"),  # functional: two statuses would be one
    ],
    ids=["domain", "functional"],
)
def test_contradictions_are_found(tmp_path: Path, wrong: tuple[str, str, str]) -> None:
    """Disjoint classes with a union for a domain, and functional properties, each catch a wrong triple."""
    assert not reason(tmp_path, (D + wrong[0], *wrong[1:]))
