"""The page about the ontology, made from its Turtle.

``python -m paperconcepts.rdf.ontology_page docs/ontology.html`` writes it.
"""

import sys
from collections.abc import Iterable, Iterator
from html import escape

from paperconcepts.files import write_atomic
from paperconcepts.rdf.class_diagram import class_diagram
from paperconcepts.rdf.namespaces import ONTOLOGY
from paperconcepts.rdf.ontology_terms import Ontology, OntologyTerm, read_ontology
from paperconcepts.vocabulary.location import ontology_path

__all__ = ["ontology_page"]

_STYLE = """\
:root {
  color-scheme: light dark;
  --ink: #1c1e21; --paper: #fff; --soft: #5b616a; --line: #c9ced6; --box: #f3f5f8; --link: #0b57b0
}
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6e8eb; --paper: #16181c; --soft: #a8b0bb; --line: #444b55; --box: #21252b; --link: #8ab8ff }
}
body {
  margin: 0 auto; max-width: 62rem; padding: 1rem 1.5rem 4rem;
  background: var(--paper); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif
}
a { color: var(--link) }
a:focus-visible { outline: 2px solid var(--link); outline-offset: 2px }
.skip { position: absolute; left: -999rem } .skip:focus { left: 1rem }
h2 { border-bottom: 1px solid var(--line); margin-top: 2.5rem }
h3 { margin-bottom: .2rem } h3 small { color: var(--soft); font-weight: normal }
nav ul { columns: 3 14rem; padding-left: 1.2rem }
section.term { border-top: 1px solid var(--line); padding-bottom: .6rem }
dl { display: grid; grid-template-columns: 9rem 1fr; gap: .15rem 1rem; margin: .4rem 0 }
dt { color: var(--soft) } dd { margin: 0 }
pre { background: var(--box); padding: .5rem .8rem; overflow-x: auto; white-space: pre-wrap }
code, pre { font-size: .92em }
svg { width: 100%; height: auto; font-family: inherit }
svg rect { fill: var(--box); stroke: var(--soft) }
svg text {
  fill: var(--ink); text-anchor: middle; font-size: 13px; paint-order: stroke; stroke: var(--paper); stroke-width: 3px
}
svg a text { stroke: none } svg text.small { font-size: 11px }
svg .arrow { fill: none; stroke: var(--soft) } svg .tip { fill: var(--soft) }
@media (max-width: 36rem) { dl { grid-template-columns: 1fr } }
"""
_SECTIONS = (
    ("class", "classes", "Classes"),
    ("property", "properties", "Properties"),
    ("individual", "individuals", "Individuals"),
)
_HEADER = (
    ("owl:versionInfo", "Version"), ("owl:versionIRI", "IRI of this version"), ("bibo:status", "Status"),
    ("dcterms:created", "Created"), ("dcterms:modified", "Modified"), ("dcterms:creator", "Creator"),
    ("dcterms:license", "Licence"), ("vann:preferredNamespacePrefix", "Prefix"),
    ("vann:preferredNamespaceUri", "Namespace"), ("skos:changeNote", "History"),
    ("dcterms:bibliographicCitation", "To cite"),
)  # fmt: skip
_EXAMPLE = """\
paper:arxiv_2305.18290 pc:introduces concept:direct-preference-optimization .

assertion:arxiv_2305.18290_introduces_direct-preference-optimization a pc:Assertion ;
    pc:paper paper:arxiv_2305.18290 ;
    pc:role pc:introduces ;
    pc:concept concept:direct-preference-optimization ;
    pc:confidence 0.85 ;
    pc:hasEvidence evidence:9f2c .

evidence:9f2c a pc:Evidence ;
    pc:sentence sentence:arxiv_2305.18290_abstract_0_52 ;
    pc:cue "We introduce" ; pc:cueBegin 0 ; pc:cueEnd 12 ;
    pc:rule "cue:propose" ; pc:status pc:asserted .

sentence:arxiv_2305.18290_abstract_0_52 a pc:Sentence ;
    nif:anchorOf "We introduce DPO, which needs no reward model at all." ;
    nif:referenceContext text:arxiv_2305.18290_abstract ."""


