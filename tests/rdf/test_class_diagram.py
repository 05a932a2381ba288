"""The drawing of the ontology as a file of its own."""

from pathlib import Path

from lxml import etree

from paperconcepts.rdf.class_diagram import PLACES, diagram_file
from paperconcepts.rdf.ontology_terms import read_ontology
from paperconcepts.vocabulary.location import ontology_path

DRAWING = Path(__file__).resolve().parents[2] / "docs" / "ontology.svg"


def test_the_drawing_is_current() -> None:
    """docs/ontology.svg is what the generator writes: python -m paperconcepts.rdf.class_diagram docs/ontology.svg."""
    assert DRAWING.read_text(encoding="utf-8") == diagram_file(read_ontology(ontology_path("paperconcepts.ttl")))


def test_the_drawing_is_svg_of_every_class() -> None:
    """It is well-formed, has a title and a description, and a box for each class."""
    drawn = etree.parse(DRAWING).getroot()
    svg = "{http://www.w3.org/2000/svg}"
    assert drawn.tag == f"{svg}svg"
    assert drawn.findtext(f"{svg}title")
    assert drawn.findtext(f"{svg}desc")
    texts = {node.text for node in drawn.iter(f"{svg}text")}
    assert {f"pc:{name}" for name in PLACES} <= texts
