"""The map of concepts that the interactive page opens with: links, topics and places.

Two concepts are linked if papers share them. Of its links a concept keeps the few strongest: all of them would be one
knot around the most common concepts. Only concepts of several papers are laid out by force; papers and the concepts
of one paper are set down near them, so that the map stays the same when they are shown.
"""

import hashlib
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from paperconcepts.export.clusters import find_clusters
from paperconcepts.export.palette import concept_size, paper_size

__all__ = ["ConceptMap", "map_concepts"]

_LINKS_EACH = 4
_LARGEST_PAPER = 80  # concepts of one paper that are paired: a survey of hundreds links nothing with anything
_LARGEST_CORE = 5000
_SMALLEST_TOPIC = 4
_NAMES_OF_TOPIC = 3
_TURN = math.pi * (3 - math.sqrt(5))

Place = tuple[float, float]


@dataclass(frozen=True, slots=True)
class ConceptMap:
    """Where concepts and papers stand and how concepts hang together; all nodes by their number.

    ``links`` holds (concept, concept, papers that share them). ``topics`` names each topic by its leading concepts,
    the largest first; ``topic_of`` holds the topic of each concept, -1 for one outside all.
    """

    concept_places: tuple[Place, ...]
    paper_places: tuple[Place, ...]
    links: tuple[tuple[int, int, int], ...]
    topics: tuple[tuple[int, ...], ...]
    topic_of: tuple[int, ...]


def map_concepts(
    names: Sequence[str], papers: Sequence[Sequence[int]], relations: Iterable[tuple[int, int]] = ()
) -> ConceptMap:
    """Lay out concepts by the papers that share them.

    Args:
        names: the id of each concept; it decides where the concept starts.
        papers: for each paper, its concepts by number, each once.
        relations: pairs of concepts that texts or the catalogue relate; they draw the pair together.

    Examples:
        >>> found = map_concepts(["a", "b", "c"], [[0, 1], [0, 1], [2]])
        >>> found.links
        ((0, 1, 2),)
        >>> len(found.concept_places), len(found.paper_places)
        (3, 3)
    """
    support = [0] * len(names)
    for members in papers:
        for concept in members:
            support[concept] += 1
    links = _backbone(_count_pairs(papers, support), support)
    core = _choose_core(support)
    related = sorted({(min(pair), max(pair)) for pair in relations if pair[0] != pair[1]})
    topic_of = _topics(support, links, related, core)
    concept_places, paper_places = _place(names, papers, support, core, [*((a, b) for a, b, _ in links), *related])
    return ConceptMap(concept_places, paper_places, tuple(links), _lead(topic_of, support, links), tuple(topic_of))


def _count_pairs(papers: Sequence[Sequence[int]], support: Sequence[int]) -> dict[tuple[int, int], int]:
    """The papers of each pair of concepts, one of which at least is in several papers."""
    shared: dict[tuple[int, int], int] = {}
    for members in papers:
        kept = sorted(sorted(members, key=lambda one: (-support[one], one))[:_LARGEST_PAPER])
        for place, one in enumerate(kept):
            for other in kept[place + 1 :]:
                if support[one] > 1 or support[other] > 1:
                    shared[one, other] = shared.get((one, other), 0) + 1
    return shared


def _backbone(shared: dict[tuple[int, int], int], support: Sequence[int]) -> list[tuple[int, int, int]]:
    """The strongest links of each concept, by cosine; a link of one paper only where a concept has no better one."""
    rows: dict[int, list[tuple[bool, float, int]]] = {}
    for (one, other), number in shared.items():
        score = number / math.sqrt(support[one] * support[other])
        for end, far in ((one, other), (other, one)):
            # What only one paper has leads nowhere.
            if support[far] > 1:
                rows.setdefault(end, []).append((number == 1, -score, far))
    kept: set[tuple[int, int]] = set()
    for one, row in rows.items():
        row.sort()
        several = sum(not single for single, _, _ in row)
        kept.update((min(one, other), max(one, other)) for _, _, other in row[: min(several, _LINKS_EACH) or 1])
    return [(one, other, shared[one, other]) for one, other in sorted(kept)]


def _choose_core(support: Sequence[int]) -> list[int]:
    ranked = sorted(range(len(support)), key=lambda one: (-support[one], one))
    several = sum(number > 1 for number in support)
    return sorted(ranked[: min(max(several, 60), _LARGEST_CORE)])


