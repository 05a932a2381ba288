"""JSON-LD, a line a node, with the context of the ontology in the file: no reader has to fetch anything."""

import json
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from paperconcepts.rdf.namespaces import PREFIXES
from paperconcepts.rdf.terms import Term, split_literal
from paperconcepts.rdf.triples import Described
from paperconcepts.vocabulary.location import ontology_path

__all__ = ["jsonld_blocks", "load_context"]

_TYPE = f"<{PREFIXES['rdf']}type>"


class _Key(NamedTuple):
    """How a property is written: its key in quotes, and the kind of value that needs no words of its own."""

    name: str
    kind: str = ""
    language: str = ""


@lru_cache(maxsize=1)
def load_context() -> dict[str, Any]:
    """Return the published context, ``ontology/context.jsonld``.

    Examples:
        >>> load_context()["prefLabel"]
        {'@id': 'skos:prefLabel', '@language': 'en'}
    """
    context: dict[str, Any] = json.loads(ontology_path("context.jsonld").read_text(encoding="utf-8"))["@context"]
    return context


def jsonld_blocks(described: Iterable[Described], base: str) -> Iterator[str]:
    """Yield a JSON-LD document in pieces: the context, then a line for each node."""
    context = load_context()
    names = _Names(base, context)
    yield '{"@context": ' + json.dumps({"@base": base, **context}, indent=1, sort_keys=True) + ',\n"@graph": [\n'
    separator = ""
    for subject, pairs, _ in described:
        members: dict[str, list[str]] = {}
        for predicate, term in pairs:
            key = names.key(predicate)
            members.setdefault(key.name, []).append(names.value(term, key))
        parts = [f'"id": {names.relative(subject)}']
        for name, values in members.items():
            parts.append(f"{name}: {values[0]}" if len(values) == 1 else f"{name}: [{', '.join(values)}]")
        yield f"{separator}{{{', '.join(parts)}}}"
        separator = ",\n"
    yield "\n]}\n"


class _Names:
    """Writes terms as the context shortens them. Texts in quotes are JSON already."""

    def __init__(self, base: str, context: dict[str, Any]) -> None:
        self._base = base
        self._below = "#" if base.endswith("#") else ""
        self._prefixes = {name: iri for name, iri in context.items() if name in PREFIXES}
        self._vocabulary: str = context["@vocab"]
        self._keys = {_TYPE: _Key('"type"', "@vocab")}
        for name, told in context.items():
            if isinstance(told, dict):
                self._keys[f"<{self._expand(told['@id'])}>"] = _Key(
                    json.dumps(name), self._expand(told.get("@type", "")), told.get("@language", "")
                )
        self.short = lru_cache(maxsize=4096)(self._short)

    def _expand(self, name: str) -> str:
        prefix, colon, local = name.partition(":")
        return self._prefixes[prefix] + local if colon else name

    def key(self, predicate: Term) -> _Key:
        """The key of a property; one that the context does not name stands with its prefix."""
        found = self._keys.get(predicate)
        if found is None:
            found = self._keys[predicate] = _Key(self.short(predicate))
        return found

    def relative(self, term: Term) -> str:
        """An IRI in quotes, relative to the base where it is below it."""
        name = term[1:-1]
        return f'"{self._below}{name[len(self._base) :]}"' if name.startswith(self._base) else f'"{name}"'

    def _short(self, term: Term) -> str:
        name = term[1:-1]
        if name.startswith(self._vocabulary):
            return f'"{name[len(self._vocabulary) :]}"'
        for prefix, namespace in self._prefixes.items():
            if name.startswith(namespace) and len(name) > len(namespace):
                return f'"{prefix}:{name[len(namespace) :]}"'
        return f'"{name}"'

    def value(self, term: Term, key: _Key) -> str:
        """A value, in as few words as the context allows for its key."""
        if term[0] == "<":
            if key.kind == "@vocab":
                return self.short(term)
            return self.relative(term) if key.kind == "@id" else f'{{"@id": {self.relative(term)}}}'
        text, datatype, language = split_literal(term)
        if (datatype, language) == (key.kind, key.language):
            return text
        if language:
            return f'{{"@value": {text}, "@language": "{language}"}}'
        return f'{{"@value": {text}, "@type": "{datatype}"}}' if datatype else f'{{"@value": {text}}}'