def ontology_page(ontology: Ontology) -> str:
    """Return a page in HTML about an ontology: header, diagram, contents, and a section for each term.

    It loads nothing, has no scripts, and is the same for the same ontology. The anchor of a term is its local name.

    Examples:
        >>> page = ontology_page(read_ontology(ontology_path("paperconcepts.ttl")))
        >>> '<section class="term" id="Assertion"' in page, "http-equiv" in page
        (True, False)
    """
    header = dict(ontology.header)

    def said(name: str) -> str:
        return " ".join(header.get(name, ()))

    facts = [(title, _linked(header[name])) for name, title in _HEADER if name in header]
    return "\n".join(
        [
            '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f'<meta name="description" content="{escape(said("dcterms:description"))}">',
            f"<title>{escape(said('dcterms:title'))}</title>\n<style>\n{_STYLE}</style>\n</head>\n<body>",
            '<a class="skip" href="#classes">To the terms</a>\n<header>',
            f"<h1>{escape(said('dcterms:title'))}</h1>\n<p>{escape(said('dcterms:description'))}</p>",
            f"<p>{escape(said('rdfs:comment'))}</p>",
            _facts(facts),
            '</header>\n<main>\n<h2 id="overview">Overview</h2>',
            class_diagram(ontology),
            '<h2 id="example">A statement and its evidence</h2>',
            f"<pre>{escape(_EXAMPLE)}</pre>",
            _contents(ontology),
            *(part for section in _SECTIONS for part in _section(ontology, *section)),
            "</main>\n</body>\n</html>\n",
        ]
    )


def _contents(ontology: Ontology) -> str:
    parts = ['<nav aria-labelledby="contents">\n<h2 id="contents">Terms</h2>']
    for kind, anchor, title in _SECTIONS:
        links = "\n".join(f'<li><a href="#{term.name}">{term.name}</a></li>' for term in ontology.of_kind(kind))
        parts.append(f'<p><a href="#{anchor}">{title}</a></p>\n<ul>\n{links}\n</ul>')
    return "\n".join([*parts, "</nav>"])


def _section(ontology: Ontology, kind: str, anchor: str, title: str) -> Iterator[str]:
    yield f'<h2 id="{anchor}">{title}</h2>'
    for term in ontology.of_kind(kind):
        yield f'<section class="term" id="{term.name}" aria-labelledby="{term.name}-name">'
        yield f'<h3 id="{term.name}-name">pc:{term.name} <small>{escape(term.label)}</small></h3>'
        yield f"<p>{escape(term.definition)} {escape(term.comment)}</p>"
        yield _facts(_term_facts(term, ontology))
        yield f"<pre>{escape(term.example)}</pre>\n</section>"


def _term_facts(term: OntologyTerm, ontology: Ontology) -> list[tuple[str, str]]:
    own = f"pc:{term.name}"
    below = [f"pc:{other.name}" for other in ontology.terms if own in other.above]
    above = {"class": "Subclass of", "property": "Sub-property of", "individual": "Is a"}[term.kind]
    return [
        ("IRI", f"<code>{escape(ONTOLOGY + term.name)}</code>"),
        *((title, _linked(values)) for title, values in (
            (above, term.above), ("Above", below), ("Domain", term.domain), ("Range", term.range),
            ("Inverse of", [term.inverse] if term.inverse else []), ("See also", term.see_also),
        ) if values),
        *([("Is", escape(", ".join(term.traits)))] if term.traits else []),
        *([("Note", escape(term.note))] if term.note else []),
    ]  # fmt: skip


def _facts(facts: Iterable[tuple[str, str]]) -> str:
    rows = "\n".join(f"<dt>{escape(title)}</dt><dd>{shown}</dd>" for title, shown in facts)
    return f"<dl>\n{rows}\n</dl>"


def _linked(names: Iterable[str]) -> str:
    """Names as text; own terms lead to their section."""
    return ", ".join(
        f'<a href="#{name.removeprefix("pc:")}">{name}</a>' if name.startswith("pc:") else escape(name)
        for name in names
    )


if __name__ == "__main__":
    write_atomic(sys.argv[1], ontology_page(read_ontology(ontology_path("paperconcepts.ttl"))))
