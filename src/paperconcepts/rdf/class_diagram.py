"""The classes of the ontology and the properties between them, drawn as SVG. Places are set by hand, arrows are not.

``python -m paperconcepts.rdf.class_diagram docs/ontology.svg`` writes the drawing as a file.
"""

import sys
from collections.abc import Iterator
from html import escape

from paperconcepts.files import write_atomic
from paperconcepts.rdf.ontology_terms import Ontology, OntologyTerm, read_ontology
from paperconcepts.vocabulary.location import ontology_path

__all__ = ["PLACES", "class_diagram", "diagram_file", "drawn_properties"]

WIDTH, HEIGHT = 144, 40
PLACES = {
    "Authorship": (20, 20), "Run": (330, 20), "SourceDocument": (740, 20),
    "Paper": (20, 150), "Concept": (740, 150),
    "Assertion": (330, 215), "Result": (530, 345), "ConceptRelation": (740, 335),
    "TextField": (20, 420), "Sentence": (20, 540), "Evidence": (330, 480), "Mention": (530, 610), "Status": (740, 500),
}  # fmt: skip
"""The upper left corner of the box of each class. The kinds of concepts stand in the box of the concept."""

# Properties of other vocabularies that the data use between our classes.
_FOREIGN = (
    ("Mention", "TextField", "nif:referenceContext"),
    ("Sentence", "TextField", "nif:referenceContext"),
    ("Mention", "Concept", "itsrdf:taIdentRef"),
    ("Paper", "SourceDocument", "prov:wasDerivedFrom"),
    ("Run", "SourceDocument", "prov:used"),
    ("Assertion", "Run", "prov:wasGeneratedBy"),
)
_STYLE = """<style>
svg { background: #fff; font-family: system-ui, sans-serif }
rect { fill: #f3f5f8; stroke: #5a6470 } .arrow { fill: none; stroke: #5a6470 } .tip { fill: #5a6470 }
text { fill: #1b1f24; text-anchor: middle; font-size: 13px; paint-order: stroke; stroke: #fff; stroke-width: 3px }
a text { stroke: none } text.small { font-size: 11px }
</style>"""
_GENERAL = {"involves": "eight roles", "relatesTo": "eight relations"}


def drawn_properties(ontology: Ontology) -> dict[tuple[str, str], list[str]]:
    """The names on each arrow, by the classes that it joins.

    Sub-properties are summed up by their general property, inverses are left out, and what a statement has is drawn
    at each kind of statement.
    """
    above = {term.name: [name.removeprefix("pc:") for name in term.above] for term in ontology.of_kind("class")}
    below: dict[str, list[str]] = {}
    for name, parents in above.items():
        for parent in parents:
            below.setdefault(parent, []).append(name)
    arrows: dict[tuple[str, str], list[str]] = {}
    for term in ontology.of_kind("property"):
        if term.name in ("involvedIn", "textOf") or any(name.startswith("pc:") for name in term.above):
            continue
        for subject in _boxes(term.domain, above, below):
            for target in _boxes(term.range, above, below):
                arrows.setdefault((subject, target), []).append(_GENERAL.get(term.name, term.name))
    for subject, target, name in _FOREIGN:
        arrows.setdefault((subject, target), []).append(name)
    return arrows


def _boxes(names: tuple[str, ...], above: dict[str, list[str]], below: dict[str, list[str]]) -> list[str]:
    """The boxes that stand for some classes: their own, that of the class above, or those of the classes below."""
    found: dict[str, None] = {}
    for name in (name.removeprefix("pc:") for name in names):
        nearest = [name] if name in PLACES else [up for up in above.get(name, []) if up in PLACES]
        found.update(dict.fromkeys(nearest or [low for low in below.get(name, []) if low in PLACES]))
    return list(found)


