"""What a role model can read of a paper's other concepts: a paper that introduces a model compares others with it.

The first pass reads each concept by itself. The second reads also what the first says of the others (stacked
generalisation; Wolpert, Neural Networks 5(2), 1992).
"""

from bisect import bisect_right
from collections.abc import Sequence

from paperconcepts.linking.linear_model import Features
from paperconcepts.model import ConceptType, Role

__all__ = ["OTHERS", "others_of", "with_others"]

_ROLES = tuple(map(str, Role))
_KINDS = tuple(f"type_{label}" for label in ConceptType)
_TELLING = (Role.INTRODUCES, Role.STUDIES)
_FEW = 5
_NAMES = tuple((f"own_{role}", f"others_{role}", f"top_{role}", f"same_{role}") for role in _ROLES)
OTHERS = (
    *(name for names in _NAMES for name in names),
    *(f"{name}_{role}_{kind}" for name in ("others", "top") for role in _TELLING for kind in ("", *_KINDS)),
    "introduced_before",
)
"""The names of the features that are added: what is said of the concept, of the others in the mean and at most, and of
those of its type."""


def with_others(rows: Sequence[Features], shares: Sequence[Sequence[float]]) -> list[dict[str, int]]:
    """The features of each concept of a paper, and what the first pass says of all (see ``others_of``)."""
    return [{**row, **added} for row, added in zip(rows, others_of(rows, shares), strict=True)]


def others_of(rows: Sequence[Features], shares: Sequence[Sequence[float]]) -> list[dict[str, int]]:
    """What the first pass says of each concept of a paper and of the others.

    ``shares`` are the probabilities of the first pass, a row for each concept, the roles first.

    Examples:
        >>> first, second = others_of([{"type_Model": 100}, {"type_Task": 100}], [[0.9] + [0.0] * 8, [0.0] * 9])
        >>> first["own_introduces"], second["others_introduces"], second["others_introduces_type_Task"]
        (90, 270, 270)
    """
    # Whole numbers: means that do not depend on the order of the sum.
    told = [[round(1000 * share) for share in found[: len(_ROLES)]] for found in shares]
    kinds = [next((kind for kind in _KINDS if kind in row), "") for row in rows]
    columns = [_Column(column, kinds) for column in zip(*told, strict=True)]
    return [_of_others(n, kind, columns) for n, kind in enumerate(kinds)]


class _Column:
    """What the first pass says of one role, for all concepts: its sums and its order, told once."""

    def __init__(self, values: Sequence[int], kinds: Sequence[str]) -> None:
        self.values = values
        self.total = sum(values)
        self.ordered = sorted(values)
        self.by_kind: dict[str, list[int]] = {}
        for value, kind in zip(values, kinds, strict=True):
            found = self.by_kind.setdefault(kind, [0, 0])
            found[0] += value
            found[1] += 1


def _of_others(number: int, kind: str, columns: Sequence[_Column]) -> dict[str, int]:
    values: dict[str, int] = {}
    for (own, others, top, same), column in zip(_NAMES, columns, strict=True):
        value, count = column.values[number], len(column.values) - 1
        values[own] = value // 10
        if count:
            # Three times as much, as a mean over many differs little.
            values[others] = 3 * (column.total - value) // (10 * count)
            values[top] = column.ordered[-2 if value == column.ordered[-1] else -1] // 10
        total, alike = column.by_kind[kind]
        if alike > 1:
            values[same] = (total - value) // (10 * (alike - 1))
    for role in _TELLING:
        for name in ("others", "top"):
            values[f"{name}_{role}_{kind}"] = values.get(f"{name}_{role}", 0)
    introduced = columns[0]
    before = len(introduced.ordered) - bisect_right(introduced.ordered, introduced.values[number])
    values["introduced_before"] = min(before, _FEW) * 20
    return {name: value for name, value in values.items() if value}
