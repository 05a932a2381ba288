"""Parameters of queries: the value of a variable, bound as one typed term.

A query declares a parameter by a clause of its own, ``VALUES ?name { "LoRA" }``: the term in it is the default and
gives the type, so that the query runs as it stands in any engine. Binding puts another term of that type there. What a
caller gives never becomes part of the text in any other way: it is checked against its type and written as exactly one
literal or IRI.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TypeAlias

from paperconcepts.errors import QueryError
from paperconcepts.rdf.namespaces import DEFAULT_BASE, PREFIXES, prefixes_for
from paperconcepts.rdf.read_only import find_values
from paperconcepts.rdf.terms import string

__all__ = ["PARAMETER_TYPES", "ParameterValue", "Slot", "bind_parameters", "parameter_slots", "typed_term"]

ParameterValue: TypeAlias = str | int | float | Decimal | bool | date
"""A value to bind: text is read as the type of the parameter demands."""

PARAMETER_TYPES = ("string", "integer", "decimal", "boolean", "date", "iri")

_XSD = PREFIXES["xsd"]
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\]+\Z")
_PREFIXED = re.compile(r"([A-Za-z][A-Za-z0-9_-]*):([A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?)\Z")
_LOCAL = re.compile(r"[A-Za-z][A-Za-z0-9_]*\Z")
_INTEGER = re.compile(r"[+-]?[0-9]{1,30}\Z")
_DECIMAL = re.compile(r"[+-]?(?:[0-9]{1,30}(?:\.[0-9]{0,30})?|\.[0-9]{1,30})\Z")
_FORMS = (
    ("string", re.compile(r"(?:UNDEF|[\"'].*)\Z", re.DOTALL | re.IGNORECASE)),
    ("integer", _INTEGER),
    ("decimal", _DECIMAL),
    ("boolean", re.compile(r"(?:true|false)\Z", re.IGNORECASE)),
)
_TYPED = re.compile(r"[\"'].*\^\^<?[^\"'\s]*?(integer|decimal|boolean|date)>?\Z", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a query takes a parameter: ``sparql[start:end]`` is the default, a term of this type."""

    name: str
    type: str
    default: str
    start: int
    end: int


def parameter_slots(sparql: str) -> dict[str, Slot]:
    """Return the parameters that a query declares by ``VALUES ?name { term }``, by name.

    Examples:
        >>> parameter_slots("ASK { VALUES ?year { 2021 } ?paper pc:year ?year }")["year"].type
        'integer'
    """
    slots: dict[str, Slot] = {}
    for name, start, end in find_values(sparql):
        default = sparql[start:end].strip()
        if name in slots:
            raise QueryError(f"the query declares the parameter {name} twice; give it one VALUES clause")
        slots[name] = Slot(name, _type_of(default), default, start, end)
    return slots


def _type_of(default: str) -> str:
    typed = _TYPED.match(default)
    if typed:
        return typed[1]
    return next((name for name, form in _FORMS if form.match(default)), "iri")


def bind_parameters(sparql: str, values: Mapping[str, ParameterValue], *, base: str = DEFAULT_BASE) -> str:
    r"""Return the query with these values in place of the defaults of its parameters.

    Raises:
        QueryError: the query has no such parameter, or a value is not of its type.

    Examples:
        >>> bind_parameters('ASK { VALUES ?name { "LoRA" } ?c skos:prefLabel ?name }', {"name": 'x" } DROP'})
        'ASK { VALUES ?name { "x\\" } DROP" } ?c skos:prefLabel ?name }'
    """
    if not values:
        return sparql
    slots = parameter_slots(sparql)
    wrong = sorted(set(values) - set(slots))
    if wrong:
        known = ", ".join(sorted(slots)) or "none"
        raise QueryError(
            f"the query has no parameter {wrong[0]!r} (its parameters: {known}); "
            f'a parameter is declared as VALUES ?{wrong[0]} {{ "default" }}'
        )
    # From the end, so that earlier places stay where they are.
    for slot in sorted(slots.values(), key=lambda slot: -slot.start):
        if slot.name in values:
            term = typed_term(values[slot.name], slot.type, name=slot.name, base=base)
            sparql = f"{sparql[: slot.start]} {term} {sparql[slot.end :]}"
    return sparql


def typed_term(value: ParameterValue, kind: str, *, name: str = "value", base: str = DEFAULT_BASE) -> str:
    """Return a value as one term of a type, as SPARQL writes it.

    Raises:
        QueryError: the value is not of the type.

    Examples:
        >>> typed_term("2021", "integer"), typed_term("pc:Method", "iri")
        ('"2021"^^<http://www.w3.org/2001/XMLSchema#integer>', '<https://w3id.org/paperconcepts/ontology#Method>')
        >>> typed_term("soon", "integer", name="year")
        Traceback (most recent call last):
        ...
        paperconcepts.errors.QueryError: parameter year: 'soon' is no integer
    """
    text = _text(value)
    found = _iri(text, base) if kind == "iri" else _literal(text, kind)
    if found is None:
        iri = "IRI; write https://..., pc:Dataset with a known prefix, or a name of the ontology such as Dataset"
        wanted = iri if kind == "iri" else kind
        raise QueryError(f"parameter {name}: {text!r} is no {wanted}")
    return found


def _text(value: ParameterValue) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return format(Decimal(repr(value)), "f")
    return value.isoformat() if isinstance(value, date) else str(value)


def _literal(text: str, kind: str) -> str | None:
    if kind == "string":
        return string(text)
    text = text.strip()
    valid = {"integer": _is_integer, "decimal": _is_decimal, "boolean": _is_boolean, "date": _is_date}[kind](text)
    return f'"{text}"^^<{_XSD}{kind}>' if valid else None


def _is_integer(text: str) -> bool:
    return bool(_INTEGER.match(text))


def _is_decimal(text: str) -> bool:
    try:
        return bool(_DECIMAL.match(text)) and Decimal(text).is_finite()
    except InvalidOperation:
        return False


def _is_boolean(text: str) -> bool:
    return text in ("true", "false")


def _is_date(text: str) -> bool:
    try:
        return len(text) == 10 and text.isascii() and date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _iri(text: str, base: str) -> str | None:
    prefixed = _PREFIXED.match(text)
    if prefixed and prefixed[1] in (known := prefixes_for(base)):
        return f"<{known[prefixed[1]]}{prefixed[2]}>"
    if _LOCAL.match(text):
        # A bare name is one of the ontology: Dataset.
        return f"<{PREFIXES['pc']}{text}>"
    text = text.removeprefix("<").removesuffix(">")
    return f"<{text}>" if _IRI.match(text) and text.isascii() else None
