"""Which records can be of one paper: those that share a key, directly or through others.

`paperconcepts.sources.merge_papers` decides who is one paper; it looks at identifiers, titles and abstracts. Two
records that share none of these never come together, so that merging the records that hang together by their keys gives
what merging all records gives. Keys may be too many, never too few.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping

from paperconcepts.model import Paper
from paperconcepts.sources.identifiers import normalise_text

__all__ = ["connected", "join_keys"]

_KEY_BYTES = 8  # two different keys in one place cost a comparison more, nothing else
_SHORTEST_ABSTRACT = 60


def join_keys(paper: Paper) -> set[bytes]:
    """The keys of a record. Those of identifiers begin with ``n``.

    Examples:
        >>> old, new = Paper(id="arxiv:2106.09685", title="LoRA"), Paper(id="sha:0", title="LoRA.")
        >>> len(join_keys(old) & join_keys(new))
        1
    """
    keys = {_key(b"n", name) for name in (paper.id, *paper.identifiers)}
    if title := normalise_text(paper.title):
        keys.add(_key(b"t", title))
    if len(abstract := normalise_text(paper.abstract)) >= _SHORTEST_ABSTRACT:
        keys.add(_key(b"a", abstract))
    return keys


def _key(kind: bytes, text: str) -> bytes:
    return kind + hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:_KEY_BYTES]


def connected(keys: Mapping[int, Iterable[bytes]]) -> list[list[int]]:
    """The records that hang together by their keys, as lists of their numbers, in order.

    Examples:
        >>> connected({1: [b"a"], 2: [b"b"], 3: [b"a", b"c"], 4: [b"c"]})
        [[1, 3, 4], [2]]
    """
    parents = {number: number for number in keys}

    def find(number: int) -> int:
        while parents[number] != number:
            parents[number] = parents[parents[number]]
            number = parents[number]
        return number

    holders: dict[bytes, int] = {}
    for number, found in keys.items():
        for key in found:
            first, second = sorted((find(holders.setdefault(key, number)), find(number)))
            parents[second] = first
    members: dict[int, list[int]] = defaultdict(list)
    for number in sorted(keys):
        members[find(number)].append(number)
    return list(members.values())