def class_diagram(ontology: Ontology) -> str:
    """Return the diagram as an SVG element that takes its colours from the page around it.

    Examples:
        >>> class_diagram(Ontology((), ())).startswith('<svg viewBox="0 0 ')
        True
    """
    kinds = [term.label for term in ontology.of_kind("class") if "pc:Concept" in term.above]
    arrows = drawn_properties(ontology)
    described = "; ".join(f"{one} to {two}: {', '.join(names)}" for (one, two), names in sorted(arrows.items()))
    parts = [
        '<svg viewBox="0 0 900 680" role="img" aria-labelledby="diagram-title diagram-description">',
        '<title id="diagram-title">Classes and the properties between them</title>',
        f'<desc id="diagram-description">{escape(described)}.</desc>',
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" orient="auto">'
        '<path class="tip" d="M0 0 8 4 0 8z"/></marker></defs>',
        *(part for ends, names in sorted(arrows.items()) for part in _arrow(*ends, names)),
        *(part for term in ontology.of_kind("class") if term.name in PLACES for part in _box(term, kinds)),
        "</svg>",
    ]
    return "\n".join(parts)


def diagram_file(ontology: Ontology) -> str:
    """Return the diagram as an SVG document with colours of its own, for pages that cannot hold it.

    Examples:
        >>> diagram_file(Ontology((), ())).startswith('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ')
        True
    """
    first, *rest = class_diagram(ontology).split("\n")
    head = first.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ')
    return "\n".join([head, _STYLE, *rest]) + "\n"


def _box(term: OntologyTerm, kinds: list[str]) -> Iterator[str]:
    left, top = PLACES[term.name]
    lines = [f"pc:{term.name}"]
    if term.name == "Concept" and kinds:
        lines += [", ".join(kinds[:2]), ", ".join(kinds[2:])]
    height = HEIGHT + 14 * (len(lines) - 1)
    yield f'<a href="#{term.name}"><rect x="{left}" y="{top}" width="{WIDTH}" height="{height}" rx="5"/>'
    for number, line in enumerate(lines):
        style = "name" if number == 0 else "small"
        yield f'<text class="{style}" x="{left + WIDTH // 2}" y="{top + 25 + 16 * number}">{escape(line)}</text>'
    yield "</a>"


def _arrow(subject: str, target: str, names: list[str]) -> Iterator[str]:
    left, top = PLACES[subject]
    if subject == target:
        yield f'<path class="arrow" d="M{left + 100} {top} v-28 h-40 v28" marker-end="url(#tip)"/>'
        yield f'<text class="small" x="{left + 64}" y="{top - 34}">{escape(", ".join(names))}</text>'
        return
    start, end = _border(subject, target), _border(target, subject)
    yield (f'<line class="arrow" x1="{start[0]}" y1="{start[1]}" x2="{end[0]}" y2="{end[1]}" marker-end="url(#tip)"/>')
    middle = ((start[0] + end[0]) // 2, (start[1] + end[1]) // 2)
    for number, line in enumerate(_lines(names)):
        yield f'<text class="small" x="{middle[0]}" y="{middle[1] - 3 + 12 * number}">{escape(line)}</text>'


def _lines(names: list[str]) -> list[str]:
    """Two names a line."""
    return [", ".join(names[place : place + 2]) for place in range(0, len(names), 2)]


def _border(name: str, other: str) -> tuple[int, int]:
    """Where the line between the middles of two boxes leaves the first, in whole pixels."""
    (left, top), (left2, top2) = PLACES[name], PLACES[other]
    across, down = left2 - left, top2 - top
    height = HEIGHT + 28 if name == "Concept" else HEIGHT
    half_width, half_height = WIDTH // 2, height // 2
    if abs(across) * half_height > abs(down) * half_width:
        step = (half_width if across > 0 else -half_width, down * half_width // abs(across))
    else:
        step = (across * half_height // abs(down), half_height if down > 0 else -half_height)
    return left + half_width + step[0], top + half_height + step[1]


if __name__ == "__main__":
    write_atomic(sys.argv[1], diagram_file(read_ontology(ontology_path("paperconcepts.ttl"))))
