"""RDF terms as plain data, and the one way in which they are written.

An IRI is a ``str``, a literal a :class:`Value`. Both writers and rdflib's graph are fed with these; an rdflib term
costs about ten times as much to make.
"""

import math
import re
from datetime import date
from decimal import Decimal
from typing import NamedTuple, TypeAlias

from paperconcepts.errors import OutputError
from paperconcepts.rdf.namespaces import PREFIXES

__all__ = [
    "Pair",
    "Term",
    "Value",
    "boolean",
    "count",
    "date_value",
    "decimal",
    "english",
    "escape",
    "integer",
    "string",
]

XSD = PREFIXES["xsd"]
_SURROGATE = re.compile("[\ud800-\udfff]")
_ESCAPED = re.compile('[\x00-\x1f"\\\\\x7f\ufffe\uffff]')
_SHORT = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}


class Value(NamedTuple):
    """A literal. Without datatype and language it is an xsd:string."""

    text: str
    datatype: str = ""
    language: str = ""


Term: TypeAlias = str | Value
Pair: TypeAlias = tuple[str, Term]


def string(text: str) -> Value:
    """Return a plain literal; lone surrogates, which no RDF file can hold, become U+FFFD.

    Examples:
        >>> string("LoRA")
        Value(text='LoRA', datatype='', language='')
    """
    return Value(_valid(text))


def english(text: str) -> Value:
    """Return a literal in English: labels and definitions."""
    return Value(_valid(text), "", "en")


def integer(number: int) -> Value:
    """Return an xsd:integer."""
    return Value(str(int(number)), XSD + "integer")


def count(number: int) -> Value:
    """Return an xsd:nonNegativeInteger: offsets and numbers of things."""
    return Value(str(int(number)), XSD + "nonNegativeInteger")


def boolean(value: bool) -> Value:
    """Return an xsd:boolean."""
    return Value("true" if value else "false", XSD + "boolean")


def decimal(number: float) -> Value:
    """Return an xsd:decimal with the exact digits that Python shows, always with a point (so that Turtle may be bare).

    Raises:
        OutputError: the number is not finite; RDF decimals have no such value.

    Examples:
        >>> decimal(0.85).text, decimal(1).text, decimal(1e-05).text
        ('0.85', '1.0', '0.00001')
    """
    if not math.isfinite(number):
        raise OutputError(f"cannot write {number!r} as xsd:decimal; confidences must be numbers from 0 to 1")
    text = format(Decimal(repr(float(number))), "f")
    return Value(text, XSD + "decimal")


def date_value(text: str) -> Value | None:
    """Return an xsd:date if ``text`` is a day, None if it is a month, a year or no date.

    Examples:
        >>> date_value("2023-05-29").datatype.endswith("#date"), date_value("2023-05")
        (True, None)
    """
    if len(text) != 10 or not text.isascii():
        return None
    try:
        return Value(date.fromisoformat(text).isoformat(), XSD + "date")
    except ValueError:
        return None


def escape(text: str) -> str:
    r"""Return ``text`` in quotes as canonical N-Triples writes it; Turtle reads the same.

    Examples:
        >>> print(escape('say "hi"'))
        "say \"hi\""
    """
    if _ESCAPED.search(text):
        text = _ESCAPED.sub(lambda match: _SHORT.get(match[0]) or f"\\u{ord(match[0]):04X}", text)
    return f'"{text}"'


def _valid(text: str) -> str:
    return text if text.isascii() else _SURROGATE.sub("\ufffd", text)
