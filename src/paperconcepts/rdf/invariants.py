"""Invariants: rules over the whole graph, each a query of ``ontology/invariants`` that finds what breaks it."""

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from paperconcepts.errors import ConfigurationError
from paperconcepts.vocabulary.location import ontology_path

if TYPE_CHECKING:
    import pyoxigraph

__all__ = ["Invariant", "breaches", "load_invariants"]

_HEAD = re.compile(r"# (?P<message>.+)\n# severity: (?P<severity>violation|warning)\n")


@dataclass(frozen=True, slots=True)
class Invariant:
    """A rule over the whole graph.

    Attributes:
        name: the rule's name, that of its file.
        message: what is wrong with a node that the query finds.
        severity: "violation" or "warning".
        query: SPARQL that gives each node that breaks the rule as ``?node``, with the ``?value`` that does so, if any.
            It expects the data in the default graph and the ontology in the named graph of its own IRI.
    """

    name: str
    message: str
    severity: str
    query: str


@cache
def load_invariants() -> tuple[Invariant, ...]:
    """Return the invariants that ship with the ontology, by name.

    Raises:
        ConfigurationError: the file of one has no message or severity in its head.

    Examples:
        >>> rule = next(rule for rule in load_invariants() if rule.name == "assertion-without-edge")
        >>> rule.severity, rule.message
        ('violation', 'the direct triple of an assertion is missing')
    """
    found = []
    for path in sorted(ontology_path("invariants").glob("*.rq")):
        text = path.read_text(encoding="utf-8")
        head = _HEAD.match(text)
        if head is None:
            raise ConfigurationError(f"{path}: the first lines must be '# MESSAGE' and '# severity: violation|warning'")
        found.append(Invariant(path.stem, head["message"], head["severity"], text))
    return tuple(found)


def breaches(store: "pyoxigraph.Store", invariant: Invariant) -> list[tuple[str, str]]:
    """Return each node that breaks an invariant and the value that does so ("" for none), both as N-Triples, sorted.

    Examples:
        >>> import pyoxigraph
        >>> store = pyoxigraph.Store()
        >>> store.update("INSERT DATA { <a:s> <http://www.w3.org/2002/07/owl#sameAs> <a:o> }")
        >>> rule = next(rule for rule in load_invariants() if rule.name == "same-as")
        >>> breaches(store, rule)
        [('<a:s>', '<a:o>')]
    """
    import pyoxigraph

    found = store.query(invariant.query)
    if not isinstance(found, pyoxigraph.QuerySolutions):
        raise ConfigurationError(f"the invariant {invariant.name} is no SELECT query")
    valued = "value" in {variable.value for variable in found.variables}
    rows = {(str(row["node"]), str(row["value"]) if valued and row["value"] is not None else "") for row in found}
    return sorted(rows)
