"""Which predicted mention is which gold mention."""

from collections.abc import Collection

__all__ = ["TypedSpan", "match_overlaps"]

TypedSpan = tuple[int, int, str]


def match_overlaps(predicted: Collection[TypedSpan], gold: Collection[TypedSpan]) -> dict[TypedSpan, TypedSpan]:
    """Match predicted with gold spans of the same type that overlap, one to one.

    Equal spans are matched first, then those that share most characters, ties from left to right.

    Examples:
        >>> match_overlaps([(0, 30, "Task"), (4, 8, "Model")], [(4, 8, "Task"), (20, 30, "Task")])
        {(0, 30, 'Task'): (20, 30, 'Task')}
    """
    equal = set(predicted) & set(gold)
    pairs = {span: span for span in sorted(equal)}
    here, there = sorted(set(gold) - equal), sorted(set(predicted) - equal)
    votes = []
    for one in there:
        for other in here:
            shared = min(one[1], other[1]) - max(one[0], other[0])
            if shared > 0 and one[2] == other[2]:
                votes.append((-shared, one, other))
    claimed: set[TypedSpan] = set()
    for _, one, other in sorted(votes):
        if one not in pairs and other not in claimed:
            pairs[one] = other
            claimed.add(other)
    return pairs
