"""Blocks of Turtle and TriG, one a subject, with prefixed names."""

import re
from collections.abc import Iterable, Iterator

from paperconcepts.rdf.namespaces import PREFIXES, prefixes_for
from paperconcepts.rdf.terms import Pair, Term
from paperconcepts.rdf.triples import Described

__all__ = ["trig_blocks", "turtle_blocks"]

_TYPE = f"<{PREFIXES['rdf']}type>"
_XSD = PREFIXES["xsd"]
# These may stand in Turtle without quotes; our decimals always have a point, our integers never.
_BARE = frozenset({f"<{_XSD}{name}>" for name in ("integer", "decimal", "boolean")})
# Narrower than Turtle allows: names that need an escape stand in full, and every reader agrees on the rest.
_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?>\Z")
_REMEMBERED = 1 << 15


def turtle_blocks(described: Iterable[Described], base: str) -> Iterator[str]:
    """Yield Turtle in pieces: the prefixes, then a block for each subject."""
    names = _Names(base)
    yield names.header()
    for subject, pairs, _ in described:
        yield f"\n{names[subject]} {names.predicates(pairs)} .\n"


def trig_blocks(described: Iterable[Described], base: str) -> Iterator[str]:
    """Yield TriG in pieces: the prefixes, then blocks of subjects in their graphs; a graph may have several blocks."""
    names = _Names(base)
    yield names.header()
    for graph, block in _graph_blocks(described, names):
        yield block if graph is None else f"\n{names[graph]} {{{block}}}\n"


def _graph_blocks(described: Iterable[Described], names: "_Names") -> Iterator[tuple[Term | None, str]]:
    """Subjects that follow each other and are in the same graphs share a block, of at most a few hundred of them."""
    current: tuple[Term, ...] = ()
    held: list[str] = []
    for subject, pairs, graphs in described:
        if held and (graphs != current or len(held) >= 500):
            yield from _for_each_graph(current, "".join(held))
            held = []
        current = graphs
        held.append(f"\n{names[subject]} {names.predicates(pairs)} .\n")
    yield from _for_each_graph(current, "".join(held))


def _for_each_graph(graphs: tuple[Term, ...], block: str) -> Iterator[tuple[Term | None, str]]:
    for graph in graphs or (None,):
        yield graph, block


class _Names(dict[Term, str]):
    """Terms as Turtle allows them: prefixed names and bare numbers, made when they are first asked for."""

    def __init__(self, base: str) -> None:
        super().__init__()
        self._namespaces = prefixes_for(base)
        self._prefixes = {f"<{namespace}": prefix for prefix, namespace in self._namespaces.items()}

    def __missing__(self, term: Term) -> str:
        # Properties, classes, offsets and confidences recur in every block, a paper and its texts for a while.
        if len(self) >= _REMEMBERED:
            self.clear()
        name = self[term] = self._short(term)
        return name

    def header(self) -> str:
        """The declarations of all prefixes."""
        return "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in self._namespaces.items())

    def predicates(self, pairs: Iterable[Pair]) -> str:
        """The predicates and objects of a subject, in the order in which they were described."""
        parts: dict[Term, str] = {}
        for predicate, term in pairs:
            # A text without datatype is written as it is; not to be remembered, it may be long.
            shown = term if term[0] == '"' and term[-1] != ">" else self[term]
            parts[predicate] = f"{parts[predicate]}, {shown}" if predicate in parts else f"{self[predicate]} {shown}"
        return " ;\n    ".join(parts.values())

    def _short(self, term: Term) -> str:
        if term == _TYPE:
            return "a"  # it is never anything but a predicate
        if term[0] == '"':
            end = term.rfind('"') + 1
            datatype = term[end + 2 :]
            return term[1 : end - 1] if datatype in _BARE else f"{term[:end]}^^{self[datatype]}"
        cut = max(term.rfind("/"), term.rfind("#")) + 1
        prefix = self._prefixes.get(term[:cut])
        return f"{prefix}:{term[cut:-1]}" if prefix is not None and _LOCAL.match(term, cut) else term
