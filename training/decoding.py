"""From tag probabilities to entities, and how many of them are right."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
from corpora import Example, tags_of
from numpy.typing import NDArray

__all__ = ["Probabilities", "decode", "mention_scores"]

Probabilities = NDArray[np.floating[Any]]


def transitions(head: str) -> NDArray[np.float32]:
    """0 where tag j may follow tag i, else minus infinity (the BILUO rules)."""
    tags = tags_of(head)
    allowed = np.full((len(tags), len(tags)), -np.inf, dtype=np.float32)
    for i, before in enumerate(tags):
        for j, after in enumerate(tags):
            inside = before[0] in "BI"
            if inside == (after[0] in "IL") and (not inside or before[1:] == after[1:]):
                allowed[i, j] = 0
    return allowed


def decode(probabilities: Probabilities, head: str, o_bias: float = 0.0) -> list[tuple[int, int, str]]:
    """The best legal tag sequence (Viterbi) as entities: first word, last word + 1, label."""
    tags = tags_of(head)
    allowed = transitions(head)
    scores = np.log(np.maximum(probabilities[:, : len(tags)], 1e-9))
    scores[:, 0] += o_bias
    count = len(scores)
    if not count:
        return []
    back = np.zeros((count, len(tags)), dtype=np.int64)
    best = scores[0] + np.where([tag[0] in "IL" for tag in tags], -np.inf, 0)
    for i in range(1, count):
        through = best[:, None] + allowed
        back[i] = through.argmax(axis=0)
        best = through.max(axis=0) + scores[i]
    best = best + np.where([tag[0] in "BI" for tag in tags], -np.inf, 0)
    path = [int(best.argmax())]
    for i in range(count - 1, 0, -1):
        path.append(int(back[i, path[-1]]))
    path.reverse()
    found, start = [], 0
    for i, tag in enumerate(path):
        name = tags[tag]
        if name[0] in "BU":
            start = i
        if name[0] in "LU":
            found.append((start, i + 1, name[2:]))
    return found


def mention_scores(
    examples: Sequence[Example], predictions: Sequence[Probabilities], head: str, merged: bool = False
) -> dict[str, float]:
    """Micro P, R, F1 of mentions: ``strict`` span and type, ``overlap`` any overlap and type, ``span`` without type."""
    counts: Counter[str] = Counter()
    for example, probabilities in zip(examples, predictions, strict=True):
        gold = set(decode(np.eye(len(tags_of(example.head)), dtype=np.float32)[example.tags], example.head))
        guess = set(decode(probabilities, head))
        if merged:
            gold, guess = ({(a, b, "Method" if t == "Model" else t) for a, b, t in x} for x in (gold, guess))
        counts["gold"] += len(gold)
        counts["guess"] += len(guess)
        counts["strict"] += len(gold & guess)
        counts["span"] += len({x[:2] for x in gold} & {x[:2] for x in guess})
        counts["hit_guess"] += sum(any(a < d and c < b and t == u for c, d, u in gold) for a, b, t in guess)
        counts["hit_gold"] += sum(any(a < d and c < b and t == u for c, d, u in guess) for a, b, t in gold)

    def f1(right_guess: int, right_gold: int) -> float:
        p, r = right_guess / max(1, counts["guess"]), right_gold / max(1, counts["gold"])
        return 2 * p * r / max(1e-9, p + r)

    return {
        "strict_p": counts["strict"] / max(1, counts["guess"]),
        "strict_r": counts["strict"] / max(1, counts["gold"]),
        "strict": f1(counts["strict"], counts["strict"]),
        "span": f1(counts["span"], counts["span"]),
        "overlap": f1(counts["hit_guess"], counts["hit_gold"]),
    }
