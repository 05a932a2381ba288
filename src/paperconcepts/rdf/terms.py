"""RDF terms as their N-Triples text: made once, and good as they are for every syntax.

Canonical N-Triples escapes a text as Turtle, TriG, N-Quads and JSON read it too, so the writers only shorten IRIs. An
object of rdflib costs about ten times as much to make.
"""

import math
import re
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import TypeAlias

from paperconcepts.errors import OutputError
from paperconcepts.rdf.namespaces import PREFIXES

__all__ = [
    "NAME",
    "Pair",
    "Term",
    "boolean",
    "count",
    "date_value",
    "decimal",
    "english",
    "escape",
    "integer",
    "iri",
    "plain_number",
    "split_literal",
    "string",
    "valid_text",
]

Term: TypeAlias = str
"""A term as canonical N-Triples writes it: ``<https://example.org/>``, ``"text"``, ``"text"@en``, ``"1"^^<...>``."""

Pair: TypeAlias = tuple[Term, Term]
"""A predicate and an object."""

_XSD = PREFIXES["xsd"]
# No RDF file can hold the first, and not every reader takes the others: xsd:string has neither.
_NO_CHARACTER = re.compile("[\ud800-\udfff\ufffe\uffff]")
_ESCAPED = re.compile('[\x00-\x1f"\\\\\x7f]')
_SHORT = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
_NUMBER = re.compile(r"-?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?\Z", re.ASCII)
_INTEGER, _COUNT = f'"^^<{_XSD}integer>', f'"^^<{_XSD}nonNegativeInteger>'


class _Names(dict[str, Term]):
    """The terms of prefixed names, made when they are first asked for."""

    def __missing__(self, name: str) -> Term:
        prefix, _, local = name.partition(":")
        term = self[name] = f"<{PREFIXES[prefix]}{local}>"
        return term


NAME = _Names()
"""``NAME["pc:paper"]`` is the term of a name with one of the fixed prefixes."""


def iri(text: str) -> Term:
    """Return the term of an IRI.

    Examples:
        >>> iri("https://example.org/a"), NAME["rdfs:label"]
        ('<https://example.org/a>', '<http://www.w3.org/2000/01/rdf-schema#label>')
    """
    return f"<{text}>"


def string(text: str) -> Term:
    r"""Return a plain literal; lone surrogates and U+FFFE and U+FFFF, which are no characters, become U+FFFD.

    Examples:
        >>> print(string('say "hi"'))
        "say \"hi\""
    """
    return escape(valid_text(text))


def valid_text(text: str) -> str:
    r"""Return a text as a literal can hold it, as long as it was.

    Examples:
        >>> valid_text("a\ud800b") == "a\ufffdb"
        True
    """
    return text if text.isascii() else _NO_CHARACTER.sub("\ufffd", text)


def english(text: str) -> Term:
    """Return a literal in English: labels and definitions.

    Examples:
        >>> english("LoRA")
        '"LoRA"@en'
    """
    return string(text) + "@en"


def integer(number: int) -> Term:
    """Return an xsd:integer."""
    return f'"{int(number)}{_INTEGER}'


def count(number: int) -> Term:
    """Return an xsd:nonNegativeInteger: offsets and numbers of things."""
    return f'"{int(number)}{_COUNT}'


def boolean(value: bool) -> Term:
    """Return an xsd:boolean."""
    return f'"{"true" if value else "false"}"^^<{_XSD}boolean>'


@lru_cache(maxsize=4096)
def decimal(number: float) -> Term:
    """Return an xsd:decimal with the exact digits that Python shows, always with a point (so that Turtle may be bare).

    Raises:
        OutputError: the number is not finite; RDF decimals have no such value.

    Examples:
        >>> [split_literal(decimal(number))[0] for number in (0.85, 1, 1e-05)]
        ['"0.85"', '"1.0"', '"0.00001"']
    """
    if not math.isfinite(number):
        raise OutputError(f"cannot write {number!r} as xsd:decimal; confidences must be numbers from 0 to 1")
    return f'"{format(Decimal(repr(float(number))), "f")}"^^<{_XSD}decimal>'


def plain_number(text: str) -> Term | None:
    """Return the xsd:decimal that a text writes as a number, in its canonical form; None if it is no single number.

    Examples:
        >>> [split_literal(plain_number(text) or "")[0] for text in ("5.20", "1,024", "007", "-0")]
        ['"5.2"', '"1024.0"', '"7.0"', '"0.0"']
        >>> plain_number("3.0-14.6") is None
        True
    """
    if not _NUMBER.match(text):
        return None
    whole, _, rest = text.replace(",", "").partition(".")
    sign = "-" if whole.startswith("-") and (whole + rest).strip("-0") else ""
    whole, rest = whole.lstrip("-").lstrip("0"), rest.rstrip("0")
    return f'"{sign}{whole or "0"}.{rest or "0"}"^^<{_XSD}decimal>'


def date_value(text: str) -> Term | None:
    """Return an xsd:date if ``text`` is a day, None if it is a month, a year or no date.

    Examples:
        >>> date_value("2023-05-29"), date_value("2023-05")
        ('"2023-05-29"^^<http://www.w3.org/2001/XMLSchema#date>', None)
    """
    if len(text) != 10 or not text.isascii():
        return None
    try:
        return f'"{date.fromisoformat(text).isoformat()}"^^<{_XSD}date>'
    except ValueError:
        return None


def escape(text: str) -> str:
    r"""Return ``text`` in quotes as canonical N-Triples writes it; Turtle and JSON read the same.

    Examples:
        >>> print(escape('say "hi"'))
        "say \"hi\""
    """
    if _ESCAPED.search(text):
        text = _ESCAPED.sub(lambda match: _SHORT.get(match[0]) or f"\\u{ord(match[0]):04X}", text)
    return f'"{text}"'


def split_literal(term: Term) -> tuple[str, str, str]:
    """Take a literal apart: its text in quotes, its datatype's IRI and its language, each "" where there is none.

    Examples:
        >>> split_literal('"1"^^<http://www.w3.org/2001/XMLSchema#integer>'), split_literal('"a"@en')
        (('"1"', 'http://www.w3.org/2001/XMLSchema#integer', ''), ('"a"', '', 'en'))
    """
    end = term.rfind('"') + 1
    quoted, rest = term[:end], term[end:]
    if rest.startswith("@"):
        return quoted, "", rest[1:]
    return quoted, rest[3:-1], ""
