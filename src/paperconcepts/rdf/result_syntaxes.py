"""Answers in the syntaxes that other programs read: SPARQL 1.1 TSV and XML for rows, Turtle for triples."""

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from paperconcepts.rdf.namespaces import prefixes_for

if TYPE_CHECKING:
    from paperconcepts.rdf.results import RdfTerm

__all__ = ["boolean_xml", "rows_tsv", "rows_xml", "triples_turtle"]

_Row = Sequence["RdfTerm | None"]
_NAMESPACE = "http://www.w3.org/2005/sparql-results#"
# XML 1.0 has no way to write these.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_TAGS = {"uri": "uri", "bnode": "bnode"}
_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?\Z")


def rows_tsv(names: Sequence[str], rows: Iterable[_Row]) -> str:
    r"""Rows as SPARQL 1.1 TSV: terms as N-Triples writes them, without loss.

    Examples:
        >>> rows_tsv(["a", "b"], [[None, None]])
        '?a\t?b\n\t\n'
    """
    lines = ["\t".join(f"?{name}" for name in names)]
    lines += ["\t".join("" if term is None else term.n3() for term in row) for row in rows]
    return "".join(f"{line}\n" for line in lines)


def boolean_xml(value: bool) -> str:
    """A yes or no as SPARQL 1.1 XML."""
    return _document("  <head/>\n", f"  <boolean>{'true' if value else 'false'}</boolean>\n")


def rows_xml(names: Sequence[str], rows: Iterable[_Row]) -> str:
    r"""Rows as SPARQL 1.1 XML; characters that XML cannot hold become U+FFFD.

    Examples:
        >>> '<variable name="a"/>' in rows_xml(["a"], [])
        True
    """
    head = "".join(f"    <variable name={quoteattr(name)}/>\n" for name in names)
    body = "".join(f"    <result>{_bindings(names, row)}</result>\n" for row in rows)
    return _document(f"  <head>\n{head}  </head>\n", f"  <results>\n{body}  </results>\n")


def _document(head: str, body: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<sparql xmlns="{_NAMESPACE}">\n{head}{body}</sparql>\n'


def _bindings(names: Sequence[str], row: _Row) -> str:
    bound = ((name, term) for name, term in zip(names, row, strict=True) if term is not None)
    return "".join(f"<binding name={quoteattr(name)}>{_xml_term(term)}</binding>" for name, term in bound)


def _xml_term(term: "RdfTerm") -> str:
    # A carriage return would else be read as a line feed.
    text = escape(_NOT_XML.sub("\ufffd", term.value), {"\r": "&#13;"})
    tag = _TAGS.get(term.kind, "literal")
    mark = ""
    if term.language:
        mark = f" xml:lang={quoteattr(term.language)}"
    elif term.datatype:
        mark = f" datatype={quoteattr(term.datatype)}"
    return f"<{tag}{mark}>{text}</{tag}>"


def triples_turtle(triples: Iterable[tuple["RdfTerm", "RdfTerm", "RdfTerm"]], base: str) -> str:
    """Triples as Turtle, a block a subject, with the prefixes that they need.

    Examples:
        >>> from paperconcepts.rdf.results import RdfTerm
        >>> concept = RdfTerm("uri", "https://w3id.org/paperconcepts/concept/lora")
        >>> kind = RdfTerm("uri", "http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
        >>> print(triples_turtle([(concept, kind, concept)], "https://w3id.org/paperconcepts/"), end="")
        @prefix concept: <https://w3id.org/paperconcepts/concept/> .
        <BLANKLINE>
        concept:lora a concept:lora .
    """
    prefixes = {namespace: prefix for prefix, namespace in prefixes_for(base).items()}
    used: dict[str, str] = {}
    type_iri = f"{prefixes_for(base)['rdf']}type"

    def shown(term: "RdfTerm") -> str:
        if term.kind == "literal" and term.datatype:
            text = term.n3()
            return f"{text[: text.rindex('^^')]}^^{short(term.datatype)}"
        return short(term.value) if term.kind == "uri" else term.n3()

    def short(iri: str) -> str:
        cut = max(iri.rfind("/"), iri.rfind("#")) + 1
        prefix = prefixes.get(iri[:cut])
        if prefix is None or not _LOCAL.match(iri, cut):
            return f"<{iri}>"
        used[prefix] = iri[:cut]
        return f"{prefix}:{iri[cut:]}"

    blocks: dict[str, list[str]] = {}
    for subject, predicate, value in triples:
        verb = "a" if predicate.value == type_iri else short(predicate.value)
        blocks.setdefault(shown(subject), []).append(f"{verb} {shown(value)}")
    head = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in sorted(used.items()))
    return head + "".join("\n" + f"{subject} " + " ;\n    ".join(pairs) + " .\n" for subject, pairs in blocks.items())
