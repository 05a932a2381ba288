"""Find concepts and papers by any name they go by, and suggest near ones."""

import difflib
from collections import defaultdict
from collections.abc import Iterable

from paperconcepts.errors import UnknownNameError
from paperconcepts.vocabulary import normalise_form

__all__ = ["NameIndex"]


class NameIndex:
    """Names of one kind of node, looked up in any spelling.

    Examples:
        >>> index = NameIndex("concept", [("dpo", ["DPO", "Direct Preference Optimization"], 3)])
        >>> index.resolve("direct preference optimisation")
        'dpo'
        >>> index.resolve("direct preferance optimization")
        Traceback (most recent call last):
        ...
        paperconcepts.errors.UnknownNameError: No concept 'direct preferance optimization' in this graph. Did you
        mean: Direct Preference Optimization?
    """

    def __init__(self, kind: str, names: Iterable[tuple[str, Iterable[str], int]]) -> None:
        """Take (node id, its names, its weight); of two nodes with one name the heavier is found."""
        self._kind = kind
        found: dict[str, list[tuple[int, str]]] = defaultdict(list)
        self._shown: dict[str, str] = {}
        self._ids: set[str] = set()
        for node, forms, weight in names:
            self._ids.add(node)
            for form in (*forms, node):
                key = normalise_form(form)
                if key:
                    found[key].append((-weight, node))
                    self._shown.setdefault(key, form)
        self._bearers = {key: tuple(dict.fromkeys(node for _, node in sorted(nodes))) for key, nodes in found.items()}
        self._nodes = {key: nodes[0] for key, nodes in self._bearers.items()}

    def resolve(self, name: str) -> str:
        """Return the node id of ``name``: an id, a label or an alias in any spelling.

        Raises:
            UnknownNameError: no node bears it; the error suggests up to five near names.
        """
        if name in self._ids:
            return name
        node = self._nodes.get(normalise_form(name))
        if node is None:
            raise UnknownNameError(name, kind=self._kind, suggestions=self.suggest(name))
        return node

    def bearers(self, name: str) -> list[str]:
        """Return the ids of all nodes that bear ``name``, the heaviest first; of an id, the one node.

        Examples:
            >>> NameIndex("concept", [("kiwi-model", ["Kiwi"], 3), ("kiwi-dataset", ["Kiwi"], 5)]).bearers("kiwi")
            ['kiwi-dataset', 'kiwi-model']
        """
        return [name] if name in self._ids else list(self._bearers.get(normalise_form(name), ()))

    def suggest(self, name: str, *, limit: int = 5) -> list[str]:
        """Return up to ``limit`` names near to ``name``, nearest first, one a node."""
        key = normalise_form(name)
        near = difflib.get_close_matches(key, sorted(self._nodes), n=limit * 3, cutoff=0.6)
        if len(key) >= 3:
            near += sorted((k for k in self._nodes if key in k and k not in near), key=lambda k: (len(k), k))[:limit]
        result: dict[str, str] = {}
        for candidate in near:
            result.setdefault(self._nodes[candidate], self._shown[candidate])
        return list(result.values())[:limit]
