"""The page about the ontology is that of the Turtle, whole, and safe to open anywhere."""

import re
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from lxml import html

from paperconcepts.rdf.class_diagram import PLACES, class_diagram, drawn_properties
from paperconcepts.rdf.ontology_page import ontology_page
from paperconcepts.rdf.ontology_terms import Ontology, OntologyTerm, read_ontology
from paperconcepts.vocabulary.location import ontology_path

PAGE = Path(__file__).resolve().parents[2] / "docs" / "ontology.html"


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    return read_ontology(ontology_path("paperconcepts.ttl"))


def test_the_page_is_current(ontology: Ontology) -> None:
    """docs/ontology.html is what the generator writes: python -m paperconcepts.rdf.ontology_page docs/ontology.html."""
    assert PAGE.read_text(encoding="utf-8") == ontology_page(ontology)


def test_every_term_has_its_anchor_once(ontology: Ontology) -> None:
    """Each term has a section whose anchor is its name; anchors are unique, and every inner link leads to one."""
    page = html.document_fromstring(ontology_page(ontology))
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {term.name for term in ontology.terms} == set(page.xpath("//section[@class='term']/@id"))
    assert {link.removeprefix("#") for link in page.xpath("//a/@href")} <= set(ids)


def test_the_page_loads_nothing(ontology: Ontology) -> None:
    """No script, no style sheet, no image and no font from elsewhere."""
    page = html.document_fromstring(ontology_page(ontology))
    assert page.xpath("//script | //link | //img | //iframe | //@src | //@onclick") == []
    assert "url(" not in re.sub(r"url\(#tip\)", "", ontology_page(ontology))


def test_the_page_can_be_read_without_seeing_it(ontology: Ontology) -> None:
    """Language, one main heading, no level left out, a title and a description of the drawing."""
    page = html.document_fromstring(ontology_page(ontology))
    assert page.get("lang") == "en"
    levels = [int(node.tag[1]) for node in page.xpath("//h1 | //h2 | //h3")]
    assert levels.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))
    (drawing,) = page.xpath("//*[local-name()='svg']")
    assert drawing.get("role") == "img"
    assert all(page.xpath(f"//*[@id='{name}']")[0].text for name in drawing.get("aria-labelledby").split())
    assert "prefers-color-scheme: dark" in ontology_page(ontology)


def test_tags_are_closed(ontology: Ontology) -> None:
    """Every element that is opened is closed, in order."""
    opened: list[str] = []

    class Checker(HTMLParser):
        def handle_starttag(self, tag: str, attrs: object) -> None:
            if tag != "meta":
                opened.append(tag)

        def handle_startendtag(self, tag: str, attrs: object) -> None:
            pass

        def handle_endtag(self, tag: str) -> None:
            assert opened.pop() == tag

    Checker().feed(ontology_page(ontology))
    assert opened == []


def test_the_drawing_shows_every_class_and_property(ontology: Ontology) -> None:
    """Each class has a box, is a kind in the box of the concept, or is shown by its subclasses; no property is lost."""
    classes = {term.name: term for term in ontology.of_kind("class")}
    missing = {name for name, term in classes.items() if name not in PLACES and "pc:Concept" not in term.above}
    assert missing == {"Statement"}
    assert set(PLACES) <= set(classes)
    names = {name for names in drawn_properties(ontology).values() for name in names}
    between = {
        term.name for term in ontology.of_kind("property")
        if term.range and all(name.removeprefix("pc:") in classes for name in term.range)
        and not any(name.startswith("pc:") for name in term.above)
    }  # fmt: skip
    assert between - names == {"involves", "involvedIn", "relatesTo", "textOf"}
    assert {"eight roles", "eight relations"} <= names
    boxes = re.findall(r'<rect x="(\d+)" y="(\d+)"', class_diagram(ontology))
    assert len(boxes) == len(PLACES) == len(set(boxes))


def test_texts_are_data() -> None:
    """What the Turtle says cannot become markup."""
    term = OntologyTerm(
        "Soup", "class", "<b>soup</b>", "</p><script>x</script>", "&", '"<i>', (), (), (), "", (), "<u>", ("<s>",)
    )
    page = ontology_page(Ontology((("dcterms:title", ("</title><script>",)),), (term,)))
    assert not re.search(r"<(?:script|b|i|u|s)>", page)
