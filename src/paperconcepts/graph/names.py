"""Find concepts and papers by any name they go by, and suggest near ones."""

import difflib
import re
from collections import defaultdict
from collections.abc import Iterable

from paperconcepts.errors import UnknownNameError
from paperconcepts.vocabulary import normalise_form

__all__ = ["NameIndex", "bare_identifier"]

_PLACE = re.compile(
    r"(?:https?://)?(?:www\.|export\.|dx\.)?"
    r"(?:arxiv\.org/(?:abs|pdf|html)/|doi\.org/|huggingface\.co/papers/|aclanthology\.org/)|(?:arxiv|doi)\s*:\s*",
    re.IGNORECASE,
)
_VERSION = re.compile(r"(?<=\d)v\d+\Z")


def bare_identifier(name: str) -> str:
    """The identifier in an address or in a name with prefix and version, as people copy them; else the name itself.

    Examples:
        >>> bare_identifier("https://arxiv.org/abs/2305.18290v3"), bare_identifier("arXiv:2305.18290")
        ('2305.18290', '2305.18290')
        >>> bare_identifier("https://doi.org/10.1000/x"), bare_identifier("LoRA")
        ('10.1000/x', 'LoRA')
    """
    name = name.strip()
    place = _PLACE.match(name)
    if place is None:
        return _VERSION.sub("", name) if name[:4].isdigit() else name
    bare = name[place.end() :].partition("?")[0].partition("#")[0].rstrip("/").removesuffix(".pdf")
    return _VERSION.sub("", bare)


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
        if node is None and self._kind == "paper":
            node = self._nodes.get(normalise_form(bare_identifier(name)))
        if node is None:
            raise UnknownNameError(name, kind=self._kind, suggestions=self.suggest(name))
        return node

    def bearers(self, name: str) -> list[str]:
        """Return the ids of all nodes that bear ``name``, the heaviest first; of an id, the one node.

        Examples:
            >>> NameIndex("concept", [("kiwi-model", ["Kiwi"], 3), ("kiwi-dataset", ["Kiwi"], 5)]).bearers("kiwi")
            ['kiwi-dataset', 'kiwi-model']
        """
        if name in self._ids:
            return [name]
        found = self._bearers.get(normalise_form(name), ())
        if not found and self._kind == "paper":
            found = self._bearers.get(normalise_form(bare_identifier(name)), ())
        return list(found)

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
