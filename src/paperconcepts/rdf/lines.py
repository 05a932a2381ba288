"""Lines of N-Triples and N-Quads, sorted."""

import tempfile
from collections.abc import Callable, Iterable, Iterator

from paperconcepts.rdf.triples import Described

__all__ = ["nquads_blocks", "ntriples_blocks"]

_PIECE = 1 << 20


def ntriples_blocks(described: Iterable[Described], late: str) -> Iterator[str]:
    """Yield sorted lines of N-Triples in pieces; subjects from ``late`` on that come last are put where they belong."""
    return _in_place(described, late, _triples)


def nquads_blocks(described: Iterable[Described], late: str) -> Iterator[str]:
    """Yield sorted lines of N-Quads in pieces: a triple stands once in each of its graphs."""
    return _in_place(described, late, _quads)


def _triples(found: Described) -> str:
    subject, pairs, _ = found
    # The order of pairs is that of their lines: no term is the beginning of another but for a language or datatype.
    return "".join([f"{subject} {predicate} {term} .\n" for predicate, term in sorted(pairs)])


def _quads(found: Described) -> str:
    subject, pairs, graphs = found
    if not graphs:
        return _triples(found)
    # Graphs come sorted.
    return "".join([f"{subject} {predicate} {term} {name} .\n" for predicate, term in sorted(pairs) for name in graphs])


def _in_place(described: Iterable[Described], late: str, lines: Callable[[Described], str]) -> Iterator[str]:
    # What describes the data set counts all triples, so it is known last, but sorts before most of them: these wait in
    # a file, not in memory.
    end = f"{late}>"
    with tempfile.TemporaryFile("w+", encoding="utf-8", newline="") as waiting:
        for found in described:
            subject = found.subject
            if subject < late or subject == end or subject.startswith(f"{late}/"):
                yield lines(found)
            else:
                waiting.write(lines(found))
        waiting.seek(0)
        while piece := waiting.read(_PIECE):
            yield piece