def _topics(
    support: Sequence[int], links: Sequence[tuple[int, int, int]], related: Sequence[tuple[int, int]], core: list[int]
) -> list[int]:
    rank = {concept: number for number, concept in enumerate(core)}
    weighted = [
        (rank[a], rank[b], max(1, round(100 * number / math.sqrt(support[a] * support[b]))))
        for a, b, number in links
        if a in rank and b in rank
    ]
    weighted += [(rank[a], rank[b], 10) for a, b in related if a in rank and b in rank]
    ends, others, weights = [a for a, _, _ in weighted], [b for _, b, _ in weighted], [float(w) for _, _, w in weighted]
    groups = [number - 1 for number in find_clusters(len(core), ends, others, weights)]
    size = [0] * (max(groups, default=-1) + 1)
    for group in groups:
        if group >= 0:
            size[group] += 1
    topic_of = [-1] * len(support)
    for concept, group in zip(core, groups, strict=True):
        topic_of[concept] = group if group >= 0 and size[group] >= _SMALLEST_TOPIC else -1
    _pass_on(topic_of, links)
    return topic_of


def _pass_on(topic_of: list[int], links: Sequence[tuple[int, int, int]]) -> None:
    """Give concepts without a topic that of a concept that they are linked to."""
    for one, other, _ in links:
        for to, source in ((one, other), (other, one)):
            if topic_of[to] < 0 <= topic_of[source]:
                topic_of[to] = topic_of[source]


def _lead(
    topic_of: Sequence[int], support: Sequence[int], links: Sequence[tuple[int, int, int]]
) -> tuple[tuple[int, ...], ...]:
    """The concepts that stand for each topic: of many papers, and linked to the topic rather than to others."""
    inside, outside = [0] * len(support), [1] * len(support)
    for one, other, _ in links:
        counted = inside if topic_of[one] == topic_of[other] else outside
        counted[one] += 1
        counted[other] += 1
    members: dict[int, list[int]] = {}
    for concept, topic in enumerate(topic_of):
        members.setdefault(topic, []).append(concept)

    def weight(concept: int) -> tuple[float, int]:
        return -support[concept] * inside[concept] / (inside[concept] + outside[concept]), concept

    return tuple(
        tuple(sorted(members.get(topic, ()), key=weight)[:_NAMES_OF_TOPIC])
        for topic in range(max(topic_of, default=-1) + 1)
    )


def _place(
    names: Sequence[str],
    papers: Sequence[Sequence[int]],
    support: Sequence[int],
    core: list[int],
    pairs: Sequence[tuple[int, int]],
) -> tuple[tuple[Place, ...], tuple[Place, ...]]:
    # NumPy takes a tenth of a second to import: only where a drawing is made.
    from paperconcepts.export.layout import arrange, spread

    rank = {concept: number for number, concept in enumerate(core)}
    ends = [(rank[a], rank[b]) for a, b in pairs if a in rank and b in rank]
    sizes = [concept_size(number) for number in support]
    placed = arrange(
        [names[one] for one in core], [a for a, _ in ends], [b for _, b in ends], [sizes[one] for one in core]
    )
    known = dict(zip(core, placed, strict=True))
    paper_places = [_near(str(number), members, known, support) for number, members in enumerate(papers)]
    homes: dict[int, int] = {}
    for number, members in enumerate(papers):
        for concept in members:
            homes.setdefault(concept, number)
    turns = [0] * len(papers)
    for concept in range(len(names)):
        if concept not in known:
            home = homes.get(concept, -1)
            known[concept] = (
                _beside(paper_places[home], turns, home) if home >= 0 else _near(names[concept], (), {}, ())
            )
    count = len(names)
    spaced = spread(
        [known[concept] for concept in range(count)] + paper_places,
        sizes + [paper_size()] * len(papers),
        fixed=core,
    )
    return tuple(spaced[:count]), tuple(spaced[count:])


def _near(name: str, members: Sequence[int], known: dict[int, Place], support: Sequence[int]) -> Place:
    """The middle of the placed concepts of a paper, the rarer ones nearer, and a step aside that its name decides."""
    digest = hashlib.blake2b(name.encode("utf-8", "replace"), digest_size=4).digest()
    angle, length = int.from_bytes(digest[:2], "little") / 65536 * 2 * math.pi, 6 + digest[2] / 16
    total, x, y = 0.0, 0.0, 0.0
    for one in members:
        if one in known:
            share = 1.0 / support[one]
            total, x, y = total + share, x + share * known[one][0], y + share * known[one][1]
    scale = 1.0 / total if total else 0.0
    return (round(x * scale + length * math.cos(angle), 1), round(y * scale + length * math.sin(angle), 1))


def _beside(home: Place, turns: list[int], number: int) -> Place:
    """The next free seat on a spiral around a paper."""
    turns[number] += 1
    angle, length = turns[number] * _TURN, 8 + 6 * math.sqrt(turns[number])
    return (home[0] + length * math.cos(angle), home[1] + length * math.sin(angle))
